/** Skipping the stage behind a gate: one coordinator proposes it with a reason and evidence, another agrees or declines. */
import { assertMay } from "../permissions.ts";
import type { GateDecisionDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withGate, withTask } from "./decider.ts";
import { meanOf } from "./gate-scores.ts";
import { decisionTaskId, openGate } from "./gates.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import type { Gate } from "./state.ts";
import { unassigned } from "./task-states.ts";

export const gateSkipDecisions = {
  DeclineGateSkip(state, { runId, round, reason }, context) {
    assertMay(context.actor, "gate.decide", state.pilot);
    assertWorkable(state, runId);
    const { skipProposal } = openGate(state, runId, round);
    if (skipProposal === undefined) return undefined;
    assertSaid(reason, "/reason", "say_why_stage_not_skipped");
    return {
      type: "GateSkipDeclined",
      ...decided(context, reason),
      data: { runId, proposerPersonId: skipProposal.personId },
    };
  },
} satisfies Decisions<"DeclineGateSkip">;

export const gateSkipEvolutions = {
  GateSkipProposed(state, { at, actor, data }) {
    const { runId, reasonId, text, evidence, basedOn } = data;
    const gate = recordIn(state.gates, runId);
    const task = recordIn(state.tasks, decisionTaskId(gate));
    const skipProposal = {
      personId: actor.personId,
      reason: reasonId,
      ...(text === undefined ? {} : { text }),
      evidence,
      basedOn,
      at,
    };
    // Another coordinator has to take it up.
    return withTask(withGate(state, { ...gate, skipProposal }), { ...unassigned(task), status: "ready" });
  },

  GateSkipDeclined(state, { data }) {
    const { skipProposal: _skipProposal, ...gate } = recordIn(state.gates, data.runId);
    return withGate(state, gate);
  },
} satisfies Evolutions<"GateSkipProposed" | "GateSkipDeclined">;

export function skipDecision(
  gate: Gate,
  { runId, skip, basedOn }: CommandOf<"DecideGate">,
  context: Context,
  definition: GateDecisionDefinition,
) {
  const { personId } = context.actor;
  const { skipProposal } = gate;
  if (skipProposal !== undefined) {
    if (skipProposal.personId === personId) throw new Refusal("FourEyesNeeded", "own_stage_skip_proposal");
    const meanScore = meanOf(gate.scores);
    return {
      type: "GateDecided" as const,
      ...decided(context, skipProposal.text),
      data: {
        runId,
        decision: "skip" as const,
        by: [skipProposal.personId, personId],
        ...(meanScore === undefined ? {} : { meanScore }),
        basedOn,
        rework: [],
        conditions: [],
        skip: { reason: skipProposal.text ?? skipProposal.reason, evidence: skipProposal.evidence },
      },
    };
  }
  if (skip === undefined || !definition.reasonOptions.includes(skip.reasonId))
    throw new Refusal("RuleBroken", "choose_stage_skip_reason", { pointer: "/skip/reasonId" });
  if (skip.reasonId === "other_with_text") assertSaid(skip.text, "/skip/text", "say_why_stage_skipped");
  assertSaid(skip.evidence, "/skip/evidence", "say_stage_skip_evidence");
  return { type: "GateSkipProposed" as const, ...decided(context), data: { runId, ...skip, basedOn } };
}
