/**
 * Dates of the process. Due days are calendar days in the performer's country, moved past weekends and public holidays
 * to the next working day, and end at 23:59 local time. Instants are ISO 8601 UTC with milliseconds.
 * A country without a time zone in the register has the rules of Brussels and no public holidays. Source: domain.md 3.1.
 */
import Holidays from "date-holidays";
import { Temporal } from "temporal-polyfill";
import { countries } from "./countries.ts";
import type { ReminderStep, ReminderStepId } from "./process.ts";

const fallbackTimeZone = "Europe/Brussels";
const endOfDay = Temporal.PlainTime.from("23:59");
/** When people are written to, local time. */
const morning = Temporal.PlainTime.from("08:00");

export function timeZoneOf(country: string): string {
  return countries.get(country)?.timeZone ?? fallbackTimeZone;
}

/** The calendar day of an instant in the country, e.g. "2027-03-01". */
export function localDateOf(instant: string, country: string): string {
  return dayOf(instant, timeZoneOf(country)).toString();
}

/** When a calendar day begins in the country. */
export function startOfDay(date: string, country: string): string {
  return instantAt(Temporal.PlainDate.from(date), Temporal.PlainTime.from("00:00"), timeZoneOf(country));
}

/** End of the working day at or after the day so many calendar days after the start. */
export function dueAt(
  startedAt: string,
  dueInDays: number,
  country: string,
  extraHolidays: readonly string[] = [],
): string {
  return endOfWorkingDay(dayOf(startedAt, timeZoneOf(country)).add({ days: dueInDays }), country, extraHolidays);
}

/** End of the n-th working day after the instant's day; n = 0 is the day itself or the next working day. */
export function addWorkingDays(
  instant: string,
  n: number,
  country: string,
  extraHolidays: readonly string[] = [],
): string {
  let day = dayOf(instant, timeZoneOf(country));
  for (let left = n; left > 0; left--) day = workingDayFrom(day.add({ days: 1 }), country, extraHolidays);
  return endOfWorkingDay(day, country, extraHolidays);
}

const hourMs = 3_600_000;

/**
 * The due date after the clock stood still: later by the days held, a begun day counting whole.
 * The hour that a change to or from summer time adds is no day.
 */
export function shiftByHold(
  due: string,
  heldMs: number,
  country: string,
  extraHolidays: readonly string[] = [],
): string {
  const heldDays = Math.max(0, Math.ceil((heldMs - hourMs) / (24 * hourMs)));
  return heldDays === 0
    ? due
    : endOfWorkingDay(dayOf(due, timeZoneOf(country)).add({ days: heldDays }), country, extraHolidays);
}

export interface ReminderTime {
  readonly step: ReminderStepId;
  readonly at: string;
}

/**
 * When each step before and after a due date is sent, earliest first: at 08:00 local of its day.
 * The follow-up question falls on the day half-way; steps at or before the start and steps after submission are left out.
 */
export function reminderTimes(
  steps: readonly ReminderStep[],
  task: {
    readonly startedAt: string;
    readonly dueAt: string;
    readonly country: string;
    /** The deliverable's own time; short ones skip early reminders. */
    readonly dueInDays: number;
  },
): ReminderTime[] {
  const timeZone = timeZoneOf(task.country);
  const start = dayOf(task.startedAt, timeZone);
  const due = dayOf(task.dueAt, timeZone);
  return steps
    .filter(({ skippedBelowDays = 0 }) => task.dueInDays >= skippedBelowDays)
    .flatMap(({ id, at }) => {
      if (at.kind === "submission") return [];
      const offsetDays = at.kind === "due" ? at.offsetDays : -Math.ceil(start.until(due).days / 2);
      return [{ step: id, at: instantAt(due.add({ days: offsetDays }), morning, timeZone) }];
    })
    .filter(({ at }) => at > utc(task.startedAt))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The next 08:00 local time after now. */
export function nextDigestAt(now: string, timeZone: string): string {
  const today = dayOf(now, timeZone);
  const thisMorning = instantAt(today, morning, timeZone);
  return thisMorning > utc(now) ? thisMorning : instantAt(today.add({ days: 1 }), morning, timeZone);
}

/** Monday to Friday, no public holiday of the country and none of the programme's further days off (ISO dates). */
export function isWorkingDay(date: string, country: string, extraHolidays: readonly string[] = []): boolean {
  const day = Temporal.PlainDate.from(date);
  return day.dayOfWeek <= 5 && !extraHolidays.includes(date) && !publicHolidays(country, day.year).has(date);
}

function workingDayFrom(
  day: Temporal.PlainDate,
  country: string,
  extraHolidays: readonly string[],
): Temporal.PlainDate {
  let candidate = day;
  while (!isWorkingDay(candidate.toString(), country, extraHolidays)) candidate = candidate.add({ days: 1 });
  return candidate;
}

function endOfWorkingDay(day: Temporal.PlainDate, country: string, extraHolidays: readonly string[]): string {
  return instantAt(workingDayFrom(day, country, extraHolidays), endOfDay, timeZoneOf(country));
}

function dayOf(instant: string, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}

function instantAt(day: Temporal.PlainDate, plainTime: Temporal.PlainTime, timeZone: string): string {
  return day.toZonedDateTime({ timeZone, plainTime }).toInstant().toString({ smallestUnit: "millisecond" });
}

/** The same instant in the one way of writing that sorts by time. */
function utc(instant: string): string {
  return Temporal.Instant.from(instant).toString({ smallestUnit: "millisecond" });
}

const holidaysOfYear = new Map<string, ReadonlySet<string>>();

/** ISO dates; computing a country's year is slow, so each is kept. */
function publicHolidays(country: string, year: number): ReadonlySet<string> {
  const key = `${country} ${year}`;
  let days = holidaysOfYear.get(key);
  if (!days) {
    days = new Set(countries.get(country)?.timeZone === undefined ? [] : holidayDates(country, year));
    holidaysOfYear.set(key, days);
  }
  return days;
}

function holidayDates(country: string, year: number): string[] {
  return new Holidays(country)
    .getHolidays(year)
    .filter(({ type, date }) => {
      // "bank" are eves that are kept like public holidays, e.g. Midsummer Eve in Sweden; some only begin at noon.
      return (type === "public" || type === "bank") && date.includes("00:00:00");
    })
    .flatMap(({ date, start, end }) => {
      const first = Temporal.PlainDate.from(date.slice(0, 10));
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / (24 * hourMs)));
      return Array.from({ length }, (_, i) => first.add({ days: i }).toString());
    });
}

/** A calendar day that exists, e.g. "2027-02-28". */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
