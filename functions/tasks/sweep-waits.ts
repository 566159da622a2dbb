import type { WaitRecord } from "../../shared/contracts/items.ts";
import { isOpenTask, type PilotState } from "../../shared/domain/pilot/state.ts";
import { answerTo } from "../../shared/domain/pilot/waits.ts";
import type { Forgotten } from "../../shared/records/forgotten.ts";
import { readProgrammes } from "../../shared/records/people.ts";
import { announceWait, waitsOpenedBefore } from "../../shared/records/waits.ts";
import { createForgetOldRecords } from "./forget-old-records.ts";
import type { TaskDependencies } from "./task.ts";

/** Younger waits are still being looked after by relay. */
const GRACE_MS = 60 * 60 * 1000;

/**
 * Task state "Sweep waits" (I8): a wait that could have been answered an hour ago is announced to relay once more;
 * one that no open task will ever end is reported. The day's first sweep also forgets what is past its time.
 */
export const createSweepWaits =
  ({ store, clock, pilots }: TaskDependencies, forgetOldRecords = createForgetOldRecords({ store, clock })) =>
  async (): Promise<{ answered: number; orphans: string[]; forgotten: Forgotten }> => {
    let answered = 0;
    const orphans: string[] = [];
    const before = new Date(clock.now().getTime() - GRACE_MS).toISOString();
    for (const programme of await readProgrammes(store)) {
      for (const { wait, version } of await waitsOpenedBefore(store, programme.id, before)) {
        const state = await pilots.load(wait.pilotId);
        if (state === undefined) orphans.push(nameOf(wait));
        else if (answerTo(state, wait.runId, wait) !== undefined) {
          await announceWait({ store, clock }, { ...wait, openedAt: clock.now().toISOString() }, version);
          answered += 1;
        } else if (!hasTask(state, wait)) orphans.push(nameOf(wait));
      }
    }
    return { answered, orphans, forgotten: await forgetOldRecords() };
  };

const nameOf = (wait: WaitRecord): string =>
  [wait.pilotId, wait.runId, wait.slot, ...("deliverableId" in wait ? [wait.deliverableId] : [])].join(" ");

/** Whether somebody has work (also while it is suspended) whose end answers the wait. */
function hasTask(state: PilotState, wait: WaitRecord): boolean {
  if (wait.slot === "resume") return state.pilot.hold !== undefined;
  return Object.values(state.tasks).some((task) => {
    if (!isOpenTask(task) && task.status !== "suspended") return false;
    if (!("deliverableId" in wait)) return task.runId === wait.runId && task.kind.startsWith("gate_");
    return task.deliverableId === wait.deliverableId && task.kind === (wait.slot === "review" ? "review" : "produce");
  });
}
