import { expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { eventually } from "../support/eventually.ts";
import { startFairway } from "../support/fairway.ts";
import { journeyTo } from "./main-job.ts";
import { allMails, deliverableIn, receiversOf, refusalOf, timelineOf } from "./steps.ts";

const runId = "feasibility-1";
const halfSecured = "Half of the investment secured or applied for";

const evidence = (unmet?: string) =>
  Object.fromEntries(
    ["G2-M1", "G2-M2", "G2-M3"].map((id) => [id, { met: id !== unmet, evidence: "As FS-5 shows it." }]),
  );
/** Points for market, technical, regulatory, financial, user side, team; weights 20, 15, 20, 20, 15, 10. */
const points = (...given: readonly number[]) =>
  Object.fromEntries(given.map((each, index) => [`G2-S${index + 1}`, each]));

const seventy = points(3, 3, 3, 2, 3, 3);
/** With these weights nothing comes nearer to the 52 of the story. */
const fiftyTwoAndAHalf = points(2, 2, 2, 2, 2, 3);

test("a must that is not met keeps a pilot from advancing; rework of the business case reopens it and the report, and the gate opens again", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("feasibility", { url: fairway.url, pilotId: "rework" });
  const params = { pilotId: journey.pilotId, runId };
  const [coordinator, sme] = [journey.as("coordinator"), journey.as("sme")];
  const gateAs = (call = coordinator) => call("getGate", { params });
  const openGate = () => eventually("gate 2 is open", () => journey.openGate(runId));

  expect(fullExample("FS-7").recommendation).toBe("advance");
  await journey.accept("FS-1", "FS-2", "FS-3", "FS-4", "FS-5", "FS-6", "FS-7");
  expect(await openGate()).toMatchObject({ round: 1, scoresNeeded: { coordinator: 1, expert: 2 }, allFiled: false });

  // Each scores on their own: until all have filed, a score shows its author nothing but itself.
  await journey.person("expert-1")("scoreGate", { params, body: { round: 1, musts: evidence(), points: seventy } });
  const undecided = { params, body: { round: 1, decision: "stop" as const, reason: "Early.", basedOn: {} } };
  const [sealed] = (await gateAs(journey.person("expert-2"))).scores;
  expect(sealed).toMatchObject({ sealed: true, by: { id: "expert-1" } });
  for (const part of ["score", "points", "musts", "comment"]) expect(sealed).not.toHaveProperty(part);
  expect((await gateAs(journey.person("expert-1"))).scores).toMatchObject([{ sealed: false, score: 70 }]);
  const second = { round: 1, musts: evidence("G2-M3"), points: fiftyTwoAndAHalf };
  await journey.person("expert-2")("scoreGate", { params, body: second });
  const beforeLast = await gateAs();
  expect(beforeLast.scores.map((score) => score.sealed)).toEqual([true, true]);
  expect(beforeLast).not.toHaveProperty("meanScore");
  expect(beforeLast.decisions.filter(({ offered }) => offered)).toEqual([]);
  const tooEarly = { ...undecided, body: { ...undecided.body, basedOn: beforeLast.basedOn } };
  expect(await refusalOf(coordinator("decideGate", tooEarly))).toMatchObject({ kind: "DecisionNotOffered" });
  await coordinator("scoreGate", { params, body: { round: 1, musts: evidence("G2-M3"), points: seventy } });

  const scored = await gateAs();
  expect(scored.scores.map(({ by, score }) => [by.id, score])).toEqual([
    ["expert-1", 70],
    ["expert-2", 52.5],
    ["coordinator-1", 70],
  ]);
  expect(scored.meanScore).toBe(64.17);
  const offers = new Map(scored.decisions.map((each) => [each.decision, each]));
  expect(offers.get("advance")).toMatchObject({ offered: false, why: [`Not met: ${halfSecured}.`] });
  expect(offers.get("advance_with_conditions")).toMatchObject({ offered: false, why: [`Not met: ${halfSecured}.`] });
  expect(offers.get("rework")?.offered).toBe(true);
  const { basedOn } = scored;
  const advance = await refusalOf(
    coordinator("decideGate", { params, body: { round: 1, decision: "advance", basedOn } }),
  );
  expect(advance).toMatchObject({
    kind: "DecisionNotOffered",
    status: 422,
    message: expect.stringContaining(halfSecured),
  });

  const rework = {
    round: 1,
    decision: "rework" as const,
    reason: "Half of the investment must be secured: add the loan or the grant.",
    basedOn,
    deliverables: [{ deliverableId: "FS-5", dueInDays: 21 }],
  };
  const before = await journey.pilot();
  const unexplained = { round: 1, decision: "rework" as const, basedOn, deliverables: rework.deliverables };
  expect(await refusalOf(coordinator("decideGate", { params, body: unexplained }))).toMatchObject({
    kind: "RuleBroken",
    details: { pointer: "/reason" },
  });
  await coordinator("decideGate", { params, body: rework });
  const { now } = await coordinator("getClock", {});
  const reopened = (await journey.pilot()).deliverables.filter(({ runId: of }) => of === runId);
  expect(reopened.filter(({ status }) => status === "rework").map(({ id }) => id)).toEqual(["FS-5", "FS-7"]);
  for (const other of reopened.filter(({ id }) => id !== "FS-5" && id !== "FS-7")) {
    expect(other).toEqual(before.deliverables.find(({ id }) => id === other.id));
  }
  const [businessCase, report] = [await deliverableIn(journey, "FS-5"), await deliverableIn(journey, "FS-7")];
  expect(Date.parse(businessCase.dueAt) - Date.parse(now)).toBeGreaterThan(20 * 86_400_000);
  expect(report.dueAt > businessCase.dueAt).toBe(true);
  expect(report.waitsFor).toEqual(["FS-5"]);
  await fairway.settled();
  expect(receiversOf(await allMails(journey), "rework", "Business case")).toEqual([
    "sme-aurora-admin",
    "sme-aurora-member",
  ]);
  expect(receiversOf(await allMails(journey), "rework", "Feasibility report")).toEqual(["advisor-1"]);

  // The gate waits for both, in their order.
  await journey.handIn("FS-5", { ...fullExample("FS-5"), assumptions: "The bank's loan is applied for." });
  await fairway.settled();
  expect(await journey.openGate(runId)).toBeUndefined();
  await journey.review("FS-5");
  const revised = await sme("getRevision", {
    params: { pilotId: journey.pilotId, deliverableId: "FS-5", revision: 2 },
  });
  expect(revised.differences.map(({ pointer }) => pointer)).toEqual(["/assumptions"]);
  await fairway.settled();
  expect(await journey.openGate(runId)).toBeUndefined();
  await journey.accept("FS-7");

  const again = await openGate();
  expect(again).toMatchObject({ round: 2, scores: [], allFiled: false });
  expect(again.basedOn).toEqual({ "FS-1": 1, "FS-2": 1, "FS-3": 1, "FS-4": 1, "FS-5": 2, "FS-6": 1, "FS-7": 2 });
  for (const call of [coordinator, journey.person("expert-1"), journey.person("expert-2")]) {
    await call("scoreGate", { params, body: { round: 2, musts: evidence(), points: seventy } });
  }
  const decided = await coordinator("decideGate", {
    params,
    body: { round: 2, decision: "advance", basedOn: again.basedOn },
  });
  expect(decided.history).toMatchObject([
    { round: 1, decision: "rework", reason: rework.reason, basedOn, by: [{ id: "coordinator-1" }] },
    { round: 2, decision: "advance", basedOn: again.basedOn, meanScore: 70 },
  ]);
  const types = (await timelineOf(journey)).map(({ type }) => type);
  // Of gate 1, and of both rounds of gate 2.
  expect(types.filter((type) => type === "GateDecided")).toHaveLength(3);
  await eventually("the next stage is open", async () => {
    const { runs } = await journey.pilot();
    return runs.find(({ id, status }) => id === "adaptation-1" && status === "active");
  });
}, 60_000);
