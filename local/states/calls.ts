/** The calls Tasks make: functions through one port, other services by the name of their action. */
import type { Invocation } from "./asl/execution.ts";
import { asJson, copyOf, isJsonObject, type Json, type JsonObject } from "./asl/json.ts";
import type { InvocationResult } from "./asl/task.ts";

/** Calls a function. See `StatesOptions.invoke`. */
export type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

/**
 * Actions beside functions and states:startExecution, by `service:action` ("sqs:sendMessage"). The answer is the
 * Task's result; a thrown error fails the Task with its name as the error and its message as the cause.
 */
export type Services = Readonly<Record<string, (args: JsonObject) => Promise<unknown>>>;

/** A failure whose texts are the Task's error and cause as they are: from a function elsewhere, or a service. */
export class TaskFailure extends Error {
  override name = "TaskFailure" as const;
  readonly error: string;
  readonly causeText: string;
  constructor(error: string, causeText: string) {
    super(`${error}: ${causeText}`);
    this.error = error;
    this.causeText = causeText;
  }
}

export function createCaller(ports: {
  readonly invoke: Invoke;
  readonly services: Services;
  /** Starts an execution as states:startExecution does. */
  readonly startExecution: (args: JsonObject, name: string) => Promise<Json>;
}): (invocation: Invocation) => Promise<InvocationResult> {
  async function made({ call, arguments: args, childName }: Invocation): Promise<unknown> {
    if (call.startsWith("arn:")) return ports.invoke(functionNameOf(call), copyOf(args));
    if (!isJsonObject(args)) throw new TypeError(`${call} takes an object`);
    if (call === "lambda:invoke") {
      // As AWS does, a function without a payload gets an empty object. It gets a copy, and we keep one: what either
      // side does to its own is its own affair.
      return ports.invoke(functionNameOf(String(args.FunctionName)), copyOf(args.Payload ?? {}));
    }
    if (call === "states:startExecution") return ports.startExecution(args, childName ?? "");
    const service = Object.hasOwn(ports.services, call) ? ports.services[call] : undefined;
    if (service === undefined) throw new TaskFailure("States.Runtime", `Nothing here answers for ${call}.`);
    return service(args);
  }

  return async (invocation) => {
    try {
      const reply = asJson((await made(invocation)) ?? null);
      if (reply === undefined) throw new TypeError(`${invocation.call} returned something JSON cannot carry`);
      return { ok: true, payload: reply };
    } catch (error) {
      return { ok: false, ...failureOf(error) };
    }
  };
}

/** The name in "name", "name:qualifier" or a function's ARN. */
function functionNameOf(name: string): string {
  return name.startsWith("arn:") ? (name.split(":")[6] ?? name) : name;
}

const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

/** As the Lambda runtime for Node reports a thrown error. */
function failureOf(thrown: unknown): { error: string; cause: string } {
  if (thrown instanceof TaskFailure) {
    return { error: thrown.error.slice(0, LONGEST_ERROR), cause: thrown.causeText.slice(0, LONGEST_CAUSE) };
  }
  const isError = thrown instanceof Error;
  const errorType = isError ? thrown.name : typeof thrown;
  const errorMessage = isError ? thrown.message : String(thrown);
  const trace = isError ? (thrown.stack ?? "").split("\n") : [];
  return {
    error: errorType.slice(0, LONGEST_ERROR),
    cause: JSON.stringify({ errorType, errorMessage, trace }).slice(0, LONGEST_CAUSE),
  };
}
