/**
 * Task: calls a function, and with `.waitForTaskToken` then waits for whoever holds the token. The call itself is made
 * outside; until its result is recorded it is made again after a crash, with the same token.
 */
import type { TaskState } from "./definition.ts";
import { invocationOf, type TaskArguments, type Thread } from "./execution.ts";
import { EvaluationError, evaluate, wrongType } from "./expression.ts";
import { isJsonObject, type Json } from "./json.ts";
import { failState } from "./recovery.ts";
import { taskToken } from "./token.ts";
import {
  bindingsFor,
  evaluateWhole,
  exceeds,
  type Failure,
  leave,
  reasonOf,
  type Transition,
  tooLarge,
} from "./transition.ts";

const RESOURCE_TYPE = "lambda";

/** What came back from a function: its JSON result, or the error's name and the cause as Lambda words it. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: Json }
  | { readonly ok: false; readonly error: string; readonly cause: string };

export async function attemptTask(t: Transition, thread: Thread, state: TaskState): Promise<void> {
  const token = state.waitsForToken ? taskToken(t.identity.id, t.chance.nonce()) : null;
  const bindings = bindingsFor(t, thread, token === null ? {} : { token });
  const args = taskArguments(state, await evaluate(state.arguments, bindings));
  const timeoutSeconds = await evaluateWhole(state.timeoutSeconds, () => bindings, 1);
  const heartbeatSeconds = await evaluateWhole(state.heartbeatSeconds, () => bindings, 1);

  const parameters = JSON.stringify(args);
  if (exceeds(parameters)) {
    await failState(t, thread, { ...tooLarge(`The state '${state.name}'`), isFinal: false });
    return;
  }
  const scheduledId = t.emit("TaskScheduled", thread.lastId, {
    parameters,
    region: t.identity.region,
    ...resourceOf(state),
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  });
  const startedId = t.emit("TaskStarted", scheduledId, resourceOf(state));
  const begun: Thread = {
    ...thread,
    lastId: startedId,
    phase: {
      type: "task",
      scheduledId,
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

function resourceOf(state: TaskState): { resource: string; resourceType: string } {
  return { resource: state.resource, resourceType: RESOURCE_TYPE };
}

function taskArguments(state: TaskState, value: Json): TaskArguments {
  if (isJsonObject(value) && typeof value.FunctionName === "string") {
    const { FunctionName, Payload, ...others } = value;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new EvaluationError(`The field '${unknown}' is not supported`, "Arguments");
    // Kept in the order of the definition: the history shows it.
    return { ...value, FunctionName, ...(Payload !== undefined && { Payload }) };
  }
  throw wrongType(state.arguments, "object with a FunctionName", value);
}

/** The function answered. */
export async function invoked(
  t: Transition,
  thread: Thread,
  state: TaskState,
  result: InvocationResult,
): Promise<void> {
  if (thread.phase.type !== "task") return;
  if (!result.ok) {
    await failTask(t, thread, state, { error: result.error, cause: result.cause });
    return;
  }
  const reply = { ExecutedVersion: "$LATEST", Payload: result.payload, StatusCode: 200 };
  if (!state.waitsForToken) {
    await succeedTask(t, thread, state, reply);
    return;
  }
  const submittedId = t.emit("TaskSubmitted", thread.lastId, {
    output: JSON.stringify(reply),
    outputDetails: { truncated: false },
    ...resourceOf(state),
  });
  t.put({ ...thread, lastId: submittedId, phase: { ...thread.phase, submitted: true } });
}

export async function succeedTask(t: Transition, thread: Thread, state: TaskState, result: Json): Promise<void> {
  const output = JSON.stringify(result);
  if (exceeds(output)) {
    await failTask(t, thread, state, { ...tooLarge(`The state/task '${RESOURCE_TYPE}'`), isFinal: false });
    return;
  }
  const lastId = t.emit("TaskSucceeded", thread.lastId, {
    output,
    outputDetails: { truncated: false },
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
  const lastId = t.emit("TaskFailed", thread.lastId, { ...reasonOf(failure), ...resourceOf(state) });
  await failState(t, { ...thread, lastId }, failure);
}

/** No result in TimeoutSeconds, or no heartbeat in HeartbeatSeconds: both show as States.Timeout. */
export async function timeOutTask(t: Transition, thread: Thread, state: TaskState): Promise<void> {
  const { phase } = thread;
  if (phase.type !== "task") return;
  const isHeartbeat = phase.timeoutAtMs === null || phase.timeoutAtMs > t.nowMs;
  const lastId = t.emit("TaskTimedOut", thread.lastId, { error: "States.Timeout", ...resourceOf(state) });
  await failState(t, { ...thread, lastId }, { error: "States.Timeout", cause: null, isHeartbeat });
}

/** Whoever holds the token is still at it. Not in the history. */
export function heartbeat(t: Transition, thread: Thread): void {
  const { phase } = thread;
  if (phase.type !== "task" || phase.heartbeatSeconds === null) return;
  t.put({ ...thread, phase: { ...phase, heartbeatAtMs: t.nowMs + phase.heartbeatSeconds * 1000 } });
}
