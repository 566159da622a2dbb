import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { torture } from "./torture.ts";

test("killed again and again under load, no acknowledged call is lost or doubled and every history is whole", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "torture-")), "states.sqlite");
  const report = await torture({ rounds: 5, file, seed: 20_260_301 });
  expect(report).toMatchObject({ lost: 0, doubled: 0, historiesWithGapsOrDuplicates: 0, stillRunning: 0 });
  expect(report.acknowledged).toBeGreaterThan(50);
});
