import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";

let fairway: RunningFairway;
let advisor: Call;
let sme: Call;
let coordinator: Call;
const params = { pilotId: "sample-needs" };

beforeAll(async () => {
  fairway = await startFairway({ sample: "pilots" });
  advisor = await as(fairway.url, "advisor-1");
  sme = await as(fairway.url, "sme-birch-admin");
  coordinator = await as(fairway.url, "coordinator-1");
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

describe("a comment that mentions somebody", () => {
  test("reaches them at once, and the others in the morning", async () => {
    await sme("addComment", {
      params,
      body: { text: "Can we have two weeks more?", internal: false, mentions: ["advisor-1"] },
    });
    await fairway.settled();
    const { mails } = await coordinator("listMails", {});
    const told = mails.filter(({ subject }) => subject.includes("You are mentioned"));
    expect(told.map(({ person }) => person.id)).toEqual(["advisor-1"]);
    const { notes } = await advisor("listNotes", { params });
    expect(notes[0]).toMatchObject({
      text: "Can we have two weeks more?",
      internal: false,
      by: { person: { id: "sme-birch-admin" }, role: "sme_admin" },
      mentions: [{ id: "advisor-1", name: "Sample advisor, Tartu" }],
    });
  });

  test("names only people around the pilot who may read it", async () => {
    const mention = (mentions: string[], internal: boolean) =>
      refusalOf(advisor("addComment", { params, body: { text: "Look", internal, mentions } }));
    expect((await mention(["sme-aurora-admin"], false)).details.pointer).toBe("/mentions");
    expect((await mention(["sme-birch-admin"], true)).details.pointer).toBe("/mentions");
    expect((await mention(["advisor-2"], false)).details.pointer).toBe("/mentions");
    const { people } = await advisor("listPilotPeople", { params });
    expect(people.map(({ person }) => person.id)).toEqual(
      expect.arrayContaining(["advisor-1", "sme-birch-admin", "coordinator-1"]),
    );
    expect(people.find(({ role }) => role === "sme_admin")?.readsInternalNotes).toBe(false);
  });
});

test("an internal note is read by advisors and coordinators, never by the company", async () => {
  await advisor("addComment", {
    params,
    body: { text: "The team is thin.", internal: true, mentions: ["coordinator-1"] },
  });
  const textsOf = async (call: Call) => (await call("listNotes", { params })).notes.map(({ text }) => text);
  expect(await textsOf(coordinator)).toContain("The team is thin.");
  expect(await textsOf(sme)).not.toContain("The team is thin.");
  const stranger = await as(fairway.url, "sme-aurora-admin");
  expect((await refusalOf(stranger("listNotes", { params }))).kind).toBe("NotFound");
  expect((await refusalOf(stranger("listPilotPeople", { params }))).kind).toBe("NotFound");
});
