import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type Put,
  QueryCommand,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import {
  decodeCursor,
  encodeCursor,
  type Position,
  pageLimit,
  type SortRange,
  sortRange,
} from "../../shared/contracts/store-pages.ts";
import {
  decodeEvent,
  type EncodedWrite,
  encodeEvent,
  encodeWrites,
  keyOf,
} from "../../shared/contracts/store-writes.ts";
import {
  eventPartition,
  eventSortKey,
  programmeEventPartition,
  programmeEventsFrom,
  TABLE_INDEXES,
  TABLE_KEYS,
} from "../../shared/contracts/table.ts";
import { upcast } from "../../shared/contracts/upcasters.ts";
import {
  type EventQuery,
  type IndexName,
  type Item,
  type Key,
  type NewEvent,
  type Page,
  type Store,
  VersionConflict,
} from "../../shared/ports/store.ts";
import {
  type Attributes,
  eventAttributes,
  eventFromImage,
  itemAttributes,
  itemFromAttributes,
  versionOf,
} from "./dynamodb-records.ts";
import { isConditionFailure, type Pause, pauseWithJitter, writeTransaction } from "./dynamodb-transaction.ts";

/**
 * The store in one DynamoDB table: a change is one transaction of conditional writes, the event the last of them.
 * Events lie in the same table, in partitions of their own; the table's stream hands them to the Lambda functions.
 */
export function createDynamoDbStore({
  client,
  tableName,
  pause = pauseWithJitter,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly pause?: Pause;
}): Store {
  async function read(key: Key): Promise<Attributes | undefined> {
    const input = { TableName: tableName, Key: keyAttributes(key), ConsistentRead: true };
    return (await client.send(new GetItemCommand(input))).Item;
  }

  async function lastSequence(stream: string): Promise<number> {
    const { items } = await eventsOf(stream, { reverse: true, limit: 1 });
    return items[0]?.sequence ?? 0;
  }

  function eventsOf(stream: string, query: EventQuery) {
    return page("table", eventPartition(stream), {}, query, eventFromImage);
  }

  /**
   * Events are never deleted, so once the one before is there it stays: no need to check it within the transaction,
   * where it would take the place of the 99th write.
   */
  async function followsLast({ stream, sequence }: NewEvent): Promise<boolean> {
    if (sequence === 1) return true;
    if (!Number.isSafeInteger(sequence) || sequence < 1) return false;
    return (await read({ pk: eventPartition(stream), sk: eventSortKey(sequence - 1) })) !== undefined;
  }

  async function sequenceConflict(stream: string): Promise<VersionConflict> {
    return new VersionConflict({ pk: stream, sk: "EVENTS", currentVersion: await lastSequence(stream) });
  }

  /** What a transaction would have refused, for an event that cannot even be tried. */
  async function findWriteConflict(writes: readonly EncodedWrite[]): Promise<VersionConflict | undefined> {
    for (const write of writes) {
      const { pk, sk } = keyOf(write);
      const currentVersion = versionOf(await read({ pk, sk }));
      if (currentVersion !== write.expectedVersion) return new VersionConflict({ pk, sk, currentVersion });
    }
    return undefined;
  }

  function writeItem(write: EncodedWrite): TransactWriteItem {
    const condition = {
      TableName: tableName,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
      ...stillAt(write.expectedVersion),
    };
    switch (write.kind) {
      case "put":
        return { Put: { ...condition, Item: itemAttributes(write.item, write.expectedVersion + 1, write.dataJson) } };
      case "delete":
        return { Delete: { ...condition, Key: keyAttributes(write.key) } };
      case "check":
        return { ConditionCheck: { ...condition, Key: keyAttributes(write.key) } };
    }
  }

  function writeEvent(event: NewEvent, bodyJson: string): TransactWriteItem {
    return {
      Put: {
        TableName: tableName,
        Item: eventAttributes(event, bodyJson),
        ConditionExpression: "attribute_not_exists(#pk)",
        ExpressionAttributeNames: { "#pk": "pk" },
      },
    };
  }

  /** Throws `VersionConflict` for the first of `writes` refused; false when only what follows them was. */
  async function transact(writes: readonly EncodedWrite[], following: TransactWriteItem[]): Promise<boolean> {
    const reasons = await writeTransaction(client, [...writes.map(writeItem), ...following], pause);
    if (reasons === undefined) return true;
    for (const [index, write] of writes.entries()) {
      const reason = reasons[index];
      if (reason === undefined || !isConditionFailure(reason)) continue;
      const { pk, sk } = keyOf(write);
      throw new VersionConflict({ pk, sk, currentVersion: versionOf(reason.Item) });
    }
    return false;
  }

  /** Entries of one partition in sort order, after the cursor, and the cursor that follows. */
  async function page<T>(
    source: IndexName | "table",
    partition: string,
    range: SortRange | undefined,
    query: EventQuery,
    fromAttributes: (attributes: Attributes) => T,
  ): Promise<Page<T>> {
    const limit = pageLimit(query.limit);
    if (range === undefined) return { items: [] };
    const { partitionKey, sortKey } = source === "table" ? TABLE_KEYS : TABLE_INDEXES[source];
    const scope = `${source}:${partition}`;
    const found: Attributes[] = [];
    let startKey: Record<string, AttributeValue> | undefined;
    if (query.cursor !== undefined) {
      const after = decodeCursor(scope, range, query.cursor);
      startKey = { [partitionKey]: { S: partition }, [sortKey]: { S: after.sortKey }, ...keyAttributes(after) };
    }
    const sortCondition = sortKeyCondition(range);
    // One more than asked for tells whether anything follows; DynamoDB's own mark may point at nothing.
    do {
      const response = await client.send(
        new QueryCommand({
          TableName: tableName,
          ...(source === "table" ? { ConsistentRead: true } : { IndexName: source }),
          KeyConditionExpression: `#partition = :partition${sortCondition.expression}`,
          ExpressionAttributeNames: {
            "#partition": partitionKey,
            ...(sortCondition.expression === "" ? {} : { "#sort": sortKey }),
          },
          ExpressionAttributeValues: { ":partition": { S: partition }, ...sortCondition.values },
          ScanIndexForward: !query.reverse,
          Limit: limit + 1 - found.length,
          ExclusiveStartKey: startKey,
        }),
      );
      found.push(...(response.Items ?? []));
      startKey = response.LastEvaluatedKey;
    } while (startKey !== undefined && found.length <= limit);

    const items = found.slice(0, limit).map(fromAttributes);
    const last = found[limit - 1];
    if (found.length <= limit || last === undefined) return { items };
    return { items, cursor: encodeCursor(scope, positionOf(last, sortKey)) };
  }

  return {
    async get(key) {
      const attributes = await read(key);
      return attributes === undefined ? undefined : currentItem(attributes);
    },

    async query(query): Promise<Page<Item>> {
      return page(query.index ?? "table", query.pk, sortRange(query), query, currentItem);
    },

    async commit({ writes, event }) {
      const { bodyJson, bytes } = encodeEvent(event);
      const encoded = encodeWrites(writes, bytes);
      if (!(await followsLast(event))) {
        throw (await findWriteConflict(encoded)) ?? (await sequenceConflict(event.stream));
      }
      const isWritten = await transact(encoded, [writeEvent(event, bodyJson)]);
      if (!isWritten) throw await sequenceConflict(event.stream);
      return decodeEvent(event, bodyJson);
    },

    async derive(writes) {
      const encoded = encodeWrites(writes);
      if (encoded.length > 0) await transact(encoded, []);
    },

    async eventsOf(stream, query = {}) {
      return eventsOf(stream, query);
    },

    async eventsOfProgramme(programmeId, query = {}) {
      const range = query.from === undefined ? {} : { from: programmeEventsFrom(query.from) };
      return page("gsi1", programmeEventPartition(programmeId), range, query, eventFromImage);
    },
  };
}

