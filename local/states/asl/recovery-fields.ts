/** Retry and Catch of a state. */
import { ERROR_OUTPUT, type Fields, LONGEST_SECONDS, leaving, list } from "./field-readers.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "./json.ts";
import { onlyFields } from "./known-fields.ts";
import type { Catcher, Recovering, Retrier } from "./machine.ts";
import { CANNOT_BE_EMPTY, expectedType, numberRefusal, oneOfValues, required, SCHEMA } from "./refusals.ts";

/** Error names of the language; any other beginning with "States." is refused. */
const STATES_ERRORS = new Set(
  [
    ...["ALL", "HeartbeatTimeout", "Timeout", "TaskFailed", "Permissions", "ResultPathMatchFailure"],
    ...["ParameterPathFailure", "QueryEvaluationError", "BranchFailed", "NoChoiceMatched", "IntrinsicFailure"],
    ...["ExceedToleratedFailureThreshold", "ItemReaderFailed", "ResultWriterFailed", "Runtime", "DataLimitExceeded"],
  ].map((name) => `States.${name}`),
);

export function recovering(f: Fields): Recovering {
  return { retry: entries(f, "Retry").map(retrier(f)), catch: entries(f, "Catch").map(catcher(f)) };
}

function entries(f: Fields, field: "Retry" | "Catch"): JsonObject[] {
  const value = f.state[field];
  if (value === undefined) return [];
  if (!isJsonArray(value)) {
    f.refuse(SCHEMA, expectedType("ARRAY"), `${f.at}/${field}`);
    return [];
  }
  for (const [i, entry] of value.entries()) {
    const at = `${f.at}/${field}[${i}]`;
    if (isJsonObject(entry)) errorNames(f, entry, at, i === value.length - 1);
    else f.refuse(SCHEMA, expectedType("OBJECT"), at);
  }
  return value.filter(isJsonObject);
}

function errorNames(f: Fields, entry: JsonObject, at: string, isLast: boolean): void {
  const { ErrorEquals: names } = entry;
  const location = `${at}/ErrorEquals`;
  if (names === undefined) f.refuse(SCHEMA, required("ErrorEquals"), at);
  else if (!isJsonArray(names)) f.refuse(SCHEMA, expectedType("ARRAY"), location);
  else if (names.length === 0) f.refuse(SCHEMA, CANNOT_BE_EMPTY, location);
  for (const [i, name] of list(names).entries()) {
    if (typeof name !== "string") f.refuse(SCHEMA, expectedType("STRING"), `${location}[${i}]`);
    else if (name.startsWith("States.") && !STATES_ERRORS.has(name)) {
      f.refuse(SCHEMA, `Unknown reserved error name: ${name}`, `${location}[${i}]`);
    } else if (name === "States.ALL" && (list(names).length > 1 || !isLast)) {
      f.refuse(SCHEMA, "States.ALL must appear alone and at end of list", `${location}[${i}]`);
    }
  }
}

const names = (entry: JsonObject) => list(entry.ErrorEquals).map(String);

const RETRIER_FIELDS = "ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment";

function retrier(f: Fields): (entry: JsonObject, i: number) => Retrier {
  return (entry, i) => {
    const at = `${f.at}/Retry[${i}]`;
    onlyFields(entry, RETRIER_FIELDS.split(" "), at, f.refuse);
    const number = (field: string, fallback: number, least: number, most?: number, isWhole = true): number => {
      const { [field]: value = fallback } = entry;
      const problem = numberRefusal(value, { least, isWhole, ...(most !== undefined && { most }) });
      if (problem !== undefined) f.refuse(SCHEMA, problem, `${at}/${field}`);
      return typeof value === "number" ? value : fallback;
    };
    const intervalSeconds = number("IntervalSeconds", 1, 0, LONGEST_SECONDS);
    const maxDelaySeconds =
      entry.MaxDelaySeconds === undefined ? undefined : number("MaxDelaySeconds", 1, 1, 31_622_400);
    if (maxDelaySeconds !== undefined && maxDelaySeconds <= intervalSeconds) {
      f.refuse(SCHEMA, "MaxDelaySeconds must be greater than IntervalSeconds", `${at}/MaxDelaySeconds`);
    }
    const jitter = entry.JitterStrategy ?? "NONE";
    if (jitter !== "NONE" && jitter !== "FULL") {
      f.refuse(SCHEMA, oneOfValues("NONE", "FULL"), `${at}/JitterStrategy`);
    }
    return {
      errorEquals: names(entry),
      intervalSeconds,
      maxAttempts: number("MaxAttempts", 3, 0, LONGEST_SECONDS),
      backoffRate: number("BackoffRate", 2, 1, undefined, false),
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
