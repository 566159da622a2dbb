/** Dates of the process around one pilot: whose calendar counts, what reminds of a date, what is late. */
import { dueAt, reminderTimes } from "../calendar.ts";
import type { ProcessRole, ReminderStep } from "../process.ts";
import type { Context } from "./context.ts";
import type { Schedule } from "./events.ts";
import { isOpenTask, type Pilot, type PilotState, type Task } from "./state.ts";

const dayMs = 86_400_000;

/** Where the people of a role work: the SME's country, the first such team member's, else the programme's. */
export function countryOf(role: ProcessRole, pilot: Pick<Pilot, "country" | "team">, context: Context): string {
  if (role === "sme") return pilot.country;
  return pilot.team.find((member) => member.role === role)?.country ?? context.programme.country;
}

interface Dates {
  readonly startedAt: string;
  readonly dueAt: string;
  readonly country: string;
  /** Short tasks skip early reminders. */
  readonly dueInDays: number;
}

/** A due date with the reminders still ahead of now; `applies` says which of the process's steps there are. */
export function scheduleOf(
  dates: Dates,
  context: Context,
  applies: (step: ReminderStep) => boolean = () => true,
): Schedule {
  const reminders = reminderTimes(context.process.reminders.filter(applies), dates);
  return { dueAt: dates.dueAt, reminders: reminders.filter(({ at }) => at > context.now) };
}

/** A date for those who decide, in the programme's calendar: asked before it and at it, nothing escalates over their heads. */
export function deciderSchedule(days: number, context: Context): Schedule {
  const { country, extraHolidays } = context.programme;
  const due = dueAt(context.now, days, country, extraHolidays);
  const dates = { startedAt: context.now, dueAt: due, country, dueInDays: days };
  return scheduleOf(dates, context, ({ id }) => id === "near" || id === "due");
}

/** Whole days from one instant to another, 0 when it is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs));

/**
 * The pilot is no longer at risk when nothing keeps it so: no open deliverable a week late, no condition past due.
 * With it goes the proposal to hold.
 */
export function withRiskJudgedAnew(state: PilotState, at: string): PilotState {
  const { atRiskSince, holdProposedAt, ...calm } = state.pilot;
  if (atRiskSince === undefined && holdProposedAt === undefined) return state;
  return Object.values(state.tasks).some((task) => keepsAtRisk(task, at)) ? state : { ...state, pilot: calm };
}

function keepsAtRisk(task: Task, at: string): boolean {
  if (!isOpenTask(task) && task.status !== "suspended") return false;
  if (task.kind === "condition") return task.dueAt < at;
  return task.kind === "produce" && daysLate(task, at) >= 7;
}

/** Begun days count: escalations are sent in the morning of their day, before the hour of the due date. */
const daysLate = (task: Task, at: string): number => Math.ceil((Date.parse(at) - Date.parse(task.dueAt)) / dayMs);
