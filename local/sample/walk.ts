/**
 * Walking a pilot: people and workflow act on it one day after another, through the commands everybody uses.
 *
 * A walk is a list of steps, each a number of days long; it ends today, so the first step begins as many days ago as all
 * of them take. On the way the clock does what it would have done: reminders and escalations fire when they are due.
 */
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { systemActor } from "../../shared/domain/actor.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import type { CommandOf, PilotCommand } from "../../shared/domain/pilot/commands.ts";
import { nextActionAt } from "../../shared/domain/pilot/deadlines.ts";
import type { LoggedHours, PilotState, TeamMember } from "../../shared/domain/pilot/state.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type ProcessRole,
  type StageDefinition,
  type StageId,
} from "../../shared/domain/process.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { daysAfter, sampleAnswers } from "./answers.ts";
import { portfolioCompanies, type SampleCompany, sampleCompanies } from "./companies.ts";
import { sampleActor, samplePerson, sampleProgrammeId } from "./people.ts";

export interface Walk {
  readonly pilotId: string;
  /** Id of a sample company. */
  readonly company: string;
  readonly market: string;
  readonly otherMarket: string;
  readonly coordinator: string;
  /** Person ids; the first advisor leads. */
  readonly team: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly days: number;
  readonly take: (walker: Walker) => Promise<void>;
}

interface Walker {
  readonly walk: Walk;
  readonly company: SampleCompany;
  readonly state: PilotState;
  /** The day it is, YYYY-MM-DD. */
  readonly today: string;
  /** Waits for a day of the step, counted from 0. */
  until(day: number): Promise<void>;
  act(personId: string, command: PilotCommand): Promise<void>;
  /** What the workflow does at this point. */
  system(command: PilotCommand): Promise<void>;
  /** What somebody would fill in today. */
  answers(deliverableId: string): FormValues;
  /** What was last handed in. */
  readonly submitted: Readonly<Record<string, FormValues>>;
  readonly logged: readonly LoggedHours[];
}

const dayMs = 86_400_000;
/** When people begin to work, UTC, and how long each act takes them. */
const morningMs = 7 * 3_600_000;
const actMs = 17 * 60_000;

/** How fast people work. */
export interface Tempo {
  /** How much of the time for a deliverable its authors use; above 1 they are late. */
  readonly pace: number;
  /** Days after which a review is claimed and decided. */
  readonly claimedAfter: number;
  readonly decidedAfter: number;
}

const usualTempo: Tempo = { pace: 0.75, claimedAfter: 1, decidedAfter: 1 };

/** Walks a pilot that is not there yet to where its steps lead, up to now. */
export async function walkPilot(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  walk: Walk,
): Promise<void> {
  const endMs = clock.now().getTime();
  const startOfTodayMs = Math.floor(endMs / dayMs) * dayMs;
  let stepMs = startOfTodayMs - walkDays(walk.steps) * dayMs;
  let nowMs = stepMs;
  let state: PilotState | undefined;
  const submitted: Record<string, FormValues> = {};
  const logged: LoggedHours[] = [];
  const pilots = createPilotRecords({ store, clock: { now: () => new Date(nowMs) } });
  const fairway = systemActor(sampleProgrammeId);

  async function change(command: PilotCommand, actor = fairway): Promise<void> {
    ({ state } = await pilots.change(walk.pilotId, command, actor));
  }

  async function moveTo(targetMs: number): Promise<void> {
    for (;;) {
      const next = state === undefined ? undefined : nextActionAt(state);
      if (next === undefined || Date.parse(next) > targetMs) break;
      nowMs = Math.max(nowMs, Date.parse(next));
      await change({ type: "FireDueAction" });
    }
    nowMs = Math.max(nowMs, targetMs);
  }

  const company = [...sampleCompanies, ...portfolioCompanies].find(({ id }) => id === walk.company);
  if (company === undefined) throw new Error(`The sample programme has no company ${walk.company}.`);
  const walker: Walker = {
    walk,
    company,
    submitted,
    logged,
    get state() {
      if (state === undefined) throw new Error(`${walk.pilotId} has not applied yet.`);
      return state;
    },
    get today() {
      return new Date(nowMs).toISOString().slice(0, 10);
    },
    until: (day) => moveTo(Math.max(nowMs, stepMs + day * dayMs + morningMs)),
    async act(personId, command) {
      await moveTo(nowMs + actMs);
      const aidBefore = state?.pilot.aidCents ?? 0;
      await change(command, sampleActor(personId));
      if (command.type === "SubmitDeliverable") submitted[command.deliverableId] = command.values;
      if (command.type === "LogHours") {
        const { hours, on, activity } = command;
        const { sequence, pilot } = walker.state;
        const aidCents = pilot.aidCents - aidBefore;
        logged.push({ id: String(sequence), personId, on, hours, activity, aidCents });
      }
    },
    system: (command) => change(command),
    answers(deliverableId) {
      const { market, otherMarket } = walk;
      const accepted = (id: string) => submitted[id];
      return sampleAnswers(definitionOf(deliverableId), {
        company,
        market,
        otherMarket,
        today: walker.today,
        accepted,
      });
    },
  };

  for (const step of walk.steps) {
    await walker.until(0);
    await step.take(walker);
    stepMs += step.days * dayMs;
  }
  await moveTo(endMs);
}

