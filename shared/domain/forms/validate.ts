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
  /** The same for who says it in other words: the kind of message and what it names. */
  readonly code: ComplaintCode;
  readonly parameters?: Parameters;
}

/**
 * Everything that stands between these values and a submission, in the order of the form, at most one per field.
 * A text left blank counts as not given: missing where it is required, fine where it is not. Hidden fields are the caller's to drop first (`asSubmitted`).
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
  if (!isRecord(values)) return [problemOf(form, "", "invalid", { code: "notAnObject" })];
  const found = new Map<string, FormProblem>();
  const known = knownPart(form, "", values, {
    keepsBlanks: schema !== form,
    onUnknown: (pointer) => found.set(pointer, problemOf(form, pointer, "invalid", { code: "unknownField" })),
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

export function problemOf(
  form: FormSchema,
  pointer: string,
  problem: FormProblem["problem"],
  complaint: Complaint,
): FormProblem {
  return { pointer, label: fieldLabel(form, pointer), problem, message: messageOf(complaint), ...complaint };
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
function request(field: FormSchema | undefined): Complaint {
  const { widget, unit, optionsFrom } = uiOf(field);
  if (field?.readOnly === true) return { code: "derivedOpen" };
  if (field?.const === true) return { code: "tick" };
  switch (field?.type) {
    case "boolean":
      return { code: "answerYesNo" };
    case "integer":
    case "number":
      if (widget === "score0-4") return { code: "score" };
      if (widget === "rating1-5") return { code: "rating" };
      return typeof unit === "string" ? { code: "numberIn", parameters: { unit } } : { code: "number" };
    case "array": {
      const least = typeof field.minItems === "number" && field.minItems > 1 ? field.minItems : 1;
      const parameters = { count: least };
      if (widget === "upload") return { code: "attach", parameters };
      return { code: widget === "table" ? "addRows" : "addEntries", parameters };
    }
    default:
      if (field?.enum !== undefined || optionsFrom !== undefined) return { code: "chooseOption" };
      return { code: field?.format === "date" ? "enterDate" : "fillIn" };
  }
}

/** What is wrong with an answer that is there. */
function complaint(keyword: string, field: FormSchema | undefined, value: unknown): Complaint {
  const { unit, widget } = uiOf(field);
  const inUnit = (limit: unknown) => ({ limit: `${limit}${typeof unit === "string" ? ` ${unit}` : ""}` });
  const size = typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : 0;
  const items = widget === "table" ? "Rows" : widget === "upload" ? "Files" : "Entries";
  switch (keyword) {
    case "type":
      return { code: typeCodes.get(String(field?.type)) ?? "typeRow" };
    case "enum":
      return { code: "chooseOneOf", parameters: { choices: choices(field).join(", ") } };
    case "const":
      return request(field);
    case "minimum":
      return { code: "minimum", parameters: inUnit(field?.minimum) };
    case "maximum":
      return { code: "maximum", parameters: inUnit(field?.maximum) };
    case "minLength":
      return { code: "minLength", parameters: { limit: Number(field?.minLength), size } };
    case "maxLength":
      return { code: "maxLength", parameters: { limit: Number(field?.maxLength ?? longestUnlimitedText), size } };
    case "minItems":
      return { code: `min${items}`, parameters: { limit: Number(field?.minItems), size } };
    case "maxItems":
      return { code: `max${items}`, parameters: { limit: Number(field?.maxItems), size } };
    case "uniqueItems":
      return { code: "once" };
    default:
      return formInWords(field);
  }
}

const typeCodes: ReadonlyMap<string, ComplaintCode> = new Map([
  ["string", "typeText"],
  ["integer", "typeInteger"],
  ["number", "typeNumber"],
  ["boolean", "typeBoolean"],
  ["array", "typeList"],
]);

const formatCodes: ReadonlyMap<unknown, ComplaintCode> = new Map([
  ["date", "date"],
  ["email", "email"],
  ["uri", "uri"],
  ["uuid", "fromList"],
]);

/** What a text must look like; the pattern itself would tell a person nothing. */
function formInWords(field: FormSchema | undefined): Complaint {
  const code = formatCodes.get(field?.format);
  if (code !== undefined) return { code };
  if (uiOf(field).optionsFrom !== undefined || field?.pattern === "^[A-Z]{2}$") return { code: "fromList" };
  return { code: "form", parameters: { hint: typeof field?.description === "string" ? field.description : "" } };
}

type Parameters = Readonly<Record<string, string | number>>;

/** What each kind of complaint says in English; `{…}` stands for a parameter. */
const messages = {
  notAnObject: "The form's values must be a JSON object.",
  unknownField: "This form has no such field.",
  derivedOpen: "Fairway works this out from other answers, which give no result yet.",
  tick: "Tick this to go on.",
  answerYesNo: "Answer yes or no.",
  score: "Give a score from 0 to 4.",
  rating: "Give a rating from 1 to 5.",
  number: "Enter a number.",
  numberIn: "Enter a number ({unit}).",
  attach: "Attach at least {count} files.",
  addRows: "Add at least {count} rows.",
  addEntries: "Choose or enter at least {count}.",
  chooseOption: "Choose one of the options.",
  enterDate: "Enter a date.",
  fillIn: "Fill this in.",
  typeText: "Give a text.",
  typeInteger: "Give a whole number.",
  typeNumber: "Give a number.",
  typeBoolean: "Give yes or no.",
  typeList: "Give a list.",
  typeRow: "Give a row with the columns of the table.",
  chooseOneOf: "Choose one of: {choices}.",
  minimum: "Enter {limit} or more.",
  maximum: "Enter {limit} or less.",
  minLength: "Write at least {limit} characters (now {size}).",
  maxLength: "Shorten to at most {limit} characters (now {size}).",
  minRows: "Give at least {limit} rows (now {size}).",
  minFiles: "Give at least {limit} files (now {size}).",
  minEntries: "Give at least {limit} entries (now {size}).",
  maxRows: "Keep at most {limit} rows (now {size}).",
  maxFiles: "Keep at most {limit} files (now {size}).",
  maxEntries: "Keep at most {limit} entries (now {size}).",
  once: "Name each entry once.",
  date: "Enter a date as year-month-day, e.g. 2027-03-31.",
  email: "Enter an e-mail address such as name@example.org.",
  uri: "Enter a full web address starting with https://.",
  fromList: "Choose from the list.",
  form: "This is not in the expected form. {hint}",
  fileMissing: "This file has not arrived. Attach it once more.",
  fileChanged: "This is not the file that was uploaded. Attach it once more.",
} as const;

/** Where a number of one reads otherwise. */
const ofOne: ReadonlyMap<string, string> = new Map([
  ["attach", "Attach at least one file."],
  ["addRows", "Add at least one row."],
  ["addEntries", "Choose or enter at least one."],
]);

type ComplaintCode = keyof typeof messages;

export const isComplaintCode = (code: string): code is ComplaintCode => Object.hasOwn(messages, code);

interface Complaint {
  readonly code: ComplaintCode;
  readonly parameters?: Parameters;
}

function messageOf({ code, parameters = {} }: Complaint): string {
  const message = (parameters.count === 1 ? ofOne.get(code) : undefined) ?? messages[code];
  return message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? "")).trim();
}

function choices(field: FormSchema | undefined): string[] {
  const labels = uiOf(field).enumLabels;
  return (Array.isArray(field?.enum) ? field.enum : []).map((option) => {
    const label = isRecord(labels) ? labels[String(option)] : undefined;
    return typeof label === "string" ? label : String(option);
  });
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
