import { afterEach, beforeEach, expect, test } from "vitest";
import { returnedMailOf } from "../../functions/adapters/ses-events.ts";
import { createDeliver } from "../../functions/events/deliver.ts";
import { createMailReturned } from "../../functions/events/mail-returned.ts";
import { messageOf } from "../../functions/mail/message.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { deliveryOf, isUndeliverable, mailItem, readMail } from "../../shared/records/mails.ts";
import { portalUrl, standingClock } from "./around-a-pilot.ts";

let store: SqliteStore;
const clock = standingClock("2027-03-10T09:00:00.000Z");
const sent: string[] = [];

beforeEach(async () => {
  store = openSqliteStore(":memory:");
  sent.length = 0;
});
afterEach(() => store.close());

const deliver = () =>
  createDeliver({ store, clock, portalUrl, mailer: { send: async ({ to }) => void sent.push(to) } }).due();

async function write(id: string, to = "anna@example.org"): Promise<void> {
  const about = { programmeId: "programme", personId: "anna", subject: "S", text: "T", eventIds: [], language: "en" };
  const item = mailItem({ id, to, ...about, createdAt: clock.now().toISOString(), sample: false });
  await store.derive([{ kind: "put", item, expectedVersion: 0 }]);
}

const delivery = async (id: string) => {
  const kept = await readMail(store, id);
  return kept && deliveryOf(kept.mail);
};

/** As EventBridge brings what SES says of a mail with this key. */
function sesEvent(key: string, about: Readonly<Record<string, unknown>>) {
  const { headers } = messageOf(
    { key, to: "anna@example.org", subject: "S", text: "T", language: "en" },
    "a@b.example",
  );
  const named = Object.entries(headers ?? {}).map(([name, value]) => ({ name, value: String(value) }));
  const mail = { messageId: "0100", destination: ["anna@example.org"], headersTruncated: false, headers: named };
  return { source: "aws.ses", detail: { eventType: "…", mail, ...about } };
}

async function comesBack(key: string, about: Readonly<Record<string, unknown>>): Promise<void> {
  const returned = returnedMailOf(sesEvent(key, about));
  if (returned !== undefined) await createMailReturned({ store, clock })(returned);
}

const bounced = (bounceType: string) => ({
  bounce: {
    bounceType,
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "Anna@example.org", action: "failed", diagnosticCode: "smtp; 550 5.1.1 gone" }],
  },
});

test("a mail that bounces for good is marked, and no other goes to its address; another address is free", async () => {
  await write("PILOT#ä/2/anna");
  await deliver();
  await comesBack("PILOT#ä/2/anna", bounced("Permanent"));
  expect(await delivery("PILOT#ä/2/anna")).toEqual({
    status: "bounced",
    at: "2027-03-10T09:00:00.000Z",
    attempts: 1,
    cause: "bounce",
    answer: "smtp; 550 5.1.1 gone",
  });
  await write("next");
  await write("elsewhere", "anna@new.example.org");
  await deliver();
  expect(await delivery("next")).toMatchObject({ status: "failed", cause: "undeliverable" });
  expect(sent).toEqual(["anna@example.org", "anna@new.example.org"]);
});

test("told twice, the first report stands", async () => {
  await write("one");
  await deliver();
  await comesBack("one", bounced("Permanent"));
  const kept = await readMail(store, "one");
  await comesBack("one", bounced("Permanent"));
  expect(await readMail(store, "one")).toEqual(kept);
});

test("a full mailbox marks the mail and not the address", async () => {
  await write("one");
  await deliver();
  await comesBack("one", bounced("Transient"));
  expect(await delivery("one")).toMatchObject({ status: "bounced", cause: "bounce" });
  expect(await isUndeliverable(store, "anna@example.org")).toBe(false);
});

test("whoever reports a mail as unwanted gets no more, also when the report does not name them", async () => {
  await write("one");
  await deliver();
  await comesBack("one", { complaint: { complainedRecipients: [], complaintFeedbackType: "abuse" } });
  expect(await delivery("one")).toMatchObject({ status: "bounced", cause: "complaint", answer: "abuse" });
  expect(await isUndeliverable(store, "anna@example.org")).toBe(true);
});

test("what SES itself rejects after taking it is not sent", async () => {
  await write("one");
  await deliver();
  await comesBack("one", { reject: { reason: "Bad content" } });
  expect(await delivery("one")).toMatchObject({ status: "failed", cause: "refused", answer: "Bad content" });
  expect(await isUndeliverable(store, "anna@example.org")).toBe(false);
});

test("a bounce that is quicker than the mark of the hand-over is not overwritten by it", async () => {
  await write("one");
  const mailer = { send: () => comesBack("one", bounced("Permanent")) };
  await createDeliver({ store, clock, portalUrl, mailer }).due();
  expect(await delivery("one")).toMatchObject({ status: "bounced" });
});

test("a mail nobody knows changes nothing but the address; deliveries change nothing", async () => {
  await comesBack("unknown", bounced("Permanent"));
  expect(await delivery("unknown")).toBeUndefined();
  expect(await isUndeliverable(store, "anna@example.org")).toBe(true);
  expect(returnedMailOf(sesEvent("one", { delivery: { timestamp: "2027-03-10T09:00:01.000Z" } }))).toBeUndefined();
  expect(() => returnedMailOf({ detail: { mail: "nonsense" } })).toThrow();
});
