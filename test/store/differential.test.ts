import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventFromImage, isEventRecord } from "../../functions/adapters/dynamodb-records.ts";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import {
  type Change,
  type EventQuery,
  type Key,
  type Query,
  type Store,
  VersionConflict,
  type Write,
} from "../../shared/ports/store.ts";
import { startDynamoDb, type TestDynamoDb } from "../support/dynamodb.ts";
import { allPages, event } from "./store-fixtures.ts";

/** Few keys, so that commands meet; the strange ones test order and escaping. */
const PARTITIONS = ["A", "B#é"];
const SORT_KEYS = ["a", "a#1", "a#10", "a#2", "\uFF21", "\u{1F600}"];
const INDEX_PARTITIONS = ["G", "H"];
const STREAMS = ["PILOT#1", "PILOT#2"];
const PROGRAMMES = ["programme-1", "programme-2"];

/** Versions and sequences are relative to what is stored when the command runs, so that most commands fit. */
type Offset = -1 | 0 | 1;
type PlannedWrite =
  | { kind: "put"; key: Key; offset: Offset; type: string; data: Record<string, unknown>; entries: object }
  | { kind: "delete" | "check"; key: Key; offset: Offset };

type Command =
  | { do: "commit"; copies: number; writes: PlannedWrite[]; stream: string; offset: Offset; programmeId: string }
  | { do: "derive"; writes: PlannedWrite[] }
  | { do: "get"; key: Key }
  | { do: "query"; query: Query }
  | { do: "eventsOf"; stream: string; query: EventQuery }
  | { do: "eventsOfProgramme"; programmeId: string; query: EventQuery & { from?: string } };

const key = fc.record({ pk: fc.constantFrom(...PARTITIONS), sk: fc.constantFrom(...SORT_KEYS) });
const offset = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Offset>(0) },
  { weight: 1, arbitrary: fc.constantFrom<Offset>(-1, 1) },
);
const indexKey = fc.record({ pk: fc.constantFrom(...INDEX_PARTITIONS), sk: fc.constantFrom("1", "10", "2", "é") });
const entries = fc.record({ gsi1: fc.option(indexKey), gsi2: fc.option(indexKey) }).map(({ gsi1, gsi2 }) => ({
  ...(gsi1 ? { gsi1pk: gsi1.pk, gsi1sk: gsi1.sk } : {}),
  ...(gsi2 ? { gsi2pk: gsi2.pk, gsi2sk: gsi2.sk } : {}),
}));
const write: fc.Arbitrary<PlannedWrite> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      key,
      offset,
      type: fc.string({ maxLength: 3 }),
      data: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
      entries,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("delete" as const, "check" as const), key, offset }) },
);
const writes = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.uniqueArray(write, { maxLength: 5, selector: (one) => `${one.key.pk} ${one.key.sk}` }),
  },
  // Now and then the same item twice, which both refuse.
  { weight: 1, arbitrary: fc.array(write, { maxLength: 5 }) },
);
const paging = { reverse: fc.boolean(), limit: fc.integer({ min: 1, max: 4 }) };
const range = fc.oneof(
  fc.constant({}),
  fc.record({ prefix: fc.constantFrom("", "a", "a#", "a#1", "\uFF21", "1", "x") }),
  fc.record(
    { from: fc.constantFrom("", "a#", "a#10", "\uFF21", "2"), to: fc.constantFrom("", "a#1", "b", "\u{1F600}", "2") },
    { requiredKeys: [] },
  ),
);
const query = fc
  .tuple(
    fc.oneof(
      fc.record({ pk: fc.constantFrom(...PARTITIONS) }),
      fc.record({ pk: fc.constantFrom(...INDEX_PARTITIONS), index: fc.constantFrom("gsi1" as const, "gsi2" as const) }),
    ),
    range,
    fc.record(paging),
  )
  .map((parts): Query => Object.assign({}, ...parts));

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("commit" as const),
      copies: fc.oneof(
        { weight: 4, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) },
      ),
      writes,
      stream: fc.constantFrom(...STREAMS),
      offset,
      programmeId: fc.constantFrom(...PROGRAMMES),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("derive" as const), writes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("get" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("query" as const), query }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("eventsOf" as const),
      stream: fc.constantFrom(...STREAMS),
      query: fc.record(paging),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("eventsOfProgramme" as const),
      programmeId: fc.constantFrom(...PROGRAMMES),
      query: fc.record({ ...paging, from: fc.constantFrom("2025-12-31T23:59:59Z", "2026-01-01T00:00:03.000Z") }),
    }),
  },
);

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb[Symbol.asyncDispose]());

