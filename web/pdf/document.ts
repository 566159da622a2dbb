/** What our documents have in common: page, typeface, headings, tables of facts, the mark of sample data on every page. */
import type { Content, DocumentDefinition } from "pdfmake/build/pdfmake.js";

interface Parts {
  readonly title: string;
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  /** Said on every page of a sample. */
  readonly sample: string | undefined;
  /** Beside the number of each page. */
  readonly footer: string;
  pageOf(page: number, pages: number): string;
  readonly content: readonly Content[];
}

export function documentOf({ title, subject, language, sample, footer, pageOf, content }: Parts): DocumentDefinition {
  return {
    info: { title, subject, creator: "Fairway" },
    language,
    displayTitle: true,
    version: "1.7",
    pageSize: "A4",
    pageMargins: [48, 64, 48, 56],
    header: () =>
      sample === undefined
        ? { text: "" }
        : { text: sample, alignment: "center", margin: [48, 24, 48, 0], style: "sample" },
    footer: (page, pages) => ({
      margin: [48, 16, 48, 0],
      columns: [
        { text: footer, style: "quiet" },
        { text: pageOf(page, pages), style: "quiet", alignment: "right", width: 110 },
      ],
    }),
    defaultStyle: { font: "Roboto", fontSize: 10, lineHeight: 1.2, color: "#14212b" },
    styles: {
      title: { fontSize: 18, bold: true, margin: [0, 0, 0, 4] },
      lead: { fontSize: 12, color: "#4a5b67", margin: [0, 0, 0, 12] },
      heading: { fontSize: 13, bold: true, color: "#0b5a82", margin: [0, 16, 0, 6] },
      subheading: { fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
      quiet: { fontSize: 8, color: "#4a5b67" },
      label: { fontSize: 9, color: "#4a5b67" },
      column: { fontSize: 9, bold: true },
      sample: { fontSize: 9, bold: true, color: "#8a4b00" },
    },
    content,
  };
}

export const heading = (text: string): Content => ({ text, style: "heading", headlineLevel: 1 });
export const subheading = (text: string): Content => ({ text, style: "subheading", headlineLevel: 2 });

/** Names and values; rows without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Content | undefined])[]): Content {
  const body = rows.flatMap(([name, value]): Content[][] =>
    value === undefined || value === "" ? [] : [[{ text: name, style: "label" }, value]],
  );
  return { table: { widths: [130, "*"], body }, layout: "noBorders" };
}

/** On one page, for what is short enough to have room on any. */
export const together = (...stack: readonly Content[]): Content => ({ stack, unbreakable: true });

/** Nothing where there are no rows: an empty table has no meaning. */
export function table(
  columns: readonly string[],
  widths: readonly (string | number)[],
  rows: readonly (readonly Content[])[],
): Content {
  if (rows.length === 0) return [];
  return {
    table: {
      headerRows: 1,
      widths,
      dontBreakRows: true,
      body: [columns.map((text): Content => ({ text, style: "column" })), ...rows],
    },
    layout: "lightHorizontalLines",
    margin: [0, 4, 0, 8],
  };
}
