/** Hours of support: who logged them, what their company says of them, what a coordinator decides. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OperationId, OutputOf } from "../../../shared/contracts/operations.ts";
import { type Input, openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

const params = { pilotId: PILOT_ID };

async function call(personId: string, id: OperationId, input: Input = {}) {
  const { status, body } = await sample.call(personId, id, { params, ...input });
  return { status, json: JSON.parse(body) };
}

async function supportFor(personId: string): Promise<OutputOf<"getSupport">> {
  const { status, json } = await call(personId, "getSupport");
  expect(status).toBe(200);
  return json;
}

test("hours are confirmed or disputed by their company, and everybody around sees what was said of theirs", async () => {
  const before = await supportFor("sme-birch-admin");
  for (const hours of [2, 0.5]) {
    await call("expert-1", "logHours", { body: { hours, on: "2027-03-09", activity: `Call of ${hours} h` } });
  }
  const { entries, hours, aidEur, openHours } = await supportFor("sme-birch-admin");
  expect({ hours, openHours }).toEqual({ hours: before.hours + 2.5, openHours: before.openHours + 2.5 });
  const [short, long] = entries;
  expect([short?.status, long?.status]).toEqual(["logged", "logged"]);

  await call("sme-birch-admin", "confirmHours", { body: { entryIds: [long?.id] } });
  const dispute = { body: { entryId: short?.id, reason: "Nobody of ours was there" } };
  expect((await call("sme-birch-admin", "disputeHours", dispute)).json).toMatchObject({ disputedHours: 0.5 });
  expect((await supportFor("expert-1")).entries.slice(0, 2)).toMatchObject([
    { status: "disputed", answered: { by: { id: "sme-birch-admin" }, reason: "Nobody of ours was there" } },
    { status: "confirmed", answered: { by: { id: "sme-birch-admin" } } },
  ]);
  const { json: list } = await call("coordinator-1", "listPilots");
  expect(list.pilots.find(({ id }: { id: string }) => id === PILOT_ID)).toMatchObject({ disputedHours: 0.5 });

  const settle = { body: { entryId: short?.id, counts: false, reason: "Logged by mistake" } };
  expect((await call("coordinator-1", "settleHours", settle)).status).toBe(200);
  const after = await supportFor("coordinator-1");
  expect(after.entries[0]).toMatchObject({ status: "struck", settled: { by: { id: "coordinator-1" } } });
  expect(after).toMatchObject({ hours: hours - 0.5, aidEur: aidEur - (short?.aidEur ?? 0) });
  expect(after.openHours).toBe(before.openHours);
});

test("what one pilot gave leaves the company less room in its others, unless a coordinator strikes it", async () => {
  const roomOf = async (pilotId: string): Promise<number> =>
    JSON.parse((await sample.call("coordinator-1", "getSupport", { params: { pilotId } })).body).aidRoomEur;
  const before = { here: await roomOf(PILOT_ID), there: await roomOf("sample-completed") };
  await call("expert-1", "logHours", { body: { hours: 3, on: "2027-03-09", activity: "Workshop" } });
  const { entries } = await supportFor("sme-birch-admin");
  const [workshop] = entries;
  expect(await roomOf("sample-completed")).toBe(before.there - (workshop?.aidEur ?? Number.NaN));
  expect(await roomOf(PILOT_ID)).toBe(before.here);

  await call("sme-birch-admin", "disputeHours", { body: { entryId: workshop?.id, reason: "There was none" } });
  const settle = { body: { entryId: workshop?.id, counts: false, reason: "Logged by mistake" } };
  await call("coordinator-1", "settleHours", settle);
  expect(await roomOf("sample-completed")).toBe(before.there);
});

test("what is planned is the programme's until a support plan is accepted", async () => {
  expect(await supportFor("coordinator-1")).toMatchObject({ plannedBy: "programme" });
  const { body } = await sample.call("coordinator-1", "getSupport", {
    params: { pilotId: "sample-skipped-adaptation" },
  });
  expect(JSON.parse(body)).toMatchObject({ plannedBy: "plan" });
});

test("nothing else of a pilot is taken for hours, and hours of another pilot are not found", async () => {
  const { json } = await call("coordinator-1", "getTimeline");
  const [other] = json.entries.filter(({ type }: { type: string }) => type !== "HoursLogged");
  const elsewhere = (await sample.call("coordinator-1", "getSupport", { params: { pilotId: "sample-at-risk" } })).body;
  const ids = [other.id, JSON.parse(elsewhere).entries[0]?.id ?? `PILOT#${PILOT_ID}/9999`];
  for (const id of ids) {
    expect((await call("sme-birch-admin", "confirmHours", { body: { entryIds: [id] } })).status).toBe(404);
  }
});
