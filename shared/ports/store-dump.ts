/**
 * A whole store read and filled past its rules: for moving house, for nothing else.
 *
 * Versions, sequences and the text of all data stay as they are; nothing is decided, and no consumer hears of what is
 * placed as handled. Two adapters keep this port: `local/store/sqlite-dump.ts` and `functions/adapters/dynamodb-dump.ts`;
 * both run `test/store/store-dump.test.ts`.
 */
import type { Item, StoredEvent } from "./store.ts";

export type StoredRecord =
  | { readonly kind: "item"; readonly item: Item }
  | {
      readonly kind: "event";
      readonly event: StoredEvent;
      /** False: relay, projections and notify have yet to see it, at the new place too. */
      readonly handled: boolean;
    };

export interface StoreDump {
  /**
   * Every item and event once, as long as nobody writes, in an order of the store's own that is the same each time.
   * No cursor: nothing follows.
   */
  read(cursor?: string): Promise<{ readonly records: readonly StoredRecord[]; readonly cursor?: string }>;
}

export interface StoreLoad {
  /** For each record what lies in its place, in their order; undefined: nothing. */
  find(records: readonly StoredRecord[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** Puts records where nothing lies yet, at most `MOST_PLACED` of them, all or none. Throws `PlaceTaken`. */
  place(records: readonly StoredRecord[]): Promise<void>;
}

export const MOST_PLACED = 50;

export class PlaceTaken extends Error {
  override name = "PlaceTaken" as const;
}
