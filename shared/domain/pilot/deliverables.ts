/** A deliverable of the pilot and its state; what people do with it has files of its own: drafts, submissions, reviews … */
import { type DeliverableDefinition, deliverableOf, type ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { DeliverableWish } from "../refusal-reasons.ts";
import type { Context } from "./context.ts";
import { assertPlaysOneOf, assertWorkable, type RolesReason } from "./preconditions.ts";
import type { Deliverable, DeliverableStatus, PilotState } from "./state.ts";

interface DefinedDeliverable {
  readonly deliverable: Deliverable;
  readonly definition: DeliverableDefinition;
}

/** Throws `Refusal` NotFound when the pilot has no such deliverable. */
export function deliverableFor(state: PilotState, deliverableId: string, context: Context): DefinedDeliverable {
  const deliverable = Object.hasOwn(state.deliverables, deliverableId) ? state.deliverables[deliverableId] : undefined;
  const definition = deliverable && deliverableOf(context.process, deliverable.definitionId);
  if (deliverable === undefined || definition === undefined) {
    throw new Refusal("NotFound", "no_such_deliverable");
  }
  return { deliverable, definition };
}

/**
 * A deliverable that whoever delivers it, or other roles if told so, wishes to change, whatever its own state. Throws
 * `Refusal` NotFound, NotAllowed with this reason to everybody else, and NotInThisState while nobody may work on the pilot.
 */
export function performersDeliverable(
  state: PilotState,
  deliverableId: string,
  reason: RolesReason,
  context: Context,
  rolesOf: (definition: DeliverableDefinition) => readonly ProcessRole[] = ({ deliveredBy }) => deliveredBy,
): DefinedDeliverable {
  const found = deliverableFor(state, deliverableId, context);
  const { deliverable, definition } = found;
  assertPlaysOneOf(state, rolesOf(definition), { key: reason, deliverable: definition.name }, context);
  assertWorkable(state, deliverable.runId);
  return found;
}

/** Throws `Refusal` NotInThisState, saying what the deliverable is now. */
export function assertDeliverableIs(
  deliverable: Deliverable,
  statuses: readonly DeliverableStatus[],
  wish: DeliverableWish,
): void {
  if (statuses.includes(deliverable.status)) return;
  throw new Refusal(
    "NotInThisState",
    { key: "deliverable_is", deliverableId: deliverable.id, status: deliverable.status, wish },
    { status: deliverable.status },
  );
}
