/**
 * What a Task can call: one row per action. A resource is `arn:aws:states:::service:action` with a pattern behind it
 * (`.waitForTaskToken`, `.sync:2`), or the ARN of a function.
 */
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** How a Task goes on after the service has replied: with the reply, a token's answer, or the end of what was started. */
export type Pattern = "request" | "waitForTaskToken" | "sync" | "sync:2";

interface Action {
  readonly patterns: readonly Pattern[];
  readonly required: readonly string[];
  /** The other arguments; undefined: the service itself says what it takes. */
  readonly optional?: readonly string[];
}

const REQUEST: readonly Pattern[] = ["request"];
const REQUEST_OR_TOKEN: readonly Pattern[] = ["request", "waitForTaskToken"];

const ACTIONS: Readonly<Record<string, Action>> = {
  "lambda:invoke": {
    patterns: REQUEST_OR_TOKEN,
    required: ["FunctionName"],
    optional: ["Payload"],
  },
  "states:startExecution": {
    patterns: ["request", "waitForTaskToken", "sync", "sync:2"],
    required: ["StateMachineArn"],
    optional: ["Input", "Name"],
  },
  "events:putEvents": { patterns: REQUEST_OR_TOKEN, required: ["Entries"], optional: ["EndpointId"] },
  "dynamodb:getItem": { patterns: REQUEST, required: ["TableName", "Key"] },
  "dynamodb:putItem": { patterns: REQUEST, required: ["TableName", "Item"] },
  "dynamodb:updateItem": { patterns: REQUEST, required: ["TableName", "Key"] },
  "dynamodb:deleteItem": { patterns: REQUEST, required: ["TableName", "Key"] },
  "sqs:sendMessage": {
    patterns: REQUEST_OR_TOKEN,
    required: ["QueueUrl", "MessageBody"],
    optional: [
      "DelaySeconds",
      "MessageAttributes",
      "MessageSystemAttributes",
      "MessageDeduplicationId",
      "MessageGroupId",
    ],
  },
};

export interface Integration {
  /** `service:action`, or the ARN of a function that is called without an integration around it. */
  readonly call: string;
  readonly isFunction: boolean;
  readonly pattern: Pattern;
  /** As the history names it: "invoke.waitForTaskToken" of "lambda". */
  readonly resource: string;
  readonly resourceType: string;
  readonly required: readonly string[];
  readonly optional: readonly string[] | undefined;
}

const FUNCTION_ARN = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const SERVICE_ARN = /^arn:aws[a-z-]*:states:[a-z0-9-]*:(?:\d{12})?:([^.]+?)(?:\.(waitForTaskToken|sync|sync:2))?$/;

/** The integration a Resource names, or the reason why there is none. */
export function integrationFor(resource: string): Integration | string {
  if (FUNCTION_ARN.test(resource)) {
    return {
      call: resource,
      isFunction: true,
      pattern: "request",
      resource,
      resourceType: "lambda",
      required: [],
      optional: undefined,
    };
  }
  const [, name = "", suffix] = SERVICE_ARN.exec(resource) ?? [];
  const pattern = PATTERNS.find((known) => known === suffix) ?? "request";
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action?.patterns.includes(pattern)) {
    const [service = "", verb = ""] = name.split(":");
    return {
      call: name,
      isFunction: false,
      pattern,
      resource: suffix === undefined ? verb : `${verb}.${suffix}`,
      resourceType: service === "states" ? "states" : service,
      required: action.required,
      optional: action.optional && [...action.required, ...action.optional],
    };
  }
  if (!resource.startsWith("arn:")) return "Value is not a valid resource ARN";
  if (resource.includes(":activity:")) return `Activities are not supported: ${resource}`;
  if (action !== undefined) {
    return `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
  }
  const known = Object.keys(ACTIONS).map((call) => `arn:aws:states:::${call}`);
  return `The resource ${resource} is not supported; these are: [the ARN of a function, ${known.join(", ")}]`;
}

const PATTERNS: readonly Pattern[] = ["waitForTaskToken", "sync", "sync:2"];

/** What the Task makes of the service's reply. */
export function resultOf(call: string, reply: Json): Json {
  return call === "lambda:invoke" ? { ExecutedVersion: "$LATEST", Payload: reply, StatusCode: 200 } : reply;
}

/** The function's error text, which `lambda:invoke` passes on as compact JSON and a function's own ARN as it came. */
export function causeOf({ isFunction }: Pick<Integration, "isFunction">, cause: string): string {
  if (isFunction) return cause;
  try {
    return JSON.stringify(JSON.parse(cause));
  } catch {
    return cause;
  }
}

/** The arguments in the shape the service takes. */
export function isCallable(value: Json, { required }: Integration): value is JsonObject {
  return isJsonObject(value) && required.every((field) => value[field] !== undefined);
}
