import { describe, expect, test } from "vitest";
import type { CommandOf } from "../../../shared/domain/pilot/commands.ts";
import { fullExample } from "../../fixtures/form-examples.ts";
import { firstMorning, given, people } from "./given.ts";

const needs = () => given().inStage("needs");

const draft = (deliverableId: string, changes: Partial<CommandOf<"SaveDraft">> = {}): CommandOf<"SaveDraft"> => ({
  type: "SaveDraft",
  deliverableId,
  baseDraftVersion: 0,
  values: {},
  changedFields: [],
  ...changes,
});

const hold = { type: "HoldPilot", reason: "Summer.", resumeOn: "2026-12-01" } as const;

describe("saving a draft", () => {
  test("starts the work and gives the task to who saved, without a claim", () => {
    const pilots = needs();
    pilots.run(people.member, draft("NA-1", { values: { legalName: "Example SIA" } }));
    expect(pilots.deliverable("NA-1")).toMatchObject({
      status: "in_progress",
      draftVersion: 1,
      draftSavedBy: "member",
      draftSavedAt: firstMorning,
    });
    expect(pilots.task("NA-1.produce.1")).toMatchObject({
      status: "in_progress",
      assigneeId: "member",
      ownerId: "member",
    });
  });

  test("leaves the task with its role when somebody of another role helps", () => {
    const pilots = needs();
    pilots.run(people.member, draft("NA-4"));
    expect(pilots.deliverable("NA-4").status).toBe("in_progress");
    expect(pilots.task("NA-4.produce.1")).toMatchObject({ status: "reserved", assigneeId: "advisor" });
  });

  test("leaves the task with a colleague who has it", () => {
    const pilots = needs();
    pilots.run(people.member, { type: "ClaimTask", taskId: "NA-1.produce.1" });
    pilots.run(people.admin, draft("NA-1"));
    expect(pilots.task("NA-1.produce.1")).toMatchObject({ status: "reserved", assigneeId: "member" });
  });

  test("is refused when somebody saved in between, and says who and when", () => {
    const pilots = needs();
    pilots.run(people.member, draft("NA-4"));
    pilots.pass({ hours: 1 });
    expect(pilots.refused(people.admin, draft("NA-4"))).toMatchObject({
      name: "StaleDraft",
      details: { currentVersion: 1, savedBy: "member", savedAt: firstMorning },
    });
    pilots.run(people.admin, draft("NA-4", { baseDraftVersion: 1 }));
    expect(pilots.deliverable("NA-4").draftVersion).toBe(2);
  });

  test("asks for nothing yet, but refuses wrong types and unknown fields with their places", () => {
    const pilots = needs();
    const values = { headcount: "twelve", shoeSize: 44 };
    const refusal = pilots.refused(people.member, draft("NA-1", { values }));
    expect(refusal.name).toBe("FormIncomplete");
    expect(refusal.details.gaps).toEqual([
      expect.objectContaining({ pointer: "/headcount", problem: "invalid" }),
      expect.objectContaining({ pointer: "/shoeSize", problem: "invalid" }),
    ]);
  });

  test("is for those the process names, and for nobody outside", () => {
    const pilots = needs();
    expect(pilots.refused(people.expert, draft("NA-1"))).toMatchObject({
      name: "NotAllowed",
      message: "Company profile is filled in by the company.",
    });
    expect(pilots.refused(people.coordinator, draft("NA-1")).name).toBe("NotAllowed");
    expect(pilots.refused(people.otherAdvisor, draft("NA-4")).name).toBe("NotFound");
    expect(pilots.refused(people.strangerSme, draft("NA-1")).name).toBe("NotFound");
    expect(pilots.refused(people.member, draft("NA-99")).name).toBe("NotFound");
    expect(pilots.refused(people.member, draft("constructor")).name).toBe("NotFound");
  });

  test("changes in rework only the fields the reviewer named, and what lies in or around them", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    pilots.sendBack("NA-1", { fieldComments: [{ pointer: "/exportExperience/0/since", text: "Since 2019?" }] });
    const change = (...changedFields: string[]) => draft("NA-1", { changedFields });

    expect(pilots.refused(people.member, change("/city", "/exportExperience"))).toMatchObject({
      name: "RuleBroken",
      details: { closed: ["/city"] },
    });
    expect(pilots.refused(people.member, change("/exportExperience/0/sinceWhen")).name).toBe("RuleBroken");
    pilots.run(people.member, change("/exportExperience"));
    pilots.run(people.member, { ...change("/exportExperience/0/since"), baseDraftVersion: 1 });
    expect(pilots.deliverable("NA-1")).toMatchObject({ status: "rework", draftVersion: 2 });
  });

  test("is free in rework when the comments named no field", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    pilots.sendBack("NA-1");
    pilots.run(people.member, draft("NA-1", { changedFields: ["/city"] }));
    expect(pilots.deliverable("NA-1").draftVersion).toBe(1);
  });

  test("is not possible after submission, nor while the pilot is on hold", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    expect(pilots.refused(people.member, draft("NA-1"))).toMatchObject({
      name: "NotInThisState",
      details: { status: "submitted" },
    });
    pilots.run(people.coordinator, hold);
    const refusal = pilots.refused(people.member, draft("NA-2"));
    expect(refusal).toMatchObject({ name: "NotInThisState", details: { status: "on_hold" } });
    expect(refusal.message).toContain("on hold");
  });
});

