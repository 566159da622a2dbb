import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bundles, buildBundles } from "../../../infra/constructs/bundles.ts";
import { createNodeFunction, HandlerMissing } from "../../../infra/constructs/node-function.ts";

const ENTRY = `
const { platform } = require("node:os");
class StageNotFound extends Error { override name = "StageNotFound" as const; }
export async function openStage(): Promise<string> { return platform(); }
export async function refuse(): Promise<never> { throw new StageNotFound(); }
`;

describe("buildBundles", () => {
  let folder: string;
  let bundles: Bundles;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fairway-bundles-"));
    const entry = join(folder, "entry.ts");
    writeFileSync(entry, ENTRY);
    bundles = await buildBundles(join(folder, "out"), { api: entry, tasks: entry, events: entry, identity: entry });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("writes one file per bundle and says its size and its handlers", () => {
    for (const { directory, file, bytes, exports } of Object.values(bundles)) {
      expect(readdirSync(directory)).toEqual(["index.mjs"]);
      expect(bytes).toBe(statSync(file).size);
      expect([...exports].sort()).toEqual(["openStage", "refuse"]);
    }
  });

  test("a bundle runs alone, CommonJS calls included, and errors keep the names that Retry and Catch match", () => {
    const script = `
      const { openStage, refuse } = await import(${JSON.stringify(bundles.tasks.file)});
      console.log(await openStage(), await refuse().catch((error) => error.name));
    `;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
    expect(output.trim()).toBe(`${process.platform} StageNotFound`);
  });

  test("a handler that the bundle does not export is refused by name, before anything is deployed", () => {
    const create = () =>
      createNodeFunction(new Stack(new App({ analyticsReporting: false }), "Test"), "CloseStage", {
        settings: {
          stage: "dev",
          mailFrom: "noreply@fairway.test",
          portalUrl: "https://portal.fairway.test/",
          monthlyBudgetUsd: 50,
        },
        tableName: "Table",
        bundle: bundles.tasks,
        handler: "closeStage",
        description: "Closes a stage",
        timeout: Duration.seconds(30),
        statements: [],
      });
    expect(create).toThrow(HandlerMissing);
    expect(create).toThrow(/no handler "closeStage"; the bundle exports openStage, refuse/);
  });
});
