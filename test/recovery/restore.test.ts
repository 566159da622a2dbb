/** The restore drill: a backup is taken while people work, brought back elsewhere, and the work goes on there. */
import assert from "node:assert/strict";
import { appendFile, copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BackupUnusable, backUp, restore } from "../../local/moving/backup.ts";
import { clockOf } from "../../local/moving/house.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { startSystem } from "../../local/system.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { Journey } from "../journeys/main-job.ts";
import { temporaryFolder } from "../support/houses.ts";
import { startKillable } from "./killable-fairway.ts";

const monday = new Date("2027-01-11T09:00:00.000Z");
const [needs, feasibility] = latestProcess.stages;

test.each([
  ["alone", false],
  ["beside a journal of a later instant", true],
])(
  "a backup taken under load and restored %s has all that was acknowledged before, and the journey goes on (I1)",
  async (_, withLaterJournal) => {
    assert.ok(needs && feasibility);
    await using running = await startKillable(monday);
    await using backup = await temporaryFolder();
    await using elsewhere = await temporaryFolder();
    const journey = await Journey.begin({ url: running.url, pilotId: "pilot" });
    await journey.apply();
    await journey.awaitStage(needs);

    const acknowledged: string[] = [];
    const people = async (): Promise<void> => {
      for (const { id } of needs.deliverables) {
        await journey.handIn(id);
        acknowledged.push(id);
        await journey.review(id);
      }
    };
    const work = people();
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(1);
    const before = [...acknowledged];
    await backUp({ dataFolder: running.dataFolder, to: backup.path, now: new Date(), fairwayVersion: "0.1.0" });
    await work;
    await running.end();

    if (withLaterJournal) {
      await copyFile(join(running.dataFolder, "states.sqlite"), join(elsewhere.path, "states.sqlite"));
      for (const name of ["states.sqlite-wal", "states.sqlite-shm"]) {
        await copyFile(join(running.dataFolder, name), join(elsewhere.path, name)).catch(() => {});
      }
    }
    const { resumedPilots } = await restore({ from: backup.path, dataFolder: elsewhere.path, clockOf });
    expect(resumedPilots).toBe(1);

    const options = { dataFolder: elsewhere.path, port: 0, sample: "none", portal: false, progress: () => {} } as const;
    await using system = await startSystem(options);
    const goingOn = await Journey.begin({ url: system.url, pilotId: "pilot" });
    for (const id of before) expect((await goingOn.deliverable(id)).revision).toBe(1);
    await system.settled();
    for (const { id } of needs.deliverables) {
      const { status, revision } = await goingOn.deliverable(id);
      if (revision === 0) await goingOn.handIn(id);
      if (status !== "accepted") await goingOn.review(id);
    }
    await goingOn.passGate(needs);
    await goingOn.awaitStage(feasibility);
    await goingOn.handIn("FS-1");
  },
  120_000,
);

test("a backup that is not whole, or was changed, is not restored; nor is one over a store", async () => {
  await using house = await temporaryFolder();
  await using target = await temporaryFolder();
  await using backup = await temporaryFolder();
  openSqliteStore(join(house.path, "store.sqlite")).close();
  await writeFile(join(house.path, "clock.json"), '{"offsetMs":5000}');
  const options = { from: backup.path, dataFolder: target.path, clockOf };
  await expect(restore(options)).rejects.toThrow(BackupUnusable);

  await backUp({ dataFolder: house.path, to: backup.path, now: monday, fairwayVersion: "0.1.0" });
  await expect(
    backUp({ dataFolder: house.path, to: backup.path, now: monday, fairwayVersion: "0.1.0" }),
  ).rejects.toThrow(/not empty/);
  const whole = await readFile(join(backup.path, "clock.json"), "utf8");
  await appendFile(join(backup.path, "clock.json"), " ");
  await expect(restore(options)).rejects.toThrow(/clock\.json is damaged/);
  expect(await readdir(target.path)).toEqual([]);

  await writeFile(join(backup.path, "clock.json"), whole);
  await restore(options);
  expect(await readFile(join(target.path, "clock.json"), "utf8")).toBe(whole);
  await expect(restore(options)).rejects.toThrow(/holds a store already/);
});
