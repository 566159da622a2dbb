import { describe, expect, test } from "vitest";
import { toItems } from "../../../shared/contracts/items.ts";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import type { Actor } from "../../../shared/domain/actor.ts";
import type { CommandOf } from "../../../shared/domain/pilot/commands.ts";
import { offeredDecisions } from "../../../shared/domain/pilot/gate-offers.ts";
import type { GateDecisionId } from "../../../shared/domain/process.ts";
import { objectionIn } from "../../../shared/language/refusals/sentences.ts";
import { given, type Pilots, people } from "./given.ts";

const gateOf = (runId: string) => {
  const stage = latestProcess.stages.find(({ id }) => runId.startsWith(id));
  if (stage === undefined) throw new Error(`There is no stage of ${runId}.`);
  return stage.gate;
};

/** Every must met but those named; the same points for each should-criterion, so 25 per point. */
function score(
  pilot: Pilots,
  runId: string,
  actor: Actor,
  points: number,
  unmet: readonly string[] = [],
): CommandOf<"ScoreGate"> & { readonly actor: Actor } {
  const { mustMeet, shouldMeet } = gateOf(runId);
  return {
    actor,
    type: "ScoreGate",
    runId,
    round: pilot.state.gates[runId]?.round ?? 0,
    musts: Object.fromEntries(mustMeet.map(({ id }) => [id, { met: !unmet.includes(id), evidence: "See report." }])),
    points: Object.fromEntries(shouldMeet.map(({ id }) => [id, points])),
  };
}

function file(pilot: Pilots, { actor, ...command }: ReturnType<typeof score>): void {
  pilot.run(actor, command);
}

const decide = (
  pilot: Pilots,
  runId: string,
  decision: GateDecisionId,
  more: Partial<CommandOf<"DecideGate">> = {},
): CommandOf<"DecideGate"> => ({
  type: "DecideGate",
  runId,
  round: pilot.state.gates[runId]?.round ?? 0,
  decision,
  basedOn: pilot.basedOn(runId),
  ...more,
});

const offered = (pilot: Pilots, runId: string): readonly GateDecisionId[] =>
  offeredDecisions(pilot.state, runId, pilot.context(people.coordinator)).flatMap((each) =>
    each.offered ? [each.decision] : [],
  );

const why = (pilot: Pilots, runId: string, decision: GateDecisionId): string =>
  offeredDecisions(pilot.state, runId, pilot.context(people.coordinator))
    .filter((each) => each.decision === decision)
    .flatMap((each) => each.against.map((objection) => objectionIn("en", objection)))
    .join(" ");

const atGate1 = () => given().admitted().atGate("needs-1");
const atGate2 = () => given().inStage("feasibility").atGate("feasibility-1");

