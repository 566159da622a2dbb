/**
 * A pilot's whole state: what `decide` reads and `evolve` changes.
 *
 * One pilot is one consistency boundary: its events form one stream, numbered without gaps.
 * Form values (drafts, revisions) are not here: they are large, kept beside it and handed to `decide` when needed.
 */
import type { GateDecisionId, ProcessRole, ReminderStepId, StageId } from "../process.ts";

export interface PilotState {
  /** Number of the last event applied. */
  readonly sequence: number;
  readonly pilot: Pilot;
  /** By run id, e.g. "needs-1". */
  readonly runs: Readonly<Record<string, StageRun>>;
  /** By deliverable id: the definition's id ("NA-3"), for surveys with the month ("FU-1-6"). */
  readonly deliverables: Readonly<Record<string, Deliverable>>;
  readonly tasks: Readonly<Record<string, Task>>;
  /** By run id. */
  readonly gates: Readonly<Record<string, Gate>>;
  /** By id of the hours: what was said of them. Hours of which nobody has said anything are in the events only. */
  readonly supportRecords: Readonly<Record<string, SupportRecord>>;
}

/** Every record counts its changes; clients send the version they saw (I6). */
export interface Versioned {
  readonly version: number;
}

export type PilotStatus =
  | "applied"
  | "rejected"
  | "active"
  | "on_hold"
  | "stopped"
  | "withdrawn"
  | "completed"
  | "followed_up"
  | "archived";

export interface TeamMember {
  readonly personId: string;
  readonly role: "advisor" | "expert" | "living_lab";
  /** ISO 3166 alpha-2; time zone and holidays of the member's due dates. */
  readonly country: string;
}

export interface Pilot extends Versioned {
  readonly id: string;
  readonly programmeId: string;
  readonly organisationId: string;
  /** "<company>: <service>", as the application says. */
  readonly title: string;
  /** The SME's country. */
  readonly country: string;
  readonly status: PilotStatus;
  readonly appliedAt: string;
  readonly admittedAt?: string;
  readonly endedAt?: string;
  readonly endReason?: string;
  /** The company applied again after this pilot of its own was rejected, stopped or withdrawn. */
  readonly earlierPilotId?: string;
  /** Written when the application exceeds the programme's focus size. */
  readonly waiverReason?: string;
  /** The first advisor leads. */
  readonly team: readonly TeamMember[];
  /** By `seatKey`: since when an expert or living lab of the team has had nothing left to do. */
  readonly idleSeats?: Readonly<Record<string, string>>;
  /** The stage the pilot is in; absent before admission. */
  readonly currentRunId?: string;
  /** Set when NA-5 is accepted. */
  readonly primaryMarket?: string;
  readonly secondaryMarkets: readonly string[];
  readonly hold?: Hold;
  /** Since when escalation 2 says so; cleared when no task is a week late. */
  readonly atRiskSince?: string;
  /** Escalation 3: the system proposes, a person decides. */
  readonly holdProposedAt?: string;
  readonly conditions: readonly Condition[];
  readonly objection?: { readonly personId: string; readonly at: string; readonly text: string };
  readonly supportHours: number;
  /** Value of the support so far, in euro cents. */
  readonly aidCents: number;
  readonly followUps: readonly { readonly month: number; readonly opensAt: string; readonly deliverableId?: string }[];
  /** Sample programmes are marked wherever they are shown. */
  readonly sample: boolean;
}

export interface Hold {
  readonly since: string;
  readonly reason: string;
  /** Date (YYYY-MM-DD) on which the pilot should go on, at most 180 days ahead. */
  readonly resumeOn: string;
  /** What the current run was before. */
  readonly runStatusBefore: StageRunStatus;
  /** 14 days before `resumeOn`, then at it. */
  readonly remindAt: readonly string[];
}

export interface Condition {
  readonly id: string;
  readonly runId: string;
  readonly text: string;
  readonly ownerRole: ProcessRole;
  readonly dueAt: string;
  readonly taskId: string;
  readonly metAt?: string;
  readonly evidence?: string;
}

export type StageRunStatus =
  | "planned"
  | "active"
  | "at_gate"
  | "passed"
  | "passed_with_conditions"
  | "on_hold"
  | "stopped"
  | "skipped";

export interface StageRun extends Versioned {
  /** "<stage>-<number>", e.g. "needs-1"; unique within the pilot. */
  readonly id: string;
  readonly stageId: StageId;
  readonly status: StageRunStatus;
  /** Pinned when the run is planned. */
  readonly processVersion: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Those of this run that are over, in order: the clock stood still. */
  readonly holds?: readonly { readonly since: string; readonly until: string }[];
  /** Which execution works on this run; grows when an operator restarts it (I1). */
  readonly executionNumber: number;
  readonly skip?: { readonly reason: string; readonly evidence: string; readonly by: readonly string[] };
}

