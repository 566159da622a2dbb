import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleProgrammeId } from "../../../local/sample/people.ts";
import type { OperationId, OutputOf } from "../../../shared/contracts/operations.ts";
import { systemActor } from "../../../shared/domain/actor.ts";
import { openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
}, 30_000);
afterAll(() => sample.close());

const pilotId = "sample-at-gate-2";
const runId = "feasibility-1";
const gate2 = { pilotId, runId };

/** The answer of a call that must succeed. */
async function asked<Id extends OperationId>(
  personId: string,
  id: Id,
  input: Parameters<SampleApi["call"]>[2],
): Promise<OutputOf<Id>> {
  const { status, body } = await sample.call(personId, id, input);
  expect(body).not.toBe("");
  expect(status, body).toBe(200);
  return JSON.parse(body);
}

const dossierAs = (personId: string, params: object = gate2) =>
  asked(personId, "getGateDossier", { params: { ...params } });

const statusOf = async (personId: string, params: object = gate2) =>
  (await sample.call(personId, "getGateDossier", { params: { ...params } })).status;

/** As somebody does it who has the file and a manual, but not our code. */
function verified(value: unknown): string {
  const canonical = (each: unknown): string => {
    if (Array.isArray(each)) return `[${each.map(canonical).join(",")}]`;
    if (typeof each !== "object" || each === null) return JSON.stringify(each);
    const members = Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
  };
  return createHash("sha256").update(canonical(value)).digest("hex");
}

async function score(personId: string, round: number, points: number, unmet?: string): Promise<void> {
  const gate = await asked(personId, "getGate", { params: gate2 });
  await asked(personId, "scoreGate", {
    params: gate2,
    body: {
      round,
      musts: Object.fromEntries(gate.musts.map(({ id }) => [id, { met: id !== unmet, evidence: "As FS-5 shows." }])),
      points: Object.fromEntries(gate.shoulds.map(({ id }) => [id, points])),
      comment: `Said by ${personId}.`,
    },
  });
}

describe("the dossier of a gate that is scored", () => {
  test("keeps every score sealed until all have filed, one's own as well", async () => {
    const [coordinators, scorers, auditors] = await Promise.all(
      ["coordinator-2", "expert-2", "auditor-1"].map((personId) => dossierAs(personId)),
    );
    expect(coordinators?.dossier.rounds).toMatchObject([
      { round: 1, decisions: [], scores: [{ by: { id: "expert-2" }, role: "expert", sealed: true }] },
    ]);
    const said = JSON.stringify(coordinators);
    for (const part of ['"score":', '"points":{', '"musts":{', '"meanScore"']) expect(said).not.toContain(part);
    // One and the same document for all who read scores.
    expect(scorers?.checksum).toBe(coordinators?.checksum);
    expect(auditors?.dossier).toEqual(coordinators?.dossier);
  });

  test("names who, what, which process version and which revisions, marked as a sample", async () => {
    const { dossier, generatedAt } = await dossierAs("auditor-1");
    expect(generatedAt).toBe("2027-03-10T09:00:00.000Z");
    expect(dossier).toMatchObject({
      programme: { id: sampleProgrammeId, sample: true },
      pilot: { id: pilotId, title: expect.stringContaining("Sample Maple AB") },
      company: { id: "maple", country: "SE" },
      stageRun: { id: runId, stageId: "feasibility", status: "at_gate" },
      process: { version: 1 },
      gate: { id: "G2", thresholds: { advance: 60, advanceWithConditions: 45 }, scoresNeeded: { expert: 2 } },
      extent: "full",
    });
    expect(dossier.deliverables.map(({ id }) => id)).toEqual(["FS-1", "FS-2", "FS-3", "FS-4", "FS-5", "FS-6", "FS-7"]);
    const submitted = await asked("auditor-1", "getRevision", {
      params: { pilotId, deliverableId: "FS-5", revision: 1 },
    });
    expect(dossier.deliverables[4]).toMatchObject({
      revisions: [{ revision: 1, checksum: submitted.checksum, submittedBy: submitted.by, submittedAt: submitted.at }],
      reviews: [{ revision: 1, outcome: "accepted", criteria: expect.arrayContaining([]) }],
    });
    // Figures of the business case stay with the pilot.
    expect(JSON.stringify(dossier)).not.toContain("revenueEur");
  });

  test("can be verified by its checksum, and by nothing else that was changed", async () => {
    const { dossier, checksum } = await dossierAs("coordinator-2");
    expect(checksum).toBe(verified(dossier));
    expect(verified({ ...dossier, gate: { ...dossier.gate, round: 2 } })).not.toBe(checksum);
  });

  test("is for those who may read the gate", async () => {
    expect(await statusOf("advisor-2")).toBe(200);
    expect(await statusOf("sme-maple-admin")).toBe(200);
    expect(await statusOf("sme-birch-admin")).toBe(404);
    expect(await statusOf("advisor-1")).toBe(404);
    expect(await statusOf("expert-1")).toBe(404);
    expect(await statusOf("admin-1")).toBe(403);
    expect(await statusOf("coordinator-2", { pilotId, runId: "adaptation-1" })).toBe(404);
    expect(await statusOf("coordinator-2", { pilotId: "secret-pilot", runId })).toBe(404);
  });
});

