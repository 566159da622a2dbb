/** What the forge does with Fairway, and what it may do on AWS: workflow files and the roles they take. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import packageJson from "../../package.json" with { type: "json" };
import { PRODUCTION, readable, resourceOf, resourcesOf, synthesise } from "./templates.ts";

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, ".github/workflows");

const Permissions = z.record(z.string(), z.enum(["read", "write"]));
const Step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  if: z.string().optional(),
});
/** What we use of the language of workflow files, and nothing else: a misspelt key is found here. */
const Workflow = z.strictObject({
  name: z.string(),
  on: z.partialRecord(z.enum(["push", "pull_request", "workflow_call"]), z.unknown()),
  permissions: Permissions,
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.union([z.boolean(), z.string()]) }),
  jobs: z.record(
    z.string(),
    z.union([
      z.strictObject({ needs: z.string().optional(), uses: z.string(), permissions: Permissions }),
      z.strictObject({
        needs: z.string().optional(),
        if: z.string().optional(),
        environment: z.string().optional(),
        "runs-on": z.string(),
        "timeout-minutes": z.int(),
        permissions: Permissions.optional(),
        steps: z.array(Step),
      }),
    ]),
  ),
});

const files = readdirSync(FOLDER).toSorted();
const workflows = Object.fromEntries(
  files.map((file) => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    return [file, { text, ...Workflow.parse(parse(text)) }] as const;
  }),
);
const jobs = Object.entries(workflows).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({
    id: `${file} ${name}`,
    permissions: job.permissions ?? workflow.permissions,
    job,
    steps: "steps" in job ? job.steps : [],
  })),
);
const steps = jobs.flatMap(({ id, steps: those }) => those.map((step) => ({ id, ...step })));
const jobOf = (id: string) => {
  const found = jobs.find((each) => each.id === id);
  if (found === undefined || !("steps" in found.job)) throw new Error(`There is no job ${id} with steps.`);
  return found.job;
};

