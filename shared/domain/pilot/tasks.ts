/**
 * Tasks: how one comes to be, who has it, and WS-HumanTask's operations on it.
 *
 * A review task that somebody has is a review that has begun: its deliverable is in review just as long.
 */
import { type Actor, seatOf } from "../actor.ts";
import { localDateOf } from "../calendar.ts";
import { assertMay, may, type PilotScope, playsRole } from "../permissions.ts";
import { type DeliverableDefinition, deliverableOf, type ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, mapValues, withDeliverable, withTask } from "./decider.ts";
import { countryOf, isUnfinished, withFlags } from "./due-dates.ts";
import type { Rescheduled, Schedule } from "./events.ts";
import {
  type Deliverable,
  isEnded,
  isInternalTask,
  type Pilot,
  type PilotState,
  type Task,
  type TaskStatus,
} from "./state.ts";

// How a task comes to be

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

/** The task to work on a deliverable; its number grows each time the work is opened again. */
export function produceTask(
  state: Pick<PilotState, "pilot" | "tasks">,
  work: Pick<Task, "title" | "runId" | "candidateRole" | "createdAt" | "estimatedHours"> & Rescheduled,
): Task {
  const number = produceTasksOf(state, work.deliverableId).length + 1;
  const id = `${work.deliverableId}.produce.${number}`;
  return newTask(state.pilot, { ...work, id, kind: "produce" });
}

/** A deliverable that nobody has begun, with the task to work on it. */
export function withWorkOpened(
  state: PilotState,
  work: Pick<Deliverable, "definitionId" | "formVersion"> & Parameters<typeof produceTask>[1],
): PilotState {
  const { definitionId, formVersion, ...task } = work;
  const opened = withDeliverable(state, {
    id: task.deliverableId,
    version: 1,
    definitionId,
    runId: task.runId,
    status: "not_started",
    formVersion,
    startedAt: task.createdAt,
    dueAt: task.dueAt,
    dueDateChanges: [],
    draftVersion: 0,
    revision: 0,
    late: false,
    reviews: [],
    openFields: [],
  });
  return withTask(opened, produceTask(opened, task));
}

/** The next task to work on a deliverable that was worked on before, like the last one but for what is given. */
export function renewedProduceTask(
  state: Pick<PilotState, "pilot" | "tasks">,
  { deliverableId, dueAt, reminders }: Rescheduled,
  createdAt: string,
  changed: Partial<Pick<Task, "title" | "candidateRole">> = {},
): Task {
  const last = produceTasksOf(state, deliverableId).at(-1);
  if (last === undefined) throw new Error(`${deliverableId} was never worked on.`);
  const { title, runId, candidateRole, estimatedHours } = { ...last, ...changed };
  return produceTask(state, {
    deliverableId,
    dueAt,
    reminders,
    createdAt,
    title,
    runId,
    candidateRole,
    estimatedHours,
  });
}

const hoursPerWorkDay = 8;

/** The work days of a deliverable in hours, as tasks count. */
export const hoursOf = ({ typicalWorkDays }: Pick<DeliverableDefinition, "typicalWorkDays">): number =>
  typicalWorkDays * hoursPerWorkDay;

/** What a reviewer is expected to need; the process names no figure. */
const reviewHours = 2;

/** The task to review a revision. */
export function reviewTask(
  pilot: Pick<Pilot, "team">,
  review: Pick<Task, "title" | "runId" | "candidateRole" | "createdAt"> & Rescheduled & { readonly revision: number },
): Task {
  const { revision, ...task } = review;
  const id = `${task.deliverableId}.review.${revision}`;
  return newTask(pilot, { ...task, id, kind: "review", estimatedHours: reviewHours });
}

/** In the order they were opened. */
export function produceTasksOf(state: Pick<PilotState, "tasks">, deliverableId: string): Task[] {
  const numberOf = (task: Task) => Number(task.id.slice(task.id.lastIndexOf(".") + 1));
  return Object.values(state.tasks)
    .filter((task) => task.deliverableId === deliverableId && task.kind === "produce")
    .sort((a, b) => numberOf(a) - numberOf(b));
}

/** The produce or review task of a deliverable that is not over, if there is one. */
export function unfinishedTaskOf(
  state: Pick<PilotState, "tasks">,
  deliverableId: string,
  kind: "produce" | "review",
): Task | undefined {
  return Object.values(state.tasks).find(
    (task) => task.deliverableId === deliverableId && task.kind === kind && isUnfinished(task),
  );
}

// What a task becomes

/** Somebody's own task, to be started. */
function assigned(task: Task, personId: string): Task {
  const { delegationState: _delegationState, ...rest } = task;
  return { ...rest, status: "reserved", assigneeId: personId, ownerId: personId };
}

