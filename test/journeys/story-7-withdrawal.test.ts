import { expect, test } from "vitest";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { eventually } from "../support/eventually.ts";
import { startFairway } from "../support/fairway.ts";
import { wordingIn } from "../support/mail-wording.ts";
import { as } from "../support/people.ts";
import { journeyTo } from "./main-job.ts";
import { allMails, isOpen, receiversOf, refusalOf, timelineOf } from "./steps.ts";

test("a company withdraws in stage 3 with its trial running: work is cancelled, the living lab ends the trial, the records stay", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("adaptation", { url: fairway.url, pilotId: "withdrawn" });
  const params = { pilotId: journey.pilotId };
  const [sme, coordinator, lab] = [journey.as("sme"), journey.as("coordinator"), journey.as("living_lab")];
  const { now } = await coordinator("getClock", {});

  // The day it is where the programme is, which may be the next one already.
  const today = localDateOf(now, "EE");
  const trial = { start: today, recruited: 18 };
  const trialReport = { ...params, deliverableId: "PA-8" };
  await lab("saveDraft", { params: trialReport, body: { baseDraftVersion: 0, values: trial } });
  await journey.accept("PA-1");
  await journey.as("advisor")("logHours", {
    params,
    body: { hours: 6, on: today, activity: "Trial set-up" },
  });
  const before = await journey.pilot();
  expect(before).toMatchObject({ status: "active", supportHours: 6 });
  expect(before.aidEur).toBeGreaterThan(0);

  const reason = "The owners sell the company.";
  const member = await as(fairway.url, "sme-aurora-member");
  const stranger = await as(fairway.url, "sme-birch-admin");
  const withdrawal = { params, body: { reason } };
  expect(await refusalOf(member("withdrawPilot", withdrawal))).toMatchObject({ kind: "NotAllowed" });
  expect(await refusalOf(coordinator("withdrawPilot", withdrawal))).toMatchObject({ kind: "NotAllowed" });
  expect(await refusalOf(stranger("withdrawPilot", withdrawal))).toMatchObject({ kind: "NotFound" });
  expect(await refusalOf(sme("withdrawPilot", { params, body: { reason: " " } }))).toMatchObject({ status: 400 });
  expect((await journey.pilot()).status).toBe("active");

  await sme("withdrawPilot", { params, body: { reason } });
  await sme("withdrawPilot", { params, body: { reason } });
  const after = await journey.pilot();
  expect(after).toMatchObject({ status: "withdrawn", endReason: reason, atRisk: false });
  expect(after.tasks.filter(isOpen)).toEqual([]);
  const wasOpen = before.tasks.filter(isOpen).map(({ id }) => id);
  expect(after.tasks.filter(({ id }) => wasOpen.includes(id)).every(({ status }) => status === "exited")).toBe(true);
  for (const deliverable of after.deliverables) {
    const old = before.deliverables.find(({ id }) => id === deliverable.id);
    expect(deliverable.status, deliverable.id).toBe(old?.status === "accepted" ? "accepted" : "cancelled");
  }
  expect(after.runs.map(({ id, status }) => [id, status])).toContainEqual(["adaptation-1", "stopped"]);
  expect((await timelineOf(journey)).filter(({ type }) => type === "PilotWithdrawn")).toMatchObject([
    { reason, by: { person: { id: "sme-aurora-admin" } } },
  ]);

  // Everybody is told once, each what it means for them.
  await fairway.settled();
  const mails = await allMails(journey);
  expect(receiversOf(mails, "trial_to_end")).toEqual(["lab-1"]);
  const [toLab] = mails.filter((mail) => wordingIn(mail, "trial_to_end") !== undefined);
  expect(toLab?.text).toContain(reason);
  // What it keeps under its own duty as controller.
  expect(toLab?.text).toContain(toLab && wordingIn(toLab, "trial_to_end")?.todo.at(-1));
  expect(receiversOf(mails, "withdrawal_confirmed")).toEqual(["sme-aurora-admin", "sme-aurora-member"]);
  const [toCompany] = mails.filter((mail) => wordingIn(mail, "withdrawal_confirmed") !== undefined);
  expect(toCompany?.text).toContain(toCompany && wordingIn(toCompany, "withdrawal_confirmed")?.todo.at(-1));
  expect(receiversOf(mails, "withdrawn")).toEqual([
    "advisor-1",
    "coordinator-1",
    "coordinator-2",
    "expert-1",
    "expert-2",
  ]);

  await eventually("the execution is stopped", async () => {
    const { status } = await coordinator("getExecution", { params: { ...params, runId: "adaptation-1" } });
    return status === "ABORTED" ? status : undefined;
  });
  expect(await coordinator("getPipeline", {})).toMatchObject({ openTasks: 0, pilots: 1 });

  // The aid record is final, nothing is worked on any more.
  const ended = { kind: "NotInThisState", status: 409 };
  const late = { hours: 1, on: today, activity: "After the end" };
  expect(await refusalOf(journey.as("advisor")("logHours", { params, body: late }))).toMatchObject(ended);
  expect(
    await refusalOf(lab("saveDraft", { params: trialReport, body: { baseDraftVersion: 1, values: trial } })),
  ).toMatchObject(ended);
  expect(await journey.pilot()).toMatchObject({ supportHours: before.supportHours, aidEur: before.aidEur });

  // The records stay, also for the auditor.
  const auditor = await as(fairway.url, "auditor-1");
  const kept = await auditor("getDeliverable", { params: { ...params, deliverableId: "PA-1" } });
  expect(kept).toMatchObject({ status: "accepted", submitted: { revision: 1 }, reviews: [{ outcome: "accepted" }] });

  const again = await journey.withPilot("withdrawn-2");
  await again.apply();
  expect(await again.pilot()).toMatchObject({ organisation: before.organisation, earlierPilotId: "withdrawn" });
  expect(after).not.toHaveProperty("earlierPilotId");
  const eligibility = await journey.as("coordinator")("getEligibility", { params: { pilotId: "withdrawn-2" } });
  expect(eligibility, "what was used counts in the next pilot").toMatchObject({ aidElsewhereEur: before.aidEur });
  const own = await sme("listPilots", { query: {} });
  expect(own.pilots.map(({ id, status }) => [id, status]).sort()).toEqual([
    ["withdrawn", "withdrawn"],
    ["withdrawn-2", "active"],
  ]);
}, 60_000);
