/**
 * Fills a store from an export, so that its pilots go on where they were (I1).
 *
 * 1. First everything is looked at: each part's checksum, and what lies in each place. Nothing is written before it is
 *    sure that all will fit.
 * 2. What lies there and is the same is passed over. So an import that was cut off goes on, and a repeat changes nothing;
 *    a mark in the store remembers an import that is done, for those after which pilots have moved on.
 * 3. Records come as they were, and what consumers have handled they do not hear of again: nobody is told twice (I7).
 * 4. A programme's own item comes last: before, no clock, page or sign-in finds anything of it.
 * 5. Then each open stage run gets a fresh execution. Waits stayed behind; the executions write new ones.
 */
import type { Clock } from "../../shared/ports/clock.ts";
import type { FileBytes } from "../../shared/ports/file-bytes.ts";
import type { Store } from "../../shared/ports/store.ts";
import { MOST_PLACED, type StoredRecord, type StoreLoad } from "../../shared/ports/store-dump.ts";
import { personIn } from "../../shared/records/belongings.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { asItCame, type ResumedPilot, resumePilot } from "../../shared/records/resume.ts";
import { type Contents, createCounter, isSameContents, isSameRecord } from "./contents.ts";
import { filesOfExport } from "./folder-bytes.ts";
import {
  exportIdOf,
  type FileLine,
  fileLine,
  jsonOf,
  linesOf,
  type Manifest,
  NoExport,
  PartDamaged,
  type PartKind,
  readManifest,
  recordOf,
  streamLine,
} from "./manifest.ts";

/** Something else lies where the export wants to go. */
export class PlacesTaken extends Error {
  override name = "PlacesTaken" as const;
  readonly places: readonly string[];
  constructor(places: readonly string[], hint: string) {
    const shown = places.slice(0, 5).join("; ");
    super(`${places.length} places hold something else, e.g. ${shown}. Nothing was written. ${hint}`);
    this.places = places;
  }
}

/** What arrived is not what was sent. */
export class NotTheSame extends Error {
  override name = "NotTheSame" as const;
}

export interface ImportOptions {
  readonly folder: string;
  readonly store: Store;
  readonly load: StoreLoad;
  readonly files: FileBytes;
  readonly clock: Clock;
  /** Looks only. */
  readonly checkOnly?: boolean;
  /** People who are at the new place already stay as they are there, with their settings. */
  readonly keepPeople?: boolean;
  readonly progress?: (message: string) => void;
}

export interface Imported {
  readonly manifest: Manifest;
  /** `done`: by this import or one before. `checked`: it would fit, nothing was written. */
  readonly outcome: "imported" | "done before" | "checked";
  /** What of the export is in the store. Absent when only checked, or done before. */
  readonly arrived?: Contents;
  /** People who stayed as they were here. */
  readonly keptPeople: readonly string[];
  readonly placed: number;
  readonly resumedPilots: number;
}

const FIRST: readonly PartKind[] = ["items", "events"];
const LAST: readonly PartKind[] = ["programmes", "unhandled"];

export async function importStore(options: ImportOptions): Promise<Imported> {
  const { folder, store, clock, checkOnly = false, progress = () => {} } = options;
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw new NoExport(`${folder} holds no whole export: it has no manifest.json.`);
  const mark = markOf(store, manifest, clock);
  const phase = await mark.read();
  const nothing = { manifest, keptPeople: [], placed: 0, resumedPilots: 0 };
  if (phase === "done") return { ...nothing, outcome: "done before" };

  progress("Checking the export");
  const { pilots, files } = await checked(folder, manifest);
  let placed = 0;
  let skips: Skip = () => false;
  let keptPeople: readonly string[] = [];
  let arrived: Contents | undefined;
  if (phase !== "loaded") {
    progress("Looking at the places");
    const found = await placesFor(options, manifest, files);
    keptPeople = found.keptPeople;
    skips = found.skips;
    if (checkOnly) return { ...nothing, keptPeople, outcome: "checked" };
    await mark.write("loading");
    await copyFiles(options, files);
    placed += await place(options, manifest, FIRST, skips);
    progress("Comparing");
    await assertArrived(options, manifest, FIRST, skips);
    placed += await place(options, manifest, LAST, skips);
    arrived = await assertArrived(options, manifest, [...FIRST, ...LAST], skips);
    await mark.write("loaded");
  }
  if (checkOnly) return { ...nothing, outcome: "checked" };
  progress("Starting the workflows of open stages");
  const records = createPilotRecords({ store, clock });
  const reason = `Moved from another Fairway, as it was on ${manifest.createdAt.slice(0, 16).replace("T", " ")} UTC.`;
  let resumedPilots = 0;
  for (const pilot of pilots) if (await resumePilot({ store, pilots: records }, pilot, reason)) resumedPilots += 1;
  await mark.write("done");
  return {
    manifest,
    outcome: "imported",
    keptPeople,
    placed,
    resumedPilots,
    ...(arrived === undefined ? {} : { arrived }),
  };
}

