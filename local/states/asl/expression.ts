/**
 * JSONata as Step Functions uses it: a string that is wholly `{% … %}` is an expression, anything else is itself.
 * Expressions are parsed once per text and process; simple paths (`$states.input.id`) are followed without JSONata.
 */
import jsonata from "jsonata";
import { MEMORY_LIMIT_EXCEEDED } from "./functions.ts";
import { isJsonObject, type Json } from "./json.ts";

/** What one evaluation may take. Depth and length as measured on AWS: one more of either is refused there too. */
const GUARDS = { timeout: 1000, stack: 100, sequence: 873_782 };

/** The words of AWS for an evaluation that took too much, by the code JSONata gives it. */
const EXCEEDED: Readonly<Record<string, string>> = {
  D1011: `Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive. Depth=${GUARDS.stack + 1} max=${GUARDS.stack}`,
  D1012: "Expression evaluation timeout",
  D2014: MEMORY_LIMIT_EXCEEDED,
  D2015: MEMORY_LIMIT_EXCEEDED,
};

/** `States.QueryEvaluationError`: `problem` says what is wrong, `location` in which field of the state. */
export class EvaluationError extends Error {
  override name = "EvaluationError" as const;
  readonly location: string | undefined;
  /** Whether the state had begun its work: then the failure follows from its entry in the history. */
  readonly afterEntry: boolean;
  constructor(problem: string, location?: string, afterEntry = false) {
    super(problem);
    this.location = location;
    this.afterEntry = afterEntry;
  }
}

