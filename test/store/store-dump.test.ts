import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDynamoDbDump } from "../../functions/adapters/dynamodb-dump.ts";
import { openSqliteDump } from "../../local/store/sqlite-dump.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { eventId } from "../../shared/contracts/table.ts";
import type { EventFeed, NewEvent, Store } from "../../shared/ports/store.ts";
import { PlaceTaken, type StoreDump, type StoredRecord, type StoreLoad } from "../../shared/ports/store-dump.ts";
import { startDynamoDb, type TestDynamoDb } from "../support/dynamodb.ts";
import { openDynamoDbWithFeed } from "../support/dynamodb-feed.ts";
import { everythingIn } from "../support/houses.ts";
import { event, item, put } from "./store-fixtures.ts";

interface Opened extends AsyncDisposable {
  readonly store: Store & EventFeed;
  readonly dump: StoreDump & StoreLoad;
}

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb[Symbol.asyncDispose]());

async function openSqlite(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "fairway-dump-"));
  const store = openSqliteStore(join(folder, "store.sqlite"));
  const dump = openSqliteDump(join(folder, "store.sqlite"));
  return {
    store,
    dump,
    async [Symbol.asyncDispose]() {
      dump[Symbol.dispose]();
      store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openDynamoDb(): Promise<Opened> {
  const { store, tableName } = await openDynamoDbWithFeed(dynamoDb);
  const dump = createDynamoDbDump({ client: dynamoDb.client, tableName, pageSize: 3 });
  return { store, dump, [Symbol.asyncDispose]: async () => {} };
}

const storedItem = (pk: string, sk: string, version: number, data: Record<string, unknown> = {}): StoredRecord => ({
  kind: "item",
  item: { ...item(pk, sk, { data, gsi1pk: `${pk}#1`, gsi1sk: sk }), version },
});
const storedEvent = (given: NewEvent, handled = true): StoredRecord => ({
  kind: "event",
  event: { id: eventId(given), ...given },
  handled,
});

const named = (record: StoredRecord): string =>
  record.kind === "item" ? `${record.item.pk} ${record.item.sk}` : record.event.id;
const inOrder = (records: readonly StoredRecord[]) =>
  [...records].sort((a, b) => (named(a) < named(b) ? -1 : 1)).map((record) => withoutHandled(record));
const withoutHandled = (record: StoredRecord): unknown => (record.kind === "item" ? record.item : record.event);

describe.each([
  ["SQLite", openSqlite],
  ["DynamoDB", openDynamoDb],
])("the whole of a store in %s", (_, open) => {
  test("is read page by page, every item and event once", async () => {
    await using house = await open();
    const records = [
      ...Array.from({ length: 7 }, (_, index) => storedItem("A", String(index), index + 1, { "Ä ": index })),
      ...Array.from({ length: 5 }, (_, index) => storedEvent(event(index + 1))),
    ];
    await house.dump.place(records);
    expect(inOrder(await everythingIn(house.dump))).toEqual(inOrder(records));
  });

  test("is placed with versions, sequences and indexes as they were, for the store to go on from", async () => {
    await using house = await open();
    await house.dump.place([storedItem("A", "a", 7, { n: 1 }), ...[1, 2, 3].map((n) => storedEvent(event(n)))]);
    expect(await house.store.get({ pk: "A", sk: "a" })).toMatchObject({ version: 7, data: { n: 1 } });
    expect((await house.store.query({ index: "gsi1", pk: "A#1" })).items).toHaveLength(1);
    expect((await house.store.eventsOf("PILOT#1")).items.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect((await house.store.eventsOfProgramme("programme-1")).items).toHaveLength(3);
    await house.store.commit({ writes: [put(item("A", "a"), 7)], event: event(4) });
    expect((await house.store.get({ pk: "A", sk: "a" }))?.version).toBe(8);
  });

  test("is placed where nothing lies, all or nothing", async () => {
    await using house = await open();
    await house.dump.place([storedItem("A", "a", 1), storedEvent(event(1))]);
    for (const taken of [storedItem("A", "a", 2), storedEvent(event(1, { reason: "Another." }))]) {
      await expect(house.dump.place([storedItem("B", "b", 1), taken])).rejects.toThrow(PlaceTaken);
    }
    expect(await house.store.get({ pk: "B", sk: "b" })).toBeUndefined();
    expect(await house.store.get({ pk: "A", sk: "a" })).toMatchObject({ version: 1 });
  });

  test("says what lies in each place, in the order asked for", async () => {
    await using house = await open();
    const [here, there, eventHere] = [storedItem("A", "a", 3), storedItem("B", "b", 1), storedEvent(event(1))];
    await house.dump.place([here, eventHere]);
    const found = await house.dump.find([there, eventHere, here]);
    expect(found.map((each) => each && withoutHandled(each))).toEqual([
      undefined,
      withoutHandled(eventHere),
      withoutHandled(here),
    ]);
  });

  test("keeps what was handled from consumers, and hands them what was not", async () => {
    await using house = await open();
    await house.store.commit({ writes: [], event: event(1, { stream: "PILOT#0" }) });
    await house.dump.place([1, 2].map((n) => storedEvent(event(n))));
    await house.dump.place([storedEvent(event(3), false)]);
    await house.store.commit({ writes: [], event: event(4) });
    const { events } = await house.store.read("", 100);
    expect(events.map(({ id }) => id)).toEqual(["PILOT#0/1", "PILOT#1/3", "PILOT#1/4"]);
  });
});

test("events that a consumer has yet to read are not handled", async () => {
  await using house = await openSqlite();
  for (const sequence of [1, 2, 3]) await house.store.commit({ writes: [], event: event(sequence) });
  const handled = async () =>
    (await everythingIn(house.dump)).flatMap((record) => (record.kind === "event" ? [record.handled] : []));
  expect(await handled()).toEqual([false, false, false]);
  const readTo = (name: string, position: string) =>
    put(item("CONSUMERS", name, { type: "consumer", data: { position } }));
  await house.store.derive([readTo("relay", "3"), readTo("project", "1")]);
  expect(await handled()).toEqual([false, false, false]);
  await house.store.derive([readTo("notify", "2")]);
  expect(await handled()).toEqual([true, false, false]);
});
