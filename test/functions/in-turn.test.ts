import { describe, expect, test } from "vitest";
import { createTurns } from "../../functions/events/in-turn.ts";

describe("turns", () => {
  test("keep the order of asking for one key, whatever each takes", async () => {
    const inTurn = createTurns();
    const done: number[] = [];
    await Promise.all(
      [3, 0, 2, 1].map((turns, index) =>
        inTurn("person", async () => {
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          done.push(index);
        }),
      ),
    );
    expect(done).toEqual([0, 1, 2, 3]);
  });

  test("let other keys go on", async () => {
    const inTurn = createTurns();
    const { promise: stuck, resolve } = Promise.withResolvers<void>();
    const first = inTurn("a", () => stuck);
    expect(await inTurn("b", async () => "done")).toBe("done");
    resolve();
    await first;
  });

  test("go on after one that failed, whose caller is told", async () => {
    const inTurn = createTurns();
    const failed = inTurn("person", () => Promise.reject(new Error("no")));
    const next = inTurn("person", async () => "done");
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe("done");
  });
});
