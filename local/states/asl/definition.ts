/**
 * A definition checked and compiled. Everything the interpreter would have to ignore or guess is refused here, by name,
 * in the shape of Step Functions' own validation errors; a compiled Machine holds only what the states can do.
 */
import { compileTemplate, type InvalidExpression } from "./expression.ts";
import {
  type Fields,
  INPUT,
  isWhole,
  LONGEST_NAME,
  LONGEST_SECONDS,
  leaving,
  list,
  nextOrEnd,
  percentageField,
  RESULT,
  secondsField,
  text,
  textField,
} from "./field-readers.ts";
import { type Integration, integrationFor } from "./integrations.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";
import { FIELDS, JSONPATH_FIELDS, MACHINE_FIELDS, onlyFields, refuseJsonPath, stateType } from "./known-fields.ts";
import type { ChoiceRule, ChoiceState, Machine, State, TaskState } from "./machine.ts";
import { recovering } from "./recovery-fields.ts";
import { type Diagnostic, InvalidDefinition, type Refuse, SCHEMA } from "./refusals.ts";
import { parseTimestamp } from "./timestamp.ts";

/** @throws InvalidDefinition naming every field in question. */
export function compileMachine(definition: unknown): Machine {
  const diagnostics: Diagnostic[] = [];
  const machine = compile(definition, (code, message, location) => diagnostics.push({ code, message, location }));
  if (machine === undefined || diagnostics.length > 0) throw new InvalidDefinition(diagnostics);
  return machine;
}

function compile(definition: unknown, refuse: Refuse): Machine | undefined {
  if (!isJsonObject(definition)) {
    refuse("INVALID_JSON_DESCRIPTION", "The definition must be a JSON object", "/");
    return undefined;
  }
  const language = definition.QueryLanguage ?? "JSONPath";
  if (language !== "JSONata" && language !== "JSONPath") {
    refuse(SCHEMA, "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]", "/QueryLanguage");
  }
  onlyFields(definition, MACHINE_FIELDS, "/", refuse);
  if (definition.Version !== undefined && definition.Version !== "1.0") {
    refuse(SCHEMA, "The field 'Version' should have one of these values: [1.0]", "/Version");
  }
  const timeoutSeconds = definition.TimeoutSeconds;
  if (timeoutSeconds !== undefined && !isWhole(timeoutSeconds, 1, LONGEST_SECONDS)) {
    refuse(SCHEMA, `The field 'TimeoutSeconds' should be an integer from 1 to ${LONGEST_SECONDS}`, "/TimeoutSeconds");
  }
  const states = new Map<string, State>();
  const startAt = compileScope(definition, "", new Set(), { states, names: new Set(), language, refuse });
  return startAt === undefined
    ? undefined
    : { startAt, states, timeoutSeconds: typeof timeoutSeconds === "number" ? timeoutSeconds : undefined };
}

interface Compiling {
  readonly states: Map<string, State>;
  readonly names: Set<string>;
  readonly language: Json;
  readonly refuse: Refuse;
}

/** Compiles the states of a machine, branch or item processor; the answer is its first state. */
function compileScope(
  scope: JsonObject,
  path: string,
  outerVariables: ReadonlySet<string>,
  c: Compiling,
): string | undefined {
  const at = path === "" ? "/" : path;
  const missing = ["StartAt", "States"].filter((field) => scope[field] === undefined);
  if (missing.length > 0) {
    c.refuse(SCHEMA, `These fields are required: [${missing.join(", ")}]`, at);
    return undefined;
  }
  const { StartAt: startAt, States: states } = scope;
  if (!isJsonObject(states) || Object.keys(states).length === 0) {
    c.refuse(SCHEMA, "The field 'States' should be an object with at least one state", `${path}/States`);
    return undefined;
  }
  if (typeof startAt !== "string" || !Object.hasOwn(states, startAt)) {
    c.refuse("MISSING_TRANSITION_TARGET", `Missing 'StartAt' target: ${text(startAt)}`, `${path}/StartAt`);
    return undefined;
  }
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
  refuseUnreachable(startAt, targets, path, c.refuse);
  return startAt;
}

