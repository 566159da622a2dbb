import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeDerived, type DerivedContext, readinessScore, roundTo2 } from "../../../shared/domain/forms/derived.ts";
import type { FormValues } from "../../../shared/domain/forms/form-schema.ts";
import { exampleIds, fullExample } from "../../fixtures/form-examples.ts";

const nothing: DerivedContext = { accepted: () => undefined, supportHours: 0, aidEur: 0 };
const compute = (id: string, values: FormValues, context: Partial<DerivedContext> = {}) =>
  computeDerived(id, values, { ...nothing, ...context });

const dimensions = ["management", "product", "market", "finance", "people", "sales", "legal", "technology", "network"];
const scores = (points: readonly number[]) =>
  Object.fromEntries(dimensions.map((dimension, i) => [`${dimension}Score`, points[i]]));
const year = (year: number, revenueEur: number, variableEur: number, fixedEur: number, investEur: number) => ({
  year,
  customers: 1,
  revenueEur,
  variableEur,
  fixedEur,
  investEur,
});
const candidate = (points: readonly number[]) =>
  Object.fromEntries(
    ["size", "growth", "demand", "regulation", "technical", "culture", "partners", "competition"].map((id, i) => [
      id,
      points[i],
    ]),
  );

const points = fc.integer({ min: 0, max: 4 });

describe("the worked examples of domain.md 3.1", () => {
  const workedCase = {
    horizonYears: 3,
    discountPct: 10,
    years: [
      year(1, 40_000, 8_000, 30_000, 35_000),
      year(2, 90_000, 18_000, 35_000, 5_000),
      year(3, 140_000, 28_000, 40_000, 0),
    ],
  };

  test("NPV 50 540.95, stressed −33 652.89, payback in month 25", () => {
    expect(compute("FS-5", workedCase)).toMatchObject({
      npvEur: 50_540.95,
      worstCaseNpvEur: -33_652.89,
      paybackMonths: 25,
    });
  });

  test("rows may stand in any order", () => {
    const { npvEur } = compute("FS-5", { ...workedCase, years: workedCase.years.toReversed() });
    expect(npvEur).toBe(50_540.95);
  });

  test("readiness with all scores 3 is 75.0", () => {
    expect(compute("NA-3", scores(Array(9).fill(3))).readinessScore).toBe(75);
  });

  test("ranking 4,2,3,3,4,1,2,2 is 70.0", () => {
    expect(compute("NA-5", { candidates: [candidate([4, 2, 3, 3, 4, 1, 2, 2])] }).candidates).toEqual([
      expect.objectContaining({ total: 70 }),
    ]);
  });
});

describe("a derived value", () => {
  test("overwrites what the client sent", () => {
    expect(compute("NA-3", { ...scores(Array(9).fill(1)), readinessScore: 100 }).readinessScore).toBe(25);
    expect(compute("LC-2", { b2cTurnoverEur: 10_000, ossNeeded: true }).ossNeeded).toBe(false);
    expect(compute("LC-2", { b2cTurnoverEur: 10_000.01, ossNeeded: false }).ossNeeded).toBe(true);
  });

  test("is absent while something it needs is missing, even when the client sent one", () => {
    expect(compute("NA-3", { ...scores(Array(8).fill(3)), readinessScore: 100 })).not.toHaveProperty("readinessScore");
    expect(compute("FS-5", { npvEur: 1, paybackMonths: 1, worstCaseNpvEur: 1, years: [] })).toEqual({ years: [] });
    expect(compute("FS-5", { discountPct: 5, years: [year(2, 1, 0, 0, 0)] })).not.toHaveProperty("npvEur");
    expect(compute("LC-2", { ossNeeded: true })).toEqual({});
    expect(compute("NA-4", { barriers: [{ severity: 3, priority: 25 }, "no row"] })).toEqual({
      barriers: [{ severity: 3 }, "no row"],
    });
  });

  test("leaves other fields and other forms alone", () => {
    const values = { ...fullExample("FS-2") };
    expect(compute("FS-2", values)).toBe(values);
    expect(compute("NA-4", { barriers: [{ severity: 3, likelihood: 5 }], notes: "Example" })).toEqual({
      barriers: [{ severity: 3, likelihood: 5, priority: 15 }],
      notes: "Example",
    });
  });

  test("never throws on a half-filled form", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...exampleIds),
        fc.dictionary(
          fc.constantFrom("years", "barriers", "candidates", "headcount", "turnoverEur", "discountPct", "productScore"),
          fc.jsonValue(),
        ),
        (id, values) => {
          computeDerived(id, values, { accepted: () => values, supportHours: 1, aidEur: 1 });
        },
      ),
    );
  });
});

