import { describe, expect, test } from "vitest";
import { latestProcess, processVersions } from "../../shared/contracts/transfer-process.ts";
import { isRecord } from "../../shared/domain/forms/form-schema.ts";
import type { DeliverableDefinition, FormSchema, ProcessDefinition } from "../../shared/domain/process.ts";
import { formHelp, formWithHelp } from "../../shared/language/form-help.ts";
import { spokenLanguages } from "../../shared/language/languages.ts";
import { processIn } from "../../shared/language/process-words.ts";

const formsOf = ({ intake, stages, followUp }: ProcessDefinition): readonly DeliverableDefinition[] => [
  intake,
  ...stages.flatMap(({ deliverables }) => deliverables),
  followUp,
];

interface NamedField {
  /** "NA-1 exportExperience.since" */
  readonly name: string;
  readonly field: FormSchema;
}

function fieldsOf(id: string, schema: FormSchema, path: readonly string[] = []): readonly NamedField[] {
  const own = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const named = own.flatMap(([key, field]): readonly NamedField[] => {
    if (!isRecord(field)) return [];
    const at = [...path, key];
    return [{ name: `${id} ${at.join(".")}`, field }, ...fieldsOf(id, field, at)];
  });
  return isRecord(schema.items) ? [...named, ...fieldsOf(id, schema.items, path)] : named;
}

const fields = [...processVersions.values()].flatMap(formsOf).flatMap(({ id, formSchema }) => fieldsOf(id, formSchema));
const withoutHelp = new Set(fields.filter(({ field }) => field.description === undefined).map(({ name }) => name));

const textsIn = (language: string) =>
  Object.entries(formHelp(language)).flatMap(([id, ofForm]) =>
    Object.entries(ofForm).map(([path, text]) => [`${id} ${path}`, text] as const),
  );
const numbers = (text: string): readonly string[] => (text.match(/\d+/g) ?? []).toSorted();

describe.each(spokenLanguages)("Help for the fields of forms in %s", (language) => {
  const texts = textsIn(language);

  test("is there for every field of which the published process says nothing, and for no other", () => {
    const names = new Set(texts.map(([name]) => name));
    expect({ missing: withoutHelp.difference(names), leftOver: names.difference(withoutHelp) }).toEqual({
      missing: new Set(),
      leftOver: new Set(),
    });
  });

  test("stands beside every field of a form as it is shown", () => {
    for (const form of formsOf(processIn(language, latestProcess))) {
      const shown = fieldsOf(form.id, formWithHelp(language, form));
      expect(shown.map(({ name }) => name)).toEqual(fieldsOf(form.id, form.formSchema).map(({ name }) => name));
      expect(shown.filter(({ field }) => typeof field.description !== "string").map(({ name }) => name)).toEqual([]);
    }
  });

  test("is a sentence short enough to be read beside a field, and says more than the label", () => {
    const titles = new Map(fields.map(({ name, field }) => [name, String(field.title)]));
    const odd = texts.filter(
      ([name, text]) => !/^\S.*[.?)]$/.test(text) || text.length > 170 || text.replace(/\.$/, "") === titles.get(name),
    );
    expect(odd).toEqual([]);
  });

  test("names the same numbers as the English", () => {
    const english = new Map(textsIn("en"));
    expect(texts.filter(([name, text]) => numbers(text).join() !== numbers(english.get(name) ?? "").join())).toEqual(
      [],
    );
  });
});

test("Help in a language that Fairway does not speak is English", () => {
  expect(formHelp("de")).toBe(formHelp("en"));
});
