/** A person's own work, most urgent first. */
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { TaskView } from "../../shared/contracts/views.ts";
import type { Role } from "../../shared/domain/actor.ts";
import { ActionButton, DueDate, Empty, Link, PageHeading, Waiting } from "../parts.tsx";
import { useAnswer, usePortal } from "../portal.ts";
import { pathTo } from "../route.ts";
import { countryName, processRoleWords } from "../words.ts";

const weekMs = 7 * 24 * 60 * 60 * 1000;

export function TasksPage() {
  const { now } = usePortal();
  const { answer, error, reload } = useAnswer("listTasks", { query: {} });
  const weekEnds = new Date(now().getTime() + weekMs).toISOString();
  const tasks = (answer?.tasks ?? []).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  const groups = [
    { name: "Overdue", tasks: tasks.filter(({ overdue }) => overdue) },
    { name: "Next 7 days", tasks: tasks.filter(({ overdue, dueAt }) => !overdue && dueAt <= weekEnds) },
    { name: "Later", tasks: tasks.filter(({ overdue, dueAt }) => !overdue && dueAt > weekEnds) },
  ].filter((group) => group.tasks.length > 0);
  return (
    <>
      <PageHeading>Your tasks</PageHeading>
      {answer === undefined || error !== undefined ? <Waiting error={error} reload={reload} /> : null}
      {answer !== undefined && groups.length === 0 ? (
        <Empty>
          Nothing to do right now. Work that waits for you appears here with its due date, also what you may take from
          the shared list. <Link to="/pilots">See your pilots</Link>
        </Empty>
      ) : null}
      {groups.map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h2>
            {group.name} <span className="count">{group.tasks.length}</span>
          </h2>
          <ul className="cards">
            {group.tasks.map((task) => (
              <li key={`${task.pilotId} ${task.id}`}>
                <TaskCard task={task} showsPilot onChanged={reload} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Where the work of a task is done. */
function pathOfTask({ kind, pilotId, runId, deliverableId }: TaskView): string {
  if (deliverableId !== undefined) return pathTo.deliverable(pilotId, deliverableId);
  return kind === "gate_score" || kind === "gate_decision" ? pathTo.gate(pilotId, runId) : pathTo.pilot(pilotId);
}

/** Whether a person has something to do about a task: take it, begin it, give it back. */
export function concerns(me: OutputOf<"getMe">, task: TaskView): boolean {
  const isMine = task.assignee?.id === me.person.id;
  return (
    (task.status === "ready" && playsRole(me.acting.role, task.candidateRole)) ||
    (isMine && (task.status === "reserved" || task.status === "in_progress"))
  );
}

const playsRole = (role: Role, candidate: TaskView["candidateRole"]): boolean =>
  (role === "sme_member" || role === "sme_admin" ? "sme" : role) === candidate;

export function TaskCard(props: { readonly task: TaskView; readonly showsPilot?: boolean; onChanged(): void }) {
  const { task } = props;
  const { call, me, announce } = usePortal();
  const change = async (verbs: readonly ("claimTask" | "startTask" | "releaseTask")[], said: string) => {
    let { version } = task;
    for (const verb of verbs) {
      const pilot = await call(verb, {
        params: { pilotId: task.pilotId, taskId: task.id },
        body: { expectedVersion: version },
      });
      version = pilot.tasks.find(({ id }) => id === task.id)?.version ?? version;
    }
    announce(said);
    props.onChanged();
  };
  const isMine = task.assignee?.id === me.person.id;
  const isFree = task.status === "ready" && playsRole(me.acting.role, task.candidateRole);
  return (
    <div className="task">
      <p className="what">
        <Link to={pathOfTask(task)}>{task.title}</Link>
        {task.priority === "high" ? <span className="status warn">Urgent</span> : null}
        {task.escalated ? <span className="status warn">Escalated</span> : null}
      </p>
      <p className="quiet">
        <DueDate at={task.dueAt} isOver={task.overdue} />
        {props.showsPilot === true ? (
          <>
            {" · "}
            <Link to={pathTo.pilot(task.pilotId)}>{task.pilotTitle}</Link>
            {`, ${countryName(task.country)}${task.market === undefined ? "" : ` → ${countryName(task.market)}`}`}
          </>
        ) : null}
        {" · "}
        {task.assignee === undefined
          ? `open to ${processRoleWords[task.candidateRole]}`
          : isMine
            ? "yours"
            : task.assignee.name}
      </p>
      <div className="buttons">
        {task.kind === "review" && (isFree || (isMine && task.status === "reserved")) ? (
          <ActionButton
            className="primary"
            about={task.title}
            act={() =>
              change(isMine ? ["startTask"] : ["claimTask", "startTask"], "The review has begun; it is yours.")
            }
          >
            Start review
          </ActionButton>
        ) : null}
        {isFree ? (
          <ActionButton about={task.title} act={() => change(["claimTask"], `${task.title} is yours now.`)}>
            Claim
          </ActionButton>
        ) : null}
        {isMine && (task.status === "reserved" || task.status === "in_progress") ? (
          <ActionButton
            about={task.title}
            act={() => change(["releaseTask"], `${task.title} is back on the shared list.`)}
          >
            Release
          </ActionButton>
        ) : null}
      </div>
    </div>
  );
}
