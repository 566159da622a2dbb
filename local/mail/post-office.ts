/**
 * What the stream and the schedule do for `deliver` on AWS: it hears of every new mail, and looks again when a mail's next
 * attempt is due. One round at a time, so that a clock that is moved never makes two attempts at one mail.
 */
import type { Deliver } from "../../functions/events/deliver.ts";
import type { MovableClock } from "../clock.ts";
import type { SqliteStore } from "../store/sqlite-store.ts";

export interface PostOffice {
  /** Resolves when every mail that was due has been tried. */
  idle(): Promise<void>;
  /** Lets the mail under way be handed over. */
  close(): Promise<void>;
}

interface PostOfficeOptions {
  readonly store: Pick<SqliteStore, "onPut">;
  readonly clock: Pick<MovableClock, "now" | "at">;
  readonly deliver: Deliver;
  readonly onError: (error: unknown) => void;
}

const AFTER_ERROR_MS = 60_000;

export function openPostOffice({ store, clock, deliver, onError }: PostOfficeOptions): PostOffice {
  let closed = false;
  let asked = false;
  let running: Promise<void> | undefined;
  let cancelAlarm = (): void => {};
  const stopListening = store.onPut("mail", look);
  look();

  function look(): void {
    asked = true;
    if (!closed) running ??= rounds();
  }

  async function rounds(): Promise<void> {
    try {
      while (asked && !closed) {
        asked = false;
        cancelAlarm();
        const { nextAt } = await deliver.due(() => closed);
        if (nextAt !== undefined) setAlarm(new Date(nextAt));
      }
    } catch (error) {
      onError(error);
      setAlarm(new Date(clock.now().getTime() + AFTER_ERROR_MS));
    } finally {
      running = undefined;
    }
  }

  function setAlarm(at: Date): void {
    cancelAlarm();
    // Not awaited by a clock that is moved: a mail server that is slow must not hold time up.
    if (!closed) cancelAlarm = clock.at(at, () => look());
  }

  return {
    async idle() {
      while (running !== undefined) await running;
    },
    async close() {
      closed = true;
      stopListening();
      cancelAlarm();
      await running;
    },
  };
}
