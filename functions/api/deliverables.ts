/** Operations on one deliverable: read, draft, check, submit, review, skip, reopen, dates. */
import * as z from "zod";
import type { BodyOf, OutputOf } from "../../shared/contracts/operations.ts";
import { gap } from "../../shared/contracts/views.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { attachmentProblems, withChecksums } from "../../shared/domain/forms/attachments.ts";
import type { RuleProblem } from "../../shared/domain/forms/cross-field-rules.ts";
import { differences } from "../../shared/domain/forms/differences.ts";
import { type FormValues, fieldLabel } from "../../shared/domain/forms/form-schema.ts";
import { assertMay, may, playsRole } from "../../shared/domain/permissions.ts";
import { assertMayReadForm } from "../../shared/domain/pilot/business-case.ts";
import type { PilotCommand } from "../../shared/domain/pilot/commands.ts";
import { type Deliverable, isWorkable, type PilotState } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Reason } from "../../shared/domain/refusal-reasons.ts";
import { catalogueFor, processWords } from "../../shared/language/languages.ts";
import { filesOf, knownFiles } from "../../shared/records/files.ts";
import { noteRead } from "./access.ts";
import { earlierAnswers } from "./earlier-answers.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import type { Names } from "./names.ts";
import { readablePilot } from "./pilots.ts";
import { definitionOf, presentDeliverable, processOf } from "./present.ts";

type OnDeliverable =
  | "saveDraft"
  | "submitDeliverable"
  | "withdrawSubmission"
  | "reviewDeliverable"
  | "proposeDeliverableSkip"
  | "decideDeliverableSkip"
  | "reopenDeliverable"
  | "extendDueDate"
  | "requestExtension";