export const walkDays = (steps: readonly Step[]): number => steps.reduce((sum, { days }) => sum + days, 0);

// The steps

/** The company applies; its application waits for review. */
export const applies: Step = {
  days: 2,
  async take(walker) {
    const { walk, company } = walker;
    await walker.act(adminOf(walker), {
      type: "StartApplication",
      pilotId: walk.pilotId,
      organisationId: company.id,
      country: company.country,
      title: `${company.name}: ${company.service}`,
      sample: true,
    });
    await drafts(walker, "IN-1");
    await walker.until(1);
    await submits(walker, "IN-1");
  },
};

/** The application is accepted and the pilot admitted. */
export const isAdmitted: Step = {
  days: 4,
  async take(walker) {
    const { coordinator, team } = walker.walk;
    await walker.until(1);
    await accepts(walker, "IN-1");
    await walker.until(3);
    await walker.act(coordinator, { type: "AdmitPilot", team: team.map(teamMember) });
  },
};

/** The application is turned down. */
export const isRejected: Step = {
  days: 2,
  async take(walker) {
    await walker.until(1);
    await walker.act(walker.walk.coordinator, {
      type: "RejectApplication",
      reason: "Sample reason: the service is not on the market at home yet.",
    });
  },
};

/**
 * The stage opens and its deliverables are accepted in turn, with a draft begun of what comes next: all of them, or as
 * far as people get until a day of the stage, or all but some.
 */
export function works(
  stageId: StageId,
  {
    tempo = usualTempo,
    until = stageDays(stageId, tempo),
    except = [],
  }: { readonly tempo?: Tempo; readonly until?: number; readonly except?: readonly string[] } = {},
): Step {
  const { pace, claimedAfter, decidedAfter } = tempo;
  const inTurn = stageOf(stageId).deliverables.toSorted((one, other) => one.dueInDays - other.dueInDays);
  const doneOn = ({ dueInDays }: DeliverableDefinition) => Math.round(dueInDays * pace);
  const done = inTurn.filter((each) => !except.includes(each.id) && doneOn(each) + decidedAfter < until);
  const next = inTurn.find((each) => !done.includes(each));
  return {
    days: until,
    async take(walker) {
      await walker.system({ type: "OpenStage", runId: runIdOf(walker) });
      for (const definition of done) {
        await walker.until(doneOn(definition));
        await submits(walker, definition.id);
        await walker.until(doneOn(definition) + claimedAfter);
        const reviewer = await claimsReview(walker, definition.id);
        await walker.until(doneOn(definition) + decidedAfter);
        await walker.act(reviewer, review(walker, definition.id));
      }
      await logsHours(walker, stageId);
      if (next !== undefined) await drafts(walker, next.id);
    },
  };
}

/** What comes next in the stage is handed in, and waits for its review: claimed or not. */
export function handsIn(claimed: "claimed" | "unclaimed", days: number): Step {
  return {
    days,
    async take(walker) {
      const { deliverables } = walker.state;
      const next = stageOf(walker.state.runs[runIdOf(walker)]?.stageId)
        .deliverables.toSorted((one, other) => one.dueInDays - other.dueInDays)
        .find(({ id }) => deliverables[id]?.status === "in_progress");
      if (next === undefined) throw new Error(`${walker.walk.pilotId} has nothing to hand in.`);
      await submits(walker, next.id);
      if (claimed === "unclaimed") return;
      await walker.until(1);
      await claimsReview(walker, next.id);
    },
  };
}

