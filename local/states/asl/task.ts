/**
 * Task: calls a function or a service; with `.waitForTaskToken` it then waits for whoever holds the token, with `.sync`
 * for the end of the execution it started. The call itself is made outside; until its result is recorded it is made
 * again after a crash, with the same token and the same name for what it starts.
 */

import { bindingsFor } from "./context.ts";
import { invocationOf, type Thread } from "./execution.ts";
import { EvaluationError, wrongType } from "./expression.ts";
import type { HistoryEventType } from "./history.ts";
import { causeOf, isCallable, resultOf } from "./integrations.ts";
import { isJsonObject, type Json } from "./json.ts";
import type { TaskState } from "./machine.ts";
import { failState } from "./recovery.ts";
import { taskToken } from "./token.ts";
import {
  evaluateOptional,
  evaluateWhole,
  exceeds,
  type Failure,
  leave,
  reasonOf,
  type Transition,
  tooLarge,
} from "./transition.ts";

/** What came back from a call: its JSON reply, or the error's name and the cause as the service words it. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: Json }
  | { readonly ok: false; readonly error: string; readonly cause: string };

export async function attemptTask(t: Transition, thread: Thread, state: TaskState): Promise<void> {
  const { integration } = state;
  const token = integration.pattern === "waitForTaskToken" ? taskToken(t.identity.id, t.chance.nonce()) : null;
  const bindings = bindingsFor(t, thread, token === null ? {} : { token });
  const args = (await evaluateOptional(state.arguments, () => bindings)) ?? thread.input;
  if (!integration.isFunction) checkArguments(state, args);
  const timeoutSeconds = await evaluateWhole(state.timeoutSeconds, () => bindings, 1);
  const heartbeatSeconds = await evaluateWhole(state.heartbeatSeconds, () => bindings, 1);
  const roleArn = await evaluateOptional(state.roleArn, () => bindings);

  const parameters = JSON.stringify(args);
  if (exceeds(parameters)) {
    await failState(t, thread, { ...tooLarge(`The state '${state.name}'`), isFinal: false });
    return;
  }
  const scheduledId = t.emit(eventType(state, "Scheduled"), thread.lastId, {
    ...(integration.isFunction
      ? { input: parameters, resource: integration.resource }
      : { parameters, region: t.identity.region, ...resourceOf(state) }),
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && !integration.isFunction && { heartbeatInSeconds: heartbeatSeconds }),
    ...(roleArn !== undefined && { taskCredentials: { roleArn } }),
  });
  const startedId = integration.isFunction
    ? t.emit("LambdaFunctionStarted", scheduledId)
    : t.emit("TaskStarted", scheduledId, resourceOf(state));
  const begun: Thread = {
    ...thread,
    lastId: startedId,
    phase: {
      type: "task",
      scheduledId,
      ...(integration.call !== "lambda:invoke" && { call: integration.call }),
      ...(integration.call === "states:startExecution" && { childName: t.chance.uuid() }),
      arguments: args,
      token,
      submitted: false,
      timeoutAtMs: timeoutSeconds === undefined ? null : t.nowMs + timeoutSeconds * 1000,
      heartbeatAtMs: heartbeatSeconds === undefined ? null : t.nowMs + heartbeatSeconds * 1000,
      heartbeatSeconds: heartbeatSeconds ?? null,
    },
  };
  t.put(begun);
  const invocation = invocationOf(begun);
  if (invocation !== null) t.invocations.push(invocation);
}

function resourceOf({ integration }: TaskState): { resource: string; resourceType: string } | undefined {
  const { isFunction, resource, resourceType } = integration;
  return isFunction ? undefined : { resource, resourceType };
}

function eventType(
  { integration }: TaskState,
  what: "Scheduled" | "Succeeded" | "Failed" | "TimedOut",
): HistoryEventType {
  return integration.isFunction ? `LambdaFunction${what}` : `Task${what}`;
}

function checkArguments(state: TaskState, value: Json): void {
  const { integration, arguments: template } = state;
  if (!isCallable(value, integration)) {
    const [field = "fields"] = isJsonObject(value)
      ? integration.required.filter((name) => value[name] === undefined)
      : integration.required;
    throw template === undefined
      ? new EvaluationError(`The field '${field}' is required but was missing`, "Arguments")
      : wrongType(template, `object with a ${field}`, value);
  }
  const unknown = Object.keys(value).find((name) => integration.optional?.includes(name) === false);
  if (unknown !== undefined) throw new EvaluationError(`The field '${unknown}' is not supported`, "Arguments");
  if (integration.call === "lambda:invoke" && template && typeof value.FunctionName !== "string") {
    throw wrongType(template, "object with a FunctionName", value);
  }
}

/** The service answered. */
export async function invoked(
  t: Transition,
  thread: Thread,
  state: TaskState,
  result: InvocationResult,
): Promise<void> {
  if (thread.phase.type !== "task") return;
  const { integration } = state;
  if (!result.ok) {
    await failTask(t, thread, state, { error: result.error, cause: causeOf(integration, result.cause) });
    return;
  }
  const reply = resultOf(integration.call, result.payload);
  if (integration.pattern === "request") {
    await succeedTask(t, thread, state, reply);
    return;
  }
  const submittedId = t.emit("TaskSubmitted", thread.lastId, {
    output: JSON.stringify(reply),
    ...resourceOf(state),
  });
  const isAwaited = integration.pattern.startsWith("sync") && isJsonObject(reply);
  const child = isAwaited && typeof reply.ExecutionArn === "string" ? reply.ExecutionArn : undefined;
  t.put({
    ...thread,
    lastId: submittedId,
    phase: { ...thread.phase, arguments: null, submitted: true, ...(child !== undefined && { child }) },
  });
}

