/**
 * When the pilots in flight will close (Monte Carlo): in each trial every pilot draws the rest of its stage and all
 * stages to come from the durations of each stage, one after the other without a pause, and may drop out in any of them.
 * A pilot on hold goes on at the end of its hold. No stage is skipped. A pilot's draws depend on the seed and its own id
 * only, so that another pilot more or less changes nothing for it.
 */
import type { StageId } from "../process.ts";
import { type Durations, durationsOf } from "./durations.ts";
import { dayMs } from "./net-time.ts";
import { percentileOf } from "./percentiles.ts";
import { daysSoFar, isInFlight, isPassed, type PilotFacts } from "./pilot-facts.ts";
import { randomFrom, seedOf } from "./random.ts";
import { FEWEST_RUNS } from "./steps.ts";

export interface PlannedStage {
  readonly stage: StageId;
  readonly plannedDays: number;
}

export interface ForecastQuestion {
  /** Of the whole programme, finished ones too: their runs are what is drawn from. */
  readonly pilots: readonly PilotFacts[];
  /** In the order of the process. */
  readonly stages: readonly PlannedStage[];
  /** Days are counted from this instant. */
  readonly asOfMs: number;
  /** Days until the programme has ended, and until the end of each month that is asked for. */
  readonly endInDays: number;
  readonly monthsInDays: readonly number[];
  readonly trials: number;
  readonly seed: number;
}

export interface DropOut {
  readonly share: number;
  readonly from: "stage" | "programme" | "none";
}

/** So many or more in half, and in 85 %, of the trials. */
export interface AtLeast {
  readonly p50: number;
  readonly p85: number;
}

export interface Forecast {
  readonly pilots: readonly {
    readonly pilotId: string;
    /** Days from now; absent when it drops out in every trial. */
    readonly p50Days?: number;
    readonly p85Days?: number;
    readonly closesBeforeEnd: number;
    /** Longer in its stage than anything known. */
    readonly isOverrunning: boolean;
  }[];
  readonly closeBeforeEnd: AtLeast;
  readonly lastClosesDays?: { readonly p50: number; readonly p85: number };
  readonly byMonth: readonly AtLeast[];
  readonly stages: readonly (PlannedStage & {
    readonly finishedRuns: number;
    readonly durations: Durations;
    readonly dropOut: DropOut;
  })[];
}

export function forecastOf(question: ForecastQuestion): Forecast {
  const { pilots, stages: plan, endInDays, monthsInDays, trials, seed } = question;
  const stages = plan.map(({ stage, plannedDays }) => {
    const days = finishedDaysOf(pilots, stage);
    const dropOut = dropOutOf(pilots, stage);
    return { stage, plannedDays, finishedRuns: days.length, durations: durationsOf(days, plannedDays), dropOut };
  });
  const closed = new Int32Array(trials);
  const last = new Float64Array(trials).fill(-1);
  const inMonth = monthsInDays.map(() => new Int32Array(trials));

  const inFlight = pilots.filter(isInFlight).map((pilot) => {
    const from = whereItStands(pilot, plan, question.asOfMs);
    const ahead = stages.slice(from.stage);
    const random = randomFrom(seedOf(seed, pilot.id));
    const closings = new Float64Array(trials);
    let completing = 0;
    let beforeEnd = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      let day = from.goesOnInDays;
      let ranDays = from.ranDays;
      let dropsOut = false;
      for (const { durations, dropOut } of ahead) {
        day += durations.at(random(), ranDays) - ranDays;
        // Both are drawn in any case: what follows must not depend on how this one turns out.
        if (random() < dropOut.share) dropsOut = true;
        ranDays = 0;
      }
      if (dropsOut) continue;
      closings[completing] = day;
      completing += 1;
      if (day > (last[trial] ?? 0)) last[trial] = day;
      if (day < endInDays) {
        beforeEnd += 1;
        closed[trial] = (closed[trial] ?? 0) + 1;
      }
      const month = inMonth[monthsInDays.findIndex((end) => day < end)];
      if (month !== undefined) month[trial] = (month[trial] ?? 0) + 1;
    }
    const sorted = closings.subarray(0, completing).sort();
    const [p50Days, p85Days] = [percentileOf(sorted, 0.5), percentileOf(sorted, 0.85)];
    return {
      pilotId: pilot.id,
      ...(p50Days === undefined || p85Days === undefined ? {} : { p50Days, p85Days }),
      closesBeforeEnd: beforeEnd / trials,
      isOverrunning: from.ranDays > (ahead[0]?.durations.mostDays ?? Number.POSITIVE_INFINITY),
    };
  });

  const lasts = last.filter((day) => day >= 0).sort();
  const [p50, p85] = [percentileOf(lasts, 0.5), percentileOf(lasts, 0.85)];
  const sum = new Int32Array(trials);
  return {
    pilots: inFlight,
    closeBeforeEnd: atLeast(closed),
    ...(p50 === undefined || p85 === undefined ? {} : { lastClosesDays: { p50, p85 } }),
    byMonth: inMonth.map((counts) => {
      for (const [trial, count] of counts.entries()) sum[trial] = (sum[trial] ?? 0) + count;
      return atLeast(sum);
    }),
    stages,
  };
}

function atLeast(counts: Int32Array): AtLeast {
  const sorted = counts.toSorted();
  const reachedIn = (share: number) => sorted[Math.floor(sorted.length * (1 - share))] ?? 0;
  return { p50: reachedIn(0.5), p85: reachedIn(0.85) };
}

/** The stage to go through next or further, the days already spent in it, and when it goes on. */
function whereItStands(
  pilot: PilotFacts,
  plan: readonly PlannedStage[],
  asOfMs: number,
): { readonly stage: number; readonly ranDays: number; readonly goesOnInDays: number } {
  const stage = Math.max(
    0,
    plan.findIndex((each) => each.stage === pilot.stage),
  );
  const run = pilot.runs.findLast(({ stageId }) => stageId === pilot.stage);
  if (run?.status === "passed" || run?.status === "passed_with_conditions")
    return { stage: stage + 1, ranDays: 0, goesOnInDays: 0 };
  const startedMs = run?.startedAt === undefined ? asOfMs : Date.parse(run.startedAt);
  const resumesMs = pilot.hold === undefined ? asOfMs : Date.parse(pilot.hold.resumeOn);
  return {
    stage,
    ranDays: run?.startedAt === undefined ? 0 : daysSoFar(pilot, run, asOfMs),
    goesOnInDays: Math.max(0, startedMs - asOfMs, resumesMs - asOfMs) / dayMs,
  };
}

const finishedDaysOf = (pilots: readonly PilotFacts[], stage: StageId): number[] =>
  pilots.flatMap(({ runs }) =>
    runs.flatMap((run) => (run.stageId === stage && isPassed(run) && run.days !== undefined ? [run.days] : [])),
  );

/** Of the runs that are over, the share that ended with the pilot: of the stage, or of all stages while it has too few. */
function dropOutOf(pilots: readonly PilotFacts[], stage: StageId): DropOut {
  const over = pilots.flatMap(({ runs }) => runs.filter((run) => run.status === "stopped" || isPassed(run)));
  const share = (runs: typeof over) => runs.filter(({ status }) => status === "stopped").length / runs.length;
  const ofStage = over.filter(({ stageId }) => stageId === stage);
  if (ofStage.length >= FEWEST_RUNS) return { share: share(ofStage), from: "stage" };
  return over.length >= FEWEST_RUNS ? { share: share(over), from: "programme" } : { share: 0, from: "none" };
}
