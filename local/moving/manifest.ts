/**
 * An export: a folder that says of itself what is in it.
 *
 * | name                | holds                                                                        |
 * | ------------------- | ---------------------------------------------------------------------------- |
 * | `manifest.json`     | what the parts are; written last, so a folder without it is no whole export  |
 * | `items-0001.ndjson` | items, one JSON object a line, as they lay in the store, version included    |
 * | `programmes-…`      | the programmes' own items: put last, because nothing happens in a programme before it is there |
 * | `events-…`          | events that every consumer has handled                                       |
 * | `unhandled-…`       | events that relay, projections and notify have yet to see                    |
 * | `streams.ndjson`    | of each stream its last sequence                                             |
 * | `files.ndjson`      | of each file its id, size and SHA-256                                        |
 * | `files/<sha256>`    | the bytes                                                                    |
 * | `progress.json`     | how far an export has come that was cut off                                  |
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import type { Item, StoredEvent } from "../../shared/ports/store.ts";
import type { StoredRecord } from "../../shared/ports/store-dump.ts";

const partKinds = ["items", "events", "programmes", "unhandled", "streams", "files"] as const;
export type PartKind = (typeof partKinds)[number];

const contentsSchema = z.record(z.string(), z.object({ records: z.number(), checksum: z.string() }));

const partSchema = z.object({
  name: z.string().regex(/^[a-z]+(-\d{4,})?\.ndjson$/),
  kind: z.enum(partKinds),
  records: z.number(),
  bytes: z.number(),
  sha256: z.string(),
});
export type Part = z.infer<typeof partSchema>;

/** Raised whenever an older Fairway would read an export wrongly. */
export const FORMAT_VERSION = 1;

const manifestSchema = z.object({
  format: z.literal("fairway-export"),
  formatVersion: z.number(),
  createdAt: z.string(),
  /** The version of Fairway that made it. */
  createdBy: z.string(),
  /** The only ones in it; null: the whole store. */
  only: z.array(z.string()).nullable(),
  programmes: z.array(z.string()),
  contents: contentsSchema,
  /** By type, what stays: it means nothing to another store. */
  leftBehind: z.record(z.string(), z.number()),
  /** Ids of files whose bytes were not there. */
  missingFiles: z.array(z.string()),
  parts: z.array(partSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

const progressSchema = z.object({
  survey: contentsSchema,
  only: z.array(z.string()).nullable(),
  /** Of the source, where the next part begins; null at its end. */
  cursor: z.string().nullable(),
  contents: contentsSchema,
  parts: z.array(partSchema),
});
export type Progress = z.infer<typeof progressSchema>;

/** What is in the folder is no export, is not whole, or is of a newer Fairway. */
export class NoExport extends Error {
  override name = "NoExport" as const;
}

/** A part is not what the manifest says of it. */
export class PartDamaged extends Error {
  override name = "PartDamaged" as const;
  constructor(file: string, what: string) {
    super(`${file} is damaged or was changed: ${what}. Make the export anew; nothing was written.`);
  }
}

const manifestFile = (folder: string): string => join(folder, "manifest.json");
const progressFile = (folder: string): string => join(folder, "progress.json");

export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readIfThere(manifestFile(folder));
  if (text === undefined) return undefined;
  const read = z.object({ formatVersion: z.number() }).safeParse(jsonOf(text));
  if (read.success && read.data.formatVersion > FORMAT_VERSION) {
    throw new NoExport(`${folder} was exported by a newer Fairway; import it with that one.`);
  }
  const manifest = manifestSchema.safeParse(jsonOf(text));
  if (!manifest.success) throw new NoExport(`${manifestFile(folder)} is no manifest of an export.`);
  return manifest.data;
}

export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeWhole(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`);

/** Undefined also when it cannot be read: the export then begins anew. */
export async function readProgress(folder: string): Promise<Progress | undefined> {
  const progress = progressSchema.safeParse(jsonOf((await readIfThere(progressFile(folder))) ?? ""));
  return progress.success ? progress.data : undefined;
}

export const writeProgress = (folder: string, progress: Progress): Promise<void> =>
  writeWhole(progressFile(folder), JSON.stringify(progress));

/** Names the export: the same for the same manifest, wherever it lies. */
export const exportIdOf = (manifest: Manifest): string =>
  createHash("sha256").update(JSON.stringify(manifest)).digest("hex").slice(0, 32);

export async function writePart(
  folder: string,
  { name, kind, lines }: { readonly name: string; readonly kind: PartKind; readonly lines: readonly string[] },
): Promise<Part> {
  const text = lines.map((line) => `${line}\n`).join("");
  await writeWhole(join(folder, name), text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { name, kind, records: lines.length, bytes: Buffer.byteLength(text), sha256 };
}

/** The lines of a part, once it is sure that they are those the manifest means. Throws `PartDamaged`. */
export async function linesOf(folder: string, part: Part): Promise<readonly string[]> {
  const text = await readIfThere(join(folder, part.name));
  if (text === undefined) throw new PartDamaged(join(folder, part.name), "it is not there");
  const sha256 = createHash("sha256").update(text).digest("hex");
  if (sha256 !== part.sha256) throw new PartDamaged(join(folder, part.name), "its SHA-256 is another");
  const lines = text.split("\n").slice(0, -1);
  if (lines.length !== part.records) throw new PartDamaged(join(folder, part.name), "it has more or fewer lines");
  return lines;
}

export async function sha256OfFile(file: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
  return hash.digest("hex");
}

export const lineOf = (record: StoredRecord): string =>
  JSON.stringify(record.kind === "item" ? { item: record.item } : { event: record.event, handled: record.handled });

const itemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int().positive(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  gsi1pk: z.string().optional(),
  gsi1sk: z.string().optional(),
  gsi2pk: z.string().optional(),
  gsi2sk: z.string().optional(),
});
const eventSchema = z.object({
  id: z.string(),
  stream: z.string(),
  sequence: z.int().positive(),
  programmeId: z.string(),
  type: z.string(),
  at: z.string(),
  actor: z.object({ personId: z.string(), role: z.string(), forPersonId: z.string().optional() }),
  reason: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
const recordSchema = z.union([z.object({ item: itemSchema }), z.object({ event: eventSchema, handled: z.boolean() })]);

/** Throws `PartDamaged` for what is no record. The line itself is taken, not the schema's copy: it may know less. */
export function recordOf(part: Part, line: string): StoredRecord {
  const given: unknown = jsonOf(line);
  if (!recordSchema.safeParse(given).success) throw new PartDamaged(part.name, "a line is no record");
  // Just checked.
  const record = given as { readonly item: Item } | { readonly event: StoredEvent; readonly handled: boolean };
  return "item" in record ? { kind: "item", item: record.item } : { kind: "event", ...record };
}

export const streamLine = z.object({ stream: z.string(), last: z.number() });

export const fileLine = z.object({
  fileId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  bytes: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FileLine = z.infer<typeof fileLine>;

/** Whoever is killed in between leaves the old file or the new one, never half of one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const arriving = await open(`${file}.new`, "w");
  try {
    await arriving.writeFile(text);
    await arriving.sync();
  } finally {
    await arriving.close();
  }
  await rename(`${file}.new`, file);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

export const isNotThere = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
