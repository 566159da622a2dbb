/** What the API shows: zod schemas of every answer; types, OpenAPI and the typed client come from them. */
import * as z from "zod";
import { roles } from "../domain/actor.ts";
import { formValues, gap } from "./form-values.ts";
import { instant, personRef } from "./operation.ts";

const date = z.iso.date();
export const processRole = z.enum(["sme", "advisor", "expert", "living_lab", "coordinator"]);
export const gateDecisionId = z.enum(["advance", "advance_with_conditions", "rework", "hold", "stop", "skip"]);

export const problem = z
  .object({
    type: z.string().describe("A URI reference that names the kind of problem, e.g. /problems/StaleDraft"),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What happened, what was kept and what to do, for the person"),
  })
  .loose()
  .describe("RFC 9457 problem document; further members as the kind of problem needs");

const membershipView = z.object({
  id: z.string(),
  programmeId: z.string(),
  programmeName: z.string(),
  sample: z.boolean(),
  role: z.enum(roles),
  organisation: z.object({ id: z.string(), name: z.string(), country: z.string() }),
});

export const meView = z.object({
  person: z.object({ id: z.string(), name: z.string(), email: z.string(), language: z.string() }),
  /** The one this request acts in. */
  acting: membershipView,
  memberships: z.array(membershipView),
  invited: z.boolean().describe("An invitation has not been accepted yet: `acceptInvitation` does it"),
});

export const taskView = z.object({
  id: z.string(),
  pilotId: z.string(),
  pilotTitle: z.string(),
  country: z.string(),
  market: z.string().optional(),
  sample: z.boolean(),
  kind: z.enum(["produce", "review", "gate_score", "gate_decision", "condition", "objection", "question"]),
  title: z.string(),
  status: z.enum([
    "created",
    "ready",
    "reserved",
    "in_progress",
    "suspended",
    "completed",
    "obsolete",
    "exited",
    "failed",
  ]),
  priority: z.enum(["normal", "high"]),
  runId: z.string(),
  deliverableId: z.string().optional(),
  conditionId: z.string().optional(),
  question: z
    .object({ text: z.string(), by: personRef, internal: z.boolean(), deliverableId: z.string().optional() })
    .optional(),
  candidateRole: processRole,
  assignee: personRef.optional(),
  owner: personRef.optional(),
  waitsFor: z.array(z.string()).describe("Deliverables that must be accepted before what it makes may be submitted"),
  createdAt: instant,
  dueAt: instant,
  overdue: z.boolean(),
  escalated: z.boolean(),
  sentBack: z.boolean().describe("Handed in before and open again: a review, a gate or a coordinator asks for more"),
  atRisk: z.boolean(),
  seated: z
    .boolean()
    .optional()
    .describe("The reader scores the gate from another seat: this one is for somebody else"),
  forecast: z
    .object({ on: date, note: z.string(), at: instant })
    .optional()
    .describe("When whoever works on it expects to be done"),
  version: z.int(),
});
export type TaskView = z.infer<typeof taskView>;

const fieldComment = z.object({ pointer: z.string(), text: z.string() });
const reviewView = z.object({
  revision: z.int(),
  reviewer: personRef,
  at: instant,
  outcome: z.enum(["accepted", "rework"]),
  points: z.record(z.string(), z.number()),
  criterionComments: z.record(z.string(), z.string()),
  weightedPercent: z.number(),
  fieldComments: z.array(fieldComment),
});

const deliverableSummary = z.object({
  id: z.string(),
  definitionId: z.string(),
  name: z.string(),
  runId: z.string(),
  status: z.enum([
    "not_started",
    "in_progress",
    "submitted",
    "in_review",
    "accepted",
    "rework",
    "skipped",
    "cancelled",
    "reopened",
  ]),
  deliveredBy: z.array(processRole),
  reviewedBy: z.array(processRole),
  dueAt: instant,
  late: z.boolean(),
  revision: z.int(),
  draftVersion: z.int(),
  /** Deliverables that must be accepted first and are not. */
  waitsFor: z.array(z.string()),
  skipProposal: z.object({ reason: z.string(), note: z.string(), by: personRef, at: instant }).optional(),
  /** More time is asked for; absent once a later date was given or the work is handed in. */
  extensionRequest: z.object({ until: date, reason: z.string(), by: personRef, at: instant }).optional(),
  version: z.int(),
});

const draftView = z.object({ values: formValues, draftVersion: z.int(), savedBy: personRef, savedAt: instant });