function refuseUnreachable(
  startAt: string,
  targets: ReadonlyMap<string, readonly string[]>,
  path: string,
  refuse: Refuse,
): void {
  const reached = new Set([startAt]);
  for (const name of reached) for (const target of targets.get(name) ?? []) reached.add(target);
  for (const name of targets.keys()) {
    if (!reached.has(name)) {
      refuse("MISSING_TRANSITION_TARGET", `State "${name}" is not reachable.`, `${path}/States/${name}`);
    }
  }
}

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
    c.refuse(SCHEMA, "A state should be an object", at);
    return [];
  }
  if (name.length > LONGEST_NAME) c.refuse(SCHEMA, `State name is longer than ${LONGEST_NAME} characters`, at);
  if (c.names.has(name)) c.refuse("DUPLICATE_STATE_NAME", `Duplicate state name: ${name}`, at);
  c.names.add(name);
  const type = stateType(state.Type);
  if (type === undefined) {
    const known = Object.keys(FIELDS).join(", ");
    if (state.Type === undefined) c.refuse(SCHEMA, "These fields are required: [Type]", at);
    else c.refuse(SCHEMA, `The field 'Type' should have one of these values: [${known}]`, `${at}/Type`);
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
      c.refuse("MISSING_TRANSITION_TARGET", `Missing '${field}' target: ${text(target)}`, `${location}/${field}`);
      return null;
    },
  };
  const refuseExpression = (where: string, error: InvalidExpression) =>
    c.refuse(error.code, error.message, `${at}/${where}`);

  c.states.set(name, compileType(type, name, fields, variables, c));
  return targets;
}

function compileType(
  type: State["type"],
  name: string,
  f: Fields,
  variables: ReadonlySet<string>,
  c: Compiling,
): State {
  const { state, at } = f;
  switch (type) {
    case "Pass":
      return { type, name, ...leaving(f, INPUT), next: nextOrEnd(f) };
    case "Succeed":
      return { type, name, ...leaving(f, INPUT), next: null };
    case "Fail":
      return { type, name, error: textField(f, "Error"), cause: textField(f, "Cause") };
    case "Wait": {
      const given = ["Seconds", "Timestamp"].filter((field) => state[field] !== undefined);
      if (given.length !== 1) {
        f.refuse(SCHEMA, "A Wait state must have exactly one of these fields: [Seconds, Timestamp]", at);
      }
      const timestamp = textField(f, "Timestamp");
      if (timestamp?.kind === "constant" && parseTimestamp(timestamp.value) === undefined) {
        f.refuse(SCHEMA, "The field 'Timestamp' should be an ISO-8601 date-time with an offset", `${at}/Timestamp`);
      }
      const seconds = secondsField(f, "Seconds", 0);
      return { type, name, seconds, timestamp, ...leaving(f, INPUT), next: nextOrEnd(f) };
    }
    case "Choice":
      return compileChoice(name, f);
    case "Task":
      return compileTask(name, f);
    case "Parallel": {
      const branches = list(state.Branches);
      if (branches.length === 0)
        f.refuse(SCHEMA, "The field 'Branches' should be an array with at least one branch", at);
      const starts = branches.map((branch, i) => innerScope(branch, `${at}/Branches[${i}]`, [], variables, c));
      return {
        type,
        name,
        arguments: f.template(state, "Arguments", INPUT),
        branches: starts,
        ...recovering(f),
        ...leaving(f, RESULT),
        next: nextOrEnd(f),
      };
    }
    case "Map": {
      if (state.ItemProcessor === undefined) f.refuse(SCHEMA, "These fields are required: [ItemProcessor]", at);
      const items = f.template(state, "Items", INPUT);
      if (items?.kind === "object" || (items?.kind === "constant" && !isJsonArray(items.value))) {
        f.refuse(SCHEMA, "The field 'Items' should be an array or a JSONata expression", `${at}/Items`);
      }
      return {
        type,
        name,
        items,
        itemSelector: f.template(state, "ItemSelector", INPUT),
        maxConcurrency: secondsField(f, "MaxConcurrency", 0),
        tolerated: {
          count: secondsField(f, "ToleratedFailureCount", 0),
          percentage: percentageField(f, "ToleratedFailurePercentage"),
        },
        startAt: innerScope(state.ItemProcessor ?? null, `${at}/ItemProcessor`, ["ProcessorConfig"], variables, c),
        ...recovering(f),
        ...leaving(f, RESULT),
        next: nextOrEnd(f),
      };
    }
  }
}

/** Stands in for an integration that was refused, so that the rest of the state is checked too. */
const NO_INTEGRATION: Integration = {
  call: "",
  isFunction: false,
  pattern: "request",
  resource: "",
  resourceType: "",
  required: [],
  optional: undefined,
};

