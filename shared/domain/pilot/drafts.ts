/**
 * Drafts of a deliverable: who types over whom is refused, and in rework only what the reviewer asked for is open.
 *
 * Form values are checked here and stored beside the state; an event says only that and what was saved.
 */
import { seatOf } from "../actor.ts";
import { fillingIn } from "../forms/own-fields.ts";
import { type FormProblem, validateDraft } from "../forms/validate.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable, withTask } from "./decider.ts";
import { unfinishedTaskOf } from "./deliverable-tasks.ts";
import { assertDeliverableIs, performersDeliverable } from "./deliverables.ts";
import { type Deliverable, workable } from "./state.ts";

export const draftDecisions = {
  /** `changedFields`: JSON Pointers. Nobody need claim the task first. */
  SaveDraft(state, { deliverableId, baseDraftVersion, values, changedFields }, context) {
    assertMay(context.actor, "draft.edit", state.pilot);
    const { deliverable, definition } = performersDeliverable(state, deliverableId, "filled_in_by", context, fillingIn);
    assertDeliverableIs(deliverable, workable, "edit");
    assertDraftSeen(deliverable, baseDraftVersion);
    assertFieldsOpen(deliverable, changedFields);
    const problems = validateDraft(definition.formSchema, values);
    if (problems.length > 0) throw incomplete(problems);
    const draftVersion = deliverable.draftVersion + 1;
    return { type: "DraftSaved", ...decided(context), data: { deliverableId, draftVersion, changedFields } };
  },
} satisfies Decisions<"SaveDraft">;

export const draftEvolutions = {
  DraftSaved(state, { data, at, actor }) {
    const deliverable = recordIn(state.deliverables, data.deliverableId);
    const saved = withDeliverable(state, {
      ...deliverable,
      status: deliverable.status === "not_started" ? "in_progress" : deliverable.status,
      draftVersion: data.draftVersion,
      draftSavedBy: actor.personId,
      draftSavedAt: at,
    });
    const task = unfinishedTaskOf(state, data.deliverableId, "produce");
    if (task?.status === "reserved" && task.assigneeId === seatOf(actor)) {
      return withTask(saved, { ...task, status: "in_progress" });
    }
    // Those who only help with the draft do not take the task from its role.
    const plays = actor.role === "sme_member" || actor.role === "sme_admin" ? "sme" : actor.role;
    if (task?.status !== "ready" || task.candidateRole !== plays) return saved;
    const personId = seatOf(actor);
    return withTask(saved, { ...task, status: "in_progress", assigneeId: personId, ownerId: personId });
  },
} satisfies Evolutions<"DraftSaved">;

/** Others saved in between: what they typed must not be lost (I6). */
export function assertDraftSeen(deliverable: Deliverable, baseDraftVersion: number): void {
  if (baseDraftVersion === deliverable.draftVersion) return;
  throw new Refusal("StaleDraft", "draft_saved_meanwhile", {
    currentVersion: deliverable.draftVersion,
    savedBy: deliverable.draftSavedBy,
    savedAt: deliverable.draftSavedAt,
  });
}

/** In rework with named fields, only those change; a change may name the field itself or what lies in or around it. */
export function assertFieldsOpen({ status, openFields }: Deliverable, changedFields: readonly string[]): void {
  if (status !== "rework" || openFields.length === 0) return;
  const isOpen = (changed: string) =>
    openFields.some((open) => open === changed || changed.startsWith(`${open}/`) || open.startsWith(`${changed}/`));
  const closed = changedFields.filter((changed) => !isOpen(changed));
  if (closed.length === 0) return;
  throw new Refusal("RuleBroken", "other_fields_open", {
    pointer: closed[0],
    closed,
  });
}

export function incomplete(gaps: readonly Pick<FormProblem, "label">[]): Refusal {
  return new Refusal(
    "FormIncomplete",
    { key: "fields_need_attention", fields: gaps.map(({ label }) => label) },
    { gaps },
  );
}
