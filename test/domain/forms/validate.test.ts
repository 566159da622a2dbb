import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import { computeDerived } from "../../../shared/domain/forms/derived.ts";
import { asSubmitted, fieldLabel, isVisible } from "../../../shared/domain/forms/form-schema.ts";
import { validateDraft, validateForm } from "../../../shared/domain/forms/validate.ts";
import { deliverableOf } from "../../../shared/domain/process.ts";
import { exampleIds, fullExample } from "../../fixtures/form-examples.ts";

function formOf(deliverableId: string) {
  const schema = deliverableOf(latestProcess, deliverableId)?.formSchema;
  if (!schema) throw new Error(`There is no form ${deliverableId}.`);
  return schema;
}
const without = (values: object, ...fields: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([field]) => !fields.includes(field)));

describe("a submission", () => {
  test("of story 2 is refused with each missing evidence field, in the order of the form", () => {
    const halfFilled = { ...without(fullExample("NA-3"), "marketEvidence", "managementEvidence"), salesEvidence: "  " };
    expect(validateForm(formOf("NA-3"), { ...halfFilled, readinessScore: 75 })).toEqual([
      {
        pointer: "/managementEvidence",
        label: "Evidence: management commitment",
        problem: "missing",
        message: "Fill this in.",
        code: "fillIn",
      },
      {
        pointer: "/marketEvidence",
        label: "Evidence: knowledge of the target markets",
        problem: "missing",
        message: "Fill this in.",
        code: "fillIn",
      },
      {
        pointer: "/salesEvidence",
        label: "Evidence: sales and marketing assets",
        problem: "missing",
        message: "Fill this in.",
        code: "fillIn",
      },
    ]);
  });

  test("points into the row of a table", () => {
    const values = fullExample("NA-4");
    const [first, ...rest] = values.barriers as object[];
    const gaps = validateForm(formOf("NA-4"), { ...values, barriers: [without(first ?? {}, "action"), ...rest] });
    expect(gaps).toEqual([
      {
        pointer: "/barriers/0/action",
        label: "Barriers, row 1: Proposed action",
        problem: "missing",
        message: "Fill this in.",
        code: "fillIn",
      },
    ]);
  });

  test.each([
    ["NA-4", { participants: undefined }, "/participants", "missing", "Enter a number."],
    ["IN-1", { headcount: undefined }, "/headcount", "missing", "Enter a number (AWU)."],
    ["IN-1", { sector: undefined }, "/sector", "missing", "Choose one of the options."],
    ["IN-1", { country: "" }, "/country", "missing", "Choose one of the options."],
    ["IN-1", { privacyAccepted: false }, "/privacyAccepted", "missing", "Tick this to go on."],
    ["IN-1", { publicProfileOk: undefined }, "/publicProfileOk", "missing", "Answer yes or no."],
    ["IN-1", { desiredMarkets: [] }, "/desiredMarkets", "missing", "Choose or enter at least one."],
    ["NA-4", { barriers: [] }, "/barriers", "missing", "Add at least 3 rows."],
    ["NA-4", { workshopDate: "" }, "/workshopDate", "missing", "Enter a date."],
    ["PA-6", { attachments: [] }, "/attachments", "missing", "Attach at least one file."],
    ["FS-7", { market: undefined }, "/market", "missing", "Give a score from 0 to 4."],
    ["LC-8", { smeSatisfaction: undefined }, "/smeSatisfaction", "missing", "Give a rating from 1 to 5."],
    [
      "NA-3",
      { readinessScore: undefined },
      "/readinessScore",
      "missing",
      "Fairway works this out from other answers, which give no result yet.",
    ],
    ["IN-1", { headcount: 250 }, "/headcount", "invalid", "Enter 249 AWU or less."],
    ["IN-1", { headcount: -1 }, "/headcount", "invalid", "Enter 0 AWU or more."],
    ["IN-1", { headcount: "24" }, "/headcount", "invalid", "Give a number."],
    ["IN-1", { headcount: Number.POSITIVE_INFINITY }, "/headcount", "invalid", "Enter 249 AWU or less."],
    ["NA-4", { participants: 2.5 }, "/participants", "invalid", "Give a whole number."],
    [
      "IN-1",
      { ownership: "shared" },
      "/ownership",
      "invalid",
      "Choose one of: Autonomous enterprise, Partner enterprise, Linked enterprise.",
    ],
    ["IN-1", { country: "Latvia" }, "/country", "invalid", "Choose from the list."],
    [
      "IN-1",
      { website: "javascript:alert(1)" },
      "/website",
      "invalid",
      "Enter a full web address starting with https://.",
    ],
    [
      "IN-1",
      { contactEmail: "someone@office" },
      "/contactEmail",
      "invalid",
      "Enter an e-mail address such as name@example.org.",
    ],
    [
      "IN-1",
      { contactPhone: "12" },
      "/contactPhone",
      "invalid",
      "This is not in the expected form. International format.",
    ],
    [
      "NA-4",
      { workshopDate: "2027-02-30" },
      "/workshopDate",
      "invalid",
      "Enter a date as year-month-day, e.g. 2027-03-31.",
    ],
    ["NA-2", { summary: "Too short." }, "/summary", "invalid", "Write at least 80 characters (now 10)."],
    ["NA-2", { summary: "x".repeat(501) }, "/summary", "invalid", "Shorten to at most 500 characters (now 501)."],
    ["IN-1", { desiredMarkets: ["LV", "LV"] }, "/desiredMarkets", "invalid", "Name each entry once."],
    ["IN-1", { desiredMarkets: "LV" }, "/desiredMarkets", "invalid", "Give a list."],
    [
      "IN-1",
      { desiredMarkets: ["LV", "EE", "LT", "FI", "SE", "PL", "DE"] },
      "/desiredMarkets",
      "invalid",
      "Keep at most 6 entries (now 7).",
    ],
    ["NA-4", { barriers: ["no row"] }, "/barriers/0", "invalid", "Give a row with the columns of the table."],
    ["IN-1", { nickname: "Example" }, "/nickname", "invalid", "This form has no such field."],
  ])("of %s with %j says so", (id, fields, pointer, problem, message) => {
    const values = asSubmitted(formOf(id), { ...fullExample(id), readinessScore: 75, ...fields });
    const found = validateForm(formOf(id), id === "NA-3" ? values : without(values, "readinessScore"));
    expect(found.find((each) => each.pointer === pointer)).toMatchObject({ problem, message });
  });

  test("may leave optional texts blank", () => {
    const values = { ...fullExample("NA-1"), smeCategory: "micro", tradeName: "", vatNumber: " ", partnerWishes: "" };
    expect(validateForm(formOf("NA-1"), values)).toEqual([]);
  });

  test("agrees with another validator on what is acceptable", () => {
    const ajv = new Ajv2020({ strict: true, keywords: ["x-ui"] });
    addFormats.default(ajv);
    const compiled = new Map(exampleIds.map((id) => [id, ajv.compile({ ...formOf(id) })]));
    const context = { accepted: fullExample, supportHours: 1, aidEur: 1 };
    const changed = fc
      .record({ id: fc.constantFrom(...exampleIds), at: fc.nat(), to: fc.option(fc.jsonValue(), { nil: undefined }) })
      .filter(({ to }) => !(typeof to === "string" && to.trim() === ""));
    fc.assert(
      fc.property(changed, ({ id, at, to }) => {
        const form = formOf(id);
        const valid = asSubmitted(form, computeDerived(id, fullExample(id), context));
        const fields = Object.keys(valid);
        const field = fields[at % fields.length] ?? "";
        const values = to === undefined ? without(valid, field) : { ...valid, [field]: to };
        expect(validateForm(form, values).length === 0).toBe(compiled.get(id)?.(values));
      }),
      { numRuns: 300 },
    );
  });

  test("asks for a field only where the answer before requires it", () => {
    const form = formOf("NA-2");
    const values = without(fullExample("NA-2"), "aiDescription");
    expect(validateForm(form, { ...values, aiUsed: false })).toEqual([]);
    expect(validateForm(form, { ...values, aiUsed: true }).map(({ pointer }) => pointer)).toEqual(["/aiDescription"]);
  });

  test("names the column of a broken attachment", () => {
    const found = validateForm(formOf("PA-6"), {
      ...without(fullExample("PA-6"), "dpiaDate"),
      attachments: [{ fileId: "not an id", name: "Report" }, { name: "Report" }],
    });
    expect(found.map(({ label, message }) => [label, message])).toEqual([
      ["DPIA, policy, test report, row 1: File id", "Choose from the list."],
      ["DPIA, policy, test report, row 2: File id", "Fill this in."],
    ]);
  });

  test("is refused when the values are no object", () => {
    for (const values of [null, [], "text", 3, undefined]) {
      expect(validateForm(formOf("NA-1"), values)).toMatchObject([{ pointer: "", problem: "invalid" }]);
    }
  });

  test("leaves the schema of the process untouched", () => {
    const form = formOf("FS-2");
    const before = JSON.stringify(form);
    validateForm(form, fullExample("FS-2"));
    expect(JSON.stringify(form)).toBe(before);
  });
});

