/** Operations at a gate: score, decide, turn down a skip, meet a condition, take the whole gate along for an audit. */
import * as z from "zod";
import { date, declare, id, instant, none, personRef, points, reading, text, working } from "./operation.ts";
import { gateDecisionId, gateScoreView, gateView, pilotView, processRole } from "./views.ts";

const atGate = z.strictObject({ pilotId: id, runId: id });
const criterion = z.object({ id: z.string(), text: z.string() });

const dossierDeliverable = z.object({
  id: z.string(),
  definitionId: z.string(),
  name: z.string(),
  status: z.string(),
  /** Every revision that was handed in; the answers themselves stay with the pilot, the checksum tells them apart. */
  revisions: z.array(
    z.object({
      revision: z.int(),
      formVersion: z.int(),
      checksum: z.string().describe("SHA-256 over the canonical JSON of the answers"),
      submittedBy: personRef,
      submittedAt: instant,
    }),
  ),
  reviews: z.array(
    z.object({
      revision: z.int(),
      by: personRef,
      at: instant,
      outcome: z.enum(["accepted", "rework"]),
      weightedPercent: z.number(),
      criteria: z.array(
        criterion.extend({ points: z.number().optional(), must: z.boolean(), comment: z.string().optional() }),
      ),
    }),
  ),
  skipped: z.object({ reason: z.string(), note: z.string(), by: z.array(personRef), at: instant }).optional(),
});

const dossierCondition = z.object({
  id: z.string(),
  text: z.string(),
  ownerRole: processRole,
  dueAt: instant,
  metAt: instant.optional(),
  evidence: z.string().optional(),
});

const dossierRound = z.object({
  round: z.int(),
  /** Sealed while a decider of the round has not filed. Empty for those who read the result only. */
  scores: z.array(gateScoreView),
  meanScore: z.number().optional(),
  skipProposal: z
    .object({ by: personRef, at: instant, reason: z.string(), text: z.string().optional(), evidence: z.string() })
    .optional(),
  /** Usually one; after a hold the same round is decided again. */
  decisions: z.array(
    z.object({
      decision: gateDecisionId,
      label: z.string(),
      effect: z.string(),
      by: z.array(personRef),
      at: instant,
      reason: z.string().optional(),
      basedOn: z.array(z.object({ deliverableId: z.string(), revision: z.int() })),
      reworked: z.array(z.string()),
      conditions: z.array(dossierCondition),
      programmeApproval: z.string().optional(),
      resumeOn: z.iso.date().optional(),
    }),
  ),
});

const gateDossier = z.object({
  format: z.literal("fairway-gate-dossier"),
  formatVersion: z.literal(1),
  programme: z.object({ id: z.string(), name: z.string(), sample: z.boolean() }),
  pilot: z.object({
    id: z.string(),
    title: z.string(),
    status: z.string(),
    country: z.string(),
    market: z.string().optional(),
    appliedAt: instant,
    admittedAt: instant.optional(),
    team: z.array(z.object({ person: personRef, role: z.enum(["advisor", "expert", "living_lab"]) })),
  }),
  company: z.object({ id: z.string(), name: z.string(), country: z.string() }),
  stageRun: z.object({
    id: z.string(),
    stageId: z.string(),
    name: z.string(),
    status: z.string(),
    startedAt: instant.optional(),
    endedAt: instant.optional(),
  }),
  process: z.object({ id: z.string(), version: z.int(), name: z.string() }),
  gate: z.object({
    id: z.string(),
    name: z.string(),
    special: z.string(),
    status: z.enum(["open", "decided", "closed"]),
    round: z.int(),
    openedAt: instant,
    decideBy: instant,
    musts: z.array(criterion),
    shoulds: z.array(criterion.extend({ weight: z.number() })),
    anchors: z.array(z.string()).describe("What 0 to 4 points mean"),
    thresholds: z.object({ advance: z.number(), advanceWithConditions: z.number() }),
    scoresNeeded: z.object({ coordinator: z.int(), expert: z.int() }),
  }),
  /** Company and living lab read the result of a gate, not how each scored it. */
  extent: z.enum(["full", "result"]),
  rounds: z.array(dossierRound),
  deliverables: z.array(dossierDeliverable),
});
export type GateDossier = z.infer<typeof gateDossier>;

export const gateOperations = declare({
  getGate: {
    method: "GET",
    path: "/api/pilots/{pilotId}/gates/{runId}",
    summary: "A gate: criteria, scores, decisions on offer",
    roles: reading,
    params: atGate,
    query: none,
    body: none,
    output: gateView,
  },
  scoreGate: {
    method: "POST",
    path: "/api/pilots/{pilotId}/gates/{runId}/score",
    summary: "File one's own score; sealed until all have filed",
    roles: ["coordinator", "expert"],
    params: atGate,
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
    params: atGate,
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
  declineGateSkip: {
    method: "POST",
    path: "/api/pilots/{pilotId}/gates/{runId}/skip-decline",
    summary: "Turn down a proposal to skip the next stage, or take one's own back",
    roles: ["coordinator"],
    params: atGate,
    query: none,
    body: z.strictObject({ round: z.int().min(1), reason: text(2000) }),
    output: gateView,
  },
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
  getGateDossier: {
    method: "GET",
    path: "/api/pilots/{pilotId}/gates/{runId}/dossier",
    summary: "All there is to know of one gate, with a checksum by which a copy can be verified",
    roles: reading,
    params: atGate,
    query: none,
    body: none,
    output: z.object({
      dossier: gateDossier,
      checksum: z
        .string()
        .describe("SHA-256, hex, over the canonical JSON of `dossier`: keys in order, no white space"),
      generatedAt: instant,
      /** Texts of the process in the reader's language, by their published wording; outside of the checksum. */
      words: z.record(z.string(), z.string()),
    }),
  },
});
