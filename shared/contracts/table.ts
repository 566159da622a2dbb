import type { IndexName, NewEvent } from "../ports/store.ts";

/**
 * The one table: its keys and indexes, whatever its name. Read by infra, by the DynamoDB adapter and by its tests;
 * every attribute named here is a string. SQLite keeps the same columns, so both stores sort alike.
 */
export const TABLE_KEYS = { partitionKey: "pk", sortKey: "sk" } as const;

/** Both indexes project the whole item and are sparse: an item without the attributes is not in them. */
export const TABLE_INDEXES = {
  gsi1: { partitionKey: "gsi1pk", sortKey: "gsi1sk" },
  gsi2: { partitionKey: "gsi2pk", sortKey: "gsi2sk" },
} as const satisfies Record<IndexName, { readonly partitionKey: string; readonly sortKey: string }>;

/** Partitions of events start with this; no item may live there. */
export const EVENT_PARTITION_PREFIX = "EVENTS#";

/** Lambda event source filter: the new events among the records of the table's stream (NEW_IMAGE or both images). */
export const EVENT_STREAM_FILTER = {
  eventName: ["INSERT"],
  dynamodb: { Keys: { pk: { S: [{ prefix: EVENT_PARTITION_PREFIX }] } } },
} as const;

/** Partitions of mails start with this; one mail each. */
export const MAIL_PARTITION_PREFIX = "MAIL#";

/** Lambda event source filter: mails that have just entered the outbox. */
export const MAIL_STREAM_FILTER = {
  eventName: ["INSERT"],
  dynamodb: { Keys: { pk: { S: [{ prefix: MAIL_PARTITION_PREFIX }] } } },
} as const;

/** Partitions of people start with this. */
export const PERSON_PARTITION_PREFIX = "PERSON#";

/** Lambda event source filter: people whom Fairway has just come to know. */
export const PERSON_STREAM_FILTER = {
  eventName: ["INSERT"],
  dynamodb: { Keys: { pk: { S: [{ prefix: PERSON_PARTITION_PREFIX }] }, sk: { S: ["PERSON"] } } },
} as const;

/** Partitions of the log of who read a business case: all that reading itself writes. */
export const ACCESS_PARTITION_PREFIX = "ACCESS#";

/** Where files lie in the bucket; rights on files end here. */
export const FILES_PREFIX = "files/";

/** Wide enough that the text order of sequences is their numeric order, for any safe integer. */
const SEQUENCE_DIGITS = 16;

export function eventPartition(stream: string): string {
  return EVENT_PARTITION_PREFIX + stream;
}

export function eventSortKey(sequence: number): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, "0");
}

export function programmeEventPartition(programmeId: string): string {
  return `PROGRAMME#${programmeId}#EVENTS`;
}

/** Time first, then stream and sequence, so that a programme's history reads in order. */
export function programmeEventSortKey(event: Pick<NewEvent, "at" | "stream" | "sequence">): string {
  return `${event.at}#${event.stream}#${eventSortKey(event.sequence)}`;
}

/** The lowest sort key an event at or after `from` (any ISO 8601 instant) can have. */
export function programmeEventsFrom(from: string): string {
  return new Date(from).toISOString();
}

export function eventId(event: Pick<NewEvent, "stream" | "sequence">): string {
  return `${event.stream}/${event.sequence}`;
}
