import type { ExecutionDetail } from "../../../shared/contracts/engine-operations.ts";

/** What an execution has to do with a state; `stuck`: it ended in there without success. */
export type Reach = "ahead" | "passed" | "inside" | "stuck";

export function reachOf({ status, states }: Pick<ExecutionDetail, "status" | "states">, name: string): Reach {
  const state = states.find((each) => each.name === name);
  if (state === undefined) return "ahead";
  if (state.inside <= 0 || status === "SUCCEEDED") return "passed";
  return status === "RUNNING" ? "inside" : "stuck";
}

/** Beside the colour, never instead of it. */
export const reachSigns: Readonly<Record<Reach, string>> = { ahead: "", passed: "✓", inside: "▶", stuck: "✕" };
