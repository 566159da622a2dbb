import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import { differences } from "../../../shared/domain/forms/differences.ts";
import { deliverableOf } from "../../../shared/domain/process.ts";
import { exampleIds, fullExample } from "../../fixtures/form-examples.ts";

function formOf(deliverableId: string) {
  const schema = deliverableOf(latestProcess, deliverableId)?.formSchema;
  if (!schema) throw new Error(`There is no form ${deliverableId}.`);
  return schema;
}

describe("differences between two revisions", () => {
  test("are shown in the words of the form", () => {
    const before = { hoursPerWeek: 4, staffLanguages: ["en"], certifications: ["ISO_9001"], city: "Riga" };
    const after = { hoursPerWeek: 6, staffLanguages: ["en", "lv"], certifications: ["ISO_27001", "SOC_2"] };
    expect(differences(formOf("NA-1"), before, after)).toEqual([
      { pointer: "/city", label: "City", before: "Riga", after: null },
      { pointer: "/staffLanguages", label: "Working languages of the staff", before: "en", after: "en, lv" },
      {
        pointer: "/certifications",
        label: "Certificates held",
        before: "ISO 9001",
        after: "ISO/IEC 27001, SOC 2",
      },
      {
        pointer: "/hoursPerWeek",
        label: "Hours per week available for the pilot",
        before: "4 h/week",
        after: "6 h/week",
      },
    ]);
    expect(differences(formOf("NA-2"), { aiUsed: false }, { aiUsed: true })).toEqual([
      { pointer: "/aiUsed", label: "Does it use AI?", before: "No", after: "Yes" },
    ]);
  });

  const row = (description: string, severity: number) => ({ kind: "legal", description, severity });
  const barriers = (...rows: object[]) => ({ barriers: rows });
  const form = formOf("NA-4");

  test("name the cell of a table that changed", () => {
    const found = differences(form, barriers(row("A", 1), row("B", 2)), barriers(row("A", 1), row("B", 5)));
    expect(found).toEqual([
      { pointer: "/barriers/1/severity", label: "Barriers, row 2: Severity", before: "2", after: "5" },
    ]);
  });

  test("show a row added in front as one row, not as a change of all", () => {
    const found = differences(
      form,
      barriers(row("A", 1), row("B", 2)),
      barriers(row("New", 3), row("A", 1), row("B", 2)),
    );
    expect(found).toEqual([
      {
        pointer: "/barriers/0",
        label: "Barriers, row 1",
        before: null,
        after: "Kind: Legal; Description: New; Severity: 3",
      },
    ]);
  });

  test("show a row taken out by its earlier content", () => {
    const found = differences(form, barriers(row("A", 1), row("B", 2)), barriers(row("A", 1)));
    expect(found).toEqual([
      {
        pointer: "/barriers/1",
        label: "Barriers, row 2",
        before: "Kind: Legal; Description: B; Severity: 2",
        after: null,
      },
    ]);
  });

  test("are none between equal values, whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.constantFrom(...exampleIds), (id) => {
        const values = fullExample(id);
        const reversed = Object.fromEntries(Object.entries(values).toReversed());
        expect(differences(formOf(id), values, reversed)).toEqual([]);
      }),
    );
  });

  test("start from nothing with every field filled in", () => {
    for (const id of exampleIds) {
      const fields = new Set(differences(formOf(id), {}, fullExample(id)).map(({ pointer }) => pointer.split("/")[1]));
      expect([...fields].toSorted()).toEqual(Object.keys(fullExample(id)).toSorted());
    }
  });
});
