import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import type { Clock } from "../../shared/ports/clock.ts";
import { startAtEnd } from "../consumers.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { portfolioCompanies, sampleCompanies } from "./companies.ts";
import { seedPeople } from "./people.ts";
import { samplePilots, seedPilots } from "./pilots.ts";
import { portfolio } from "./portfolio.ts";

/**
 * How much of the sample programme: its people; with them a pilot for every place and turn of the process; or the
 * portfolio of 60, from which times and forecasts can be told.
 */
export type SampleSize = "people" | "pilots" | "portfolio";

const walksOf = { pilots: samplePilots, portfolio } as const;

/**
 * A store file with the sample programme in it. It takes its name when it is complete: a start that breaks off
 * leaves no half-walked pilots behind, and the next one begins anew.
 */
export async function createSampleStore({
  file,
  size,
  clock,
  progress,
}: {
  readonly file: string;
  readonly size: SampleSize;
  readonly clock: Clock;
  readonly progress: (message: string) => void;
}): Promise<void> {
  const unfinished = `${file}.unfinished`;
  for (const leftover of [unfinished, `${unfinished}-wal`, `${unfinished}-shm`, `${unfinished}-lock`]) {
    rmSync(leftover, { force: true });
  }
  const store = openSqliteStore(unfinished, { synced: false });
  const companies = size === "portfolio" ? [...sampleCompanies, ...portfolioCompanies] : sampleCompanies;
  await seedPeople({ store, clock, companies });
  if (size !== "people") {
    await seedPilots({ store, clock, progress, walks: walksOf[size] });
    // Nobody is told of what the sample pilots did before today.
    await startAtEnd(store, "notify");
  }
  store.close();
  sync(unfinished);
  renameSync(unfinished, file);
  rmSync(`${unfinished}-lock`, { force: true });
}

/** Returns when the whole file is on the disk. */
function sync(file: string): void {
  const descriptor = openSync(file, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
