import { describe, expect, test } from "vitest";
import type { PilotCommand } from "../../../shared/domain/pilot/commands.ts";
import type { TeamMember } from "../../../shared/domain/pilot/state.ts";
import { given, people, team } from "./given.ts";

const taskId = "NA-1.produce.1";
const claim = { type: "ClaimTask", taskId } as const;
const start = { type: "StartTask", taskId } as const;
const release = { type: "ReleaseTask", taskId } as const;

const twoAdvisors: readonly TeamMember[] = [...team, { personId: "other-advisor", role: "advisor", country: "FI" }];

const needs = (members = team) => given().inStage("needs", members);

/** A team of two advisors, one of whom has the review of NA-1. */
function reviewClaimed() {
  const pilots = needs(twoAdvisors);
  pilots.submit("NA-1");
  pilots.claimReview("NA-1");
  return { pilots, reviewId: "NA-1.review.1" };
}

describe("a new task", () => {
  test("is the one team member's of its role at once; with more candidates, or none known, it waits to be claimed", () => {
    const pilots = needs();
    expect(pilots.task("NA-6.produce.1")).toMatchObject({
      status: "reserved",
      assigneeId: "advisor",
      ownerId: "advisor",
      candidateRole: "advisor",
    });
    expect(pilots.task("NA-1.produce.1").status).toBe("ready");
    expect(needs(twoAdvisors).task("NA-6.produce.1").status).toBe("ready");
    const alone = needs(team.filter(({ role }) => role === "advisor"));
    expect(alone.task("NA-6.produce.1").assigneeId).toBe("advisor");
  });

  test("to review is always there to be claimed", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    expect(pilots.task("NA-1.review.1").status).toBe("ready");
    expect(pilots.task("NA-1.review.1")).not.toHaveProperty("assigneeId");
  });
});

describe("claiming", () => {
  test("is first come, first served: the second sees who has it, the same person changes nothing", () => {
    const pilots = needs();
    pilots.run(people.member, claim);
    expect(pilots.task(taskId)).toMatchObject({ status: "reserved", assigneeId: "member", ownerId: "member" });
    expect(pilots.run(people.member, claim)).toBeUndefined();
    expect(pilots.refused(people.admin, claim)).toMatchObject({
      name: "TaskTaken",
      details: { assigneeId: "member" },
    });
    const sawItReady = { ...claim, expectedVersion: 1 };
    expect(pilots.refused(people.admin, sawItReady).name).toBe("TaskTaken");
  });

  test("of one review by two advisors gives it to one", () => {
    const { pilots, reviewId } = reviewClaimed();
    expect(pilots.refused(people.otherAdvisor, { type: "ClaimTask", taskId: reviewId })).toMatchObject({
      name: "TaskTaken",
      details: { assigneeId: "advisor" },
    });
    expect(pilots.task(reviewId).assigneeId).toBe("advisor");
  });

  test("of a version that is gone is refused with the current one", () => {
    const pilots = needs();
    pilots.run(people.coordinator, { type: "SetTaskPriority", taskId, priority: "high" });
    expect(pilots.refused(people.member, { ...claim, expectedVersion: 1 })).toMatchObject({
      name: "StaleVersion",
      details: { currentVersion: 2 },
    });
    pilots.run(people.member, { ...claim, expectedVersion: 2 });
  });

  test("is for the role's people", () => {
    const pilots = needs();
    expect(pilots.refused(people.advisor, claim)).toMatchObject({
      name: "NotAllowed",
      message: "This task is for the company.",
    });
    expect(pilots.refused(people.auditor, claim).name).toBe("NotAllowed");
    expect(pilots.refused(people.strangerSme, claim).name).toBe("NotFound");
    expect(pilots.refused(people.member, { ...claim, taskId: "NA-9.produce.1" }).name).toBe("NotFound");
  });

  test("is over when the task is, and waits while the pilot is on hold", () => {
    const pilots = needs();
    pilots.submit("NA-1");
    expect(pilots.refused(people.member, claim)).toMatchObject({ details: { status: "completed" } });
    pilots.run(people.coordinator, { type: "HoldPilot", reason: "Summer.", resumeOn: "2026-12-01" });
    expect(pilots.refused(people.member, { ...claim, taskId: "NA-2.produce.1" }).message).toContain("on hold");
  });
});

