import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDynamoDbDump } from "../../functions/adapters/dynamodb-dump.ts";
import { exportStore } from "../../local/moving/export.ts";
import { filesOfDataFolder, folderBytes } from "../../local/moving/folder-bytes.ts";
import { type Imported, importStore } from "../../local/moving/import.ts";
import type { Manifest } from "../../local/moving/manifest.ts";
import { openSqliteDump } from "../../local/store/sqlite-dump.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { type Clock, wallClock } from "../../shared/ports/clock.ts";
import type { FileBytes } from "../../shared/ports/file-bytes.ts";
import type { EventFeed, Store } from "../../shared/ports/store.ts";
import type { StoreDump, StoredRecord, StoreLoad } from "../../shared/ports/store-dump.ts";
import type { TestDynamoDb } from "./dynamodb.ts";
import { openDynamoDbWithFeed } from "./dynamodb-feed.ts";

/** A store with its files that things can be moved from and to. */
export interface TestHouse extends AsyncDisposable {
  readonly isTable: boolean;
  readonly store: Store & EventFeed;
  readonly dump: StoreDump & StoreLoad;
  readonly files: FileBytes;
}

export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "fairway-moving-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** In a data folder: a temporary one unless given. */
export async function embeddedHouse(dataFolder?: string): Promise<TestHouse> {
  const temporary = dataFolder === undefined ? await temporaryFolder() : undefined;
  const folder = temporary?.path ?? dataFolder ?? "";
  const store = openSqliteStore(join(folder, "store.sqlite"), { synced: false });
  const dump = openSqliteDump(join(folder, "store.sqlite"));
  return {
    isTable: false,
    store,
    dump,
    files: filesOfDataFolder(folder),
    async [Symbol.asyncDispose]() {
      dump[Symbol.dispose]();
      store.close();
      await temporary?.[Symbol.asyncDispose]();
    },
  };
}

export async function tableHouse(dynamoDb: TestDynamoDb): Promise<TestHouse> {
  const { store, tableName } = await openDynamoDbWithFeed(dynamoDb);
  const bucket = await temporaryFolder();
  return {
    isTable: true,
    store,
    dump: createDynamoDbDump({ client: dynamoDb.client, tableName, pageSize: 40 }),
    files: folderBytes(bucket.path, (fileId) => `${fileId}.bytes`),
    [Symbol.asyncDispose]: () => bucket[Symbol.asyncDispose](),
  };
}

export const exported = (
  { dump, files }: Pick<TestHouse, "dump" | "files">,
  folder: string,
  more: { readonly programmes?: readonly string[]; readonly partRecords?: number } = {},
): Promise<Manifest> =>
  exportStore({ dump, files, folder, now: new Date("2027-02-01T09:00:00.000Z"), fairwayVersion: "0.1.0", ...more });

export const imported = (
  folder: string,
  { store, dump, files }: Pick<TestHouse, "store" | "dump" | "files">,
  more: { readonly checkOnly?: boolean; readonly keepPeople?: boolean; readonly clock?: Clock } = {},
): Promise<Imported> => importStore({ folder, store, load: dump, files, clock: wallClock, ...more });

export async function everythingIn(dump: StoreDump): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await dump.read(cursor);
    records.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return records;
}
