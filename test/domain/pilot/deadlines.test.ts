import { describe, expect, test } from "vitest";
import { nextActionAt } from "../../../shared/domain/pilot/deadlines.ts";
import type { EventOf } from "../../../shared/domain/pilot/events.ts";
import { given, type Pilots, people } from "./given.ts";

const fire = { type: "FireDueAction" } as const;

/** Lets the clock call until nothing is due; hands over what fired. */
function fireAll(pilot: Pilots): EventOf<"ReminderFired">[] {
  const fired: EventOf<"ReminderFired">[] = [];
  for (let event = pilot.run(people.system, fire); event !== undefined; event = pilot.run(people.system, fire)) {
    if (event.type === "ReminderFired") fired.push(event);
  }
  return fired;
}

const stepsOf = (events: readonly EventOf<"ReminderFired">[], taskId: string) =>
  events.filter(({ data }) => data.taskId === taskId).map(({ data }) => data.step);

/** As the clock does: hour by hour, up to the instant. */
function clockTo(pilot: Pilots, instant: string): EventOf<"ReminderFired">[] {
  const fired: EventOf<"ReminderFired">[] = [];
  for (let next = nextActionAt(pilot.state); next !== undefined && next <= instant; next = nextActionAt(pilot.state)) {
    fired.push(...fireAll(pilot.at(next)));
  }
  pilot.at(instant);
  return fired;
}

describe("the clock", () => {
  test("has nothing to do before the first reminder, then one thing at a time", () => {
    const pilot = given().inStage("needs");
    expect(pilot.run(people.system, fire)).toBeUndefined();
    const next = nextActionAt(pilot.state);
    expect(next).toBe("2026-11-05T06:00:00.000Z");
    pilot.at("2026-11-05T05:59:59.000Z");
    expect(pilot.run(people.system, fire)).toBeUndefined();
    pilot.at("2026-11-05T06:00:00.000Z");
    expect(pilot.event("ReminderFired", people.system, fire).data).toMatchObject({
      taskId: "NA-1.produce.1",
      step: "followup",
      kind: "prompt",
    });
    expect(pilot.event("ReminderFired", people.system, fire).data).toMatchObject({
      taskId: "NA-2.produce.1",
      step: "soon",
    });
  });

  test("is Fairway's alone", () => {
    expect(given().inStage("needs").refused(people.coordinator, fire).name).toBe("NotAllowed");
  });

  test("tells deciders of a gate's date before and at it, and nobody over their heads", () => {
    const pilot = given().admitted().atGate("needs-1");
    const fired = clockTo(pilot, pilot.pass({ days: 40 }).now);
    expect(stepsOf(fired, "needs-1.gate_score.1.coordinator")).toEqual(["near", "due"]);
    expect(fired.every(({ data }) => data.to.join() === "performer")).toBe(true);
    expect(pilot.state.pilot.atRiskSince).toBeUndefined();
  });
});

