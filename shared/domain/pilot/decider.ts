/**
 * The shape of the rules: one function per command, one per event, collected in `pilot.ts`.
 *
 * A decision reads state, command and context and returns the one event that happened (I2),
 * `undefined` when the wish has already come true (a repeat is harmless), or throws a `Refusal`.
 * An evolution applies an event without judging it. Both are pure (I5).
 */
import type { CommandOf, PilotCommand } from "./commands.ts";
import type { Context } from "./context.ts";
import type { EventOf, PilotEvent, PilotEventType } from "./events.ts";
import type { Deliverable, Gate, Pilot, PilotState, StageRun, SupportRecord, Task } from "./state.ts";

export type Decisions<Types extends PilotCommand["type"]> = {
  readonly [Type in Types]: (state: PilotState, command: CommandOf<Type>, context: Context) => PilotEvent | undefined;
};

export type Evolutions<Types extends PilotEventType> = {
  readonly [Type in Types]: (state: PilotState, event: EventOf<Type>) => PilotState;
};

/** The envelope of an event decided now by the acting person. */
export const decided = (context: Context, reason?: string) => ({
  at: context.now,
  actor: {
    personId: context.actor.personId,
    role: context.actor.role,
    ...(context.actor.forPersonId === undefined ? {} : { forPersonId: context.actor.forPersonId }),
  },
  ...(reason === undefined ? {} : { reason }),
});

type Patch<Entity> = Partial<Omit<Entity, "version">>;

export const withPilot = (state: PilotState, patch: Patch<Pilot>): PilotState => ({
  ...state,
  pilot: { ...state.pilot, ...patch },
});

export const withRun = (state: PilotState, run: StageRun): PilotState => ({
  ...state,
  runs: { ...state.runs, [run.id]: run },
});

export const withDeliverable = (state: PilotState, deliverable: Deliverable): PilotState => ({
  ...state,
  deliverables: { ...state.deliverables, [deliverable.id]: deliverable },
});

export const withTask = (state: PilotState, task: Task): PilotState => ({
  ...state,
  tasks: { ...state.tasks, [task.id]: task },
});

export const withGate = (state: PilotState, gate: Gate): PilotState => ({
  ...state,
  gates: { ...state.gates, [gate.runId]: gate },
});

export const withSupportRecord = (state: PilotState, record: SupportRecord): PilotState => ({
  ...state,
  supportRecords: { ...state.supportRecords, [record.id]: record },
});

/** A record that stays as it is must keep its identity: versions are counted by it. */
export const mapValues = <Entity>(
  records: Readonly<Record<string, Entity>>,
  change: (entity: Entity) => Entity,
): Readonly<Record<string, Entity>> =>
  Object.fromEntries(Object.entries(records).map(([id, entity]) => [id, change(entity)]));

/** A record that an event speaks of, and that is therefore there. */
export function recordIn<Entity>(records: Readonly<Record<string, Entity>>, id: string): Entity {
  const record = Object.hasOwn(records, id) ? records[id] : undefined;
  if (record === undefined) throw new Error(`The pilot has no ${id}.`);
  return record;
}
