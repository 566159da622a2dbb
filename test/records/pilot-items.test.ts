import { describe, expect, test } from "vitest";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import type { Item, Store } from "../../shared/ports/store.ts";
import { changeOf, createPilotItems, type StoredPilot } from "../../shared/records/pilot-items.ts";
import { given } from "../domain/pilot/given.ts";

const pilotInNeeds = (): PilotState => given().inStage("needs").state;

async function write(store: Store, before: StoredPilot | undefined, after: PilotState): Promise<StoredPilot> {
  const { writes, pilot } = changeOf(before, after);
  await store.derive(writes);
  return pilot;
}

/** A store that counts how it is read, and may change what a query finds. */
function watched(store: Store, found: (items: readonly Item[], query: number) => readonly Item[] = (items) => items) {
  const reads = { gets: 0, queries: 0 };
  const watching: Store = {
    ...store,
    get: (key) => {
      reads.gets += 1;
      return store.get(key);
    },
    query: async (query) => {
      reads.queries += 1;
      const page = await store.query(query);
      return { ...page, items: found(page.items, reads.queries) };
    },
  };
  return { store: watching, reads };
}

describe("a pilot's items", () => {
  test("give back the state they were made from", async () => {
    const store = openSqliteStore(":memory:");
    const state = pilotInNeeds();
    await write(store, undefined, state);
    const pilot = await createPilotItems(store).read(state.pilot.id);
    expect(pilot?.state).toEqual(state);
  });

  test("are there for nobody who asks for another pilot", async () => {
    expect(await createPilotItems(openSqliteStore(":memory:")).read("nobody")).toBeUndefined();
  });

  test("are read whole once, and afterwards by a look at the head", async () => {
    const { store, reads } = watched(openSqliteStore(":memory:"));
    const state = pilotInNeeds();
    await write(store, undefined, state);
    const items = createPilotItems(store);
    await items.read(state.pilot.id);
    await items.read(state.pilot.id);
    expect(reads).toEqual({ gets: 1, queries: 1 });
  });

  test("are read again when somebody else has changed the pilot", async () => {
    const store = openSqliteStore(":memory:");
    const state = pilotInNeeds();
    const first = await write(store, undefined, state);
    const reader = createPilotItems(store);
    await reader.read(state.pilot.id);
    const renamed = { ...state, sequence: state.sequence + 1, pilot: { ...state.pilot, title: "Another name" } };
    await write(store, first, renamed);
    expect((await reader.read(state.pilot.id))?.state.pilot.title).toBe("Another name");
  });

  test("of which a query saw half a change are read until they fit together", async () => {
    const sqlite = openSqliteStore(":memory:");
    const state = pilotInNeeds();
    await write(sqlite, undefined, state);
    const { store, reads } = watched(sqlite, (items, query) =>
      query < 3 ? items.map((item) => (item.sk === "TASK#NA-1.produce.1" ? { ...item, version: 7 } : item)) : items,
    );
    expect((await createPilotItems(store).read(state.pilot.id))?.state).toEqual(state);
    expect(reads.queries).toBe(3);
  });

  test("that never fit together are an error by name, not a state", async () => {
    const sqlite = openSqliteStore(":memory:");
    const state = pilotInNeeds();
    await write(sqlite, undefined, state);
    const { store } = watched(sqlite, (items) => items.filter(({ sk }) => sk !== "RUN#needs-1"));
    await expect(createPilotItems(store).read(state.pilot.id)).rejects.toMatchObject({
      name: "PilotItemsInconsistent",
    });
  });

  test("change only where the state did, and the head always", async () => {
    const store = openSqliteStore(":memory:");
    const pilots = given().inStage("needs");
    await write(store, undefined, pilots.state);
    const before = await createPilotItems(store).read(pilots.state.pilot.id);
    const task = pilots.state.tasks["NA-1.produce.1"];
    if (task === undefined) throw new Error("The stage has its tasks.");
    const after: PilotState = {
      ...pilots.state,
      sequence: pilots.state.sequence + 1,
      tasks: { ...pilots.state.tasks, [task.id]: { ...task, priority: "high", version: task.version + 1 } },
    };
    const changed = changeOf(before, after).writes.map((write) => (write.kind === "put" ? write.item.sk : write.kind));
    expect(changed.filter((sk) => !sk.startsWith("INBOX#"))).toEqual(["TASK#NA-1.produce.1", "PILOT"]);
  });
});
