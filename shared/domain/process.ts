/**
 * A process version as data: what `workflows/transfer-process/` holds, typed.
 * Published versions never change; a stage run pins the version it was opened with.
 */

/** A JSON Schema (draft 2020-12); its one extra keyword is `x-ui` (widget, unit, labels, order, visibleIf). */
export type FormSchema = Readonly<Record<string, unknown>>;

/** Who may deliver or review, in the process's own words; people hold the roles of `permissions.ts`. */
export type ProcessRole = "sme" | "advisor" | "expert" | "living_lab" | "coordinator";

export interface ReviewCriterion {
  readonly id: string;
  readonly text: string;
  /** Percent; the weights of one deliverable sum to 100. */
  readonly weight: number;
  /** Below 2 points the deliverable cannot be accepted. */
  readonly must: boolean;
}

export interface DeliverableDefinition {
  /** E.g. "NA-3". */
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  /** The first named owns the task, the others edit the draft. */
  readonly deliveredBy: readonly ProcessRole[];
  readonly reviewedBy: readonly ProcessRole[];
  readonly required: boolean;
  readonly typicalWorkDays: number;
  /** Calendar days from the start of the stage run. */
  readonly dueInDays: number;
  readonly reviewInWorkingDays: number;
  /** Deliverables that must be accepted (or skipped) before this one may be submitted; also of earlier stages. */
  readonly dependsOn: readonly string[];
  readonly skippable: boolean;
  readonly skipReasons: readonly string[];
  readonly reviewCriteria: readonly ReviewCriterion[];
  readonly acceptance: { readonly weightedPercentMin: number; readonly mustCriterionMin: number };
  readonly outputArtefact: string;
  readonly formVersion: number;
  readonly formSchema: FormSchema;
}

export type GateDecisionId = "advance" | "advance_with_conditions" | "rework" | "hold" | "stop" | "skip";

export interface GateDefinition {
  /** "G1" … "G4". */
  readonly id: string;
  readonly name: string;
  /** `experts`: how many expert scores are needed beside the coordinator's. */
  readonly decidedBy: { readonly coordinator: true; readonly experts: number };
  readonly decideWithinDays: number;
  readonly mustMeet: readonly { readonly id: string; readonly text: string }[];
  /** Weights sum to 100. */
  readonly shouldMeet: readonly { readonly id: string; readonly text: string; readonly weight: number }[];
  /** Labels of 0 … 4 points. */
  readonly anchors: readonly string[];
  readonly thresholds: { readonly advance: number; readonly advanceWithConditions: number };
  readonly decisions: readonly GateDecisionId[];
  /** A note shown to the deciders. */
  readonly special: string;
}

export interface GateDecisionDefinition {
  readonly id: GateDecisionId;
  readonly label: string;
  readonly standardTerm: string;
  readonly needsReason: boolean;
  readonly needsConditions: boolean;
  readonly needsDeliverables: boolean;
  readonly needsResumeDate: boolean;
  readonly needsEvidence: boolean;
  /** Allowed reasons; empty: free text. */
  readonly reasonOptions: readonly string[];
  readonly effect: string;
}

export type StageId = "needs" | "feasibility" | "adaptation" | "guidance";

export interface StageDefinition {
  readonly id: StageId;
  readonly order: number;
  readonly name: string;
  readonly purpose: string;
  readonly durationDays: number;
  readonly skippable: boolean;
  readonly entryCriteria: readonly string[];
  readonly exitCriteria: readonly string[];
  readonly outputArtefact: string;
  readonly deliverables: readonly DeliverableDefinition[];
  readonly gate: GateDefinition;
}

export type ReminderStepId = "followup" | "soon" | "near" | "due" | "esc1" | "esc2" | "esc3" | "review";
/** To whom a step speaks: the task's performer or reviewer, or a role around the pilot. */
export type ReminderRecipient = "performer" | "reviewer" | "advisor" | "sme_admin" | "coordinator";

export interface ReminderStep {
  readonly id: ReminderStepId;
  /** When: half-way from start to due, or this many days after due (negative: before), or working days after submission. */
  readonly at:
    | { readonly kind: "halfway" }
    | { readonly kind: "due"; readonly offsetDays: number }
    | { readonly kind: "submission"; readonly offsetWorkingDays: number };
  readonly to: readonly ReminderRecipient[];
  readonly kind: "prompt" | "reminder" | "overdue" | "escalation";
  readonly effect?: string;
  /** Left out when the deliverable has fewer days than this. */
  readonly skippedBelowDays?: number;
}

export interface ProcessDefinition {
  readonly id: "transfer-process";
  /** Grows by one with each publication. */
  readonly version: number;
  readonly name: string;
  readonly intake: DeliverableDefinition;
  readonly stages: readonly StageDefinition[];
  readonly followUp: DeliverableDefinition;
  /** Months after closure at which the follow-up survey opens. */
  readonly followUpMonths: readonly number[];
  readonly reminders: readonly ReminderStep[];
  readonly gateDecisions: readonly GateDecisionDefinition[];
  /** Rules between fields that JSON Schema cannot say; each id has its function in `forms/cross-field-rules.ts`. */
  readonly crossFieldRules: readonly { readonly id: string; readonly deliverableId: string; readonly text: string }[];
}

/** Also finds the intake (IN-1) and the follow-up survey (FU-1). */
export function deliverableOf(process: ProcessDefinition, definitionId: string): DeliverableDefinition | undefined {
  return [process.intake, ...process.stages.flatMap(({ deliverables }) => deliverables), process.followUp].find(
    ({ id }) => id === definitionId,
  );
}

export function stageOf(process: ProcessDefinition, stageId: StageId): StageDefinition | undefined {
  return process.stages.find(({ id }) => id === stageId);
}

/** Undefined for the intake and the follow-up survey, which belong to no stage. */
export function stageOfDeliverable(process: ProcessDefinition, definitionId: string): StageDefinition | undefined {
  return process.stages.find(({ deliverables }) => deliverables.some(({ id }) => id === definitionId));
}
