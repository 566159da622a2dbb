import { latestProcess, processOfVersion } from "../contracts/transfer-process.ts";
import type { PilotState } from "../domain/pilot/state.ts";
import { deliverableOf, stageOf } from "../domain/process.ts";
import type { About } from "./catalogue.ts";
import { processIn } from "./process-words.ts";

/** What a pilot's deliverables and stage runs are called, for a reader, in the process versions they are pinned to. */
export function processNames(
  state: PilotState,
  language: string,
): Pick<About, "deliverableName" | "stageName" | "questionTitle"> {
  const processOf = (runId: string | undefined) => {
    const version = runId === undefined ? undefined : state.runs[runId]?.processVersion;
    return processIn(language, version === undefined ? latestProcess : processOfVersion(version));
  };
  return {
    deliverableName(deliverableId) {
      const deliverable = state.deliverables[deliverableId];
      const definition = deliverableOf(processOf(deliverable?.runId), deliverable?.definitionId ?? deliverableId);
      return definition?.name ?? deliverableId;
    },
    stageName(runId) {
      const run = state.runs[runId];
      if (run !== undefined) return stageOf(processOf(runId), run.stageId)?.name ?? runId;
      const { intake, followUp } = processIn(language, latestProcess);
      return runId === "intake" ? intake.name : runId === "follow-up" ? followUp.name : runId;
    },
    questionTitle: (taskId) => state.tasks[taskId]?.title ?? taskId,
  };
}