export type DeliverableStatus =
  | "not_started"
  | "in_progress"
  | "submitted"
  | "in_review"
  | "accepted"
  | "rework"
  | "skipped"
  | "cancelled"
  | "reopened";

export interface FieldComment {
  /** JSON Pointer into the form values, e.g. "/barriers/0/action"; "" for the whole form. */
  readonly pointer: string;
  readonly text: string;
}

export interface Review {
  readonly revision: number;
  readonly reviewerId: string;
  readonly at: string;
  readonly outcome: "accepted" | "rework";
  /** Criterion id → 0 … 4. */
  readonly points: Readonly<Record<string, number>>;
  readonly criterionComments: Readonly<Record<string, string>>;
  readonly weightedPercent: number;
  readonly fieldComments: readonly FieldComment[];
}

export interface DueDateChange {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly personId: string;
  readonly at: string;
  readonly kind: "extension" | "hold" | "review_late" | "rework" | "dependency";
  /** Of a dependency: ids of the deliverables it waited for. */
  readonly waitsFor?: readonly string[];
}

export interface Deliverable extends Versioned {
  readonly id: string;
  readonly definitionId: string;
  /** "intake" for IN-1, "follow-up" for surveys, else the stage run. */
  readonly runId: string;
  readonly status: DeliverableStatus;
  /** The form version fixed when the run opened. */
  readonly formVersion: number;
  /** Ids of those that must be accepted before it may be submitted; absent in those opened before it was recorded. */
  readonly dependsOn?: readonly string[];
  readonly startedAt: string;
  /** Instant, 23:59 in the deliverer's time zone. */
  readonly dueAt: string;
  readonly dueDateChanges: readonly DueDateChange[];
  /** More time is asked for, and no later date was given since. */
  readonly extensionRequest?: {
    readonly until: string;
    readonly reason: string;
    readonly personId: string;
    readonly at: string;
  };
  /** Counts draft saves; what a saver must have seen (I6). */
  readonly draftVersion: number;
  readonly draftSavedBy?: string;
  readonly draftSavedAt?: string;
  /** Last submitted revision; 0 before the first. */
  readonly revision: number;
  readonly submittedAt?: string;
  readonly submittedBy?: string;
  readonly acceptedAt?: string;
  /** Submitted after the due date at least once: stays, also when accepted. */
  readonly late: boolean;
  /** In order of time; the last one counts. */
  readonly reviews: readonly Review[];
  /** In rework: the fields that are open for editing (JSON Pointers); empty = all. */
  readonly openFields: readonly string[];
  readonly skipProposal?: {
    readonly reason: string;
    readonly note: string;
    readonly personId: string;
    readonly at: string;
  };
  readonly skip?: {
    readonly reason: string;
    readonly note: string;
    readonly by: readonly string[];
    readonly at: string;
  };
  readonly reopenReason?: string;
}

export type TaskStatus =
  | "created"
  | "ready"
  | "reserved"
  | "in_progress"
  | "suspended"
  | "completed"
  | "obsolete"
  | "exited"
  | "failed";

export type TaskKind = "produce" | "review" | "gate_score" | "gate_decision" | "condition" | "objection" | "question";

export interface PendingReminder {
  readonly step: ReminderStepId;
  readonly at: string;
}

/** WS-HumanTask's words. Ids are made from what the task is for, so that a repeat makes no second one. */
export interface Task extends Versioned {
  /** E.g. "NA-3.produce.1", "NA-3.review.2", "feasibility-1.gate_score.1.expert-2". */
  readonly id: string;
  readonly kind: TaskKind;
  readonly title: string;
  readonly status: TaskStatus;
  readonly priority: "normal" | "high";
  readonly runId: string;
  readonly deliverableId?: string;
  readonly conditionId?: string;
  /** Members of this role around the pilot may claim. */
  readonly candidateRole: ProcessRole;
  /** Who works on it. */
  readonly assigneeId?: string;
  /** Since when somebody has had it, whoever that was; a release ends it. */
  readonly claimedAt?: string;
  /** Who answers for it; differs from the assignee while delegated. */
  readonly ownerId?: string;
  readonly delegationState?: "pending" | "resolved";
  readonly createdAt: string;
  readonly dueAt: string;
  readonly estimatedHours: number;
  readonly completedAt?: string;
  /** Suspended tasks return to this. */
  readonly statusBefore?: TaskStatus;
  readonly failReason?: string;
  /** Its deliverable had been handed in: a review, a gate or a coordinator asks for more. */
  readonly sentBack?: true;
  /** Still to be sent, by time; replaced when the due date changes. */
  readonly reminders: readonly PendingReminder[];
  /** Sent, each for one due date (I7). */
  readonly fired: readonly { readonly step: ReminderStepId; readonly dueAt: string; readonly at: string }[];
  readonly overdueSince?: string;
  /** Shown red since escalation 1. */
  readonly escalatedAt?: string;
  readonly forecast?: { readonly on: string; readonly note: string; readonly at: string };
  /** Of a question; its task belongs to no deliverable, whatever the question is about. */
  readonly question?: Question;
}