describe("submitting", () => {
  test("is refused with a list of the missing evidence fields, each with its place", () => {
    const pilots = needs().settle("NA-1", "NA-2");
    const { values, ...submission } = pilots.submission("NA-3");
    const { managementEvidence: _managementEvidence, ...incomplete } = values;
    const refusal = pilots.refused(people.admin, {
      ...submission,
      values: { ...incomplete, legalEvidence: " " },
    });
    expect(refusal.name).toBe("FormIncomplete");
    expect(refusal.details.gaps).toEqual([
      expect.objectContaining({ pointer: "/managementEvidence", label: "Evidence: management commitment" }),
      expect.objectContaining({ pointer: "/legalEvidence", problem: "missing" }),
    ]);
    expect(refusal.message).toContain("2 fields need attention");
  });

  test("freezes a revision, locks the draft and gives the reviewer a task for five working days", () => {
    const pilots = needs();
    const event = pilots.event("DeliverableSubmitted", people.admin, pilots.submission("NA-1"));

    expect(event.data).toMatchObject({
      revision: 1,
      formVersion: 1,
      late: false,
      checksum: "checksum of NA-1 revision 1",
    });
    expect(pilots.deliverable("NA-1")).toMatchObject({
      status: "submitted",
      revision: 1,
      submittedBy: "admin",
      submittedAt: firstMorning,
      late: false,
    });
    expect(pilots.task("NA-1.produce.1")).toMatchObject({ status: "completed", assigneeId: "admin", reminders: [] });
    expect(pilots.task("NA-1.review.1")).toMatchObject({
      title: "Review NA-1 Company profile",
      status: "ready",
      candidateRole: "advisor",
      dueAt: "2026-11-09T21:59:00.000Z",
      reminders: [{ step: "review", at: "2026-11-09T21:59:00.000Z" }],
    });
  });

  test("makes one revision when two press within the same second, and tells the second who was first", () => {
    const pilots = needs();
    const [first, second] = [pilots.submission("NA-1"), pilots.submission("NA-1")];
    pilots.at("2026-11-02T08:02:11.100Z").run(people.member, first);
    pilots.at("2026-11-02T08:02:11.900Z");
    expect(pilots.refused(people.admin, second)).toMatchObject({
      name: "AlreadySubmitted",
      reason: "submitted_already",
      details: { submittedBy: "member", submittedAt: "2026-11-02T08:02:11.100Z" },
    });
    expect(pilots.deliverable("NA-1").revision).toBe(1);
  });

  test("is refused on a draft that others have changed", () => {
    const pilots = needs();
    const submission = pilots.submission("NA-1");
    pilots.saveDraft("NA-1");
    expect(pilots.refused(people.admin, submission).name).toBe("StaleDraft");
  });

  test("waits for the deliverables it builds on, and names them", () => {
    const pilots = needs();
    expect(pilots.refused(people.admin, pilots.submission("NA-3"))).toMatchObject({
      name: "DependenciesOpen",
      details: { waitsFor: ["NA-1", "NA-2"] },
      message: "NA-3 waits for NA-1, NA-2 to be accepted.",
    });
    pilots.settle("NA-1").submit("NA-2");
    expect(pilots.refused(people.admin, pilots.submission("NA-3")).details.waitsFor).toEqual(["NA-2"]);
  });

  test("does not wait for what was skipped", () => {
    const pilots = given().inStage("feasibility").settle("FS-2");
    pilots.run(people.advisor, proposal);
    pilots.run(people.coordinator, { type: "DecideDeliverableSkip", deliverableId: "FS-1", approve: true });
    pilots.submit("FS-5");
    expect(pilots.deliverable("FS-5").status).toBe("submitted");
  });

  test("ignores answers to questions that are not asked", () => {
    const pilots = needs().settle("NA-1");
    pilots.run(people.admin, {
      ...pilots.submission("NA-2"),
      values: fullExample("NA-2", { aiUsed: false, aiDescription: "" }),
    });
    expect(pilots.deliverable("NA-2").status).toBe("submitted");
  });

  test("is refused where fields contradict each other", () => {
    const pilots = needs();
    const refusal = pilots.refused(people.admin, pilots.submission("NA-1", { headcount: 1, headcountTech: 5 }));
    expect(refusal.name).toBe("FormIncomplete");
    expect(refusal.details.gaps).toEqual([expect.objectContaining({ pointer: "/headcount" })]);
  });

  test("is possible above the focus size: the waiver is the coordinator's to give", () => {
    expect(given().applied({ headcount: 34 }).deliverable("IN-1").status).toBe("submitted");
  });

  test("is a member's only when the company's admin lets them", () => {
    const pilots = needs();
    const refusal = pilots.refused({ ...people.member, maySubmit: false }, pilots.submission("NA-1"));
    expect(refusal.name).toBe("NotAllowed");
    expect(refusal.message).toContain("admin");
  });

  test("after the due date marks the deliverable late for good, and clears what reminded of it", () => {
    const pilots = needs().pass({ days: 20 });
    while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined);
    expect(pilots.openTask("NA-1", "produce").escalatedAt).toBeDefined();
    expect(pilots.state.pilot.atRiskSince).toBeDefined();

    pilots.settle("NA-1", "NA-2", "NA-3", "NA-4");
    expect(pilots.deliverable("NA-1")).toMatchObject({ status: "accepted", late: true });
    expect(pilots.task("NA-1.produce.1")).not.toHaveProperty("overdueSince");
    expect(pilots.task("NA-1.produce.1")).not.toHaveProperty("escalatedAt");
    expect(pilots.state.pilot).not.toHaveProperty("atRiskSince");
  });
});

