/** One pilot: where it stands, who has the ball, its work, its people, what happened. */
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation, usePages } from "../../api/queries.ts";
import { countryName, dayInWords, listInWords, minuteInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { isBeingPrepared, WhoHasTheBall } from "../../parts/ball.tsx";
import { Count, DueDate, Mark, Status } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { someoneInWords, stageIds, stageInWords } from "../../words.ts";
import { AgreementLink } from "../agreement/agreement-link.tsx";
import { concerns, TaskCard } from "../tasks/task-card.tsx";
import { Admission } from "./admission.tsx";
import { PilotActions } from "./pilot-actions.tsx";

/** The workflow opens the next tasks right after a change; until then the page looks again by itself. */
const lookAgainAfterMs = 1000;

export function PilotPage() {
  const { t } = useTranslation("pilot");
  const { pilotId } = useParams({ from: "/portal/pilots/$pilotId" });
  const {
    data: pilot,
    error,
    refetch,
  } = useOperation(
    "getPilot",
    { params: { pilotId } },
    { again: (answer) => (answer !== undefined && isBeingPrepared(answer) ? lookAgainAfterMs : false) },
  );
  if (pilot === undefined) {
    return (
      <>
        <PageHeading>{t("title")}</PageHeading>
        <Waiting error={error} reload={refetch} />
      </>
    );
  }
  return <Pilot pilot={pilot} />;
}

function Pilot({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "common"]);
  const openTasks = pilot.tasks.filter(isOpen).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  return (
    <>
      <PageHeading
        trail={[
          <PageLink key="pilots" to="/pilots">
            {t("list.title")}
          </PageLink>,
        ]}
      >
        {pilot.title}
      </PageHeading>
      <p>
        <Status of={pilot.status} /> {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null} {pilot.organisation.name}{" "}
        ·{" "}
        {pilot.market === undefined
          ? countryName(pilot.country)
          : t("common:route", { from: countryName(pilot.country), to: countryName(pilot.market) })}
      </p>
      <StageTrack pilot={pilot} />
      <WhoHasTheBall pilot={pilot} />
      {pilot.hold === undefined ? null : (
        <p className="notice">
          {t("onHold", {
            since: dayInWords(pilot.hold.since),
            until: dayInWords(pilot.hold.resumeOn),
            reason: pilot.hold.reason,
          })}
        </p>
      )}
      {pilot.endReason === undefined ? null : <p className="notice">{t("ended", { reason: pilot.endReason })}</p>}
      {pilot.status === "applied" && pilot.may.includes("application.decide") ? <Admission pilot={pilot} /> : null}
      <section aria-labelledby="tasks">
        <h2 id="tasks">{t("tasks.title")}</h2>
        {openTasks.length === 0 ? <Empty>{t("tasks.empty")}</Empty> : null}
        <ul className="cards">
          {openTasks.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} />
            </li>
          ))}
        </ul>
      </section>
      <Deliverables pilot={pilot} />
      <Conditions pilot={pilot} />
      <section aria-labelledby="people">
        <h2 id="people">{t("people.title")}</h2>
        <ul>
          <li>{t("people.company", { name: pilot.organisation.name })}</li>
          {pilot.team.map(({ person, role, country }) => (
            <li key={`${person.id} ${role}`}>
              {t("people.member", {
                name: person.name,
                role: t(`common:role.${role}`).toLowerCase(),
                country: countryName(country),
              })}
            </li>
          ))}
        </ul>
        {pilot.team.length === 0 ? <Empty>{t("people.empty")}</Empty> : null}
      </section>
      <AgreementLink pilot={pilot} />
      <PilotActions pilot={pilot} />
      <Timeline pilotId={pilot.id} />
    </>
  );
}

const isOpen = ({ status }: PilotView["tasks"][number]) =>
  ["created", "ready", "reserved", "in_progress", "suspended"].includes(status);

