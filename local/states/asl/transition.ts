/**
 * A transition under way: the execution as it was, with what has changed so far laid over it. State types read and
 * write through here only, so that the execution itself stays untouched until the transition is complete.
 */
import { type Chance, chanceFrom } from "./chance.ts";
import type {
  Changes,
  Execution,
  Identity,
  Invocation,
  Outcome,
  Redrive,
  Thread,
  ThreadId,
  Unfinished,
} from "./execution.ts";
import { type Bindings, type EvaluationError, evaluate, type Template, wrongType } from "./expression.ts";
import { functionBindings } from "./functions.ts";
import type { HistoryEvent, HistoryEventType } from "./history.ts";
import type { Json } from "./json.ts";
import type { Leaving, Machine, State } from "./machine.ts";

/** The largest input, output or result in bytes of UTF-8. */
export const LARGEST_PAYLOAD_BYTES = 262_144;

/** Events in one execution, the last being its failure. */
export const LONGEST_HISTORY = 25_000;

/** Why a state failed: what Retry and Catch match, and `$states.errorOutput`. */
export interface Failure {
  readonly error: string | null;
  readonly cause: string | null;
  /** States.Timeout because no heartbeat came: matches States.HeartbeatTimeout too. */
  readonly isHeartbeat?: boolean;
  /** Ends the execution whatever its Retry and Catch say. */
  readonly isFinal?: boolean;
}

export interface Moment {
  readonly nowMs: number;
  /** Unguessable, new for each transition: tokens follow from it. */
  readonly seed: string;
}

export interface Transition {
  readonly machine: Machine;
  readonly identity: Identity;
  readonly nowMs: number;
  readonly chance: Chance;
  /** What every expression of the transition sees beside `$states` and the variables. */
  readonly functions: Bindings;
  readonly events: HistoryEvent[];
  readonly invocations: Invocation[];
  /** Threads that have something to do in this transition, in order. */
  readonly ready: ThreadId[];
  /** Branches and iterations that have ended and await their Map or Parallel. */
  readonly ended: { readonly thread: Thread; readonly ending: Ending }[];
  outcome: Outcome | null;
  deadlineMs: number | null;
  redrive: Redrive | null;

  thread(id: ThreadId): Thread | undefined;
  threads(): Thread[];
  put(thread: Thread): void;
  remove(id: ThreadId): void;
  newThreadId(): ThreadId;
  items(id: ThreadId): readonly Json[];
  putItems(id: ThreadId, items: readonly Json[] | null): void;
  /** Remembers a Map or Parallel that is coming down with its threads, for a redrive, until `recovered` or the end. */
  keepFallen(id: ThreadId, threads: readonly Thread[]): void;
  recovered(id: ThreadId): void;
  /** Adds an event to the history; the answer is its id. */
  emit(type: HistoryEventType, previousEventId: number, details?: Readonly<Record<string, Json>>): number;
  changes(): Changes;
}

export function beginTransition(machine: Machine, execution: Execution, moment: Moment): Transition {
  const threads = new Map<ThreadId, Thread | null>();
  const items = new Map<ThreadId, readonly Json[] | null>();
  const fallen = new Map<ThreadId, Unfinished>();
  const events: HistoryEvent[] = [];
  let lastEventId = execution.lastEventId;
  let nextThreadId = execution.nextThreadId;
  const chance = chanceFrom(moment.seed);
  const transition: Transition = {
    machine,
    identity: execution.identity,
    nowMs: moment.nowMs,
    chance,
    functions: functionBindings(moment.nowMs, chance),
    events,
    invocations: [],
    ready: [],
    ended: [],
    outcome: null,
    deadlineMs: execution.deadlineMs,
    redrive: execution.redrive,
    thread(id) {
      const changed = threads.get(id);
      return changed === undefined ? execution.threads.get(id) : (changed ?? undefined);
    },
    threads() {
      const ids = new Set([...execution.threads.keys(), ...threads.keys()]);
      return [...ids].map((id) => transition.thread(id)).filter((thread) => thread !== undefined);
    },
    put: (thread) => threads.set(thread.id, thread),
    remove(id) {
      threads.set(id, null);
      if (items.has(id) || execution.items.has(id)) items.set(id, null);
    },
    newThreadId() {
      nextThreadId += 1;
      return nextThreadId - 1;
    },
    items: (id) => items.get(id) ?? execution.items.get(id) ?? [],
    putItems: (id, list) => items.set(id, list),
    keepFallen(id, threadsOfIt) {
      // Its threads are gone already when what is around it comes down too.
      if (threadsOfIt.length === 0) return;
      const itemsOfIt = items.get(id) ?? execution.items.get(id);
      fallen.set(id, { threads: threadsOfIt, items: itemsOfIt ? [[id, itemsOfIt]] : [] });
    },
    recovered(id) {
      const children = fallen.get(id)?.threads ?? [];
      fallen.delete(id);
      for (const child of children) transition.recovered(child.id);
    },
    emit(type, previousEventId, details) {
      lastEventId += 1;
      const event = { id: lastEventId, previousEventId, type };
      events.push(details === undefined ? event : { ...event, details });
      return lastEventId;
    },
    changes() {
      const closed = transition.outcome !== null;
      const unfinished = closed && transition.outcome?.status !== "SUCCEEDED" ? unfinishedNow() : undefined;
      if (closed) for (const thread of transition.threads()) transition.remove(thread.id);
      return {
        lastEventId,
        nextThreadId,
        deadlineMs: closed ? null : transition.deadlineMs,
        outcome: transition.outcome,
        ...(transition.redrive !== null && { redrive: transition.redrive }),
        ...(unfinished !== undefined && { unfinished }),
        threads: [...threads],
        items: [...items],
      };
    },
  };

  function unfinishedNow(): Unfinished {
    const open = transition.threads();
    const itemsOfOpen = open.flatMap(({ id }) => {
      const list = items.get(id) ?? execution.items.get(id);
      return list ? [[id, list] as const] : [];
    });
    return {
      threads: [...open, ...[...fallen.values()].flatMap((each) => each.threads)],
      items: [...itemsOfOpen, ...[...fallen.values()].flatMap((each) => each.items)],
    };
  }
  return transition;
}

