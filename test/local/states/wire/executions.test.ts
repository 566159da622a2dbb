import {
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { call, machine, named, pass, scope, wait } from "../harness.ts";
import { endpoint } from "./endpoint.ts";

const sleeping = machine({ Sleep: { Type: "Wait", Seconds: 3600, End: true } });

describe("StartExecution", () => {
  test("keeps the input as it was written, and calls it {} when there is none", async () => {
    await using it = await endpoint();
    const spaced = await it.start(machine({ P: pass() }), '{ "a" : [1, 2] }');
    expect(await it.describe(spaced)).toMatchObject({
      input: '{ "a" : [1, 2] }',
      inputDetails: { included: true },
      output: '{"a":[1,2]}',
      outputDetails: { included: true },
      status: "SUCCEEDED",
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
    const [started, entered] = await it.history(spaced);
    expect(started?.executionStartedEventDetails?.input).toBe('{ "a" : [1, 2] }');
    expect(entered?.stateEnteredEventDetails?.input).toBe('{"a":[1,2]}');
    expect(await it.describe(await it.start(machine({ P: pass() })))).toMatchObject({ input: "{}", output: "{}" });
  });

  test("again with the same name and input answers alike while it runs, and is refused otherwise", async () => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", sleeping);
    const start = (input: string) => it.client.send(new StartExecutionCommand({ stateMachineArn, name: "one", input }));
    const first = await start('{"n":1}');
    expect(await start('{"n":1}')).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    const taken = { name: "ExecutionAlreadyExists", message: `Execution Already Exists: '${first.executionArn}'` };
    await expect(start('{"n":2}')).rejects.toMatchObject(taken);
    await it.client.send(new StopExecutionCommand({ executionArn: first.executionArn ?? "" }));
    await expect(start('{"n":1}')).rejects.toMatchObject(taken);
  });

  test.each([
    ["", "InvalidExecutionInput"],
    ["{", "InvalidExecutionInput"],
    ["x".repeat(262_145), "ValidationException"],
  ])("refuses the input %.9j with %s", async (input, name) => {
    await using it = await endpoint();
    const stateMachineArn = await it.create("m", sleeping);
    await expect(it.client.send(new StartExecutionCommand({ stateMachineArn, input }))).rejects.toMatchObject({ name });
  });
});

describe("GetExecutionHistory", () => {
  test("comes in pages of the size asked for, forwards and backwards, with the same ids", async () => {
    await using it = await endpoint();
    const executionArn = await it.start(machine({ A: pass({ Next: "B" }), B: pass({ Next: "C" }), C: pass() }));
    const whole = (await it.history(executionArn)).map(({ id }) => id);
    for (const reverseOrder of [false, true]) {
      const ids: (number | undefined)[] = [];
      const sizes: number[] = [];
      let nextToken: string | undefined;
      do {
        const query = new GetExecutionHistoryCommand({ executionArn, maxResults: 3, reverseOrder, nextToken });
        const page = await it.client.send(query);
        ids.push(...(page.events ?? []).map(({ id }) => id));
        sizes.push(page.events?.length ?? 0);
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      expect(ids).toEqual(reverseOrder ? whole.toReversed() : whole);
      expect(sizes).toEqual([3, 3, 2]);
    }
  });

  test("takes no page token of another list, and leaves data out when told so", async () => {
    await using it = await endpoint();
    const executionArn = await it.start(machine({ A: pass() }), '{"secret":1}');
    const { nextToken } = await it.client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1 }));
    const backwards = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, nextToken });
    await expect(it.client.send(backwards)).rejects.toMatchObject({ name: "InvalidToken" });
    const bare = await it.client.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(JSON.stringify(bare.events)).not.toContain("secret");
    expect(bare.events?.[1]?.stateEnteredEventDetails).toEqual({ name: "A" });
  });
});

