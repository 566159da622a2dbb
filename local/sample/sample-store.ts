import { renameSync, rmSync } from "node:fs";
import type { Clock } from "../../shared/ports/clock.ts";
import { startAtEnd } from "../consumers.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { seedPeople } from "./people.ts";
import { seedPilots } from "./pilots.ts";

/**
 * A store file with the sample programme in it. It takes its name when it is complete: a start that breaks off
 * leaves no half-walked pilots behind, and the next one begins anew.
 */
export async function createSampleStore({
  file,
  pilots,
  clock,
  progress,
}: {
  readonly file: string;
  /** With the sample pilots, or with the people only. */
  readonly pilots: boolean;
  readonly clock: Clock;
  readonly progress: (message: string) => void;
}): Promise<void> {
  const unfinished = `${file}.unfinished`;
  for (const leftover of [unfinished, `${unfinished}-wal`, `${unfinished}-shm`, `${unfinished}-lock`]) {
    rmSync(leftover, { force: true });
  }
  const store = openSqliteStore(unfinished);
  await seedPeople({ store, clock });
  if (pilots) {
    await seedPilots({ store, clock, progress });
    // Nobody is told of what the sample pilots did before today.
    await startAtEnd(store, "notify");
  }
  store.close();
  renameSync(unfinished, file);
  rmSync(`${unfinished}-lock`, { force: true });
}
