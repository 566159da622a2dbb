import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Consume, startAtEnd, startConsumers } from "../../local/consumers.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";

/** Commits the next event of a pilot. */
async function happens(store: SqliteStore, pilotId: string): Promise<StoredEvent> {
  const stream = `PILOT#${pilotId}`;
  const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
  return store.commit({
    writes: [],
    event: {
      stream,
      sequence: (last.items[0]?.sequence ?? 0) + 1,
      programmeId: "programme",
      type: "SomethingHappened",
      at: "2027-01-11T09:00:00.000Z",
      actor: { personId: "person", role: "advisor" },
      data: { pilotId },
    },
  });
}

/** Runs consumers on the store until they have read all of it, then ends them. */
async function readAll(
  store: SqliteStore,
  consumers: Readonly<Record<string, Consume>>,
  onError: Parameters<typeof startConsumers>[0]["onError"] = () => {},
): Promise<void> {
  const running = await startConsumers({ store, onError, firstRetryMs: 0 }, consumers);
  await running.caughtUp();
  await running.close();
}

const collecting = (ids: string[]): Consume => {
  return async ({ id }) => void ids.push(id);
};

describe("consumers", () => {
  test("go on where they were after the store was closed and opened again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fairway-consumers-"));
    const file = join(folder, "store.sqlite");
    const seen: string[] = [];
    for (const _ of ["first run", "second run", "third run"]) {
      using store = openSqliteStore(file);
      await happens(store, "one");
      await readAll(store, { reader: collecting(seen) });
    }
    expect(seen).toEqual(["PILOT#one/1", "PILOT#one/2", "PILOT#one/3"]);
    await rm(folder, { recursive: true });
  });

  test("hear of what is committed while they run", async () => {
    using store = openSqliteStore(":memory:");
    const seen: string[] = [];
    const running = await startConsumers({ store, onError: () => {} }, { reader: collecting(seen) });
    await happens(store, "one");
    await running.caughtUp();
    await happens(store, "two");
    await running.caughtUp();
    expect(seen).toEqual(["PILOT#one/1", "PILOT#two/1"]);
    expect(running.handled()).toBe(2);
    await running.close();
  });

  test("get an event again when they end before its batch is done", async () => {
    using store = openSqliteStore(":memory:");
    for (const pilotId of ["one", "two"]) await happens(store, pilotId);
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const running = await startConsumers(
      { store, onError: () => {} },
      {
        async reader({ id }) {
          if (id !== "PILOT#two/1") return;
          reached.resolve();
          await held.promise;
        },
      },
    );
    await reached.promise;
    const closed = running.close();
    held.resolve();
    await closed;

    const seen: string[] = [];
    await readAll(store, { reader: collecting(seen) });
    expect(seen).toEqual(["PILOT#one/1", "PILOT#two/1"]);
  });

  test("get the events of one pilot one after the other in order, whatever each takes, those of others meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pilotId: fc.constantFrom("a", "b", "c"), turns: fc.nat({ max: 5 }) }), { maxLength: 30 }),
        async (steps) => {
          using store = openSqliteStore(":memory:");
          for (const { pilotId } of steps) await happens(store, pilotId);
          const done: Record<string, number[]> = { a: [], b: [], c: [] };
          const underWay = new Set<string>();
          let count = 0;
          await readAll(store, {
            async reader({ stream, sequence, data }) {
              expect(underWay.has(stream)).toBe(false);
              underWay.add(stream);
              count += 1;
              for (let turn = steps[count - 1]?.turns ?? 0; turn > 0; turn -= 1) await new Promise(setImmediate);
              underWay.delete(stream);
              done[String(data.pilotId)]?.push(sequence);
            },
          });
          for (const [pilotId, sequences] of Object.entries(done)) {
            const expected = steps.filter((step) => step.pilotId === pilotId).map((_, index) => index + 1);
            expect(sequences).toEqual(expected);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("set an event aside that fails again and again, with its error, and go on with the others", async () => {
    using store = openSqliteStore(":memory:");
    const poisoned = await happens(store, "one");
    for (const pilotId of ["one", "two"]) await happens(store, pilotId);
    const seen: string[] = [];
    const reported: string[] = [];
    let attempts = 0;
    await readAll(
      store,
      {
        async reader(event) {
          if (event.id !== poisoned.id) return void seen.push(event.id);
          attempts += 1;
          throw new RangeError("no such month");
        },
        neighbour: async () => {},
      },
      (consumer, { id }) => reported.push(`${consumer} ${id}`),
    );
    expect(attempts).toBe(8);
    expect(seen.sort()).toEqual(["PILOT#one/2", "PILOT#two/1"]);
    expect(reported).toEqual([`reader ${poisoned.id}`]);
    const { items } = await store.query({ pk: "FAILED#reader" });
    expect(items.map(({ data }) => data)).toEqual([{ eventId: poisoned.id, error: "RangeError: no such month" }]);

    await readAll(store, { reader: collecting(seen), neighbour: async () => {} });
    expect(seen, "what was set aside does not come again by itself").toHaveLength(2);
  });

  test("get an event that failed once, again, before the pilot's next one", async () => {
    using store = openSqliteStore(":memory:");
    for (const pilotId of ["one", "one"]) await happens(store, pilotId);
    const seen: string[] = [];
    await readAll(store, {
      async reader({ id }) {
        seen.push(id);
        if (seen.length === 1) throw new Error("the network was away");
      },
    });
    expect(seen).toEqual(["PILOT#one/1", "PILOT#one/1", "PILOT#one/2"]);
  });

  test("can begin with what happens from now on", async () => {
    using store = openSqliteStore(":memory:");
    await happens(store, "one");
    await startAtEnd(store, "late");
    await happens(store, "one");
    const [late, early]: [string[], string[]] = [[], []];
    await readAll(store, { late: collecting(late), early: collecting(early) });
    expect(late).toEqual(["PILOT#one/2"]);
    expect(early).toEqual(["PILOT#one/1", "PILOT#one/2"]);
  });
});