function compileTask(name: string, f: Fields): TaskState {
  const { state, at } = f;
  const resource = state.Resource;
  if (resource === undefined) f.refuse(SCHEMA, "These fields are required: [Resource]", at);
  const found = typeof resource === "string" ? integrationFor(resource) : "The field 'Resource' should be a string";
  if (typeof found === "string" && resource !== undefined) f.refuse(SCHEMA, found, `${at}/Resource`);
  const integration = typeof found === "string" ? NO_INTEGRATION : found;
  checkArguments(f, integration);
  const credentials = state.Credentials;
  if (credentials !== undefined) {
    if (isJsonObject(credentials)) onlyFields(credentials, ["RoleArn"], `${at}/Credentials`, f.refuse);
    if (!isJsonObject(credentials) || typeof credentials.RoleArn !== "string") {
      f.refuse(SCHEMA, "The field 'Credentials' should be an object with a 'RoleArn'", `${at}/Credentials`);
    }
  }
  const timeoutSeconds = secondsField(f, "TimeoutSeconds", 1);
  const heartbeatSeconds = secondsField(f, "HeartbeatSeconds", 1);
  if (timeoutSeconds?.kind === "constant" && heartbeatSeconds?.kind === "constant") {
    if (Number(heartbeatSeconds.value) >= Number(timeoutSeconds.value)) {
      f.refuse(SCHEMA, "HeartbeatSeconds must be smaller than TimeoutSeconds", `${at}/HeartbeatSeconds`);
    }
  }
  return {
    type: "Task",
    name,
    integration,
    arguments: f.template(state, "Arguments", INPUT),
    timeoutSeconds,
    heartbeatSeconds,
    roleArn: isJsonObject(credentials) ? f.template(credentials, "RoleArn", INPUT, "Credentials/") : undefined,
    ...recovering(f),
    ...leaving(f, RESULT),
    next: nextOrEnd(f),
  };
}

function checkArguments({ state, at, refuse }: Fields, { isFunction, required, optional, call }: Integration): void {
  const args = state.Arguments;
  if (isFunction) return;
  if (args === undefined) {
    if (required.length > 0) refuse(SCHEMA, "These fields are required: [Arguments]", at);
    return;
  }
  if (!isJsonObject(args)) return;
  if (optional !== undefined) onlyFields(args, optional, `${at}/Arguments`, refuse);
  const missing = required.filter((field) => args[field] === undefined);
  if (missing.length > 0) refuse(SCHEMA, `These fields are required: [${missing.join(", ")}]`, `${at}/Arguments`);
  if (call === "lambda:invoke" && args.FunctionName !== undefined && typeof args.FunctionName !== "string") {
    refuse(SCHEMA, "The field 'FunctionName' should be a string", `${at}/Arguments/FunctionName`);
  }
}

function compileChoice(name: string, f: Fields): ChoiceState {
  const { state, at } = f;
  const rules = list(state.Choices);
  if (rules.length === 0) f.refuse(SCHEMA, "The field 'Choices' should be an array with at least one rule", at);
  const choices: ChoiceRule[] = [];
  for (const [i, rule] of rules.entries()) {
    const location = `${at}/Choices[${i}]`;
    if (!isJsonObject(rule)) {
      f.refuse(SCHEMA, "A choice rule should be an object", location);
      continue;
    }
    onlyFields(rule, ["Condition", "Next", "Assign", "Output", "Comment"], location, f.refuse);
    const condition = f.template(rule, "Condition", INPUT, `Choices[${i}]/`);
    const isBoolean = condition?.kind === "constant" && typeof condition.value === "boolean";
    if (condition?.kind !== "expression" && !isBoolean) {
      f.refuse(SCHEMA, "The field 'Condition' should be a boolean or a JSONata expression", `${location}/Condition`);
      continue;
    }
    choices.push({
      condition,
      ...leaving(f, INPUT, rule, `Choices[${i}]/`),
      next: f.target(rule, "Next", location),
    });
  }
  const hasDefault = state.Default !== undefined;
  const next = hasDefault ? f.target(state, "Default", at) : null;
  return { type: "Choice", name, choices, hasDefault, ...leaving(f, INPUT), next };
}

/** The states of a branch or an inline item processor. */
function innerScope(
  scope: Json,
  at: string,
  moreFields: readonly string[],
  variables: ReadonlySet<string>,
  c: Compiling,
): string {
  if (!isJsonObject(scope)) {
    if (scope !== null) c.refuse(SCHEMA, "StartAt and States are needed here", at);
    return "";
  }
  onlyFields(scope, ["StartAt", "States", "Comment", ...moreFields], at, c.refuse);
  const config = scope.ProcessorConfig;
  if (isJsonObject(config)) {
    onlyFields(config, ["Mode"], `${at}/ProcessorConfig`, c.refuse);
    if (config.Mode !== undefined && config.Mode !== "INLINE") {
      c.refuse(SCHEMA, "Only Mode 'INLINE' is supported, no Distributed Map", `${at}/ProcessorConfig/Mode`);
    }
  } else if (config !== undefined) {
    c.refuse(SCHEMA, "The field 'ProcessorConfig' should be an object", `${at}/ProcessorConfig`);
  }
  return compileScope(scope, at, variables, c) ?? "";
}
