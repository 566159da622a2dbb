import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stack } from "aws-cdk-lib";
import { DefinitionBody, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import cdkJson from "../../cdk.json" with { type: "json" };
import { createApp } from "../../infra/app.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("the CDK app", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fairway-app-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("`npm run synth` writes every stack with the real code, without account, network or Docker", () => {
    // No PATH: nothing can be started. A proxy where nobody listens: nothing can be fetched. No AWS variable at all.
    const env = { CDK_OUTDIR: folder, HTTPS_PROXY: "http://127.0.0.1:9", HOME: folder };
    const output = execFileSync(process.execPath, ["infra/app.ts"], { cwd: ROOT, env, encoding: "utf8" });
    const ids = ["Api", "Data", "Events", "Identity", "Mail", "Operations", "Portal", "Workflow"];
    for (const id of ids) expect(output).toContain(`fairway-dev-${id.toLowerCase()}`);

    const files = readdirSync(folder);
    const templates = ids.map((id) => `${id}.template.json`);
    expect(files.filter((file) => file.endsWith(".template.json")).sort()).toEqual(templates);
    // The functions, each bundle once, and what a browser loads.
    const assets = files
      .filter((file) => file.startsWith("asset.") && statSync(join(folder, file)).isDirectory())
      .flatMap((file) => readdirSync(join(folder, file)));
    expect(assets.filter((name) => name === "index.mjs")).toHaveLength(4);
    expect(assets).toEqual(expect.arrayContaining(["index.html", "assets"]));
    expect(JSON.parse(readFileSync(join(folder, "validation-report.json"), "utf8")).pluginReports).toEqual([]);
    // Bundles the portal too, and has every template validated.
  }, 240_000);

  test("a template that CloudFormation would refuse fails the synth", () => {
    const app = createApp(join(folder, "cdk.out"));
    // A stack of its own: the validator takes its time over the large ones.
    const stack = new Stack(app, "Broken");
    const definition = JSON.stringify({ StartAt: "Open", States: { Open: { Type: "Tsak", End: true } } });
    new StateMachine(stack, "Broken", { definitionBody: DefinitionBody.fromString(definition) });
    expect(() => app.synth()).toThrow(/[Vv]alidation/);
  }, 120_000);

  test("cdk.json sets every feature flag that this aws-cdk-lib recommends", () => {
    const flags = createRequire(import.meta.url)("aws-cdk-lib/recommended-feature-flags.json");
    expect(cdkJson.context).toMatchObject(flags);
  });
});