describe("the workflow files", () => {
  test("are these, and give each job what it needs and nothing more", () => {
    expect(Object.fromEntries(jobs.map(({ id, permissions }) => [id, permissions]))).toEqual({
      "deploy.yml dev": { contents: "read", "id-token": "write" },
      "deploy.yml prod": { contents: "read", "id-token": "write" },
      "deploy.yml test": { contents: "read" },
      "diff.yml diff": { contents: "read", "id-token": "write", "pull-requests": "write" },
      "diff.yml synth": { contents: "read" },
      "test.yml supply-chain": { contents: "read" },
      "test.yml test": { contents: "read" },
    });
    for (const { permissions } of Object.values(workflows))
      expect([{}, { contents: "read" }]).toContainEqual(permissions);
  });

  test("use few actions, each by the commit of a release that is named beside it, one for each", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    const commits = new Map<string, Set<string>>();
    for (const each of used) {
      const [, name = "", commit = ""] = /^((?:actions|aws-actions)\/[\w-]+)@([0-9a-f]{40})$/.exec(each) ?? [];
      expect(name, each).not.toBe("");
      commits.set(name, new Set([...(commits.get(name) ?? []), commit]));
    }
    expect([...commits].filter(([, those]) => those.size > 1)).toEqual([]);
    const lines = Object.values(workflows).flatMap(({ text }) => text.split("\n").filter((line) => line.includes("@")));
    expect(lines.filter((line) => !/uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test("run commands that there are", () => {
    const commands = steps.flatMap(({ run = "" }) => [...run.matchAll(/\b(npm run|npm|npx) ([\w:-]+)/g)]);
    expect(commands.length).toBeGreaterThan(10);
    const unknown = commands.filter(([, tool, name = ""]) => {
      if (tool === "npx") return !existsSync(join(ROOT, "node_modules/.bin", name));
      return tool === "npm" ? !["ci", "test"].includes(name) : !(name in packageJson.scripts);
    });
    expect(unknown.map(([text]) => text)).toEqual([]);
  });

  test("test and check each change, from a clean installation", () => {
    const run = jobOf("test.yml test").steps.flatMap((step) => step.run ?? []);
    expect(run).toEqual(["npm ci", "npm run check", "npm test"]);
    expect(Object.keys(workflows["test.yml"]?.on ?? {})).toEqual(["pull_request", "workflow_call"]);
    expect(jobOf("deploy.yml dev").needs).toBe("test");
    expect(jobOf("deploy.yml prod").needs).toBe("dev");
  });

  test("know no secret but the run's own token, and leave none in the folder", () => {
    for (const { text } of Object.values(workflows)) expect(text).not.toMatch(/secrets[.[]|AKIA|aws-access-key-id/);
    for (const { with: settings } of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      expect(settings["persist-credentials"]).toBe(false);
    }
  });

  test("put nothing that somebody else wrote into a command", () => {
    expect(steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
    // Would run with the rights of the branch that a pull request goes to.
    for (const { text } of Object.values(workflows)) expect(text).not.toContain("pull_request_target");
  });

  test("end, and two of a kind do not run into each other", () => {
    for (const { id, job } of jobs.filter(({ job: each }) => "steps" in each)) {
      expect("timeout-minutes" in job && job["timeout-minutes"], id).toBeLessThanOrEqual(60);
    }
    expect(workflows["deploy.yml"]?.concurrency).toEqual({ group: "deploy", "cancel-in-progress": false });
  });

  test("run no code of a pull request where there are rights on AWS", () => {
    const { if: condition = "", steps: those } = jobOf("diff.yml diff");
    expect(condition).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    const checkouts = those.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts).toHaveLength(1);
    expect(checkouts[0]?.with.ref).toContain("github.event.pull_request.base.sha");
    const withRights = jobs.filter(({ permissions }) => permissions["id-token"] === "write").map(({ id }) => id);
    expect(withRights).toEqual(["deploy.yml dev", "deploy.yml prod", "diff.yml diff"]);
  });
});

describe.each(["dev", "prod"] as const)("the forge's roles in %s", (stage) => {
  const templates = synthesise({ ...PRODUCTION, stage });
  const roles = Object.values(resourcesOf(templates.Forge, "AWS::IAM::Role"));
  const trust = (id: string) => resourceOf(templates.Forge, "AWS::IAM::Role", id).Properties.AssumeRolePolicyDocument;
  const rights = (id: string) =>
    (resourceOf(templates.Forge, "AWS::IAM::Role", id).Properties.Policies ?? []).flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map(({ Effect, Action, Resource }) => ({
        Effect,
        Action,
        Resource: [Resource].flat().map((each) => readable(templates, each)),
      })),
    );
  const bootstrap = (name: string) =>
    `arn:AWS::Partition:iam::AWS::AccountId:role/cdk-hnb659fds-${name}-AWS::AccountId-AWS::Region`;

  test.each([
    ["Deploy", `repo:company/fairway:environment:${stage}`],
    ["Diff", "repo:company/fairway:pull_request"],
  ])("%s is for runs of %s, by a token for AWS, and for nobody else", (id, subject) => {
    expect(trust(id)).toMatchObject({
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": subject,
            },
          },
        },
      ],
    });
  });

  test("the environments that workflow files name are those that are trusted", () => {
    expect(jobOf(`deploy.yml ${stage}`).environment).toBe(stage);
    const [command = ""] = jobOf(`deploy.yml ${stage}`).steps.flatMap(
      ({ run = "" }) => run.match(/^npx cdk .*$/) ?? [],
    );
    expect(command).toContain(`--context stage=${stage} `);
  });

  test("Deploy may take the roles of the bootstrap, Diff may read templates, and that is all", () => {
    expect(roles).toHaveLength(2);
    for (const { Properties } of roles) expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(rights("Deploy")).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: ["deploy-role", "file-publishing-role", "lookup-role"].map(bootstrap),
      },
    ]);
    expect(rights("Diff")).toEqual([
      {
        Effect: "Allow",
        Action: ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"],
        Resource: [`arn:AWS::Partition:cloudformation:AWS::Region:AWS::AccountId:stack/fairway-${stage}-*/*`],
      },
    ]);
  });
});

test("without a repository in the settings the forge may do nothing", () => {
  expect(synthesise().Forge.Resources).toEqual({});
});
