import { expect, test } from "vitest";
import { startFairway } from "../support/fairway.ts";
import { journeyTo } from "./main-job.ts";
import { allMails, DAY_MS, deliverableIn, receiversOf, refusalOf, timelineOf } from "./steps.ts";

test("a missed deadline is told step by step to the next person, once each, also across restarts, and clears when the work is in", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("feasibility", { url: fairway.url, pilotId: "late" });
  const params = { pilotId: journey.pilotId };
  const [coordinator, advisor, expert] = [journey.as("coordinator"), journey.as("advisor"), journey.as("expert")];
  const screening = "Regulatory screening and showstoppers";

  // Only FS-3 is going to be late.
  await journey.accept("FS-1", "FS-2", "FS-4");
  await expert("claimTask", { params: { ...params, taskId: "FS-3.produce.1" }, body: {} });
  const { dueAt } = await deliverableIn(journey, "FS-3");
  /** Noon of the day so many days after the due date: steps are sent in the morning. */
  const noonAfter = (days: number) =>
    new Date(Date.parse(`${dueAt.slice(0, 10)}T12:00:00.000Z`) + days * DAY_MS).toISOString();
  const at = async (days: number) => {
    await journey.moveTo(noonAfter(days));
    await fairway.settled();
    return { mails: await allMails(journey), pilot: await journey.pilot() };
  };

  const waitsInTheLabsList = async () => {
    const { tasks } = await journey.as("living_lab")("listTasks", {});
    return tasks.find(({ id }) => id === "FS-6.produce.1")?.waitsFor;
  };

  const dueDay = await at(0);
  expect(receiversOf(dueDay.mails, "overdue", screening)).toEqual(["advisor-1", "expert-1"]);

  const twoDaysLate = await at(2);
  await fairway.restart();
  await fairway.settled();
  expect(await allMails(journey)).toEqual(twoDaysLate.mails);

  const threeDaysLate = await at(3);
  expect(receiversOf(threeDaysLate.mails, "escalated", screening)).toEqual(["advisor-1", "sme-aurora-admin"]);
  expect(threeDaysLate.pilot.atRisk).toBe(false);
  const red = threeDaysLate.pilot.tasks.find(({ id }) => id === "FS-3.produce.1");
  expect(red).toMatchObject({ overdue: true, escalated: true });

  const weekLate = await at(7);
  expect(receiversOf(weekLate.mails, "at_risk", screening)).toEqual(["coordinator-1", "coordinator-2"]);
  expect(weekLate.pilot.atRisk).toBe(true);
  expect(await coordinator("getPipeline", {})).toMatchObject({ atRisk: 1, overdueTasks: 1 });

  await fairway.restart();
  const tenDaysLate = await at(10);
  for (const step of ["overdue", "escalated", "at_risk"] as const) {
    expect(receiversOf(tenDaysLate.mails, step, screening), step).toHaveLength(2);
  }
  const sentences = tenDaysLate.mails
    .filter(({ person }) => person.id === "expert-1")
    .flatMap(({ text }) => text.split("\n").filter((line) => line.includes(screening) && line.includes(" is due ")));
  expect(new Set(sentences).size).toBe(sentences.length);

  // What depends on it waits; its date moves with the coordinator's consent only.
  const trialPlan = await deliverableIn(journey, "FS-6");
  expect(trialPlan.waitsFor).toEqual(["FS-3"]);
  expect(await waitsInTheLabsList()).toEqual(["FS-3"]);
  const early = await refusalOf(journey.handIn("FS-6"));
  expect(early).toMatchObject({
    kind: "DependenciesOpen",
    status: 422,
    message: expect.stringContaining("waits for FS-3"),
  });
  const delay = { days: 10, reason: "The regulatory screening is ten days late.", kind: "dependency" as const };
  const extension = { params: { ...params, deliverableId: "FS-6" }, body: delay };
  expect(await refusalOf(advisor("extendDueDate", extension))).toMatchObject({ kind: "NotAllowed" });
  expect((await deliverableIn(journey, "FS-6")).dueAt).toBe(trialPlan.dueAt);
  const moved = await coordinator("extendDueDate", extension);
  expect(Date.parse(moved.dueAt) - Date.parse(trialPlan.dueAt)).toBeGreaterThanOrEqual(9.9 * DAY_MS);
  expect(moved.dueDateChanges).toMatchObject([{ kind: "dependency", from: trialPlan.dueAt, to: moved.dueAt }]);

  await journey.handIn("FS-3");
  await fairway.settled();
  const after = await journey.pilot();
  expect(after.atRisk).toBe(false);
  expect(after.tasks.filter(({ overdue, escalated }) => overdue || escalated)).toEqual([]);
  expect(await coordinator("getPipeline", {})).toMatchObject({ atRisk: 0, overdueTasks: 0 });
  await journey.review("FS-3");
  expect(await deliverableIn(journey, "FS-3")).toMatchObject({ status: "accepted", late: true });
  expect((await deliverableIn(journey, "FS-6")).waitsFor).toEqual([]);
  expect(await waitsInTheLabsList()).toEqual([]);
  const submission = (await timelineOf(journey)).find(
    ({ type, deliverableId }) => type === "DeliverableSubmitted" && deliverableId === "FS-3",
  );
  expect(submission?.sentence).toContain("after its due date");
  await journey.accept("FS-6");
}, 60_000);
