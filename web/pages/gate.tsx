/** A gate: what must be shown, what the deciders think, what may be decided. */
import { useState } from "react";
import type { BodyOf, OutputOf } from "../../shared/contracts/operations.ts";
import type { PilotView } from "../../shared/contracts/views.ts";
import { ActionForm, Empty, Input, Link, PageHeading, Select, Status, TextArea, textIn, Waiting } from "../parts.tsx";
import { useAnswer, usePortal } from "../portal.ts";
import { pathTo } from "../route.ts";
import { dayInWords, inWords, processRoleWords } from "../words.ts";

type GateView = OutputOf<"getGate">;
type Decision = GateView["decisions"][number]["decision"];
interface GateProps {
  readonly pilot: PilotView;
  readonly gate: GateView;
  onChanged(gate: GateView): void;
}

export function GatePage({ pilotId, runId }: { readonly pilotId: string; readonly runId: string }) {
  const pilot = useAnswer("getPilot", { params: { pilotId } });
  const gate = useAnswer("getGate", { params: { pilotId, runId } });
  if (pilot.answer === undefined || gate.answer === undefined) {
    const reload = () => {
      pilot.reload();
      gate.reload();
    };
    return (
      <>
        <PageHeading>Gate</PageHeading>
        <Waiting error={pilot.error ?? gate.error} reload={reload} />
      </>
    );
  }
  const onChanged = (view: GateView) => {
    gate.replace(view);
    pilot.reload();
  };
  return <Gate pilot={pilot.answer} gate={gate.answer} onChanged={onChanged} />;
}

