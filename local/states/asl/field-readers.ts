/** Reading the fields of a state under compilation: what is wrong with one is refused with its place. */
import type { StatesMember, Template } from "./expression.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Leaving } from "./machine.ts";
import { type Refuse, SCHEMA } from "./refusals.ts";

/** The state under compilation, with readers that refuse by location. */
export interface Fields {
  readonly state: JsonObject;
  readonly at: string;
  readonly refuse: Refuse;
  template(holder: JsonObject, field: string, members: readonly StatesMember[], prefix?: string): Template | undefined;
  target(holder: JsonObject, field: string, location: string): string | null;
}

export const LONGEST_NAME = 80;
export const LONGEST_SECONDS = 99_999_999;
const VARIABLE = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

export const INPUT = ["input", "context"] as const;
export const RESULT = ["input", "context", "result"] as const;
export const ERROR_OUTPUT = ["input", "context", "errorOutput"] as const;

export function leaving(
  f: Fields,
  members: readonly StatesMember[],
  holder: JsonObject = f.state,
  prefix = "",
): Pick<Leaving, "assign" | "output"> {
  const assign = holder.Assign;
  if (assign !== undefined && !isJsonObject(assign)) {
    f.refuse(SCHEMA, "The field 'Assign' should be an object", `${f.at}/${prefix}Assign`);
  }
  const assigned: [string, Template][] = [];
  if (isJsonObject(assign)) {
    for (const name of Object.keys(assign)) {
      if (!VARIABLE.test(name) || name.length > LONGEST_NAME || name === "states") {
        f.refuse(SCHEMA, `'${name}' is not a valid variable name`, `${f.at}/${prefix}Assign/${name}`);
      }
      const template = f.template(assign, name, members, `${prefix}Assign/`);
      if (template !== undefined) assigned.push([name, template]);
    }
  }
  return { assign: assigned, output: f.template(holder, "Output", members, prefix) };
}

export function nextOrEnd(f: Fields): string | null {
  const { Next: next, End: end } = f.state;
  if (end !== undefined && typeof end !== "boolean") {
    f.refuse(SCHEMA, "The field 'End' should be a boolean", `${f.at}/End`);
    return null;
  }
  if (next !== undefined && end === true) {
    f.refuse(SCHEMA, "A state cannot have both of these fields: [Next, End]", f.at);
    return null;
  }
  if (next !== undefined) return f.target(f.state, "Next", f.at);
  if (end !== true) f.refuse(SCHEMA, "One of these fields is required: [Next, End]", f.at);
  return null;
}

export function textField(f: Fields, field: string): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  if (template.kind === "constant" && typeof template.value === "string") return template;
  f.refuse(SCHEMA, `The field '${field}' should be a string`, `${f.at}/${field}`);
  return undefined;
}

/** A whole number or an expression that yields one. */
export function secondsField(f: Fields, field: string, least: number): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  if (template.kind === "constant" && isWhole(template.value, least, LONGEST_SECONDS)) return template;
  const range = `an integer from ${least} to ${LONGEST_SECONDS}`;
  f.refuse(SCHEMA, `The field '${field}' should be ${range} or a JSONata expression`, `${f.at}/${field}`);
  return undefined;
}

export function percentageField(f: Fields, field: string): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  const isPercentage = template.kind === "constant" && isWithin(template.value, 0, 100);
  if (!isPercentage) {
    f.refuse(
      SCHEMA,
      `The field '${field}' should be a number from 0 to 100 or a JSONata expression`,
      `${f.at}/${field}`,
    );
  }
  return template;
}

/** The elements when the field is an array; what else it may be is refused elsewhere. */
export function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}

export function isWhole(value: Json, least: number, most: number): boolean {
  return isWithin(value, least, most) && Number.isInteger(value);
}

function isWithin(value: Json, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}

export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