describe("a gate opens", () => {
  test("when everything of the stage is settled, not before, and once", () => {
    const pilot = given().inStage("needs").settle("NA-1", "NA-2", "NA-3", "NA-4", "NA-5");
    const open = { type: "OpenGate", runId: "needs-1" } as const;
    expect(pilot.run(people.system, open)).toBeUndefined();
    pilot.settle("NA-6").run(people.system, open);
    expect(pilot.stageRun("needs-1").status).toBe("at_gate");
    expect(pilot.state.gates["needs-1"]).toMatchObject({ gateId: "G1", round: 1, status: "open", scores: [] });
    expect(pilot.run(people.system, open)).toBeUndefined();
    expect(pilot.refused(people.coordinator, open).name).toBe("NotAllowed");
  });

  test("with a score for each decider, and a decision that waits for them", () => {
    const pilot = atGate2();
    expect(pilot.task("feasibility-1.gate_score.1.coordinator")).toMatchObject({
      status: "ready",
      candidateRole: "coordinator",
    });
    expect(pilot.task("feasibility-1.gate_score.1.expert-1")).toMatchObject({
      status: "ready",
      candidateRole: "expert",
    });
    expect(pilot.task("feasibility-1.gate_score.1.expert-2").status).toBe("ready");
    expect(pilot.task("feasibility-1.gate_decision.1")).toMatchObject({
      status: "created",
      dueAt: pilot.state.gates["feasibility-1"]?.decideBy,
    });
    pilot.scoreGate("feasibility-1");
    expect(pilot.task("feasibility-1.gate_score.1.expert-2").status).toBe("completed");
    expect(pilot.task("feasibility-1.gate_decision.1").status).toBe("ready");
  });

  test("and gives a single expert one of two seats only", () => {
    const pilot = given().inStage("feasibility", [
      { personId: "advisor", role: "advisor", country: "EE" },
      { personId: "expert", role: "expert", country: "LV" },
      { personId: "lab", role: "living_lab", country: "LV" },
    ]);
    pilot.atGate("feasibility-1");
    expect(pilot.task("feasibility-1.gate_score.1.expert-1")).toMatchObject({
      status: "reserved",
      assigneeId: "expert",
    });
    expect(pilot.task("feasibility-1.gate_score.1.expert-2").status).toBe("ready");
    expect(pilot.task("feasibility-1.gate_score.1.expert-2").assigneeId).toBeUndefined();
    const second = { type: "ClaimTask", taskId: "feasibility-1.gate_score.1.expert-2" } as const;
    expect(pilot.refused(people.expert, second).message).toContain("Nobody scores a gate twice");
    file(pilot, score(pilot, "feasibility-1", people.expert, 3));
    expect(pilot.refused(people.expert, second).message).toContain("Nobody scores a gate twice");
    const lists = toItems(pilot.state).flatMap(({ sk }) => (sk.startsWith(`INBOX#${second.taskId}#`) ? [sk] : []));
    expect(lists).toEqual([]);
  });
});

describe("scoring", () => {
  test("is once for each person and each seat", () => {
    const pilot = atGate2();
    file(pilot, score(pilot, "feasibility-1", people.coordinator, 3));
    const { actor: _actor, ...again } = score(pilot, "feasibility-1", people.coordinator, 4);
    expect(pilot.refused(people.coordinator, again).message).toContain("already filed");
    expect(pilot.refused(people.otherCoordinator, again).message).toContain("No further score");
    expect(pilot.refused(people.advisor, again).name).toBe("NotAllowed");
    file(pilot, score(pilot, "feasibility-1", people.expert, 3));
    expect(pilot.refused(people.expert, again).message).toContain("already filed");
  });

  test("weighs the points and keeps the evidence", () => {
    const pilot = atGate1();
    file(pilot, score(pilot, "needs-1", people.coordinator, 3));
    const [filed] = pilot.state.gates["needs-1"]?.scores ?? [];
    expect(filed).toMatchObject({ personId: "coordinator", role: "coordinator", score: 75 });
    expect(filed?.musts["G1-M1"]).toEqual({ met: true, evidence: "See report." });
  });

  test("leaves out no criterion and no evidence", () => {
    const pilot = atGate1();
    const { actor, ...command } = score(pilot, "needs-1", people.coordinator, 3);
    expect(pilot.refused(actor, { ...command, points: {} }).name).toBe("RuleBroken");
    expect(pilot.refused(actor, { ...command, musts: {} }).name).toBe("RuleBroken");
    const blank = { ...command.musts, "G1-M2": { met: true, evidence: "" } };
    expect(pilot.refused(actor, { ...command, musts: blank }).details).toEqual({ pointer: "/musts/G1-M2/evidence" });
  });

  test("is for the round that is open", () => {
    const pilot = atGate1();
    const { actor, ...command } = score(pilot, "needs-1", people.coordinator, 3);
    expect(pilot.refused(actor, { ...command, round: 2 }).name).toBe("NotInThisState");
    pilot.passGate("needs-1");
    expect(pilot.refused(actor, command).name).toBe("NotInThisState");
  });
});

