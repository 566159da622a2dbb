/** One pilot: where it stands, who has the ball, its work, its people, what happened. */
import { useEffect, useState } from "react";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { PilotView } from "../../shared/contracts/views.ts";
import {
  ActionButton,
  ActionForm,
  DueDate,
  Empty,
  Link,
  PageHeading,
  Status,
  TextArea,
  textIn,
  Waiting,
} from "../parts.tsx";
import { type Loaded, useAnswer, usePortal } from "../portal.ts";
import { pathTo } from "../route.ts";
import { countryName, dayInWords, minuteInWords, processRoleWords, roleWords, stages } from "../words.ts";
import { Admission } from "./admission.tsx";
import { PilotActions } from "./pilot-actions.tsx";
import { concerns, TaskCard } from "./tasks.tsx";

/** The workflow opens the next tasks right after a change; until then the page looks again by itself. */
const lookAgainAfterMs = 1000;

export function PilotPage({ pilotId }: { readonly pilotId: string }) {
  const loaded = useAnswer("getPilot", { params: { pilotId } });
  const { answer: pilot, error, reload } = loaded;
  useEffect(() => {
    if (pilot === undefined || !isBeingPrepared(pilot)) return;
    const timer = setTimeout(reload, lookAgainAfterMs);
    return () => clearTimeout(timer);
  }, [pilot, reload]);
  if (pilot === undefined) {
    return (
      <>
        <PageHeading>Pilot</PageHeading>
        <Waiting error={error} reload={reload} />
      </>
    );
  }
  return <Pilot pilot={pilot} loaded={loaded} />;
}

function Pilot({ pilot, loaded }: { readonly pilot: PilotView; readonly loaded: Loaded<PilotView> }) {
  const openTasks = pilot.tasks.filter(isOpen).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  return (
    <>
      <PageHeading above={<Link to="/pilots">Pilots</Link>}>{pilot.title}</PageHeading>
      <p>
        <Status of={pilot.status} /> {pilot.atRisk ? <span className="status warn">At risk</span> : null}{" "}
        {pilot.organisation.name} · {countryName(pilot.country)}
        {pilot.market === undefined ? "" : ` → ${countryName(pilot.market)}`}
      </p>
      <StageTrack pilot={pilot} />
      <p className="ball">
        <strong>Who has the ball:</strong> {ballInWords(pilot)}
      </p>
      {pilot.hold === undefined ? null : (
        <p className="notice">
          On hold since {dayInWords(pilot.hold.since)}, until {dayInWords(pilot.hold.resumeOn)}: {pilot.hold.reason}
        </p>
      )}
      {pilot.endReason === undefined ? null : <p className="notice">Ended: {pilot.endReason}</p>}
      {pilot.status === "applied" && pilot.may.includes("application.decide") ? (
        <Admission pilot={pilot} onDecided={loaded.replace} />
      ) : null}
      <section aria-labelledby="tasks">
        <h2 id="tasks">Open tasks</h2>
        {openTasks.length === 0 ? <Empty>No open task. The next step’s tasks appear here as it opens.</Empty> : null}
        <ul className="cards">
          {openTasks.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} onChanged={loaded.reload} />
            </li>
          ))}
        </ul>
      </section>
      <Deliverables pilot={pilot} />
      <Conditions pilot={pilot} onChanged={loaded.replace} />
      <section aria-labelledby="people">
        <h2 id="people">People</h2>
        <ul>
          <li>{pilot.organisation.name} (company)</li>
          {pilot.team.map(({ person, role, country }) => (
            <li key={`${person.id} ${role}`}>
              {person.name} ({roleWords[role].toLowerCase()}, {countryName(country)})
            </li>
          ))}
        </ul>
        {pilot.team.length === 0 ? (
          <Empty>Advisor, experts and living lab are named when the pilot is admitted.</Empty>
        ) : null}
      </section>
      <PilotActions pilot={pilot} onChanged={loaded.replace} />
      <Timeline pilotId={pilot.id} sequence={pilot.sequence} />
    </>
  );
}

type Task = PilotView["tasks"][number];

const isOpen = ({ status }: Task) => ["created", "ready", "reserved", "in_progress", "suspended"].includes(status);

const isWaiting = ({ status }: Task) => ["ready", "reserved", "in_progress"].includes(status);

/** Admission waits for a coordinator without a task; a running pilot without one waits for the workflow. */
const isBeingPrepared = (pilot: PilotView) => pilot.status === "active" && !pilot.tasks.some(isWaiting);

function ballInWords(pilot: PilotView): string {
  if (pilot.status === "on_hold") return "nobody; the pilot is on hold.";
  if (isBeingPrepared(pilot)) return "Fairway; the next step is being prepared.";
  const [first, ...others] = pilot.tasks.filter(isWaiting).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  if (first === undefined) return pilot.status === "applied" ? "a coordinator, who decides on admission." : "nobody.";
  const who = first.assignee?.name ?? processRoleWords[first.candidateRole];
  const more =
    others.length === 0 ? "" : ` ${others.length} more open ${others.length === 1 ? "task" : "tasks"} below.`;
  return `${who}, with “${first.title}”, due ${dayInWords(first.dueAt)}.${more}`;
}

