import { ChangeTooLarge, type Key, type NewEvent, type NewItem, type StoredEvent, type Write } from "../ports/store.ts";
import { EVENT_PARTITION_PREFIX, eventId } from "./table.ts";

/**
 * What a store takes, checked before it is touched: DynamoDB's limits, kept by SQLite too, so that data which fits one
 * fits the other. JSON values are stored as their JSON text: exact in both, whatever numbers, depths or characters
 * a person typed, and of a size known here.
 */
export type EncodedWrite =
  | { readonly kind: "put"; readonly item: NewItem; readonly dataJson: string; readonly expectedVersion: number }
  | Exclude<Write, { kind: "put" }>;

const MAX_WRITES = 99;
const MAX_ITEM_BYTES = 400_000;
/** DynamoDB takes 4 MiB in one transaction; the rest is for attribute names and numbers. */
const MAX_CHANGE_BYTES = 4_000_000;
const MAX_PARTITION_KEY_BYTES = 2048;
const MAX_SORT_KEY_BYTES = 1024;

/** Throws `ChangeTooLarge`, or TypeError for what no caller should ever send (empty keys, half an index entry). */
export function encodeWrites(writes: readonly Write[], eventBytes = 0): readonly EncodedWrite[] {
  if (writes.length > MAX_WRITES) {
    throw new ChangeTooLarge(`${writes.length} items changed at once; at most ${MAX_WRITES} fit one transaction.`);
  }
  const written = new Set<string>();
  let changeBytes = eventBytes;
  const encoded: EncodedWrite[] = [];
  for (const write of writes) {
    const key = keyOf(write);
    assertKey(key);
    const identity = JSON.stringify([key.pk, key.sk]);
    if (written.has(identity)) throw new ChangeTooLarge(`${key.pk} ${key.sk} is written twice in one change.`);
    written.add(identity);
    if (write.kind !== "put") {
      encoded.push(write);
      continue;
    }
    assertIndexEntries(write.item);
    const dataJson = JSON.stringify(write.item.data);
    changeBytes += assertSize(
      `${key.pk} ${key.sk}`,
      Object.values(write.item).filter((value) => typeof value === "string"),
      dataJson,
    );
    encoded.push({ kind: "put", item: write.item, dataJson, expectedVersion: write.expectedVersion });
  }
  if (changeBytes > MAX_CHANGE_BYTES) {
    throw new ChangeTooLarge(`A change of ${changeBytes} bytes; at most ${MAX_CHANGE_BYTES} fit one transaction.`);
  }
  return encoded;
}

/** The part of an event that is not a key, as JSON text, and the event's size. Throws `ChangeTooLarge`. */
export function encodeEvent(event: NewEvent): { readonly bodyJson: string; readonly bytes: number } {
  const { actor, reason, data } = event;
  const bodyJson = JSON.stringify({ actor, reason, data });
  // The stream, programme and time are stored twice, for the two orders events are read in.
  const keys = [event.stream, event.programmeId, event.at];
  const bytes = assertSize(`The event ${event.type} of ${event.stream}`, [...keys, ...keys, event.type], bodyJson);
  return { bodyJson, bytes };
}

/** An event as it was committed, from its keys and the text `encodeEvent` made. */
export function decodeEvent(
  { stream, sequence, programmeId, type, at }: Omit<NewEvent, "actor" | "reason" | "data">,
  bodyJson: string,
): StoredEvent {
  return { id: eventId({ stream, sequence }), stream, sequence, programmeId, type, at, ...JSON.parse(bodyJson) };
}

export function keyOf(write: Write | EncodedWrite): Key {
  return write.kind === "put" ? write.item : write.key;
}

function assertKey({ pk, sk }: Key): void {
  if (pk === "" || sk === "") throw new TypeError(`An item's key has an empty part: "${pk}" "${sk}".`);
  if (pk.startsWith(EVENT_PARTITION_PREFIX)) throw new TypeError(`${pk} is kept for events, which nobody rewrites.`);
  assertKeyBytes(pk, sk);
}

function assertIndexEntries(item: NewItem): void {
  for (const [pk, sk] of [
    [item.gsi1pk, item.gsi1sk],
    [item.gsi2pk, item.gsi2sk],
  ]) {
    if (pk === undefined && sk === undefined) continue;
    if (!pk || !sk) throw new TypeError(`${item.pk} ${item.sk} has half an index entry: "${pk}" "${sk}".`);
    assertKeyBytes(pk, sk);
  }
}

function assertKeyBytes(pk: string, sk: string): void {
  if (!pk.isWellFormed() || !sk.isWellFormed()) throw new TypeError(`A key is not well-formed Unicode: ${pk} ${sk}.`);
  if (utf8Bytes(pk) > MAX_PARTITION_KEY_BYTES || utf8Bytes(sk) > MAX_SORT_KEY_BYTES) {
    throw new ChangeTooLarge(
      `The key ${pk.slice(0, 40)}… ${sk.slice(0, 40)}… is over ${MAX_PARTITION_KEY_BYTES} or ${MAX_SORT_KEY_BYTES} bytes.`,
    );
  }
}

function assertSize(what: string, attributes: readonly string[], json: string): number {
  const bytes = attributes.reduce((sum, attribute) => sum + utf8Bytes(attribute), utf8Bytes(json));
  if (bytes > MAX_ITEM_BYTES) throw new ChangeTooLarge(`${what} has ${bytes} bytes; at most ${MAX_ITEM_BYTES} fit.`);
  return bytes;
}

const utf8 = new TextEncoder();

function utf8Bytes(text: string): number {
  return utf8.encode(text).length;
}
