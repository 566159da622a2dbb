/**
 * Checks a form's values against its JSON Schema and says in words what to do about each field.
 * The validator interprets schemas instead of compiling them: the portal's content security policy forbids eval.
 */
import { type OutputUnit, Validator } from "@cfworker/json-schema";
import type { FormSchema } from "../process.ts";
import {
  childPointer,
  type FormValues,
  fieldLabel,
  fieldSchema,
  isRecord,
  pointerKeys,
  propertiesOf,
  uiOf,
} from "./form-schema.ts";

export interface FormProblem {
  /** JSON Pointer to the field, e.g. "/barriers/0/action"; "" is the form as a whole. */
  readonly pointer: string;
  /** The field in words, e.g. "Barriers, row 1: Proposed action". */
  readonly label: string;
  readonly problem: "missing" | "invalid";
  /** What to do, one sentence, without the label. */
  readonly message: string;
}

/**
 * Everything that stands between these values and a submission, in the order of the form, at most one per field.
 * A text left blank counts as not given: missing where it is required, fine where it is not. Hidden fields are the caller's to drop first (`withoutHiddenFields`).
 */
export function validateForm(schema: FormSchema, values: unknown): FormProblem[] {
  return problems(schema, schema, values);
}

/**
 * What is wrong with the values as far as they go: types, choices and upper and lower limits.
 * Nothing is required yet; texts may still be too short or half typed; a field the form does not know is refused.
 */
export function validateDraft(schema: FormSchema, values: unknown): FormProblem[] {
  return problems(schema, draftSchema(schema), values);
}

function problems(form: FormSchema, schema: FormSchema, values: unknown): FormProblem[] {
  if (!isRecord(values)) return [problemOf(form, "", "invalid", "The form's values must be a JSON object.")];
  const found = new Map<string, FormProblem>();
  const known = knownPart(form, "", values, {
    keepsBlanks: schema !== form,
    onUnknown: (pointer) => found.set(pointer, problemOf(form, pointer, "invalid", "This form has no such field.")),
  });
  for (const unit of validatorOf(schema).validate(known).errors) {
    for (const problem of problemsOf(form, schema, unit, values)) {
      // A missing answer is the first thing to say about a field, whatever else the validator holds against it.
      if (!found.has(problem.pointer) || problem.problem === "missing") found.set(problem.pointer, problem);
    }
  }
  return [...found.values()].sort((a, b) => compareInFormOrder(form, a.pointer, b.pointer));
}

/**
 * The values without fields the form does not know, and cut where they are too long anyway:
 * the validator's work stays bounded by the form, not by what a client sends.
 */
function knownPart(form: FormSchema, pointer: string, value: unknown, options: KnownPartOptions): unknown {
  const field = pointer === "" ? form : fieldSchema(form, pointer);
  if (Array.isArray(value)) {
    const length = typeof field?.maxItems === "number" ? field.maxItems + 1 : value.length;
    return value.slice(0, length).map((item, i) => knownPart(form, childPointer(pointer, i), item, options));
  }
  if (typeof value === "string") {
    const codeUnits = typeof field?.maxLength === "number" ? 2 * field.maxLength + 2 : longestUnlimitedText + 1;
    return value.slice(0, codeUnits);
  }
  if (!isRecord(value) || field?.type !== "object") return value;
  const properties = propertiesOf(field);
  const known: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const at = childPointer(pointer, key);
    if (!Object.hasOwn(properties, key)) options.onUnknown(at);
    else if (child !== undefined && (options.keepsBlanks || !isBlank(child)))
      known[key] = knownPart(form, at, child, options);
  }
  return known;
}

interface KnownPartOptions {
  /** Whether blank texts stay; otherwise they count as not given. */
  readonly keepsBlanks: boolean;
  readonly onUnknown: (pointer: string) => void;
}

/** For texts whose form limits them at submission (dates, choices, ids), characters. */
const longestUnlimitedText = 500;

const validators = new WeakMap<FormSchema, Validator>();

function validatorOf(schema: FormSchema): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    // The library annotates the schema it is given, and a process version is shared by all: it gets a copy.
    validator = new Validator(structuredClone(schema), "2020-12", false);
    validators.set(schema, validator);
  }
  return validator;
}

