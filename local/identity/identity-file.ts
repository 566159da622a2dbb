import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * The SQLite file of the identity provider: its secrets, sessions, grants, mailed codes and rate limits.
 *
 * Whoever reads it can sign tokens, so only the owner may: it is created with mode 0600.
 * `synchronous=NORMAL`: `kill -9` loses nothing; a power cut may cost a person one sign-in.
 */
export interface IdentityFile {
  readonly db: DatabaseSync;
  /** The secret kept under `name`; the first call ever stores what `generate` makes. */
  secret(name: string, generate?: () => string): string;
  /** Deletes what has expired, at most every ten minutes. */
  sweep(): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS records (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, uid TEXT, grant_id TEXT,
    consumed_at INTEGER, expires_at INTEGER NOT NULL,
    PRIMARY KEY (model, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS records_by_uid ON records (uid) WHERE uid IS NOT NULL;
  CREATE INDEX IF NOT EXISTS records_by_grant ON records (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS records_by_expiry ON records (expires_at);
  CREATE TABLE IF NOT EXISTS mailed_codes (
    sign_in_id TEXT PRIMARY KEY, code_hash TEXT NOT NULL, person_id TEXT, tries_left INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS limits (key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
`;

const SWEEP_INTERVAL_MS = 10 * 60_000;

/** `file` may be ":memory:". */
export function openIdentityFile(file: string, now: () => Date): IdentityFile {
  if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
  const db = new DatabaseSync(file, { timeout: 5_000 });
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  db.exec(SCHEMA);

  const insertSecret = db.prepare("INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const selectSecret = db.prepare("SELECT value FROM secrets WHERE name = ?");
  const sweeps = ["records", "mailed_codes", "limits"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE expires_at <= ?`),
  );
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  return {
    db,
    secret(name, generate = () => randomBytes(32).toString("base64url")) {
      const kept = selectSecret.get(name)?.value;
      if (typeof kept === "string") return kept;
      insertSecret.run(name, generate());
      return String(selectSecret.get(name)?.value);
    },
    sweep() {
      const nowMs = now().getTime();
      if (nowMs < sweptAtMs + SWEEP_INTERVAL_MS) return;
      sweptAtMs = nowMs;
      for (const sweep of sweeps) sweep.run(nowMs);
    },
    close: () => db.close(),
  };
}
