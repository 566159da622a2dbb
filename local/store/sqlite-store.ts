import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import {
  decodeCursor,
  encodeCursor,
  pageLimit,
  type SortRange,
  sortRange,
} from "../../shared/contracts/store-pages.ts";
import {
  decodeEvent,
  type EncodedWrite,
  encodeEvent,
  encodeWrites,
  keyOf,
} from "../../shared/contracts/store-writes.ts";
import { programmeEventSortKey, programmeEventsFrom } from "../../shared/contracts/table.ts";
import { upcast } from "../../shared/contracts/upcasters.ts";
import {
  type EventFeed,
  type Item,
  type Key,
  type NewEvent,
  type Page,
  type Store,
  type StoredEvent,
  VersionConflict,
} from "../../shared/ports/store.ts";
import { ITEM_SOURCES, type PageSource, PROGRAMME_EVENTS, pageSql, type Row, STREAM_EVENTS } from "./sqlite-pages.ts";
import { lockStoreFile } from "./store-lock.ts";

/**
 * The store in one SQLite file.
 *
 * Group commit: changes asked for in one turn of the event loop share one transaction and one fsync, and are
 * acknowledged after it. Each reads all its conditions before its first write, so a refused change leaves nothing to
 * undo and does not disturb its neighbours. An acknowledged change survives `kill -9` and, where the
 * disk keeps what it has synced, power loss (WAL, synchronous=FULL).
 */
