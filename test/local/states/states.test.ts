import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ExecutionAlreadyExists, StatesInUse } from "../../../local/states/errors.ts";
import { call, machine, named, pass, room, scope, wait, wholeHistory } from "./harness.ts";

const newFile = () => join(mkdtempSync(join(tmpdir(), "states-")), "states.sqlite");
const waits = { wait: () => null };

describe("createStateMachine", () => {
  test("gives executions that start from now on the new definition, and leaves those that run their own", async () => {
    await using place = room(waits);
    const before = await place.start(
      machine({ W: wait({ Next: "Old" }), Old: pass({ Output: "old", End: true }) }),
      {},
      "before",
    );
    const after = await place.start(
      machine({ W: wait({ Next: "New" }), New: pass({ Output: "new", End: true }) }),
      {},
      "after",
    );
    for (const taskToken of place.tokens) await place.states.sendTaskSuccess({ taskToken, output: null });
    expect(await place.states.describeExecution({ executionArn: before })).toMatchObject({ output: "old" });
    expect(await place.states.describeExecution({ executionArn: after })).toMatchObject({ output: "new" });
  });

  test("answers the same for the same definition", async () => {
    await using place = room();
    const definition = machine({ P: pass() });
    const first = await place.states.createStateMachine({ name: "m", definition });
    await place.clock.advance(1000);
    expect(await place.states.createStateMachine({ name: "m", definition })).toEqual(first);
  });

  test("refuses what it cannot run, by name", async () => {
    await using place = room();
    const refused = place.states.createStateMachine({
      name: "m",
      definition: machine({ P: pass({ Odd: 1, End: true }) }),
    });
    await expect(refused).rejects.toMatchObject({
      name: "InvalidDefinition",
      message: expect.stringContaining("'Odd'"),
    });
    await expect(place.states.createStateMachine({ name: "no blanks", definition: {} })).rejects.toMatchObject({
      name: "InvalidName",
    });
  });
});

