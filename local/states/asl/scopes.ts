/**
 * The states of a machine, a branch or an item processor under compilation: the names they go by, where they lead, and
 * which variables they assign and see.
 */
import { compileTemplate, type InvalidExpression } from "./expression.ts";
import { type Fields, LONGEST_NAME, list, text } from "./field-readers.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { FIELDS, JSONPATH_FIELDS, onlyFields, refuseJsonPath, STATE_TYPES, stateType } from "./known-fields.ts";
import type { State } from "./machine.ts";
import { CANNOT_BE_EMPTY, expectedType, NO_TARGET, oneOfValues, type Refuse, required, SCHEMA } from "./refusals.ts";
import { compileFields } from "./state-fields.ts";

interface Compiling {
  readonly states: Map<string, State>;
  readonly names: Set<string>;
  /** Whether JSONPath is what a state speaks that says nothing else. */
  readonly isJsonPath: boolean;
  readonly refuse: Refuse;
}

/** Compiles the states of a scope; the answer is its first state. */
export function compileScope(
  scope: JsonObject,
  path: string,
  outerVariables: ReadonlySet<string>,
  c: Compiling,
): string | undefined {
  const missing = ["States", "StartAt"].filter((field) => scope[field] === undefined);
  if (missing.length > 0) {
    c.refuse(SCHEMA, required(...missing), path === "" ? "/" : path);
    return undefined;
  }
  const { StartAt: startAt, States: states } = scope;
  if (!isJsonObject(states) || Object.keys(states).length === 0) {
    c.refuse(SCHEMA, isJsonObject(states) ? CANNOT_BE_EMPTY : expectedType("OBJECT"), `${path}/States`);
    return undefined;
  }
  const starts = typeof startAt === "string" && Object.hasOwn(states, startAt) ? [startAt] : [];
  if (starts.length === 0) c.refuse(NO_TARGET, missingTarget(startAt), `${path}/StartAt`);

  const own = variablesAssigned(states);
  for (const { name, location } of own) {
    if (!outerVariables.has(name)) continue;
    c.refuse(SCHEMA, `Variable '${name}' is already assigned in an outer scope`, `${path}/States/${location}`);
  }
  const targets = new Map<string, readonly string[]>();
  for (const [name, state] of Object.entries(states)) {
    // A catcher of this state writes when its branches are gone: they may use the same name.
    const visible = own.filter((assigned) => !(assigned.state === name && assigned.isCatcher));
    const variables = new Set([...outerVariables, ...visible.map((assigned) => assigned.name)]);
    targets.set(name, compileState(name, state, `${path}/States/${name}`, variables, states, c));
  }
  // As Step Functions does, only the machine as a whole is asked for an end, and without one nothing else.
  if (path === "" && !Object.values(states).some(isTerminal)) {
    c.refuse("MISSING_END_STATE", "Workflow has no terminal state", null);
  } else refuseUnreachable(starts, targets, path, c.refuse);
  return starts[0];
}

// --- transitions ------------------------------------------------------------------------------------------------------

/** "Next" whatever the field is called, as Step Functions words it. */
function missingTarget(target: Json | undefined): string {
  return `Missing 'Next' target: ${text(target)}`;
}

function isTerminal(state: Json): boolean {
  return isJsonObject(state) && (state.End === true || state.Type === "Succeed" || state.Type === "Fail");
}

function refuseUnreachable(
  starts: readonly string[],
  targets: ReadonlyMap<string, readonly string[]>,
  path: string,
  refuse: Refuse,
): void {
  const reached = new Set(starts);
  for (const name of reached) for (const target of targets.get(name) ?? []) reached.add(target);
  for (const name of targets.keys()) {
    if (!reached.has(name)) refuse(NO_TARGET, `State "${name}" is not reachable.`, `${path}/States/${name}`);
  }
}

// --- variables --------------------------------------------------------------------------------------------------------

/** The variables assigned by the states of one scope (not inside their branches), and where. */
function variablesAssigned(
  states: JsonObject,
): { name: string; state: string; isCatcher: boolean; location: string }[] {
  return Object.entries(states).flatMap(([state, fields]) => {
    if (!isJsonObject(fields)) return [];
    const inList = (field: "Catch" | "Choices") =>
      list(fields[field]).map((holder, i) => ({ holder, at: `${state}/${field}[${i}]`, isCatcher: field === "Catch" }));
    const holders = [{ holder: fields, at: state, isCatcher: false }, ...inList("Catch"), ...inList("Choices")];
    return holders.flatMap(({ holder, at, isCatcher }) =>
      isJsonObject(holder) && isJsonObject(holder.Assign)
        ? Object.keys(holder.Assign).map((name) => ({ name, state, isCatcher, location: `${at}/Assign/${name}` }))
        : [],
    );
  });
}

// --- states -----------------------------------------------------------------------------------------------------------

/** Compiles one state into `c.states`; the answer lists the states it can go to. */
function compileState(
  name: string,
  state: Json,
  at: string,
  variables: ReadonlySet<string>,
  siblings: JsonObject,
  c: Compiling,
): string[] {
  if (!isJsonObject(state)) {
    c.refuse(SCHEMA, expectedType("OBJECT"), at);
    return [];
  }
  if (name.length > LONGEST_NAME) {
    const limit = `exceeds the ${LONGEST_NAME}-character limit allowed by the service`;
    c.refuse("INVALID_STATE_NAME", `Invalid State name: '${name}' ${limit}`, at);
  }
  if (c.names.has(name)) c.refuse("DUPLICATE_STATE_NAME", `Duplicate State name: ${name}`, at);
  c.names.add(name);
  const type = stateType(state.Type);
  if (type === undefined) {
    if (state.Type === undefined) c.refuse(SCHEMA, required("Type"), at);
    else c.refuse(SCHEMA, oneOfValues(...STATE_TYPES), `${at}/Type`);
    return [];
  }
  refuseJsonPath(state, at, c);
  onlyFields(state, [...FIELDS[type], ...JSONPATH_FIELDS], at, c.refuse);

  const targets: string[] = [];
  const fields: Fields = {
    state,
    at,
    refuse: c.refuse,
    template(holder, field, members, prefix = "") {
      const value = holder[field];
      return value === undefined
        ? undefined
        : compileTemplate(value, `${prefix}${field}`, members, (where, error) => refuseExpression(where, error));
    },
    target(holder, field, location) {
      const target = holder[field];
      if (typeof target === "string" && Object.hasOwn(siblings, target)) {
        targets.push(target);
        return target;
      }
      if (target === undefined) c.refuse(SCHEMA, required(field), location);
      else c.refuse(NO_TARGET, missingTarget(target), `${location}/${field}`);
      return null;
    },
    scope: (inner, where, moreFields = []) => innerScope(inner, `${at}/${where}`, moreFields, variables, c),
  };
  const refuseExpression = (where: string, error: InvalidExpression) =>
    c.refuse(error.code, error.message, `${at}/${where}`);

  c.states.set(name, compileFields(type, name, fields));
  return targets;
}

/** The states of a branch or an inline item processor; the answer is the first. */
function innerScope(
  scope: Json,
  at: string,
  moreFields: readonly string[],
  variables: ReadonlySet<string>,
  c: Compiling,
): string {
  if (!isJsonObject(scope)) {
    c.refuse(SCHEMA, expectedType("OBJECT"), at);
    return "";
  }
  onlyFields(scope, ["StartAt", "States", "Comment", ...moreFields], at, c.refuse);
  return compileScope(scope, at, variables, c) ?? "";
}
