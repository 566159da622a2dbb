/**
 * Steps of the process that come again in every pilot, so that it can be said how long each usually takes: "NA-3.produce",
 * "NA-3.rework" for every later round of it, "NA-3.review", "G2.gate_score", "G2.gate_decision", "admission".
 */
import type { PilotState, Task } from "../pilot/state.ts";
import { holdsOf, netDays, readyAt } from "./net-time.ts";
import { ascending, percentileOf } from "./percentiles.ts";

/** Fewer finished runs than this say nothing about the next one. */
export const FEWEST_RUNS = 5;

export interface FinishedStep {
  readonly step: string;
  /** Of the task, unique within the pilot. */
  readonly id: string;
  readonly endedAt: string;
  readonly days: number;
}

/** Undefined for work that is like no other: conditions, objections, questions. */
export function stepOf(
  { id, kind, deliverableId = "", runId }: Pick<Task, "id" | "kind" | "deliverableId" | "runId">,
  { deliverables, gates }: Pick<PilotState, "deliverables" | "gates">,
): string | undefined {
  const definitionId = deliverables[deliverableId]?.definitionId;
  const gateId = gates[runId]?.gateId;
  switch (kind) {
    case "produce":
      return definitionId && `${definitionId}.${id.endsWith(".produce.1") ? "produce" : "rework"}`;
    case "review":
      return definitionId && `${definitionId}.review`;
    case "gate_score":
    case "gate_decision":
      return gateId && `${gateId}.${kind}`;
    default:
      return undefined;
  }
}

export const ADMISSION = "admission";

/** Every step of the pilot that is done, with the days it took from when it could be begun. */
export function finishedSteps(state: PilotState): readonly FinishedStep[] {
  const holds = holdsOf(state);
  const daysFrom = (from: string, until: string) =>
    netDays({ from: Date.parse(from), until: Date.parse(until) }, holds);
  const tasks = Object.values(state.tasks).flatMap((task): FinishedStep[] => {
    const { id, status, completedAt } = task;
    const step = stepOf(task, state);
    if (status !== "completed" || completedAt === undefined || step === undefined) return [];
    return [{ step, id, endedAt: completedAt, days: daysFrom(readyAt(task, state), completedAt) }];
  });
  const { admittedAt } = state.pilot;
  const acceptedAt = state.deliverables["IN-1"]?.acceptedAt;
  if (admittedAt === undefined || acceptedAt === undefined) return tasks;
  return [...tasks, { step: ADMISSION, id: ADMISSION, endedAt: admittedAt, days: daysFrom(acceptedAt, admittedAt) }];
}

/** The median, to a tenth of a day; undefined while too few are finished. */
export function usualDaysOf(finishedDays: readonly number[]): number | undefined {
  const median = finishedDays.length < FEWEST_RUNS ? undefined : percentileOf(ascending(finishedDays), 0.5);
  return median === undefined ? undefined : Math.round(median * 10) / 10;
}