describe("ListExecutions", () => {
  test("shows the newest first, in pages, by status and by redrive", async () => {
    await using it = await endpoint({
      fail: () => {
        throw named("Broken");
      },
    });
    const stateMachineArn = await it.create("m", machine({ T: call("{% $states.input %}") }));
    const ok = ["a", "b", "c", "d"];
    for (const name of ok) await it.client.send(new StartExecutionCommand({ stateMachineArn, name, input: '"ok"' }));
    const failed = await it.client.send(new StartExecutionCommand({ stateMachineArn, name: "e", input: '"fail"' }));
    await it.states.whenIdle();
    await it.client.send(new RedriveExecutionCommand({ executionArn: failed.executionArn ?? "" }));
    await it.states.whenIdle();

    const list = async (query: object) => {
      const { executions = [], nextToken } = await it.client.send(
        new ListExecutionsCommand({ stateMachineArn, ...query }),
      );
      return { names: executions.map(({ name }) => name), nextToken };
    };
    const first = await list({ maxResults: 3 });
    expect(first.names).toEqual(["e", "d", "c"]);
    expect(await list({ maxResults: 3, nextToken: first.nextToken })).toEqual({
      names: ["b", "a"],
      nextToken: undefined,
    });
    expect((await list({ statusFilter: "FAILED" })).names).toEqual(["e"]);
    expect((await list({ redriveFilter: "REDRIVEN" })).names).toEqual(["e"]);
    expect((await list({ redriveFilter: "NOT_REDRIVEN", maxResults: 4 })).names).toEqual(["d", "c", "b", "a"]);
  });
});

describe("DescribeStateMachineForExecution", () => {
  test("shows what the execution runs, not what the machine has become", async () => {
    await using it = await endpoint();
    const executionArn = await it.start(sleeping);
    const { stateMachineArn } = await it.describe(executionArn);
    const definition = JSON.stringify(machine({ P: pass() }));
    await it.client.send(new UpdateStateMachineCommand({ stateMachineArn: String(stateMachineArn), definition }));
    const described = await it.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(described.definition).toBe(JSON.stringify(sleeping));
  });
});

describe("StopExecution and TimeoutSeconds", () => {
  test("end an execution as ABORTED with the reason, or as TIMED_OUT without one", async () => {
    await using it = await endpoint();
    const stopped = await it.start(sleeping);
    await it.client.send(new StopExecutionCommand({ executionArn: stopped, error: "Enough", cause: "of it" }));
    expect(await it.describe(stopped)).toMatchObject({ status: "ABORTED", error: "Enough", cause: "of it" });

    const late = await it.start({ ...sleeping, TimeoutSeconds: 60 });
    await it.clock.advance(60_000);
    await it.states.whenIdle();
    const described = await it.describe(late);
    expect(described).toMatchObject({ status: "TIMED_OUT" });
    expect(described).not.toHaveProperty("error");
    expect((await it.history(late)).at(-1)).toMatchObject({
      type: "ExecutionTimedOut",
      previousEventId: 0,
      executionTimedOutEventDetails: { error: "States.Timeout" },
    });
  });
});

