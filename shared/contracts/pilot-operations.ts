/**
 * Operations on a pilot: from its application to its end, its team, what people write and log beside the work,
 * and the executions behind its stages.
 */
import * as z from "zod";
import type { Role } from "../domain/actor.ts";
import {
  cursor,
  date,
  declare,
  eventId,
  id,
  inPilot,
  none,
  type Operation,
  reading,
  sme,
  text,
  working,
} from "./operation.ts";
import { eligibilityView, executionEvent, pilotSummary, pilotView, pipelineView, timelineEntry } from "./views.ts";

const run = z.strictObject({ pilotId: id, runId: id });
const teamMember = z.strictObject({ personId: id, role: z.enum(["advisor", "expert", "living_lab"]) });

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

export const pilotOperations = declare({
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
    z.strictObject({ team: z.array(teamMember).max(20), waiverReason: text(1000).exactOptional() }),
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
  confirmHours: pilotOperation(
    "hours-confirmation",
    "Confirm hours of support one's company was given; they are then signed by both sides",
    ["sme_admin"],
    z.strictObject({ entryIds: z.array(eventId).min(1).max(500) }),
  ),
  disputeHours: pilotOperation(
    "hours-dispute",
    "Say what is not right about hours of support; whoever logged them and the coordinators are told",
    ["sme_admin"],
    z.strictObject({ entryId: eventId, reason: text(1000) }),
  ),
  settleHours: pilotOperation(
    "hours-settlement",
    "Decide whether disputed hours count; those that do not are taken off the pilot's hours and aid",
    ["coordinator"],
    z.strictObject({ entryId: eventId, counts: z.boolean(), reason: text(1000) }),
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
});
