/** The table of executions: how each began and, once, how it ended; and how often it was taken up again. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { ExecutionStatus, Outcome } from "./asl/execution.ts";

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

export type Beginning = Pick<ExecutionRecord, "machine" | "name" | "revisionId" | "input" | "startedAtMs">;

export function executionRows(db: DatabaseSync) {
  const sql = {
    insert: db.prepare(
      "INSERT INTO executions (id, machine, name, revision, input, started_at, status) VALUES (?, ?, ?, ?, ?, ?, 'RUNNING')",
    ),
    close: db.prepare(
      "UPDATE executions SET status = ?, stopped_at = ?, output = ?, error = ?, cause = ? WHERE id = ?",
    ),
    reopen: db.prepare(
      "UPDATE executions SET status = 'RUNNING', stopped_at = NULL, output = NULL, error = NULL, cause = NULL, " +
        "is_packed = 0 WHERE id = ?",
    ),
    putRedrive: db.prepare("INSERT OR REPLACE INTO redrives (execution, count, at) VALUES (?, ?, ?)"),
    redrive: db.prepare("SELECT count, at FROM redrives WHERE execution = ?"),
    last: db.prepare("SELECT max(id) AS id FROM executions"),
    byName: db.prepare("SELECT * FROM executions WHERE machine = ? AND name = ?"),
    byId: db.prepare("SELECT * FROM executions WHERE id = ?"),
    running: db.prepare("SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY id"),
    list: db.prepare("SELECT * FROM executions WHERE machine = ? AND id < ? ORDER BY id DESC LIMIT ?"),
    listByStatus: db.prepare(
      "SELECT * FROM executions WHERE machine = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?",
    ),
    markPacked: db.prepare("UPDATE executions SET is_packed = 1 WHERE id = ?"),
    endedUnpacked: db.prepare(
      "SELECT id FROM executions WHERE is_packed = 0 AND stopped_at < ? ORDER BY stopped_at LIMIT ?",
    ),
    ended: db.prepare("SELECT id FROM executions WHERE is_packed IN (0, 1) AND stopped_at < ? LIMIT ?"),
    removeRedrives: db.prepare("DELETE FROM redrives WHERE execution = ?"),
    remove: db.prepare("DELETE FROM executions WHERE id = ?"),
  };
  return {
    insert(id: number, { machine, name, revisionId, input, startedAtMs }: Beginning): void {
      sql.insert.run(id, machine, name, revisionId, input, startedAtMs);
    },
    close(id: number, outcome: Outcome, atMs: number): void {
      const { status, output, error = null, cause = null } = outcome;
      sql.close.run(status, atMs, output === undefined ? null : JSON.stringify(output), error, cause, id);
    },
    /** Takes a closed execution up again, for the `count`th time. */
    reopen(id: number, count: number, atMs: number): void {
      sql.reopen.run(id);
      sql.putRedrive.run(id, count, atMs);
    },
    redrive: (id: number) =>
      optional(sql.redrive.get(id), ({ count, at }) => ({ count: Number(count), atMs: Number(at) })),
    lastId: () => Number(sql.last.get()?.id ?? 0),
    byName: (machine: string, name: string) => optional(sql.byName.get(machine, name), toRecord),
    byId: (id: number) => optional(sql.byId.get(id), toRecord),
    running: () => sql.running.all().map(toRecord),
    list(machine: string, status: ExecutionStatus | undefined, beforeId: number, limit: number) {
      const rows =
        status === undefined
          ? sql.list.all(machine, beforeId, limit)
          : sql.listByStatus.all(machine, status, beforeId, limit);
      return rows.map(toRecord);
    },
    endedUnpacked: (beforeMs: number, limit: number) =>
      sql.endedUnpacked.all(beforeMs, limit).map(({ id }) => Number(id)),
    markPacked: (id: number) => sql.markPacked.run(id),
    ended: (beforeMs: number, limit: number) => sql.ended.all(beforeMs, limit).map(({ id }) => Number(id)),
    remove(id: number): void {
      sql.removeRedrives.run(id);
      sql.remove.run(id);
    },
  };
}

type Row = Record<string, SQLOutputValue>;

function optional<T>(row: Row | undefined, read: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : read(row);
}

function toRecord(row: Row): ExecutionRecord {
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
