import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedPeople } from "../../../local/sample/people.ts";
import { samplePilots, seedPilots } from "../../../local/sample/pilots.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import { nextActionAt } from "../../../shared/domain/pilot/deadlines.ts";
import { isOpenTask, type PilotState } from "../../../shared/domain/pilot/state.ts";
import type { StoredEvent } from "../../../shared/ports/store.ts";
import { createPilotRecords } from "../../../shared/records/pilots.ts";

const now = "2026-11-22T09:30:00.000Z";
const clock = { now: () => new Date(now) };
const dayMs = 86_400_000;

async function seeded(): Promise<SqliteStore> {
  const store = openSqliteStore(":memory:");
  await seedPeople({ store, clock });
  await seedPilots({ store, clock, progress: () => {} });
  return store;
}

async function statesIn(store: SqliteStore): Promise<ReadonlyMap<string, PilotState>> {
  const pilots = createPilotRecords({ store, clock });
  const states = new Map<string, PilotState>();
  for (const { pilotId } of samplePilots) {
    const state = await pilots.load(pilotId);
    if (state !== undefined) states.set(pilotId, state);
  }
  return states;
}

async function eventsIn(store: SqliteStore): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let position = ""; ; ) {
    const page = await store.read(position, 500);
    if (page.events.length === 0) return events;
    events.push(...page.events);
    position = page.position;
  }
}

describe("the sample pilots", () => {
  // Read only: each test looks at the same seeded store.
  let store: SqliteStore;
  let states: ReadonlyMap<string, PilotState>;

  beforeAll(async () => {
    store = await seeded();
    states = await statesIn(store);
  }, 60_000);
  afterAll(() => store.close());

  const stateOf = (pilotId: string): PilotState => {
    const state = states.get(pilotId);
    if (state === undefined) throw new Error(`There is no ${pilotId}.`);
    return state;
  };
  const placeOf = ({ pilot, runs }: PilotState) => [pilot.status, runs[pilot.currentRunId ?? ""]?.status];
  const overdue = (state: PilotState) =>
    Object.values(state.tasks).filter((task) => isOpenTask(task) && task.overdueSince !== undefined);

  test("all get to where their walks lead and are marked as samples", () => {
    expect([...states.keys()]).toEqual(samplePilots.map(({ pilotId }) => pilotId));
    for (const { pilot } of states.values()) expect(pilot.sample).toBe(true);
  });

  test("leave one company without a pilot, for stories that begin with an application", () => {
    expect([...states.values()].map(({ pilot }) => pilot.organisationId)).not.toContain("aurora");
  });

  test("are in every stage, with work open", () => {
    const open = [...states.values()].filter(
      (state) => state.runs[state.pilot.currentRunId ?? ""]?.status === "active",
    );
    const stages = new Set(open.map((state) => state.runs[state.pilot.currentRunId ?? ""]?.stageId));
    expect(stages).toEqual(new Set(["needs", "feasibility", "adaptation", "guidance"]));
  });

  test("two applications wait for their review", () => {
    for (const id of ["sample-applied-cloudberry", "sample-applied-drift"]) {
      expect(stateOf(id).pilot.status).toBe("applied");
      expect(stateOf(id).deliverables["IN-1"]?.status).toBe("submitted");
      expect(overdue(stateOf(id))).toEqual([]);
    }
  });

  test("two have overdue work; the one that is more than a week late is at risk", () => {
    const late = [...states.values()].filter((state) => overdue(state).length > 0);
    expect(late.map(({ pilot }) => pilot.id)).toEqual(["sample-overdue", "sample-at-risk"]);
    const daysLate = overdue(stateOf("sample-at-risk")).map(
      ({ dueAt }) => (Date.parse(now) - Date.parse(dueAt)) / dayMs,
    );
    expect(Math.max(...daysLate)).toBeGreaterThan(7);
    expect(stateOf("sample-at-risk").pilot.atRiskSince).toBeDefined();
    expect(stateOf("sample-overdue").pilot.atRiskSince).toBeUndefined();
  });

  test("one is on hold until a day to come, all its work suspended", () => {
    const state = stateOf("sample-on-hold");
    expect(placeOf(state)).toEqual(["on_hold", "on_hold"]);
    expect(state.pilot.hold?.resumeOn).toSatisfy((day: string) => day > now.slice(0, 10));
    expect(Object.values(state.tasks).filter(isOpenTask)).toEqual([]);
  });

  test("one has a deliverable sent back, with the commented field open and a new draft", () => {
    expect(stateOf("sample-rework").deliverables["FS-2"]).toMatchObject({
      status: "rework",
      openFields: ["/position"],
      draftVersion: 3,
    });
  });

  test("one waits at gate 1 for its only score", () => {
    const state = stateOf("sample-at-gate-1");
    expect(placeOf(state)).toEqual(["active", "at_gate"]);
    expect(state.gates["needs-1"]).toMatchObject({ status: "open", scores: [], scoresNeeded: { expert: 0 } });
  });

  test("one waits at gate 2 after the score of one of two experts", () => {
    const state = stateOf("sample-at-gate-2");
    expect(placeOf(state)).toEqual(["active", "at_gate"]);
    expect(state.gates["feasibility-1"]?.scores.map(({ personId }) => personId)).toEqual(["expert-2"]);
    expect(state.gates["feasibility-1"]?.scoresNeeded).toEqual({ coordinator: 1, expert: 2 });
  });

  test("one went on under a condition that is still to be met", () => {
    const state = stateOf("sample-conditions");
    expect(state.runs["needs-1"]?.status).toBe("passed_with_conditions");
    const [condition] = state.pilot.conditions;
    expect(condition?.metAt).toBeUndefined();
    expect(condition?.dueAt).toSatisfy((dueAt: string) => dueAt > now);
  });

  test("one skipped a stage, decided by two coordinators", () => {
    const { skip, status } = stateOf("sample-skipped-adaptation").runs["adaptation-1"] ?? {};
    expect(status).toBe("skipped");
    expect(new Set(skip?.by)).toEqual(new Set(["coordinator-1", "coordinator-2"]));
  });

  test("one is completed with surveys to come, one withdrawn, one stopped", () => {
    expect(stateOf("sample-completed").pilot.status).toBe("completed");
    expect(stateOf("sample-completed").pilot.followUps.map(({ month }) => month)).toEqual([6, 12]);
    expect(stateOf("sample-withdrawn").pilot.status).toBe("withdrawn");
    expect(stateOf("sample-stopped").pilot.status).toBe("stopped");
  });

  test("have a past of some ten months and nothing left that the clock should have done", async () => {
    const times = (await eventsIn(store)).map(({ at }) => at).sort();
    expect(times.at(-1)).toSatisfy((at: string) => at <= now);
    const days = (Date.parse(now) - Date.parse(times[0] ?? now)) / dayMs;
    expect(days).toBeGreaterThan(240);
    expect(days).toBeLessThan(330);
    for (const state of states.values()) {
      const next = nextActionAt(state);
      if (next !== undefined) expect(next > now).toBe(true);
    }
  });

  test("are left alone when they are there", async () => {
    const before = await eventsIn(store);
    expect(await seedPilots({ store, clock, progress: () => {} })).toBe(false);
    expect(await eventsIn(store)).toEqual(before);
  });

  test("come out the same each time", { timeout: 60_000 }, async () => {
    using other = await seeded();
    expect(await statesIn(other)).toEqual(states);
  });
});
