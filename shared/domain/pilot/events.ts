/** What happened to a pilot. Past tense, plain data, everything `evolve` needs: due dates are computed before. */
import type { Actor } from "../actor.ts";
import type { GateDecisionId, ProcessRole, ReminderStep, ReminderStepId, StageId } from "../process.ts";
import type { Condition, FieldComment, GateScore, LoggedHours, PendingReminder, TeamMember } from "./state.ts";

interface Envelope<Type extends string, Data> {
  readonly type: Type;
  /** Instant of the decision, ISO 8601 UTC. */
  readonly at: string;
  readonly actor: Pick<Actor, "personId" | "role" | "forPersonId">;
  readonly reason?: string;
  readonly data: Data;
}

/** A task's date with what will remind of it. */
export interface Schedule {
  readonly dueAt: string;
  readonly reminders: readonly PendingReminder[];
}

/** A new date for an open deliverable and its open produce task. */
export interface Rescheduled extends Schedule {
  readonly deliverableId: string;
}

/** What the pilot agreement rests on besides the application: the programme's figures on the day of admission. */
export interface AdmissionTerms {
  readonly plannedAidEur: number;
  readonly deMinimisCeilingEur: number;
  readonly hourlyRateCents: number;
  /** De minimis aid of the last three years as the application states it. */
  readonly aidReceivedEur: number;
}

