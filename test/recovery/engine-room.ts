/** The engine of an embedded system without its doors, in memory: what drives a pilot can be stopped and deafened. */
import assert from "node:assert/strict";
import { createNotify } from "../../functions/events/notify.ts";
import { createProject } from "../../functions/events/project.ts";
import { createRelay } from "../../functions/events/relay.ts";
import { createClock, type MovableClock } from "../../local/clock.ts";
import { startConsumers } from "../../local/consumers.ts";
import { createInvoke, stateMachineDefinition, stateMachineNames } from "../../local/functions.ts";
import { sampleActor, sampleProgrammeId, seedPeople } from "../../local/sample/people.ts";
import { openStates, type States } from "../../local/states/states.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { createWorkflows } from "../../local/workflows.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { systemActor } from "../../shared/domain/actor.ts";
import type { PilotCommand } from "../../shared/domain/pilot/commands.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import { type DeliverableDefinition, deliverableOf, type ProcessRole } from "../../shared/domain/process.ts";
import type { EventFeed, Store, StoredEvent } from "../../shared/ports/store.ts";
import type { Workflows } from "../../shared/ports/workflows.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { eventually } from "../support/eventually.ts";

export const pilotId = "pilot";

export interface EngineRoom extends AsyncDisposable {
  readonly store: Store & EventFeed;
  readonly states: States;
  readonly clock: MovableClock;
  /** Calls a task function as the state machines do. */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  act(personId: string, command: PilotCommand): Promise<PilotState>;
  pilot(): Promise<PilotState>;
  settled(): Promise<void>;
}

interface EngineRoomOptions {
  readonly now: Date;
  /** A new one in memory unless given; the sample's people come into it where they are not there yet. */
  readonly store?: Store & EventFeed;
  /** How relay reaches Step Functions, when not by the port within the process. */
  readonly workflows?: (states: States) => Promise<Workflows>;
  /** Whether relay gets to see an event, and when. */
  readonly reachesRelay?: (event: StoredEvent) => boolean | Promise<boolean>;
  /** Awaited before and after each call of a task function. */
  readonly dawdle?: () => Promise<void>;
}

export async function openEngineRoom({
  now,
  store: given,
  workflows,
  reachesRelay = () => true,
  dawdle = async () => {},
}: EngineRoomOptions): Promise<EngineRoom> {
  const own = given === undefined ? openSqliteStore(":memory:") : undefined;
  const store = given ?? own;
  assert.ok(store);
  const clock = createClock({ start: now });
  await seedPeople({ store, clock });
  const pilots = createPilotRecords({ store, clock });
  const invoke = createInvoke({ store, clock, pilots });
  const states = openStates({
    file: ":memory:",
    clock,
    async invoke(functionName, payload) {
      await dawdle();
      const result = await invoke(functionName, payload);
      await dawdle();
      return result;
    },
  });
  for (const name of stateMachineNames) {
    await states.createStateMachine({ name, definition: stateMachineDefinition(name) });
  }
  const relay = createRelay({ store, pilots, workflows: (await workflows?.(states)) ?? createWorkflows(states) });
  const consumers = await startConsumers(
    { store, onError: (consumer, { id }, error) => assert.fail(`${consumer} gave up on ${id}: ${error}`) },
    {
      relay: async (event) => {
        if (await reachesRelay(event)) await relay(event);
      },
      project: createProject({ store, pilots }),
      notify: createNotify({ store, clock, pilots, portalUrl: "http://fairway.test" }),
    },
  );

  async function pilot(): Promise<PilotState> {
    const state = await pilots.load(pilotId);
    assert.ok(state, "the pilot has not applied yet");
    return state;
  }

  return {
    store,
    states,
    clock,
    invoke,
    pilot,
    async act(personId, command) {
      const actor = personId === "system" ? systemActor(sampleProgrammeId) : sampleActor(personId);
      return (await pilots.change(pilotId, command, actor)).state;
    },
    async settled() {
      let handled: number;
      do {
        handled = consumers.handled();
        await consumers.caughtUp();
        await states.whenIdle();
      } while (handled !== consumers.handled());
    },
    async [Symbol.asyncDispose]() {
      await consumers.close();
      await states.close();
      own?.close();
    },
  };
}

