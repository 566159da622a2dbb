import * as sdk from "@aws-sdk/client-sfn";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machine, named } from "../harness.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";

/** The names Step Functions answers with, and those that every service with this protocol has. */
const AWS_ERRORS = new Set([
  ...Object.entries(sdk)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof sdk.SFNServiceException)
    .map(([name]) => name),
  "SerializationException",
  "UnknownOperationException",
]);

let it: Endpoint;
let stateMachineArn: string;
let executionArn: string;

beforeAll(async () => {
  it = await endpoint({
    fail() {
      throw named("Broken");
    },
  });
  stateMachineArn = await it.create("known", machine({ Sleep: { Type: "Wait", Seconds: 60, End: true } }));
  ({ executionArn = "" } = await it.client.send(new sdk.StartExecutionCommand({ stateMachineArn, name: "known" })));
});

afterAll(() => it[Symbol.asyncDispose]());

async function post(target: string, body: string): Promise<{ status: number; answer: Record<string, unknown> }> {
  const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" };
  const response = await fetch(it.url, { method: "POST", headers, body });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

function expectAwsAnswer({ status, answer }: Awaited<ReturnType<typeof post>>, asked: string): void {
  expect([200, 400], asked).toContain(status);
  if (status === 400)
    expect([...AWS_ERRORS], `${asked} → ${answer.__type}: ${answer.message}`).toContain(answer.__type);
}

const OPERATIONS = Object.keys(sdk)
  .filter((name) => name.endsWith("Command"))
  .map((name) => name.replace(/Command$/, ""));

const MEMBERS = [
  ...["stateMachineArn", "executionArn", "name", "definition", "roleArn", "type", "input", "maxResults", "nextToken"],
  ...["reverseOrder", "taskToken", "output", "error", "cause", "statusFilter", "tags", "resourceArn", "tagKeys"],
  ...["stateMachineVersionArn", "stateMachineAliasArn", "routingConfiguration", "description", "publish", "revisionId"],
  ...["loggingConfiguration", "redriveFilter", "includedData", "versionDescription", "severity", "__proto__"],
];

const arns = () =>
  fc.constantFrom(
    ...["", "arn", "arn:aws:states", `${stateMachineArn}:1`, `${stateMachineArn}:live`, `${stateMachineArn}:a:b`],
    ...[stateMachineArn, executionArn, `${executionArn}x`, "arn:aws:s3:::bucket", "arn:aws:states:::stateMachine:"],
  );

describe("whatever is asked,", () => {
  test("the endpoint answers with a result or with an error of AWS's names", async () => {
    const member = fc.oneof(
      arns(),
      fc.jsonValue({ maxDepth: 2 }),
      fc.integer(),
      fc.constantFrom("x".repeat(3000), "{}", '"', "STANDARD", true, null),
    );
    const request = fc.dictionary(fc.constantFrom(...MEMBERS), member, { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OPERATIONS, "", "constructor"), request, async (name, body) => {
        const text = JSON.stringify(body);
        expectAwsAnswer(await post(`AWSStepFunctions.${name}`, text), `${name} ${text}`);
      }),
      { numRuns: 400 },
    );
  });

  test("bytes that are no request get an error too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string({ unit: "binary-ascii" }), async (target, body) => {
        const safeTarget = encodeURIComponent(target);
        expect((await post(safeTarget, body)).status).toBe(400);
        expect((await post("AWSStepFunctions.StartExecution", body)).status).toBe(400);
      }),
      { numRuns: 50 },
    );
    expect((await fetch(it.url)).status).toBe(400);
  });
});

const VALUES = [
  ...["text", "{% $states.input %}", "{% $states.input[0] %}", "{% $kept %}", "{% $error('no') %}", "{% [1..3] %}"],
  ...[
    "{% $states.result %}",
    "{% $states.errorOutput.Error %}",
    "{% $states.context.Map.Item.Index %}",
    "{%",
    "{% $$ %}",
  ],
  ...[
    "{% $string(function(){1}) %}",
    "{% $states.input.none %}",
    "{% $random() < 0.5 %}",
    "{% $count($states.input) %}",
  ],
];
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...VALUES, 0, 1, 2, true, null, [1, "{% $states.input %}"]) },
  fc.jsonValue({ maxDepth: 1 }),
);

interface Node {
  readonly type: "Pass" | "Task" | "Wait" | "Choice" | "Map" | "Parallel" | "Fail" | "Succeed";
  readonly value: unknown;
  /** Fields of any kind, fitting or not. */
  readonly more: Record<string, unknown>;
  readonly inner: readonly Node[];
}

const ANY_FIELD = [
  "Output",
  "Assign",
  "Arguments",
  "ItemSelector",
  "MaxConcurrency",
  "Timestamp",
  "TimeoutSeconds",
  "Odd",
];
const RETRY = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 1 }];

