import { describe, expect, test } from "vitest";
import type { TeamMember } from "../../../shared/domain/pilot/state.ts";
import { given, people, team } from "./given.ts";

const successor: TeamMember = { personId: "other-advisor", role: "advisor", country: "EE" };
const handOver = {
  type: "HandOverAdvisor",
  fromPersonId: "advisor",
  to: successor,
  reason: "Leaves on Friday",
} as const;

describe("changing the team", () => {
  test("is the coordinator's, and a repeat changes nothing", () => {
    const pilot = given().admitted();
    const change = { type: "ChangeTeam", team: [...team, successor] } as const;
    expect(pilot.refused(people.advisor, change).name).toBe("NotAllowed");
    pilot.run(people.coordinator, change);
    expect(pilot.state.pilot.team).toEqual([...team, successor]);
    expect(pilot.run(people.coordinator, change)).toBeUndefined();
  });

  test("leaves an advisor in the team, and everybody once in a role", () => {
    const pilot = given().admitted();
    const without = team.filter(({ role }) => role !== "advisor");
    expect(pilot.refused(people.coordinator, { type: "ChangeTeam", team: without }).name).toBe("RuleBroken");
    expect(pilot.refused(people.coordinator, { type: "ChangeTeam", team: [...team, ...team] }).name).toBe("RuleBroken");
  });

  test("takes no role's last person away from its open work", () => {
    const pilot = given().inStage("feasibility");
    const withoutLab = team.filter(({ role }) => role !== "living_lab");
    expect(pilot.refused(people.coordinator, { type: "ChangeTeam", team: withoutLab }).message).toContain("FS-6");
    pilot.settle("FS-1", "FS-2", "FS-3", "FS-6");
    expect(pilot.run(people.coordinator, { type: "ChangeTeam", team: withoutLab })?.type).toBe("TeamChanged");
  });

  test("frees the work of who leaves", () => {
    const pilot = given().inStage("feasibility");
    pilot.run(people.expert, { type: "ClaimTask", taskId: "FS-3.produce.1" });
    const withoutExpert = team.filter(({ personId }) => personId !== "expert");
    pilot.run(people.coordinator, { type: "ChangeTeam", team: withoutExpert });
    expect(pilot.task("FS-3.produce.1").status).toBe("ready");
    expect(pilot.task("FS-3.produce.1").assigneeId).toBeUndefined();
  });

  test("gives work that waited for a role to the first person in it", () => {
    const pilot = given().inStage("feasibility", [
      { personId: "advisor", role: "advisor", country: "EE" },
      { personId: "expert", role: "expert", country: "LV" },
    ]);
    expect(pilot.task("FS-6.produce.1").status).toBe("ready");
    const withLab = [...pilot.state.pilot.team, { personId: "lab", role: "living_lab", country: "LV" } as const];
    pilot.run(people.coordinator, { type: "ChangeTeam", team: withLab });
    expect(pilot.task("FS-6.produce.1")).toMatchObject({ status: "reserved", assigneeId: "lab" });
  });

  test("begins with the admission and ends with the pilot", () => {
    const pilot = given().applied();
    expect(pilot.refused(people.coordinator, { type: "ChangeTeam", team }).name).toBe("NotInThisState");
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
    expect(pilot.refused(people.coordinator, { type: "ChangeTeam", team }).name).toBe("NotInThisState");
  });
});

