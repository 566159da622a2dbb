/**
 * How long each step of the process took of late, per programme: one item for each step, with its newest finished runs,
 * so that "usually" costs one get. `functions/events/project.ts` keeps them.
 */
import { key, stored } from "../contracts/items.ts";
import { type FinishedStep, usualDaysOf } from "../domain/analytics/steps.ts";
import type { Item, NewItem, Store } from "../ports/store.ts";

/** Older runs say less about the next one. */
const KEPT_RUNS = 40;

interface FinishedRun {
  readonly pilotId: string;
  /** Unique within the pilot. */
  readonly id: string;
  readonly endedAt: string;
  readonly days: number;
}

/**
 * The item with a pilot's runs of the step as they are now: `finished` are put in once however often they come, `reopened`
 * taken out. Undefined when that changes nothing.
 */
export function withRunsOf(
  pilotId: string,
  { finished, reopened }: { readonly finished: readonly FinishedStep[]; readonly reopened: ReadonlySet<string> },
  place: { readonly programmeId: string; readonly step: string },
  current: Item | undefined,
): NewItem | undefined {
  const before = runsIn(current);
  const replaced = new Set([...reopened, ...finished.map(({ id }) => id)]);
  const others = before.filter((run) => run.pilotId !== pilotId || !replaced.has(run.id));
  const runs = [...others, ...finished.map(({ id, endedAt, days }): FinishedRun => ({ pilotId, id, endedAt, days }))]
    .sort((a, b) => (a.endedAt < b.endedAt ? -1 : a.endedAt > b.endedAt ? 1 : 0))
    .slice(-KEPT_RUNS);
  if (JSON.stringify(runs) === JSON.stringify(before)) return undefined;
  return { ...key.finishedStep(place.programmeId, place.step), type: "finished_step", data: { runs } };
}

const runsIn = (item: Item | undefined): readonly FinishedRun[] =>
  item === undefined ? [] : stored<{ runs: readonly FinishedRun[] }>(item.data).runs;

/** What a step usually takes in the programme, in days; undefined while too few runs are finished. */
export async function readUsualDays(store: Store, programmeId: string, step: string): Promise<number | undefined> {
  return usualDaysOf(runsIn(await store.get(key.finishedStep(programmeId, step))).map(({ days }) => days));
}
