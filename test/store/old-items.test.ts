/** Items as older versions of Fairway wrote them, kept as fixtures: both stores read them as today's, and work goes on. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import { createClock } from "../../local/clock.ts";
import { seedPeople } from "../../local/sample/people.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { key, pilotStream } from "../../shared/contracts/items.ts";
import { changedTypes, ItemTooNew, schemaOf } from "../../shared/contracts/upcasters.ts";
import { systemActor } from "../../shared/domain/actor.ts";
import type { Item, Store } from "../../shared/ports/store.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { startDynamoDb, type TestDynamoDb } from "../support/dynamodb.ts";
import { event } from "./store-fixtures.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/old-items");

/** All items of one pilot, of which those of the type are of the schema; the file is named after both. */
const fixture = (type: string, schema: number): readonly Item[] =>
  JSON.parse(readFileSync(join(FOLDER, `${type}-${schema}.json`), "utf8"));

const older = changedTypes.flatMap((type) =>
  Array.from({ length: schemaOf(type) - 1 }, (_, index) => ({ type, schema: index + 1 })),
);

test("there are items of each schema that is no longer written", () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(older.map(({ type, schema }) => `${type}-${schema}.json`).toSorted());
  for (const { type, schema } of older) {
    const ofType = fixture(type, schema).filter((item) => item.type === type);
    expect(ofType.map(({ data }) => data.schema ?? 1)).toEqual([schema]);
  }
});

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb[Symbol.asyncDispose]());

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  SQLite: async () => openSqliteStore(":memory:"),
  DynamoDB: async () => {
    const { tableName } = await dynamoDb.createTable();
    return createDynamoDbStore({ client: dynamoDb.client, tableName });
  },
};

describe.each(Object.entries(stores))("%s", (_name, open) => {
  const clock = createClock({ start: new Date("2026-12-02T09:00:00.000Z"), frozen: true });

  test.each(older)("hands out a $type of schema $schema as today's, and its next change writes it so", async (old) => {
    const store = await open();
    await seedPeople({ store, clock });
    for (const { version, ...item } of fixture(old.type, old.schema)) {
      // As often as it was written: a pilot's head knows the versions beside it.
      for (let before = 0; before < version; before += 1) {
        await store.derive([{ kind: "put", item, expectedVersion: before }]);
      }
    }
    const head = await store.get(key.pilot("p-1"));
    for (let sequence = 1; sequence <= Number(head?.data.sequence); sequence += 1) {
      await store.commit({ writes: [], event: event(sequence, { stream: pilotStream("p-1") }) });
    }
    expect(head?.data).toMatchObject({
      schema: schemaOf("pilot"),
      progress: { stageSince: "2026-11-30T07:17:00.000Z", openDueAt: [] },
    });
    const listed = await store.query({ index: "gsi1", pk: "PROGRAMME#sample#PILOTS" });
    expect(listed.items).toEqual([head]);

    const pilots = createPilotRecords({ store, clock });
    expect((await pilots.load("p-1"))?.deliverables["IN-1"]?.status).toBe("accepted");
    const opening = { type: "OpenStage", runId: "needs-1" } as const;
    const { state } = await pilots.change("p-1", opening, systemActor("sample"));
    expect(state.deliverables["NA-1"]?.status).toBe("not_started");
    const again = await store.get(key.pilot("p-1"));
    expect(again?.data).toMatchObject({ schema: schemaOf("pilot"), progress: { openDueAt: expect.any(Array) } });
    expect(await pilots.load("p-1")).toEqual(state);
  });

  test("refuses by name what a newer Fairway wrote, alone and in a list", async () => {
    const store = await open();
    const data = { schema: schemaOf("pilot") + 1 };
    const item = { ...key.pilot("p-2"), type: "pilot", gsi1pk: "NEWER", gsi1sk: "p-2", data };
    await store.derive([{ kind: "put", item, expectedVersion: 0 }]);
    await expect(store.get(key.pilot("p-2"))).rejects.toThrow(ItemTooNew);
    await expect(store.query({ index: "gsi1", pk: "NEWER" })).rejects.toThrow(ItemTooNew);
  });
});