function Gate({ pilot, gate, onChanged }: GateProps) {
  const { me, now } = usePortal();
  const { role } = me.acting;
  const isOpen = gate.status === "open";
  const ownScore = gate.scores.find(({ by }) => by.id === me.person.id);
  const mayScore = isOpen && (role === "coordinator" || role === "expert") && pilot.may.includes("gate.score");
  return (
    <>
      <PageHeading above={<Link to={pathTo.pilot(pilot.id)}>{pilot.title}</Link>}>{gate.name}</PageHeading>
      <p>
        <Status of={gate.status} /> Round {gate.round}, opened {dayInWords(gate.openedAt)}
        {isOpen ? (
          <span className={gate.decideBy < now().toISOString() ? "overdue" : undefined}>
            , to be decided by {dayInWords(gate.decideBy)}
          </span>
        ) : null}
      </p>
      {gate.special === "" ? null : <p className="notice">{gate.special}</p>}
      <section aria-labelledby="evidence">
        <h2 id="evidence">What it rests on</h2>
        <ul>
          {pilot.deliverables
            .filter(({ id }) => Object.hasOwn(gate.basedOn, id))
            .map((each) => (
              <li key={each.id}>
                <Link to={pathTo.deliverable(pilot.id, each.id)}>{each.name}</Link>, revision {gate.basedOn[each.id]}{" "}
                <Status of={each.status} />
              </li>
            ))}
        </ul>
      </section>
      <Scores gate={gate} />
      {mayScore && ownScore === undefined ? <ScoreForm pilot={pilot} gate={gate} onChanged={onChanged} /> : null}
      {isOpen ? <Decisions pilot={pilot} gate={gate} onChanged={onChanged} /> : null}
      {gate.history.length === 0 ? null : (
        <section aria-labelledby="decided">
          <h2 id="decided">Decided so far</h2>
          <ol className="timeline">
            {gate.history.map((entry) => (
              <li key={`${entry.round} ${entry.at}`}>
                <time dateTime={entry.at}>{dayInWords(entry.at)}</time>
                <span>
                  {inWords(entry.decision)}, by {entry.by.map(({ name }) => name).join(" and ")}
                  {entry.reason === undefined ? null : <q>{entry.reason}</q>}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function Scores({ gate }: { readonly gate: GateView }) {
  const { coordinator, expert } = gate.scoresNeeded;
  return (
    <section aria-labelledby="scores">
      <h2 id="scores">Scores</h2>
      <p className="help">
        Needed: {coordinator} by a coordinator{expert === 0 ? "" : ` and ${expert} by experts`}. They stay sealed until
        all have filed theirs.
      </p>
      {gate.scores.length === 0 ? (
        <Empty>No score yet. Each decider’s score appears here once all are filed.</Empty>
      ) : null}
      <ul className="cards">
        {gate.scores.map((score) => (
          <li key={score.by.id}>
            <p className="what">
              {score.by.name} ({score.role}){score.sealed ? ": filed, sealed" : `: ${score.score ?? "–"} of 100`}
            </p>
            {score.sealed ? null : (
              <ul className="quiet">
                {gate.musts.map(({ id, text }) => (
                  <li key={id}>
                    {text}: {score.musts?.[id]?.met === true ? "met" : "not met"}
                    {score.musts?.[id]?.evidence ? ` (${score.musts[id].evidence})` : ""}
                  </li>
                ))}
                {gate.shoulds.map(({ id, text }) => (
                  <li key={id}>
                    {text}: {score.points?.[id] ?? "–"} of 4
                  </li>
                ))}
              </ul>
            )}
            {score.comment === undefined ? null : <p>{score.comment}</p>}
          </li>
        ))}
      </ul>
      {gate.meanScore === undefined ? null : (
        <p>
          <strong>Mean score: {gate.meanScore.toFixed(1)} of 100</strong>
        </p>
      )}
    </section>
  );
}

function ScoreForm({ pilot, gate, onChanged }: GateProps) {
  const { call } = usePortal();
  const file = async (form: FormData) => {
    const comment = textIn(form, "comment");
    onChanged(
      await call("scoreGate", {
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
      }),
    );
  };
  return (
    <ActionForm
      title="File your score"
      explanation="Others see it only when all deciders have filed theirs."
      confirm="File score"
      act={file}
    >
      {gate.musts.map(({ id, text }) => (
        <fieldset key={id}>
          <legend>{text}</legend>
          <div className="choices">
            <label className="tick">
              <input type="radio" name={`met ${id}`} value="yes" required /> Met
            </label>
            <label className="tick">
              <input type="radio" name={`met ${id}`} value="no" /> Not met
            </label>
          </div>
          <TextArea name={`evidence ${id}`} label="Evidence" />
        </fieldset>
      ))}
      {gate.shoulds.map(({ id, text, weight }) => (
        <fieldset key={id}>
          <legend>
            {text} <span className="quiet">(weight {weight})</span>
          </legend>
          <div className="choices">
            {gate.anchors.map((anchor, points) => (
              <label key={anchor} className="tick">
                <input type="radio" name={`points ${id}`} value={points} required /> {points} {anchor}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <TextArea name="comment" label="Comment" isOptional maxLength={4000} />
    </ActionForm>
  );
}

function Decisions({ pilot, gate, onChanged }: GateProps) {
  const { call, me } = usePortal();
  const mayDecide = me.acting.role === "coordinator" && pilot.may.includes("gate.decide");
  const decide = (decision: Decision) => async (form: FormData) =>
    onChanged(
      await call("decideGate", {
        params: { pilotId: pilot.id, runId: gate.runId },
        body: { round: gate.round, decision, basedOn: { ...gate.basedOn }, ...detailsIn(decision, form) },
      }),
    );
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">Decisions</h2>
      {gate.skipProposal === undefined ? null : (
        <p className="notice">
          {gate.skipProposal.by.name} proposed to skip this stage ({inWords(gate.skipProposal.reason).toLowerCase()}:{" "}
          {gate.skipProposal.evidence}). A second coordinator decides.
        </p>
      )}
      <ul className="cards">
        {gate.decisions.map(({ decision, label, effect, offered, why }) => (
          <li key={decision}>
            {offered && mayDecide ? (
              <ActionForm
                title={label}
                explanation={`${effect}.`}
                confirm={label}
                isGrave={decision === "stop"}
                act={decide(decision)}
              >
                <DecisionDetails decision={decision} pilot={pilot} gate={gate} />
              </ActionForm>
            ) : (
              <>
                <p className="what">
                  {label} {offered ? null : <span className="status off">Not offered</span>}
                </p>
                {offered ? <p className="quiet">{effect}.</p> : null}
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

const skipReasons = [
  { value: "already_done_elsewhere", label: "Already done elsewhere" },
  { value: "not_applicable_to_service", label: "Does not apply to the service" },
  { value: "same_market_earlier_pilot", label: "Earlier pilot for the same market" },
  { value: "programme_decision", label: "Decision of the programme" },
  { value: "other_with_text", label: "Other" },
];

const ownerRoles = ["sme", "advisor", "expert", "living_lab", "coordinator"] as const;

function DecisionDetails({ decision, pilot, gate }: Omit<GateProps, "onChanged"> & { readonly decision: Decision }) {
  switch (decision) {
    case "advance":
      return null;
    case "advance_with_conditions":
      return (
        <>
          <TextArea name="reason" label="Reason" maxLength={4000} />
          <ConditionRows />
        </>
      );
    case "rework":
      return (
        <>
          <TextArea name="reason" label="Reason" maxLength={4000} />
          <fieldset>
            <legend>Which deliverables go back</legend>
            {pilot.deliverables
              .filter(({ id }) => Object.hasOwn(gate.basedOn, id))
              .map(({ id, name }) => (
                <label key={id} className="tick">
                  <input type="checkbox" name="deliverable" value={id} /> {name}
                </label>
              ))}
          </fieldset>
          <Input type="number" name="dueInDays" label="Due in how many days" min={1} max={180} isOptional />
          <Input
            type="text"
            name="programmeApproval"
            label="Approval of the programme, from the third rework on"
            maxLength={500}
            isOptional
          />
        </>
      );
    case "hold":
      return (
        <>
          <TextArea name="reason" label="Reason" maxLength={4000} />
          <Input type="date" name="resumeOn" label="To be resumed on" />
        </>
      );
    case "stop":
      return <TextArea name="reason" label="Reason" maxLength={4000} />;
    case "skip":
      return (
        <>
          <Select name="skipReason" label="Why this stage can be skipped" options={skipReasons} />
          <TextArea name="reason" label="Reason in words" maxLength={1000} />
          <TextArea name="evidence" label="Evidence" />
        </>
      );
  }
}

function ConditionRows() {
  const [rows, setRows] = useState(1);
  return (
    <>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end.
        <fieldset key={i}>
          <legend>Condition {i + 1}</legend>
          <TextArea name="conditionText" label="What must be done" maxLength={1000} />
          <Select
            name="conditionOwner"
            label="By whom"
            options={ownerRoles.map((role) => ({ value: role, label: inWords(processRoleWords[role]) }))}
          />
          <Input type="date" name="conditionDueOn" label="Until" />
        </fieldset>
      ))}
      <button type="button" onClick={() => setRows(rows + 1)}>
        Add a condition
      </button>
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
      return {
        reason,
        skip: { reasonId: textIn(form, "skipReason"), text: reason, evidence: textIn(form, "evidence") },
      };
  }
}