/** How far the import of this export has come in this store; the mark stays behind when the store moves on. */
function markOf(store: Store, manifest: Manifest, clock: Clock) {
  const place = { pk: "MOVES", sk: exportIdOf(manifest) };
  return {
    async read(): Promise<string | undefined> {
      const item = await store.get(place);
      return item && String(item.data.phase);
    },
    async write(phase: "loading" | "loaded" | "done"): Promise<void> {
      const before = await store.get(place);
      const { createdAt, programmes } = manifest;
      const data = { phase, at: clock.now().toISOString(), createdAt, programmes };
      await store.derive([
        { kind: "put", item: { ...place, type: "move", data }, expectedVersion: before?.version ?? 0 },
      ]);
    },
  };
}

interface Checked {
  readonly pilots: readonly ResumedPilot[];
  readonly files: readonly FileLine[];
}

/**
 * Throws `PartDamaged` unless every part is what the manifest says, streams have no gap and files their bytes. The list of
 * streams comes after all events: `exportStore` writes it last.
 */
async function checked(folder: string, manifest: Manifest): Promise<Checked> {
  const counter = createCounter();
  const pilots: ResumedPilot[] = [];
  const files: FileLine[] = [];
  const eventsOf = new Map<string, number>();
  const bytes = filesOfExport(folder);
  for (const part of manifest.parts) {
    for (const line of await linesOf(folder, part)) {
      if (part.kind === "streams") {
        const { stream, last } = parsed(part.name, streamLine.safeParse(jsonOf(line)));
        if (eventsOf.get(stream) !== last) throw new PartDamaged(part.name, `events of ${stream} are missing`);
      } else if (part.kind === "files") {
        const file = parsed(part.name, fileLine.safeParse(jsonOf(line)));
        if ((await bytes.checksum(file.sha256)) !== file.sha256) {
          throw new PartDamaged(`files/${file.sha256}`, "its bytes are not those of its name");
        }
        files.push(file);
      } else {
        const record = recordOf(part, line);
        counter.add(record);
        if (record.kind === "event") eventsOf.set(record.event.stream, (eventsOf.get(record.event.stream) ?? 0) + 1);
        else if (record.item.type === "pilot") pilots.push(asItCame(record.item));
      }
    }
  }
  if (!isSameContents(counter.contents(), manifest.contents)) {
    throw new PartDamaged("manifest.json", "it counts other records than the parts hold");
  }
  return { pilots, files };
}

function parsed<T>(part: string, result: { success: true; data: T } | { success: false }): T {
  if (result.success) return result.data;
  throw new PartDamaged(part, "a line is not as it should be");
}

type Skip = (record: StoredRecord) => boolean;

