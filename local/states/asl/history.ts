/** History events with the names and detail shapes of GetExecutionHistory. */

import type { Json } from "./json.ts";
import type { State } from "./machine.ts";

export type HistoryEventType =
  | "ExecutionStarted"
  | "ExecutionSucceeded"
  | "ExecutionFailed"
  | "ExecutionTimedOut"
  | "ExecutionAborted"
  | `${State["type"]}StateEntered`
  | `${Exclude<State["type"], "Fail">}StateExited`
  | "ExecutionRedriven"
  | `LambdaFunction${"Scheduled" | "Started" | "Succeeded" | "Failed" | "TimedOut"}`
  | "TaskScheduled"
  | "TaskStarted"
  | "TaskSubmitted"
  | "TaskSucceeded"
  | "TaskFailed"
  | "TaskTimedOut"
  | "TaskStateAborted"
  | "WaitStateAborted"
  | `${"Map" | "Parallel"}State${"Started" | "Succeeded" | "Failed" | "Aborted"}`
  | `MapIteration${"Started" | "Succeeded" | "Failed" | "Aborted"}`
  | "EvaluationFailed";

/** `details` is what GetExecutionHistory shows under a key of its own, see `shownDetails`. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly details?: Readonly<Record<string, Json>>;
}

/** The details of an event as GetExecutionHistory shows them: under their key, and beside all data that it is whole. */
export function shownDetails({ type, details }: HistoryEvent): Record<string, Readonly<Record<string, Json>>> {
  if (details === undefined) return {};
  const whole = ["input", "output", "assignedVariables"]
    .filter((data) => details[data] !== undefined)
    .map((data) => [`${data}Details`, { truncated: false }] as const);
  return { [detailsKey(type)]: { ...details, ...Object.fromEntries(whole) } };
}

/** "taskScheduledEventDetails" for "TaskScheduled"; all `…StateEntered` and `…StateExited` share one key each. */
function detailsKey(type: HistoryEventType): string {
  if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
  if (type.endsWith("StateExited")) return "stateExitedEventDetails";
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
