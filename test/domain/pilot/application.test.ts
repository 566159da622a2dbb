import { describe, expect, test } from "vitest";
import { eligibilityOf } from "../../../shared/domain/pilot/application.ts";
import { defaultParameters } from "../../../shared/domain/pilot/context.ts";
import { fullExample } from "../../fixtures/form-examples.ts";
import { firstMorning, given, people, team } from "./given.ts";

const start = {
  type: "StartApplication",
  pilotId: "pilot-1",
  organisationId: "sme-1",
  country: "LV",
  title: "Example SIA: Example service",
  sample: false,
} as const;

const admit = { type: "AdmitPilot", team } as const;

describe("starting an application", () => {
  test("gives the company the application form to fill in, ten days from now in its own time zone", () => {
    const pilots = given();
    pilots.run(people.member, start);

    expect(pilots.state.pilot).toMatchObject({ status: "applied", organisationId: "sme-1", country: "LV", version: 1 });
    expect(pilots.state.sequence).toBe(1);
    expect(pilots.deliverable("IN-1")).toMatchObject({ status: "not_started", dueAt: "2026-11-12T21:59:00.000Z" });
    expect(pilots.task("IN-1.produce.1")).toMatchObject({
      title: "IN-1 Pilot application",
      status: "ready",
      candidateRole: "sme",
      estimatedHours: 40,
      dueAt: "2026-11-12T21:59:00.000Z",
    });
    expect(pilots.task("IN-1.produce.1").reminders.map(({ step }) => step)).toEqual([
      "soon",
      "followup",
      "near",
      "due",
      "esc1",
      "esc2",
      "esc3",
    ]);
  });

  test("changes nothing when pressed twice", () => {
    const pilots = given();
    pilots.run(people.member, start);
    expect(pilots.run(people.member, start)).toBeUndefined();
    expect(pilots.events).toHaveLength(1);
  });

  test("is refused for another company and for roles that do not apply", () => {
    expect(given().refused(people.strangerSme, start).name).toBe("NotFound");
    expect(given().refused(people.advisor, start).name).toBe("NotAllowed");
  });

  test("is refused to another company under an id that is taken", () => {
    const pilots = given();
    pilots.run(people.member, start);
    expect(pilots.refused(people.strangerSme, { ...start, organisationId: "sme-2" }).name).toBe("NotFound");
  });

  test("needs a title", () => {
    expect(given().refused(people.member, { ...start, title: " " })).toMatchObject({
      name: "RuleBroken",
      details: { pointer: "/title" },
    });
  });
});

describe("eligibility", () => {
  const application = fullExample("IN-1", { headcount: 24 });

  test("shows the focus rule and the remaining aid room of a company with 24 people and EUR 42 000 of aid", () => {
    expect(eligibilityOf(application, [], defaultParameters, "2026-11-02")).toEqual({
      headcount: 24,
      sizeClass: "small",
      focusRuleMet: true,
      aidReceivedEur: 42_000,
      aidElsewhereEur: 0,
      aidRoomEur: 258_000,
      aidRoomSuffices: true,
    });
  });

  test("asks for a waiver above the programme's focus size, and excludes companies that are no SME", () => {
    const of = (headcount: number) => eligibilityOf({ ...application, headcount }, [], defaultParameters, "2026-11-02");
    expect(of(9)).toMatchObject({ focusRuleMet: true, sizeClass: "micro" });
    expect(of(30)).toMatchObject({ focusRuleMet: true, sizeClass: "small" });
    expect(of(34)).toMatchObject({ focusRuleMet: false, sizeClass: "small" });
    expect(of(249)).toMatchObject({ focusRuleMet: false, sizeClass: "medium" });
    expect(of(250)).toMatchObject({ focusRuleMet: false, sizeClass: undefined });
  });

  test("counts turnover and balance sheet as well", () => {
    const of = (turnoverEur: number, balanceSheetEur: number) =>
      eligibilityOf({ ...application, turnoverEur, balanceSheetEur }, [], defaultParameters, "2026-11-02").sizeClass;
    expect(of(60_000_000, 43_000_000)).toBe("medium");
    expect(of(60_000_000, 44_000_000)).toBeUndefined();
  });

  test("is not assumed of an application without figures", () => {
    expect(eligibilityOf({}, [], defaultParameters, "2026-11-02")).toMatchObject({
      sizeClass: undefined,
      focusRuleMet: false,
    });
  });
});

