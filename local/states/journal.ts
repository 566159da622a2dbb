/**
 * What happened, in the order it happened, in one SQLite file.
 *
 * 1. Append-only: a row of `history` is one transition of one execution, with its history events and the state it put
 *    in place. The `executions` row beside it says how the execution began and, once, how it ended.
 * 2. What `append` promised is on disk: WAL with synchronous=FULL. All appends of one turn of the event loop share a
 *    transaction, so one fsync carries many executions.
 * 3. One process at a time: the file stays locked while it is open.
 */
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { Changes, ExecutionStatus, Outcome } from "./asl/execution.ts";
import type { HistoryEvent } from "./asl/history.ts";
import type { Json } from "./asl/json.ts";
import { StatesInUse } from "./errors.ts";

const SCHEMA = `
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
`;

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
  /** Writes what is pending and closes the file. */
  close(): void;
}

interface Pending {
  readonly transition: Transition;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** @throws StatesInUse when another process has the file open. */
export function openJournal(file: string): Journal {
  const db = openDatabase(file);
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
      db.exec("BEGIN IMMEDIATE");
      for (const { transition } of batch) write(transition);
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { resolve } of batch) resolve();
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

  return {
    database: db,
    addRevision(machine, definition, createdAtMs) {
      const { lastInsertRowid } = sql.insertRevision.run(machine, definition, createdAtMs);
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
      for (const row of sql.changes.iterate(executionId)) yield JSON.parse(String(row.changes)) as Changes;
    },
    *events(executionId, eventId, order) {
      const rows =
        order === "forward"
          ? sql.historyForward.iterate(executionId, eventId)
          : sql.historyReverse.iterate(executionId, eventId);
      for (const row of rows) {
        const events = JSON.parse(String(row.events)) as HistoryEvent[];
        for (const event of order === "forward" ? events : events.reverse()) {
          const isWanted = order === "forward" ? event.id >= eventId : event.id <= eventId;
          if (isWanted) yield { ...event, atMs: Number(row.at) };
        }
      }
    },
    redrive: (executionId) =>
      optional(sql.redrive.get(executionId), ({ count, at }) => ({ count: Number(count), atMs: Number(at) })),
    mentions: (executionId, text) => sql.mentions.get(executionId, text) !== undefined,
    close() {
      flush();
      db.close();
    },
  };
}

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec("PRAGMA locking_mode = EXCLUSIVE");
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL");
    // The first write takes the lock that the mode above keeps.
    db.exec("BEGIN EXCLUSIVE; COMMIT");
    db.exec(SCHEMA);
  } catch (error) {
    db.close();
    if (error instanceof Error && error.message.includes("locked")) throw new StatesInUse(file, { cause: error });
    throw error;
  }
  return db;
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
      "UPDATE executions SET status = 'RUNNING', stopped_at = NULL, output = NULL, error = NULL, cause = NULL WHERE id = ?",
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
  };
}

type Row = Record<string, SQLOutputValue>;

function optional<T>(row: Row | undefined, read: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : read(row);
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
