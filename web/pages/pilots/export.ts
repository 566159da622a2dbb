/** The table as files for spreadsheets: the pilots and columns that are shown, in the order they are shown. */
import type { SheetData } from "write-excel-file/universal";
import type { PilotRow } from "./pilot-rows.ts";
import type { Column } from "./pilot-search.ts";

export interface Export {
  readonly rows: readonly PilotRow[];
  readonly columns: readonly Column[];
  nameOf(column: Column): string;
}

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export function csvOf({ rows, columns, nameOf }: Export): string {
  const lines = [
    columns.map(nameOf),
    ...rows.map(({ cells }) =>
      columns.map((column) => {
        const { data, text } = cells[column];
        return data instanceof Date ? data.toISOString().slice(0, 10) : (data ?? text);
      }),
    ),
  ];
  return `\uFEFF${lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("")}`;
}

function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  // A spreadsheet would run text that begins like a formula, also after spaces.
  const harmless = /^\s*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Characters, roughly. */
const widths: Readonly<Record<Column, number>> = {
  title: 44,
  company: 28,
  route: 26,
  stage: 20,
  status: 16,
  days: 14,
  due: 14,
  overdue: 14,
  risk: 12,
  hours: 16,
  advisors: 32,
};

/** A workbook with days as days and numbers as numbers; text stays text, whatever it begins with. */
export async function xlsxOf(
  { rows, columns, nameOf }: Export,
  /** What else it says of itself on a sheet of its own: pairs of name and value. */
  about: { readonly sheet: string; readonly facts: readonly (readonly [name: string, value: string])[] },
  sheet: string,
): Promise<Blob> {
  // Only those who export need it.
  const { default: write } = await import("write-excel-file/universal");
  const heading = (value: string) => ({ type: String, value, fontWeight: "bold" as const });
  const data: SheetData = [
    columns.map((column) => ({ ...heading(nameOf(column)), backgroundColor: "#E3ECF1" })),
    ...rows.map(({ cells }) =>
      columns.map((column) => {
        const { data: value, text } = cells[column];
        if (value instanceof Date) return { type: Date, value, format: "yyyy-mm-dd" };
        if (typeof value === "number") return { type: Number, value };
        return text === "" ? null : { type: String, value: text };
      }),
    ),
  ];
  return write([
    {
      data,
      sheet: sheetName(sheet),
      columns: columns.map((column) => ({ width: widths[column] })),
      stickyRowsCount: 1,
    },
    {
      data: about.facts.map(([name, value]) => [heading(name), { type: String, value }]),
      sheet: sheetName(about.sheet),
      columns: [{ width: 28 }, { width: 60 }],
    },
  ]).toBlob();
}

/** Spreadsheets take 31 characters and not all of them. */
const sheetName = (name: string) => name.replaceAll(/[\\/?*[\]:]/g, " ").slice(0, 31);

/** "sample-programme-pilots-2027-03-10.xlsx". */
export function fileName(programme: string, what: string, date: string, ending: "csv" | "xlsx"): string {
  const plain = (text: string) =>
    text
      .normalize("NFD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-|-$/g, "");
  return `${[plain(programme).slice(0, 60), plain(what), date].filter((part) => part !== "").join("-")}.${ending}`;
}
