import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Call, createClient } from "../../../shared/contracts/client.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";
import { signIn } from "../../support/sign-in.ts";

let fairway: RunningFairway;
let away: Call;
let substitute: Call;
let substituteFor: Call;
/** advisor-1 is in its team, advisor-2 is not. */
const pilotId = "sample-needs";

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  fairway = await startFairway({ sample: "pilots" });
  away = await as(fairway.url, "advisor-1");
  substitute = await as(fairway.url, "advisor-2");
  const token = await signIn(fairway.url, "advisor-2");
  substituteFor = createClient({
    baseUrl: fairway.url,
    language: () => "en",
    standingInFor: "advisor-1",
    accessToken: async () => token,
  });
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

const plan = (changes: { from?: string; until?: string; substituteId?: string } = {}) =>
  away("planAbsence", { body: { from: day(-1), until: day(7), substituteId: "advisor-2", ...changes } });

describe("somebody who is away", () => {
  test("is stood in for by another of the same role who is there", async () => {
    expect((await refusalOf(plan({ substituteId: "expert-1" }))).details.pointer).toBe("/substituteId");
    expect((await refusalOf(plan({ substituteId: "advisor-1" }))).details.pointer).toBe("/substituteId");
    expect((await refusalOf(plan({ until: day(-3) }))).details.pointer).toBe("/until");
    await substitute("planAbsence", { body: { from: day(5), until: day(9), substituteId: "advisor-3" } });
    expect((await refusalOf(plan())).message).toContain("away themselves");
    await substitute("endAbsence", { body: {} });
  });

  test("is acted for only on the days said, and only by the one named", async () => {
    expect((await refusalOf(substituteFor("listTasks", {}))).kind).toBe("NotAllowed");
    await plan({ from: day(3) });
    expect((await substitute("listAbsences", {})).standingInFor).toMatchObject([
      { person: { id: "advisor-1" }, from: day(3), current: false },
    ]);
    expect((await refusalOf(substituteFor("listTasks", {}))).kind).toBe("NotAllowed");
    await plan();
    expect((await away("listAbsences", {})).mine).toMatchObject({ substitute: { id: "advisor-2" }, current: true });
    const token = await signIn(fairway.url, "coordinator-1");
    const other = createClient({
      baseUrl: fairway.url,
      language: () => "en",
      standingInFor: "advisor-1",
      accessToken: async () => token,
    });
    expect((await refusalOf(other("listTasks", {}))).kind).toBe("NotAllowed");
  });

  test("has the tasks seen and done by the substitute, and the log says for whom", async () => {
    await plan();
    expect((await refusalOf(substitute("getDeliverable", { params: { pilotId, deliverableId: "NA-1" } }))).kind).toBe(
      "NotFound",
    );
    const tasksOf = async (call: Call) => (await call("listTasks", {})).tasks.map(({ id }) => id).sort();
    expect(await tasksOf(substituteFor)).toEqual(await tasksOf(away));
    const task = (await away("getPilot", { params: { pilotId } })).tasks.find(
      ({ candidateRole, status, deliverableId }) =>
        candidateRole === "advisor" && deliverableId !== undefined && ["ready", "reserved"].includes(status),
    );
    if (task === undefined) throw new Error("The advisor has nothing to do.");
    const params = { pilotId, taskId: task.id };
    expect((await refusalOf(substitute("claimTask", { params, body: {} }))).kind).not.toBe("TaskTaken");
    await substituteFor("claimTask", { params, body: {} });
    const { tasks } = await substituteFor("startTask", { params, body: {} });
    const started = tasks.find(({ id }) => id === task.id);
    expect(started).toMatchObject({ status: "in_progress", assignee: { id: "advisor-1" } });
    const { entries } = await away("getTimeline", { params: { pilotId }, query: { limit: 1 } });
    expect(entries[0]?.by).toMatchObject({
      person: { id: "advisor-2" },
      for: { id: "advisor-1", name: "Sample advisor, Tartu" },
    });
    expect((await refusalOf(substitute("releaseTask", { params, body: {} }))).status).toBeGreaterThanOrEqual(403);
  });

  test("plans it themselves, and is back when they say so", async () => {
    await plan();
    expect((await refusalOf(substituteFor("endAbsence", { body: {} }))).kind).toBe("NotAllowed");
    expect(await away("endAbsence", { body: {} })).not.toHaveProperty("mine");
    expect((await refusalOf(substituteFor("listTasks", {}))).kind).toBe("NotAllowed");
  });

  test("finds who could stand in: an expert the experts, a living lab the labs, and nobody else", async () => {
    for (const [person, role, other] of [
      ["expert-1", "expert", "advisor"],
      ["lab-1", "living_lab", "coordinator"],
    ] as const) {
      const call = await as(fairway.url, person);
      const { people } = await call("listPeople", { query: { role } });
      expect(people.map((each) => each.role)).toContain(role);
      expect(people.length).toBeGreaterThan(1);
      const substituteId = people.find(({ id }) => id !== person)?.id ?? "";
      const planned = await call("planAbsence", { body: { from: day(1), until: day(2), substituteId } });
      expect(planned.mine?.substitute.id).toBe(substituteId);
      expect((await refusalOf(call("listPeople", { query: { role: other } }))).kind).toBe("NotAllowed");
    }
  });
});
