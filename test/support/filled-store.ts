import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The bytes of a store file that is made once, for tests that each begin with a copy of it. */
export async function filledStore(make: (file: string) => Promise<unknown>): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "fairway-filled-"));
  try {
    const file = join(folder, "store.sqlite");
    await make(file);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
