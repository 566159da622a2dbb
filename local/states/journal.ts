/**
 * What happened, in the order it happened, in one SQLite file.
 *
 * 1. Append-only: a row of `history` is one transition of one execution, with its history events and the state it put
 *    in place. The `executions` row beside it says how the execution began and, once, how it ended.
 * 2. What `append` promised is on disk: WAL with synchronous=FULL. All appends of one turn of the event loop share a
 *    transaction, so one fsync carries many executions.
 * 3. A write that fails leaves nothing behind: its whole transaction is undone and refused with `NotRecorded`.
 * 4. One process at a time: a lock is held while the file is open.
 * 5. An execution that has ended may be packed (`packed_history`), which no reader notices, and later removed.
 */
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { lockStoreFile, StoreInUse } from "../store/store-lock.ts";
import type { Changes, ExecutionStatus, Outcome } from "./asl/execution.ts";
import type { HistoryEvent } from "./asl/history.ts";
import type { Json } from "./asl/json.ts";
import { NotRecorded, StatesFileTooNew, StatesInUse } from "./errors.ts";
import { pack, type TransitionRow, unpack } from "./packed-history.ts";

/**
 * How the file came to its present form, step by step; `user_version` says how many of the steps it has taken. A step
 * that has been released is never edited. The first one also takes in files from before there were versions.
 */
const MIGRATIONS = [
  `
  CREATE TABLE IF NOT EXISTS revisions (
    id INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    definition TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS revisions_by_machine ON revisions (machine, id);
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES revisions (id),
    input TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    stopped_at INTEGER,
    output TEXT,
    error TEXT,
    cause TEXT,
    UNIQUE (machine, name)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS executions_by_machine_and_status ON executions (machine, status, id);
  CREATE INDEX IF NOT EXISTS executions_running ON executions (id) WHERE status = 'RUNNING';
  CREATE TABLE IF NOT EXISTS history (
    entry INTEGER PRIMARY KEY,
    execution INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    at INTEGER NOT NULL,
    events TEXT NOT NULL,
    changes TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS history_by_execution ON history (execution, entry);
  CREATE TABLE IF NOT EXISTS redrives (
    execution INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE executions ADD COLUMN is_packed INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX executions_ended ON executions (is_packed, stopped_at) WHERE stopped_at IS NOT NULL;
  CREATE TABLE packed_history (
    execution INTEGER NOT NULL,
    first_entry INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    events BLOB NOT NULL,
    changes BLOB NOT NULL,
    PRIMARY KEY (execution, first_entry)
  ) STRICT;
  `,
] as const;

/** How much JSON goes into one pack, and how much is packed at a time: some ten milliseconds of work. */
const PACK_CHARACTERS = 500_000;

/** Executions packed or removed in one transaction. */
const ENDED_AT_A_TIME = 20;

/** A definition as it was at some time; executions keep the one they started with. */
export interface Revision {
  readonly id: number;
  readonly machine: string;
  /** JSON text. */
  readonly definition: string;
  readonly createdAtMs: number;
}

