/**
 * The one clock of an embedded system: real time plus an offset, or a standing instant that only moves by hand.
 *
 * 1. `now()` never runs backwards because of `advance` or `moveTo`.
 * 2. A timer fires at most once, in order of due time, and sees `now()` at or after its due time.
 * 3. While the clock is moved, whatever a timer's callback returns is awaited before the next one fires, so what it
 *    sets off (and the timers that sets) happens at its own time and not at the end of the leap.
 */

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
  /** Calls `listener` after each move; the answer removes it. */
  onMove(listener: () => void): () => void;
  /** The due time of the next timer. */
  nextDueAt(): Date | null;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly fire: () => unknown;
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
      timers.remove(timer);
      void timer.fire();
    }
    setAlarm();
  }

  async function moveTo(targetMs: number): Promise<void> {
    for (let timer = timers.first(); timer !== undefined && timer.dueMs <= targetMs; timer = timers.first()) {
      timers.remove(timer);
      leapTo(timer.dueMs);
      await timer.fire();
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

  return {
    now: () => new Date(nowMs()),
    get offsetMs() {
      return standingMs === null ? offsetMs : standingMs - Date.now();
    },
    at(instant, fire) {
      const timer = timers.add(instant.getTime(), fire);
      setAlarm();
      return () => timers.remove(timer);
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

/** A binary heap by due time, then by order of arrival. A cancelled timer stays until it surfaces. */
function createTimerQueue() {
  const heap: Timer[] = [];
  const live = new Set<Timer>();
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

  function siftDown(): void {
    let parent = 0;
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
    siftDown();
  }

  return {
    add(dueMs: number, fire: () => unknown): Timer {
      arrivals += 1;
      const timer = { dueMs, order: arrivals, fire };
      live.add(timer);
      heap.push(timer);
      siftUp(heap.length - 1);
      return timer;
    },
    remove(timer: Timer): void {
      live.delete(timer);
    },
    first(): Timer | undefined {
      let top = heap[0];
      while (top !== undefined && !live.has(top)) {
        pop();
        top = heap[0];
      }
      return top;
    },
  };
}
