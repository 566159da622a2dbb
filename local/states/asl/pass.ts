import { bindingsFor } from "./context.ts";
import type { Thread } from "./execution.ts";
import type { PassState, SucceedState } from "./machine.ts";
import { leave, type Transition } from "./transition.ts";

/** Pass and Succeed: the input goes through unless Output says otherwise. */
export async function attemptPass(t: Transition, thread: Thread, state: PassState | SucceedState): Promise<void> {
  await leave(t, thread, {
    ...state,
    otherwise: thread.input,
    bindings: () => bindingsFor(t, thread),
    after: thread.enteredId,
  });
}
