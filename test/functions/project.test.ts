import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProject } from "../../functions/events/project.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { key, pilotStream } from "../../shared/contracts/items.ts";
import { factsOf } from "../../shared/domain/analytics/pilot-facts.ts";
import { type FinishedStep, finishedSteps } from "../../shared/domain/analytics/steps.ts";
import { evolve } from "../../shared/domain/pilot/pilot.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { readUsualDays } from "../../shared/records/finished-steps.ts";
import { readFacts } from "../../shared/records/pilot-facts.ts";
import { given, people } from "../domain/pilot/given.ts";

let folder: string;
let store: SqliteStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-project-"));
  store = openSqliteStore(join(folder, "store.sqlite"));
});
afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

/** A needs analysis with a submission taken back, a rework, a hold and a gate; every state it went through. */
const story = (() => {
  const pilot = given().inStage("needs").pass({ days: 3 });
  pilot.submit("NA-1");
  pilot.pass({ days: 1 }).run(people.admin, { type: "WithdrawSubmission", deliverableId: "NA-1" });
  pilot.pass({ days: 2 }).submit("NA-1");
  pilot.sendBack("NA-1").pass({ days: 1 }).submit("NA-1");
  pilot.run(people.coordinator, { type: "HoldPilot", reason: "Holiday", resumeOn: "2026-12-24" });
  pilot.pass({ days: 5 }).run(people.coordinator, { type: "ResumePilot" });
  pilot.pass({ days: 1 }).accept("NA-1").atGate("needs-1");
  pilot.pass({ days: 2 }).passGate("needs-1");
  return pilot.events;
})();

/** The states of such a pilot, after each of its events. */
function statesOf(pilotId: string, programmeId: string): PilotState[] {
  const states: PilotState[] = [];
  for (const event of story) {
    const before = states.at(-1);
    states.push(
      event.type === "ApplicationStarted"
        ? evolve(undefined, { ...event, data: { ...event.data, pilotId, programmeId } })
        : evolve(before, event),
    );
  }
  return states;
}

const eventOf = ({ pilot: { id: pilotId, programmeId } }: PilotState, sequence: number): StoredEvent => ({
  id: `${pilotStream(pilotId)}/${sequence}`,
  stream: pilotStream(pilotId),
  sequence,
  programmeId,
  type: story[sequence - 1]?.type ?? "",
  at: story[sequence - 1]?.at ?? "",
  actor: { personId: "system", role: "system" },
  data: { pilotId },
});

/** Projects a programme's pilots from the states as they are set meanwhile. */
function projection() {
  const current = new Map<string, PilotState>();
  const pilots = { load: async (pilotId: string) => current.get(pilotId) };
  const project = createProject({ store, pilots });
  return {
    pilots,
    async deliver(state: PilotState, sequence = state.sequence): Promise<void> {
      current.set(state.pilot.id, state);
      await project(eventOf(state, sequence));
    },
  };
}

async function stepsIn(programmeId: string): Promise<readonly FinishedStep[]> {
  const { pk, sk: prefix } = key.finishedStep(programmeId, "");
  const { items } = await store.query({ pk, prefix });
  return items.flatMap(({ sk, data }) =>
    // Written by the projection under test.
    (data.runs as readonly (FinishedStep & { pilotId: string })[]).map(({ id, endedAt, days }) => ({
      step: sk.slice(prefix.length),
      id,
      endedAt,
      days,
    })),
  );
}

const inOrder = (steps: readonly FinishedStep[]): FinishedStep[] =>
  steps.toSorted((a, b) => (`${a.step} ${a.id}` < `${b.step} ${b.id}` ? -1 : 1));

describe("the projection", () => {
  test("keeps what the pilot is, however often and late its events come", async () => {
    let programmes = 0;
    const deliveries = fc.array(fc.record({ further: fc.nat({ max: 9 }), back: fc.nat({ max: 12 }) }), {
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(deliveries, async (given) => {
        programmes += 1;
        const programmeId = `any-${programmes}`;
        const states = statesOf(`pilot-${programmes}`, programmeId);
        const last = states.at(-1);
        if (last === undefined) throw new Error("The story is empty.");
        const { deliver, pilots } = projection();
        let at = 0;
        for (const { further, back } of given) {
          at = Math.min(states.length - 1, at + further);
          const state = states[at];
          if (state !== undefined) await deliver(state, Math.max(1, state.sequence - back));
        }
        await deliver(last);
        await deliver(last, 1);
        expect(await readFacts({ store, pilots }, programmeId)).toEqual([factsOf(last)]);
        expect(inOrder(await stepsIn(programmeId))).toEqual(inOrder(finishedSteps(last)));
      }),
      { numRuns: 30 },
    );
  });

  test("takes a step out again when its work is taken back", async () => {
    const { deliver } = projection();
    const taken = story.findIndex(({ type }) => type === "SubmissionWithdrawn");
    const states = statesOf("taken-back", "taken-back");
    for (const state of states.slice(0, taken)) await deliver(state);
    expect((await stepsIn("taken-back")).map(({ id }) => id)).toContain("NA-1.produce.1");
    for (const state of states.slice(taken, taken + 1)) await deliver(state);
    expect((await stepsIn("taken-back")).map(({ id }) => id)).not.toContain("NA-1.produce.1");
  });

  test("knows what a step usually takes from the fifth pilot on", async () => {
    const { deliver } = projection();
    const usual = () => readUsualDays(store, "usual", "NA-1.rework");
    for (const name of ["a", "b", "c", "d"])
      for (const state of statesOf(`usual-${name}`, "usual")) await deliver(state);
    expect(await usual()).toBeUndefined();
    for (const state of statesOf("usual-e", "usual")) await deliver(state);
    expect(await usual()).toBe(1);
    expect(await readUsualDays(store, "usual", "NA-1.never")).toBeUndefined();
  });

  test("keeps the newest runs of a step only", async () => {
    const { deliver } = projection();
    const state = statesOf("many", "many").at(-1);
    if (state === undefined) throw new Error("The story is empty.");
    for (let index = 0; index < 60; index += 1) {
      await deliver({ ...state, pilot: { ...state.pilot, id: `many-${index}` } });
    }
    expect((await stepsIn("many")).filter(({ step }) => step === "NA-1.review")).toHaveLength(40);
  });

  test("reads a pilot whose contribution is older than the figures", async () => {
    const { deliver, pilots } = projection();
    const state = statesOf("before", "before").at(-1);
    if (state === undefined) throw new Error("The story is empty.");
    await deliver(state);
    const place = key.contribution("before", "before");
    const item = await store.get(place);
    const { facts: _facts, ...older } = item?.data ?? {};
    await store.derive([
      {
        kind: "put",
        item: { ...place, type: "pipeline_contribution", data: older },
        expectedVersion: item?.version ?? 0,
      },
    ]);
    expect(await readFacts({ store, pilots }, "before")).toEqual([factsOf(state)]);
  });
});
