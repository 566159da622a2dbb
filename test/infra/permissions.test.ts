import { describe, expect, test } from "vitest";
import { isOfCdk, PRODUCTION, readable, resourceOf, resourcesOf, synthesise, type Template } from "./templates.ts";

const templates = synthesise();
const production = synthesise(PRODUCTION);

const TABLE = "Table.Arn";
const EXECUTIONS = "arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:StageRun.Name:*";

const ACTIONS = {
  get: "dynamodb:GetItem",
  query: "dynamodb:Query",
  put: "dynamodb:PutItem",
  delete: "dynamodb:DeleteItem",
} as const;

/** Uses of the table, or names of its indexes, as grants. */
function onTable(...uses: readonly (keyof typeof ACTIONS | "gsi1" | "gsi2")[]): Record<string, string[]> {
  const grants: Record<string, string[]> = {};
  for (const use of uses) {
    const isIndex = use === "gsi1" || use === "gsi2";
    const action = isIndex ? ACTIONS.query : ACTIONS[use];
    grants[action] = [...(grants[action] ?? []), isIndex ? `${TABLE}/index/${use}` : TABLE];
  }
  return grants;
}

const onPilots = onTable("get", "query", "put");
const onProgramme = onTable("get", "query", "gsi1", "gsi2", "put");
const consume = (id: string) => ({
  "dynamodb:DescribeStream": ["Table.StreamArn"],
  "dynamodb:GetRecords": ["Table.StreamArn"],
  "dynamodb:GetShardIterator": ["Table.StreamArn"],
  "dynamodb:ListStreams": ["Table.StreamArn"],
  "sqs:SendMessage": [`${id}Failed.Arn`],
});

const FILES = "Files.Arn/files/*";
const SENDER = [
  "arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:configuration-set/fairway-dev",
  "arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/Identity",
];
const send = { "ses:SendEmail": SENDER, "ses:SendRawEmail": SENDER };

/** Function → exactly what its role allows: action → resources. */
const GRANTS: Record<string, Record<string, string[]>> = {
  Query: { ...onProgramme, "s3:GetObject": [FILES], "states:GetExecutionHistory": [EXECUTIONS] },
  Command: {
    ...onTable("get", "query", "gsi1", "gsi2", "put", "delete"),
    "s3:DeleteObject": [FILES],
    "s3:GetObject": [FILES],
    "s3:ListBucket": ["Files.Arn"],
    "s3:PutObject": [FILES],
  },
  OpenStage: onPilots,
  AwaitSubmission: onPilots,
  AwaitReview: onPilots,
  AwaitGateDecision: onPilots,
  AwaitResume: onPilots,
  CloseStage: { ...onPilots, ...onTable("delete") },
  FireDueActions: { ...onProgramme, ...onTable("delete") },
  SendDigests: onProgramme,
  SweepWaits: { ...onProgramme, ...onTable("delete") },
  Relay: {
    ...onTable("get", "query", "delete"),
    ...consume("Relay"),
    "states:StartExecution": ["StageRun"],
    "states:SendTaskSuccess": ["StageRun"],
    "states:StopExecution": [EXECUTIONS],
  },
  Project: { ...onPilots, ...consume("Project") },
  Notify: { ...onProgramme, ...consume("Notify") },
  Deliver: { ...onTable("get", "put"), ...consume("Deliver"), ...send },
  DeliverDue: { ...onTable("get", "gsi2", "put"), ...send },
  PreTokenGeneration: onTable("query", "gsi1"),
  Enrol: { ...onTable("get"), ...consume("Enrol"), "cognito-idp:AdminCreateUser": ["People.Arn"] },
  MailReturned: { ...onTable("get", "put"), "sqs:SendMessage": ["MailReturnedFailed.Arn"] },
};

