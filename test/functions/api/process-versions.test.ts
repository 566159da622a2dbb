import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../../../shared/contracts/client.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";

let fairway: RunningFairway;
let auditor: Call;
beforeAll(async () => {
  fairway = await startFairway({ sample: "pilots" });
  auditor = await as(fairway.url, "auditor-1");
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

describe("the published process versions", () => {
  test("say what is asked of whom and when, and how many stage runs follow them", async () => {
    const { versions } = await auditor("listProcessVersions", {});
    expect(versions.map(({ version, newest }) => ({ version, newest }))).toEqual([{ version: 1, newest: true }]);
    const [one] = versions;
    expect(one?.stages.map(({ id, gate }) => [id, gate.id])).toEqual([
      ["needs", "G1"],
      ["feasibility", "G2"],
      ["adaptation", "G3"],
      ["guidance", "G4"],
    ]);
    expect(one?.stages[0]?.deliverables[1]).toMatchObject({ id: "NA-2", dueInDays: 10, dependsOn: ["NA-1"] });
    expect(one?.intake.fields).toBeGreaterThan(5);

    const { pilots } = await auditor("listPilots", { query: {} });
    const views = await Promise.all(pilots.map(({ id }) => auditor("getPilot", { params: { pilotId: id } })));
    const runs = views.flatMap((pilot) => pilot.runs);
    expect(runs.length).toBeGreaterThan(0);
    expect(one?.runs).toBe(runs.length);
    expect(one?.openRuns).toBeGreaterThan(0);
    expect(one?.openRuns).toBeLessThan(runs.length);
  });

  test("are compared two by two; one that was never published is not found", async () => {
    expect(await auditor("compareProcessVersions", { query: { from: 1, to: 1 } })).toEqual({
      from: 1,
      to: 1,
      differences: [],
    });
    const refused = await refusalOf(auditor("compareProcessVersions", { query: { from: 1, to: 7 } }));
    expect(refused.status).toBe(404);
    expect(refused.message).toContain("7");
  });
});
