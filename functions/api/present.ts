/** Turns the domain's records into the views of the contract: names for ids, and only what the person may see. */

import { type InboxEntry, inboxEntryOf } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { BallView, TaskView } from "../../shared/contracts/views.ts";
import { type Actor, seatOf } from "../../shared/domain/actor.ts";
import { may, pilotActionNames } from "../../shared/domain/permissions.ts";
import { type Ball, isOverUsual, likelyOn } from "../../shared/domain/pilot/ball.ts";
import { mayReadForm } from "../../shared/domain/pilot/business-case.ts";
import { openDependencies } from "../../shared/domain/pilot/dependencies.ts";
import { hasAnotherSeat } from "../../shared/domain/pilot/gates.ts";
import { type PilotProgress, progressOf } from "../../shared/domain/pilot/progress.ts";
import {
  type Deliverable,
  isEnded,
  isOpenTask,
  isSettled,
  isWorkable,
  type Pilot,
  type PilotState,
  type Question,
} from "../../shared/domain/pilot/state.ts";
import { mayKnowOf } from "../../shared/domain/pilot/task-rights.ts";
import { deliverableOf, type ProcessDefinition, stageOf } from "../../shared/domain/process.ts";
import { processIn } from "../../shared/language/process-words.ts";
import { taskTitleIn } from "../../shared/language/task-title.ts";
import { processFor } from "../../shared/records/pilots.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";

export type PilotView = OutputOf<"getPilot">;
export type PilotSummary = OutputOf<"listPilots">["pilots"][number];

export async function presentTask(entry: InboxEntry, names: Names, now: string): Promise<TaskView> {
  const { task, pilotId, pilotTitle, country, market, sample, waitsFor = [], atRisk } = entry;
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
    ...(task.question === undefined ? {} : { question: await presentQuestion(task.question, names) }),
    candidateRole: task.candidateRole,
    ...(task.assigneeId === undefined ? {} : { assignee: await names.person(task.assigneeId) }),
    ...(task.ownerId === undefined ? {} : { owner: await names.person(task.ownerId) }),
    waitsFor: [...waitsFor],
    createdAt: task.createdAt,
    dueAt: task.dueAt,
    // What is done, cancelled or suspended is late no more.
    overdue: isOpenTask(task) && task.dueAt < now,
    escalated: task.escalatedAt !== undefined,
    sentBack: task.sentBack === true,
    atRisk,
    ...(task.forecast === undefined ? {} : { forecast: { ...task.forecast } }),
    version: task.version,
  };
}

const presentQuestion = async ({ text, askedBy, internal, deliverableId }: Question, names: Names) => ({
  text,
  by: await names.person(askedBy),
  internal,
  ...(deliverableId === undefined ? {} : { deliverableId }),
});

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
  const { stageStatus, stageSince, openDueAt, openHours, disputedHours } = progress;
  const [nextDueAt] = openDueAt;
  const ball = progress.ball && (await presentBall(progress.ball, pilot, names, now));
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
    ...(ball === undefined ? {} : { ball }),
    advisors: await Promise.all(
      pilot.team.filter(({ role }) => role === "advisor").map(({ personId }) => names.person(personId)),
    ),
    atRisk: pilot.atRiskSince !== undefined,
    openHours,
    disputedHours,
    sample: pilot.sample,
    appliedAt: pilot.appliedAt,
  };
}

async function presentBall(ball: Ball, pilot: Pilot, names: Names, now: string): Promise<BallView> {
  const { kind, role, personId, taskId, taskKind, title, deliverableId, since, dueAt, step } = ball;
  const today = { now, country: pilot.country };
  const usualDays = step === undefined ? undefined : await names.usualDays(pilot.programmeId, step);
  const task =
    title === undefined || taskKind === undefined
      ? {}
      : { title: taskTitleIn(names.language, { kind: taskKind, title, ...known({ deliverableId }) }) };
  return {
    kind,
    role,
    ...(personId === undefined ? {} : { person: await names.person(personId) }),
    ...task,
    since,
    ...known({
      taskId,
      deliverableId,
      dueAt,
      usualDays,
      likelyOn: likelyOn(ball, usualDays, today),
    }),
    ...(isOverUsual(ball, usualDays, today) ? { overUsual: true } : {}),
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
      hasGate: state.gates[run.id] !== undefined,
      ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
      ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    })),
    deliverables: await Promise.all(
      Object.values(state.deliverables).map(async (deliverable) => ({
        ...(await presentDeliverable(state, deliverable, names)),
        mayRead: mayReadForm(actor, deliverable, state),
      })),
    ),
    tasks: await Promise.all(
      Object.values(state.tasks)
        .filter((task) => mayKnowOf(actor, task, pilot))
        .map(async (task) => ({
          ...(await presentTask(inboxEntryOf(state, task), names, now)),
          ...(hasAnotherSeat(state, task, seatOf(actor)) ? { seated: true } : {}),
        })),
    ),
    may: pilotActionNames.filter((action) => may(actor, action, pilot)),
    sequence: state.sequence,
  };
}

export async function presentDeliverable(
  state: PilotState,
  deliverable: Deliverable,
  names: Names,
): Promise<Omit<PilotView["deliverables"][number], "mayRead">> {
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
    ...(await presentExtensionRequest(deliverable, names)),
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

async function presentExtensionRequest(deliverable: Deliverable, names: Names) {
  const { extensionRequest } = deliverable;
  if (extensionRequest === undefined || !isWorkable(deliverable)) return {};
  const { until, reason, personId, at } = extensionRequest;
  return { extensionRequest: { until, reason, by: await names.person(personId), at } };
}