describe("taking a submission back", () => {
  const withdraw = { type: "WithdrawSubmission", deliverableId: "NA-1" } as const;

  test("opens the draft again with its task and ends the review that nobody has begun", () => {
    const pilots = needs();
    const before = pilots.task("NA-1.produce.1").reminders;
    pilots.submit("NA-1");
    pilots.pass({ hours: 2 }).run(people.admin, withdraw);
    expect(pilots.deliverable("NA-1")).toMatchObject({ status: "in_progress", revision: 1 });
    expect(pilots.task("NA-1.review.1").status).toBe("exited");
    expect(pilots.task("NA-1.produce.1")).toMatchObject({
      status: "in_progress",
      assigneeId: "admin",
      reminders: before,
    });
    expect(pilots.task("NA-1.produce.1")).not.toHaveProperty("completedAt");
    expect(pilots.run(people.admin, withdraw)).toBeUndefined();
    pilots.submit("NA-1");
    expect(pilots.deliverable("NA-1").revision).toBe(2);
    expect(pilots.task("NA-1.review.2").status).toBe("ready");
  });

  test("finds the task as late as it was, and what was sent is not sent again", () => {
    const pilots = needs().pass({ days: 11 });
    while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined);
    const { overdueSince, fired } = pilots.task("NA-1.produce.1");
    pilots.submit("NA-1");
    pilots.run(people.admin, withdraw);
    expect(pilots.task("NA-1.produce.1")).toMatchObject({ overdueSince, fired });
    expect(pilots.task("NA-1.produce.1").reminders.map(({ step }) => step)).toEqual(["esc2", "esc3"]);
  });

  test("after a hold finds the date that the hold has moved", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    pilots.run(people.coordinator, hold);
    pilots.pass({ days: 7 }).run(people.coordinator, { type: "ResumePilot" });
    pilots.run(people.admin, withdraw);
    expect(pilots.deliverable("NA-1").dueAt).toBe("2026-11-16T21:59:00.000Z");
    expect(pilots.task("NA-1.produce.1").dueAt).toBe("2026-11-16T21:59:00.000Z");
  });

  test("is refused once the review has begun, and when there is nothing to take back", () => {
    const pilots = needs();
    expect(pilots.refused(people.admin, withdraw).name).toBe("NotInThisState");
    pilots.submit("NA-1");
    pilots.claimReview("NA-1");
    const refusal = pilots.refused(people.admin, withdraw);
    expect(refusal.name).toBe("NotInThisState");
    expect(refusal.message).toContain("The review has begun");
  });
});