export const deliverableView = deliverableSummary.extend({
  purpose: z.string(),
  outputArtefact: z.string(),
  formVersion: z.int(),
  schema: z.record(z.string(), z.unknown()).describe("JSON Schema draft 2020-12 with x-ui"),
  reviewCriteria: z.array(z.object({ id: z.string(), text: z.string(), weight: z.number(), must: z.boolean() })),
  /** What a revision needs to be accepted: the weighted result in percent, and the points of every must. */
  acceptance: z.object({ weightedPercentMin: z.number(), mustCriterionMin: z.number() }),
  /** Every submitted revision, the first first, with the result of its review. */
  revisions: z.array(
    z.object({
      revision: z.int(),
      by: personRef,
      at: instant,
      review: z
        .object({ outcome: z.enum(["accepted", "rework"]), weightedPercent: z.number(), at: instant })
        .optional(),
    }),
  ),
  skippable: z.boolean(),
  skipReasons: z.array(z.string()),
  draft: draftView.optional(),
  /** What the company answered before to the same questions; for those who may fill in the form. */
  earlier: z.array(
    z.object({
      field: z.string(),
      value: z.unknown(),
      answeredAt: instant,
      deliverable: personRef,
      /** Absent: of this pilot. */
      pilot: z.object({ id: z.string(), title: z.string() }).optional(),
    }),
  ),
  submitted: z
    .object({ values: formValues, revision: z.int(), by: personRef, at: instant, checksum: z.string() })
    .optional(),
  /** What the rules between fields ask the reviewer to look at in the submitted revision. */
  remarks: z.array(gap),
  reviews: z.array(reviewView),
  openFields: z.array(z.string()),
  othersFields: z
    .array(z.string())
    .describe("Of who may edit: pointers to fields that are for another role to fill in"),
  organisations: z
    .array(z.object({ id: z.string(), name: z.string(), kind: z.string() }))
    .describe(
      "Those that any of the answers name; for who may edit an answer that names one, also those to choose from",
    ),
  dueDateChanges: z.array(
    z.object({
      from: instant,
      to: instant,
      reason: z.string(),
      by: personRef,
      at: instant,
      kind: z.enum(["extension", "hold", "review_late", "rework", "dependency"]),
      waitsFor: z.array(z.string()).optional().describe("Of a dependency: the deliverables it waited for"),
    }),
  ),
  mayEdit: z.boolean(),
  maySubmit: z.boolean(),
  mayReview: z.boolean(),
});
export type DeliverableView = z.infer<typeof deliverableView>;

export const revisionView = z.object({
  deliverableId: z.string(),
  revision: z.int(),
  values: formValues,
  checksum: z.string(),
  by: personRef,
  at: instant,
  /** Against the revision before; empty for the first. */
  differences: z.array(
    z.object({ pointer: z.string(), label: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
  ),
});

const conditionView = z.object({
  id: z.string(),
  runId: z.string(),
  text: z.string(),
  ownerRole: processRole,
  dueAt: instant,
  metAt: instant.optional(),
  evidence: z.string().optional(),
  overdue: z.boolean(),
});

const stageRunView = z.object({
  id: z.string(),
  stageId: z.enum(["needs", "feasibility", "adaptation", "guidance"]),
  name: z.string(),
  status: z.enum(["planned", "active", "at_gate", "passed", "passed_with_conditions", "on_hold", "stopped", "skipped"]),
  processVersion: z.int(),
  executionNumber: z.int(),
  hasGate: z.boolean().describe("Whether its gate has opened: only then there is something to read of it"),
  startedAt: instant.optional(),
  endedAt: instant.optional(),
});

const ballView = z
  .object({
    kind: z.enum(["task", "admission", "hold"]).describe("admission: a coordinator decides, without a task"),
    role: processRole,
    person: personRef.optional(),
    taskId: z.string().optional(),
    title: z.string().optional().describe("Of the task"),
    deliverableId: z.string().optional(),
    since: instant.describe("Since when the step is open, or the hold lasts"),
    dueAt: instant.optional(),
    usualDays: z.number().optional().describe("Median of the programme's finished runs of the same step, from 5 on"),
    likelyOn: date
      .optional()
      .describe("As the person said; else after the usual days; for a hold its last day. Never before today"),
    overUsual: z.boolean().optional().describe("The usual days are over, and nobody has said when it will be done"),
  })
  .describe("Who owes the next step; absent for ended pilots and while Fairway prepares the next step");
export type BallView = z.infer<typeof ballView>;

export const pilotSummary = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum([
    "applied",
    "rejected",
    "active",
    "on_hold",
    "stopped",
    "withdrawn",
    "completed",
    "followed_up",
    "archived",
  ]),
  organisation: personRef,
  country: z.string(),
  market: z.string().optional(),
  stage: z.string().describe("intake, or the stage's id"),
  stageStatus: z.string().optional(),
  /** Since when it is in its stage; in intake since the application, ended since its end. */
  stageSince: instant,
  openTasks: z.int(),
  overdueTasks: z.int(),
  /** Of the open tasks, overdue or not. */
  nextDueAt: instant.optional(),
  ball: ballView.optional(),
  /** The first leads. */
  advisors: z.array(personRef),
  atRisk: z.boolean(),
  openHours: z.number().describe("Hours of support that wait for the company, or for a coordinator's decision"),
  disputedHours: z.number().describe("Of those: disputed by the company"),
  sample: z.boolean(),
  appliedAt: instant,
});

