/** What Map and Parallel have in common: the threads they start, the outputs they gather, the end of the others when one fails. */
import type { Thread } from "./execution.ts";
import type { Json } from "./json.ts";
import { proceed, stateOf, type Transition } from "./transition.ts";

/** A thread of its own for a branch or an iteration, with a scope of variables that sees the parent's. */
export function startThread(
  t: Transition,
  parent: Thread,
  start: { index: number; state: string; input: Json; lastId: number },
): void {
  const thread: Thread = {
    id: t.newThreadId(),
    parent: parent.id,
    variables: {},
    enteredId: 0,
    beforeEntryId: 0,
    enteredAtMs: t.nowMs,
    attempts: [],
    phase: { type: "ready", resume: "enter" },
    ...start,
  };
  proceed(t, thread, "enter");
}

/** Keeps nothing of a thread that ended well but its output. */
export function keepOutput(t: Transition, thread: Thread, output: Json): void {
  t.put({ ...thread, state: "", input: null, variables: {}, attempts: [], phase: { type: "done", output } });
}

/** The outputs of all threads of `parent` in order; the threads are gone afterwards. */
export function takeOutputs(t: Transition, parent: Thread): Json[] {
  const outputs: Json[] = [];
  for (const thread of childrenOf(t, parent)) {
    if (thread.phase.type === "done") outputs[thread.index] = thread.phase.output;
    t.remove(thread.id);
  }
  return outputs;
}

/** Ends every thread of `parent`, its branches' branches too, with the events of Step Functions. */
export function abortChildren(t: Transition, parent: Thread, failed: Thread | null, after: number): void {
  if (parent.phase.type !== "joining") return;
  const isMap = stateOf(t, parent).type === "Map";
  const children = childrenOf(t, parent);
  t.keepFallen(parent.id, children);
  for (const child of children) {
    const isOpen = child.phase.type !== "done";
    const hasFailed = child.id === failed?.id;
    if (isOpen && isMap && !hasFailed) {
      t.emit("MapIterationAborted", after, { index: child.index, name: parent.state });
    }
    // The failed branch of a Parallel shows its Task as aborted too, the failed iteration of a Map does not.
    if (isOpen && !(hasFailed && isMap)) abortState(t, child, hasFailed, after);
    abortChildren(t, child, null, after);
    t.remove(child.id);
  }
  if (isMap) t.putItems(parent.id, null);
}

function abortState(t: Transition, thread: Thread, hasFailed: boolean, after: number): void {
  const { type } = stateOf(t, thread);
  if (type === "Task") t.emit("TaskStateAborted", after);
  else if (!hasFailed && (type === "Wait" || type === "Map" || type === "Parallel"))
    t.emit(`${type}StateAborted`, after);
}

function childrenOf(t: Transition, parent: Thread): Thread[] {
  return t.threads().filter((thread) => thread.parent === parent.id);
}
