/** The scores of a gate: one from each seat, sealed until all are filed. */
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { gateScore } from "../scores.ts";
import { type Decisions, decided, type Evolutions, recordIn, withGate, withTask } from "./decider.ts";
import { decisionTaskId, gateTasksOf, openGate } from "./gates.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import { runOf, stageOf } from "./stages.ts";
import type { Gate, GateScore, PilotState, Task } from "./state.ts";
import { finished } from "./task-states.ts";

export const gateScoreDecisions = {
  ScoreGate(state, { runId, round, musts, points, comment }, context) {
    assertMay(context.actor, "gate.score", state.pilot);
    if (context.actor.forPersonId !== undefined) {
      throw new Refusal("NotAllowed", "score_is_own");
    }
    assertWorkable(state, runId);
    const gate = openGate(state, runId, round);
    const { gate: definition } = stageOf(context.process, runOf(state, runId).stageId);
    const role = context.actor.role === "expert" ? "expert" : "coordinator";
    const task = seatFor(state, gate, role, context.actor.personId);
    for (const { id, text } of definition.mustMeet) {
      if (musts[id] === undefined)
        throw new Refusal("RuleBroken", { key: "say_whether_met", criterion: text }, { pointer: `/musts/${id}` });
      assertSaid(musts[id].evidence, `/musts/${id}/evidence`, { key: "say_what_shows_it", criterion: text });
    }
    const filed: GateScore = {
      personId: context.actor.personId,
      role,
      at: context.now,
      musts: Object.fromEntries(definition.mustMeet.flatMap(({ id }) => (musts[id] ? [[id, musts[id]]] : []))),
      points,
      score: gateScore(definition, points),
      ...(comment === undefined ? {} : { comment }),
    };
    return { type: "GateScored", ...decided(context), data: { runId, taskId: task.id, score: filed } };
  },
} satisfies Decisions<"ScoreGate">;

export const gateScoreEvolutions = {
  GateScored(state, { at, data }) {
    const { runId, taskId, score } = data;
    const before = recordIn(state.gates, runId);
    const gate = { ...before, scores: [...before.scores, score] };
    const task = { ...finished(recordIn(state.tasks, taskId), "completed", at), assigneeId: score.personId };
    const scored = withTask(withGate(state, gate), task);
    const decision = scored.tasks[decisionTaskId(gate)];
    return isFullyScored(gate) && decision?.status === "created"
      ? withTask(scored, { ...decision, status: "ready" })
      : scored;
  },
} satisfies Evolutions<"GateScored">;

/** The seat the person scores from. Throws `Refusal` when they have scored already, or no seat of the role is left. */
function seatFor(state: PilotState, gate: Gate, role: GateScore["role"], personId: string): Task {
  if (gate.scores.some((score) => score.personId === personId))
    throw new Refusal("NotInThisState", "score_filed_already");
  const seats = gateTasksOf(state, gate.runId).filter(
    (task) => task.kind === "gate_score" && task.candidateRole === role,
  );
  const seat =
    seats.find(({ assigneeId }) => assigneeId === personId) ?? seats.find(({ assigneeId }) => assigneeId === undefined);
  // A coordinator may file the score that another one claimed; an expert's seat is a person's own.
  const found = seat ?? (role === "coordinator" ? seats[0] : undefined);
  if (found === undefined) throw new Refusal("NotInThisState", { key: "no_score_needed", role });
  return found;
}

export const isFullyScored = ({ scores, scoresNeeded }: Gate): boolean =>
  scores.length >= scoresNeeded.coordinator + scoresNeeded.expert;

/** Rounded to two places, as each score is; undefined before the first. */
export function meanOf(scores: readonly GateScore[]): number | undefined {
  if (scores.length === 0) return undefined;
  return Math.round((scores.reduce((sum, { score }) => sum + score, 0) / scores.length) * 100) / 100;
}
