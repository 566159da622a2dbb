import { DatabaseSync } from "node:sqlite";
import { encodeEvent, encodeWrites } from "../../shared/contracts/store-writes.ts";
import { programmeEventSortKey } from "../../shared/contracts/table.ts";
import { PlaceTaken, type StoreDump, type StoredRecord, type StoreLoad } from "../../shared/ports/store-dump.ts";
import { eventFromRow, itemFromRow } from "./sqlite-store.ts";

export interface SqliteDump extends StoreDump, StoreLoad, Disposable {}

const PAGE_SIZE = 500;

/** Constraint failures of SQLite: a primary key or a unique index is taken. */
const TAKEN = new Set([1555, 2067]);

/**
 * The same file past the store's rules. To be opened beside an open `SqliteStore`, which holds the lock and has made the
 * tables, and used while that one is not asked for anything.
 *
 * Events placed as handled lie before the start of the feed (positions below 1), so that consumers read on where they
 * were and those that come later never see them; the others are appended as a commit would.
 */
export function openSqliteDump(file: string): SqliteDump {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA synchronous = FULL");
  const itemsAfter = db.prepare("SELECT * FROM items WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ?");
  const eventsAfter = db.prepare("SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?");
  const positions = db.prepare("SELECT data FROM items WHERE pk = 'CONSUMERS'");
  const oneItem = db.prepare("SELECT * FROM items WHERE pk = ? AND sk = ?");
  const oneEvent = db.prepare("SELECT * FROM events WHERE stream = ? AND sequence = ?");
  const insertItem = db.prepare(`
    INSERT INTO items (pk, sk, version, type, data, gsi1pk, gsi1sk, gsi2pk, gsi2sk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertEvent = db.prepare(`
    INSERT INTO events (position, stream, sequence, programme_id, programme_sort_key, type, at, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const lowest = db.prepare("SELECT min(position) AS position FROM events");

  /** The position up to which every consumer has read; one that has read nothing is at the start. */
  function handledUpTo(): number {
    const read = positions.all().map(({ data }) => Number(JSON.parse(String(data)).position ?? 0));
    return read.length < CONSUMERS ? 0 : Math.min(...read);
  }

  function write(record: StoredRecord): void {
    if (record.kind === "item") {
      const { version, ...item } = record.item;
      const [encoded] = encodeWrites([{ kind: "put", item, expectedVersion: version - 1 }]);
      if (encoded?.kind !== "put") return;
      const { pk, sk, type, gsi1pk = null, gsi1sk = null, gsi2pk = null, gsi2sk = null } = item;
      insertItem.run(pk, sk, version, type, encoded.dataJson, gsi1pk, gsi1sk, gsi2pk, gsi2sk);
      return;
    }
    const { event, handled } = record;
    const position = handled ? Math.min(1, Number(lowest.get()?.position ?? 1)) - 1 : null;
    const { stream, sequence, programmeId, type, at } = event;
    const { bodyJson } = encodeEvent(event);
    insertEvent.run(position, stream, sequence, programmeId, programmeEventSortKey(event), type, at, bodyJson);
  }

  return {
    async read(cursor) {
      const after = cursor === undefined ? { pk: "", sk: "" } : JSON.parse(cursor);
      if (after.position === undefined) {
        const rows = itemsAfter.all(String(after.pk), String(after.sk), PAGE_SIZE);
        const last = rows.at(-1);
        const records = rows.map((row): StoredRecord => ({ kind: "item", item: itemFromRow(row) }));
        const next = rows.length < PAGE_SIZE || last === undefined ? START_OF_EVENTS : { pk: last.pk, sk: last.sk };
        return { records, cursor: JSON.stringify(next) };
      }
      const rows = eventsAfter.all(Number(after.position), PAGE_SIZE);
      const upTo = handledUpTo();
      const records = rows.map(
        (row): StoredRecord => ({ kind: "event", event: eventFromRow(row), handled: Number(row.position) <= upTo }),
      );
      const last = rows.at(-1);
      if (rows.length < PAGE_SIZE || last === undefined) return { records };
      return { records, cursor: JSON.stringify({ position: Number(last.position) }) };
    },

    async find(records) {
      return records.map((record): StoredRecord | undefined => {
        if (record.kind === "item") {
          const row = oneItem.get(record.item.pk, record.item.sk);
          return row && { kind: "item", item: itemFromRow(row) };
        }
        const row = oneEvent.get(record.event.stream, record.event.sequence);
        return row && { kind: "event", event: eventFromRow(row), handled: Number(row.position) < 1 };
      });
    },

    async place(records) {
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const record of records) write(record);
        db.exec("COMMIT");
      } catch (error) {
        db.exec("ROLLBACK");
        const isTaken = error instanceof Error && "errcode" in error && TAKEN.has(Number(error.errcode));
        throw isTaken ? new PlaceTaken("Something lies in this place already.", { cause: error }) : error;
      }
    },

    [Symbol.dispose]: () => db.close(),
  };
}

/** relay, project and notify: an event is handled when all of them have read it. */
const CONSUMERS = 3;

/** Below every position there can be. */
const START_OF_EVENTS = { position: Number.MIN_SAFE_INTEGER };