const proposal = {
  type: "ProposeDeliverableSkip",
  deliverableId: "FS-1",
  reasonId: "recent_study_exists",
  note: "The cluster's study of March covers it.",
} as const;

describe("skipping a deliverable", () => {
  const decision = { type: "DecideDeliverableSkip", deliverableId: "FS-1", approve: true } as const;
  const feasibility = () => given().inStage("feasibility");

  test("takes a proposal and a second person's approval, and both stay on record", () => {
    const pilots = feasibility();
    pilots.run(people.advisor, proposal);
    expect(pilots.run(people.advisor, proposal)).toBeUndefined();
    pilots.run(people.coordinator, decision);
    expect(pilots.deliverable("FS-1")).toMatchObject({
      status: "skipped",
      skip: { reason: proposal.reasonId, note: proposal.note, by: ["advisor", "coordinator"], at: firstMorning },
    });
    expect(pilots.deliverable("FS-1")).not.toHaveProperty("skipProposal");
    expect(pilots.task("FS-1.produce.1").status).toBe("obsolete");
    expect(pilots.run(people.coordinator, decision)).toBeUndefined();
  });

  test("is never one person's decision", () => {
    const pilots = feasibility();
    pilots.run(people.coordinator, proposal);
    expect(pilots.refused(people.coordinator, decision).name).toBe("FourEyesNeeded");
    pilots.run(people.otherCoordinator, decision);
    expect(pilots.deliverable("FS-1").skip?.by).toEqual(["coordinator", "other-coordinator"]);
  });

  test("can be declined, and proposed again", () => {
    const pilots = feasibility();
    pilots.run(people.advisor, proposal);
    pilots.run(people.coordinator, { ...decision, approve: false, reason: "The study is of another market." });
    expect(pilots.deliverable("FS-1")).not.toHaveProperty("skipProposal");
    expect(pilots.refused(people.coordinator, decision).name).toBe("NotInThisState");
    pilots.run(people.advisor, { ...proposal, note: "The market is the same." });
    expect(pilots.deliverable("FS-1").skipProposal?.note).toBe("The market is the same.");
    expect(pilots.refused(people.admin, proposal).name).toBe("NotInThisState");
  });

  test("is possible only where the process allows it, for a listed reason and with a note", () => {
    const pilots = feasibility();
    expect(pilots.refused(people.advisor, { ...proposal, deliverableId: "FS-2" }).name).toBe("RuleBroken");
    expect(pilots.refused(people.advisor, { ...proposal, reasonId: "no_end_users" })).toMatchObject({
      name: "RuleBroken",
      details: { pointer: "/reasonId", reasons: ["recent_study_exists"] },
    });
    expect(pilots.refused(people.advisor, { ...proposal, note: "" })).toMatchObject({ details: { pointer: "/note" } });
  });

  test("is not possible once work has begun, be it after the proposal", () => {
    const pilots = feasibility();
    pilots.run(people.advisor, proposal);
    pilots.saveDraft("FS-1");
    expect(pilots.refused(people.coordinator, decision)).toMatchObject({
      name: "NotInThisState",
      details: { status: "in_progress" },
    });
  });

  test("is decided by coordinators only", () => {
    const pilots = feasibility();
    pilots.run(people.admin, proposal);
    expect(pilots.refused(people.advisor, decision).name).toBe("NotAllowed");
    expect(pilots.refused(people.expert, { ...proposal, deliverableId: "FS-6" }).name).toBe("NotAllowed");
  });
});