describe("permissions", () => {
  test.each(Object.entries(GRANTS))("%s may do exactly its work and write its own log", (id, grants) => {
    expect(grantsOf(stackOf(id), `${id}Role`)).toEqual({
      ...grants,
      "logs:CreateLogStream": [`${id}Log.Arn`],
      "logs:PutLogEvents": [`${id}Log.Arn`],
    });
  });

  test("every function is in the table above, with a role and a log group of its own", () => {
    const stacks = Object.values(templates);
    const functions = Object.assign({}, ...stacks.map((stack) => resourcesOf(stack, "AWS::Lambda::Function")));
    const ours = Object.keys(functions).filter((id) => !isOfCdk(id));
    expect(ours.sort()).toEqual(Object.keys(GRANTS).sort());
    for (const id of Object.keys(GRANTS)) {
      const { Properties } = resourceOf(stackOf(id), "AWS::Lambda::Function", id);
      expect(readable(templates, Properties.Role)).toBe(`${id}Role.Arn`);
      expect(readable(templates, Properties.LoggingConfig.LogGroup)).toBe(`${id}Log`);
    }
  });

  test("no role borrows a managed policy, but for CDK's own function that copies the portal's files", () => {
    for (const stack of [...Object.values(templates), ...Object.values(production)]) {
      for (const [id, { Properties }] of Object.entries(resourcesOf(stack, "AWS::IAM::Role"))) {
        if (!isOfCdk(id)) expect(Properties.ManagedPolicyArns).toBeUndefined();
      }
    }
  });

  test.each(Object.keys(GRANTS))("a deployment of %s may move its alias and look at alarms", (id) => {
    const stack = Object.values(production).find(
      (each) => `${id}DeploymentRole` in resourcesOf(each, "AWS::IAM::Role"),
    );
    expect(stack && grantsOf(stack, `${id}DeploymentRole`)).toEqual({
      "cloudwatch:DescribeAlarms": ["*"],
      "lambda:GetAlias": [`${id}.Arn`, `${id}.Arn:live`],
      "lambda:UpdateAlias": [`${id}.Arn`, `${id}.Arn:live`],
    });
  });

  test.each([
    ["StageRun", ["AwaitGateDecision", "AwaitResume", "AwaitReview", "AwaitSubmission", "CloseStage", "OpenStage"]],
    ["Deadlines", ["FireDueActions", "SendDigests", "SweepWaits"]],
  ])("%s may invoke exactly the functions its definition names", (id, functions) => {
    const { "lambda:InvokeFunction": invoked, ...others } = grantsOf(templates.Workflow, `${id}Role`);
    expect(invoked).toEqual(functions.map((name) => `${name}Live`));

    const { Properties } = resourceOf(templates.Workflow, "AWS::StepFunctions::StateMachine", id);
    expect(Object.keys(Properties.DefinitionSubstitutions).sort()).toEqual(functions);
    for (const action of Object.keys(others)) expect(action).toMatch(/^(logs|xray):/);
  });

  test("only the delivery of logs and traces is allowed on all resources, where AWS knows no narrower one", () => {
    for (const template of Object.values(templates)) {
      for (const role of Object.keys(resourcesOf(template, "AWS::IAM::Role"))) {
        if (isOfCdk(role)) continue;
        for (const [action, resources] of Object.entries(grantsOf(template, role))) {
          if (resources.includes("*")) expect(`${role} ${action}`).toMatch(/^(StageRun|Deadlines)Role (logs|xray):/);
        }
      }
    }
  });

  test("mails can be sent from the installation's own address only", () => {
    for (const id of ["Deliver", "DeliverDue"]) {
      const role = resourceOf(templates.Events, "AWS::IAM::Role", `${id}Role`);
      const statements = (role.Properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      const sending = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("ses:")));
      expect(sending).toEqual([
        expect.objectContaining({ Condition: { StringEquals: { "ses:FromAddress": "noreply@fairway.example" } } }),
      ]);
    }
  });

  test("reading writes nothing but the note of who has read a business case", () => {
    const role = resourceOf(templates.Api, "AWS::IAM::Role", "QueryRole");
    const statements = (role.Properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statements.filter(({ Action }) => [Action].flat().includes("dynamodb:PutItem"))).toEqual([
      expect.objectContaining({
        Action: "dynamodb:PutItem",
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ACCESS#*"] } },
      }),
    ]);
  });

  test.each([
    ["Workflow", { "states:StartExecution": ["Deadlines"] }],
    ["Events", { "lambda:InvokeFunction": ["DeliverDueLive"] }],
  ] as const)("the schedule of the %s stack may start its target and do nothing else", (stack, grants) => {
    const [role] = Object.keys(resourcesOf(templates[stack], "AWS::IAM::Role")).filter((id) => id.startsWith("Sched"));
    expect(grantsOf(templates[stack], role ?? "")).toEqual(grants);
  });
});

function stackOf(id: string): Template {
  const stack = Object.values(templates).find((template) => id in resourcesOf(template, "AWS::Lambda::Function"));
  if (stack === undefined) throw new Error(`No stack has a function ${id}`);
  return stack;
}

/** Everything a role allows, whether it stands in the role or in a policy attached to it. */
function grantsOf(template: Template, roleId: string): Record<string, string[]> {
  const role = resourceOf(template, "AWS::IAM::Role", roleId);
  const attached = Object.values(resourcesOf(template, "AWS::IAM::Policy"))
    .map((policy) => policy.Properties)
    .filter((policy) => policy.Roles.some((name) => readable(templates, name) === roleId));
  const grants: Record<string, string[]> = {};
  for (const { PolicyDocument } of [...(role.Properties.Policies ?? []), ...attached]) {
    for (const statement of PolicyDocument.Statement) {
      expect(statement.Effect).toBe("Allow");
      for (const action of [statement.Action].flat()) {
        const resources = [statement.Resource].flat().map((resource) => readable(templates, resource));
        grants[action] = [...new Set([...(grants[action] ?? []), ...resources])].sort();
      }
    }
  }
  return grants;
}
