import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createClock } from "../../../local/clock.ts";
import { machine, pass, room, START, wait } from "./harness.ts";

const DAY_MS = 86_400_000;
const MANY = 2000;

describe("many sleeping executions", () => {
  test("are all there after a restart, and only the one that is due wakes up", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "sleeping-")), "states.sqlite");
    const before = room({}, { file });
    const definition = machine({
      Sleep: { Type: "Wait", Seconds: "{% $states.input * 86400 %}", Next: "Up" },
      Up: pass(),
    });
    await before.states.createStateMachine({ name: "machine", definition });
    const days = Array.from({ length: MANY }, (_, n) => n + 1);
    await Promise.all(
      days.map((n) => before.states.startExecution({ stateMachine: "machine", name: `day-${n}`, input: n })),
    );
    await before.states.close();

    const clock = createClock({ start: START, frozen: true });
    await using after = room({}, { file, clock });
    expect(clock.nextDueAt()).toEqual(new Date(START.getTime() + DAY_MS));
    await clock.advance(DAY_MS);
    const { executions } = await after.states.listExecutions({ stateMachine: "machine", statusFilter: "SUCCEEDED" });
    expect(executions.map(({ name }) => name)).toEqual(["day-1"]);
    expect(clock.nextDueAt()).toEqual(new Date(START.getTime() + 2 * DAY_MS));
  });
});

describe("a skipping clock", () => {
  test("takes an execution through waits, retries and timeouts of months without anyone moving it", async () => {
    const clock = createClock({ start: START, frozen: true });
    let attempts = 0;
    const flaky = () => {
      attempts += 1;
      if (attempts < 3) throw new Error("not yet");
      return clock.now().toISOString();
    };
    await using place = room({ flaky, wait: () => null }, { clock });
    const end = clock.skip(() => place.states.whenIdle());
    const task = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Arguments: { FunctionName: "flaky" } };
    const executionArn = await place.start(
      machine({
        Sleep: { Type: "Wait", Seconds: 90 * 86_400, Next: "Flaky" },
        Flaky: { ...task, Retry: [{ ErrorEquals: ["Error"], IntervalSeconds: 86_400, BackoffRate: 1 }], Next: "Token" },
        Token: wait({
          TimeoutSeconds: 30 * 86_400,
          Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Up" }],
          Next: "Up",
        }),
        Up: pass({ Output: "{% $now() %}", End: true }),
      }),
    );
    const { promise, resolve } = Promise.withResolvers<void>();
    const remove = clock.onMove(() => {
      void place.states.describeExecution({ executionArn }).then(({ status }) => status !== "RUNNING" && resolve());
    });
    await promise;
    remove();
    end();
    const description = await place.states.describeExecution({ executionArn });
    expect(description).toMatchObject({
      status: "SUCCEEDED",
      output: new Date(START.getTime() + 122 * DAY_MS).toISOString(),
    });
  });
});