describe("a draft", () => {
  test.each(exampleIds)("of %s may be empty, and half of it may be missing", (id) => {
    const values = fullExample(id);
    const half = Object.fromEntries(Object.entries(values).filter((_, i) => i % 2 === 0));
    expect(validateDraft(formOf(id), {})).toEqual([]);
    expect(validateDraft(formOf(id), half)).toEqual([]);
  });

  test("may hold texts half typed and tables half filled", () => {
    const typing = {
      contactEmail: "some",
      website: "htt",
      contactName: "",
      desiredMarkets: [],
      privacyAccepted: false,
    };
    expect(validateDraft(formOf("IN-1"), { ...typing, deMinimisReceived: [{ grantor: "Ex" }, {}] })).toEqual([]);
  });

  test.each([
    [{ headcount: "many" }, "/headcount", "Give a number."],
    [{ headcount: 400 }, "/headcount", "Enter 249 AWU or less."],
    [{ serviceSummary: "x".repeat(601) }, "/serviceSummary", "Shorten to at most 600 characters (now 601)."],
    [{ contactEmail: "x".repeat(5000) }, "/contactEmail", "Shorten to at most 200 characters (now 5000)."],
    [{ country: "x".repeat(5000) }, "/country", "Shorten to at most 500 characters (now 5000)."],
    [
      { ownership: "shared" },
      "/ownership",
      "Choose one of: Autonomous enterprise, Partner enterprise, Linked enterprise.",
    ],
    [
      { deMinimisReceived: Array.from({ length: 31 }, () => ({})) },
      "/deMinimisReceived",
      "Keep at most 30 rows (now 31).",
    ],
    [{ nickname: "Example" }, "/nickname", "This form has no such field."],
    [{ deMinimisReceived: [{ secret: 1 }] }, "/deMinimisReceived/0/secret", "This form has no such field."],
  ])("with %o is refused", (values, pointer, message) => {
    expect(validateDraft(formOf("IN-1"), values)).toEqual([
      expect.objectContaining({ pointer, problem: "invalid", message }),
    ]);
  });

  test("of any JSON whatever is judged without a crash", () => {
    const forms = exampleIds.map(formOf);
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.jsonValue(), (form, values) => {
        for (const { label, message } of [...validateDraft(form, values), ...validateForm(form, values)]) {
          expect(label.length).toBeGreaterThan(0);
          expect(message).toMatch(/^[A-Z].*\.$/s);
        }
      }),
    );
  });

  test("with hostile keys is judged, not obeyed", () => {
    const values: unknown = JSON.parse('{"__proto__": {"x": 1}, "\\ud800": 1, "constructor": 2, "a/b~c": 3}');
    expect(validateDraft(formOf("IN-1"), values).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(["/__proto__", "/\ud800", "/constructor", "/a~1b~0c"]),
    );
  });

  test("that is far too large is judged by its limits, quickly", () => {
    const desiredMarkets = Array.from({ length: 200_000 }, (_, i) => `M${i}`);
    const started = performance.now();
    const found = validateDraft(formOf("IN-1"), { desiredMarkets, motivation: "x".repeat(5_000_000) });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(found.map(({ pointer }) => pointer)).toEqual(["/desiredMarkets", "/motivation"]);
  });
});

