/** Inline Map: one thread per item, at most MaxConcurrency at a time, the results in the order of the items. */

import { bindingsFor } from "./context.ts";
import type { Thread } from "./execution.ts";
import { EvaluationError, evaluate, wrongType } from "./expression.ts";
import { startThread, takeOutputs } from "./join.ts";
import { isJsonArray, type Json } from "./json.ts";
import type { MapState } from "./machine.ts";
import { evaluateOptional, evaluateWhole, leave, type Transition } from "./transition.ts";

/** How many iterations an inline Map runs at once when it does not say. */
const DEFAULT_CONCURRENCY = 40;

export async function attemptMap(t: Transition, thread: Thread, state: MapState): Promise<void> {
  const items = await itemsOf(t, thread, state);
  const limit = await concurrency(t, thread, state);
  await checkTolerated(t, thread, state);
  const startedId = t.emit("MapStateStarted", thread.lastId, { length: items.length });
  const begun: Thread = {
    ...thread,
    lastId: startedId,
    phase: { type: "joining", length: items.length, started: 0, ended: 0 },
  };
  t.put(begun);
  t.putItems(thread.id, items);
  if (items.length === 0) await completeMap(t, begun, state, startedId);
  for (let index = 0; index < Math.min(items.length, limit); index += 1) {
    await startIteration(t, thread.id, state, startedId);
  }
}

async function itemsOf(t: Transition, thread: Thread, state: MapState): Promise<readonly Json[]> {
  if (state.items === undefined) {
    if (isJsonArray(thread.input)) return thread.input;
    throw new EvaluationError(`Map state input must be an array but was: ${JSON.stringify(thread.input)}`);
  }
  const items = await evaluate(state.items, bindingsFor(t, thread));
  if (!isJsonArray(items)) throw wrongType(state.items, "array", items);
  return items;
}

async function concurrency(t: Transition, thread: Thread, state: MapState): Promise<number> {
  const limit = await evaluateWhole(state.maxConcurrency, () => bindingsFor(t, thread), 0);
  return limit === 0 ? Number.POSITIVE_INFINITY : (limit ?? DEFAULT_CONCURRENCY);
}

async function checkTolerated(t: Transition, thread: Thread, { tolerated }: MapState): Promise<void> {
  const { count, percentage } = tolerated;
  await evaluateWhole(count, () => bindingsFor(t, thread), 0);
  const percent = await evaluateOptional(percentage, () => bindingsFor(t, thread));
  const isPercentage = typeof percent === "number" && percent >= 0 && percent <= 100;
  if (percentage !== undefined && percent !== undefined && !isPercentage) {
    throw wrongType(percentage, "number from 0 to 100", percent);
  }
}

/** Starts the next iteration of the Map that `id` is in. */
async function startIteration(t: Transition, id: Thread["id"], state: MapState, after: number): Promise<void> {
  const map = t.thread(id);
  if (map?.phase.type !== "joining" || map.phase.started >= map.phase.length) return;
  const index = map.phase.started;
  t.put({ ...map, phase: { ...map.phase, started: index + 1 } });
  const lastId = t.emit("MapIterationStarted", after, { index, name: state.name });
  const value = t.items(id)[index] ?? null;
  const input = state.itemSelector
    ? await evaluate(state.itemSelector, bindingsFor(t, map, { item: { index, value } }))
    : value;
  startThread(t, map, { index, state: state.startAt, input, lastId });
}

/** An iteration has ended well with `child.lastId`. */
export async function iterationSucceeded(t: Transition, map: Thread, state: MapState, child: Thread): Promise<void> {
  if (map.phase.type !== "joining") return;
  const succeededId = t.emit("MapIterationSucceeded", child.lastId, { index: child.index, name: state.name });
  const counted: Thread = { ...map, phase: { ...map.phase, ended: map.phase.ended + 1 } };
  t.put(counted);
  if (map.phase.ended + 1 === map.phase.length) await completeMap(t, counted, state, succeededId);
  else await startIteration(t, map.id, state, child.lastId);
}

async function completeMap(t: Transition, map: Thread, state: MapState, after: number): Promise<void> {
  const result = takeOutputs(t, map);
  t.emit("MapStateSucceeded", after);
  t.putItems(map.id, null);
  const succeeded = { ...map, lastId: after };
  t.put(succeeded);
  await leave(t, succeeded, {
    ...state,
    otherwise: result,
    bindings: () => bindingsFor(t, succeeded, { result }),
    after,
  });
}
