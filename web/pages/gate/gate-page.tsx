/** A gate: what must be shown, what the deciders think, what may be decided. */
import { Button, Checkbox, Radio } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BodyOf, OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import type { Areas } from "../../language/areas.ts";
import { dayInWords, listInWords, numberInWords } from "../../language/format.ts";
import { ActionForm, Input, Select, TextArea, textIn } from "../../parts/action.tsx";
import { DueDate, Mark, Status } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { inWords, someoneInWords } from "../../words.ts";

type GateView = OutputOf<"getGate">;
type Decision = GateView["decisions"][number]["decision"];
interface GateProps {
  readonly pilot: PilotView;
  readonly gate: GateView;
}

export function GatePage() {
  const { t } = useTranslation("gate");
  const { pilotId, runId } = useParams({ from: "/portal/pilots/$pilotId/gates/$runId" });
  const pilot = useOperation("getPilot", { params: { pilotId } });
  const gate = useOperation("getGate", { params: { pilotId, runId } });
  if (pilot.data === undefined || gate.data === undefined) {
    const reload = () => {
      void pilot.refetch();
      void gate.refetch();
    };
    return (
      <>
        <PageHeading>{t("title")}</PageHeading>
        <Waiting error={pilot.error ?? gate.error} reload={reload} />
      </>
    );
  }
  return <Gate pilot={pilot.data} gate={gate.data} />;
}

