/** Whole executions through the journal on disk: once undisturbed, once stopped and taken up again after every append. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock, type MovableClock } from "../../../local/clock.ts";
import { call, machine, named, pass, readableHistory, room, START, scope, wait, wholeHistory } from "./harness.ts";

const folder = mkdtempSync(join(tmpdir(), "replay-"));

// --- random machines --------------------------------------------------------------------------------------------------

type Step =
  | { readonly kind: "assign" | "echo" | "token" | "caught" }
  | { readonly kind: "sleep"; readonly seconds: number }
  | { readonly kind: "flaky"; readonly failures: number }
  | { readonly kind: "choice"; readonly skipped: readonly Step[] }
  | { readonly kind: "parallel"; readonly branches: readonly (readonly Step[])[] }
  | { readonly kind: "map"; readonly items: number; readonly limit: number; readonly steps: readonly Step[] };

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie("step"), { minLength: 1, maxLength: 3 }),
  step: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constantFrom("assign" as const, "echo" as const, "token" as const, "caught" as const) }),
    fc.record({ kind: fc.constant("sleep" as const), seconds: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ kind: fc.constant("flaky" as const), failures: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant("choice" as const), skipped: tie("steps") }),
    fc.record({
      kind: fc.constant("parallel" as const),
      branches: fc.array(tie("steps"), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant("map" as const),
      items: fc.integer({ min: 0, max: 3 }),
      limit: fc.integer({ min: 0, max: 2 }),
      steps: tie("steps"),
    }),
  ),
}));

/** Tells calls apart, also after a restart: it is evaluated once and journaled. */
const CALL = { call: "{% $uuid() %}" };

/** The steps one after the other under names that begin with `name`. */
function statesOf(name: string, chain: readonly Step[]): Record<string, object> {
  const nameOf = (i: number) => (i < chain.length ? `${name}${i}` : `${name}end`);
  const states = chain.map((step, i) => statesOfStep(nameOf(i), step, { Next: nameOf(i + 1) }));
  return Object.assign({}, ...states, { [nameOf(chain.length)]: pass() });
}

function statesOfStep(name: string, step: Step, next: { Next: string }): Record<string, object> {
  switch (step.kind) {
    case "assign":
      return { [name]: pass({ Assign: { [`v${name}`]: "{% $states.input %}" }, ...next }) };
    case "echo":
      return {
        [name]: call("echo", { Output: "{% $states.result.Payload %}", ...next }, { ...CALL, text: name }),
      };
    case "token":
      return { [name]: wait(next) };
    case "caught":
      return {
        [name]: call("fail", { Catch: [{ ErrorEquals: ["Broken"], Next: `${name}c` }], ...next }, CALL),
        [`${name}c`]: pass(next),
      };
    case "sleep":
      return { [name]: { Type: "Wait", Seconds: step.seconds, ...next } };
    case "flaky": {
      const retry = [{ ErrorEquals: ["Broken"], IntervalSeconds: 3, MaxAttempts: step.failures }];
      const payload = { ...CALL, failures: step.failures, attempt: "{% $states.context.State.RetryCount %}" };
      return { [name]: call("flaky", { Retry: retry, ...next }, payload) };
    }
    case "choice": {
      const choice = { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: `${name}s0` }], Default: next.Next };
      const { [`${name}send`]: _, ...skipped } = statesOf(`${name}s`, step.skipped);
      return { [name]: choice, ...skipped, [`${name}send`]: pass(next) };
    }
    case "parallel": {
      const branches = step.branches.map((branch, i) => scope(statesOf(`${name}b${i}`, branch)));
      return { [name]: { Type: "Parallel", Branches: branches, ...next } };
    }
    case "map": {
      const items = Array.from({ length: step.items }, (_, i) => i);
      const processor = scope(statesOf(`${name}i`, step.steps));
      return { [name]: { Type: "Map", Items: items, MaxConcurrency: step.limit, ItemProcessor: processor, ...next } };
    }
  }
}

/** The stack is part of the cause, and tells who called. */
const broken = Object.assign(named("Broken"), { stack: "" });

// --- the world --------------------------------------------------------------------------------------------------------

