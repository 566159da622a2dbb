import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

async function read(person: string, deliverableId: string, pilotId = PILOT_ID) {
  const { body } = await sample.call(person, "getDeliverable", { params: { pilotId, deliverableId } });
  return JSON.parse(body);
}

describe("Answers given before", () => {
  test("are offered to the company as dated facts where a later form asks the same", async () => {
    const { earlier } = await read("sme-granite-admin", "LC-6", "sample-skipped-adaptation");
    const before = await read("coordinator-1", "LC-1", "sample-skipped-adaptation");
    expect(earlier).toEqual([
      {
        field: "market",
        value: before.submitted.values.market,
        answeredAt: before.submitted.at,
        deliverable: expect.objectContaining({ id: "LC-1" }),
      },
    ]);
  });

  test("come from the company's earlier pilot when it applies again", async () => {
    const { body } = await sample.call("sme-birch-admin", "startApplication", {
      body: { pilotId: "birch-again", title: "Sample class planner abroad" },
    });
    expect(JSON.parse(body).id).toBe("birch-again");
    const { earlier, draft } = await read("sme-birch-admin", "IN-1", "birch-again");
    expect(draft).toBeUndefined();
    const before = await read("sme-birch-admin", "NA-1", PILOT_ID);
    expect(earlier).toContainEqual({
      field: "legalName",
      value: before.submitted.values.legalName,
      answeredAt: before.submitted.at,
      deliverable: { id: "NA-1", name: before.name },
      pilot: expect.objectContaining({ id: PILOT_ID }),
    });
    expect(earlier.map(({ field }: { field: string }) => field)).not.toContain("attachments");
  });

  test("are not told to those who do not fill in the form", async () => {
    expect((await read("coordinator-1", "IN-1", "birch-again")).earlier).toEqual([]);
  });
});
