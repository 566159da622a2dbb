import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createClock } from "../../../local/clock.ts";
import { type Journal, openJournal } from "../../../local/states/journal.ts";
import { startRetention } from "../../../local/states/retention.ts";
import { machine, pass, room, START, wait, wholeHistory } from "./harness.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A journal with an execution that ended at START, one that failed then, and one that still waits. */
async function fileWithEndedExecutions() {
  const file = join(mkdtempSync(join(tmpdir(), "retention-")), "states.sqlite");
  await using place = room({ wait: () => null }, { file });
  const waitAndGoOn = machine({
    Wait: wait({ Next: "Loop" }),
    Loop: pass({ Output: "{% [1..200] %}", Next: "Done" }),
    Done: pass(),
  });
  const arns = [await place.start(waitAndGoOn, {}, "succeeded"), await place.start(waitAndGoOn, {}, "failed")];
  const waiting = await place.start(waitAndGoOn, {}, "waiting");
  const [first = "", second = "", open = ""] = place.tokens;
  await place.states.sendTaskSuccess({ taskToken: first, output: "done" });
  await place.states.sendTaskFailure({ taskToken: second, error: "No", cause: "as planned" });
  await place.states.whenIdle();
  const histories = await Promise.all([...arns, waiting].map((arn) => wholeHistory(place.states, arn)));
  return { file, arns: [...arns, waiting], histories, tokens: { over: first, open } };
}

async function sweep(file: string, atMs: number, retentionMs = 90 * DAY_MS): Promise<void> {
  const journal = openJournal(file);
  await sweepJournal(journal, atMs, retentionMs);
  journal.close();
}

async function sweepJournal(journal: Journal, atMs: number, retentionMs: number): Promise<void> {
  const retention = startRetention({ journal, clock: { now: () => new Date(START.getTime() + atMs) }, retentionMs });
  await retention.sweep();
  retention.stop();
}

function rowsIn(file: string) {
  const journal = openJournal(file);
  const count = (table: string) => Number(journal.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
  const rows = { executions: count("executions"), history: count("history"), packs: count("packed_history") };
  journal.close();
  return rows;
}

describe("an execution that has ended", () => {
  test("stays as it is for an hour, then is packed, which nobody who reads it notices", async () => {
    const { file, arns, histories, tokens } = await fileWithEndedExecutions();
    const before = rowsIn(file);
    await sweep(file, HOUR_MS);
    expect(rowsIn(file)).toEqual(before);
    await sweep(file, HOUR_MS + 1);
    // What is left unpacked is the execution that waits: its start and the reply of its function.
    expect(rowsIn(file)).toEqual({ executions: 3, history: 2, packs: 2 });

    await using place = room({}, { file });
    for (const [i, executionArn] of arns.entries()) {
      const history = histories[i] ?? [];
      expect(await wholeHistory(place.states, executionArn)).toEqual(history);
      const reversed = await place.states.getExecutionHistory({ executionArn, reverseOrder: true });
      expect(reversed.events).toEqual(history.toReversed());
      const page = await place.states.getExecutionHistory({ executionArn, maxResults: 4 });
      expect(page.events).toEqual(history.slice(0, 4));
      const rest = await place.states.getExecutionHistory({
        executionArn,
        ...(page.nextToken && { nextToken: page.nextToken }),
      });
      expect(rest.events).toEqual(history.slice(4));
    }
    const late = place.states.sendTaskSuccess({ taskToken: tokens.over, output: 1 });
    await expect(late).rejects.toMatchObject({ name: "TaskTimedOut" });
    await place.states.sendTaskSuccess({ taskToken: tokens.open, output: 1 });
  });

  test("keeps the states it went through when packed", async () => {
    const { file } = await fileWithEndedExecutions();
    const journal = openJournal(file);
    const before = [1, 2, 3].map((id) => [...journal.changes(id)]);
    await sweepJournal(journal, DAY_MS, 90 * DAY_MS);
    expect([1, 2, 3].map((id) => [...journal.changes(id)])).toEqual(before);
    journal.close();
  });

  test("is forgotten after the retention time, and its name is free again", async () => {
    const { file, arns } = await fileWithEndedExecutions();
    await sweep(file, 7 * DAY_MS, 7 * DAY_MS);
    expect(rowsIn(file).executions).toBe(3);
    await sweep(file, 7 * DAY_MS + 1, 7 * DAY_MS);
    expect(rowsIn(file)).toEqual({ executions: 1, history: 2, packs: 0 });

    await using place = room({ wait: () => null }, { file });
    const [executionArn = ""] = arns;
    const gone = place.states.describeExecution({ executionArn });
    await expect(gone).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
    await place.states.startExecution({ stateMachine: "machine", name: "succeeded", input: { other: true } });
  });

  test("is packed in pieces when its history is large", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "retention-")), "states.sqlite");
    const place = room({ big: () => "x".repeat(90_000) }, { file });
    const big = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Arguments: { FunctionName: "big" } };
    const names = Array.from({ length: 8 }, (_, n) => `Big ${n}`);
    const states = Object.fromEntries(names.map((name, n) => [name, { ...big, Next: names[n + 1] ?? "Done" }]));
    const executionArn = await place.start(machine({ ...states, Done: pass({ Output: 1, End: true }) }));
    const history = await wholeHistory(place.states, executionArn);
    await place.states.close();
    await sweep(file, DAY_MS);
    const { history: left, packs } = rowsIn(file);
    expect(left).toBe(0);
    expect(packs).toBeGreaterThan(1);

    await using after = room({}, { file });
    expect(await wholeHistory(after.states, executionArn)).toEqual(history);
    const reversed = await after.states.getExecutionHistory({ executionArn, reverseOrder: true, maxResults: 1000 });
    expect(reversed.events).toEqual(history.toReversed());
    const last = await after.states.getExecutionHistory({ executionArn, reverseOrder: true, maxResults: 3 });
    const before = await after.states.getExecutionHistory({
      executionArn,
      reverseOrder: true,
      maxResults: 1000,
      ...(last.nextToken && { nextToken: last.nextToken }),
    });
    expect([...last.events, ...before.events]).toEqual(history.toReversed());
  });

  test("is swept without a timer of the clock, so that no clock that skips ahead runs after the sweeps", async () => {
    const { file } = await fileWithEndedExecutions();
    const clock = createClock({ start: START, frozen: true });
    const journal = openJournal(file);
    const retention = startRetention({ journal, clock, retentionMs: DAY_MS });
    expect(clock.nextDueAt()).toBeNull();
    await clock.advance(2 * DAY_MS);
    await retention.sweep();
    expect(journal.list({ machine: "machine", status: "SUCCEEDED", beforeId: 1000, limit: 10 })).toEqual([]);
    retention.stop();
    journal.close();
  });
});