describe("the dossier of a gate that was decided twice", () => {
  beforeAll(async () => {
    await score("expert-3", 1, 4);
    await score("coordinator-2", 1, 3, "G2-M3");
    const { basedOn } = await asked("coordinator-2", "getGate", { params: gate2 });
    const decision = {
      round: 1,
      decision: "rework",
      reason: "Half of the investment must be secured.",
      basedOn,
      deliverables: [{ deliverableId: "FS-7" }],
    };
    await asked("coordinator-2", "decideGate", { params: gate2, body: decision });
    const { submitted, draftVersion } = await asked("advisor-2", "getDeliverable", {
      params: { pilotId, deliverableId: "FS-7" },
    });
    await asked("advisor-2", "submitDeliverable", {
      params: { pilotId, deliverableId: "FS-7" },
      body: { baseDraftVersion: draftVersion, values: submitted?.values },
    });
    const { reviewCriteria } = await asked("coordinator-2", "getDeliverable", {
      params: { pilotId, deliverableId: "FS-7" },
    });
    await asked("coordinator-2", "claimTask", { params: { pilotId, taskId: "FS-7.review.2" } });
    await asked("coordinator-2", "reviewDeliverable", {
      params: { pilotId, deliverableId: "FS-7" },
      body: { revision: 2, outcome: "accepted", points: Object.fromEntries(reviewCriteria.map(({ id }) => [id, 4])) },
    });
    await sample.pilots.change(pilotId, { type: "OpenGate", runId }, systemActor(sampleProgrammeId));
    for (const personId of ["expert-2", "expert-3", "coordinator-2"]) await score(personId, 2, 3);
    const again = await asked("coordinator-2", "getGate", { params: gate2 });
    await asked("coordinator-2", "decideGate", {
      params: gate2,
      body: {
        round: 2,
        decision: "advance_with_conditions",
        reason: "Nearly there.",
        basedOn: again.basedOn,
        conditions: [{ text: "Sign the loan.", ownerRole: "sme", dueOn: "2027-05-01" }],
      },
    });
  });

  test("has both rounds with every score, the mean, the reason, and the revisions each rested on", async () => {
    const { dossier, checksum } = await dossierAs("auditor-1");
    expect(checksum).toBe(verified(dossier));
    const [first, second] = dossier.rounds;
    expect(first).toMatchObject({
      round: 1,
      scores: [
        { by: { id: "expert-2" }, sealed: false },
        { by: { id: "expert-3" }, sealed: false, score: 100, comment: "Said by expert-3." },
        {
          by: { id: "coordinator-2" },
          score: 75,
          musts: { "G2-M3": { met: false, evidence: "As FS-5 shows." } },
        },
      ],
      decisions: [
        {
          decision: "rework",
          by: [{ id: "coordinator-2" }],
          reason: "Half of the investment must be secured.",
          reworked: ["FS-7"],
        },
      ],
    });
    const revisionOf = (round: typeof first, id: string) =>
      round?.decisions[0]?.basedOn.find(({ deliverableId }) => deliverableId === id)?.revision;
    expect([revisionOf(first, "FS-7"), revisionOf(second, "FS-7"), revisionOf(second, "FS-5")]).toEqual([1, 2, 1]);
    expect(second).toMatchObject({
      round: 2,
      meanScore: 75,
      decisions: [{ conditions: [{ text: "Sign the loan.", ownerRole: "sme" }] }],
    });
    expect(dossier.deliverables.find(({ id }) => id === "FS-7")).toMatchObject({
      revisions: [{ revision: 1 }, { revision: 2 }],
      reviews: [{ revision: 1 }, { revision: 2 }],
    });
  });

  test("follows its conditions: once met, when and by which evidence", async () => {
    const before = await dossierAs("auditor-1");
    const [condition] = before.dossier.rounds[1]?.decisions[0]?.conditions ?? [];
    expect(condition).not.toHaveProperty("metAt");
    await asked("sme-maple-admin", "meetCondition", {
      params: { pilotId, conditionId: condition?.id },
      body: { evidence: "Loan 12 of 9 March." },
    });
    const after = await dossierAs("auditor-1");
    expect(after.dossier.rounds[1]?.decisions[0]?.conditions).toMatchObject([
      { metAt: "2027-03-10T09:00:00.000Z", evidence: "Loan 12 of 9 March." },
    ]);
    expect(after.checksum).not.toBe(before.checksum);
  });

  test("shows the company and the living lab the result, not how each scored", async () => {
    for (const personId of ["sme-maple-admin", "lab-1"]) {
      const { dossier } = await dossierAs(personId);
      expect(dossier.extent).toBe("result");
      expect(dossier.rounds.map(({ scores }) => scores)).toEqual([[], []]);
      expect(dossier.rounds[0]?.decisions).toMatchObject([
        { decision: "rework", reason: expect.stringContaining("Half") },
      ]);
      expect(JSON.stringify(dossier)).not.toContain("Said by");
      const gate = await asked(personId, "getGate", { params: gate2 });
      expect(gate).toMatchObject({ readsScores: false, scores: [], decisions: [] });
      expect(gate).not.toHaveProperty("meanScore");
      expect(gate.history.map(({ scores, meanScore }) => [scores, meanScore])).toEqual([
        [[], undefined],
        [[], undefined],
      ]);
    }
  });

  test("is the history of the gate, too, for those who read scores", async () => {
    const { history } = await asked("advisor-2", "getGate", { params: gate2 });
    expect(history.map(({ scores, reworked }) => [scores.length, reworked])).toEqual([
      [3, ["FS-7"]],
      [3, []],
    ]);
  });
});

