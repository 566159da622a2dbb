import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DefinitionBody, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import cdkJson from "../../cdk.json" with { type: "json" };
import { createApp, createStacks } from "../../infra/app.ts";
import { standInBundles } from "./templates.ts";

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
    expect(output).toContain(
      "fairway-dev-data, fairway-dev-mail, fairway-dev-workflow, fairway-dev-api, fairway-dev-events",
    );

    const files = readdirSync(folder);
    const templates = ["Api", "Data", "Events", "Mail", "Workflow"].map((id) => `${id}.template.json`);
    expect(files.filter((file) => file.endsWith(".template.json")).sort()).toEqual(templates);
    expect(files.filter((file) => file.startsWith("asset."))).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(folder, "validation-report.json"), "utf8")).pluginReports).toEqual([]);
  });

  test("a template that CloudFormation would refuse fails the synth", () => {
    const app = createApp(join(folder, "cdk.out"));
    const { workflow } = createStacks(app, standInBundles(folder));
    const definition = JSON.stringify({ StartAt: "Open", States: { Open: { Type: "Tsak", End: true } } });
    new StateMachine(workflow, "Broken", { definitionBody: DefinitionBody.fromString(definition) });
    expect(() => app.synth()).toThrow(/[Vv]alidation/);
  });

  test("cdk.json sets every feature flag that this aws-cdk-lib recommends", () => {
    const flags = createRequire(import.meta.url)("aws-cdk-lib/recommended-feature-flags.json");
    expect(cdkJson.context).toMatchObject(flags);
  });
});