describe("the time of a claim", () => {
  test("is when a task came to somebody, and stays while it goes from hand to hand", () => {
    const pilots = needs(twoAdvisors).pass({ days: 1 });
    pilots.run(people.advisor, { type: "ClaimTask", taskId: "NA-6.produce.1" });
    const claimedAt = pilots.now;
    pilots.pass({ days: 1 });
    pilots.run(people.coordinator, { type: "NominateTask", taskId: "NA-6.produce.1", toPersonId: "other-advisor" });
    expect(pilots.task("NA-6.produce.1")).toMatchObject({ assigneeId: "other-advisor", claimedAt });
  });

  test("is that of the opening where a task is somebody's at once", () => {
    const pilots = needs();
    expect(pilots.task("NA-6.produce.1").claimedAt).toBe(pilots.now);
    expect(pilots.task("NA-1.produce.1")).not.toHaveProperty("claimedAt");
  });

  test("ends with a release and begins anew with the next claim", () => {
    const pilots = needs();
    pilots.run(people.member, claim);
    pilots.pass({ days: 1 }).run(people.member, release);
    expect(pilots.task(taskId)).not.toHaveProperty("claimedAt");
    pilots.pass({ days: 1 }).run(people.admin, claim);
    expect(pilots.task(taskId).claimedAt).toBe(pilots.now);
  });
});

describe("starting and releasing", () => {
  test("a claimed task begins the work on its deliverable; released it waits for the next", () => {
    const pilots = needs();
    expect(pilots.refused(people.member, start).message).toBe("Nobody has claimed this task. Claim it first.");
    pilots.run(people.member, claim);
    expect(pilots.refused(people.admin, start).name).toBe("TaskTaken");
    pilots.run(people.member, start);
    expect(pilots.run(people.member, start)).toBeUndefined();
    expect(pilots.task(taskId).status).toBe("in_progress");
    expect(pilots.deliverable("NA-1").status).toBe("in_progress");

    expect(pilots.refused(people.admin, release).name).toBe("TaskTaken");
    pilots.run(people.member, release);
    expect(pilots.run(people.member, release)).toBeUndefined();
    expect(pilots.task(taskId)).toMatchObject({ status: "ready" });
    expect(pilots.task(taskId)).not.toHaveProperty("assigneeId");
    pilots.run(people.admin, claim);
    expect(pilots.deliverable("NA-1").status).toBe("in_progress");
  });

  test("a released review gives the performer the chance to take the submission back", () => {
    const { pilots, reviewId } = reviewClaimed();
    pilots.run(people.advisor, { type: "ReleaseTask", taskId: reviewId });
    expect(pilots.deliverable("NA-1").status).toBe("submitted");
    pilots.run(people.otherAdvisor, { type: "ClaimTask", taskId: reviewId });
    expect(pilots.deliverable("NA-1").status).toBe("in_review");
  });
});

