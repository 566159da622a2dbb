/**
 * One execution environment of a Lambda function, in a worker thread: loads the bundle, then handles one event after the
 * other. Its clock is the system's, told anew with each event.
 */
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Assignment, InstanceData } from "./lambda-host.ts";

const { file, handler, context }: InstanceData = workerData;
const port = parentPort;
if (port === null) throw new Error("This file runs in a worker thread.");

let offsetMs = 0;
const RealDate = Date;
const now = (): number => RealDate.now() + offsetMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
});

/** Wall and processor milliseconds since `since`. */
const meter = () => {
  const wall = performance.now();
  const cpu = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(cpu);
    return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1000 };
  };
};

const sinceStart = meter();
const loading: Promise<Record<string, unknown>> = import(pathToFileURL(file).href);
let init: Answer["init"];

async function handle({ event, offsetMs: offset, requestId, deadlineMs }: Assignment): Promise<Answer> {
  offsetMs = offset;
  try {
    const bundle = await loading;
    init ??= sinceStart();
    const run = bundle[handler];
    if (typeof run !== "function") throw new TypeError(`${handler} is not exported.`);
    const sinceEvent = meter();
    const startedAt = performance.now();
    const left = () => Math.max(0, deadlineMs - (performance.now() - startedAt));
    try {
      const result: unknown = await run(event, {
        ...context,
        awsRequestId: requestId,
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: left,
      });
      // As Lambda does: what JSON cannot carry is not returned.
      return { payload: JSON.stringify(result) ?? "null", used: sinceEvent(), init };
    } catch (error) {
      return { error: reported(error), used: sinceEvent(), init };
    }
  } catch (error) {
    return { error: reported(error), used: sinceStart(), init };
  }
}

/** As the Lambda runtime for Node reports a thrown error. */
function reported(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

port.on("message", (assignment: Assignment) => {
  void handle(assignment).then((answer) => port.postMessage(answer));
});
