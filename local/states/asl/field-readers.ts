/** Reading the fields of a state under compilation: what is wrong with one is refused with its place. */
import type { StatesMember, Template } from "./expression.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Leaving } from "./machine.ts";
import { expectedType, numberRefusal, onlyOneField, type Refuse, SCHEMA } from "./refusals.ts";

/** The state under compilation, with readers that refuse by location. */
export interface Fields {
  readonly state: JsonObject;
  readonly at: string;
  readonly refuse: Refuse;
  template(holder: JsonObject, field: string, members: readonly StatesMember[], prefix?: string): Template | undefined;
  target(holder: JsonObject, field: string, location: string): string | null;
  /** Compiles the states of a branch or an item processor at that field; the answer is the first of them. */
  scope(inner: Json, field: string, moreFields?: readonly string[]): string;
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
    f.refuse(SCHEMA, expectedType("OBJECT"), `${f.at}/${prefix}Assign`);
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
    f.refuse(SCHEMA, expectedType("BOOLEAN"), `${f.at}/End`);
    return null;
  }
  const given = [next !== undefined, end === true].filter((is) => is).length;
  if (given !== 1) {
    f.refuse(SCHEMA, onlyOneField(given, "Next", "End"), f.at);
    return null;
  }
  return end ? null : f.target(f.state, "Next", f.at);
}

export function textField(f: Fields, field: string): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  if (template.kind === "constant" && typeof template.value === "string") return template;
  f.refuse(SCHEMA, expectedType("STRING"), `${f.at}/${field}`);
  return undefined;
}

/** A number, whole unless told otherwise, or an expression that yields one. */
export function numberField(
  f: Fields,
  field: string,
  least: number,
  most = Number.POSITIVE_INFINITY,
  isWhole = true,
): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  const literal = template.kind === "constant" ? template.value : null;
  const problem = numberRefusal(literal, { least, most, isWhole });
  if (problem === undefined) return template;
  f.refuse(SCHEMA, problem, `${f.at}/${field}`);
  return undefined;
}

/** The elements when the field is an array; what else it may be is refused elsewhere. */
export function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}

export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