/** The condition that an item is at this version, 0 for one that is not there. */
function stillAt(version: number): Pick<Put, "ExpressionAttributeNames" | "ExpressionAttributeValues"> & {
  readonly ConditionExpression: string;
} {
  return version === 0
    ? { ConditionExpression: "attribute_not_exists(#pk)", ExpressionAttributeNames: { "#pk": "pk" } }
    : {
        ConditionExpression: "#version = :expected",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":expected": { N: String(version) } },
      };
}

const currentItem = (attributes: Attributes): Item => upcast(itemFromAttributes(attributes));

function keyAttributes({ pk, sk }: Key): Record<"pk" | "sk", AttributeValue> {
  return { pk: { S: pk }, sk: { S: sk } };
}

function positionOf(attributes: Attributes, sortKey: string): Position {
  return {
    sortKey: attributes[sortKey]?.S ?? "",
    pk: attributes.pk?.S ?? "",
    sk: attributes.sk?.S ?? "",
  };
}

function sortKeyCondition({ prefix, from, to }: SortRange): {
  readonly expression: string;
  readonly values: Record<string, AttributeValue>;
} {
  if (prefix !== undefined) {
    return { expression: " AND begins_with(#sort, :prefix)", values: { ":prefix": { S: prefix } } };
  }
  if (from !== undefined && to !== undefined) {
    return { expression: " AND #sort BETWEEN :from AND :to", values: { ":from": { S: from }, ":to": { S: to } } };
  }
  if (from !== undefined) return { expression: " AND #sort >= :from", values: { ":from": { S: from } } };
  if (to !== undefined) return { expression: " AND #sort <= :to", values: { ":to": { S: to } } };
  return { expression: "", values: {} };
}
