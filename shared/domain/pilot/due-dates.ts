/** Dates of open work: in whose country the clock runs, what reminds of a date, what follows when it moves. */
import { addWorkingDays, dueAt, reminderTimes } from "../calendar.ts";
import type { ProcessRole, ReminderStepId } from "../process.ts";
import type { Context, ProgrammeParameters } from "./context.ts";
import { withDeliverable, withTask } from "./decider.ts";
import type { Rescheduled, Schedule } from "./events.ts";
import type { DueDateChange, PendingReminder, Pilot, PilotState, Task } from "./state.ts";
import { isOpenTask } from "./state.ts";

const dayMs = 86_400_000;

/** The country whose calendar counts for a role; the programme office's while the team has nobody in that role. */
export function countryOf(
  role: ProcessRole,
  pilot: Pick<Pilot, "country" | "team">,
  programme: ProgrammeParameters,
): string {
  if (role === "sme") return pilot.country;
  return pilot.team.find((member) => member.role === role)?.country ?? programme.country;
}

/** A date so many calendar days from now, with its reminders. */
export function scheduleIn(context: Context, days: number, country: string): Schedule {
  const due = dueAt(context.now, days, country, context.programme.extraHolidays);
  const task = { startedAt: context.now, dueAt: due, country, dueInDays: days };
  return { dueAt: due, reminders: reminderTimes(context.process.reminders, task) };
}

/** For those who decide: reminded before the date and at it; nothing escalates over their heads. */
export function deciderSchedule(context: Context, days: number): Schedule {
  const schedule = scheduleIn(context, days, context.programme.country);
  return { ...schedule, reminders: schedule.reminders.filter(({ step }) => step === "near" || step === "due") };
}

/** A review due so many working days from now, with the step that says it is late. */
export function reviewSchedule(context: Context, workingDays: number, country: string): Schedule {
  const inWorkingDays = (days: number) => addWorkingDays(context.now, days, country, context.programme.extraHolidays);
  const reminders = context.process.reminders.flatMap(({ id, at }): PendingReminder[] =>
    at.kind === "submission" ? [{ step: id, at: inWorkingDays(at.offsetWorkingDays) }] : [],
  );
  return { dueAt: inWorkingDays(workingDays), reminders };
}

/** What is still to be sent for a date of work begun before: prompts that have passed are left out, lateness is said late. */
export function remindersLeft(context: Context, task: Task, startedAt: string, country: string): PendingReminder[] {
  const late = new Set(
    context.process.reminders.filter(({ kind }) => kind === "overdue" || kind === "escalation").map(({ id }) => id),
  );
  const dueInDays = daysBetween(startedAt, task.dueAt);
  return reminderTimes(context.process.reminders, { startedAt, dueAt: task.dueAt, country, dueInDays }).filter(
    ({ step, at }) => firedAt(task, step) === undefined && (at > context.now || late.has(step)),
  );
}

/** A new date for a deliverable and the task to produce it; the old one stays on record. */
export function reschedule(
  state: PilotState,
  { deliverableId, dueAt: to, reminders }: Rescheduled,
  change: Omit<DueDateChange, "from" | "to">,
): PilotState {
  const deliverable = state.deliverables[deliverableId];
  if (deliverable === undefined) return state;
  const dueDateChanges = [...deliverable.dueDateChanges, { ...change, from: deliverable.dueAt, to }];
  let after = withDeliverable(state, { ...deliverable, dueAt: to, dueDateChanges });
  for (const task of Object.values(state.tasks)) {
    if (task.deliverableId !== deliverableId || task.kind !== "produce" || !isUnfinished(task)) continue;
    after = withTask(after, withFlags({ ...task, dueAt: to, reminders }));
  }
  return withRisk(after);
}

/** A task's lateness marks, as far as its steps were fired for the date it has now. */
export function withFlags(task: Task): Task {
  const { overdueSince: _overdueSince, escalatedAt: _escalatedAt, ...rest } = task;
  const overdueSince = firedAt(task, "due") ?? firedAt(task, "review");
  const escalatedAt = firedAt(task, "esc1");
  return {
    ...rest,
    ...(overdueSince === undefined ? {} : { overdueSince }),
    ...(escalatedAt === undefined ? {} : { escalatedAt }),
  };
}

/** The pilot's lateness marks, as far as an unfinished task bears them out. */
export function withRisk(state: PilotState): PilotState {
  const { atRiskSince, holdProposedAt, ...rest } = state.pilot;
  const unfinished = Object.values(state.tasks).filter(isUnfinished);
  const earliest = (stepOf: (task: Task) => ReminderStepId) =>
    unfinished
      .map((task) => firedAt(task, stepOf(task)))
      .filter((at) => at !== undefined)
      .sort()[0];
  // A condition past due is a risk as soon as it is shown red: the pilot went on only because it was promised.
  const riskFired = earliest(({ kind }) => (kind === "condition" ? "esc1" : "esc2"));
  const holdFired = earliest(() => "esc3");
  const atRisk = riskFired === undefined ? undefined : (atRiskSince ?? riskFired);
  const holdProposed = holdFired === undefined ? undefined : (holdProposedAt ?? holdFired);
  if (atRisk === atRiskSince && holdProposed === holdProposedAt) return state;
  return {
    ...state,
    pilot: {
      ...rest,
      ...(atRisk === undefined ? {} : { atRiskSince: atRisk }),
      ...(holdProposed === undefined ? {} : { holdProposedAt: holdProposed }),
    },
  };
}

/** Whole days, rounded; what decides about early reminders. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

export const isUnfinished = (task: Task): boolean => isOpenTask(task) || task.status === "suspended";

const firedAt = (task: Task, step: ReminderStepId): string | undefined =>
  task.fired.find((fired) => fired.step === step && fired.dueAt === task.dueAt)?.at;