export const pilotView = pilotSummary.extend({
  programmeId: z.string(),
  team: z.array(
    z.object({ person: personRef, role: z.enum(["advisor", "expert", "living_lab"]), country: z.string() }),
  ),
  secondaryMarkets: z.array(z.string()),
  admittedAt: instant.optional(),
  endedAt: instant.optional(),
  endReason: z.string().optional(),
  /** The company applied again after this pilot of its own had been rejected, stopped or withdrawn. */
  earlierPilotId: z.string().optional(),
  hold: z.object({ since: instant, reason: z.string(), resumeOn: date }).optional(),
  holdProposedAt: instant.optional(),
  conditions: z.array(conditionView),
  objection: z.object({ by: personRef, at: instant, text: z.string() }).optional(),
  supportHours: z.number(),
  aidEur: z.number(),
  followUps: z.array(z.object({ month: z.int(), opensAt: instant, deliverableId: z.string().optional() })),
  runs: z.array(stageRunView),
  /** `mayRead`: what was answered in it; a business case is for few. */
  deliverables: z.array(deliverableSummary.extend({ mayRead: z.boolean() })),
  tasks: z.array(taskView),
  /** What the person may do here, by the matrix of roles. */
  may: z.array(z.string()),
  /** Number of the last event. */
  sequence: z.int(),
});
export type PilotView = z.infer<typeof pilotView>;

export const eligibilityView = z.object({
  sizeClass: z.enum(["micro", "small", "medium"]).optional(),
  headcount: z.number().optional(),
  focusRuleMet: z.boolean(),
  isSme: z.boolean(),
  aidReceivedEur: z.number().describe("Of the last three years, as the application states it"),
  aidElsewhereEur: z.number().describe("Of the last three years, from the company's other pilots"),
  aidRoomEur: z.number(),
  aidRoomSuffices: z.boolean(),
  restrictedMarkets: z.array(z.string()),
  waiverNeeded: z.boolean(),
});

export const timelineEntry = z.object({
  id: z.string(),
  sequence: z.int(),
  at: instant,
  type: z.string(),
  by: z.object({
    person: personRef,
    role: z.string(),
    for: personRef.optional().describe("Somebody away, in whose place the person acted"),
  }),
  /** What happened, as a sentence. */
  sentence: z.string(),
  reason: z.string().optional(),
  deliverableId: z.string().optional(),
  /** Of the deliverable, where it speaks of one. */
  revision: z.int().optional(),
});

export const gateScoreView = z.object({
  by: personRef,
  role: z.enum(["coordinator", "expert"]),
  at: instant,
  /** Sealed until every decider has filed; one's own is always shown. */
  sealed: z.boolean(),
  score: z.number().optional(),
  musts: z.record(z.string(), z.object({ met: z.boolean(), evidence: z.string() })).optional(),
  points: z.record(z.string(), z.number()).optional(),
  comment: z.string().optional(),
});

const gateObjection = z.object({
  code: z.enum([
    "not_open",
    "scores_missing",
    "not_at_this_gate",
    "condition_past_due",
    "showstopper",
    "trial_no_go",
    "must_not_met",
    "score_too_low",
    "no_stage_follows",
    "next_not_skippable",
    "approval_needed",
  ]),
  message: z.string(),
  about: z.string().optional().describe("The text of a condition or criterion"),
  score: z.object({ mean: z.number(), least: z.number() }).optional(),
});

