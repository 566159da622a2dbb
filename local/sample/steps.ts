/** The steps a walk is put together from: what happens in a pilot's life, each with the days it takes. */
import type { CommandOf } from "../../shared/domain/pilot/commands.ts";
import type { DeliverableDefinition, StageId } from "../../shared/domain/process.ts";
import {
  accepts,
  adminOf,
  claimsReview,
  drafts,
  gateOf,
  logsHours,
  otherCoordinator,
  review,
  runIdOf,
  saves,
  scores,
  submits,
  teamMember,
} from "./acts.ts";
import { daysAfter } from "./answers.ts";
import { stageOf } from "./process.ts";
import type { Step, Walker } from "./walk.ts";

/** How fast people work. */
export interface Tempo {
  /** How much of the time for a deliverable its authors use; above 1 they are late. */
  readonly pace: number;
  /** Days after which a review is claimed and decided. */
  readonly claimedAfter: number;
  readonly decidedAfter: number;
}

const usualTempo: Tempo = { pace: 0.75, claimedAfter: 1, decidedAfter: 1 };

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

/** Enough for all of the stage, review included. */
export const stageDays = (stageId: StageId, { pace, decidedAfter }: Tempo): number =>
  Math.max(...stageOf(stageId).deliverables.map(({ dueInDays }) => Math.round(dueInDays * pace))) + decidedAfter + 2;
