import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { mailItem } from "../../../shared/records/mails.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";

/** The oldest goes to Birch, all others to the coordinator; more than one answer to a search looks at. */
const MAILS = 1100;

let fairway: RunningFairway;
let coordinator: Call;

beforeAll(async () => {
  fairway = await startFairway({
    async fill(store) {
      const items = Array.from({ length: MAILS }, (_, n) =>
        mailItem({
          id: `mail-${n}`,
          programmeId: "sample",
          to: n === 0 ? "birch@example.org" : "office@example.org",
          personId: n === 0 ? "sme-birch-admin" : "coordinator-1",
          subject: `Reminder ${n}`,
          text: "It is time.",
          createdAt: new Date(Date.UTC(2027, 0, 1, 0, n)).toISOString(),
          eventIds: [],
          language: "en",
          sample: true,
        }),
      );
      for (let from = 0; from < items.length; from += 90) {
        await store.derive(
          items.slice(from, from + 90).map((item) => ({ kind: "put" as const, item, expectedVersion: 0 })),
        );
      }
    },
  });
  coordinator = await as(fairway.url, "coordinator-1");
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

const subjects = async (q: string, cursor?: string) => {
  const answer = await coordinator("listMails", { query: { q, ...(cursor === undefined ? {} : { cursor }) } });
  return { found: answer.mails.map(({ subject }) => subject), cursor: answer.cursor };
};

describe("the outbox", () => {
  test("is searched by subject, address and person, every word of them", async () => {
    expect((await subjects("REMINDER 1099")).found).toEqual(["Reminder 1099"]);
    expect((await subjects("1099 office@example.org coordinator")).found).toEqual(["Reminder 1099"]);
    expect((await subjects("1099 birch")).found).toEqual([]);
  });

  test("is searched further back with the cursor of an answer that found nothing yet", async () => {
    const first = await subjects("birch");
    expect(first.found).toEqual([]);
    expect(first.cursor).toEqual(expect.any(String));
    expect(await subjects("birch", first.cursor)).toEqual({ found: ["Reminder 0"], cursor: undefined });
  });

  test("loses no mail between two answers", async () => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const next = await subjects("reminder", cursor);
      found.push(...next.found);
      cursor = next.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(Array.from({ length: MAILS }, (_, n) => `Reminder ${MAILS - 1 - n}`));
  });
});