export const gateView = z.object({
  runId: z.string(),
  gateId: z.string(),
  name: z.string(),
  special: z.string(),
  round: z.int(),
  status: z.enum(["open", "decided", "closed"]),
  openedAt: instant,
  decideBy: instant,
  musts: z.array(z.object({ id: z.string(), text: z.string() })),
  shoulds: z.array(z.object({ id: z.string(), text: z.string(), weight: z.number() })),
  anchors: z.array(z.string()),
  scores: z.array(gateScoreView),
  scoresNeeded: z.object({ coordinator: z.int(), expert: z.int() }),
  allFiled: z.boolean(),
  meanScore: z.number().optional(),
  /** What the decision will rest on. */
  basedOn: z.record(z.string(), z.int()),
  decisions: z.array(
    z.object({
      decision: gateDecisionId,
      label: z.string(),
      effect: z.string(),
      offered: z.boolean(),
      why: z.array(z.string()),
      /** The same for saying it in other words. */
      against: z.array(gateObjection),
      reasonOptions: z.array(z.string()).describe("Allowed reasons; empty: free text"),
    }),
  ),
  skipProposal: z
    .object({ by: personRef, reason: z.string(), text: z.string().optional(), evidence: z.string(), at: instant })
    .optional(),
  history: z.array(
    z.object({
      round: z.int(),
      decision: gateDecisionId,
      by: z.array(personRef),
      at: instant,
      reason: z.string().optional(),
      meanScore: z.number().optional(),
      basedOn: z.record(z.string(), z.int()),
      /** Of every decider; unsealed by the decision. Empty for those who read the result only. */
      scores: z.array(gateScoreView),
      reworked: z.array(z.string()).describe("Ids of the deliverables that were sent back"),
      programmeApproval: z
        .string()
        .optional()
        .describe("Reference of what allows a third rework; for those who read scores"),
      conditions: z.array(z.string()).describe("Ids of the conditions of this decision"),
      resumeOn: date.optional(),
      /** Which reason of the process lets the next stage be skipped; the proof is for those who read scores. */
      skip: z.object({ reason: z.string(), evidence: z.string().optional() }).optional(),
    }),
  ),
  /** Mean scores from which the pilot may advance. */
  thresholds: z.object({ advance: z.number(), advanceWithConditions: z.number() }),
  /** Company and living lab read the result only: no scores, and nothing that tells them. */
  readsScores: z.boolean(),
  /** What follows when the pilot advances; nothing after the last gate. */
  next: z.object({ name: z.string(), deliverables: z.int(), days: z.int() }).optional(),
  /** Which deliverables a rework of each reopens: itself, and the accepted ones that rest on it. */
  reworks: z.record(z.string(), z.array(z.string())),
  version: z.int(),
});

export const pipelineView = z.object({
  programmeId: z.string(),
  programmeName: z.string(),
  sample: z.boolean(),
  /** Pilots by stage ("intake", the four stages, "ended") and status. */
  stages: z.array(z.object({ stage: z.string(), status: z.string(), pilots: z.int() })),
  pilots: z.int(),
  atRisk: z.int(),
  onHold: z.int(),
  openTasks: z.int(),
  overdueTasks: z.int(),
});

export const executionEvent = z.object({
  id: z.int(),
  previousEventId: z.int(),
  at: instant,
  type: z.string(),
  state: z.string().optional(),
});

const mailStatuses = ["waiting", "sent", "failed", "bounced", "kept"] as const;
const mailCauses = ["refused", "expired", "undeliverable", "bounce", "complaint"] as const;

export const mailView = z.object({
  id: z.string(),
  to: z.string(),
  person: personRef,
  subject: z.string(),
  text: z.string(),
  createdAt: instant,
  sample: z.boolean(),
  status: z.enum(mailStatuses).describe("kept: stays here, e.g. because its person is made up"),
  statusAt: instant,
  attempts: z.int().describe("How often it was handed to the mail server"),
  nextAttemptAt: instant.optional().describe("While it waits: not before this"),
  cause: z.enum(mailCauses).optional().describe("Why it failed or came back"),
  answer: z.string().optional().describe("What the mail server said last"),
});

export type MailView = z.infer<typeof mailView>;

export const choicePerson = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  language: z.string(),
  country: z.string(),
  organisation: personRef,
  openTasks: z.int(),
});
