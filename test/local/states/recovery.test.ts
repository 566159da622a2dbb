import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createClock } from "../../../local/clock.ts";
import {
  call,
  machine,
  named,
  pass,
  type Room,
  readableHistory,
  room,
  START,
  scope,
  wait,
  wholeHistory,
} from "./harness.ts";

const folder = mkdtempSync(join(tmpdir(), "states-"));

/** A bit of everything: tasks, retries, tokens (one is only heard at the second attempt), timers, Map, Parallel, Catch. */
const everything = machine({
  Open: call("open", { Assign: { items: "{% $states.result.Payload %}" }, Next: "Each" }),
  Each: {
    Type: "Map",
    Items: "{% $items %}",
    MaxConcurrency: 2,
    ItemProcessor: scope({
      Submit: wait({ Output: "{% $states.result.outcome %}", TimeoutSeconds: 3600, Next: "Review" }),
      Review: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Arguments: {
          FunctionName: "wait",
          Payload: {
            token: "{% $states.context.Task.Token %}",
            heardFrom: 1,
            attempt: "{% $states.context.State.RetryCount %}",
          },
        },
        TimeoutSeconds: 600,
        Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 1000 }],
        End: true,
      },
    }),
    Next: "Both",
  },
  Both: {
    Type: "Parallel",
    Branches: [
      scope({ Rest: { Type: "Wait", Seconds: 86_400, Next: "Rested" }, Rested: pass() }),
      scope({
        Flaky: call("flaky", {
          Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 5, MaxAttempts: 2 }],
          Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.errorOutput.Error %}", Next: "Caught" }],
          End: true,
        }),
        Caught: pass(),
      }),
    ],
    Next: "Done",
  },
  Done: { Type: "Succeed" },
});

const functions = {
  open: () => ["a", "b", "c"],
  wait: () => null,
  flaky: () => {
    throw named("Busy");
  },
};

/** Does what the world does until the execution has ended: answers the first open token, else lets time pass. */
async function drive(place: Room, executionArn: string): Promise<void> {
  for (;;) {
    await place.states.whenIdle();
    if ((await place.states.describeExecution({ executionArn })).status !== "RUNNING") return;
    if (await answerFirstOpenToken(place, executionArn)) continue;
    const next = place.clock.nextDueAt();
    if (next === null) throw new Error("The execution waits for nothing");
    await place.clock.moveTo(next);
  }
}

async function answerFirstOpenToken({ states }: Room, executionArn: string): Promise<boolean> {
  for (const { type, taskScheduledEventDetails: details } of await wholeHistory(states, executionArn)) {
    if (type !== "TaskScheduled") continue;
    const { Payload: payload } = JSON.parse(String(details?.parameters));
    if (payload?.token === undefined || (payload.attempt ?? 1) < (payload.heardFrom ?? 0)) continue;
    try {
      await states.sendTaskSuccess({ taskToken: payload.token, output: { outcome: "submitted" } });
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "TaskTimedOut") throw error;
    }
  }
  return false;
}

/** A copy of the journal as a crash after its `entries`-th append would have left it. */
function crashedAfter(entries: number, file: string): { file: string; atMs: number } {
  const copy = join(folder, `crashed-after-${entries}.sqlite`);
  copyFileSync(file, copy);
  const db = new DatabaseSync(copy);
  db.prepare("DELETE FROM history WHERE entry > ?").run(entries);
  db.exec("UPDATE executions SET status = 'RUNNING', stopped_at = NULL, output = NULL");
  const atMs = Number(db.prepare("SELECT max(at) AS at FROM history").get()?.at);
  db.close();
  return { file: copy, atMs };
}

