/** Operations on one deliverable: read, draft, check, submit, review, skip, reopen, dates. */
import * as z from "zod";
import { gap } from "../../shared/contracts/form-values.ts";
import type { BodyOf } from "../../shared/contracts/operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { attachmentProblems, withChecksums } from "../../shared/domain/forms/attachments.ts";
import { differences } from "../../shared/domain/forms/differences.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import { assertMay, may } from "../../shared/domain/permissions.ts";
import { assertMayReadForm } from "../../shared/domain/pilot/business-case.ts";
import type { PilotCommand } from "../../shared/domain/pilot/commands.ts";
import type { Deliverable, PilotState } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Reason } from "../../shared/domain/refusal-reasons.ts";
import { catalogueFor } from "../../shared/language/languages.ts";
import { filesOf, knownFiles } from "../../shared/records/files.ts";
import { noteRead } from "./access.ts";
import { presentForm } from "./deliverable-view.ts";
import { gapsIn, ruleGap } from "./gaps.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { readablePilot } from "./pilots.ts";
import { definitionOf } from "./present.ts";

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

function deliverableIn(state: PilotState, deliverableId: string): Deliverable {
  const deliverable = state.deliverables[deliverableId];
  if (deliverable === undefined) throw new Refusal("NotFound", "no_such_deliverable");
  return deliverable;
}
