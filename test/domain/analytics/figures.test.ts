import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryPairsOf, cycleTimesOf, throughputOf, waitingOf } from "../../../shared/domain/analytics/flow.ts";
import { funnelOf } from "../../../shared/domain/analytics/funnel.ts";
import { ageingOf, loadOf, overdueOf } from "../../../shared/domain/analytics/open-work.ts";
import type { PilotFacts } from "../../../shared/domain/analytics/pilot-facts.ts";
import { activeRun, completed, day, dayZero, facts, openTask, passedRun, stageIds } from "./some-pilots.ts";

const always = { from: day(-1000), until: day(1000) };
const now = (days: number) => dayZero + days * 86_400_000;

describe("the funnel", () => {
  const applicant = ({ admittedAt: _admittedAt, ...rest }: PilotFacts): PilotFacts => ({ ...rest, team: [] });

  test("says for each step who came so far, who is on the way on, and who was lost", () => {
    const rows = funnelOf([
      applicant(facts("new", { status: "applied" })),
      applicant(facts("turned down", { status: "rejected" })),
      facts("needs"),
      facts("gone", { status: "withdrawn", stage: "feasibility", runs: [passedRun("needs", 30)] }),
      facts("skips", {
        stage: "guidance",
        runs: [
          passedRun("needs", 30),
          passedRun("feasibility", 30),
          { id: "adaptation-1", stageId: "adaptation", status: "skipped", endedAt: day(0) },
        ],
      }),
      completed("done", [1, 2, 3, 4]),
    ]);
    expect(rows.map(({ step, reached, here, lost }) => [step, reached.count, here.pilotIds, lost.pilotIds])).toEqual([
      ["applied", 6, ["new"], ["turned down"]],
      ["admitted", 4, ["needs"], []],
      ["needs", 3, [], ["gone"]],
      ["feasibility", 2, [], []],
      ["adaptation", 2, ["skips"], []],
      ["completed", 1, [], []],
    ]);
  });

  test("loses nobody: whoever reached a step is here, lost or at the next", () => {
    const pilot = fc.record({
      status: fc.constantFrom("applied", "rejected", "active", "on_hold", "stopped", "withdrawn", "completed"),
      passed: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(pilot, { maxLength: 30 }), (pilots) => {
        const rows = funnelOf(
          pilots.map(({ status, passed }, index) =>
            facts(`p-${index}`, { status, runs: stageIds.slice(0, passed).map((stage) => passedRun(stage, 10)) }),
          ),
        );
        for (const [index, { reached, here, lost }] of rows.entries()) {
          const next = rows[index + 1];
          if (next !== undefined) expect(reached.count).toBe(here.count + lost.count + next.reached.count);
        }
      }),
    );
  });
});

describe("cycle times", () => {
  const pilots = [
    completed("quick", [10, 1, 1, 1], -40),
    completed("slow", [40, 1, 1, 1], -20),
    facts("running", { runs: [activeRun("needs", -12)] }),
    facts("held", {
      status: "on_hold",
      hold: { since: day(-5), resumeOn: "2027-02-01" },
      runs: [activeRun("needs", -30, { heldMs: 5 * 86_400_000 })],
    }),
    facts("lost", { status: "stopped", runs: [activeRun("needs", -90, { status: "stopped", endedAt: day(-3) })] }),
  ];

  test("show every finished run, and those under way with the days so far", () => {
    expect(cycleTimesOf(pilots, "needs", always, dayZero)).toEqual({
      stage: "needs",
      finished: [
        { pilotId: "quick", runId: "needs-1", days: 10, endedAt: day(-40) },
        { pilotId: "slow", runId: "needs-1", days: 40, endedAt: day(-20) },
      ],
      medianDays: 25,
      p85Days: 35.5,
      running: [
        { pilotId: "held", runId: "needs-1", days: 20, startedAt: day(-30), onHold: true },
        { pilotId: "running", runId: "needs-1", days: 12, startedAt: day(-12), onHold: false },
      ],
    });
  });

  test("are of the runs that ended within the period, its first instant included", () => {
    const found = cycleTimesOf(pilots, "needs", { from: day(-40), until: day(-20) }, dayZero);
    expect(found.finished.map(({ pilotId }) => pilotId)).toEqual(["quick"]);
    expect(cycleTimesOf(pilots, "needs", { from: day(5), until: day(6) }, dayZero)).not.toHaveProperty("medianDays");
  });
});

