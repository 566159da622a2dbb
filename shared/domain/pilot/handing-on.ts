/** A task goes to somebody else: delegated and returned, forwarded to a person or role, or given by the coordinator. */
import { seatOf } from "../actor.ts";
import { assertMay } from "../permissions.ts";
import { deliverableOf, type ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withTask } from "./decider.ts";
import { assertSeen } from "./preconditions.ts";
import { isInternalTask, type PilotState, type Task } from "./state.ts";
import {
  assertCanBeGiven,
  assertHas,
  assertMayRoute,
  assertTaskIs,
  claimed,
  internalRoles,
  open,
  taskFor,
} from "./task-rights.ts";
import { withTaskGivenTo, withTaskReleased, withTaskReturned } from "./task-states.ts";

export const handingOnDecisions = {
  DelegateTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    const { toPersonId } = command;
    assertMayRoute(context.actor, "task.delegate", task, state.pilot);
    assertTaskIs(state, task, claimed);
    if (task.assigneeId === toPersonId) return undefined;
    assertSeen(task, command.expectedVersion);
    // Claimed tasks have both.
    const ownerId = task.ownerId ?? task.assigneeId ?? seatOf(context.actor);
    if (task.delegationState === "pending" && seatOf(context.actor) === task.assigneeId) {
      throw new Refusal("NotInThisState", "owner_delegates", { status: task.status });
    }
    if (toPersonId === ownerId) {
      throw new Refusal("RuleBroken", "task_is_theirs", { pointer: "/toPersonId" });
    }
    assertCanBeGiven(state, task, toPersonId);
    return { type: "TaskDelegated", ...decided(context), data: { taskId: task.id, toPersonId, ownerId } };
  },

  /** By the person it was delegated to, or taken back by its owner. */
  ReturnTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    assertMay(context.actor, "task.work", state.pilot);
    assertTaskIs(state, task, claimed);
    const personId = seatOf(context.actor);
    if (task.delegationState !== "pending" || task.ownerId === undefined) {
      if (task.delegationState === "resolved" && task.ownerId !== undefined) return undefined;
      throw new Refusal("NotInThisState", "not_delegated", { status: task.status });
    }
    if (personId !== task.ownerId) assertHas(context.actor, task);
    assertSeen(task, command.expectedVersion);
    return { type: "TaskReturned", ...decided(context), data: { taskId: task.id, ownerId: task.ownerId } };
  },

  ForwardTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    const { toPersonId, toRole } = command;
    assertMayRoute(context.actor, "task.forward", task, state.pilot);
    assertTaskIs(state, task, open);
    if ((toPersonId === undefined) === (toRole === undefined)) {
      throw new Refusal("RuleBroken", "forward_to_one", { pointer: "/toPersonId" });
    }
    if (toPersonId !== undefined && task.ownerId === toPersonId && task.assigneeId === toPersonId) return undefined;
    if (toRole !== undefined && task.candidateRole === toRole && task.status === "ready") return undefined;
    assertSeen(task, command.expectedVersion);
    if (toPersonId !== undefined) assertCanBeGiven(state, task, toPersonId);
    if (toRole !== undefined && !rolesFor(state, task, context).includes(toRole)) {
      throw new Refusal("RuleBroken", { key: "task_not_for_role", role: toRole }, { pointer: "/toRole" });
    }
    const to = toPersonId === undefined ? {} : { toPersonId };
    return {
      type: "TaskForwarded",
      ...decided(context, command.reason),
      data: { taskId: task.id, ...to, ...(toRole === undefined ? {} : { toRole }) },
    };
  },

  NominateTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    const { toPersonId } = command;
    assertMay(context.actor, "task.nominate", state.pilot);
    assertTaskIs(state, task, open);
    if (task.assigneeId === toPersonId && task.ownerId === toPersonId) return undefined;
    assertSeen(task, command.expectedVersion);
    assertCanBeGiven(state, task, toPersonId);
    return { type: "TaskNominated", ...decided(context), data: { taskId: task.id, toPersonId } };
  },
} satisfies Decisions<"DelegateTask" | "ReturnTask" | "ForwardTask" | "NominateTask">;

export const handingOnEvolutions = {
  TaskDelegated(state, { data }) {
    const task = recordIn(state.tasks, data.taskId);
    const { toPersonId: assigneeId, ownerId } = data;
    return withTask(state, { ...task, status: "reserved", assigneeId, ownerId, delegationState: "pending" });
  },

  TaskReturned: (state, { data }) => withTaskReturned(state, data.taskId, data.ownerId),

  TaskForwarded(state, { data }) {
    if (data.toPersonId !== undefined) return withTaskGivenTo(state, data.taskId, data.toPersonId);
    const released = withTaskReleased(state, data.taskId);
    const task = recordIn(released.tasks, data.taskId);
    return withTask(released, { ...task, candidateRole: data.toRole ?? task.candidateRole });
  },

  TaskNominated: (state, { data }) => withTaskGivenTo(state, data.taskId, data.toPersonId),
} satisfies Evolutions<"TaskDelegated" | "TaskReturned" | "TaskForwarded" | "TaskNominated">;

/** Which roles the process lets do this task. */
function rolesFor(state: PilotState, task: Task, context: Context): readonly ProcessRole[] {
  const deliverable = state.deliverables[task.deliverableId ?? ""];
  const definition = deliverable && deliverableOf(context.process, deliverable.definitionId);
  if (task.kind === "produce" && definition) return definition.deliveredBy;
  if (task.kind === "review" && definition) return definition.reviewedBy;
  if (task.kind === "question" && isInternalTask(task)) return internalRoles;
  if (task.kind === "question" || task.kind === "condition")
    return ["sme", "advisor", "expert", "living_lab", "coordinator"];
  return [task.candidateRole];
}
