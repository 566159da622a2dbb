/** Turns the domain's records into the views of the contract: names for ids, and only what the person may see. */

import { type InboxEntry, inboxEntryOf } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { TaskView } from "../../shared/contracts/views.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { may, pilotActionNames } from "../../shared/domain/permissions.ts";
import type { Context } from "../../shared/domain/pilot/context.ts";
import { openDependencies } from "../../shared/domain/pilot/deliverables.ts";
import { meanOf, offeredDecisions } from "../../shared/domain/pilot/gates.ts";
import { type PilotProgress, progressOf } from "../../shared/domain/pilot/progress.ts";
import {
  type Deliverable,
  isEnded,
  isOpenTask,
  isSettled,
  type Pilot,
  type PilotState,
} from "../../shared/domain/pilot/state.ts";
import { deliverableOf, type ProcessDefinition, stageOf } from "../../shared/domain/process.ts";
import { processIn } from "../../shared/language/process-words.ts";
import { taskTitleIn } from "../../shared/language/task-title.ts";
import { processFor } from "../../shared/records/pilots.ts";
import type { Names } from "./names.ts";

export type PilotView = OutputOf<"getPilot">;
export type PilotSummary = OutputOf<"listPilots">["pilots"][number];

export async function presentTask(entry: InboxEntry, names: Names, now: string): Promise<TaskView> {
  const { task, pilotId, pilotTitle, country, market, sample, atRisk } = entry;
  return {
    id: task.id,
    pilotId,
    pilotTitle,
    country,
    ...(market === undefined ? {} : { market }),
    sample,
    kind: task.kind,
    title: taskTitleIn(names.language, task),
    status: task.status,
    priority: task.priority,
    runId: task.runId,
    ...(task.deliverableId === undefined ? {} : { deliverableId: task.deliverableId }),
    ...(task.conditionId === undefined ? {} : { conditionId: task.conditionId }),
    candidateRole: task.candidateRole,
    ...(task.assigneeId === undefined ? {} : { assignee: await names.person(task.assigneeId) }),
    ...(task.ownerId === undefined ? {} : { owner: await names.person(task.ownerId) }),
    createdAt: task.createdAt,
    dueAt: task.dueAt,
    // What is done, cancelled or suspended is late no more.
    overdue: isOpenTask(task) && task.dueAt < now,
    escalated: task.escalatedAt !== undefined,
    atRisk,
    version: task.version,
  };
}

export interface ListedPilot {
  readonly pilot: Pilot;
  readonly stage: string;
  readonly progress: PilotProgress;
}

export const listedPilot = (state: PilotState): ListedPilot => ({
  pilot: state.pilot,
  stage:
    (state.pilot.currentRunId === undefined ? undefined : state.runs[state.pilot.currentRunId]?.stageId) ?? "intake",
  progress: progressOf(state),
});

export async function presentSummary(
  { pilot, stage, progress }: ListedPilot,
  names: Names,
  now: string,
): Promise<PilotSummary> {
  const { stageStatus, stageSince, openDueAt } = progress;
  const [nextDueAt] = openDueAt;
  return {
    id: pilot.id,
    title: pilot.title,
    status: pilot.status,
    organisation: await names.organisation(pilot.organisationId),
    country: pilot.country,
    ...(pilot.primaryMarket === undefined ? {} : { market: pilot.primaryMarket }),
    stage,
    ...(stageStatus === undefined ? {} : { stageStatus }),
    stageSince,
    openTasks: openDueAt.length,
    overdueTasks: openDueAt.filter((dueAt) => dueAt < now).length,
    ...(nextDueAt === undefined ? {} : { nextDueAt }),
    advisors: await Promise.all(
      pilot.team.filter(({ role }) => role === "advisor").map(({ personId }) => names.person(personId)),
    ),
    atRisk: pilot.atRiskSince !== undefined,
    sample: pilot.sample,
    appliedAt: pilot.appliedAt,
  };
}

export async function presentPilot(state: PilotState, actor: Actor, names: Names, now: string): Promise<PilotView> {
  const { pilot } = state;
  return {
    ...(await presentSummary(listedPilot(state), names, now)),
    programmeId: pilot.programmeId,
    team: await Promise.all(
      pilot.team.map(async ({ personId, role, country }) => ({ person: await names.person(personId), role, country })),
    ),
    secondaryMarkets: [...pilot.secondaryMarkets],
    ...(pilot.admittedAt === undefined ? {} : { admittedAt: pilot.admittedAt }),
    ...(pilot.endedAt === undefined ? {} : { endedAt: pilot.endedAt }),
    ...(pilot.endReason === undefined ? {} : { endReason: pilot.endReason }),
    ...(pilot.earlierPilotId === undefined ? {} : { earlierPilotId: pilot.earlierPilotId }),
    ...(pilot.hold === undefined
      ? {}
      : { hold: { since: pilot.hold.since, reason: pilot.hold.reason, resumeOn: pilot.hold.resumeOn } }),
    ...(pilot.holdProposedAt === undefined ? {} : { holdProposedAt: pilot.holdProposedAt }),
    conditions: pilot.conditions.map(({ taskId: _, ...condition }) => ({
      ...condition,
      overdue: condition.metAt === undefined && condition.dueAt < now,
    })),
    ...(pilot.objection === undefined
      ? {}
      : {
          objection: {
            by: await names.person(pilot.objection.personId),
            at: pilot.objection.at,
            text: pilot.objection.text,
          },
        }),
    supportHours: pilot.supportHours,
    aidEur: pilot.aidCents / 100,
    followUps: pilot.followUps.map((followUp) => ({ ...followUp })),
    runs: Object.values(state.runs).map((run) => ({
      id: run.id,
      stageId: run.stageId,
      name: stageOf(processIn(names.language, processFor(state, { runId: run.id })), run.stageId)?.name ?? run.stageId,
      status: run.status,
      processVersion: run.processVersion,
      executionNumber: run.executionNumber,
      ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
      ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    })),
    deliverables: await Promise.all(
      Object.values(state.deliverables).map((deliverable) => presentDeliverable(state, deliverable, names)),
    ),
    tasks: await Promise.all(
      Object.values(state.tasks).map((task) => presentTask(inboxEntryOf(pilot, task), names, now)),
    ),
    may: pilotActionNames.filter((action) => may(actor, action, pilot)),
    sequence: state.sequence,
  };
}

