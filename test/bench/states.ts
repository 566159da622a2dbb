/**
 * How fast the embedded Step Functions are: `npm run bench:states -- [--rounds 3] [--data DIR] [--most-sleepers 100000]`
 *
 * The reference journey in process and over the wire, beside the floor: a bare loop that appends as many records (one
 * per history event), as many bytes, in as many transactions, with the same durability. Medians of the rounds. On a
 * machine that others use too, CPU time and the ratio to the floor measured right after say more than wall time.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDriver, REFERENCE_JOURNEY, SIGNALS, VERDICT } from "./reference-journey.ts";
import type { Cost, EngineRun, FromServer, Order, ToServer } from "./states-run.ts";
import type { Awakening, SleepOrder } from "./states-sleepers.ts";

const SCENARIOS = [
  { concurrency: 1, journeys: 60 },
  { concurrency: 32, journeys: 600 },
  { concurrency: 256, journeys: 1024 },
] as const;

const { values: given } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    data: { type: "string", default: tmpdir() },
    "most-sleepers": { type: "string", default: "100000" },
  },
});
const folder = mkdtempSync(join(given.data, "bench-states-"));
const rounds = Number(given.rounds);
let files = 0;

function newFile(): string {
  files += 1;
  return join(folder, `${files}.sqlite`);
}

function start(script: string, order: Order | SleepOrder): ChildProcess {
  return fork(join(import.meta.dirname, script), [JSON.stringify(order)], { execArgv: ["--expose-gc"] });
}

/** What the process answers before it ends. */
async function carryOut(script: string, order: Order | SleepOrder): Promise<unknown> {
  const child = start(script, order);
  return new Promise((resolve, reject) => {
    child.on("message", resolve);
    // Later than the last message, unlike "exit".
    child.on("close", (code) => reject(new Error(`${script} ended with ${code}: ${JSON.stringify(order)}`)));
  });
}

async function runOverTheWire(options: { concurrency: number; journeys: number }): Promise<EngineRun> {
  const { concurrency, journeys } = options;
  const child = start("states-run.ts", { what: "over the wire", file: newFile() });
  const ended = once(child, "close");
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const messages = new Map<FromServer["type"], (message: FromServer) => void>();
  const hear = <T extends FromServer["type"]>(type: T) =>
    new Promise<FromServer & { type: T }>((resolve) => messages.set(type, resolve as (message: FromServer) => void));
  const tell = (message: ToServer) => void child.send(message);
  child.on("message", (message: FromServer) => {
    if (message.type === "wait") driver.onWait(message.wait);
    else messages.get(message.type)?.(message);
  });
  const { url } = await hear("listening");
  const call = (operation: string, input: object) => callOverTheWire(agent, url, operation, input);

  const definition = JSON.stringify(REFERENCE_JOURNEY);
  const roleArn = "arn:aws:iam::123456789012:role/states";
  const { stateMachineArn } = await call("CreateStateMachine", { name: "journey", definition, roleArn });
  const arns = new Map<string, string>();
  const driver = createDriver({
    async start(name) {
      const { executionArn } = await call("StartExecution", { stateMachineArn, name });
      arns.set(name, String(executionArn));
    },
    async signal(taskToken) {
      await call("SendTaskSuccess", { taskToken, output: JSON.stringify(VERDICT) });
    },
    async status(name) {
      return String((await call("DescribeExecution", { executionArn: arns.get(name) })).status);
    },
  });
  await driver.run({ journeys: Math.min(concurrency, 32), concurrency, prefix: "warm-up" });
  driver.nextWaitMs.length = 0;
  tell("watch");
  await hear("watching");
  await driver.run({ journeys, concurrency, prefix: "measured" });
  tell("stop");
  const { run } = await hear("watched");
  await ended;
  agent.destroy();
  return { ...run, nextWaitMs: driver.nextWaitMs };
}

/** As bare as a client can be: the engine is measured, not the SDK. */
function callOverTheWire(
  agent: Agent,
  url: string,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AWSStepFunctions.${operation}` };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        body += part;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(body));
        else reject(new Error(`${operation} was answered with ${response.statusCode}: ${body}`));
      });
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(input));
  });
}

interface Measured {
  readonly engine: EngineRun;
  readonly floor: Cost;
}

async function measure(how: "in process" | "over the wire", scenario: (typeof SCENARIOS)[number]): Promise<Measured> {
  const engine =
    how === "in process"
      ? ((await carryOut("states-run.ts", { what: how, file: newFile(), ...scenario })) as EngineRun)
      : await runOverTheWire(scenario);
  const { historyEvents: records, bytes, commits } = engine.written;
  const order: Order = { what: "floor", file: newFile(), records, bytes, commits };
  return { engine, floor: (await carryOut("states-run.ts", order)) as Cost };
}

function row(how: string, { concurrency, journeys }: (typeof SCENARIOS)[number], runs: readonly Measured[]): string[] {
  const median = (value: (run: Measured) => number) => percentile(runs.map(value), 0.5);
  const perSecond = median(({ engine }) => journeys / engine.wallSeconds);
  return [
    `${concurrency}, ${how}`,
    perSecond.toFixed(0),
    (perSecond * SIGNALS).toFixed(0),
    `${median(({ engine }) => percentile(engine.nextWaitMs, 0.5)).toFixed(1)} / ${median(({ engine }) => percentile(engine.nextWaitMs, 0.99)).toFixed(0)}`,
    median(({ engine }) => (engine.cpuSeconds * 1000) / journeys).toFixed(1),
    median(({ engine }) => engine.residentMb).toFixed(0),
    median(({ engine }) => engine.written.transitions / engine.written.commits).toFixed(0),
    median(({ floor }) => journeys / floor.wallSeconds).toFixed(0),
    median(({ engine, floor }) => floor.wallSeconds / engine.wallSeconds).toFixed(2),
    median(({ engine, floor }) => floor.cpuSeconds / engine.cpuSeconds).toFixed(2),
  ];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const cells of [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows]) {
    console.log(`| ${cells.join(" | ")} |`);
  }
}

try {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}\n`);
  const rows: string[][] = [];
  for (const how of ["in process", "over the wire"] as const) {
    for (const scenario of SCENARIOS) {
      const runs: Measured[] = [];
      for (let round = 0; round < rounds; round += 1) runs.push(await measure(how, scenario));
      rows.push(row(how, scenario, runs));
    }
  }
  printTable(
    [
      "journeys at once",
      "journeys/s",
      "signals/s",
      "next wait p50 / p99 ms",
      "CPU ms per journey",
      "resident MB",
      "transitions per commit",
      "floor journeys/s",
      "of the floor",
      "of its CPU",
    ],
    rows,
  );
  console.log();
  const sleepers: string[][] = [];
  for (const count of [10, 1000, 10_000, 100_000].filter((n) => n <= Number(given["most-sleepers"]))) {
    const file = newFile();
    await carryOut("states-sleepers.ts", { what: "fall asleep", file, count });
    const awake = (await carryOut("states-sleepers.ts", { what: "wake up", file, count })) as Awakening;
    sleepers.push([
      count.toLocaleString("en"),
      awake.openMs.toFixed(0),
      awake.openCpuMs.toFixed(0),
      // Below a thousand the noise of the process is larger than the executions.
      count < 1000 ? "–" : awake.bytesPerExecution.toFixed(0),
      `${(awake.idleCpuShare * 100).toFixed(2)} %`,
    ]);
  }
  printTable(["sleeping executions", "start-up ms", "of it CPU ms", "bytes each", "CPU while asleep"], sleepers);
} finally {
  rmSync(folder, { recursive: true });
}
