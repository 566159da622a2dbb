/**
 * Transitions of an execution that has ended, packed: the JSON texts of many rows in two compressed blobs, one for
 * reading histories and one for reading states. Nothing is left out.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** A transition as its row holds it; `events` and `changes` are JSON texts. */
export interface TransitionRow {
  readonly entry: number;
  readonly lastEvent: number;
  readonly atMs: number;
  readonly events: string;
  readonly changes: string;
}

export interface Pack {
  readonly firstEntry: number;
  readonly lastEvent: number;
  readonly events: Uint8Array;
  readonly changes: Uint8Array;
}

/** `rows` in order, at least one. */
export function pack(rows: readonly TransitionRow[]): Pack {
  return {
    firstEntry: rows[0]?.entry ?? 0,
    lastEvent: rows.at(-1)?.lastEvent ?? 0,
    events: deflateRawSync(`[${rows.map(({ atMs, events }) => `[${atMs},${events}]`).join(",")}]`),
    changes: deflateRawSync(`[${rows.map(({ changes }) => changes).join(",")}]`),
  };
}

/** The JSON text of an array: of `[atMs, events]`, or of changes. */
export function unpack(blob: Uint8Array): string {
  return inflateRawSync(blob).toString();
}