const drafts = new WeakMap<FormSchema, FormSchema>();

function draftSchema(schema: FormSchema): FormSchema {
  let draft = drafts.get(schema);
  if (!draft) {
    draft = relaxed(schema);
    drafts.set(schema, draft);
  }
  return draft;
}

const onlyAtSubmission = new Set(["required", "allOf", "minItems", "minLength", "pattern", "format", "const"]);

/** The same schema without what a half-filled form cannot meet. `$defs` stay whole: an attachment is there or it is not. */
function relaxed(schema: FormSchema): FormSchema {
  const kept: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (onlyAtSubmission.has(keyword)) continue;
    if (keyword === "properties")
      kept.properties = Object.fromEntries(Object.entries(propertiesOf(schema)).map(([k, v]) => [k, relaxed(v)]));
    else if (keyword === "items" && isRecord(value)) kept.items = relaxed(value);
    else kept[keyword] = value;
  }
  if (schema.type === "string" && schema.enum === undefined) kept.maxLength ??= longestUnlimitedText;
  return kept;
}

function problemsOf(form: FormSchema, schema: FormSchema, unit: OutputUnit, values: FormValues): FormProblem[] {
  const pointer = decodeLocation(unit.instanceLocation);
  const value = valueAt(values, pointer);
  const field = fieldSchema(form, pointer);
  switch (unit.keyword) {
    case "required":
      return requiredBy(schema, unit.keywordLocation)
        .filter((key) => step(value, key) === undefined || isBlank(step(value, key)))
        .map((key) => missing(form, childPointer(pointer, key)));
    case "minLength":
    case "minItems":
    case "const":
      if (isEmpty(value) || (unit.keyword === "const" && value === false)) return [missing(form, pointer)];
      return [problemOf(form, pointer, "invalid", complaint(unit.keyword, field, value))];
    case "type":
    case "enum":
    case "pattern":
    case "format":
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
    case "multipleOf":
    case "maxLength":
    case "maxItems":
    case "uniqueItems":
      if (isEmpty(value) && unit.keyword !== "type") return [missing(form, pointer)];
      return [problemOf(form, pointer, "invalid", complaint(unit.keyword, field, value))];
    default:
      // Parents repeat that something below them failed.
      return [];
  }
}

function problemOf(form: FormSchema, pointer: string, problem: FormProblem["problem"], message: string): FormProblem {
  return { pointer, label: fieldLabel(form, pointer), problem, message };
}

function missing(form: FormSchema, pointer: string): FormProblem {
  return problemOf(form, pointer, "missing", request(fieldSchema(form, pointer)));
}

function isEmpty(value: unknown): boolean {
  return isBlank(value) || (Array.isArray(value) && value.length === 0);
}

function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}

/** What a person is asked for when a field is missing. */
function request(field: FormSchema | undefined): string {
  const { widget, unit, optionsFrom } = uiOf(field);
  if (field?.readOnly === true) return "Fairway works this out from other answers, which give no result yet.";
  if (field?.const === true) return "Tick this to go on.";
  switch (field?.type) {
    case "boolean":
      return "Answer yes or no.";
    case "integer":
    case "number":
      if (widget === "score0-4") return "Give a score from 0 to 4.";
      if (widget === "rating1-5") return "Give a rating from 1 to 5.";
      return typeof unit === "string" ? `Enter a number (${unit}).` : "Enter a number.";
    case "array": {
      const least = typeof field.minItems === "number" && field.minItems > 1 ? field.minItems : 1;
      if (widget === "upload") return least === 1 ? "Attach at least one file." : `Attach at least ${least} files.`;
      if (widget === "table") return least === 1 ? "Add at least one row." : `Add at least ${least} rows.`;
      return least === 1 ? "Choose or enter at least one." : `Choose or enter at least ${least}.`;
    }
    default:
      if (field?.enum !== undefined || optionsFrom !== undefined) return "Choose one of the options.";
      if (field?.format === "date") return "Enter a date.";
      return "Fill this in.";
  }
}

