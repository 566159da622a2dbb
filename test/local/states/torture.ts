/**
 * The kill test: states under load in a process of their own, killed with SIGKILL again and again, and a client that
 * keeps account of what it was told. `node test/local/states/torture.ts [--rounds 200] [--seed N] [--data DIR]`
 *
 * - A call is acknowledged when its answer has arrived. One that was not is made again, as every careful client does.
 * - Lost: acknowledged, and not to be found afterwards. Doubled: found more than once.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { createClock } from "../../../local/clock.ts";
import { type HistoryEntry, openStates, type States } from "../../../local/states/states.ts";
import { call, machine, scope, wait, wholeHistory } from "./harness.ts";

type Call =
  | { readonly action: "create"; readonly definition: object }
  | { readonly action: "start"; readonly journey: string }
  | { readonly action: "signal"; readonly token: string; readonly signal: string }
  | { readonly action: "stop"; readonly executionArn: string }
  | { readonly action: "finish" };

export type ToTarget =
  | { readonly type: "call"; readonly id: number; readonly call: Call }
  | { readonly type: "stored"; readonly notice: number };

export type FromTarget =
  | { readonly type: "ready" }
  | { readonly type: "answer"; readonly id: number; readonly error: string | null }
  | {
      readonly type: "token";
      readonly notice: number;
      readonly journey: string;
      readonly state: string;
      readonly token: string;
    };

export interface TortureReport {
  readonly rounds: number;
  readonly executions: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  /** Recorded, but killed before the answer arrived. */
  readonly keptUnacknowledged: number;
  readonly functionsCalledAgain: number;
  readonly historyEvents: number;
  readonly historiesWithGapsOrDuplicates: number;
  readonly stillRunning: number;
}

const LANES = 32;
const WAITS = ["A", "B", "Gate"] as const;

const waitIn = (state: (typeof WAITS)[number], more: object) =>
  wait({
    Arguments: {
      FunctionName: "wait",
      Payload: { journey: "{% $states.context.Execution.Name %}", state, token: "{% $states.context.Task.Token %}" },
    },
    ...more,
  });

const DEFINITION = machine({
  Call: call("echo", { Assign: { name: "{% $states.result.Payload.name %}" }, Next: "Both" }, "{% $states.input %}"),
  Both: {
    Type: "Parallel",
    Branches: [scope({ A: waitIn("A", { End: true }) }), scope({ B: waitIn("B", { End: true }) })],
    Next: "Gate",
  },
  Gate: waitIn("Gate", { Next: "Close" }),
  Close: call("echo", { End: true }, "{% $name %}"),
});

/** What the client knows about one execution. */
interface Journey {
  readonly name: string;
  isStartAcknowledged: boolean;
  isStopAcknowledged: boolean;
  isStopAsked: boolean;
  /** By signal, which says journey and state: whether it was acknowledged. */
  readonly signals: Map<string, boolean>;
  readonly tokens: Map<string, string>;
  readonly awaited: Map<string, (token: string) => void>;
  timesCalled: number;
}

const arnOf = (name: string) => `arn:aws:states:local:000000000000:execution:torture:${name}`;

class Killed extends Error {
  override name = "Killed" as const;
}