/** A text between `{%` and `%}` that is no JSONata, or uses what Step Functions does not offer at this place. */
export class InvalidExpression extends Error {
  override name = "InvalidExpression" as const;
  readonly code: "SCHEMA_VALIDATION_FAILED" | "INVALID_JSONATA_EXPRESSION" | "UNSUPPORTED_JSONATA_EXPRESSION";
  constructor(code: InvalidExpression["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export type Bindings = Readonly<Record<string, unknown>>;

/** A JSON value of the definition with expressions anywhere inside it; `field` is its path within the state. */
export type Template =
  | { readonly kind: "constant"; readonly field: string; readonly value: Json }
  | { readonly kind: "expression"; readonly field: string; readonly expression: Expression }
  | { readonly kind: "array"; readonly field: string; readonly items: readonly Template[] }
  | { readonly kind: "object"; readonly field: string; readonly entries: readonly (readonly [string, Template])[] };

interface Expression {
  readonly source: string;
  /** The names after the variable when the expression is nothing but `$variable.name.name`. */
  readonly path: { readonly variable: string; readonly names: readonly string[] } | undefined;
  readonly compiled: jsonata.Expression;
}

/** The members of `$states` an expression may use: which exist depends on the field. */
export type StatesMember = "input" | "context" | "result" | "errorOutput";

const expressions = new Map<string, Expression>();

/** @throws InvalidExpression with `at` = the offending field appended by the caller through `refuse`. */
export function compileTemplate(
  value: Json,
  field: string,
  members: readonly StatesMember[],
  refuse: (field: string, error: InvalidExpression) => void,
): Template {
  if (typeof value === "string" && (value.startsWith("{%") || value.endsWith("%}"))) {
    try {
      return { kind: "expression", field, expression: compile(value, members) };
    } catch (error) {
      if (!(error instanceof InvalidExpression)) throw error;
      refuse(field, error);
    }
  }
  if (Array.isArray(value)) {
    const items = value.map((item: Json, i) => compileTemplate(item, `${field}[${i}]`, members, refuse));
    return items.every((item) => item.kind === "constant")
      ? { kind: "constant", field, value }
      : { kind: "array", field, items };
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([key, member]) => [key, compileTemplate(member, `${field}/${key}`, members, refuse)] as const,
    );
    return entries.every(([, member]) => member.kind === "constant")
      ? { kind: "constant", field, value }
      : { kind: "object", field, entries };
  }
  return { kind: "constant", field, value };
}

function compile(text: string, members: readonly StatesMember[]): Expression {
  if (!text.startsWith("{%") || !text.endsWith("%}") || text.length < 4) {
    throw new InvalidExpression("SCHEMA_VALIDATION_FAILED", "JSONata string must start with {% and end with %}");
  }
  const source = text.slice(2, -2).trim();
  let expression = expressions.get(source);
  if (expression === undefined) {
    try {
      const compiled = jsonata(source, GUARDS);
      expression = { source, compiled, path: plainPath(compiled.ast()) };
    } catch (error) {
      throw new InvalidExpression("INVALID_JSONATA_EXPRESSION", messageOf(error));
    }
    expressions.set(source, expression);
  }
  checkReferences(expression.compiled.ast(), false, members);
  return expression;
}

function plainPath(ast: unknown): Expression["path"] {
  if (!isNode(ast)) return undefined;
  if (ast.type === "variable" && isPlain(ast)) return { variable: String(ast.value), names: [] };
  if (ast.type !== "path" || ast.keepSingletonArray || ast.group || !Array.isArray(ast.steps)) return undefined;
  const [first, ...rest] = ast.steps.filter(isNode);
  if (first?.type !== "variable" || !isPlain(first)) return undefined;
  if (!rest.every((step) => step.type === "name" && isPlain(step))) return undefined;
  return { variable: String(first.value), names: rest.map((step) => String(step.value)) };
}

type Node = { readonly type?: string; readonly value?: unknown; readonly [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(node: Node): boolean {
  return Object.keys(node).every((key) => key === "type" || key === "value" || key === "position");
}

/**
 * Step Functions gives an expression no context item, so a name, `$`, `$$` or a wildcard is refused unless something
 * to its left (`$states.input.` or a filter's subject) provides one; and `$states` has only the members of its field.
 */
function checkReferences(node: unknown, hasContext: boolean, members: readonly StatesMember[]): void {
  if (Array.isArray(node)) {
    for (const element of node) checkReferences(element, hasContext, members);
    return;
  }
  if (!isNode(node)) return;
  const unsupported = (what: string) => unsupportedReference(`'${what}' at the top level`);
  switch (node.type) {
    case "condition":
      refuseNewerOperator(node);
      break;
    case "name":
      if (!hasContext) throw unsupported(String(node.value));
      break;
    case "wildcard":
    case "descendant":
    case "parent":
      if (!hasContext) throw unsupported(node.type === "parent" ? "%" : String(node.value));
      break;
    case "variable":
      if (node.value === "$") throw unsupportedReference("'$$'");
      if (node.value === "" && !hasContext) throw unsupported("$");
      break;
    case "path":
      if (Array.isArray(node.steps)) {
        checkStates(node.steps, members);
        for (const [i, step] of node.steps.entries()) checkReferences(step, hasContext || i > 0, members);
      }
      checkReferences(node.group, true, members);
      return;
    case "transform":
      for (const part of [node.pattern, node.update, node.delete]) checkReferences(part, true, members);
      return;
    case "filter":
    case "sort":
      checkReferences(node.expr ?? node.terms, true, members);
      return;
    default:
  }
  for (const [key, part] of Object.entries(node)) {
    if (key === "position" || key === "value" || key === "type") continue;
    // A lambda's own arguments are declarations, and a predicate or grouping looks at what stands before it.
    if (node.type === "lambda" && key === "arguments") continue;
    checkReferences(part, hasContext || key === "stages" || key === "predicate" || key === "group", members);
  }
}

function checkStates(steps: readonly unknown[], members: readonly StatesMember[]): void {
  const [first, second] = steps;
  if (!isNode(first) || first.type !== "variable" || first.value !== "states") return;
  if (!isNode(second) || second.type !== "name") return;
  if (!members.some((member) => member === second.value)) {
    const message = `Field '$states.${String(second.value)}' does not exist.`;
    throw new InvalidExpression("UNSUPPORTED_JSONATA_EXPRESSION", message);
  }
}

/**
 * `??` and `?:` are newer than the JSONata of Step Functions (2.0.6), whose words these are. The parser makes conditions of
 * them that look at the same place twice, which no written condition does.
 */
function refuseNewerOperator({ condition, then }: Node): void {
  if (firstPosition(condition) !== firstPosition(then)) return;
  const symbol = isNode(condition) && condition.type === "function" && condition.position === undefined ? "?" : ":";
  const message = `The symbol "${symbol}" cannot be used as a unary operator`;
  throw new InvalidExpression("INVALID_JSONATA_EXPRESSION", message);
}

function firstPosition(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  if ("position" in node && typeof node.position === "number") return node.position;
  for (const part of Object.values(node)) {
    const position = firstPosition(part);
    if (position !== undefined) return position;
  }
  return undefined;
}

function unsupportedReference(what: string): InvalidExpression {
  return new InvalidExpression("UNSUPPORTED_JSONATA_EXPRESSION", `Reference to ${what} is not supported.`);
}

/** The template's value. @throws EvaluationError with the texts of Step Functions. */
export async function evaluate(template: Template, bindings: Bindings): Promise<Json> {
  const followed = followAll(template, bindings);
  if (followed !== UNSURE) return followed;
  switch (template.kind) {
    case "constant":
      return template.value;
    case "expression":
      return evaluateExpression(template.expression, template.field, bindings);
    case "array": {
      const items: Json[] = [];
      for (const item of template.items) items.push(await evaluate(item, bindings));
      return items;
    }
    case "object": {
      const entries: [string, Json][] = [];
      for (const [key, member] of template.entries) entries.push([key, await evaluate(member, bindings)]);
      return Object.fromEntries(entries);
    }
  }
}

async function evaluateExpression(expression: Expression, field: string, bindings: Bindings): Promise<Json> {
  let result: unknown;
  try {
    result = plainJson(await expression.compiled.evaluate(undefined, { ...bindings }));
  } catch (error) {
    const reason = jsonataMessage(error);
    throw new EvaluationError(
      `The JSONata expression '${expression.source}' specified for the field '${field}' threw an error during evaluation. ${reason}`,
      field,
    );
  }
  if (result === undefined) {
    throw new EvaluationError(
      `The JSONata expression '${expression.source}' specified for the field '${field}' returned nothing (undefined).`,
      field,
    );
  }
  if (result === UNSUPPORTED) {
    throw new EvaluationError(
      `The JSONata expression '${expression.source}' specified for the field '${field}' returned an unsupported result type.`,
      field,
    );
  }
  // plainJson has copied it.
  return result as Json;
}

const UNSURE: unique symbol = Symbol("only JSONata knows");
const UNSUPPORTED = Symbol("no JSON value");

/** The value of a template that has nothing but constants and paths that can be followed: most have. */
function followAll(template: Template, bindings: Bindings): Json | typeof UNSURE {
  switch (template.kind) {
    case "constant":
      return template.value;
    case "expression": {
      const { path } = template.expression;
      return path === undefined ? UNSURE : follow(path.variable, path.names, bindings);
    }
    case "array": {
      const items = template.items.map((item) => followAll(item, bindings));
      return items.every((item) => item !== UNSURE) ? items : UNSURE;
    }
    case "object": {
      const entries: [string, Json][] = [];
      for (const [key, member] of template.entries) {
        const value = followAll(member, bindings);
        if (value === UNSURE) return UNSURE;
        entries.push([key, value]);
      }
      return Object.fromEntries(entries);
    }
  }
}

/** JSONata maps names over arrays and calls functions; a plain member of a plain object needs neither. */
function follow(variable: string, names: readonly string[], bindings: Bindings): Json | typeof UNSURE {
  if (!Object.hasOwn(bindings, variable)) return UNSURE;
  let value = bindings[variable];
  if (value === undefined || typeof value === "function") return UNSURE;
  for (const name of names) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return UNSURE;
    value = value[name];
  }
  // What is bound and no function is JSON.
  return value as Json;
}

/** A copy without JSONata's own marks on arrays; members without a value are left out as JSON does. */
function plainJson(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean" || value === undefined) return value;
  // As measured on AWS: JSON has no such numbers, so their names stand for them.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const copy = plainJson(item);
      if (copy === UNSUPPORTED) return UNSUPPORTED;
      items.push(copy ?? null);
    }
    return items;
  }
  if (typeof value !== "object" || "_jsonata_lambda" in value || "_jsonata_function" in value) return UNSUPPORTED;
  const entries: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const copy = plainJson(member);
    if (copy === UNSUPPORTED) return UNSUPPORTED;
    if (copy !== undefined) entries.push([key, copy]);
  }
  return Object.fromEntries(entries);
}

/** With JSONata's code before it, as failures at run time show it. */
function jsonataMessage(error: unknown): string {
  if (!isNode(error) || typeof error.code !== "string") return messageOf(error);
  return EXCEEDED[error.code] ?? `${error.code}: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return isNode(error) && typeof error.message === "string" ? error.message : String(error);
}

/** "array", "object", "string", "number", "boolean" or "null", as the texts of Step Functions name JSON types. */
function jsonType(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** What a field of one JSON type says when an expression gave another. */
export function wrongType(template: Template, expected: string, value: Json): EvaluationError {
  const source = template.kind === "expression" ? template.expression.source : JSON.stringify(value);
  return new EvaluationError(
    `The JSONata expression '${source}' specified for the field '${template.field}' returned an unexpected result type. ` +
      `Expected '${expected}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`,
    template.field,
  );
}