describe("an advisor leaves (story 6)", () => {
  function leaving() {
    const pilot = given().inStage("feasibility", [...team, { personId: "third", role: "advisor", country: "EE" }]);
    // Own work, claimed.
    pilot.run(people.advisor, { type: "ClaimTask", taskId: "FS-4.produce.1" });
    // A claimed review.
    pilot.submit("FS-2");
    pilot.run(people.advisor, { type: "ClaimTask", taskId: "FS-2.review.1" });
    // Own work, delegated to a colleague.
    pilot.run(people.advisor, { type: "ClaimTask", taskId: "FS-1.produce.1" });
    pilot.run(people.advisor, { type: "DelegateTask", taskId: "FS-1.produce.1", toPersonId: "third" });
    // A colleague's work, delegated to the leaver.
    const third = { ...people.advisor, personId: "third" };
    pilot.run(third, { type: "ClaimTask", taskId: "FS-7.produce.1" });
    pilot.run(third, { type: "DelegateTask", taskId: "FS-7.produce.1", toPersonId: "advisor" });
    return pilot;
  }

  test("own work goes to the named colleague", () => {
    const pilot = leaving();
    pilot.run(people.coordinator, handOver);
    expect(pilot.task("FS-4.produce.1")).toMatchObject({
      status: "reserved",
      assigneeId: "other-advisor",
      ownerId: "other-advisor",
    });
  });

  test("a claimed review is released and waits to be claimed again", () => {
    const pilot = leaving();
    expect(pilot.deliverable("FS-2").status).toBe("in_review");
    pilot.run(people.coordinator, handOver);
    expect(pilot.task("FS-2.review.1").status).toBe("ready");
    expect(pilot.deliverable("FS-2").status).toBe("submitted");
    pilot.accept("FS-2", people.otherAdvisor);
    expect(pilot.deliverable("FS-2").reviews[0]?.reviewerId).toBe("other-advisor");
  });

  test("delegated work returns to its owner; what the leaver delegated is answered for by the successor", () => {
    const pilot = leaving();
    pilot.run(people.coordinator, handOver);
    expect(pilot.task("FS-7.produce.1")).toMatchObject({ status: "reserved", assigneeId: "third", ownerId: "third" });
    expect(pilot.task("FS-1.produce.1")).toMatchObject({ assigneeId: "third", ownerId: "other-advisor" });
  });

  test("nothing open is left with the leaver, and past records keep the name", () => {
    const pilot = leaving();
    const event = pilot.event("AdvisorHandedOver", people.coordinator, handOver);
    expect(event.data.tasks.map(({ taskId, action }) => [taskId, action])).toEqual(
      expect.arrayContaining([
        ["FS-4.produce.1", "nominate"],
        ["FS-2.review.1", "release"],
        ["FS-1.produce.1", "nominate"],
        ["FS-7.produce.1", "return"],
      ]),
    );
    const open = Object.values(pilot.state.tasks).filter(({ status }) => status !== "completed");
    expect(open.filter(({ assigneeId, ownerId }) => assigneeId === "advisor" || ownerId === "advisor")).toEqual([]);
    expect(pilot.state.pilot.team[0]).toEqual(successor);
    expect(pilot.deliverable("NA-1").reviews[0]?.reviewerId).toBe("advisor");
  });

  test("the leaver may do nothing with the pilot any more", () => {
    const pilot = leaving();
    pilot.run(people.coordinator, handOver);
    const comment = { type: "AddComment", text: "Bye", internal: false } as const;
    expect(pilot.refused(people.advisor, comment).name).toBe("NotFound");
  });

  test("while the pilot is on hold tasks change hands and stay suspended", () => {
    const pilot = leaving();
    const hold = { type: "HoldPilot", reason: "Illness", resumeOn: "2026-12-15" } as const;
    pilot.run(people.coordinator, hold);
    pilot.run(people.coordinator, handOver);
    expect(pilot.task("FS-4.produce.1")).toMatchObject({ status: "suspended", assigneeId: "other-advisor" });
    expect(pilot.deliverable("FS-2").status).toBe("submitted");
    pilot.run(people.coordinator, { type: "ResumePilot" });
    expect(pilot.task("FS-4.produce.1").status).toBe("reserved");
    expect(pilot.task("FS-2.review.1").status).toBe("ready");
  });

  test("what the last gate asked of them is followed up by the successor, though the pilot is completed", () => {
    const pilot = given().inStage("guidance").atGate("guidance-1").scoreGate("guidance-1");
    pilot.run(people.coordinator, {
      type: "DecideGate",
      runId: "guidance-1",
      round: 1,
      decision: "advance_with_conditions",
      reason: "Nearly there",
      basedOn: pilot.basedOn("guidance-1"),
      conditions: [{ text: "See that the lease is signed", ownerRole: "advisor", dueOn: "2027-12-01" }],
    });
    pilot.run(people.system, { type: "CloseStage", runId: "guidance-1" });
    expect(pilot.state.pilot.status).toBe("completed");
    pilot.run(people.coordinator, handOver);
    expect(pilot.task("guidance-1-c1.condition")).toMatchObject({ status: "reserved", assigneeId: "other-advisor" });
  });

  test("work in another role of the team stays theirs", () => {
    const pilot = given().inStage("feasibility", [
      ...team.filter(({ role }) => role !== "expert"),
      { personId: "advisor", role: "expert", country: "EE" },
      { personId: "other-expert", role: "expert", country: "LV" },
    ]);
    const asExpert = { ...people.expert, personId: "advisor" };
    pilot.run(asExpert, { type: "ClaimTask", taskId: "FS-3.produce.1" });
    pilot.run(people.coordinator, handOver);
    expect(pilot.task("FS-3.produce.1")).toMatchObject({ status: "reserved", assigneeId: "advisor" });
    expect(pilot.task("FS-4.produce.1").assigneeId).toBe("other-advisor");
  });

  test("is repeated without effect, and only from an advisor to another", () => {
    const pilot = leaving();
    const refused = (change: object) => pilot.refused(people.coordinator, { ...handOver, ...change }).details;
    expect(refused({ fromPersonId: "expert", to: { ...successor, personId: "new" } })).toEqual({
      pointer: "/fromPersonId",
    });
    expect(refused({ to: { ...successor, personId: "advisor" } })).toEqual({ pointer: "/to/personId" });
    expect(refused({ to: { ...successor, role: "expert" } })).toEqual({ pointer: "/to/role" });
    expect(refused({ reason: "" })).toEqual({ pointer: "/reason" });
    pilot.run(people.coordinator, handOver);
    expect(pilot.run(people.coordinator, handOver)).toBeUndefined();
  });

  test("a colleague already in the team takes over without being named twice", () => {
    const pilot = leaving();
    const third = { personId: "third", role: "advisor", country: "EE" } as const;
    pilot.run(people.coordinator, { ...handOver, to: third });
    expect(pilot.state.pilot.team.filter(({ role }) => role === "advisor")).toEqual([third]);
  });
});
