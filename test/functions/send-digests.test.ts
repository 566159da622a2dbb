import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createNotify } from "../../functions/events/notify.ts";
import { createSendDigests } from "../../functions/tasks/send-digests.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { stored } from "../../shared/contracts/items.ts";
import type { Store, StoredEvent } from "../../shared/ports/store.ts";
import { type Digest, digestIndex, digestKey, mailItem, outboxOf } from "../../shared/records/mails.ts";
import { membershipItem, personItem } from "../../shared/records/people.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { addressees, mailsIn, pilotState, populate, portalUrl, standingClock, storedEvent } from "./around-a-pilot.ts";

let store: SqliteStore;
let clock: ReturnType<typeof standingClock>;

beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = standingClock("2027-03-10T09:00:00.000Z");
});
afterEach(() => store.close());

const tell = (event: StoredEvent) =>
  createNotify({ store, clock, pilots: createPilotRecords({ store, clock }), portalUrl })(event);
const sendDigests = () => createSendDigests({ store, clock })();
const dueAt = "2027-03-30T20:59:00.000Z";

const comment = (sequence: number, text: string, pilotId = "pilot") =>
  storedEvent(
    sequence,
    { type: "CommentAdded", actor: { personId: "lab", role: "living_lab" }, data: { text, internal: false } },
    pilotId,
  );

const submission = (sequence: number, dueAt: string, pilotId = "pilot") =>
  storedEvent(
    sequence,
    {
      type: "DeliverableSubmitted",
      actor: { personId: "member", role: "sme_member" },
      data: {
        deliverableId: "FS-2",
        revision: 1,
        formVersion: 1,
        checksum: "",
        late: false,
        review: { dueAt, reminders: [], candidateRole: "advisor", title: "Review" },
      },
    },
    pilotId,
  );

