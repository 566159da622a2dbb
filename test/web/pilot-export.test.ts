import { describe, expect, test } from "vitest";
import { csvOf, type Export, fileName, xlsxOf } from "../../web/pages/pilots/export.ts";
import type { PilotRow } from "../../web/pages/pilots/pilot-rows.ts";
import type { Column } from "../../web/pages/pilots/pilot-search.ts";
import { readSpreadsheet } from "../support/spreadsheet.ts";
import { pilotRow } from "./pilot-row.ts";

const list = (rows: readonly PilotRow[], columns: readonly Column[]): Export => ({
  rows,
  columns,
  nameOf: (column) => `The ${column}`,
});

describe("The list of pilots as CSV", () => {
  test("is read by spreadsheets as UTF-8, with days and numbers as they read them", () => {
    const rows = [pilotRow("a", { title: 'Õhk, "quoted"', nextDueAt: "2027-03-11T12:00:00.000Z" })];
    expect(csvOf(list(rows, ["title", "days", "due"]))).toBe(
      `\uFEFFThe title,The days,The due\r\n"Õhk, ""quoted""",9,2027-03-11\r\n`,
    );
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])("runs nothing of %j", (title) => {
    const [, line = ""] = csvOf(list([pilotRow("a", { title })], ["title"])).split(/\r\n(?=.)/);
    expect(line).toMatch(/^"?'/);
  });
});

describe("The list of pilots for Excel", () => {
  const about = { sheet: "About this file", facts: [["Programme", "Sample: Baltic/Balkans"]] } as const;
  const read = async (exported: Export, sheet = "Pilots") =>
    readSpreadsheet(Buffer.from(await (await xlsxOf(exported, about, sheet)).arrayBuffer()));

  test("keeps days as days, numbers as numbers and text as text, below headings that stay in view", async () => {
    const rows = [
      pilotRow("a", { title: "=1+1 <&> Õ", nextDueAt: "2027-03-11T12:00:00.000Z", overdueTasks: 2 }),
      pilotRow("b", { atRisk: true }),
    ];
    const [pilots, facts] = await read(list(rows, ["title", "days", "due", "overdue", "risk"]));
    expect(pilots).toEqual({
      name: "Pilots",
      frozenRows: 1,
      rows: [
        ["The title", "The days", "The due", "The overdue", "The risk"],
        ["=1+1 <&> Õ", 9, { day: "2027-03-11" }, 2],
        ["Pilot b", 9, undefined, 0, "at risk"],
      ],
    });
    expect(facts).toMatchObject({ name: "About this file", rows: [["Programme", "Sample: Baltic/Balkans"]] });
  });

  test("is made of thousands of pilots, and under names that a spreadsheet refuses", async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => pilotRow(`p${n}`));
    const [pilots] = await read(list(rows, ["title"]), "Pilots: [what/every\\body] does? *in this programme*");
    expect(pilots?.rows.length).toBe(5001);
    expect(pilots?.name).toHaveLength(31);
  });
});

test("A file is named after programme, list and day", () => {
  expect(fileName("Sample programme: Baltic Sea", "Pilots", "2027-03-10", "xlsx")).toBe(
    "sample-programme-baltic-sea-pilots-2027-03-10.xlsx",
  );
  expect(fileName("Žaliasis / Õ", "Bandomieji projektai", "2027-03-10", "csv")).toBe(
    "zaliasis-o-bandomieji-projektai-2027-03-10.csv",
  );
});