describe("a missed deadline (story 4)", () => {
  /** FS-3 due on a Wednesday in March, as the story has it. */
  function dueInMarch() {
    const pilot = given().admitted().atGate("needs-1").passGate("needs-1");
    pilot.at("2027-02-17T08:00:00.000Z").openStage("feasibility-1");
    expect(pilot.deliverable("FS-3").dueAt).toBe("2027-03-10T21:59:00.000Z");
    return pilot;
  }
  const task = "FS-3.produce.1";

  test("tells expert and advisor on the day, advisor and SME admin after 3 days, the coordinator after 7", () => {
    const pilot = dueInMarch();
    clockTo(pilot, "2027-03-09T22:00:00.000Z");
    const told = clockTo(pilot, "2027-03-18T00:00:00.000Z").filter(({ data }) => data.taskId === task);
    expect(told.map(({ at, data }) => [at.slice(0, 10), data.to])).toEqual([
      ["2027-03-10", ["performer", "advisor"]],
      ["2027-03-13", ["advisor", "sme_admin"]],
      ["2027-03-17", ["coordinator"]],
    ]);
  });

  test("marks the task overdue, then red, and the pilot at risk", () => {
    const pilot = dueInMarch();
    clockTo(pilot, "2027-03-12T00:00:00.000Z");
    expect(pilot.task(task).overdueSince).toBe("2027-03-10T06:00:00.000Z");
    expect(pilot.task(task).escalatedAt).toBeUndefined();
    clockTo(pilot, "2027-03-14T00:00:00.000Z");
    expect(pilot.task(task).escalatedAt).toBe("2027-03-13T06:00:00.000Z");
    expect(pilot.state.pilot.atRiskSince).toBeUndefined();
    clockTo(pilot, "2027-03-18T00:00:00.000Z");
    expect(pilot.state.pilot.atRiskSince).toBeDefined();
  });

  test("says each thing once, also when the clock stood for days and when it calls twice (I7)", () => {
    const pilot = dueInMarch();
    pilot.at("2027-03-20T00:00:00.000Z");
    const fired = fireAll(pilot);
    const keys = fired.map(({ data }) => `${data.taskId} ${data.step} ${data.dueAt}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(stepsOf(fired, task)).toEqual(["followup", "soon", "near", "due", "esc1", "esc2"]);
    expect(fireAll(pilot)).toEqual([]);
  });

  test("is cleared by the submission, and the lateness stays on record", () => {
    const pilot = dueInMarch();
    // All else is in time: FS-3 alone is late.
    pilot.settle("FS-1", "FS-2", "FS-4", "FS-5");
    clockTo(pilot, "2027-03-20T09:00:00.000Z");
    expect(pilot.state.pilot.atRiskSince).toBe("2027-03-17T06:00:00.000Z");
    pilot.submit("FS-3");
    expect(pilot.state.pilot.atRiskSince).toBeUndefined();
    expect(pilot.task(task).overdueSince).toBeUndefined();
    expect(pilot.deliverable("FS-3").late).toBe(true);
    pilot.accept("FS-3");
    expect(pilot.deliverable("FS-3").late).toBe(true);
  });

  test("leads to a proposal to hold after three weeks, and to no hold", () => {
    const pilot = dueInMarch().settle("FS-1", "FS-2", "FS-4", "FS-5");
    clockTo(pilot, "2027-04-01T00:00:00.000Z");
    expect(pilot.state.pilot.holdProposedAt).toBe("2027-03-31T05:00:00.000Z");
    expect(pilot.state.pilot.status).toBe("active");
  });

  test("is told again when the date was extended and missed again", () => {
    const pilot = dueInMarch();
    clockTo(pilot, "2027-03-11T09:00:00.000Z");
    pilot.run(people.coordinator, {
      type: "ExtendDueDate",
      deliverableId: "FS-3",
      days: 14,
      reason: "Authority answers late",
      kind: "extension",
    });
    expect(pilot.task(task).overdueSince).toBeUndefined();
    expect(stepsOf(clockTo(pilot, "2027-03-25T00:00:00.000Z"), task)).toContain("due");
    expect(pilot.task(task).fired.filter(({ step }) => step === "due")).toHaveLength(2);
  });
});

describe("a late review", () => {
  test("is told to reviewer and coordinator, and stops the SME's clock until it is done", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    const { dueAt } = pilot.openTask("NA-1", "review");
    const late = clockTo(pilot, dueAt).find(({ data }) => data.step === "review");
    expect(late?.data).toMatchObject({ taskId: "NA-1.review.1", to: ["reviewer", "coordinator"], kind: "overdue" });
    // Nothing further is said, whatever comes due for the SME meanwhile.
    const silent = clockTo(pilot, "2026-12-01T00:00:00.000Z");
    expect(silent.filter(({ data }) => pilot.task(data.taskId).candidateRole === "sme")).toEqual([]);
    pilot.accept("NA-1");
    expect(pilot.deliverable("NA-2").dueDateChanges).toMatchObject([{ kind: "review_late" }]);
    expect(Date.parse(nextActionAt(pilot.state) ?? "")).toBeGreaterThan(0);
  });
});

describe("a hold", () => {
  test("silences all tasks, and is reminded of 14 days before its end and at it", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, { type: "HoldPilot", reason: "Illness", resumeOn: "2027-01-15" });
    expect(nextActionAt(pilot.state)).toBe("2027-01-01T00:00:00.000Z");
    pilot.at("2027-01-20T00:00:00.000Z");
    expect(pilot.event("HoldReminderFired", people.system, fire).data).toEqual({
      resumeOn: "2027-01-15",
      kind: "soon",
    });
    expect(pilot.event("HoldReminderFired", people.system, fire).data.kind).toBe("reached");
    expect(pilot.run(people.system, fire)).toBeUndefined();
    expect(nextActionAt(pilot.state)).toBeUndefined();
    expect(pilot.state.pilot.status).toBe("on_hold");
  });

  test("of less than 14 days is reminded of at its end only", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, { type: "HoldPilot", reason: "Illness", resumeOn: "2026-11-10" });
    pilot.at("2026-11-10T00:00:00.000Z");
    expect(pilot.event("HoldReminderFired", people.system, fire).data.kind).toBe("reached");
  });
});

describe("a condition", () => {
  test("past due puts the pilot at risk until it is met", () => {
    const pilot = given().admitted().atGate("needs-1").scoreGate("needs-1");
    pilot.run(people.coordinator, {
      type: "DecideGate",
      runId: "needs-1",
      round: 1,
      decision: "advance_with_conditions",
      reason: "Nearly",
      basedOn: pilot.basedOn("needs-1"),
      conditions: [{ text: "Hire a Swedish speaker", ownerRole: "sme", dueOn: "2026-11-12" }],
    });
    clockTo(pilot, "2026-11-14T00:00:00.000Z");
    expect(pilot.state.pilot.atRiskSince).toBeUndefined();
    clockTo(pilot, "2026-11-16T00:00:00.000Z");
    expect(pilot.state.pilot.atRiskSince).toBe("2026-11-15T06:00:00.000Z");
    pilot.run(people.admin, { type: "MeetCondition", conditionId: "needs-1-c1", evidence: "Contract" });
    expect(pilot.state.pilot.atRiskSince).toBeUndefined();
  });
});

describe("follow-up surveys", () => {
  function completed() {
    const pilot = given().inStage("guidance").atGate("guidance-1");
    return pilot.at("2027-03-01T09:00:00.000Z").passGate("guidance-1");
  }

  test("open after 6 and 12 months, each once, and end the follow-up when accepted", () => {
    const pilot = completed();
    expect(nextActionAt(pilot.state)).toBe("2027-09-01T09:00:00.000Z");
    pilot.at("2027-09-01T09:00:00.000Z");
    const event = pilot.event("FollowUpOpened", people.system, fire);
    expect(event.data).toMatchObject({ month: 6, deliverableId: "FU-1-6", dueAt: "2027-09-15T20:59:00.000Z" });
    expect(pilot.deliverable("FU-1-6")).toMatchObject({
      definitionId: "FU-1",
      runId: "follow-up",
      status: "not_started",
    });
    expect(pilot.openTask("FU-1-6", "produce")).toMatchObject({ candidateRole: "sme", status: "ready" });
    expect(pilot.run(people.system, fire)).toBeUndefined();
    pilot.settle("FU-1-6");
    expect(pilot.state.pilot.status).toBe("completed");
    pilot.at("2028-03-01T09:00:00.000Z").run(people.system, fire);
    pilot.settle("FU-1-12");
    expect(pilot.state.pilot.status).toBe("followed_up");
  });

  test("that stay unanswered are told to the coordinator, and put no ended pilot at risk", () => {
    const pilot = completed().at("2027-09-01T09:00:00.000Z");
    pilot.run(people.system, fire);
    const fired = clockTo(pilot, "2028-02-01T00:00:00.000Z");
    expect(stepsOf(fired, "FU-1-6.produce.1")).toEqual(["followup", "soon", "near", "due", "esc1", "esc2"]);
    expect(pilot.state.pilot.atRiskSince).toBeUndefined();
  });
});
