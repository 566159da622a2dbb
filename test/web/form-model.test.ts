import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { propertiesOf } from "../../shared/domain/forms/form-schema.ts";
import { deliverableOf, type FormSchema } from "../../shared/domain/process.ts";
import {
  type Field,
  fieldsOf,
  isOpen,
  numberFromText,
  visibleFields,
  withParents,
  withValue,
} from "../../web/form/form-model.ts";

const schemas: readonly { id: string; formSchema: FormSchema }[] = [
  latestProcess.intake,
  ...latestProcess.stages.flatMap(({ deliverables }) => deliverables),
];

function formOf(id: string): FormSchema {
  const form = deliverableOf(latestProcess, id)?.formSchema;
  if (form === undefined) throw new Error(`no form ${id}`);
  return form;
}

function fieldOf(form: FormSchema, key: string): Field {
  const field = fieldsOf(form).find((each) => each.key === key);
  if (field === undefined) throw new Error(`no field ${key}`);
  return field;
}

describe("The fields of a form", () => {
  test.each(schemas.map(({ id, formSchema }) => [id, formSchema] as const))(
    "%s has every property once, with a label, and columns where it is a table",
    (_, form) => {
      const fields = fieldsOf(form);
      expect(fields.map(({ key }) => key).toSorted()).toEqual(Object.keys(propertiesOf(form)).toSorted());
      for (const field of fields) {
        expect(field.label).not.toBe(field.key);
        expect(field.columns.length > 0).toBe(field.kind === "table");
        if (field.kind === "choice" || field.kind === "choices") expect(field.options.length).toBeGreaterThan(1);
        if (field.kind === "scale") expect(field.points).toHaveLength(5);
      }
    },
  );

  test("that name an organisation have those it may be as options, by name", () => {
    const organisations = [
      { id: "lab", name: "Living lab", kind: "living_lab" },
      { id: "pool", name: "Expert pool", kind: "expertise" },
    ];
    const offered = (id: string, table: string) =>
      fieldsOf(formOf(id), organisations)
        .find(({ key }) => key === table)
        ?.columns.find(({ key }) => key === "organisation")
        ?.options.map(({ label }) => label);
    expect(offered("LC-7", "introductions")).toEqual(["Living lab", "Expert pool"]);
    expect(offered("FU-1", "cooperating")).toEqual(["Living lab", "Expert pool"]);
    const lab = fieldsOf(formOf("FS-6"), organisations).find(({ key }) => key === "livingLab");
    expect(lab?.options).toEqual([{ value: "lab", label: "Living lab" }]);
    const options = fieldsOf(formOf("FS-6"), organisations).map(({ key, options }) => [
      key,
      options.some(({ value, label }) => value === "lab" && label === "Living lab"),
    ]);
    expect(options.filter(([, isOffered]) => isOffered)).toEqual([["livingLab", true]]);
  });

  test("come in the order the form names", () => {
    const form: FormSchema = {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      "x-ui": { order: ["c", "a"] },
    };
    expect(fieldsOf(form).map(({ key }) => key)).toEqual(["c", "a", "b"]);
  });

  test("say how they are answered", () => {
    const kinds = Object.fromEntries(fieldsOf(formOf("IN-1")).map(({ key, kind }) => [key, kind]));
    expect(kinds).toMatchObject({
      legalName: "text",
      country: "country",
      website: "url",
      headcount: "number",
      ownership: "choice",
      serviceSummary: "textarea",
      desiredMarkets: "countries",
      contactEmail: "email",
      deMinimisReceived: "table",
      sanctionsDeclaration: "mustTick",
    });
    expect(fieldOf(formOf("NA-3"), "managementScore")).toMatchObject({ kind: "scale", points: [0, 1, 2, 3, 4] });
    expect(fieldOf(formOf("NA-3"), "readinessScore").kind).toBe("derived");
    expect(fieldOf(formOf("FS-6"), "livingLab").kind).toBe("organisation");
    expect(fieldOf(formOf("NA-2"), "attachments")).toMatchObject({
      kind: "files",
      required: false,
      limits: { accept: expect.arrayContaining(["pdf", "docx"]), maxBytes: 20_000_000, maxFiles: 10 },
    });
  });

  test("carry unit, help and the words of their options", () => {
    expect(fieldOf(formOf("IN-1"), "turnoverEur").unit).toBe("EUR");
    expect(fieldOf(formOf("IN-1"), "headcount")).toMatchObject({ unit: "AWU", required: true });
    // "1998", in no language "1 998 years".
    expect(fieldOf(formOf("NA-1"), "foundedYear")).toMatchObject({ isYear: true });
    expect(fieldOf(formOf("NA-1"), "foundedYear")).not.toHaveProperty("unit");
    expect(fieldOf(formOf("IN-1"), "ownership").options).toContainEqual({
      value: "linked",
      label: "Linked enterprise",
    });
  });

  test("say between which numbers an answer lies where these are few, and no more of a share of a hundred", () => {
    const plan = fieldOf(formOf("FS-5"), "years").columns;
    expect(plan.find(({ key }) => key === "year")?.range).toEqual({ from: 1, to: 5 });
    expect(plan.find(({ key }) => key === "revenueEur")?.range).toBeUndefined();
    expect(fieldOf(formOf("FS-5"), "discountPct").range).toBeUndefined();
  });

  test("hang on an answer where they are conditional, and are required once they show", () => {
    const form = formOf("NA-2");
    const fields = fieldsOf(form);
    const shown = (values: Record<string, unknown>) => visibleFields(form, fields, values).map(({ key }) => key);
    expect(shown({})).not.toContain("aiDescription");
    expect(shown({ aiUsed: false })).not.toContain("aiDescription");
    expect(shown({ aiUsed: true })).toContain("aiDescription");
    expect(fieldOf(form, "aiDescription").required).toBe(true);
  });
});

