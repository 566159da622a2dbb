/**
 * What somebody is changing about a programme, before it is saved: typed texts by place, laid over what is set. When others
 * change the settings meanwhile, the texts stay and lie over the new ones.
 */
import type { BodyOf } from "../../../shared/contracts/operations.ts";
import type { ProgrammeView } from "../../../shared/contracts/people-operations.ts";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import { type MovableStepId, movableSteps } from "../../../shared/domain/programme-timing.ts";

export type Parameters = ProgrammeView["parameters"];
type Wanted = Omit<BodyOf<"changeProgramme">, "expectedVersion" | "reason">;

/** `scale`: of one shown there are so many kept (euros shown, cents kept). */
const amounts = [
  { name: "focusSizeHeadcount", unit: "people", scale: 1, min: 1, max: 249 },
  { name: "deMinimisCeilingEur", unit: "euros", scale: 1, min: 0, max: 10_000_000 },
  { name: "plannedAidEur", unit: "euros", scale: 1, min: 0, max: 10_000_000 },
  { name: "hourlyRateCents", unit: "eurosPerHour", scale: 100, min: 0.01, max: 1000 },
  { name: "reworkDays", unit: "days", scale: 1, min: 1, max: 180 },
] as const;
/** How long things are kept; the shortest is what the law or the purpose of the record asks for. */
const retention = [
  { name: "mailDays", unit: "days", scale: 1, min: 30, max: 3660 },
  { name: "noticeDays", unit: "days", scale: 1, min: 30, max: 3660 },
  { name: "accessLogDays", unit: "days", scale: 1, min: 365, max: 7320 },
  { name: "businessRecordYears", unit: "years", scale: 1, min: 5, max: 50 },
  { name: "aidRecordYears", unit: "years", scale: 1, min: 10, max: 50 },
] as const;

export const numberGroups = { amounts, retention } as const;
export const numbers = [...amounts, ...retention];
export type NumberParameter = (typeof numbers)[number];

/** `texts`: as typed, by the name of a parameter or "dueInDays/NA-1"; empty: the process's own. */
export interface ProgrammeDraft {
  readonly texts: Readonly<Record<string, string>>;
  readonly holidays?: readonly string[];
}

/** The day of a reminder as people say it: so many days before or after, never negative. */
export const stepSign = (process: ProcessVersionView, id: MovableStepId): 1 | -1 =>
  ownStepDays(process, id) < 0 ? -1 : 1;

/** The process's own days of a step, negative before the due date. */
export function ownStepDays(process: ProcessVersionView, id: MovableStepId): number {
  const at = process.reminders.find((step) => step.id === id)?.at;
  if (at?.kind === "due") return at.offsetDays;
  return at?.kind === "submission" ? at.offsetWorkingDays : 0;
}

/** What would be sent: only what differs from what is set. */
export function wantedOf(parameters: Parameters, draft: ProgrammeDraft, process: ProcessVersionView): Wanted {
  const { texts } = draft;
  const wanted: Record<string, unknown> = {};
  for (const { name, scale } of numbers) {
    const text = texts[name]?.trim();
    if (text === undefined || text === "") continue;
    const value = Math.round(Number(text) * scale);
    if (value !== parameters[name]) wanted[name] = value;
  }
  const holidays = draft.holidays?.toSorted();
  if (holidays !== undefined && `${holidays}` !== `${parameters.extraHolidays}`) wanted.extraHolidays = holidays;
  const stageDays = laidOver(parameters.stageDays, texts, "stageDays");
  if (stageDays !== undefined) wanted.stageDays = stageDays;
  const dueInDays = laidOver(parameters.dueInDays, texts, "dueInDays");
  if (dueInDays !== undefined) wanted.dueInDays = dueInDays;
  const reminderDays = laidOver(parameters.reminderDays, texts, "reminderDays", (id) => {
    const step = movableSteps.find((each) => each === id);
    return step === undefined ? 1 : stepSign(process, step);
  });
  if (reminderDays !== undefined) wanted.reminderDays = reminderDays;
  // Each member is a parameter of the contract with a value of its type.
  return wanted as Wanted;
}

/** Undefined when nothing differs. */
function laidOver(
  set: Readonly<Record<string, number>>,
  texts: Readonly<Record<string, string>>,
  place: string,
  signOf: (id: string) => 1 | -1 = () => 1,
): Record<string, number> | undefined {
  const days = new Map(Object.entries(set));
  for (const [key, text] of Object.entries(texts)) {
    if (!key.startsWith(`${place}/`)) continue;
    const id = key.slice(place.length + 1);
    if (text.trim() === "") days.delete(id);
    else days.set(id, Math.round(Number(text)) * signOf(id));
  }
  const isSame = days.size === Object.keys(set).length && [...days].every(([id, value]) => set[id] === value);
  return isSame ? undefined : Object.fromEntries(days);
}

/** A change as its parts: one for each stage, deliverable, reminder or day off that differs. */
export interface ChangeLine {
  readonly parameter: string;
  /** Which stage, deliverable or reminder. */
  readonly of?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export function linesOf({
  parameter,
  before,
  after,
}: ProgrammeView["changes"][number]["changes"][number]): ChangeLine[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [removed, added] = [
      before.filter((day) => !after.includes(day)),
      after.filter((day) => !before.includes(day)),
    ];
    return [...removed.map((day) => ({ parameter, before: day })), ...added.map((day) => ({ parameter, after: day }))];
  }
  if (isRecord(after)) {
    const old = isRecord(before) ? before : {};
    return [...new Set([...Object.keys(old), ...Object.keys(after)])]
      .filter((of) => old[of] !== after[of])
      .map((of) => ({ parameter, of, before: old[of], after: after[of] }));
  }
  return [{ parameter, before, after }];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