function unassigned(task: Task): Task {
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

/** A record that an event speaks of, and that is therefore there. */
export function recordIn<Entity>(records: Readonly<Record<string, Entity>>, id: string): Entity {
  const record = Object.hasOwn(records, id) ? records[id] : undefined;
  if (record === undefined) throw new Error(`The pilot has no ${id}.`);
  return record;
}

// What every command on work asks first

/** Throws `Refusal` NotInThisState while the pilot is on hold and after its end; surveys follow the end. */
export function assertWorkable({ pilot }: Pick<PilotState, "pilot">, runId: string): void {
  if (pilot.status === "on_hold") {
    throw new Refusal("NotInThisState", "The pilot is on hold. Work goes on when it is resumed.", {
      status: "on_hold",
    });
  }
  if (isEnded(pilot) && !(runId === "follow-up" && pilot.status === "completed")) {
    throw new Refusal("NotInThisState", "The pilot has ended. Nothing in it changes any more.", {
      status: pilot.status,
    });
  }
}

/** Throws `Refusal` StaleVersion when the person saw an older version (I6). */
export function assertSeen(entity: { readonly version: number }, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === entity.version) return;
  throw new Refusal("StaleVersion", "This has changed since you looked. Look at it again, then decide.", {
    currentVersion: entity.version,
  });
}

/** Throws `Refusal` RuleBroken when a text that must say something is blank. */
export function assertSaid(text: string | undefined, pointer: string, message: string): void {
  if (text === undefined || text.trim() === "") throw new Refusal("RuleBroken", message, { pointer });
}

/** Throws `Refusal` NotAllowed when the person delivered what is to be reviewed. */
function assertNotOwnWork(state: PilotState, deliverableId: string, personId: string): void {
  const performers = produceTasksOf(state, deliverableId).map(({ assigneeId }) => assigneeId);
  if (state.deliverables[deliverableId]?.submittedBy === personId || performers.includes(personId)) {
    throw new Refusal("NotAllowed", "Nobody reviews what they delivered themselves. Somebody else must review it.");
  }
}

/** Neither the person's own work nor that of somebody they stand in for. Throws `Refusal` NotAllowed. */
export function assertNotOwnWorkOf(state: PilotState, deliverableId: string, actor: Actor): void {
  for (const personId of new Set([actor.personId, seatOf(actor)])) assertNotOwnWork(state, deliverableId, personId);
}

/** Throws `Refusal` NotFound also for a task the actor may not know of. */
export function taskFor(state: PilotState, { taskId }: { readonly taskId: string }, actor: Actor): Task {
  const task = Object.hasOwn(state.tasks, taskId) ? state.tasks[taskId] : undefined;
  if (task === undefined || !mayKnowOf(actor, task, state.pilot))
    throw new Refusal("NotFound", "There is no such task in this pilot.");
  return task;
}

const inWords: Record<TaskStatus, string> = {
  created: "not open yet",
  ready: "not claimed by anybody",
  reserved: "claimed, but not started",
  in_progress: "in progress",
  suspended: "suspended",
  completed: "completed",
  obsolete: "skipped",
  exited: "cancelled",
  failed: "closed as impossible",
};

/** Internal questions are for those who read internal notes. */
export const mayKnowOf = (actor: Actor, task: Task, pilot: PilotScope): boolean =>
  !isInternalTask(task) || may(actor, "comment.internal.read", pilot);

export function assertTaskIs(state: PilotState, task: Task, statuses: readonly TaskStatus[]): void {
  assertWorkable(state, task.runId);
  if (statuses.includes(task.status)) return;
  throw new Refusal("NotInThisState", `This task is ${inWords[task.status]}.`, { status: task.status });
}

/** Whose task it is, or else the refusal says who has it. */
export function assertHas(actor: Actor, task: Task): void {
  if (task.assigneeId === seatOf(actor)) return;
  if (task.assigneeId === undefined) {
    throw new Refusal("NotInThisState", "Nobody has claimed this task. Claim it first.", { status: task.status });
  }
  throw new Refusal("TaskTaken", "Somebody else has this task.", { assigneeId: task.assigneeId });
}

export function assertCandidate(actor: Actor, task: Task, pilot: Pilot): void {
  assertMay(actor, "task.work", pilot);
  if (playsRole(actor, task.candidateRole, pilot)) return;
  throw new Refusal("NotAllowed", `This task is for ${roleInWords[task.candidateRole]}.`, { role: actor.role });
}

/** For refusals: who is meant by a role. */
export const roleInWords: Record<ProcessRole, string> = {
  sme: "the company",
  advisor: "the pilot's advisors",
  expert: "the pilot's experts",
  living_lab: "the pilot's living lab",
  coordinator: "the coordinators",
};

