/** The fields of a Task: what it calls, with which arguments, and for how long it waits. */
import { type Fields, INPUT, LONGEST_SECONDS, leaving, nextOrEnd, numberField, RESULT } from "./field-readers.ts";
import { type Integration, integrationFor } from "./integrations.ts";
import { isJsonObject } from "./json.ts";
import { onlyFields } from "./known-fields.ts";
import type { TaskState } from "./machine.ts";
import { recovering } from "./recovery-fields.ts";
import { expectedType, required, requiredButMissing, SCHEMA } from "./refusals.ts";

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

export function taskFields(name: string, f: Fields): TaskState {
  const integration = integrationOf(f);
  checkArguments(f, integration);
  const timeoutSeconds = numberField(f, "TimeoutSeconds", 1, LONGEST_SECONDS);
  const heartbeatSeconds = numberField(f, "HeartbeatSeconds", 1, LONGEST_SECONDS);
  if (timeoutSeconds?.kind === "constant" && heartbeatSeconds?.kind === "constant") {
    if (Number(heartbeatSeconds.value) >= Number(timeoutSeconds.value)) {
      f.refuse(SCHEMA, "HeartbeatSeconds must be smaller than TimeoutSeconds", `${f.at}/HeartbeatSeconds`);
    }
  }
  return {
    type: "Task",
    name,
    integration,
    arguments: f.template(f.state, "Arguments", INPUT),
    timeoutSeconds,
    heartbeatSeconds,
    roleArn: roleArnOf(f),
    ...recovering(f),
    ...leaving(f, RESULT),
    next: nextOrEnd(f),
  };
}

function integrationOf({ state, at, refuse }: Fields): Integration {
  const { Resource: resource } = state;
  if (resource === undefined) refuse(SCHEMA, required("Resource"), at);
  else if (typeof resource !== "string") refuse(SCHEMA, expectedType("STRING"), `${at}/Resource`);
  if (typeof resource !== "string") return NO_INTEGRATION;
  const found = integrationFor(resource);
  if (typeof found !== "string") return found;
  refuse(SCHEMA, found, `${at}/Resource`);
  return NO_INTEGRATION;
}

function checkArguments({ state, at, refuse }: Fields, { isFunction, required, optional, call }: Integration): void {
  const { Arguments: args, Resource: resource } = state;
  if (isFunction) return;
  if (args === undefined) {
    const message = `Arguments field is required for resource ARN: ${resource}`;
    if (required.length > 0) refuse(SCHEMA, message, `${at}/Resource`);
    return;
  }
  if (!isJsonObject(args)) return;
  const unknown = Object.keys(args).filter((field) => optional?.includes(field) === false);
  for (const field of unknown) {
    refuse(SCHEMA, `The field '${field}' is not supported by Step Functions`, `${at}/Arguments`);
  }
  const missing = required.filter((field) => args[field] === undefined);
  for (const field of missing) refuse(SCHEMA, requiredButMissing(field), `${at}/Arguments`);
  if (call === "lambda:invoke" && args.FunctionName !== undefined && typeof args.FunctionName !== "string") {
    refuse(SCHEMA, expectedType("STRING"), `${at}/Arguments/FunctionName`);
  }
}

function roleArnOf(f: Fields): TaskState["roleArn"] {
  const { Credentials: credentials } = f.state;
  if (credentials === undefined) return undefined;
  const at = `${f.at}/Credentials`;
  if (!isJsonObject(credentials)) {
    f.refuse(SCHEMA, expectedType("OBJECT"), at);
    return undefined;
  }
  onlyFields(credentials, ["RoleArn"], at, f.refuse);
  if (credentials.RoleArn === undefined) f.refuse(SCHEMA, requiredButMissing("RoleArn"), at);
  else if (typeof credentials.RoleArn !== "string") f.refuse(SCHEMA, expectedType("STRING"), `${at}/RoleArn`);
  return f.template(credentials, "RoleArn", INPUT, "Credentials/");
}