describe("admitting a pilot", () => {
  test("opens the first stage with its six tasks once, even when pressed twice", () => {
    const pilots = given().applicationAccepted({ headcount: 24 });
    pilots.run(people.coordinator, admit);
    expect(pilots.run(people.coordinator, admit)).toBeUndefined();
    pilots.openStage("needs-1");
    expect(pilots.run(people.system, { type: "OpenStage", runId: "needs-1" })).toBeUndefined();
    expect(pilots.run(people.otherCoordinator, admit)).toBeUndefined();

    expect(pilots.state.pilot).toMatchObject({
      status: "active",
      admittedAt: firstMorning,
      currentRunId: "needs-1",
      team,
    });
    expect(Object.keys(pilots.state.runs)).toEqual(["needs-1"]);
    const tasks = Object.values(pilots.state.tasks).filter(({ runId }) => runId === "needs-1");
    expect(tasks.map(({ deliverableId }) => deliverableId)).toEqual(["NA-1", "NA-2", "NA-3", "NA-4", "NA-5", "NA-6"]);
    for (const task of tasks) expect(task.dueAt > firstMorning).toBe(true);
  });

  test("pins the version of the process the stage is to follow", () => {
    const pilots = given().admitted();
    expect(pilots.stageRun("needs-1")).toMatchObject({ status: "planned", processVersion: 1, executionNumber: 1 });
  });

  test("is not possible before the application is accepted", () => {
    const refusal = given().applied().refused(people.coordinator, admit);
    expect(refusal.name).toBe("NotInThisState");
    expect(refusal.message).toContain("accept the application first");
  });

  test("needs a written waiver for a company above the focus size", () => {
    const pilots = given().applicationAccepted({ headcount: 34 });
    expect(pilots.refused(people.coordinator, admit)).toMatchObject({
      name: "RuleBroken",
      details: { pointer: "/waiverReason" },
    });
    expect(pilots.refused(people.coordinator, { ...admit, waiverReason: " " }).name).toBe("RuleBroken");
    pilots.run(people.coordinator, { ...admit, waiverReason: "The team for this service has 12 people." });
    expect(pilots.state.pilot.waiverReason).toBe("The team for this service has 12 people.");
  });

  test("is impossible for a company of 250, waiver or not", () => {
    const pilots = given().applicationAccepted();
    pilots.accepted["IN-1"] = fullExample("IN-1", { headcount: 250 });
    const refusal = pilots.refused(people.coordinator, { ...admit, waiverReason: "A good cause." });
    expect(refusal).toMatchObject({ name: "RuleBroken", details: { pointer: "/headcount" } });
  });

  test("is refused when the planned support does not fit under the aid ceiling", () => {
    const pilots = given().applicationAccepted();
    const grant = { grantor: "Fund", measure: "Grant", grantedOn: "2026-01-15", amountEur: 290_000 };
    pilots.accepted["IN-1"] = fullExample("IN-1", { deMinimisReceived: [grant] });
    const refusal = pilots.refused(people.coordinator, admit);
    expect(refusal).toMatchObject({ name: "RuleBroken", details: { aidRoomEur: 10_000 } });
  });

  test("counts under the ceiling what the company's other pilots gave, to the cent", () => {
    const pilots = given().applicationAccepted();
    const grant = { grantor: "Fund", measure: "Grant", grantedOn: "2026-01-15", amountEur: 250_000 };
    pilots.accepted["IN-1"] = fullExample("IN-1", { deMinimisReceived: [grant] });
    pilots.aidElsewhere.push({ grantedOn: "2026-05-01", amountEur: 30_000.01 });
    expect(pilots.refused(people.coordinator, admit)).toMatchObject({
      name: "RuleBroken",
      details: { pointer: "/deMinimisReceived" },
    });
    pilots.aidElsewhere.splice(0, 1, { grantedOn: "2026-05-01", amountEur: 30_000 });
    const admitted = pilots.run(people.coordinator, admit);
    expect(admitted, "the agreement names what the application states").toMatchObject({
      data: { terms: { aidReceivedEur: 250_000 } },
    });
  });

  test("needs an advisor, and everybody once per role", () => {
    const pilots = given().applicationAccepted();
    const withoutAdvisor = team.filter(({ role }) => role !== "advisor");
    expect(pilots.refused(people.coordinator, { ...admit, team: withoutAdvisor }).name).toBe("RuleBroken");
    expect(pilots.refused(people.coordinator, { ...admit, team: [...team, ...team] }).name).toBe("RuleBroken");
  });

  test("is the coordinator's alone", () => {
    const pilots = given().applicationAccepted();
    for (const actor of [people.admin, people.advisor, people.auditor]) {
      expect(pilots.refused(actor, admit).name).toBe("NotAllowed");
    }
    expect(pilots.refused({ ...people.coordinator, programmeId: "programme-2" }, admit).name).toBe("NotFound");
  });
});

describe("rejecting an application", () => {
  const reject = { type: "RejectApplication", reason: "The service is not digital." } as const;

  test("ends it with a reason and leaves nobody anything to do", () => {
    const pilots = given().applied();
    pilots.run(people.coordinator, reject);
    expect(pilots.state.pilot).toMatchObject({ status: "rejected", endReason: reject.reason, endedAt: firstMorning });
    expect(pilots.deliverable("IN-1").status).toBe("cancelled");
    expect(pilots.task("IN-1.review.1").status).toBe("exited");
    expect(pilots.run(people.coordinator, reject)).toBeUndefined();
  });

  test("needs a reason the company can read", () => {
    expect(
      given()
        .applied()
        .refused(people.coordinator, { ...reject, reason: "" }).name,
    ).toBe("RuleBroken");
  });

  test("and admitting exclude each other", () => {
    const rejected = given().applicationAccepted();
    rejected.run(people.coordinator, reject);
    expect(rejected.refused(people.coordinator, admit).name).toBe("NotInThisState");
    expect(given().admitted().refused(people.coordinator, reject).name).toBe("NotInThisState");
  });
});