function Gate({ pilot, gate }: GateProps) {
  const { t } = useTranslation(["gate", "common"]);
  const { me, now } = usePortal();
  const { role } = me.acting;
  const isOpen = gate.status === "open";
  const ownScore = gate.scores.find(({ by }) => by.id === me.person.id);
  const mayScore = isOpen && (role === "coordinator" || role === "expert") && pilot.may.includes("gate.score");
  return (
    <>
      <PageHeading
        trail={[
          <PageLink key="pilots" to="/pilots">
            {t("common:nav.pilots")}
          </PageLink>,
          <PageLink key="pilot" to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
            {pilot.title}
          </PageLink>,
        ]}
      >
        {gate.name}
      </PageHeading>
      <p>
        <Status of={gate.status} /> {t("round", { round: gate.round, day: dayInWords(gate.openedAt) })}
        {isOpen ? (
          <span className={gate.decideBy < now().toISOString() ? "overdue" : undefined}>
            {t("decideBy", { day: dayInWords(gate.decideBy) })}
          </span>
        ) : null}
      </p>
      {gate.special === "" ? null : <p className="notice">{gate.special}</p>}
      <section aria-labelledby="evidence">
        <h2 id="evidence">{t("basis.title")}</h2>
        <ul>
          {pilot.deliverables
            .filter(({ id }) => Object.hasOwn(gate.basedOn, id))
            .map((each) => (
              <li key={each.id}>
                <PageLink
                  to="/pilots/$pilotId/deliverables/$deliverableId"
                  params={{ pilotId: pilot.id, deliverableId: each.id }}
                >
                  {each.name}
                </PageLink>
                , {t("common:revision", { revision: gate.basedOn[each.id] ?? 0 })} <Status of={each.status} />
              </li>
            ))}
        </ul>
      </section>
      <Scores gate={gate} />
      <Conditions pilot={pilot} gate={gate} />
      {mayScore && ownScore === undefined ? <ScoreForm pilot={pilot} gate={gate} /> : null}
      {isOpen ? <Decisions pilot={pilot} gate={gate} /> : null}
      {gate.history.length === 0 ? null : (
        <section aria-labelledby="decided">
          <h2 id="decided">{t("history.title")}</h2>
          <ol className="timeline">
            {gate.history.map((entry) => (
              <li key={`${entry.round} ${entry.at}`}>
                <time dateTime={entry.at}>{dayInWords(entry.at)}</time>
                <span>
                  {t("history.entry", {
                    decision: t(`decision.${entry.decision}`),
                    who: listInWords(entry.by.map(({ name }) => name)),
                  })}
                  {entry.meanScore === undefined
                    ? null
                    : ` · ${t("scores.mean", { score: numberInWords(entry.meanScore, { fractionDigits: 1 }) })}`}
                  {entry.reason === undefined ? null : <q>{entry.reason}</q>}
                  <span className="quiet">
                    {t("history.basedOn", {
                      revisions: listInWords(
                        Object.entries(entry.basedOn).map(([id, revision]) =>
                          t("history.revision", {
                            name: pilot.deliverables.find((each) => each.id === id)?.name ?? id,
                            revision,
                          }),
                        ),
                      ),
                    })}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function Conditions({ pilot, gate }: GateProps) {
  const { t } = useTranslation(["gate", "common"]);
  const conditions = pilot.conditions.filter(({ runId }) => runId === gate.runId);
  if (conditions.length === 0) return null;
  return (
    <section aria-labelledby="conditions">
      <h2 id="conditions">{t("conditions.title")}</h2>
      <ul className="cards">
        {conditions.map(({ id, text, ownerRole, dueAt, overdue, metAt, evidence }) => (
          <li key={id}>
            <p className="what">{text}</p>
            <p className="quiet">
              {t("conditions.owner", { who: someoneInWords(ownerRole) })}{" "}
              {metAt === undefined ? (
                <DueDate at={dueAt} isOver={overdue} />
              ) : (
                t("conditions.met", { day: dayInWords(metAt), evidence: evidence ?? "–" })
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Scores({ gate }: { readonly gate: GateView }) {
  const { t } = useTranslation(["gate", "common"]);
  const { coordinator: coordinators, expert: experts } = gate.scoresNeeded;
  const filed = (role: "coordinator" | "expert") => gate.scores.filter((score) => score.role === role).length;
  return (
    <section aria-labelledby="scores">
      <h2 id="scores">{t("scores.title")}</h2>
      <p className="help">
        {experts === 0 ? t("scores.needed", { coordinators }) : t("scores.neededExperts", { coordinators, experts })}
      </p>
      {gate.allFiled || gate.status !== "open" ? null : (
        <p>
          {t("scores.missing", {
            coordinators: Math.max(0, coordinators - filed("coordinator")),
            experts: Math.max(0, experts - filed("expert")),
          })}
        </p>
      )}
      {gate.scores.length === 0 ? <Empty>{t("scores.empty")}</Empty> : null}
      <ul className="cards">
        {gate.scores.map((score) => {
          const who = { name: score.by.name, role: t(`common:role.${score.role}`).toLowerCase() };
          return (
            <li key={score.by.id}>
              <p className="what">
                {score.sealed
                  ? t("scores.sealed", who)
                  : t("scores.open", { ...who, score: score.score === undefined ? "–" : numberInWords(score.score) })}
              </p>
              {score.sealed ? null : <ScoreDetails gate={gate} score={score} />}
              {score.comment === undefined ? null : <p>{score.comment}</p>}
            </li>
          );
        })}
      </ul>
      {gate.meanScore === undefined ? null : (
        <p>
          <strong>{t("scores.mean", { score: numberInWords(gate.meanScore, { fractionDigits: 1 }) })}</strong>
        </p>
      )}
    </section>
  );
}

function ScoreDetails({ gate, score }: { readonly gate: GateView; readonly score: GateView["scores"][number] }) {
  const { t } = useTranslation(["gate", "common"]);
  return (
    <ul className="quiet">
      {gate.musts.map(({ id, text }) => {
        const must = score.musts?.[id];
        const met = t(must?.met === true ? "scores.met" : "scores.notMet");
        return (
          <li key={id}>
            {must === undefined || must.evidence === ""
              ? t("common:sentence", { first: text, second: met })
              : t("scores.withEvidence", { criterion: text, met, evidence: must.evidence })}
          </li>
        );
      })}
      {gate.shoulds.map(({ id, text }) => (
        <li key={id}>{t("scores.points", { criterion: text, points: score.points?.[id] ?? "–" })}</li>
      ))}
    </ul>
  );
}

function ScoreForm({ pilot, gate }: GateProps) {
  const { t } = useTranslation(["gate", "common"]);
  const score = useCommand("scoreGate");
  const file = async (form: FormData) => {
    const comment = textIn(form, "comment");
    await score.mutateAsync({
      params: { pilotId: pilot.id, runId: gate.runId },
      body: {
        round: gate.round,
        musts: Object.fromEntries(
          gate.musts.map(({ id }) => [
            id,
            { met: textIn(form, `met ${id}`) === "yes", evidence: textIn(form, `evidence ${id}`) },
          ]),
        ),
        points: Object.fromEntries(gate.shoulds.map(({ id }) => [id, Number(textIn(form, `points ${id}`))])),
        ...(comment === "" ? {} : { comment }),
      },
    });
  };
  return (
    <ActionForm title={t("file.title")} explanation={t("file.explanation")} confirm={t("file.confirm")} act={file}>
      {gate.musts.map(({ id, text }) => (
        <fieldset key={id}>
          <legend>{text}</legend>
          <div className="choices">
            <Radio className="tick" name={`met ${id}`} value="yes" required label={t("file.met")} />
            <Radio className="tick" name={`met ${id}`} value="no" label={t("file.notMet")} />
          </div>
          <TextArea name={`evidence ${id}`} label={t("common:evidence")} />
        </fieldset>
      ))}
      {gate.shoulds.map(({ id, text, weight }) => (
        <fieldset key={id}>
          <legend>
            {text} <span className="quiet">{t("file.weight", { weight })}</span>
          </legend>
          <div className="choices">
            {gate.anchors.map((anchor, points) => (
              <Radio
                key={anchor}
                className="tick"
                name={`points ${id}`}
                value={points}
                required
                label={`${points} ${anchor}`}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <TextArea name="comment" label={t("common:comment")} isOptional maxLength={4000} />
    </ActionForm>
  );
}

function Decisions({ pilot, gate }: GateProps) {
  const { t } = useTranslation("gate");
  const { me } = usePortal();
  const decide = useCommand("decideGate");
  const mayDecide = me.acting.role === "coordinator" && pilot.may.includes("gate.decide");
  const act = (decision: Decision) => async (form: FormData) => {
    await decide.mutateAsync({
      params: { pilotId: pilot.id, runId: gate.runId },
      body: { round: gate.round, decision, basedOn: { ...gate.basedOn }, ...detailsIn(decision, form) },
    });
  };
  const isOwnProposal = gate.skipProposal?.by.id === me.person.id;
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">{t("decisions.title")}</h2>
      {mayDecide ? null : <p className="help">{t("decisions.byCoordinator")}</p>}
      {gate.skipProposal === undefined ? null : (
        <p className="notice">
          {t("decisions.skipProposed", {
            name: gate.skipProposal.by.name,
            reason: skipReasonInWords(gate.skipProposal.reason),
            evidence: gate.skipProposal.evidence,
          })}{" "}
          {isOwnProposal ? t("decisions.ownProposal") : null}
        </p>
      )}
      <ul className="cards">
        {gate.decisions.map(({ decision, label, effect, offered, why, reasonOptions }) => (
          <li key={decision}>
            {offered && mayDecide && !(decision === "skip" && isOwnProposal) ? (
              <ActionForm
                title={decision === "skip" && gate.skipProposal !== undefined ? t("skip.agree") : label}
                explanation={t("decisions.effect", { effect })}
                confirm={label}
                isGrave={decision === "stop"}
                act={act(decision)}
              >
                <DecisionDetails decision={decision} pilot={pilot} gate={gate} reasonOptions={reasonOptions} />
              </ActionForm>
            ) : (
              <>
                <p className="what">
                  {label} {offered ? null : <Mark tone="gray">{t("decisions.notOffered")}</Mark>}
                </p>
                {offered ? <p className="quiet">{t("decisions.effect", { effect })}</p> : null}
                {why.length === 0 ? null : (
                  <ul className="quiet">
                    {why.map((reason) => (
                      <li key={reason}>{reason}</li>
                    ))}
                  </ul>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Reasons of later process versions are shown by their id. */
const skipReasonInWords = (id: string): string =>
  isKnownReason(id) ? i18next.t(`skip.reason.${id}`, { ns: "gate" }) : inWords(id);

const isKnownReason = (id: string): id is keyof Areas["gate"]["skip"]["reason"] =>
  i18next.exists(`skip.reason.${id}`, { ns: "gate" });

const ownerRoles = ["sme", "advisor", "expert", "living_lab", "coordinator"] as const;

function DecisionDetails({
  decision,
  pilot,
  gate,
  reasonOptions,
}: GateProps & Pick<GateView["decisions"][number], "decision" | "reasonOptions">) {
  const { t } = useTranslation(["gate", "common"]);
  switch (decision) {
    case "advance":
      return null;
    case "advance_with_conditions":
      return (
        <>
          <TextArea name="reason" label={t("common:reason")} maxLength={4000} />
          <ConditionRows />
        </>
      );
    case "rework":
      return (
        <>
          <TextArea name="reason" label={t("common:reason")} maxLength={4000} />
          <fieldset>
            <legend>{t("rework.which")}</legend>
            {pilot.deliverables
              .filter(({ id }) => Object.hasOwn(gate.basedOn, id))
              .map(({ id, name }) => (
                <Checkbox key={id} className="tick" name="deliverable" value={id} label={name} />
              ))}
          </fieldset>
          <Input type="number" name="dueInDays" label={t("rework.dueInDays")} min={1} max={180} isOptional />
          <Input type="text" name="programmeApproval" label={t("rework.approval")} maxLength={500} isOptional />
        </>
      );
    case "hold":
      return (
        <>
          <TextArea name="reason" label={t("common:reason")} maxLength={4000} />
          <Input type="date" name="resumeOn" label={t("hold.resumeOn")} />
        </>
      );
    case "stop":
      return <TextArea name="reason" label={t("common:reason")} maxLength={4000} />;
    case "skip":
      // Who agrees to a proposal adds nothing to it.
      if (gate.skipProposal !== undefined) return null;
      return (
        <>
          <p className="help">{t("skip.fourEyes")}</p>
          <Select
            name="skipReason"
            label={t("skip.why")}
            options={reasonOptions.map((id) => ({ value: id, label: skipReasonInWords(id) }))}
          />
          <TextArea name="reason" label={t("skip.inWords")} maxLength={1000} />
          <TextArea name="evidence" label={t("common:evidence")} />
        </>
      );
  }
}

function ConditionRows() {
  const { t } = useTranslation("gate");
  const [rows, setRows] = useState(1);
  return (
    <>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end.
        <fieldset key={i}>
          <legend>{t("condition.title", { number: i + 1 })}</legend>
          <TextArea name="conditionText" label={t("condition.what")} maxLength={1000} />
          <Select
            name="conditionOwner"
            label={t("condition.who")}
            options={ownerRoles.map((role) => ({ value: role, label: inWords(someoneInWords(role)) }))}
          />
          <Input type="date" name="conditionDueOn" label={t("condition.until")} />
        </fieldset>
      ))}
      <Button variant="default" onClick={() => setRows(rows + 1)}>
        {t("condition.add")}
      </Button>
    </>
  );
}

/** The parts of a decision's body that its inputs hold. */
function detailsIn(decision: Decision, form: FormData): Partial<BodyOf<"decideGate">> {
  const reason = textIn(form, "reason");
  const texts = (name: string) => form.getAll(name).map((value) => (typeof value === "string" ? value.trim() : ""));
  switch (decision) {
    case "advance":
      return {};
    case "advance_with_conditions": {
      const [owners, dates] = [texts("conditionOwner"), texts("conditionDueOn")];
      return {
        reason,
        conditions: texts("conditionText").flatMap((text, i) => {
          const ownerRole = ownerRoles.find((role) => role === owners[i]);
          return ownerRole === undefined ? [] : [{ text, ownerRole, dueOn: dates[i] ?? "" }];
        }),
      };
    }
    case "rework": {
      const [days, approval] = [textIn(form, "dueInDays"), textIn(form, "programmeApproval")];
      return {
        reason,
        deliverables: texts("deliverable").map((deliverableId) => ({
          deliverableId,
          ...(days === "" ? {} : { dueInDays: Number(days) }),
        })),
        ...(approval === "" ? {} : { programmeApproval: approval }),
      };
    }
    case "hold":
      return { reason, resumeOn: textIn(form, "resumeOn") };
    case "stop":
      return { reason };
    case "skip":
      if (form.get("skipReason") === null) return {};
      return {
        reason,
        skip: { reasonId: textIn(form, "skipReason"), text: reason, evidence: textIn(form, "evidence") },
      };
  }
}
