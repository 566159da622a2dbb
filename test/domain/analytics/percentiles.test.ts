import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ascending, percentileOf } from "../../../shared/domain/analytics/percentiles.ts";

const values = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** As a person would with a pencil: lay the values on a line of length 1 and read it at the share. */
function naive(all: readonly number[], at: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  if (sorted.length === 1) return sorted[0] ?? Number.NaN;
  const gap = 1 / (sorted.length - 1);
  let left = 0;
  while (left < sorted.length - 2 && (left + 1) * gap <= at) left += 1;
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(left, left + 2);
  return low + (high - low) * ((at - left * gap) / gap);
}

describe("a percentile", () => {
  test("is that of the spreadsheets", () => {
    expect(percentileOf(ascending([40, 10, 30, 20]), 0.5)).toBe(25);
    expect(percentileOf(ascending([15, 20, 35, 40, 50]), 0.4)).toBeCloseTo(29);
    expect(percentileOf(ascending([7]), 0.85)).toBe(7);
  });

  test("is what the definition says, for any values", () => {
    fc.assert(
      fc.property(values, share, (all, at) => {
        expect(percentileOf(ascending(all), at)).toBeCloseTo(naive(all, at), 6);
      }),
    );
  });

  test("never falls as the share rises, and stays within the values", () => {
    fc.assert(
      fc.property(values, share, share, (all, one, other) => {
        const sorted = ascending(all);
        const low = percentileOf(sorted, Math.min(one, other)) ?? Number.NaN;
        const high = percentileOf(sorted, Math.max(one, other)) ?? Number.NaN;
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
      }),
    );
  });

  test("of nothing is none", () => {
    expect(percentileOf(ascending([]), 0.5)).toBeUndefined();
  });
});