const playedBy: Readonly<Record<ProcessRole, string>> = {
  sme: "sme-aurora-admin",
  advisor: "advisor-1",
  expert: "expert-1",
  living_lab: "lab-1",
  coordinator: "coordinator-1",
};

/** From application over the first gate into the second stage, an act at a time. */
export async function* needsStage(room: EngineRoom): AsyncGenerator<void, void, void> {
  const [needs] = latestProcess.stages;
  assert.ok(needs);
  await room.act("sme-aurora-admin", {
    type: "StartApplication",
    pilotId,
    organisationId: "aurora",
    country: "LV",
    title: "Aurora: pilot",
    sample: true,
  });
  yield;
  yield* accepted(room, latestProcess.intake);
  await room.act("coordinator-1", {
    type: "AdmitPilot",
    team: [
      { personId: "advisor-1", role: "advisor", country: "EE" },
      { personId: "expert-1", role: "expert", country: "LV" },
      { personId: "lab-1", role: "living_lab", country: "LV" },
    ],
  });
  yield;
  await untilRun(room, "needs-1", "active");
  for (const definition of needs.deliverables) yield* accepted(room, definition);
  await untilRun(room, "needs-1", "at_gate");
  const { gates, deliverables } = await room.pilot();
  const round = gates["needs-1"]?.round ?? 0;
  await room.act("coordinator-1", {
    type: "ScoreGate",
    runId: "needs-1",
    round,
    musts: Object.fromEntries(needs.gate.mustMeet.map(({ id }) => [id, { met: true, evidence: "As accepted." }])),
    points: Object.fromEntries(needs.gate.shouldMeet.map(({ id }) => [id, 3])),
  });
  yield;
  await room.act("coordinator-1", {
    type: "DecideGate",
    runId: "needs-1",
    round,
    decision: "advance",
    basedOn: Object.fromEntries(
      Object.values(deliverables)
        .filter(({ runId }) => runId === "needs-1")
        .map(({ id, revision }) => [id, revision]),
    ),
  });
  yield;
  await untilRun(room, "feasibility-1", "active");
  await room.settled();
}

/** Handed in and accepted. */
async function* accepted(room: EngineRoom, definition: DeliverableDefinition): AsyncGenerator<void, void, void> {
  const { id: deliverableId } = definition;
  await handIn(room, deliverableId);
  yield;
  const [reviewerRole = "coordinator"] = definition.reviewedBy;
  const reviewer = playedBy[reviewerRole];
  const { deliverables } = await room.pilot();
  const revision = deliverables[deliverableId]?.revision ?? 0;
  await room.act(reviewer, { type: "ClaimTask", taskId: `${deliverableId}.review.${revision}` });
  yield;
  await room.act(reviewer, {
    type: "ReviewDeliverable",
    deliverableId,
    revision,
    outcome: "accepted",
    points: Object.fromEntries(definition.reviewCriteria.map(({ id }) => [id, 3])),
    criterionComments: {},
    fieldComments: [],
    values: fullExample(deliverableId),
  });
  yield;
}

export async function handIn(room: EngineRoom, deliverableId: string): Promise<void> {
  const [ownerRole = "sme"] = deliverableOf(latestProcess, deliverableId)?.deliveredBy ?? [];
  await room.act(playedBy[ownerRole], {
    type: "SubmitDeliverable",
    deliverableId,
    baseDraftVersion: (await room.pilot()).deliverables[deliverableId]?.draftVersion ?? 0,
    changedFields: [],
    values: fullExample(deliverableId),
    checksum: "",
  });
}

export async function untilRun(room: EngineRoom, runId: string, status: string): Promise<void> {
  await eventually(`${runId} is ${status}`, async () => {
    await room.settled();
    return (await room.pilot()).runs[runId]?.status === status ? true : undefined;
  });
}
