/** Where a store lives: a data folder, or a table of DynamoDB with a bucket. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { createDynamoDbDump } from "../../functions/adapters/dynamodb-dump.ts";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import { createS3FileBytes } from "../../functions/adapters/s3-file-bytes.ts";
import { type Clock, wallClock } from "../../shared/ports/clock.ts";
import type { FileBytes } from "../../shared/ports/file-bytes.ts";
import type { Store } from "../../shared/ports/store.ts";
import type { StoreDump, StoreLoad } from "../../shared/ports/store-dump.ts";
import { createClock } from "../clock.ts";
import { openSqliteDump } from "../store/sqlite-dump.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { filesOfDataFolder, folderBytes } from "./folder-bytes.ts";
import { jsonOf } from "./manifest.ts";

export interface House extends Disposable {
  readonly store: Store;
  readonly dump: StoreDump & StoreLoad;
  readonly files: FileBytes;
  readonly clock: Clock;
}

/** The address is not one of a house, or nobody lives there. */
class NoSuchHouse extends Error {
  override name = "NoSuchHouse" as const;
}

/**
 * `address` is a data folder, or `dynamodb://TABLE?region=…&endpoint=…&files=s3://BUCKET` (a folder also does for files).
 * Throws `StoreInUse` while Fairway runs in the folder.
 */
export function openHouse(address: string, { mayBeNew }: { readonly mayBeNew: boolean }): House {
  return address.startsWith("dynamodb://") ? openTable(address) : openDataFolder(address, mayBeNew);
}

function openDataFolder(folder: string, mayBeNew: boolean): House {
  const file = join(folder, "store.sqlite");
  if (!mayBeNew && !existsSync(file)) throw new NoSuchHouse(`${folder} holds no store.sqlite: is it a data folder?`);
  mkdirSync(folder, { recursive: true });
  const store = openSqliteStore(file);
  const dump = openSqliteDump(file);
  return {
    store,
    dump,
    files: filesOfDataFolder(folder),
    clock: clockOf(folder),
    [Symbol.dispose]() {
      dump[Symbol.dispose]();
      store.close();
    },
  };
}

/** The time in a data folder, however far its clock was moved. */
export function clockOf(folder: string): Clock {
  const file = join(folder, "clock.json");
  const kept = existsSync(file) ? jsonOf(readFileSync(file, "utf8")) : undefined;
  const offsetMs = typeof kept === "object" && kept !== null && "offsetMs" in kept ? Number(kept.offsetMs) : 0;
  return createClock({ offsetMs });
}

function openTable(address: string): House {
  const url = URL.parse(address);
  const tableName = url?.hostname ?? "";
  if (url === null || tableName === "") throw new NoSuchHouse(`${address} names no table: dynamodb://TABLE.`);
  const option = (name: string) => url.searchParams.get(name) ?? undefined;
  const [endpoint, region, files] = [option("endpoint"), option("region"), option("files")];
  const client = new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  });
  const s3 = new S3Client(region === undefined ? {} : { region });
  return {
    store: createDynamoDbStore({ client, tableName }),
    dump: createDynamoDbDump({ client, tableName }),
    files: filesAt(files, s3),
    clock: wallClock,
    [Symbol.dispose]() {
      client.destroy();
      s3.destroy();
    },
  };
}

function filesAt(place: string | undefined, client: S3Client): FileBytes {
  if (place?.startsWith("s3://")) return createS3FileBytes({ client, bucket: place.slice("s3://".length) });
  if (place !== undefined) return folderBytes(place, (fileId) => `${fileId}.bytes`);
  const homeless = async (): Promise<never> => {
    throw new NoSuchHouse("There are files to move: say where with &files=s3://BUCKET in the address of the table.");
  };
  return { checksum: homeless, read: homeless, write: homeless };
}
