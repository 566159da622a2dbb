/**
 * Relay: the only one that speaks to Step Functions (I3). It reads events and makes executions follow them.
 *
 * - A stage run that is planned or was restarted gets its execution, named after run and number: a repeat is harmless.
 * - A wait that the pilot's state answers is answered. The state is read after the event, and the rule looks at what
 *   is (not at what changed), so late, repeated or reordered events lead to the same end.
 * - A run that ended without its workflow (withdrawn, stopped) has its execution stopped.
 */
import { executionName } from "../../shared/contracts/executions.ts";
import { pilotStream } from "../../shared/contracts/items.ts";
import type { PilotEventType } from "../../shared/domain/pilot/events.ts";
import { isRunOver, type PilotState } from "../../shared/domain/pilot/state.ts";
import { answerTo } from "../../shared/domain/pilot/waits.ts";
import type { Store, StoredEvent } from "../../shared/ports/store.ts";
import type { Workflows } from "../../shared/ports/workflows.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import { closeWait, waitsOf } from "../../shared/records/waits.ts";

const startsRun = new Set(["PilotAdmitted", "StageClosed", "ExecutionRestarted"]);
const endsRun = new Set(["PilotStopped", "PilotWithdrawn"]);

/** What happens most often and changes nothing that `answerTo` looks at: not worth reading the pilot for. */
const changesNoAnswer: ReadonlySet<string> = new Set<PilotEventType>([
  "ApplicationStarted",
  "DraftSaved",
  "TaskClaimed",
  "TaskStarted",
  "TaskReleased",
  "GateScored",
  "ReminderFired",
  "HoursLogged",
  "HoursConfirmed",
  "HoursDisputed",
  "HoursSettled",
  "CommentAdded",
]);

export function createRelay({
  store,
  pilots,
  workflows,
}: {
  store: Store;
  pilots: PilotRecords;
  workflows: Workflows;
}) {
  return async function relay(event: StoredEvent): Promise<void> {
    const pilotId = event.data.pilotId;
    if (typeof pilotId !== "string") return;
    const isPilotEvent = event.stream === pilotStream(pilotId);
    if (isPilotEvent ? changesNoAnswer.has(event.type) : event.type !== "WaitOpened") return;
    const state = await pilots.load(pilotId);
    if (state === undefined) return;
    if (startsRun.has(event.type)) await startCurrentRun(state, event);
    if (endsRun.has(event.type)) await stopExecutions(state, event);
    await answerWaits(state);
  };

  async function startCurrentRun(state: PilotState, event: StoredEvent): Promise<void> {
    const { id: pilotId, currentRunId } = state.pilot;
    const run = currentRunId === undefined ? undefined : state.runs[currentRunId];
    if (run === undefined || isRunOver(run)) return;
    if (event.type === "ExecutionRestarted") {
      // All of them: between two restarts in a row relay may not have had its turn.
      for (let number = 1; number < run.executionNumber; number += 1) {
        const before = executionName(pilotId, run.id, number);
        await workflows.stop("stage-run", before, "Restarted", event.reason ?? "Restarted by an administrator.");
      }
    }
    const name = executionName(pilotId, run.id, run.executionNumber);
    await workflows.start("stage-run", name, { pilotId, stageRunId: run.id });
  }

  async function stopExecutions(state: PilotState, event: StoredEvent): Promise<void> {
    for (const run of Object.values(state.runs)) {
      if (run.status !== "stopped") continue;
      const name = executionName(state.pilot.id, run.id, run.executionNumber);
      await workflows.stop("stage-run", name, event.type, event.reason ?? event.type);
    }
  }

  async function answerWaits(state: PilotState): Promise<void> {
    for (const kept of await waitsOf(store, state.pilot.id)) {
      const answer = answerTo(state, kept.wait.runId, kept.wait);
      if (answer === undefined) continue;
      await workflows.succeed(kept.wait.taskToken, answer);
      await closeWait(store, kept);
    }
  }
}
