/**
 * Sleeping executions, in a process of its own: forked with the order to write them to a file, then with the order to
 * open it again; each answers with a message.
 */
import { createClock } from "../../local/clock.ts";
import { openStates } from "../../local/states/states.ts";

export type SleepOrder = {
  readonly what: "fall asleep" | "wake up";
  readonly file: string;
  readonly count: number;
};

export interface Awakening {
  readonly openMs: number;
  readonly openCpuMs: number;
  readonly bytesPerExecution: number;
  /** CPU time used while nothing happens, as a share of one core. */
  readonly idleCpuShare: number;
}

const START = new Date("2026-03-01T09:00:00Z");
const IDLE_MS = 3000;

/** Asleep as Fairway's are: within a Map, on a token with a timeout far away. */
const SLEEPER = {
  QueryLanguage: "JSONata",
  StartAt: "Work",
  States: {
    Work: {
      Type: "Map",
      Items: "{% [1..3] %}",
      ItemProcessor: {
        StartAt: "Submission",
        States: {
          Submission: {
            Type: "Task",
            Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
            Arguments: { FunctionName: "wait", Payload: { token: "{% $states.context.Task.Token %}" } },
            TimeoutSeconds: 7_776_000,
            End: true,
          },
        },
      },
      End: true,
    },
  },
};

async function fallAsleep({ file, count }: SleepOrder): Promise<"asleep"> {
  const states = openStates({ file, clock: createClock({ start: START, frozen: true }), invoke: async () => null });
  await states.createStateMachine({ name: "sleeper", definition: SLEEPER });
  for (let begun = 0; begun < count; begun += 1000) {
    const names = Array.from({ length: Math.min(1000, count - begun) }, (_, n) => `sleeper-${begun + n}`);
    await Promise.all(names.map((name) => states.startExecution({ stateMachine: "sleeper", name })));
    await states.whenIdle();
  }
  await states.close();
  return "asleep";
}

async function wakeUp({ file, count }: SleepOrder): Promise<Awakening> {
  const clock = createClock({ start: START });
  // Another file first, so that what every engine needs once is not counted.
  await openStates({ file: ":memory:", clock, invoke: async () => null }).close();
  const before = usedBytes();
  const cpuAtStart = process.cpuUsage();
  const startedAtMs = performance.now();
  const states = openStates({ file, clock, invoke: async () => null });
  const openMs = performance.now() - startedAtMs;
  const openCpu = process.cpuUsage(cpuAtStart);
  const bytesPerExecution = (usedBytes() - before) / count;
  // What the collector does with the garbage of the start-up belongs to the start-up.
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const cpuBefore = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const { user, system } = process.cpuUsage(cpuBefore);
  await states.close();
  return {
    openMs,
    openCpuMs: (openCpu.user + openCpu.system) / 1000,
    bytesPerExecution,
    idleCpuShare: (user + system) / 1000 / IDLE_MS,
  };
}

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? "null") as SleepOrder;
  const answer = order.what === "fall asleep" ? await fallAsleep(order) : await wakeUp(order);
  process.send?.(answer, () => process.disconnect());
}