describe("delegating", () => {
  const delegate = { type: "DelegateTask", taskId, toPersonId: "member" } as const;

  test("leaves the task with its owner, who gets it back when it is returned", () => {
    const pilots = needs();
    pilots.run(people.admin, claim);
    pilots.run(people.admin, delegate);
    expect(pilots.run(people.admin, delegate)).toBeUndefined();
    expect(pilots.task(taskId)).toMatchObject({
      status: "reserved",
      assigneeId: "member",
      ownerId: "admin",
      delegationState: "pending",
    });
    expect(pilots.refused(people.member, release).message).toContain("Return it to its owner");
    pilots.run(people.member, start);
    const giveBack = { type: "ReturnTask", taskId } as const;
    pilots.run(people.member, giveBack);
    expect(pilots.run(people.member, giveBack)).toBeUndefined();
    expect(pilots.task(taskId)).toMatchObject({
      status: "reserved",
      assigneeId: "admin",
      ownerId: "admin",
      delegationState: "resolved",
    });
  });

  test("a review keeps it in review, and the delegate decides", () => {
    const { pilots, reviewId } = reviewClaimed();
    pilots.run(people.advisor, { type: "DelegateTask", taskId: reviewId, toPersonId: "other-advisor" });
    expect(pilots.deliverable("NA-1").status).toBe("in_review");
    expect(pilots.refused(people.advisor, pilots.review("NA-1", "accepted")).name).toBe("TaskTaken");
    pilots.run(people.otherAdvisor, pilots.review("NA-1", "accepted"));
    expect(pilots.deliverable("NA-1").status).toBe("accepted");
  });

  test("needs somebody who has the task, a candidate who is not the owner, and the right", () => {
    const { pilots, reviewId } = reviewClaimed();
    expect(pilots.refused(people.admin, { ...delegate, taskId: "NA-2.produce.1" })).toMatchObject({
      name: "NotInThisState",
      details: { status: "ready" },
    });
    const of = (toPersonId: string) => ({ type: "DelegateTask", taskId: reviewId, toPersonId }) as const;
    expect(pilots.refused(people.advisor, of("expert"))).toMatchObject({
      name: "RuleBroken",
      message: "Choose one of the pilot's advisors.",
    });
    expect(pilots.refused(people.member, of("other-advisor")).name).toBe("NotAllowed");
    expect(pilots.refused(people.admin, of("other-advisor")).name).toBe("NotAllowed");
    expect(pilots.run(people.advisor, of("advisor"))).toBeUndefined();
    pilots.run(people.advisor, of("other-advisor"));
    expect(pilots.refused(people.advisor, of("advisor")).message).toContain("belongs to this person already");
    expect(pilots.refused(people.otherAdvisor, of("advisor")).message).toContain("Only its owner");
  });

  test("is undone by the owner too, and a task nobody delegated is not returned", () => {
    const pilots = needs();
    pilots.run(people.admin, claim);
    expect(pilots.refused(people.admin, { type: "ReturnTask", taskId }).message).toContain("not delegated");
    pilots.run(people.admin, delegate);
    expect(pilots.refused(people.coordinator, { type: "ReturnTask", taskId }).name).toBe("TaskTaken");
    pilots.run(people.admin, { type: "ReturnTask", taskId });
    expect(pilots.task(taskId).assigneeId).toBe("admin");
  });
});

describe("forwarding", () => {
  test("to a person moves the responsibility", () => {
    const { pilots, reviewId } = reviewClaimed();
    pilots.run(people.advisor, {
      type: "ForwardTask",
      taskId: reviewId,
      toPersonId: "other-advisor",
      reason: "I am away.",
    });
    expect(pilots.task(reviewId)).toMatchObject({
      status: "reserved",
      assigneeId: "other-advisor",
      ownerId: "other-advisor",
    });
    expect(pilots.deliverable("NA-1").status).toBe("in_review");
  });

  test("to a role the process allows puts it into that role's list", () => {
    const pilots = needs();
    const forward = { type: "ForwardTask", taskId: "NA-4.produce.1", toRole: "sme" } as const;
    pilots.run(people.advisor, forward);
    expect(pilots.task("NA-4.produce.1")).toMatchObject({ status: "ready", candidateRole: "sme" });
    expect(pilots.task("NA-4.produce.1")).not.toHaveProperty("ownerId");
    expect(pilots.run(people.coordinator, forward)).toBeUndefined();
    expect(pilots.refused(people.coordinator, { ...forward, toRole: "living_lab" }).message).toBe(
      "The process does not give this task to the pilot's living lab.",
    );
    pilots.run(people.member, { type: "ClaimTask", taskId: "NA-4.produce.1" });
  });

  test("of a review never reaches one who delivered it", () => {
    const pilots = needs();
    pilots.settle("NA-1", "NA-2").submit("NA-4", people.member);
    const forward = { type: "ForwardTask", taskId: "NA-4.review.1" } as const;
    const [submitter, performer] = ["member", "advisor"];
    expect(pilots.task("NA-4.produce.1").assigneeId).toBe(performer);
    expect(pilots.refused(people.coordinator, { ...forward, toPersonId: performer }).name).toBe("NotAllowed");
    expect(pilots.refused(people.coordinator, { ...forward, toPersonId: submitter }).name).toBe("NotAllowed");
    pilots.run(people.coordinator, { ...forward, toPersonId: "other-coordinator" });
  });

  test("names either a person or a role", () => {
    const pilots = needs();
    const forward = { type: "ForwardTask", taskId: "NA-4.produce.1" } as const;
    expect(pilots.refused(people.advisor, forward).name).toBe("RuleBroken");
    expect(pilots.refused(people.advisor, { ...forward, toRole: "sme", toPersonId: "advisor" }).name).toBe(
      "RuleBroken",
    );
  });
});