export function stateOf(t: Transition, thread: Thread): State {
  const state = t.machine.states.get(thread.state);
  if (state === undefined) throw new Error(`The state machine has no state '${thread.state}'`);
  return state;
}

/** Lets the thread go on within this transition. */
export function proceed(t: Transition, thread: Thread, resume: "enter" | "attempt"): void {
  t.put({ ...thread, phase: { type: "ready", resume } });
  t.ready.push(thread.id);
}

export async function evaluateOptional(
  template: Template | undefined,
  bindings: () => Bindings,
): Promise<Json | undefined> {
  return template && evaluate(template, bindings());
}

/** A field that takes a whole number from `least` to `most`, literally or as an expression. */
export async function evaluateWhole(
  template: Template | undefined,
  bindings: () => Bindings,
  least: number,
  most = 99_999_999,
): Promise<number | undefined> {
  const value = await evaluateOptional(template, bindings);
  if (value === undefined || template === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrongType(template, least > 0 ? "positive integer" : "non-negative integer", value);
}

/**
 * Leaves the state: assigns, writes `…StateExited`, goes to the next state or ends the thread. Assign and Output both
 * see the variables as they were on entry.
 */
export async function leave(
  t: Transition,
  thread: Thread,
  how: Leaving & {
    /** The output when the state names none. */
    readonly otherwise: Json;
    readonly bindings: () => Bindings;
    /** The event the exit follows from. */
    readonly after: number;
  },
): Promise<void> {
  const state = stateOf(t, thread);
  if (state.type === "Fail") throw new Error("A Fail state is never left");
  const assigned: [string, Json][] = [];
  let output = how.otherwise;
  if (how.assign.length > 0 || how.output !== undefined) {
    const bindings = how.bindings();
    for (const [name, template] of how.assign) assigned.push([name, await evaluate(template, bindings)]);
    if (how.output !== undefined) output = await evaluate(how.output, bindings);
  }
  const outputText = JSON.stringify(output);
  const assignedTexts = assigned.map(([name, value]) => [name, JSON.stringify(value)] as const);
  if (exceeds(outputText) || exceeds(assignedTexts.map(([, text]) => text).join(""))) {
    endThread(t, thread, tooLarge(`The state '${state.name}'`));
    return;
  }
  const exitedId = t.emit(`${state.type}StateExited`, how.after, {
    name: state.name,
    output: outputText,
    ...(assigned.length > 0 && {
      assignedVariables: Object.fromEntries(assignedTexts),
    }),
  });
  const left: Thread = {
    ...thread,
    lastId: exitedId,
    variables: assigned.length > 0 ? { ...thread.variables, ...Object.fromEntries(assigned) } : thread.variables,
  };
  if (how.next !== null) proceed(t, { ...left, state: how.next, input: output, attempts: [] }, "enter");
  else endThread(t, left, { output });
}

export function exceeds(text: string): boolean {
  // Counting bytes is only worth it when three per character could exceed the limit.
  return text.length > LARGEST_PAYLOAD_BYTES / 3 && Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES;
}

export function tooLarge(what: string): Failure {
  const cause = `${what} returned a result with a size exceeding the maximum number of bytes service limit.`;
  return { error: "States.DataLimitExceeded", cause, isFinal: true };
}

/** How a thread ends: with an output, or with a failure its own state could not recover from. */
export type Ending = { readonly output: Json } | Failure;

/**
 * Ends the thread. The end of the root ends the execution, and so does a final failure wherever it happens; the end of a
 * branch or iteration is else left in `t.ended` for the Map or Parallel around it.
 */
export function endThread(t: Transition, thread: Thread, ending: Ending): void {
  const isFinal = "error" in ending && ending.isFinal;
  if (thread.parent !== null && !isFinal) {
    t.ended.push({ thread, ending });
    return;
  }
  if ("output" in ending) {
    t.emit("ExecutionSucceeded", thread.lastId, {
      output: JSON.stringify(ending.output),
    });
    t.outcome = { status: "SUCCEEDED", output: ending.output };
  } else failExecution(t, thread.lastId, ending);
}

export function failExecution(t: Transition, after: number, failure: Failure): void {
  const reason = reasonOf(failure);
  t.emit("ExecutionFailed", after, reason);
  t.outcome = { status: "FAILED", ...reason };
}

/** The error and cause that are there, as event details show them. */
export function reasonOf(failure: Pick<Failure, "error" | "cause">): { error?: string; cause?: string } {
  return {
    ...(failure.cause !== null && { cause: failure.cause }),
    ...(failure.error !== null && { error: failure.error }),
  };
}

/** An EvaluationError as the failure of its state. */
export function evaluationFailure(thread: Thread, error: EvaluationError): Failure & { cause: string } {
  return { error: "States.QueryEvaluationError", cause: inState(thread, error.message) };
}

/** The cause of a failure that is the interpreter's own: where it happened, and what. */
export function inState(thread: Thread, problem: string): string {
  return `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredId}). ${problem}`;
}
