import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dashboardQuery, dashboardSearch } from "../../web/pages/dashboard/dashboard-search.ts";
import {
  hasRoom,
  percentOf,
  percentsOf,
  scaleTo,
  stacked,
  together,
  unlikely,
  waitedBy,
} from "../../web/pages/dashboard/figures.ts";

describe("the address of the dashboard", () => {
  test("keeps what it can mean and leaves out the rest", () => {
    expect(
      dashboardSearch({
        country: "FI",
        market: "serbia",
        advisor: "advisor-1",
        from: "2026-02-30",
        until: "2026-02-28",
      }),
    ).toEqual({ country: "FI", advisor: "advisor-1", until: "2026-02-28" });
    expect(dashboardSearch({ country: 7, advisor: "", from: ["2026-01-01"], other: "x" })).toEqual({});
  });

  test("never fails, and says the same when it is read again", () => {
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("country", "market", "advisor", "from", "until"), fc.anything()),
        (given) => {
          const search = dashboardSearch(given);
          expect(dashboardSearch({ ...search })).toEqual(search);
        },
      ),
    );
  });

  test("means a period given the wrong way round the other way round", () => {
    expect(dashboardQuery({ advisor: "advisor-1", from: "2026-06-01", until: "2026-01-01" })).toEqual({
      advisorId: "advisor-1",
      from: "2026-01-01",
      until: "2026-06-01",
    });
    expect(dashboardQuery({ country: "EE", from: "2026-06-01" })).toEqual({ country: "EE", from: "2026-06-01" });
  });
});

describe("a scale", () => {
  test("has round steps", () => {
    expect(scaleTo(43)).toEqual({ max: 50, ticks: [0, 10, 20, 30, 40, 50] });
    expect(scaleTo(1)).toEqual({ max: 1, ticks: [0, 1] });
    expect(scaleTo(0)).toEqual({ max: 1, ticks: [0, 1] });
  });

  test("reaches every value with six ticks at most, evenly", () => {
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (largest) => {
        const { max, ticks } = scaleTo(largest);
        expect(max).toBeGreaterThanOrEqual(largest);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.at(0)).toBe(0);
        expect(ticks.at(-1)).toBe(max);
      }),
    );
  });
});

describe("dots", () => {
  const runs = fc.array(fc.record({ days: fc.double({ min: 0, max: 400, noNaN: true }) }), { maxLength: 80 });

  test("never lie on each other, and each is within a place of its value", () => {
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
    fc.assert(
      fc.property(runs, (given) => {
        const dots = stacked(given, 400, 40);
        expect(dots).toHaveLength(given.length);
        expect(new Set(dots.map(({ percent, level }) => `${percent} ${level}`)).size).toBe(given.length);
        for (const { run, percent } of dots)
          expect(Math.abs(percent - percentOf(run.days, 400))).toBeLessThanOrEqual(1.25 + 1e-9);
      }),
    );
  });
});

describe("waiting time", () => {
  const parts = [
    { holder: "unclaimed" as const, days: 10, pilotIds: ["a"] },
    { holder: "advisor" as const, days: 15, pilotIds: ["a", "b"] },
    { holder: "expert" as const, days: 5, pilotIds: ["b"] },
    { holder: "sme" as const, days: 20, pilotIds: ["c"] },
  ];

  test("is split into unclaimed, claimed and at the company, which are the whole", () => {
    expect(waitedBy(parts)).toEqual({
      unclaimed: { days: 10, share: 0.2, pilotIds: ["a"] },
      claimed: { days: 20, share: 0.4, pilotIds: ["a", "b"] },
      sme: { days: 20, share: 0.4, pilotIds: ["c"] },
    });
  });

  test("is split into whole percents that are 100 together", () => {
    expect(percentsOf([20.6, 48.7, 30.7])).toEqual([20, 49, 31]);
    expect(percentsOf([1, 1, 1])).toEqual([34, 33, 33]);
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (days) => {
        fc.pre(days.some((each) => each > 0));
        expect(percentsOf(days).reduce((sum, percent) => sum + percent, 0)).toBe(100);
      }),
    );
  });

  test("of nothing is nobody's", () => {
    expect(waitedBy([]).sme).toEqual({ days: 0, share: 0, pilotIds: [] });
  });
});

test("figures together name each pilot once", () => {
  expect(
    together([
      { count: 2, pilotIds: ["a", "b"] },
      { count: 3, pilotIds: ["b"] },
    ]),
  ).toEqual({
    count: 5,
    pilotIds: ["a", "b"],
  });
});

test("of many labels no more are shown than have room, the first among them", () => {
  // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 10 }), (count, most) => {
      const shown = Array.from({ length: count }, (_, index) => hasRoom(index, count, most));
      expect(shown[0]).toBe(true);
      expect(shown.filter(Boolean).length).toBeLessThanOrEqual(most);
    }),
  );
});

test("pilots are unlikely to close in time when less than half of the trials say so, the least likely first", () => {
  const flight = (pilotId: string, closesBeforeEnd: number) => ({ pilotId, closesBeforeEnd });
  expect(unlikely([flight("a", 0.5), flight("b", 0.4), flight("c", 0.1), flight("d", 1)])).toEqual([
    flight("c", 0.1),
    flight("b", 0.4),
  ]);
});
