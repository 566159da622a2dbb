import { expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";
import { Journey, team } from "./main-job.ts";
import { allMails, receiversOf, refusalOf, timelineOf } from "./steps.ts";

const latvianCompany = { headcount: 24, registrationNumber: "40003032949", country: "LV", turnoverEur: 2_400_000 };

test("an application with 24 employees shows its figures and is admitted once, however often the coordinator presses", async () => {
  await using fairway = await startFairway();
  const journey = await Journey.begin({ url: fairway.url, pilotId: "first" });
  const params = { pilotId: journey.pilotId };
  const coordinator = journey.as("coordinator");
  await journey.submitApplication(latvianCompany);

  expect(await coordinator("getEligibility", { params })).toEqual({
    sizeClass: "small",
    headcount: 24,
    focusRuleMet: true,
    waiverNeeded: false,
    isSme: true,
    aidReceivedEur: 42_000,
    aidElsewhereEur: 0,
    aidRoomEur: 258_000,
    aidRoomSuffices: true,
    restrictedMarkets: [],
  });

  const admission = { params, body: { team: [...team] } };
  expect(await refusalOf(coordinator("admitPilot", admission))).toMatchObject({ kind: "NotInThisState", status: 409 });
  await journey.review("IN-1");
  const withoutAdvisor = { params, body: { team: team.filter(({ role }) => role !== "advisor") } };
  expect(await refusalOf(coordinator("admitPilot", withoutAdvisor))).toMatchObject({
    kind: "RuleBroken",
    message: "Name at least one advisor for the pilot.",
  });
  const other = await as(fairway.url, "coordinator-2");
  await Promise.all([
    coordinator("admitPilot", admission),
    coordinator("admitPilot", admission),
    other("admitPilot", admission),
  ]);
  await coordinator("admitPilot", admission);
  await fairway.settled();

  const pilot = await journey.pilot();
  expect(pilot.status).toBe("active");
  expect(pilot.runs).toMatchObject([{ id: "needs-1", status: "active", executionNumber: 1 }]);
  const produce = pilot.tasks.filter(({ runId, kind }) => runId === "needs-1" && kind === "produce");
  expect(produce.map(({ id }) => id).sort()).toEqual(
    ["NA-1", "NA-2", "NA-3", "NA-4", "NA-5", "NA-6"].map((id) => `${id}.produce.1`),
  );
  const [needs] = latestProcess.stages;
  for (const { deliverableId, dueAt, createdAt } of produce) {
    const days = (Date.parse(dueAt) - Date.parse(createdAt)) / 86_400_000;
    const promised = needs?.deliverables.find(({ id }) => id === deliverableId)?.dueInDays ?? Number.NaN;
    // Weekends and holidays move a date to the next working day.
    expect(days).toBeGreaterThan(promised - 1);
    expect(days).toBeLessThan(promised + 6);
  }
  const types = (await timelineOf(journey)).map(({ type }) => type);
  expect(types.filter((type) => type === "PilotAdmitted" || type === "StageOpened")).toHaveLength(2);
  const mails = await allMails(journey);
  expect(receiversOf(mails, "admitted")).toEqual(["sme-aurora-admin", "sme-aurora-member"]);
  expect(receiversOf(mails, "joined_team")).toEqual(team.map(({ personId }) => personId));
  const advisorsTasks = await journey.as("advisor")("listTasks", { query: {} });
  expect(advisorsTasks.tasks.map(({ deliverableId }) => deliverableId).sort()).toEqual(["NA-4", "NA-6"]);
}, 30_000);

test("34 employees need a written waiver, 250 cannot even apply", async () => {
  await using fairway = await startFairway();
  const journey = await Journey.begin({ url: fairway.url, pilotId: "larger" });
  const params = { pilotId: journey.pilotId };
  const coordinator = journey.as("coordinator");
  await journey.submitApplication({ ...latvianCompany, headcount: 34 });
  expect(await coordinator("getEligibility", { params })).toMatchObject({
    sizeClass: "small",
    focusRuleMet: false,
    waiverNeeded: true,
    isSme: true,
  });
  await journey.review("IN-1");
  const admission = { params, body: { team: [...team] } };
  expect(await refusalOf(coordinator("admitPilot", admission))).toMatchObject({
    kind: "RuleBroken",
    status: 422,
    message: expect.stringContaining("up to 30 employees"),
    details: { pointer: "/waiverReason" },
  });
  const waiverReason = "Ten of them work in a shop that is being sold.";
  const admitted = await coordinator("admitPilot", { params, body: { team: [...team], waiverReason } });
  expect(admitted.status).toBe("active");
  expect((await timelineOf(journey)).find(({ type }) => type === "PilotAdmitted")?.sentence).toContain("waiver");

  // Also few employees do not make an SME of a rich group.
  const waived = { team: [...team], waiverReason };
  for (const [pilotId, pointer, figures] of [
    ["too-many", "/headcount", { headcount: 250 }],
    ["too-rich", "/turnoverEur", { turnoverEur: 60_000_000, balanceSheetEur: 50_000_000 }],
  ] as const) {
    const sme = journey.as("sme");
    await sme("startApplication", { body: { pilotId, title: "Not for an SME" } });
    const refused = await refusalOf(
      sme("submitDeliverable", {
        params: { pilotId, deliverableId: "IN-1" },
        body: { baseDraftVersion: 0, values: fullExample("IN-1", { ...latvianCompany, ...figures, attachments: [] }) },
      }),
    );
    expect(refused).toMatchObject({ kind: "FormIncomplete", status: 422, details: { gaps: [{ pointer }] } });
    expect(await refusalOf(coordinator("admitPilot", { params: { pilotId }, body: waived }))).toMatchObject({
      kind: "NotInThisState",
    });
  }
}, 30_000);