describe("nominating", () => {
  const nominate = { type: "NominateTask", taskId, toPersonId: "member" } as const;

  test("is how the coordinator names who does a task", () => {
    const pilots = needs();
    pilots.run(people.admin, claim);
    pilots.run(people.coordinator, nominate);
    expect(pilots.run(people.coordinator, nominate)).toBeUndefined();
    expect(pilots.task(taskId)).toMatchObject({ status: "reserved", assigneeId: "member", ownerId: "member" });
    expect(pilots.refused(people.admin, nominate).name).toBe("NotAllowed");
  });

  test("begins a review, and takes only members of the role", () => {
    const pilots = needs(twoAdvisors);
    pilots.submit("NA-1");
    const review = { ...nominate, taskId: "NA-1.review.1" };
    expect(pilots.refused(people.coordinator, { ...review, toPersonId: "lab" })).toMatchObject({
      details: { pointer: "/toPersonId" },
    });
    pilots.run(people.coordinator, { ...review, toPersonId: "other-advisor" });
    expect(pilots.deliverable("NA-1").status).toBe("in_review");
  });
});

describe("priority", () => {
  test("is set by the coordinator and by the role the task is for", () => {
    const pilots = needs();
    const high = { type: "SetTaskPriority", taskId, priority: "high" } as const;
    pilots.run(people.coordinator, high);
    expect(pilots.run(people.admin, high)).toBeUndefined();
    expect(pilots.task(taskId).priority).toBe("high");
    expect(pilots.refused(people.lab, { ...high, priority: "normal" }).name).toBe("NotAllowed");
  });
});

describe("a task that cannot be done", () => {
  const fail = { type: "FailTask", taskId, reason: "The figures are with our former accountant." } as const;

  test("fails with a reason, and the work waits for somebody else with its date and what was sent", () => {
    const pilots = needs().pass({ days: 6 });
    while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined);
    pilots.run(people.member, claim);
    const before = pilots.task(taskId);
    pilots.run(people.member, fail);
    expect(pilots.task(taskId)).toMatchObject({ status: "failed", failReason: fail.reason, reminders: [] });
    expect(pilots.task("NA-1.produce.2")).toMatchObject({
      status: "ready",
      priority: "high",
      dueAt: before.dueAt,
      reminders: before.reminders,
      fired: before.fired,
    });
    pilots.submit("NA-1", people.admin);
    expect(pilots.task("NA-1.produce.2").status).toBe("completed");
  });

  test("is not put back on the one person who gave it up", () => {
    const pilots = needs();
    pilots.run(people.advisor, { ...fail, taskId: "NA-6.produce.1" });
    expect(pilots.task("NA-6.produce.2").status).toBe("ready");
  });

  test("needs a reason and is not a review", () => {
    const { pilots, reviewId } = reviewClaimed();
    expect(pilots.refused(people.advisor, { ...fail, taskId: reviewId }).name).toBe("RuleBroken");
    pilots.run(people.admin, { ...claim, taskId: "NA-2.produce.1" });
    expect(pilots.refused(people.admin, { ...fail, taskId: "NA-2.produce.1", reason: "" }).name).toBe("RuleBroken");
    expect(pilots.refused(people.member, { ...fail, taskId: "NA-2.produce.1" }).name).toBe("TaskTaken");
  });
});

describe("a forecast", () => {
  test("answers “still on track?” and leaves the due date alone", () => {
    const pilots = needs();
    const forecast = { type: "GiveForecast", taskId, on: "2026-11-20", note: "Waiting for the audit." } as const;
    const { dueAt } = pilots.task(taskId);
    pilots.run(people.member, forecast);
    expect(pilots.run(people.member, forecast)).toBeUndefined();
    expect(pilots.task(taskId)).toMatchObject({
      dueAt,
      forecast: { on: "2026-11-20", note: "Waiting for the audit.", at: pilots.now },
    });
    for (const on of ["2026-11-01", "2026-13-01", "tomorrow"]) {
      expect(pilots.refused(people.member, { ...forecast, on }).name).toBe("RuleBroken");
    }
    expect(pilots.refused(people.advisor, forecast).name).toBe("NotAllowed");
  });
});

describe("after the end of the pilot", () => {
  test("no operation finds a task to work on", () => {
    const pilots = needs();
    pilots.run(people.admin, { type: "WithdrawPilot", reason: "The owner has sold the company." });
    const commands: PilotCommand[] = [claim, start, release, { type: "FailTask", taskId, reason: "Too late." }];
    for (const command of commands) {
      expect(pilots.refused(people.member, command)).toMatchObject({
        name: "NotInThisState",
        details: { status: "withdrawn" },
      });
    }
  });
});
