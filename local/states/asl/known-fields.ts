/** Which fields there are, by type of state; every other is refused, those of JSONPath with the reason. */
import type { Json, JsonObject } from "./json.ts";
import type { State } from "./machine.ts";
import { type Refuse, SCHEMA } from "./refusals.ts";

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

export function refuseJsonPath(
  state: JsonObject,
  at: string,
  { language, refuse }: { readonly language: Json; readonly refuse: Refuse },
): void {
  if (state.QueryLanguage === "JSONPath" && language === "JSONata") {
    const message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
    refuse(SCHEMA, message, at);
    return;
  }
  if ((state.QueryLanguage ?? language) !== "JSONata") {
    refuse(SCHEMA, "The QueryLanguage 'JSONPath' is not supported; set 'QueryLanguage' to 'JSONata'", at);
    return;
  }
  for (const field of JSONPATH_FIELDS) {
    if (state[field] === undefined) continue;
    const message = `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`;
    refuse(SCHEMA, message, at);
  }
}

export function onlyFields(holder: JsonObject, known: readonly string[], at: string, refuse: Refuse): void {
  for (const field of Object.keys(holder)) {
    if (!known.includes(field))
      refuse(SCHEMA, `Field '${field}' is not supported`, at === "/" ? `/${field}` : `${at}/${field}`);
  }
}

export function stateType(type: Json | undefined): State["type"] | undefined {
  return typeof type === "string" && Object.hasOwn(FIELDS, type) ? (type as State["type"]) : undefined;
}
