import { stored } from "../contracts/items.ts";
import type { Item } from "../ports/store.ts";

/** The sum over all pilots of a programme; `functions/events/project.ts` keeps it. */
export interface PipelineCounters {
  /** "<stage>#<status>" → pilots. */
  readonly places: Readonly<Record<string, number>>;
  readonly pilots: number;
  readonly atRisk: number;
  readonly onHold: number;
  readonly openTasks: number;
  readonly overdueTasks: number;
  /** Process version → stage runs pinned to it, and those of them that have not ended. */
  readonly runs: Readonly<Record<string, number>>;
  readonly openRuns: Readonly<Record<string, number>>;
}

const noPilots: PipelineCounters = {
  places: {},
  pilots: 0,
  atRisk: 0,
  onHold: 0,
  openTasks: 0,
  overdueTasks: 0,
  runs: {},
  openRuns: {},
};

/** What a sum kept before it was counted lacks is nothing yet. */
export const countersIn = (item: Item | undefined): PipelineCounters =>
  item === undefined ? noPilots : { ...noPilots, ...stored<PipelineCounters>(item.data) };
