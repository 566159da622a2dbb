import { systemActor } from "../../shared/domain/actor.ts";
import { PilotUnknown, stageRunInput, type TaskDependencies } from "./task.ts";

/** Task state "Close stage": the last act of a stage is an event; relay starts the next one (I4). */
export const createCloseStage =
  ({ pilots }: TaskDependencies) =>
  async (payload: unknown): Promise<{ next?: string }> => {
    const { pilotId, stageRunId } = stageRunInput.parse(payload);
    const before = await pilots.load(pilotId);
    if (before === undefined) throw new PilotUnknown(`There is no pilot ${pilotId}.`);
    const { state } = await pilots.change(
      pilotId,
      { type: "CloseStage", runId: stageRunId },
      systemActor(before.pilot.programmeId),
    );
    const { currentRunId } = state.pilot;
    return currentRunId === undefined || currentRunId === stageRunId ? {} : { next: currentRunId };
  };