function StageTrack({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("pilot");
  const steps = stageIds.map((id) => {
    const run = pilot.runs.findLast(({ stageId }) => stageId === id);
    return { id, run, status: id === "intake" ? intakeStatus(pilot) : (run?.status ?? "planned") };
  });
  return (
    <ol className="track" aria-label={t("stages")}>
      {steps.map(({ id, run, status }) => (
        <li key={id} className={status} aria-current={pilot.stage === id ? "step" : undefined}>
          <strong>{stageInWords(id)}</strong>
          <Status of={status} />
          {run === undefined || status === "planned" || status === "active" ? null : (
            <PageLink to="/pilots/$pilotId/gates/$runId" params={{ pilotId: pilot.id, runId: run.id }}>
              {t("gate")}
            </PageLink>
          )}
        </li>
      ))}
    </ol>
  );
}

function intakeStatus(pilot: PilotView): string {
  if (pilot.admittedAt !== undefined) return "passed";
  return pilot.status === "applied" ? "active" : pilot.status;
}

/** By stage; the one the pilot is in stands open, the others are folded away. */
function Deliverables({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("pilot");
  const stageOfRun = new Map<string, string>(pilot.runs.map(({ id, stageId }) => [id, stageId]));
  const byStage = Map.groupBy(pilot.deliverables, ({ runId }) => stageOfRun.get(runId) ?? "intake");
  return (
    <section aria-labelledby="deliverables">
      <h2 id="deliverables">{t("deliverables.title")}</h2>
      {pilot.deliverables.length === 0 ? <Empty>{t("deliverables.empty")}</Empty> : null}
      {stageIds.flatMap((id) => {
        const deliverables = byStage.get(id);
        if (deliverables === undefined) return [];
        return [
          <details key={id} className="stage" open={id === pilot.stage}>
            <summary>
              {stageInWords(id)} <Count of={deliverables.length} />
            </summary>
            <ul className="cards">
              {deliverables.map((each) => (
                <li key={each.id}>
                  <DeliverableLine pilotId={pilot.id} deliverable={each} />
                </li>
              ))}
            </ul>
          </details>,
        ];
      })}
    </section>
  );
}

function DeliverableLine(props: { readonly pilotId: string; readonly deliverable: PilotView["deliverables"][number] }) {
  const { t } = useTranslation(["pilot", "common"]);
  const { pilotId, deliverable } = props;
  const { now } = usePortal();
  const isSettled = ["accepted", "skipped", "cancelled"].includes(deliverable.status);
  return (
    <>
      <p className="what">
        <PageLink to="/pilots/$pilotId/deliverables/$deliverableId" params={{ pilotId, deliverableId: deliverable.id }}>
          {deliverable.name}
        </PageLink>
        <Status of={deliverable.status} />
        {deliverable.late ? <Mark>{t("common:late")}</Mark> : null}
      </p>
      <p className="quiet">
        {deliverable.definitionId} ·{" "}
        {t("deliverables.by", { who: listInWords(deliverable.deliveredBy.map(someoneInWords)) })}
        {isSettled ? null : (
          <>
            {" · "}
            <DueDate at={deliverable.dueAt} isOver={deliverable.dueAt < now().toISOString()} />
          </>
        )}
        {deliverable.revision > 0 ? ` · ${t("common:revision", { revision: deliverable.revision })}` : ""}
        {deliverable.waitsFor.length > 0
          ? ` · ${t("deliverables.waitsFor", { what: listInWords(deliverable.waitsFor) })}`
          : ""}
      </p>
    </>
  );
}

function Conditions({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "common"]);
  const { me } = usePortal();
  const meet = useCommand("meetCondition");
  if (pilot.conditions.length === 0) return null;
  return (
    <section aria-labelledby="conditions">
      <h2 id="conditions">{t("conditions.title")}</h2>
      <ul className="cards">
        {pilot.conditions.map((condition) => (
          <li key={condition.id}>
            <p className="what">{condition.text}</p>
            <p className="quiet">
              {t("conditions.for", { who: someoneInWords(condition.ownerRole) })} ·{" "}
              {condition.metAt === undefined ? (
                <DueDate at={condition.dueAt} isOver={condition.overdue} />
              ) : (
                t("conditions.met", { day: dayInWords(condition.metAt), evidence: condition.evidence ?? "" })
              )}
            </p>
            {condition.metAt === undefined &&
            pilot.tasks.some((task) => task.conditionId === condition.id && concerns(me, task)) ? (
              <ActionForm
                title={t("conditions.show")}
                confirm={t("conditions.confirm")}
                act={async (form) => {
                  await meet.mutateAsync({
                    params: { pilotId: pilot.id, conditionId: condition.id },
                    body: { evidence: textIn(form, "evidence") },
                  });
                }}
              >
                <TextArea name="evidence" label={t("common:evidence")} />
              </ActionForm>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Timeline({ pilotId }: { readonly pilotId: string }) {
  const { t } = useTranslation("pilot");
  const { data, error, refetch, hasNextPage, fetchNextPage } = usePages("getTimeline", {
    params: { pilotId },
    query: { limit: 30 },
  });
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t("timeline.title")}</h2>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      <ol className="timeline">
        {data?.pages
          .flatMap((page) => page.entries)
          .map((entry) => (
            <li key={entry.id}>
              <time dateTime={entry.at}>{minuteInWords(entry.at)}</time>
              <span>
                {entry.sentence}
                {entry.reason === undefined ? null : <q>{entry.reason}</q>}
                {entry.sentence.includes(entry.by.person.name) ? null : (
                  <span className="quiet"> {entry.by.person.name}</span>
                )}
              </span>
            </li>
          ))}
      </ol>
      {hasNextPage ? (
        <ActionButton act={async () => void (await fetchNextPage({ throwOnError: true }))}>
          {t("timeline.earlier")}
        </ActionButton>
      ) : null}
    </section>
  );
}
