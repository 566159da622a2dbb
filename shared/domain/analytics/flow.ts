/** How pilots flow: days in each stage, who had the ball in them, what was finished in each month, from where to where. */
import type { StageId } from "../process.ts";
import { type Figure, figureOf, grouped } from "./figures.ts";
import { isCompleted } from "./funnel.ts";
import { dayMs } from "./net-time.ts";
import { ascending, percentileOf } from "./percentiles.ts";
import { daysSoFar, isInFlight, isPassed, type PilotFacts, type RunFacts } from "./pilot-facts.ts";
import { type Holder, holderOf, holders } from "./waiting.ts";

/** Instants; the end is the first that does not count. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

const isIn = ({ from, until }: Period, instant: string | undefined): instant is string =>
  instant !== undefined && instant >= from && instant < until;

interface PilotRun {
  readonly pilot: PilotFacts;
  readonly run: RunFacts;
}

const runsOf = (pilots: readonly PilotFacts[], stageId: StageId): PilotRun[] =>
  pilots.flatMap((pilot) => pilot.runs.filter((run) => run.stageId === stageId).map((run) => ({ pilot, run })));

/** Begun and not closed, of a pilot that has not ended. */
const isRunning = ({ pilot, run }: PilotRun): boolean =>
  isInFlight(pilot) && run.startedAt !== undefined && run.endedAt === undefined;

export interface StageCycleTimes {
  readonly stage: StageId;
  readonly finished: {
    readonly pilotId: string;
    readonly runId: string;
    readonly days: number;
    readonly endedAt: string;
  }[];
  readonly medianDays?: number;
  readonly p85Days?: number;
  readonly running: {
    readonly pilotId: string;
    readonly runId: string;
    readonly days: number;
    readonly startedAt: string;
    readonly onHold: boolean;
  }[];
}

