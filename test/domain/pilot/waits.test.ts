import { describe, expect, test } from "vitest";
import { answerTo, waitsOfFreshExecution } from "../../../shared/domain/pilot/waits.ts";
import { given, type Pilots, people } from "./given.ts";

const submission = (pilot: Pilots, deliverableId: string) =>
  answerTo(pilot.state, "needs-1", { slot: "submission", deliverableId });
const review = (pilot: Pilots, deliverableId: string) =>
  answerTo(pilot.state, "needs-1", { slot: "review", deliverableId });
const gate = (pilot: Pilots) => answerTo(pilot.state, "needs-1", { slot: "gate" });
const resume = (pilot: Pilots) => answerTo(pilot.state, "needs-1", { slot: "resume" });

const hold = { type: "HoldPilot", reason: "Illness", resumeOn: "2026-12-15" } as const;

describe("a wait for a submission", () => {
  test("ends when the deliverable is handed in, and stays answered during the review", () => {
    const pilot = given().inStage("needs");
    expect(submission(pilot, "NA-1")).toBeUndefined();
    pilot.submit("NA-1");
    expect(submission(pilot, "NA-1")).toEqual({ outcome: "submitted" });
    pilot.claimReview("NA-1");
    expect(submission(pilot, "NA-1")).toEqual({ outcome: "submitted" });
  });

  test("ends when there is nothing to hand in any more", () => {
    const pilot = given().inStage("needs").settle("NA-1");
    expect(submission(pilot, "NA-1")).toEqual({ outcome: "settled" });
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
    expect(submission(pilot, "NA-2")).toEqual({ outcome: "settled" });
    expect(submission(pilot, "XX-1")).toEqual({ outcome: "settled" });
  });

  test("goes on through a hold", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    pilot.run(people.coordinator, hold);
    expect(submission(pilot, "NA-1")).toBeUndefined();
    pilot.run(people.coordinator, { type: "ResumePilot" });
    expect(submission(pilot, "NA-1")).toEqual({ outcome: "submitted" });
  });
});

describe("a wait for a review", () => {
  test("goes on until accepted or sent back", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    expect(review(pilot, "NA-1")).toBeUndefined();
    pilot.sendBack("NA-1");
    expect(review(pilot, "NA-1")).toEqual({ outcome: "rework" });
    pilot.submit("NA-1");
    expect(review(pilot, "NA-1")).toBeUndefined();
    pilot.accept("NA-1");
    expect(review(pilot, "NA-1")).toEqual({ outcome: "settled" });
  });

  test("ends as rework when the submission is taken back", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    pilot.run(people.admin, { type: "WithdrawSubmission", deliverableId: "NA-1" });
    expect(review(pilot, "NA-1")).toEqual({ outcome: "rework" });
  });
});

describe("a wait for the gate", () => {
  const decide = (pilot: Pilots) =>
    ({ type: "DecideGate", runId: "needs-1", round: 1, basedOn: pilot.basedOn("needs-1") }) as const;

  test("goes on while the gate is open, also when it is about to open", () => {
    const pilot = given().inStage("needs").settle("NA-1", "NA-2", "NA-3", "NA-4", "NA-5", "NA-6");
    expect(gate(pilot)).toBeUndefined();
    pilot.run(people.system, { type: "OpenGate", runId: "needs-1" });
    expect(gate(pilot)).toBeUndefined();
  });

  test("ends with advance, also when the stage is closed already", () => {
    const pilot = given().admitted().atGate("needs-1").scoreGate("needs-1");
    pilot.run(people.coordinator, { ...decide(pilot), decision: "advance" });
    expect(gate(pilot)).toEqual({ decision: "advance" });
    pilot.run(people.system, { type: "CloseStage", runId: "needs-1" });
    expect(gate(pilot)).toEqual({ decision: "advance" });
  });

  test("ends with rework naming what is open, also when somebody reopened it", () => {
    const pilot = given().admitted().atGate("needs-1").scoreGate("needs-1");
    pilot.run(people.coordinator, {
      ...decide(pilot),
      decision: "rework",
      reason: "Thin",
      deliverables: [{ deliverableId: "NA-4" }],
    });
    expect(gate(pilot)).toEqual({ decision: "rework", deliverables: ["NA-4", "NA-5", "NA-6"] });

    const reopened = given().admitted().atGate("needs-1");
    reopened.run(people.coordinator, {
      type: "ReopenDeliverable",
      deliverableId: "NA-2",
      reason: "Error",
      dueInDays: 5,
    });
    expect(gate(reopened)).toEqual({ decision: "rework", deliverables: ["NA-2"] });
  });

  test("ends with hold when the gate says so, not when the pilot is held otherwise", () => {
    const byGate = given().admitted().atGate("needs-1").scoreGate("needs-1");
    byGate.run(people.coordinator, {
      ...decide(byGate),
      decision: "hold",
      reason: "Training",
      resumeOn: "2027-01-15",
    });
    expect(gate(byGate)).toEqual({ decision: "hold" });
    expect(resume(byGate)).toBeUndefined();
    byGate.run(people.coordinator, { type: "ResumePilot" });
    expect(resume(byGate)).toEqual({ outcome: "resumed" });
    expect(gate(byGate)).toBeUndefined();

    const otherwise = given().admitted().atGate("needs-1");
    otherwise.run(people.coordinator, hold);
    expect(gate(otherwise)).toBeUndefined();
  });

  test("ends with stop when the pilot ends", () => {
    const pilot = given().admitted().atGate("needs-1");
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
    expect(gate(pilot)).toEqual({ decision: "stop" });
    expect(resume(pilot)).toEqual({ outcome: "stopped" });
    expect(answerTo(pilot.state, "needs-9", { slot: "gate" })).toEqual({ decision: "stop" });
  });
});

describe("a fresh execution comes to stand", () => {
  const fresh = (pilot: Pilots) => waitsOfFreshExecution(pilot.state, "needs-1");

  test("nowhere before the stage is open: it opens it", () => {
    expect(fresh(given().admitted())).toBeUndefined();
  });

  test("at the submission or the review of each open deliverable, and at submissions while the pilot is held", () => {
    const pilot = given().inStage("needs").settle("NA-1", "NA-2", "NA-3", "NA-4");
    pilot.submit("NA-5");
    const open = [
      { slot: "review", deliverableId: "NA-5" },
      { slot: "submission", deliverableId: "NA-6" },
    ];
    expect(fresh(pilot)).toEqual(open);
    pilot.run(people.coordinator, hold);
    expect(fresh(pilot)).toEqual(open.map((wait) => ({ ...wait, slot: "submission" })));
  });

  test("at the gate when all is settled, at the hold that the gate decided, and nowhere when the stage is over", () => {
    const pilot = given().admitted().atGate("needs-1").scoreGate("needs-1");
    expect(fresh(pilot)).toEqual([{ slot: "gate" }]);
    pilot.run(people.coordinator, {
      type: "DecideGate",
      runId: "needs-1",
      round: 1,
      basedOn: pilot.basedOn("needs-1"),
      decision: "hold",
      reason: "Training",
      resumeOn: "2027-01-15",
    });
    expect(fresh(pilot)).toEqual([{ slot: "resume" }]);
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
    expect(fresh(pilot)).toEqual([]);
  });
});
