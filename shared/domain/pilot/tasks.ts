/**
 * Working on a task: claim, start, release, say when it will be done or that it cannot be. The operations are WS-HumanTask's.
 *
 * A review task that somebody has is a review that has begun: its deliverable is in review just as long.
 */
import { seatOf } from "../actor.ts";
import { isDate, localDateOf } from "../calendar.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable, withTask } from "./decider.ts";
import { renewedProduceTask } from "./deliverable-tasks.ts";
import { countryOf, withFlags } from "./due-dates.ts";
import { hasAnotherSeat } from "./gates.ts";
import { assertSaid, assertSeen } from "./preconditions.ts";
import {
  assertCandidate,
  assertHas,
  assertMayRoute,
  assertNotOwnWorkOf,
  assertTaskIs,
  open,
  taskFor,
} from "./task-rights.ts";
import { finished, unassigned, withTaskGivenTo, withTaskReleased } from "./task-states.ts";

export const taskDecisions = {
  /** First come, first served; the second is told who has it, whatever version they saw. */
  ClaimTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    assertCandidate(context.actor, task, state.pilot);
    assertTaskIs(state, task, open);
    if (task.assigneeId === seatOf(context.actor)) return undefined;
    if (task.assigneeId !== undefined) assertHas(context.actor, task);
    assertSeen(task, command.expectedVersion);
    if (task.kind === "review" && task.deliverableId !== undefined) {
      assertNotOwnWorkOf(state, task.deliverableId, context.actor);
    }
    if (hasAnotherSeat(state, task, seatOf(context.actor))) throw new Refusal("NotAllowed", "one_seat_each");
    return { type: "TaskClaimed", ...decided(context), data: { taskId: task.id } };
  },

  StartTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    assertMay(context.actor, "task.work", state.pilot);
    assertTaskIs(state, task, open);
    assertHas(context.actor, task);
    if (task.status === "in_progress") return undefined;
    assertSeen(task, command.expectedVersion);
    return { type: "TaskStarted", ...decided(context), data: { taskId: task.id } };
  },

  ReleaseTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    assertMay(context.actor, "task.work", state.pilot);
    assertTaskIs(state, task, open);
    if (task.status === "ready") return undefined;
    assertHas(context.actor, task);
    assertSeen(task, command.expectedVersion);
    if (task.delegationState === "pending") {
      throw new Refusal("NotInThisState", "return_instead", { status: task.status });
    }
    return { type: "TaskReleased", ...decided(context), data: { taskId: task.id } };
  },

  SetTaskPriority(state, command, context) {
    const task = taskFor(state, command, context.actor);
    assertMayRoute(context.actor, "task.forward", task, state.pilot);
    assertTaskIs(state, task, ["created", ...open]);
    if (task.priority === command.priority) return undefined;
    assertSeen(task, command.expectedVersion);
    const { priority } = command;
    return { type: "TaskPriorityChanged", ...decided(context), data: { taskId: task.id, priority } };
  },

  /** The work stays to be done, by somebody else: a new task opens for the role, marked high. */
  FailTask(state, command, context) {
    const task = taskFor(state, command, context.actor);
    assertMay(context.actor, "task.work", state.pilot);
    assertTaskIs(state, task, open);
    assertHas(context.actor, task);
    assertSeen(task, command.expectedVersion);
    if (task.kind !== "produce") {
      throw new Refusal("RuleBroken", "only_work_fails");
    }
    assertSaid(command.reason, "/reason", "say_why_failed");
    return { type: "TaskFailed", ...decided(context, command.reason), data: { taskId: task.id } };
  },

  /** The answer to "still on track?": when the performer expects to be done. The due date stays. */
  GiveForecast(state, command, context) {
    const task = taskFor(state, command, context.actor);
    const { on, note } = command;
    assertCandidate(context.actor, task, state.pilot);
    assertTaskIs(state, task, open);
    if (task.kind !== "produce") {
      throw new Refusal("RuleBroken", "forecast_of_work_only");
    }
    if (!isDate(on) || on < localDateOf(context.now, countryOf(task.candidateRole, state.pilot, context.programme))) {
      throw new Refusal("RuleBroken", "choose_day_done", { pointer: "/on" });
    }
    if (task.forecast?.on === on && task.forecast.note === note) return undefined;
    return { type: "ForecastGiven", ...decided(context), data: { taskId: task.id, on, note } };
  },
} satisfies Decisions<"ClaimTask" | "StartTask" | "ReleaseTask" | "SetTaskPriority" | "FailTask" | "GiveForecast">;

export const taskEvolutions = {
  TaskClaimed: (state, { data, actor }) => withTaskGivenTo(state, data.taskId, seatOf(actor)),

  TaskStarted(state, { data }) {
    const task = recordIn(state.tasks, data.taskId);
    const after = withTask(state, { ...task, status: "in_progress" });
    const deliverable = task.kind === "produce" ? state.deliverables[task.deliverableId ?? ""] : undefined;
    return deliverable?.status === "not_started"
      ? withDeliverable(after, { ...deliverable, status: "in_progress" })
      : after;
  },

  TaskReleased: (state, { data }) => withTaskReleased(state, data.taskId),

  TaskPriorityChanged(state, { data }) {
    return withTask(state, { ...recordIn(state.tasks, data.taskId), priority: data.priority });
  },

  TaskFailed(state, { data, reason, at }) {
    const task = recordIn(state.tasks, data.taskId);
    const failed = withTask(state, {
      ...finished(task, "failed", at),
      ...(reason === undefined ? {} : { failReason: reason }),
    });
    if (task.deliverableId === undefined) return failed;
    const { deliverableId, dueAt, reminders, fired } = task;
    const { sentBack: _sentBack, ...renewed } = renewedProduceTask(failed, { deliverableId, dueAt, reminders }, at);
    const next = unassigned(task.sentBack === true ? { ...renewed, sentBack: true } : renewed);
    // Work begun and steps sent count on: only the performer changes.
    return withTask(failed, withFlags({ ...next, priority: "high", fired }));
  },

  ForecastGiven(state, { data, at }) {
    const { taskId, on, note } = data;
    return withTask(state, { ...recordIn(state.tasks, taskId), forecast: { on, note, at } });
  },
} satisfies Evolutions<
  "TaskClaimed" | "TaskStarted" | "TaskReleased" | "TaskPriorityChanged" | "TaskFailed" | "ForecastGiven"
>;
