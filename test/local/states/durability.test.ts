import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test, vi } from "vitest";
import { NotRecorded, StatesFileTooNew, StatesInUse } from "../../../local/states/errors.ts";
import { openJournal } from "../../../local/states/journal.ts";
import { call, machine, pass, room, wait, wholeHistory } from "./harness.ts";

const newFile = () => join(mkdtempSync(join(tmpdir(), "durability-")), "states.sqlite");

/** A room whose disk can be filled up: SQLite's limit on the pages of a file fails as a full disk does. */
function roomOnDisk(file: string, functions: Parameters<typeof room>[0] = { wait: () => null }) {
  const exec = vi.spyOn(DatabaseSync.prototype, "exec");
  const place = room(functions, { file });
  const database = exec.mock.contexts.find((context) => context instanceof DatabaseSync && context.location() === file);
  exec.mockRestore();
  if (!(database instanceof DatabaseSync)) throw new Error("The states opened no database");
  return {
    place,
    // A limit below the file's size counts as its size: not one page more.
    fill: () => void database.prepare("PRAGMA max_page_count = 1").get(),
    makeRoom: () => void database.prepare("PRAGMA max_page_count = 4294967294").get(),
  };
}

const LARGE = "x".repeat(100_000);

describe("a full disk", () => {
  test("refuses new executions and signals by name, keeps what was there, and work goes on when there is space", async () => {
    const file = newFile();
    const { place, fill, makeRoom } = roomOnDisk(file);
    const executionArn = await place.start(machine({ Wait: wait() }), { note: "before" }, "before");
    const [taskToken = ""] = place.tokens;

    fill();
    const refused = place.states.startExecution({ stateMachine: "machine", name: "refused", input: LARGE });
    await expect(refused).rejects.toThrow(NotRecorded);
    await expect(refused).rejects.toThrow(`the disk is full. Make room where ${file} is`);
    await expect(place.states.sendTaskSuccess({ taskToken, output: LARGE })).rejects.toThrow(NotRecorded);
    // The task is still open: while the execution is being read back, nobody is told that it is over.
    await expect(place.states.sendTaskSuccess({ taskToken, output: LARGE })).rejects.toThrow(NotRecorded);
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({ status: "RUNNING" });
    expect((await place.states.listExecutions({ stateMachine: "machine" })).executions).toHaveLength(1);
    const definition = { ...machine({ Done: pass() }), Comment: LARGE };
    await expect(place.states.createStateMachine({ name: "large", definition })).rejects.toThrow(NotRecorded);

    makeRoom();
    await vi.waitFor(() => place.states.sendTaskSuccess({ taskToken, output: LARGE }), { timeout: 5000 });
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({
      status: "SUCCEEDED",
      output: LARGE,
    });
    const again = await place.states.startExecution({ stateMachine: "machine", name: "refused", input: LARGE });
    const events = await wholeHistory(place.states, executionArn);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => i + 1));
    await place.states.close();

    await using reopened = room({}, { file });
    expect(await wholeHistory(reopened.states, executionArn)).toEqual(events);
    expect(await reopened.states.describeExecution(again)).toMatchObject({ status: "RUNNING" });
    await reopened.states.close();
    const check = new DatabaseSync(file, { readOnly: true });
    expect(check.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    check.close();
  });

  test("while a function is answering, calls the function again when there is space", async () => {
    const answers: ((value: string) => void)[] = [];
    const slow = () => new Promise((resolve) => answers.push(resolve));
    const { place, fill, makeRoom } = roomOnDisk(newFile(), { slow });
    await place.states.createStateMachine({ name: "machine", definition: machine({ Slow: call("slow") }) });
    const { executionArn } = await place.states.startExecution({ stateMachine: "machine", name: "run" });
    fill();
    answers[0]?.(LARGE);
    await place.states.whenIdle();
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({ status: "RUNNING" });

    makeRoom();
    await vi.waitFor(() => expect(answers).toHaveLength(2), { timeout: 5000 });
    answers[1]?.("second");
    await place.states.whenIdle();
    expect(await place.states.describeExecution({ executionArn })).toMatchObject({
      status: "SUCCEEDED",
      output: { Payload: "second" },
    });
    await place.states.close();
  });
});

describe("the journal's file", () => {
  test("belongs to one process, even after this one has read it through", () => {
    const file = newFile();
    const journal = openJournal(file);
    readFileSync(file);
    expect(() => openJournal(file)).toThrow(StatesInUse);
    expect(() => openJournal(file)).toThrow(`${file} is in use by another process; stop that one first`);
    journal.close();
    openJournal(file).close();
  });

  test("from a newer version is refused and left as it is", () => {
    const file = newFile();
    openJournal(file).close();
    const newer = new DatabaseSync(file);
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    const before = readFileSync(file);
    expect(() => openJournal(file)).toThrow(StatesFileTooNew);
    expect(() => openJournal(file)).toThrow(/newer version .* \(format 99; this one knows \d+\)/);
    expect(readFileSync(file)).toEqual(before);
  });

  test("from before there were versions is taken in with all it holds", async () => {
    const file = newFile();
    const before = room({ wait: () => null }, { file });
    const executionArn = await before.start(machine({ Wait: wait() }));
    const events = await wholeHistory(before.states, executionArn);
    await before.states.close();
    const old = new DatabaseSync(file);
    // Then a row was one transition, its time beside its events.
    old.exec(`UPDATE history SET events = json_extract(events, '$[0][1]');
      DROP INDEX executions_ended; DROP TABLE packed_history; ALTER TABLE executions DROP COLUMN is_packed;
      PRAGMA user_version = 0;`);
    old.close();

    await using after = room({}, { file });
    expect(await wholeHistory(after.states, executionArn)).toEqual(events);
    await after.states.sendTaskSuccess({ taskToken: before.tokens[0] ?? "", output: 1 });
    expect(await after.states.describeExecution({ executionArn })).toMatchObject({ status: "SUCCEEDED", output: 1 });
  });
});

describe("an acknowledgement", () => {
  test("comes after the commit that carries it", async () => {
    const file = newFile();
    const exec = vi.spyOn(DatabaseSync.prototype, "exec");
    await using place = room({ wait: () => null }, { file });
    await place.states.createStateMachine({ name: "machine", definition: machine({ Wait: wait() }) });
    exec.mockClear();
    const starts = Array.from({ length: 50 }, (_, n) =>
      place.states.startExecution({ stateMachine: "machine", name: `run-${n}` }),
    );
    expect(exec).not.toHaveBeenCalled();
    let acknowledged = 0;
    for (const start of starts)
      void start.then(() => expect(exec.mock.calls.flat()).toContain("COMMIT")).then(() => acknowledged++);
    await Promise.all(starts);
    await vi.waitFor(() => expect(acknowledged).toBe(50));
    // Group commit: they were asked for together.
    expect(exec.mock.calls.flat().filter((sql) => sql === "COMMIT").length).toBeLessThanOrEqual(3);
    exec.mockRestore();
  });
});
