/**
 * Files of pilots in the store: what was announced, what has arrived. The bytes are elsewhere (`shared/ports/files.ts`).
 *
 * | record | pk          | sk      |
 * | ------ | ----------- | ------- |
 * | file   | FILES#pilot | FILE#id |
 *
 * Every step is an event in the file's own stream, apart from the pilot's, so that an upload never makes a draft wait.
 */
import { stored } from "../contracts/items.ts";
import type { Actor } from "../domain/actor.ts";
import { attachmentsIn, type KnownFiles } from "../domain/forms/attachments.ts";
import type { Key, NewItem, Store } from "../ports/store.ts";

export interface FileRecord {
  readonly id: string;
  readonly pilotId: string;
  readonly programmeId: string;
  readonly deliverableId: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadedBy: string;
  readonly begunAt: string;
  /** Absent until the bytes have arrived and were checked. */
  readonly storedAt?: string;
}

const partition = (pilotId: string): string => `FILES#${pilotId}`;
const keyOf = (file: Pick<FileRecord, "pilotId" | "id">): Key => ({
  pk: partition(file.pilotId),
  sk: `FILE#${file.id}`,
});
const itemOf = (file: FileRecord): NewItem => ({ ...keyOf(file), type: "file", data: { ...file } });

interface Doing {
  readonly at: string;
  readonly actor: Pick<Actor, "personId" | "role">;
}

const eventOf = (file: FileRecord, sequence: number, type: string, { at, actor }: Doing) => ({
  stream: `FILE#${file.id}`,
  sequence,
  programmeId: file.programmeId,
  type,
  at,
  actor: { personId: actor.personId, role: actor.role },
  data: { pilotId: file.pilotId, deliverableId: file.deliverableId, fileId: file.id, name: file.name },
});

export async function readFile(store: Store, pilotId: string, fileId: string): Promise<FileRecord | undefined> {
  const item = await store.get(keyOf({ pilotId, id: fileId }));
  return item && stored<FileRecord>(item.data);
}

/** In no particular order; at most `MAX_FILES_OF_PILOT` and what is under way. */
export async function filesOf(store: Store, pilotId: string): Promise<readonly FileRecord[]> {
  const { items } = await store.query({ pk: partition(pilotId) });
  return items.map((item) => stored<FileRecord>(item.data));
}

export const MAX_FILES_OF_PILOT = 500;
export const MAX_BYTES_OF_PILOT = 1_000_000_000;

/** Throws `VersionConflict` when there is a file of this id. */
export async function announceFile(store: Store, file: FileRecord, doing: Doing): Promise<void> {
  await store.commit({
    writes: [{ kind: "put", item: itemOf(file), expectedVersion: 0 }],
    event: eventOf(file, 1, "FileAnnounced", doing),
  });
}

/** From now on the file counts. Throws `VersionConflict` when somebody else said so, or removed it. */
export async function fileArrived(store: Store, file: FileRecord, doing: Doing): Promise<FileRecord> {
  const arrived = { ...file, storedAt: doing.at };
  await store.commit({
    writes: [{ kind: "put", item: itemOf(arrived), expectedVersion: 1 }],
    event: eventOf(file, 2, "FileStored", doing),
  });
  return arrived;
}

/** Forgets a file. Throws `VersionConflict` when it has changed meanwhile. */
export async function forgetFile(store: Store, file: FileRecord, doing: Doing): Promise<void> {
  const version = file.storedAt === undefined ? 1 : 2;
  await store.commit({
    writes: [{ kind: "delete", key: keyOf(file), expectedVersion: version }],
    event: eventOf(file, version + 1, "FileRemoved", doing),
  });
}

export const knownFiles = (files: readonly FileRecord[]): KnownFiles =>
  new Map(files.flatMap(({ id, sha256, storedAt }) => (storedAt === undefined ? [] : [[id, { sha256 }] as const])));

/** Ids of the files that drafts and revisions of a pilot name. */
async function filesInForms(store: Store, pilotId: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await store.query({ pk: `FORMS#${pilotId}`, ...(cursor === undefined ? {} : { cursor }) });
    for (const { data } of page.items) for (const { fileId } of attachmentsIn(data.values)) ids.add(fileId);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}

const DAY_MS = 86_400_000;

/** Files nobody has use for: begun and not sent, or taken out of every form; a day is left to think again. */
export async function orphanedFiles(store: Store, pilotId: string, now: Date): Promise<readonly FileRecord[]> {
  const before = new Date(now.getTime() - DAY_MS).toISOString();
  const old = (await filesOf(store, pilotId)).filter(({ begunAt, storedAt }) => (storedAt ?? begunAt) < before);
  if (old.length === 0) return [];
  const used = await filesInForms(store, pilotId);
  return old.filter(({ id }) => !used.has(id));
}
