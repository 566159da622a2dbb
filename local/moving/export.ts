/**
 * Writes a store, or some programmes of it, into a folder (`manifest.ts` says what is in it).
 *
 * 1. The store is read twice, first to count. Only when the second reading finds what the first did is there a manifest:
 *    so what was exported was there at one instant, although nothing but the reader was stopped.
 * 2. A part is whole before the progress says so. An export that was cut off goes on with the part it was at, if the store
 *    is still as it was, and else begins anew.
 */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FileBytes } from "../../shared/ports/file-bytes.ts";
import type { StoreDump, StoredRecord } from "../../shared/ports/store-dump.ts";
import { arrivedFileOf, type Belongings, createBelongings } from "../../shared/records/belongings.ts";
import { type Contents, createCounter, isSameContents, typeOf } from "./contents.ts";
import { filesOfExport } from "./folder-bytes.ts";
import {
  type FileLine,
  FORMAT_VERSION,
  lineOf,
  linesOf,
  type Manifest,
  NoExport,
  type Part,
  type PartKind,
  type Progress,
  readManifest,
  readProgress,
  recordOf,
  writeManifest,
  writePart,
  writeProgress,
} from "./manifest.ts";

/** Somebody wrote while the store was read. */
export class SourceChanged extends Error {
  override name = "SourceChanged" as const;
}

export class NoSuchProgramme extends Error {
  override name = "NoSuchProgramme" as const;
}

/** Files that forms name, but whose bytes are nowhere. */
export class BytesMissing extends Error {
  override name = "BytesMissing" as const;
}

export interface ExportOptions {
  readonly dump: StoreDump;
  readonly files: FileBytes;
  readonly folder: string;
  /** Nothing else moves; without it all that is in the store. */
  readonly programmes?: readonly string[];
  readonly now: Date;
  readonly fairwayVersion: string;
  /** Goes on when bytes of files are missing, and says which. */
  readonly withoutMissingFiles?: boolean;
  /** About so many records a part. */
  readonly partRecords?: number;
  readonly progress?: (message: string) => void;
}

/** The manifest of what is in the folder now; a repeat of a whole export writes nothing. */
export async function exportStore(options: ExportOptions): Promise<Manifest> {
  const { dump, folder, progress = () => {} } = options;
  const only = options.programmes === undefined ? null : [...new Set(options.programmes)].sort();
  await assertOurs(folder);
  progress("Counting what is there");
  const survey = await surveyOf(dump, only);
  const finished = await readManifest(folder);
  if (finished !== undefined) {
    if (isSameContents(finished.contents, survey.contents)) return finished;
    throw new NoExport(`${folder} holds another export, of ${finished.createdAt}; choose another folder.`);
  }
  const parts = await writeRecords(options, only, survey);
  const { lines, missing } = await copyFiles(options, parts);
  parts.push(await writePart(folder, { name: "files.ndjson", kind: "files", lines }));
  const streams = [...survey.streams].sort(([a], [b]) => (a < b ? -1 : 1));
  const streamLines = streams.map(([stream, last]) => JSON.stringify({ stream, last }));
  parts.push(await writePart(folder, { name: "streams.ndjson", kind: "streams", lines: streamLines }));
  const manifest: Manifest = {
    format: "fairway-export",
    formatVersion: FORMAT_VERSION,
    createdAt: options.now.toISOString(),
    createdBy: options.fairwayVersion,
    only,
    programmes: survey.programmes,
    contents: survey.contents,
    leftBehind: survey.leftBehind,
    missingFiles: missing,
    parts,
  };
  await writeManifest(folder, manifest);
  await rm(join(folder, "progress.json"), { force: true });
  return manifest;
}

interface Survey {
  readonly belongings: Belongings;
  readonly programmes: string[];
  readonly contents: Contents;
  readonly leftBehind: Record<string, number>;
  /** Stream → last sequence. */
  readonly streams: ReadonlyMap<string, number>;
}

/** What an export of these programmes would hold. */
export async function surveyOf(dump: StoreDump, only: readonly string[] | null): Promise<Survey> {
  const belongings = createBelongings();
  const programmes: string[] = [];
  for await (const { records } of pagesOf(dump)) {
    for (const record of records) {
      belongings.learn(record);
      if (record.kind === "item" && record.item.type === "programme") programmes.push(String(record.item.data.id));
    }
  }
  const unknown = only?.find((programmeId) => !programmes.includes(programmeId));
  if (unknown !== undefined) throw new NoSuchProgramme(`There is no programme "${unknown}"; there are: ${programmes}.`);
  const counter = createCounter();
  const leftBehind: Record<string, number> = {};
  const streams = new Map<string, number>();
  for await (const { records } of pagesOf(dump)) {
    for (const record of records) {
      if (!moves(belongings, only, record)) {
        if (belongings.programmesOf(record) === undefined)
          leftBehind[typeOf(record)] = (leftBehind[typeOf(record)] ?? 0) + 1;
        continue;
      }
      counter.add(record);
      if (record.kind !== "event") continue;
      const { stream, sequence } = record.event;
      streams.set(stream, Math.max(streams.get(stream) ?? 0, sequence));
    }
  }
  return {
    belongings,
    programmes: only === null ? programmes.sort() : [...only],
    contents: counter.contents(),
    leftBehind,
    streams,
  };
}

