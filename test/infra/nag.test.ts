import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeAll, describe, expect, test } from "vitest";
import { SUPPRESSIONS } from "../../infra/nag-suppressions.ts";
import { openStandIn, PRODUCTION } from "./templates.ts";

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

interface Finding {
  readonly rule: string;
  readonly path: string;
}

/** What cdk-nag finds in all stacks of `prod`, and in a bucket that somebody forgot to look after. */
function find(folder: string): readonly Finding[] {
  const { app, stacks } = openStandIn(folder, PRODUCTION);
  new Bucket(stacks.data, "Careless");
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  // It throws because of the careless bucket; what counts is the report.
  expect(() => app.synth()).toThrow("AwsSolutions-S10");
  const { pluginReports }: Report = JSON.parse(readFileSync(join(folder, "cdk.out/validation-report.json"), "utf8"));
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({
        rule: ruleName.replace("AwsSolutions-", ""),
        path: constructPath,
      })),
    ),
  );
}

const suppresses = ({ rule, where }: (typeof SUPPRESSIONS)[number], finding: Finding): boolean =>
  (finding.rule === rule || finding.rule.startsWith(`${rule}[`)) && where.test(finding.path);

describe("cdk-nag's rules for AWS solutions", () => {
  let findings: readonly Finding[];
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "fairway-nag-"));
    findings = find(folder);
    rmSync(folder, { recursive: true });
  });

  test("find nothing in any stack but what is suppressed with a reason", () => {
    const open = findings.filter((finding) => !SUPPRESSIONS.some((each) => suppresses(each, finding)));
    expect(open.filter(({ path }) => !path.startsWith("Data/Careless"))).toEqual([]);
  });

  test("are asked of what is there: a bucket that may be read without TLS is found", () => {
    expect(findings).toContainEqual({ rule: "S10", path: "Data/Careless/Resource" });
  });

  test.each(SUPPRESSIONS)("$rule is suppressed at $where for a finding that there is", (suppression) => {
    expect(findings.some((finding) => suppresses(suppression, finding))).toBe(true);
    expect(suppression.reason.length).toBeGreaterThan(40);
  });
});
