/** Reopening what was accepted: the work begins anew with a date of its own. */
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable, withTask } from "./decider.ts";
import { renewedProduceTask } from "./deliverable-tasks.ts";
import { assertDeliverableIs, deliverableFor } from "./deliverables.ts";
import { countryOf, scheduleIn } from "./due-dates.ts";
import { assertDays, longestExtensionDays } from "./extensions.ts";
import { withGateLeft } from "./gates.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";

export const reopeningDecisions = {
  ReopenDeliverable(state, { deliverableId, reason, dueInDays }, context) {
    assertMay(context.actor, "deliverable.reopen", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    if (deliverable.status === "reopened" && deliverable.reopenReason === reason) return undefined;
    assertDeliverableIs(deliverable, ["accepted"], "reopen");
    if (deliverable.runId === "intake" && state.pilot.status !== "applied") {
      throw new Refusal("NotInThisState", "admitted_on_it", { status: deliverable.status });
    }
    assertSaid(reason, "/reason", "say_why_reopened");
    assertDays(dueInDays, longestExtensionDays, "/dueInDays");
    const [candidateRole] = definition.deliveredBy;
    if (candidateRole === undefined) throw new Error(`${definition.id} has no performer.`);
    return {
      type: "DeliverableReopened",
      ...decided(context, reason),
      data: {
        deliverableId,
        title: `${deliverableId} ${definition.name}`,
        candidateRole,
        ...scheduleIn(context, dueInDays, countryOf(candidateRole, state.pilot, context.programme)),
      },
    };
  },
} satisfies Decisions<"ReopenDeliverable">;

export const reopeningEvolutions = {
  DeliverableReopened(state, { data, at, actor, reason = "" }) {
    const { deliverableId, dueAt: to, reminders, title, candidateRole } = data;
    const { acceptedAt: _acceptedAt, ...deliverable } = recordIn(state.deliverables, deliverableId);
    const change = { from: deliverable.dueAt, to, reason, personId: actor.personId, at, kind: "rework" as const };
    const reopened = withDeliverable(state, {
      ...deliverable,
      status: "reopened",
      dueAt: to,
      dueDateChanges: [...deliverable.dueDateChanges, change],
      openFields: [],
      reopenReason: reason,
    });
    const task = renewedProduceTask(state, { deliverableId, dueAt: to, reminders }, at, { title, candidateRole });
    return withGateLeft(withTask(reopened, task), deliverable.runId, at);
  },
} satisfies Evolutions<"DeliverableReopened">;
