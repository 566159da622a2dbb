import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { pilotSummary } from "../../../shared/contracts/views.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";

let fairway: RunningFairway;
let coordinator: Call;

beforeAll(async () => {
  fairway = await startFairway({ sample: "pilots" });
  coordinator = await as(fairway.url, "coordinator-1");
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

describe("the list of pilots", () => {
  test("says of each pilot what the pilot itself says", async () => {
    const { pilots } = await coordinator("listPilots", { query: {} });
    expect(pilots.length).toBeGreaterThan(10);
    for (const listed of pilots) {
      const pilot = await coordinator("getPilot", { params: { pilotId: listed.id } });
      expect(listed).toEqual(pilotSummary.parse(pilot));
    }
  });

  test("names stage, its beginning, the next due date, what is late and the advisors", async () => {
    const { pilots } = await coordinator("listPilots", { query: {} });
    const listed = new Map(pilots.map((pilot) => [pilot.id, pilot]));
    const pilot = await coordinator("getPilot", { params: { pilotId: "sample-overdue" } });
    const open = pilot.tasks.filter(({ status }) => ["created", "ready", "reserved", "in_progress"].includes(status));
    expect(listed.get("sample-overdue")).toMatchObject({
      stageStatus: "active",
      stageSince: pilot.runs.find(({ status }) => status === "active")?.startedAt,
      openTasks: open.length,
      overdueTasks: open.filter(({ overdue }) => overdue).length,
      nextDueAt: open.map(({ dueAt }) => dueAt).toSorted()[0],
      advisors: [{ id: "advisor-3", name: "Sample advisor, Sofia" }],
    });
    expect(listed.get("sample-overdue")?.overdueTasks).toBeGreaterThan(0);
    const ended = await coordinator("getPilot", { params: { pilotId: "sample-stopped" } });
    expect(listed.get("sample-stopped")).toMatchObject({ stageSince: ended.endedAt, openTasks: 0 });
    expect(listed.get("sample-stopped")).not.toHaveProperty("nextDueAt");
  });
});
