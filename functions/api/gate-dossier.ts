/**
 * One gate as an auditor takes it along: who scored what, what was decided on which revisions, and what became of the
 * conditions. The same for everybody who reads scores: while a round is sealed, one's own score is sealed here as well.
 * It holds no answers of forms, so no figures of a business case; checksums tell which answers a decision rested on.
 */
import type { GateDossier } from "../../shared/contracts/gate-operations.ts";
import { checksumOf } from "../../shared/domain/checksum.ts";
import { assertMay, may } from "../../shared/domain/permissions.ts";
import { meanOf } from "../../shared/domain/pilot/gate-scores.ts";
import type { Deliverable, Gate, GateDecision, PilotState } from "../../shared/domain/pilot/state.ts";
import { type ProcessDefinition, stageOf } from "../../shared/domain/process.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { processWords } from "../../shared/language/languages.ts";
import { readProgramme } from "../../shared/records/people.ts";
import { processFor } from "../../shared/records/pilots.ts";
import { isUnsealed, presentScore } from "./gate-view.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";
import { readablePilot } from "./pilots.ts";
import { definitionOf } from "./present.ts";

type Round = GateDossier["rounds"][number];

export function gateDossierHandlers(dependencies: ApiDependencies): Handlers<"getGateDossier"> {
  const { store, clock, pilots } = dependencies;

  async function presentDeliverable(
    state: PilotState,
    deliverable: Deliverable,
    names: Names,
  ): Promise<GateDossier["deliverables"][number]> {
    const { id, definitionId, status, skip } = deliverable;
    const definition = definitionOf(state, deliverable);
    const records = await Promise.all(
      Array.from({ length: deliverable.revision }, (_, before) => pilots.revision(state.pilot.id, id, before + 1)),
    );
    return {
      id,
      definitionId,
      name: definition.name,
      status,
      revisions: await Promise.all(
        records
          .filter((record) => record !== undefined)
          .map(async ({ revision, formVersion, checksum, submittedBy, submittedAt }) => ({
            revision,
            formVersion,
            checksum,
            submittedBy: await names.person(submittedBy),
            submittedAt,
          })),
      ),
      reviews: await Promise.all(
        deliverable.reviews.map(
          async ({ revision, reviewerId, at, outcome, weightedPercent, points, criterionComments }) => ({
            revision,
            by: await names.person(reviewerId),
            at,
            outcome,
            weightedPercent,
            criteria: definition.reviewCriteria.map((criterion) => ({
              id: criterion.id,
              text: criterion.text,
              must: criterion.must,
              ...known({ points: points[criterion.id], comment: criterionComments[criterion.id] }),
            })),
          }),
        ),
      ),
      ...(skip === undefined
        ? {}
        : { skipped: { ...skip, by: await Promise.all(skip.by.map((personId) => names.person(personId))) } }),
    };
  }

  return {
    async getGateDossier({ params: { pilotId, runId }, actor, names }) {
      const state = await readablePilot(dependencies, pilotId, actor);
      assertMay(actor, "gate.read", state.pilot);
      const { pilot } = state;
      const [gate, run] = [state.gates[runId], state.runs[runId]];
      const process = processFor(state, { runId });
      const stage = run && stageOf(process, run.stageId);
      const programme = await readProgramme(store, pilot.programmeId);
      if (gate === undefined || run === undefined || stage === undefined || programme === undefined)
        throw new Refusal("NotFound", "gate_not_opened_yet");
      const readsScores = may(actor, "gate.scores.read", pilot);
      const dossier: GateDossier = {
        format: "fairway-gate-dossier",
        formatVersion: 1,
        programme: { id: programme.id, name: programme.name, sample: programme.sample },
        pilot: {
          id: pilot.id,
          title: pilot.title,
          status: pilot.status,
          country: pilot.country,
          ...known({ market: pilot.primaryMarket }),
          appliedAt: pilot.appliedAt,
          ...known({ admittedAt: pilot.admittedAt }),
          team: await Promise.all(
            pilot.team.map(async ({ personId, role }) => ({ person: await names.person(personId), role })),
          ),
        },
        company: { ...(await names.organisation(pilot.organisationId)), country: pilot.country },
        stageRun: {
          id: run.id,
          stageId: run.stageId,
          name: stage.name,
          status: run.status,
          ...known({ startedAt: run.startedAt, endedAt: run.endedAt }),
        },
        process: { id: process.id, version: process.version, name: process.name },
        gate: {
          id: gate.gateId,
          name: stage.gate.name,
          special: stage.gate.special,
          status: gate.status,
          round: gate.round,
          openedAt: gate.openedAt,
          decideBy: gate.decideBy,
          musts: stage.gate.mustMeet.map((must) => ({ ...must })),
          shoulds: stage.gate.shouldMeet.map((should) => ({ ...should })),
          anchors: [...stage.gate.anchors],
          thresholds: { ...stage.gate.thresholds },
          scoresNeeded: { ...gate.scoresNeeded },
        },
        extent: readsScores ? "full" : "result",
        rounds: await roundsOf(state, gate, process, { readsScores }, names),
        deliverables: await Promise.all(
          Object.values(state.deliverables)
            .filter((deliverable) => deliverable.runId === runId)
            .map((deliverable) => presentDeliverable(state, deliverable, names)),
        ),
      };
      return {
        dossier,
        checksum: await checksumOf(dossier),
        generatedAt: clock.now().toISOString(),
        words: wordsFor(names.language, textsOf(dossier)),
      };
    },
  };
}

