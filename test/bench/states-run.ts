/**
 * One measurement of `states.ts` in a process of its own, so that CPU time and memory are its own:
 * `node test/bench/states-run.ts '{"what":"engine","file":"…","concurrency":32,"journeys":500}'`. Prints JSON.
 */
import { DatabaseSync } from "node:sqlite";
import { createClock } from "../../local/clock.ts";
import { openStates } from "../../local/states/states.ts";
import { createDriver, journeyFunctions, REFERENCE_JOURNEY } from "./reference-journey.ts";

/** What the engine wrote, for the floor to write the same. */
export interface Written {
  readonly records: number;
  /** In those records; a record holds what one transition added to the history. */
  readonly historyEvents: number;
  readonly bytes: number;
  readonly commits: number;
}

export interface EngineRun {
  readonly journeys: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly residentMb: number;
  readonly nextWaitMs: { readonly p50: number; readonly p99: number };
  readonly written: Written;
}

export interface FloorRun {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

export type Order =
  | { readonly what: "engine"; readonly file: string; readonly concurrency: number; readonly journeys: number }
  | {
      readonly what: "floor";
      readonly file: string;
      readonly records: number;
      readonly bytes: number;
      readonly commits: number;
    };

async function runEngine({ file, concurrency, journeys }: Order & { what: "engine" }): Promise<EngineRun> {
  const commits = countCommits();
  const states = openStates({ file, clock: createClock(), invoke: journeyFunctions((wait) => driver.onWait(wait)) });
  await states.createStateMachine({ name: "journey", definition: REFERENCE_JOURNEY });
  const driver = createDriver({
    async start(name) {
      await states.startExecution({ stateMachine: "journey", name });
    },
    signal: (taskToken) => states.sendTaskSuccess({ taskToken, output: { verdict: "accepted" } }),
    async hasSucceeded(name) {
      const executionArn = `arn:aws:states:local:000000000000:execution:journey:${name}`;
      const { status } = await states.describeExecution({ executionArn });
      if (status !== "RUNNING" && status !== "SUCCEEDED") throw new Error(`${name} has ${status}`);
      return status === "SUCCEEDED";
    },
  });
  await driver.run({ journeys: Math.min(concurrency, 32), concurrency, prefix: "warm-up" });
  driver.nextWaitMs.length = 0;

  const commitsBefore = commits();
  const watch = startWatch();
  await driver.run({ journeys, concurrency, prefix: "measured" });
  const taken = watch();
  const commitsAfter = commits();
  const residentMb = process.memoryUsage().rss / 1e6;
  await states.close();
  return {
    journeys,
    ...taken,
    residentMb,
    nextWaitMs: { p50: percentile(driver.nextWaitMs, 0.5), p99: percentile(driver.nextWaitMs, 0.99) },
    written: { ...recordsIn(file), commits: commitsAfter - commitsBefore },
  };
}

/** So many records with so many bytes in so many transactions, and nothing else. */
function runFloor({ file, records, bytes, commits }: Order & { what: "floor" }): FloorRun {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  db.exec("CREATE TABLE records (id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, body TEXT NOT NULL) STRICT");
  const insert = db.prepare("INSERT INTO records (execution, body) VALUES (?, ?)");
  const body = "x".repeat(Math.round(bytes / records));
  const watch = startWatch();
  for (let commit = 0, written = 0; commit < commits; commit += 1) {
    db.exec("BEGIN IMMEDIATE");
    for (; written < (records * (commit + 1)) / commits; written += 1) insert.run(written % 1000, body);
    db.exec("COMMIT");
  }
  const taken = watch();
  db.close();
  return taken;
}

function recordsIn(file: string): Omit<Written, "commits"> {
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db
    .prepare(
      `SELECT count(*) AS records, sum(json_array_length(events)) AS historyEvents,
         sum(octet_length(events) + octet_length(changes)) AS bytes FROM history
       WHERE execution IN (SELECT id FROM executions WHERE name LIKE 'measured-%')`,
    )
    .get();
  db.close();
  return { records: Number(row?.records), historyEvents: Number(row?.historyEvents), bytes: Number(row?.bytes) };
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

function startWatch(): () => { wallSeconds: number; cpuSeconds: number } {
  const startedAtMs = performance.now();
  const cpuBefore = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    return { wallSeconds: (performance.now() - startedAtMs) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? "null") as Order;
  console.log(JSON.stringify(order.what === "engine" ? await runEngine(order) : runFloor(order)));
}
