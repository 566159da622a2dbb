/** Calendar days on the device: what people count when something was yesterday or is due in a week. */
import { dueDayOf } from "../../shared/domain/due-day.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** Negative when the second comes on an earlier day than the first. */
export const daysBetween = (from: Date, to: Date): number => Math.round((midnight(to) - midnight(from)) / dayMs);

/** From today until the day something is due; negative when that is over. */
export function daysUntilDue(dueAt: string, now: Date): number {
  const due = new Date(dueDayOf(dueAt));
  return daysBetween(now, new Date(due.getUTCFullYear(), due.getUTCMonth(), due.getUTCDate()));
}

const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