/** Draws that repeat with the seed (mulberry32). */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function torture(options: {
  rounds: number;
  file: string;
  seed: number;
  progress?: (line: string) => void;
}): Promise<TortureReport> {
  const { rounds, file, seed, progress = () => {} } = options;
  const draw = drawsFrom(seed);
  const journeys = new Map<string, Journey>();
  const answers = new Map<number, { resolve: () => void; reject: (reason: unknown) => void }>();
  let child: ChildProcess | undefined;
  /** That there is a process to ask. Made anew when that one is killed, not when one is that never got so far. */
  let born = Promise.withResolvers<void>();
  let isBorn = false;
  let calls = 0;
  let isEnding = false;

  function send(message: ToTarget): void {
    // The channel of a process just killed: what it would have answered is lost, which is the point.
    child?.send(message, () => {});
  }

  /** Until it is answered, whatever becomes of the processes asked. The answer is the error's name. */
  async function ask(what: Call): Promise<{ error: string | null; attempts: number }> {
    for (let attempts = 1; ; attempts += 1) {
      await born.promise;
      calls += 1;
      const id = calls;
      try {
        await new Promise<void>((resolve, reject) => {
          answers.set(id, { resolve, reject });
          send({ type: "call", id, call: what });
        });
        return { error: null, attempts };
      } catch (error) {
        if (error instanceof Killed) continue;
        return { error: String(error), attempts };
      } finally {
        answers.delete(id);
      }
    }
  }

  function hear(message: FromTarget): void {
    if (message.type === "ready") {
      isBorn = true;
      born.resolve();
    }
    if (message.type === "answer") {
      if (message.error === null) answers.get(message.id)?.resolve();
      else answers.get(message.id)?.reject(message.error);
    }
    if (message.type === "token") {
      const journey = journeys.get(message.journey);
      if (journey !== undefined) {
        journey.timesCalled += 1;
        journey.tokens.set(message.state, message.token);
        journey.awaited.get(message.state)?.(message.token);
      }
      send({ type: "stored", notice: message.notice });
    }
  }

  function tokenOf(journey: Journey, state: string): Promise<string> {
    const known = journey.tokens.get(state);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => journey.awaited.set(state, resolve));
  }

  async function signal(journey: Journey, state: string): Promise<void> {
    const name = `${journey.name}:${state}`;
    journey.signals.set(name, false);
    const token = await tokenOf(journey, state);
    const { error, attempts } = await ask({ action: "signal", token, signal: name });
    if (error === null) journey.signals.set(name, true);
    // Refused as over only when an earlier attempt was recorded and its answer lost with the process.
    else if (error !== "TaskTimedOut" || attempts === 1) throw new Error(`${name} was refused with ${error}`);
  }

  async function travel(name: string): Promise<void> {
    const journey: Journey = {
      name,
      isStartAcknowledged: false,
      isStopAcknowledged: false,
      isStopAsked: draw() < 0.1,
      signals: new Map(),
      tokens: new Map(),
      awaited: new Map(),
      timesCalled: 0,
    };
    journeys.set(name, journey);
    const { error } = await ask({ action: "start", journey: name });
    if (error !== null) throw new Error(`${name} could not start: ${error}`);
    journey.isStartAcknowledged = true;
    await Promise.all([signal(journey, "A"), signal(journey, "B")]);
    if (journey.isStopAsked) {
      const stopped = await ask({ action: "stop", executionArn: arnOf(name) });
      if (stopped.error !== null) throw new Error(`${name} could not be stopped: ${stopped.error}`);
      journey.isStopAcknowledged = true;
    } else await signal(journey, "Gate");
  }

  async function lane(number: number): Promise<void> {
    for (let n = 0; !isEnding; n += 1) await travel(`${number}-${n}`);
  }

  function giveBirth(): { child: ChildProcess; died: Promise<unknown> } {
    const newborn = fork(join(import.meta.dirname, "torture-target.ts"), [file]);
    newborn.on("message", hear);
    child = newborn;
    return { child: newborn, died: once(newborn, "exit") };
  }

  const first = giveBirth();
  await ask({ action: "create", definition: DEFINITION });
  const lanes = Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  // Whoever awaits the lanes hears of it in the end; until then the rounds go on.
  lanes.catch(() => {});
  let alive = first;
  for (let round = 1; round <= rounds; round += 1) {
    // One in eight is killed while it starts and reads back what there is, the others somewhere in their work.
    if (draw() < 0.875) await Promise.race([born.promise, lanes]);
    await new Promise((resolve) => setTimeout(resolve, draw() * 250));
    alive.child.kill("SIGKILL");
    await alive.died;
    if (isBorn) born = Promise.withResolvers();
    isBorn = false;
    for (const { reject } of answers.values()) reject(new Killed());
    if (round % 10 === 0) progress(`${round} rounds, ${journeys.size} executions`);
    alive = giveBirth();
  }
  isEnding = true;
  await lanes;
  await ask({ action: "finish" });
  alive.child.disconnect();
  await alive.died;
  return account(rounds, file, journeys);
}

