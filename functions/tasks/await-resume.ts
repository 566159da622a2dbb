import { openWait } from "../../shared/records/waits.ts";
import { PilotUnknown, stageRunWaitInput, type TaskDependencies } from "./task.ts";

/** Task state "Await resume": keeps the token until the pilot goes on or ends. */
export const createAwaitResume =
  ({ store, clock, pilots }: TaskDependencies) =>
  async (payload: unknown): Promise<Record<string, never>> => {
    const { pilotId, stageRunId, taskToken } = stageRunWaitInput.parse(payload);
    const state = await pilots.load(pilotId);
    if (state === undefined) throw new PilotUnknown(`There is no pilot ${pilotId}.`);
    const { programmeId } = state.pilot;
    await openWait({ store, clock }, { pilotId, programmeId, runId: stageRunId, slot: "resume", taskToken });
    return {};
  };
