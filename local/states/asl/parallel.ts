import { bindingsFor } from "./context.ts";
import type { Thread } from "./execution.ts";
import { startThread, takeOutputs } from "./join.ts";
import type { ParallelState } from "./machine.ts";
import { evaluateOptional, leave, type Transition } from "./transition.ts";

/** Parallel: every branch starts at once on the same input; the results come in the order of the branches. */
export async function attemptParallel(t: Transition, thread: Thread, state: ParallelState): Promise<void> {
  const input = (await evaluateOptional(state.arguments, () => bindingsFor(t, thread))) ?? thread.input;
  const lastId = t.emit("ParallelStateStarted", thread.lastId);
  const begun: Thread = {
    ...thread,
    lastId,
    phase: { type: "joining", length: state.branches.length, started: state.branches.length, ended: 0 },
  };
  t.put(begun);
  for (const [index, branch] of state.branches.entries())
    startThread(t, begun, { index, state: branch, input, lastId });
}

/** A branch has ended well with `child.lastId`. */
export async function branchSucceeded(
  t: Transition,
  parallel: Thread,
  state: ParallelState,
  child: Thread,
): Promise<void> {
  if (parallel.phase.type !== "joining") return;
  const ended = parallel.phase.ended + 1;
  const counted: Thread = { ...parallel, phase: { ...parallel.phase, ended } };
  t.put(counted);
  if (ended < parallel.phase.length) return;
  const result = takeOutputs(t, counted);
  t.emit("ParallelStateSucceeded", child.lastId);
  const succeeded = { ...counted, lastId: child.lastId };
  t.put(succeeded);
  await leave(t, succeeded, {
    ...state,
    otherwise: result,
    bindings: () => bindingsFor(t, succeeded, { result }),
    after: child.lastId,
  });
}
