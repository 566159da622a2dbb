import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventFromImage, isEventRecord } from "../../functions/adapters/dynamodb-records.ts";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import { startDynamoDb, type TestDynamoDb } from "../support/dynamodb.ts";
import { storeSuite } from "./store.suite.ts";
import { event, item, put } from "./store-fixtures.ts";

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb[Symbol.asyncDispose]());

async function open() {
  const { tableName } = await dynamoDb.createTable();
  return createDynamoDbStore({ client: dynamoDb.client, tableName });
}

storeSuite("DynamoDB", open);

describe("DynamoDB's stream", () => {
  test("carries every event once, in the order of commit, among the changes of items", async () => {
    const { tableName, readStream } = await dynamoDb.createTable();
    const store = createDynamoDbStore({ client: dynamoDb.client, tableName });
    const committed = [];
    for (let sequence = 1; sequence <= 5; sequence += 1) {
      const writes = [put(item("A", "a", { data: { sequence } }), sequence - 1)];
      committed.push(await store.commit({ writes, event: event(sequence, { reason: "Grüße" }) }));
      await store.derive([put(item("B", String(sequence)))]);
    }
    await store.derive([{ kind: "delete", key: { pk: "A", sk: "a" }, expectedVersion: 5 }]);

    const events = (await readStream()).filter(isEventRecord);
    expect(events.map((record) => eventFromImage(record.dynamodb?.NewImage ?? {}))).toEqual(committed);
  });

  test("holds no event for a change that was refused", async () => {
    const { tableName, readStream } = await dynamoDb.createTable();
    const store = createDynamoDbStore({ client: dynamoDb.client, tableName });
    await expect(store.commit({ writes: [put(item("A", "a"), 1)], event: event(1) })).rejects.toThrow();
    expect(await readStream()).toEqual([]);
  });

  test("gives an error, not half an event, for an image that is not one", () => {
    expect(() => eventFromImage({ pk: { S: "A" } })).toThrow(TypeError);
  });
});
