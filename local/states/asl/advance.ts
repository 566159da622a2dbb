/**
 * The States Language as one function: a machine, an execution, something that happened and the moment it did; out come
 * the history events, the new state and what to do next. It reads no clock, does no I/O and draws randomness from the
 * seed, so the same arguments always give the same answer.
 */
import { attemptChoice } from "./choice.ts";
import {
  type Changes,
  type Execution,
  type Invocation,
  ROOT,
  type Thread,
  threadDueMs,
  threadOfToken,
} from "./execution.ts";
import { EvaluationError } from "./expression.ts";
import { attemptFail } from "./fail.ts";
import type { HistoryEvent } from "./history.ts";
import { abortChildren, keepOutput } from "./join.ts";
import type { Json } from "./json.ts";
import type { Machine, State } from "./machine.ts";
import { attemptMap, iterationSucceeded } from "./map.ts";
import { attemptParallel, branchSucceeded } from "./parallel.ts";
import { attemptPass } from "./pass.ts";
import { failByEvaluation, failState } from "./recovery.ts";
import {
  attemptTask,
  childEnded,
  failTask,
  heartbeat,
  type InvocationResult,
  invoked,
  succeedTask,
  timeOutTask,
} from "./task.ts";
import {
  beginTransition,
  type Ending,
  failExecution,
  LONGEST_HISTORY,
  type Moment,
  proceed,
  stateOf,
  type Transition,
} from "./transition.ts";
import { attemptWait, wake } from "./wait.ts";

/** Something that moves an execution on. Times and ids of threads, tasks and tokens are those of its state. */
export type Happening =
  | { readonly type: "start" }
  | {
      readonly type: "invoked";
      readonly threadId: number;
      readonly scheduledId: number;
      readonly result: InvocationResult;
    }
  /** The execution that a `.sync` task started has ended. */
  | {
      readonly type: "childEnded";
      readonly threadId: number;
      readonly scheduledId: number;
      readonly description: Json;
    }
  /** A closed execution is taken up again where it failed. */
  | { readonly type: "redrive" }
  | { readonly type: "tokenSucceeded"; readonly token: string; readonly output: Json }
  | {
      readonly type: "tokenFailed";
      readonly token: string;
      readonly error: string | null;
      readonly cause: string | null;
    }
  | { readonly type: "heartbeat"; readonly token: string }
  /** Time has passed: whatever is due by now happens, earliest first. */
  | { readonly type: "tick" }
  | { readonly type: "stop"; readonly error: string | null; readonly cause: string | null }
  /** The interpreter itself could not go on; better one failed execution than one that hangs or a process that ends. */
  | { readonly type: "break"; readonly cause: string };

export interface Advance {
  readonly events: readonly HistoryEvent[];
  readonly changes: Changes;
  readonly invocations: readonly Invocation[];
}

/** The transition, or null when what happened changes nothing (a reply nobody waits for, a timer that was moved). */
export async function advance(
  machine: Machine,
  execution: Execution,
  happening: Happening,
  moment: Moment,
): Promise<Advance | null> {
  if ((execution.outcome !== null) !== (happening.type === "redrive")) return null;
  const t = beginTransition(machine, execution, moment);
  await apply(t, execution, happening);
  await settle(t);
  const changes = t.changes();
  if (t.events.length === 0 && changes.threads.length === 0 && changes.outcome === null) return null;
  return { events: t.events, changes, invocations: t.outcome === null ? t.invocations : [] };
}