/** The company answers the survey that has opened since the pilot was completed. */
export const answersSurvey: Step = {
  days: 10,
  async take(walker) {
    const survey = walker.state.pilot.followUps.find(({ deliverableId }) => deliverableId !== undefined)?.deliverableId;
    if (survey === undefined) throw new Error(`${walker.walk.pilotId} has no survey to answer.`);
    await submits(walker, survey);
    await walker.until(4);
    await accepts(walker, survey);
  },
};

/** A deliverable is handed in and comes back with a comment on one text; work on it has begun again. */
export function isSentBack(deliverableId: string, field: string): Step {
  return {
    days: 4,
    async take(walker) {
      await saves(walker, deliverableId, walker.answers(deliverableId));
      await submits(walker, deliverableId);
      await walker.until(1);
      const reviewer = await claimsReview(walker, deliverableId);
      await walker.act(reviewer, {
        ...review(walker, deliverableId),
        outcome: "rework",
        fieldComments: [{ pointer: `/${field}`, text: "Sample comment: please give an example." }],
      });
      await walker.until(2);
      const before = walker.submitted[deliverableId] ?? {};
      await saves(walker, deliverableId, { ...before, [field]: `${before[field]} For example: …` });
    },
  };
}

/** The gate opens; the people named have filed their scores. */
export function isAtGate(...scorers: readonly string[]): Step {
  return {
    days: 3,
    async take(walker) {
      await walker.system({ type: "OpenGate", runId: runIdOf(walker) });
      await walker.until(1);
      for (const personId of scorers) await scores(walker, personId);
    },
  };
}

type Decision = Omit<CommandOf<"DecideGate">, "type" | "runId" | "round" | "basedOn">;

/** The gate opens, is scored and decided; where the pilot goes on, the next stage is planned. */
export function passesGate(
  decision: (walker: Walker) => Decision = () => ({ decision: "advance" }),
  { decidedAfter = 2 } = {},
): Step {
  return {
    days: decidedAfter + 2,
    async take(walker) {
      const runId = runIdOf(walker);
      const { coordinator, team } = walker.walk;
      await walker.system({ type: "OpenGate", runId });
      const experts = team.filter((personId) => teamMember(personId).role === "expert");
      const { scoresNeeded, round } = gateOf(walker);
      await walker.until(1);
      for (const personId of experts.slice(0, scoresNeeded.expert)) await scores(walker, personId);
      await scores(walker, coordinator);
      await walker.until(decidedAfter);
      const basedOn = Object.fromEntries(
        Object.values(walker.state.deliverables)
          .filter((deliverable) => deliverable.runId === runId)
          .map(({ id, revision }) => [id, revision]),
      );
      const command = { type: "DecideGate", runId, round, basedOn, ...decision(walker) } as const;
      await walker.act(coordinator, command);
      // Four eyes: a skip is proposed by one coordinator and agreed to by the other.
      if (command.decision === "skip") await walker.act(otherCoordinator(coordinator), command);
      await walker.system({ type: "CloseStage", runId });
    },
  };
}

export const withCondition = (walker: Walker): Decision => ({
  decision: "advance_with_conditions",
  reason: "Sample reason: the market is promising, one partner is still to be found.",
  conditions: [
    {
      text: "Sample condition: name a partner in the market.",
      ownerRole: "sme",
      dueOn: daysAfter(walker.today, 60),
    },
  ],
});

export const skippingTheNextStage = (): Decision => ({
  decision: "skip",
  reason: "Sample reason: the service runs in this market's setting already.",
  skip: { reasonId: "already_done_elsewhere", evidence: "Sample evidence: report of the earlier adaptation." },
});

export const stopping = (): Decision => ({
  decision: "stop",
  reason: "Sample reason: the company found no demand in any of the markets.",
});

/** The coordinator puts the pilot on hold, to go on 60 days later. */
export const isHeld: Step = {
  days: 20,
  async take(walker) {
    await walker.act(walker.walk.coordinator, {
      type: "HoldPilot",
      reason: "Sample reason: the company moves to another office.",
      resumeOn: daysAfter(walker.today, 60),
    });
  },
};

