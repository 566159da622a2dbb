import { describe, expect, test } from "vitest";
import type { Changes } from "../../../local/states/asl/execution.ts";
import { openJournal } from "../../../local/states/journal.ts";
import { createRevisions } from "../../../local/states/revisions.ts";
import { machine, pass } from "./harness.ts";

const changes = (lastEventId: number): Changes => ({
  lastEventId,
  nextThreadId: 1,
  deadlineMs: null,
  outcome: null,
  threads: [],
  items: [],
});

function journalWithRevision() {
  const journal = openJournal(":memory:");
  const definition = JSON.stringify(machine({ P: pass() }));
  const { id: revisionId } = createRevisions(journal).add("machine", definition, 1);
  const begins = (name: string) => ({ machine: "machine", name, revisionId, input: "{}", startedAtMs: 1 });
  const append = (executionId: number, lastEventId: number, name?: string) =>
    journal.append({
      executionId,
      atMs: 1,
      events: [{ id: lastEventId, previousEventId: 0, type: "ExecutionStarted" }],
      changes: changes(lastEventId),
      ...(name !== undefined && { begins: begins(name) }),
    });
  return { journal, append };
}

describe("the journal", () => {
  test("keeps the appends of one turn together or not at all, and goes on after a failure", async () => {
    const { journal, append } = journalWithRevision();
    const results = await Promise.allSettled([append(1, 1, "a"), append(2, 1, "same"), append(3, 1, "same")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(journal.running()).toEqual([]);
    expect([...journal.changes(1)]).toEqual([]);

    await Promise.all([append(1, 1, "a"), append(2, 1, "b"), append(1, 2)]);
    expect(journal.running().map(({ name }) => name)).toEqual(["a", "b"]);
    // What comes to one execution in one turn is one row, with the state it leaves behind.
    expect([...journal.changes(1)]).toEqual([changes(2)]);
    await append(1, 3);
    expect([...journal.changes(1)]).toEqual([changes(2), changes(3)]);
    expect([...journal.events(1, 1, "forward")].map(({ id }) => id)).toEqual([1, 2, 3]);
    expect([...journal.events(1, 2, "reverse")].map(({ id }) => id)).toEqual([2, 1]);
    journal.close();
  });

  test("writes what is pending before it closes", async () => {
    const { journal, append } = journalWithRevision();
    const pending = append(1, 1, "a");
    journal.close();
    await expect(pending).resolves.toBeUndefined();
  });

  test("hands out execution ids that were not used before", () => {
    const { journal } = journalWithRevision();
    expect([journal.newExecutionId(), journal.newExecutionId()]).toEqual([1, 2]);
    journal.close();
  });
});