/** The execution that a `.sync` Task started has ended; `description` is what DescribeExecution says of it. */
export async function childEnded(t: Transition, thread: Thread, state: TaskState, description: Json): Promise<void> {
  if (!isJsonObject(description) || description.Status !== "SUCCEEDED") {
    await failTask(t, thread, state, { error: "States.TaskFailed", cause: JSON.stringify(description) });
    return;
  }
  const isParsed = state.integration.pattern === "sync:2";
  await succeedTask(t, thread, state, isParsed ? { ...description, ...parsed(description) } : description);
}

function parsed(description: { readonly [key: string]: Json }): { [key: string]: Json } {
  const texts = Object.entries(description).filter(([key]) => key === "Input" || key === "Output");
  return Object.fromEntries(texts.map(([key, text]) => [key, JSON.parse(String(text)) as Json]));
}

export async function succeedTask(t: Transition, thread: Thread, state: TaskState, result: Json): Promise<void> {
  const output = JSON.stringify(result);
  if (exceeds(output)) {
    const { isFunction, resource, resourceType } = state.integration;
    const what = `The state/task '${isFunction ? resource : resourceType}'`;
    await failTask(t, thread, state, { ...tooLarge(what), isFinal: false });
    return;
  }
  const lastId = t.emit(eventType(state, "Succeeded"), thread.lastId, {
    output,
    ...resourceOf(state),
  });
  const succeeded = { ...thread, lastId };
  t.put(succeeded);
  await leave(t, succeeded, {
    ...state,
    otherwise: result,
    bindings: () => bindingsFor(t, succeeded, { result }),
    after: lastId,
  });
}

export async function failTask(t: Transition, thread: Thread, state: TaskState, failure: Failure): Promise<void> {
  const lastId = t.emit(eventType(state, "Failed"), thread.lastId, { ...reasonOf(failure), ...resourceOf(state) });
  await failState(t, { ...thread, lastId }, failure);
}

/** No result in TimeoutSeconds, or no heartbeat in HeartbeatSeconds: both show as States.Timeout. */
export async function timeOutTask(t: Transition, thread: Thread, state: TaskState): Promise<void> {
  const { phase } = thread;
  if (phase.type !== "task") return;
  const isHeartbeat = phase.timeoutAtMs === null || phase.timeoutAtMs > t.nowMs;
  const lastId = t.emit(eventType(state, "TimedOut"), thread.lastId, { error: "States.Timeout", ...resourceOf(state) });
  await failState(t, { ...thread, lastId }, { error: "States.Timeout", cause: null, isHeartbeat });
}

/** Whoever holds the token is still at it. Not in the history. */
export function heartbeat(t: Transition, thread: Thread): void {
  const { phase } = thread;
  if (phase.type !== "task" || phase.heartbeatSeconds === null) return;
  t.put({ ...thread, phase: { ...phase, heartbeatAtMs: t.nowMs + phase.heartbeatSeconds * 1000 } });
}
