import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import type { Position, SortRange } from "../../shared/contracts/store-pages.ts";
import { eventPartition, eventSortKey } from "../../shared/contracts/table.ts";
import type { IndexName } from "../../shared/ports/store.ts";

export type Row = Record<string, SQLOutputValue>;

/** A table read in the order of one of its indexes. */
export interface PageSource {
  readonly name: string;
  readonly table: "items" | "events";
  readonly partitionColumn: string;
  readonly sortColumn: string;
  /** Columns that order rows of equal sort key; empty where the sort key is unique. */
  readonly tieColumns: readonly ("pk" | "sk")[];
  readonly positionOf: (row: Row) => Position;
}

export const ITEM_SOURCES: Record<IndexName | "table", PageSource> = {
  table: itemSource("table", "pk", "sk", []),
  gsi1: itemSource("gsi1", "gsi1pk", "gsi1sk", ["pk", "sk"]),
  gsi2: itemSource("gsi2", "gsi2pk", "gsi2sk", ["pk", "sk"]),
};

export const STREAM_EVENTS: PageSource = {
  name: "stream",
  table: "events",
  partitionColumn: "stream",
  sortColumn: "sequence",
  tieColumns: [],
  positionOf: (row) => eventPosition(row, eventSortKey(Number(row.sequence))),
};

export const PROGRAMME_EVENTS: PageSource = {
  name: "programme",
  table: "events",
  partitionColumn: "programme_id",
  sortColumn: "programme_sort_key",
  tieColumns: [],
  positionOf: (row) => eventPosition(row, String(row.programme_sort_key)),
};

function itemSource(
  name: IndexName | "table",
  partitionColumn: string,
  sortColumn: string,
  tieColumns: PageSource["tieColumns"],
): PageSource {
  return {
    name,
    table: "items",
    partitionColumn,
    sortColumn,
    tieColumns,
    positionOf: (row) => ({ sortKey: String(row[sortColumn]), pk: String(row.pk), sk: String(row.sk) }),
  };
}

function eventPosition(row: Row, sortKey: string): Position {
  return { sortKey, pk: eventPartition(String(row.stream)), sk: eventSortKey(Number(row.sequence)) };
}

/** Parameters in order: the partition, `values`, the limit. Text compares as UTF-8 bytes (SQLite's BINARY). */
export function pageSql(
  source: PageSource,
  range: SortRange,
  isReverse: boolean,
  after: Position | undefined,
): { readonly sql: string; readonly values: readonly SQLInputValue[] } {
  const { table, partitionColumn, sortColumn, tieColumns } = source;
  const conditions = [`${partitionColumn} = ?`];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...parameters: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...parameters);
  };
  // No UTF-8 text contains the byte FF, so it closes the range of everything that starts with the prefix.
  if (range.prefix !== undefined) add(`${sortColumn} >= ? AND ${sortColumn} < ? || x'FF'`, range.prefix, range.prefix);
  if (range.from !== undefined) add(`${sortColumn} >= ?`, range.from);
  if (range.to !== undefined) add(`${sortColumn} <= ?`, range.to);
  const columns = [sortColumn, ...tieColumns];
  if (after !== undefined) {
    add(
      `(${columns.join(", ")}) ${isReverse ? "<" : ">"} (${columns.map(() => "?").join(", ")})`,
      after.sortKey,
      ...tieColumns.map((column) => after[column]),
    );
  }
  const order = columns.map((column) => `${column} ${isReverse ? "DESC" : "ASC"}`).join(", ");
  return { sql: `SELECT * FROM ${table} WHERE ${conditions.join(" AND ")} ORDER BY ${order} LIMIT ?`, values };
}
