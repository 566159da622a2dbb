/**
 * The published versions of the transfer process, read from `workflows/transfer-process/`.
 * Every file is parsed when the module loads: a file that does not fit stops the program before it serves anyone.
 */
import * as z from "zod";
import gate3 from "../../workflows/transfer-process/v1/adaptation/gate-3.json" with { type: "json" };
import pa1 from "../../workflows/transfer-process/v1/adaptation/PA-1.json" with { type: "json" };
import pa2 from "../../workflows/transfer-process/v1/adaptation/PA-2.json" with { type: "json" };
import pa3 from "../../workflows/transfer-process/v1/adaptation/PA-3.json" with { type: "json" };
import pa4 from "../../workflows/transfer-process/v1/adaptation/PA-4.json" with { type: "json" };
import pa5 from "../../workflows/transfer-process/v1/adaptation/PA-5.json" with { type: "json" };
import pa6 from "../../workflows/transfer-process/v1/adaptation/PA-6.json" with { type: "json" };
import pa7 from "../../workflows/transfer-process/v1/adaptation/PA-7.json" with { type: "json" };
import pa8 from "../../workflows/transfer-process/v1/adaptation/PA-8.json" with { type: "json" };
import pa9 from "../../workflows/transfer-process/v1/adaptation/PA-9.json" with { type: "json" };
import adaptationStage from "../../workflows/transfer-process/v1/adaptation/stage.json" with { type: "json" };
import fs1 from "../../workflows/transfer-process/v1/feasibility/FS-1.json" with { type: "json" };
import fs2 from "../../workflows/transfer-process/v1/feasibility/FS-2.json" with { type: "json" };
import fs3 from "../../workflows/transfer-process/v1/feasibility/FS-3.json" with { type: "json" };
import fs4 from "../../workflows/transfer-process/v1/feasibility/FS-4.json" with { type: "json" };
import fs5 from "../../workflows/transfer-process/v1/feasibility/FS-5.json" with { type: "json" };
import fs6 from "../../workflows/transfer-process/v1/feasibility/FS-6.json" with { type: "json" };
import fs7 from "../../workflows/transfer-process/v1/feasibility/FS-7.json" with { type: "json" };
import gate2 from "../../workflows/transfer-process/v1/feasibility/gate-2.json" with { type: "json" };
import feasibilityStage from "../../workflows/transfer-process/v1/feasibility/stage.json" with { type: "json" };
import fu1 from "../../workflows/transfer-process/v1/follow-up/FU-1.json" with { type: "json" };
import gateDecisions from "../../workflows/transfer-process/v1/gate-decisions.json" with { type: "json" };
import gate4 from "../../workflows/transfer-process/v1/guidance/gate-4.json" with { type: "json" };
import lc1 from "../../workflows/transfer-process/v1/guidance/LC-1.json" with { type: "json" };
import lc2 from "../../workflows/transfer-process/v1/guidance/LC-2.json" with { type: "json" };
import lc3 from "../../workflows/transfer-process/v1/guidance/LC-3.json" with { type: "json" };
import lc4 from "../../workflows/transfer-process/v1/guidance/LC-4.json" with { type: "json" };
import lc5 from "../../workflows/transfer-process/v1/guidance/LC-5.json" with { type: "json" };
import lc6 from "../../workflows/transfer-process/v1/guidance/LC-6.json" with { type: "json" };
import lc7 from "../../workflows/transfer-process/v1/guidance/LC-7.json" with { type: "json" };
import lc8 from "../../workflows/transfer-process/v1/guidance/LC-8.json" with { type: "json" };
import guidanceStage from "../../workflows/transfer-process/v1/guidance/stage.json" with { type: "json" };
import in1 from "../../workflows/transfer-process/v1/intake/IN-1.json" with { type: "json" };
import lifeCycleData from "../../workflows/transfer-process/v1/life-cycles.json" with { type: "json" };
import gate1 from "../../workflows/transfer-process/v1/needs/gate-1.json" with { type: "json" };
import na1 from "../../workflows/transfer-process/v1/needs/NA-1.json" with { type: "json" };
import na2 from "../../workflows/transfer-process/v1/needs/NA-2.json" with { type: "json" };
import na3 from "../../workflows/transfer-process/v1/needs/NA-3.json" with { type: "json" };
import na4 from "../../workflows/transfer-process/v1/needs/NA-4.json" with { type: "json" };
import na5 from "../../workflows/transfer-process/v1/needs/NA-5.json" with { type: "json" };
import na6 from "../../workflows/transfer-process/v1/needs/NA-6.json" with { type: "json" };
import needsStage from "../../workflows/transfer-process/v1/needs/stage.json" with { type: "json" };
import processHeader from "../../workflows/transfer-process/v1/process.json" with { type: "json" };
import reminders from "../../workflows/transfer-process/v1/reminders.json" with { type: "json" };
import type {
  DeliverableDefinition,
  GateDecisionDefinition,
  GateDefinition,
  ProcessDefinition,
  ReminderStep,
  StageDefinition,
} from "../domain/process.ts";

