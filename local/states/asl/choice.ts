import { bindingsFor } from "./context.ts";
import type { Thread } from "./execution.ts";
import { evaluate, wrongType } from "./expression.ts";
import type { ChoiceState, Leaving } from "./machine.ts";
import { endThread, inState, leave, type Transition } from "./transition.ts";

/** Takes the first rule that holds, with that rule's Assign and Output; the state's own go with Default only. */
export async function attemptChoice(t: Transition, thread: Thread, state: ChoiceState): Promise<void> {
  const taken = await chosen(t, thread, state);
  if (taken === null) {
    const problem = "Failed to transition out of the state. The state does not point to a next state.";
    endThread(t, thread, { error: "States.Runtime", cause: inState(thread, problem), isFinal: true });
    return;
  }
  await leave(t, thread, {
    ...taken,
    otherwise: thread.input,
    bindings: () => bindingsFor(t, thread),
    after: thread.enteredId,
  });
}

async function chosen(t: Transition, thread: Thread, state: ChoiceState): Promise<Leaving | null> {
  const bindings = bindingsFor(t, thread);
  for (const rule of state.choices) {
    const holds = await evaluate(rule.condition, bindings);
    if (typeof holds !== "boolean") throw wrongType(rule.condition, "boolean", holds);
    if (holds) return rule;
  }
  return state.hasDefault ? state : null;
}