describe("what is offered", () => {
  test("waits for all scores", () => {
    const pilot = atGate2();
    file(pilot, score(pilot, "feasibility-1", people.coordinator, 4));
    expect(offered(pilot, "feasibility-1")).toEqual([]);
    expect(why(pilot, "feasibility-1", "rework")).toContain("Not all scores");
  });

  test.each([
    [4, ["advance", "advance_with_conditions", "rework", "hold", "stop", "skip"]],
    [2, ["advance_with_conditions", "rework", "hold", "stop", "skip"]],
    [1, ["rework", "hold", "stop", "skip"]],
  ] as const)("follows the mean score: %i points in everything", (points, expected) => {
    const pilot = atGate1();
    file(pilot, score(pilot, "needs-1", people.coordinator, points));
    expect(offered(pilot, "needs-1")).toEqual(expected);
  });

  test("does not include going on while one decider sees a must unmet", () => {
    const pilot = atGate2();
    file(pilot, score(pilot, "feasibility-1", people.coordinator, 4));
    file(pilot, score(pilot, "feasibility-1", people.expert, 4, ["G2-M3"]));
    file(pilot, score(pilot, "feasibility-1", people.otherExpert, 4));
    expect(offered(pilot, "feasibility-1")).not.toContain("advance");
    expect(why(pilot, "feasibility-1", "advance")).toContain("Half of the investment secured");
  });

  test("is hold, rework or stop after a showstopper at gate 2", () => {
    const pilot = atGate2().scoreGate("feasibility-1");
    pilot.accepted["FS-3"] = { ...pilot.accepted["FS-3"], overall: "showstopper" };
    expect(offered(pilot, "feasibility-1")).toEqual(["rework", "hold", "stop"]);
  });

  test("is no way on after a trial that says no go, at gate 3", () => {
    const pilot = given().inStage("adaptation").atGate("adaptation-1").scoreGate("adaptation-1");
    pilot.accepted["PA-8"] = { ...pilot.accepted["PA-8"], conclusion: "no_go" };
    expect(offered(pilot, "adaptation-1")).toEqual(["rework", "hold", "stop"]);
    pilot.accepted["PA-8"] = { ...pilot.accepted["PA-8"], conclusion: "go" };
    expect(offered(pilot, "adaptation-1")).toContain("advance");
  });

  test("has nothing to skip at the last gate", () => {
    const pilot = given().inStage("guidance").atGate("guidance-1").scoreGate("guidance-1");
    expect(offered(pilot, "guidance-1")).toEqual(["advance", "advance_with_conditions", "rework", "hold", "stop"]);
    expect(pilot.refused(people.coordinator, decide(pilot, "guidance-1", "skip")).name).toBe("DecisionNotOffered");
  });
});

