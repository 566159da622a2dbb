import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { wordingIn } from "../../support/mail-wording.ts";
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
    const told = mails.filter((mail) => wordingIn(mail, "mentioned") !== undefined);
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

describe("a question", () => {
  const inPilot = { pilotId: "sample-at-risk" };
  let member: Call;
  let expert: Call;
  beforeAll(async () => {
    member = await as(fairway.url, "sme-iris-admin");
    expert = await as(fairway.url, "expert-1");
  });

  const dueIn = async (days: number): Promise<string> => {
    const { now } = await advisor("getClock", {});
    return new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
  };
  const questionsIn = async (call: Call) =>
    (await call("listTasks", { query: {} })).tasks.filter(({ kind }) => kind === "question");
  const mailsTo = async (personId: string) =>
    (await coordinator("listMails", {})).mails.filter(({ person }) => person.id === personId);

  test("lies in the inbox of who was asked, who is told at once, until it is answered", async () => {
    const body = {
      text: "Which identity provider do you use?",
      toPersonId: "sme-iris-admin",
      internal: false,
      dueOn: await dueIn(7),
    };
    await advisor("askQuestion", { params: inPilot, body });
    await fairway.settled();
    const [task] = await questionsIn(member);
    expect(task).toMatchObject({
      title: body.text,
      assignee: { id: "sme-iris-admin" },
      question: { text: body.text, by: { id: "advisor-1" }, internal: false },
    });
    const [told] = await mailsTo("sme-iris-admin");
    expect(told && wordingIn(told, "question_for_you")).toBeDefined();
    expect(told?.text).toContain("/pilots/sample-at-risk#notes");

    const answer = { params: { ...inPilot, taskId: task?.id ?? "" }, body: { text: "The Estonian ID card." } };
    expect((await refusalOf(expert("answerQuestion", answer))).kind).toBe("NotAllowed");
    await member("answerQuestion", answer);
    await fairway.settled();
    expect(await questionsIn(member)).toEqual([]);
    const [answered] = await mailsTo("advisor-1");
    expect(answered && wordingIn(answered, "question_answered")).toBeDefined();
    const { notes } = await expert("listNotes", { params: inPilot });
    expect(notes.slice(0, 2)).toMatchObject([
      { kind: "answer", text: "The Estonian ID card.", answers: { text: body.text } },
      { kind: "question", text: body.text, question: { state: "answered", mayAnswer: false } },
    ]);
  });

  test("that grows out of an internal note stays unknown to the company", async () => {
    await advisor("addComment", { params: inPilot, body: { text: "Can they pay for it?", internal: true } });
    const [note] = (await advisor("listNotes", { params: inPilot })).notes;
    const ask = (more: object) =>
      advisor("askQuestion", {
        params: inPilot,
        body: {
          text: "What does their bank say?",
          dueOn,
          internal: false,
          toRole: "coordinator",
          fromNoteId: note?.id ?? "",
          ...more,
        },
      });
    const dueOn = await dueIn(5);
    expect((await refusalOf(ask({ internal: false }))).details.pointer).toBe("/internal");
    expect((await refusalOf(ask({ internal: true, toRole: "sme" }))).details.pointer).toBe("/toRole");
    expect((await refusalOf(ask({ internal: true, toPersonId: "sme-iris-admin" }))).details.pointer).toBe(
      "/toPersonId",
    );
    await ask({ internal: true });
    const [task] = await questionsIn(coordinator);
    expect(task).toMatchObject({ title: "What does their bank say?", candidateRole: "coordinator" });

    const pilotOf = (call: Call) => call("getPilot", { params: inPilot });
    expect((await pilotOf(coordinator)).tasks.map(({ id }) => id)).toContain(task?.id);
    for (const outsider of [member, expert]) {
      expect((await pilotOf(outsider)).tasks.map(({ id }) => id)).not.toContain(task?.id);
      const { entries } = await outsider("getTimeline", { params: inPilot, query: {} });
      expect(entries.map(({ sentence }) => sentence).join()).not.toContain("bank");
      expect((await outsider("listNotes", { params: inPilot })).notes.map(({ text }) => text).join()).not.toContain(
        "bank",
      );
    }
    const inOutsidersWords = { params: { ...inPilot, taskId: task?.id ?? "" }, body: { text: "We can." } };
    expect((await refusalOf(member("answerQuestion", inOutsidersWords))).kind).toBe("NotFound");
  });

  test("is asked of people around the pilot, about notes it has", async () => {
    const ask = async (more: object) =>
      refusalOf(
        member("askQuestion", {
          params: inPilot,
          body: { text: "When?", internal: false, dueOn: await dueIn(3), ...more },
        }),
      );
    expect((await ask({})).details.pointer).toBe("/toPersonId");
    expect((await ask({ toPersonId: "sme-birch-admin" })).details.pointer).toBe("/toPersonId");
    expect((await ask({ toRole: "advisor", fromNoteId: "PILOT#sample-needs/1" })).kind).toBe("NotFound");
    expect((await ask({ toRole: "advisor", internal: true })).kind).toBe("NotAllowed");
  });
});

test("support shows hours with their value, one's own to who gave them, all with the ceiling to who answers for aid", async () => {
  const inPilot = { params: { pilotId: "sample-at-risk" } };
  const expert = await as(fairway.url, "expert-1");
  const admin = await as(fairway.url, "sme-iris-admin");
  const { now } = await advisor("getClock", {});
  const on = now.slice(0, 10);
  const before = await admin("getSupport", inPilot);
  await advisor("logHours", { ...inPilot, body: { hours: 1.5, on, activity: "Barrier workshop" } });
  await expert("logHours", { ...inPilot, body: { hours: 2, on, activity: "Review of the data protection" } });
  const after = await admin("getSupport", inPilot);
  expect(after.hours - before.hours).toBe(3.5);
  expect(after.aidEur - before.aidEur).toBeCloseTo(3.5 * after.hourlyRateEur);
  expect(after.aidRoomEur).toBeGreaterThan(after.aidEur);
  expect(after.entries.slice(0, 2)).toMatchObject([
    { by: { person: { id: "expert-1" } }, hours: 2, activity: "Review of the data protection" },
    { by: { person: { id: "advisor-1" } }, hours: 1.5, aidEur: 1.5 * after.hourlyRateEur },
  ]);
  const expertsOwn = await expert("getSupport", inPilot);
  expect(expertsOwn.entries.every(({ by }) => by.person.id === "expert-1")).toBe(true);
  expect(expertsOwn).not.toHaveProperty("aidRoomEur");
});
