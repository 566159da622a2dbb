/** The journal's SQLite file: how it is opened and locked, how it came to its present form, and what a write that fails is. */
import { DatabaseSync } from "node:sqlite";
import { lockStoreFile, StoreInUse } from "../store/store-lock.ts";
import { NotRecorded, StatesFileTooNew, StatesInUse } from "./errors.ts";

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
  // A row holds all that one commit adds to an execution, so its events come with the times of their transitions.
  "UPDATE history SET events = '[[' || at || ',' || events || ']]';",
] as const;

export interface JournalFile {
  readonly database: DatabaseSync;
  /** All of `work` or nothing. @throws NotRecorded */
  atomically<T>(work: () => T): T;
  close(): void;
}

/** @throws StatesInUse when it is open already, here or in another process. @throws StatesFileTooNew */
export function openJournalFile(file: string): JournalFile {
  const lock = lockJournal(file);
  const database = openDatabase(file, lock);
  return {
    database,
    atomically(work) {
      try {
        database.exec("BEGIN IMMEDIATE");
        const result = work();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        // SQLite has undone some failures by itself, a full disk among them.
        if (database.isOpen && database.isTransaction) database.exec("ROLLBACK");
        throw notRecorded(file, error);
      }
    },
    close() {
      database.close();
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