const percent = z.int().min(0).max(100);
const text = z.string().min(1);
const stageId = z.enum(["needs", "feasibility", "adaptation", "guidance"]);
const processRole = z.enum(["sme", "advisor", "expert", "living_lab", "coordinator"]);
const gateDecisionId = z.enum(["advance", "advance_with_conditions", "rework", "hold", "stop", "skip"]);

const deliverableSchema: z.ZodType<DeliverableDefinition> = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}-\d+$/),
  name: text,
  purpose: text,
  deliveredBy: z.array(processRole).min(1),
  reviewedBy: z.array(processRole).min(1),
  required: z.boolean(),
  typicalWorkDays: z.int().positive(),
  dueInDays: z.int().positive(),
  reviewInWorkingDays: z.int().positive(),
  dependsOn: z.array(text),
  skippable: z.boolean(),
  skipReasons: z.array(text),
  reviewCriteria: z.array(z.strictObject({ id: text, text, weight: percent, must: z.boolean() })).min(1),
  acceptance: z.strictObject({ weightedPercentMin: percent, mustCriterionMin: z.int().min(0).max(4) }),
  outputArtefact: text,
  formVersion: z.int().positive(),
  formSchema: z.record(z.string(), z.unknown()),
});

const gateSchema: z.ZodType<GateDefinition> = z.strictObject({
  id: z.string().regex(/^G\d$/),
  name: text,
  decidedBy: z.strictObject({ coordinator: z.literal(true), experts: z.int().min(0) }),
  decideWithinDays: z.int().positive(),
  mustMeet: z.array(z.strictObject({ id: text, text })).min(1),
  shouldMeet: z.array(z.strictObject({ id: text, text, weight: percent })).min(1),
  anchors: z.array(text).length(5),
  thresholds: z.strictObject({ advance: percent, advanceWithConditions: percent }),
  decisions: z.array(gateDecisionId).min(1),
  special: text,
});

const gateDecisionsSchema: z.ZodType<GateDecisionDefinition[]> = z.array(
  z.strictObject({
    id: gateDecisionId,
    label: text,
    standardTerm: text,
    needsReason: z.boolean(),
    needsConditions: z.boolean(),
    needsDeliverables: z.boolean(),
    needsResumeDate: z.boolean(),
    needsEvidence: z.boolean(),
    reasonOptions: z.array(text),
    effect: text,
  }),
);

/** A stage's file names its deliverables and its gate; they lie beside it. */
const stageSchema = z.strictObject({
  id: stageId,
  order: z.int().positive(),
  name: text,
  purpose: text,
  durationDays: z.int().positive(),
  skippable: z.boolean(),
  entryCriteria: z.array(text).min(1),
  exitCriteria: z.array(text).min(1),
  outputArtefact: text,
  deliverables: z.array(text).min(1),
  gate: text,
});

const reminderStepSchema = z.strictObject({
  id: z.enum(["followup", "soon", "near", "due", "esc1", "esc2", "esc3", "review"]),
  at: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("halfway") }),
    z.strictObject({ kind: z.literal("due"), offsetDays: z.int() }),
    z.strictObject({ kind: z.literal("submission"), offsetWorkingDays: z.int().positive() }),
  ]),
  to: z.array(z.enum(["performer", "reviewer", "advisor", "sme_admin", "coordinator"])).min(1),
  kind: z.enum(["prompt", "reminder", "overdue", "escalation"]),
  effect: z.exactOptional(text),
  skippedBelowDays: z.exactOptional(z.int().positive()),
}) satisfies z.ZodType<ReminderStep>;

