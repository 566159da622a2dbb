import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { barrierBand, gateScore, readinessBand, reviewResult, weighted } from "../../shared/domain/scores.ts";

const deliverable = {
  acceptance: { weightedPercentMin: 60, mustCriterionMin: 2 },
  reviewCriteria: [
    { id: "complete", text: "Complete", weight: 40, must: true },
    { id: "capacity", text: "Realistic time", weight: 30, must: true },
    { id: "finance", text: "Plausible figures", weight: 30, must: false },
  ],
};
const comments = { complete: "Why", capacity: "Why", finance: "Why" };
const review = (complete: number, capacity: number, finance: number) =>
  reviewResult(deliverable, { complete, capacity, finance }, comments);

describe("a review", () => {
  test("accepts at 60 percent with every must criterion at 2", () => {
    expect(review(2, 2, 4)).toEqual({ weightedPercent: 65, mustsMissed: [], accepted: true });
    expect(review(3, 2, 2)).toEqual({ weightedPercent: 60, mustsMissed: [], accepted: true });
  });

  test("sends back below 60 percent", () => {
    expect(review(2, 2, 3)).toEqual({ weightedPercent: 57.5, mustsMissed: [], accepted: false });
  });

  test("sends back a must criterion below 2, whatever the percent", () => {
    expect(review(4, 1, 4)).toEqual({ weightedPercent: 77.5, mustsMissed: ["capacity"], accepted: false });
    expect(review(4, 4, 0)).toEqual({ weightedPercent: 70, mustsMissed: [], accepted: true });
  });

  test("needs a comment below 3 points", () => {
    const points = { complete: 3, capacity: 2, finance: 2 };
    expect(() => reviewResult(deliverable, points, { finance: "  " })).toThrowError(
      expect.objectContaining({
        name: "RuleBroken",
        reason: { key: "say_why_below", points: 3, criteria: ["Realistic time", "Plausible figures"] },
        details: { pointer: "/criterionComments/capacity", criterionIds: ["capacity", "finance"] },
      }),
    );
  });

  test.each([
    [
      { complete: 3, capacity: 3 },
      { key: "give_points", criteria: ["Plausible figures"] },
    ],
    [
      { complete: 3, capacity: 3, finance: 5 },
      { key: "give_whole_points", most: 4, criteria: ["Plausible figures"] },
    ],
    [
      { complete: 3, capacity: 2.5, finance: 3 },
      { key: "give_whole_points", most: 4, criteria: ["Realistic time"] },
    ],
    [
      { complete: -1, capacity: 3, finance: 3 },
      { key: "give_whole_points", most: 4, criteria: ["Complete"] },
    ],
    [
      { complete: Number.NaN, capacity: 3, finance: 3 },
      { key: "give_whole_points", most: 4, criteria: ["Complete"] },
    ],
    [
      { complete: 3, capacity: 3, finance: 3, other: 3 },
      { key: "no_such_criterion", ids: ["other"] },
    ],
  ])("refuses %o", (points: Record<string, number>, reason) => {
    expect(() => reviewResult(deliverable, points, comments)).toThrowError(
      expect.objectContaining({ name: "RuleBroken", reason }),
    );
  });
});

describe("a gate score", () => {
  const gates = latestProcess.stages.map(({ gate }) => gate);

  test("is Σ(weight × points / 4)", () => {
    const [gate] = gates;
    if (!gate) throw new Error("The process has no gate.");
    const points = { "G1-S1": 3, "G1-S2": 2, "G1-S3": 4, "G1-S4": 1, "G1-S5": 3 };
    expect(gateScore(gate, points)).toBe(22.5 + 10 + 20 + 3.75 + 11.25);
  });

  test("lies between 0 and 100 and never falls when points rise", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...gates),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }),
        fc.nat({ max: 3 }),
        (gate, given, at) => {
          const points = Object.fromEntries(gate.shouldMeet.map(({ id }, i) => [id, given[i] ?? 0]));
          const raised = gate.shouldMeet[at]?.id ?? "";
          const score = gateScore(gate, points);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(
            gateScore(gate, { ...points, [raised]: Math.min(4, (points[raised] ?? 0) + 1) }),
          ).toBeGreaterThanOrEqual(score);
        },
      ),
    );
  });

  test("needs points for every criterion", () => {
    for (const gate of gates) expect(() => gateScore(gate, {})).toThrowError(/"give_points"/);
  });
});

test("a weighted sum counts what is not scored as 0", () => {
  const criteria = [
    { id: "a", weight: 50 },
    { id: "toString", weight: 50 },
  ];
  expect(weighted(criteria, { a: 4 })).toBe(50);
});

describe("bands", () => {
  test.each([
    [0, "not_ready"],
    [39.99, "not_ready"],
    [40, "prepare"],
    [59.75, "prepare"],
    [60, "ready_with_support"],
    [79.99, "ready_with_support"],
    [80, "ready"],
    [100, "ready"],
  ] as const)("of readiness: %d is %s", (score, band) => {
    expect(readinessBand(score)).toBe(band);
  });

  test.each([
    [1, "green"],
    [6, "green"],
    [8, "amber"],
    [12, "amber"],
    [15, "red"],
    [25, "red"],
  ] as const)("of a barrier: priority %d is %s", (priority, band) => {
    expect(barrierBand(priority)).toBe(band);
  });
});
