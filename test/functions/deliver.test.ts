import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDeliver } from "../../functions/events/deliver.ts";
import { messageIdOf } from "../../functions/mail/message.ts";
import { createSmtpMailer } from "../../local/mail/smtp-mailer.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { type Mailer, MailRefused } from "../../shared/ports/mailer.ts";
import type { Store } from "../../shared/ports/store.ts";
import { deadAddressItem, deliveryOf, dueMails, type Mail, mailItem, readMail } from "../../shared/records/mails.ts";
import { personItem } from "../../shared/records/people.ts";
import { startSmtp, type TestSmtp } from "../support/smtp.ts";
import { portalUrl, standingClock } from "./around-a-pilot.ts";

const from = "Fairway <noreply@fairway.example>";

let smtp: TestSmtp;
let store: SqliteStore;
let clock: ReturnType<typeof standingClock>;

beforeEach(async () => {
  smtp = await startSmtp();
  store = openSqliteStore(":memory:");
  clock = standingClock("2027-03-10T09:00:00.000Z");
});
afterEach(async () => {
  store.close();
  await smtp[Symbol.asyncDispose]();
});

const deliver = (mailer: Mailer = createSmtpMailer({ url: smtp.url, from })) =>
  createDeliver({ store, clock, mailer, portalUrl });

const write = (id: string, change: Partial<Mail> = {}, to = { sample: false }): Promise<void> =>
  writeTo(store, id, clock.now(), change, to);

async function writeTo(
  into: Store,
  id: string,
  now: Date,
  change: Partial<Mail> = {},
  to = { sample: false },
): Promise<void> {
  const mail: Mail = {
    id,
    programmeId: "programme",
    to: "anna@example.org",
    personId: "anna",
    subject: "Please review NA-3",
    text: "Hello Anna,\n\nit is due.\n",
    createdAt: now.toISOString(),
    eventIds: ["PILOT#pilot/2"],
    language: "en",
    sample: false,
    ...change,
  };
  await into.derive([{ kind: "put", item: mailItem(mail, to), expectedVersion: 0 }]);
}

async function delivery(id: string) {
  const kept = await readMail(store, id);
  return kept && deliveryOf(kept.mail);
}

const waiting = async () => (await dueMails(store, new Date("2999-01-01"), 10)).due.map(({ id }) => id);

