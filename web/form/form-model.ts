/** A form's JSON Schema as a list of fields to draw. Pure: the components only show what this says. */
import { uploadLimits } from "../../shared/domain/forms/attachments.ts";
import {
  childPointer,
  type FormValues,
  isAnsweredByNone,
  isRecord,
  isVisible,
  propertiesOf,
  titleOf,
  uiOf,
} from "../../shared/domain/forms/form-schema.ts";
import { isOrganisation, mayBeAnswer } from "../../shared/domain/forms/organisations.ts";
import type { FormSchema } from "../../shared/domain/process.ts";

export type FieldKind =
  | "text"
  | "email"
  | "url"
  | "textarea"
  | "number"
  | "date"
  | "choice"
  | "choices"
  | "country"
  | "countries"
  | "organisation"
  | "tags"
  | "yesNo"
  | "mustTick"
  | "scale"
  | "table"
  | "files"
  /** Worked out by Fairway; never typed. */
  | "derived";

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** As the contract names an organisation. */
interface Named {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

export interface UploadLimits {
  /** File extensions in lower case. */
  readonly accept: readonly string[];
  readonly maxBytes: number;
  readonly maxFiles?: number;
}

export interface Field {
  readonly key: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly help?: string;
  /** Asked for at submission; a conditional field only while it is visible. */
  readonly required: boolean;
  readonly unit?: string;
  /** A year of the calendar: a number that is a name, and counts nothing. */
  readonly isYear?: boolean;
  readonly maxLength?: number;
  /** Of a number that is one of few, so that nobody need try. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Of a choice or an organisation; of a derived field whose values have words. */
  readonly options: readonly Option[];
  /** Points of a scale, lowest first. */
  readonly points: readonly number[];
  /** Of a table: to leave it without rows is an answer. */
  readonly mayBeNone?: true;
  /** Columns of a table. */
  readonly columns: readonly Field[];
  /** Of files. */
  readonly limits?: UploadLimits;
}

/**
 * All fields, in the form's order; the visible ones are for `visibleFields` to choose.
 * The organisations are the options of the fields that name one.
 */
export function fieldsOf(schema: FormSchema, organisations: readonly Named[] = []): readonly Field[] {
  const properties = propertiesOf(schema);
  const { order } = uiOf(schema);
  const ordered = Array.isArray(order) ? order.filter((key): key is string => typeof key === "string") : [];
  const required = requiredKeys(schema);
  return [...new Set([...ordered, ...Object.keys(properties)])].flatMap((key) => {
    const property = properties[key];
    if (property === undefined) return [];
    const limits = uploadLimits(schema, childPointer("", key));
    const most = typeof property.maxItems === "number" ? { maxFiles: property.maxItems } : {};
    return [
      {
        ...fieldOf(key, property, required.has(key), organisations),
        ...(isAnsweredByNone(schema, key) ? { mayBeNone: true as const } : {}),
        ...(limits === undefined ? {} : { limits: { ...limits, ...most } }),
      },
    ];
  });
}

export function visibleFields(schema: FormSchema, fields: readonly Field[], values: FormValues): readonly Field[] {
  return fields.filter(({ key }) => isVisible(schema, key, values));
}

/** Required always, or in one of the form's conditions: where that does not hold, the field is hidden anyway. */
function requiredKeys(schema: FormSchema): ReadonlySet<unknown> {
  const conditions = Array.isArray(schema.allOf) ? schema.allOf.filter(isRecord) : [];
  return new Set(
    [schema, ...conditions.map(({ then }) => then)].flatMap((part) =>
      isRecord(part) && Array.isArray(part.required) ? part.required : [],
    ),
  );
}

function fieldOf(key: string, schema: FormSchema, required: boolean, organisations: readonly Named[]): Field {
  const { unit, widget } = uiOf(schema);
  const kind = kindOf(schema);
  const isYear = isCalendarYear(schema);
  const items = isRecord(schema.items) ? schema.items : undefined;
  return {
    key,
    kind,
    label: titleOf(schema) ?? key,
    ...(typeof schema.description === "string" ? { help: schema.description } : {}),
    required,
    ...(isYear ? { isYear } : typeof unit === "string" ? { unit } : widget === "money" ? { unit: "EUR" } : {}),
    ...(typeof schema.maxLength === "number" ? { maxLength: schema.maxLength } : {}),
    ...(kind === "number" ? rangeOf(schema) : {}),
    options:
      kind === "organisation"
        ? organisations.filter((each) => mayBeAnswer(schema, each)).map(({ id, name }) => ({ value: id, label: name }))
        : optionsOf(schema, items),
    points: kind === "scale" ? pointsOf(schema) : [],
    columns: kind === "table" && items !== undefined ? fieldsOf(items, organisations) : [],
  };
}

/** By its bounds: what its unit is called depends on the language. */
const isCalendarYear = ({ type, minimum, maximum }: FormSchema): boolean =>
  type === "integer" &&
  typeof minimum === "number" &&
  minimum >= 1000 &&
  typeof maximum === "number" &&
  maximum < 10_000;

function kindOf(schema: FormSchema): FieldKind {
  const { widget, optionsFrom } = uiOf(schema);
  if (schema.readOnly === true) return "derived";
  if (widget === "upload") return "files";
  if (widget === "table") return "table";
  if (widget === "mustTick") return "mustTick";
  if (widget === "score0-4" || widget === "rating1-5") return "scale";
  switch (schema.type) {
    case "boolean":
      return "yesNo";
    case "integer":
    case "number":
      return "number";
    case "array":
      if (optionsFrom === "countries") return "countries";
      return isRecord(schema.items) && Array.isArray(schema.items.enum) ? "choices" : "tags";
    default:
      if (Array.isArray(schema.enum)) return "choice";
      if (optionsFrom === "countries") return "country";
      if (isOrganisation(schema)) return "organisation";
      if (widget === "textarea") return "textarea";
      if (schema.format === "date") return "date";
      if (schema.format === "email") return "email";
      if (schema.format === "uri") return "url";
      return "text";
  }
}

function optionsOf(schema: FormSchema, items: FormSchema | undefined): readonly Option[] {
  const values: unknown = schema.enum ?? items?.enum;
  const labels = { ...labelsOf(items), ...labelsOf(schema) };
  return (Array.isArray(values) ? values : []).map(String).map((value) => ({ value, label: labels[value] ?? value }));
}

function labelsOf(schema: FormSchema | undefined): Readonly<Record<string, string>> {
  const { enumLabels } = uiOf(schema);
  if (!isRecord(enumLabels)) return {};
  return Object.fromEntries(
    Object.entries(enumLabels).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** What a share of a hundred can be goes without saying. */
function rangeOf(schema: FormSchema): Pick<Field, "range"> {
  const { minimum: from, maximum: to } = schema;
  if (typeof from !== "number" || typeof to !== "number" || to > 100 || uiOf(schema).unit === "%") return {};
  return { range: { from, to } };
}

function pointsOf(schema: FormSchema): readonly number[] {
  const lowest = typeof schema.minimum === "number" ? schema.minimum : 0;
  const highest = typeof schema.maximum === "number" ? schema.maximum : lowest + 4;
  return Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
}

/**
 * A number as people write it ("1 250,5", "1250.5"), undefined for nothing.
 * What is no number comes back as typed, so that it is kept and the form can say what is wrong with it.
 */
export function numberFromText(text: string): number | string | undefined {
  const compact = text.replaceAll(/[\s\u00a0\u202f]/g, "");
  if (compact === "") return undefined;
  const value = /^[-+]?\d*[.,]?\d+$/.test(compact) ? Number(compact.replace(",", ".")) : Number.NaN;
  return Number.isFinite(value) ? value : text;
}

/** The values with one of them set; undefined and empty answers are left out, as if never given. */
export function withValue(values: FormValues, key: string, value: unknown): FormValues {
  const { [key]: _, ...others } = values;
  const isNothing = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return isNothing ? others : { ...others, [key]: value };
}

/** Whether a field may be changed: after a review only those it named, with what lies below them. */
export function isOpen(pointer: string, openFields: readonly string[]): boolean {
  if (openFields.length === 0) return true;
  return openFields.some((open) => `${open}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${open}/`));
}

/** The last part first: where to look for a control when a pointer's own has none, e.g. a row that is missing. */
export function withParents(pointer: string): readonly string[] {
  const keys = pointer.split("/").slice(1);
  return keys.map((_, i) => `/${keys.slice(0, keys.length - i).join("/")}`);
}
