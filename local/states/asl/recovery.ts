/** Retry, then Catch, then the end of the thread: what a failed state has coming. */

import { bindingsFor } from "./context.ts";
import type { Thread } from "./execution.ts";
import { EvaluationError } from "./expression.ts";
import type { Retrier } from "./machine.ts";
import { endThread, evaluationFailure, type Failure, leave, stateOf, type Transition } from "./transition.ts";

/** An expression of the thread's state failed: recorded, then a failure like any other. */
export async function failByEvaluation(t: Transition, thread: Thread, error: EvaluationError): Promise<void> {
  // As measured on AWS: when the state has only just been entered the event follows from whatever came before.
  const isUnderWay = error.afterEntry || thread.lastId !== thread.enteredId;
  const after = isUnderWay ? thread.lastId : thread.beforeEntryId;
  await failState(t, recordEvaluationFailed(t, thread, error, after), evaluationFailure(thread, error));
}

function recordEvaluationFailed(t: Transition, thread: Thread, error: EvaluationError, after: number): Thread {
  const { cause } = evaluationFailure(thread, error);
  const lastId = t.emit("EvaluationFailed", after, {
    cause,
    error: "States.QueryEvaluationError",
    ...(error.location !== undefined && { location: error.location }),
    state: thread.state,
  });
  return { ...thread, lastId };
}

/** The thread's state failed with what `thread.lastId` says in the history. Its branches are gone already. */
export async function failState(t: Transition, thread: Thread, failure: Failure): Promise<void> {
  const state = stateOf(t, thread);
  if (state.type !== "Task" && state.type !== "Map" && state.type !== "Parallel") {
    endThread(t, thread, failure);
    return;
  }
  const retrierIndex = state.retry.findIndex((retrier) => matches(retrier.errorEquals, failure));
  const retrier = state.retry[retrierIndex];
  const used = thread.attempts[retrierIndex] ?? 0;
  if (retrier !== undefined && used < retrier.maxAttempts) {
    t.recovered(thread.id);
    const attempts = state.retry.map((_, i) => (thread.attempts[i] ?? 0) + (i === retrierIndex ? 1 : 0));
    const untilMs = t.nowMs + delayMs(retrier, used, t.chance.random);
    t.put({ ...thread, attempts, phase: { type: "retrying", untilMs } });
    return;
  }
  const stateFailed = (from: Thread): Thread =>
    state.type === "Task" ? from : { ...from, lastId: t.emit(`${state.type}StateFailed`, from.lastId) };
  const failed = stateFailed(thread);
  const catcher = state.catch.find(({ errorEquals }) => matches(errorEquals, failure));
  if (catcher === undefined) {
    endThread(t, failed, failure);
    return;
  }
  t.recovered(thread.id);
  const errorOutput = { Error: failure.error, Cause: failure.cause ?? (failure.error === null ? null : "") };
  try {
    await leave(t, failed, {
      ...catcher,
      otherwise: errorOutput,
      bindings: () => bindingsFor(t, failed, { errorOutput }),
      after: failed.lastId,
    });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    // The catcher's own expression: the state fails a second time, from where it stood before the first.
    const again = stateFailed(recordEvaluationFailed(t, failed, error, thread.lastId));
    endThread(t, again, evaluationFailure(failed, error));
  }
}

/** What States.ALL does not stand for: they have to be named. */
const BEYOND_ALL = ["States.Runtime", "States.DataLimitExceeded"];

function matches(errorEquals: readonly string[], failure: Failure): boolean {
  if (failure.isFinal) return false;
  return errorEquals.some((name) => {
    if (name === "States.ALL") return !BEYOND_ALL.some((error) => error === failure.error);
    if (name === "States.TaskFailed") return failure.error !== "States.Timeout" && failure.error !== "States.Runtime";
    if (name === "States.HeartbeatTimeout" && failure.isHeartbeat) return true;
    return name === failure.error;
  });
}

function delayMs(retrier: Retrier, used: number, random: () => number): number {
  const seconds = Math.min(
    retrier.intervalSeconds * retrier.backoffRate ** used,
    retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY,
    LONGEST_DELAY_SECONDS,
  );
  return Math.round(seconds * 1000 * (retrier.fullJitter ? random() : 1));
}

/** A year, the longest an execution may take on AWS: backoff without a cap grows beyond what a date can hold. */
const LONGEST_DELAY_SECONDS = 31_622_400;
