/** What the process says of a deliverable or a stage of a sample pilot. */
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type StageDefinition,
  type StageId,
} from "../../shared/domain/process.ts";

export function definitionOf(deliverableId: string): DeliverableDefinition {
  const { followUp } = latestProcess;
  // Each survey is a deliverable of its own, named after its month.
  if (deliverableId.startsWith(`${followUp.id}-`)) return followUp;
  const definition = deliverableOf(latestProcess, deliverableId);
  if (definition === undefined) throw new Error(`The process has no ${deliverableId}.`);
  return definition;
}

export function stageOf(stageId: StageId | undefined): StageDefinition {
  const stage = latestProcess.stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw new Error(`The process has no stage ${stageId}.`);
  return stage;
}
