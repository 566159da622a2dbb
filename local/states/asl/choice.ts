import type { Thread } from "./execution.ts";
import { evaluate, wrongType } from "./expression.ts";
import type { ChoiceState, Leaving } from "./machine.ts";
import { bindingsFor, endThread, leave, type Transition } from "./transition.ts";

/** Takes the first rule that holds, with that rule's Assign and Output; the state's own go with Default only. */
export async function attemptChoice(t: Transition, thread: Thread, state: ChoiceState): Promise<void> {
  const taken = await chosen(t, thread, state);
  if (taken === null) {
    const cause = `An error occurred while executing the state '${state.name}' (entered at the event id #${thread.enteredId}). No choice rule matched and there is no Default.`;
    endThread(t, thread, { error: "States.NoChoiceMatched", cause });
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