export function deliverableHandlers(
  dependencies: ApiDependencies,
): Handlers<OnDeliverable | "getDeliverable" | "getRevision" | "checkDraft"> {
  const { store, pilots } = dependencies;

  /** Gaps of a form's files, and its values with their checksums. */
  async function checkedFiles(state: PilotState, deliverable: Deliverable, values: FormValues) {
    const [files, before] = await Promise.all([
      filesOf(store, state.pilot.id),
      deliverable.revision === 0 ? undefined : pilots.revision(state.pilot.id, deliverable.id, deliverable.revision),
    ]);
    const known = knownFiles(files);
    const { formSchema } = definitionOf(state, deliverable);
    return {
      problems: attachmentProblems(formSchema, values, known, before?.values ?? {}),
      values: withChecksums(values, known),
    };
  }

  /** Runs a command; the gaps it may be refused for are told in the caller's language. */
  async function changed(
    { params: { pilotId, deliverableId }, actor, names }: Pick<Call<OnDeliverable>, "params" | "actor" | "names">,
    toCommand: () => PilotCommand | Promise<PilotCommand>,
  ) {
    try {
      return await pilots.change(pilotId, await toCommand(), actor);
    } catch (error) {
      if (!(error instanceof Refusal) || error.name !== "FormIncomplete") throw error;
      const state = await readablePilot(dependencies, pilotId, actor);
      const found = z.array(gap).parse(error.details.gaps);
      const gaps = gapsIn(names.language, state, deliverableIn(state, deliverableId), found);
      const fields = gaps.map(({ label }) => label);
      const reason: Reason =
        error.reason === "files_missing" ? "files_missing" : { key: "fields_need_attention", fields };
      throw new Refusal(error.name, reason, { ...error.details, gaps });
    }
  }

  /** Asked before anything is changed: the answer shows the form. What is not there or not theirs the command refuses. */
  async function assertMayReadAnswer({ params, actor }: Pick<Call<OnDeliverable>, "params" | "actor">): Promise<void> {
    const state = await pilots.load(params.pilotId);
    const deliverable = state?.deliverables[params.deliverableId];
    if (state === undefined || deliverable === undefined || !may(actor, "pilot.read", state.pilot)) return;
    assertMayReadForm(actor, deliverable, state);
  }

  /** Runs a command and shows the deliverable afterwards. */
  const command =
    <Id extends OnDeliverable>(
      toCommand: (deliverableId: string, body: BodyOf<Id>, call: Call<Id>) => PilotCommand | Promise<PilotCommand>,
    ) =>
    async (call: Call<Id>) => {
      const { deliverableId } = call.params;
      await assertMayReadAnswer(call);
      const { state } = await changed(call, () => toCommand(deliverableId, call.body, call));
      return presentForm(dependencies, state, deliverableIn(state, deliverableId), call.actor, call.names);
    };

  /** The values to submit, with the checksums of their files. Throws `Refusal` FormIncomplete when one is not there. */
  async function withFiles(
    pilotId: string,
    deliverableId: string,
    values: FormValues,
    actor: Actor,
  ): Promise<FormValues> {
    const state = await pilots.load(pilotId);
    const deliverable = state?.deliverables[deliverableId];
    // What is not there or not theirs the command itself refuses.
    if (state === undefined || deliverable === undefined || !may(actor, "deliverable.submit", state.pilot))
      return values;
    const files = await checkedFiles(state, deliverable, values);
    if (files.problems.length > 0) {
      const { formProblems } = await pilots.check(state, deliverableId, values);
      throw new Refusal("FormIncomplete", "files_missing", { gaps: [...formProblems, ...files.problems] });
    }
    return files.values;
  }

  return {
    async getDeliverable({ params, actor, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      return presentForm(dependencies, state, deliverableIn(state, params.deliverableId), actor, names);
    },

    async getRevision({ params, actor, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const deliverable = deliverableIn(state, params.deliverableId);
      assertMayReadForm(actor, deliverable, state);
      const [record, before] = await Promise.all([
        pilots.revision(params.pilotId, deliverable.id, params.revision),
        params.revision === 1 ? undefined : pilots.revision(params.pilotId, deliverable.id, params.revision - 1),
      ]);
      if (record === undefined) throw new Refusal("NotFound", "no_such_revision");
      await noteRead(dependencies, actor, state, deliverable, record.revision);
      return {
        deliverableId: deliverable.id,
        revision: record.revision,
        values: { ...record.values },
        checksum: record.checksum,
        by: await names.person(record.submittedBy),
        at: record.submittedAt,
        differences:
          before === undefined
            ? []
            : differences(
                definitionOf(state, deliverable, names.language).formSchema,
                before.values,
                record.values,
                catalogueFor(names.language).formWords,
              ),
      };
    },

    async checkDraft({ params, body, actor, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const deliverable = deliverableIn(state, params.deliverableId);
      assertMay(actor, "draft.edit", state.pilot);
      assertMayReadForm(actor, deliverable, state);
      const files = await checkedFiles(state, deliverable, body.values);
      const { values, formProblems, ruleProblems } = await pilots.check(state, deliverable.id, files.values);
      return {
        values: { ...values },
        gaps: gapsIn(names.language, state, deliverable, [
          ...formProblems,
          ...files.problems,
          ...ruleProblems.filter((problem) => problem.severity === "refuse").map(ruleGap),
        ]),
      };
    },

    saveDraft: command<"saveDraft">((deliverableId, body) => ({
      type: "SaveDraft",
      deliverableId,
      ...body,
      // Found against the stored draft when the command is carried out.
      changedFields: [],
    })),
    submitDeliverable: command<"submitDeliverable">(async (deliverableId, body, { params, actor }) => ({
      type: "SubmitDeliverable",
      deliverableId,
      ...body,
      values: await withFiles(params.pilotId, deliverableId, body.values, actor),
      // Both are worked out from the completed values when the command is carried out.
      changedFields: [],
      checksum: "",
    })),
    withdrawSubmission: command<"withdrawSubmission">((deliverableId) => ({
      type: "WithdrawSubmission",
      deliverableId,
    })),
    reviewDeliverable: command<"reviewDeliverable">(async (deliverableId, body, { params }) => {
      const record = await pilots.revision(params.pilotId, deliverableId, body.revision);
      return { type: "ReviewDeliverable", deliverableId, ...body, values: record?.values ?? {} };
    }),
    proposeDeliverableSkip: command<"proposeDeliverableSkip">((deliverableId, body) => ({
      type: "ProposeDeliverableSkip",
      deliverableId,
      ...body,
    })),
    decideDeliverableSkip: command<"decideDeliverableSkip">((deliverableId, body) => ({
      type: "DecideDeliverableSkip",
      deliverableId,
      ...body,
    })),
    reopenDeliverable: command<"reopenDeliverable">((deliverableId, body) => ({
      type: "ReopenDeliverable",
      deliverableId,
      ...body,
    })),
    extendDueDate: command<"extendDueDate">((deliverableId, body) => ({
      type: "ExtendDueDate",
      deliverableId,
      ...body,
    })),
    requestExtension: command<"requestExtension">((deliverableId, body) => ({
      type: "RequestExtension",
      deliverableId,
      ...body,
    })),
  };
}

/** A taken-back submission leaves its revision on record. */
async function presentRevisions(
  pilots: ApiDependencies["pilots"],
  { pilot }: PilotState,
  { id, revision: last, reviews }: Deliverable,
  names: Names,
): Promise<OutputOf<"getDeliverable">["revisions"]> {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  const records = await Promise.all(numbers.map((revision) => pilots.revision(pilot.id, id, revision)));
  return Promise.all(
    records
      .filter((record) => record !== undefined)
      .map(async ({ revision, submittedBy, submittedAt }) => {
        const review = reviews.findLast((each) => each.revision === revision);
        return {
          revision,
          by: await names.person(submittedBy),
          at: submittedAt,
          ...(review === undefined
            ? {}
            : { review: { outcome: review.outcome, weightedPercent: review.weightedPercent, at: review.at } }),
        };
      }),
  );
}

function deliverableIn(state: PilotState, deliverableId: string): Deliverable {
  const deliverable = state.deliverables[deliverableId];
  if (deliverable === undefined) throw new Refusal("NotFound", "no_such_deliverable");
  return deliverable;
}

/** Throws `Refusal` NotAllowed for figures of a business case that are not for the actor; other reads of them are logged. */
async function presentForm(
  dependencies: ApiDependencies,
  state: PilotState,
  deliverable: Deliverable,
  actor: Actor,
  names: Names,
): Promise<OutputOf<"getDeliverable">> {
  assertMayReadForm(actor, deliverable, state);
  const { pilots } = dependencies;
  const definition = definitionOf(state, deliverable, names.language);
  const { pilot } = state;
  const delivers = definition.deliveredBy.some((role) => playsRole(actor, role, pilot));
  const reviews = definition.reviewedBy.some((role) => playsRole(actor, role, pilot));
  const editable = isWorkable(deliverable);
  const [draft, submitted] = await Promise.all([
    delivers || actor.role === "coordinator" || actor.role === "advisor"
      ? pilots.draft(pilot.id, deliverable.id)
      : undefined,
    deliverable.revision === 0 ? undefined : pilots.revision(pilot.id, deliverable.id, deliverable.revision),
  ]);
  if (draft !== undefined) await noteRead(dependencies, actor, state, deliverable);
  if (submitted !== undefined) await noteRead(dependencies, actor, state, deliverable, submitted.revision);
  const earlier = delivers && editable ? await earlierAnswers(dependencies, state, deliverable, names) : [];
  return {
    ...(await presentDeliverable(state, deliverable, names)),
    purpose: definition.purpose,
    outputArtefact: definition.outputArtefact,
    formVersion: deliverable.formVersion,
    schema: { ...definition.formSchema },
    reviewCriteria: definition.reviewCriteria.map((criterion) => ({ ...criterion })),
    acceptance: { ...definition.acceptance },
    revisions: await presentRevisions(pilots, state, deliverable, names),
    skippable: definition.skippable,
    skipReasons: [...definition.skipReasons],
    ...(draft === undefined
      ? {}
      : {
          draft: {
            values: { ...draft.values },
            draftVersion: draft.draftVersion,
            savedBy: await names.person(draft.savedBy),
            savedAt: draft.savedAt,
          },
        }),
    earlier,
    ...(submitted === undefined
      ? {}
      : {
          submitted: {
            values: { ...submitted.values },
            revision: submitted.revision,
            by: await names.person(submitted.submittedBy),
            at: submitted.submittedAt,
            checksum: submitted.checksum,
          },
        }),
    remarks:
      submitted === undefined ? [] : await remarksOn(pilots, state, deliverable, submitted.values, names.language),
    reviews: await Promise.all(
      deliverable.reviews.map(async ({ reviewerId, fieldComments, ...review }) => ({
        ...review,
        points: { ...review.points },
        criterionComments: { ...review.criterionComments },
        fieldComments: fieldComments.map((comment) => ({ ...comment })),
        reviewer: await names.person(reviewerId),
      })),
    ),
    openFields: [...deliverable.openFields],
    dueDateChanges: await Promise.all(
      deliverable.dueDateChanges.map(async ({ personId, waitsFor, ...change }) => ({
        ...change,
        ...(waitsFor === undefined ? {} : { waitsFor: [...waitsFor] }),
        by: await names.person(personId),
      })),
    ),
    mayEdit: editable && delivers && may(actor, "draft.edit", pilot),
    maySubmit: editable && delivers && may(actor, "deliverable.submit", pilot),
    mayReview: deliverable.status === "in_review" && reviews && may(actor, "deliverable.review", pilot),
  };
}

/** Rules that do not refuse a submission but want a person's eye. */
async function remarksOn(
  pilots: ApiDependencies["pilots"],
  state: PilotState,
  deliverable: Deliverable,
  values: FormValues,
  language: string,
): Promise<OutputOf<"getDeliverable">["remarks"]> {
  const { ruleProblems } = await pilots.check(state, deliverable.id, values);
  const remarks = ruleProblems.filter(({ severity }) => severity !== "refuse");
  return gapsIn(language, state, deliverable, remarks.map(ruleGap));
}

type Gap = OutputOf<"checkDraft">["gaps"][number];

const ruleGap = ({ ruleId, pointer, label, message, severity }: RuleProblem): Gap => ({
  pointer,
  label,
  message,
  problem: severity === "refuse" ? "invalid" : severity,
  code: ruleId,
});

/**
 * Gaps in the reader's language: fields as their form calls them, a broken rule as the process words it. What is wrong
 * with a single field stays English with its code; the portal says it in its own words.
 */
function gapsIn(language: string, state: PilotState, deliverable: Deliverable, gaps: readonly Gap[]): Gap[] {
  if (processWords(language) === undefined) return [...gaps];
  const { formSchema } = definitionOf(state, deliverable, language);
  const { formWords } = catalogueFor(language);
  const { crossFieldRules } = processOf(state, deliverable, language);
  return gaps.map((gap) => ({
    ...gap,
    label: fieldLabel(formSchema, gap.pointer, formWords),
    message: crossFieldRules.find(({ id }) => id === gap.code)?.text ?? gap.message,
  }));
}
