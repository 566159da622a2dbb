import type * as z from "zod";
import { systemActor } from "../../shared/domain/actor.ts";
import { isSettled, type PilotState } from "../../shared/domain/pilot/state.ts";
import { PilotUnknown, stageRunInput, type TaskDependencies } from "./task.ts";

/** Task state "Open stage": safe to call again; answers with the deliverables that still need work. */
export const createOpenStage =
  ({ pilots }: TaskDependencies) =>
  async (payload: unknown): Promise<{ deliverables: string[] }> => {
    const { pilotId, stageRunId }: z.output<typeof stageRunInput> = stageRunInput.parse(payload);
    const before = await pilots.load(pilotId);
    if (before === undefined) throw new PilotUnknown(`There is no pilot ${pilotId}.`);
    const { state } = await pilots.change(
      pilotId,
      { type: "OpenStage", runId: stageRunId },
      systemActor(before.pilot.programmeId),
    );
    return { deliverables: openDeliverables(state, stageRunId) };
  };

const openDeliverables = (state: PilotState, runId: string): string[] =>
  Object.values(state.deliverables)
    .filter((deliverable) => deliverable.runId === runId && !isSettled(deliverable))
    .map((deliverable) => deliverable.id);
