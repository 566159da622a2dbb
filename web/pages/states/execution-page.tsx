/** One execution: where it is in its definition, what went in and came out, what it did, and the hand of the operator. */
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { EngineEvent, ExecutionDetail } from "../../../shared/contracts/engine-operations.ts";
import { useCommand, useOperation, usePages } from "../../api/queries.ts";
import { minuteInWords, secondInWords, timeInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { routeInWords } from "../../words.ts";
import { ExecutionStatus } from "./execution-status.tsx";
import { purposeInWords } from "./execution-words.ts";
import { reachOf, reachSigns } from "./reach.ts";
import { RestartStage } from "./restart-stage.tsx";
import { StateGraph } from "./state-graph.tsx";
import { stateMachines } from "./states-search.ts";

/** A running execution is looked at again this often. */
const lookAgainAfterMs = 3000;

export function ExecutionPage() {
  const { t } = useTranslation(["states", "common"]);
  const { stateMachine: machine, name } = useParams({ from: "/portal/states/$stateMachine/$name" });
  const stateMachine = stateMachines.find((each) => each === machine) ?? "stage-run";
  const {
    data: execution,
    error,
    refetch,
  } = useOperation(
    "describeExecution",
    { params: { stateMachine, name } },
    { again: (answer) => (answer?.status === "RUNNING" ? lookAgainAfterMs : false) },
  );
  return (
    <>
      <PageHeading
        trail={[
          <PageLink key="states" to="/states" search={{ machine: stateMachine }}>
            {t("title")}
          </PageLink>,
          ...(execution?.pilot === undefined
            ? []
            : [
                <PageLink key="pilot" to="/states" search={{ pilot: execution.pilot.id }}>
                  {t("allOfPilot")}
                </PageLink>,
              ]),
        ]}
      >
        {execution === undefined ? t("execution") : purposeInWords(execution)}
      </PageHeading>
      {execution === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <Execution execution={execution} stateMachine={stateMachine} />
      )}
    </>
  );
}

interface Shown {
  readonly execution: ExecutionDetail;
  readonly stateMachine: (typeof stateMachines)[number];
}

function Execution({ execution, stateMachine }: Shown) {
  const { t } = useTranslation(["states", "common"]);
  const { me } = usePortal();
  const { name, pilot, startedAt, endedAt, error, cause } = execution;
  return (
    <>
      <p>
        <ExecutionStatus of={execution.status} />{" "}
        <FactsInLine>
          {endedAt === undefined
            ? t("since", { start: minuteInWords(startedAt) })
            : t("fromTo", { start: minuteInWords(startedAt), end: timeInWords(endedAt, new Date(startedAt)) })}
          {execution.redriveCount > 0 ? t("redriven", { count: execution.redriveCount }) : null}
          {pilot === undefined ? null : routeInWords(pilot)}
          {/* An administrator runs the engine and reads no pilot. */}
          {pilot === undefined || me.acting.role === "administrator" ? null : (
            <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
              {t("openPilot")}
            </PageLink>
          )}
        </FactsInLine>
      </p>
      <p className="quiet">
        {t("technicalName")} <code className="address">{name}</code>
      </p>
      {error === undefined ? null : (
        <p className="problem">
          <strong>{error}</strong> {cause}
        </p>
      )}
      <Operator execution={execution} stateMachine={stateMachine} />
      <section aria-labelledby="definition">
        <h2 id="definition">{t("graph")}</h2>
        <StateGraph execution={execution} />
        <details>
          <summary>{t("inWords")}</summary>
          <ul>
            {execution.states.map(({ name, entered, inside }) => (
              <li key={name}>
                {reachSigns[reachOf(execution, name)]} {name}: {t("entered", { count: entered })}
                {inside > 0 && execution.status === "RUNNING" ? `, ${t("inside", { count: inside })}` : ""}
              </li>
            ))}
          </ul>
        </details>
      </section>
      <section aria-labelledby="data">
        <h2 id="data">{t("data")}</h2>
        <h3>{t("input")}</h3>
        <Json text={execution.input} />
        {execution.output === undefined ? null : (
          <>
            <h3>{t("output")}</h3>
            <Json text={execution.output} />
          </>
        )}
      </section>
      <History name={execution.name} stateMachine={stateMachine} />
    </>
  );
}

function Operator({ execution, stateMachine }: Shown) {
  const { t } = useTranslation(["states", "common"]);
  const { announce } = usePortal();
  const stop = useCommand("stopExecution");
  const redrive = useCommand("redriveExecution");
  const params = { stateMachine, name: execution.name };
  return (
    <>
      {execution.mayStop ? (
        <ActionForm
          title={t("stop.title")}
          explanation={t("stop.what")}
          confirm={t("stop.confirm")}
          isGrave
          act={async (form) => {
            await stop.mutateAsync({ params, body: { reason: textIn(form, "reason") } });
            announce(t("stop.done"));
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("stop.reasonHelp")} maxLength={1000} />
        </ActionForm>
      ) : null}
      {execution.mayRedrive ? (
        <p>
          <ActionButton
            rank="primary"
            act={async () => {
              await redrive.mutateAsync({ params });
              announce(t("redrive.done"));
            }}
          >
            {t("redrive.title")}
          </ActionButton>{" "}
          <span className="quiet">{t("redrive.what")}</span>
        </p>
      ) : null}
      <RestartStage execution={execution} />
    </>
  );
}

function History({ name, stateMachine }: { readonly name: string; readonly stateMachine: Shown["stateMachine"] }) {
  const { t } = useTranslation("states");
  const pages = usePages("getExecutionHistory", {
    params: { stateMachine, name },
    query: {},
  });
  const { data, error, refetch } = pages;
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("history")}</h2>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && events.length === 0 ? <Empty>{t("historyEmpty")}</Empty> : null}
      <ol className="engine-history" reversed>
        {events.map((event) => (
          <HistoryEvent key={event.id} event={event} />
        ))}
      </ol>
      <ShowMore of={pages} />
    </section>
  );
}

function HistoryEvent({ event }: { readonly event: EngineEvent }) {
  const { id, at, type, state, details } = event;
  const facts = Object.entries(details).filter(([name]) => name !== "name");
  const what = (
    <>
      <strong>{type}</strong> {state} <time dateTime={at}>{secondInWords(at)}</time>
    </>
  );
  return (
    <li value={id}>
      {facts.length === 0 ? (
        what
      ) : (
        <details>
          <summary>{what}</summary>
          <dl>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <Json text={typeof value === "string" ? value : JSON.stringify(value)} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}

/** JSON text set in lines; any other text as it is. */
function Json({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre className="json" tabIndex={0}>
      {inLines(text)}
    </pre>
  );
}

function inLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
