import { createHash } from "node:crypto";
import { canonicalJson } from "../../shared/domain/checksum.ts";
import type { StoredRecord } from "../../shared/ports/store-dump.ts";

/**
 * What a set of records is, in a few numbers: of each type how many, and a checksum that is the same in whatever order
 * they are read (the sum of their SHA-256 digests), so that two stores can be compared without sorting either.
 */
export type Contents = Readonly<Record<string, Count>>;

interface Count {
  readonly records: number;
  /** Lower-case hex. */
  readonly checksum: string;
}

export interface Counter {
  add(record: StoredRecord): void;
  contents(): Contents;
}

const MODULUS = 2n ** 256n;

/** Counts on from `from`. */
export function createCounter(from: Contents = {}): Counter {
  const sums = new Map(
    Object.entries(from).map(([type, { records, checksum }]) => [type, { records, sum: BigInt(`0x${checksum}`) }]),
  );
  return {
    add(record) {
      const type = typeOf(record);
      const { records, sum } = sums.get(type) ?? { records: 0, sum: 0n };
      sums.set(type, { records: records + 1, sum: (sum + digestOf(record)) % MODULUS });
    },
    contents: () =>
      Object.fromEntries(
        [...sums]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([type, { records, sum }]) => [type, { records, checksum: sum.toString(16).padStart(64, "0") }]),
      ),
  };
}

export const typeOf = (record: StoredRecord): string => (record.kind === "item" ? record.item.type : "event");

/** Whether an event was handled is its store's affair, not part of it. */
const substanceOf = (record: StoredRecord): string =>
  canonicalJson(record.kind === "item" ? { item: record.item } : { event: record.event });

function digestOf(record: StoredRecord): bigint {
  return BigInt(`0x${createHash("sha256").update(substanceOf(record)).digest("hex")}`);
}

export const isSameRecord = (a: StoredRecord, b: StoredRecord): boolean => substanceOf(a) === substanceOf(b);

export const isSameContents = (a: Contents, b: Contents): boolean => canonicalJson(a) === canonicalJson(b);