/** Texts in a reader's language, by their published wording; those that have no translation are left out. */
export function wordsFor(language: string, texts: readonly string[]): Record<string, string> {
  const words = processWords(language);
  if (words === undefined) return {};
  return Object.fromEntries(
    texts.flatMap((text) => {
      const said = words[text];
      return said === undefined ? [] : [[text, said]];
    }),
  );
}

const textsOf = ({ process, stageRun, gate, rounds, deliverables }: GateDossier): readonly string[] => [
  process.name,
  stageRun.name,
  gate.name,
  gate.special,
  ...gate.anchors,
  ...[...gate.musts, ...gate.shoulds].map(({ text }) => text),
  ...rounds.flatMap(({ decisions }) => decisions.flatMap(({ label, effect }) => [label, effect])),
  ...deliverables.flatMap(({ name, reviews }) => [
    name,
    ...reviews.flatMap(({ criteria }) => criteria.map(({ text }) => text)),
  ]),
];

/** In order; the one that is open, or was left when work began anew, comes last. */
async function roundsOf(
  state: PilotState,
  gate: Gate,
  process: ProcessDefinition,
  { readsScores }: { readonly readsScores: boolean },
  names: Names,
): Promise<Round[]> {
  const decided = Map.groupBy(gate.decisions, ({ round }) => round);
  const numbers = [...new Set([...decided.keys(), gate.round])].sort((a, b) => a - b);
  return Promise.all(
    numbers.map(async (round) => {
      const decisions = decided.get(round) ?? [];
      const isCurrent = round === gate.round;
      const filed = decisions.at(-1)?.scores ?? (isCurrent ? gate.scores : []);
      // Nothing was ever decided on scores that were not complete.
      const sealed = decisions.length === 0 && !isUnsealed(gate);
      const mean = sealed ? undefined : meanOf(filed);
      const proposal = isCurrent ? gate.skipProposal : undefined;
      return {
        round,
        scores: readsScores ? await Promise.all(filed.map((score) => presentScore(score, { sealed }, names))) : [],
        ...(readsScores ? known({ meanScore: mean }) : {}),
        ...(proposal === undefined || !readsScores
          ? {}
          : {
              skipProposal: {
                by: await names.person(proposal.personId),
                at: proposal.at,
                reason: proposal.reason,
                ...known({ text: proposal.text }),
                evidence: proposal.evidence,
              },
            }),
        decisions: await Promise.all(decisions.map((decision) => presentDecision(state, decision, process, names))),
      };
    }),
  );
}

async function presentDecision(
  { pilot }: PilotState,
  decision: GateDecision,
  process: ProcessDefinition,
  names: Names,
): Promise<Round["decisions"][number]> {
  const definition = process.gateDecisions.find(({ id }) => id === decision.decision);
  const { at, reason, basedOn, deliverables = [], conditionIds = [], resumeOn, programmeApproval } = decision;
  return {
    decision: decision.decision,
    label: definition?.label ?? decision.decision,
    effect: definition?.effect ?? "",
    by: await Promise.all(decision.by.map((personId) => names.person(personId))),
    at,
    ...known({ reason }),
    basedOn: Object.entries(basedOn).map(([deliverableId, revision]) => ({ deliverableId, revision })),
    reworked: [...deliverables],
    conditions: pilot.conditions
      .filter(({ id }) => conditionIds.includes(id))
      .map(({ id, text, ownerRole, dueAt, metAt, evidence }) => ({
        id,
        text,
        ownerRole,
        dueAt,
        ...known({ metAt, evidence }),
      })),
    ...known({ programmeApproval, resumeOn }),
  };
}
