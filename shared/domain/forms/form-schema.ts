/**
 * Reading a form's JSON Schema: what a JSON Pointer into the values means to a person.
 * Our forms use: object with properties, array with items, `#/$defs/…` references, if/then at the root.
 */
import type { FormSchema } from "../process.ts";

/** A form's values as JSON; the keys are the schema's properties. */
export type FormValues = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is FormValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field's schema with a `$ref` into `$defs` followed; undefined where the form knows no such field. */
export function fieldSchema(schema: FormSchema, pointer: string): FormSchema | undefined {
  return fieldsAlong(schema, pointer).at(-1)?.schema;
}

/**
 * The field in words: "Barriers, row 1: Proposed action".
 * A part the form does not know is shown by its key.
 */
export function fieldLabel(schema: FormSchema, pointer: string, words: FormWords = englishWords): string {
  let label = "";
  for (const { key, schema: field, isRow, isTableRow } of fieldsAlong(schema, pointer)) {
    if (isRow) label += `, ${isTableRow ? words.row : words.entry} ${Number(key) + 1}`;
    else label += `${label === "" ? "" : ": "}${titleOf(field) ?? key}`;
  }
  return label === "" ? (titleOf(schema) ?? words.form) : label;
}

/** What is said about a form's values beside the texts of its schema. */
export interface FormWords {
  /** Before a number: "row 2" of a table, "entry 3" of a list. */
  readonly row: string;
  readonly entry: string;
  readonly form: string;
  readonly yes: string;
  readonly no: string;
}

export const englishWords: FormWords = { row: "row", entry: "entry", form: "The form", yes: "Yes", no: "No" };

export function titleOf(field: FormSchema | undefined): string | undefined {
  return typeof field?.title === "string" ? field.title : undefined;
}

/** The `x-ui` annotation; empty when there is none. */
export function uiOf(field: FormSchema | undefined): FormValues {
  return isRecord(field?.["x-ui"]) ? field["x-ui"] : {};
}

export function propertiesOf(schema: FormSchema | undefined): Readonly<Record<string, FormSchema>> {
  const properties = schema?.properties;
  if (!isRecord(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, FormSchema] => isRecord(entry[1])),
  );
}

/** Whether the form asks for this root field, given the other values: `x-ui.visibleIf` of it and of the field it hangs on. */
export function isVisible(schema: FormSchema, field: string, values: FormValues): boolean {
  const { visibleIf } = uiOf(propertiesOf(schema)[field]);
  if (!isRecord(visibleIf) || typeof visibleIf.field !== "string" || !Array.isArray(visibleIf.in)) return true;
  return visibleIf.in.includes(values[visibleIf.field]) && isVisible(schema, visibleIf.field, values);
}

/**
 * The values as a revision holds them: without those of hidden fields, which someone typed before changing the answer that
 * hid them, and with an empty list where one without entries is an answer.
 */
export function asSubmitted(schema: FormSchema, values: FormValues): FormValues {
  const none = Object.keys(propertiesOf(schema)).filter((field) => isAnsweredByNone(schema, field));
  const answered = { ...Object.fromEntries(none.map((field) => [field, []])), ...values };
  return Object.fromEntries(Object.entries(answered).filter(([field]) => isVisible(schema, field, answered)));
}

/** Whether the form wants a list at this root field that may be without entries: there are none, and that is what it asks. */
export function isAnsweredByNone(schema: FormSchema, field: string): boolean {
  const { type, minItems = 0 } = propertiesOf(schema)[field] ?? {};
  return type === "array" && minItems === 0 && Array.isArray(schema.required) && schema.required.includes(field);
}

export function childPointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export function pointerKeys(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

interface FieldStep {
  readonly key: string;
  readonly schema: FormSchema | undefined;
  readonly isRow: boolean;
  /** A row of a table or list of files, rather than one entry of a list of words. */
  readonly isTableRow: boolean;
}

function fieldsAlong(schema: FormSchema, pointer: string): FieldStep[] {
  let current: FormSchema | undefined = schema;
  return pointerKeys(pointer).map((key) => {
    const isRow: boolean = current?.type === "array";
    const next: unknown = isRow ? current?.items : propertiesOf(current)[key];
    current = isRecord(next) ? resolved(schema, next) : undefined;
    return { key, schema: current, isRow, isTableRow: isRow && current?.type === "object" };
  });
}

function resolved(root: FormSchema, field: FormSchema): FormSchema {
  const name = typeof field.$ref === "string" ? /^#\/\$defs\/(.+)$/.exec(field.$ref)?.[1] : undefined;
  if (name === undefined) return field;
  const definition = isRecord(root.$defs) ? root.$defs[name] : undefined;
  return isRecord(definition) ? definition : field;
}
