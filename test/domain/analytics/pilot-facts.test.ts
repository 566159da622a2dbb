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

  test("share each day evenly among the tasks that could be done, by who had them", () => {
    const team = [{ personId: "advisor", role: "advisor", country: "EE" }] as const;
    const pilot = given().inStage("feasibility", team);
    pilot.pass({ days: 8 }).submit("FS-2");
    const { ball } = runIn(pilot, "feasibility-1");
    expect(ball?.until).toBe(pilot.now);
    // FS-2 is the company's, FS-1 and FS-4 the advisor's, and FS-3 an expert's of whom there is none.
    expect(ball?.days).toEqual({ sme: 2, advisor: 4, unclaimed: 2 });
  });

  test("do not lay at anybody's door what waits for another's work", () => {
    const pilot = given().inStage("needs").pass({ days: 4 });
    pilot.submit("NA-1");
    expect(runIn(pilot, "needs-1").ball?.days).toEqual({ sme: 4 });
    const second = () => factsOf(pilot.state).open.find(({ id }) => id === "NA-2.produce.1");
    expect(second()).toMatchObject({ notYet: true });
    pilot.pass({ days: 3 }).accept("NA-1");
    expect(second()).toMatchObject({ since: pilot.now });
    expect(second()).not.toHaveProperty("notYet");
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

  test("begin when the last deliverable that they depend on was accepted, also if that is opened again later", () => {
    const pilot = firstDeliverable().pass({ days: 5 });
    pilot.submit("NA-2");
    expect(step(pilot, "NA-2.produce")).toMatchObject([{ days: 5 }]);
    pilot.run(people.coordinator, {
      type: "ReopenDeliverable",
      deliverableId: "NA-1",
      reason: "A source was wrong.",
      dueInDays: 5,
    });
    pilot.pass({ days: 2 }).submit("NA-1");
    pilot.accept("NA-1");
    expect(step(pilot, "NA-2.produce")).toMatchObject([{ days: 5 }]);
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
