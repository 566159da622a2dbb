/**
 * Projection of the pipeline: per programme, how many pilots are where, and how much work is open or late.
 * Each pilot's contribution is kept beside the sum, with the number of the event it rests on:
 * a repeated or older event changes nothing, and reading a dashboard costs the same with ten pilots or ten thousand.
 */
import { key, pilotStream, stored } from "../../shared/contracts/items.ts";
import { isEnded, isOpenTask, type PilotState } from "../../shared/domain/pilot/state.ts";
import { type Item, type Store, type StoredEvent, VersionConflict } from "../../shared/ports/store.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import { countersIn, type PipelineCounters } from "../../shared/records/pipeline.ts";
import { createTurns } from "./in-turn.ts";

interface Contribution {
  readonly sequence: number;
  /** "<stage>#<status>". */
  readonly place: string;
  readonly atRisk: number;
  readonly onHold: number;
  readonly openTasks: number;
  readonly overdueTasks: number;
}

export function createProject({ store, pilots }: { store: Store; pilots: PilotRecords }) {
  const inTurn = createTurns();

  return async function project(event: StoredEvent): Promise<void> {
    const { pilotId } = event.data;
    if (typeof pilotId !== "string" || event.stream !== pilotStream(pilotId)) return;
    await inTurn(event.programmeId, () => count(pilotId, event));
  };

  async function count(pilotId: string, { programmeId, sequence }: StoredEvent): Promise<void> {
    for (;;) {
      const [known, sum] = await Promise.all([
        store.get(key.contribution(programmeId, pilotId)),
        store.get(key.counters(programmeId)),
      ]);
      const before = known && stored<Contribution>(known.data);
      if (before !== undefined && before.sequence >= sequence) return;
      const state = await pilots.load(pilotId);
      if (state === undefined) return;
      const after = contributionOf(state);
      try {
        await store.derive([
          put(key.contribution(programmeId, pilotId), "pipeline_contribution", { ...after }, known),
          put(key.counters(programmeId), "pipeline", { ...counted(countersIn(sum), before, after) }, sum),
        ]);
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
  }
}

const put = (
  place: { pk: string; sk: string },
  type: string,
  data: Record<string, unknown>,
  current: Item | undefined,
) => ({
  kind: "put" as const,
  item: { ...place, type, data },
  expectedVersion: current?.version ?? 0,
});

function contributionOf(state: PilotState): Contribution {
  const { pilot } = state;
  const run = pilot.currentRunId === undefined ? undefined : state.runs[pilot.currentRunId];
  const stage = isEnded(pilot) ? "ended" : (run?.stageId ?? "intake");
  const open = Object.values(state.tasks).filter(isOpenTask);
  return {
    sequence: state.sequence,
    place: `${stage}#${pilot.status}`,
    atRisk: pilot.atRiskSince === undefined ? 0 : 1,
    onHold: pilot.status === "on_hold" ? 1 : 0,
    openTasks: open.length,
    overdueTasks: open.filter((task) => task.overdueSince !== undefined).length,
  };
}

function counted(sum: PipelineCounters, before: Contribution | undefined, after: Contribution): PipelineCounters {
  const places: Record<string, number> = { ...sum.places };
  if (before !== undefined) places[before.place] = (places[before.place] ?? 0) - 1;
  places[after.place] = (places[after.place] ?? 0) + 1;
  const moved = (count: (contribution: Contribution) => number, total: number): number =>
    total + count(after) - (before === undefined ? 0 : count(before));
  return {
    places: Object.fromEntries(Object.entries(places).filter(([, pilots]) => pilots > 0)),
    pilots: sum.pilots + (before === undefined ? 1 : 0),
    atRisk: moved((each) => each.atRisk, sum.atRisk),
    onHold: moved((each) => each.onHold, sum.onHold),
    openTasks: moved((each) => each.openTasks, sum.openTasks),
    overdueTasks: moved((each) => each.overdueTasks, sum.overdueTasks),
  };
}
