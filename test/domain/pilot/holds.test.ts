import { describe, expect, test } from "vitest";
import { given, people } from "./given.ts";

const hold = { type: "HoldPilot", reason: "The founder is ill", resumeOn: "2027-01-15" } as const;
const resume = { type: "ResumePilot" } as const;

describe("a hold", () => {
  test("stops the run and suspends every open task", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    pilot.run(people.coordinator, hold);
    expect(pilot.state.pilot).toMatchObject({
      status: "on_hold",
      hold: { since: pilot.now, reason: "The founder is ill", resumeOn: "2027-01-15", runStatusBefore: "active" },
    });
    expect(pilot.stageRun("needs-1").status).toBe("on_hold");
    expect(pilot.openTask("NA-1", "review")).toMatchObject({ status: "suspended", statusBefore: "ready" });
    expect(pilot.openTask("NA-2", "produce")).toMatchObject({ status: "suspended", statusBefore: "ready" });
    expect(pilot.task("NA-1.produce.1").status).toBe("completed");
  });

  test("lets nobody work", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, hold);
    const saved = {
      type: "SaveDraft",
      deliverableId: "NA-1",
      baseDraftVersion: 0,
      values: {},
      changedFields: [],
    } as const;
    expect(pilot.refused(people.admin, saved)).toMatchObject({
      name: "NotInThisState",
      message: expect.stringContaining("on hold"),
    });
  });

  test("lasts at most 180 days and ends in the future", () => {
    const pilot = given().inStage("needs").at("2026-11-02T09:00:00.000Z");
    for (const resumeOn of ["2026-11-02", "2027-05-02", "soon"])
      expect(pilot.refused(people.coordinator, { ...hold, resumeOn }).name).toBe("RuleBroken");
    expect(pilot.run(people.coordinator, { ...hold, resumeOn: "2027-05-01" })?.type).toBe("PilotHeld");
  });

  test("needs the coordinator, a reason, and a pilot under way", () => {
    const pilot = given().applied();
    expect(pilot.refused(people.coordinator, hold).name).toBe("NotInThisState");
    pilot.accept("IN-1").run(people.coordinator, {
      type: "AdmitPilot",
      team: [{ personId: "advisor", role: "advisor", country: "EE" }],
    });
    expect(pilot.refused(people.coordinator, hold).message).toContain("next stage");
    pilot.openStage("needs-1");
    expect(pilot.refused(people.admin, hold).name).toBe("NotAllowed");
    expect(pilot.refused(people.coordinator, { ...hold, reason: " " }).name).toBe("RuleBroken");
  });

  test("is not made twice", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, hold);
    expect(pilot.run(people.coordinator, hold)).toBeUndefined();
    expect(pilot.refused(people.coordinator, { ...hold, resumeOn: "2027-02-01" }).message).toContain("15 January 2027");
  });
});

describe("going on after a hold", () => {
  test("moves every open date by the time held, and keeps the old one on record", () => {
    const pilot = given().inStage("needs");
    pilot.submit("NA-1");
    const reviewDueBefore = pilot.openTask("NA-1", "review").dueAt;
    const dueBefore = pilot.deliverable("NA-2").dueAt;
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 14 }).run(people.coordinator, resume);
    expect([reviewDueBefore, dueBefore]).toEqual(["2026-11-09T21:59:00.000Z", "2026-11-12T21:59:00.000Z"]);
    expect(pilot.openTask("NA-1", "review")).toMatchObject({ status: "ready", dueAt: "2026-11-23T21:59:00.000Z" });
    expect(pilot.openTask("NA-2", "produce").dueAt).toBe("2026-11-26T21:59:00.000Z");
    expect(pilot.deliverable("NA-2")).toMatchObject({
      dueAt: "2026-11-26T21:59:00.000Z",
      dueDateChanges: [{ from: dueBefore, to: "2026-11-26T21:59:00.000Z", kind: "hold", reason: "The founder is ill" }],
    });
    expect(pilot.stageRun("needs-1").status).toBe("active");
    expect(pilot.state.pilot).toMatchObject({ status: "active" });
    expect(pilot.state.pilot.hold).toBeUndefined();
  });

  test("leaves accepted deliverables their date", () => {
    const pilot = given().inStage("needs").settle("NA-1");
    const { dueAt } = pilot.deliverable("NA-1");
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 28 }).run(people.coordinator, resume);
    expect(pilot.deliverable("NA-1")).toMatchObject({ dueAt, dueDateChanges: [] });
  });

  test("reminds anew for the new dates, not of prompts whose time has passed", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 28 }).run(people.coordinator, resume);
    const { reminders } = pilot.openTask("NA-1", "produce");
    expect(reminders.map(({ step }) => step)).toEqual(["near", "due", "esc1", "esc2", "esc3"]);
    expect(reminders.every(({ at }) => at > pilot.now)).toBe(true);
  });

  test("returns claimed work to who had it", () => {
    const pilot = given().inStage("needs");
    pilot.saveDraft("NA-1", people.member);
    pilot.run(people.coordinator, hold);
    pilot.pass({ days: 3 }).run(people.coordinator, resume);
    expect(pilot.openTask("NA-1", "produce")).toMatchObject({ status: "in_progress", assigneeId: "member" });
    expect(pilot.openTask("NA-1", "produce").statusBefore).toBeUndefined();
  });

  test("opens the gate in the same round when the pilot was held before it", () => {
    const pilot = given().admitted().atGate("needs-1");
    pilot.run(people.coordinator, hold);
    expect(pilot.stageRun("needs-1").status).toBe("on_hold");
    const { decideBy } = pilot.state.gates["needs-1"] ?? {};
    pilot.pass({ days: 10 }).run(people.coordinator, resume);
    expect(pilot.stageRun("needs-1").status).toBe("at_gate");
    expect(pilot.state.gates["needs-1"]).toMatchObject({ status: "open", round: 1 });
    expect(Date.parse(pilot.state.gates["needs-1"]?.decideBy ?? "")).toBeGreaterThan(Date.parse(decideBy ?? ""));
  });

  test("takes a hold to end", () => {
    const pilot = given().inStage("needs");
    expect(pilot.run(people.coordinator, resume)).toBeUndefined();
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
    expect(pilot.refused(people.coordinator, resume).name).toBe("NotInThisState");
  });
});
