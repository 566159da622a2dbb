import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileMachine } from "../../../../local/states/asl/definition.ts";
import { InvalidDefinition } from "../../../../local/states/asl/refusals.ts";
import { call, machine, pass, scope, wait } from "../harness.ts";

const WORKFLOWS = join(import.meta.dirname, "../../../../workflows");

function refusals(definition: unknown): string[] {
  try {
    compileMachine(definition);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    return error.diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
  }
}

const one = (state: object) => machine({ S: state });
const task = (more: object) => one({ Type: "Task", Resource: "arn:aws:states:::lambda:invoke", End: true, ...more });
const args = { Arguments: { FunctionName: "f" } };
const map = (more: object) => one({ Type: "Map", ItemProcessor: scope({ P: pass() }), End: true, ...more });

describe("a state machine is refused, naming the field,", () => {
  test.each<[why: string, definition: unknown, refusal: string]>([
    ["that is no object", "{}", "SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null"],
    [
      "without states",
      { QueryLanguage: "JSONata", StartAt: "S" },
      "SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /",
    ],
    [
      "whose states are all on the way",
      machine({ S: pass({ Next: "T" }), T: pass({ Next: "S" }) }),
      "MISSING_END_STATE: Workflow has no terminal state at null",
    ],
    [
      "in a language nobody knows",
      { ...one(pass()), QueryLanguage: "JMESPath" },
      "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [JSONPath, JSONata] at /QueryLanguage",
    ],
    [
      "with a language that is no text",
      one(pass({ QueryLanguage: 5, End: true })),
      "SCHEMA_VALIDATION_FAILED: Expected value of type [STRING] at /States/S/QueryLanguage",
    ],
    [
      "with both Next and End",
      one(pass({ Next: "S", End: true })),
      "SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [Next, End] at /States/S",
    ],
    [
      "without a branch",
      one({ Type: "Parallel", Branches: [], End: true }),
      "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/Branches",
    ],
    [
      "with a branch that is none",
      one({ Type: "Parallel", Branches: [{ StartAt: "B" }], End: true }),
      "SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /States/S/Branches[0]",
    ],
    [
      "with a rule that goes nowhere",
      machine({ S: { Type: "Choice", Choices: [{ Condition: true }], Default: "T" }, T: pass() }),
      "SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/S/Choices[0]",
    ],
    [
      "with a rule of JSONPath",
      machine({ S: { Type: "Choice", Choices: [{ Variable: "$.x", IsNull: true, Next: "T" }] }, T: pass() }),
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage at /States/S/Choices[0]",
    ],
    [
      "with a rule of no kind",
      machine({ S: { Type: "Choice", Choices: [{ Next: "T" }] }, T: pass() }),
      "SCHEMA_VALIDATION_FAILED: The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/S/Choices[0]",
    ],
    [
      "with a number for a text",
      one({ Type: "Fail", Error: 7 }),
      "SCHEMA_VALIDATION_FAILED: Expected value of type [STRING] at /States/S/Error",
    ],
    [
      "with a text for a number",
      one({ Type: "Wait", Seconds: "7", End: true }),
      "SCHEMA_VALIDATION_FAILED: Expected value of type Integer at /States/S/Seconds",
    ],
    [
      "with a number too large",
      one({ Type: "Wait", Seconds: 100_000_000, End: true }),
      "SCHEMA_VALIDATION_FAILED: Maximum value is 99999999 at /States/S/Seconds",
    ],
    [
      "with a time that is none",
      one({ Type: "Wait", Timestamp: "2026-01-01 00:00", End: true }),
      "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/S/Timestamp",
    ],
    [
      "with an odd jitter",
      task({ ...args, Retry: [{ ErrorEquals: ["X"], JitterStrategy: "HALF" }] }),
      "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy",
    ],
    [
      "with a retrier for nothing",
      task({ ...args, Retry: [{ ErrorEquals: [] }] }),
      "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/Retry[0]/ErrorEquals",
    ],
    [
      "with a Task without arguments",
      task({}),
      "SCHEMA_VALIDATION_FAILED: Arguments field is required for resource ARN: arn:aws:states:::lambda:invoke at /States/S/Resource",
    ],
    [
      "with a resource that is no ARN",
      task({ ...args, Resource: "my-function" }),
      "SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/S/Resource",
    ],
    [
      "with a version to come",
      machine({ S: pass() }, { Version: "2.0" }),
      "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [1.0] at /Version",
    ],
    ["without anything", {}, "SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /"],
    [
      "with an unknown field",
      machine({ S: pass() }, { Retries: 3 }),
      "SCHEMA_VALIDATION_FAILED: Field 'Retries' is not supported at /",
    ],
    [
      "with an unknown field in a state",
      one(pass({ Timeout: 3, End: true })),
      "SCHEMA_VALIDATION_FAILED: Field 'Timeout' is not supported at /States/S",
    ],
    [
      "with an unknown state type",
      one({ Type: "Activity" }),
      "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [Task, Choice, Map, Parallel, Wait, Pass, Succeed, Fail] at /States/S/Type",
    ],
    [
      "that starts nowhere",
      { ...one(pass()), StartAt: "T" },
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /StartAt",
    ],
    [
      "with a dangling Next",
      one(pass({ Next: "T" })),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /States/S/Next",
    ],
    [
      "with a Next out of its branch",
      machine({ S: { Type: "Parallel", Branches: [scope({ B: pass({ Next: "T" }) })], Next: "T" }, T: pass() }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /States/S/Branches[0]/States/B/Next",
    ],
    [
      "with a state nobody reaches",
      machine({ S: pass(), T: pass() }),
      'MISSING_TRANSITION_TARGET: State "T" is not reachable. at /States/T',
    ],
    [
      "with one name twice",
      machine({ S: { Type: "Parallel", Branches: [scope({ S: pass() })], End: true } }),
      "DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/Branches[0]/States/S",
    ],
    [
      "without Next and End",
      one({ Type: "Pass" }),
      "SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/S",
    ],
    [
      "in JSONPath",
      { StartAt: "S", States: { S: pass() } },
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage 'JSONPath' is not supported; set 'QueryLanguage' to 'JSONata' at /States/S",
    ],
    [
      "with a JSONPath state in a JSONata machine",
      one(pass({ QueryLanguage: "JSONPath", End: true })),
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/S",
    ],
    [
      "with a JSONPath state in a JSONata machine, whose fields are then right as they are",
      one(pass({ QueryLanguage: "JSONPath", InputPath: "$", End: true })),
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/S",
    ],
    [
      "with a field of JSONPath",
      one(pass({ InputPath: "$", End: true })),
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/S",
    ],
    [
      "with a resource that is not there",
      task({ ...args, Resource: "arn:aws:states:::sns:publish" }),
      "SCHEMA_VALIDATION_FAILED: The resource arn:aws:states:::sns:publish is not supported; these are: [the ARN of a function, arn:aws:states:::lambda:invoke, arn:aws:states:::states:startExecution, arn:aws:states:::events:putEvents, arn:aws:states:::dynamodb:getItem, arn:aws:states:::dynamodb:putItem, arn:aws:states:::dynamodb:updateItem, arn:aws:states:::dynamodb:deleteItem, arn:aws:states:::sqs:sendMessage] at /States/S/Resource",
    ],
    [
      "with a pattern the resource has not",
      task({ ...args, Resource: "arn:aws:states:::lambda:invoke.sync" }),
      "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::lambda:invoke.sync is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource",
    ],
    [
      "with an activity",
      task({ Resource: "arn:aws:states:us-east-1:123456789012:activity:a" }),
      "SCHEMA_VALIDATION_FAILED: Activities are not supported: arn:aws:states:us-east-1:123456789012:activity:a at /States/S/Resource",
    ],
    [
      "with an argument the integration does not know",
      task({ Arguments: { FunctionName: "f", InvocationType: "Event" } }),
      "SCHEMA_VALIDATION_FAILED: The field 'InvocationType' is not supported by Step Functions at /States/S/Arguments",
    ],
    [
      "without a function",
      task({ Arguments: {} }),
      "SCHEMA_VALIDATION_FAILED: The field 'FunctionName' is required but was missing at /States/S/Arguments",
    ],
    [
      "with Credentials but no role",
      task({ ...args, Credentials: { Role: "x" } }),
      "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/S/Credentials",
    ],
    [
      "with a timeout of nothing",
      task({ ...args, TimeoutSeconds: 0 }),
      "SCHEMA_VALIDATION_FAILED: Minimum value is 1 at /States/S/TimeoutSeconds",
    ],
    [
      "with a heartbeat as long as the timeout",
      task({ ...args, TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      "SCHEMA_VALIDATION_FAILED: HeartbeatSeconds must be smaller than TimeoutSeconds at /States/S/HeartbeatSeconds",
    ],
    [
      "with a Distributed Map",
      map({ ItemProcessor: { ...scope({ P: pass() }), ProcessorConfig: { Mode: "DISTRIBUTED" } } }),
      "SCHEMA_VALIDATION_FAILED: Only Mode 'INLINE' is supported, no Distributed Map at /States/S/ItemProcessor/ProcessorConfig/Mode",
    ],
    [
      "with an ItemReader",
      map({ ItemReader: {} }),
      "SCHEMA_VALIDATION_FAILED: Field 'ItemReader' is not supported at /States/S",
    ],
    [
      "with Items that are no array",
      map({ Items: "abc" }),
      "SCHEMA_VALIDATION_FAILED: The field 'Items' should be an array or a JSONata expression at /States/S/Items",
    ],
    [
      "with States.ALL in company",
      task({ ...args, Retry: [{ ErrorEquals: ["States.ALL", "X"] }] }),
      "SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals[0]",
    ],
    [
      "with an invented States error",
      task({ ...args, Retry: [{ ErrorEquals: ["States.Odd"] }] }),
      "SCHEMA_VALIDATION_FAILED: Unknown reserved error name: States.Odd at /States/S/Retry[0]/ErrorEquals[0]",
    ],
    [
      "with a backoff that shrinks",
      task({ ...args, Retry: [{ ErrorEquals: ["X"], BackoffRate: 0.5 }] }),
      "SCHEMA_VALIDATION_FAILED: Minimum value is 1 at /States/S/Retry[0]/BackoffRate",
    ],
    [
      "with a catcher to nowhere",
      task({ ...args, Catch: [{ ErrorEquals: ["X"], Next: "T" }] }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /States/S/Catch[0]/Next",
    ],
    [
      "with both kinds of Wait",
      one({ Type: "Wait", Seconds: 1, Timestamp: "2026-01-01T00:00:00Z", End: true }),
      "SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S",
    ],
    [
      "with a broken expression",
      one(pass({ Output: { v: "{% 1 + %}" }, End: true })),
      "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/v",
    ],
    [
      "with an expression that does not close",
      one(pass({ Output: "{% 1", End: true })),
      "SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/S/Output",
    ],
    [
      "with a name at the top level",
      one(pass({ Output: { v: "{% phone %}" }, End: true })),
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/S/Output/v",
    ],
    [
      "with $ at the top level",
      one(pass({ Output: "{% $.phone %}", End: true })),
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/S/Output",
    ],
    [
      "with $$",
      one(pass({ Output: "{% $states.input.($$.x) %}", End: true })),
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/S/Output",
    ],
    [
      "with a result before there is one",
      task({ Arguments: { FunctionName: "f", Payload: "{% $states.result %}" } }),
      "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Arguments/Payload",
    ],
    [
      "with an error output outside a catcher",
      task({ ...args, Output: "{% $states.errorOutput.Error %}" }),
      "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/S/Output",
    ],
    [
      "with a part of a variable as target",
      one(pass({ Assign: { "x.y": 1 }, End: true })),
      "SCHEMA_VALIDATION_FAILED: 'x.y' is not a valid variable name at /States/S/Assign/x.y",
    ],
    [
      "with a variable called states",
      one(pass({ Assign: { states: 1 }, End: true })),
      "SCHEMA_VALIDATION_FAILED: 'states' is not a valid variable name at /States/S/Assign/states",
    ],
    [
      "with an inner variable of an outer name",
      machine({
        S: pass({ Assign: { x: 1 }, Next: "M" }),
        M: { Type: "Map", ItemProcessor: scope({ P: pass({ Assign: { x: 2 }, End: true }) }), End: true },
      }),
      "SCHEMA_VALIDATION_FAILED: Variable 'x' is already assigned in an outer scope at /States/M/ItemProcessor/States/P/Assign/x",
    ],
    [
      "with Assign on Succeed",
      one({ Type: "Succeed", Assign: { x: 1 } }),
      "SCHEMA_VALIDATION_FAILED: Field 'Assign' is not supported at /States/S",
    ],
    [
      "with a state name too long",
      machine({ ["n".repeat(81)]: pass() }),
      `INVALID_STATE_NAME: Invalid State name: '${"n".repeat(81)}' exceeds the 80-character limit allowed by the service at /States/${"n".repeat(81)}`,
    ],
  ])("%s", (_, definition, refusal) => {
    expect(refusals(definition)).toContain(refusal);
  });

  test("without an end only for that, and with a start that is missing for every state", () => {
    const endless = machine({ S: pass({ Next: "T" }), T: pass({ Next: "S" }), Lost: pass({ Next: "S" }) });
    expect(refusals(endless)).toEqual(["MISSING_END_STATE: Workflow has no terminal state at null"]);
    expect(refusals({ ...one(pass()), StartAt: "T" })).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /StartAt",
      'MISSING_TRANSITION_TARGET: State "S" is not reachable. at /States/S',
    ]);
  });

  test("with all of its errors in one message in the shape of AWS", () => {
    const definition = machine({ S: pass({ Foo: 1, Next: "T" }) });
    expect(() => compileMachine(definition)).toThrow(
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/S, " +
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /States/S/Next, " +
        "MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });
});

describe("a state machine is accepted", () => {
  test.each(readdirSync(WORKFLOWS).filter((file) => file.endsWith(".asl.json")))("as shipped: %s", (file) => {
    expect(refusals(JSON.parse(readFileSync(join(WORKFLOWS, file), "utf8")))).toEqual([]);
  });

  test("when only a branch has no end, or a retry no interval", () => {
    const round = scope({ A: pass({ Next: "B" }), B: pass({ Next: "A" }) });
    expect(refusals(one({ Type: "Parallel", Branches: [round], End: true }))).toEqual([]);
    expect(refusals(task({ ...args, Retry: [{ ErrorEquals: ["X"], IntervalSeconds: 0 }] }))).toEqual([]);
  });

  test("with names inside predicates, blocks, sorts, groups and lambdas that give a context", () => {
    const expressions = [
      "$states.input.items[status = 'open'].name",
      "$states.input.items^(>due).id",
      "$states.input.(first & ' ' & last)",
      "$states.input.items{kind: $count(id)}",
      "$map($states.input.items, function($item, $i) { $item.id & $i })",
      "($all := $states.input.items; $all[$.id > 1])",
      "$states.input ~> |items|{'seen': true}|",
      "$reduce([1..3], function($a, $b) { $a + $b })",
      "$states.input.**.id",
    ];
    expect(refusals(one(pass({ Output: expressions.map((text) => `{% ${text} %}`), End: true })))).toEqual([]);
  });

  test("when a catcher of a Parallel assigns a name its branches use", () => {
    const definition = machine({
      P: {
        Type: "Parallel",
        Branches: [scope({ B: wait({ Assign: { x: 1 }, End: true }) })],
        Catch: [{ ErrorEquals: ["States.ALL"], Assign: { x: 2 }, Next: "After" }],
        End: true,
      },
      After: pass(),
    });
    expect(refusals(definition)).toEqual([]);
  });

  test("or refused with InvalidDefinition whatever is changed in it, never failing otherwise", () => {
    const whole = machine({
      T: call("f", { Retry: [{ ErrorEquals: ["X"] }], Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }], Next: "C" }),
      C: { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "M" }], Default: "P" },
      M: { Type: "Map", Items: [1], ItemProcessor: scope({ W: { Type: "Wait", Seconds: 1, End: true } }), Next: "P" },
      P: { Type: "Parallel", Branches: [scope({ Q: pass() })], Next: "F" },
      F: { Type: "Fail", Error: "E" },
    });
    const paths = pathsIn(whole);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const changed: unknown = structuredClone(whole);
        setAt(changed, path, value);
        expect(refusals(changed)).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});

function pathsIn(value: unknown, path: string[] = []): string[][] {
  const inside =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key]))
      : [];
  return path.length === 0 ? inside : [path, ...inside];
}

function setAt(target: unknown, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof target !== "object" || target === null) return;
  if (rest.length === 0) Reflect.set(target, key, value);
  else setAt(Reflect.get(target, key), rest, value);
}
