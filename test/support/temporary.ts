/** Where the tests of a run, those of the browser apart, have their temporary folders. */
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";

const memory = "/dev/shm";
const prefix = "fairway-tests-";
/** Far more than all of them take up at once. */
const roomBytes = 2_000_000_000;

/** In memory, where there is room for it: every commit waits for a disk. Undefined where the system's own has to do. */
export function temporaryInMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize < roomBytes ? undefined : `${memory}/${prefix}${process.pid}`;
  } catch {
    return undefined;
  }
}

/** Around the whole run; whatever a killed process leaves goes with it, and what a killed run left with the next one. */
export default function setUp(): (() => void) | undefined {
  const folder = temporaryInMemory();
  if (folder === undefined) return undefined;
  for (const name of readdirSync(memory).filter((each) => each.startsWith(prefix))) {
    if (!existsSync(`/proc/${name.slice(prefix.length)}`))
      rmSync(`${memory}/${name}`, { recursive: true, force: true });
  }
  mkdirSync(folder);
  // A process that is just ending may still write what it has compiled.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
