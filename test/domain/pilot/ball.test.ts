import { describe, expect, test } from "vitest";
import { type Ball, ballOf, isOverUsual, likelyOn } from "../../../shared/domain/pilot/ball.ts";
import { given, people } from "./given.ts";

const hold = { type: "HoldPilot", reason: "The founder is ill", resumeOn: "2027-02-15" } as const;

describe("the ball", () => {
  test("is with whoever has the work that is due first", () => {
    const pilot = given().inStage("needs");
    const first = Object.values(pilot.state.tasks)
      .filter(({ status }) => status === "ready" || status === "reserved")
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
    expect(ballOf(pilot.state)).toMatchObject({
      kind: "task",
      role: first?.candidateRole,
      taskId: first?.id,
      dueAt: first?.dueAt,
      since: pilot.now,
    });
  });

  test("names the person who has claimed it, and the step it is", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.admin, { type: "ClaimTask", taskId: "NA-1.produce.1" });
    expect(ballOf(pilot.state)).toMatchObject({
      taskId: "NA-1.produce.1",
      personId: "admin",
      deliverableId: "NA-1",
      step: "NA-1.produce",
    });
  });

  test("goes to the reviewer with the submission", () => {
    const pilot = given().applied();
    expect(ballOf(pilot.state)).toMatchObject({ taskId: "IN-1.review.1", role: "coordinator", step: "IN-1.review" });
  });

  test("is not with the company while what is due first waits for a review, but with the reviewer", () => {
    const pilot = given().inStage("feasibility").settle("FS-1", "FS-3", "FS-4", "FS-6");
    pilot.at(pilot.deliverable("FS-5").dueAt).submit("FS-2");
    expect(pilot.openTask("FS-2", "review").dueAt > pilot.openTask("FS-5", "produce").dueAt).toBe(true);
    expect(ballOf(pilot.state)).toMatchObject({ taskId: "FS-2.review.1", role: "advisor" });
    pilot.accept("FS-2");
    expect(ballOf(pilot.state)).toMatchObject({ taskId: "FS-5.produce.1", role: "sme" });
  });

  test("is a coordinator's while an accepted application waits for its decision", () => {
    const pilot = given().applicationAccepted();
    expect(ballOf(pilot.state)).toEqual({
      kind: "admission",
      role: "coordinator",
      since: pilot.now,
      step: "admission",
    });
  });

  test("is nobody's while the workflow prepares the next step, and after the end", () => {
    const pilot = given().admitted();
    expect(ballOf(pilot.state)).toBeUndefined();
    pilot.openStage("needs-1").run(people.admin, { type: "WithdrawPilot", reason: "No more money" });
    expect(ballOf(pilot.state)).toBeUndefined();
  });

  test("rests during a hold, and says since when and until when", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, hold);
    expect(ballOf(pilot.state)).toEqual({
      kind: "hold",
      role: "coordinator",
      since: pilot.now,
      promisedOn: "2027-02-15",
    });
  });

  test("is not with whoever was asked a question, which holds nothing up", () => {
    const pilot = given().admitted();
    pilot.run(people.advisor, {
      type: "AskQuestion",
      text: "Which certificate is meant?",
      internal: false,
      toRole: "sme",
      dueOn: "2026-11-05",
    });
    expect(ballOf(pilot.state)).toBeUndefined();
  });

  test("of a gate's decision is the coordinator's from the last score on", () => {
    const pilot = given().inStage("needs").atGate("needs-1");
    expect(ballOf(pilot.state)?.taskId).toMatch(/gate_score/);
    pilot.pass({ days: 2 }).scoreGate("needs-1");
    expect(ballOf(pilot.state)).toMatchObject({ step: "G1.gate_decision", since: pilot.now });
  });

  test("has the time on hold taken off the time it took", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 3 }).run(people.coordinator, { type: "ResumePilot" });
    expect(ballOf(pilot.state)).toMatchObject({ heldMs: 3 * 86_400_000 });
  });

  test("carries the day that was promised", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.admin, { type: "GiveForecast", taskId: "NA-1.produce.1", on: "2026-11-20", note: "" });
    expect(ballOf(pilot.state)).toMatchObject({ taskId: "NA-1.produce.1", promisedOn: "2026-11-20" });
  });
});

describe("the likely day", () => {
  const ball: Ball = { kind: "task", role: "sme", since: "2027-03-01T10:00:00.000Z" };
  const on = (now: string) => ({ now, country: "LV" });

  test("is the promised one", () => {
    expect(likelyOn({ ...ball, promisedOn: "2027-03-20" }, 3, on("2027-03-02T08:00:00.000Z"))).toBe("2027-03-20");
  });

  test("else comes when the usual days are over, holds not counted", () => {
    expect(likelyOn(ball, 4.5, on("2027-03-02T08:00:00.000Z"))).toBe("2027-03-06");
    expect(likelyOn({ ...ball, heldMs: 7 * 86_400_000 }, 4.5, on("2027-03-02T08:00:00.000Z"))).toBe("2027-03-13");
  });

  test("is by the calendar of the company's country", () => {
    expect(likelyOn({ ...ball, since: "2027-03-01T23:00:00.000Z" }, 1, on("2027-03-01T23:30:00.000Z"))).toBe(
      "2027-03-03",
    );
  });

  test("is never before today", () => {
    expect(likelyOn(ball, 1, on("2027-03-09T08:00:00.000Z"))).toBe("2027-03-09");
    expect(likelyOn({ ...ball, promisedOn: "2027-03-02" }, undefined, on("2027-03-09T08:00:00.000Z"))).toBe(
      "2027-03-09",
    );
  });

  test("is no more than a hope when the usual days are over, unless somebody has promised it", () => {
    expect(isOverUsual(ball, 1, on("2027-03-02T23:00:00.000Z"))).toBe(true);
    expect(isOverUsual(ball, 1, on("2027-03-02T08:00:00.000Z"))).toBe(false);
    expect(isOverUsual(ball, undefined, on("2027-06-01T08:00:00.000Z"))).toBe(false);
    expect(isOverUsual({ ...ball, promisedOn: "2027-03-02" }, 1, on("2027-03-09T08:00:00.000Z"))).toBe(false);
  });

  test("is not guessed", () => {
    expect(likelyOn(ball, undefined, on("2027-03-02T08:00:00.000Z"))).toBeUndefined();
  });
});