function moves(belongings: Belongings, only: readonly string[] | null, record: StoredRecord): boolean {
  const programmes = belongings.programmesOf(record);
  if (programmes === undefined) return false;
  return only === null || only.some((programmeId) => programmes.has(programmeId));
}

async function* pagesOf(dump: StoreDump, from?: string) {
  let cursor = from;
  do {
    const page = await dump.read(cursor);
    yield { records: page.records, next: page.cursor ?? null };
    cursor = page.cursor;
  } while (cursor !== undefined);
}

const PART_RECORDS = 2000;

async function writeRecords(options: ExportOptions, only: string[] | null, survey: Survey): Promise<Part[]> {
  const { dump, folder, partRecords = PART_RECORDS, progress = () => {} } = options;
  await mkdir(folder, { recursive: true });
  let state = await goesOn(folder, survey.contents, only);
  const counter = createCounter(state.contents);
  const parts = [...state.parts];
  let lines = new Map<PartKind, string[]>();
  let held = 0;

  async function flush(cursor: string | null): Promise<void> {
    for (const [kind, ofKind] of lines) {
      const number = parts.filter((part) => part.kind === kind).length + 1;
      const name = `${kind}-${String(number).padStart(4, "0")}.ndjson`;
      parts.push(await writePart(folder, { name, kind, lines: ofKind }));
    }
    lines = new Map();
    held = 0;
    state = { survey: survey.contents, only, cursor, contents: counter.contents(), parts };
    await writeProgress(folder, state);
    progress(`${parts.reduce((sum, { records }) => sum + records, 0)} records written`);
  }

  if (state.cursor !== null) {
    for await (const { records, next } of pagesOf(dump, state.cursor === "" ? undefined : state.cursor)) {
      for (const record of records) {
        if (!moves(survey.belongings, only, record)) continue;
        counter.add(record);
        const kind = kindOf(record);
        const ofKind = lines.get(kind) ?? [];
        ofKind.push(lineOf(record));
        lines.set(kind, ofKind);
        held += 1;
      }
      if (held >= partRecords || next === null) await flush(next);
    }
  }
  if (isSameContents(counter.contents(), survey.contents)) return parts;
  await rm(join(folder, "progress.json"), { force: true });
  throw new SourceChanged("The store was written to while it was exported. Stop Fairway, then export once more.");
}

function kindOf(record: StoredRecord): PartKind {
  if (record.kind === "item") return record.item.type === "programme" ? "programmes" : "items";
  return record.handled ? "events" : "unhandled";
}

/** The progress of an export of exactly this that was cut off, or of none; a cursor "" is the start. */
async function goesOn(folder: string, survey: Contents, only: string[] | null): Promise<Progress> {
  const before = await readProgress(folder);
  const isSame = before !== undefined && isSameContents(before.survey, survey) && `${before.only}` === `${only}`;
  if (isSame) return before;
  for (const name of await readdir(folder)) if (/\.(ndjson|new)$/.test(name)) await rm(join(folder, name));
  return { survey, only, cursor: "", contents: {}, parts: [] };
}

/** A folder that holds anything but an export is somebody's; nothing is put among it. */
async function assertOurs(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const isExport = names.some((name) => name === "manifest.json" || name === "progress.json");
  const mayBeBegun = names.every((name) => name === "files" || /\.(ndjson|new)$/.test(name));
  if (!isExport && !mayBeBegun) throw new NoExport(`${folder} is not empty and no export; choose another folder.`);
}

async function copyFiles(
  { files, folder, withoutMissingFiles = false, progress = () => {} }: ExportOptions,
  parts: readonly Part[],
): Promise<{ readonly lines: readonly string[]; readonly missing: string[] }> {
  const target = filesOfExport(folder);
  const lines: string[] = [];
  const missing: string[] = [];
  for (const part of parts.filter(({ kind }) => kind === "items")) {
    for (const line of await linesOf(folder, part)) {
      const record = recordOf(part, line);
      const file = record.kind === "item" ? arrivedFileOf(record.item) : undefined;
      if (file === undefined) continue;
      const { id: fileId, bytes, sha256 } = file;
      if ((await target.checksum(sha256)) !== sha256) {
        if ((await files.checksum(fileId)) !== sha256) {
          missing.push(fileId);
          continue;
        }
        await target.write(sha256, await files.read(fileId), { bytes, sha256 });
      }
      lines.push(JSON.stringify({ fileId, bytes, sha256 } satisfies FileLine));
      if (lines.length % 100 === 0) progress(`${lines.length} files copied`);
    }
  }
  if (missing.length > 0 && !withoutMissingFiles) {
    throw new BytesMissing(
      `The bytes of ${missing.length} files are missing or not the ones that came (${missing.slice(0, 3).join(", ")}). ` +
        "Bring them back from a backup, or export with --without-missing-files.",
    );
  }
  return { lines, missing };
}
