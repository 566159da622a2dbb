/** What must be accepted before a deliverable may be submitted; it may be worked on meanwhile. */
import type { DeliverableDefinition } from "../process.ts";
import type { Context } from "./context.ts";
import type { Deliverable, PilotState, Task } from "./state.ts";

/** Ids that must be accepted (or skipped) before the deliverable may be submitted, and are not. */
export function openDependencies(
  state: PilotState,
  definition: Pick<DeliverableDefinition, "dependsOn">,
  context: Pick<Context, "process">,
): string[] {
  return definition.dependsOn.filter((id) => {
    const dependency = state.deliverables[id];
    if (dependency !== undefined) return isAwaited(dependency);
    const stage = context.process.stages.find(({ deliverables }) => deliverables.some((each) => each.id === id));
    return !Object.values(state.runs).some((run) => run.stageId === stage?.id && run.status === "skipped");
  });
}

/**
 * The same of a task, from what its deliverable was opened with. What the pilot does not have belongs to a stage that was
 * skipped: stages open in order.
 */
export function waitsFor({ deliverables }: Pick<PilotState, "deliverables">, task: Task): string[] {
  if (task.kind !== "produce") return [];
  const { dependsOn = [] } = deliverables[task.deliverableId ?? ""] ?? {};
  return dependsOn.filter((id) => {
    const dependency = deliverables[id];
    return dependency !== undefined && isAwaited(dependency);
  });
}

const isAwaited = ({ status }: Deliverable): boolean => status !== "accepted" && status !== "skipped";