export type PilotEvent =
  | Envelope<
      "ApplicationStarted",
      Schedule & {
        readonly pilotId: string;
        readonly programmeId: string;
        readonly organisationId: string;
        readonly country: string;
        readonly title: string;
        readonly formVersion: number;
        /** Of the task to fill in the application. */
        readonly task: { readonly title: string; readonly estimatedHours: number };
        readonly sample: boolean;
        readonly earlierPilotId?: string;
      }
    >
  | Envelope<"ApplicationRejected", Record<never, never>>
  | Envelope<
      "PilotAdmitted",
      {
        readonly team: readonly TeamMember[];
        readonly waiverReason?: string;
        /** What the programme had set then; pilots admitted before it was recorded have none. */
        readonly terms?: AdmissionTerms;
        readonly title: string;
        readonly runId: string;
        readonly stageId: StageId;
        readonly processVersion: number;
      }
    >
  | Envelope<
      "StageOpened",
      {
        readonly runId: string;
        readonly deliverables: readonly (Schedule & {
          readonly deliverableId: string;
          readonly definitionId: string;
          readonly formVersion: number;
          /** Absent in events older than it. */
          readonly dependsOn?: readonly string[];
          readonly title: string;
          readonly candidateRole: ProcessRole;
          readonly estimatedHours: number;
        })[];
      }
    >
  | Envelope<
      "DraftSaved",
      { readonly deliverableId: string; readonly draftVersion: number; readonly changedFields: readonly string[] }
    >
  | Envelope<
      "DeliverableSubmitted",
      {
        readonly deliverableId: string;
        readonly revision: number;
        readonly formVersion: number;
        /** SHA-256 of the canonical JSON of the values, hex. */
        readonly checksum: string;
        readonly late: boolean;
        readonly review: Schedule & { readonly candidateRole: ProcessRole; readonly title: string };
      }
    >
  | Envelope<
      "SubmissionWithdrawn",
      {
        readonly deliverableId: string;
        /** Of the produce task, which is open again: those not yet sent for its date. */
        readonly reminders: readonly PendingReminder[];
      }
    >
  | Envelope<
      "DeliverableReviewed",
      {
        readonly deliverableId: string;
        readonly revision: number;
        readonly outcome: "accepted" | "rework";
        readonly points: Readonly<Record<string, number>>;
        readonly criterionComments: Readonly<Record<string, string>>;
        readonly weightedPercent: number;
        readonly fieldComments: readonly FieldComment[];
        /** Rework: the new date of the deliverable. */
        readonly rework?: Schedule;
        /** A late review stood in the performers' way: their other open dates move by the delay. */
        readonly rescheduled: readonly Rescheduled[];
        /** From an accepted NA-5. */
        readonly markets?: { readonly primary: string; readonly secondary: readonly string[] };
        /** From an accepted IN-1 or NA-1. */
        readonly title?: string;
      }
    >
  | Envelope<
      "DeliverableSkipProposed",
      { readonly deliverableId: string; readonly reasonId: string; readonly note: string }
    >
  | Envelope<"DeliverableSkipDeclined", { readonly deliverableId: string }>
  | Envelope<
      "DeliverableSkipped",
      {
        readonly deliverableId: string;
        readonly reasonId: string;
        readonly note: string;
        readonly by: readonly string[];
      }
    >
  | Envelope<
      "DeliverableReopened",
      Schedule & { readonly deliverableId: string; readonly title: string; readonly candidateRole: ProcessRole }
    >
  | Envelope<
      "DueDateExtended",
      Rescheduled & {
        readonly from: string;
        readonly kind: "extension" | "dependency";
        /** Of a dependency: ids of the deliverables it waited for. Absent in events older than it. */
        readonly waitsFor?: readonly string[];
      }
    >
  | Envelope<"ExtensionRequested", { readonly deliverableId: string; readonly until: string }>
  | Envelope<"ForecastGiven", { readonly taskId: string; readonly on: string; readonly note: string }>
  | Envelope<"TaskClaimed", { readonly taskId: string }>
  | Envelope<"TaskStarted", { readonly taskId: string }>
  | Envelope<"TaskReleased", { readonly taskId: string }>
  | Envelope<"TaskDelegated", { readonly taskId: string; readonly toPersonId: string; readonly ownerId: string }>
  | Envelope<"TaskReturned", { readonly taskId: string; readonly ownerId: string }>
  | Envelope<"TaskForwarded", { readonly taskId: string; readonly toPersonId?: string; readonly toRole?: ProcessRole }>
  | Envelope<"TaskNominated", { readonly taskId: string; readonly toPersonId: string }>
  | Envelope<"TaskPriorityChanged", { readonly taskId: string; readonly priority: "normal" | "high" }>
  | Envelope<"TaskFailed", { readonly taskId: string }>
  | Envelope<"ConditionMet", { readonly conditionId: string; readonly evidence: string }>
  | Envelope<
      "GateOpened",
      {
        readonly runId: string;
        readonly gateId: string;
        readonly round: number;
        readonly decideBy: string;
        /** Of each score task and the decision task. */
        readonly reminders: readonly PendingReminder[];
        readonly experts: number;
        readonly title: string;
      }
    >
  | Envelope<"GateScored", { readonly runId: string; readonly taskId: string; readonly score: GateScore }>
  | Envelope<
      "GateSkipProposed",
      {
        readonly runId: string;
        readonly reasonId: string;
        readonly text?: string;
        readonly evidence: string;
        readonly basedOn: Readonly<Record<string, number>>;
      }
    >
  | Envelope<"GateSkipDeclined", { readonly runId: string; readonly proposerPersonId: string }>
  | Envelope<
      "GateDecided",
      {
        readonly runId: string;
        readonly decision: GateDecisionId;
        readonly by: readonly string[];
        readonly meanScore?: number;
        readonly basedOn: Readonly<Record<string, number>>;
        /** rework: the named deliverables with their new dates and tasks. */
        readonly rework: readonly (Rescheduled & { readonly title: string; readonly candidateRole: ProcessRole })[];
        /** rework, from the third of a gate on; absent in events older than it. */
        readonly programmeApproval?: string;
        /** advance with conditions. */
        readonly conditions: readonly (Omit<Condition, "metAt" | "evidence"> & Pick<Schedule, "reminders">)[];
        /** hold. */
        readonly resumeOn?: string;
        readonly remindAt?: readonly string[];
        /** skip: reason and proof for the next stage. */
        readonly skip?: { readonly reason: string; readonly evidence: string };
      }
    >
  | Envelope<
      "StageClosed",
      {
        readonly runId: string;
        /** Stages recorded as skipped between this and the next, with their runs. */
        readonly skipped: readonly {
          readonly runId: string;
          readonly stageId: StageId;
          readonly processVersion: number;
        }[];
        /** The next stage run; absent: the pilot is completed. */
        readonly next?: { readonly runId: string; readonly stageId: StageId; readonly processVersion: number };
        readonly followUps: readonly { readonly month: number; readonly opensAt: string }[];
      }
    >
  | Envelope<"PilotHeld", { readonly resumeOn: string; readonly remindAt: readonly string[] }>
  | Envelope<
      "PilotResumed",
      {
        readonly heldMs: number;
        readonly rescheduled: readonly Rescheduled[];
        readonly tasks: readonly (Schedule & { readonly taskId: string })[];
      }
    >
  | Envelope<"PilotStopped", { readonly runId?: string }>
  | Envelope<"StopObjected", Schedule & { readonly text: string }>
  | Envelope<"PilotWithdrawn", { readonly aidCents: number }>
  | Envelope<"TeamChanged", { readonly team: readonly TeamMember[] }>
  | Envelope<
      "AdvisorHandedOver",
      {
        readonly fromPersonId: string;
        readonly toPersonId: string;
        readonly team: readonly TeamMember[];
        /** What becomes of each open task of the leaver. */
        readonly tasks: readonly {
          readonly taskId: string;
          readonly action: "nominate" | "release" | "return";
          readonly toPersonId?: string;
        }[];
      }
    >
  | Envelope<
      "ReminderFired",
      {
        readonly taskId: string;
        readonly step: ReminderStepId;
        readonly dueAt: string;
        readonly to: ReminderStep["to"];
        readonly kind: ReminderStep["kind"];
      }
    >
  | Envelope<"HoldReminderFired", { readonly resumeOn: string; readonly kind: "soon" | "reached" }>
  | Envelope<
      "FollowUpOpened",
      Schedule & {
        readonly month: number;
        readonly deliverableId: string;
        readonly definitionId: string;
        readonly formVersion: number;
        readonly title: string;
        readonly estimatedHours: number;
      }
    >
  | Envelope<
      "HoursLogged",
      { readonly hours: number; readonly on: string; readonly activity: string; readonly aidCents: number }
    >
  | Envelope<"HoursConfirmed", { readonly entries: readonly LoggedHours[] }>
  | Envelope<"HoursDisputed", { readonly entry: LoggedHours }>
  | Envelope<"HoursSettled", { readonly entry: LoggedHours; readonly counts: boolean }>
  | Envelope<
      "CommentAdded",
      {
        readonly text: string;
        readonly internal: boolean;
        readonly deliverableId?: string;
        readonly mentions?: readonly string[];
      }
    >
  | Envelope<
      "QuestionAsked",
      Schedule & {
        readonly taskId: string;
        readonly text: string;
        readonly internal: boolean;
        readonly title: string;
        readonly runId: string;
        readonly toRole: ProcessRole;
        readonly toPersonId?: string;
        readonly deliverableId?: string;
        readonly fromNoteId?: string;
      }
    >
  | Envelope<
      "QuestionAnswered",
      {
        readonly taskId: string;
        readonly text: string;
        readonly internal: boolean;
        readonly askedById: string;
        readonly deliverableId?: string;
      }
    >
  | Envelope<"ExecutionRestarted", { readonly runId: string; readonly executionNumber: number }>;

export type PilotEventType = PilotEvent["type"];
export type EventOf<Type extends PilotEventType> = Extract<PilotEvent, { type: Type }>;
