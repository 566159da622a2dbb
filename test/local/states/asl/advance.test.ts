import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Advance, advance, type Happening } from "../../../../local/states/asl/advance.ts";
import { compileMachine } from "../../../../local/states/asl/definition.ts";
import {
  type Changes,
  type Execution,
  evolve,
  invocationOf,
  newExecution,
  nextDueMs,
  together,
} from "../../../../local/states/asl/execution.ts";
import { isJsonObject } from "../../../../local/states/asl/json.ts";
import type { Machine } from "../../../../local/states/asl/machine.ts";
import { call, machine, pass, scope, wait } from "../harness.ts";

const LONGEST_RUN = 300;
const START_MS = Date.parse("2026-03-01T09:00:00Z");

const begin = (): Execution =>
  newExecution({
    id: 1,
    executionArn: "arn:aws:states:local:000000000000:execution:machine:run",
    name: "run",
    stateMachineArn: "arn:aws:states:local:000000000000:stateMachine:machine",
    stateMachineName: "machine",
    roleArn: "arn:aws:iam::000000000000:role/states",
    region: "local",
    input: { n: 1 },
    startedAtMs: START_MS,
  });

/** What the world does next, decided by the state alone. Functions named "fail" fail. */
function nextHappening(execution: Execution, nowMs: number): { happening: Happening; nowMs: number } | null {
  for (const thread of execution.threads.values()) {
    const invocation = invocationOf(thread);
    if (invocation !== null) {
      const { threadId, scheduledId, arguments: args } = invocation;
      const { FunctionName: name, Payload: payload = {} } = isJsonObject(args) ? args : {};
      const result =
        name === "fail"
          ? ({ ok: false, error: "Broken", cause: "as told" } as const)
          : ({ ok: true, payload } as const);
      return { happening: { type: "invoked", threadId, scheduledId, result }, nowMs };
    }
    if (thread.phase.type === "task" && thread.phase.token !== null && thread.id % 3 !== 2) {
      return { happening: { type: "tokenSucceeded", token: thread.phase.token, output: thread.id }, nowMs };
    }
  }
  const dueMs = nextDueMs(execution);
  return dueMs === Number.POSITIVE_INFINITY ? null : { happening: { type: "tick" }, nowMs: dueMs };
}

/** Runs to the end; `remember` gives the state from which each next transition starts. */
async function run(
  compiled: Machine,
  remember: (execution: Execution, journal: readonly string[]) => Execution,
): Promise<{ steps: Advance[]; journal: string[]; execution: Execution }> {
  let execution = begin();
  const steps: Advance[] = [];
  const journal: string[] = [];
  let next: { happening: Happening; nowMs: number } | null = { happening: { type: "start" }, nowMs: START_MS };
  while (next !== null) {
    // Retries within retries can take long: what has been seen by then is enough.
    if (steps.length === LONGEST_RUN) next = { ...next, happening: { type: "stop", error: null, cause: null } };
    const step = await advance(compiled, execution, next.happening, {
      nowMs: next.nowMs,
      seed: `seed ${steps.length}`,
    });
    if (step === null) throw new Error("Something that was due changed nothing");
    steps.push(step);
    journal.push(JSON.stringify(step.changes));
    evolve(execution, step.changes);
    execution = remember(execution, journal);
    next = execution.outcome === null ? nextHappening(execution, next.nowMs) : null;
  }
  return { steps, journal, execution };
}

function replay(journal: readonly string[]): Execution {
  const execution = begin();
  for (const text of journal) evolve(execution, JSON.parse(text) as Changes);
  return execution;
}

// --- random machines --------------------------------------------------------------------------------------------------

type Make = (name: string, next: object) => Record<string, object>;

const retry = {
  Retry: [{ ErrorEquals: ["Broken", "States.Timeout"], IntervalSeconds: 2, MaxAttempts: 2, JitterStrategy: "FULL" }],
};

const leaf: fc.Arbitrary<Make> = fc.constantFrom<Make>(
  (name, next) => ({ [name]: pass({ Assign: { [`v${name}`]: "{% $uuid() %}" }, ...next }) }),
  (name, next) => ({ [name]: call("echo", { ...next, ...retry, Output: "{% $random() %}" }, "{% $states.context %}") }),
  (name, next) => ({ [name]: call("fail", { ...next, ...retry }) }),
  (name, next) => ({ [name]: wait({ ...next, TimeoutSeconds: 60, Output: "{% $states.result %}" }) }),
  (name, next) => ({ [name]: wait({ ...next, ...retry, HeartbeatSeconds: 30 }) }),
  (name, next) => ({ [name]: { Type: "Wait", Seconds: 5, ...next } }),
  (name, next) => ({ [name]: pass({ Output: "{% $states.input.none %}", ...next }) }),
);

