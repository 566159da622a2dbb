/** Retry and Catch of a state. */
import { ERROR_OUTPUT, type Fields, LONGEST_SECONDS, leaving, list } from "./field-readers.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "./json.ts";
import { onlyFields } from "./known-fields.ts";
import type { Catcher, Recovering, Retrier } from "./machine.ts";
import { SCHEMA } from "./refusals.ts";

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
