/**
 * The tables of what happened. A row of `history` is what one commit added to one execution: the events of its
 * transitions, each with its time, and the state they put in place. Rows of an execution that has ended may be packed
 * (`packed_history`), which no reader notices.
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Changes } from "./asl/execution.ts";
import type { HistoryEvent } from "./asl/history.ts";
import { pack, type UnpackedRow, unpack } from "./packed-history.ts";

/** The events of one transition and when it was. */
export type TimedEvents = readonly [atMs: number, events: readonly HistoryEvent[]];

export function historyRows(db: DatabaseSync) {
  const sql = {
    insert: db.prepare("INSERT INTO history (execution, last_event, at, events, changes) VALUES (?, ?, ?, ?, ?)"),
    changes: db.prepare("SELECT changes FROM history WHERE execution = ? ORDER BY entry"),
    forward: db.prepare("SELECT events FROM history WHERE execution = ? AND last_event >= ? ORDER BY entry"),
    reverse: db.prepare(
      "SELECT events FROM history WHERE execution = ? AND entry <= coalesce(" +
        "(SELECT min(entry) FROM history WHERE execution = ?1 AND last_event >= ?2), 9e18) ORDER BY entry DESC",
    ),
    mentions: db.prepare("SELECT 1 FROM history WHERE execution = ? AND instr(events, ?) > 0 LIMIT 1"),
    rows: db.prepare("SELECT * FROM history WHERE execution = ? ORDER BY entry"),
    remove: db.prepare("DELETE FROM history WHERE execution = ?"),
    removeUpTo: db.prepare("DELETE FROM history WHERE execution = ? AND entry <= ?"),
    insertPack: db.prepare(
      "INSERT INTO packed_history (execution, first_entry, last_event, events, changes) VALUES (?, ?, ?, ?, ?)",
    ),
    packedChanges: db.prepare("SELECT changes FROM packed_history WHERE execution = ? ORDER BY first_entry"),
    packedEvents: db.prepare("SELECT events FROM packed_history WHERE execution = ? ORDER BY first_entry"),
    packsForward: db.prepare(
      "SELECT events FROM packed_history WHERE execution = ? AND last_event >= ? ORDER BY first_entry",
    ),
    packsReverse: db.prepare(
      "SELECT events FROM packed_history WHERE execution = ? AND first_entry <= coalesce(" +
        "(SELECT min(first_entry) FROM packed_history WHERE execution = ?1 AND last_event >= ?2), 9e18) " +
        "ORDER BY first_entry DESC",
    ),
    removePacks: db.prepare("DELETE FROM packed_history WHERE execution = ?"),
  };

  function* eventTexts(executionId: number, eventId: number, order: "forward" | "reverse"): Iterable<string> {
    const isForward = order === "forward";
    function* packed(): Iterable<string> {
      const packs = (isForward ? sql.packsForward : sql.packsReverse).all(executionId, eventId);
      for (const row of packs) yield unpack(blobOf(row.events));
    }
    function* unpacked(): Iterable<string> {
      const rows = (isForward ? sql.forward : sql.reverse).iterate(executionId, eventId);
      for (const row of rows) yield String(row.events);
    }
    // What is packed is older than what is not.
    for (const part of isForward ? [packed, unpacked] : [unpacked, packed]) yield* part();
  }

  return {
    /** Adds what one commit brings: all its transitions, and what they put in place taken together. */
    add(executionId: number, transitions: readonly TimedEvents[], changes: Changes): void {
      const atMs = transitions.at(-1)?.[0] ?? 0;
      sql.insert.run(executionId, changes.lastEventId, atMs, JSON.stringify(transitions), JSON.stringify(changes));
    },

    /** The changes of each commit, to lay over each other. */
    *changes(executionId: number): Iterable<Changes> {
      for (const row of sql.packedChanges.all(executionId)) yield* JSON.parse(unpack(blobOf(row.changes))) as Changes[];
      for (const row of sql.changes.iterate(executionId)) yield JSON.parse(String(row.changes)) as Changes;
    },

    /** Events from `eventId` on, or from there backwards. */
    *events(
      executionId: number,
      eventId: number,
      order: "forward" | "reverse",
    ): Iterable<HistoryEvent & { readonly atMs: number }> {
      const isForward = order === "forward";
      for (const text of eventTexts(executionId, eventId, order)) {
        const transitions = JSON.parse(text) as TimedEvents[];
        for (const [atMs, events] of isForward ? transitions : transitions.reverse()) {
          for (const event of isForward ? events : events.toReversed()) {
            const isWanted = isForward ? event.id >= eventId : event.id <= eventId;
            if (isWanted) yield { ...event, atMs };
          }
        }
      }
    },

    /** Whether any event of the execution mentions the text. */
    mentions(executionId: number, text: string): boolean {
      if (sql.mentions.get(executionId, text) !== undefined) return true;
      for (const row of sql.packedEvents.all(executionId)) if (unpack(blobOf(row.events)).includes(text)) return true;
      return false;
    },

    /** Moves rows into a pack, some `characters` of JSON at most; the answer is how many those were. */
    packSome(executionId: number, characters: number): number {
      const rows: UnpackedRow[] = [];
      let taken = 0;
      for (const row of sql.rows.iterate(executionId)) {
        if (taken >= characters) break;
        const unpacked = toUnpackedRow(row);
        rows.push(unpacked);
        taken += unpacked.events.length + unpacked.changes.length;
      }
      const last = rows.at(-1);
      if (last !== undefined) {
        const { firstEntry, lastEvent, events, changes } = pack(rows);
        sql.insertPack.run(executionId, firstEntry, lastEvent, events, changes);
        sql.removeUpTo.run(executionId, last.entry);
      }
      return taken;
    },

    remove(executionId: number): void {
      sql.remove.run(executionId);
      sql.removePacks.run(executionId);
    },
  };
}

function blobOf(value: SQLOutputValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError("A pack is a blob");
}

function toUnpackedRow(row: Record<string, SQLOutputValue>): UnpackedRow {
  return {
    entry: Number(row.entry),
    lastEvent: Number(row.last_event),
    events: String(row.events),
    changes: String(row.changes),
  };
}
