/** Who may know of a task, have it, pass it on or be given it, and in which of its states. */
import { type Actor, seatOf } from "../actor.ts";
import { assertMay, may, type PilotScope, playsRole } from "../permissions.ts";
import type { ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import { produceTasksOf } from "./deliverable-tasks.ts";
import { assertWorkable } from "./preconditions.ts";
import { isInternalTask, type Pilot, type PilotState, type Task, type TaskStatus } from "./state.ts";

/** Throws `Refusal` NotFound also for a task the actor may not know of. */
export function taskFor(state: PilotState, { taskId }: { readonly taskId: string }, actor: Actor): Task {
  const task = Object.hasOwn(state.tasks, taskId) ? state.tasks[taskId] : undefined;
  if (task === undefined || !mayKnowOf(actor, task, state.pilot)) throw new Refusal("NotFound", "no_such_task");
  return task;
}

/** Internal questions are for those who read internal notes. */
export const mayKnowOf = (actor: Actor, task: Task, pilot: PilotScope): boolean =>
  !isInternalTask(task) || may(actor, "comment.internal.read", pilot);

export const claimed: readonly TaskStatus[] = ["reserved", "in_progress"];

export const open: readonly TaskStatus[] = ["ready", "reserved", "in_progress"];

export function assertTaskIs(state: PilotState, task: Task, statuses: readonly TaskStatus[]): void {
  assertWorkable(state, task.runId);
  if (statuses.includes(task.status)) return;
  throw new Refusal("NotInThisState", { key: "task_is", status: task.status }, { status: task.status });
}

/** Whose task it is, or else the refusal says who has it. */
export function assertHas(actor: Actor, task: Task): void {
  if (task.assigneeId === seatOf(actor)) return;
  if (task.assigneeId === undefined) {
    throw new Refusal("NotInThisState", "claim_first", { status: task.status });
  }
  throw new Refusal("TaskTaken", "task_taken", { assigneeId: task.assigneeId });
}

export function assertCandidate(actor: Actor, task: Task, pilot: Pilot): void {
  assertMay(actor, "task.work", pilot);
  if (playsRole(actor, task.candidateRole, pilot)) return;
  throw new Refusal("NotAllowed", { key: "task_is_for", role: task.candidateRole }, { role: actor.role });
}

/** Delegating and forwarding: what is one's own; beyond that the coordinator all, others what is for their role; experts not. */
export function assertMayRoute(actor: Actor, action: "task.delegate" | "task.forward", task: Task, pilot: Pilot): void {
  assertMay(actor, action, pilot);
  if (task.assigneeId === seatOf(actor) || task.ownerId === seatOf(actor)) return;
  if (actor.role === "coordinator" || (actor.role !== "expert" && playsRole(actor, task.candidateRole, pilot))) return;
  throw new Refusal("NotAllowed", "others_hand_on", { role: actor.role });
}

/**
 * Whether the person can be given the task. The team is known here; who belongs to the SME or to the programme office
 * is the caller's to check.
 */
export function assertCanBeGiven(
  state: PilotState,
  task: Pick<Task, "kind" | "candidateRole" | "deliverableId">,
  personId: string,
): void {
  const { team } = state.pilot;
  const ofTeam = task.candidateRole !== "sme" && task.candidateRole !== "coordinator";
  if (ofTeam && !team.some((member) => member.personId === personId && member.role === task.candidateRole)) {
    throw new Refusal("RuleBroken", { key: "choose_one_of", role: task.candidateRole }, { pointer: "/toPersonId" });
  }
  if (task.kind === "review" && task.deliverableId !== undefined) {
    assertNotOwnWork(state, task.deliverableId, personId);
  }
}

/** Throws `Refusal` NotAllowed when the person delivered what is to be reviewed. */
function assertNotOwnWork(state: PilotState, deliverableId: string, personId: string): void {
  const performers = produceTasksOf(state, deliverableId).map(({ assigneeId }) => assigneeId);
  if (state.deliverables[deliverableId]?.submittedBy === personId || performers.includes(personId)) {
    throw new Refusal("NotAllowed", "own_work");
  }
}

/** Neither the person's own work nor that of somebody they stand in for. Throws `Refusal` NotAllowed. */
export function assertNotOwnWorkOf(state: PilotState, deliverableId: string, actor: Actor): void {
  for (const personId of new Set([actor.personId, seatOf(actor)])) assertNotOwnWork(state, deliverableId, personId);
}

/** Who of the process's roles reads internal notes. */
export const internalRoles: readonly ProcessRole[] = ["advisor", "coordinator"];