describe("reopening an accepted deliverable", () => {
  const reopen = {
    type: "ReopenDeliverable",
    deliverableId: "NA-1",
    reason: "Figures were wrong.",
    dueInDays: 7,
  } as const;

  test("gives its performer a new task and date, for a new revision", () => {
    const pilots = needs().settle("NA-1");
    pilots.run(people.coordinator, reopen);
    expect(pilots.run(people.coordinator, reopen)).toBeUndefined();
    expect(pilots.deliverable("NA-1")).toMatchObject({
      status: "reopened",
      reopenReason: "Figures were wrong.",
      dueAt: "2026-11-09T21:59:00.000Z",
    });
    expect(pilots.deliverable("NA-1")).not.toHaveProperty("acceptedAt");
    expect(pilots.task("NA-1.produce.2")).toMatchObject({ status: "ready", dueAt: "2026-11-09T21:59:00.000Z" });
    pilots.settle("NA-1");
    expect(pilots.deliverable("NA-1")).toMatchObject({ status: "accepted", revision: 2 });
  });

  test("takes a run back from its gate: the round ends undecided and opens anew later", () => {
    const pilots = given().admitted().atGate("needs-1");
    pilots.run(people.coordinator, { ...reopen, deliverableId: "NA-4" });
    expect(pilots.stageRun("needs-1").status).toBe("active");
    expect(pilots.state.gates["needs-1"]).toMatchObject({ status: "closed", round: 1 });
    expect(pilots.task("needs-1.gate_decision.1").status).toBe("exited");
    pilots.settle("NA-4").run(people.system, { type: "OpenGate", runId: "needs-1" });
    expect(pilots.state.gates["needs-1"]).toMatchObject({ status: "open", round: 2 });
  });

  test("is the coordinator's, with a reason, for what is accepted", () => {
    const pilots = needs().settle("NA-1");
    expect(pilots.refused(people.advisor, reopen).name).toBe("NotAllowed");
    expect(pilots.refused(people.coordinator, { ...reopen, reason: "" }).name).toBe("RuleBroken");
    expect(pilots.refused(people.coordinator, { ...reopen, dueInDays: 0 }).name).toBe("RuleBroken");
    expect(pilots.refused(people.coordinator, { ...reopen, deliverableId: "NA-2" }).name).toBe("NotInThisState");
    expect(pilots.refused(people.coordinator, { ...reopen, deliverableId: "IN-1" }).name).toBe("NotInThisState");
  });
});

