import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { machine, pass, scope } from "../harness.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";

const says = (output: string) => machine({ Say: pass({ Output: output, End: true }) });

describe("CreateStateMachine", () => {
  test("is the same again for the same definition and role, and refused for another", async () => {
    await using it = await endpoint();
    const arn = await it.create("m", says("a"));
    expect(arn).toBe("arn:aws:states:us-east-1:123456789012:stateMachine:m");
    expect(await it.create("m", says("a"))).toBe(arn);
    const taken = { name: "StateMachineAlreadyExists", message: `State Machine Already Exists: '${arn}'` };
    await expect(it.create("m", says("b"))).rejects.toMatchObject(taken);
    await expect(it.create("m", JSON.stringify(says("a"), null, 1))).rejects.toMatchObject(taken);
    const roleArn = "arn:aws:iam::123456789012:role/other";
    const otherRole = new CreateStateMachineCommand({ name: "m", definition: JSON.stringify(says("a")), roleArn });
    await expect(it.client.send(otherRole)).rejects.toMatchObject(taken);
  });

  test("refuses what is not here by name: JSONPath, Distributed Map, Express, activities, unknown services", async () => {
    await using it = await endpoint();
    const refused = (definition: object | string, more = {}) => expect(it.create("m", definition, more)).rejects;
    await refused({ StartAt: "P", States: { P: pass() } }).toMatchObject({
      name: "InvalidDefinition",
      message: expect.stringContaining("The QueryLanguage 'JSONPath' is not supported"),
    });
    await refused("{").toMatchObject({ name: "InvalidDefinition", message: expect.stringContaining("INVALID_JSON") });
    await refused(says("a"), { type: "EXPRESS" }).toMatchObject({ name: "StateMachineTypeNotSupported" });
    const distributed = { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "P", States: { P: pass() } };
    await refused(machine({ M: { Type: "Map", ItemProcessor: distributed, End: true } })).toMatchObject({
      message: expect.stringContaining("no Distributed Map at /States/M/ItemProcessor/ProcessorConfig/Mode"),
    });
    const task = (Resource: string) => machine({ T: { Type: "Task", Resource, Arguments: {}, End: true } });
    await refused(task("arn:aws:states:us-east-1:123456789012:activity:a")).toMatchObject({
      message: expect.stringContaining("Activities are not supported"),
    });
    await refused(task("arn:aws:states:::sns:publish")).toMatchObject({ name: "InvalidDefinition" });
    expect((await it.client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
  });
});

describe("DescribeStateMachine", () => {
  test("lists the variables each state refers to, without those that an expression binds itself", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create(
      "m",
      machine({
        None: pass({ Assign: { a: 1, b: [2], c: 3 }, Next: "Some" }),
        Some: pass({ Output: { x: "{% $a + $sum($b) %}", y: ["{% ($d := $c; $d + $states.input) %}"] }, Next: "Each" }),
        Each: {
          Type: "Map",
          Items: "{% $map($b, function($v) { $v * $a }) %}",
          ItemProcessor: scope({ Inner: pass({ Output: "{% $c %}", End: true }) }),
          End: true,
        },
      }),
    );
    const { variableReferences } = await it.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(variableReferences).toEqual({ Some: ["a", "b", "c"], Each: ["a", "b"], Inner: ["c"] });
  });
});

describe("UpdateStateMachine", () => {
  test("changes the definition or the role, and wants one of them", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", says("a"));
    const describeIt = () => it.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const before = await describeIt();
    expect(before).toMatchObject({ status: "ACTIVE", type: "STANDARD", name: "m" });
    expect(before.revisionId).toBeUndefined();
    const { revisionId } = await it.client.send(
      new UpdateStateMachineCommand({ stateMachineArn, roleArn: "arn:aws:iam::123456789012:role/other" }),
    );
    expect(await describeIt()).toMatchObject({
      definition: before.definition,
      roleArn: "arn:aws:iam::123456789012:role/other",
      revisionId,
      creationDate: before.creationDate,
    });
    await expect(it.client.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: "MissingRequiredParameter",
    });
  });
});