describe("the size class", () => {
  test.each([
    [9, 2_000_000, undefined, "micro"],
    [9, 2_000_000.01, undefined, "small"],
    [9, 9_000_000, 1_900_000, "micro"],
    [10, 1_000_000, undefined, "small"],
    [49.9, 10_000_000, undefined, "small"],
    [50, 10_000_000, undefined, "medium"],
    [249, 50_000_000, undefined, "medium"],
    [249, 60_000_000, 43_000_000, "medium"],
    [249, 60_000_000, 43_000_001, undefined],
    [249, 50_000_000.01, undefined, undefined],
    [250, 1, 1, undefined],
  ])("with %d people, turnover %d and balance sheet %s is %s", (headcount, turnoverEur, balanceSheetEur, category) => {
    const application = balanceSheetEur === undefined ? undefined : { balanceSheetEur };
    const accepted = (id: string) => (id === "IN-1" ? application : undefined);
    expect(compute("NA-1", { headcount, turnoverEur, smeCategory: "micro" }, { accepted }).smeCategory).toBe(category);
  });
});

describe("the readiness score", () => {
  test("lies between 0 and 100 and never falls when a score rises", () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 9, maxLength: 9 }), fc.nat({ max: 8 }), (given, at) => {
        const score = readinessScore(scores(given)) ?? Number.NaN;
        const better = readinessScore(scores(given.map((value, i) => (i === at ? Math.min(4, value + 1) : value))));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(better).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});

describe("the business case", () => {
  const cents = fc.integer({ min: 0, max: 100_000_000 }).map((value) => value / 100);
  const plan = fc
    .array(fc.tuple(cents, cents, cents, cents), { minLength: 1, maxLength: 5 })
    .map((rows) => rows.map((row, i) => year(i + 1, ...row)));

  test("is never better under stress", () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 50 }), (years, discountPct) => {
        const { npvEur, worstCaseNpvEur } = compute("FS-5", { years, discountPct });
        expect(worstCaseNpvEur).toBeLessThanOrEqual(Number(npvEur));
      }),
    );
  });

  test("pays back within the plan or not at all", () => {
    fc.assert(
      fc.property(plan, (years) => {
        const { paybackMonths } = compute("FS-5", { years });
        if (paybackMonths === undefined) return;
        expect(paybackMonths).toBeGreaterThanOrEqual(1);
        expect(paybackMonths).toBeLessThanOrEqual(12 * years.length);
      }),
    );
  });

  test("without discount is the sum of the cash flows, to the cent", () => {
    fc.assert(
      fc.property(plan, (years) => {
        const cash = years.reduce((sum, y) => sum + y.revenueEur - y.variableEur - y.fixedEur - y.investEur, 0);
        expect(compute("FS-5", { years, discountPct: 0 }).npvEur).toBeCloseTo(cash, 1);
      }),
    );
  });

  test("that never earns its costs back has no payback", () => {
    expect(compute("FS-5", { years: [year(1, 10, 20, 0, 0)], discountPct: 0 })).toEqual({
      years: [year(1, 10, 20, 0, 0)],
      discountPct: 0,
      npvEur: -10,
      worstCaseNpvEur: -16,
    });
  });

  test("that breaks even on the last day pays back in the last month", () => {
    expect(compute("FS-5", { years: [year(1, 0, 0, 0, 0.1), year(2, 0.1, 0, 0, 0)] }).paybackMonths).toBe(24);
  });
});

describe("the closure report", () => {
  test("counts barriers alleviated or resolved, hours and aid from the records", () => {
    const barriers = ["identified", "alleviated", "resolved", "accepted"].map((status) => ({ status }));
    const accepted = (id: string) => (id === "NA-4" ? { barriers } : undefined);
    expect(compute("LC-8", { aidFinalEur: 1 }, { accepted, supportHours: 41.5, aidEur: 2697.505 })).toEqual({
      barriersResolved: 2,
      advisorHours: 41.5,
      aidFinalEur: 2697.51,
    });
  });
});

test("money is rounded to the cent, halves away from zero", () => {
  expect([1.005, -1.005, 2.674_999, -0.001].map(roundTo2)).toEqual([1.01, -1.01, 2.67, 0]);
});
