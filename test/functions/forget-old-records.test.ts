import { afterEach, beforeEach, expect, test } from "vitest";
import { createForgetOldRecords } from "../../functions/tasks/forget-old-records.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { accessOf, logAccess } from "../../shared/records/access-log.ts";
import { lastForgetting } from "../../shared/records/forgotten.ts";
import { type Mail, mailItem, type Notice, noticeItem, outboxOf } from "../../shared/records/mails.ts";
import { changeOf } from "../../shared/records/pilot-items.ts";
import { pilotState, populate, standingClock } from "./around-a-pilot.ts";

let store: SqliteStore;
let clock: ReturnType<typeof standingClock>;
beforeEach(async () => {
  store = openSqliteStore(":memory:");
  clock = standingClock("2028-03-10T09:00:00.000Z");
  await populate(store);
});
afterEach(() => store.close());

const forget = () => createForgetOldRecords({ store, clock })();
const OLD = "2027-03-01T09:00:00.000Z";
const YOUNG = "2027-03-20T09:00:00.000Z";

async function keepMail(id: string, createdAt: string, isSample: boolean): Promise<void> {
  const mail: Mail = {
    id,
    programmeId: "programme",
    to: "advisor@example.org",
    personId: "advisor",
    subject: "Subject",
    text: "Text",
    createdAt,
    eventIds: [],
    language: "en",
    sample: isSample,
  };
  await store.derive([{ kind: "put", item: mailItem(mail, { sample: isSample }), expectedVersion: 0 }]);
}

async function keepNotice(eventId: string, at: string): Promise<void> {
  const notice: Notice = {
    personId: "advisor",
    programmeId: "programme",
    pilotId: "pilot",
    pilotTitle: "Company: service",
    sample: false,
    eventId,
    at,
    membershipId: "programme#advisor#cluster",
    urgent: false,
    text: { subject: "Subject", happened: "Something happened.", todo: [], link: "/pilots/pilot" },
  };
  await store.derive([{ kind: "put", item: noticeItem(notice), expectedVersion: 0 }]);
}

const read = (at: string) =>
  logAccess(
    store,
    { id: "pilot", programmeId: "programme" },
    { personId: "advisor", role: "advisor", programmeId: "programme" },
    { deliverableId: "FS-5", revision: 1, at },
  );

test("mails, notices and accesses past the programme's time go, younger ones and waiting mails stay", async () => {
  await keepMail("old", OLD, true);
  await keepMail("old but waiting", OLD, false);
  await keepMail("young", YOUNG, true);
  await keepNotice("PILOT#pilot/1", OLD);
  await keepNotice("PILOT#pilot/2", YOUNG);
  await read("2023-03-01T09:00:00.000Z");
  await read(YOUNG);
  expect(await forget()).toMatchObject({ mails: 1, notices: 1, accesses: 1 });
  const { items } = await outboxOf(store, "programme");
  expect(items.map(({ id }) => id)).toEqual(["young", "old but waiting"]);
  expect((await accessOf(store, "pilot")).items.map(({ at }) => at)).toEqual([YOUNG]);
  const notices = await store.query({ pk: "NOTICES#advisor", prefix: "event#" });
  expect(notices.items.map(({ data }) => data.eventId)).toEqual(["PILOT#pilot/2"]);
});

test("it is done once a day, by whichever run comes first, and what it did is on record", async () => {
  const first = await forget();
  await keepMail("old", OLD, true);
  expect(await lastForgetting(store, "programme")).toEqual({ on: "2028-03-10", forgotten: first });
  expect(await forget()).toMatchObject({ mails: 0 });
  clock.set("2028-03-11T00:00:00.000Z");
  expect(await forget()).toMatchObject({ mails: 1 });
  expect(await lastForgetting(store, "programme")).toMatchObject({ on: "2028-03-11", forgotten: { mails: 1 } });
});

test("business and aid records are counted when their time is over, and stay", async () => {
  const ended = pilotState({ id: "ended", status: "completed", endedAt: "2027-05-01T00:00:00.000Z" });
  await store.derive(changeOf(undefined, ended).writes);
  const before = await store.query({ index: "gsi1", pk: "PROGRAMME#programme#PILOTS" });
  // The programme ends in 2029: five years after that year, ten years after it.
  clock.set("2034-12-31T12:00:00.000Z");
  expect(await forget()).toMatchObject({ businessRecordsDue: 0, aidRecordsDue: 0 });
  clock.set("2035-01-01T12:00:00.000Z");
  expect(await forget()).toMatchObject({ businessRecordsDue: 1, aidRecordsDue: 0 });
  clock.set("2040-01-01T12:00:00.000Z");
  expect(await forget()).toMatchObject({ businessRecordsDue: 1, aidRecordsDue: 1 });
  expect(await store.query({ index: "gsi1", pk: "PROGRAMME#programme#PILOTS" })).toEqual(before);
});
