/** How far the pilots came: a pilot that skipped a stage has passed it as one that went through it. */

import { isEndedEarly } from "../pilot/state.ts";
import type { StageId } from "../process.ts";
import { type Figure, figureOf } from "./figures.ts";
import { isPassed, type PilotFacts } from "./pilot-facts.ts";

const funnelSteps = ["applied", "admitted", "needs", "feasibility", "adaptation", "completed"] as const;
type FunnelStep = (typeof funnelSteps)[number];

export interface FunnelRow {
  readonly step: FunnelStep;
  readonly reached: Figure;
  readonly here: Figure;
  readonly lost: Figure;
}

export function funnelOf(pilots: readonly PilotFacts[]): FunnelRow[] {
  const farthest = new Map(pilots.map((pilot) => [pilot.id, farthestOf(pilot)]));
  const idsOf = (which: readonly PilotFacts[]) => figureOf(which.map(({ id }) => id));
  return funnelSteps.map((step, index) => {
    const reached = pilots.filter(({ id }) => (farthest.get(id) ?? 0) >= index);
    const stayed = reached.filter(({ id }) => farthest.get(id) === index);
    const isLast = index === funnelSteps.length - 1;
    return {
      step,
      reached: idsOf(reached),
      here: idsOf(isLast ? [] : stayed.filter((pilot) => !isEndedEarly(pilot))),
      lost: idsOf(isLast ? [] : stayed.filter(isEndedEarly)),
    };
  });
}

/** Index of the last step reached; one step reached means all before it. */
function farthestOf(pilot: PilotFacts): number {
  const hasPassed = (stageId: StageId) =>
    pilot.runs.some((run) => run.stageId === stageId && (run.status === "skipped" || isPassed(run)));
  const reached: Readonly<Record<FunnelStep, boolean>> = {
    applied: true,
    admitted: pilot.admittedAt !== undefined,
    needs: hasPassed("needs"),
    feasibility: hasPassed("feasibility"),
    adaptation: hasPassed("adaptation"),
    completed: isCompleted(pilot),
  };
  return funnelSteps.findLastIndex((step) => reached[step]);
}

/** At its end by its own way; what comes after completion does not undo it. */
export const isCompleted = ({ status }: Pick<PilotFacts, "status">): boolean =>
  status === "completed" || status === "followed_up" || status === "archived";
