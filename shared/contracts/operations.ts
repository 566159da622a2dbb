/**
 * Every operation of the API, declared once: path, input, answer, who may call it.
 * Server, router, OpenAPI document, typed client and the bad-input test are made from this table.
 * `roles` is the first door; what a person may do with one pilot the matrix of roles decides (`shared/domain/permissions.ts`).
 */
import * as z from "zod";
import { type Role, roles } from "../domain/actor.ts";
import { absenceOperations } from "./absence-operations.ts";
import { accessOperations } from "./access-operations.ts";
import { agreementOperations } from "./agreement-operations.ts";
import { dashboardOperations } from "./dashboard-operations.ts";
import { engineOperations } from "./engine-operations.ts";
import { fileOperations } from "./file-operations.ts";
import { gateOperations } from "./gate-operations.ts";
import { noteOperations } from "./note-operations.ts";
import {
  cursor,
  date,
  declare,
  everyone,
  id,
  inDeliverable,
  inPilot,
  isNobodysMember,
  none,
  type Operation,
  reading,
  sme,
  text,
  version,
  working,
} from "./operation.ts";
import { peopleOperations } from "./people-operations.ts";
import { personalOperations } from "./personal-operations.ts";
import { privacyOperations } from "./privacy-operations.ts";
import { processOperations } from "./process-operations.ts";
import { supportOperations } from "./support-operations.ts";
import {
  choicePerson,
  deliverableView,
  eligibilityView,
  executionEvent,
  formValues,
  gap,
  gateDecisionId,
  gateView,
  mailView,
  meView,
  pilotSummary,
  pilotView,
  pipelineView,
  processRole,
  revisionView,
  taskView,
  timelineEntry,
} from "./views.ts";

const taskId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,120}$/)
  .refine(isNobodysMember, "This is no id.");
const task = z.strictObject({ pilotId: id, taskId });
const run = z.strictObject({ pilotId: id, runId: id });
const points = z.record(z.string().max(60), z.int().min(0).max(4));
const teamMember = z.strictObject({ personId: id, role: z.enum(["advisor", "expert", "living_lab"]) });

const taskOperation = <Body extends z.ZodObject>(verb: string, summary: string, body: Body) =>
  ({
    method: "POST",
    path: `/api/pilots/{pilotId}/tasks/{taskId}/${verb}`,
    summary,
    roles: working,
    params: task,
    query: none,
    body,
    output: pilotView,
  }) as const satisfies Operation;

const pilotOperation = <Body extends z.ZodObject>(
  verb: string,
  summary: string,
  allowed: readonly Role[],
  body: Body,
) =>
  ({
    method: "POST",
    path: `/api/pilots/{pilotId}/${verb}`,
    summary,
    roles: allowed,
    params: inPilot,
    query: none,
    body,
    output: pilotView,
  }) as const satisfies Operation;

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

const seen = z.strictObject({ expectedVersion: version.exactOptional() });