describe("DeleteStateMachine", () => {
  test("is no error for what is not there, and takes versions, aliases and tags along", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", says("a"), { publish: true, tags: [{ key: "k", value: "v" }] });
    const gone = { name: "StateMachineDoesNotExist", message: `State Machine Does Not Exist: '${stateMachineArn}'` };
    await it.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await it.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    for (const command of [
      new DescribeStateMachineCommand({ stateMachineArn }),
      new StartExecutionCommand({ stateMachineArn }),
      new ListExecutionsCommand({ stateMachineArn }),
      new ListStateMachineVersionsCommand({ stateMachineArn }),
    ]) {
      await expect(it.client.send(command as DescribeStateMachineCommand)).rejects.toMatchObject(gone);
    }
    await it.create("m", says("b"));
    expect(await it.client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }))).toMatchObject({
      tags: [],
    });
    const { stateMachineVersions } = await it.client.send(new ListStateMachineVersionsCommand({ stateMachineArn }));
    expect(stateMachineVersions).toEqual([]);
  });
});

describe("ListStateMachines", () => {
  test("comes in pages", async () => {
    await using it = await endpoint();
    for (const name of ["c", "a", "b"]) await it.create(name, says(name));
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await it.client.send(new ListStateMachinesCommand({ maxResults: 2, nextToken }));
      names.push(...(page.stateMachines ?? []).map(({ name }) => name));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(names).toEqual(["a", "b", "c"]);
  });
});

describe("ValidateStateMachineDefinition", () => {
  test("names what is wrong and where, and creates nothing", async () => {
    await using it = await endpoint();
    const validate = (definition: object) =>
      it.client.send(new ValidateStateMachineDefinitionCommand({ definition: JSON.stringify(definition) }));
    expect(await validate(says("a"))).toMatchObject({ result: "OK", diagnostics: [], truncated: false });
    expect(await validate(machine({ P: { Type: "Pass" } }))).toMatchObject({
      result: "FAIL",
      diagnostics: [
        { severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", location: "/States/P" },
        { severity: "ERROR", code: "MISSING_END_STATE", message: "Workflow has no terminal state" },
      ],
    });
    expect((await it.client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
  });

  test.each<[definition: string, diagnostic: object]>([
    ['""', { code: "SCHEMA_VALIDATION_FAILED", message: "Definition must be a valid JSON object" }],
    [
      '{"StartAt": nowhere}',
      {
        code: "INVALID_JSON_DESCRIPTION",
        location: '[Source: (String)"{"StartAt": nowhere}"; line: 1, column: 20]',
        message:
          "Unrecognized token 'nowhere': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n" +
          ' at [Source: (String)"{"StartAt": nowhere}"; line: 1, column: 20]',
      },
    ],
    [
      `[\n${" ".repeat(600)}`,
      {
        code: "INVALID_JSON_DESCRIPTION",
        location: `[Source: (String)"[\n${" ".repeat(498)}"[truncated 102 chars]; line: 2, column: 601]`,
        message: expect.stringContaining(" at [Source: "),
      },
    ],
  ])("says of %j that it is no definition", async (definition, diagnostic) => {
    await using it = await endpoint();
    expect(await it.client.send(new ValidateStateMachineDefinitionCommand({ definition }))).toMatchObject({
      result: "FAIL",
      diagnostics: [{ severity: "ERROR", ...diagnostic }],
    });
  });
});

describe("versions", () => {
  test("stay what they were, are numbered for good, and are published once per revision", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", says("first"));
    const publish = async () => {
      const { stateMachineVersionArn } = await it.client.send(
        new PublishStateMachineVersionCommand({ stateMachineArn }),
      );
      return stateMachineVersionArn ?? "";
    };
    const first = await publish();
    expect(first).toBe(`${stateMachineArn}:1`);
    expect(await publish()).toBe(first);
    await update(it, stateMachineArn, "second");
    const second = await publish();
    expect(second).toBe(`${stateMachineArn}:2`);
    expect(await outputOf(it, first)).toBe('"first"');
    expect(await outputOf(it, stateMachineArn)).toBe('"second"');

    await it.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: second }));
    await update(it, stateMachineArn, "third");
    expect(await publish()).toBe(`${stateMachineArn}:3`);
    const { stateMachineVersions = [] } = await it.client.send(
      new ListStateMachineVersionsCommand({ stateMachineArn }),
    );
    expect(stateMachineVersions.map((version) => version.stateMachineVersionArn)).toEqual([
      `${stateMachineArn}:3`,
      `${stateMachineArn}:1`,
    ]);
    const stale = new PublishStateMachineVersionCommand({ stateMachineArn, revisionId: "INITIAL" });
    await expect(it.client.send(stale)).rejects.toMatchObject({ name: "ConflictException" });
  });
});

