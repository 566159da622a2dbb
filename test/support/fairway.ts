import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type System, startSystem } from "../../local/system.ts";

export interface RunningFairway extends AsyncDisposable {
  readonly url: string;
  settled(): Promise<void>;
}

/** An embedded system of a test's own, in this process, on a free port, with a data folder that goes when it ends. */
export async function startFairway({
  sample = "people",
  portal = false,
}: {
  sample?: "people" | "pilots";
  portal?: boolean;
} = {}): Promise<RunningFairway> {
  const dataFolder = await mkdtemp(join(tmpdir(), "fairway-"));
  const system: System = await startSystem({ dataFolder, port: 0, sample, portal, progress: () => {} });
  return {
    url: system.url,
    settled: () => system.settled(),
    async [Symbol.asyncDispose]() {
      await system.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
