import { openWait } from "../../shared/records/waits.ts";
import { deliverableWaitInput, PilotUnknown, type TaskDependencies } from "./task.ts";

/** Task states "Await submission" and "Await review": keep the token; relay answers it when the work is done. */
export const createAwaitDeliverable =
  ({ store, clock, pilots }: TaskDependencies, slot: "submission" | "review") =>
  async (payload: unknown): Promise<Record<string, never>> => {
    const { pilotId, stageRunId, deliverableId, taskToken } = deliverableWaitInput.parse(payload);
    const state = await pilots.load(pilotId);
    if (state === undefined) throw new PilotUnknown(`There is no pilot ${pilotId}.`);
    const { programmeId } = state.pilot;
    await openWait({ store, clock }, { pilotId, programmeId, runId: stageRunId, slot, deliverableId, taskToken });
    return {};
  };