describe("a task token", () => {
  test("is refused by the names of Step Functions when it is wrong, unknown or over", async () => {
    const tokens: string[] = [];
    await using it = await endpoint({ wait: (payload) => void tokens.push(String(Object(payload).token)) });
    const executionArn = await it.start(machine({ W: wait({ HeartbeatSeconds: 60, End: true }) }));
    const [taskToken = ""] = tokens;
    const send = (command: SendTaskSuccessCommand) => expect(it.client.send(command)).rejects;
    await send(new SendTaskSuccessCommand({ taskToken: "no token", output: "1" })).toMatchObject({
      name: "InvalidToken",
      message: "Invalid Token: 'Invalid token'",
    });
    const unknown = Buffer.from(`99.${"0".repeat(32)}`).toString("base64url");
    await send(new SendTaskSuccessCommand({ taskToken: unknown, output: "1" })).toMatchObject({
      name: "TaskDoesNotExist",
    });
    await send(new SendTaskSuccessCommand({ taskToken, output: "no JSON" })).toMatchObject({ name: "InvalidOutput" });

    await it.clock.advance(50_000);
    await it.client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await it.clock.advance(50_000);
    expect(await it.describe(executionArn)).toMatchObject({ status: "RUNNING" });
    await it.clock.advance(10_000);
    await it.states.whenIdle();
    expect(await it.describe(executionArn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    for (const command of [
      new SendTaskHeartbeatCommand({ taskToken }),
      new SendTaskFailureCommand({ taskToken }),
      new SendTaskSuccessCommand({ taskToken, output: "1" }),
    ]) {
      await expect(it.client.send(command as SendTaskHeartbeatCommand)).rejects.toMatchObject({ name: "TaskTimedOut" });
    }
  });

  test("carries the caller's error and cause into the execution", async () => {
    const tokens: string[] = [];
    await using it = await endpoint({ wait: (payload) => void tokens.push(String(Object(payload).token)) });
    const executionArn = await it.start(machine({ W: wait() }));
    await it.client.send(new SendTaskFailureCommand({ taskToken: tokens[0] ?? "", error: "No", cause: "because" }));
    expect(await it.describe(executionArn)).toMatchObject({ status: "FAILED", error: "No", cause: "because" });
  });
});

describe("RedriveExecution", () => {
  test("goes on at the state that failed, with its input, its variables and fresh retries", async () => {
    let isBroken = true;
    const payloads: unknown[] = [];
    await using it = await endpoint({
      flaky(payload) {
        payloads.push(payload);
        if (isBroken) throw named("Broken");
        return "fixed";
      },
    });
    const retry = { Retry: [{ ErrorEquals: ["Broken"], MaxAttempts: 1, IntervalSeconds: 1 }] };
    const executionArn = await it.start(
      machine({
        First: pass({ Assign: { kept: "{% $states.input.n + 1 %}" }, Output: "passed on", Next: "Flaky" }),
        Flaky: call(
          "flaky",
          {
            ...retry,
            Output: { redrives: "{% $states.context.Execution.RedriveCount %}", kept: "{% $kept %}" },
            End: true,
          },
          { input: "{% $states.input %}", attempt: "{% $states.context.State.RetryCount %}" },
        ),
      }),
      '{"n":1}',
    );
    await it.clock.advance(1000);
    await it.states.whenIdle();
    expect(await it.describe(executionArn)).toMatchObject({ status: "FAILED", redriveStatus: "REDRIVABLE" });
    isBroken = false;
    const { redriveDate } = await it.client.send(new RedriveExecutionCommand({ executionArn }));
    await it.states.whenIdle();
    expect(payloads).toEqual([0, 1, 0].map((attempt) => ({ input: "passed on", attempt })));
    expect(await it.describe(executionArn)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"redrives":1,"kept":2}',
      redriveCount: 1,
      redriveDate,
    });
    const types = (await it.history(executionArn)).map(({ type }) => type);
    expect(types.slice(types.indexOf("ExecutionFailed"))).toEqual([
      "ExecutionFailed",
      "ExecutionRedriven",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("runs again only the iterations and branches that had not ended well", async () => {
    let isBroken = true;
    const calls: unknown[] = [];
    await using it = await endpoint({
      work(payload) {
        calls.push(payload);
        if (isBroken && payload === 2) throw named("Broken");
        return payload;
      },
    });
    const each = scope({
      Work: call("work", { Output: "{% $states.result.Payload %}", End: true }, "{% $states.input %}"),
    });
    const executionArn = await it.start(
      machine({
        Both: {
          Type: "Parallel",
          Branches: [
            scope({ Each: { Type: "Map", Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor: each, End: true } }),
            scope({ Aside: pass({ Output: "aside", End: true }) }),
          ],
          End: true,
        },
      }),
    );
    expect(await it.describe(executionArn)).toMatchObject({ status: "FAILED", error: "Broken" });
    isBroken = false;
    await it.client.send(new RedriveExecutionCommand({ executionArn }));
    await it.states.whenIdle();
    expect(calls).toEqual([1, 2, 2, 3]);
    expect(await it.describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '[[1,2,3],"aside"]' });
  });

  test("lets an aborted wait begin again, and the machine's timeout count anew", async () => {
    await using it = await endpoint();
    const executionArn = await it.start({ ...sleeping, TimeoutSeconds: 4000 });
    await it.clock.advance(3000_000);
    await it.client.send(new StopExecutionCommand({ executionArn }));
    await it.client.send(new RedriveExecutionCommand({ executionArn }));
    await it.clock.advance(3599_000);
    expect(await it.describe(executionArn)).toMatchObject({ status: "RUNNING" });
    await it.clock.advance(1000);
    await it.states.whenIdle();
    expect(await it.describe(executionArn)).toMatchObject({ status: "SUCCEEDED" });
  });

  test("is refused for what runs, has succeeded, or ended two weeks ago", async () => {
    await using it = await endpoint();
    const redrive = (executionArn: string) => it.client.send(new RedriveExecutionCommand({ executionArn }));
    const refused = { name: "ExecutionNotRedrivable" };
    const running = await it.start(sleeping);
    await expect(redrive(running)).rejects.toMatchObject(refused);
    await expect(redrive(await it.start(machine({ P: pass() })))).rejects.toMatchObject(refused);
    await it.client.send(new StopExecutionCommand({ executionArn: running }));
    await it.clock.advance(14 * 86_400_000 + 1);
    await expect(redrive(running)).rejects.toMatchObject(refused);
    expect(await it.describe(running)).toMatchObject({ redriveStatus: "NOT_REDRIVABLE" });
  });
});