describe("waiting", () => {
  const ball = { days: { sme: 4, unclaimed: 1 }, until: day(-2) };

  test("adds up who had the ball, and goes on with those who have it", () => {
    const running = facts("running", {
      runs: [activeRun("needs", -7, { ball })],
      open: [
        openTask("a", { role: "advisor" }),
        openTask("b", { role: "expert", assigneeId: "expert-1" }),
        openTask("c", { role: "coordinator", notYet: true }),
        openTask("d", { role: "sme", runId: "feasibility-1" }),
      ],
    });
    const done = facts("done", { runs: [{ ...passedRun("needs", 9), ball: { days: { sme: 9 }, until: day(0) } }] });
    const { runs, parts } = waitingOf([running, done], "needs", always, dayZero);
    expect(runs).toBe(2);
    expect(parts.filter(({ days }) => days > 0)).toEqual([
      { holder: "unclaimed", days: 2, pilotIds: ["running"] },
      { holder: "expert", days: 1, pilotIds: ["running"] },
      { holder: "sme", days: 13, pilotIds: ["running", "done"] },
    ]);
  });

  test("stands still on hold, and leaves out what ended outside the period", () => {
    const held = facts("held", {
      status: "on_hold",
      hold: { since: day(-2), resumeOn: "2027-02-01" },
      runs: [activeRun("needs", -7, { ball })],
    });
    const old = facts("old", { runs: [{ ...passedRun("needs", 9, -100), ball }] });
    const { runs, parts } = waitingOf([held, old], "needs", { from: day(-50), until: day(1) }, dayZero);
    expect(runs).toBe(1);
    expect(parts.reduce((sum, { days }) => sum + days, 0)).toBe(5);
  });
});

describe("open work", () => {
  const busy = facts("busy", {
    open: [
      openTask("new", { since: day(-0.5) }),
      openTask("week", { since: day(-7.9) }),
      openTask("late", { since: day(-31), dueAt: day(-1), assigneeId: "advisor-2", hours: 16 }),
      openTask("held", { since: day(-20), heldMs: 10 * 86_400_000, kind: "review" }),
    ],
  });

  test("ages in whole days without holds", () => {
    const [produce, review] = ageingOf([busy], ["produce", "review"], now(0));
    expect(produce?.buckets.map(({ fromDays, toDays, count }) => [fromDays, toDays, count])).toEqual([
      [0, 7, 2],
      [8, 14, 0],
      [15, 30, 0],
      [31, undefined, 1],
    ]);
    expect(produce?.buckets[0]?.pilotIds).toEqual(["busy"]);
    expect(review?.buckets.map(({ count }) => count)).toEqual([0, 1, 0, 0]);
  });

  test("is overdue for the role it is for", () => {
    expect(overdueOf([busy], ["sme", "advisor"], now(0))).toEqual([
      { role: "sme", count: 0, pilotIds: [] },
      { role: "advisor", count: 1, pilotIds: ["busy"] },
    ]);
  });

  test("weighs on who has it; what nobody has, on who leads the pilot; each task once", () => {
    const ended = completed("ended", [1, 1, 1, 1]);
    expect(loadOf([busy, ended], ["advisor-1", "advisor-2", "advisor-3"], now(0))).toMatchObject([
      { advisorId: "advisor-1", pilots: { pilotIds: ["busy"] }, openTasks: { count: 3 }, estimatedHours: 24 },
      { advisorId: "advisor-2", pilots: { count: 0 }, openTasks: { count: 1 }, overdueTasks: { count: 1 } },
      { advisorId: "advisor-3", openTasks: { count: 0 }, estimatedHours: 0 },
    ]);
  });
});

describe("throughput", () => {
  const months = [
    { month: "2026-12", period: { from: "2026-12-10T00:00:00.000Z", until: "2027-01-01T00:00:00.000Z" } },
    { month: "2027-01", period: { from: "2027-01-01T00:00:00.000Z", until: "2027-02-01T00:00:00.000Z" } },
  ];

  test("counts in each month who was admitted, passed a stage, completed; and nothing outside of them", () => {
    const pilots = [
      facts("early", { admittedAt: "2026-12-09T23:59:59.999Z", runs: [passedRun("needs", 9, 3)] }),
      facts("first", { admittedAt: "2026-12-10T00:00:00.000Z" }),
      completed("done", [1, 1, 1, 1], 40),
      completed("in time", [1, 1, 1, 1], 30),
    ];
    expect(
      throughputOf(pilots, ["needs"], months).map(({ month, admitted, stagesPassed, completed: done }) => [
        month,
        admitted.pilotIds,
        stagesPassed[0]?.pilotIds,
        done.pilotIds,
      ]),
    ).toEqual([
      ["2026-12", ["first", "done", "in time"], [], []],
      ["2027-01", [], ["early", "in time"], ["in time"]],
    ]);
  });
});

describe("country pairs", () => {
  test("are those of pilots that go or went to a market, the busiest first", () => {
    const pairs = countryPairsOf([
      facts("no market yet"),
      facts("lost", { market: "LV", status: "stopped" }),
      facts("a", { market: "FI" }),
      facts("b", { market: "LV", status: "on_hold" }),
      { ...completed("c", [1, 1, 1, 1]), market: "LV" },
    ]);
    expect(pairs).toEqual([
      { from: "EE", to: "LV", inFlight: { count: 1, pilotIds: ["b"] }, completed: { count: 1, pilotIds: ["c"] } },
      { from: "EE", to: "FI", inFlight: { count: 1, pilotIds: ["a"] }, completed: { count: 0, pilotIds: [] } },
    ]);
  });
});
