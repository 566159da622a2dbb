/** What expressions see: `$states` with the context object, the variables of the scopes around, and the functions. */
import type { Thread } from "./execution.ts";
import type { Bindings } from "./expression.ts";
import type { Json } from "./json.ts";
import { stateOf, type Transition } from "./transition.ts";

/** What a field of the thread's state may refer to. `result` and `errorOutput` exist only where they are passed. */
export function bindingsFor(
  t: Transition,
  thread: Thread,
  more: { result?: Json; errorOutput?: Json; token?: string; item?: { index: number; value: Json } } = {},
): Bindings {
  const { result, errorOutput } = more;
  return {
    ...t.functions,
    ...visibleVariables(t, thread),
    states: {
      input: thread.input,
      context: contextOf(t, thread, more),
      ...(result !== undefined && { result }),
      ...(errorOutput !== undefined && { errorOutput }),
    },
  };
}

function visibleVariables(t: Transition, thread: Thread): Readonly<Record<string, Json>> {
  const parent = thread.parent === null ? undefined : t.thread(thread.parent);
  return parent === undefined ? thread.variables : { ...visibleVariables(t, parent), ...thread.variables };
}

function contextOf(
  t: Transition,
  thread: Thread,
  more: { token?: string; item?: { index: number; value: Json } },
): Json {
  const { identity } = t;
  const type = stateOf(t, thread).type;
  const retries = type === "Task" || type === "Map" || type === "Parallel";
  const item = more.item ?? itemAround(t, thread);
  return {
    Execution: {
      Id: identity.executionArn,
      Input: identity.input,
      StartTime: isoTime(identity.startedAtMs),
      Name: identity.name,
      RoleArn: identity.roleArn,
      RedriveCount: t.redrive?.count ?? 0,
      ...(t.redrive !== null && { RedriveTime: isoTime(t.redrive.atMs) }),
    },
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
    State: {
      Name: thread.state,
      EnteredTime: isoTime(thread.enteredAtMs),
      ...(retries && { RetryCount: thread.attempts.reduce((sum, n) => sum + n, 0) }),
    },
    ...(more.token !== undefined && { Task: { Token: more.token } }),
    ...(item !== undefined && { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
}

/** The item of the innermost Map iteration the thread belongs to. */
function itemAround(t: Transition, thread: Thread): { index: number; value: Json } | undefined {
  if (thread.parent === null) return undefined;
  const parent = t.thread(thread.parent);
  if (parent === undefined) return undefined;
  if (stateOf(t, parent).type !== "Map") return itemAround(t, parent);
  return { index: thread.index, value: t.items(parent.id)[thread.index] ?? null };
}

/** As Step Functions writes times: milliseconds without trailing zeros. */
function isoTime(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % 10 === 0 ? text.replace(/\.?0+Z$/, "Z") : text;
}
