import { expect, test } from "vitest";
import type { Call } from "../../shared/contracts/client.ts";
import { ApiProblem } from "../../shared/contracts/client.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { eventually } from "../support/eventually.ts";
import { startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";
import { journeyTo, team } from "./main-job.ts";
import { refusalOf, timelineOf } from "./steps.ts";

/** Both at once: who got through, and how the other was refused. */
async function race(one: Promise<unknown>, other: Promise<unknown>) {
  const [first, second] = await Promise.allSettled([one, other]);
  const refused = [first, second].flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(refused).toHaveLength(1);
  const [problem] = refused;
  if (!(problem instanceof ApiProblem)) throw problem;
  return { winner: first.status === "fulfilled" ? ("one" as const) : ("other" as const), problem };
}

const timeOfDay = /\b\d{2}:\d{2}:\d{2}\b/;

test("two people of a company save, merge and submit one form: nothing typed is lost and one revision exists", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("needs", { url: fairway.url, pilotId: "together" });
  await journey.accept("NA-1", "NA-2");
  const member = await as(fairway.url, "sme-aurora-member");
  const admin = journey.as("sme");
  const params = { pilotId: journey.pilotId, deliverableId: "NA-4" };
  const values = fullExample("NA-4", { attachments: [] });
  const save = (call: Call, baseDraftVersion: number, changes: object) =>
    call("saveDraft", { params, body: { baseDraftVersion, values: { ...values, ...changes } } });

  for (let version = 0; version < 5; version += 1) await save(admin, version, { participants: 2 + version });
  const [seenByMember, seenByAdmin] = await Promise.all([
    member("getDeliverable", { params }),
    admin("getDeliverable", { params }),
  ]);
  expect([seenByMember.revision, seenByMember.draftVersion, seenByAdmin.draftVersion]).toEqual([0, 5, 5]);

  const saved = await save(member, 5, { notes: "Talk to the clinics first." });
  expect(saved.draftVersion).toBe(6);
  const stale = await refusalOf(save(admin, 5, { participants: 9 }));
  expect(stale).toMatchObject({
    kind: "StaleDraft",
    status: 409,
    details: {
      currentVersion: 6,
      savedBy: { id: "sme-aurora-member", name: "Sample employee, Sample Aurora SIA" },
      savedAt: saved.draft?.savedAt,
    },
  });
  expect(stale.message).toContain("Sample employee, Sample Aurora SIA saved this draft at");
  expect(stale.message).toMatch(timeOfDay);

  // The other's changes to see beside the own ones; then both fields are kept.
  const { draft } = await admin("getDeliverable", { params });
  expect(draft).toMatchObject({ draftVersion: 6, values: { notes: "Talk to the clinics first." } });
  const merged = await save(admin, 6, { notes: draft?.values.notes, participants: 9 });
  expect(merged.draft?.values).toMatchObject({ notes: "Talk to the clinics first.", participants: 9 });

  const submission = { params, body: { baseDraftVersion: 7, values: merged.draft?.values ?? {} } };
  const { winner, problem } = await race(
    member("submitDeliverable", submission),
    admin("submitDeliverable", submission),
  );
  const [winnerId, name] =
    winner === "one"
      ? ["sme-aurora-member", "Sample employee, Sample Aurora SIA"]
      : ["sme-aurora-admin", "Sample manager, Sample Aurora SIA"];
  expect(problem).toMatchObject({
    kind: "AlreadySubmitted",
    status: 409,
    details: { submittedBy: { id: winnerId, name } },
  });
  expect(problem.message).toContain(`Already submitted by ${name} at `);
  expect(problem.message).toMatch(timeOfDay);
  const submitted = await admin("getDeliverable", { params });
  expect(submitted).toMatchObject({ status: "submitted", revision: 1, submitted: { by: { id: winnerId } } });
  const timeline = await timelineOf(journey);
  expect(timeline.filter((each) => each.type === "DeliverableSubmitted" && each.deliverableId === "NA-4")).toHaveLength(
    1,
  );
  expect((await journey.pilot()).tasks.filter(({ id }) => id.startsWith("NA-4.review"))).toHaveLength(1);

  // The winner, pressing again, is told so too.
  const again = await refusalOf((winner === "one" ? member : admin)("submitDeliverable", submission));
  expect(again.message).toContain("Already submitted by you at ");
}, 30_000);

