import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { ClockMovesForwardOnly, createClock } from "../../local/clock.ts";

const START = new Date("2026-03-01T09:00:00Z");
const DAY_MS = 86_400_000;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const instant = (ms: number) => new Date(START.getTime() + ms);

function standing() {
  const clock = createClock({ start: START, frozen: true });
  const begin = clock.now().getTime();
  return { clock, at: (ms: number, fire: () => unknown) => clock.at(new Date(begin + ms), fire), begin };
}

/** Long enough for everything that is not waiting for time or for us. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("a frozen clock", () => {
  test("stands still until it is moved", async () => {
    const { clock, begin } = standing();
    expect(clock.now().getTime()).toBe(begin);
    await clock.advance(5);
    expect(clock.now().getTime()).toBe(begin + 5);
    await clock.moveTo(new Date(begin + DAY_MS));
    expect(clock.now().getTime()).toBe(begin + DAY_MS);
  });

  test("fires what falls due on the way, in order of due time, each at its time", async () => {
    const { clock, at, begin } = standing();
    const fired: [string, number][] = [];
    const note = (name: string) => () => fired.push([name, clock.now().getTime() - begin]);
    at(300, note("third"));
    at(100, note("first"));
    at(200, note("second"));
    at(100, note("first again"));
    at(1001, note("too late"));
    await clock.advance(1000);
    expect(fired).toEqual([
      ["first", 100],
      ["first again", 100],
      ["second", 200],
      ["third", 300],
    ]);
    expect(clock.nextDueAt()?.getTime()).toBe(begin + 1001);
  });

  test("awaits what a timer set off, so that timers set by it fire in the same move", async () => {
    const { clock, at, begin } = standing();
    const hours: number[] = [];
    const everyHour = async () => {
      await Promise.resolve();
      hours.push((clock.now().getTime() - begin) / 3_600_000);
      clock.at(new Date(clock.now().getTime() + 3_600_000), everyHour);
    };
    at(3_600_000, everyHour);
    await clock.advance(5 * 3_600_000);
    expect(hours).toEqual([1, 2, 3, 4, 5]);
  });

  test("carries timers over any distance", async () => {
    const { clock, at } = standing();
    let fired = 0;
    at(270 * DAY_MS, () => {
      fired += 1;
    });
    await clock.advance(269 * DAY_MS);
    expect(fired).toBe(0);
    await clock.advance(DAY_MS);
    expect(fired).toBe(1);
  });

  test("does not fire a cancelled timer, and fires none twice", async () => {
    const { clock, at } = standing();
    const fired: string[] = [];
    const cancel = at(10, () => fired.push("cancelled"));
    at(10, () => fired.push("kept"));
    cancel();
    await clock.advance(20);
    await clock.advance(20);
    expect(fired).toEqual(["kept"]);
  });

  test("keeps two moves apart", async () => {
    const { clock, begin } = standing();
    await Promise.all([clock.advance(100), clock.advance(100)]);
    expect(clock.now().getTime()).toBe(begin + 200);
  });

  test("tells its listeners after a move, until they are removed", async () => {
    const { clock } = standing();
    let moves = 0;
    const remove = clock.onMove(() => {
      moves += 1;
    });
    await clock.advance(1);
    remove();
    await clock.advance(1);
    expect(moves).toBe(1);
  });

  test("goes on after a timer whose callback fails, and says so to whoever moved it", async () => {
    const { clock, at } = standing();
    const fired: string[] = [];
    at(10, () => Promise.reject(new Error("no")));
    at(20, () => fired.push("later"));
    await expect(clock.advance(30)).rejects.toThrow("no");
    await clock.advance(30);
    expect(fired).toEqual(["later"]);
  });

  test("refuses to go back", async () => {
    const { clock, begin } = standing();
    await expect(clock.advance(-1)).rejects.toBeInstanceOf(ClockMovesForwardOnly);
    await expect(clock.advance(Number.NaN)).rejects.toBeInstanceOf(ClockMovesForwardOnly);
    await expect(clock.moveTo(new Date(begin - 1))).rejects.toBeInstanceOf(ClockMovesForwardOnly);
    await expect(clock.moveTo(new Date(Number.NaN))).rejects.toBeInstanceOf(ClockMovesForwardOnly);
  });
});

describe("a clock with many timers", () => {
  test("fires those that are left in order, whichever of them were cancelled", async () => {
    const { clock, at } = standing();
    const fired: number[] = [];
    const due = Array.from({ length: 1000 }, (_, n) => (n * 7919) % 1000);
    const cancels = due.map((ms) => at(ms, () => fired.push(ms)));
    for (const [n, cancel] of cancels.entries()) if (n % 3 > 0) cancel();
    await clock.advance(1000);
    const left = due.filter((_, n) => n % 3 === 0);
    expect(fired).toEqual(left.toSorted((a, b) => a - b));
    expect(clock.nextDueAt()).toBeNull();
  });

  test("keeps nothing alive that a cancelled timer would have called", async () => {
    const { at } = standing();
    let collected = 0;
    const registry = new FinalizationRegistry(() => {
      collected += 1;
    });
    for (let n = 0; n < 1000; n += 1) {
      const large = { n };
      registry.register(large, n);
      at(1000 + n, () => large.n)();
    }
    // Collection is announced in a task of its own.
    for (let tries = 0; tries < 50 && collected < 900; tries += 1) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(collected).toBeGreaterThan(900);
  });
});

describe("a skipping clock", () => {
  const idle = () => Promise.resolve();

  test("goes from timer to timer without being moved, each at its time", async () => {
    const { clock, begin } = standing();
    const days: number[] = [];
    await new Promise<void>((resolve) => {
      const everyThirtyDays = () => {
        days.push((clock.now().getTime() - begin) / DAY_MS);
        if (days.length === 9) resolve();
        else clock.at(new Date(clock.now().getTime() + 30 * DAY_MS), everyThirtyDays);
      };
      everyThirtyDays();
      clock.skip(idle);
    });
    expect(days).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240]);
  });

  test("waits until all is idle, and what a timer sets off counts", async () => {
    const { clock, at } = standing();
    const order: string[] = [];
    const busy = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    at(1000, () => {
      order.push("first");
      return slow.promise;
    });
    const done = new Promise<void>((resolve) => at(2000, () => resolve(void order.push("second"))));
    clock.skip(() => busy.promise);
    await settled();
    order.push("busy until here");
    busy.resolve();
    await settled();
    order.push("slow until here");
    slow.resolve();
    await done;
    expect(order).toEqual(["busy until here", "first", "slow until here", "second"]);
  });

  test("stands while it is held, and stays where it is when skipping ends", async () => {
    const { clock, at, begin } = standing();
    const fired: string[] = [];
    const releases = [clock.hold(), clock.hold()];
    const first = new Promise<void>((resolve) => at(1000, () => resolve(void fired.push("first"))));
    const end = clock.skip(idle);
    await settled();
    releases[0]?.();
    releases[0]?.();
    await settled();
    expect(fired).toEqual([]);
    releases[1]?.();
    await first;
    end();
    at(2000, () => fired.push("never"));
    await settled();
    expect(fired).toEqual(["first"]);
    expect(clock.now().getTime()).toBe(begin + 1000);
  });

  test("takes up timers that are set while there are none", async () => {
    const { clock, at } = standing();
    const end = clock.skip(idle);
    await settled();
    await new Promise<void>((resolve) => at(DAY_MS, resolve));
    end();
  });

  test("skips real time too when it runs", async () => {
    const clock = createClock({ start: START });
    const end = clock.skip(idle);
    await new Promise<void>((resolve) => clock.at(instant(365 * DAY_MS), resolve));
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(instant(365 * DAY_MS).getTime());
    end();
  });
});

describe("a running clock", () => {
  test("is real time plus its offset, which only grows", async () => {
    const clock = createClock({ offsetMs: DAY_MS });
    expect(clock.now().getTime() - Date.now()).toBeGreaterThanOrEqual(DAY_MS - 1);
    await clock.advance(DAY_MS);
    expect(clock.offsetMs).toBeGreaterThanOrEqual(2 * DAY_MS - 1000);
    expect(clock.now().getTime() - Date.now()).toBeGreaterThanOrEqual(2 * DAY_MS - 1000);
  });

  test("fires by itself when real time gets there, also what is due already", async () => {
    const clock = createClock({ start: START });
    const fired = await new Promise<string[]>((resolve) => {
      const order: string[] = [];
      clock.at(instant(15), () => resolve([...order, "soon"]));
      clock.at(instant(-1000), () => order.push("overdue"));
    });
    expect(fired).toEqual(["overdue", "soon"]);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(instant(15).getTime());
  });

  test("takes a timer further away than a Node timer can carry, and does not fire it early", async () => {
    const clock = createClock({ start: START });
    let fired = 0;
    clock.at(instant(60 * DAY_MS), () => {
      fired += 1;
    });
    await clock.advance(59 * DAY_MS);
    expect(fired).toBe(0);
    await clock.advance(2 * DAY_MS);
    expect(fired).toBe(1);
  });
});