const { chain } = fc.letrec<{ chain: Make; state: Make }>((tie) => ({
  state: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.tuple(tie("chain"), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.boolean()).map(
      ([inner, items, limit, isRetried]): Make =>
        (name, next) => ({
          [name]: {
            Type: "Map",
            Items: Array.from({ length: items }, (_, i) => i),
            MaxConcurrency: limit,
            ItemProcessor: scope(inner(`${name}i`, { End: true })),
            ...(isRetried && retry),
            ...next,
          },
        }),
    ),
    fc.tuple(fc.array(tie("chain"), { minLength: 1, maxLength: 3 }), fc.boolean()).map(
      ([branches, isCaught]): Make =>
        (name, next) => ({
          [name]: {
            Type: "Parallel",
            Branches: branches.map((branch, i) => scope(branch(`${name}b${i}`, { End: true }))),
            ...(isCaught && { Catch: [{ ErrorEquals: ["States.ALL"], Next: `${name}c` }] }),
            ...next,
          },
          ...(isCaught && { [`${name}c`]: pass(next) }),
        }),
    ),
  ),
  chain: fc.array(tie("state"), { minLength: 1, maxLength: 3 }).map(
    (states): Make =>
      (name, next) =>
        Object.assign(
          {},
          ...states.map((make, i) => make(`${name}${i}`, i === states.length - 1 ? next : { Next: `${name}${i + 1}` })),
        ),
  ),
}));

const definitions = chain.map((make) => machine(make("s", { End: true }), { TimeoutSeconds: 100_000 }));

describe("advance", () => {
  test("is a function of its arguments, and leaves the execution it is given alone", async () => {
    await fc.assert(
      fc.asyncProperty(definitions, async (definition) => {
        const compiled = compileMachine(definition);
        const first = await run(compiled, (execution) => execution);
        const second = await run(compiled, (execution) => structuredClone(execution));
        expect(second.steps).toEqual(first.steps);
      }),
      { numRuns: 60 },
    );
  });

  test("goes on from a replayed journal, after every append, as if nothing had happened", async () => {
    await fc.assert(
      fc.asyncProperty(definitions, async (definition) => {
        const compiled = compileMachine(definition);
        const undisturbed = await run(compiled, (execution) => execution);
        const disturbed = await run(compiled, (execution, journal) => {
          const replayed = replay(journal);
          expect(replayed).toEqual(execution);
          return replayed;
        });
        expect(disturbed.steps).toEqual(undisturbed.steps);
      }),
      { numRuns: 60 },
    );
  });

  test("puts in place the same whether its changes are laid over each other one by one or taken together", async () => {
    await fc.assert(
      fc.asyncProperty(definitions, fc.integer({ min: 2, max: 5 }), async (definition, size) => {
        const { steps } = await run(compileMachine(definition), (execution) => execution);
        const [oneByOne, inGroups] = [begin(), begin()];
        for (let i = 0; i < steps.length; i += size) {
          const group = steps.slice(i, i + size).map(({ changes }) => changes);
          for (const changes of group) evolve(oneByOne, changes);
          evolve(inGroups, group.reduce(together));
          expect(inGroups).toEqual(oneByOne);
          // The order of threads is the order in which they are ended.
          expect([...inGroups.threads.keys()]).toEqual([...oneByOne.threads.keys()]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("numbers events without a gap, lets each follow from an earlier one, and keeps nothing at the end", async () => {
    await fc.assert(
      fc.asyncProperty(definitions, async (definition) => {
        const compiled = compileMachine(definition);
        const { steps, execution } = await run(compiled, (state) => state);
        const events = steps.flatMap((step) => step.events);
        expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => i + 1));
        for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
        expect(execution.outcome).not.toBeNull();
        expect([execution.threads.size, execution.items.size]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  test("fails the execution rather than leave it hanging when the interpreter cannot go on", async () => {
    const compiled = compileMachine(machine({ W: wait() }));
    const execution = begin();
    const moment = { nowMs: START_MS, seed: "seed" };
    const started = await advance(compiled, execution, { type: "start" }, moment);
    if (started !== null) evolve(execution, started.changes);
    const broken = await advance(compiled, execution, { type: "break", cause: "The interpreter failed: why" }, moment);
    expect(broken?.changes.outcome).toEqual({
      status: "FAILED",
      error: "States.Runtime",
      cause: "The interpreter failed: why",
    });
  });

  test("says null to what nobody waits for", async () => {
    const compiled = compileMachine(machine({ W: wait() }));
    const execution = begin();
    const moment = { nowMs: START_MS, seed: "seed" };
    const started = await advance(compiled, execution, { type: "start" }, moment);
    if (started !== null) evolve(execution, started.changes);
    const late = { type: "invoked", threadId: 0, scheduledId: 99, result: { ok: true, payload: 1 } } as const;
    expect(await advance(compiled, execution, late, moment)).toBeNull();
    expect(await advance(compiled, execution, { type: "tick" }, moment)).toBeNull();
    expect(
      await advance(compiled, execution, { type: "tokenSucceeded", token: "other", output: 1 }, moment),
    ).toBeNull();
  });
});
