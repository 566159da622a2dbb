/** What changed from one revision of a form to the next, in words a reviewer can read. */
import type { FormSchema } from "../process.ts";
import {
  childPointer,
  englishWords,
  type FormValues,
  type FormWords,
  fieldLabel,
  fieldSchema,
  isRecord,
  propertiesOf,
  titleOf,
  uiOf,
} from "./form-schema.ts";

export interface FieldDifference {
  /** Into the later values; into the earlier ones for a row that is gone. */
  readonly pointer: string;
  readonly label: string;
  /** As shown to people; null where nothing was filled in. */
  readonly before: string | null;
  readonly after: string | null;
}

interface Form {
  readonly schema: FormSchema;
  readonly words: FormWords;
}

/** The fields whose values differ, in the order of the form; rows of a table are matched, so one added row is one difference. */
export function differences(
  schema: FormSchema,
  before: FormValues,
  after: FormValues,
  words: FormWords = englishWords,
): FieldDifference[] {
  return fieldDifferences({ schema, words }, "", before, after);
}

function fieldDifferences(form: Form, parent: string, before: FormValues, after: FormValues): FieldDifference[] {
  const { schema } = form;
  const fields = Object.keys(propertiesOf(parent === "" ? schema : fieldSchema(schema, parent)));
  return fields.flatMap((field) => {
    const pointer = childPointer(parent, field);
    const [old, current] = [fieldIn(before, field), fieldIn(after, field)];
    if (isSame(old, current)) return [];
    if (isTable(old) || isTable(current)) return rowDifferences(form, pointer, rowsOf(old), rowsOf(current));
    return [difference(form, pointer, old, current)];
  });
}

function rowDifferences(
  form: Form,
  pointer: string,
  before: readonly FormValues[],
  after: readonly FormValues[],
): FieldDifference[] {
  // Rows equal at the start and at the end stay out of it; what is left between them is compared row by row.
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end++;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  return Array.from({ length: Math.max(removed.length, added.length) }).flatMap((_, i) => {
    const [old, current] = [removed[i], added[i]];
    const at = childPointer(pointer, start + i);
    if (old !== undefined && current !== undefined) return fieldDifferences(form, at, old, current);
    return [difference(form, at, old, current)];
  });
}

function difference(form: Form, pointer: string, before: unknown, after: unknown): FieldDifference {
  const field = fieldSchema(form.schema, pointer);
  return {
    pointer,
    label: fieldLabel(form.schema, pointer, form.words),
    before: inWords(form, pointer, field, before),
    after: inWords(form, pointer, field, after),
  };
}

function inWords(form: Form, pointer: string, field: FormSchema | undefined, value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return value ? form.words.yes : form.words.no;
  if (typeof value === "number") {
    const { unit } = uiOf(field);
    return typeof unit === "string" ? `${value} ${unit}` : String(value);
  }
  if (Array.isArray(value)) {
    const entries = value.map((item) => optionLabel(field, item) ?? inWords(form, pointer, undefined, item));
    return entries.length === 0 ? null : entries.filter((entry) => entry !== null).join(", ");
  }
  if (isRecord(value)) {
    return Object.entries(propertiesOf(field))
      .flatMap(([key, column]) => {
        const shown = inWords(form, childPointer(pointer, key), column, value[key]);
        return shown === null ? [] : [`${titleOf(column) ?? key}: ${shown}`];
      })
      .join("; ");
  }
  return optionLabel(field, value) ?? String(value);
}

function optionLabel(field: FormSchema | undefined, option: unknown): string | undefined {
  const labels = uiOf(field).enumLabels;
  const label = isRecord(labels) && typeof option === "string" ? labels[option] : undefined;
  return typeof label === "string" ? label : undefined;
}

function fieldIn(values: FormValues, field: string): unknown {
  return Object.hasOwn(values, field) ? values[field] : undefined;
}

function isTable(value: unknown): value is FormValues[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function rowsOf(value: unknown): readonly FormValues[] {
  return isTable(value) ? value : [];
}

/** Same JSON, whatever the order of keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
    );
  }
  return a === b;
}