describe("the morning's digest", () => {
  test("comes at 08:00 where each person is, not before", async () => {
    await populate(store);
    await tell(comment(2, "Good news."));
    // 08:00 in Tallinn and Riga is 06:00 UTC, in Stockholm 07:00 UTC.
    clock.set("2027-03-11T05:59:59.999Z");
    expect(await sendDigests()).toEqual({ more: false, sent: 0 });
    clock.set("2027-03-11T06:00:00.000Z");
    expect(await sendDigests()).toEqual({ more: false, sent: 3 });
    expect(addressees(await mailsIn(store))).toEqual(["admin", "advisor", "member"]);
    clock.set("2027-03-11T07:00:00.000Z");
    expect(await sendDigests()).toEqual({ more: false, sent: 1 });
    expect(addressees(await mailsIn(store))).toEqual(["admin", "advisor", "expert", "member"]);
  });

  test("is one mail, by pilot, with what is due first on top and mere news last", async () => {
    await populate(store, [pilotState(), pilotState({ id: "second", title: "Company: second service" })]);
    await tell(comment(2, "First remark."));
    await tell(submission(3, "2027-03-20T21:59:00.000Z"));
    await tell(submission(2, "2027-03-16T21:59:00.000Z", "second"));
    clock.set("2027-03-11T08:00:00.000Z");
    await sendDigests();
    const mails = (await mailsIn(store)).filter(({ personId }) => personId === "advisor");
    expect(mails).toMatchObject([
      {
        to: "advisor@example.org",
        subject: "Your pilots today: three messages",
        text: [
          "Hello Person advisor,",
          "",
          "this is new since yesterday; the most urgent comes first.",
          "",
          "Company: second service",
          "",
          "  Person member submitted “Competitor analysis”, revision 1.",
          "  Claim the review and finish it by 16 March 2027.",
          "  https://fairway.example/pilots/second/deliverables/FS-2",
          "",
          "Company: service",
          "",
          "  Person member submitted “Competitor analysis”, revision 1.",
          "  Claim the review and finish it by 20 March 2027.",
          "  https://fairway.example/pilots/pilot/deliverables/FS-2",
          "",
          "  Person lab commented: “First remark.”",
          "  https://fairway.example/pilots/pilot#notes",
          "",
          "Fairway",
          "",
          "You get this because you have a part in the pilot. Choose what you are written to about: https://fairway.example/settings",
          "",
        ].join("\n"),
        eventIds: ["PILOT#second/2", "PILOT#pilot/3", "PILOT#pilot/2"],
      },
    ]);
  });

  test("takes in what happens before it is sent late, and leaves the rest for the next day", async () => {
    await populate(store);
    await tell(submission(2, dueAt));
    clock.set("2027-03-11T10:00:00.000Z");
    await tell(submission(3, dueAt));
    await sendDigests();
    await tell(submission(4, dueAt));
    expect(await sendDigests()).toEqual({ more: false, sent: 0 });
    clock.set("2027-03-12T06:00:00.000Z");
    await sendDigests();
    const mails = await mailsIn(store);
    expect(mails.map(({ personId, eventIds }) => [personId, eventIds])).toEqual([
      ["advisor", ["PILOT#pilot/4"]],
      ["advisor", ["PILOT#pilot/2", "PILOT#pilot/3"]],
    ]);
  });

  test("leaves out pilots the person may not read any more, and is not sent when nothing is left", async () => {
    await populate(store, [pilotState(), pilotState({ id: "second", title: "Company: second service" })]);
    await tell(comment(2, "About the first."));
    await tell(comment(2, "About the second.", "second"));
    const item = await store.get({ pk: "PILOT#second", sk: "PILOT" });
    if (item === undefined) throw new Error("The pilot is in the store.");
    const second = { ...pilotState({ id: "second", team: [] }).pilot };
    await store.derive([{ kind: "put", item: { ...item, data: { sequence: 2, pilot: second } }, expectedVersion: 1 }]);
    const left = await store.query({ pk: "PERSON#admin", prefix: "MEMBERSHIP#" });
    const [membership] = left.items;
    if (membership === undefined) throw new Error("The admin is a member.");
    const ended = { ...membership, data: { ...membership.data, until: "2027-03-10" } };
    await store.derive([{ kind: "put", item: ended, expectedVersion: 1 }]);
    clock.set("2027-03-11T08:00:00.000Z");
    await sendDigests();
    const mails = await mailsIn(store);
    expect(addressees(mails)).toEqual(["advisor", "expert", "member"]);
    const text = (personId: string) => mails.find((mail) => mail.personId === personId)?.text;
    expect(text("advisor")).not.toContain("About the second.");
    expect(text("member")).toContain("About the second.");
    expect(
      stored<Digest>((await store.get(digestKey({ personId: "admin", programmeId: "programme" })))?.data ?? {}),
    ).toEqual({
      personId: "admin",
      programmeId: "programme",
      waiting: [],
    });
  });

  test("is written to 25 people in one run, and says when there are more", async () => {
    await populate(store);
    const people = Array.from({ length: 60 }, (_, n) => `advisor-${String(n).padStart(2, "0")}`);
    const team = people.map((personId) => ({ personId, role: "advisor", country: "EE" }) as const);
    const id = "crowded";
    const { pilot } = pilotState({ id, team });
    await store.derive(
      [
        {
          pk: `PILOT#${id}`,
          sk: "PILOT",
          type: "pilot",
          data: { sequence: 1, pilot: { ...pilot }, besideHead: { items: 0, versions: 0 } },
        },
        ...people.slice(0, 40).map((person) =>
          personItem({
            id: person,
            name: person,
            email: `${person}@example.org`,
            language: "en",
            country: "EE",
            sample: false,
          }),
        ),
        ...people.slice(0, 40).map((person) =>
          membershipItem({
            personId: person,
            programmeId: "programme",
            role: "advisor",
            organisationId: "cluster",
            maySubmit: false,
          }),
        ),
      ].map((item) => ({ kind: "put", item, expectedVersion: 0 })),
    );
    await tell(comment(2, "Hello all.", id));
    clock.set("2027-03-11T08:00:00.000Z");
    const runs = [await sendDigests(), await sendDigests(), await sendDigests()];
    expect(runs).toEqual([
      { more: true, sent: 25 },
      { more: false, sent: 17 },
      { more: false, sent: 0 },
    ]);
    expect(new Set(addressees(await mailsIn(store))).size).toBe(42);
  });

  test("sends nothing twice while the index still lists a digest that is emptied", async () => {
    await populate(store);
    await tell(submission(2, dueAt));
    clock.set("2027-03-11T08:00:00.000Z");
    const listed = await store.query({ index: "gsi2", pk: digestIndex("programme") });
    await sendDigests();
    const lagging: Store = {
      ...store,
      query: async (query) => (query.index === "gsi2" ? listed : await store.query(query)),
    };
    expect(await createSendDigests({ store: lagging, clock })()).toEqual({ more: false, sent: 0 });
    expect(addressees(await mailsIn(store))).toEqual(["advisor"]);
  });
});

describe("the outbox", () => {
  test("lists a programme's mails newest first, page by page, and no other programme's", async () => {
    const mail = (n: number, programmeId: string) =>
      mailItem({
        id: `mail-${n}`,
        programmeId,
        to: "somebody@example.org",
        personId: "somebody",
        subject: `Mail ${n}`,
        text: "",
        createdAt: new Date(Date.UTC(2027, 0, 1, 0, n)).toISOString(),
        eventIds: [],
        language: "en",
        sample: false,
      });
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await store.derive(
      [...numbers.map((n) => mail(n, "ours")), mail(99, "theirs")].map((item) => ({
        kind: "put",
        item,
        expectedVersion: 0,
      })),
    );
    const first = await outboxOf(store, "ours");
    const second = await outboxOf(store, "ours", first.cursor);
    expect([...first.items, ...second.items].map(({ subject }) => subject)).toEqual(
      numbers.toReversed().map((n) => `Mail ${n}`),
    );
    expect(second.cursor).toBeUndefined();
  });
});