describe("a mail in the outbox", () => {
  test("is handed to the server once, and says when", async () => {
    await write("one");
    await deliver().one("one");
    await deliver().one("one");
    expect(await deliver().due()).toEqual({ handled: 0 });
    expect(smtp.received.map(({ to }) => to)).toEqual([["anna@example.org"]]);
    expect(await delivery("one")).toEqual({ status: "sent", at: "2027-03-10T09:00:00.000Z", attempts: 1 });
    expect(await waiting()).toEqual([]);
  });

  test("is handed over once by two processes that see it at the same time", async () => {
    await write("one");
    await Promise.all([deliver().one("one"), deliver().due(), deliver().one("one")]);
    expect(smtp.received).toHaveLength(1);
  });

  test("says that nobody should answer, in which language it is, where to choose, and who it is", async () => {
    await write("PILOT#ä/2", { language: "lv" });
    await deliver().due();
    const [mail] = smtp.received;
    expect(mail?.from).toBe("noreply@fairway.example");
    const headers = (mail?.raw ?? "").split("\r\n\r\n")[0]?.replaceAll("\r\n ", " ").split("\r\n");
    expect(headers).toEqual(
      expect.arrayContaining([
        "From: Fairway <noreply@fairway.example>",
        "To: anna@example.org",
        "Auto-Submitted: auto-generated",
        "Content-Language: lv",
        `List-Unsubscribe: <${portalUrl}/settings>`,
        `Message-ID: ${messageIdOf("PILOT#ä/2", from)}`,
        "Fairway-Mail: PILOT%23%C3%A4%2F2",
      ]),
    );
  });

  test("arrives with its letters and its long lines as they were written", async () => {
    const line = `Ž${"õ".repeat(2000)}.`;
    await write("one", { subject: `Läbivaatus: ${"ņ".repeat(100)}`, text: `Tere!\n${line}\n.\nFrom me\n` });
    await deliver().due();
    const raw = smtp.received[0]?.raw ?? "";
    expect(raw.split("\r\n").filter((each) => each.length > 78)).toEqual([]);
    expect(raw).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    const [head = "", ...body] = raw.split("\r\n\r\n");
    expect(contentOf(head, body.join("\r\n\r\n"))).toBe(`Tere!\n${line}\n.\nFrom me\n`);
    expect(head).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  test.each(["anna@example.org, eve@example.org", "Eve <eve@example.org>", "anna", "a@b.org\r\nBcc: eve@example.org"])(
    "goes to nobody when its address is %j, which is not one",
    async (to) => {
      await write("one", { to });
      await deliver().due();
      expect(smtp.calls()).toBe(0);
      expect(await delivery("one")).toMatchObject({ status: "failed", cause: "refused", attempts: 1 });
    },
  );
});

describe("when the server has trouble", () => {
  test("the mail waits and is tried again at longer and longer distances", async () => {
    await write("one");
    smtp.answer("message", 451, "Try again later");
    const attempts: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      attempts.push(clock.now().toISOString());
      const { nextAt } = await deliver().due();
      expect(await deliver().due()).toMatchObject({ handled: 0 });
      clock.set(nextAt ?? "");
    }
    expect(attempts.map((at) => at.slice(11, 16))).toEqual(["09:00", "09:02", "09:07", "09:22", "10:22"]);
    expect(await delivery("one")).toMatchObject({
      status: "waiting",
      attempts: 5,
      answer: expect.stringContaining("451"),
    });
    smtp.answer("message", undefined);
    await deliver().due();
    expect(await delivery("one")).toEqual({ status: "sent", at: clock.now().toISOString(), attempts: 6 });
    expect(smtp.received).toHaveLength(1);
  });

  test("a server that is away gets the mail when it is back", async () => {
    await write("one");
    await smtp.stop();
    const { nextAt } = await deliver().due();
    expect(await delivery("one")).toMatchObject({ status: "waiting", attempts: 1 });
    await smtp.reopen();
    clock.set(nextAt ?? "");
    await deliver().due();
    expect(smtp.received).toHaveLength(1);
  });

  test("it is left alone after three mails in a row, and no mail loses its place", async () => {
    for (const id of ["1", "2", "3", "4", "5"]) await write(id);
    smtp.answer("receiver", 450);
    expect(await deliver().due()).toEqual({ handled: 3, nextAt: "2027-03-10T09:01:00.000Z" });
    expect(smtp.calls()).toBe(3);
    expect(await waiting()).toEqual(["4", "5", "1", "2", "3"]);
  });

  test.each(["receiver", "message"] as const)("a mail refused for good at its %s is not tried again", async (at) => {
    await write("one");
    smtp.answer(at, 550, "No such user here");
    await deliver().due();
    expect(await delivery("one")).toEqual({
      status: "failed",
      at: "2027-03-10T09:00:00.000Z",
      attempts: 1,
      cause: "refused",
      answer: expect.stringContaining("550 No such user here"),
    });
    expect(await waiting()).toEqual([]);
  });

  test("a mail that could not go out for three days is given up", async () => {
    await write("one");
    clock.set("2027-03-13T09:00:00.001Z");
    await deliver().due();
    expect(smtp.calls()).toBe(0);
    expect(await delivery("one")).toMatchObject({ status: "failed", cause: "expired", attempts: 0 });
  });

  test("a round ends when it is told so, before the next mail", async () => {
    for (const id of ["1", "2"]) await write(id);
    expect(await deliver().due(() => smtp.received.length === 1)).toMatchObject({ handled: 1 });
    expect(await waiting()).toEqual(["2"]);
  });
});

describe("when the process dies", () => {
  class Killed extends Error {}

  /** A store that works until `when` says so, and then never again: what a killed process writes. */
  const dying = (
    when: () => boolean,
  ): Pick<SqliteStore, "get" | "query" | "commit" | "derive" | "eventsOf" | "eventsOfProgramme"> => ({
    get: store.get,
    query: store.query,
    commit: store.commit,
    eventsOf: store.eventsOf,
    eventsOfProgramme: store.eventsOfProgramme,
    derive: async (writes) => {
      if (when()) throw new Killed();
      return store.derive(writes);
    },
  });

  const mailer = () => createSmtpMailer({ url: smtp.url, from });

  test("before the hand-over, the mail goes out once, when its claim is over", async () => {
    await write("one");
    const dead: Mailer = { send: () => new Promise(() => {}) };
    void deliver(dead).one("one");
    await deliver().due();
    expect(smtp.received).toEqual([]);
    clock.set("2027-03-10T09:02:00.000Z");
    await deliver().due();
    expect(smtp.received).toHaveLength(1);
    expect(await delivery("one")).toMatchObject({ status: "sent", attempts: 2 });
  });

  test("between hand-over and mark, the mail goes out again under the same Message-ID, and nothing else does", async () => {
    for (const id of ["one", "two"]) await write(id);
    let isDead = false;
    smtp.beforeYes(() => {
      isDead = true;
    });
    const died = createDeliver({ store: dying(() => isDead), clock, mailer: mailer(), portalUrl }).due();
    await expect(died).rejects.toThrow(Killed);
    smtp.beforeYes(undefined);

    await deliver().due();
    expect(await delivery("one")).toMatchObject({ status: "waiting", attempts: 1 });
    clock.set("2027-03-10T09:02:00.000Z");
    await deliver().due();
    const ids = smtp.received.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]?.trim());
    expect(ids).toEqual([messageIdOf("one", from), messageIdOf("two", from), messageIdOf("one", from)]);
    expect(await delivery("one")).toMatchObject({ status: "sent", attempts: 2 });
  });
});