async function apply(t: Transition, execution: Execution, happening: Happening): Promise<void> {
  switch (happening.type) {
    case "start":
      start(t);
      return;
    case "stop":
      stop(t, happening);
      return;
    case "redrive":
      redrive(t, execution);
      return;
    case "break":
      failExecution(t, execution.lastEventId, { error: "States.Runtime", cause: happening.cause });
      return;
    case "tick":
      await tick(t);
      return;
    case "invoked": {
      const thread = t.thread(happening.threadId);
      if (thread?.phase.type !== "task" || thread.phase.scheduledId !== happening.scheduledId) return;
      if (!thread.phase.submitted) await inTask(t, thread, (state) => invoked(t, thread, state, happening.result));
      return;
    }
    case "childEnded": {
      const thread = t.thread(happening.threadId);
      if (thread?.phase.type !== "task" || thread.phase.scheduledId !== happening.scheduledId) return;
      await inTask(t, thread, (state) => childEnded(t, thread, state, happening.description));
      return;
    }
    case "tokenSucceeded":
    case "tokenFailed":
    case "heartbeat": {
      const thread = threadOfToken(execution, happening.token);
      if (thread === undefined) return;
      await inTask(t, thread, (state) => {
        if (happening.type === "tokenSucceeded") return succeedTask(t, thread, state, happening.output);
        if (happening.type === "tokenFailed") return failTask(t, thread, state, happening);
        heartbeat(t, thread);
        return Promise.resolve();
      });
    }
  }
}

function start(t: Transition): void {
  const { identity } = t;
  t.emit("ExecutionStarted", 0, {
    input: identity.inputText ?? JSON.stringify(identity.input),
    roleArn: identity.roleArn,
  });
  setDeadline(t);
  const root: Thread = {
    id: t.newThreadId(),
    parent: null,
    index: 0,
    state: t.machine.startAt,
    input: identity.input,
    variables: {},
    enteredId: 0,
    beforeEntryId: 0,
    enteredAtMs: t.nowMs,
    // The first state follows from nothing in the history of Step Functions, not from ExecutionStarted.
    lastId: 0,
    attempts: [],
    phase: { type: "ready", resume: "enter" },
  };
  if (root.id !== ROOT) throw new Error("An execution starts once");
  proceed(t, root, "enter");
}

function setDeadline(t: Transition): void {
  const { timeoutSeconds } = t.machine;
  t.deadlineMs = timeoutSeconds === undefined ? null : t.nowMs + timeoutSeconds * 1000;
}

/**
 * What had ended well stays as it is; every branch, iteration or state that had not is attempted again with the input
 * and the variables it had, its retries and the machine's timeout counting anew.
 */
function redrive(t: Transition, { unfinished, lastEventId }: Execution): void {
  t.redrive = { count: (t.redrive?.count ?? 0) + 1, atMs: t.nowMs };
  const lastId = t.emit("ExecutionRedriven", lastEventId, { redriveCount: t.redrive.count });
  setDeadline(t);
  const children = Map.groupBy(unfinished?.threads ?? [], ({ parent }) => parent);
  const items = new Map(unfinished?.items);
  const resume = (thread: Thread): void => {
    const own = children.get(thread.id) ?? [];
    if (thread.phase.type === "done") t.put(thread);
    else if (thread.phase.type === "joining" && own.length > 0 && own.length === thread.phase.started) {
      t.put(thread);
      const itemsOfIt = items.get(thread.id);
      if (itemsOfIt !== undefined) t.putItems(thread.id, itemsOfIt);
      for (const child of own) resume(child);
    } else proceed(t, { ...thread, lastId, attempts: [] }, hasEntered(thread) ? "attempt" : "enter");
  };
  for (const root of children.get(null) ?? []) resume(root);
}

/** Whether the thread has entered its state, and not just left the one before. */
function hasEntered({ enteredId, lastId, phase }: Thread): boolean {
  return enteredId > 0 && !(phase.type === "ready" && phase.resume === "enter" && lastId !== enteredId);
}

function stop(t: Transition, reason: { error: string | null; cause: string | null }): void {
  const details = {
    ...(reason.cause !== null && { cause: reason.cause }),
    ...(reason.error !== null && { error: reason.error }),
  };
  t.emit("ExecutionAborted", 0, details);
  t.outcome = { status: "ABORTED", ...details };
}

