import type { Key, Query } from "../ports/store.ts";

/**
 * Pages of a sorted partition, the same for every store: ranges, limits and cursors.
 * A cursor names the last entry given; it is checked, for it comes back through people's browsers.
 */

/** Where a page ended: the sort key in the partition read, and the entry's own key where those differ (an index). */
export interface Position extends Key {
  readonly sortKey: string;
}

/** The part of a partition a query reads, both ends inclusive. */
export interface SortRange {
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
}

export class InvalidCursor extends Error {
  override name = "InvalidCursor" as const;
  constructor(options?: ErrorOptions) {
    super("The list has changed since this link was made; start again from its first page.", options);
  }
}

const MAX_PAGE_ITEMS = 1000;

export function pageLimit(limit: number | undefined): number {
  if (limit === undefined) return MAX_PAGE_ITEMS;
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`A page of ${limit} items; the least is 1.`);
  return Math.min(limit, MAX_PAGE_ITEMS);
}

/** Undefined when no sort key can be in range. An empty prefix or start asks for nothing and is left out. */
export function sortRange(query: Pick<Query, "prefix" | "from" | "to">): SortRange | undefined {
  const { prefix, from, to } = query;
  if (prefix !== undefined && (from !== undefined || to !== undefined)) {
    throw new TypeError("A query has a prefix or from/to, not both.");
  }
  if (to === "" || (from !== undefined && to !== undefined && compareUtf8(from, to) > 0)) return undefined;
  return { ...(prefix ? { prefix } : {}), ...(from ? { from } : {}), ...(to === undefined ? {} : { to }) };
}

/** `partition` names what is read, index included, so that a cursor continues only the query that gave it. */
export function encodeCursor(partition: string, position: Position): string {
  const json = JSON.stringify([partition, position.sortKey, position.pk, position.sk]);
  return btoa(String.fromCharCode(...new TextEncoder().encode(json)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Throws `InvalidCursor` for text that is not a cursor of this partition and range. */
export function decodeCursor(partition: string, range: SortRange, cursor: string): Position {
  const [of, sortKey, pk, sk, ...rest] = parseStrings(cursor);
  if (of !== partition || !sortKey || !pk || !sk || rest.length > 0) throw new InvalidCursor();
  const isInRange =
    sortKey.startsWith(range.prefix ?? "") &&
    (range.from === undefined || compareUtf8(range.from, sortKey) <= 0) &&
    (range.to === undefined || compareUtf8(sortKey, range.to) <= 0);
  if (!isInRange) throw new InvalidCursor();
  return { sortKey, pk, sk };
}

function parseStrings(cursor: string): readonly string[] {
  try {
    const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const parsed: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (Array.isArray(parsed) && parsed.every((part) => typeof part === "string")) return parsed;
  } catch (cause) {
    throw new InvalidCursor({ cause });
  }
  throw new InvalidCursor();
}

/** The order of UTF-8 bytes, which is that of code points; JavaScript's own order differs beyond U+D7FF. */
function compareUtf8(a: string, b: string): number {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
