import { describe, expect, test } from "vitest";
import { given, people } from "./given.ts";

const open = { type: "OpenStage", runId: "needs-1" } as const;
const close = { type: "CloseStage", runId: "needs-1" } as const;

describe("opening a stage", () => {
  test("makes each deliverable and its task, due in the performer's country", () => {
    const pilot = given().admitted().openStage("needs-1");
    const { state } = pilot;
    expect(pilot.stageRun("needs-1")).toMatchObject({ status: "active", startedAt: pilot.now });
    const ids = ["NA-1", "NA-2", "NA-3", "NA-4", "NA-5", "NA-6"];
    expect(Object.values(state.deliverables).flatMap(({ id, runId }) => (runId === "needs-1" ? [id] : []))).toEqual(
      ids,
    );
    for (const id of ids) {
      expect(pilot.deliverable(id)).toMatchObject({ status: "not_started", draftVersion: 0, revision: 0, late: false });
      expect(pilot.openTask(id, "produce")).toMatchObject({
        id: `${id}.produce.1`,
        dueAt: pilot.deliverable(id).dueAt,
      });
    }
    // Day 7 is a Monday; 23:59 in Riga is 21:59 UTC.
    expect(pilot.deliverable("NA-1").dueAt).toBe("2026-11-09T21:59:00.000Z");
  });

  test("gives work to the one person of a role, and leaves it open to several or none", () => {
    const pilot = given().inStage("feasibility", [
      { personId: "advisor", role: "advisor", country: "EE" },
      { personId: "expert", role: "expert", country: "LV" },
      { personId: "other-expert", role: "expert", country: "LV" },
    ]);
    expect(pilot.openTask("FS-4", "produce")).toMatchObject({ status: "reserved", assigneeId: "advisor" });
    expect(pilot.openTask("FS-2", "produce")).toMatchObject({ status: "ready", candidateRole: "sme" });
    expect(pilot.openTask("FS-3", "produce")).toMatchObject({ status: "ready", candidateRole: "expert" });
    expect(pilot.openTask("FS-6", "produce")).toMatchObject({ status: "ready", candidateRole: "living_lab" });
  });

  test("happens once, however often it is asked for (I1)", () => {
    const pilot = given().admitted().openStage("needs-1");
    const opened = pilot.state;
    expect(pilot.run(people.system, open)).toBeUndefined();
    expect(pilot.state).toBe(opened);
  });

  test("is Fairway's own step, in a stage the pilot has", () => {
    const pilot = given().admitted();
    expect(pilot.refused(people.coordinator, open).name).toBe("NotAllowed");
    expect(pilot.refused(people.system, { ...open, runId: "needs-2" }).name).toBe("NotFound");
  });

  test("does not begin in a pilot that was withdrawn before", () => {
    const pilot = given().admitted();
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "Sold the company" });
    expect(pilot.run(people.system, open)).toBeUndefined();
  });
});

describe("closing a stage", () => {
  test("plans the next one in the process version in force", () => {
    const pilot = given().admitted().atGate("needs-1").passGate("needs-1");
    expect(pilot.state.pilot.currentRunId).toBe("feasibility-1");
    expect(pilot.stageRun("feasibility-1")).toMatchObject({ status: "planned", processVersion: 1, executionNumber: 1 });
    expect(pilot.stageRun("needs-1")).toMatchObject({ status: "passed", endedAt: pilot.now });
  });

  test("happens once, and not before the gate has let the pilot pass", () => {
    const pilot = given().admitted().atGate("needs-1");
    expect(pilot.run(people.system, close)).toBeUndefined();
    pilot.passGate("needs-1");
    expect(pilot.run(people.system, close)).toBeUndefined();
  });

  test("completes the pilot after the last stage, with surveys to come", () => {
    const pilot = given().inStage("guidance").atGate("guidance-1");
    pilot.at("2027-08-31T09:00:00.000Z").passGate("guidance-1");
    expect(pilot.state.pilot).toMatchObject({ status: "completed", endedAt: "2027-08-31T09:00:00.000Z" });
    expect(pilot.state.pilot.followUps).toEqual([
      { month: 6, opensAt: "2028-02-29T09:00:00.000Z" },
      { month: 12, opensAt: "2028-08-31T09:00:00.000Z" },
    ]);
  });
});

describe("restarting a workflow", () => {
  const restart = { type: "RestartExecution", runId: "needs-1", reason: "Lost in a restore" } as const;
  const administrator = { personId: "ops", role: "administrator", programmeId: "programme-1" } as const;

  test("counts executions and touches nothing else (I1)", () => {
    const pilot = given().admitted().openStage("needs-1");
    const before = pilot.state;
    pilot.run(administrator, restart);
    expect(pilot.stageRun("needs-1")).toMatchObject({ executionNumber: 2, status: "active" });
    expect(pilot.state.deliverables).toBe(before.deliverables);
    expect(pilot.events.at(-1)).toMatchObject({ type: "ExecutionRestarted", reason: "Lost in a restore" });
  });

  test("needs a reason, an administrator, and a stage that is not over", () => {
    const pilot = given().admitted();
    expect(pilot.refused(administrator, { ...restart, reason: "" }).name).toBe("RuleBroken");
    expect(pilot.refused(people.coordinator, restart).name).toBe("NotAllowed");
    pilot.atGate("needs-1").passGate("needs-1");
    expect(pilot.refused(administrator, restart).name).toBe("NotInThisState");
  });
});
