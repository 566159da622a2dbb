/**
 * Backups of a data folder, also while Fairway runs in it, and their return.
 *
 * 1. The store is copied page by page as it is at one instant (SQLite's online backup); the bytes of files after it, so
 *    that every file the copied store knows is there.
 * 2. `states.sqlite` is left out: executions are disposable (I1). A restored store asks for a fresh execution of each open
 *    stage run; a journal of any other instant that lies beside it does no harm.
 * 3. `backup.json` is written last and names the SHA-256 of every file: without it there is no backup. The store is put in
 *    its place last: a restore that was cut off is begun anew.
 */
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { Clock } from "../../shared/ports/clock.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { pilotsIn, resumePilot } from "../../shared/records/resume.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { isNotThere, jsonOf, sha256OfFile } from "./manifest.ts";

const backupSchema = z.object({
  format: z.literal("fairway-backup"),
  createdAt: z.string(),
  createdBy: z.string(),
  /** Path → SHA-256. */
  files: z.record(z.string().regex(/^[\w.-]+(\/[\w.-]+)?$/), z.string()),
});
type Backup = z.infer<typeof backupSchema>;

/** The folder is no whole backup, or not empty, or something in it was changed. */
export class BackupUnusable extends Error {
  override name = "BackupUnusable" as const;
}

export async function backUp({
  dataFolder,
  to,
  now,
  fairwayVersion,
}: {
  readonly dataFolder: string;
  readonly to: string;
  readonly now: Date;
  readonly fairwayVersion: string;
}): Promise<Backup> {
  if (!existsSync(join(dataFolder, "store.sqlite"))) throw new BackupUnusable(`${dataFolder} holds no store.`);
  await mkdir(to, { recursive: true });
  if ((await readdir(to)).length > 0) throw new BackupUnusable(`${to} is not empty; give every backup its own folder.`);
  // Names, addresses and the keys of sign-in are in it.
  await chmod(to, 0o700);
  for (const name of ["store.sqlite", "identity.sqlite"]) {
    if (existsSync(join(dataFolder, name))) await copyDatabase(join(dataFolder, name), join(to, name));
  }
  await unlessNotThere(copyFile(join(dataFolder, "clock.json"), join(to, "clock.json")));
  for (const name of await readdir(join(dataFolder, "files")).catch(() => [])) {
    // One that is still arriving, or was removed just now, is not in the copied store either.
    if (name.endsWith(".new")) continue;
    await mkdir(join(to, "files"), { recursive: true });
    await unlessNotThere(copyFile(join(dataFolder, "files", name), join(to, "files", name)));
  }
  const files: Record<string, string> = {};
  for (const path of await pathsIn(to)) files[path] = (await sha256OfFile(join(to, path))) ?? "";
  const made: Backup = { format: "fairway-backup", createdAt: now.toISOString(), createdBy: fairwayVersion, files };
  await writeFile(join(to, "backup.json"), `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** A data folder that goes on where the backup was; the number of pilots whose workflows begin afresh. */
export async function restore({
  from,
  dataFolder,
  clockOf,
}: {
  readonly from: string;
  readonly dataFolder: string;
  /** The clock of a data folder, however far it was moved. */
  readonly clockOf: (dataFolder: string) => Clock;
}): Promise<{ readonly backup: Backup; readonly resumedPilots: number }> {
  const text = await readFile(join(from, "backup.json"), "utf8").catch(() => "");
  const read = backupSchema.safeParse(jsonOf(text));
  if (!read.success) throw new BackupUnusable(`${from} is no whole backup: its backup.json is missing or unreadable.`);
  for (const [path, sha256] of Object.entries(read.data.files)) {
    if ((await sha256OfFile(join(from, path))) !== sha256) {
      throw new BackupUnusable(`${join(from, path)} is damaged or was changed. Nothing was restored.`);
    }
  }
  if ((await sha256OfFile(join(dataFolder, "store.sqlite"))) !== undefined) {
    throw new BackupUnusable(`${dataFolder} holds a store already; restore into a folder of its own.`);
  }
  const restoring = join(dataFolder, "restoring.sqlite");
  for (const ending of ["", "-wal", "-shm"]) await rm(restoring + ending, { force: true });
  for (const path of Object.keys(read.data.files)) {
    const target = path === "store.sqlite" ? restoring : join(dataFolder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target);
  }
  const resumedPilots = await resumeAll(restoring, clockOf(dataFolder), read.data.createdAt);
  await rename(restoring, join(dataFolder, "store.sqlite"));
  await rm(`${restoring}-lock`, { force: true });
  return { backup: read.data, resumedPilots };
}

async function resumeAll(file: string, clock: Clock, createdAt: string): Promise<number> {
  using store = openSqliteStore(file);
  const pilots = createPilotRecords({ store, clock });
  let resumed = 0;
  for await (const pilot of pilotsIn(store)) {
    const reason = `Restored from the backup of ${createdAt.slice(0, 16).replace("T", " ")} UTC.`;
    if (await resumePilot({ store, pilots }, pilot, reason)) resumed += 1;
  }
  return resumed;
}

async function copyDatabase(from: string, to: string): Promise<void> {
  using source = new DatabaseSync(from, { readOnly: true });
  await backup(source, to);
}

async function unlessNotThere(copying: Promise<unknown>): Promise<void> {
  try {
    await copying;
  } catch (error) {
    if (!isNotThere(error)) throw error;
  }
}

async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length)
        .replace(/^[\\/]+/, ""),
    )
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}
