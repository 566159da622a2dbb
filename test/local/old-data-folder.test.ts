import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { startSystem } from "../../local/system.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { ItemTooNew, schemaOf, upcast } from "../../shared/contracts/upcasters.ts";
import type { Item } from "../../shared/ports/store.ts";
import { Journey } from "../journeys/main-job.ts";
import { temporaryFolder } from "../support/houses.ts";
import { as } from "../support/people.ts";

/** A pilot's head as the first Fairway wrote it. */
const firstHead = {
  pk: "PILOT#p-1",
  sk: "PILOT",
  version: 4,
  type: "pilot",
  data: {
    sequence: 4,
    pilot: {
      id: "p-1",
      title: "Aurora: pilot",
      supportHours: 1.5,
      appliedAt: "2026-01-01T00:00:00.000Z",
      admittedAt: "2026-01-09T00:00:00.000Z",
    },
  },
} as const satisfies Item;

test("a data folder of an earlier version opens: its pilots are listed, counted and go on", async () => {
  const [needs] = latestProcess.stages;
  if (needs === undefined) throw new Error("The process has no stage.");
  await using folder = await temporaryFolder();
  const open = (sample: "people" | "none") =>
    startSystem({ dataFolder: folder.path, port: 0, sample, portal: false, progress: () => {} });
  {
    await using system = await open("people");
    const journey = await Journey.begin({ url: system.url, pilotId: "old" });
    await journey.apply();
    await journey.awaitStage(needs);
    await system.settled();
  }
  makeOld(join(folder.path, "store.sqlite"));

  await using system = await open("none");
  const coordinator = await as(system.url, "coordinator-1");
  const listed = async () => (await coordinator("listPilots", { query: {} })).pilots;
  expect(await listed()).toMatchObject([{ id: "old", stage: "needs", openTasks: 0 }]);
  expect((await coordinator("getPipeline", {})).pilots).toBe(1);
  await coordinator("getDashboard", { query: {} });
  const journey = await Journey.begin({ url: system.url, pilotId: "old" });
  await journey.handIn("NA-1");
  await journey.review("NA-1");
  await system.settled();
  const [pilot] = await listed();
  expect(pilot?.openTasks).toBeGreaterThan(0);
  expect((await coordinator("getPipeline", {})).pilots).toBe(1);
}, 60_000);

/** What heads and contributions hold today and did not at first. */
function makeOld(file: string): void {
  using db = new DatabaseSync(file);
  const heads = db
    .prepare("UPDATE items SET data = json_remove(data, '$.schema', '$.progress', '$.besideHead') WHERE type = 'pilot'")
    .run();
  const contributions = db
    .prepare(`UPDATE items SET data = json_remove(data, '$.facts', '$.countedUntil', '$.runs', '$.openRuns')
      WHERE type = 'pipeline_contribution'`)
    .run();
  expect([heads.changes, contributions.changes]).toEqual([1, 1]);
}

test("a pilot's first head is read as today's; what is today's stays the same object", () => {
  const current = upcast(firstHead);
  expect(current).toEqual({
    ...firstHead,
    data: {
      ...firstHead.data,
      schema: schemaOf("pilot"),
      progress: { stageSince: "2026-01-09T00:00:00.000Z", openDueAt: [], openHours: 1.5, disputedHours: 0 },
    },
  });
  expect(upcast(current)).toBe(current);
  const other: Item = { pk: "PILOT#p-1", sk: "TASK#t", version: 1, type: "task", data: {} };
  expect(upcast(other)).toBe(other);
});

test("what a newer Fairway wrote is refused by name", () => {
  const newer = { ...firstHead, data: { ...firstHead.data, schema: schemaOf("pilot") + 1 } };
  expect(() => upcast(newer)).toThrow(ItemTooNew);
});
