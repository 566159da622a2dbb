import { bindingsFor } from "./context.ts";
import type { Thread } from "./execution.ts";
import { type Bindings, evaluate, type Template, wrongType } from "./expression.ts";
import type { FailState } from "./machine.ts";
import { endThread, type Transition } from "./transition.ts";

export async function attemptFail(t: Transition, thread: Thread, state: FailState): Promise<void> {
  const bindings = bindingsFor(t, thread);
  const error = await evaluateText(state.error, bindings);
  const cause = await evaluateText(state.cause, bindings);
  endThread(t, thread, { error, cause });
}

async function evaluateText(template: Template | undefined, bindings: Bindings): Promise<string | null> {
  if (template === undefined) return null;
  const value = await evaluate(template, bindings);
  if (typeof value !== "string") throw wrongType(template, "string", value);
  return value;
}
