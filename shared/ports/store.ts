/**
 * The store: one table of versioned items and, in the same transaction, one event per change.
 *
 * Owns: atomicity (I2), optimistic concurrency (I6), the order of events within a stream.
 * Knows nothing of pilots: keys and items are made in `shared/contracts/items.ts`.
 * Two adapters keep this port: `local/store` (SQLite) and `functions/adapters/dynamodb-store.ts`;
 * both run `test/store/store.suite.ts`.
 */

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Secondary indexes; each is a pair of attributes an item may carry. Both project the whole item. */
export type IndexName = "gsi1" | "gsi2";

/** One stored record. `data` is plain JSON: no undefined, no NaN, no Date. */
export interface Item extends Key {
  /** Starts at 1, grows by one with each put. */
  readonly version: number;
  /** What the record is, e.g. "pilot"; for readers and exports, the store does not look at it. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

/** An item as a writer gives it; the store counts the version. */
export type NewItem = Omit<Item, "version">;

export type Write =
  /** Creates (`expectedVersion` 0) or replaces (the version read before) an item. */
  | { readonly kind: "put"; readonly item: NewItem; readonly expectedVersion: number }
  | { readonly kind: "delete"; readonly key: Key; readonly expectedVersion: number }
  /** Changes nothing; the commit fails if the item is at another version (0 = must not exist). */
  | { readonly kind: "check"; readonly key: Key; readonly expectedVersion: number };

/** Who did what to which stream, when and why. Immutable once committed. */
export interface StoredEvent {
  /** Unique over all streams: `<stream>/<sequence>`. */
  readonly id: string;
  /** The thing whose history this is, e.g. "PILOT#p-1". */
  readonly stream: string;
  /** Starts at 1, without gaps, within the stream. */
  readonly sequence: number;
  readonly programmeId: string;
  /** Past tense, e.g. "DeliverableSubmitted". */
  readonly type: string;
  /** ISO 8601 UTC instant, milliseconds. */
  readonly at: string;
  readonly actor: {
    readonly personId: string;
    readonly role: string;
    /** Somebody away, in whose seat the person acted. */
    readonly forPersonId?: string;
  };
  readonly reason?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type NewEvent = Omit<StoredEvent, "id">;

/** I2: what one decision changes. At most 99 writes (DynamoDB takes 100 in a transaction, the event is one). */
export interface Change {
  readonly writes: readonly Write[];
  readonly event: NewEvent;
}

export interface Query {
  readonly pk: string;
  /** The table itself when absent. */
  readonly index?: IndexName;
  /** Sort keys starting with this; exclusive with `from`/`to`. */
  readonly prefix?: string;
  /** Lowest sort key, inclusive. */
  readonly from?: string;
  /** Highest sort key, inclusive. */
  readonly to?: string;
  readonly reverse?: boolean;
  /** At most 1000, the default. */
  readonly limit?: number;
  /** As given by the page before, same query. */
  readonly cursor?: string;
}

/** Items in order of the sort key (UTF-8 bytes), ties by pk then sk of the table. No cursor: nothing follows. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface EventQuery {
  readonly reverse?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface Store {
  /** Strongly consistent. */
  get(key: Key): Promise<Item | undefined>;
  /** Strongly consistent on the table, eventually on an index (SQLite: always strongly). */
  query(query: Query): Promise<Page<Item>>;
  /**
   * Writes all or nothing, durably before it returns.
   * Throws `VersionConflict` when an item or the event's sequence is not as expected,
   * `ChangeTooLarge` over 99 writes, an item over 400,000 bytes or an item written twice.
   */
  commit(change: Change): Promise<StoredEvent>;
  /** As `commit`, for what is derived from events (projections, outbox, wait tokens): no event of its own. */
  derive(writes: readonly Write[]): Promise<void>;
  /** Events of one stream in order of sequence. */
  eventsOf(stream: string, query?: EventQuery): Promise<Page<StoredEvent>>;
  /** Events of one programme in order of time, then stream and sequence; `from` is an ISO instant, inclusive. */
  eventsOfProgramme(programmeId: string, query?: EventQuery & { readonly from?: string }): Promise<Page<StoredEvent>>;
}

/**
 * All events in the order of commit, each at least once: what relay, projections and notify read.
 * On AWS the DynamoDB stream plays this part.
 */
export interface EventFeed {
  /** Events after `position` ("" = from the start); the position to continue from. */
  read(position: string, limit: number): Promise<{ events: readonly StoredEvent[]; position: string }>;
  /** Called after commits, without the events; may be called too often, never too seldom. Returns the end of it. */
  onCommit(listener: () => void): () => void;
}

export class VersionConflict extends Error {
  override name = "VersionConflict" as const;
  /** The first write that did not fit, or the event's stream; `currentVersion` is the sequence for a stream. */
  readonly conflict: { readonly pk: string; readonly sk: string; readonly currentVersion: number };
  constructor(conflict: VersionConflict["conflict"]) {
    super(`Somebody else changed ${conflict.pk} ${conflict.sk} (now at version ${conflict.currentVersion}).`);
    this.conflict = conflict;
  }
}

export class ChangeTooLarge extends Error {
  override name = "ChangeTooLarge" as const;
}