describe("deciding", () => {
  test("is the coordinator's, on the open round", () => {
    const pilot = atGate1().scoreGate("needs-1");
    expect(pilot.refused(people.advisor, decide(pilot, "needs-1", "advance")).name).toBe("NotAllowed");
    expect(pilot.refused(people.coordinator, decide(pilot, "needs-1", "advance", { round: 2 })).name).toBe(
      "NotInThisState",
    );
  });

  test("advance passes the stage and records scores, mean and revisions", () => {
    const pilot = atGate1().scoreGate("needs-1");
    const command = decide(pilot, "needs-1", "advance");
    pilot.event("GateDecided", people.coordinator, command);
    expect(pilot.stageRun("needs-1").status).toBe("passed");
    const gate = pilot.state.gates["needs-1"];
    expect(gate?.status).toBe("decided");
    expect(gate?.decisions).toMatchObject([
      { round: 1, decision: "advance", by: ["coordinator"], meanScore: 100, basedOn: pilot.basedOn("needs-1") },
    ]);
    expect(gate?.decisions[0]?.scores).toHaveLength(1);
    expect(pilot.task("needs-1.gate_decision.1")).toMatchObject({ status: "completed", assigneeId: "coordinator" });
    expect(pilot.run(people.coordinator, command)).toBeUndefined();
  });

  test("is refused on outdated revisions, naming them (story 8)", () => {
    const pilot = atGate2().scoreGate("feasibility-1");
    const seen = decide(pilot, "feasibility-1", "advance");
    pilot.run(people.coordinator, { type: "ReopenDeliverable", deliverableId: "FS-5", reason: "Error", dueInDays: 5 });
    pilot.submit("FS-5");
    const refusal = pilot.refused(people.coordinator, seen);
    expect(refusal).toMatchObject({ name: "NewerRevision", details: { deliverables: ["FS-5"] } });
    expect(refusal.message).toContain("FS-5 has a newer revision");
  });

  test.each([
    ["rework without reason", "rework", { deliverables: [{ deliverableId: "NA-4" }] }],
    ["rework of nothing", "rework", { reason: "Thin" }],
    ["rework of another stage", "rework", { reason: "Thin", deliverables: [{ deliverableId: "IN-1" }] }],
    ["rework in no time", "rework", { reason: "Thin", deliverables: [{ deliverableId: "NA-4", dueInDays: 0 }] }],
    ["hold without a day to go on", "hold", { reason: "Training" }],
    ["hold beyond 180 days", "hold", { reason: "Training", resumeOn: "2028-01-01" }],
    ["stop without reason", "stop", {}],
    ["conditions without any", "advance_with_conditions", { reason: "Nearly" }],
    [
      "a condition due in the past",
      "advance_with_conditions",
      { reason: "Nearly", conditions: [{ text: "Hire", ownerRole: "sme", dueOn: "2026-01-01" }] },
    ],
    ["skip without a listed reason", "skip", { skip: { reasonId: "bored", evidence: "None" } }],
    ["skip without proof", "skip", { skip: { reasonId: "programme_decision", evidence: " " } }],
    ["skip for another reason, unsaid", "skip", { skip: { reasonId: "other_with_text", evidence: "Minutes" } }],
  ] as const)("needs what the decision needs: %s is refused", (_what, decision, more) => {
    const pilot = atGate1().scoreGate("needs-1");
    expect(pilot.refused(people.coordinator, decide(pilot, "needs-1", decision, more)).name).toBe("RuleBroken");
  });

  test("stop ends the pilot", () => {
    const pilot = atGate1().scoreGate("needs-1");
    pilot.run(people.coordinator, decide(pilot, "needs-1", "stop", { reason: "No market" }));
    expect(pilot.state.pilot).toMatchObject({ status: "stopped", endReason: "No market" });
    expect(pilot.stageRun("needs-1").status).toBe("stopped");
    expect(pilot.task("needs-1.gate_decision.1").status).toBe("completed");
  });

  test("hold waits, then the same round is decided again", () => {
    const pilot = atGate1().scoreGate("needs-1");
    const command = decide(pilot, "needs-1", "hold", { reason: "Training first", resumeOn: "2027-02-01" });
    pilot.run(people.coordinator, command);
    expect(pilot.state.pilot).toMatchObject({ status: "on_hold", hold: { resumeOn: "2027-02-01" } });
    expect(pilot.stageRun("needs-1").status).toBe("on_hold");
    expect(pilot.task("needs-1.gate_decision.1").status).toBe("suspended");
    expect(pilot.run(people.coordinator, command)).toBeUndefined();
    pilot.pass({ days: 30 }).run(people.coordinator, { type: "ResumePilot" });
    expect(pilot.stageRun("needs-1").status).toBe("at_gate");
    expect(pilot.task("needs-1.gate_decision.1").status).toBe("ready");
    pilot.run(people.coordinator, decide(pilot, "needs-1", "advance"));
    expect(pilot.state.gates["needs-1"]?.decisions.map(({ decision }) => decision)).toEqual(["hold", "advance"]);
  });
});

