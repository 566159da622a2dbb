import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForecastQuestion, forecastOf } from "../../../shared/domain/analytics/forecast.ts";
import type { PilotFacts } from "../../../shared/domain/analytics/pilot-facts.ts";
import { activeRun, completed, day, dayZero, facts, passedRun, stageIds } from "./some-pilots.ts";

const plan = stageIds.map((stage) => ({ stage, plannedDays: 60 }));

const forecast = (pilots: readonly PilotFacts[], changes: Partial<ForecastQuestion> = {}) =>
  forecastOf({
    pilots,
    stages: plan,
    asOfMs: dayZero,
    endInDays: 365,
    monthsInDays: [31, 59, 90, 120, 151, 181],
    trials: 200,
    seed: 7,
    ...changes,
  });

const times = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

const steady = times(5, (index) => completed(`done-${index}`, [30, 40, 90, 50], -10));

const someHistory = fc
  .array(fc.tuple(...times(4, () => fc.integer({ min: 5, max: 200 }))), { minLength: 0, maxLength: 12 })
  .map((runs) => runs.map(([a = 0, b = 0, c = 0, d = 0], index) => completed(`done-${index}`, [a, b, c, d], -5)));

describe("the forecast", () => {
  test("says exactly when a pilot closes whose every stage has always taken the same", () => {
    const pilot = facts("p", {
      stage: "feasibility",
      runs: [passedRun("needs", 30, -12), activeRun("feasibility", -12)],
    });
    const { pilots, closeBeforeEnd, lastClosesDays, byMonth } = forecast([...steady, pilot]);
    const closes = 40 - 12 + 90 + 50;
    expect(pilots).toEqual([
      { pilotId: "p", p50Days: closes, p85Days: closes, closesBeforeEnd: 1, isOverrunning: false },
    ]);
    expect(closeBeforeEnd).toEqual({ p50: 1, p85: 1 });
    expect(lastClosesDays).toEqual({ p50: closes, p85: closes });
    expect(byMonth.map(({ p50 }) => p50)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  test("lets a pilot on hold go on at the end of its hold, with the days it had run before", () => {
    const pilot = facts("p", {
      stage: "guidance",
      status: "on_hold",
      hold: { since: day(-20), resumeOn: day(15).slice(0, 10) },
      runs: [activeRun("guidance", -50)],
    });
    expect(forecast([...steady, pilot]).pilots[0]).toMatchObject({ p50Days: 15 + (50 - 30) });
  });

  test("does not count holds that are over as time run", () => {
    const heldMs = 10 * 86_400_000;
    const pilot = facts("p", { stage: "guidance", runs: [activeRun("guidance", -30, { heldMs })] });
    expect(forecast([...steady, pilot]).pilots[0]).toMatchObject({ p50Days: 50 - 20 });
  });

  test("has a pilot that has passed its last gate close at once, and one between two stages begin the next", () => {
    const runs = stageIds.map((stage) => passedRun(stage, 30, -1));
    const atEnd = facts("end", { stage: "guidance", runs });
    const between = facts("between", {
      stage: "guidance",
      runs: [...runs.slice(0, 3), { id: "guidance-1", stageId: "guidance", status: "planned" }],
    });
    const found = forecast([...steady, atEnd, between]).pilots;
    expect(found.map(({ pilotId, p50Days }) => [pilotId, p50Days])).toEqual([
      ["end", 0],
      ["between", 50],
    ]);
  });

  test("draws from the plan while fewer than five runs of a stage are finished, and says so", () => {
    const { stages, pilots } = forecast([...steady.slice(0, 4), facts("p", { runs: [activeRun("needs", 0)] })]);
    expect(stages.map(({ durations, finishedRuns }) => [durations.from, finishedRuns])).toEqual(
      times(4, () => ["plan", 4]),
    );
    expect(pilots[0]?.p50Days).toBeGreaterThan(4 * 60);
    expect(pilots[0]?.p85Days).toBeLessThan(4 * 60 * 1.75);
  });

  test("names a pilot whose stage takes longer than any before", () => {
    const slow = facts("slow", { runs: [activeRun("needs", -31)] });
    const usual = facts("usual", { runs: [activeRun("needs", -29)] });
    const found = forecast([...steady, slow, usual]).pilots;
    expect(found.map(({ pilotId, isOverrunning }) => [pilotId, isOverrunning])).toEqual([
      ["slow", true],
      ["usual", false],
    ]);
  });

  test("lets as many drop out of a stage as did before", () => {
    const stopped = times(5, (index) =>
      facts(`lost-${index}`, {
        status: "withdrawn",
        runs: [activeRun("needs", -50, { status: "stopped", endedAt: day(-20) })],
      }),
    );
    const pilots = times(40, (index) => facts(`p-${index}`, { runs: [activeRun("needs", -1)] }));
    const { stages, closeBeforeEnd } = forecast([...steady, ...stopped, ...pilots]);
    expect(stages.map(({ dropOut }) => dropOut)).toEqual([
      { share: 0.5, from: "stage" },
      ...times(3, () => ({ share: 0, from: "stage" })),
    ]);
    expect(closeBeforeEnd.p50).toBeGreaterThan(14);
    expect(closeBeforeEnd.p50).toBeLessThan(26);
    expect(closeBeforeEnd.p85).toBeLessThan(closeBeforeEnd.p50);
  });

  test("assumes nobody drops out while too few pilots have ended to tell", () => {
    const lost = facts("lost", { status: "stopped", runs: [activeRun("needs", -50, { status: "stopped" })] });
    expect(forecast([lost]).stages[0]?.dropOut).toEqual({ share: 0, from: "none" });
  });

  test("of no pilots is empty", () => {
    const { pilots, closeBeforeEnd, lastClosesDays } = forecast(steady);
    expect(pilots).toEqual([]);
    expect(closeBeforeEnd).toEqual({ p50: 0, p85: 0 });
    expect(lastClosesDays).toBeUndefined();
  });
});

describe("whatever the history, the forecast", () => {
  const pilot = fc
    .record({ stage: fc.constantFrom(...stageIds), ran: fc.integer({ min: 0, max: 300 }) })
    .map(({ stage, ran }) => ({
      stage,
      ran,
      of: (id: string, days: number) => facts(id, { stage, runs: [activeRun(stage, -days)] }),
    }));

  test("has p50 before p85, and shares between none and all", () => {
    fc.assert(
      fc.property(someHistory, pilot, (history, { of, ran }) => {
        const { pilots, closeBeforeEnd } = forecast([...history, of("p", ran)]);
        const [{ p50Days = 0, p85Days = 0, closesBeforeEnd } = { closesBeforeEnd: -1 }] = pilots;
        expect(p50Days).toBeLessThanOrEqual(p85Days);
        expect(p50Days).toBeGreaterThanOrEqual(0);
        expect(closesBeforeEnd).toBeGreaterThanOrEqual(0);
        expect(closesBeforeEnd).toBeLessThanOrEqual(1);
        expect(closeBeforeEnd.p85).toBeLessThanOrEqual(closeBeforeEnd.p50);
      }),
      { numRuns: 40 },
    );
  });

  test("is the same for the same seed, and for a pilot whoever else is under way", () => {
    fc.assert(
      fc.property(someHistory, pilot, fc.nat(), (history, { of, ran }, seed) => {
        const alone = forecast([...history, of("p", ran)], { seed });
        expect(forecast([...history, of("p", ran)], { seed }).pilots).toEqual(alone.pilots);
        const among = forecast([...history, of("other", 3), of("p", ran)], { seed });
        expect(among.pilots[1]).toEqual(alone.pilots[0]);
      }),
      { numRuns: 40 },
    );
  });

  test("never has the whole stage end earlier because it has run longer", () => {
    fc.assert(
      fc.property(someHistory, pilot, fc.integer({ min: 0, max: 100 }), (history, { of, ran }, more) => {
        const wholeDays = (days: number) => (forecast([...history, of("p", days)]).pilots[0]?.p50Days ?? 0) + days;
        expect(wholeDays(ran)).toBeLessThanOrEqual(wholeDays(ran + more) + 1e-6);
      }),
      { numRuns: 40 },
    );
  });
});
