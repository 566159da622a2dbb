/** A task from its opening to its end: whose it is, and since when. */
import { mapValues, recordIn, withDeliverable, withTask } from "./decider.ts";
import type { Schedule } from "./events.ts";
import type { Pilot, PilotState, Task, TaskStatus } from "./state.ts";

type NewTask = Schedule &
  Pick<
    Task,
    | "id"
    | "kind"
    | "title"
    | "runId"
    | "deliverableId"
    | "conditionId"
    | "candidateRole"
    | "createdAt"
    | "estimatedHours"
    | "question"
  >;

/** A task ready to be claimed; where the team has one member in the role, it is that member's at once. */
export function newTask(pilot: Pick<Pilot, "team">, task: NewTask): Task {
  const ready: Task = { ...task, status: "ready", priority: "normal", fired: [], version: 1 };
  const candidates = pilot.team.filter(({ role }) => role === task.candidateRole);
  const [only] = candidates;
  // A review begins when it is claimed, and until then the performer may withdraw: nobody is made to claim.
  if (only === undefined || candidates.length > 1 || task.kind === "review") return ready;
  return assigned(ready, only.personId);
}

/** Somebody's own task, to be started. */
function assigned(task: Task, personId: string): Task {
  const { delegationState: _delegationState, ...rest } = task;
  return { ...rest, status: "reserved", assigneeId: personId, ownerId: personId };
}

export function unassigned(task: Task): Task {
  const { assigneeId: _assigneeId, ownerId: _ownerId, delegationState: _delegationState, ...rest } = task;
  return { ...rest, status: "ready" };
}

/** A task that is over: nothing reminds of it, no mark of lateness stays. */
export function finished(
  task: Task,
  status: Extract<TaskStatus, "completed" | "obsolete" | "exited" | "failed">,
  at: string,
): Task {
  const { overdueSince: _overdueSince, escalatedAt: _escalatedAt, statusBefore: _statusBefore, ...rest } = task;
  return { ...rest, status, reminders: [], ...(status === "completed" ? { completedAt: at } : {}) };
}

/** However a task came to somebody or was let go, it is noted since when somebody has had it. */
export const withClaimTimes = (
  before: PilotState["tasks"],
  after: PilotState["tasks"],
  at: string,
): PilotState["tasks"] =>
  before === after
    ? after
    : mapValues(after, (task) => {
        if (task === before[task.id]) return task;
        const { claimedAt, ...rest } = task;
        if (task.assigneeId === undefined) return claimedAt === undefined ? task : rest;
        return before[task.id]?.assigneeId === undefined ? { ...task, claimedAt: at } : task;
      });

/** The state in which the task is this person's. */
export const withTaskGivenTo = (state: PilotState, taskId: string, personId: string): PilotState =>
  withReviewBegun(state, assigned(recordIn(state.tasks, taskId), personId));

/** The state in which the task is nobody's and may be claimed. */
export const withTaskReleased = (state: PilotState, taskId: string): PilotState =>
  withReviewPutBack(state, unassigned(recordIn(state.tasks, taskId)));

/** The state in which a delegated task is its owner's again. */
export function withTaskReturned(state: PilotState, taskId: string, ownerId: string): PilotState {
  const task = recordIn(state.tasks, taskId);
  return withTask(state, { ...task, status: "reserved", assigneeId: ownerId, ownerId, delegationState: "resolved" });
}

function withReviewBegun(state: PilotState, task: Task): PilotState {
  const deliverable = task.kind === "review" ? state.deliverables[task.deliverableId ?? ""] : undefined;
  const after = withTask(state, task);
  return deliverable?.status === "submitted" ? withDeliverable(after, { ...deliverable, status: "in_review" }) : after;
}

function withReviewPutBack(state: PilotState, task: Task): PilotState {
  const deliverable = task.kind === "review" ? state.deliverables[task.deliverableId ?? ""] : undefined;
  const after = withTask(state, task);
  return deliverable?.status === "in_review" ? withDeliverable(after, { ...deliverable, status: "submitted" }) : after;
}
