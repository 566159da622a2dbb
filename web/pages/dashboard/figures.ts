/** What the charts of the dashboard are drawn from, worked out of the server's figures. */
import type { DashboardView, ForecastView } from "../../../shared/contracts/dashboard-operations.ts";

/** Fewer finished runs say nothing reliable of how long a stage takes. */
export const enoughRuns = 5;

interface Scale {
  readonly max: number;
  /** From 0 to `max`, evenly. */
  readonly ticks: readonly number[];
}

/** Four or five round steps that reach the largest value. */
export function scaleTo(largest: number): Scale {
  const rough = Math.max(largest, 1) / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * magnitude >= rough) ?? 10;
  const step = Math.max(1, factor * magnitude);
  const steps = Math.max(1, Math.ceil(largest / step));
  return { max: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) };
}

export const percentOf = (value: number, max: number): number =>
  max === 0 ? 0 : Math.min(100, Math.max(0, (value / max) * 100));

/** Dots beside each other by value, on top of each other where they would meet. */
export function stacked<Run extends { readonly days: number }>(
  runs: readonly Run[],
  max: number,
  places = 60,
): readonly { readonly run: Run; readonly percent: number; readonly level: number }[] {
  const taken = new Map<number, number>();
  return runs
    .toSorted((one, other) => one.days - other.days)
    .map((run) => {
      const place = Math.round((percentOf(run.days, max) / 100) * places);
      const level = taken.get(place) ?? 0;
      taken.set(place, level + 1);
      return { run, percent: (place / places) * 100, level };
    });
}

type Part = DashboardView["waiting"][number]["parts"][number];

export const holders = ["unclaimed", "claimed", "sme"] as const;
type Holder = (typeof holders)[number];

interface Waited {
  readonly days: number;
  /** Of all days, 0 to 1, in whole percent. */
  readonly share: number;
  readonly pilotIds: readonly string[];
}

/** Time by who had the ball: nobody yet, somebody of the programme, the company. */
export function waitedBy(parts: readonly Part[]): Readonly<Record<Holder, Waited>> {
  const heldBy = holders.map((of) =>
    parts.filter(({ holder }) => (holder === "unclaimed" || holder === "sme" ? holder : "claimed") === of),
  );
  const days = heldBy.map((those) => those.reduce((sum, part) => sum + part.days, 0));
  const percents = percentsOf(days);
  const of = (holder: Holder): Waited => {
    const at = holders.indexOf(holder);
    return {
      days: days[at] ?? 0,
      share: (percents[at] ?? 0) / 100,
      pilotIds: [...new Set(heldBy[at]?.flatMap(({ pilotIds }) => pilotIds))],
    };
  };
  return { unclaimed: of("unclaimed"), claimed: of("claimed"), sme: of("sme") };
}

/** Whole percents of one whole that are 100 together: those with the largest remainders are rounded up. All 0 of nothing. */
export function percentsOf(parts: readonly number[]): readonly number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part / whole) * 100);
  const missing = 100 - exact.reduce((sum, percent) => sum + Math.floor(percent), 0);
  const byRemainder = exact.map((_, at) => at).toSorted((one, other) => remainder(other) - remainder(one));
  const roundedUp = new Set(byRemainder.slice(0, missing));
  return exact.map((percent, at) => Math.floor(percent) + (roundedUp.has(at) ? 1 : 0));

  function remainder(at: number): number {
    return (exact[at] ?? 0) % 1;
  }
}

/** Figures together: counts added, each pilot once. */
export function together(figures: readonly { readonly count: number; readonly pilotIds: readonly string[] }[]): {
  readonly count: number;
  readonly pilotIds: readonly string[];
} {
  return {
    count: figures.reduce((sum, { count }) => sum + count, 0),
    pilotIds: [...new Set(figures.flatMap(({ pilotIds }) => pilotIds))],
  };
}

/** Which of many labels have room: every second, third … from the first. */
export const hasRoom = (index: number, count: number, most: number): boolean => index % Math.ceil(count / most) === 0;

type Flight = ForecastView["inFlight"][number];

/** Those that more likely than not are still under way at the programme's end, the least likely to close first. */
export const unlikely = (inFlight: readonly Flight[]): readonly Flight[] =>
  inFlight
    .filter(({ closesBeforeEnd }) => closesBeforeEnd < 0.5)
    .toSorted((one, other) => one.closesBeforeEnd - other.closesBeforeEnd);
