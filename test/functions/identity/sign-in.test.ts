import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEnrol, createPersonOf, NotAMember } from "../../../functions/identity/sign-in.ts";
import { seedPeople } from "../../../local/sample/people.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import type { Membership, Person } from "../../../shared/contracts/items.ts";
import type { Write } from "../../../shared/ports/store.ts";
import { membershipItem, personItem } from "../../../shared/records/people.ts";

const clock = { now: () => new Date("2027-03-10T09:00:00.000Z") };

const person: Person = {
  id: "person-1",
  name: "Person One",
  email: "one@company.test",
  language: "et",
  country: "EE",
  sample: false,
};
const membership: Membership = {
  personId: person.id,
  programmeId: "sample",
  role: "sme_member",
  organisationId: "birch",
  maySubmit: false,
};

let store: SqliteStore;
beforeEach(() => {
  store = openSqliteStore(":memory:");
});
afterEach(() => store.close());

const put = (item: Extract<Write, { kind: "put" }>["item"]) =>
  store.derive([{ kind: "put", item, expectedVersion: 0 }]);

describe("the person behind an address", () => {
  const personOf = (email: string, isVerified = true) => createPersonOf({ store, clock })({ email, isVerified });

  test("is found by it, however it is written, and keeps our own id", async () => {
    await put(personItem(person));
    await put(membershipItem(membership));
    expect((await personOf("One@Company.test")).id).toBe("person-1");
  });

  test("an address that was not proved leads to nobody", async () => {
    await put(personItem(person));
    await put(membershipItem(membership));
    await expect(personOf(person.email, false)).rejects.toThrow(NotAMember);
  });

  test("who is unknown, has no role, or had one until yesterday, gets no token", async () => {
    await expect(personOf("nobody@company.test")).rejects.toThrow(NotAMember);
    await put(personItem(person));
    await expect(personOf(person.email)).rejects.toThrow(NotAMember);
    await put(membershipItem({ ...membership, until: "2027-03-09" }));
    await expect(personOf(person.email)).rejects.toThrow(NotAMember);
    await put(membershipItem({ ...membership, programmeId: "next", until: "2027-03-10" }));
    expect((await personOf(person.email)).id).toBe("person-1");
  });
});

describe("enrolment", () => {
  const enrolled: string[] = [];
  beforeEach(() => enrolled.splice(0));
  const enrol = (personId: string) =>
    createEnrol({ store, users: { add: async (email) => void enrolled.push(email) } })(personId);

  test("lets a person prove the address they have in the store", async () => {
    await put(personItem(person));
    await enrol("person-1");
    expect(enrolled).toEqual(["one@company.test"]);
  });

  test("leaves out people of sample programmes, and who is gone by now", async () => {
    await seedPeople({ store, clock });
    await enrol("coordinator-1");
    await enrol("person-2");
    expect(enrolled).toEqual([]);
  });
});
