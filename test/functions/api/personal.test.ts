import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";

let fairway: RunningFairway;
let sme: Call;
let stranger: Call;
let advisor: Call;
let coordinator: Call;

beforeAll(async () => {
  fairway = await startFairway({ sample: "pilots" });
  sme = await as(fairway.url, "sme-birch-admin");
  stranger = await as(fairway.url, "sme-aurora-admin");
  advisor = await as(fairway.url, "advisor-1");
  coordinator = await as(fairway.url, "coordinator-1");
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

describe("my settings", () => {
  test("keep what is not named, and speak my language", async () => {
    await sme("updateMe", { body: { notifications: { news: "none" } } });
    await sme("updateMe", { body: { language: "sv", notifications: { tasks: "digest" } } });
    expect(await sme("getMySettings", {})).toMatchObject({
      language: "sv",
      notifications: { news: "none", tasks: "digest" },
    });
    expect((await sme("getMe", {})).person.language).toBe("sv");
    expect((await stranger("getMySettings", {})).notifications).toEqual({});
  });

  test("cannot silence escalations", async () => {
    const refusal = await refusalOf(sme("updateMe", { body: { notifications: { escalations: "none" } } }));
    expect(refusal.kind).toBe("RuleBroken");
  });

  test("decide how a mail reaches me", async () => {
    const mailed = async (person: string) => {
      await fairway.settled();
      const { mails } = await coordinator("listMails", {});
      return mails.filter(({ person: { id } }) => id === person).length;
    };
    const hold = () =>
      coordinator("holdPilot", {
        params: { pilotId: "sample-needs" },
        body: {
          reason: "Waits for funding.",
          resumeOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
        },
      });
    const resume = () => coordinator("resumePilot", { params: { pilotId: "sample-needs" }, body: {} });
    const before = [await mailed("sme-birch-admin"), await mailed("advisor-1")];
    await sme("updateMe", { body: { notifications: { results: "none" } } });
    await hold();
    const held = [await mailed("sme-birch-admin"), await mailed("advisor-1")];
    expect(held).toEqual([before[0], (before[1] ?? 0) + 1]);
    await sme("updateMe", { body: { notifications: { results: "at_once" } } });
    await resume();
    expect(await mailed("sme-birch-admin")).toBe((before[0] ?? 0) + 1);
  });
});

describe("my calendar", () => {
  const read = (path: string) => fetch(new URL(path, fairway.url));

  test("shows my due dates to whoever knows its address, until I end it", async () => {
    const { path } = await advisor("makeCalendarLink", { body: {} });
    const response = await read(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const ics = await response.text();
    const { tasks } = await advisor("listTasks", {});
    const own = tasks.filter(
      ({ assignee, status }) => (assignee?.id ?? "advisor-1") === "advisor-1" && status !== "suspended",
    );
    expect(own.length).toBeGreaterThan(0);
    expect(ics.split("BEGIN:VEVENT")).toHaveLength(own.length + 1);
    expect(ics.replaceAll("\r\n ", "")).toContain(`URL:${fairway.url}/pilots/`);
    expect((await advisor("getMySettings", {})).calendar).toBeDefined();
    expect(await advisor("revokeCalendarLink", { body: {} })).not.toHaveProperty("calendar");
    expect((await read(path)).status).toBe(404);
  });

  test("has one address at a time, and no other opens it", async () => {
    const first = await sme("makeCalendarLink", { body: {} });
    const second = await sme("makeCalendarLink", { body: {} });
    expect((await read(first.path)).status).toBe(404);
    expect((await read(second.path)).status).toBe(200);
    expect((await read(`${second.path.slice(0, -5)}x.ics`)).status).toBe(404);
    expect((await read("/api/calendar/sme-birch-admin.ics")).status).toBe(404);
  });
});

describe("a saved view", () => {
  const body = { name: "Overdue in Latvia", page: "tasks", filters: { country: ["LV"], overdue: true }, shared: false };

  test("comes back on any device, is shared by its link only when I say so, and stays mine", async () => {
    const params = { viewId: "overdue-lv" };
    await advisor("saveView", { params, body });
    expect((await advisor("listViews", {})).views).toMatchObject([{ ...body, mine: true }]);
    expect((await refusalOf(coordinator("getView", { params }))).kind).toBe("NotFound");
    await advisor("saveView", { params, body: { ...body, shared: true } });
    expect(await coordinator("getView", { params })).toMatchObject({ ...body, shared: true, mine: false });
    expect((await coordinator("listViews", {})).views).toEqual([]);
    expect((await refusalOf(coordinator("saveView", { params, body }))).kind).toBe("NotAllowed");
    expect((await refusalOf(coordinator("removeView", { params, body: {} }))).kind).toBe("NotFound");
    expect(await advisor("removeView", { params, body: {} })).toEqual({ views: [] });
    expect(await advisor("saveView", { params, body }), "again under the same id").toMatchObject({ version: 1 });
  });

  test("saved in two windows is refused to the second", async () => {
    const params = { viewId: "two-windows" };
    await advisor("saveView", { params, body });
    await advisor("saveView", { params, body: { ...body, expectedVersion: 1 } });
    const stale = await refusalOf(advisor("saveView", { params, body: { ...body, expectedVersion: 1 } }));
    expect(stale).toMatchObject({ kind: "StaleVersion", details: { currentVersion: 2 } });
  });
});

describe("search", () => {
  const found = async (call: Call, q: string) => (await call("search", { query: { q } })).results;

  test("finds pilots, companies, deliverables and people, whatever the marks on their letters", async () => {
    const birch = await found(coordinator, "birch");
    const { appliedAt } = await coordinator("getPilot", { params: { pilotId: "sample-needs" } });
    expect(birch).toContainEqual(
      expect.objectContaining({
        kind: "pilot",
        id: "sample-needs",
        status: "active",
        stageStatus: "active",
        stage: "needs",
        country: "FI",
        appliedAt,
        within: "Sample Birch Oy",
      }),
    );
    expect(birch).toContainEqual(expect.objectContaining({ kind: "company", id: "birch" }));
    expect(birch).toContainEqual(
      expect.objectContaining({
        kind: "person",
        id: "sme-birch-admin",
        within: "Sample Birch Oy",
        organisationId: "birch",
        roles: ["sme_admin"],
        leadsTo: "member",
      }),
    );
    expect(await found(coordinator, "OÜ cloudberry")).toEqual(await found(coordinator, "ou Cloudberry"));
    expect((await found(coordinator, "NA-3 birch"))[0]).toMatchObject({
      kind: "deliverable",
      id: "NA-3",
      title: "Export readiness assessment",
    });
  });

  test("finds a company only for whom it leads to a pilot, or to every pilot of the programme", async () => {
    const companiesFor = async (call: Call) =>
      (await found(call, "aurora")).flatMap(({ kind, id }) => (kind === "company" ? [id] : []));
    const { pilots } = await advisor("listPilots", {});
    expect(pilots.map(({ organisation }) => organisation.id)).not.toContain("aurora");
    expect(await companiesFor(coordinator)).toEqual(["aurora"]);
    expect(await companiesFor(advisor)).toEqual([]);
  });

  test("offers a person only to whom they lead to something", async () => {
    const leads = async (call: Call, q: string) =>
      Object.fromEntries(
        (await found(call, q)).flatMap(({ kind, id, leadsTo }) => (kind === "person" ? [[id, leadsTo]] : [])),
      );
    expect(await leads(sme, "manager birch"), "a colleague, or oneself").toEqual({ "sme-birch-admin": "team" });
    expect(await leads(sme, "advisor"), "in the team of their pilot").toEqual({ "advisor-1": "pilot" });
    const [{ pilotId = "" } = {}] = await found(sme, "sample advisor tartu");
    expect((await sme("getPilot", { params: { pilotId } })).team).toContainEqual(
      expect.objectContaining({ person: expect.objectContaining({ id: "advisor-1" }) }),
    );
    expect(await leads(coordinator, "manager aurora"), "whose company has no pilot").toEqual({
      "sme-aurora-admin": "people",
    });
    expect(await leads(advisor, "manager aurora"), "of no pilot of theirs").toEqual({});
    expect(await leads(advisor, "coordinator auditor"), "who are in no team").toEqual({});
    expect(await leads(advisor, "expert law")).toEqual({ "expert-1": "pilot" });
    const expert = await as(fairway.url, "expert-1");
    const colleagues = await leads(expert, "sample expert");
    expect(new Set(Object.values(colleagues))).toEqual(new Set(["pilot"]));
    const { pilots } = await expert("listPilots", {});
    for (const { kind, pilotId } of await found(expert, "sample")) {
      if (kind === "person") expect(pilots.map(({ id }) => id)).toContain(pilotId);
    }
  });

  test("offers a business case only to those who may read it", async () => {
    const cases = async (person: "advisor-1" | "lab-1") =>
      (await found(await as(fairway.url, person), "FS-5")).filter(({ kind }) => kind === "deliverable").length;
    expect(await cases("advisor-1")).toBeGreaterThan(0);
    expect(await cases("lab-1")).toBe(0);
  });

  test("says when others fit too", async () => {
    const ask = async (q: string) => coordinator("search", { query: { q } });
    expect(await ask("sample")).toMatchObject({ more: true });
    expect(await ask("birch class")).toMatchObject({ more: false });
  });

  test("finds nothing of another company, and nobody outside one's own circle", async () => {
    expect(await found(stranger, "birch")).toEqual([]);
    expect(await found(stranger, "sample-needs")).toEqual([]);
    const own = await found(sme, "sample");
    expect(own.length).toBeGreaterThan(0);
    const { pilots } = await sme("listPilots", {});
    const ids = pilots.map(({ id }) => id);
    for (const { kind, id, pilotId } of own) {
      if (kind === "company") expect(id).toBe("birch");
      if (kind === "pilot" || kind === "deliverable") expect(ids).toContain(pilotId);
      if (kind === "person") expect(id).not.toMatch(/^sme-(?!birch)|^coordinator|^auditor/);
    }
  });

  test("shows an administrator people only, and an expert the pilots worked on", async () => {
    const admin = await as(fairway.url, "admin-1");
    expect((await found(admin, "sample")).every(({ kind }) => kind === "person")).toBe(true);
    const lab = await as(fairway.url, "lab-1");
    const { pilots } = await lab("listPilots", {});
    const seen = (await found(lab, "sample")).flatMap(({ pilotId }) => pilotId ?? []);
    expect(seen.filter((id) => !pilots.some((pilot) => pilot.id === id))).toEqual([]);
  });
});
