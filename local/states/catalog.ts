/**
 * The state machines there are: each with its newest revision, published versions, aliases and tags. Kept beside the
 * histories in the journal's file; a change is on disk when the call returns.
 *
 * 1. A revision never changes: an execution, a version and an alias go on meaning what they meant.
 * 2. Version numbers only grow, also over deleted versions.
 */
import type { SQLOutputValue } from "node:sqlite";
import type { Journal } from "./journal.ts";

const SCHEMA = `
  CREATE TABLE machines (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    last_version INTEGER NOT NULL DEFAULT 0,
    settings TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE TABLE revision_roles (
    revision INTEGER PRIMARY KEY REFERENCES revisions (id),
    role_arn TEXT NOT NULL
  ) STRICT;
  CREATE TABLE versions (
    machine TEXT NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revisions (id),
    description TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (machine, version)
  ) STRICT;
  CREATE TABLE aliases (
    machine TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    routing TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (machine, name)
  ) STRICT;
  CREATE TABLE tags (
    machine TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (machine, key)
  ) STRICT;
  CREATE TABLE started_as (
    execution INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    alias TEXT
  ) STRICT;
  INSERT INTO machines (name, revision, created_at)
    SELECT machine, max(id), min(created_at) FROM revisions GROUP BY machine;
`;

export interface MachineEntry {
  readonly name: string;
  readonly revisionId: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number | null;
  /** Logging, tracing and encryption as they were given: kept and shown, without effect here. */
  readonly settings: MachineSettings;
}

export interface MachineSettings {
  readonly loggingConfiguration?: unknown;
  readonly tracingConfiguration?: unknown;
  readonly encryptionConfiguration?: unknown;
}

export interface VersionEntry {
  readonly machine: string;
  readonly version: number;
  readonly revisionId: number;
  readonly description: string | null;
  readonly createdAtMs: number;
}

export interface Route {
  readonly version: number;
  /** Percent of the executions started through the alias. */
  readonly weight: number;
}