async function account(rounds: number, file: string, journeys: Map<string, Journey>): Promise<TortureReport> {
  const clock = createClock();
  await using states = openStates({ file, clock, invoke: async (_, payload) => payload });
  await states.whenIdle();
  const statuses = await statusesIn(states);
  const report = {
    rounds,
    executions: journeys.size,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    keptUnacknowledged: 0,
    functionsCalledAgain: 0,
    historyEvents: 0,
    historiesWithGapsOrDuplicates: 0,
    stillRunning: [...statuses.values()].flat().filter((status) => status === "RUNNING").length,
  };
  const count = (isAcknowledged: boolean, timesFound: number): void => {
    if (isAcknowledged) report.acknowledged += 1;
    else if (timesFound > 0) report.keptUnacknowledged += 1;
    if (isAcknowledged && timesFound === 0) report.lost += 1;
    if (timesFound > 1) report.doubled += 1;
  };
  for (const journey of journeys.values()) {
    const found = statuses.get(journey.name) ?? [];
    count(journey.isStartAcknowledged, found.length);
    const history = found.length > 0 ? await wholeHistory(states, arnOf(journey.name)) : [];
    report.historyEvents += history.length;
    if (!isUnbroken(history)) report.historiesWithGapsOrDuplicates += 1;
    const outputs = history.map((event) => event.taskSucceededEventDetails?.output);
    for (const [signal, isAcknowledged] of journey.signals) {
      count(isAcknowledged, outputs.filter((output) => output === JSON.stringify(signal)).length);
    }
    if (journey.isStopAsked) {
      const stops = history.filter(({ type }) => type === "ExecutionAborted").length;
      count(journey.isStopAcknowledged, stops);
    }
    report.functionsCalledAgain += Math.max(0, journey.timesCalled - journey.tokens.size);
  }
  await states.close();
  checkIntegrity(file);
  return report;
}

async function statusesIn(states: States): Promise<Map<string, string[]>> {
  const statuses = new Map<string, string[]>();
  for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
    const page = await states.listExecutions({
      stateMachine: "torture",
      maxResults: 1000,
      ...(nextToken !== undefined && { nextToken }),
    });
    for (const { name, status } of page.executions) statuses.set(name, [...(statuses.get(name) ?? []), status]);
    nextToken = page.nextToken;
  }
  return statuses;
}

/** Ids from 1 without a gap, each event after the one it follows from, every state entered once, one end. */
function isUnbroken(history: readonly HistoryEntry[]): boolean {
  const entered = history.flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
  return (
    history.every(({ id, previousEventId }, i) => id === i + 1 && previousEventId < id) &&
    new Set(entered).size === entered.length &&
    history.filter(({ type }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type)).length === 1
  );
}

function checkIntegrity(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  const result = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
  database.close();
  if (result !== "ok") throw new Error(`${file} is damaged: ${String(result)}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rounds: { type: "string" }, seed: { type: "string" }, data: { type: "string" } },
  });
  const folder = mkdtempSync(join(values.data ?? tmpdir(), "torture-"));
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const report = await torture({
    rounds: Number(values.rounds ?? 200),
    file: join(folder, "states.sqlite"),
    seed,
    progress: console.log,
  });
  console.table({ seed, ...report });
  const isFine = report.lost + report.doubled + report.historiesWithGapsOrDuplicates + report.stillRunning === 0;
  // What went wrong is in the file: keep it then.
  if (isFine) rmSync(folder, { recursive: true });
  else console.error(`The journal is kept in ${folder}`);
  process.exitCode = isFine ? 0 : 1;
}
