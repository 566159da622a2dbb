/** One deliverable with its form, its answers and what was said of them, as somebody may see it. */
import type { RevisionRecord } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { type Actor, seatOf } from "../../shared/domain/actor.ts";
import { childPointer, type FormValues, propertiesOf } from "../../shared/domain/forms/form-schema.ts";
import { fillingIn, isFieldFor } from "../../shared/domain/forms/own-fields.ts";
import { may, playsRole } from "../../shared/domain/permissions.ts";
import { assertMayReadForm } from "../../shared/domain/pilot/business-case.ts";
import { unfinishedTaskOf } from "../../shared/domain/pilot/deliverable-tasks.ts";
import { type Deliverable, isWorkable, type PilotState } from "../../shared/domain/pilot/state.ts";
import type { ProcessRole } from "../../shared/domain/process.ts";
import { formWithHelp } from "../../shared/language/form-help.ts";
import { resultFor } from "../../shared/language/results.ts";
import { noteRead } from "./access.ts";
import { earlierAnswers } from "./earlier-answers.ts";
import { gapsIn, ruleGap } from "./gaps.ts";
import type { ApiDependencies } from "./handlers.ts";
import type { Names } from "./names.ts";
import { introducedIn, organisationsOfForm } from "./organisations-of-form.ts";
import { definitionOf, presentDeliverable } from "./present.ts";

/** Throws `Refusal` NotAllowed for figures of a business case that are not for the actor; other reads of them are logged. */
export async function presentForm(
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
  const plays = (role: ProcessRole) => playsRole(actor, role, pilot);
  const delivers = definition.deliveredBy.some(plays);
  const reviews = definition.reviewedBy.some(plays);
  const hasReview = unfinishedTaskOf(state, deliverable.id, "review")?.assigneeId === seatOf(actor);
  const editable = isWorkable(deliverable);
  const mayEdit = editable && fillingIn(definition).some(plays) && may(actor, "draft.edit", pilot);
  const [draft, records] = await Promise.all([
    delivers || actor.role === "coordinator" || actor.role === "advisor"
      ? pilots.draft(pilot.id, deliverable.id)
      : undefined,
    revisionsOf(pilots, state, deliverable),
  ]);
  const submitted = records.find(({ revision }) => revision === deliverable.revision);
  if (draft !== undefined) await noteRead(dependencies, actor, state, deliverable);
  if (submitted !== undefined) await noteRead(dependencies, actor, state, deliverable, submitted.revision);
  const earlier = delivers && editable ? await earlierAnswers(dependencies, state, deliverable, names) : [];
  return {
    ...(await presentDeliverable(state, deliverable, names)),
    purpose: definition.purpose,
    outputArtefact: resultFor(actor.role, definition, names.language),
    formVersion: deliverable.formVersion,
    schema: { ...formWithHelp(names.language, definition) },
    reviewCriteria: definition.reviewCriteria.map((criterion) => ({ ...criterion })),
    acceptance: { ...definition.acceptance },
    revisions: await presentRevisions(records, deliverable, names),
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
    othersFields: Object.keys(propertiesOf(definition.formSchema))
      .filter((field) => mayEdit && !isFieldFor(plays, definition, field))
      .map((field) => childPointer("", field)),
    organisations: await organisationsOfForm(dependencies.store, pilot, actor, {
      schema: definition.formSchema,
      answers: [...records, ...(draft === undefined ? [] : [draft])].map(({ values }) => values),
      toChoose: mayEdit,
      introduced: mayEdit ? await introducedIn(pilots, state) : [],
    }),
    dueDateChanges: await Promise.all(
      deliverable.dueDateChanges.map(async ({ personId, waitsFor, ...change }) => ({
        ...change,
        ...(waitsFor === undefined ? {} : { waitsFor: [...waitsFor] }),
        by: await names.person(personId),
      })),
    ),
    mayEdit,
    maySubmit: editable && delivers && may(actor, "deliverable.submit", pilot),
    mayReview: deliverable.status === "in_review" && reviews && hasReview && may(actor, "deliverable.review", pilot),
  };
}

/** The first first; a taken-back submission leaves its revision on record. */
async function revisionsOf(
  pilots: ApiDependencies["pilots"],
  { pilot }: PilotState,
  { id, revision: last }: Deliverable,
): Promise<readonly RevisionRecord[]> {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  const records = await Promise.all(numbers.map((revision) => pilots.revision(pilot.id, id, revision)));
  return records.filter((record) => record !== undefined);
}

function presentRevisions(
  records: readonly RevisionRecord[],
  { reviews }: Deliverable,
  names: Names,
): Promise<OutputOf<"getDeliverable">["revisions"]> {
  return Promise.all(
    records.map(async ({ revision, submittedBy, submittedAt }) => {
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
