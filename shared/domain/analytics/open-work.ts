/** Work that is open now: how old it is, for whom it is overdue, who carries how much. On hold, nothing is open. */
import type { ProcessRole } from "../process.ts";
import { type Figure, figureOf } from "./figures.ts";
import { dayMs } from "./net-time.ts";
import { isInFlight, type OpenTask, type PilotFacts } from "./pilot-facts.ts";

const ageBuckets = [
  { fromDays: 0, toDays: 7 },
  { fromDays: 8, toDays: 14 },
  { fromDays: 15, toDays: 30 },
  { fromDays: 31 },
] as const;

interface OpenWork {
  readonly pilot: PilotFacts;
  readonly task: OpenTask;
}

const openWorkOf = (pilots: readonly PilotFacts[]): OpenWork[] =>
  pilots.flatMap((pilot) => pilot.open.map((task) => ({ pilot, task })));

const figure = (work: readonly OpenWork[]): Figure => figureOf(work.map(({ pilot }) => pilot.id));

export interface KindAgeing {
  readonly kind: OpenTask["kind"];
  readonly buckets: (Figure & { readonly fromDays: number; readonly toDays?: number })[];
}

/** By whole days since the task could be done, without holds. */
export function ageingOf(
  pilots: readonly PilotFacts[],
  kinds: readonly OpenTask["kind"][],
  nowMs: number,
): KindAgeing[] {
  const aged = openWorkOf(pilots).map((work) => ({ ...work, days: wholeDaysOpen(work.task, nowMs) }));
  return kinds.map((kind) => ({
    kind,
    buckets: ageBuckets.map((bucket) => {
      const { fromDays, toDays = Number.POSITIVE_INFINITY }: { fromDays: number; toDays?: number } = bucket;
      const inBucket = aged.filter(({ task, days }) => task.kind === kind && days >= fromDays && days <= toDays);
      return { ...bucket, ...figure(inBucket) };
    }),
  }));
}

const wholeDaysOpen = ({ since, heldMs = 0 }: OpenTask, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - Date.parse(since) - heldMs) / dayMs));

const isOverdue = ({ dueAt }: OpenTask, nowMs: number): boolean => Date.parse(dueAt) < nowMs;

export function overdueOf(
  pilots: readonly PilotFacts[],
  roles: readonly ProcessRole[],
  nowMs: number,
): (Figure & { readonly role: ProcessRole })[] {
  const overdue = openWorkOf(pilots).filter(({ task }) => isOverdue(task, nowMs));
  return roles.map((role) => ({ role, ...figure(overdue.filter(({ task }) => task.role === role)) }));
}

export interface AdvisorLoad {
  readonly advisorId: string;
  readonly pilots: Figure;
  readonly openTasks: Figure;
  readonly overdueTasks: Figure;
  readonly estimatedHours: number;
}

/** For each named, in that order. What nobody has claimed falls to who leads the pilot, so that no task counts twice. */
export function loadOf(pilots: readonly PilotFacts[], advisorIds: readonly string[], nowMs: number): AdvisorLoad[] {
  const work = openWorkOf(pilots);
  return advisorIds.map((advisorId) => {
    const theirs = work.filter(
      ({ pilot, task }) =>
        task.assigneeId === advisorId ||
        (task.assigneeId === undefined && task.role === "advisor" && leadOf(pilot) === advisorId),
    );
    return {
      advisorId,
      pilots: figureOf(pilots.filter((each) => isInFlight(each) && isAdvisedBy(each, advisorId)).map(({ id }) => id)),
      openTasks: figure(theirs),
      overdueTasks: figure(theirs.filter(({ task }) => isOverdue(task, nowMs))),
      estimatedHours: theirs.reduce((sum, { task }) => sum + task.hours, 0),
    };
  });
}

const leadOf = ({ team }: PilotFacts): string | undefined => team.find(({ role }) => role === "advisor")?.personId;

export const isAdvisedBy = ({ team }: PilotFacts, personId: string): boolean =>
  team.some((member) => member.role === "advisor" && member.personId === personId);