test("SQLite and DynamoDB give the same results, errors, items and events for any commands (I2, I6)", async () => {
  const commands = fc.array(command, { minLength: 5, maxLength: 25, size: "max" });
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      using sqlite = openSqliteStore(":memory:");
      const { tableName, readStream } = await dynamoDb.createTable();
      const dynamo = createDynamoDbStore({ client: dynamoDb.client, tableName });
      for (const one of sequence) {
        const run = await plan(one, sqlite);
        expect(await run(dynamo), JSON.stringify(one)).toEqual(await run(sqlite));
      }
      expect(await contents(dynamo)).toEqual(await contents(sqlite));
      const feed = await sqlite.read("", 1000);
      const stream = (await readStream()).filter(isEventRecord);
      expect(stream.map((record) => eventFromImage(record.dynamodb?.NewImage ?? {}))).toEqual(feed.events);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000 },
  );
});

/** Settles what the command means now, before either store has run it. */
async function plan(command: Command, reference: Store): Promise<(store: Store) => Promise<unknown>> {
  switch (command.do) {
    case "commit": {
      const change = await planChange(command, reference);
      // Copies race; whoever wins, one is written and the others meet the same conflict.
      return async (store) =>
        (await Promise.all(Array.from({ length: command.copies }, () => outcome(store.commit(change))))).toSorted();
    }
    case "derive": {
      const writes = await planWrites(command.writes, reference);
      return (store) => outcome(store.derive(writes));
    }
    case "get":
      return (store) => store.get(command.key);
    case "query":
      return (store) => allPages((cursor) => store.query({ ...command.query, ...cursor }));
    case "eventsOf":
      return (store) => allPages((cursor) => store.eventsOf(command.stream, { ...command.query, ...cursor }));
    case "eventsOfProgramme":
      return (store) =>
        allPages((cursor) => store.eventsOfProgramme(command.programmeId, { ...command.query, ...cursor }));
  }
}

async function planChange(command: Command & { do: "commit" }, reference: Store): Promise<Change> {
  const { stream, programmeId } = command;
  const last = (await reference.eventsOf(stream, { reverse: true, limit: 1 })).items[0]?.sequence ?? 0;
  const writes = await planWrites(command.writes, reference);
  return { writes, event: event(last + 1 + command.offset, { stream, programmeId }) };
}

async function planWrites(writes: readonly PlannedWrite[], reference: Store): Promise<readonly Write[]> {
  return Promise.all(
    writes.map(async (write): Promise<Write> => {
      const current = (await reference.get(write.key))?.version ?? 0;
      const expectedVersion = Math.max(0, current + write.offset);
      if (write.kind !== "put") return { kind: write.kind, key: write.key, expectedVersion };
      const { key, type, data, entries } = write;
      return { kind: "put", item: { ...key, type, data, ...entries }, expectedVersion };
    }),
  );
}

/** As text, so that outcomes of a race sort. */
async function outcome(result: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify((await result) ?? "written");
  } catch (error) {
    if (error instanceof VersionConflict) return JSON.stringify([error.name, error.conflict]);
    if (error instanceof Error) return JSON.stringify([error.name, error.message]);
    throw error;
  }
}

async function contents(store: Store) {
  const indexes = INDEX_PARTITIONS.flatMap((pk) => (["gsi1", "gsi2"] as const).map((index) => ({ pk, index })));
  return {
    items: await Promise.all([...PARTITIONS.map((pk) => ({ pk })), ...indexes].map((query) => store.query(query))),
    events: await Promise.all(STREAMS.map((stream) => store.eventsOf(stream))),
    histories: await Promise.all(PROGRAMMES.map((programmeId) => store.eventsOfProgramme(programmeId))),
  };
}