export interface AliasEntry {
  readonly machine: string;
  readonly name: string;
  readonly description: string | null;
  readonly routing: readonly Route[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export type Catalog = ReturnType<typeof openCatalog>;

export function openCatalog({ database: db, atomically }: Pick<Journal, "database" | "atomically">) {
  const isNew =
    db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'machines'").get() === undefined;
  if (isNew) atomically(() => db.exec(SCHEMA));
  // Executions that were too old to keep; their numbers may come again.
  atomically(() => db.exec("DELETE FROM started_as WHERE execution NOT IN (SELECT id FROM executions)"));
  const sql = {
    machine: db.prepare("SELECT * FROM machines WHERE name = ?"),
    machines: db.prepare("SELECT * FROM machines WHERE name > ? ORDER BY name LIMIT ?"),
    insertMachine: db.prepare("INSERT INTO machines (name, revision, created_at, settings) VALUES (?, ?, ?, ?)"),
    updateMachine: db.prepare("UPDATE machines SET revision = ?, updated_at = ?, settings = ? WHERE name = ?"),
    role: db.prepare("SELECT role_arn FROM revision_roles WHERE revision = ?"),
    insertRole: db.prepare("INSERT INTO revision_roles (revision, role_arn) VALUES (?, ?)"),
    nextVersion: db.prepare(
      "UPDATE machines SET last_version = last_version + 1 WHERE name = ? RETURNING last_version",
    ),
    insertVersion: db.prepare(
      "INSERT INTO versions (machine, version, revision, description, created_at) VALUES (?, ?, ?, ?, ?)",
    ),
    version: db.prepare("SELECT * FROM versions WHERE machine = ? AND version = ?"),
    versions: db.prepare("SELECT * FROM versions WHERE machine = ? AND version < ? ORDER BY version DESC LIMIT ?"),
    deleteVersion: db.prepare("DELETE FROM versions WHERE machine = ? AND version = ?"),
    alias: db.prepare("SELECT * FROM aliases WHERE machine = ? AND name = ?"),
    aliases: db.prepare("SELECT * FROM aliases WHERE machine = ? AND name > ? ORDER BY name LIMIT ?"),
    putAlias: db.prepare(
      "INSERT OR REPLACE INTO aliases (machine, name, description, routing, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    deleteAlias: db.prepare("DELETE FROM aliases WHERE machine = ? AND name = ?"),
    tags: db.prepare("SELECT key, value FROM tags WHERE machine = ? ORDER BY key"),
    putTag: db.prepare("INSERT OR REPLACE INTO tags (machine, key, value) VALUES (?, ?, ?)"),
    deleteTag: db.prepare("DELETE FROM tags WHERE machine = ? AND key = ?"),
    startedAs: db.prepare("SELECT version, alias FROM started_as WHERE execution = ?"),
    putStartedAs: db.prepare("INSERT OR REPLACE INTO started_as (execution, version, alias) VALUES (?, ?, ?)"),
  };
  const deletions = ["aliases", "versions", "tags"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE machine = ?`),
  );
  const deleteMachine = db.prepare("DELETE FROM machines WHERE name = ?");

  return {
    atomically,
    machine: (name: string) => read(sql.machine.get(name), toMachine),
    machines: (after: string, limit: number) => sql.machines.all(after, limit).map(toMachine),
    addMachine(name: string, revisionId: number, roleArn: string, atMs: number, settings: MachineSettings): void {
      sql.insertMachine.run(name, revisionId, atMs, JSON.stringify(settings));
      sql.insertRole.run(revisionId, roleArn);
    },
    reviseMachine(name: string, revisionId: number, roleArn: string, atMs: number, settings: MachineSettings): void {
      sql.updateMachine.run(revisionId, atMs, JSON.stringify(settings), name);
      sql.insertRole.run(revisionId, roleArn);
    },
    deleteMachine(name: string): void {
      for (const deletion of deletions) deletion.run(name);
      deleteMachine.run(name);
    },
    roleArn: (revisionId: number) => read(sql.role.get(revisionId), (row) => String(row.role_arn)),

    addVersion(machine: string, revisionId: number, description: string | null, atMs: number): VersionEntry {
      const version = Number(sql.nextVersion.get(machine)?.last_version);
      sql.insertVersion.run(machine, version, revisionId, description, atMs);
      return { machine, version, revisionId, description, createdAtMs: atMs };
    },
    version: (machine: string, version: number) => read(sql.version.get(machine, version), toVersion),
    /** Newest first, below `before`. */
    versions: (machine: string, before: number, limit: number) =>
      sql.versions.all(machine, before, limit).map(toVersion),
    deleteVersion: (machine: string, version: number) => atomically(() => sql.deleteVersion.run(machine, version)),

    alias: (machine: string, name: string) => read(sql.alias.get(machine, name), toAlias),
    aliases: (machine: string, after: string, limit: number) => sql.aliases.all(machine, after, limit).map(toAlias),
    putAlias({ machine, name, description, routing, createdAtMs, updatedAtMs }: AliasEntry): void {
      const text = JSON.stringify(routing);
      atomically(() => sql.putAlias.run(machine, name, description, text, createdAtMs, updatedAtMs));
    },
    deleteAlias: (machine: string, name: string) => atomically(() => sql.deleteAlias.run(machine, name)),

    tags: (machine: string) =>
      sql.tags.all(machine).map(({ key, value }) => ({ key: String(key), value: String(value) })),
    putTag: (machine: string, key: string, value: string) => sql.putTag.run(machine, key, value),
    deleteTag: (machine: string, key: string) => sql.deleteTag.run(machine, key),

    /** The version, and the alias if there was one, that an execution was started through. */
    startedAs: (executionId: number) =>
      read(sql.startedAs.get(executionId), ({ version, alias }) => ({
        version: Number(version),
        alias: alias === null ? undefined : String(alias),
      })),
    putStartedAs(executionId: number, version: number, alias: string | undefined): void {
      atomically(() => sql.putStartedAs.run(executionId, version, alias ?? null));
    },
  };
}

type Row = Record<string, SQLOutputValue>;

function read<T>(row: Row | undefined, from: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : from(row);
}

function toMachine(row: Row): MachineEntry {
  return {
    name: String(row.name),
    revisionId: Number(row.revision),
    createdAtMs: Number(row.created_at),
    updatedAtMs: row.updated_at === null ? null : Number(row.updated_at),
    // Written by this file.
    settings: JSON.parse(String(row.settings)) as MachineSettings,
  };
}

function toVersion(row: Row): VersionEntry {
  return {
    machine: String(row.machine),
    version: Number(row.version),
    revisionId: Number(row.revision),
    description: row.description === null ? null : String(row.description),
    createdAtMs: Number(row.created_at),
  };
}

function toAlias(row: Row): AliasEntry {
  return {
    machine: String(row.machine),
    name: String(row.name),
    description: row.description === null ? null : String(row.description),
    // Written by this file.
    routing: JSON.parse(String(row.routing)) as Route[],
    createdAtMs: Number(row.created_at),
    updatedAtMs: Number(row.updated_at),
  };
}
