import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleLabId } from "../../../local/sample/people.ts";
import { organisationsIn } from "../../../shared/domain/forms/organisations.ts";
import { openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

const lab = { id: sampleLabId, name: "Sample living lab, Valmiera" };

async function read(person: string, deliverableId: string, pilotId: string) {
  const { body } = await sample.call(person, "getDeliverable", { params: { pilotId, deliverableId } });
  return JSON.parse(body);
}

describe("Organisations in the answers of a form", () => {
  test("are named to whoever reads them", async () => {
    const view = await read("coordinator-1", "FS-6", "sample-skipped-adaptation");
    expect(view.submitted.values.livingLab).toBe(lab.id);
    expect(view.organisations).toEqual([lab]);
  });

  test("are not sent with a form that asks for none", async () => {
    expect((await read("coordinator-1", "NA-1", PILOT_ID)).organisations).toEqual([]);
  });

  test("are found in fields and in tables, and only where an id stands", () => {
    const organisation = { type: "string", "x-ui": { optionsFrom: "organisations" } };
    const schema = {
      properties: {
        one: organisation,
        typed: organisation,
        other: { type: "string" },
        rows: { type: "array", items: { type: "object", properties: { who: organisation } } },
      },
    };
    const values = { one: lab.id, typed: "The lab", other: lab.id, rows: [{ who: lab.id }, {}] };
    expect(organisationsIn(schema, values)).toEqual([lab.id, lab.id]);
  });
});
