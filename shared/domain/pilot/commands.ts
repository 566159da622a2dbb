/** What people (and the clock) ask of a pilot. Imperative; `decide` answers with one event or a refusal. */
import type { FormValues } from "../forms/form-schema.ts";
import type { GateDecisionId, ProcessRole } from "../process.ts";
import type { FieldComment, LoggedHours, TeamMember } from "./state.ts";

/** The version the person saw; a stale one is refused (I6). */
interface Seen {
  readonly expectedVersion?: number;
}

export type PilotCommand =
  // The application
  | {
      readonly type: "StartApplication";
      readonly pilotId: string;
      readonly organisationId: string;
      readonly country: string;
      readonly title: string;
      readonly sample: boolean;
      /** The company's last pilot that ended before its time. */
      readonly earlierPilotId?: string;
    }
  | { readonly type: "RejectApplication"; readonly reason: string }
  | { readonly type: "AdmitPilot"; readonly team: readonly TeamMember[]; readonly waiverReason?: string }
  // Deliverables
  | {
      readonly type: "SaveDraft";
      readonly deliverableId: string;
      readonly baseDraftVersion: number;
      readonly values: FormValues;
      readonly changedFields: readonly string[];
    }
  | {
      readonly type: "SubmitDeliverable";
      readonly deliverableId: string;
      readonly baseDraftVersion: number;
      /** Answers that are new since the last revision, as JSON Pointers. */
      readonly changedFields: readonly string[];
      readonly values: FormValues;
      readonly checksum: string;
    }
  | { readonly type: "WithdrawSubmission"; readonly deliverableId: string }
  | ({
      readonly type: "ReviewDeliverable";
      readonly deliverableId: string;
      readonly revision: number;
      readonly outcome: "accepted" | "rework";
      readonly points: Readonly<Record<string, number>>;
      readonly criterionComments: Readonly<Record<string, string>>;
      readonly fieldComments: readonly FieldComment[];
      /** The values of the reviewed revision. */
      readonly values: FormValues;
    } & Seen)
  | {
      readonly type: "ProposeDeliverableSkip";
      readonly deliverableId: string;
      readonly reasonId: string;
      readonly note: string;
    }
  | {
      readonly type: "DecideDeliverableSkip";
      readonly deliverableId: string;
      readonly approve: boolean;
      readonly reason?: string;
    }
  | {
      readonly type: "ReopenDeliverable";
      readonly deliverableId: string;
      readonly reason: string;
      readonly dueInDays: number;
    }
  | {
      readonly type: "ExtendDueDate";
      readonly deliverableId: string;
      readonly days: number;
      readonly reason: string;
      readonly kind: "extension" | "dependency";
    }
  | {
      readonly type: "RequestExtension";
      readonly deliverableId: string;
      readonly until: string;
      readonly reason: string;
    }
  // Tasks
  | ({ readonly type: "ClaimTask"; readonly taskId: string } & Seen)
  | ({ readonly type: "StartTask"; readonly taskId: string } & Seen)
  | ({ readonly type: "ReleaseTask"; readonly taskId: string } & Seen)
  | ({ readonly type: "DelegateTask"; readonly taskId: string; readonly toPersonId: string } & Seen)
  | ({ readonly type: "ReturnTask"; readonly taskId: string } & Seen)
  | ({
      readonly type: "ForwardTask";
      readonly taskId: string;
      readonly toPersonId?: string;
      readonly toRole?: ProcessRole;
      readonly reason?: string;
    } & Seen)
  | ({ readonly type: "NominateTask"; readonly taskId: string; readonly toPersonId: string } & Seen)
  | ({ readonly type: "SetTaskPriority"; readonly taskId: string; readonly priority: "normal" | "high" } & Seen)
  | ({ readonly type: "FailTask"; readonly taskId: string; readonly reason: string } & Seen)
  | { readonly type: "GiveForecast"; readonly taskId: string; readonly on: string; readonly note: string }
  | { readonly type: "MeetCondition"; readonly conditionId: string; readonly evidence: string }
  // Stages and gates
  | { readonly type: "OpenStage"; readonly runId: string }
  | { readonly type: "OpenGate"; readonly runId: string }
  | {
      readonly type: "ScoreGate";
      readonly runId: string;
      readonly round: number;
      readonly musts: Readonly<Record<string, { readonly met: boolean; readonly evidence: string }>>;
      readonly points: Readonly<Record<string, number>>;
      readonly comment?: string;
    }
  | {
      readonly type: "DecideGate";
      readonly runId: string;
      readonly round: number;
      readonly decision: GateDecisionId;
      readonly reason?: string;
      /** Deliverable id → revision the decider saw. */
      readonly basedOn: Readonly<Record<string, number>>;
      readonly deliverables?: readonly { readonly deliverableId: string; readonly dueInDays?: number }[];
      readonly conditions?: readonly {
        readonly text: string;
        readonly ownerRole: ProcessRole;
        readonly dueOn: string;
      }[];
      readonly resumeOn?: string;
      readonly skip?: { readonly reasonId: string; readonly text?: string; readonly evidence: string };
      /** From the third rework of a gate on: reference of the programme's approval. */
      readonly programmeApproval?: string;
    }
  /** Turns down a proposal to skip the next stage; its author takes it back this way. */
  | { readonly type: "DeclineGateSkip"; readonly runId: string; readonly round: number; readonly reason: string }
  | { readonly type: "CloseStage"; readonly runId: string }
  | { readonly type: "RestartExecution"; readonly runId: string; readonly reason: string }
  // The pilot as a whole
  | { readonly type: "HoldPilot"; readonly reason: string; readonly resumeOn: string }
  | { readonly type: "ResumePilot"; readonly reason?: string }
  | { readonly type: "StopPilot"; readonly reason: string }
  | { readonly type: "ObjectToStop"; readonly text: string }
  | { readonly type: "WithdrawPilot"; readonly reason: string }
  | { readonly type: "ChangeTeam"; readonly team: readonly TeamMember[]; readonly reason?: string }
  | {
      readonly type: "HandOverAdvisor";
      readonly fromPersonId: string;
      readonly to: TeamMember;
      readonly reason: string;
    }
  | { readonly type: "LogHours"; readonly hours: number; readonly on: string; readonly activity: string }
  /** `entries`: as they were logged; that they are the pilot's is the caller's to check. So with the two below. */
  | { readonly type: "ConfirmHours"; readonly entries: readonly LoggedHours[] }
  | { readonly type: "DisputeHours"; readonly entry: LoggedHours; readonly reason: string }
  | { readonly type: "SettleHours"; readonly entry: LoggedHours; readonly counts: boolean; readonly reason: string }
  | {
      readonly type: "AddComment";
      readonly text: string;
      readonly internal: boolean;
      readonly deliverableId?: string;
      /** Ids of people who are to read it at once; who they can be is the caller's to check. */
      readonly mentions?: readonly string[];
    }
  | {
      readonly type: "AskQuestion";
      readonly text: string;
      readonly internal: boolean;
      readonly toRole: ProcessRole;
      /** One of that role; of the company and the programme office it is the caller's to check. Absent: all may claim it. */
      readonly toPersonId?: string;
      /** A day, YYYY-MM-DD. */
      readonly dueOn: string;
      readonly deliverableId?: string;
      /** The comment or note that becomes a task; that it exists is the caller's to check. */
      readonly fromNote?: { readonly id: string; readonly internal: boolean };
    }
  | { readonly type: "AnswerQuestion"; readonly taskId: string; readonly text: string }
  // The clock
  | { readonly type: "FireDueAction" };

export type CommandOf<Type extends PilotCommand["type"]> = Extract<PilotCommand, { type: Type }>;
