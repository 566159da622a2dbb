import { describe, expect, test } from "vitest";
import { given, people } from "./given.ts";

/** NA-1 submitted and its review claimed by the advisor. */
function inReview() {
  const pilots = given().inStage("needs");
  pilots.submit("NA-1");
  pilots.claimReview("NA-1");
  return pilots;
}

describe("accepting", () => {
  test("settles the deliverable, completes the review and keeps points and weighted score", () => {
    const pilots = inReview();
    pilots.run(people.advisor, pilots.review("NA-1", "accepted", { points: { complete: 4, capacity: 3, finance: 4 } }));
    expect(pilots.deliverable("NA-1")).toMatchObject({
      status: "accepted",
      acceptedAt: pilots.now,
      reviews: [{ revision: 1, reviewerId: "advisor", outcome: "accepted", weightedPercent: 92.5 }],
    });
    expect(pilots.task("NA-1.review.1")).toMatchObject({ status: "completed", completedAt: pilots.now, reminders: [] });
  });

  test("changes nothing when pressed twice", () => {
    const pilots = inReview();
    const review = pilots.review("NA-1", "accepted");
    pilots.run(people.advisor, review);
    expect(pilots.run(people.advisor, review)).toBeUndefined();
    expect(pilots.deliverable("NA-1").reviews).toHaveLength(1);
  });

  test("is possible only when the scores say so, and the refusal says what is missing", () => {
    const pilots = inReview();
    const low = { complete: 1, capacity: 4, finance: 4 };
    const missed = pilots.refused(
      people.advisor,
      pilots.review("NA-1", "accepted", { points: low, criterionComments: { complete: "No register number." } }),
    );
    expect(missed.name).toBe("RuleBroken");
    expect(missed.message).toContain("at least 2 points for: Complete and consistent with the register");

    const weak = { complete: 2, capacity: 2, finance: 2 };
    const comments = { complete: "Thin.", capacity: "Thin.", finance: "Thin." };
    const refusal = pilots.refused(
      people.advisor,
      pilots.review("NA-1", "accepted", { points: weak, criterionComments: comments }),
    );
    expect(refusal.message).toContain("its weighted score is 50 of 100, and 60 of 100 is needed");
  });

  test("needs points for every criterion and a comment below three", () => {
    const pilots = inReview();
    const accept = (points: Record<string, number>) =>
      pilots.refused(people.advisor, pilots.review("NA-1", "accepted", { points })).details.criterionIds;
    expect(accept({ complete: 4, capacity: 4 })).toEqual(["finance"]);
    expect(accept({ complete: 4, capacity: 4, finance: 2 })).toEqual(["finance"]);
    expect(accept({ complete: 4, capacity: 4, finance: 5 })).toEqual(["finance"]);
    expect(accept({ complete: 4, capacity: 4, finance: 3, charm: 4 })).toEqual(["charm"]);
  });

  test("of NA-5 sets the pilot's markets, of the application its title", () => {
    const pilots = given().applicationAccepted({ legalName: "Baltic Care SIA", serviceName: "CareLink" });
    expect(pilots.state.pilot.title).toBe("Baltic Care SIA: CareLink");
    const walked = given().inStage("feasibility");
    expect(walked.state.pilot).toMatchObject({ primaryMarket: "LV", secondaryMarkets: ["LT"] });
  });

  test("of NA-1 takes over a corrected company name", () => {
    const pilots = given().inStage("needs");
    pilots.submit("NA-1", people.admin, { legalName: "Baltic Care Group SIA" });
    pilots.accept("NA-1");
    expect(pilots.state.pilot.title).toBe("Baltic Care Group SIA: Example text.");
  });

  test("does not admit the applicant yet", () => {
    expect(given().applicationAccepted().state.pilot.status).toBe("applied");
  });

  test("of guidance that others wrote is the company's", () => {
    const pilots = given().inStage("guidance");
    pilots.submit("LC-5");
    pilots.accept("LC-5", people.member);
    expect(pilots.deliverable("LC-5")).toMatchObject({ status: "accepted", reviews: [{ reviewerId: "member" }] });
  });
});

