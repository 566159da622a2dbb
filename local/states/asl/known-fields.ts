/** Which fields there are, by type of state; every other is refused, those of JSONPath with the reason. */
import type { Json, JsonObject } from "./json.ts";
import type { State } from "./machine.ts";
import { expectedType, notSupported, oneOfValues, type Refuse, SCHEMA } from "./refusals.ts";

export const LANGUAGES = ["JSONPath", "JSONata"] as const;

export const MACHINE_FIELDS = ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"];
const COMMON = ["Type", "Comment", "QueryLanguage"];
const LEAVING = ["Output", "Assign", "Next", "End"];
const RECOVERING = ["Retry", "Catch"];

const TOLERATED = ["ToleratedFailureCount", "ToleratedFailurePercentage"];

export const FIELDS: Readonly<Record<State["type"], readonly string[]>> = {
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

export const JSONPATH_FIELDS = [
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

export function refuseLanguage(language: Json, at: string, refuse: Refuse): void {
  if (typeof language !== "string") refuse(SCHEMA, expectedType("STRING"), at);
  else if (!LANGUAGES.some((known) => known === language)) refuse(SCHEMA, oneOfValues(...LANGUAGES), at);
}

/**
 * Refuses a state in JSONPath, and fields of JSONPath in one that is not. A language nobody knows counts as JSONata, as it
 * does for Step Functions.
 */
export function refuseJsonPath(
  state: JsonObject,
  at: string,
  { isJsonPath, refuse }: { readonly isJsonPath: boolean; readonly refuse: Refuse },
): void {
  const { QueryLanguage: own } = state;
  if (own === "JSONPath" && !isJsonPath) {
    refuse(SCHEMA, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
    return;
  }
  if (own === undefined ? isJsonPath : own === "JSONPath") {
    refuse(SCHEMA, "The QueryLanguage 'JSONPath' is not supported; set 'QueryLanguage' to 'JSONata'", at);
    return;
  }
  refuseJsonPathFields(state, JSONPATH_FIELDS, at, refuse);
  if (own !== undefined) refuseLanguage(own, `${at}/QueryLanguage`, refuse);
}

export function refuseJsonPathFields(holder: JsonObject, fields: readonly string[], at: string, refuse: Refuse): void {
  for (const field of fields) {
    if (holder[field] === undefined) continue;
    const message = `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`;
    refuse(SCHEMA, message, at);
  }
}

export function onlyFields(holder: JsonObject, known: readonly string[], at: string, refuse: Refuse): void {
  for (const field of Object.keys(holder)) if (!known.includes(field)) refuse(SCHEMA, notSupported(field), at);
}

export const STATE_TYPES = Object.keys(FIELDS);

export function stateType(type: Json | undefined): State["type"] | undefined {
  return typeof type === "string" && Object.hasOwn(FIELDS, type) ? (type as State["type"]) : undefined;
}