export interface SqliteStore extends Store, EventFeed, Disposable {
  /** Called after items of this type were put, by whatever change; once for a group of them. Returns the end of it. */
  onPut(type: string, listener: () => void): () => void;
  /** Commits what was asked for, then closes; further calls fail. */
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS items (
    pk TEXT NOT NULL, sk TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
    gsi1pk TEXT, gsi1sk TEXT, gsi2pk TEXT, gsi2sk TEXT,
    PRIMARY KEY (pk, sk)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS items_gsi1 ON items (gsi1pk, gsi1sk, pk, sk) WHERE gsi1pk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS items_gsi2 ON items (gsi2pk, gsi2sk, pk, sk) WHERE gsi2pk IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL, sequence INTEGER NOT NULL, programme_id TEXT NOT NULL, programme_sort_key TEXT NOT NULL,
    type TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (stream, sequence)
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS events_of_programme ON events (programme_id, programme_sort_key);
`;

/** A change waiting for the next transaction. */
interface Waiting {
  readonly writes: readonly EncodedWrite[];
  readonly event?: { readonly given: NewEvent; readonly bodyJson: string };
  readonly acknowledge: () => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * `file` may be ":memory:". Without `synced` the disk is not waited for: for a file that is thrown away when its making is
 * interrupted. Throws `StoreInUse` when another process (or this one) has it open.
 */
export function openSqliteStore(file: string, { synced = true }: { readonly synced?: boolean } = {}): SqliteStore {
  const lock = lockStoreFile(file);
  const db = openDatabase(file, synced, lock);

  const selectItem = db.prepare("SELECT * FROM items WHERE pk = ? AND sk = ?");
  const selectVersion = db.prepare("SELECT version FROM items WHERE pk = ? AND sk = ?");
  const upsertItem = db.prepare(`
    INSERT INTO items (pk, sk, version, type, data, gsi1pk, gsi1sk, gsi2pk, gsi2sk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (pk, sk) DO UPDATE SET version = excluded.version, type = excluded.type, data = excluded.data,
      gsi1pk = excluded.gsi1pk, gsi1sk = excluded.gsi1sk, gsi2pk = excluded.gsi2pk, gsi2sk = excluded.gsi2sk`);
  const deleteItem = db.prepare("DELETE FROM items WHERE pk = ? AND sk = ?");
  const selectLastSequence = db.prepare("SELECT max(sequence) AS sequence FROM events WHERE stream = ?");
  const insertEvent = db.prepare(`
    INSERT INTO events (stream, sequence, programme_id, programme_sort_key, type, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const selectFeed = db.prepare("SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?");
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commitTransaction = db.prepare("COMMIT");

  const pageStatements = new Map<string, StatementSync>();
  const listeners = new Set<() => void>();
  const putListeners = new Set<{ readonly type: string; readonly listener: () => void }>();
  let waiting: Waiting[] = [];

  function enqueue(writes: readonly EncodedWrite[], event?: Waiting["event"]): Promise<void> {
    return new Promise((acknowledge, refuse) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ writes, acknowledge, refuse, ...(event ? { event } : {}) });
    });
  }

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const written: Waiting[] = [];
    const refused: { readonly change: Waiting; readonly conflict: VersionConflict }[] = [];
    try {
      begin.run();
      for (const change of batch) {
        const conflict = findConflict(change);
        if (conflict) {
          refused.push({ change, conflict });
        } else {
          write(change);
          written.push(change);
        }
      }
      commitTransaction.run();
    } catch (error) {
      // The disk failed (full, read-only, gone), not a condition: nothing of this batch is durable.
      if (db.isOpen && db.isTransaction) db.exec("ROLLBACK");
      for (const change of batch) change.refuse(error);
      return;
    }
    for (const { change, conflict } of refused) change.refuse(conflict);
    for (const change of written) change.acknowledge();
    if (written.some((change) => change.event)) for (const listener of listeners) listener();
    const puts = (type: string) =>
      written.some(({ writes }) => writes.some((each) => each.kind === "put" && each.item.type === type));
    for (const { type, listener } of putListeners) if (puts(type)) listener();
  }

  function findConflict({ writes, event }: Waiting): VersionConflict | undefined {
    for (const encoded of writes) {
      const { pk, sk } = keyOf(encoded);
      const currentVersion = Number(selectVersion.get(pk, sk)?.version ?? 0);
      if (currentVersion !== encoded.expectedVersion) return new VersionConflict({ pk, sk, currentVersion });
    }
    if (event === undefined) return undefined;
    const lastSequence = Number(selectLastSequence.get(event.given.stream)?.sequence ?? 0);
    if (event.given.sequence === lastSequence + 1) return undefined;
    return new VersionConflict({ pk: event.given.stream, sk: "EVENTS", currentVersion: lastSequence });
  }

  function write({ writes, event }: Waiting): void {
    for (const encoded of writes) {
      switch (encoded.kind) {
        case "put": {
          const { pk, sk, type, gsi1pk = null, gsi1sk = null, gsi2pk = null, gsi2sk = null } = encoded.item;
          const version = encoded.expectedVersion + 1;
          upsertItem.run(pk, sk, version, type, encoded.dataJson, gsi1pk, gsi1sk, gsi2pk, gsi2sk);
          break;
        }
        case "delete":
          deleteItem.run(encoded.key.pk, encoded.key.sk);
          break;
        case "check":
          break;
      }
    }
    if (event === undefined) return;
    const { stream, sequence, programmeId, type, at } = event.given;
    insertEvent.run(stream, sequence, programmeId, programmeEventSortKey(event.given), type, at, event.bodyJson);
  }

  /** Rows of one partition in sort order, after the cursor, and the cursor that follows. */
  function page<T>(
    source: PageSource,
    partition: string,
    range: SortRange | undefined,
    query: { readonly reverse?: boolean; readonly limit?: number; readonly cursor?: string },
    fromRow: (row: Row) => T,
  ): Page<T> {
    const limit = pageLimit(query.limit);
    if (range === undefined) return { items: [] };
    const scope = `${source.name}:${partition}`;
    const after = query.cursor === undefined ? undefined : decodeCursor(scope, range, query.cursor);
    const { sql, values } = pageSql(source, range, query.reverse ?? false, after);
    const statement = pageStatements.get(sql) ?? db.prepare(sql);
    pageStatements.set(sql, statement);
    const rows = statement.all(partition, ...values, limit + 1);
    const items = rows.slice(0, limit).map(fromRow);
    const last = rows[limit - 1];
    if (rows.length <= limit || last === undefined) return { items };
    return { items, cursor: encodeCursor(scope, source.positionOf(last)) };
  }

  function close(): void {
    if (!db.isOpen) return;
    flush();
    db.close();
    lock.release();
  }

  return {
    async get(key: Key) {
      const row = selectItem.get(key.pk, key.sk);
      return row === undefined ? undefined : currentItem(row);
    },

    async query(query) {
      return page(ITEM_SOURCES[query.index ?? "table"], query.pk, sortRange(query), query, currentItem);
    },

    async commit({ writes, event }) {
      const { bodyJson, bytes } = encodeEvent(event);
      await enqueue(encodeWrites(writes, bytes), { given: event, bodyJson });
      return decodeEvent(event, bodyJson);
    },

    async derive(writes) {
      await enqueue(encodeWrites(writes));
    },

    async eventsOf(stream, query = {}) {
      return page(STREAM_EVENTS, stream, {}, query, eventFromRow);
    },

    async eventsOfProgramme(programmeId, query = {}) {
      const range = query.from === undefined ? {} : { from: programmeEventsFrom(query.from) };
      return page(PROGRAMME_EVENTS, programmeId, range, query, eventFromRow);
    },

    async read(position, limit) {
      if (!/^\d*$/.test(position)) throw new TypeError(`"${position}" is no position of this feed.`);
      const rows = selectFeed.all(Number(position), pageLimit(limit));
      const last = rows.at(-1);
      return { events: rows.map(eventFromRow), position: last === undefined ? position : String(last.position) };
    },

    onCommit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    onPut(type, listener) {
      const entry = { type, listener };
      putListeners.add(entry);
      return () => void putListeners.delete(entry);
    },

    close,
    [Symbol.dispose]: close,
  };
}

function openDatabase(file: string, synced: boolean, lock: { release(): void }): DatabaseSync {
  try {
    const db = new DatabaseSync(file);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synced ? "FULL" : "OFF"}; PRAGMA cache_size = -16000;`);
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    lock.release();
    throw error;
  }
}

const currentItem = (row: Row): Item => upcast(itemFromRow(row));

/** As it lies in the file, whichever Fairway wrote it. */
export function itemFromRow(row: Row): Item {
  return {
    pk: String(row.pk),
    sk: String(row.sk),
    version: Number(row.version),
    type: String(row.type),
    data: JSON.parse(String(row.data)),
    ...(row.gsi1pk === null ? {} : { gsi1pk: String(row.gsi1pk), gsi1sk: String(row.gsi1sk) }),
    ...(row.gsi2pk === null ? {} : { gsi2pk: String(row.gsi2pk), gsi2sk: String(row.gsi2sk) }),
  };
}

export function eventFromRow(row: Row): StoredEvent {
  return decodeEvent(
    {
      stream: String(row.stream),
      sequence: Number(row.sequence),
      programmeId: String(row.programme_id),
      type: String(row.type),
      at: String(row.at),
    },
    String(row.body),
  );
}