test("a skip names both coordinators and its proof", async () => {
  const { dossier } = await dossierAs("auditor-1", { pilotId: "sample-skipped-adaptation", runId });
  expect(dossier.rounds[0]).toMatchObject({
    skipProposal: { reason: "already_done_elsewhere", evidence: expect.stringContaining("earlier adaptation") },
    decisions: [{ decision: "skip", by: [{ id: "coordinator-1" }, { id: "coordinator-2" }] }],
  });
});

describe("the pilot agreement", () => {
  const params = { pilotId: "sample-needs" };
  const agreementAs = (personId: string) => asked(personId, "getAgreement", { params });
  const refusalAs = async (personId: string, of: object = params) =>
    (await sample.call(personId, "getAgreement", { params: { ...of } })).status;

  test("says who, what, for which markets, with whom, and what support is planned", async () => {
    const { agreement, checksum } = await agreementAs("sme-birch-admin");
    expect(checksum).toBe(verified(agreement));
    expect(agreement).toMatchObject({
      sample: true,
      template: { version: 1 },
      office: { name: "Sample programme office", signatory: { id: "coordinator-1" } },
      company: { name: "Sample Birch Oy", registrationNumber: "SAMPLE-BIRCH", country: "FI", headcount: 12 },
      service: { name: "Sample class planner" },
      markets: ["LV", "EE"],
      team: [
        { person: { id: "advisor-1" }, role: "advisor" },
        { person: { id: "expert-1" }, role: "expert" },
        { person: { id: "expert-2" }, role: "expert" },
        { person: { id: "lab-1" }, role: "living_lab" },
      ],
      aid: { plannedEur: 20_000, receivedEur: 20_000, ceilingEur: 300_000, hourlyRateEur: 65 },
      process: {
        version: 1,
        stages: [{ id: "needs" }, { id: "feasibility" }, { id: "adaptation" }, { id: "guidance" }],
      },
      application: { revision: 1 },
    });
    expect(agreement.clauses.length).toBeGreaterThan(5);
  });

  test("exists once: whatever changes afterwards, it stays what the parties agreed to", async () => {
    const before = await agreementAs("coordinator-1");
    const { version } = await asked("coordinator-1", "getProgramme", {});
    await asked("coordinator-1", "changeProgramme", {
      body: { expectedVersion: version, reason: "More money.", plannedAidEur: 25_000, hourlyRateCents: 7_000 },
    });
    await asked("coordinator-1", "changeTeam", {
      params,
      body: { team: [{ personId: "advisor-2", role: "advisor" }], reason: "A new advisor." },
    });
    for (const personId of ["coordinator-1", "sme-birch-admin", "auditor-1"]) {
      const { agreement, checksum } = await agreementAs(personId);
      expect({ agreement, checksum }).toEqual({ agreement: before.agreement, checksum: before.checksum });
    }
  });

  test("is read in the reader's language without becoming another", async () => {
    const [english, finnish] = await Promise.all(["auditor-1", "sme-birch-admin"].map((each) => agreementAs(each)));
    expect(finnish?.words).toMatchObject({ Feasibility: "Toteutettavuus" });
    expect(english?.words).toEqual({});
    expect(finnish?.checksum).toBe(english?.checksum);
  });

  test("is for the company, its advisors, coordinators and auditors, once the pilot is admitted", async () => {
    expect(await refusalAs("auditor-1")).toBe(200);
    expect(await refusalAs("sme-aurora-admin")).toBe(404);
    expect(await refusalAs("expert-2")).toBe(403);
    expect(await refusalAs("coordinator-1", { pilotId: "sample-applied-drift" })).toBe(409);
  });
});