describe("rework at gate 2 (story 5)", () => {
  function sentBack() {
    const pilot = atGate2();
    file(pilot, score(pilot, "feasibility-1", people.coordinator, 3));
    file(pilot, score(pilot, "feasibility-1", people.expert, 3, ["G2-M3"]));
    file(pilot, score(pilot, "feasibility-1", people.otherExpert, 2));
    return pilot;
  }
  const rework = { reason: "Funding is not secured", deliverables: [{ deliverableId: "FS-5", dueInDays: 21 }] };

  test("reopens the named deliverable and what rests on it, with a date each", () => {
    const pilot = sentBack();
    expect(pilot.refused(people.coordinator, decide(pilot, "feasibility-1", "advance"))).toMatchObject({
      name: "DecisionNotOffered",
    });
    pilot.at("2026-11-30T09:00:00.000Z").run(people.coordinator, decide(pilot, "feasibility-1", "rework", rework));
    const open = Object.values(pilot.state.deliverables).filter(({ status }) => status === "rework");
    expect(open.map(({ id }) => id)).toEqual(["FS-5", "FS-7"]);
    expect(pilot.openTask("FS-5", "produce")).toMatchObject({
      id: "FS-5.produce.2",
      dueAt: "2026-12-21T21:59:00.000Z",
    });
    expect(pilot.deliverable("FS-5")).toMatchObject({ revision: 1, dueAt: "2026-12-21T21:59:00.000Z" });
    expect(pilot.deliverable("FS-5").dueDateChanges).toMatchObject([
      { kind: "rework", reason: "Funding is not secured", personId: "coordinator" },
    ]);
    expect(Date.parse(pilot.deliverable("FS-7").dueAt)).toBeGreaterThan(Date.parse(pilot.deliverable("FS-5").dueAt));
    expect(pilot.stageRun("feasibility-1").status).toBe("active");
    expect(pilot.state.gates["feasibility-1"]?.status).toBe("closed");
  });

  test("opens the gate again with both new revisions, and keeps both rounds", () => {
    const pilot = sentBack();
    pilot.run(people.coordinator, decide(pilot, "feasibility-1", "rework", rework));
    const openGate = { type: "OpenGate", runId: "feasibility-1" } as const;
    pilot.settle("FS-5");
    expect(pilot.run(people.system, openGate)).toBeUndefined();
    pilot.settle("FS-7").run(people.system, openGate);
    expect(pilot.state.gates["feasibility-1"]).toMatchObject({ round: 2, status: "open", scores: [] });
    pilot.passGate("feasibility-1");
    const decisions = pilot.state.gates["feasibility-1"]?.decisions ?? [];
    expect(decisions.map(({ round, decision }) => [round, decision])).toEqual([
      [1, "rework"],
      [2, "advance"],
    ]);
    expect(decisions[0]?.scores).toHaveLength(3);
    expect(decisions[1]?.basedOn).toMatchObject({ "FS-5": 2, "FS-7": 2, "FS-3": 1 });
  });

  test("needs the programme's approval the third time", () => {
    const pilot = atGate1();
    const again = { reason: "Still thin", deliverables: [{ deliverableId: "NA-6" }] };
    for (let round = 1; round <= 2; round++) {
      pilot.scoreGate("needs-1").run(people.coordinator, decide(pilot, "needs-1", "rework", again));
      pilot.settle("NA-6").run(people.system, { type: "OpenGate", runId: "needs-1" });
    }
    pilot.scoreGate("needs-1");
    const third = decide(pilot, "needs-1", "rework", again);
    expect(why(pilot, "needs-1", "rework")).toContain("approval");
    expect(pilot.refused(people.coordinator, third).details).toEqual({ pointer: "/programmeApproval" });
    const programmeApproval = "Steering group, minutes 7";
    pilot.event("GateDecided", people.coordinator, { ...third, programmeApproval });
    expect(pilot.state.gates["needs-1"]?.decisions.at(-1)).toMatchObject({ decision: "rework", programmeApproval });
  });
});

describe("a deliverable reopened at the gate", () => {
  test("ends the round undecided; the next one begins after the work", () => {
    const pilot = atGate1();
    file(pilot, score(pilot, "needs-1", people.coordinator, 3));
    pilot.run(people.coordinator, { type: "ReopenDeliverable", deliverableId: "NA-2", reason: "Error", dueInDays: 7 });
    expect(pilot.stageRun("needs-1").status).toBe("active");
    expect(pilot.state.gates["needs-1"]).toMatchObject({ status: "closed", round: 1, decisions: [] });
    expect(pilot.task("needs-1.gate_decision.1").status).toBe("exited");
    pilot.settle("NA-2").run(people.system, { type: "OpenGate", runId: "needs-1" });
    expect(pilot.state.gates["needs-1"]).toMatchObject({ status: "open", round: 2, scores: [] });
  });
});

