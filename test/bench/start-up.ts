import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { begin, killed, loadChild, type Sample, settled } from "../recovery/killable-fairway.ts";

/** Milliseconds from starting the process to answering requests, portal pages left out. */
export async function timeStartUps(
  times: number,
): Promise<Readonly<Record<"people" | "pilots" | "existing", number[]>>> {
  const result: Record<"people" | "pilots" | "existing", number[]> = { people: [], pilots: [], existing: [] };
  for (let n = 0; n < times; n += 1) {
    result.people.push(await inFolder((folder) => timeStart(folder, "people")));
    await inFolder(async (folder) => {
      result.pilots.push(await timeStart(folder, "pilots"));
      result.existing.push(await timeStart(folder, "pilots"));
    });
  }
  return result;
}

async function timeStart(dataFolder: string, sample: Sample): Promise<number> {
  const startedAt = performance.now();
  const { child, ready } = begin(loadChild({ compileCache: false }), { dataFolder, port: 0, sample });
  await ready;
  const took = performance.now() - startedAt;
  await settled(child);
  await killed(child);
  return took;
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "fairway-start-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
