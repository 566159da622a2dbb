/**
 * Stage runs that have not ended, with the execution that works on each: what it runs, where it stands, what a fresh one
 * would do. A restart is a command on the pilot like any other (I1, I2); relay does the rest when it reads the event.
 */
import { executionName } from "../../shared/contracts/executions.ts";
import { systemActor } from "../../shared/domain/actor.ts";
import { isEnded, type PilotState } from "../../shared/domain/pilot/state.ts";
import { type Wait, waitsOfFreshExecution } from "../../shared/domain/pilot/waits.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import type { ExecutionVersions, VersionedExecution } from "../../shared/ports/workflows.ts";
import { eventsBackwards } from "../../shared/records/events-of-pilot.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import { pilotsIn } from "../../shared/records/resume.ts";
import { waitsOf } from "../../shared/records/waits.ts";

export interface OpenRunsOptions {
  readonly store: Store;
  readonly pilots: PilotRecords;
  readonly clock: Clock;
  readonly versions: ExecutionVersions;
  /** Nothing else is looked at; without them everything is. */
  readonly programmes?: readonly string[];
  readonly pilotIds?: readonly string[];
  readonly stages?: readonly string[];
}

export interface OpenRun {
  readonly programmeId: string;
  readonly pilotId: string;
  readonly runId: string;
  /** Of the execution that should be working on it. */
  readonly executionName: string;
  readonly execution: VersionedExecution | undefined;
  readonly condition: RunCondition;
  /** What it waits for, as the store has it. */
  readonly waits: readonly Wait[];
  /** What a fresh execution would wait for; undefined: it opens the stage first. */
  readonly waitsAfterwards: readonly Wait[] | undefined;
}

/**
 * `current`: runs what is live. `behind`: runs another version. `broken`: has ended, though its run has not. `lost`: there is
 * no such execution. `starting`: not there yet, and asked for only now.
 */
export type RunCondition = "current" | "behind" | "broken" | "lost" | "starting";

/** What a restart is for; the others are well, or about to be. */
export const wantsRestart = ({ condition }: OpenRun): boolean =>
  condition === "behind" || condition === "broken" || condition === "lost";

/** Relay starts an execution within seconds; embedded, when Fairway is next started. */
const STARTING_MS = 60 * 60 * 1000;

/** Reads each pilot as it is when its turn comes: a long list is no snapshot, and needs to be none. */
export async function* openRuns(options: OpenRunsOptions): AsyncGenerator<OpenRun> {
  const { store, pilots, versions, programmes, pilotIds, stages } = options;
  const live = new Set(await versions.live("stage-run"));
  for await (const { pilotId, programmeId } of pilotsIn(store)) {
    if (programmes?.includes(programmeId) === false || pilotIds?.includes(pilotId) === false) continue;
    const state = await pilots.load(pilotId);
    const run = state?.runs[state.pilot.currentRunId ?? ""];
    if (state === undefined || run === undefined || isEnded(state.pilot)) continue;
    if (stages?.includes(run.stageId) === false) continue;
    const name = executionName(pilotId, run.id, run.executionNumber);
    const execution = await versions.find("stage-run", name);
    yield {
      programmeId,
      pilotId,
      runId: run.id,
      executionName: name,
      execution,
      condition: await conditionOf(options, state, execution, live),
      waits: await placesOf(store, pilotId, run.id),
      waitsAfterwards: waitsOfFreshExecution(state, run.id),
    };
  }
}

async function conditionOf(
  { store, clock }: OpenRunsOptions,
  { pilot }: PilotState,
  execution: VersionedExecution | undefined,
  live: ReadonlySet<string>,
): Promise<RunCondition> {
  if (execution === undefined) {
    const asked = await lastStartOf(store, pilot.id);
    return asked !== undefined && clock.now().getTime() - Date.parse(asked) < STARTING_MS ? "starting" : "lost";
  }
  if (execution.status !== "RUNNING") return "broken";
  return execution.version !== undefined && live.has(execution.version) ? "current" : "behind";
}

const startsExecution = new Set(["PilotAdmitted", "StageClosed", "ExecutionRestarted"]);

/** When relay was last given a reason to start one. */
async function lastStartOf(store: Store, pilotId: string): Promise<string | undefined> {
  for await (const event of eventsBackwards(store, pilotId)) if (startsExecution.has(event.type)) return event.at;
  return undefined;
}

/** Each place once: a token of an execution that was stopped may still lie beside its successor's. */
async function placesOf(store: Store, pilotId: string, runId: string): Promise<readonly Wait[]> {
  const places = new Map<string, Wait>();
  for (const { wait } of await waitsOf(store, pilotId)) {
    if (wait.runId !== runId) continue;
    const place: Wait =
      "deliverableId" in wait ? { slot: wait.slot, deliverableId: wait.deliverableId } : { slot: wait.slot };
    places.set(placeName(place), place);
  }
  return [...places.values()];
}

/** In words for an operator; a pilot's title is its company's own. */
export function describeRun(run: OpenRun): string {
  const { programmeId, pilotId, runId, execution, condition, waits, waitsAfterwards } = run;
  const runs = execution && `${execution.status}, version ${execution.version ?? "none"}, since ${execution.startedAt}`;
  const now = inWords(waits) || "nothing";
  const then =
    waitsAfterwards === undefined ? "opens the stage" : inWords(waitsAfterwards) || "goes to the stage's end";
  return [
    `${programmeId}  ${pilotId}  ${runId}: ${condition}`,
    `  execution ${run.executionName}: ${runs ?? "there is none"}`,
    `  waits for ${now}`,
    `  a fresh one ${then === now ? "waits for the same" : waitsAfterwards?.length ? `waits for ${then}` : then}`,
  ].join("\n");
}

const inWords = (waits: readonly Wait[]): string => waits.map(placeName).toSorted().join(", ");

/** Unique within a run, and readable. */
const placeName = (wait: Wait): string => {
  if ("deliverableId" in wait) return `${wait.slot} of ${wait.deliverableId}`;
  return wait.slot === "gate" ? "the gate's decision" : "the end of the hold";
};

/** False when the run has ended or moved on by itself meanwhile: then nothing was to be done. */
export async function restartRun(
  { pilots }: { readonly pilots: PilotRecords },
  { programmeId, pilotId, runId }: OpenRun,
  reason: string,
): Promise<boolean> {
  try {
    await pilots.change(pilotId, { type: "RestartExecution", runId, reason }, systemActor(programmeId));
    return true;
  } catch (error) {
    if (error instanceof Refusal && (error.name === "NotInThisState" || error.name === "NotFound")) return false;
    throw error;
  }
}