describe("A typed number", () => {
  test.each([
    ["1250", 1250],
    ["1 250,5", 1250.5],
    ["1250.50", 1250.5],
    ["-3", -3],
    [",5", 0.5],
    ["1\u00a0000", 1000],
  ])("%j is read as %d", (text, number) => expect(numberFromText(text)).toBe(number));

  test.each(["12,", "1,250.5", "twelve", "1e9", "--1"])(
    "%j is kept as typed, for the form to complain about",
    (text) => {
      expect(numberFromText(text)).toBe(text);
    },
  );

  test("is absent when there is nothing but space", () => expect(numberFromText("  ")).toBeUndefined());

  test("comes back the same from its own text", () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        expect(numberFromText(String(number))).toBe(number);
      }),
    );
  });
});

describe("Setting a value", () => {
  test("removes the answer when it is emptied", () => {
    expect(withValue({ a: 1, b: 2 }, "a", "")).toEqual({ b: 2 });
    expect(withValue({ a: 1, b: 2 }, "a", [])).toEqual({ b: 2 });
    expect(withValue({ a: 1, b: 2 }, "a", undefined)).toEqual({ b: 2 });
  });
  test("keeps no and zero, which are answers", () => {
    expect(withValue({}, "a", false)).toEqual({ a: false });
    expect(withValue({}, "a", 0)).toEqual({ a: 0 });
  });
});

describe("In rework", () => {
  test("only the named fields are open, with what lies in them and the table around them", () => {
    const open = ["/barriers/0/action", "/notes"];
    expect(isOpen("/notes", open)).toBe(true);
    expect(isOpen("/barriers", open)).toBe(true);
    expect(isOpen("/barriers/0/action", open)).toBe(true);
    expect(isOpen("/barriers/1/action", open)).toBe(false);
    expect(isOpen("/noteslist", open)).toBe(false);
  });
  test("all fields are open when none is named", () => expect(isOpen("/notes", [])).toBe(true));
});

test("A gap in a row that does not exist leads to its table", () => {
  expect(withParents("/barriers/0/action")).toEqual(["/barriers/0/action", "/barriers/0", "/barriers"]);
});