describe("aliases", () => {
  test("start the version they point to, and executions remember both", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", says("first"), { publish: true });
    const [one, two] = [`${stateMachineArn}:1`, `${stateMachineArn}:2`];
    await update(it, stateMachineArn, "second", true);
    const route = (stateMachineVersionArn: string) => [{ stateMachineVersionArn, weight: 100 }];
    const { stateMachineAliasArn = "" } = await it.client.send(
      new CreateStateMachineAliasCommand({ name: "live", routingConfiguration: route(one) }),
    );
    expect(stateMachineAliasArn).toBe(`${stateMachineArn}:live`);
    expect(await outputOf(it, stateMachineAliasArn)).toBe('"first"');
    await it.client.send(
      new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration: route(two) }),
    );
    expect(await outputOf(it, stateMachineAliasArn)).toBe('"second"');

    const list = async (arn: string) => {
      const { executions = [] } = await it.client.send(new ListExecutionsCommand({ stateMachineArn: arn }));
      return executions.map((execution) => [execution.stateMachineVersionArn, execution.stateMachineAliasArn]);
    };
    expect(await list(stateMachineAliasArn)).toEqual([
      [two, stateMachineAliasArn],
      [one, stateMachineAliasArn],
    ]);
    expect(await list(one)).toEqual([[one, stateMachineAliasArn]]);

    const inUse = it.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: two }));
    await expect(inUse).rejects.toMatchObject({
      name: "ConflictException",
      message: expect.stringContaining("[live]"),
    });
    await it.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await expect(it.client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }))).rejects.toMatchObject({
      name: "ResourceNotFound",
    });
    const { stateMachineAliases } = await it.client.send(new ListStateMachineAliasesCommand({ stateMachineArn }));
    expect(stateMachineAliases).toEqual([]);
  });

  test("are refused when the weights are not 100 or the name is taken by another routing", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", says("first"), { publish: true });
    await update(it, stateMachineArn, "second", true);
    const create = (weights: number[]) =>
      it.client.send(
        new CreateStateMachineAliasCommand({
          name: "live",
          routingConfiguration: weights.map((weight, i) => ({
            stateMachineVersionArn: `${stateMachineArn}:${i + 1}`,
            weight,
          })),
        }),
      );
    await expect(create([50])).rejects.toMatchObject({ name: "ValidationException" });
    const { creationDate } = await create([50, 50]);
    expect((await create([50, 50])).creationDate).toEqual(creationDate);
    await expect(create([40, 60])).rejects.toMatchObject({ name: "ConflictException" });
  });
});

describe("tags", () => {
  test("are added, replaced, removed and bounded", async () => {
    await using it = await endpoint();
    const resourceArn = await it.create("m", says("a"), { tags: [{ key: "a", value: "1" }] });
    await it.client.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { key: "a", value: "2" },
          { key: "b", value: "3" },
        ],
      }),
    );
    await it.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["b", "none"] }));
    const { tags } = await it.client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ key: "a", value: "2" }]);
    const many = Array.from({ length: 50 }, (_, i) => ({ key: `key-${i}`, value: "" }));
    await expect(it.client.send(new TagResourceCommand({ resourceArn, tags: many }))).rejects.toMatchObject({
      name: "TooManyTags",
    });
  });
});

async function update(it: Endpoint, stateMachineArn: string, output: string, publish = false): Promise<void> {
  const definition = JSON.stringify(says(output));
  await it.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition, publish }));
}

async function outputOf(it: Endpoint, stateMachineArn: string): Promise<string | undefined> {
  const { executionArn } = await it.client.send(new StartExecutionCommand({ stateMachineArn }));
  await it.states.whenIdle();
  return (await it.client.send(new DescribeExecutionCommand({ executionArn }))).output;
}