/** Delegating and forwarding: what is one's own; beyond that the coordinator all, others what is for their role; experts not. */
function assertMayRoute(actor: Actor, action: "task.delegate" | "task.forward", task: Task, pilot: Pilot): void {
  assertMay(actor, action, pilot);
  if (task.assigneeId === seatOf(actor) || task.ownerId === seatOf(actor)) return;
  if (actor.role === "coordinator" || (actor.role !== "expert" && playsRole(actor, task.candidateRole, pilot))) return;
  throw new Refusal("NotAllowed", "This task is somebody else's to hand on.", { role: actor.role });
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
    throw new Refusal("RuleBroken", `Choose one of ${roleInWords[task.candidateRole]}.`, { pointer: "/toPersonId" });
  }
  if (task.kind === "review" && task.deliverableId !== undefined) {
    assertNotOwnWork(state, task.deliverableId, personId);
  }
}

/** Who of the process's roles reads internal notes. */
export const internalRoles: readonly ProcessRole[] = ["advisor", "coordinator"];

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

const claimed: readonly TaskStatus[] = ["reserved", "in_progress"];
const open: readonly TaskStatus[] = ["ready", "reserved", "in_progress"];

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
      throw new Refusal("NotInThisState", "This task was delegated to you. Return it to its owner instead.", {
        status: task.status,
      });
    }
    return { type: "TaskReleased", ...decided(context), data: { taskId: task.id } };
  },

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
      throw new Refusal("NotInThisState", "This task was delegated to you. Only its owner delegates it further.", {
        status: task.status,
      });
    }
    if (toPersonId === ownerId) {
      throw new Refusal("RuleBroken", "The task belongs to this person already. Have it returned instead.", {
        pointer: "/toPersonId",
      });
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
      throw new Refusal("NotInThisState", "This task is not delegated. Release or forward it instead.", {
        status: task.status,
      });
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
      throw new Refusal("RuleBroken", "Forward the task either to a person or to a role.", { pointer: "/toPersonId" });
    }
    if (toPersonId !== undefined && task.ownerId === toPersonId && task.assigneeId === toPersonId) return undefined;
    if (toRole !== undefined && task.candidateRole === toRole && task.status === "ready") return undefined;
    assertSeen(task, command.expectedVersion);
    if (toPersonId !== undefined) assertCanBeGiven(state, task, toPersonId);
    if (toRole !== undefined && !rolesFor(state, task, context).includes(toRole)) {
      throw new Refusal("RuleBroken", `The process does not give this task to ${roleInWords[toRole]}.`, {
        pointer: "/toRole",
      });
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
      throw new Refusal("RuleBroken", "Only work on a deliverable can fail. Release or forward this task instead.");
    }
    assertSaid(command.reason, "/reason", "Say why the task cannot be done.");
    return { type: "TaskFailed", ...decided(context, command.reason), data: { taskId: task.id } };
  },

  /** The answer to "still on track?": when the performer expects to be done. The due date stays. */
  GiveForecast(state, command, context) {
    const task = taskFor(state, command, context.actor);
    const { on, note } = command;
    assertCandidate(context.actor, task, state.pilot);
    assertTaskIs(state, task, open);
    if (task.kind !== "produce") {
      throw new Refusal("RuleBroken", "A forecast is for work on a deliverable.");
    }
    if (!isDate(on) || on < localDateOf(context.now, countryOf(task.candidateRole, state.pilot, context.programme))) {
      throw new Refusal("RuleBroken", "Give the day you expect to be done, today or later.", { pointer: "/on" });
    }
    if (task.forecast?.on === on && task.forecast.note === note) return undefined;
    return { type: "ForecastGiven", ...decided(context), data: { taskId: task.id, on, note } };
  },
} satisfies Decisions<
  | "ClaimTask"
  | "StartTask"
  | "ReleaseTask"
  | "DelegateTask"
  | "ReturnTask"
  | "ForwardTask"
  | "NominateTask"
  | "SetTaskPriority"
  | "FailTask"
  | "GiveForecast"
>;

/** A calendar day that exists, e.g. "2027-02-28". */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

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
    const next = unassigned(renewedProduceTask(failed, { deliverableId, dueAt, reminders }, at));
    // Work begun and steps sent count on: only the performer changes.
    return withTask(failed, withFlags({ ...next, priority: "high", fired }));
  },

  ForecastGiven(state, { data, at }) {
    const { taskId, on, note } = data;
    return withTask(state, { ...recordIn(state.tasks, taskId), forecast: { on, note, at } });
  },
} satisfies Evolutions<
  | "TaskClaimed"
  | "TaskStarted"
  | "TaskReleased"
  | "TaskDelegated"
  | "TaskReturned"
  | "TaskForwarded"
  | "TaskNominated"
  | "TaskPriorityChanged"
  | "TaskFailed"
  | "ForecastGiven"
>;