export const withdraws: Step = {
  days: 1,
  async take(walker) {
    await walker.act(adminOf(walker), {
      type: "WithdrawPilot",
      reason: "Sample reason: the company's plans have changed.",
    });
  },
};

/** Nobody does anything. */
export const waits = (days: number): Step => ({ days, take: async () => {} });

// What people do within a step

/** Half of the form is filled in. */
async function drafts(walker: Walker, deliverableId: string): Promise<void> {
  const all = Object.entries(walker.answers(deliverableId));
  await saves(walker, deliverableId, Object.fromEntries(all.slice(0, Math.ceil(all.length / 2))));
}

async function saves(walker: Walker, deliverableId: string, values: FormValues): Promise<void> {
  await walker.act(editorOf(walker, deliverableId), {
    type: "SaveDraft",
    deliverableId,
    baseDraftVersion: walker.state.deliverables[deliverableId]?.draftVersion ?? 0,
    values,
    // Found by comparing with what was stored before.
    changedFields: [],
  });
}

async function submits(walker: Walker, deliverableId: string): Promise<void> {
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

async function claimsReview(walker: Walker, deliverableId: string): Promise<string> {
  const reviewer = playerOf(walker, definitionOf(deliverableId).reviewedBy[0]);
  const { revision } = walker.state.deliverables[deliverableId] ?? {};
  await walker.act(reviewer, { type: "ClaimTask", taskId: `${deliverableId}.review.${revision}` });
  return reviewer;
}

async function accepts(walker: Walker, deliverableId: string): Promise<void> {
  const reviewer = await claimsReview(walker, deliverableId);
  await walker.act(reviewer, review(walker, deliverableId));
}

function review(walker: Walker, deliverableId: string): CommandOf<"ReviewDeliverable"> {
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

async function scores(walker: Walker, personId: string): Promise<void> {
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
async function logsHours(walker: Walker, stageId: StageId): Promise<void> {
  if (walker.logged.length > 0) await walker.act(adminOf(walker), { type: "ConfirmHours", entries: walker.logged });
  await walker.act(playerOf(walker, "advisor"), {
    type: "LogHours",
    hours: 7.5,
    on: walker.today,
    activity: `Sample: advice, ${stageOf(stageId).name.toLowerCase()}`,
  });
}

// Who and what

const adminOf = ({ company }: Walker): string => `sme-${company.id}-admin`;

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

function teamMember(personId: string): TeamMember {
  const { person, membership } = samplePerson(personId);
  const { role } = membership;
  if (role !== "advisor" && role !== "expert" && role !== "living_lab")
    throw new Error(`${personId} cannot be in a team.`);
  return { personId, role, country: person.country };
}

const otherCoordinator = (personId: string): string =>
  personId === "coordinator-1" ? "coordinator-2" : "coordinator-1";

function runIdOf({ state, walk }: Walker): string {
  if (state.pilot.currentRunId === undefined) throw new Error(`${walk.pilotId} is in no stage.`);
  return state.pilot.currentRunId;
}

function gateOf(walker: Walker) {
  const gate = walker.state.gates[runIdOf(walker)];
  if (gate === undefined) throw new Error(`${walker.walk.pilotId} is at no gate.`);
  return gate;
}

function definitionOf(deliverableId: string): DeliverableDefinition {
  const { followUp } = latestProcess;
  // Each survey is a deliverable of its own, named after its month.
  if (deliverableId.startsWith(`${followUp.id}-`)) return followUp;
  const definition = deliverableOf(latestProcess, deliverableId);
  if (definition === undefined) throw new Error(`The process has no ${deliverableId}.`);
  return definition;
}

function stageOf(stageId: StageId | undefined): StageDefinition {
  const stage = latestProcess.stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw new Error(`The process has no stage ${stageId}.`);
  return stage;
}

/** Enough for all of the stage, review included. */
export const stageDays = (stageId: StageId, { pace, decidedAfter }: Tempo): number =>
  Math.max(...stageOf(stageId).deliverables.map(({ dueInDays }) => Math.round(dueInDays * pace))) + decidedAfter + 2;
