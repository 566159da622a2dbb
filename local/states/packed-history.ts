/**
 * Rows of an execution that has ended, packed: the JSON texts of many in two compressed blobs, one for reading histories
 * and one for reading states. Nothing is left out.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** `events` (an array) and `changes` are JSON texts. */
export interface UnpackedRow {
  readonly entry: number;
  readonly lastEvent: number;
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
export function pack(rows: readonly UnpackedRow[]): Pack {
  return {
    firstEntry: rows[0]?.entry ?? 0,
    lastEvent: rows.at(-1)?.lastEvent ?? 0,
    // The elements of all the arrays in one.
    events: deflateRawSync(`[${rows.map(({ events }) => events.slice(1, -1)).join(",")}]`),
    changes: deflateRawSync(`[${rows.map(({ changes }) => changes).join(",")}]`),
  };
}

/** The JSON text of an array: of the elements of each row's events, or of changes. */
export function unpack(blob: Uint8Array): string {
  return inflateRawSync(blob).toString();
}