describe("extending a due date", () => {
  const extend = {
    type: "ExtendDueDate",
    deliverableId: "NA-1",
    days: 14,
    reason: "The bookkeeper is ill.",
    kind: "extension",
  } as const;

  test("moves deliverable and task, keeps the old date with reason and person, and reminds of the new one", () => {
    const pilots = needs();
    const from = pilots.deliverable("NA-1").dueAt;
    pilots.run(people.advisor, extend);
    const to = "2026-11-23T21:59:00.000Z";
    expect(from).toBe("2026-11-09T21:59:00.000Z");
    expect(pilots.deliverable("NA-1")).toMatchObject({
      dueAt: to,
      dueDateChanges: [{ from, to, reason: extend.reason, personId: "advisor", at: firstMorning, kind: "extension" }],
    });
    expect(pilots.task("NA-1.produce.1").dueAt).toBe(to);
    expect(pilots.task("NA-1.produce.1").reminders).toContainEqual({ step: "soon", at: "2026-11-16T06:00:00.000Z" });
  });

  test("lifts the marks of lateness and lets each step come once for the new date", () => {
    const pilots = needs().pass({ days: 11 });
    const fire = () => {
      let steps = 0;
      while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined) steps += 1;
      return steps;
    };
    fire();
    expect(pilots.task("NA-1.produce.1").overdueSince).toBeDefined();
    pilots.run(people.coordinator, { ...extend, days: 20 });
    expect(pilots.task("NA-1.produce.1")).not.toHaveProperty("overdueSince");
    pilots.at(pilots.deliverable("NA-1").dueAt);
    expect(fire()).toBeGreaterThan(0);
    const overdue = pilots.task("NA-1.produce.1").fired.filter(({ step }) => step === "due");
    expect(overdue.map(({ dueAt }) => dueAt)).toEqual(["2026-11-09T21:59:00.000Z", pilots.deliverable("NA-1").dueAt]);
  });

  test("is the advisor's once, by 14 days at most; the coordinator goes further", () => {
    const pilots = needs();
    expect(pilots.refused(people.advisor, { ...extend, days: 15 }).name).toBe("NotAllowed");
    expect(pilots.refused(people.advisor, { ...extend, kind: "dependency" }).name).toBe("NotAllowed");
    pilots.run(people.advisor, { ...extend, days: 7 });
    expect(pilots.refused(people.advisor, { ...extend, days: 7 }).name).toBe("NotAllowed");
    pilots.run(people.coordinator, { ...extend, days: 30 });
    expect(pilots.deliverable("NA-1").dueDateChanges.map(({ kind }) => kind)).toEqual(["extension", "extension"]);
    expect(pilots.refused(people.admin, extend).name).toBe("NotAllowed");
  });

  test("says what a deliverable waited for, and is refused as a dependency where it waits for nothing", () => {
    const pilots = needs();
    const dependent = { ...extend, deliverableId: "NA-4", kind: "dependency" } as const;
    expect(pilots.refused(people.coordinator, { ...dependent, deliverableId: "NA-1" })).toMatchObject({
      name: "RuleBroken",
      details: { pointer: "/kind" },
    });
    pilots.run(people.coordinator, dependent);
    expect(pilots.deliverable("NA-4").dueDateChanges).toMatchObject([{ kind: "dependency", waitsFor: ["NA-2"] }]);
  });

  test("needs a reason, whole days and a day ahead", () => {
    const pilots = needs();
    expect(pilots.refused(people.coordinator, { ...extend, reason: " " }).name).toBe("RuleBroken");
    expect(pilots.refused(people.coordinator, { ...extend, days: 1.5 }).name).toBe("RuleBroken");
    pilots.pass({ days: 30 });
    expect(pilots.refused(people.coordinator, { ...extend, days: 3 }).message).toContain("past already");
  });

  test("does not concern what is submitted", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    expect(pilots.refused(people.coordinator, extend).name).toBe("NotInThisState");
  });

  test("that is asked for stands with the deliverable until a later date is given, and is asked once", () => {
    const pilots = needs();
    const ask = { type: "RequestExtension", deliverableId: "NA-1", until: "2026-11-20", reason: "Illness." } as const;
    pilots.run(people.member, ask);
    expect(pilots.run(people.member, ask)).toBeUndefined();
    expect(pilots.deliverable("NA-1").extensionRequest).toMatchObject({ until: "2026-11-20", personId: "member" });
    pilots.run(people.advisor, {
      type: "ExtendDueDate",
      deliverableId: "NA-1",
      days: 7,
      reason: "Agreed.",
      kind: "extension",
    });
    expect(pilots.deliverable("NA-1")).not.toHaveProperty("extensionRequest");
  });

  test("is asked for by the performer, with a day and a reason; the date stays", () => {
    const pilots = needs();
    const ask = { type: "RequestExtension", deliverableId: "NA-1", until: "2026-11-20", reason: "Illness." } as const;
    const before = pilots.deliverable("NA-1");
    const event = pilots.event("ExtensionRequested", people.member, ask);
    expect(event).toMatchObject({ reason: "Illness.", data: { deliverableId: "NA-1", until: "2026-11-20" } });
    expect(pilots.deliverable("NA-1").dueAt).toBe(before.dueAt);
    for (const until of ["2026-11-09", "2026-02-31", "soon"]) {
      expect(pilots.refused(people.member, { ...ask, until }).name).toBe("RuleBroken");
    }
    expect(pilots.refused(people.lab, ask).name).toBe("NotAllowed");
  });
});
