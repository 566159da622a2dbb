/** What a person may see of a gate. Scores stay sealed until all deciders have filed; some read the result only. */
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { may } from "../../shared/domain/permissions.ts";
import type { Context } from "../../shared/domain/pilot/context.ts";
import { type Objection, offeredDecisions } from "../../shared/domain/pilot/gate-offers.ts";
import { reworkedWith } from "../../shared/domain/pilot/gate-rework.ts";
import { meanOf } from "../../shared/domain/pilot/gate-scores.ts";
import type { Gate, GateDecision, GateScore, PilotState } from "../../shared/domain/pilot/state.ts";
import { type GateDefinition, type ProcessDefinition, type StageId, stageOf } from "../../shared/domain/process.ts";
import { processWords } from "../../shared/language/languages.ts";
import { processIn } from "../../shared/language/process-words.ts";
import { objectionIn } from "../../shared/language/refusals/sentences.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";

type GateView = OutputOf<"getGate">;

/** Undefined while the gate of the run has not opened yet. */
export async function presentGate(
  state: PilotState,
  runId: string,
  context: Context,
  names: Names,
): Promise<GateView | undefined> {
  const process = processIn(names.language, context.process);
  const gate = state.gates[runId];
  const run = state.runs[runId];
  const definition = run && stageOf(process, run.stageId)?.gate;
  if (gate === undefined || run === undefined || definition === undefined) return undefined;
  const readsScores = may(context.actor, "gate.scores.read", state.pilot);
  const allFiled = isUnsealed(gate);
  const scores = await Promise.all(
    gate.scores.map((score) =>
      presentScore(score, { sealed: !allFiled && score.personId !== context.actor.personId }, names),
    ),
  );
  const meanScore = meanOf(gate.scores);
  const next = nextStage(process, run.stageId);
  return {
    runId,
    gateId: gate.gateId,
    name: definition.name,
    special: definition.special,
    round: gate.round,
    status: gate.status,
    openedAt: gate.openedAt,
    decideBy: gate.decideBy,
    musts: definition.mustMeet.map((must) => ({ ...must })),
    shoulds: definition.shouldMeet.map((should) => ({ ...should })),
    anchors: [...definition.anchors],
    thresholds: { ...definition.thresholds },
    readsScores,
    scores: readsScores ? scores : [],
    scoresNeeded: { ...gate.scoresNeeded },
    allFiled,
    ...(readsScores && allFiled && meanScore !== undefined ? { meanScore } : {}),
    basedOn: revisionsOf(state, runId),
    ...(next === undefined ? {} : { next }),
    reworks: readsScores ? reworksOf(state, runId, context.process) : {},
    decisions: readsScores ? decisionsOf(state, gate, context, definition, names.language) : [],
    ...(gate.skipProposal === undefined || !readsScores
      ? {}
      : {
          skipProposal: {
            by: await names.person(gate.skipProposal.personId),
            reason: gate.skipProposal.reason,
            ...(gate.skipProposal.text === undefined ? {} : { text: gate.skipProposal.text }),
            evidence: gate.skipProposal.evidence,
            at: gate.skipProposal.at,
          },
        }),
    history: await Promise.all(gate.decisions.map((decision) => presentDecision(decision, { readsScores }, names))),
    version: gate.version,
  };
}

/** All deciders of this round have filed: from now on each sees every score. */
export function isUnsealed({ scores, scoresNeeded }: Gate): boolean {
  const filed = (role: GateScore["role"]) => scores.filter((score) => score.role === role).length;
  return filed("coordinator") >= scoresNeeded.coordinator && filed("expert") >= scoresNeeded.expert;
}

export async function presentScore(
  { personId, role, at, score, musts, points, comment }: GateScore,
  { sealed }: { readonly sealed: boolean },
  names: Names,
): Promise<GateView["scores"][number]> {
  const by = await names.person(personId);
  if (sealed) return { by, role, at, sealed };
  return {
    by,
    role,
    at,
    sealed,
    score,
    musts: { ...musts },
    points: { ...points },
    ...(comment === undefined ? {} : { comment }),
  };
}

async function presentDecision(
  decision: GateDecision,
  { readsScores }: { readonly readsScores: boolean },
  names: Names,
): Promise<GateView["history"][number]> {
  const { round, at, reason, meanScore, basedOn, deliverables = [], conditionIds = [], resumeOn, skip } = decision;
  return {
    round,
    decision: decision.decision,
    by: await Promise.all(decision.by.map((personId) => names.person(personId))),
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(meanScore === undefined || !readsScores ? {} : { meanScore }),
    basedOn: { ...basedOn },
    scores: readsScores
      ? await Promise.all(decision.scores.map((score) => presentScore(score, { sealed: false }, names)))
      : [],
    reworked: [...deliverables],
    conditions: [...conditionIds],
    ...known({
      programmeApproval: readsScores ? decision.programmeApproval : undefined,
      resumeOn,
      skip: skip && presentSkip(skip, { readsScores }),
    }),
  };
}

/** The proof may tell scores. */
function presentSkip(
  { evidence, ...why }: NonNullable<GateDecision["skip"]>,
  { readsScores }: { readonly readsScores: boolean },
): NonNullable<GateView["history"][number]["skip"]> {
  return readsScores ? { ...why, evidence } : why;
}

function decisionsOf(
  state: PilotState,
  gate: Gate,
  context: Pick<Context, "now" | "process" | "accepted">,
  definition: GateDefinition,
  language: string,
): GateView["decisions"] {
  const offered = new Map(offeredDecisions(state, gate.runId, context).map((each) => [each.decision, each]));
  const said = (objection: Objection) => objectionIn(language, objection);
  const words = processWords(language);
  return processIn(language, context.process)
    .gateDecisions.filter(({ id }) => definition.decisions.includes(id))
    .map(({ id, label, effect, reasonOptions }) => ({
      decision: id,
      label,
      effect,
      offered: offered.get(id)?.offered ?? false,
      why: (offered.get(id)?.against ?? []).map(said),
      against: (offered.get(id)?.against ?? []).map((objection) => {
        const { about } = objection;
        return {
          code: objection.code,
          message: said(objection),
          ...(about === undefined ? {} : { about: words?.[about] ?? about }),
          ...(objection.score === undefined ? {} : { score: { ...objection.score } }),
        };
      }),
      reasonOptions: [...reasonOptions],
    }));
}

function nextStage(process: ProcessDefinition, stageId: StageId): GateView["next"] {
  const stages = process.stages.toSorted((a, b) => a.order - b.order);
  const next = stages[stages.findIndex(({ id }) => id === stageId) + 1];
  return next && { name: next.name, deliverables: next.deliverables.length, days: next.durationDays };
}

/** What a decision taken now rests on: the current revision of every deliverable of the run. */
const revisionsOf = (state: PilotState, runId: string): Record<string, number> =>
  Object.fromEntries(
    Object.values(state.deliverables)
      .filter((deliverable) => deliverable.runId === runId && deliverable.status !== "skipped")
      .map((deliverable) => [deliverable.id, deliverable.revision]),
  );

const reworksOf = (state: PilotState, runId: string, process: ProcessDefinition): Record<string, string[]> =>
  Object.fromEntries(
    Object.keys(revisionsOf(state, runId)).map((id) => [id, [...reworkedWith(state, runId, process, [id])]]),
  );
