/**
 * What a stage run's execution waits for, answered from the state alone (I1): whoever asks, and however often, gets the
 * same answer, so a lost or repeated signal does no harm.
 */
import type { GateDecisionId } from "../process.ts";
import { isEnded, isRunOver, isSettled, type PilotState } from "./state.ts";

export type Wait =
  | { readonly slot: "submission" | "review"; readonly deliverableId: string }
  | { readonly slot: "gate" | "resume" };

type Outcome = { readonly outcome: "settled" | "submitted" | "rework" | "resumed" | "stopped" };

type Decision = {
  readonly decision: Extract<GateDecisionId, "advance" | "rework" | "hold" | "stop">;
  /** rework: what is open again. */
  readonly deliverables?: readonly string[];
};

/** `undefined`: go on waiting. A run that is not of this pilot is over. */
export function answerTo(state: PilotState, runId: string, wait: Wait): Outcome | Decision | undefined {
  switch (wait.slot) {
    case "submission":
      return ofSubmission(state, runId, wait.deliverableId);
    case "review":
      return ofReview(state, runId, wait.deliverableId);
    case "gate":
      return ofGate(state, runId);
    case "resume":
      return ofResume(state, runId);
  }
}

/**
 * Where an execution of the run comes to stand if it is started now. Empty: it goes through to the run's end at once.
 * Undefined for a run that is planned: it opens the stage first, which makes the work to be waited for.
 */
export function waitsOfFreshExecution(state: PilotState, runId: string): readonly Wait[] | undefined {
  if (state.runs[runId]?.status === "planned") return undefined;
  if (isStageOver(state, runId)) return [];
  const open = openDeliverablesOf(state, runId);
  if (open.length > 0) {
    return open.map((deliverableId): Wait => {
      const isHandedIn = ofSubmission(state, runId, deliverableId)?.outcome === "submitted";
      return { slot: isHandedIn ? "review" : "submission", deliverableId };
    });
  }
  const decision = ofGate(state, runId);
  if (decision === undefined) return [{ slot: "gate" }];
  return decision.decision === "hold" && ofResume(state, runId) === undefined ? [{ slot: "resume" }] : [];
}

function ofSubmission(state: PilotState, runId: string, deliverableId: string): Outcome | undefined {
  const deliverable = state.deliverables[deliverableId];
  if (deliverable === undefined || isSettled(deliverable) || isStageOver(state, runId)) return { outcome: "settled" };
  if (isHeld(state, runId)) return undefined;
  const handedIn = deliverable.status === "submitted" || deliverable.status === "in_review";
  return handedIn ? { outcome: "submitted" } : undefined;
}

function ofReview(state: PilotState, runId: string, deliverableId: string): Outcome | undefined {
  const deliverable = state.deliverables[deliverableId];
  if (deliverable === undefined || isSettled(deliverable) || isStageOver(state, runId)) return { outcome: "settled" };
  if (isHeld(state, runId)) return undefined;
  const handedIn = deliverable.status === "submitted" || deliverable.status === "in_review";
  return handedIn ? undefined : { outcome: "rework" };
}

function ofGate(state: PilotState, runId: string): Decision | undefined {
  const run = state.runs[runId];
  switch (run?.status) {
    case "passed":
    case "passed_with_conditions":
    case "skipped":
      return { decision: "advance" };
    case "active": {
      const open = openDeliverablesOf(state, runId);
      return open.length === 0 ? undefined : { decision: "rework", deliverables: open };
    }
    case "on_hold":
      return isHeldByGate(state, runId) ? { decision: "hold" } : undefined;
    case "planned":
    case "at_gate":
      return undefined;
    case "stopped":
    case undefined:
      return { decision: "stop" };
  }
}

function ofResume(state: PilotState, runId: string): Outcome | undefined {
  const run = state.runs[runId];
  if (run === undefined || run.status === "stopped" || isEnded(state.pilot)) return { outcome: "stopped" };
  return run.status === "on_hold" ? undefined : { outcome: "resumed" };
}

/** Ids of a run's deliverables that are still worked on, in the order of the process. */
const openDeliverablesOf = (state: PilotState, runId: string): readonly string[] =>
  Object.values(state.deliverables)
    .filter((deliverable) => deliverable.runId === runId && !isSettled(deliverable))
    .map(({ id }) => id);

const isHeld = (state: PilotState, runId: string): boolean => state.runs[runId]?.status === "on_hold";

const isHeldByGate = (state: PilotState, runId: string): boolean => {
  const gate = state.gates[runId];
  return gate?.status === "decided" && gate.decisions.at(-1)?.decision === "hold";
};

const isStageOver = (state: PilotState, runId: string): boolean => {
  const run = state.runs[runId];
  return isEnded(state.pilot) || run === undefined || isRunOver(run);
};
