/** The published versions of the transfer process: what each asks of whom and when, and what differs between two. */
import * as z from "zod";
import { aspects, thingKinds } from "../domain/process-differences.ts";
import { declare, none } from "./operation.ts";

const processRole = z.enum(["sme", "advisor", "expert", "living_lab", "coordinator"]);

const deliverable = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.string(),
  deliveredBy: z.array(processRole),
  reviewedBy: z.array(processRole),
  required: z.boolean(),
  skippable: z.boolean(),
  dueInDays: z.int().describe("Calendar days from the start of the stage"),
  reviewInWorkingDays: z.int(),
  dependsOn: z.array(z.string()),
  fields: z.int().describe("Fields of its form"),
  criteria: z.array(z.object({ text: z.string(), weight: z.int(), must: z.boolean() })),
});

const gate = z.object({
  id: z.string(),
  name: z.string(),
  decideWithinDays: z.int(),
  experts: z.int().describe("Scores of experts needed beside the coordinator's"),
  mustMeet: z.array(z.string()),
  shouldMeet: z.array(z.object({ text: z.string(), weight: z.int() })),
  thresholds: z.object({ advance: z.int(), advanceWithConditions: z.int() }),
});

const reminder = z.object({
  id: z.enum(["followup", "soon", "near", "due", "esc1", "esc2", "esc3", "review"]),
  at: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("halfway") }),
    z.object({ kind: z.literal("due"), offsetDays: z.int() }),
    z.object({ kind: z.literal("submission"), offsetWorkingDays: z.int() }),
  ]),
  to: z.array(z.enum(["performer", "reviewer", "advisor", "sme_admin", "coordinator"])),
});

export const processVersionView = z.object({
  version: z.int(),
  name: z.string(),
  newest: z.boolean().describe("New stage runs are opened with it"),
  runs: z.int().describe("Stage runs of the programme that are pinned to it"),
  openRuns: z.int().describe("Those of them that have not ended"),
  intake: deliverable,
  stages: z.array(
    z.object({
      id: z.enum(["needs", "feasibility", "adaptation", "guidance"]),
      name: z.string(),
      purpose: z.string(),
      durationDays: z.int(),
      skippable: z.boolean(),
      deliverables: z.array(deliverable),
      gate,
    }),
  ),
  followUp: deliverable,
  followUpMonths: z.array(z.int()),
  reminders: z.array(reminder),
});
export type ProcessVersionView = z.infer<typeof processVersionView>;

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export const processComparison = z.object({
  from: z.int(),
  to: z.int(),
  differences: z.array(
    z.object({
      kind: z.enum(thingKinds),
      id: z.string(),
      name: z.string(),
      change: z.enum(["added", "removed", "changed"]),
      changes: z.array(
        z.object({
          aspect: z.enum(aspects),
          item: z.string().optional().describe("The criterion, rule or field it is about"),
          before: value.optional(),
          after: value.optional(),
        }),
      ),
    }),
  ),
});
export type ProcessComparison = z.infer<typeof processComparison>;

const number = z.coerce.number().int().min(1).max(9999);

export const processOperations = declare({
  listProcessVersions: {
    method: "GET",
    path: "/api/process-versions",
    summary: "The published versions of the transfer process, newest first, and how many stage runs follow each",
    roles: ["coordinator", "auditor", "administrator"],
    params: none,
    query: none,
    body: none,
    output: z.object({ versions: z.array(processVersionView) }),
  },
  compareProcessVersions: {
    method: "GET",
    path: "/api/process-versions/comparison",
    summary: "What differs between two versions of the transfer process",
    roles: ["coordinator", "auditor", "administrator"],
    params: none,
    query: z.strictObject({ from: number, to: number }),
    body: none,
    output: processComparison,
  },
});