function StageTrack({ pilot }: { readonly pilot: PilotView }) {
  const steps = [
    { id: "intake", name: "Intake", run: undefined, status: intakeStatus(pilot) },
    ...stages.map(({ id, name }) => {
      const run = pilot.runs.findLast(({ stageId }) => stageId === id);
      return { id, name, run, status: run?.status ?? "planned" };
    }),
  ];
  return (
    <ol className="track" aria-label="Stages">
      {steps.map(({ id, name, run, status }) => (
        <li key={id} className={status} aria-current={pilot.stage === id ? "step" : undefined}>
          <strong>{name}</strong>
          <Status of={status} />
          {run === undefined || status === "planned" || status === "active" ? null : (
            <Link to={pathTo.gate(pilot.id, run.id)}>Gate</Link>
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
  const stageOfRun = new Map<string, string>(pilot.runs.map(({ id, stageId }) => [id, stageId]));
  const byStage = Map.groupBy(pilot.deliverables, ({ runId }) => stageOfRun.get(runId) ?? "intake");
  return (
    <section aria-labelledby="deliverables">
      <h2 id="deliverables">Deliverables</h2>
      {pilot.deliverables.length === 0 ? <Empty>The deliverables of a stage appear here when it opens.</Empty> : null}
      {[{ id: "intake", name: "Intake" }, ...stages].flatMap(({ id, name }) => {
        const deliverables = byStage.get(id);
        if (deliverables === undefined) return [];
        return [
          <details key={id} className="stage" open={id === pilot.stage}>
            <summary>
              {name} <span className="count">{deliverables.length}</span>
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
  const { pilotId, deliverable } = props;
  const { now } = usePortal();
  const isSettled = ["accepted", "skipped", "cancelled"].includes(deliverable.status);
  return (
    <>
      <p className="what">
        <Link to={pathTo.deliverable(pilotId, deliverable.id)}>{deliverable.name}</Link>
        <Status of={deliverable.status} />
        {deliverable.late ? <span className="status warn">Late</span> : null}
      </p>
      <p className="quiet">
        {deliverable.definitionId} · by {deliverable.deliveredBy.map((role) => processRoleWords[role]).join(", ")}
        {isSettled ? null : (
          <>
            {" · "}
            <DueDate at={deliverable.dueAt} isOver={deliverable.dueAt < now().toISOString()} />
          </>
        )}
        {deliverable.revision > 0 ? ` · revision ${deliverable.revision}` : ""}
        {deliverable.waitsFor.length > 0 ? ` · waits for ${deliverable.waitsFor.join(", ")}` : ""}
      </p>
    </>
  );
}

function Conditions(props: { readonly pilot: PilotView; onChanged(pilot: PilotView): void }) {
  const { pilot } = props;
  const { call, me } = usePortal();
  if (pilot.conditions.length === 0) return null;
  return (
    <section aria-labelledby="conditions">
      <h2 id="conditions">Conditions</h2>
      <ul className="cards">
        {pilot.conditions.map((condition) => (
          <li key={condition.id}>
            <p className="what">{condition.text}</p>
            <p className="quiet">
              For {processRoleWords[condition.ownerRole]} ·{" "}
              {condition.metAt === undefined ? (
                <DueDate at={condition.dueAt} isOver={condition.overdue} />
              ) : (
                `met on ${dayInWords(condition.metAt)}: ${condition.evidence ?? ""}`
              )}
            </p>
            {condition.metAt === undefined &&
            pilot.tasks.some((task) => task.conditionId === condition.id && concerns(me, task)) ? (
              <ActionForm
                title="Show that it is met"
                confirm="Condition is met"
                act={async (form) =>
                  props.onChanged(
                    await call("meetCondition", {
                      params: { pilotId: pilot.id, conditionId: condition.id },
                      body: { evidence: textIn(form, "evidence") },
                    }),
                  )
                }
              >
                <TextArea name="evidence" label="Evidence" />
              </ActionForm>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `sequence` is the pilot's last event: a new one loads the timeline again. */
function Timeline({ pilotId, sequence }: { readonly pilotId: string; readonly sequence: number }) {
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">What happened</h2>
      <Entries key={sequence} pilotId={pilotId} />
    </section>
  );
}

function Entries({ pilotId }: { readonly pilotId: string }) {
  const { call } = usePortal();
  const { answer, error, reload } = useAnswer("getTimeline", { params: { pilotId }, query: { limit: 30 } });
  const [further, setFurther] = useState<OutputOf<"getTimeline">>();
  if (answer === undefined) return <Waiting error={error} reload={reload} />;
  const entries = [...answer.entries, ...(further?.entries ?? [])];
  const cursor = further === undefined ? answer.cursor : further.cursor;
  const showMore = async () => {
    if (cursor === undefined) return;
    const page = await call("getTimeline", { params: { pilotId }, query: { limit: 100, cursor } });
    setFurther({ ...page, entries: [...(further?.entries ?? []), ...page.entries] });
  };
  return (
    <>
      <ol className="timeline">
        {entries.map((entry) => (
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
      {cursor === undefined ? null : <ActionButton act={showMore}>Show earlier</ActionButton>}
    </>
  );
}
