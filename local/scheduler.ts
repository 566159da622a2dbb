/**
 * Runs the `deadlines` state machine every full hour, as EventBridge Scheduler does on AWS.
 *
 * When the clock is moved far ahead, hours in which nothing is due are passed over: the moves stop only at the hours
 * that have something to do (and once a day for the sweep), so a leap of months takes seconds and what falls due on
 * the way still happens at its own time.
 */

import type { Store } from "../shared/ports/store.ts";
import { readProgrammes } from "../shared/records/people.ts";
import type { MovableClock } from "./clock.ts";
import type { States } from "./states/states.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

export interface Scheduler {
  /** Moves the clock, stopping at every hour with something due. */
  moveTo(instant: Date): Promise<void>;
  /** Runs the machine now. Resolves when the run was started, not when it has ended. */
  runNow(): Promise<void>;
  close(): void;
}

interface SchedulerOptions {
  readonly store: Store;
  readonly states: Pick<States, "startExecution">;
  readonly clock: MovableClock;
  /** Resolves when nothing is under way. */
  readonly settled: () => Promise<void>;
  /** Called with the time the clock is going to have, before it has it: kept, so that time never runs backwards. */
  readonly beforeMove: (instant: Date) => void;
}

export function startScheduler({ store, states, clock, settled, beforeMove }: SchedulerOptions): Scheduler {
  let cancel = (): void => {};
  arm();

  function arm(): void {
    cancel();
    cancel = clock.at(fullHourAfter(clock.now()), async () => {
      arm();
      await runNow();
    });
  }

  async function runNow(): Promise<void> {
    const now = clock.now().toISOString();
    // The name makes a second run in the same instant the same run.
    await states.startExecution({
      stateMachine: "deadlines",
      name: `deadlines-${now.replaceAll(/[:.]/g, "-")}`,
      input: { now },
    });
  }

  return {
    runNow,
    async moveTo(instant) {
      cancel();
      try {
        for (;;) {
          await settled();
          const stop = await nextStop();
          if (stop >= instant) break;
          beforeMove(stop);
          await clock.moveTo(stop);
          await runNow();
        }
        beforeMove(instant);
        if (instant > clock.now()) await clock.moveTo(instant);
        await runNow();
        await settled();
      } finally {
        arm();
      }
    },
    close: () => cancel(),
  };

  /** The next full hour with something due, at most a day ahead. */
  async function nextStop(): Promise<Date> {
    const latest = clock.now().getTime() + DAY_MS;
    let earliest = latest;
    for (const programme of await readProgrammes(store)) {
      for (const pk of [`DUE#${programme.id}`, `DIGEST#${programme.id}`]) {
        const { items } = await store.query({ index: "gsi2", pk, limit: 1 });
        const due = items[0]?.gsi2sk?.split("#")[0];
        if (due !== undefined) earliest = Math.min(earliest, Date.parse(due));
      }
    }
    const now = clock.now();
    const hour = new Date(Math.ceil(earliest / HOUR_MS) * HOUR_MS);
    return hour > now ? hour : fullHourAfter(now);
  }
}

const fullHourAfter = (instant: Date): Date => new Date((Math.floor(instant.getTime() / HOUR_MS) + 1) * HOUR_MS);
