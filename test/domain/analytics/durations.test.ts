import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationsOf, OVERRUN_FACTOR, planSpread } from "../../../shared/domain/analytics/durations.ts";

const someDays = fc.double({ min: 0.01, max: 400, noNaN: true });
const history = fc.array(someDays, { maxLength: 30 });
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the durations of a stage", () => {
  test("are those of the finished runs from the fifth on, before that a spread of the plan", () => {
    expect(durationsOf([1, 2, 3, 4], 30).from).toBe("plan");
    expect(durationsOf([1, 2, 3, 4, 5], 30)).toMatchObject({ from: "finished_runs", medianDays: 3, mostDays: 5 });
  });

  test("are drawn from what happened, every run as likely as another", () => {
    const durations = durationsOf([10, 20, 30, 40, 50], 30);
    expect([0, 0.2, 0.4, 0.6, 0.8].map((at) => durations.at(at, 0))).toEqual([10, 20, 30, 40, 50]);
  });

  test("leave out the runs that were over by now", () => {
    const durations = durationsOf([10, 20, 30, 40, 50], 30);
    expect([0, 0.5, 0.9].map((at) => durations.at(at, 31))).toEqual([40, 50, 50]);
  });

  test("lie within the stated spread of the plan, half of them below its median", () => {
    const durations = durationsOf([], 100);
    expect(durations.at(0, 0)).toBeCloseTo(100 * planSpread.leastFactor);
    expect(durations.at(0.25, 0)).toBeCloseTo(100 * planSpread.likelyFactor);
    expect(durations.at(0.999_999, 0)).toBeCloseTo(100 * planSpread.mostFactor, 0);
    const draws = Array.from({ length: 1000 }, (_, index) => durations.at(index / 1000, 0));
    expect(draws.filter((days) => days < durations.medianDays).length).toBe(500);
  });

  test("are never shorter than what has passed, and of an overrun at most so much longer", () => {
    fc.assert(
      fc.property(history, someDays, share, someDays, (finished, planned, at, ran) => {
        const durations = durationsOf(finished, planned);
        const drawn = durations.at(at, ran);
        expect(drawn).toBeGreaterThanOrEqual(ran);
        expect(drawn).toBeLessThanOrEqual(Math.max(durations.mostDays, ran * OVERRUN_FACTOR) + 1e-9);
      }),
    );
  });

  test("do not get shorter as a run goes on", () => {
    fc.assert(
      fc.property(history, someDays, share, someDays, someDays, (finished, planned, at, one, other) => {
        const durations = durationsOf(finished, planned);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(durations.at(at, less)).toBeLessThanOrEqual(durations.at(at, more) + 1e-9);
      }),
    );
  });
});
