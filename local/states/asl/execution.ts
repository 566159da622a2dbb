/**
 * The state of one execution: a thread for the execution itself and one for each running branch or iteration.
 *
 * 1. A transition is recorded as the values it put in place (`Changes`), so replaying the journal means laying them
 *    over each other in order: no expression is evaluated twice, whatever it read.
 * 2. Everything in here is JSON. A thread is replaced, never altered.
 */
import type { Json } from "./json.ts";

export type ThreadId = number;

/** The thread of the execution itself. */
export const ROOT: ThreadId = 0;

export interface Thread {
  readonly id: ThreadId;
  /** The thread whose Map or Parallel started this one; null for the root. */
  readonly parent: ThreadId | null;
  /** Which branch or iteration of the parent this is. */
  readonly index: number;
  /** The state the thread is in, "" once it is done. */
  readonly state: string;
  /** The raw input of that state. */
  readonly input: Json;
  /** Variables of the thread's own scope. */
  readonly variables: Readonly<Record<string, Json>>;
  /** The state's entry: its event, the event before it, and when. */
  readonly enteredId: number;
  readonly beforeEntryId: number;
  readonly enteredAtMs: number;
  /** The newest event of the thread's causal chain. */
  readonly lastId: number;
  /** Attempts used per retrier of the state; `$states.context.State.RetryCount` is their sum. */
  readonly attempts: readonly number[];
  readonly phase: Phase;
}

/** What a thread is doing between two transitions. Times are epoch milliseconds. */
type Phase =
  /** Runs on within the same transition; never left behind. */
  | { readonly type: "ready"; readonly resume: "enter" | "attempt" }
  | { readonly type: "waiting"; readonly untilMs: number }
  | { readonly type: "retrying"; readonly untilMs: number }
  | {
      readonly type: "task";
      /** The TaskScheduled event, which tells attempts apart. */
      readonly scheduledId: number;
      /** What is called, see `Integration.call`; "lambda:invoke" when absent. */
      readonly call?: string;
      /** Null once they are not needed any more, which is when the service's reply is recorded. */
      readonly arguments: Json;
      readonly token: string | null;
      /** The name of the execution that states:startExecution starts, unless the arguments say one. */
      readonly childName?: string;
      /** Whether the service's reply is recorded; before that the task is invoked again after a crash. */
      readonly submitted: boolean;
      /** The execution whose end a `.sync` task awaits. */
      readonly child?: string;
      readonly timeoutAtMs: number | null;
      readonly heartbeatAtMs: number | null;
      readonly heartbeatSeconds: number | null;
    }
  | {
      readonly type: "joining";
      /** Branches or iterations in all, started, and ended. */
      readonly length: number;
      readonly started: number;
      readonly ended: number;
    }
  | { readonly type: "done"; readonly output: Json };

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** How an execution ended. */
export interface Outcome {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** What stays the same from start to end. */
export interface Identity {
  /** The journal's number of the execution; a task token begins with it. */
  readonly id: number;
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn: string;
  readonly region: string;
  readonly input: Json;
  /** The input as the caller wrote it; needed at the start only. */
  readonly inputText?: string;
  readonly startedAtMs: number;
}

export interface Execution {
  readonly identity: Identity;
  lastEventId: number;
  nextThreadId: ThreadId;
  /** When the machine's TimeoutSeconds run out. */
  deadlineMs: number | null;
  outcome: Outcome | null;
  /** How often and when last the execution was taken up again. */
  redrive: Redrive | null;
  /** Of an execution that did not succeed: where a redrive goes on. */
  unfinished: Unfinished | null;
  readonly threads: Map<ThreadId, Thread>;
  /** The items of each open Map, by its thread. */
  readonly items: Map<ThreadId, readonly Json[]>;
}

export interface Redrive {
  readonly count: number;
  readonly atMs: number;
}

/** The threads as they were when the execution ended, those of a failed Map or Parallel included. */
export interface Unfinished {
  readonly threads: readonly Thread[];
  readonly items: readonly (readonly [ThreadId, readonly Json[]])[];
}

/** What one transition put in place; null removes. */
export interface Changes {
  readonly lastEventId: number;
  readonly nextThreadId: ThreadId;
  readonly deadlineMs: number | null;
  readonly outcome: Outcome | null;
  /** Only once there was one. */
  readonly redrive?: Redrive;
  /** Only with an outcome other than success. */
  readonly unfinished?: Unfinished;
  readonly threads: readonly (readonly [ThreadId, Thread | null])[];
  readonly items: readonly (readonly [ThreadId, readonly Json[] | null])[];
}

export function newExecution(identity: Identity): Execution {
  return {
    identity,
    lastEventId: 0,
    nextThreadId: ROOT,
    deadlineMs: null,
    outcome: null,
    redrive: null,
    unfinished: null,
    threads: new Map(),
    items: new Map(),
  };
}

/** Brings `execution` (altered in place) to the state after a transition. */
export function evolve(execution: Execution, changes: Changes): void {
  execution.lastEventId = changes.lastEventId;
  execution.nextThreadId = changes.nextThreadId;
  execution.deadlineMs = changes.deadlineMs;
  execution.outcome = changes.outcome;
  execution.redrive = changes.redrive ?? execution.redrive;
  execution.unfinished = changes.unfinished ?? null;
  for (const [id, thread] of changes.threads) put(execution.threads, id, thread);
  for (const [id, items] of changes.items) put(execution.items, id, items);
}

/** What two transitions, one right after the other, put in place. */
export function together(first: Changes, then: Changes): Changes {
  return {
    ...then,
    threads: [...new Map([...first.threads, ...then.threads])],
    items: [...new Map([...first.items, ...then.items])],
  };
}

function put<V>(map: Map<ThreadId, V>, id: ThreadId, value: V | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}

/** When the thread needs a `tick`, if time alone moves it. */
export function threadDueMs(thread: Thread): number {
  const { phase } = thread;
  if (phase.type === "waiting" || phase.type === "retrying") return phase.untilMs;
  if (phase.type !== "task") return Number.POSITIVE_INFINITY;
  return Math.min(phase.timeoutAtMs ?? Number.POSITIVE_INFINITY, phase.heartbeatAtMs ?? Number.POSITIVE_INFINITY);
}

/** When the execution needs its next `tick`; infinite when only a task or a token can move it. */
export function nextDueMs(execution: Execution): number {
  if (execution.outcome !== null) return Number.POSITIVE_INFINITY;
  let dueMs = execution.deadlineMs ?? Number.POSITIVE_INFINITY;
  for (const thread of execution.threads.values()) dueMs = Math.min(dueMs, threadDueMs(thread));
  return dueMs;
}

/** A call to make; its result comes back as an `invoked` happening with the same ids. */
export interface Invocation {
  readonly threadId: ThreadId;
  readonly scheduledId: number;
  /** See `Integration.call`. */
  readonly call: string;
  readonly arguments: Json;
  readonly childName?: string;
}

/** The call a thread is waiting for, if its reply is not recorded yet. */
export function invocationOf(thread: Thread): Invocation | null {
  const { phase } = thread;
  if (phase.type !== "task" || phase.submitted) return null;
  return {
    threadId: thread.id,
    scheduledId: phase.scheduledId,
    call: phase.call ?? "lambda:invoke",
    arguments: phase.arguments,
    ...(phase.childName !== undefined && { childName: phase.childName }),
  };
}

/** The open task a token belongs to. */
export function threadOfToken(execution: Execution, token: string): Thread | undefined {
  for (const thread of execution.threads.values()) {
    if (thread.phase.type === "task" && thread.phase.token === token) return thread;
  }
  return undefined;
}