/** An execution as a list shows it. */
export interface ExecutionRecord {
  readonly id: number;
  readonly machine: string;
  readonly name: string;
  readonly revisionId: number;
  /** JSON text. */
  readonly input: string;
  readonly startedAtMs: number;
  readonly status: ExecutionStatus;
  readonly stoppedAtMs: number | null;
  /** JSON text. */
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

interface Transition {
  readonly executionId: number;
  readonly atMs: number;
  readonly events: readonly HistoryEvent[];
  readonly changes: Changes;
  /** With the first transition: the execution's beginning. */
  readonly begins?: Pick<ExecutionRecord, "machine" | "name" | "revisionId" | "input" | "startedAtMs">;
  /** With the transition that takes a closed execution up again: the how-manieth time that is. */
  readonly redriveCount?: number;
}

export interface Journal {
  /** The open file, for what is kept beside the histories (`catalog.ts`): its tables are its own. */
  readonly database: DatabaseSync;
  addRevision(machine: string, definition: string, atMs: number): Revision;
  latestRevision(machine: string): Revision | undefined;
  revision(id: number): Revision | undefined;
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
  /** The state an execution was in after each transition, as changes to lay over each other. */
  changes(executionId: number): Iterable<Changes>;
  /** Events from `eventId` on, or from there backwards. */
  events(executionId: number, eventId: number, order: "forward" | "reverse"): Iterable<HistoryEvent & { atMs: number }>;
  /** How often and when last a closed execution was taken up again. */
  redrive(executionId: number): { readonly count: number; readonly atMs: number } | undefined;
  /** Whether any transition of the execution mentions the text. */
  mentions(executionId: number, text: string): boolean;
  /** Packs some of the executions that ended before then; false when there is nothing left to pack. */
  packEnded(beforeMs: number): boolean;
  /** Forgets some of the executions that ended before then, names and all; false when none is left. */
  removeEnded(beforeMs: number): boolean;
  /** Writes what is pending and closes the file. */
  close(): void;
}

interface Pending {
  readonly transition: Transition;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** @throws StatesInUse when it is open already, here or in another process. @throws StatesFileTooNew */
export function openJournal(file: string): Journal {
  const lock = lockJournal(file);
  const db = openDatabase(file, lock);
  const sql = prepare(db);
  let nextExecutionId = Number(sql.lastExecution.get()?.id ?? 0) + 1;
  let pending: Pending[] = [];
  let flushing: NodeJS.Immediate | undefined;

  function flush(): void {
    clearImmediate(flushing);
    flushing = undefined;
    const batch = pending;
    pending = [];
    if (batch.length === 0) return;
    try {
      inTransaction(() => {
        for (const { transition } of batch) write(transition);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { resolve } of batch) resolve();
  }

  /** All of `work` or nothing. @throws NotRecorded */
  function inTransaction<T>(work: () => T): T {
    try {
      db.exec("BEGIN IMMEDIATE");
      const result = work();
      db.exec("COMMIT");
      return result;
    } catch (error) {
      // SQLite has undone some failures by itself, a full disk among them.
      if (db.isOpen && db.isTransaction) db.exec("ROLLBACK");
      throw notRecorded(file, error);
    }
  }

  function write({ executionId, atMs, events, changes, begins, redriveCount }: Transition): void {
    if (begins !== undefined) {
      sql.insertExecution.run(
        executionId,
        begins.machine,
        begins.name,
        begins.revisionId,
        begins.input,
        begins.startedAtMs,
      );
    }
    if (redriveCount !== undefined) {
      sql.reopenExecution.run(executionId);
      sql.putRedrive.run(executionId, redriveCount, atMs);
    }
    sql.insertHistory.run(executionId, changes.lastEventId, atMs, JSON.stringify(events), JSON.stringify(changes));
    if (changes.outcome !== null) {
      const { status, output, error, cause } = outcomeColumns(changes.outcome);
      sql.closeExecution.run(status, atMs, output, error, cause, executionId);
    }
  }

  /** Moves transitions of one execution into packs, `characters` at most; the answer is how many those were. */
  function packSome(id: number, characters: number): number {
    const rows: TransitionRow[] = [];
    let taken = 0;
    for (const row of sql.transitions.iterate(id)) {
      if (taken >= characters) break;
      const transition = toTransitionRow(row);
      rows.push(transition);
      taken += transition.events.length + transition.changes.length;
    }
    const last = rows.at(-1);
    if (last !== undefined) {
      const { firstEntry, lastEvent, events, changes } = pack(rows);
      sql.insertPack.run(id, firstEntry, lastEvent, events, changes);
      sql.deleteTransitions.run(id, last.entry);
    }
    // Stopping early may have been at the end: then the next time finds nothing to pack and marks it.
    if (taken < characters) sql.markPacked.run(id);
    return taken;
  }

  function* eventsOf(executionId: number, eventId: number, order: "forward" | "reverse") {
    const isForward = order === "forward";
    function* packed(): Iterable<[atMs: number, events: HistoryEvent[]]> {
      const packs = (isForward ? sql.packsForward : sql.packsReverse).all(executionId, eventId);
      for (const row of packs) {
        const transitions = JSON.parse(unpack(blobOf(row.events))) as [number, HistoryEvent[]][];
        yield* isForward ? transitions : transitions.reverse();
      }
    }
    function* unpacked(): Iterable<[atMs: number, events: HistoryEvent[]]> {
      const rows = (isForward ? sql.historyForward : sql.historyReverse).iterate(executionId, eventId);
      for (const row of rows) yield [Number(row.at), JSON.parse(String(row.events)) as HistoryEvent[]];
    }
    // What is packed is older than what is not.
    for (const part of isForward ? [packed, unpacked] : [unpacked, packed]) {
      for (const [atMs, events] of part()) {
        for (const event of isForward ? events : events.reverse()) {
          const isWanted = isForward ? event.id >= eventId : event.id <= eventId;
          if (isWanted) yield { ...event, atMs };
        }
      }
    }
  }

  function* packedChanges(executionId: number): Iterable<string> {
    for (const row of sql.packedChanges.all(executionId)) yield unpack(blobOf(row.changes));
  }

  return {
    database: db,
    addRevision(machine, definition, createdAtMs) {
      const { lastInsertRowid } = inTransaction(() => sql.insertRevision.run(machine, definition, createdAtMs));
      return { id: Number(lastInsertRowid), machine, definition, createdAtMs };
    },
    latestRevision: (machine) => optional(sql.latestRevision.get(machine), toRevision),
    revision: (id) => optional(sql.revision.get(id), toRevision),
    newExecutionId() {
      nextExecutionId += 1;
      return nextExecutionId - 1;
    },
    append(transition) {
      return new Promise((resolve, reject) => {
        pending.push({ transition, resolve, reject });
        flushing ??= setImmediate(flush);
      });
    },
    execution: (machine, name) => optional(sql.executionByName.get(machine, name), toExecution),
    executionById: (id) => optional(sql.executionById.get(id), toExecution),
    running: () => sql.running.all().map(toExecution),
    list({ machine, status, beforeId, limit }) {
      const rows =
        status === undefined
          ? sql.list.all(machine, beforeId, limit)
          : sql.listByStatus.all(machine, status, beforeId, limit);
      return rows.map(toExecution);
    },
    *changes(executionId) {
      for (const text of packedChanges(executionId)) yield* JSON.parse(text) as Changes[];
      for (const row of sql.changes.iterate(executionId)) yield JSON.parse(String(row.changes)) as Changes;
    },
    events: eventsOf,
    redrive: (executionId) =>
      optional(sql.redrive.get(executionId), ({ count, at }) => ({ count: Number(count), atMs: Number(at) })),
    mentions(executionId, text) {
      if (sql.mentions.get(executionId, text) !== undefined) return true;
      for (const packed of packedChanges(executionId)) if (packed.includes(text)) return true;
      return false;
    },
    packEnded(beforeMs) {
      return inTransaction(() => {
        const ended = sql.endedUnpacked.all(beforeMs, ENDED_AT_A_TIME);
        let characters = PACK_CHARACTERS;
        for (const { id } of ended) if (characters > 0) characters -= packSome(Number(id), characters);
        return ended.length > 0;
      });
    },
    removeEnded(beforeMs) {
      return inTransaction(() => {
        const ended = sql.ended.all(beforeMs, ENDED_AT_A_TIME);
        for (const { id } of ended) for (const statement of sql.remove) statement.run(Number(id));
        return ended.length > 0;
      });
    },
    close() {
      flush();
      db.close();
      lock.release();
    },
  };
}

/**
 * A lock file beside the journal, and not only SQLite's lock on the journal itself: that one would end with the first
 * copy or backup this process makes of the file (POSIX locks do).
 */
function lockJournal(file: string): { release(): void } {
  try {
    return lockStoreFile(file);
  } catch (error) {
    throw error instanceof StoreInUse ? new StatesInUse(file, { cause: error }) : error;
  }
}

function openDatabase(file: string, lock: { release(): void }): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file);
    // Locked for good, SQLite needs no shared memory. A commit writes many small rows side by side: large pages make that
    // fewer writes (measured at 256 journeys: 15 % less CPU time than with 4 KB).
    db.exec(
      "PRAGMA page_size = 16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;",
    );
    migrate(db, file);
    db.exec("PRAGMA wal_autocheckpoint = 1000");
    return db;
  } catch (error) {
    db?.close();
    lock.release();
    throw error;
  }
}

function migrate(db: DatabaseSync, file: string): void {
  const version = Number(db.prepare("PRAGMA user_version").get()?.user_version);
  if (version > MIGRATIONS.length) throw new StatesFileTooNew(file, version, MIGRATIONS.length);
  // Only now: this is the first write to the file.
  db.exec("PRAGMA journal_mode = WAL");
  for (const [i, migration] of MIGRATIONS.entries()) {
    if (i >= version) db.exec(`BEGIN IMMEDIATE; ${migration} PRAGMA user_version = ${i + 1}; COMMIT;`);
  }
}

const SQLITE_FULL = 13;

function notRecorded(file: string, cause: unknown): NotRecorded {
  const isFull = cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_FULL;
  if (isFull)
    return new NotRecorded(`the disk is full. Make room where ${file} is; work goes on by itself then`, { cause });
  return new NotRecorded(`${file} could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
}

function prepare(db: DatabaseSync) {
  return {
    insertRevision: db.prepare("INSERT INTO revisions (machine, definition, created_at) VALUES (?, ?, ?)"),
    latestRevision: db.prepare("SELECT * FROM revisions WHERE machine = ? ORDER BY id DESC LIMIT 1"),
    revision: db.prepare("SELECT * FROM revisions WHERE id = ?"),
    insertExecution: db.prepare(
      "INSERT INTO executions (id, machine, name, revision, input, started_at, status) VALUES (?, ?, ?, ?, ?, ?, 'RUNNING')",
    ),
    closeExecution: db.prepare(
      "UPDATE executions SET status = ?, stopped_at = ?, output = ?, error = ?, cause = ? WHERE id = ?",
    ),
    reopenExecution: db.prepare(
      "UPDATE executions SET status = 'RUNNING', stopped_at = NULL, output = NULL, error = NULL, cause = NULL, " +
        "is_packed = 0 WHERE id = ?",
    ),
    putRedrive: db.prepare("INSERT OR REPLACE INTO redrives (execution, count, at) VALUES (?, ?, ?)"),
    redrive: db.prepare("SELECT count, at FROM redrives WHERE execution = ?"),
    lastExecution: db.prepare("SELECT max(id) AS id FROM executions"),
    executionByName: db.prepare("SELECT * FROM executions WHERE machine = ? AND name = ?"),
    executionById: db.prepare("SELECT * FROM executions WHERE id = ?"),
    running: db.prepare("SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY id"),
    list: db.prepare("SELECT * FROM executions WHERE machine = ? AND id < ? ORDER BY id DESC LIMIT ?"),
    listByStatus: db.prepare(
      "SELECT * FROM executions WHERE machine = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?",
    ),
    insertHistory: db.prepare(
      "INSERT INTO history (execution, last_event, at, events, changes) VALUES (?, ?, ?, ?, ?)",
    ),
    changes: db.prepare("SELECT changes FROM history WHERE execution = ? ORDER BY entry"),
    historyForward: db.prepare("SELECT events, at FROM history WHERE execution = ? AND last_event >= ? ORDER BY entry"),
    historyReverse: db.prepare(
      "SELECT events, at FROM history WHERE execution = ? AND entry <= coalesce(" +
        "(SELECT min(entry) FROM history WHERE execution = ?1 AND last_event >= ?2), 9e18) ORDER BY entry DESC",
    ),
    mentions: db.prepare("SELECT 1 FROM history WHERE execution = ? AND instr(changes, ?) > 0 LIMIT 1"),
    packedChanges: db.prepare("SELECT changes FROM packed_history WHERE execution = ? ORDER BY first_entry"),
    packsForward: db.prepare(
      "SELECT events FROM packed_history WHERE execution = ? AND last_event >= ? ORDER BY first_entry",
    ),
    packsReverse: db.prepare(
      "SELECT events FROM packed_history WHERE execution = ? AND first_entry <= coalesce(" +
        "(SELECT min(first_entry) FROM packed_history WHERE execution = ?1 AND last_event >= ?2), 9e18) " +
        "ORDER BY first_entry DESC",
    ),
    transitions: db.prepare("SELECT * FROM history WHERE execution = ? ORDER BY entry"),
    insertPack: db.prepare(
      "INSERT INTO packed_history (execution, first_entry, last_event, events, changes) VALUES (?, ?, ?, ?, ?)",
    ),
    deleteTransitions: db.prepare("DELETE FROM history WHERE execution = ? AND entry <= ?"),
    markPacked: db.prepare("UPDATE executions SET is_packed = 1 WHERE id = ?"),
    endedUnpacked: db.prepare(
      "SELECT id FROM executions WHERE is_packed = 0 AND stopped_at < ? ORDER BY stopped_at LIMIT ?",
    ),
    ended: db.prepare("SELECT id FROM executions WHERE is_packed IN (0, 1) AND stopped_at < ? LIMIT ?"),
    remove: [
      db.prepare("DELETE FROM history WHERE execution = ?"),
      db.prepare("DELETE FROM packed_history WHERE execution = ?"),
      db.prepare("DELETE FROM redrives WHERE execution = ?"),
      db.prepare("DELETE FROM executions WHERE id = ?"),
    ],
  };
}

type Row = Record<string, SQLOutputValue>;

function optional<T>(row: Row | undefined, read: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : read(row);
}

function blobOf(value: SQLOutputValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError("A pack is a blob");
}

function toTransitionRow(row: Row): TransitionRow {
  return {
    entry: Number(row.entry),
    lastEvent: Number(row.last_event),
    atMs: Number(row.at),
    events: String(row.events),
    changes: String(row.changes),
  };
}

function toRevision(row: Row): Revision {
  return {
    id: Number(row.id),
    machine: String(row.machine),
    definition: String(row.definition),
    createdAtMs: Number(row.created_at),
  };
}

function toExecution(row: Row): ExecutionRecord {
  const textOrNull = (value: SQLOutputValue | undefined) => (typeof value === "string" ? value : null);
  return {
    id: Number(row.id),
    machine: String(row.machine),
    name: String(row.name),
    revisionId: Number(row.revision),
    input: String(row.input),
    startedAtMs: Number(row.started_at),
    status: String(row.status) as ExecutionStatus,
    stoppedAtMs: row.stopped_at === null ? null : Number(row.stopped_at),
    output: textOrNull(row.output),
    error: textOrNull(row.error),
    cause: textOrNull(row.cause),
  };
}

function outcomeColumns(outcome: Outcome) {
  const output: Json | undefined = outcome.output;
  return {
    status: outcome.status,
    output: output === undefined ? null : JSON.stringify(output),
    error: outcome.error ?? null,
    cause: outcome.cause ?? null,
  };
}
