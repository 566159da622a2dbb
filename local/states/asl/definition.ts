/**
 * A definition checked and compiled. Everything the interpreter would have to ignore or guess is refused here, by name,
 * in the shape of Step Functions' own validation errors; a compiled Machine holds only what the states can do.
 */
import { compileTemplate, type InvalidExpression, type StatesMember, type Template } from "./expression.ts";
import { type Integration, integrationFor } from "./integrations.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";

/** One reason why a definition is refused, with the field it is about ("/States/Open stage/Next"). */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly location: string;
}

/** The definition has errors; the message lists all of them as CreateStateMachine does. */
export class InvalidDefinition extends Error {
  override name = "InvalidDefinition" as const;
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    const list = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join(", ");
    super(`Invalid State Machine Definition: '${list}'`);
    this.diagnostics = diagnostics;
  }
}

/** A compiled state machine. State names are unique over all scopes. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  readonly timeoutSeconds: number | undefined;
}

export type State =
  | TaskState
  | ChoiceState
  | MapState
  | ParallelState
  | WaitState
  | PassState
  | SucceedState
  | FailState;

/** What a state, a choice rule or a catcher leaves behind. */
export interface Leaving {
  readonly assign: readonly (readonly [string, Template])[];
  readonly output: Template | undefined;
  /** The next state, or null at the end of the scope. */
  readonly next: string | null;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly fullJitter: boolean;
}

interface Catcher extends Leaving {
  readonly errorEquals: readonly string[];
}