const { node } = fc.letrec<{ nodes: readonly Node[]; node: Node }>((tie) => ({
  nodes: fc.oneof(
    { maxDepth: 3 },
    fc.constant<readonly Node[]>([]),
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
  ),
  node: fc.record({
    type: fc.constantFrom("Pass", "Task", "Wait", "Choice", "Map", "Parallel", "Fail", "Succeed"),
    value,
    more: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      fc.record({ Output: value }),
      fc.record({ Assign: fc.record({ kept: value }) }),
      fc.record({ Retry: fc.constant(RETRY) }),
      fc.dictionary(fc.constantFrom(...ANY_FIELD), value, { maxKeys: 2 }),
    ),
    inner: tie("nodes"),
  }),
}));

/** The nodes as states one after the other, with names that are unique in the whole machine. */
function scopeOf(list: readonly Node[], count = { states: 0 }): object {
  // Nothing comes behind an end: it would be refused, and most of what is generated is to run.
  const ending = list.findIndex(({ type }) => type === "Fail" || type === "Succeed");
  const reachable = ending < 0 ? list : list.slice(0, ending + 1);
  const placed = reachable.map((node) => ({ node, name: `S${nextNumber(count)}` }));
  const states = placed.map(({ node, name }, i) => {
    const next = placed[i + 1]?.name;
    const goOn = next === undefined ? { End: true } : { Next: next };
    return [name, { Type: node.type, ...fieldsOf(node, goOn, next, count), ...node.more }] as const;
  });
  if (placed.length === 0) {
    const name = `S${nextNumber(count)}`;
    return { StartAt: name, States: { [name]: { Type: "Pass", End: true } } };
  }
  return { StartAt: placed[0]?.name, States: Object.fromEntries(states) };
}

function nextNumber(count: { states: number }): number {
  count.states += 1;
  return count.states;
}

function fieldsOf(
  { type, value, inner }: Node,
  goOn: object,
  next: string | undefined,
  count: { states: number },
): object {
  switch (type) {
    case "Pass":
      return { Output: value, ...goOn };
    case "Task":
      return {
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: value === 1 ? "fail" : "echo", Payload: value },
        ...goOn,
      };
    case "Wait":
      return { Seconds: value, ...goOn };
    case "Choice":
      return next === undefined
        ? { Type: "Pass", ...goOn }
        : { Choices: [{ Condition: value, Next: next }], Default: next };
    case "Map":
      return { Items: value, ItemProcessor: scopeOf(inner, count), ...goOn };
    case "Parallel":
      return { Branches: [scopeOf(inner, count)], ...goOn };
    case "Fail":
      return { Error: value };
    case "Succeed":
      return { Output: value };
  }
}

describe("whatever the definition,", () => {
  test("it is refused with AWS's error or runs to an end or a wait, its history without a gap", async () => {
    const seen = new Map<string, number>();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(node, { minLength: 1, maxLength: 4 }), async (list) => {
        runs += 1;
        const definition = JSON.stringify({ QueryLanguage: "JSONata", ...scopeOf(list) });
        const roleArn = "arn:aws:iam::123456789012:role/states";
        const created = await post(
          "AWSStepFunctions.CreateStateMachine",
          JSON.stringify({ name: `fuzz-${runs}`, definition, roleArn }),
        );
        expectAwsAnswer(created, definition);
        const count = (what: unknown) => seen.set(String(what), (seen.get(String(what)) ?? 0) + 1);
        if (created.status === 400) {
          count(created.answer.__type);
          return;
        }
        const started = await post(
          "AWSStepFunctions.StartExecution",
          JSON.stringify({ stateMachineArn: created.answer.stateMachineArn, input: '[1,{"a":2}]' }),
        );
        const arn = String(started.answer.executionArn);
        await it.clock.advance(10_000);
        await it.states.whenIdle();
        const described = await it.describe(arn);
        count(described.status);
        expect(described.cause ?? "", definition).not.toContain("interpreter failed");
        const ids = (await it.history(arn)).map(({ id }) => id);
        expect(ids).toEqual(ids.map((_, i) => i + 1));
        if (described.status === "FAILED") {
          const redriven = await post("AWSStepFunctions.RedriveExecution", JSON.stringify({ executionArn: arn }));
          expect(redriven.status, definition).toBe(200);
          await it.clock.advance(10_000);
          await it.states.whenIdle();
          const again = await it.describe(arn);
          expect(again.cause ?? "", definition).not.toContain("interpreter failed");
          count(`redriven ${again.status}`);
        }
        await post("AWSStepFunctions.StopExecution", JSON.stringify({ executionArn: arn }));
      }),
      { numRuns: 250 },
    );
    // What is generated is worth it: much of it runs, and ends in every way.
    for (const what of ["InvalidDefinition", "SUCCEEDED", "FAILED"])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(10);
  });
});
