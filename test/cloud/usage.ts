/** What a run in the cloud-shaped system uses of what AWS charges for; `npm run cost` prices it. */
import type { LambdaFunction } from "./lambda-host.ts";

export interface FunctionUsage {
  readonly roleArn: string;
  readonly memoryMiB: number;
  invocations: number;
  wallMs: number;
  cpuMs: number;
  /** Instances that were started, and what loading their code took altogether. */
  coldStarts: number;
  initWallMs: number;
  initCpuMs: number;
}

export interface UsageCounts {
  /** Requests to the HTTP API. */
  httpRequests: number;
  readUnits: number;
  writeUnits: number;
  mails: number;
  mailBytes: number;
  filePuts: number;
  fileGets: number;
  fileBytes: number;
  logBytes: number;
  scheduledStarts: number;
  /** Calls of AWS through the front door, by the role's ARN. */
  calls: Record<string, number>;
  functions: Record<string, FunctionUsage>;
}

export interface Usage {
  readonly counts: UsageCounts;
  invoked(
    target: LambdaFunction,
    used: { wallMs: number; cpuMs: number; init?: { wallMs: number; cpuMs: number } },
  ): void;
  logged(line: string): void;
  called(roleArn: string): void;
  /** Counts from here on only. */
  reset(): void;
}

/** What Lambda adds to each line in JSON format: time, level, request id, and the 26 bytes CloudWatch counts. */
const LINE_OVERHEAD_BYTES = 150;

/** `platform.start` and `platform.report`, which Lambda writes itself for each event. */
const PLATFORM_LINES_BYTES = 2 * 26 + 180 + 420;

const nothing = (): UsageCounts => ({
  httpRequests: 0,
  readUnits: 0,
  writeUnits: 0,
  mails: 0,
  mailBytes: 0,
  filePuts: 0,
  fileGets: 0,
  fileBytes: 0,
  logBytes: 0,
  scheduledStarts: 0,
  calls: {},
  functions: {},
});

export function createUsage(): Usage {
  let counts = nothing();
  return {
    get counts() {
      return counts;
    },
    invoked({ id, roleArn, memoryMiB }, { wallMs, cpuMs, init }) {
      counts.functions[id] ??= {
        roleArn,
        memoryMiB,
        invocations: 0,
        wallMs: 0,
        cpuMs: 0,
        coldStarts: 0,
        initWallMs: 0,
        initCpuMs: 0,
      };
      const usage = counts.functions[id];
      usage.invocations += 1;
      usage.wallMs += wallMs;
      usage.cpuMs += cpuMs;
      counts.logBytes += PLATFORM_LINES_BYTES;
      if (init === undefined) return;
      usage.coldStarts += 1;
      usage.initWallMs += init.wallMs;
      usage.initCpuMs += init.cpuMs;
    },
    logged(line) {
      counts.logBytes += Buffer.byteLength(line) + LINE_OVERHEAD_BYTES;
    },
    called(roleArn) {
      counts.calls[roleArn] = (counts.calls[roleArn] ?? 0) + 1;
    },
    reset() {
      counts = nothing();
    },
  };
}