interface Recovering {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends Leaving, Recovering {
  readonly type: "Task";
  readonly name: string;
  readonly integration: Integration;
  /** Without them the state's input is passed on. */
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
  /** Credentials: recorded, as there is nobody here to ask for them. */
  readonly roleArn: Template | undefined;
}

interface ChoiceRule extends Leaving {
  readonly condition: Template;
}

export interface ChoiceState extends Leaving {
  readonly type: "Choice";
  readonly name: string;
  readonly choices: readonly ChoiceRule[];
  /** Whether `next` is a Default; without one a state that no rule matches fails. */
  readonly hasDefault: boolean;
}

export interface MapState extends Leaving, Recovering {
  readonly type: "Map";
  readonly name: string;
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  /** Checked like Step Functions does, and without effect in an inline Map. */
  readonly tolerated: { readonly count: Template | undefined; readonly percentage: Template | undefined };
  readonly startAt: string;
}

export interface ParallelState extends Leaving, Recovering {
  readonly type: "Parallel";
  readonly name: string;
  readonly arguments: Template | undefined;
  /** The first state of each branch. */
  readonly branches: readonly string[];
}

export interface WaitState extends Leaving {
  readonly type: "Wait";
  readonly name: string;
  readonly seconds: Template | undefined;
  readonly timestamp: Template | undefined;
}

export interface PassState extends Leaving {
  readonly type: "Pass";
  readonly name: string;
}

export interface SucceedState extends Leaving {
  readonly type: "Succeed";
  readonly name: string;
}

export interface FailState {
  readonly type: "Fail";
  readonly name: string;
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

const MACHINE_FIELDS = ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"];
const COMMON = ["Type", "Comment", "QueryLanguage"];
const LEAVING = ["Output", "Assign", "Next", "End"];
const RECOVERING = ["Retry", "Catch"];

const TOLERATED = ["ToleratedFailureCount", "ToleratedFailurePercentage"];

const FIELDS: Readonly<Record<State["type"], readonly string[]>> = {
  Task: [
    ...COMMON,
    ...LEAVING,
    ...RECOVERING,
    "Resource",
    "Arguments",
    "TimeoutSeconds",
    "HeartbeatSeconds",
    "Credentials",
  ],
  Choice: [...COMMON, "Output", "Assign", "Choices", "Default"],
  Map: [...COMMON, ...LEAVING, ...RECOVERING, "Items", "ItemSelector", "ItemProcessor", "MaxConcurrency", ...TOLERATED],
  Parallel: [...COMMON, ...LEAVING, ...RECOVERING, "Branches", "Arguments"],
  Wait: [...COMMON, ...LEAVING, "Seconds", "Timestamp"],
  Pass: [...COMMON, ...LEAVING],
  Succeed: [...COMMON, "Output"],
  Fail: [...COMMON, "Error", "Cause"],
};

const JSONPATH_FIELDS = [
  "InputPath",
  "OutputPath",
  "ResultPath",
  "ResultSelector",
  "Parameters",
  "Result",
  "ItemsPath",
  "SecondsPath",
  "TimestampPath",
  "TimeoutSecondsPath",
  "HeartbeatSecondsPath",
  "MaxConcurrencyPath",
  "ErrorPath",
  "CausePath",
  "Iterator",
];

/** Error names of the language; any other beginning with "States." is refused. */
const STATES_ERRORS = new Set(
  [
    ...["ALL", "HeartbeatTimeout", "Timeout", "TaskFailed", "Permissions", "ResultPathMatchFailure"],
    ...["ParameterPathFailure", "QueryEvaluationError", "BranchFailed", "NoChoiceMatched", "IntrinsicFailure"],
    ...["ExceedToleratedFailureThreshold", "ItemReaderFailed", "ResultWriterFailed", "Runtime", "DataLimitExceeded"],
  ].map((name) => `States.${name}`),
);

const LONGEST_NAME = 80;
const LONGEST_SECONDS = 99_999_999;
const VARIABLE = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** @throws InvalidDefinition naming every field in question. */
export function compileMachine(definition: unknown): Machine {
  const diagnostics: Diagnostic[] = [];
  const machine = compile(definition, (code, message, location) => diagnostics.push({ code, message, location }));
  if (machine === undefined || diagnostics.length > 0) throw new InvalidDefinition(diagnostics);
  return machine;
}

type Refuse = (code: string, message: string, location: string) => void;
const SCHEMA = "SCHEMA_VALIDATION_FAILED";

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

/** The state under compilation, with readers that refuse by location. */
interface Fields {
  readonly state: JsonObject;
  readonly at: string;
  readonly refuse: Refuse;
  template(holder: JsonObject, field: string, members: readonly StatesMember[], prefix?: string): Template | undefined;
  target(holder: JsonObject, field: string, location: string): string | null;
}

const INPUT = ["input", "context"] as const;
const RESULT = ["input", "context", "result"] as const;
const ERROR_OUTPUT = ["input", "context", "errorOutput"] as const;

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

function leaving(
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

function nextOrEnd(f: Fields): string | null {
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

function recovering(f: Fields): Recovering {
  return { retry: entries(f, "Retry").map(retrier(f)), catch: entries(f, "Catch").map(catcher(f)) };
}

function entries(f: Fields, field: "Retry" | "Catch"): JsonObject[] {
  const value = f.state[field];
  if (value === undefined) return [];
  if (!isJsonArray(value) || !value.every(isJsonObject)) {
    f.refuse(SCHEMA, `The field '${field}' should be an array of objects`, `${f.at}/${field}`);
    return [];
  }
  for (const [i, entry] of value.entries()) errorNames(f, entry, `${f.at}/${field}[${i}]`, i === value.length - 1);
  return [...value];
}

function errorNames(f: Fields, entry: JsonObject, at: string, isLast: boolean): void {
  const names = entry.ErrorEquals;
  if (names === undefined || !isJsonArray(names) || names.length === 0) {
    f.refuse(SCHEMA, "These fields are required: [ErrorEquals]", at);
    return;
  }
  for (const name of names) {
    if (typeof name !== "string") f.refuse(SCHEMA, "Error names should be strings", `${at}/ErrorEquals`);
    else if (name.startsWith("States.") && !STATES_ERRORS.has(name)) {
      f.refuse(SCHEMA, `Unknown reserved error name: ${name}`, `${at}/ErrorEquals`);
    }
  }
  if (names.includes("States.ALL") && (names.length > 1 || !isLast)) {
    f.refuse(SCHEMA, "States.ALL must appear alone and in the last entry", `${at}/ErrorEquals`);
  }
}

const names = (entry: JsonObject) => list(entry.ErrorEquals).map(String);

const RETRIER_FIELDS = "ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment";

function retrier(f: Fields): (entry: JsonObject, i: number) => Retrier {
  return (entry, i) => {
    const at = `${f.at}/Retry[${i}]`;
    onlyFields(entry, RETRIER_FIELDS.split(" "), at, f.refuse);
    const number = (field: string, fallback: number, least: number, most: number, whole = true): number => {
      const value = entry[field];
      if (value === undefined) return fallback;
      if (typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value)))
        return value;
      f.refuse(
        SCHEMA,
        `The field '${field}' should be ${whole ? "an integer" : "a number"} from ${least} to ${most}`,
        `${at}/${field}`,
      );
      return fallback;
    };
    const intervalSeconds = number("IntervalSeconds", 1, 1, LONGEST_SECONDS);
    const maxDelaySeconds =
      entry.MaxDelaySeconds === undefined ? undefined : number("MaxDelaySeconds", 1, 1, 31_622_400);
    if (maxDelaySeconds !== undefined && maxDelaySeconds <= intervalSeconds) {
      f.refuse(SCHEMA, "MaxDelaySeconds must be greater than IntervalSeconds", `${at}/MaxDelaySeconds`);
    }
    const jitter = entry.JitterStrategy ?? "NONE";
    if (jitter !== "NONE" && jitter !== "FULL") {
      f.refuse(
        SCHEMA,
        "The field 'JitterStrategy' should have one of these values: [FULL, NONE]",
        `${at}/JitterStrategy`,
      );
    }
    return {
      errorEquals: names(entry),
      intervalSeconds,
      maxAttempts: number("MaxAttempts", 3, 0, LONGEST_SECONDS),
      backoffRate: number("BackoffRate", 2, 1, LONGEST_SECONDS, false),
      maxDelaySeconds,
      fullJitter: jitter === "FULL",
    };
  };
}

function catcher(f: Fields): (entry: JsonObject, i: number) => Catcher {
  return (entry, i) => {
    const at = `${f.at}/Catch[${i}]`;
    onlyFields(entry, ["ErrorEquals", "Next", "Assign", "Output", "Comment"], at, f.refuse);
    return {
      errorEquals: names(entry),
      ...leaving(f, ERROR_OUTPUT, entry, `Catch[${i}]/`),
      next: f.target(entry, "Next", at),
    };
  };
}

function textField(f: Fields, field: string): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  if (template.kind === "constant" && typeof template.value === "string") return template;
  f.refuse(SCHEMA, `The field '${field}' should be a string`, `${f.at}/${field}`);
  return undefined;
}

/** A whole number or an expression that yields one. */
function secondsField(f: Fields, field: string, least: number): Template | undefined {
  const template = f.template(f.state, field, INPUT);
  if (template === undefined || template.kind === "expression") return template;
  if (template.kind === "constant" && isWhole(template.value, least, LONGEST_SECONDS)) return template;
  const range = `an integer from ${least} to ${LONGEST_SECONDS}`;
  f.refuse(SCHEMA, `The field '${field}' should be ${range} or a JSONata expression`, `${f.at}/${field}`);
  return undefined;
}

function percentageField(f: Fields, field: string): Template | undefined {
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

function refuseJsonPath(state: JsonObject, at: string, c: Compiling): void {
  if (state.QueryLanguage === "JSONPath" && c.language === "JSONata") {
    const message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
    c.refuse(SCHEMA, message, at);
    return;
  }
  if ((state.QueryLanguage ?? c.language) !== "JSONata") {
    c.refuse(SCHEMA, "The QueryLanguage 'JSONPath' is not supported; set 'QueryLanguage' to 'JSONata'", at);
    return;
  }
  for (const field of JSONPATH_FIELDS) {
    if (state[field] === undefined) continue;
    const message = `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`;
    c.refuse(SCHEMA, message, at);
  }
}

function onlyFields(holder: JsonObject, known: readonly string[], at: string, refuse: Refuse): void {
  for (const field of Object.keys(holder)) {
    if (!known.includes(field))
      refuse(SCHEMA, `Field '${field}' is not supported`, at === "/" ? `/${field}` : `${at}/${field}`);
  }
}

/** The elements when the field is an array; what else it may be is refused elsewhere. */
function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}

function stateType(type: Json | undefined): State["type"] | undefined {
  return typeof type === "string" && Object.hasOwn(FIELDS, type) ? (type as State["type"]) : undefined;
}

function isWhole(value: Json, least: number, most: number): boolean {
  return isWithin(value, least, most) && Number.isInteger(value);
}

function isWithin(value: Json, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The instant in ms of an ISO-8601 date-time with an offset, as Wait takes it. */
export function parseTimestamp(value: Json): number | undefined {
  const [, day] = (typeof value === "string" && ISO_INSTANT.exec(value)) || [];
  if (day === undefined) return undefined;
  const startOfDayMs = Date.parse(`${day}T00:00:00Z`);
  // Date takes the 30th of February for the 2nd of March.
  if (Number.isNaN(startOfDayMs) || !new Date(startOfDayMs).toISOString().startsWith(day)) return undefined;
  const ms = Date.parse(String(value));
  return Number.isNaN(ms) ? undefined : ms;
}
