import { afterEach, beforeEach, expect, test } from "vitest";
import { createDeliver, type Deliver } from "../../../functions/events/deliver.ts";
import { createClock } from "../../../local/clock.ts";
import { openPostOffice, type PostOffice } from "../../../local/mail/post-office.ts";
import { createSmtpMailer } from "../../../local/mail/smtp-mailer.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import { mailItem } from "../../../shared/records/mails.ts";
import { startSmtp, type TestSmtp } from "../../support/smtp.ts";

const clockNow = "2027-03-10T09:00:00.000Z";

let smtp: TestSmtp;
let store: SqliteStore;
let clock: ReturnType<typeof createClock>;
let office: PostOffice | undefined;
let errors: unknown[];

beforeEach(async () => {
  smtp = await startSmtp();
  store = openSqliteStore(":memory:");
  clock = createClock({ start: new Date(clockNow), frozen: true });
  errors = [];
});
afterEach(async () => {
  await office?.close();
  store.close();
  await smtp[Symbol.asyncDispose]();
});

function open(change: Partial<Deliver> = {}): PostOffice {
  const mailer = createSmtpMailer({ url: smtp.url, from: "noreply@fairway.example" });
  const deliver = { ...createDeliver({ store, clock, mailer, portalUrl: "https://fairway.example" }), ...change };
  office = openPostOffice({ store, clock, deliver, onError: (error) => errors.push(error) });
  return office;
}

const write = (id: string) =>
  store.derive([
    {
      kind: "put",
      item: mailItem({
        id,
        programmeId: "programme",
        to: `${id}@example.org`,
        personId: id,
        subject: "Subject",
        text: "Text",
        createdAt: clock.now().toISOString(),
        eventIds: [],
        language: "en",
        sample: false,
      }),
      expectedVersion: 0,
    },
  ]);

const receivers = () => smtp.received.flatMap(({ to }) => to);

test("what waits at the start goes out, and what is written later as soon as it is", async () => {
  await write("early");
  const { idle } = open();
  await idle();
  expect(receivers()).toEqual(["early@example.org"]);
  await write("late");
  await idle();
  expect(receivers()).toEqual(["early@example.org", "late@example.org"]);
});

test("a mail that did not get through is tried again when its time has come, without anybody asking", async () => {
  const { idle } = open();
  smtp.answer("message", 451);
  await write("one");
  await idle();
  smtp.answer("message", undefined);
  await clock.advance(119_000);
  await idle();
  expect(receivers()).toEqual([]);
  await clock.advance(1000);
  await idle();
  expect(receivers()).toEqual(["one@example.org"]);
});

test("a clock that is moved by months makes no second attempt beside the one under way", async () => {
  const { idle } = open();
  smtp.answer("message", 451);
  await write("one");
  await idle();
  const before = smtp.calls();
  await clock.advance(2 * 60_000);
  await clock.advance(90 * 86_400_000);
  await idle();
  expect(smtp.calls() - before).toBe(1);
  expect(receivers()).toEqual([]);
});

test("a round that failed is told of and repeated a minute later", async () => {
  const rounds: string[] = [];
  const { idle } = open({
    async due() {
      rounds.push(clock.now().toISOString());
      if (rounds.length === 1) throw new Error("The disk is full.");
      return { handled: 0 };
    },
  });
  await idle();
  expect(errors).toHaveLength(1);
  await clock.advance(60_000);
  await idle();
  expect(rounds).toEqual([clockNow, "2027-03-10T09:01:00.000Z"]);
});

test("closing lets the mail under way be marked and leaves the others for the next start", async () => {
  for (const id of ["one", "two"]) await write(id);
  const taken = new Promise<void>((resolve) => smtp.beforeYes(resolve));
  const { close } = open();
  await taken;
  await close();
  expect(receivers()).toEqual(["one@example.org"]);
  const { idle } = open();
  await idle();
  expect(receivers()).toEqual(["one@example.org", "two@example.org"]);
});