const remindersSchema = z.strictObject({
  calendar: text,
  followUpDate: text,
  extension: text,
  digest: text,
  steps: z.array(reminderStepSchema).min(1),
});

const headerSchema = z.strictObject({
  id: z.literal("transfer-process"),
  version: z.int().positive(),
  name: text,
  origin: text,
  note: text,
  stages: z.array(stageId).min(1),
  followUpMonths: z.array(z.int().positive()).min(1),
  crossFieldRules: z.array(z.strictObject({ id: text, deliverableId: text, text })),
});

const transitionSchema = z.strictObject({ from: text, to: text, by: text, when: text });
const lifeCycleSchema = z.strictObject({
  states: z.array(text).min(1),
  transitions: z.array(transitionSchema).min(1),
  note: z.exactOptional(text),
});
const lifeCyclesSchema = z.strictObject({
  deliverable: lifeCycleSchema,
  stageRun: lifeCycleSchema,
  pilot: lifeCycleSchema,
  task: z.strictObject({
    states: z.array(text).min(1),
    source: text,
    operations: z.array(z.strictObject({ id: text, from: z.array(text).min(1), to: text, text })).min(1),
    annotations: z.array(text),
    fields: z.array(text),
  }),
});

/** A stage's file names other deliverables or another gate than those beside it. */
class ProcessFilesDisagree extends Error {
  override name = "ProcessFilesDisagree" as const;
}

function assembleStage(stageFile: unknown, deliverableFiles: readonly unknown[], gateFile: unknown): StageDefinition {
  const { deliverables: ids, gate: gateId, ...stage } = stageSchema.parse(stageFile);
  const deliverables = deliverableFiles.map((file) => deliverableSchema.parse(file));
  const gate = gateSchema.parse(gateFile);
  const found = deliverables.map(({ id }) => id);
  if (found.join() !== ids.join() || gate.id !== gateId) {
    throw new ProcessFilesDisagree(
      `Stage ${stage.id} names ${ids.join(", ")} and ${gateId}, its files are ${found.join(", ")} and ${gate.id}.`,
    );
  }
  return { ...stage, deliverables, gate };
}

function assembleVersion1(): ProcessDefinition {
  const { origin: _origin, note: _note, stages: order, ...header } = headerSchema.parse(processHeader);
  const stages = [
    assembleStage(needsStage, [na1, na2, na3, na4, na5, na6], gate1),
    assembleStage(feasibilityStage, [fs1, fs2, fs3, fs4, fs5, fs6, fs7], gate2),
    assembleStage(adaptationStage, [pa1, pa2, pa3, pa4, pa5, pa6, pa7, pa8, pa9], gate3),
    assembleStage(guidanceStage, [lc1, lc2, lc3, lc4, lc5, lc6, lc7, lc8], gate4),
  ];
  const found = stages.map(({ id }) => id);
  if (found.join() !== order.join()) {
    throw new ProcessFilesDisagree(
      `process.json names the stages ${order.join(", ")}, the files are ${found.join(", ")}.`,
    );
  }
  return {
    ...header,
    intake: deliverableSchema.parse(in1),
    stages,
    followUp: deliverableSchema.parse(fu1),
    reminders: remindersSchema.parse(reminders).steps,
    gateDecisions: gateDecisionsSchema.parse(gateDecisions),
  };
}

const version1 = assembleVersion1();

/** By version number; a stage run looks up the version it was opened with. */
export const processVersions: ReadonlyMap<number, ProcessDefinition> = new Map([[version1.version, version1]]);

/** No process was published under the version asked for. */
class ProcessVersionUnknown extends Error {
  override name = "ProcessVersionUnknown" as const;
}

/** The version a stage run was opened with. Throws ProcessVersionUnknown. */
export function processOfVersion(version: number): ProcessDefinition {
  const process = processVersions.get(version);
  if (!process) throw new ProcessVersionUnknown(`Version ${version} of the transfer process was never published.`);
  return process;
}

/** What new pilots start with. */
export const latestProcess: ProcessDefinition = version1;

/** States and transitions of deliverable, task, stage run and pilot, in the words of the process. Source: domain.md 3.1. */
export const lifeCycles: z.infer<typeof lifeCyclesSchema> = lifeCyclesSchema.parse(lifeCycleData);
