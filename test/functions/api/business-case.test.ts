/** Who reads the figures of a business case, and that the company can see who did. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

/** At the gate of the feasibility stage, with experts 2 and 3, whose scores it needs. */
const scored = { pilotId: "sample-at-gate-2", deliverableId: "FS-5" };
const revision = { ...scored, revision: "1" };
/** In the feasibility stage, with experts 1 and 2 and lab 1. */
const worked = { pilotId: "sample-at-risk", deliverableId: "FS-5" };

async function accessTo(pilotId: string, personId: string): Promise<OutputOf<"listAccess">["entries"]> {
  const { status, body } = await sample.call(personId, "listAccess", { params: { pilotId } });
  expect(status).toBe(200);
  return JSON.parse(body).entries;
}

describe("the figures of a business case", () => {
  test.each(["sme-maple-admin", "advisor-2", "coordinator-1", "auditor-1", "expert-2"])(
    "are read by %s: the company, its advisor, the office, the auditor, an expert who scores the gate",
    async (personId) => {
      const { status, body } = await sample.call(personId, "getRevision", { params: revision });
      expect(status).toBe(200);
      expect(JSON.parse(body).values).toHaveProperty("years");
    },
  );

  test.each([
    ["a living lab of the team", "lab-1", "getDeliverable", worked],
    ["an expert whose tasks do not need them", "expert-1", "getDeliverable", worked],
    ["a living lab at the gate", "lab-1", "getRevision", revision],
  ] as const)("are refused to %s", async (_, personId, id, params) => {
    const { status, body } = await sample.call(personId, id, { params });
    expect(status).toBe(403);
    expect(body).not.toContain("revenueEur");
  });

  test("are not shown in the answer of a command either, which changes nothing", async () => {
    const before = await sample.pilots.load(worked.pilotId);
    const { status } = await sample.call("expert-1", "requestExtension", {
      params: worked,
      body: { until: "2027-05-03", reason: "More time" },
    });
    expect(status).toBe(403);
    expect(await sample.pilots.load(worked.pilotId)).toEqual(before);
  });

  test("are open to an expert of the team whom the company asks about them, and to nobody by an advisor's question", async () => {
    const ask = (personId: string, toPersonId: string) =>
      sample.call(personId, "askQuestion", {
        params: { pilotId: worked.pilotId },
        body: { text: "What do you make of it?", toPersonId, dueOn: "2027-03-20", deliverableId: "FS-5" },
      });
    expect((await ask("advisor-1", "expert-1")).status).toBe(200);
    expect((await sample.call("expert-1", "getDeliverable", { params: worked })).status).toBe(403);
    expect((await ask("sme-iris-admin", "expert-2")).status).toBe(200);
    expect((await sample.call("expert-2", "getDeliverable", { params: worked })).status).toBe(200);
    expect((await sample.call("expert-1", "getDeliverable", { params: worked })).status).toBe(403);
  });
});

describe("the log of who read them", () => {
  test("names each person from outside once a day and revision, and never the company's own people", async () => {
    const { pilotId } = scored;
    for (const personId of ["expert-3", "expert-3", "sme-maple-admin"]) {
      await sample.call(personId, "getRevision", { params: revision });
    }
    const entries = await accessTo(pilotId, "sme-maple-admin");
    expect(entries.filter(({ by }) => by.person.id === "expert-3")).toEqual([
      {
        at: "2027-03-10T09:00:00.000Z",
        by: { person: { id: "expert-3", name: "Sample expert, culture" }, role: "expert" },
        deliverableId: "FS-5",
        revision: 1,
      },
    ]);
    expect(entries.some(({ by }) => by.person.id.startsWith("sme-"))).toBe(false);
    expect(await accessTo(pilotId, "coordinator-1")).toEqual(entries);
    expect(await accessTo(pilotId, "auditor-1")).toEqual(entries);
  });

  test("tells a draft apart from a revision", async () => {
    const place = { pilotId: "sample-adaptation", deliverableId: "FS-5" };
    await sample.call("coordinator-2", "getDeliverable", { params: place });
    const entries = await accessTo(place.pilotId, "sme-fern-admin");
    const state = await sample.pilots.load(place.pilotId);
    expect(entries.map((entry) => entry.revision)).toContain(state?.deliverables["FS-5"]?.revision);
    expect(entries.every(({ by }) => by.person.id === "coordinator-2")).toBe(true);
  });

  test("is written without touching the pilot", async () => {
    const before = await sample.pilots.load("sample-on-hold");
    const place = { pilotId: "sample-on-hold", deliverableId: "FS-5" };
    const writes = sample.writes();
    await sample.call("auditor-1", "getDeliverable", { params: place });
    expect(sample.writes()).not.toBe(writes);
    expect(await sample.pilots.load("sample-on-hold")).toEqual(before);
  });

  test("is not for advisors, nor for another company", async () => {
    const { pilotId } = scored;
    expect((await sample.call("advisor-2", "listAccess", { params: { pilotId } })).status).toBe(403);
    expect((await sample.call("sme-iris-admin", "listAccess", { params: { pilotId } })).status).toBe(404);
  });
});
