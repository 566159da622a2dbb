/**
 * The one clock of an embedded system: real time plus an offset, or a standing instant that only moves by hand; either
 * may skip the times in which nothing happens.
 *
 * 1. `now()` never runs backwards because of `advance` or `moveTo`.
 * 2. A timer fires at most once, in order of due time, and sees `now()` at or after its due time.
 * 3. While the clock is moved, whatever a timer's callback returns is awaited before the next one fires, so what it
 *    sets off (and the timers that sets) happens at its own time and not at the end of the leap.
 * 4. A timer that has fired or was cancelled keeps nothing alive, however far away its due time was.
 */
import { setImmediate } from "node:timers/promises";

/** `clock.moveTo` was asked to go back in time. */
export class ClockMovesForwardOnly extends Error {
  override name = "ClockMovesForwardOnly" as const;
}

export interface MovableClock {
  now(): Date;
  /** Milliseconds by which this clock is ahead of real time. Store it to go on from there after a restart. */
  readonly offsetMs: number;
  /** Calls `fire` once when `instant` is reached, soon if it has passed; the answer cancels it. Any distance is fine. */
  at(instant: Date, fire: () => unknown): () => void;
  /** Moves forward by `ms`, firing what falls due on the way. Resolves when all of it has fired and settled. */
  advance(ms: number): Promise<void>;
  /** Moves forward to `instant`. @throws ClockMovesForwardOnly when it has passed. */
  moveTo(instant: Date): Promise<void>;
  /**
   * Skips the times in which nothing happens: whenever `whenIdle` has resolved, moves to the next timer. The answer ends
   * it. Who is about to act on what they have seen holds the clock meanwhile, or time runs away from them.
   */
  skip(whenIdle: () => Promise<unknown>): () => void;
  /** Keeps the clock from skipping until every hold is released; the answer releases this one. */
  hold(): () => void;
  /** Calls `listener` after each move; the answer removes it. */
  onMove(listener: () => void): () => void;
  /** The due time of the next timer. */
  nextDueAt(): Date | null;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  /** Null once it has fired or was cancelled. */
  fire: (() => unknown) | null;
}

/** The longest delay a Node timer can carry; longer ones are taken in strides. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Starts at `start`, or at real time plus `offsetMs` (the one kept from an earlier run); `frozen` makes it stand still
 * unless moved.
 */
