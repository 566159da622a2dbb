/** The fields of each type of state, checked and compiled. */
import { choiceFields } from "./choice-fields.ts";
import {
  type Fields,
  INPUT,
  LONGEST_SECONDS,
  leaving,
  list,
  nextOrEnd,
  numberField,
  RESULT,
  textField,
} from "./field-readers.ts";
import { isJsonArray, isJsonObject, type Json } from "./json.ts";
import { onlyFields } from "./known-fields.ts";
import type { MapState, ParallelState, State, WaitState } from "./machine.ts";
import { recovering } from "./recovery-fields.ts";
import { CANNOT_BE_EMPTY, expectedType, onlyOneField, required, SCHEMA } from "./refusals.ts";
import { taskFields } from "./task-fields.ts";
import { parseTimestamp } from "./timestamp.ts";

export function compileFields(type: State["type"], name: string, f: Fields): State {
  switch (type) {
    case "Pass":
      return { type, name, ...leaving(f, INPUT), next: nextOrEnd(f) };
    case "Succeed":
      return { type, name, ...leaving(f, INPUT), next: null };
    case "Fail":
      return { type, name, error: textField(f, "Error"), cause: textField(f, "Cause") };
    case "Wait":
      return waitFields(name, f);
    case "Choice":
      return choiceFields(name, f);
    case "Task":
      return taskFields(name, f);
    case "Parallel":
      return parallelFields(name, f);
    case "Map":
      return mapFields(name, f);
  }
}

function waitFields(name: string, f: Fields): WaitState {
  const given = ["Seconds", "Timestamp"].filter((field) => f.state[field] !== undefined);
  if (given.length !== 1) {
    f.refuse(SCHEMA, onlyOneField(given.length, "SecondsPath", "Seconds", "TimestampPath", "Timestamp"), f.at);
  }
  const timestamp = textField(f, "Timestamp");
  if (timestamp?.kind === "constant" && parseTimestamp(timestamp.value) === undefined) {
    f.refuse(SCHEMA, "String does not match RFC3339 timestamp", `${f.at}/Timestamp`);
  }
  const seconds = numberField(f, "Seconds", 0, LONGEST_SECONDS);
  return { type: "Wait", name, seconds, timestamp, ...leaving(f, INPUT), next: nextOrEnd(f) };
}

function parallelFields(name: string, f: Fields): ParallelState {
  const { Branches: branches } = f.state;
  if (branches === undefined) f.refuse(SCHEMA, required("Branches"), f.at);
  else if (list(branches).length === 0) {
    f.refuse(SCHEMA, isJsonArray(branches) ? CANNOT_BE_EMPTY : expectedType("ARRAY"), `${f.at}/Branches`);
  }
  return {
    type: "Parallel",
    name,
    arguments: f.template(f.state, "Arguments", INPUT),
    branches: list(branches).map((branch, i) => f.scope(branch, `Branches[${i}]`)),
    ...recovering(f),
    ...leaving(f, RESULT),
    next: nextOrEnd(f),
  };
}

function mapFields(name: string, f: Fields): MapState {
  const { ItemProcessor: processor } = f.state;
  const items = f.template(f.state, "Items", INPUT);
  if (items?.kind === "object" || (items?.kind === "constant" && !isJsonArray(items.value))) {
    f.refuse(SCHEMA, "The field 'Items' should be an array or a JSONata expression", `${f.at}/Items`);
  }
  if (processor === undefined) f.refuse(SCHEMA, required("ItemProcessor"), f.at);
  else checkProcessorConfig(f, processor);
  return {
    type: "Map",
    name,
    items,
    itemSelector: f.template(f.state, "ItemSelector", INPUT),
    maxConcurrency: numberField(f, "MaxConcurrency", 0),
    tolerated: {
      count: numberField(f, "ToleratedFailureCount", 0),
      percentage: numberField(f, "ToleratedFailurePercentage", 0, 100, false),
    },
    startAt: processor === undefined ? "" : f.scope(processor, "ItemProcessor", ["ProcessorConfig"]),
    ...recovering(f),
    ...leaving(f, RESULT),
    next: nextOrEnd(f),
  };
}

function checkProcessorConfig({ at, refuse }: Fields, processor: Json): void {
  const config = isJsonObject(processor) ? processor.ProcessorConfig : undefined;
  const location = `${at}/ItemProcessor/ProcessorConfig`;
  if (isJsonObject(config)) {
    onlyFields(config, ["Mode"], location, refuse);
    if (config.Mode !== undefined && config.Mode !== "INLINE") {
      refuse(SCHEMA, "Only Mode 'INLINE' is supported, no Distributed Map", `${location}/Mode`);
    }
  } else if (config !== undefined) refuse(SCHEMA, expectedType("OBJECT"), location);
}
