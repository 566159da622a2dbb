/** Skipping a deliverable that nobody has begun: proposed by one person, decided by another. */
import { assertMay } from "../permissions.ts";
import type { DeliverableDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable, withTask } from "./decider.ts";
import { unfinishedTaskOf } from "./deliverable-tasks.ts";
import { assertDeliverableIs, deliverableFor } from "./deliverables.ts";
import { withRisk } from "./due-dates.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import type { Deliverable } from "./state.ts";
import { finished } from "./task-states.ts";

export const deliverableSkipDecisions = {
  ProposeDeliverableSkip(state, { deliverableId, reasonId, note }, context) {
    assertMay(context.actor, "deliverable.skip.propose", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    assertSkippable(deliverable, definition);
    if (!definition.skipReasons.includes(reasonId)) {
      throw new Refusal("RuleBroken", "choose_skip_reason", {
        pointer: "/reasonId",
        reasons: definition.skipReasons,
      });
    }
    assertSaid(note, "/note", "say_why_skip_reason_applies");
    const proposal = deliverable.skipProposal;
    if (proposal !== undefined) {
      const isSame = proposal.reason === reasonId && proposal.note === note;
      if (isSame && proposal.personId === context.actor.personId) return undefined;
      throw new Refusal("NotInThisState", "skip_proposed_already", { status: deliverable.status });
    }
    return { type: "DeliverableSkipProposed", ...decided(context), data: { deliverableId, reasonId, note } };
  },

  /** The second pair of eyes. A proposer may decline, that is withdraw, the own proposal. */
  DecideDeliverableSkip(state, { deliverableId, approve, reason }, context) {
    assertMay(context.actor, "deliverable.skip.decide", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    if (approve && deliverable.status === "skipped") return undefined;
    const proposal = deliverable.skipProposal;
    if (proposal === undefined) {
      throw new Refusal("NotInThisState", "no_skip_proposed", { status: deliverable.status });
    }
    if (!approve) {
      return { type: "DeliverableSkipDeclined", ...decided(context, reason), data: { deliverableId } };
    }
    if (proposal.personId === context.actor.personId) {
      throw new Refusal("FourEyesNeeded", "own_skip_proposal");
    }
    assertSkippable(deliverable, definition);
    return {
      type: "DeliverableSkipped",
      ...decided(context, reason),
      data: {
        deliverableId,
        reasonId: proposal.reason,
        note: proposal.note,
        by: [proposal.personId, context.actor.personId],
      },
    };
  },
} satisfies Decisions<"ProposeDeliverableSkip" | "DecideDeliverableSkip">;

export const deliverableSkipEvolutions = {
  DeliverableSkipProposed(state, { data, at, actor }) {
    const { reasonId: reason, note } = data;
    return withDeliverable(state, {
      ...recordIn(state.deliverables, data.deliverableId),
      skipProposal: { reason, note, personId: actor.personId, at },
    });
  },

  DeliverableSkipDeclined(state, { data }) {
    const { skipProposal: _skipProposal, ...deliverable } = recordIn(state.deliverables, data.deliverableId);
    return withDeliverable(state, deliverable);
  },

  DeliverableSkipped(state, { data, at }) {
    const { skipProposal: _skipProposal, ...deliverable } = recordIn(state.deliverables, data.deliverableId);
    const { reasonId: reason, note, by } = data;
    const skipped = withDeliverable(state, { ...deliverable, status: "skipped", skip: { reason, note, by, at } });
    const task = unfinishedTaskOf(state, data.deliverableId, "produce");
    return withRisk(task === undefined ? skipped : withTask(skipped, finished(task, "obsolete", at)));
  },
} satisfies Evolutions<"DeliverableSkipProposed" | "DeliverableSkipDeclined" | "DeliverableSkipped">;

function assertSkippable(deliverable: Deliverable, definition: DeliverableDefinition): void {
  if (!definition.skippable) {
    throw new Refusal("RuleBroken", { key: "not_skippable", deliverable: definition.name });
  }
  assertDeliverableIs(deliverable, ["not_started"], "skip");
}