export function createClock(options: { start?: Date; offsetMs?: number; frozen?: boolean } = {}): MovableClock {
  const startMs = options.start?.getTime() ?? Date.now() + (options.offsetMs ?? 0);
  let offsetMs = options.offsetMs ?? startMs - Date.now();
  let standingMs = options.frozen ? startMs : null;
  const timers = createTimerQueue();
  const listeners = new Set<() => void>();
  let alarm: NodeJS.Timeout | undefined;
  let alarmDueMs = Number.POSITIVE_INFINITY;
  let moving: Promise<void> = Promise.resolve();
  let moves = 0;
  let holds = 0;
  /** Resolves when there may be something to skip that was not there before. */
  let stirred = Promise.withResolvers<void>();

  const nowMs = () => standingMs ?? Date.now() + offsetMs;

  /** Brings the clock to `ms` unless real time has already taken it further. */
  function leapTo(ms: number): void {
    if (standingMs !== null) standingMs = Math.max(standingMs, ms);
    else offsetMs += Math.max(0, ms - nowMs());
  }

  function setAlarm(): void {
    const next = timers.first();
    if (moves > 0 || next === undefined) return;
    if (standingMs !== null && next.dueMs > standingMs) return;
    if (alarm !== undefined && alarmDueMs <= next.dueMs) return;
    clearTimeout(alarm);
    alarmDueMs = next.dueMs;
    alarm = setTimeout(ring, Math.min(Math.max(0, next.dueMs - nowMs()), LONGEST_DELAY_MS));
    alarm.unref();
  }

  function clearAlarm(): void {
    clearTimeout(alarm);
    alarm = undefined;
    alarmDueMs = Number.POSITIVE_INFINITY;
  }

  function ring(): void {
    clearAlarm();
    if (moves > 0) return;
    const dueBy = nowMs();
    for (let timer = timers.first(); timer !== undefined && timer.dueMs <= dueBy; timer = timers.first()) {
      void timers.take(timer)?.();
    }
    setAlarm();
  }

  async function moveTo(targetMs: number): Promise<void> {
    for (let timer = timers.first(); timer !== undefined && timer.dueMs <= targetMs; timer = timers.first()) {
      const fire = timers.take(timer);
      leapTo(timer.dueMs);
      await fire?.();
    }
    leapTo(targetMs);
    for (const listener of listeners) listener();
  }

  /** One move at a time: a second one starts where the first ended. */
  function move(target: () => number): Promise<void> {
    moves += 1;
    clearAlarm();
    const done = moving
      .then(() => moveTo(target()))
      .finally(() => {
        moves -= 1;
        setAlarm();
      });
    moving = done.catch(() => {});
    return done;
  }

  function stir(): void {
    stirred.resolve();
    stirred = Promise.withResolvers();
  }

  async function skipUntil(isOver: () => boolean, whenIdle: () => Promise<unknown>): Promise<void> {
    while (!isOver()) {
      await whenIdle();
      // Whoever waited for the same moment may act on it first; then it was not an idle one.
      await setImmediate();
      await whenIdle();
      const next = timers.first();
      if (isOver()) return;
      if (next === undefined || holds > 0) await stirred.promise;
      else await move(() => next.dueMs);
    }
  }

  return {
    now: () => new Date(nowMs()),
    get offsetMs() {
      return standingMs === null ? offsetMs : standingMs - Date.now();
    },
    at(instant, fire) {
      const timer = timers.add(instant.getTime(), fire);
      setAlarm();
      stir();
      return () => void timers.take(timer);
    },
    async advance(ms) {
      if (!(ms >= 0)) throw new ClockMovesForwardOnly(`The clock moves forward only, not by ${ms} ms.`);
      await move(() => nowMs() + ms);
    },
    async moveTo(instant) {
      if (!(instant.getTime() >= nowMs())) {
        throw new ClockMovesForwardOnly(`The clock is past ${String(instant.toJSON())} and moves forward only.`);
      }
      await move(() => instant.getTime());
    },
    skip(whenIdle) {
      let isOver = false;
      void skipUntil(() => isOver, whenIdle);
      return () => {
        isOver = true;
        stir();
      };
    },
    hold() {
      let isHeld = true;
      holds += 1;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds -= 1;
        stir();
      };
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextDueAt() {
      const next = timers.first();
      return next === undefined ? null : new Date(next.dueMs);
    },
  };
}

/**
 * A binary heap by due time, then by order of arrival. A timer that is taken out stays in its place, empty, until it
 * surfaces or every second one is empty.
 */
function createTimerQueue() {
  let heap: Timer[] = [];
  let emptyCount = 0;
  let arrivals = 0;

  const before = (a: Timer, b: Timer) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);

  function siftUp(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!swapIfBefore(child, parent)) return;
      child = parent;
    }
  }

  function siftDown(from: number): void {
    let parent = from;
    for (;;) {
      const left = 2 * parent + 1;
      const [leftTimer, rightTimer] = [heap[left], heap[left + 1]];
      if (leftTimer === undefined) return;
      const child = rightTimer !== undefined && before(rightTimer, leftTimer) ? left + 1 : left;
      if (!swapIfBefore(child, parent)) return;
      parent = child;
    }
  }

  function swapIfBefore(child: number, parent: number): boolean {
    const [lower, upper] = [heap[child], heap[parent]];
    if (lower === undefined || upper === undefined || !before(lower, upper)) return false;
    heap[child] = upper;
    heap[parent] = lower;
    return true;
  }

  function pop(): void {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    siftDown(0);
  }

  function dropEmpty(): void {
    heap = heap.filter(({ fire }) => fire !== null);
    emptyCount = 0;
    for (let parent = (heap.length >> 1) - 1; parent >= 0; parent -= 1) siftDown(parent);
  }

  return {
    add(dueMs: number, fire: () => unknown): Timer {
      arrivals += 1;
      const timer = { dueMs, order: arrivals, fire };
      heap.push(timer);
      siftUp(heap.length - 1);
      return timer;
    },
    /** What the timer was to call, if it has not been taken before. */
    take(timer: Timer): (() => unknown) | null {
      const { fire } = timer;
      if (fire === null) return null;
      timer.fire = null;
      emptyCount += 1;
      if (emptyCount > 100 && emptyCount > heap.length / 2) dropEmpty();
      return fire;
    },
    first(): Timer | undefined {
      let top = heap[0];
      while (top !== undefined && top.fire === null) {
        pop();
        emptyCount -= 1;
        top = heap[0];
      }
      return top;
    },
  };
}