test("of two advisors who claim a review at once one gets it, and the other learns who has it", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("needs", { url: fairway.url, pilotId: "claims" });
  const params = { pilotId: journey.pilotId };
  await journey.as("coordinator")("changeTeam", {
    params,
    body: { team: [...team, { personId: "advisor-2", role: "advisor" }] },
  });
  const [first, second] = [journey.as("advisor"), await as(fairway.url, "advisor-2")];
  await journey.handIn("NA-1");
  const review = { params: { ...params, taskId: "NA-1.review.1" }, body: { expectedVersion: 1 } };

  const { winner, problem } = await race(first("claimTask", review), second("claimTask", review));
  const [id, name] = winner === "one" ? ["advisor-1", "Sample advisor, Tartu"] : ["advisor-2", "Sample advisor, Riga"];
  expect(problem).toMatchObject({
    kind: "TaskTaken",
    status: 409,
    message: `${name} has this task already.`,
    details: { assignee: { id, name } },
  });
  const task = (await journey.pilot()).tasks.find((each) => each.id === "NA-1.review.1");
  expect(task).toMatchObject({ status: "reserved", assignee: { id } });
  const accepting = {
    params: { ...params, deliverableId: "NA-1" },
    body: { revision: 1, outcome: "accepted" as const, points: {}, criterionComments: {}, fieldComments: [] },
  };
  const loser = winner === "one" ? second : first;
  expect(await refusalOf(loser("reviewDeliverable", accepting))).toMatchObject({
    kind: "TaskTaken",
    details: { assignee: { id } },
  });
}, 30_000);

test("a gate decision that rests on an older revision is refused and names the deliverable", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("feasibility", { url: fairway.url, pilotId: "newer" });
  const runId = "feasibility-1";
  const params = { pilotId: journey.pilotId, runId };
  const coordinator = journey.as("coordinator");
  await journey.accept("FS-1", "FS-2", "FS-3", "FS-4", "FS-5", "FS-6", "FS-7");
  const { basedOn } = await eventually("gate 2 is open", () => journey.openGate(runId));

  // While one coordinator reads the gate, another has the business case opened again, and a new revision arrives.
  await journey.person("coordinator-2")("reopenDeliverable", {
    params: { pilotId: journey.pilotId, deliverableId: "FS-5" },
    body: { reason: "A new investor has signed.", dueInDays: 7 },
  });
  await journey.handIn("FS-5", { ...fullExample("FS-5"), assumptions: "A second investor has signed." });
  const decision = { params, body: { round: 1, decision: "stop" as const, reason: "Too costly.", basedOn } };
  expect(await refusalOf(coordinator("decideGate", decision))).toMatchObject({
    kind: "NewerRevision",
    status: 409,
    message: expect.stringContaining("FS-5 has a newer revision"),
    details: { deliverables: ["FS-5"] },
  });
  expect((await journey.pilot()).status).toBe("active");

  // At the same moment: whoever comes second finds the gate as the first left it.
  await journey.review("FS-5");
  const feasibility = latestProcess.stages.find(({ id }) => id === "feasibility");
  if (feasibility === undefined) throw new Error("The process has no feasibility stage.");
  const scored = await journey.scoreGate(feasibility);
  expect(scored).toMatchObject({ round: 2, allFiled: true });
  const { winner, problem } = await race(
    journey.person("coordinator-2")("reopenDeliverable", {
      params: { pilotId: journey.pilotId, deliverableId: "FS-7" },
      body: { reason: "The report follows the new figures.", dueInDays: 7 },
    }),
    coordinator("decideGate", { params, body: { ...decision.body, round: 2, basedOn: scored.basedOn } }),
  );
  expect(problem).toMatchObject({ kind: "NotInThisState", status: 409 });
  const { status, runs } = await journey.pilot();
  const run = runs.find(({ id }) => id === runId);
  expect([status, run?.status]).toEqual(winner === "one" ? ["active", "active"] : ["stopped", "stopped"]);
}, 60_000);