export const operations = declare({
  getMe: {
    method: "GET",
    path: "/api/me",
    summary: "Who I am and in which roles",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: meView,
  },
  listTasks: {
    method: "GET",
    path: "/api/tasks",
    summary: "My list of work: what I have, what I may claim, by due date",
    roles: everyone,
    params: none,
    query: z.strictObject({ cursor }),
    body: none,
    output: z.object({ tasks: z.array(taskView) }),
  },
  listPilots: {
    method: "GET",
    path: "/api/pilots",
    summary: "The pilots I may see",
    roles: reading,
    params: none,
    query: z.strictObject({ stage: z.string().max(40).exactOptional(), cursor }),
    body: none,
    output: z.object({ pilots: z.array(pilotSummary), cursor: z.string().exactOptional() }),
  },
  getPipeline: {
    method: "GET",
    path: "/api/pipeline",
    summary: "Pilots of the programme by stage and state; read from the projection",
    roles: ["advisor", "coordinator", "auditor"],
    params: none,
    query: none,
    body: none,
    output: pipelineView,
  },
  listPeople: {
    method: "GET",
    path: "/api/people",
    summary: "People of the programme who can be given work in a role; experts and labs see their own role only",
    roles: ["advisor", "expert", "living_lab", "coordinator", "auditor"],
    params: none,
    query: z.strictObject({ role: z.enum(roles) }),
    body: none,
    output: z.object({ people: z.array(choicePerson) }),
  },
  planDeparture: {
    method: "POST",
    path: "/api/people/{personId}/departure",
    summary: "An advisor leaves: hand over all pilots and open work, block the account after the last day",
    roles: ["coordinator"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: z.strictObject({
      successorId: id.describe("Who takes over every pilot not named below"),
      pilots: z.record(id, id).exactOptional().describe("Pilot id → another successor"),
      lastDay: date,
      reason: text(1000),
    }),
    output: z.object({ pilots: z.array(z.string()), tasks: z.int() }),
  },
  listMails: {
    method: "GET",
    path: "/api/mails",
    summary: "The outbox of the programme, newest first",
    roles: ["coordinator", "administrator"],
    params: none,
    query: z.strictObject({
      q: text(100).exactOptional().describe("Words of person, address or subject; every one must occur"),
      cursor,
    }),
    body: none,
    output: z.object({ mails: z.array(mailView), cursor: z.string().exactOptional() }),
  },

  startApplication: {
    method: "POST",
    path: "/api/applications",
    summary: "Begin a pilot application for one's own company",
    roles: sme,
    params: none,
    query: none,
    body: z.strictObject({
      pilotId: id.exactOptional().describe("Chosen by the client, so that a repeat makes no second one"),
      title: text(330),
    }),
    output: pilotView,
  },
  getPilot: {
    method: "GET",
    path: "/api/pilots/{pilotId}",
    summary: "A pilot with its work",
    roles: reading,
    params: inPilot,
    query: none,
    body: none,
    output: pilotView,
  },
  getTimeline: {
    method: "GET",
    path: "/api/pilots/{pilotId}/timeline",
    summary: "What happened to a pilot, newest first",
    roles: reading,
    params: inPilot,
    query: z.strictObject({ cursor, limit: z.coerce.number().int().min(1).max(500).exactOptional() }),
    body: none,
    output: z.object({ entries: z.array(timelineEntry), cursor: z.string().exactOptional() }),
  },
  getEligibility: {
    method: "GET",
    path: "/api/pilots/{pilotId}/eligibility",
    summary: "Size class, focus rule and aid room of an application",
    roles: ["coordinator", "advisor", "auditor"],
    params: inPilot,
    query: none,
    body: none,
    output: eligibilityView,
  },
  admitPilot: pilotOperation(
    "admission",
    "Admit an accepted application and name the team",
    ["coordinator"],
    z.strictObject({ team: z.array(teamMember).min(1).max(20), waiverReason: text(1000).exactOptional() }),
  ),
  rejectApplication: pilotOperation(
    "rejection",
    "Reject an application",
    ["coordinator"],
    z.strictObject({ reason: text(2000) }),
  ),
  holdPilot: pilotOperation(
    "hold",
    "Stop the clock until a date",
    ["coordinator"],
    z.strictObject({ reason: text(2000), resumeOn: date }),
  ),
  resumePilot: pilotOperation(
    "resumption",
    "Let the clock run again",
    ["coordinator"],
    z.strictObject({ reason: text(2000).exactOptional() }),
  ),
  stopPilot: pilotOperation("stop", "Stop a pilot for good", ["coordinator"], z.strictObject({ reason: text(2000) })),
  objectToStop: pilotOperation(
    "objection",
    "Object to a stop within 14 days",
    ["sme_admin"],
    z.strictObject({ text: text(4000) }),
  ),
  withdrawPilot: pilotOperation(
    "withdrawal",
    "Withdraw one's own pilot",
    ["sme_admin"],
    z.strictObject({ reason: text(2000) }),
  ),
  changeTeam: pilotOperation(
    "team",
    "Name advisors, experts and the living lab",
    ["coordinator"],
    z.strictObject({ team: z.array(teamMember).max(20), reason: text(1000).exactOptional() }),
  ),
  logHours: pilotOperation(
    "hours",
    "Log hours of support",
    ["advisor", "expert", "living_lab", "coordinator"],
    z.strictObject({ hours: z.number().positive().max(24), on: date, activity: text(200) }),
  ),
  addComment: pilotOperation(
    "comments",
    "Write a comment or an internal note",
    working,
    z.strictObject({
      text: text(4000),
      internal: z.boolean().default(false),
      deliverableId: id.exactOptional(),
      mentions: z.array(id).max(20).exactOptional().describe("Who is to read it at once, of those around the pilot"),
    }),
  ),
  meetCondition: {
    method: "POST",
    path: "/api/pilots/{pilotId}/conditions/{conditionId}/met",
    summary: "Show that a condition of a gate is met",
    roles: working,
    params: z.strictObject({ pilotId: id, conditionId: id }),
    query: none,
    body: z.strictObject({ evidence: text(2000) }),
    output: pilotView,
  },

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
      kind: z.enum(["extension", "dependency"]).default("extension"),
    }),
  ),
  requestExtension: deliverableOperation(
    "extension-request",
    "Ask for more time",
    ["sme_member", "sme_admin", "expert", "living_lab"],
    z.strictObject({ until: date, reason: text(2000) }),
  ),

  claimTask: taskOperation("claim", "Take a task from the shared list", seen),
  startTask: taskOperation("start", "Begin a claimed task", seen),
  releaseTask: taskOperation("release", "Give a task back to the shared list", seen),
  delegateTask: taskOperation(
    "delegation",
    "Let another person do it; the owner stays responsible",
    seen.extend({ toPersonId: id }),
  ),
  returnTask: taskOperation("return", "Give a delegated task back to its owner", seen),
  forwardTask: taskOperation(
    "forwarding",
    "Hand a task on; responsibility moves",
    seen.extend({
      toPersonId: id.exactOptional(),
      toRole: processRole.exactOptional(),
      reason: text(1000).exactOptional(),
    }),
  ),
  nominateTask: taskOperation("nomination", "Name who does it", seen.extend({ toPersonId: id })),
  setTaskPriority: taskOperation(
    "priority",
    "Mark a task as urgent or not",
    seen.extend({ priority: z.enum(["normal", "high"]) }),
  ),
  failTask: taskOperation("failure", "Say that a task cannot be done", seen.extend({ reason: text(2000) })),
  giveForecast: taskOperation(
    "forecast",
    "Still on track? Say when it will be ready",
    z.strictObject({ on: date, note: z.string().max(1000).default("") }),
  ),

  getGate: {
    method: "GET",
    path: "/api/pilots/{pilotId}/gates/{runId}",
    summary: "A gate: criteria, scores, decisions on offer",
    roles: reading,
    params: run,
    query: none,
    body: none,
    output: gateView,
  },
  scoreGate: {
    method: "POST",
    path: "/api/pilots/{pilotId}/gates/{runId}/score",
    summary: "File one's own score; sealed until all have filed",
    roles: ["coordinator", "expert"],
    params: run,
    query: none,
    body: z.strictObject({
      round: z.int().min(1),
      musts: z.record(z.string().max(60), z.strictObject({ met: z.boolean(), evidence: z.string().max(2000) })),
      points,
      comment: z.string().max(4000).exactOptional(),
    }),
    output: gateView,
  },
  decideGate: {
    method: "POST",
    path: "/api/pilots/{pilotId}/gates/{runId}/decision",
    summary: "Decide at a gate",
    roles: ["coordinator"],
    params: run,
    query: none,
    body: z.strictObject({
      round: z.int().min(1),
      decision: gateDecisionId,
      reason: text(4000).exactOptional(),
      basedOn: z.record(z.string().max(60), z.int().min(0)),
      deliverables: z
        .array(z.strictObject({ deliverableId: id, dueInDays: z.int().min(1).max(180).exactOptional() }))
        .max(20)
        .exactOptional(),
      conditions: z
        .array(z.strictObject({ text: text(1000), ownerRole: processRole, dueOn: date }))
        .max(20)
        .exactOptional(),
      resumeOn: date.exactOptional(),
      skip: z
        .strictObject({ reasonId: text(60), text: text(1000).exactOptional(), evidence: text(2000) })
        .exactOptional(),
      programmeApproval: text(500).exactOptional(),
    }),
    output: gateView,
  },
  restartExecution: {
    method: "POST",
    path: "/api/pilots/{pilotId}/runs/{runId}/restart",
    summary: "Stop the stage's execution and start a new one; nothing is lost (I1)",
    roles: ["administrator"],
    params: run,
    query: none,
    body: z.strictObject({ reason: text(1000) }),
    // Nothing of the pilot: an administrator does not read its content.
    output: z.object({ runId: z.string(), executionNumber: z.int() }),
  },
  getExecution: {
    method: "GET",
    path: "/api/pilots/{pilotId}/runs/{runId}/execution",
    summary: "The Step Functions history behind a stage",
    roles: ["coordinator", "auditor"],
    params: run,
    query: none,
    body: none,
    output: z.object({ name: z.string(), status: z.string(), events: z.array(executionEvent) }),
  },

  ...gateOperations,
  ...agreementOperations,
  ...noteOperations,
  ...supportOperations,
  ...accessOperations,
  ...fileOperations,
  ...personalOperations,
  ...privacyOperations,
  ...absenceOperations,
  ...peopleOperations,
  ...processOperations,
  ...dashboardOperations,
  ...engineOperations,

  getClock: {
    method: "GET",
    path: "/api/clock",
    summary: "What time it is for Fairway",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: z.object({ now: z.iso.datetime(), movable: z.boolean() }),
  },
  moveClock: {
    method: "POST",
    path: "/api/clock",
    summary: "Move the clock of a sample programme ahead",
    roles: ["coordinator", "administrator"],
    params: none,
    query: none,
    body: z.strictObject({ to: z.iso.datetime() }),
    output: z.object({ now: z.iso.datetime(), movable: z.boolean() }),
    movableClockOnly: true,
  },
});

export type { Operation };

export type Operations = typeof operations;
export type OperationId = keyof Operations;
export type ParamsOf<Id extends OperationId> = z.output<Operations[Id]["params"]>;
export type QueryOf<Id extends OperationId> = z.output<Operations[Id]["query"]>;
export type BodyOf<Id extends OperationId> = z.output<Operations[Id]["body"]>;
export type OutputOf<Id extends OperationId> = z.input<Operations[Id]["output"]>;
