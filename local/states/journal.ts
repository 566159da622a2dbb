/**
 * What happened, in the order it happened, in one SQLite file.
 *
 * 1. Append-only: what a commit adds to an execution is one row, with its history events and the state it put in place.
 *    The row of the execution beside it says how it began and, once, how it ended.
 * 2. What `append` promised is on disk: WAL with synchronous=FULL, and one fsync carries all appends of a turn of the
 *    event loop.
 * 3. A write that fails leaves nothing behind: its whole transaction is undone and refused with `NotRecorded`.
 * 4. One process at a time: a lock is held while the file is open.
 * 5. An execution that has ended may be packed, which no reader notices, and later removed.
 */
import type { DatabaseSync } from "node:sqlite";
import { type Changes, type ExecutionStatus, together } from "./asl/execution.ts";
import type { HistoryEvent } from "./asl/history.ts";
import { type Beginning, type ExecutionRecord, executionRows } from "./execution-rows.ts";
import { createGroupCommit } from "./group-commit.ts";
import { historyRows } from "./history-rows.ts";
import { openJournalFile } from "./journal-file.ts";

/** How much JSON goes into one pack, and how much is packed at a time: some ten milliseconds of work. */
const PACK_CHARACTERS = 500_000;

/** Executions packed or removed in one transaction. */
const ENDED_AT_A_TIME = 20;

interface Transition {
  readonly executionId: number;
  readonly atMs: number;
  readonly events: readonly HistoryEvent[];
  readonly changes: Changes;
  /** With the first transition: the execution's beginning. */
  readonly begins?: Beginning;
  /** With the transition that takes a closed execution up again: the how-manieth time that is. */
  readonly redriveCount?: number;
}

export interface Journal {
  /** The open file, for what is kept beside the histories (`catalog.ts`): its tables are its own. */
  readonly database: DatabaseSync;
  /** All of `work` or nothing, between two commits of appends. @throws NotRecorded */
  atomically<T>(work: () => T): T;
  newExecutionId(): number;
  /** Resolves when the transition is on disk, rejects when it will never be. */
  append(transition: Transition): Promise<void>;
  execution(machine: string, name: string): ExecutionRecord | undefined;
  executionById(id: number): ExecutionRecord | undefined;
  running(): ExecutionRecord[];
  /** Newest first, ids below `beforeId`. */
  list(filter: {
    machine: string;
    status: ExecutionStatus | undefined;
    beforeId: number;
    limit: number;
  }): ExecutionRecord[];
  /** The state an execution was in after each commit, as changes to lay over each other. */
  changes(executionId: number): Iterable<Changes>;
  /** Events from `eventId` on, or from there backwards. */
  events(executionId: number, eventId: number, order: "forward" | "reverse"): Iterable<HistoryEvent & { atMs: number }>;
  /** How often and when last a closed execution was taken up again. */
  redrive(executionId: number): { readonly count: number; readonly atMs: number } | undefined;
  /** Whether any event of the execution mentions the text. */
  mentions(executionId: number, text: string): boolean;
  /** Packs some of the executions that ended before then; false when there is nothing left to pack. */
  packEnded(beforeMs: number): boolean;
  /** Forgets some of the executions that ended before then, names and all; false when none is left. */
  removeEnded(beforeMs: number): boolean;
  /** Writes what is pending and closes the file. */
  close(): void;
}

/** @throws StatesInUse when it is open already, here or in another process. @throws StatesFileTooNew */
export function openJournal(file: string): Journal {
  const { database, atomically, close } = openJournalFile(file);
  const executions = executionRows(database);
  const history = historyRows(database);
  let nextExecutionId = executions.lastId() + 1;
  const appends = createGroupCommit<Transition>((transitions) => {
    const byExecution = Map.groupBy(transitions, ({ executionId }) => executionId);
    atomically(() => {
      for (const [executionId, own] of byExecution) write(executionId, own);
    });
  });

  function write(executionId: number, transitions: readonly Transition[]): void {
    for (const { begins, redriveCount, atMs } of transitions) {
      if (begins !== undefined) executions.insert(executionId, begins);
      if (redriveCount !== undefined) executions.reopen(executionId, redriveCount, atMs);
    }
    const changes = transitions.map((transition) => transition.changes).reduce(together);
    const timedEvents = transitions.map(({ atMs, events }) => [atMs, events] as const);
    history.add(executionId, timedEvents, changes);
    const lastAtMs = transitions.at(-1)?.atMs ?? 0;
    if (changes.outcome !== null) executions.close(executionId, changes.outcome, lastAtMs);
  }

  return {
    database,
    atomically,
    newExecutionId() {
      nextExecutionId += 1;
      return nextExecutionId - 1;
    },
    append: appends.add,
    execution: executions.byName,
    executionById: executions.byId,
    running: executions.running,
    list: ({ machine, status, beforeId, limit }) => executions.list(machine, status, beforeId, limit),
    changes: history.changes,
    events: history.events,
    redrive: executions.redrive,
    mentions: history.mentions,
    packEnded(beforeMs) {
      return atomically(() => {
        const ended = executions.endedUnpacked(beforeMs, ENDED_AT_A_TIME);
        let left = PACK_CHARACTERS;
        for (const id of ended) {
          if (left <= 0) break;
          const taken = history.packSome(id, left);
          // Stopping early may have been at the end: then the next time finds nothing to pack and marks it.
          if (taken < left) executions.markPacked(id);
          left -= taken;
        }
        return ended.length > 0;
      });
    },
    removeEnded(beforeMs) {
      return atomically(() => {
        const ended = executions.ended(beforeMs, ENDED_AT_A_TIME);
        for (const id of ended) {
          history.remove(id);
          executions.remove(id);
        }
        return ended.length > 0;
      });
    },
    close() {
      appends.flush();
      close();
    },
  };
}
