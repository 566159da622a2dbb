import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createProgramme, ProgrammeExists } from "../../../local/programme/new-programme.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import { programmeStream } from "../../../shared/contracts/items.ts";
import { outboxOf } from "../../../shared/records/mails.ts";
import { findPersonByEmail, membershipsOf, readOrganisation, readProgramme } from "../../../shared/records/people.ts";

const clock = { now: () => new Date("2026-12-01T09:00:00.000Z") };
const programme = {
  id: "baltic-2027",
  name: "Baltic 2027",
  startsOn: "2027-01-01",
  endsOn: "2029-12-31",
  office: { name: "Programme office", country: "LV" },
  coordinator: { name: "Coordinator", email: "Coordinator@office.test", language: "lv" },
};

let store: SqliteStore;
beforeEach(() => {
  store = openSqliteStore(":memory:");
});
afterEach(() => store.close());

const create = () => createProgramme({ store, clock, portalUrl: "https://portal.fairway.test" }, programme);

describe("a new programme", () => {
  test("has its dates, its office, and the office's country for its calendar", async () => {
    await create();
    expect(await readProgramme(store, "baltic-2027")).toMatchObject({
      name: "Baltic 2027",
      startsOn: "2027-01-01",
      sample: false,
      parameters: { country: "LV" },
    });
    expect(await readOrganisation(store, "baltic-2027-office")).toMatchObject({ kind: "programme_office" });
    const { items } = await store.eventsOf(programmeStream("baltic-2027"), {});
    expect(items.map(({ type }) => type)).toEqual(["ProgrammeCreated", "PersonInvited", "PersonInvited"]);
  });

  test("has one person, who coordinates and administers it and is invited in their language", async () => {
    await create();
    const person = await findPersonByEmail(store, "coordinator@office.test");
    expect(person).toMatchObject({ name: "Coordinator", language: "lv", sample: false });
    const roles = (await membershipsOf(store, person?.id ?? "")).map(({ role }) => role);
    expect(roles.sort()).toEqual(["administrator", "coordinator"]);
    const { items } = await outboxOf(store, "baltic-2027");
    expect(items).toHaveLength(2);
  });

  test("is refused where there is one of that id, and changes nothing", async () => {
    await create();
    await expect(create()).rejects.toThrow(ProgrammeExists);
    expect((await store.eventsOf(programmeStream("baltic-2027"), {})).items).toHaveLength(3);
  });
});
