import { eventFromImage, isEventRecord } from "../../functions/adapters/dynamodb-records.ts";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import type { EventFeed, Store } from "../../shared/ports/store.ts";
import type { TestDynamoDb } from "./dynamodb.ts";

/** A table with its stream as the feed of consumers: what the Lambda triggers see, in the order they see it. */
export async function openDynamoDbWithFeed(
  dynamoDb: TestDynamoDb,
): Promise<{ readonly store: Store & EventFeed; readonly tableName: string }> {
  const { tableName, readStream } = await dynamoDb.createTable();
  const store = createDynamoDbStore({ client: dynamoDb.client, tableName });
  const listeners = new Set<() => void>();
  return {
    tableName,
    store: {
      ...store,
      async commit(change) {
        const committed = await store.commit(change);
        for (const listener of listeners) listener();
        return committed;
      },
      async read(position, limit) {
        const from = Number(position);
        const records = (await readStream()).filter(isEventRecord).slice(from, from + limit);
        const events = records.map((record) => eventFromImage(record.dynamodb?.NewImage ?? {}));
        return { events, position: String(from + events.length) };
      },
      onCommit(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