describe("sending to rework", () => {
  const fieldComments = [
    { pointer: "/city", text: "The register says otherwise." },
    { pointer: "/hoursPerWeek", text: "Is this realistic?" },
    { pointer: "/city", text: "And its postcode." },
  ];

  test("opens the commented fields, with a new task and two weeks", () => {
    const pilots = inReview();
    const from = pilots.deliverable("NA-1").dueAt;
    pilots.run(people.advisor, pilots.review("NA-1", "rework", { fieldComments }));
    const dueAt = "2026-11-16T21:59:00.000Z";
    expect(pilots.deliverable("NA-1")).toMatchObject({
      status: "rework",
      openFields: ["/city", "/hoursPerWeek"],
      dueAt,
      reviews: [{ outcome: "rework", fieldComments }],
      dueDateChanges: [{ from, to: dueAt, kind: "rework", personId: "advisor" }],
    });
    expect(pilots.task("NA-1.produce.2")).toMatchObject({
      title: "NA-1 Company profile",
      status: "ready",
      candidateRole: "sme",
      dueAt,
    });
    expect(pilots.task("NA-1.produce.2").reminders.map(({ at }) => at > pilots.now)).not.toContain(false);
  });

  test("leads to a next revision with its own review", () => {
    const pilots = inReview();
    pilots.run(people.advisor, pilots.review("NA-1", "rework", { fieldComments }));
    pilots.submit("NA-1");
    expect(pilots.deliverable("NA-1")).toMatchObject({ status: "submitted", revision: 2, openFields: [] });
    expect(pilots.task("NA-1.review.2").status).toBe("ready");
    pilots.accept("NA-1");
    expect(pilots.deliverable("NA-1").reviews.map(({ outcome }) => outcome)).toEqual(["rework", "accepted"]);
  });

  test("opens the whole form when the comments are on criteria or on all of it", () => {
    const pilots = inReview();
    pilots.run(
      people.advisor,
      pilots.review("NA-1", "rework", { fieldComments: [], criterionComments: { finance: "Too rosy." } }),
    );
    expect(pilots.deliverable("NA-1").openFields).toEqual([]);
  });

  test("needs a comment that says what to do, on a field or criterion that exists", () => {
    const pilots = inReview();
    const rework = (changes: Parameters<typeof pilots.review>[2]) =>
      pilots.refused(people.advisor, pilots.review("NA-1", "rework", changes));
    expect(rework({ fieldComments: [] }).message).toContain("Comment on at least one field");
    expect(rework({ fieldComments: [], criterionComments: { finance: " " } }).name).toBe("RuleBroken");
    expect(rework({ criterionComments: { charm: "More." } }).name).toBe("RuleBroken");
    expect(rework({ fieldComments: [{ pointer: "/city", text: "" }] }).details).toEqual({
      pointer: "/fieldComments/0/text",
    });
    expect(rework({ fieldComments: [{ pointer: "/mood", text: "Cheer up." }] }).details).toEqual({
      pointer: "/fieldComments/0/pointer",
    });
  });
});

