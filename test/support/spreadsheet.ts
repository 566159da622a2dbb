/** Reads an .xlsx file as far as tests look into one: the sheets with their texts, numbers and days. */
import { inflateRawSync } from "node:zlib";

export interface Sheet {
  readonly name: string;
  /** Rows that stay in view while the rest scrolls. */
  readonly frozenRows: number;
  /** A day is `{ day: "2027-03-10" }`; an empty cell is absent. */
  readonly rows: readonly (readonly (string | number | { readonly day: string } | undefined)[])[];
}

export function readSpreadsheet(file: Buffer): Sheet[] {
  const parts = unzipped(file);
  const part = (name: string): string => {
    const text = parts.get(name);
    if (text === undefined) throw new Error(`The spreadsheet has no ${name}, only ${[...parts.keys()].join(", ")}.`);
    return text;
  };
  const texts = [...part("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map(([, si = ""]) => textIn(si));
  const styles = part("xl/styles.xml");
  const dayFormats = [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="[^"]*yyyy[^"]*"/g)].map(([, id]) => id);
  const formats = [...(/<cellXfs.*?<\/cellXfs>/s.exec(styles)?.[0] ?? "").matchAll(/<xf ([^>]*)>/g)].map(
    ([, attributes = ""]) => /numFmtId="(\d+)"/.exec(attributes)?.[1],
  );
  return [...part("xl/workbook.xml").matchAll(/<sheet [^>]*name="([^"]*)"[^>]*>/g)].map(([, name = ""], n) => {
    const xml = part(`xl/worksheets/sheet${n + 1}.xml`);
    const rows = [...xml.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells = ""]) => {
      const row: Sheet["rows"][number][number][] = [];
      for (const [, attributes = "", content = ""] of cells.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const [, letters = "A"] = /r="([A-Z]+)\d+"/.exec(attributes) ?? [];
        const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        const value = /<v>(.*?)<\/v>/s.exec(content)?.[1];
        if (value === undefined) continue;
        if (content.includes("<f>")) throw new Error(`A formula: ${content}`);
        const format = formats[Number(/s="(\d+)"/.exec(attributes)?.[1] ?? 0)];
        if (attributes.includes('t="s"')) row[column] = texts[Number(value)];
        else if (format !== undefined && dayFormats.includes(format)) row[column] = { day: dayOf(Number(value)) };
        else row[column] = Number(value);
      }
      return row;
    });
    return { name: textIn(name), frozenRows: Number(/<pane [^>]*ySplit="(\d+)"/.exec(xml)?.[1] ?? 0), rows };
  });
}

/** Days are counted from 30 December 1899. */
const dayOf = (serial: number): string => new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10);

const textIn = (xml: string): string =>
  xml
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

/** By the directory at the end of the archive. */
function unzipped(file: Buffer): ReadonlyMap<string, string> {
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("This is no archive.");
  const parts = new Map<string, string>();
  let at = file.readUInt32LE(end + 16);
  for (let n = file.readUInt16LE(end + 10); n > 0; n -= 1) {
    const method = file.readUInt16LE(at + 10);
    const size = file.readUInt32LE(at + 20);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
    const local = file.readUInt32LE(at + 42);
    const name = file.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(from, from + size);
    parts.set(name, (method === 0 ? packed : inflateRawSync(packed)).toString("utf8"));
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return parts;
}
