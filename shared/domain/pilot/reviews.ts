/** The review of a submitted revision: criterion points decide whether it can be accepted, comments open what to rework. */
import { seatOf } from "../actor.ts";
import { shiftByHold } from "../calendar.ts";
import { fieldSchema } from "../forms/form-schema.ts";
import { assertMay } from "../permissions.ts";
import type { DeliverableDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Reason } from "../refusal-reasons.ts";
import { type ReviewResult, reviewResult } from "../scores.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable, withPilot, withTask } from "./decider.ts";
import { produceTasksOf, renewedProduceTask, unfinishedTaskOf } from "./deliverable-tasks.ts";
import { assertDeliverableIs, deliverableFor } from "./deliverables.ts";
import { countryOf, isUnfinished, remindersLeft, reschedule, scheduleIn, withRisk } from "./due-dates.ts";
import type { EventOf, Rescheduled } from "./events.ts";
import { assertPlaysOneOf, assertSeen, assertWorkable } from "./preconditions.ts";
import type { Deliverable, PilotState, Task } from "./state.ts";
import { assertNotOwnWorkOf } from "./task-rights.ts";
import { finished } from "./task-states.ts";

export const reviewDecisions = {
  ReviewDeliverable(state, command, context) {
    const { actor } = context;
    const { deliverableId, outcome, points, criterionComments, fieldComments } = command;
    assertMay(actor, "deliverable.review", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertPlaysOneOf(state, definition.reviewedBy, { key: "reviewed_by", deliverable: definition.name }, context);
    if (isRepeat(deliverable, command, actor.personId)) return undefined;
    assertWorkable(state, deliverable.runId);
    if (command.revision !== deliverable.revision) {
      throw new Refusal(
        "NewerRevision",
        { key: "newer_revision", deliverableId },
        {
          deliverables: [deliverableId],
          currentRevision: deliverable.revision,
        },
      );
    }
    if (deliverable.status === "submitted") {
      throw new Refusal("NotInThisState", "claim_review_first", { status: deliverable.status });
    }
    assertDeliverableIs(deliverable, ["in_review"], "review");
    const task = unfinishedTaskOf(state, deliverableId, "review");
    if (task === undefined) throw new Error(`${deliverableId} is in review without a task.`);
    if (task.assigneeId !== seatOf(actor)) {
      throw new Refusal("TaskTaken", "review_taken", { assigneeId: task.assigneeId });
    }
    assertNotOwnWorkOf(state, deliverableId, actor);
    assertSeen(deliverable, command.expectedVersion);

    const result = reviewResult(definition, points, criterionComments);
    assertCommentsFit(definition, command);
    if (outcome === "accepted") assertAcceptable(definition, result);
    else assertSaysWhat(command);
    return {
      type: "DeliverableReviewed",
      ...decided(context),
      data: {
        deliverableId,
        revision: deliverable.revision,
        outcome,
        points,
        criterionComments,
        weightedPercent: result.weightedPercent,
        fieldComments,
        ...(outcome === "rework" ? { rework: reworkSchedule(state, deliverableId, context) } : {}),
        rescheduled: afterLateReview(state, task, context),
        ...(outcome === "accepted" ? learnt(definition.id, command, context) : {}),
      },
    };
  },
} satisfies Decisions<"ReviewDeliverable">;

function isRepeat(
  deliverable: Deliverable,
  { revision, outcome }: CommandOf<"ReviewDeliverable">,
  personId: string,
): boolean {
  const last = deliverable.reviews.at(-1);
  return (
    (deliverable.status === "accepted" || deliverable.status === "rework") &&
    last?.revision === revision &&
    last.outcome === outcome &&
    last.reviewerId === personId
  );
}

function assertAcceptable({ reviewCriteria, acceptance }: DeliverableDefinition, result: ReviewResult): void {
  if (result.accepted) return;
  const missed = reviewCriteria.filter(({ id }) => result.mustsMissed.includes(id));
  const why: Reason =
    missed.length > 0
      ? { key: "criteria_missed", points: acceptance.mustCriterionMin, criteria: missed.map(({ text }) => text) }
      : { key: "score_not_reached", percent: result.weightedPercent, needed: acceptance.weightedPercentMin };
  throw new Refusal("RuleBroken", why, {
    pointer: "/outcome",
    criterionIds: result.mustsMissed,
  });
}

function assertSaysWhat({ criterionComments, fieldComments }: CommandOf<"ReviewDeliverable">): void {
  if (fieldComments.length > 0) return;
  if (Object.values(criterionComments).some((text) => text.trim() !== "")) return;
  throw new Refusal("RuleBroken", "comment_needed", { pointer: "/fieldComments" });
}

function assertCommentsFit(definition: DeliverableDefinition, command: CommandOf<"ReviewDeliverable">): void {
  const unknown = Object.keys(command.criterionComments).find(
    (commented) => !definition.reviewCriteria.some(({ id }) => id === commented),
  );
  if (unknown !== undefined) {
    throw new Refusal("RuleBroken", "comment_on_no_criterion", {
      pointer: `/criterionComments/${unknown}`,
    });
  }
  for (const [i, { pointer, text }] of command.fieldComments.entries()) {
    if (text.trim() === "") {
      throw new Refusal("RuleBroken", "comment_empty", { pointer: `/fieldComments/${i}/text` });
    }
    if (pointer !== "" && fieldSchema(definition.formSchema, pointer) === undefined) {
      throw new Refusal("RuleBroken", "comment_on_no_field", {
        pointer: `/fieldComments/${i}/pointer`,
      });
    }
  }
}

function reworkSchedule(state: PilotState, deliverableId: string, context: Context) {
  const role = performerOf(state, deliverableId).candidateRole;
  return scheduleIn(context, context.programme.reworkDays, countryOf(role, state.pilot, context.programme));
}

function performerOf(state: PilotState, deliverableId: string): Task {
  const task = produceTasksOf(state, deliverableId).at(-1);
  if (task === undefined) throw new Error(`${deliverableId} was submitted without a task.`);
  return task;
}

/** While a review is late the clock of the SME stands still: its other open dates in the run move by the delay. */
function afterLateReview(state: PilotState, review: Task, context: Context): Rescheduled[] {
  const delayMs = Date.parse(context.now) - Date.parse(review.dueAt);
  if (delayMs <= 0) return [];
  const { country } = state.pilot;
  return Object.values(state.tasks)
    .filter(({ kind, candidateRole }) => kind === "produce" && candidateRole === "sme")
    .filter((task) => task.runId === review.runId && isUnfinished(task))
    .flatMap((task) => {
      const { deliverableId, createdAt } = task;
      const dueAt = shiftByHold(task.dueAt, delayMs, country, context.programme.extraHolidays);
      if (deliverableId === undefined || dueAt === task.dueAt) return [];
      return [{ deliverableId, dueAt, reminders: remindersLeft(context, { ...task, dueAt }, createdAt, country) }];
    });
}

/** What the pilot itself takes from an accepted deliverable. */
function learnt(
  definitionId: string,
  { values }: CommandOf<"ReviewDeliverable">,
  context: Context,
): Pick<EventOf<"DeliverableReviewed">["data"], "markets" | "title"> {
  if (definitionId === "NA-5" && typeof values.primaryMarket === "string") {
    const named = Array.isArray(values.secondaryMarkets) ? values.secondaryMarkets : [];
    const secondary = named.filter((market): market is string => typeof market === "string");
    return { markets: { primary: values.primaryMarket, secondary } };
  }
  if (definitionId !== "IN-1" && definitionId !== "NA-1") return {};
  const serviceName = definitionId === "IN-1" ? values.serviceName : context.accepted["IN-1"]?.serviceName;
  if (typeof values.legalName !== "string" || typeof serviceName !== "string") return {};
  return { title: `${values.legalName.trim()}: ${serviceName.trim()}` };
}

export const reviewEvolutions = {
  DeliverableReviewed(state, { data, at, actor }) {
    const { deliverableId, revision, outcome, points, criterionComments, weightedPercent, fieldComments } = data;
    const deliverable = recordIn(state.deliverables, deliverableId);
    const { personId } = actor;
    const review = { revision, reviewerId: personId, at, outcome, points, criterionComments, weightedPercent };
    const reviewed = { ...deliverable, reviews: [...deliverable.reviews, { ...review, fieldComments }] };
    const task = unfinishedTaskOf(state, deliverableId, "review");
    let after = task === undefined ? state : withTask(state, finished(task, "completed", at));
    if (data.rework === undefined) {
      after = withDeliverable(after, { ...reviewed, status: "accepted", acceptedAt: at });
    } else {
      const { dueAt: to, reminders } = data.rework;
      // The kind says all, in every language; the review itself says why.
      const change = { from: deliverable.dueAt, to, reason: "", personId, at, kind: "rework" as const };
      after = withDeliverable(after, {
        ...reviewed,
        status: "rework",
        dueAt: to,
        dueDateChanges: [...deliverable.dueDateChanges, change],
        openFields: openedBy(fieldComments.map(({ pointer }) => pointer)),
      });
      after = withTask(after, renewedProduceTask(state, { deliverableId, dueAt: to, reminders }, at));
    }
    for (const moved of data.rescheduled) {
      const reason = `The review of ${deliverableId} was late.`;
      after = reschedule(after, moved, { reason, personId, at, kind: "review_late" });
    }
    const { markets, title } = data;
    if (markets !== undefined) {
      after = withPilot(after, { primaryMarket: markets.primary, secondaryMarkets: markets.secondary });
    }
    if (title !== undefined) after = withPilot(after, { title });
    return withFollowUpEnded(withRisk(after));
  },
} satisfies Evolutions<"DeliverableReviewed">;

/** The commented fields; a comment on the whole form opens all of it. */
const openedBy = (pointers: readonly string[]): string[] => (pointers.includes("") ? [] : [...new Set(pointers)]);

/** After the last survey the pilot is followed up. */
function withFollowUpEnded(state: PilotState): PilotState {
  const { status, followUps } = state.pilot;
  const allAccepted =
    followUps.length > 0 &&
    followUps.every(({ deliverableId }) => state.deliverables[deliverableId ?? ""]?.status === "accepted");
  return status === "completed" && allAccepted ? withPilot(state, { status: "followed_up" }) : state;
}
