/** What a person may ask about their own data. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OperationId } from "../../../shared/contracts/operations.ts";
import { type Input, openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

async function answer(personId: string, id: OperationId, input: Input = {}) {
  const { status, body } = await sample.call(personId, id, input);
  return { status, body, json: JSON.parse(body) };
}

const LEAVER = "sme-iris-member";
const EMAIL = `${LEAVER}@sample.example`;

describe("a copy of one's own data", () => {
  test("has the account, roles, settings and all that the person has done, and nobody else's doing", async () => {
    const { json } = await answer("sme-iris-admin", "exportMyData");
    expect(json).toMatchObject({
      format: "fairway-personal-data",
      person: { id: "sme-iris-admin", email: "sme-iris-admin@sample.example" },
      memberships: [{ role: "sme_admin", organisation: { id: "iris" } }],
      settings: { notifications: {} },
    });
    const { json: timeline } = await answer("sme-iris-admin", "getTimeline", {
      params: { pilotId: "sample-at-risk" },
      query: { limit: "500" },
    });
    const own = timeline.entries.filter(
      ({ by }: { by: { person: { id: string } } }) => by.person.id === "sme-iris-admin",
    );
    expect(own.length).toBeGreaterThan(0);
    const actions = json.actions.filter(({ about }: { about: string }) => about === "PILOT#sample-at-risk");
    expect(actions).toHaveLength(own.length);
  });
});

describe("being forgotten", () => {
  const ofLeaver = { params: { personId: LEAVER } };

  test("takes the person's wish, a coordinator's decision and an administrator's hand, in this order", async () => {
    expect(
      (await answer("coordinator-1", "decideErasure", { ...ofLeaver, body: { approve: true, reason: "-" } })).status,
    ).toBe(404);
    expect((await answer(LEAVER, "askErasure", { body: { reason: "I have left" } })).json).toMatchObject({
      erasure: { status: "asked", askedAt: "2027-03-10T09:00:00.000Z", answerBy: "2027-04-09" },
      obstacles: ["has_tasks"],
    });
    expect((await answer("coordinator-1", "listErasures")).json.erasures).toMatchObject([
      {
        touches: { roles: [{ role: "sme_member", organisation: { id: "iris" } }], pilots: 0, obstacles: ["has_tasks"] },
      },
    ]);
    expect((await answer("admin-1", "executeErasure", ofLeaver)).status).toBe(409);
    const decision = { ...ofLeaver, body: { approve: true, reason: "No reason to keep it" } };
    expect((await answer("admin-1", "decideErasure", decision)).status).toBe(403);
    const { json } = await answer("coordinator-1", "decideErasure", decision);
    expect(json.erasures).toMatchObject([{ status: "granted", decided: { by: { id: "coordinator-1" } } }]);
    expect((await answer("coordinator-1", "executeErasure", ofLeaver)).status).toBe(403);
  });

  test("waits until nothing is left to do for the person", async () => {
    const { status, json } = await answer("admin-1", "executeErasure", ofLeaver);
    expect({ status, detail: json.detail }).toEqual({
      status: 422,
      detail: "This person still has tasks. Give them to somebody else first.",
    });
    expect(sample.everything()).toContain(EMAIL);
  });

  test("leaves a pseudonym in place of name and address, everywhere, and every deed and number as it was", async () => {
    const { json: tasks } = await answer(LEAVER, "listTasks");
    for (const { id: taskId, pilotId, assignee } of tasks.tasks) {
      if (assignee?.id !== LEAVER) continue;
      const body = { toPersonId: "sme-iris-admin", reason: "Leaves" };
      expect((await answer("sme-iris-admin", "forwardTask", { params: { pilotId, taskId }, body })).status).toBe(200);
    }
    await answer(LEAVER, "saveView", {
      params: { viewId: "mine" },
      body: { name: "Mine", page: "tasks", filters: {}, shared: false },
    });
    await answer(LEAVER, "makeCalendarLink");
    const events = async () =>
      (await answer("auditor-1", "getTimeline", { params: { pilotId: "sample-at-risk" }, query: { limit: "500" } }))
        .json.entries;
    const before = await events();
    const pipeline = (await answer("coordinator-1", "getPipeline")).body;

    expect((await answer("admin-1", "executeErasure", ofLeaver)).json.erasures).toMatchObject([{ status: "done" }]);

    expect(sample.everything()).not.toContain(EMAIL);
    expect(sample.everything()).not.toContain("I have left");
    const after = await events();
    expect(after.map(({ id }: { id: string }) => id)).toEqual(before.map(({ id }: { id: string }) => id));
    const names = new Set(
      after
        .filter(({ by }: { by: { person: { id: string } } }) => by.person.id === LEAVER)
        .map(({ by }: { by: { person: { name: string } } }) => by.person.name),
    );
    expect([...names]).toEqual([expect.stringMatching(/^Erased person [0-9a-f]{8}$/)]);
    expect((await answer("coordinator-1", "getPipeline")).body).toBe(pipeline);
    expect((await answer(LEAVER, "getMe")).status).toBe(403);
  });

  test("is not in the way of work that others of the role may take as well", async () => {
    const found = new Set<string>();
    for (const personId of ["advisor-1", "advisor-2", "expert-1", "expert-2", "expert-3", "lab-1", "lab-2"]) {
      const { json: list } = await answer(personId, "listTasks");
      const isTheirs = list.tasks.some(
        ({ assignee, owner }: { assignee?: { id: string }; owner?: { id: string } }) =>
          assignee?.id === personId || owner?.id === personId,
      );
      const { json } = await answer(personId, "getMyErasure");
      expect([personId, json.obstacles.includes("has_tasks")]).toEqual([personId, isTheirs]);
      found.add(`${list.tasks.length > 0} ${isTheirs}`);
    }
    expect([...found]).toEqual(expect.arrayContaining(["true true", "true false"]));
  });

  test("never takes a company its last admin", async () => {
    const last = { params: { personId: "sme-heron-admin" } };
    await answer("sme-heron-admin", "askErasure");
    await answer("coordinator-1", "decideErasure", { ...last, body: { approve: true, reason: "As asked" } });
    const { status, json } = await answer("admin-1", "executeErasure", last);
    expect({ status, detail: json.detail }).toEqual({
      status: 422,
      detail: "The company keeps an admin. Make somebody else one first.",
    });
  });
});

describe("a wish to be forgotten", () => {
  const asker = "expert-3";
  const mailsTo = async (personId: string) => {
    const { json } = await answer("coordinator-1", "listMails");
    return json.mails.filter(({ id }: { id: string }) => id.startsWith(`ERASURE#${asker}#${personId}#`));
  };

  test("can be taken back until it is decided, and leaves no reason behind", async () => {
    await answer(asker, "askErasure", { body: { reason: "A reason of mine" } });
    expect((await answer(asker, "withdrawErasure")).json.erasure).toEqual(
      expect.objectContaining({ status: "withdrawn" }),
    );
    expect(sample.everything()).not.toContain("A reason of mine");
    expect((await answer(asker, "withdrawErasure")).status).toBe(409);
    const decision = { params: { personId: asker }, body: { approve: true, reason: "-" } };
    expect((await answer("coordinator-1", "decideErasure", decision)).status).toBe(409);
  });

  test("is told to the coordinators without a name, and a refusal to the person with its reason", async () => {
    await answer(asker, "askErasure", { body: {} });
    const [letter] = await mailsTo("coordinator-1");
    expect(letter.text).toContain("/people/erasures");
    expect(letter.text).not.toContain("Sample expert");
    const body = { approve: false, reason: "An audit of your reviews is under way" };
    await answer("coordinator-1", "decideErasure", { params: { personId: asker }, body });
    const [refusal] = await mailsTo(asker);
    expect(refusal.text).toContain(body.reason);
    expect((await answer(asker, "getMyErasure")).json.erasure).toMatchObject({
      status: "refused",
      decided: { reason: body.reason },
    });
  });

  test("once granted is told to the person and the administrators", async () => {
    await answer(asker, "askErasure", { body: {} });
    const body = { approve: true, reason: "As asked" };
    await answer("coordinator-1", "decideErasure", { params: { personId: asker }, body });
    expect((await answer(asker, "withdrawErasure")).status).toBe(409);
    expect((await mailsTo("admin-1")).length).toBe(1);
    const letters: { text: string }[] = await mailsTo(asker);
    expect(letters.filter(({ text }) => text.includes("As asked"))).toHaveLength(1);
  });
});
