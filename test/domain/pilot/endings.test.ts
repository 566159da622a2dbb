import { describe, expect, test } from "vitest";
import { given, people } from "./given.ts";

const stop = { type: "StopPilot", reason: "No market" } as const;
const withdraw = { type: "WithdrawPilot", reason: "We sold the product" } as const;
const objection = { type: "ObjectToStop", text: "We have a buyer now" } as const;

const openStatuses = ["created", "ready", "reserved", "in_progress", "suspended"];

describe("withdrawal by the SME (story 7)", () => {
  test("ends everything that is open; what is accepted stays, hours so far are the final aid", () => {
    const pilot = given().inStage("adaptation").settle("PA-1");
    pilot.run(people.lab, { type: "LogHours", hours: 10, on: pilot.now.slice(0, 10), activity: "Trial begun" });
    pilot.submit("PA-3");
    pilot.event("PilotWithdrawn", people.admin, withdraw);
    const { state } = pilot;
    expect(state.pilot).toMatchObject({
      status: "withdrawn",
      endedAt: pilot.now,
      endReason: "We sold the product",
      aidCents: 65_000,
    });
    expect(pilot.stageRun("adaptation-1")).toMatchObject({ status: "stopped", endedAt: pilot.now });
    expect(pilot.stageRun("feasibility-1").status).toBe("passed");
    expect(Object.values(state.tasks).filter(({ status }) => openStatuses.includes(status))).toEqual([]);
    expect(pilot.deliverable("PA-1").status).toBe("accepted");
    expect(pilot.deliverable("PA-3").status).toBe("cancelled");
    expect(pilot.deliverable("PA-8").status).toBe("cancelled");
  });

  test("is possible before admission, on hold, and once only", () => {
    const applied = given().applied();
    applied.run(people.admin, withdraw);
    expect(applied.state.pilot.status).toBe("withdrawn");
    expect(applied.run(people.admin, withdraw)).toBeUndefined();

    const held = given().inStage("needs");
    held.run(people.coordinator, { type: "HoldPilot", reason: "Illness", resumeOn: "2026-12-15" });
    held.run(people.admin, withdraw);
    expect(held.state.pilot).toMatchObject({ status: "withdrawn" });
    expect(held.state.pilot.hold).toBeUndefined();
  });

  test("is the SME admin's alone, with a reason, before the end", () => {
    const pilot = given().inStage("needs");
    expect(pilot.refused(people.member, withdraw).name).toBe("NotAllowed");
    expect(pilot.refused(people.coordinator, withdraw).name).toBe("NotAllowed");
    expect(pilot.refused(people.strangerSme, withdraw).name).toBe("NotFound");
    expect(pilot.refused(people.admin, { ...withdraw, reason: "" }).name).toBe("RuleBroken");
    pilot.run(people.coordinator, stop);
    expect(pilot.refused(people.admin, withdraw).name).toBe("NotInThisState");
  });

  test("closes an open gate", () => {
    const pilot = given().admitted().atGate("needs-1");
    pilot.run(people.admin, withdraw);
    expect(pilot.state.gates["needs-1"]?.status).toBe("closed");
  });
});

describe("stopping a pilot", () => {
  test("ends it with the coordinator's reason", () => {
    const pilot = given().inStage("needs");
    const event = pilot.event("PilotStopped", people.coordinator, stop);
    expect(event).toMatchObject({ reason: "No market", data: { runId: "needs-1" } });
    expect(pilot.state.pilot).toMatchObject({ status: "stopped", endReason: "No market" });
    expect(pilot.run(people.coordinator, stop)).toBeUndefined();
  });

  test("is not the way to turn an application down", () => {
    const pilot = given().applied();
    expect(pilot.refused(people.coordinator, stop).message).toContain("reject");
  });
});

describe("an objection to the stop", () => {
  test("makes one task for the coordinator, which the answer completes", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.coordinator, stop);
    pilot.pass({ days: 13 }).run(people.admin, objection);
    expect(pilot.state.pilot.objection).toEqual({ personId: "admin", at: pilot.now, text: "We have a buyer now" });
    expect(pilot.task("pilot.objection.1")).toMatchObject({
      kind: "objection",
      status: "ready",
      candidateRole: "coordinator",
      priority: "high",
    });
    expect(pilot.run(people.admin, objection)).toBeUndefined();
    pilot.run(people.member, { type: "AddComment", text: "Please", internal: false });
    expect(pilot.task("pilot.objection.1").status).toBe("ready");
    pilot.run(people.coordinator, { type: "AddComment", text: "Apply again with the buyer", internal: false });
    expect(pilot.task("pilot.objection.1")).toMatchObject({ status: "completed", assigneeId: "coordinator" });
  });

  test("is possible for 14 days, for the SME admin, after a stop", () => {
    const pilot = given().inStage("needs");
    expect(pilot.refused(people.admin, objection).name).toBe("NotInThisState");
    pilot.run(people.coordinator, stop);
    expect(pilot.refused(people.member, objection).name).toBe("NotAllowed");
    expect(pilot.refused(people.admin, { ...objection, text: "" }).name).toBe("RuleBroken");
    expect(pilot.pass({ days: 14, hours: 1 }).refused(people.admin, objection).message).toContain("14 days");
  });
});
