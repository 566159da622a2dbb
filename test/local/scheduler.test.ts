import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClock, type MovableClock } from "../../local/clock.ts";
import { sampleProgrammeId, seedPeople } from "../../local/sample/people.ts";
import { type Scheduler, startScheduler } from "../../local/scheduler.ts";
import { openStates, type States } from "../../local/states/states.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";

const start = new Date("2027-01-11T09:20:00.000Z");

interface Scheduled extends AsyncDisposable {
  readonly store: SqliteStore;
  readonly clock: MovableClock;
  readonly scheduler: Scheduler;
  readonly states: States;
  /** The times at which the machine has run, to the minute. */
  readonly runs: string[];
  /** The times that were kept before the clock had them. */
  readonly kept: string[];
}

/** A scheduler whose machine notes when it runs; `onRun` is the work that falls due. */
async function scheduled({
  clock = createClock({ start, frozen: true }),
  onRun = async () => {},
}: {
  clock?: MovableClock;
  onRun?: (store: SqliteStore, now: string) => Promise<void>;
} = {}): Promise<Scheduled> {
  const store = openSqliteStore(":memory:");
  await seedPeople({ store, clock });
  const runs: string[] = [];
  const kept: string[] = [];
  const states = openStates({
    file: ":memory:",
    clock,
    async invoke() {
      const now = clock.now().toISOString();
      runs.push(now.slice(0, 16));
      await onRun(store, now);
    },
  });
  const task = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Arguments: { FunctionName: "Note" } };
  await states.createStateMachine({
    name: "deadlines",
    definition: { QueryLanguage: "JSONata", StartAt: "Note", States: { Note: { ...task, End: true } } },
  });
  const scheduler = startScheduler({
    store,
    states,
    clock,
    settled: () => states.whenIdle(),
    beforeMove: (instant) => kept.push(instant.toISOString().slice(0, 16)),
  });
  return {
    store,
    clock,
    scheduler,
    states,
    runs,
    kept,
    async [Symbol.asyncDispose]() {
      scheduler.close();
      await states.close();
      store.close();
    },
  };
}

/** Something falls due at this instant; forgotten by `clearDue`. */
async function fallsDue(store: SqliteStore, index: "DUE" | "DIGEST", at: string): Promise<void> {
  await store.derive([
    {
      kind: "put",
      item: { pk: "TEST", sk: at, type: "test", gsi2pk: `${index}#${sampleProgrammeId}`, gsi2sk: `${at}#x`, data: {} },
      expectedVersion: 0,
    },
  ]);
}

async function clearDue(store: SqliteStore, now: string): Promise<void> {
  const { items } = await store.query({ pk: "TEST", to: now });
  await store.derive(
    items.map(({ pk, sk, version }) => ({ kind: "delete", key: { pk, sk }, expectedVersion: version })),
  );
}

describe("a leap of the clock", () => {
  test("stops at the hours in which something is due, once a day, and where it ends", async () => {
    await using system = await scheduled({ onRun: clearDue });
    await fallsDue(system.store, "DUE", "2027-01-11T14:05:00.000Z");
    await fallsDue(system.store, "DIGEST", "2027-01-12T06:00:00.000Z");
    await system.scheduler.moveTo(new Date("2027-01-13T10:30:00.000Z"));
    expect(system.runs).toEqual(["2027-01-11T15:00", "2027-01-12T06:00", "2027-01-13T06:00", "2027-01-13T10:30"]);
    expect(system.kept, "the time is kept before the clock has it").toEqual(system.runs);
    expect(system.clock.now()).toEqual(new Date("2027-01-13T10:30:00.000Z"));
  });

  test("over months runs once a day and no more", async () => {
    await using system = await scheduled();
    await system.scheduler.moveTo(new Date("2027-07-11T09:20:00.000Z"));
    expect(system.runs.length).toBe(181);
    expect(new Set(system.runs.map((at) => at.slice(0, 10))).size).toBe(181);
  });

  test("goes on when what is due stays due", async () => {
    await using system = await scheduled();
    await fallsDue(system.store, "DUE", "2027-01-01T00:00:00.000Z");
    await system.scheduler.moveTo(new Date("2027-01-11T12:30:00.000Z"));
    expect(system.runs).toEqual(["2027-01-11T10:00", "2027-01-11T11:00", "2027-01-11T12:00", "2027-01-11T12:30"]);
  });
});

describe("in real time", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start, toFake: ["Date", "setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("the machine runs at every full hour", async () => {
    await using system = await scheduled({ clock: createClock() });
    // To the minute: the engine's disk does not run on the faked time.
    for (const minutes of [40, 60, 60]) {
      await vi.advanceTimersByTimeAsync(minutes * 60 * 1000);
      await system.states.whenIdle();
    }
    expect(system.runs).toEqual(["2027-01-11T10:00", "2027-01-11T11:00", "2027-01-11T12:00"]);
  });

  test("it does not run any more once the scheduler is closed", async () => {
    await using system = await scheduled({ clock: createClock() });
    system.scheduler.close();
    await vi.advanceTimersByTimeAsync(3 * 60 * 60 * 1000);
    expect(system.runs).toEqual([]);
  });
});

describe("a run", () => {
  test("asked for twice in one instant is one", async () => {
    await using system = await scheduled();
    await Promise.all([system.scheduler.runNow(), system.scheduler.runNow()]);
    await system.states.whenIdle();
    expect(system.runs).toEqual(["2027-01-11T09:20"]);
  });
});
