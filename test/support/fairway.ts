import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSampleStore, type SampleSize } from "../../local/sample/sample-store.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { type System, startSystem } from "../../local/system.ts";
import { wallClock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import { filledStore } from "./filled-store.ts";

export interface RunningFairway extends AsyncDisposable {
  readonly url: string;
  settled(): Promise<void>;
  /** Ends the system and starts it again on the same data and address, having been off for so long. */
  restart(offMs?: number): Promise<void>;
}

/** An embedded system of a test's own, in this process, on a free port, with a data folder that goes when it ends. */
export async function startFairway({
  sample = "people",
  portal = false,
  now,
  fill,
}: {
  sample?: SampleSize;
  portal?: boolean;
  /** What its clock shows at the start, instead of the real time. */
  now?: Date;
  /** Writes into the store past the system, which is started again after it. */
  fill?: (store: Store) => Promise<void>;
} = {}): Promise<RunningFairway> {
  const dataFolder = await mkdtemp(join(tmpdir(), "fairway-"));
  if (now !== undefined) await putClockAhead(join(dataFolder, "clock.json"), now.getTime() - Date.now());
  else if (sample === "pilots") await writeFile(join(dataFolder, "store.sqlite"), await samplePilots());
  const start = (port: number): Promise<System> =>
    startSystem({ dataFolder, port, sample, portal, progress: () => {} });
  let system = await start(0);
  const { url } = system;
  if (fill !== undefined) {
    await system.close();
    const store = openSqliteStore(join(dataFolder, "store.sqlite"));
    await fill(store);
    store.close();
    system = await start(Number(new URL(url).port));
  }
  return {
    url,
    settled: () => system.settled(),
    async restart(offMs = 0) {
      await system.close();
      if (offMs > 0) await putClockAhead(join(dataFolder, "clock.json"), offMs);
      system = await start(Number(new URL(url).port));
    },
    async [Symbol.asyncDispose]() {
      await system.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

let walked: Promise<Uint8Array> | undefined;

/** The store that a system makes for itself, walked once for all test files of a process. */
function samplePilots(): Promise<Uint8Array> {
  walked ??= filledStore((file) => createSampleStore({ file, size: "pilots", clock: wallClock, progress: () => {} }));
  return walked;
}

/** Time passes while nobody looks: the system finds its clock this much later. */
async function putClockAhead(file: string, ms: number): Promise<void> {
  const kept = await readFile(file, "utf8").catch(() => '{"offsetMs":0}');
  const { offsetMs } = JSON.parse(kept);
  await writeFile(file, JSON.stringify({ offsetMs: Number(offsetMs) + ms }));
}
