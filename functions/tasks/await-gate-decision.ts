import { systemActor } from "../../shared/domain/actor.ts";
import { openWait } from "../../shared/records/waits.ts";
import { PilotUnknown, stageRunWaitInput, type TaskDependencies } from "./task.ts";

/** Task state "Await gate decision": opens the gate when all is settled, and keeps the token. */
export const createAwaitGateDecision =
  ({ store, clock, pilots }: TaskDependencies) =>
  async (payload: unknown): Promise<Record<string, never>> => {
    const { pilotId, stageRunId, taskToken } = stageRunWaitInput.parse(payload);
    const before = await pilots.load(pilotId);
    if (before === undefined) throw new PilotUnknown(`There is no pilot ${pilotId}.`);
    const { programmeId } = before.pilot;
    await pilots.change(pilotId, { type: "OpenGate", runId: stageRunId }, systemActor(programmeId));
    await openWait({ store, clock }, { pilotId, programmeId, runId: stageRunId, slot: "gate", taskToken });
    return {};
  };
