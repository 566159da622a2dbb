/** An embedded system that is really killed (SIGKILL of its process) and goes on, on the same data folder and port. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Sample = "pilots" | "people" | "none";

export type ToChild =
  | { readonly type: "start"; readonly dataFolder: string; readonly port: number; readonly sample: Sample }
  | { readonly type: "settle" };

/** `cpuMs`: processor time the child has taken so far. */
export type FromChild =
  | { readonly type: "ready"; readonly url: string }
  | { readonly type: "settled"; readonly cpuMs: number };

export interface KillableFairway extends AsyncDisposable {
  readonly url: string;
  readonly dataFolder: string;
  /** Resolves when a process is ready that has not been killed. */
  up(): Promise<void>;
  /** Kills the process, ready or not, and lets the next one start. Resolves when that has begun. */
  kill(): Promise<void>;
  settled(): Promise<void>;
  /** Ends the last process as abruptly as the others; the data folder stays until this is disposed of. */
  end(): Promise<void>;
}

/** Starts at an instant of ours, so that two runs have the same days before them. */
export async function startKillable(now: Date): Promise<KillableFairway> {
  const root = await mkdtemp(join(tmpdir(), "fairway-kill-"));
  const dataFolder = join(root, "data");
  await mkdir(dataFolder);
  await writeFile(join(dataFolder, "clock.json"), JSON.stringify({ offsetMs: now.getTime() - Date.now() }));

  let standby = loadChild();
  let current = begin(standby, { dataFolder, port: 0 });
  standby = loadChild();
  const url = await current.ready;
  const port = Number(new URL(url).port);

  const end = async (): Promise<void> => {
    await Promise.all([killed(current.child), killed(standby)]);
  };

  return {
    url,
    dataFolder,
    async up() {
      for (;;) {
        const { child, ready, gone } = current;
        await Promise.race([ready, gone]);
        if (child === current.child && isAlive(child)) return;
        // It was killed while it started: the next one has begun, or is about to.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async kill() {
      await killed(current.child);
      current = begin(standby, { dataFolder, port });
      standby = loadChild();
    },
    async settled() {
      await settled(current.child);
    },
    end,
    async [Symbol.asyncDispose]() {
      await end();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** `compileCache`: what one child has compiled the next one need not, as they all load the same code. */
export function loadChild({ compileCache = true }: { compileCache?: boolean } = {}): ChildProcess {
  const cache = compileCache ? { NODE_COMPILE_CACHE: join(tmpdir(), "fairway-compile-cache") } : {};
  return fork(join(import.meta.dirname, "child.ts"), { execArgv: [], env: { ...process.env, ...cache } });
}

export function begin(
  child: ChildProcess,
  { dataFolder, port, sample = "people" }: { dataFolder: string; port: number; sample?: Sample },
): { readonly child: ChildProcess; readonly ready: Promise<string>; readonly gone: Promise<unknown> } {
  const ready = messageOf(child, "ready").then((message) => (message.type === "ready" ? message.url : ""));
  send(child, { type: "start", dataFolder, port, sample });
  return { child, ready, gone: once(child, "exit") };
}

/** Resolves with the processor time taken so far, in milliseconds, when nothing is under way in the child. */
export async function settled(child: ChildProcess): Promise<number> {
  const answer = messageOf(child, "settled");
  send(child, { type: "settle" });
  const message = await answer;
  return message.type === "settled" ? message.cpuMs : 0;
}

export async function killed(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

const send = (child: ChildProcess, message: ToChild): void => void child.send(message, () => {});

function messageOf(child: ChildProcess, type: FromChild["type"]): Promise<FromChild> {
  return new Promise((resolve) => {
    const listen = (message: FromChild): void => {
      if (message.type !== type) return;
      child.off("message", listen);
      resolve(message);
    };
    child.on("message", listen);
  });
}