export function cycleTimesOf(
  pilots: readonly PilotFacts[],
  stage: StageId,
  period: Period,
  nowMs: number,
): StageCycleTimes {
  const runs = runsOf(pilots, stage);
  const finished = runs
    .flatMap(({ pilot, run }) => {
      const { id: runId, endedAt, days } = run;
      if (!isPassed(run) || days === undefined || !isIn(period, endedAt)) return [];
      return [{ pilotId: pilot.id, runId, days, endedAt }];
    })
    .sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1));
  const days = ascending(finished.map((each) => each.days));
  const [medianDays, p85Days] = [percentileOf(days, 0.5), percentileOf(days, 0.85)];
  return {
    stage,
    finished,
    ...(medianDays === undefined ? {} : { medianDays: hundredths(medianDays) }),
    ...(p85Days === undefined ? {} : { p85Days: hundredths(p85Days) }),
    running: runs
      .filter(isRunning)
      .map(({ pilot, run }) => ({
        pilotId: pilot.id,
        runId: run.id,
        days: hundredths(daysSoFar(pilot, run, nowMs)),
        startedAt: run.startedAt ?? "",
        onHold: pilot.hold !== undefined,
      }))
      .sort((a, b) => b.days - a.days),
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

export interface StageWaiting {
  readonly stage: StageId;
  readonly runs: number;
  readonly parts: { readonly holder: Holder; readonly days: number; readonly pilotIds: string[] }[];
}

/** Of the runs passed within the period and those under way. */
export function waitingOf(pilots: readonly PilotFacts[], stage: StageId, period: Period, nowMs: number): StageWaiting {
  const runs = runsOf(pilots, stage).filter(
    (each) => isRunning(each) || (isPassed(each.run) && isIn(period, each.run.endedAt)),
  );
  const split = runs.map(({ pilot, run }) => ({ pilotId: pilot.id, days: ballDaysNow(pilot, run, nowMs) }));
  return {
    stage,
    runs: runs.length,
    parts: holders.map((holder) => {
      const having = split.filter(({ days }) => (days[holder] ?? 0) > 0);
      return {
        holder,
        days: hundredths(having.reduce((sum, { days }) => sum + (days[holder] ?? 0), 0)),
        pilotIds: figureOf(having.map(({ pilotId }) => pilotId)).pilotIds,
      };
    }),
  };
}

/** As counted up to the run's last change, and since then with those who have had the ball all the while. */
function ballDaysNow(pilot: PilotFacts, run: RunFacts, nowMs: number): Readonly<Partial<Record<Holder, number>>> {
  const { days, until } = run.ball ?? { days: {}, until: "" };
  if (run.endedAt !== undefined || pilot.hold !== undefined) return days;
  const open = pilot.open.filter(({ runId, notYet }) => runId === run.id && notYet !== true);
  const since = (nowMs - Date.parse(until)) / dayMs;
  if (open.length === 0 || !(since > 0)) return days;
  const sums: Partial<Record<Holder, number>> = { ...days };
  for (const { role, assigneeId } of open) {
    const holder = holderOf(role, assigneeId !== undefined);
    sums[holder] = (sums[holder] ?? 0) + since / open.length;
  }
  return sums;
}

export interface Month {
  /** YYYY-MM. */
  readonly month: string;
  readonly period: Period;
}

export interface MonthThroughput {
  readonly month: string;
  readonly admitted: Figure;
  readonly stagesPassed: (Figure & { readonly stage: StageId })[];
  readonly completed: Figure;
}

/** `months` follow one another; what lies outside of them is not counted. */
export function throughputOf(
  pilots: readonly PilotFacts[],
  stages: readonly StageId[],
  months: readonly Month[],
): MonthThroughput[] {
  const inMonth = (instant: string | undefined) => {
    if (instant === undefined) return -1;
    const index = months.findLastIndex(({ period }) => period.from <= instant);
    return isIn(months[index]?.period ?? nowhere, instant) ? index : -1;
  };
  const byMonth = (of: readonly { readonly pilotId: string; readonly at: string | undefined }[]) => {
    const found = grouped(of, ({ at }) => inMonth(at));
    return (index: number) => figureOf((found.get(index) ?? []).map(({ pilotId }) => pilotId));
  };
  const admitted = byMonth(pilots.map(({ id: pilotId, admittedAt: at }) => ({ pilotId, at })));
  const completed = byMonth(pilots.filter(isCompleted).map(({ id: pilotId, endedAt: at }) => ({ pilotId, at })));
  const passed = stages.map((stage) => ({
    stage,
    figure: byMonth(
      runsOf(pilots, stage)
        .filter(({ run }) => isPassed(run))
        .map(({ pilot, run }) => ({ pilotId: pilot.id, at: run.endedAt })),
    ),
  }));
  return months.map(({ month }, index) => ({
    month,
    admitted: admitted(index),
    stagesPassed: passed.map(({ stage, figure }) => ({ stage, ...figure(index) })),
    completed: completed(index),
  }));
}

const nowhere: Period = { from: "", until: "" };

export interface CountryPair {
  readonly from: string;
  readonly to: string;
  readonly inFlight: Figure;
  readonly completed: Figure;
}

/** Pilots that know their market and are on their way to it, or came there; most first. */
export function countryPairsOf(pilots: readonly PilotFacts[]): CountryPair[] {
  const going = pilots.filter((pilot) => pilot.market !== undefined && (isInFlight(pilot) || isCompleted(pilot)));
  return [...grouped(going, ({ country, market = "" }) => `${country} ${market}`).values()]
    .map((pair): CountryPair => {
      const { country: from = "", market: to = "" } = pair[0] ?? {};
      return {
        from,
        to,
        inFlight: figureOf(pair.filter(isInFlight).map(({ id }) => id)),
        completed: figureOf(pair.filter(isCompleted).map(({ id }) => id)),
      };
    })
    .sort(
      (a, b) =>
        b.inFlight.count + b.completed.count - a.inFlight.count - a.completed.count ||
        (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1),
    );
}
