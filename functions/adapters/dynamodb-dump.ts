import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  ScanCommand,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import { encodeEvent, encodeWrites } from "../../shared/contracts/store-writes.ts";
import { EVENT_PARTITION_PREFIX, eventPartition, eventSortKey } from "../../shared/contracts/table.ts";
import type { Key } from "../../shared/ports/store.ts";
import { PlaceTaken, type StoreDump, type StoredRecord, type StoreLoad } from "../../shared/ports/store-dump.ts";
import {
  type Attributes,
  eventAttributes,
  eventFromImage,
  itemAttributes,
  itemFromAttributes,
  MOVED_IN,
} from "./dynamodb-records.ts";
import { type Pause, pauseWithJitter, writeTransaction } from "./dynamodb-transaction.ts";

/** BatchGetItem takes 100 keys. */
const MOST_FOUND = 100;

/**
 * The table past the store's rules. Events placed as handled are marked, and the consumers of the table's stream pass
 * them over (`isEventRecord`). How far consumers have come is not in the table: what is read counts as handled, so read
 * when the stream has nothing left to hand over.
 */
export function createDynamoDbDump({
  client,
  tableName,
  pageSize = 500,
  pause = pauseWithJitter,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly pageSize?: number;
  readonly pause?: Pause;
}): StoreDump & StoreLoad {
  async function get(keys: readonly Key[]): Promise<ReadonlyMap<string, Attributes>> {
    const found = new Map<string, Attributes>();
    let wanted: Record<string, AttributeValue>[] = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: true } } }),
      );
      for (const attributes of Responses?.[tableName] ?? []) {
        found.set(identity({ pk: attributes.pk?.S ?? "", sk: attributes.sk?.S ?? "" }), attributes);
      }
      wanted = UnprocessedKeys?.[tableName]?.Keys ?? [];
      if (wanted.length > 0) await pause(attempt);
    }
    return found;
  }

  return {
    async read(cursor) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: tableName,
          ConsistentRead: true,
          Limit: pageSize,
          ...(cursor === undefined ? {} : { ExclusiveStartKey: JSON.parse(cursor) }),
        }),
      );
      const records = Items.map(recordOf);
      return LastEvaluatedKey === undefined ? { records } : { records, cursor: JSON.stringify(LastEvaluatedKey) };
    },

    async find(records) {
      const keys = records.map(keyOf);
      const found = new Map<string, Attributes>();
      for (let from = 0; from < keys.length; from += MOST_FOUND) {
        for (const [at, attributes] of await get(keys.slice(from, from + MOST_FOUND))) found.set(at, attributes);
      }
      return keys.map((key) => {
        const attributes = found.get(identity(key));
        return attributes && recordOf(attributes);
      });
    },

    async place(records) {
      const reasons = await writeTransaction(client, records.map(writeOf), pause);
      if (reasons !== undefined) throw new PlaceTaken("Something lies in this place already.");
    },
  };

  function writeOf(record: StoredRecord): TransactWriteItem {
    return {
      Put: {
        TableName: tableName,
        Item: attributesOf(record),
        ConditionExpression: "attribute_not_exists(#pk)",
        ExpressionAttributeNames: { "#pk": "pk" },
      },
    };
  }
}

const identity = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

const keyOf = (record: StoredRecord): Key =>
  record.kind === "item"
    ? record.item
    : { pk: eventPartition(record.event.stream), sk: eventSortKey(record.event.sequence) };

function attributesOf(record: StoredRecord): Record<string, AttributeValue> {
  if (record.kind === "item") {
    const { version, ...item } = record.item;
    const [encoded] = encodeWrites([{ kind: "put", item, expectedVersion: version - 1 }]);
    if (encoded?.kind !== "put") throw new TypeError("A put is encoded as a put.");
    return itemAttributes(item, version, encoded.dataJson);
  }
  const { event, handled } = record;
  const attributes = eventAttributes(event, encodeEvent(event).bodyJson);
  return handled ? { ...attributes, [MOVED_IN]: { S: "handled" } } : attributes;
}

const recordOf = (attributes: Attributes): StoredRecord =>
  attributes.pk?.S?.startsWith(EVENT_PARTITION_PREFIX)
    ? { kind: "event", event: eventFromImage(attributes), handled: true }
    : { kind: "item", item: itemFromAttributes(attributes) };
