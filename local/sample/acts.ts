/** What people do within a step of a walk, and who of a sample pilot's people does it. */
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import type { CommandOf } from "../../shared/domain/pilot/commands.ts";
import type { TeamMember } from "../../shared/domain/pilot/state.ts";
import type { ProcessRole, StageId } from "../../shared/domain/process.ts";
import { samplePerson } from "./people.ts";
import { definitionOf, stageOf } from "./process.ts";
import type { Walker } from "./walk.ts";

/** Half of the form is filled in. */
export async function drafts(walker: Walker, deliverableId: string): Promise<void> {
  const all = Object.entries(walker.answers(deliverableId));
  await saves(walker, deliverableId, Object.fromEntries(all.slice(0, Math.ceil(all.length / 2))));
}

export async function saves(walker: Walker, deliverableId: string, values: FormValues): Promise<void> {
  await walker.act(editorOf(walker, deliverableId), {
    type: "SaveDraft",
    deliverableId,
    baseDraftVersion: walker.state.deliverables[deliverableId]?.draftVersion ?? 0,
    values,
    // Found by comparing with what was stored before.
    changedFields: [],
  });
}

export async function submits(walker: Walker, deliverableId: string): Promise<void> {
  await walker.act(playerOf(walker, definitionOf(deliverableId).deliveredBy[0]), {
    type: "SubmitDeliverable",
    changedFields: [],
    deliverableId,
    baseDraftVersion: walker.state.deliverables[deliverableId]?.draftVersion ?? 0,
    values: walker.answers(deliverableId),
    // Worked out from the values as they are stored.
    checksum: "",
  });
}

export async function claimsReview(walker: Walker, deliverableId: string): Promise<string> {
  const reviewer = playerOf(walker, definitionOf(deliverableId).reviewedBy[0]);
  const { revision } = walker.state.deliverables[deliverableId] ?? {};
  await walker.act(reviewer, { type: "ClaimTask", taskId: `${deliverableId}.review.${revision}` });
  return reviewer;
}

export async function accepts(walker: Walker, deliverableId: string): Promise<void> {
  const reviewer = await claimsReview(walker, deliverableId);
  await walker.act(reviewer, review(walker, deliverableId));
}

export function review(walker: Walker, deliverableId: string): CommandOf<"ReviewDeliverable"> {
  const { reviewCriteria } = definitionOf(deliverableId);
  return {
    type: "ReviewDeliverable",
    deliverableId,
    revision: walker.state.deliverables[deliverableId]?.revision ?? 0,
    outcome: "accepted",
    points: Object.fromEntries(reviewCriteria.map(({ id }, index) => [id, index === 0 ? 4 : 3])),
    criterionComments: {},
    fieldComments: [],
    values: walker.submitted[deliverableId] ?? {},
  };
}

export async function scores(walker: Walker, personId: string): Promise<void> {
  const runId = runIdOf(walker);
  const { gate } = stageOf(walker.state.runs[runId]?.stageId);
  await walker.act(personId, {
    type: "ScoreGate",
    runId,
    round: gateOf(walker).round,
    musts: Object.fromEntries(gate.mustMeet.map(({ id }) => [id, { met: true, evidence: "Sample evidence." }])),
    points: Object.fromEntries(gate.shouldMeet.map(({ id }, index) => [id, index === 0 ? 4 : 3])),
    comment: "Sample comment: a sound pilot.",
  });
}

/** Those of the stage before have been confirmed by then. */
export async function logsHours(walker: Walker, stageId: StageId): Promise<void> {
  if (walker.logged.length > 0) await walker.act(adminOf(walker), { type: "ConfirmHours", entries: walker.logged });
  await walker.act(playerOf(walker, "advisor"), {
    type: "LogHours",
    hours: 7.5,
    on: walker.today,
    activity: `Sample: advice, ${stageOf(stageId).name.toLowerCase()}`,
  });
}

export const adminOf = ({ company }: Walker): string => `sme-${company.id}-admin`;

/** The company's member edits where there is one; others edit what they submit. */
function editorOf(walker: Walker, deliverableId: string): string {
  const role = definitionOf(deliverableId).deliveredBy[0];
  const { id, member } = walker.company;
  return role === "sme" && member !== undefined ? `sme-${id}-member` : playerOf(walker, role);
}

function playerOf(walker: Walker, role: ProcessRole | undefined): string {
  if (role === "sme") return adminOf(walker);
  if (role === "coordinator") return walker.walk.coordinator;
  const player = walker.walk.team.find((personId) => teamMember(personId).role === role);
  if (player === undefined) throw new Error(`${walker.walk.pilotId} has no ${role}.`);
  return player;
}

export function teamMember(personId: string): TeamMember {
  const { person, membership } = samplePerson(personId);
  const { role } = membership;
  if (role !== "advisor" && role !== "expert" && role !== "living_lab")
    throw new Error(`${personId} cannot be in a team.`);
  return { personId, role, country: person.country };
}

export const otherCoordinator = (personId: string): string =>
  personId === "coordinator-1" ? "coordinator-2" : "coordinator-1";

export function runIdOf({ state, walk }: Walker): string {
  if (state.pilot.currentRunId === undefined) throw new Error(`${walk.pilotId} is in no stage.`);
  return state.pilot.currentRunId;
}

export function gateOf(walker: Walker) {
  const gate = walker.state.gates[runIdOf(walker)];
  if (gate === undefined) throw new Error(`${walker.walk.pilotId} is at no gate.`);
  return gate;
}
