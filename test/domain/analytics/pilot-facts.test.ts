import { describe, expect, test } from "vitest";
import { daysSoFar, factsOf, type RunFacts } from "../../../shared/domain/analytics/pilot-facts.ts";
import { finishedSteps } from "../../../shared/domain/analytics/steps.ts";
import { given, type Pilots, people } from "../pilot/given.ts";

const hold = { type: "HoldPilot", reason: "The founder is ill", resumeOn: "2027-02-15" } as const;

/** NA-1 handed in on day 4, claimed on day 6 and accepted on day 7 of the needs analysis. */
function firstDeliverable(): Pilots {
  const pilot = given().inStage("needs").pass({ days: 4 });
  pilot.submit("NA-1");
  pilot.pass({ days: 2 }).claimReview("NA-1");
  pilot.pass({ days: 1 }).run(people.advisor, pilot.review("NA-1", "accepted"));
  return pilot;
}

const runIn = (pilot: Pilots, id: string): RunFacts => {
  const run = factsOf(pilot.state).runs.find((each) => each.id === id);
  if (run === undefined) throw new Error(`The facts have no ${id}.`);
  return run;
};

const step = (pilot: Pilots, name: string) => finishedSteps(pilot.state).filter((done) => done.step === name);

describe("the facts of a pilot", () => {
  test("say the days of a stage from its start to its close, without its holds", () => {
    const pilot = given().inStage("needs").pass({ days: 10 });
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 30 }).run(people.coordinator, { type: "ResumePilot" });
    pilot.pass({ days: 5 }).atGate("needs-1");
    pilot.pass({ days: 2 }).passGate("needs-1");
    expect(runIn(pilot, "needs-1")).toMatchObject({ status: "passed", days: 17 });
  });

  test("count a running stage up to now, and stop at a hold", () => {
    const pilot = given().inStage("needs").pass({ days: 10 });
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 30 }).run(people.coordinator, { type: "ResumePilot" });
    pilot.pass({ days: 5 });
    expect(daysSoFar(factsOf(pilot.state), runIn(pilot, "needs-1"), Date.parse(pilot.now))).toBe(15);
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 7 });
    expect(daysSoFar(factsOf(pilot.state), runIn(pilot, "needs-1"), Date.parse(pilot.now))).toBe(15);
  });

  test("share each day evenly among the tasks that were open, by who had them", () => {
    const team = [{ personId: "advisor", role: "advisor", country: "EE" }] as const;
    const pilot = given().inStage("needs", team);
    const kinds = Object.values(pilot.state.tasks).filter(({ status }) => status !== "completed");
    const ofSme = kinds.filter(({ candidateRole }) => candidateRole === "sme").length;
    pilot.pass({ days: 6 }).submit("NA-1");
    const { ball } = runIn(pilot, "needs-1");
    expect(ball?.until).toBe(pilot.now);
    expect(ball?.days.sme).toBeCloseTo((6 * ofSme) / kinds.length, 1);
    expect(ball?.days.advisor).toBeCloseTo((6 * (kinds.length - ofSme)) / kinds.length, 1);
  });

  test("tell what nobody had taken from what somebody works on", () => {
    const pilot = firstDeliverable();
    const { days = {} } = runIn(pilot, "needs-1").ball ?? {};
    expect(days.unclaimed).toBeGreaterThan(0);
    const sum = Object.values(days).reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(7, 1);
  });

  test("list the open work, without what is suspended", () => {
    const pilot = given().inStage("needs");
    expect(factsOf(pilot.state).open).toContainEqual({
      id: "NA-1.produce.1",
      kind: "produce",
      role: "sme",
      runId: "needs-1",
      since: pilot.now,
      dueAt: pilot.task("NA-1.produce.1").dueAt,
      hours: pilot.task("NA-1.produce.1").estimatedHours,
    });
    pilot.run(people.coordinator, hold);
    expect(factsOf(pilot.state)).toMatchObject({ open: [], hold: { since: pilot.now, resumeOn: "2027-02-15" } });
  });

  test("count a gate's decision from the last score on", () => {
    const pilot = given().inStage("needs").atGate("needs-1").pass({ days: 3 });
    const decision = () => factsOf(pilot.state).open.find(({ kind }) => kind === "gate_decision");
    expect(decision()).toMatchObject({ notYet: true });
    pilot.scoreGate("needs-1").pass({ days: 1 });
    expect(decision()).toMatchObject({ since: new Date(Date.parse(pilot.now) - 86_400_000).toISOString() });
    expect(decision()).not.toHaveProperty("notYet");
  });

  test("stay small: not more than four kilobytes at the busiest", () => {
    const pilot = given().inStage("guidance");
    expect(JSON.stringify(factsOf(pilot.state)).length).toBeLessThan(4000);
  });
});

describe("the finished steps of a pilot", () => {
  test("have their days, from when each could be begun", () => {
    const pilot = firstDeliverable();
    expect(step(pilot, "NA-1.produce")).toMatchObject([{ id: "NA-1.produce.1", days: 4 }]);
    expect(step(pilot, "NA-1.review")).toMatchObject([{ id: "NA-1.review.1", days: 3, endedAt: pilot.now }]);
  });

  test("leave out the time on hold", () => {
    const pilot = given().inStage("needs").pass({ days: 2 });
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 20 }).run(people.coordinator, { type: "ResumePilot" });
    pilot.pass({ days: 1 }).submit("NA-1");
    expect(step(pilot, "NA-1.produce")).toMatchObject([{ days: 3 }]);
  });

  test("count a later round as rework, and admission and gates as steps too", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    pilot.sendBack("NA-1").pass({ days: 2 }).submit("NA-1");
    expect(step(pilot, "NA-1.rework")).toMatchObject([{ days: 2 }]);
    expect(step(pilot, "admission")).toHaveLength(1);
    pilot.accept("NA-1").atGate("needs-1").pass({ days: 1 }).passGate("needs-1");
    expect(step(pilot, "G1.gate_score").length).toBeGreaterThan(0);
    expect(step(pilot, "G1.gate_decision")).toMatchObject([{ days: 0 }]);
  });
});
