/** Handing a deliverable in, complete and in its turn, and taking it back before its review begins. */
import { localDateOf } from "../calendar.ts";
import { blockedMarkets } from "../countries.ts";
import { checkCrossFieldRules } from "../forms/cross-field-rules.ts";
import { asSubmitted, type FormValues } from "../forms/form-schema.ts";
import { validateForm } from "../forms/validate.ts";
import { assertMay } from "../permissions.ts";
import type { DeliverableDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable, withTask } from "./decider.ts";
import { produceTasksOf, reviewTask, unfinishedTaskOf } from "./deliverable-tasks.ts";
import { assertDeliverableIs, performersDeliverable } from "./deliverables.ts";
import { openDependencies } from "./dependencies.ts";
import { assertDraftSeen, assertFieldsOpen, incomplete } from "./drafts.ts";
import { countryOf, remindersLeft, reviewSchedule, withFlags, withRisk } from "./due-dates.ts";
import { type PilotState, workable } from "./state.ts";
import { finished } from "./task-states.ts";

export const submissionDecisions = {
  /** `values` carry the derived fields. */
  SubmitDeliverable(state, { deliverableId, baseDraftVersion, changedFields, values, checksum }, context) {
    const { pilot } = state;
    assertMay(context.actor, "deliverable.submit", pilot);
    const { deliverable, definition } = performersDeliverable(state, deliverableId, "submitted_by_roles", context);
    if (deliverable.status === "submitted" || deliverable.status === "in_review") {
      const { submittedBy, submittedAt } = deliverable;
      throw new Refusal("AlreadySubmitted", "submitted_already", {
        submittedBy,
        submittedAt,
      });
    }
    assertDeliverableIs(deliverable, workable, "submit");
    assertDraftSeen(deliverable, baseDraftVersion);
    const waitsFor = openDependencies(state, definition, context);
    if (waitsFor.length > 0) {
      throw new Refusal("DependenciesOpen", { key: "waits_for", deliverableId, waitsFor }, { waitsFor });
    }
    assertFieldsOpen(deliverable, changedFields);
    assertComplete(state, definition, values, context);
    const [reviewer] = definition.reviewedBy;
    if (reviewer === undefined) throw new Error(`${definition.id} has no reviewer.`);
    return {
      type: "DeliverableSubmitted",
      ...decided(context),
      data: {
        deliverableId,
        revision: deliverable.revision + 1,
        formVersion: deliverable.formVersion,
        checksum,
        late: context.now > deliverable.dueAt,
        review: {
          candidateRole: reviewer,
          title: `Review ${deliverableId} ${definition.name}`,
          ...reviewSchedule(context, definition.reviewInWorkingDays, countryOf(reviewer, pilot, context.programme)),
        },
      },
    };
  },

  WithdrawSubmission(state, { deliverableId }, context) {
    assertMay(context.actor, "deliverable.submit", state.pilot);
    const { deliverable } = performersDeliverable(state, deliverableId, "taken_back_by", context);
    if (deliverable.status === "in_review") {
      throw new Refusal("NotInThisState", "review_begun", { status: deliverable.status });
    }
    if (deliverable.status === "in_progress" && deliverable.revision > 0) return undefined;
    assertDeliverableIs(deliverable, ["submitted"], "take_back");
    const task = produceTasksOf(state, deliverableId).at(-1);
    if (task === undefined) throw new Error(`${deliverableId} was submitted without a task.`);
    const country = countryOf(task.candidateRole, state.pilot, context.programme);
    const reminders = remindersLeft(context, { ...task, dueAt: deliverable.dueAt }, task.createdAt, country);
    return { type: "SubmissionWithdrawn", ...decided(context), data: { deliverableId, reminders } };
  },
} satisfies Decisions<"SubmitDeliverable" | "WithdrawSubmission">;

export const submissionEvolutions = {
  DeliverableSubmitted(state, { data, at, actor }) {
    const { deliverableId, revision, late, review } = data;
    const { skipProposal: _skipProposal, ...deliverable } = recordIn(state.deliverables, deliverableId);
    let after = withDeliverable(state, {
      ...deliverable,
      status: "submitted",
      revision,
      submittedAt: at,
      submittedBy: actor.personId,
      late: deliverable.late || late,
      openFields: [],
    });
    const produced = unfinishedTaskOf(state, deliverableId, "produce");
    if (produced !== undefined) {
      const { personId } = actor;
      after = withTask(after, { assigneeId: personId, ownerId: personId, ...finished(produced, "completed", at) });
    }
    const { runId } = deliverable;
    after = withTask(after, reviewTask(state.pilot, { ...review, deliverableId, revision, runId, createdAt: at }));
    return withRisk(after);
  },

  SubmissionWithdrawn(state, { data, at }) {
    const { deliverableId, reminders } = data;
    const deliverable = recordIn(state.deliverables, deliverableId);
    let after = withDeliverable(state, { ...deliverable, status: "in_progress" });
    const review = unfinishedTaskOf(state, deliverableId, "review");
    if (review !== undefined) after = withTask(after, finished(review, "exited", at));
    const produced = produceTasksOf(state, deliverableId).at(-1);
    if (produced === undefined) return after;
    const { completedAt: _completedAt, ...task } = produced;
    // The date may have moved meanwhile, with a hold.
    const reopened = { ...task, status: "in_progress" as const, dueAt: deliverable.dueAt, reminders };
    return withRisk(withTask(after, withFlags(reopened)));
  },
} satisfies Evolutions<"DeliverableSubmitted" | "SubmissionWithdrawn">;

/** Throws `Refusal` FormIncomplete with everything that stands between the values and a submission. */
function assertComplete(
  state: PilotState,
  definition: DeliverableDefinition,
  values: FormValues,
  context: Context,
): void {
  const shown = asSubmitted(definition.formSchema, values);
  const gaps = validateForm(definition.formSchema, shown);
  if (gaps.length > 0) throw incomplete(gaps);
  const broken = checkCrossFieldRules(context.process, definition, shown, {
    accepted: (id) => context.accepted[id],
    today: localDateOf(context.now, state.pilot.country),
    programme: context.programme,
    blockedMarkets,
  });
  // A waiver is the coordinator's, a comment the reviewer's to ask for: neither keeps the performer from submitting.
  const refusing = broken.filter(({ severity }) => severity === "refuse");
  if (refusing.length > 0) {
    throw incomplete(
      refusing.map(({ ruleId, pointer, label, message }) => ({
        pointer,
        label,
        problem: "invalid",
        message,
        code: ruleId,
      })),
    );
  }
}