describe("hidden fields", () => {
  const form = formOf("FS-3");

  test("follow the answer they hang on", () => {
    expect(isVisible(form, "mdrClass", { mdrQualifies: "yes" })).toBe(true);
    expect(isVisible(form, "mdrClass", { mdrQualifies: "no" })).toBe(false);
    expect(isVisible(form, "mdrClass", {})).toBe(false);
    expect(isVisible(form, "market", {})).toBe(true);
  });

  test("lose what was typed into them before", () => {
    const values = { mdrQualifies: "no", mdrClass: "IIa", overall: "showstopper", showstopperNote: "Example" };
    expect(asSubmitted(form, values)).toEqual(without(values, "mdrClass"));
  });

  test("hang on hidden fields in turn", () => {
    const chained = {
      type: "object",
      properties: {
        a: { type: "boolean" },
        b: { type: "boolean", "x-ui": { visibleIf: { field: "a", in: [true] } } },
        c: { type: "string", "x-ui": { visibleIf: { field: "b", in: [true] } } },
      },
    };
    expect(asSubmitted(chained, { a: false, b: true, c: "text" })).toEqual({ a: false });
    expect(asSubmitted(chained, { a: true, b: true, c: "text" })).toEqual({ a: true, b: true, c: "text" });
  });
});

describe("a list that may be without entries", () => {
  const audit = (values: Readonly<Record<string, unknown>>) => asSubmitted(formOf("PA-5"), values);

  test("is answered by none, whether somebody left it alone or took its rows out again", () => {
    const findings = without(fullExample("PA-5"), "findings");
    expect(audit(findings).findings).toEqual([]);
    expect(validateForm(formOf("PA-5"), audit(findings))).toEqual([]);
  });

  test("keeps the entries it has", () => {
    const { findings } = fullExample("PA-5");
    expect(findings).not.toEqual([]);
    expect(audit(fullExample("PA-5")).findings).toEqual(findings);
  });
});

describe("a label", () => {
  test("says where a field is in words", () => {
    expect(fieldLabel(formOf("NA-4"), "/barriers/1/kind")).toBe("Barriers, row 2: Kind");
    expect(fieldLabel(formOf("NA-2"), "/languages/2")).toBe("Languages of the user interface, entry 3");
    expect(fieldLabel(formOf("PA-2"), "/locales/0/scope/1")).toBe("Locales, row 1: Scope, entry 2");
    expect(fieldLabel(formOf("NA-4"), "")).toBe("Barrier register");
    expect(fieldLabel(formOf("NA-4"), "/unknown")).toBe("unknown");
  });
});
