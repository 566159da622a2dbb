import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { decodeEvent } from "../../shared/contracts/store-writes.ts";
import {
  EVENT_PARTITION_PREFIX,
  eventPartition,
  eventSortKey,
  MAIL_PARTITION_PREFIX,
  programmeEventPartition,
  programmeEventSortKey,
} from "../../shared/contracts/table.ts";
import type { Item, NewEvent, NewItem, StoredEvent } from "../../shared/ports/store.ts";

/**
 * How items and events lie in the table. Keys, versions and types are attributes of their own; the rest is JSON text
 * in `data` (items) or `body` (events: actor, reason, data), see `shared/contracts/store-writes.ts`.
 */

/** An attribute as the SDK and as a Lambda stream event type it; this table has texts and numbers only. */
interface Attribute {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
}

export type Attributes = Readonly<Record<string, Attribute>>;

export function itemAttributes(item: NewItem, version: number, dataJson: string): Record<string, AttributeValue> {
  return {
    pk: { S: item.pk },
    sk: { S: item.sk },
    version: { N: String(version) },
    type: { S: item.type },
    data: { S: dataJson },
    ...(item.gsi1pk && item.gsi1sk ? { gsi1pk: { S: item.gsi1pk }, gsi1sk: { S: item.gsi1sk } } : {}),
    ...(item.gsi2pk && item.gsi2sk ? { gsi2pk: { S: item.gsi2pk }, gsi2sk: { S: item.gsi2sk } } : {}),
  };
}

export function itemFromAttributes(attributes: Attributes): Item {
  const { gsi1pk, gsi1sk, gsi2pk, gsi2sk } = attributes;
  return {
    pk: text(attributes, "pk"),
    sk: text(attributes, "sk"),
    version: versionOf(attributes),
    type: text(attributes, "type"),
    data: JSON.parse(text(attributes, "data")),
    ...(gsi1pk?.S && gsi1sk?.S ? { gsi1pk: gsi1pk.S, gsi1sk: gsi1sk.S } : {}),
    ...(gsi2pk?.S && gsi2sk?.S ? { gsi2pk: gsi2pk.S, gsi2sk: gsi2sk.S } : {}),
  };
}

/** 0 for an item that does not exist. */
export function versionOf(attributes: Attributes | undefined): number {
  return Number(attributes?.version?.N ?? 0);
}

export function eventAttributes(event: NewEvent, bodyJson: string): Record<string, AttributeValue> {
  return {
    pk: { S: eventPartition(event.stream) },
    sk: { S: eventSortKey(event.sequence) },
    gsi1pk: { S: programmeEventPartition(event.programmeId) },
    gsi1sk: { S: programmeEventSortKey(event) },
    stream: { S: event.stream },
    sequence: { N: String(event.sequence) },
    programmeId: { S: event.programmeId },
    type: { S: event.type },
    at: { S: event.at },
    body: { S: bodyJson },
  };
}

/** The event in a stream record's NewImage (or in an item read). Throws TypeError when the image is not an event's. */
export function eventFromImage(image: Attributes): StoredEvent {
  return decodeEvent(
    {
      stream: text(image, "stream"),
      sequence: Number(image.sequence?.N),
      programmeId: text(image, "programmeId"),
      type: text(image, "type"),
      at: text(image, "at"),
    },
    text(image, "body"),
  );
}

/** A record of the table's stream, as Lambda hands it over and as the SDK reads it. */
interface StreamRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | { readonly Keys?: Attributes | undefined; readonly NewImage?: Attributes | undefined }
    | undefined;
}

/** Attribute of events that came from another store, where they were handled: nobody is told of them again (I7). */
export const MOVED_IN = "movedIn";

/** True for what `EVENT_STREAM_FILTER` selects, a new event and not a change of an item, unless it was moved here. */
export function isEventRecord({ eventName, dynamodb }: StreamRecord): boolean {
  const isEvent = eventName === "INSERT" && (dynamodb?.Keys?.pk?.S ?? "").startsWith(EVENT_PARTITION_PREFIX);
  return isEvent && dynamodb?.NewImage?.[MOVED_IN] === undefined;
}

/** The mail's id for what `MAIL_STREAM_FILTER` selects; undefined for every other record. */
export function mailIdOf(record: StreamRecord): string | undefined {
  const pk = record.dynamodb?.Keys?.pk?.S ?? "";
  return record.eventName === "INSERT" && pk.startsWith(MAIL_PARTITION_PREFIX)
    ? pk.slice(MAIL_PARTITION_PREFIX.length)
    : undefined;
}

function text(attributes: Attributes, name: string): string {
  const value = attributes[name]?.S;
  if (value === undefined) throw new TypeError(`A record of the table has no text "${name}".`);
  return value;
}
