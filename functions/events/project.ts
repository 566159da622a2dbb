/**
 * Projection of the pipeline: per programme, how many pilots are where, and how much work is open or late.
 * Each pilot's contribution is kept beside the sum, with the number of the event it rests on:
 * a repeated or older event changes nothing, and reading the pipeline costs the same with ten pilots or ten thousand.
 * The contribution also keeps what the figures of the dashboard need, so that they read no pilot; and the days of each
 * step that is done are kept with the others' of the programme. A step is known by pilot and task, so that it counts once.
 */
import { key, pilotStream, stored } from "../../shared/contracts/items.ts";
import { factsOf } from "../../shared/domain/analytics/pilot-facts.ts";
import { type FinishedStep, finishedSteps, stepOf } from "../../shared/domain/analytics/steps.ts";
import { isEnded, isOpenTask, type PilotState, type StageRun } from "../../shared/domain/pilot/state.ts";
import { type Item, type Store, type StoredEvent, VersionConflict } from "../../shared/ports/store.ts";
import { withRunsOf } from "../../shared/records/finished-steps.ts";
import type { KeptFacts } from "../../shared/records/pilot-facts.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import { countersIn, type PipelineCounters } from "../../shared/records/pipeline.ts";
import { createTurns } from "./in-turn.ts";

interface Contribution extends KeptFacts {
  readonly sequence: number;
  /** "<stage>#<status>". */
  readonly place: string;
  readonly atRisk: number;
  readonly onHold: number;
  readonly openTasks: number;
  readonly overdueTasks: number;
  /** By process version. */
  readonly runs?: Readonly<Record<string, number>>;
  readonly openRuns?: Readonly<Record<string, number>>;
}

/** A transaction takes 99 writes; two are for the pilot and the sum. */
const MOST_STEPS = 97;

export function createProject({ store, pilots }: { store: Store; pilots: Pick<PilotRecords, "load"> }) {
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
        const steps = await writesOfSteps(state, before);
        // More at once only for a pilot seen late for the first time; steps counted twice are counted once.
        while (steps.length > MOST_STEPS) await store.derive(steps.splice(0, MOST_STEPS));
        await store.derive([
          ...steps,
          put(key.contribution(programmeId, pilotId), "pipeline_contribution", { ...after }, known),
          put(key.counters(programmeId), "pipeline", { ...counted(countersIn(sum), before, after) }, sum),
        ]);
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
  }

  /** Of the steps that ended since the contribution was counted, or at that instant, and of those that are open again. */
  async function writesOfSteps(state: PilotState, before: Contribution | undefined) {
    const { id: pilotId, programmeId } = state.pilot;
    const { countedUntil = "", facts } = before ?? {};
    const changed = new Map<string, { finished: FinishedStep[]; reopened: Set<string> }>();
    const changeOf = (step: string) => {
      const change = changed.get(step) ?? { finished: [], reopened: new Set() };
      changed.set(step, change);
      return change;
    };
    for (const done of finishedSteps(state)) if (done.endedAt >= countedUntil) changeOf(done.step).finished.push(done);
    const openBefore = new Set(facts?.open.map(({ id }) => id));
    for (const task of Object.values(state.tasks)) {
      const step = stepOf(task, state);
      const mayBeReopened = isOpenTask(task) && !openBefore.has(task.id) && task.createdAt < countedUntil;
      if (mayBeReopened && step !== undefined) changeOf(step).reopened.add(task.id);
    }
    const writes = await Promise.all(
      [...changed].map(async ([step, change]) => {
        const current = await store.get(key.finishedStep(programmeId, step));
        const item = withRunsOf(pilotId, change, { programmeId, step }, current);
        return item === undefined ? [] : [put(item, item.type, item.data, current)];
      }),
    );
    return writes.flat();
  }
}

const put = (
  place: { pk: string; sk: string },
  type: string,
  data: Readonly<Record<string, unknown>>,
  current: Item | undefined,
) => ({
  kind: "put" as const,
  item: { pk: place.pk, sk: place.sk, type, data },
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
    runs: byVersion(Object.values(state.runs)),
    openRuns: byVersion(Object.values(state.runs).filter(({ endedAt }) => endedAt === undefined && !isEnded(pilot))),
    facts: factsOf(state),
    countedUntil: finishedSteps(state).reduce((last, { endedAt }) => (endedAt > last ? endedAt : last), ""),
  };
}

function byVersion(runs: readonly StageRun[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { processVersion } of runs) counts[processVersion] = (counts[processVersion] ?? 0) + 1;
  return counts;
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
    runs: summed(sum.runs, before?.runs, after.runs),
    openRuns: summed(sum.openRuns, before?.openRuns, after.openRuns),
  };
}

function summed(
  sum: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>> = {},
  after: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const versions = new Set([...Object.keys(sum), ...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...versions]
      .map((version) => [version, (sum[version] ?? 0) - (before[version] ?? 0) + (after[version] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}
