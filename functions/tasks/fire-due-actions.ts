import { systemActor } from "../../shared/domain/actor.ts";
import { readProgrammes } from "../../shared/records/people.ts";
import type { TaskDependencies } from "./task.ts";

/** Pilots per call: well within a Lambda's time, also when each has several actions due. */
const BATCH = 50;

/**
 * Task state "Fire due actions": what is due fires in order of its time, each action as a change of its own (I7),
 * so a crash in between repeats nothing.
 */
export const createFireDueActions =
  ({ store, clock, pilots }: TaskDependencies) =>
  async (): Promise<{ fired: number; more: boolean }> => {
    let fired = 0;
    let more = false;
    for (const programme of await readProgrammes(store)) {
      const due = await store.query({
        index: "gsi2",
        pk: `DUE#${programme.id}`,
        to: `${clock.now().toISOString()}~`,
        limit: BATCH,
      });
      more ||= due.cursor !== undefined;
      for (const { data } of due.items) {
        const pilotId = String(data.pilotId);
        while (
          (await pilots.change(pilotId, { type: "FireDueAction" }, systemActor(programme.id))).event !== undefined
        ) {
          fired += 1;
        }
      }
    }
    return { fired, more };
  };