describe("startExecution", () => {
  test("is done once however often it is asked for, also at the same time and after the end", async () => {
    await using place = room();
    await place.states.createStateMachine({ name: "m", definition: machine({ T: call("f") }) });
    const start = () => place.states.startExecution({ stateMachine: "m", name: "one", input: { n: 1 } });
    const [first, second] = await Promise.all([start(), start()]);
    await place.states.whenIdle();
    await place.clock.advance(1000);
    expect([second, await start()]).toEqual([first, first]);
    expect(place.calls).toHaveLength(1);
  });

  test("refuses another input under the same name", async () => {
    await using place = room();
    const arn = await place.start(machine({ P: pass() }), { n: 1 }, "one");
    const again = place.states.startExecution({ stateMachine: "machine", name: "one", input: { n: 2 } });
    await expect(again).rejects.toEqual(new ExecutionAlreadyExists(arn));
  });

  test("takes any JSON as input, {} when there is none, and refuses the rest", async () => {
    await using place = room();
    await place.states.createStateMachine({ name: "m", definition: machine({ P: pass() }) });
    for (const input of [2, "text", null, [1], undefined]) {
      const { executionArn } = await place.states.startExecution({ stateMachine: "m", input });
      await place.states.whenIdle();
      expect(await place.states.describeExecution({ executionArn })).toMatchObject({
        output: input === undefined ? {} : input,
      });
    }
    const refused = (input: unknown) => expect(place.states.startExecution({ stateMachine: "m", input })).rejects;
    await refused(() => 1).toMatchObject({ name: "InvalidExecutionInput" });
    await refused("x".repeat(262_144)).toMatchObject({ name: "InvalidExecutionInput" });
    await refused(1n).toMatchObject({ name: "InvalidExecutionInput" });
    await expect(place.states.startExecution({ stateMachine: "other" })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
    await expect(place.states.startExecution({ stateMachine: "m", name: "a/b" })).rejects.toMatchObject({
      name: "InvalidName",
    });
  });
});

describe("a task token", () => {
  test("is good for one answer", async () => {
    await using place = room(waits);
    const executionArn = await place.start(machine({ W: wait() }));
    const [taskToken = ""] = place.tokens;
    const answers = await Promise.allSettled([
      place.states.sendTaskSuccess({ taskToken, output: "first" }),
      place.states.sendTaskSuccess({ taskToken, output: "second" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({ output: "first" });
    await expect(place.states.sendTaskFailure({ taskToken })).rejects.toMatchObject({ name: "TaskTimedOut" });
    await expect(place.states.sendTaskHeartbeat({ taskToken })).rejects.toMatchObject({ name: "TaskTimedOut" });
  });

  test("may be answered before the function that got it returns", async () => {
    const finish = Promise.withResolvers<null>();
    await using place = room({ wait: () => finish.promise });
    await place.states.createStateMachine({ name: "m", definition: machine({ W: wait() }) });
    const { executionArn } = await place.states.startExecution({ stateMachine: "m" });
    await place.states.sendTaskSuccess({ taskToken: place.tokens[0] ?? "", output: "early" });
    finish.resolve(null);
    await place.states.whenIdle();
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({
      status: "SUCCEEDED",
      output: "early",
    });
  });

  test("is void once its attempt has timed out, and the next attempt has another", async () => {
    await using place = room(waits);
    const executionArn = await place.start(
      machine({
        W: wait({ TimeoutSeconds: 60, Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 1000 }], End: true }),
      }),
    );
    await place.clock.advance(61_000);
    const [first = "", second = ""] = place.tokens;
    await expect(place.states.sendTaskSuccess({ taskToken: first, output: 1 })).rejects.toMatchObject({
      name: "TaskTimedOut",
    });
    await place.states.sendTaskSuccess({ taskToken: second, output: 2 });
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({ output: 2 });
  });

  test("that was never given out is refused", async () => {
    await using place = room(waits);
    await place.start(machine({ W: wait() }));
    const [taskToken = ""] = place.tokens;
    const send = (token: string) => expect(place.states.sendTaskSuccess({ taskToken: token, output: 1 })).rejects;
    await send("Invalid token").toMatchObject({ name: "InvalidToken", message: "Invalid Token: 'Invalid token'" });
    await send("").toMatchObject({ name: "InvalidToken" });
    const forged = Buffer.from(`1.${"0".repeat(32)}`).toString("base64url");
    await send(forged).toMatchObject({ name: "TaskDoesNotExist" });
    await send(Buffer.from(`99.${"0".repeat(32)}`).toString("base64url")).toMatchObject({ name: "TaskDoesNotExist" });
    await expect(place.states.sendTaskSuccess({ taskToken, output: undefined })).rejects.toMatchObject({
      name: "InvalidOutput",
    });
    await expect(place.states.sendTaskSuccess({ taskToken, output: "x".repeat(262_144) })).rejects.toMatchObject({
      name: "InvalidOutput",
    });
  });
});

describe("a function", () => {
  test("that throws fails its task with the error's name and Lambda's cause", async () => {
    await using place = room({
      f: () => {
        throw named("PartnerNotFound", "no partner 7");
      },
    });
    const executionArn = await place.start(machine({ T: call("f") }));
    const { error, cause = "" } = await place.states.describeExecution({ executionArn });
    expect(error).toBe("PartnerNotFound");
    expect(JSON.parse(cause)).toMatchObject({
      errorType: "PartnerNotFound",
      errorMessage: "no partner 7",
      trace: expect.any(Array),
    });
  });

  test("gets {} without a Payload, and cannot change what is recorded", async () => {
    await using place = room({
      spoil: (payload) => {
        if (typeof payload === "object" && payload !== null) Reflect.set(payload, "id", "spoilt");
        return "done";
      },
    });
    const executionArn = await place.start(
      machine({
        Bare: call("none", { Next: "Spoil" }),
        Spoil: call("spoil", { Output: "{% $states.input %}", End: true }, "{% $states.input %}"),
      }),
    );
    expect(place.calls[0]).toEqual(["none", {}]);
    const { output } = await place.states.describeExecution({ executionArn });
    expect(output).toEqual({ ExecutedVersion: "$LATEST", Payload: {}, StatusCode: 200 });
  });

  test.each([
    ["States.DataLimitExceeded", { output: "caught" }],
    ["States.ALL", { status: "FAILED", error: "States.DataLimitExceeded" }],
  ])(
    "with a result over 262,144 bytes fails its task, which can be caught by name only: %s",
    async (name, expected) => {
      await using place = room({ big: () => "x".repeat(262_144) });
      const executionArn = await place.start(
        machine({
          T: call("big", { Catch: [{ ErrorEquals: [name], Output: "caught", Next: "After" }], End: true }),
          After: pass(),
        }),
      );
      expect(await place.states.describeExecution({ executionArn })).toMatchObject(expected);
    },
  );
});

describe("whenIdle", () => {
  test("waits for functions under way, not for timers and tokens", async () => {
    const finish = Promise.withResolvers<string>();
    await using place = room({ slow: () => finish.promise, ...waits });
    await place.states.createStateMachine({
      name: "m",
      definition: machine({ T: call("slow", { Next: "W" }), W: wait() }),
    });
    await place.states.startExecution({ stateMachine: "m" });
    let isIdle = false;
    const idle = place.states.whenIdle().then(() => {
      isIdle = true;
    });
    await new Promise(setImmediate);
    expect(isIdle).toBe(false);
    finish.resolve("now");
    await idle;
    expect(place.tokens).toHaveLength(1);
  });
});

describe("what has happened", () => {
  test("is listed newest first, by status, in pages", async () => {
    await using place = room();
    const definition = machine({
      C: { Type: "Choice", Choices: [{ Condition: "{% $states.input % 2 = 0 %}", Next: "F" }], Default: "S" },
      S: { Type: "Succeed" },
      F: { Type: "Fail" },
    });
    for (let n = 1; n <= 7; n += 1) await place.start(definition, n, `run-${n}`);
    const pages: string[][] = [];
    for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
      const page = await place.states.listExecutions({
        stateMachine: "machine",
        maxResults: 3,
        ...(nextToken !== undefined && { nextToken }),
      });
      pages.push(page.executions.map(({ name }) => name));
      nextToken = page.nextToken;
    }
    expect(pages).toEqual([["run-7", "run-6", "run-5"], ["run-4", "run-3", "run-2"], ["run-1"]]);
    const failed = await place.states.listExecutions({
      stateMachine: "machine",
      statusFilter: "FAILED",
      maxResults: 2,
    });
    expect(failed.executions.map(({ name }) => name)).toEqual(["run-6", "run-4"]);
    expect(failed.nextToken).toBeDefined();
    await expect(place.states.listExecutions({ stateMachine: "machine", nextToken: "x" })).rejects.toMatchObject({
      name: "InvalidToken",
    });
  });

  test("is told forwards and backwards, in pages that fit together, with ids kept", async () => {
    await using place = room();
    const executionArn = await place.start(
      machine({ M: { Type: "Map", Items: "{% [1..10] %}", ItemProcessor: scope({ T: call("f") }), End: true } }),
    );
    const whole = await wholeHistory(place.states, executionArn);
    expect(whole.map(({ id }) => id)).toEqual(whole.map((_, i) => i + 1));
    for (const reverseOrder of [false, true]) {
      const ids: number[] = [];
      for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
        const page = await place.states.getExecutionHistory({
          executionArn,
          reverseOrder,
          maxResults: 7,
          ...(nextToken !== undefined && { nextToken }),
        });
        ids.push(...page.events.map(({ id }) => id));
        nextToken = page.nextToken;
      }
      expect(reverseOrder ? ids.toReversed() : ids).toEqual(whole.map(({ id }) => id));
    }
    expect(whole[0]).toEqual({
      id: 1,
      previousEventId: 0,
      type: "ExecutionStarted",
      timestamp: place.clock.now(),
      executionStartedEventDetails: {
        input: "{}",
        inputDetails: { truncated: false },
        roleArn: "arn:aws:iam::000000000000:role/states",
      },
    });
  });

  test("of an execution nobody started is unknown", async () => {
    await using place = room();
    const executionArn = "arn:aws:states:local:000000000000:execution:m:none";
    const unknown = { name: "ExecutionDoesNotExist" };
    await expect(place.states.describeExecution({ executionArn })).rejects.toMatchObject(unknown);
    await expect(place.states.getExecutionHistory({ executionArn })).rejects.toMatchObject(unknown);
    await expect(place.states.stopExecution({ executionArn })).rejects.toMatchObject(unknown);
    await expect(place.states.listExecutions({ stateMachine: "m" })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
  });

  test("is stopped once by two who stop it at the same time, and both are told when it is on disk", async () => {
    await using place = room();
    const executionArn = await place.start(machine({ W: wait() }));
    const stopped = await Promise.all([
      place.states.stopExecution({ executionArn, error: "First" }),
      place.states.stopExecution({ executionArn, error: "Second" }),
    ]);
    expect(stopped[0]).toEqual(stopped[1]);
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({ status: "ABORTED", error: "First" });
  });

  test("stays as it is when an ended execution is stopped", async () => {
    await using place = room();
    const executionArn = await place.start(machine({ P: pass() }));
    const ended = await place.states.describeExecution({ executionArn });
    await place.clock.advance(1000);
    expect(await place.states.stopExecution({ executionArn })).toEqual({ stopDate: ended.stopDate });
    expect(await place.states.describeExecution({ executionArn })).toEqual(ended);
  });
});

describe("the file", () => {
  test("belongs to one at a time", async () => {
    const file = newFile();
    const first = room({}, { file });
    expect(() => room({}, { file })).toThrow(StatesInUse);
    await first.states.close();
    const second = room({}, { file });
    await second.states.close();
  });

  test("refuses work once it is closed", async () => {
    const place = room();
    await place.states.createStateMachine({ name: "m", definition: machine({ P: pass() }) });
    await place.states.close();
    await place.states.close();
    await expect(place.states.startExecution({ stateMachine: "m" })).rejects.toThrow();
  });
});

describe("variables", () => {
  test("are read from outer scopes, and each branch and iteration has its own", async () => {
    await using place = room();
    const executionArn = await place.start(
      machine({
        Outer: pass({ Assign: { outer: "o" }, Next: "Each" }),
        Each: {
          Type: "Map",
          Items: [1, 2],
          ItemProcessor: scope({
            Own: pass({ Assign: { own: "{% $outer & $states.input %}" }, Next: "Both" }),
            Both: {
              Type: "Parallel",
              Branches: [
                scope({ A: pass({ Output: "{% $outer & $own %}", End: true }) }),
                scope({ B: pass({ Output: "{% $exists($later) %}", End: true }) }),
              ],
              Assign: { later: true },
              End: true,
            },
          }),
          Next: "After",
        },
        After: pass({ Output: { result: "{% $states.input %}", gone: "{% $exists($own) %}" }, End: true }),
      }),
    );
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({
      output: {
        result: [
          ["oo1", false],
          ["oo2", false],
        ],
        gone: false,
      },
    });
  });
});

describe("moving the clock", () => {
  test("runs a loop of waits over nine months, each turn at its own time", async () => {
    await using place = room({ tick: () => place.clock.now().toISOString().slice(0, 10) });
    const executionArn = await place.start(
      machine({
        Wait: { Type: "Wait", Seconds: 30 * 86_400, Next: "Tick" },
        Tick: call("tick", {
          Assign: { days: "{% $append($exists($days) ? $days : [], $states.result.Payload) %}" },
          Next: "Enough?",
        }),
        "Enough?": {
          Type: "Choice",
          Choices: [{ Condition: "{% $count($days) = 9 %}", Next: "Done" }],
          Default: "Wait",
        },
        Done: { Type: "Succeed", Output: "{% $days %}" },
      }),
    );
    await place.clock.advance(271 * 86_400_000);
    const { output } = await place.states.describeExecution({ executionArn });
    expect(output).toEqual([
      "2026-03-31",
      "2026-04-30",
      "2026-05-30",
      "2026-06-29",
      "2026-07-29",
      "2026-08-28",
      "2026-09-27",
      "2026-10-27",
      "2026-11-26",
    ]);
  });

  test("spreads retries with full jitter between now and the delay", async () => {
    const at: number[] = [];
    await using place = room({
      f: () => {
        at.push(place.clock.now().getTime());
        throw named("Busy");
      },
    });
    await place.start(
      machine({
        T: call("f", {
          Retry: [
            { ErrorEquals: ["Busy"], IntervalSeconds: 100, BackoffRate: 1, MaxAttempts: 20, JitterStrategy: "FULL" },
          ],
          End: true,
        }),
      }),
    );
    await place.clock.advance(3_600_000);
    const delays = at.slice(1).map((ms, i) => ms - (at[i] ?? 0));
    expect(delays).toHaveLength(20);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(100_000);
    expect(new Set(delays).size).toBeGreaterThan(15);
  });

  test("caps a growing delay at MaxDelaySeconds", async () => {
    const at: number[] = [];
    await using place = room({
      f: () => {
        at.push(place.clock.now().getTime() / 1000);
        throw named("Busy");
      },
    });
    await place.start(
      machine({
        T: call("f", {
          Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxDelaySeconds: 9, MaxAttempts: 5 }],
          End: true,
        }),
      }),
    );
    await place.clock.advance(60_000);
    expect(at.slice(1).map((seconds, i) => seconds - (at[i] ?? 0))).toEqual([2, 4, 8, 9, 9]);
  });
});