/** What becomes of an attempt: the process may die before the server hears of the mail, or after it has said yes. */
const fates = ["taken", "not now", "refused", "dies before", "dies after"] as const;

test("whatever happens to attempts, each mail ends, and is taken once and once more for each death after a yes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom(...fates), { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (scripts) => {
        using own = openSqliteStore(":memory:");
        const time = standingClock("2027-03-10T09:00:00.000Z");
        const taken = scripts.map(() => 0);
        const left = scripts.map((script) => [...script]);
        let isDead = false;
        const mailer: Mailer = {
          async send({ key }) {
            const index = Number(key);
            const fate = left[index]?.shift() ?? "taken";
            if (fate === "refused") throw new MailRefused("550 No");
            if (fate === "not now") throw new Error("451 Later");
            isDead = fate.startsWith("dies");
            if (fate !== "dies before") taken[index] = (taken[index] ?? 0) + 1;
            if (fate === "dies before") throw new Error("The process is gone.");
          },
        };
        const mortal: Store = {
          ...own,
          async derive(writes) {
            if (isDead) throw new Error("The process is gone.");
            return own.derive(writes);
          },
        };
        for (const index of scripts.keys()) await writeTo(own, String(index), time.now());
        for (;;) {
          isDead = false;
          await createDeliver({ store: mortal, clock: time, mailer, portalUrl })
            .due()
            .catch(() => {});
          const [next] = (await dueMails(own, new Date("2999-01-01"), 1)).due;
          if (next === undefined) break;
          const { nextAttemptAt = "" } = deliveryOf(next);
          if (nextAttemptAt > time.now().toISOString()) time.set(nextAttemptAt);
        }
        for (const [index, script] of scripts.entries()) {
          const kept = await readMail(own, String(index));
          const used = script.slice(0, script.length - (left[index]?.length ?? 0));
          const isRefused = used.at(-1) === "refused";
          const { status } = kept === undefined ? { status: undefined } : deliveryOf(kept.mail);
          expect(status).toBe(isRefused ? "failed" : "sent");
          const deaths = used.filter((fate) => fate === "dies after").length;
          expect(taken[index]).toBe(deaths + (isRefused ? 0 : 1));
        }
      },
    ),
    { numRuns: 60 },
  );
});

describe("nobody is mailed", () => {
  const person = { id: "anna", name: "Anna", email: "anna@example.org", language: "en", country: "EE" };

  test("who is made up: such a mail is kept from the start", async () => {
    await write("one", {}, { sample: true });
    expect(await deliver().due()).toEqual({ handled: 0 });
    expect(await delivery("one")).toEqual({ status: "kept", at: "2027-03-10T09:00:00.000Z", attempts: 0 });
  });

  test("who is made up, also when the mail does not say so", async () => {
    await store.derive([{ kind: "put", item: personItem({ ...person, sample: true }), expectedVersion: 0 }]);
    await write("one");
    await deliver().due();
    expect(await delivery("one")).toMatchObject({ status: "kept", attempts: 0 });
    expect(smtp.calls()).toBe(0);
  });

  test("at an address that mails come back from; about sample data real people are", async () => {
    await store.derive([{ kind: "put", item: personItem({ ...person, sample: false }), expectedVersion: 0 }]);
    const dead = { address: "Anna@example.org", since: "2027-03-01T00:00:00.000Z", cause: "bounce" } as const;
    await store.derive([{ kind: "put", item: deadAddressItem(dead), expectedVersion: 0 }]);
    await write("dead");
    await write("new address", { to: "anna@new.example.org", sample: true });
    await deliver().due();
    expect(await delivery("dead")).toMatchObject({ status: "failed", cause: "undeliverable", attempts: 0 });
    expect(smtp.received.map(({ to }) => to)).toEqual([["anna@new.example.org"]]);
  });
});

/** The text of a message of one part. */
function contentOf(head: string, body: string): string {
  const encoding = /^Content-Transfer-Encoding: (\S+)/m.exec(head)?.[1];
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8").replaceAll("\r\n", "\n");
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
}