export interface Question {
  readonly text: string;
  readonly askedBy: string;
  /** Absent in questions older than it. */
  readonly askedByRole?: string;
  /** Who was asked; absent: all of a role. */
  readonly toPersonId?: string;
  /** Among those who read internal notes: neither the question, its task nor the answer is the company's to know. */
  readonly internal: boolean;
  readonly deliverableId?: string;
  /** Event id of the comment or note it grew out of. */
  readonly fromNoteId?: string;
  readonly answer?: { readonly text: string; readonly personId: string; readonly at: string };
}

/** Hours of support as they were logged. */
export interface LoggedHours {
  /** The number of the event that logged them. */
  readonly id: string;
  readonly personId: string;
  readonly on: string;
  readonly hours: number;
  readonly activity: string;
  readonly aidCents: number;
}

/**
 * What became of logged hours: the company confirms them or disputes them, and of disputed ones a coordinator decides.
 * They count as support and aid from the day they are logged until a coordinator strikes them off.
 */
export interface SupportRecord extends LoggedHours, Versioned {
  readonly status: "confirmed" | "disputed" | "upheld" | "struck";
  /** Of the company. */
  readonly answered: { readonly personId: string; readonly at: string; readonly reason?: string };
  readonly settled?: { readonly personId: string; readonly at: string; readonly reason: string };
}

export interface GateScore {
  readonly personId: string;
  readonly role: "coordinator" | "expert";
  readonly at: string;
  readonly musts: Readonly<Record<string, { readonly met: boolean; readonly evidence: string }>>;
  /** Should-criterion id → 0 … 4. */
  readonly points: Readonly<Record<string, number>>;
  /** 0 … 100. */
  readonly score: number;
  readonly comment?: string;
}

export interface GateDecision {
  readonly round: number;
  readonly decision: GateDecisionId;
  readonly by: readonly string[];
  readonly at: string;
  readonly reason?: string;
  readonly meanScore?: number;
  readonly scores: readonly GateScore[];
  /** Deliverable id → revision the decision rests on. */
  readonly basedOn: Readonly<Record<string, number>>;
  readonly deliverables?: readonly string[];
  /** Reference of the programme's approval, from the third rework of a gate on. */
  readonly programmeApproval?: string;
  readonly conditionIds?: readonly string[];
  readonly resumeOn?: string;
  /** Which reason of the process lets the next stage be skipped, and what proves it; words of the proposer are `reason`. */
  readonly skip?: { readonly reason: string; readonly evidence: string };
}

export interface Gate extends Versioned {
  readonly runId: string;
  readonly gateId: string;
  /** Grows each time the gate opens again. */
  readonly round: number;
  readonly status: "open" | "decided" | "closed";
  readonly openedAt: string;
  readonly decideBy: string;
  /** Of this round; unseen by the other deciders until all have filed. */
  readonly scores: readonly GateScore[];
  readonly scoresNeeded: { readonly coordinator: 1; readonly expert: number };
  readonly skipProposal?: {
    readonly personId: string;
    readonly reason: string;
    readonly text?: string;
    readonly evidence: string;
    readonly basedOn: Readonly<Record<string, number>>;
    readonly at: string;
  };
  readonly decisions: readonly GateDecision[];
}

/** Whoever delivers it works on it, or may begin. */
export const isWorkable = ({ status }: Pick<Deliverable, "status">): boolean => workable.includes(status);

export const workable: readonly DeliverableStatus[] = ["not_started", "in_progress", "rework", "reopened"];

/** Work on it is over: the workflow does not wait for it any more. */
export const isSettled = ({ status }: Pick<Deliverable, "status">): boolean =>
  status === "accepted" || status === "skipped" || status === "cancelled";

export const isOpenTask = (task: Task): boolean =>
  task.status === "created" || task.status === "ready" || task.status === "reserved" || task.status === "in_progress";

/** Around an internal question: only those who read internal notes may know of it. */
export const isInternalTask = ({ question }: Task): boolean => question?.internal === true;

/** Nothing of a pilot in one of these changes any more, but for surveys, comments and the objection to a stop. */
export const isEnded = ({ status }: Pick<Pilot, "status">): boolean =>
  status !== "applied" && status !== "active" && status !== "on_hold";

/** Ended on the way, before its last stage was passed. */
export const isEndedEarly = ({ status }: Pick<Pilot, "status">): boolean =>
  status === "rejected" || status === "stopped" || status === "withdrawn";

/** No work is left in it: passed, skipped, or stopped with the pilot. */
export const isRunOver = ({ status }: Pick<StageRun, "status">): boolean =>
  status === "passed" || status === "passed_with_conditions" || status === "skipped" || status === "stopped";

export const objectionDays = 14;

/** The instant until which the company may object to a stop. */
export const mayObjectUntil = (stoppedAt: string): string =>
  new Date(Date.parse(stoppedAt) + objectionDays * 86_400_000).toISOString();
