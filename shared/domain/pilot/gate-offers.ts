/** Which decisions a gate offers as it is scored, and what speaks against the others. */
import type { FormValues } from "../forms/form-schema.ts";
import type { GateDecisionId, GateDefinition, ProcessDefinition } from "../process.ts";
import type { Context } from "./context.ts";
import { reworksOf, reworksWithoutApproval } from "./gate-rework.ts";
import { isFullyScored, meanOf } from "./gate-scores.ts";
import { runOf, stageOf } from "./stages.ts";
import type { Gate, PilotState, StageRunStatus } from "./state.ts";

const decisionIds = ["advance", "advance_with_conditions", "rework", "hold", "stop", "skip"] as const;

/** Decisions that let the pilot go on. */
const goingOn: ReadonlySet<GateDecisionId> = new Set(["advance", "advance_with_conditions", "skip"]);

/** What speaks against a decision, or what it needs beside; its sentence is in the catalogue of each language. */
export interface Objection {
  readonly code:
    | "not_open"
    | "scores_missing"
    | "not_at_this_gate"
    | "condition_past_due"
    | "showstopper"
    | "trial_no_go"
    | "must_not_met"
    | "score_too_low"
    | "no_stage_follows"
    | "next_not_skippable"
    | "approval_needed";
  /** The text of a condition, or of a criterion as the process has it. */
  readonly about?: string;
  readonly score?: { readonly mean: number; readonly least: number };
}

interface OfferedDecision {
  readonly decision: GateDecisionId;
  readonly offered: boolean;
  readonly against: readonly Objection[];
}

/** What the rules leave to decide at the run's gate as scored so far. Throws `Refusal` NotFound for an unknown run. */
export function offeredDecisions(
  state: PilotState,
  runId: string,
  context: Pick<Context, "now" | "process" | "accepted">,
): readonly OfferedDecision[] {
  const run = runOf(state, runId);
  const definition = stageOf(context.process, run.stageId).gate;
  const gate = state.gates[runId];
  const notNow = whyNotNow(run.status, gate);
  return decisionIds.map((decision) => {
    const against: readonly Objection[] = [
      ...notNow,
      ...(definition.decisions.includes(decision) ? [] : [{ code: "not_at_this_gate" } as const]),
      ...(goingOn.has(decision) ? whyNotGoOn(state, definition, context) : []),
      ...(decision === "advance" ? whyScoresForbid(gate, definition, definition.thresholds.advance) : []),
      ...(decision === "advance_with_conditions"
        ? whyScoresForbid(gate, definition, definition.thresholds.advanceWithConditions)
        : []),
      ...(decision === "skip" ? whyNotSkip(run.stageId, context.process) : []),
    ];
    const needsApproval = decision === "rework" && gate !== undefined && reworksOf(gate) >= reworksWithoutApproval;
    const said: readonly Objection[] = needsApproval ? [...against, approvalNeeded] : against;
    return { decision, offered: against.length === 0, against: said };
  });
}

const approvalNeeded: Objection = {
  code: "approval_needed",
};

function whyNotNow(status: StageRunStatus, gate: Gate | undefined): readonly Objection[] {
  if (status !== "at_gate" || gate?.status !== "open") return [{ code: "not_open" }];
  return isFullyScored(gate) ? [] : [{ code: "scores_missing" }];
}

function whyNotGoOn(
  state: PilotState,
  definition: GateDefinition,
  { now, accepted }: Pick<Context, "now" | "accepted">,
): readonly Objection[] {
  const pastDue = state.pilot.conditions.filter(({ metAt, dueAt }) => metAt === undefined && dueAt < now);
  return [
    ...pastDue.map(({ text }) => ({
      code: "condition_past_due" as const,
      about: text,
    })),
    ...(definition.id === "G2" && says(accepted["FS-3"], "overall", "showstopper")
      ? [{ code: "showstopper" as const }]
      : []),
    ...(definition.id === "G3" && says(accepted["PA-8"], "conclusion", "no_go")
      ? [{ code: "trial_no_go" as const }]
      : []),
  ];
}

const says = (values: FormValues | undefined, field: string, answer: string): boolean => values?.[field] === answer;

function whyScoresForbid(gate: Gate | undefined, definition: GateDefinition, least: number): readonly Objection[] {
  const scores = gate?.scores ?? [];
  const unmet = definition.mustMeet.filter(({ id }) => scores.some(({ musts }) => musts[id]?.met !== true));
  const mean = meanOf(scores);
  return [
    ...unmet.map(({ text }) => ({ code: "must_not_met" as const, about: text })),
    ...(mean !== undefined && mean < least
      ? [
          {
            code: "score_too_low" as const,
            score: { mean, least },
          },
        ]
      : []),
  ];
}

function whyNotSkip(stageId: string, process: ProcessDefinition): readonly Objection[] {
  const order = process.stages.find(({ id }) => id === stageId)?.order ?? 0;
  const next = process.stages.filter((stage) => stage.order > order).toSorted((a, b) => a.order - b.order)[0];
  if (next === undefined) return [{ code: "no_stage_follows" }];
  return next.skippable ? [] : [{ code: "next_not_skippable" }];
}
