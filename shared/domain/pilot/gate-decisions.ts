/** The decision at a gate: made on the newest revisions, recorded, and followed by what it means for the pilot. */
import { assertMay } from "../permissions.ts";
import type { GateDecisionDefinition, GateDecisionId, ProcessDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Reason } from "../refusal-reasons.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withGate, withRun } from "./decider.ts";
import { ended } from "./endings.ts";
import type { EventOf } from "./events.ts";
import { conditionsOf, withConditions } from "./gate-conditions.ts";
import { offeredDecisions } from "./gate-offers.ts";
import { reworkOf, withRework } from "./gate-rework.ts";
import { meanOf } from "./gate-scores.ts";
import { skipDecision } from "./gate-skips.ts";
import { deliverablesOf, openGate, withGateTasks } from "./gates.ts";
import { held, holdReminders } from "./holds.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import { runOf } from "./stages.ts";
import type { Gate, GateDecision, PilotState, StageRunStatus } from "./state.ts";
import { finished } from "./task-states.ts";

export const gateDecisionDecisions = {
  DecideGate(state, command, context) {
    const { runId, decision } = command;
    assertMay(context.actor, "gate.decide", state.pilot);
    const run = runOf(state, runId);
    const gate = state.gates[runId];
    if (gate !== undefined && isRepeat(gate, command, context.actor.personId)) return undefined;
    assertNewestRevisions(state, runId, command.basedOn);
    assertWorkable(state, runId);
    const open = openGate(state, runId, command.round);
    const definition = decisionDefinition(context.process, decision);
    const offer = offeredDecisions(state, runId, context).find((each) => each.decision === decision);
    if (offer?.offered !== true) {
      const against = offer?.against ?? [];
      const why: Reason = { key: "decision_not_offered", decision: definition.label, against };
      throw new Refusal("DecisionNotOffered", why);
    }
    if (definition.needsReason && decision !== "skip") assertSaid(command.reason, "/reason", "say_why_decided");
    if (decision === "skip") return skipDecision(open, command, context, definition);
    const meanScore = meanOf(open.scores);
    return {
      type: "GateDecided",
      ...decided(context, command.reason),
      data: {
        runId: run.id,
        decision,
        by: [context.actor.personId],
        ...(meanScore === undefined ? {} : { meanScore }),
        basedOn: command.basedOn,
        rework: decision === "rework" ? reworkOf(state, open, command, context) : [],
        conditions: decision === "advance_with_conditions" ? conditionsOf(state, command, context) : [],
        ...(decision === "rework" && command.programmeApproval !== undefined
          ? { programmeApproval: command.programmeApproval }
          : {}),
        ...(decision === "hold" ? holdOf(command, context) : {}),
      },
    };
  },
} satisfies Decisions<"DecideGate">;

export const gateDecisionEvolutions = {
  GateDecided(state, event) {
    const { runId, decision } = event.data;
    const recorded = withDecision(state, event);
    switch (decision) {
      case "advance":
      case "skip":
        return withRunStatus(recorded, runId, "passed");
      case "advance_with_conditions":
        return withConditions(withRunStatus(recorded, runId, "passed_with_conditions"), event);
      case "rework":
        return withRework(withRunStatus(recorded, runId, "active"), event);
      case "hold":
        return held(recorded, {
          at: event.at,
          reason: event.reason ?? "",
          resumeOn: event.data.resumeOn ?? "",
          remindAt: event.data.remindAt ?? [],
        });
      case "stop":
        return ended(recorded, "stopped", event.at, event.reason);
    }
  },
} satisfies Evolutions<"GateDecided">;

/** Throws `Refusal` NewerRevision naming each deliverable that moved on since the decider looked. */
function assertNewestRevisions(state: PilotState, runId: string, basedOn: Readonly<Record<string, number>>): void {
  const newer = deliverablesOf(state, runId).filter(({ id, revision }) => revision !== (basedOn[id] ?? 0));
  if (newer.length === 0) return;
  const deliverables = newer.map(({ id }) => id);
  throw new Refusal("NewerRevision", { key: "newer_revisions", deliverables }, { deliverables });
}

function holdOf({ resumeOn }: CommandOf<"DecideGate">, context: Context) {
  if (resumeOn === undefined) throw new Refusal("RuleBroken", "choose_day_to_go_on", { pointer: "/resumeOn" });
  return { resumeOn, remindAt: holdReminders(resumeOn, context) };
}

function isRepeat(gate: Gate, { decision, round }: CommandOf<"DecideGate">, personId: string): boolean {
  const last = gate.decisions.at(-1);
  return (
    gate.status !== "open" &&
    gate.round === round &&
    last?.round === round &&
    last.decision === decision &&
    last.by.includes(personId)
  );
}

function decisionDefinition(process: ProcessDefinition, decision: GateDecisionId): GateDecisionDefinition {
  const definition = process.gateDecisions.find(({ id }) => id === decision);
  if (definition === undefined)
    throw new Error(`Version ${process.version} of the process does not define ${decision}.`);
  return definition;
}

/** The decision on record; the round is over, but for a hold, after which the same round goes on. */
function withDecision(state: PilotState, { at, reason, data }: EventOf<"GateDecided">): PilotState {
  const { runId, decision, by, meanScore, basedOn, rework, programmeApproval, conditions, resumeOn } = data;
  const { skipProposal, ...gate } = recordIn(state.gates, runId);
  const record: GateDecision = {
    round: gate.round,
    decision,
    by,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(meanScore === undefined ? {} : { meanScore }),
    scores: gate.scores,
    basedOn,
    ...(rework.length === 0 ? {} : { deliverables: rework.map(({ deliverableId }) => deliverableId) }),
    ...(programmeApproval === undefined ? {} : { programmeApproval }),
    ...(conditions.length === 0 ? {} : { conditionIds: conditions.map(({ id }) => id) }),
    ...(resumeOn === undefined ? {} : { resumeOn }),
    ...(decision === "skip" && skipProposal !== undefined
      ? { skip: { reason: skipProposal.reason, evidence: skipProposal.evidence } }
      : {}),
  };
  const recorded = withGate(state, {
    ...gate,
    // What is skipped, and why, is recorded with the next stage when this one closes.
    ...(decision === "skip" && skipProposal !== undefined ? { skipProposal } : {}),
    status: decision === "rework" ? "closed" : "decided",
    decisions: [...gate.decisions, record],
  });
  if (decision === "hold") return recorded;
  const decider = by.at(-1);
  const tasks = withGateTasks(recorded, runId, (task) => ({
    ...finished(task, task.kind === "gate_decision" ? "completed" : "exited", at),
    ...(task.kind === "gate_decision" && decider !== undefined ? { assigneeId: decider } : {}),
  }));
  return { ...recorded, tasks };
}

function withRunStatus(state: PilotState, runId: string, status: StageRunStatus): PilotState {
  return withRun(state, { ...recordIn(state.runs, runId), status });
}