describe("a reviewer", () => {
  test("claims first, and the deliverable is then in review", () => {
    const pilots = given().inStage("needs");
    pilots.submit("NA-1");
    expect(pilots.refused(people.advisor, pilots.review("NA-1", "accepted")).message).toBe("Claim the review first.");
    pilots.claimReview("NA-1");
    expect(pilots.deliverable("NA-1").status).toBe("in_review");
  });

  test("is one person: another who may review is told who has it", () => {
    const both = [
      { personId: "advisor", role: "advisor", country: "EE" },
      { personId: "other-advisor", role: "advisor", country: "FI" },
    ] as const;
    const pilots = given().inStage("needs", both);
    pilots.submit("NA-1");
    pilots.claimReview("NA-1");
    expect(pilots.refused(people.otherAdvisor, pilots.review("NA-1", "accepted"))).toMatchObject({
      name: "TaskTaken",
      details: { assigneeId: "advisor" },
    });
  });

  test("is never one who delivered it", () => {
    const pilots = given().inStage("needs").settle("NA-1", "NA-2", "NA-3");
    const coordinatorsTwin = { ...people.coordinator, personId: "advisor" };
    pilots.submit("NA-4", people.advisor);
    expect(pilots.refused(coordinatorsTwin, { type: "ClaimTask", taskId: "NA-4.review.1" })).toMatchObject({
      name: "NotAllowed",
    });
    pilots.accept("NA-4");
  });

  test("is of the role the process names", () => {
    const pilots = inReview();
    expect(pilots.refused(people.coordinator, pilots.review("NA-1", "accepted")).message).toBe(
      "Company profile is reviewed by the pilot's advisors.",
    );
    expect(pilots.refused(people.lab, pilots.review("NA-1", "accepted")).name).toBe("NotAllowed");
    expect(pilots.refused(people.strangerSme, pilots.review("NA-1", "accepted")).name).toBe("NotFound");
  });

  test("decides about the revision that counts", () => {
    const pilots = inReview();
    const review = pilots.review("NA-1", "rework");
    pilots.run(people.advisor, review);
    pilots.submit("NA-1");
    pilots.claimReview("NA-1");
    expect(pilots.refused(people.advisor, { ...review, outcome: "accepted" })).toMatchObject({
      name: "NewerRevision",
      message: "NA-1 has a newer revision. Read it before you decide.",
      details: { deliverables: ["NA-1"], currentRevision: 2 },
    });
  });

  test("who looked at an older version of the deliverable is told the current one", () => {
    const pilots = inReview();
    const { version } = pilots.deliverable("NA-1");
    const stale = pilots.review("NA-1", "accepted", { expectedVersion: version - 1 });
    expect(pilots.refused(people.advisor, stale)).toMatchObject({
      name: "StaleVersion",
      details: { currentVersion: version },
    });
    pilots.run(people.advisor, { ...stale, expectedVersion: version });
  });

  test("cannot decide while the pilot is on hold", () => {
    const pilots = inReview();
    const review = pilots.review("NA-1", "accepted");
    pilots.run(people.coordinator, { type: "HoldPilot", reason: "Summer.", resumeOn: "2026-12-01" });
    expect(pilots.refused(people.advisor, review)).toMatchObject({ details: { status: "on_hold" } });
    pilots.run(people.coordinator, { type: "ResumePilot" });
    pilots.run(people.advisor, review);
    expect(pilots.deliverable("NA-1").status).toBe("accepted");
  });
});

describe("a late review", () => {
  test("moves the company's other open dates in the stage by the delay, and no one else's", () => {
    const pilots = inReview();
    const [before, others] = [pilots.deliverable("NA-2").dueAt, pilots.deliverable("NA-4").dueAt];
    expect(pilots.task("NA-1.review.1").dueAt).toBe("2026-11-09T21:59:00.000Z");
    pilots.at("2026-11-11T09:00:00.000Z").run(people.advisor, pilots.review("NA-1", "accepted"));
    expect(before).toBe("2026-11-12T21:59:00.000Z");
    // Two days later is a Saturday.
    const to = "2026-11-16T21:59:00.000Z";
    expect(pilots.deliverable("NA-2")).toMatchObject({
      dueAt: to,
      dueDateChanges: [{ from: before, to, kind: "review_late", reason: "The review of NA-1 was late." }],
    });
    expect(pilots.task("NA-2.produce.1").dueAt).toBe(to);
    expect(pilots.deliverable("NA-4").dueAt).toBe(others);
  });

  test("leaves overdue what its delay does not excuse", () => {
    const pilots = given().inStage("needs").at("2026-11-10T09:00:00.000Z");
    pilots.submit("NA-1");
    pilots.claimReview("NA-1");
    pilots.at("2026-11-19T09:00:00.000Z").run(people.advisor, pilots.review("NA-1", "accepted"));
    expect(pilots.deliverable("NA-2").dueAt).toBe("2026-11-16T21:59:00.000Z");
    while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined);
    expect(pilots.task("NA-2.produce.1").overdueSince).toBeDefined();
  });

  test("in time moves nothing", () => {
    const pilots = inReview().at("2026-11-09T20:00:00.000Z");
    pilots.run(people.advisor, pilots.review("NA-1", "accepted"));
    expect(pilots.deliverable("NA-2").dueDateChanges).toEqual([]);
  });
});

describe("the follow-up", () => {
  test("ends when the last survey is accepted", () => {
    const pilots = given().inStage("guidance").atGate("guidance-1").passGate("guidance-1");
    for (const { opensAt, month } of pilots.state.pilot.followUps) {
      expect(pilots.state.pilot.status).toBe("completed");
      pilots.at(opensAt);
      while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined);
      pilots.settle(`FU-1-${month}`);
    }
    expect(pilots.state.pilot.status).toBe("followed_up");
  });
});
