import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { organisationsOfForm } from "../../../functions/api/organisations-of-form.ts";
import { sampleLabId } from "../../../local/sample/people.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import type { Organisation } from "../../../shared/contracts/items.ts";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import type { Role } from "../../../shared/domain/actor.ts";
import { organisationsIn } from "../../../shared/domain/forms/organisations.ts";
import { deliverableOf } from "../../../shared/domain/process.ts";
import { organisationItem } from "../../../shared/records/people.ts";
import { openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

const lab = { id: sampleLabId, name: "Sample living lab, Valmiera", kind: "living_lab" };

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

describe("Organisations to choose from", () => {
  let store: SqliteStore;
  beforeEach(async () => {
    store = openSqliteStore(":memory:");
    const of = (number: number, kind: Organisation["kind"], programmeId = "here"): Organisation => {
      const id = `00000000-0000-8000-8000-00000000000${number}`;
      return { id, programmeId, name: `${number} ${kind}`, country: "LV", kind };
    };
    const organisations = [
      of(1, "sme"),
      of(2, "sme"),
      of(3, "living_lab"),
      of(4, "advisory"),
      of(5, "living_lab", "elsewhere"),
      // What no form takes as an answer.
      { ...of(6, "living_lab"), id: "old-lab" },
    ];
    await store.derive(
      organisations.map((each) => ({ kind: "put", item: organisationItem(each), expectedVersion: 0 }) as const),
    );
  });
  afterEach(() => store.close());

  const introduced = ["00000000-0000-8000-8000-000000000002"];

  async function offered(form: string, role: Role, { toChoose = true, introduced = [] as readonly string[] } = {}) {
    const schema = deliverableOf(latestProcess, form)?.formSchema ?? {};
    const pilot = { programmeId: "here", organisationId: "00000000-0000-8000-8000-000000000001" };
    const actor = { personId: "somebody", role, programmeId: "here" };
    const found = await organisationsOfForm(store, pilot, actor, { schema, answers: [], toChoose, introduced });
    return found.map(({ name }) => name);
  }

  test("are all others of the programme for an advisor who introduces the company to them", async () => {
    expect(await offered("LC-7", "advisor")).toEqual(["2 sme", "3 living_lab", "4 advisory"]);
  });

  test("are no other companies for a company, which sees nothing of them", async () => {
    expect(await offered("FU-1", "sme_admin")).toEqual(["3 living_lab", "4 advisory"]);
  });

  test("are other companies for a company that was introduced to them", async () => {
    expect(await offered("FU-1", "sme_admin", { introduced })).toEqual(["2 sme", "3 living_lab", "4 advisory"]);
  });

  test("are those of a kind where the form asks for it", async () => {
    expect(await offered("FS-6", "living_lab")).toEqual(["3 living_lab"]);
  });

  test("are none for who only reads", async () => {
    expect(await offered("LC-7", "coordinator", { toChoose: false, introduced })).toEqual([]);
  });
});
