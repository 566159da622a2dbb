/**
 * How long a stage takes, to be drawn from: the finished runs as they were, or a triangle about the plan while there are
 * too few. A draw is never shorter than what has passed already, and a run that has gone on longer draws no earlier end.
 */
import { ascending, percentileOf } from "./percentiles.ts";
import { FEWEST_RUNS } from "./steps.ts";

/** The spread of a planned duration: more stages run late than early. */
export const planSpread = { leastFactor: 0.75, likelyFactor: 1, mostFactor: 1.75 } as const;

/** A run that takes longer than anything known ends within so many times the days it has run. */
export const OVERRUN_FACTOR = 1.25;

export interface Durations {
  readonly from: "finished_runs" | "plan";
  /** From then on a run takes longer than anything known. */
  readonly mostDays: number;
  /** The duration at a share of all that are at least so long; `share` from 0 up to 1. */
  at(share: number, atLeastDays: number): number;
  readonly medianDays: number;
  readonly p85Days: number;
}

export function durationsOf(finishedDays: readonly number[], plannedDays: number): Durations {
  return finishedDays.length < FEWEST_RUNS ? asPlanned(plannedDays) : asFinished(ascending(finishedDays));
}

function asFinished(sorted: Float64Array): Durations {
  const mostDays = sorted[sorted.length - 1] ?? 0;
  return {
    from: "finished_runs",
    mostDays,
    at(share, atLeastDays) {
      const first = firstAtLeast(sorted, atLeastDays);
      const drawn = sorted[first + Math.floor(share * (sorted.length - first))];
      return drawn ?? overrun(share, atLeastDays);
    },
    medianDays: percentileOf(sorted, 0.5) ?? 0,
    p85Days: percentileOf(sorted, 0.85) ?? 0,
  };
}

function firstAtLeast(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function asPlanned(plannedDays: number): Durations {
  const least = plannedDays * planSpread.leastFactor;
  const likely = plannedDays * planSpread.likelyFactor;
  const most = plannedDays * planSpread.mostFactor;
  const width = most - least;
  const shareBelow = (days: number): number => {
    if (days <= least) return 0;
    if (days <= likely) return (days - least) ** 2 / (width * (likely - least));
    return 1 - (most - days) ** 2 / (width * (most - likely));
  };
  const atShare = (share: number): number =>
    share < shareBelow(likely)
      ? least + Math.sqrt(share * width * (likely - least))
      : most - Math.sqrt((1 - share) * width * (most - likely));
  return {
    from: "plan",
    mostDays: most,
    at(share, atLeastDays) {
      if (atLeastDays >= most) return overrun(share, atLeastDays);
      const passed = shareBelow(atLeastDays);
      // Roots and squares do not quite undo one another.
      return Math.max(atLeastDays, atShare(passed + share * (1 - passed)));
    },
    medianDays: atShare(0.5),
    p85Days: atShare(0.85),
  };
}

const overrun = (share: number, atLeastDays: number): number => atLeastDays * (1 + share * (OVERRUN_FACTOR - 1));