async function placesFor(
  { folder, load, files: target, keepPeople = false }: ImportOptions,
  manifest: Manifest,
  files: readonly FileLine[],
): Promise<{ readonly skips: Skip; readonly keptPeople: readonly string[] }> {
  const taken: { readonly place: string; readonly personId: string | undefined }[] = [];
  const here = new Set<string>();
  for await (const records of recordsOf(folder, manifest, [...FIRST, ...LAST])) {
    for (const [index, lies] of (await load.find(records)).entries()) {
      const record = records[index];
      if (record === undefined || lies === undefined || isSameRecord(lies, record)) continue;
      const personId = personIn(record);
      if (personId !== undefined) here.add(personId);
      if (isUndeliverable(record) && keepPeople) continue;
      taken.push({ place: placeOf(record), personId });
    }
  }
  for (const { fileId, sha256 } of files) {
    const lies = await target.checksum(fileId);
    if (lies !== undefined && lies !== sha256) taken.push({ place: `the file ${fileId}`, personId: undefined });
  }
  const others = taken.filter(({ personId }) => personId === undefined || !keepPeople);
  if (others.length > 0) {
    const onlyPeople = others.every(({ personId }) => personId !== undefined);
    throw new PlacesTaken(
      others.map(({ place }) => place),
      onlyPeople
        ? "These are people who are there already: import with --keep-people to leave them as they are there."
        : "Import into a store that does not have this programme.",
    );
  }
  return {
    keptPeople: [...here],
    skips: (record) => here.has(personIn(record) ?? "") || (keepPeople && isUndeliverable(record)),
  };
}

const isUndeliverable = (record: StoredRecord): boolean =>
  record.kind === "item" && record.item.type === "dead_address";

const placeOf = (record: StoredRecord): string =>
  record.kind === "item" ? `${record.item.pk} ${record.item.sk}` : `event ${record.event.id}`;

async function* recordsOf(folder: string, manifest: Manifest, kinds: readonly PartKind[]) {
  for (const kind of kinds) {
    for (const part of manifest.parts.filter((each) => each.kind === kind)) {
      const records = (await linesOf(folder, part)).map((line) => recordOf(part, line));
      for (let from = 0; from < records.length; from += MOST_PLACED) yield records.slice(from, from + MOST_PLACED);
    }
  }
}

async function copyFiles({ folder, files: target }: ImportOptions, files: readonly FileLine[]): Promise<void> {
  const source = filesOfExport(folder);
  for (const { fileId, bytes, sha256 } of files) {
    if ((await target.checksum(fileId)) === sha256) continue;
    await target.write(fileId, await source.read(sha256), { bytes, sha256 });
  }
}

/** How many were not there yet. */
async function place(
  { folder, load, progress = () => {} }: ImportOptions,
  manifest: Manifest,
  kinds: readonly PartKind[],
  skips: Skip,
): Promise<number> {
  let placed = 0;
  let seen = 0;
  for await (const records of recordsOf(folder, manifest, kinds)) {
    const wanted = records.filter((record) => !skips(record));
    const found = await load.find(wanted);
    const missing = wanted.filter((_, index) => found[index] === undefined);
    for (const group of inTransactions(missing)) await load.place(group);
    placed += missing.length;
    seen += records.length;
    if (seen % 1000 === 0) progress(`${seen} records are there`);
  }
  return placed;
}

/** DynamoDB takes 4 MiB in one transaction, of which a part is for names and numbers. */
const TRANSACTION_BYTES = 3_000_000;

function* inTransactions(records: readonly StoredRecord[]): Generator<readonly StoredRecord[]> {
  let group: StoredRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record));
    if (group.length > 0 && bytes + size > TRANSACTION_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(record);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

async function assertArrived(
  { folder, load }: ImportOptions,
  manifest: Manifest,
  kinds: readonly PartKind[],
  skips: Skip,
): Promise<Contents> {
  const sent = createCounter();
  const arrived = createCounter();
  for await (const records of recordsOf(folder, manifest, kinds)) {
    const wanted = records.filter((record) => !skips(record));
    for (const record of wanted) sent.add(record);
    for (const record of await load.find(wanted)) if (record !== undefined) arrived.add(record);
  }
  if (!isSameContents(sent.contents(), arrived.contents())) {
    throw new NotTheSame(
      "What arrived differs from what was sent. Import once more; if that does not help, start anew.",
    );
  }
  return arrived.contents();
}