/** Runs threads until each of them waits for something outside, or the execution has ended. */
async function settle(t: Transition): Promise<void> {
  while (t.outcome === null) {
    const lastEvent = t.events.at(-1);
    if (lastEvent !== undefined && lastEvent.id >= LONGEST_HISTORY - 1) {
      const cause = `The execution reached the maximum number of history events (${LONGEST_HISTORY}).`;
      failExecution(t, lastEvent.id, { error: "States.Runtime", cause });
      return;
    }
    const ended = t.ended.shift();
    if (ended !== undefined) {
      await join(t, ended.thread, ended.ending);
      continue;
    }
    const id = t.ready.shift();
    if (id === undefined) return;
    const thread = t.thread(id);
    if (thread?.phase.type !== "ready") continue;
    const entered = thread.phase.resume === "enter" ? enter(t, thread) : thread;
    await evaluating(t, entered.id, () => attempt(t, entered, stateOf(t, entered)));
  }
}

function enter(t: Transition, thread: Thread): Thread {
  const state = stateOf(t, thread);
  const enteredId = t.emit(`${state.type}StateEntered`, thread.lastId, {
    input: JSON.stringify(thread.input),
    name: state.name,
  });
  const entered: Thread = {
    ...thread,
    enteredId,
    beforeEntryId: thread.lastId,
    enteredAtMs: t.nowMs,
    lastId: enteredId,
    attempts: [],
  };
  t.put(entered);
  return entered;
}

function attempt(t: Transition, thread: Thread, state: State): Promise<void> {
  switch (state.type) {
    case "Task":
      return attemptTask(t, thread, state);
    case "Choice":
      return attemptChoice(t, thread, state);
    case "Map":
      return attemptMap(t, thread, state);
    case "Parallel":
      return attemptParallel(t, thread, state);
    case "Wait":
      return attemptWait(t, thread, state);
    case "Pass":
    case "Succeed":
      return attemptPass(t, thread, state);
    case "Fail":
      return attemptFail(t, thread, state);
  }
}

/** A failed expression inside `work` becomes the failure of the state the thread is in. */
async function evaluating(t: Transition, threadId: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const thread = t.thread(threadId);
    if (!(error instanceof EvaluationError) || thread === undefined) throw error;
    abortChildren(t, thread, null, thread.lastId);
    await failByEvaluation(t, thread, error);
  }
}

async function inTask(
  t: Transition,
  thread: Thread,
  work: (state: State & { type: "Task" }) => Promise<void>,
): Promise<void> {
  const state = stateOf(t, thread);
  if (state.type === "Task") await evaluating(t, thread.id, () => work(state));
}

/** A branch or iteration has ended: counts for the state around it, or brings it down. */
async function join(t: Transition, child: Thread, ending: Ending): Promise<void> {
  const parent = child.parent === null ? undefined : t.thread(child.parent);
  if (parent?.phase.type !== "joining" || t.thread(child.id) === undefined) return;
  const state = stateOf(t, parent);
  if (state.type !== "Map" && state.type !== "Parallel") return;
  if ("output" in ending) {
    keepOutput(t, child, ending.output);
    await evaluating(t, parent.id, () =>
      state.type === "Map" ? iterationSucceeded(t, parent, state, child) : branchSucceeded(t, parent, state, child),
    );
    return;
  }
  if (state.type === "Map") t.emit("MapIterationFailed", child.lastId, { index: child.index, name: state.name });
  abortChildren(t, parent, child, child.lastId);
  await failState(t, { ...parent, lastId: child.lastId }, ending);
}

async function tick(t: Transition): Promise<void> {
  for (;;) {
    if (t.deadlineMs !== null && t.deadlineMs <= t.nowMs) {
      t.emit("ExecutionTimedOut", 0, { error: "States.Timeout" });
      t.outcome = { status: "TIMED_OUT" };
      return;
    }
    const [due] = t
      .threads()
      .filter((thread) => threadDueMs(thread) <= t.nowMs)
      .sort((a, b) => threadDueMs(a) - threadDueMs(b) || a.id - b.id);
    if (due === undefined) return;
    await fallDue(t, due);
    await settle(t);
    if (t.outcome !== null) return;
  }
}

async function fallDue(t: Transition, thread: Thread): Promise<void> {
  const state = stateOf(t, thread);
  if (thread.phase.type === "retrying") proceed(t, thread, "attempt");
  else if (state.type === "Task") await evaluating(t, thread.id, () => timeOutTask(t, thread, state));
  else if (state.type === "Wait") await evaluating(t, thread.id, () => wake(t, thread, state));
}