/** What is wrong with an answer that is there. */
function complaint(keyword: string, field: FormSchema | undefined, value: unknown): string {
  const unit = uiOf(field).unit;
  const inUnit = typeof unit === "string" ? ` ${unit}` : "";
  const size = typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : 0;
  switch (keyword) {
    case "type":
      return `Give ${typeInWords(field)}.`;
    case "enum":
      return `Choose one of: ${choices(field).join(", ")}.`;
    case "const":
      return request(field);
    case "minimum":
      return `Enter ${field?.minimum}${inUnit} or more.`;
    case "maximum":
      return `Enter ${field?.maximum}${inUnit} or less.`;
    case "minLength":
      return `Write at least ${field?.minLength} characters (now ${size}).`;
    case "maxLength":
      return `Shorten to at most ${field?.maxLength ?? longestUnlimitedText} characters (now ${size}).`;
    case "minItems":
      return `Give at least ${field?.minItems} ${nounOf(field)} (now ${size}).`;
    case "maxItems":
      return `Keep at most ${field?.maxItems} ${nounOf(field)} (now ${size}).`;
    case "uniqueItems":
      return "Name each entry once.";
    default:
      return formInWords(field);
  }
}

function typeInWords(field: FormSchema | undefined): string {
  switch (field?.type) {
    case "string":
      return "a text";
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "boolean":
      return "yes or no";
    case "array":
      return "a list";
    default:
      return "a row with the columns of the table";
  }
}

const formats = new Map([
  ["date", "Enter a date as year-month-day, e.g. 2027-03-31."],
  ["email", "Enter an e-mail address such as name@example.org."],
  ["uri", "Enter a full web address starting with https://."],
  ["uuid", "Choose from the list."],
]);

/** What a text must look like; the pattern itself would tell a person nothing. */
function formInWords(field: FormSchema | undefined): string {
  const format = typeof field?.format === "string" ? formats.get(field.format) : undefined;
  if (format !== undefined) return format;
  if (uiOf(field).optionsFrom !== undefined || field?.pattern === "^[A-Z]{2}$") return "Choose from the list.";
  const hint = typeof field?.description === "string" ? ` ${field.description}` : "";
  return `This is not in the expected form.${hint}`;
}

function choices(field: FormSchema | undefined): string[] {
  const labels = uiOf(field).enumLabels;
  return (Array.isArray(field?.enum) ? field.enum : []).map((option) => {
    const label = isRecord(labels) ? labels[String(option)] : undefined;
    return typeof label === "string" ? label : String(option);
  });
}

function nounOf(field: FormSchema | undefined): string {
  switch (uiOf(field).widget) {
    case "table":
      return "rows";
    case "upload":
      return "files";
    default:
      return "entries";
  }
}

/** The `required` list at a validator's keyword location, through `$ref`. */
function requiredBy(schema: FormSchema, keywordLocation: string): string[] {
  let current: unknown = schema;
  for (const key of pointerKeys(decodeLocation(keywordLocation))) {
    if (key === "$ref") {
      const ref: unknown = isRecord(current) ? current.$ref : undefined;
      current = typeof ref === "string" ? valueAt(schema, decodeLocation(ref)) : undefined;
    } else current = step(current, key);
  }
  return Array.isArray(current) ? current.filter((key) => typeof key === "string") : [];
}

function valueAt(values: unknown, pointer: string): unknown {
  return pointerKeys(pointer).reduce(step, values);
}

function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The library writes locations as "#/barriers/0"; keys are escaped as in a JSON Pointer. */
function decodeLocation(location: string): string {
  return location.slice(1);
}

function compareInFormOrder(form: FormSchema, a: string, b: string): number {
  const [rankA, rankB] = [rank(form, a), rank(form, b)];
  for (let i = 0; i < Math.max(rankA.length, rankB.length); i++) {
    const difference = (rankA[i] ?? -1) - (rankB[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A field's place on the form, level by level; unknown fields come last. */
function rank(form: FormSchema, pointer: string): number[] {
  let parent = "";
  return pointerKeys(pointer).map((key) => {
    const container = parent === "" ? form : fieldSchema(form, parent);
    parent = childPointer(parent, key);
    if (container?.type === "array") return Number(key);
    const place = Object.keys(propertiesOf(container)).indexOf(key);
    return place === -1 ? Number.MAX_SAFE_INTEGER : place;
  });
}