describe("conditions", () => {
  const conditions = [
    { text: "Hire a Swedish speaker", ownerRole: "sme", dueOn: "2026-12-01" },
    { text: "Find a second buyer", ownerRole: "advisor", dueOn: "2026-12-11" },
  ] as const;

  function withConditions() {
    const pilot = atGate1().scoreGate("needs-1");
    pilot.run(
      people.coordinator,
      decide(pilot, "needs-1", "advance_with_conditions", { reason: "Nearly there", conditions }),
    );
    pilot.run(people.system, { type: "CloseStage", runId: "needs-1" });
    return pilot.openStage("feasibility-1");
  }

  test("become tasks of their owners, with dates", () => {
    const pilot = withConditions();
    expect(pilot.stageRun("needs-1").status).toBe("passed_with_conditions");
    expect(pilot.state.pilot.conditions).toMatchObject([
      { id: "needs-1-c1", text: "Hire a Swedish speaker", ownerRole: "sme", dueAt: "2026-12-01T21:59:00.000Z" },
      { id: "needs-1-c2", ownerRole: "advisor", taskId: "needs-1-c2.condition" },
    ]);
    expect(pilot.task("needs-1-c1.condition")).toMatchObject({
      kind: "condition",
      status: "ready",
      candidateRole: "sme",
    });
    expect(pilot.task("needs-1-c2.condition")).toMatchObject({ status: "reserved", assigneeId: "advisor" });
    expect(pilot.state.gates["needs-1"]?.decisions[0]?.conditionIds).toEqual(["needs-1-c1", "needs-1-c2"]);
  });

  test("past due block going on at the next gate until they are met", () => {
    const pilot = withConditions().at("2026-12-03T08:00:00.000Z").atGate("feasibility-1").scoreGate("feasibility-1");
    expect(offered(pilot, "feasibility-1")).toEqual(["rework", "hold", "stop"]);
    expect(why(pilot, "feasibility-1", "advance")).toContain("Hire a Swedish speaker");
    const met = { type: "MeetCondition", conditionId: "needs-1-c1", evidence: "Contract" } as const;
    pilot.run(people.admin, met);
    expect(offered(pilot, "feasibility-1")).toContain("advance");
    expect(pilot.task("needs-1-c1.condition")).toMatchObject({ status: "completed", assigneeId: "admin" });
    expect(pilot.state.pilot.conditions[0]).toMatchObject({ metAt: pilot.now, evidence: "Contract" });
    expect(pilot.run(people.admin, met)).toBeUndefined();
  });

  test("are met by their owner or the coordinator, with evidence", () => {
    const pilot = withConditions();
    const met = { type: "MeetCondition", conditionId: "needs-1-c1", evidence: "Contract" } as const;
    expect(pilot.refused(people.advisor, met).name).toBe("NotAllowed");
    expect(pilot.refused(people.admin, { ...met, evidence: "" }).name).toBe("RuleBroken");
    expect(pilot.refused(people.admin, { ...met, conditionId: "needs-1-c9" }).name).toBe("NotFound");
    expect(pilot.run(people.coordinator, met)?.type).toBe("ConditionMet");
  });

  test("of the last gate are met after the pilot is completed", () => {
    const pilot = given().inStage("guidance").atGate("guidance-1").scoreGate("guidance-1");
    const dueOn = pilot.pass({ days: 30 }).now.slice(0, 10);
    pilot.pass({ days: -30 });
    const last = [{ text: "Sign the lease", ownerRole: "sme", dueOn }] as const;
    pilot.run(
      people.coordinator,
      decide(pilot, "guidance-1", "advance_with_conditions", { reason: "Nearly", conditions: last }),
    );
    pilot.run(people.system, { type: "CloseStage", runId: "guidance-1" });
    expect(pilot.state.pilot.status).toBe("completed");
    pilot.run(people.admin, { type: "MeetCondition", conditionId: "guidance-1-c1", evidence: "Lease" });
    expect(pilot.task("guidance-1-c1.condition").status).toBe("completed");
  });
});