describe("after a crash", () => {
  test("at any append, an execution goes on to the same history and the same end", async () => {
    const file = join(folder, "undisturbed.sqlite");
    const undisturbed = room(functions, { file });
    const executionArn = await undisturbed.start(everything);
    await drive(undisturbed, executionArn);
    const expected = await readableHistory(undisturbed.states, executionArn);
    const ended = await undisturbed.states.describeExecution({ executionArn });
    await undisturbed.states.close();
    expect(ended.status).toBe("SUCCEEDED");

    const db = new DatabaseSync(file);
    const appends = Number(db.prepare("SELECT max(entry) AS n FROM history").get()?.n);
    db.close();
    expect(appends).toBeGreaterThan(20);
    for (let n = 1; n < appends; n += 1) {
      const crashed = crashedAfter(n, file);
      const clock = createClock({ start: new Date(crashed.atMs), frozen: true });
      await using resumed = room(functions, { file: crashed.file, clock });
      await drive(resumed, executionArn);
      expect(await readableHistory(resumed.states, executionArn), `crash after append ${n}`).toEqual(expected);
      expect(await resumed.states.describeExecution({ executionArn })).toEqual(ended);
    }
  });

  test("a task whose call was not recorded is called again with the same token, one that was is not", async () => {
    const file = join(folder, "tokens.sqlite");
    const definition = machine({ Recorded: wait({ Next: "Unrecorded" }), Unrecorded: wait() });
    const never = new Promise(() => {});
    let calls = 0;
    const before = room({ wait: () => (++calls === 1 ? null : never) }, { file });
    const executionArn = await before.start(definition);
    await before.states.sendTaskSuccess({ taskToken: before.tokens[0] ?? "", output: 1 });
    await before.states.close();

    const after = room(functions, { file });
    await after.states.whenIdle();
    expect(after.tokens).toEqual([before.tokens[1]]);
    await after.states.close();

    await using again = room(functions, { file });
    await again.states.whenIdle();
    expect(again.tokens).toEqual([]);
    await again.states.sendTaskSuccess({ taskToken: before.tokens[1] ?? "", output: 2 });
    expect(await again.states.describeExecution({ executionArn })).toMatchObject({ status: "SUCCEEDED", output: 2 });
  });

  test("timers that fell due meanwhile fire at once, and later ones at their time", async () => {
    const file = join(folder, "timers.sqlite");
    const definition = machine({ Wait: { Type: "Wait", Seconds: "{% $states.input %}", End: true } });
    const before = room({}, { file });
    const short = await before.start(definition, 60, "short");
    const long = await before.start(definition, 86_400, "long");
    await before.states.close();

    const clock = createClock({ start: new Date(START.getTime() + 3_600_000), frozen: true });
    await using after = room({}, { file, clock });
    await clock.advance(0);
    expect(await after.states.describeExecution({ executionArn: short })).toMatchObject({ status: "SUCCEEDED" });
    expect(await after.states.describeExecution({ executionArn: long })).toMatchObject({ status: "RUNNING" });
    await clock.advance(23 * 3_600_000);
    expect(await after.states.describeExecution({ executionArn: long })).toMatchObject({ status: "SUCCEEDED" });
  });

  test("by SIGKILL under load, every acknowledged call is kept, histories have no gap, and work goes on", async () => {
    const file = join(folder, "killed.sqlite");
    const acknowledged = new Set<string>();
    for (const linesToSee of [40, 150, 400]) {
      const child = spawn(process.execPath, [join(import.meta.dirname, "kill-target.ts"), file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exited = once(child, "exit");
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.add(line);
        lines += 1;
        if (lines === linesToSee) child.kill("SIGKILL");
      }
      expect(await exited).toEqual([null, "SIGKILL"]);
    }

    await using place = room({ wait: () => null }, { file, clock: createClock() });
    await place.states.whenIdle();
    const { executions } = await place.states.listExecutions({ stateMachine: "target", maxResults: 1000 });
    const known = new Map(executions.map((execution) => [execution.name, execution.executionArn]));
    for (const line of acknowledged) {
      const [what, name = ""] = line.split(" ");
      const executionArn = known.get(name);
      if (executionArn === undefined) throw new Error(`${name} was acknowledged and is lost`);
      const history = await wholeHistory(place.states, executionArn);
      expect(history.map(({ id }) => id)).toEqual(history.map((_, i) => i + 1));
      if (what === "answered") expect(history.filter(({ type }) => type === "TaskSucceeded")).toHaveLength(2);
    }
    for (const executionArn of known.values()) await drive(place, executionArn);
    const stillRunning = await place.states.listExecutions({ stateMachine: "target", statusFilter: "RUNNING" });
    expect(stillRunning.executions).toEqual([]);
  });
});

describe("after a restart", () => {
  test("a redriven execution goes on from its redrive, and one that failed can still be redriven", async () => {
    const file = join(folder, "redriven.sqlite");
    const definition = machine({
      Fails: call("flaky", { Assign: { n: 1 }, Next: "Wait" }),
      Wait: wait({ Output: "{% [$n, $states.context.Execution.RedriveCount] %}", End: true }),
    });
    const before = room(functions, { file });
    const executionArn = await before.start(definition);
    expect(await before.states.describeExecution({ executionArn })).toMatchObject({ status: "FAILED", error: "Busy" });
    await before.states.close();

    const repaired = room({ ...functions, flaky: () => null }, { file });
    await repaired.states.redriveExecution({ executionArn });
    await repaired.states.whenIdle();
    await repaired.states.close();

    await using after = room(functions, { file });
    await after.states.sendTaskSuccess({ taskToken: repaired.tokens[0] ?? "", output: null });
    expect(await after.states.describeExecution({ executionArn })).toMatchObject({
      status: "SUCCEEDED",
      output: [1, 1],
      redriveCount: 1,
    });
    const types = (await wholeHistory(after.states, executionArn)).map(({ type }) => type);
    expect(types.filter((type) => type === "ExecutionRedriven")).toHaveLength(1);
  });

  test("a task still awaits the execution it has started, and learns of its end though it came in between", async () => {
    const file = join(folder, "nested.sqlite");
    const before = room({}, { file });
    await before.states.createStateMachine({
      name: "child",
      definition: machine({ Sleep: { Type: "Wait", Seconds: 60, Output: "done", End: true } }),
    });
    const start = {
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      Arguments: { StateMachineArn: "arn:aws:states:local:000000000000:stateMachine:child" },
      Output: "{% $states.result.Output %}",
      End: true,
    };
    const executionArn = await before.start(machine({ Start: start }));
    await before.states.close();
    const asleep = join(folder, "nested-asleep.sqlite");
    copyFileSync(file, asleep);

    const clock = createClock({ start: START, frozen: true });
    const meanwhile = room({}, { file: asleep, clock });
    await clock.advance(60_000);
    await meanwhile.states.whenIdle();
    expect(await meanwhile.states.describeExecution({ executionArn })).toMatchObject({ output: "done" });
    await meanwhile.states.close();

    // As if the process had ended between the child's last append and its parent's next.
    const db = new DatabaseSync(asleep);
    const parent = db.prepare("SELECT id FROM executions WHERE machine = 'machine'").get()?.id ?? 0;
    db.prepare("DELETE FROM history WHERE execution = ? AND entry = (SELECT max(entry) FROM history)").run(parent);
    db.prepare("UPDATE executions SET status = 'RUNNING', stopped_at = NULL, output = NULL WHERE id = ?").run(parent);
    db.close();
    await using after = room({}, { file: asleep, clock });
    await after.states.whenIdle();
    expect(await after.states.describeExecution({ executionArn })).toMatchObject({
      status: "SUCCEEDED",
      output: "done",
    });
  });
});
