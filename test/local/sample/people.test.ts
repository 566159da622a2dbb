import { describe, expect, test } from "vitest";
import { samplePeople, sampleProgrammeId, seedPeople } from "../../../local/sample/people.ts";
import { openSqliteStore } from "../../../local/store/sqlite-store.ts";
import {
  membershipsOf,
  membersOfOrganisation,
  membersOfProgramme,
  organisationsOf,
  readPerson,
  readProgramme,
} from "../../../shared/records/people.ts";

const clock = { now: () => new Date("2026-11-22T09:30:00.000Z") };

describe("the sample people", () => {
  test("belong to a programme marked as a sample, each marked as well, with a mail address that reaches nobody", async () => {
    using store = openSqliteStore(":memory:");
    await seedPeople({ store, clock });
    expect(await readProgramme(store, sampleProgrammeId)).toMatchObject({
      sample: true,
      name: expect.stringMatching(/^Sample programme/),
    });
    const members = await membersOfProgramme(store, sampleProgrammeId);
    const people = await Promise.all(members.map(({ personId }) => readPerson(store, personId)));
    expect(people).toHaveLength(samplePeople.length);
    for (const person of people) {
      expect(person?.sample).toBe(true);
      expect(person?.name).toMatch(/^Sample /);
      expect(person?.email).toMatch(/@sample\.example$/);
    }
    for (const { name } of await organisationsOf(store, sampleProgrammeId)) expect(name).toMatch(/^Sample /);
  });

  test("hold every role: two coordinators, three advisors, three experts, two living labs, an auditor, an administrator", async () => {
    using store = openSqliteStore(":memory:");
    await seedPeople({ store, clock });
    const members = await membersOfProgramme(store, sampleProgrammeId);
    const inRole = (role: string) => members.filter((member) => member.role === role).length;
    expect(["coordinator", "advisor", "expert", "living_lab", "auditor", "administrator"].map(inRole)).toEqual([
      2, 3, 3, 2, 1, 1,
    ]);
    const companies = (await organisationsOf(store, sampleProgrammeId)).filter(({ kind }) => kind === "sme");
    expect(new Set(companies.map(({ country }) => country))).toEqual(
      new Set(["EE", "LV", "LT", "FI", "SE", "BG", "RS", "HR"]),
    );
    for (const { id } of companies) {
      const roles = (await membersOfOrganisation(store, id)).map(({ role }) => role);
      expect(roles).toContain("sme_admin");
    }
  });

  test("may be relied on by id: Aurora's employee may submit", async () => {
    using store = openSqliteStore(":memory:");
    await seedPeople({ store, clock });
    expect(await membershipsOf(store, "sme-aurora-member")).toMatchObject([
      { role: "sme_member", organisationId: "aurora", maySubmit: true },
    ]);
    expect(await membershipsOf(store, "sme-birch-admin")).toMatchObject([
      { role: "sme_admin", organisationId: "birch" },
    ]);
  });

  test("are put there once, one event for each commit", async () => {
    using store = openSqliteStore(":memory:");
    await seedPeople({ store, clock });
    const before = await store.read("", 1000);
    await seedPeople({ store, clock });
    expect(await store.read("", 1000)).toEqual(before);
    expect(before.events.map(({ type }) => type)).toEqual([
      "ProgrammeCreated",
      ...Array(before.events.length - 1).fill("OrganisationAdded"),
    ]);
  });
});
