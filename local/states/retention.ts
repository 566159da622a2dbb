/**
 * What becomes of executions that have ended: after an hour they are packed, after the retention time they are gone,
 * as on Step Functions. Done in small pieces between other work; a piece that fails (a full disk) is tried again later.
 */
import { setImmediate } from "node:timers/promises";
import { NotRecorded } from "./errors.ts";
import type { Journal } from "./journal.ts";

/** How long Step Functions keeps an execution that has ended. */
export const DEFAULT_RETENTION_MS = 90 * 86_400_000;

/** Those who look at an execution do so soon after its end: until then it is not worth packing. */
const PACK_AFTER_MS = 3_600_000;

/** In real time: only the ages are told by the clock of the executions. */
const SWEEP_EVERY_MS = 60_000;

export interface Retention {
  /** Packs and removes what is old enough by now. Resolves when nothing is left to do, or nothing can be done. */
  sweep(): Promise<void>;
  /** Must come before the journal is closed. */
  stop(): void;
}

export function startRetention(options: {
  journal: Pick<Journal, "packEnded" | "removeEnded">;
  clock: { now(): Date };
  retentionMs: number;
}): Retention {
  const { journal, clock, retentionMs } = options;
  let isStopped = false;
  const interval = setInterval(() => void sweep(), SWEEP_EVERY_MS);
  interval.unref();

  /** One piece of work; false when there is none. */
  function tidy(): boolean {
    const nowMs = clock.now().getTime();
    try {
      return journal.removeEnded(nowMs - retentionMs) || journal.packEnded(nowMs - PACK_AFTER_MS);
    } catch (error) {
      if (error instanceof NotRecorded) return false;
      throw error;
    }
  }

  async function sweep(): Promise<void> {
    while (!isStopped && tidy()) await setImmediate();
  }

  return {
    sweep,
    stop() {
      isStopped = true;
      clearInterval(interval);
    },
  };
}
