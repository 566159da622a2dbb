/**
 * One measurement of `states.ts` in a process of its own, so that CPU time and memory are its own. Forked with an order
 * as its argument; answers with a message. Over the wire the driver is the parent, and this the server.
 */
import { DatabaseSync } from "node:sqlite";
import { createClock } from "../../local/clock.ts";
import { openStates } from "../../local/states/states.ts";
import { serveStates } from "../../local/states/wire/server.ts";
import { type BegunWait, createDriver, journeyFunctions, REFERENCE_JOURNEY, VERDICT } from "./reference-journey.ts";

/** What the engine wrote, for the floor to write the same. */
export interface Written {
  readonly transitions: number;
  readonly historyEvents: number;
  readonly bytes: number;
  readonly commits: number;
}

/** What it cost the engine's process, without the warm-up. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

export interface EngineRun extends Cost {
  readonly nextWaitMs: readonly number[];
  readonly residentMb: number;
  readonly written: Written;
}

export type Order =
  | { readonly what: "in process"; readonly file: string; readonly concurrency: number; readonly journeys: number }
  | { readonly what: "over the wire"; readonly file: string }
  | {
      readonly what: "floor";
      readonly file: string;
      readonly records: number;
      readonly bytes: number;
      readonly commits: number;
    };

/** Between the server's process and the driver's. */
export type FromServer =
  | { readonly type: "listening"; readonly url: string }
  | { readonly type: "wait"; readonly wait: BegunWait }
  | { readonly type: "watching" }
  | { readonly type: "watched"; readonly run: Omit<EngineRun, "nextWaitMs"> };
export type ToServer = "watch" | "stop";

async function runInProcess({ file, concurrency, journeys }: Order & { what: "in process" }): Promise<EngineRun> {
  const commits = countCommits();
  const states = openStates({ file, clock: createClock(), invoke: journeyFunctions((wait) => driver.onWait(wait)) });
  await states.createStateMachine({ name: "journey", definition: REFERENCE_JOURNEY });
  const arns = new Map<string, string>();
  const driver = createDriver({
    async start(name) {
      arns.set(name, (await states.startExecution({ stateMachine: "journey", name })).executionArn);
    },
    signal: (taskToken) => states.sendTaskSuccess({ taskToken, output: VERDICT }),
    status: async (name) => (await states.describeExecution({ executionArn: arns.get(name) ?? "" })).status,
  });
  await driver.run({ journeys: Math.min(concurrency, 32), concurrency, prefix: "warm-up" });
  driver.nextWaitMs.length = 0;
  const watch = startWatch(commits);
  await driver.run({ journeys, concurrency, prefix: "measured" });
  const { commitCount, residentMb, ...cost } = watch();
  await states.close();
  return { ...cost, residentMb, nextWaitMs: driver.nextWaitMs, written: { ...recordsIn(file), commits: commitCount } };
}

async function serve({ file }: Order & { what: "over the wire" }): Promise<void> {
  const tell = (message: FromServer) => void process.send?.(message);
  const commits = countCommits();
  const invoke = journeyFunctions((wait) => tell({ type: "wait", wait }));
  const states = openStates({ file, clock: createClock(), invoke });
  const server = await serveStates(states);
  let watch = startWatch(commits);
  process.on("message", async (message: ToServer) => {
    if (message === "watch") {
      watch = startWatch(commits);
      tell({ type: "watching" });
      return;
    }
    const { commitCount, ...cost } = watch();
    await server.close();
    await states.close();
    answer({ type: "watched", run: { ...cost, written: { ...recordsIn(file), commits: commitCount } } });
  });
  tell({ type: "listening", url: server.url });
}

/** The last message; once it is on its way nothing keeps the process. */
function answer(message: unknown): void {
  process.send?.(message, () => process.disconnect());
}

/** So many records with so many bytes in so many transactions, and nothing else. */
function runFloor({ file, records, bytes, commits }: Order & { what: "floor" }): Cost {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  db.exec("CREATE TABLE records (id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, body TEXT NOT NULL) STRICT");
  const insert = db.prepare("INSERT INTO records (execution, body) VALUES (?, ?)");
  const body = "x".repeat(Math.round(bytes / records));
  const watch = startWatch(() => commits);
  for (let commit = 0, written = 0; commit < commits; commit += 1) {
    db.exec("BEGIN IMMEDIATE");
    for (; written < (records * (commit + 1)) / commits; written += 1) insert.run(written % 1000, body);
    db.exec("COMMIT");
  }
  const { wallSeconds, cpuSeconds } = watch();
  db.close();
  return { wallSeconds, cpuSeconds };
}

function recordsIn(file: string): Omit<Written, "commits"> {
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db
    .prepare(
      `SELECT sum(json_array_length(events)) AS transitions,
         sum((SELECT sum(json_array_length(value, '$[1]')) FROM json_each(events))) AS historyEvents,
         sum(octet_length(events) + octet_length(changes)) AS bytes FROM history
       WHERE execution IN (SELECT id FROM executions WHERE name LIKE 'measured-%')`,
    )
    .get();
  db.close();
  const { transitions, historyEvents, bytes } = row ?? {};
  return { transitions: Number(transitions), historyEvents: Number(historyEvents), bytes: Number(bytes) };
}

/** Counts from now on, by listening at the one method that transactions are ended with. */
function countCommits(): () => number {
  const { exec } = DatabaseSync.prototype;
  let commits = 0;
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === "COMMIT") commits += 1;
    exec.call(this, sql);
  };
  return () => commits;
}

function startWatch(commits: () => number) {
  const startedAtMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const commitsBefore = commits();
  return () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      wallSeconds: (performance.now() - startedAtMs) / 1000,
      cpuSeconds: (user + system) / 1e6,
      commitCount: commits() - commitsBefore,
      residentMb: process.memoryUsage().rss / 1e6,
    };
  };
}

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? "null") as Order;
  if (order.what === "over the wire") await serve(order);
  else answer(order.what === "floor" ? runFloor(order) : await runInProcess(order));
}