export async function presentDeliverable(
  state: PilotState,
  deliverable: Deliverable,
  names: Names,
): Promise<PilotView["deliverables"][number]> {
  const definition = definitionOf(state, deliverable, names.language);
  const { skipProposal } = deliverable;
  return {
    id: deliverable.id,
    definitionId: deliverable.definitionId,
    name: definition.name,
    runId: deliverable.runId,
    status: deliverable.status,
    deliveredBy: [...definition.deliveredBy],
    reviewedBy: [...definition.reviewedBy],
    dueAt: deliverable.dueAt,
    late: deliverable.late,
    revision: deliverable.revision,
    draftVersion: deliverable.draftVersion,
    waitsFor:
      isEnded(state.pilot) || isSettled(deliverable)
        ? []
        : openDependencies(state, definition, { process: processFor(state, { deliverableId: deliverable.id }) }),
    ...(skipProposal === undefined
      ? {}
      : {
          skipProposal: {
            reason: skipProposal.reason,
            note: skipProposal.note,
            by: await names.person(skipProposal.personId),
            at: skipProposal.at,
          },
        }),
    version: deliverable.version,
  };
}

/**
 * The definition a deliverable was opened with; its process version is pinned by the run. In a reader's language it is
 * for showing only: what is checked is checked against the version as it was published.
 */
export function definitionOf(state: PilotState, deliverable: Deliverable, language = "en") {
  const definition = deliverableOf(processOf(state, deliverable, language), deliverable.definitionId);
  if (definition === undefined) throw new Error(`${deliverable.definitionId} is in no process version.`);
  return definition;
}

/** The process version of a deliverable as a reader reads it. */
export const processOf = (state: PilotState, { id }: Deliverable, language: string): ProcessDefinition =>
  processIn(language, processFor(state, { deliverableId: id }));

export async function presentGate(
  state: PilotState,
  runId: string,
  context: Context,
  names: Names,
): Promise<OutputOf<"getGate"> | undefined> {
  const process = processIn(names.language, context.process);
  const gate = state.gates[runId];
  const run = state.runs[runId];
  const definition = run && stageOf(process, run.stageId)?.gate;
  if (gate === undefined || definition === undefined) return undefined;
  const filed = (role: "coordinator" | "expert") => gate.scores.filter((score) => score.role === role).length;
  const allFiled = filed("coordinator") >= 1 && filed("expert") >= gate.scoresNeeded.expert;
  const scores = await Promise.all(
    gate.scores.map(async (score) => {
      const sealed = !allFiled && score.personId !== context.actor.personId;
      return {
        by: await names.person(score.personId),
        role: score.role,
        at: score.at,
        sealed,
        ...(sealed
          ? {}
          : {
              score: score.score,
              musts: { ...score.musts },
              points: { ...score.points },
              ...(score.comment === undefined ? {} : { comment: score.comment }),
            }),
      };
    }),
  );
  const meanScore = meanOf(gate.scores);
  const offered = new Map(offeredDecisions(state, runId, context).map((each) => [each.decision, each]));
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
    scores,
    scoresNeeded: { ...gate.scoresNeeded },
    allFiled,
    ...(allFiled && meanScore !== undefined ? { meanScore } : {}),
    basedOn: revisionsOf(state, runId),
    decisions: process.gateDecisions
      .filter(({ id }) => definition.decisions.includes(id))
      .map(({ id, label, effect, reasonOptions }) => ({
        decision: id,
        label,
        effect,
        offered: offered.get(id)?.offered ?? false,
        why: [...(offered.get(id)?.why ?? [])],
        reasonOptions: [...reasonOptions],
      })),
    ...(gate.skipProposal === undefined
      ? {}
      : {
          skipProposal: {
            by: await names.person(gate.skipProposal.personId),
            reason: gate.skipProposal.reason,
            evidence: gate.skipProposal.evidence,
            at: gate.skipProposal.at,
          },
        }),
    history: await Promise.all(
      gate.decisions.map(async (decision) => ({
        round: decision.round,
        decision: decision.decision,
        by: await Promise.all(decision.by.map((personId) => names.person(personId))),
        at: decision.at,
        ...(decision.reason === undefined ? {} : { reason: decision.reason }),
        ...(decision.meanScore === undefined ? {} : { meanScore: decision.meanScore }),
        basedOn: { ...decision.basedOn },
      })),
    ),
    version: gate.version,
  };
}

/** What a decision taken now rests on: the current revision of every deliverable of the run. */
const revisionsOf = (state: PilotState, runId: string): Record<string, number> =>
  Object.fromEntries(
    Object.values(state.deliverables)
      .filter((deliverable) => deliverable.runId === runId && deliverable.status !== "skipped")
      .map((deliverable) => [deliverable.id, deliverable.revision]),
  );