describe("skipping the next stage", () => {
  const skip = { reasonId: "already_done_elsewhere", evidence: "Study of 2025, file 12" } as const;

  test("takes two coordinators", () => {
    const pilot = atGate1().scoreGate("needs-1");
    const command = decide(pilot, "needs-1", "skip", { skip });
    expect(pilot.run(people.coordinator, command)?.type).toBe("GateSkipProposed");
    expect(pilot.stageRun("needs-1").status).toBe("at_gate");
    expect(pilot.refused(people.coordinator, command).name).toBe("FourEyesNeeded");
    const event = pilot.event("GateDecided", people.otherCoordinator, command);
    expect(event.data).toMatchObject({ decision: "skip", by: ["coordinator", "other-coordinator"] });
    // Nobody said it in words: an id of the process is not what people read as the reason.
    expect(event).not.toHaveProperty("reason");
    expect(pilot.state.gates["needs-1"]?.decisions.at(-1)?.skip).toEqual({
      reason: "already_done_elsewhere",
      evidence: "Study of 2025, file 12",
    });
    expect(pilot.stageRun("needs-1").status).toBe("passed");
  });

  test("records the stage as skipped and plans the one after", () => {
    const pilot = atGate1().scoreGate("needs-1");
    const command = decide(pilot, "needs-1", "skip", { skip });
    pilot.run(people.coordinator, command);
    pilot.run(people.otherCoordinator, command);
    pilot.run(people.system, { type: "CloseStage", runId: "needs-1" });
    expect(pilot.stageRun("feasibility-1")).toMatchObject({
      status: "skipped",
      skip: {
        reason: "already_done_elsewhere",
        evidence: "Study of 2025, file 12",
        by: ["coordinator", "other-coordinator"],
      },
    });
    expect(pilot.state.pilot.currentRunId).toBe("adaptation-1");
    expect(pilot.stageRun("adaptation-1").status).toBe("planned");
  });

  test("can be declined with a reason, or taken back; then every decision is open again", () => {
    const pilot = atGate1().scoreGate("needs-1");
    const decline = { type: "DeclineGateSkip", runId: "needs-1", round: 1, reason: "The study is too old." } as const;
    expect(pilot.run(people.otherCoordinator, decline)).toBeUndefined();
    for (const who of [people.otherCoordinator, people.coordinator]) {
      pilot.run(people.coordinator, decide(pilot, "needs-1", "skip", { skip }));
      expect(pilot.refused(people.advisor, decline).name).toBe("NotAllowed");
      expect(pilot.refused(who, { ...decline, reason: " " }).details).toEqual({ pointer: "/reason" });
      expect(pilot.event("GateSkipDeclined", who, decline)).toMatchObject({
        reason: "The study is too old.",
        data: { runId: "needs-1", proposerPersonId: "coordinator" },
      });
      expect(pilot.state.gates["needs-1"]?.skipProposal).toBeUndefined();
      expect(pilot.task("needs-1.gate_decision.1").status).toBe("ready");
    }
    expect(offered(pilot, "needs-1")).toContain("advance");
    expect(pilot.refused(people.otherCoordinator, { ...decline, round: 2 }).name).toBe("NotInThisState");
  });

  test("can be turned down by deciding otherwise", () => {
    const pilot = atGate1().scoreGate("needs-1");
    pilot.run(people.coordinator, decide(pilot, "needs-1", "skip", { skip }));
    pilot.run(people.otherCoordinator, decide(pilot, "needs-1", "advance"));
    expect(pilot.state.gates["needs-1"]?.skipProposal).toBeUndefined();
    pilot.run(people.system, { type: "CloseStage", runId: "needs-1" });
    expect(pilot.stageRun("feasibility-1").status).toBe("planned");
  });

  test("the last stage completes the pilot", () => {
    const pilot = given().inStage("adaptation").atGate("adaptation-1").scoreGate("adaptation-1");
    const command = decide(pilot, "adaptation-1", "skip", {
      skip: { reasonId: "other_with_text", text: "The company has a subsidiary there", evidence: "Register extract" },
    });
    pilot.run(people.coordinator, command);
    pilot.run(people.otherCoordinator, command);
    pilot.run(people.system, { type: "CloseStage", runId: "adaptation-1" });
    expect(pilot.stageRun("guidance-1").skip?.reason).toBe("The company has a subsidiary there");
    expect(pilot.state.pilot.status).toBe("completed");
  });
});
