/** Operations on a deliverable: draft, submission, review and what else becomes of it. */
import * as z from "zod";
import type { Role } from "../domain/actor.ts";
import { formValues, gap } from "./form-values.ts";
import {
  date,
  declare,
  id,
  inDeliverable,
  none,
  type Operation,
  points,
  reading,
  text,
  version,
  working,
} from "./operation.ts";
import { deliverableView, revisionView } from "./views.ts";

const deliverableOperation = <Body extends z.ZodObject>(
  verb: string,
  summary: string,
  allowed: readonly Role[],
  body: Body,
) =>
  ({
    method: "POST",
    path: `/api/pilots/{pilotId}/deliverables/{deliverableId}/${verb}`,
    summary,
    roles: allowed,
    params: inDeliverable,
    query: none,
    body,
    output: deliverableView,
  }) as const satisfies Operation;

export const deliverableOperations = declare({
  getDeliverable: {
    method: "GET",
    path: "/api/pilots/{pilotId}/deliverables/{deliverableId}",
    summary: "A deliverable: form, draft, last revision, reviews",
    roles: reading,
    params: inDeliverable,
    query: none,
    body: none,
    output: deliverableView,
  },
  getRevision: {
    method: "GET",
    path: "/api/pilots/{pilotId}/deliverables/{deliverableId}/revisions/{revision}",
    summary: "One submitted revision and what changed since the one before",
    roles: reading,
    params: z.strictObject({ pilotId: id, deliverableId: id, revision: z.coerce.number().int().min(1).max(9999) }),
    query: none,
    body: none,
    output: revisionView,
  },
  saveDraft: {
    method: "PUT",
    path: "/api/pilots/{pilotId}/deliverables/{deliverableId}/draft",
    summary: "Save a draft; refused without loss when somebody saved in between",
    roles: working,
    params: inDeliverable,
    query: none,
    body: z.strictObject({ baseDraftVersion: version, values: formValues }),
    output: deliverableView,
  },
  checkDraft: {
    method: "POST",
    path: "/api/pilots/{pilotId}/deliverables/{deliverableId}/check",
    summary: "What is missing before the form can be submitted",
    roles: working,
    params: inDeliverable,
    query: none,
    body: z.strictObject({ values: formValues }),
    output: z.object({ gaps: z.array(gap), values: formValues }),
  },
  submitDeliverable: deliverableOperation(
    "submission",
    "Submit: freezes a revision for review",
    working,
    z.strictObject({ baseDraftVersion: version, values: formValues }),
  ),
  withdrawSubmission: deliverableOperation(
    "submission-withdrawal",
    "Take a submission back before its review begins",
    working,
    none,
  ),
  reviewDeliverable: deliverableOperation(
    "review",
    "Accept a revision or send it to rework",
    working,
    z.strictObject({
      revision: z.int().min(1),
      outcome: z.enum(["accepted", "rework"]),
      points,
      criterionComments: z.record(z.string().max(60), text(2000)).default({}),
      fieldComments: z
        .array(z.strictObject({ pointer: z.string().max(200), text: text(2000) }))
        .max(200)
        .default([]),
      expectedVersion: version.exactOptional(),
    }),
  ),
  proposeDeliverableSkip: deliverableOperation(
    "skip-proposal",
    "Propose to leave a deliverable out",
    ["advisor", "coordinator"],
    z.strictObject({ reasonId: text(60), note: text(2000) }),
  ),
  decideDeliverableSkip: deliverableOperation(
    "skip-decision",
    "Decide on a proposal to leave a deliverable out (four eyes)",
    ["coordinator"],
    z.strictObject({ approve: z.boolean(), reason: text(2000).exactOptional() }),
  ),
  reopenDeliverable: deliverableOperation(
    "reopening",
    "Open an accepted deliverable again",
    ["coordinator"],
    z.strictObject({ reason: text(2000), dueInDays: z.int().min(1).max(180) }),
  ),
  extendDueDate: deliverableOperation(
    "extension",
    "Give more time",
    ["advisor", "coordinator"],
    z.strictObject({
      days: z.int().min(1).max(365),
      reason: text(2000),
      kind: z
        .enum(["extension", "dependency"])
        .default("extension")
        .describe("dependency: it waits for deliverables that are not accepted yet; a coordinator's to say"),
    }),
  ),
  requestExtension: deliverableOperation(
    "extension-request",
    "Ask for more time",
    ["sme_member", "sme_admin", "expert", "living_lab"],
    z.strictObject({ until: date, reason: text(2000) }),
  ),
});