/** States whose functions return one at a time, when the world lets them: so their order is the world's choice. */
function openWorld(file: string, clock: MovableClock) {
  const calls = new Map<unknown, () => void>();
  const held = (answer: (payload: Payload) => unknown) => async (payload: unknown) => {
    const given = payload as Payload;
    await new Promise<void>((resolve) => calls.set(given.token ?? given.call, resolve));
    return answer(given);
  };
  const functions = {
    echo: held(({ text }) => text ?? null),
    wait: held(() => null),
    fail: held(() => Promise.reject(broken)),
    flaky: held(({ failures = 0, attempt = 0 }) => (attempt < failures ? Promise.reject(broken) : "at last")),
  };
  return { ...room(functions, { file, clock }), calls };
}

interface Payload {
  readonly call?: string;
  readonly token?: string;
  readonly text?: string;
  readonly failures?: number;
  readonly attempt?: number;
}

type World = ReturnType<typeof openWorld>;

/** What happens next from outside: a function returns, or a token is answered, the one scheduled first; or time passes. */
async function act(world: World, executionArn: string): Promise<void> {
  const scheduled = (await wholeHistory(world.states, executionArn)).flatMap(
    ({ taskScheduledEventDetails: details }) =>
      details === undefined ? [] : [(JSON.parse(String(details.parameters)) as { Payload: Payload }).Payload],
  );
  const returning = scheduled.map(({ token, call: key }) => token ?? key).find((key) => world.calls.has(key));
  if (returning !== undefined) {
    world.calls.get(returning)?.();
    world.calls.delete(returning);
    return settled();
  }
  for (const { token } of scheduled) {
    if (token === undefined) continue;
    try {
      await world.states.sendTaskSuccess({ taskToken: token, output: "answered" });
      return settled();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "TaskTimedOut") throw error;
    }
  }
  const next = world.clock.nextDueAt();
  if (next === null) throw new Error("The execution waits for nothing");
  // The move ends when the functions it has set off have returned, which is not before we let them.
  void world.clock.moveTo(next);
  await settled();
}

/** Until all that was set off waits for the world: everything in between is turns of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function isRunning(world: World, executionArn: string): Promise<boolean> {
  return (await world.states.describeExecution({ executionArn })).status === "RUNNING";
}

async function historyOf(world: World, executionArn: string): Promise<string[]> {
  const lines = await readableHistory(world.states, executionArn);
  return lines.map((line) => line.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UUID"));
}

/** The journal as it was after so many appends, and the time of the last. */
function cutAfter(appends: number, file: string): { copy: string; atMs: number; isRunning: boolean } {
  const copy = `${file}-${appends}`;
  copyFileSync(file, copy);
  const db = new DatabaseSync(copy);
  const { changes } = db.prepare("DELETE FROM history WHERE entry > ?").run(appends);
  if (Number(changes) > 0) {
    db.exec("UPDATE executions SET status = 'RUNNING', stopped_at = NULL, output = NULL, error = NULL, cause = NULL");
  }
  const status = db.prepare("SELECT status FROM executions").get()?.status;
  const atMs = Number(db.prepare("SELECT max(at) AS at FROM history").get()?.at);
  db.close();
  return { copy, atMs, isRunning: status === "RUNNING" };
}

test("an execution stopped and taken up again after every append has the history of an undisturbed one", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (chain) => {
      runs += 1;
      const file = join(folder, `${runs}.sqlite`);
      const undisturbed = openWorld(file, createClock({ start: START, frozen: true }));
      await undisturbed.states.createStateMachine({ name: "machine", definition: machine(statesOf("s", chain)) });
      const { executionArn } = await undisturbed.states.startExecution({ stateMachine: "machine", name: "run" });
      await settled();
      while (await isRunning(undisturbed, executionArn)) await act(undisturbed, executionArn);
      const expected = await historyOf(undisturbed, executionArn);
      const ended = await undisturbed.states.describeExecution({ executionArn });
      await undisturbed.states.close();

      let part = cutAfter(1, file);
      for (let appends = 1; part.isRunning; appends += 1) {
        const world = openWorld(part.copy, createClock({ start: new Date(part.atMs), frozen: true }));
        await settled();
        await act(world, executionArn);
        await world.states.close();
        const next = cutAfter(appends + 1, part.copy);
        rmSync(part.copy);
        part = next;
      }
      const world = openWorld(part.copy, createClock({ start: START, frozen: true }));
      expect(await historyOf(world, executionArn)).toEqual(expected);
      expect(await world.states.describeExecution({ executionArn })).toEqual(ended);
      await world.states.close();
    }),
    { numRuns: 12, interruptAfterTimeLimit: 15_000 },
  );
});
