/**
 * What a language must be able to say: a sentence for each event of a pilot, a message for each reason to write to
 * somebody, the frame of a mail, and why something is refused. A new language is one more file like `en.ts` and one like
 * `refusals/en.ts`, entered in `languages.ts`.
 */

import type { Role } from "../domain/actor.ts";
import type { FormWords } from "../domain/forms/form-schema.ts";
import type { MessageKind } from "../domain/notifications.ts";
import type { EventOf, PilotEventType } from "../domain/pilot/events.ts";
import type { Condition } from "../domain/pilot/state.ts";
import type { GateDecisionId } from "../domain/process.ts";
import type { RefusalWords } from "./refusals/words.ts";

/** How the things an event names by id are called. */
export interface About {
  nameOf(personId: string): string;
  /** E.g. "Export readiness assessment" for "NA-3". */
  deliverableName(deliverableId: string): string;
  /** E.g. "Needs analysis" for "needs-1". */
  stageName(runId: string): string;
  /** The beginning of the question that a task asks. */
  questionTitle(taskId: string): string;
  /** The calendar day of an instant where the reader is, in the reader's language. */
  dateOf(instant: string): string;
  /** The calendar day that a due date ends, the same for every reader. */
  dueOf(instant: string): string;
}

export interface DueDeliverable {
  readonly deliverableId: string;
  readonly dueAt: string;
}

/** Why we write to somebody: what it means for this reader, beside what happened. */
export type Message =
  // The application
  | { readonly kind: "application_received" }
  | { readonly kind: "application_rejected" }
  | { readonly kind: "application_to_decide" }
  | { readonly kind: "admitted" }
  | { readonly kind: "joined_team" }
  // Deliverables and tasks
  | { readonly kind: "deliverables_to_make"; readonly deliverables: readonly DueDeliverable[] }
  | { readonly kind: "to_review"; readonly deliverableId: string; readonly dueAt: string }
  | { readonly kind: "accepted"; readonly moved: readonly DueDeliverable[] }
  | {
      readonly kind: "rework";
      readonly deliverables: readonly DueDeliverable[];
      readonly moved: readonly DueDeliverable[];
    }
  | {
      readonly kind: "skip_to_decide";
      readonly subject: { readonly deliverableId: string } | { readonly runId: string };
    }
  | { readonly kind: "extension_to_decide"; readonly deliverableId: string }
  | { readonly kind: "dates_moved"; readonly moved: readonly DueDeliverable[] }
  | { readonly kind: "task_for_you"; readonly taskId: string; readonly dueAt: string }
  | { readonly kind: "task_failed"; readonly taskId: string }
  // Gates
  | { readonly kind: "gate_to_score"; readonly runId: string; readonly dueAt: string }
  | { readonly kind: "gate_to_decide"; readonly runId: string; readonly dueAt: string }
  | {
      readonly kind: "gate_decided";
      readonly runId: string;
      readonly decision: GateDecisionId;
      readonly conditions: readonly Pick<Condition, "text" | "dueAt">[];
    }
  // The pilot as a whole
  | { readonly kind: "held" }
  | { readonly kind: "resumed"; readonly moved: readonly DueDeliverable[] }
  /** `mayObjectUntil`: for those who may object. */
  | { readonly kind: "stopped"; readonly mayObjectUntil?: string }
  | { readonly kind: "objection_to_answer"; readonly dueAt: string }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "withdrawal_confirmed" }
  /** To the living lab, when a pilot ends early. */
  | { readonly kind: "trial_to_end" }
  | { readonly kind: "new_advisor"; readonly personId: string }
  | { readonly kind: "handed_over_to_you"; readonly taskIds: readonly string[] }
  | { readonly kind: "tasks_returned"; readonly taskIds: readonly string[] }
  // The clock
  | { readonly kind: "still_on_track"; readonly taskId: string; readonly dueAt: string }
  | { readonly kind: "due_soon"; readonly taskId: string; readonly dueAt: string; readonly yours: boolean }
  | { readonly kind: "overdue"; readonly taskId: string; readonly dueAt: string; readonly yours: boolean }
  | { readonly kind: "escalated"; readonly taskId: string; readonly dueAt: string }
  | { readonly kind: "at_risk"; readonly taskId: string; readonly dueAt: string }
  | { readonly kind: "hold_proposed"; readonly taskId: string; readonly dueAt: string }
  | { readonly kind: "review_late"; readonly taskId: string; readonly dueAt: string; readonly yours: boolean }
  | { readonly kind: "hold_ends"; readonly reached: boolean; readonly mayResume: boolean }
  /** Somebody wants this person to read a comment. */
  | { readonly kind: "mentioned" }
  /** `isYours`: asked of this person, not of all in a role. */
  | { readonly kind: "question_for_you"; readonly isYours: boolean; readonly dueAt: string }
  | { readonly kind: "question_answered" }
  | { readonly kind: "hours_to_confirm" }
  | { readonly kind: "hours_disputed"; readonly mayDecide: boolean }
  | { readonly kind: "hours_settled"; readonly counts: boolean }
  /** Nothing to do. */
  | { readonly kind: "news" };

export type MessageOf<Kind extends MessageKind> = Extract<Message, { kind: Kind }>;

/** `todo`: one line for each thing the reader can do; empty when nothing is asked. */
export interface Wording {
  readonly subject: string;
  readonly todo: readonly string[];
}

/** One notice in a mail, in the reader's language. */
export interface NoticeText extends Wording {
  readonly happened: string;
  readonly reason?: string;
  readonly link: string;
}

/** asked: to coordinators; granted_to_do: to administrators; the others to the person who asked. */
export interface ErasureLetter {
  readonly kind: "asked" | "granted_to_do" | "granted" | "refused";
  readonly programme: string;
  /** Of the decision; empty before. */
  readonly reason: string;
  /** A day in words. */
  readonly answerBy: string;
  readonly link: string;
  readonly sample: boolean;
}

export interface Catalogue {
  /** For dates and numbers, BCP 47. */
  readonly locale: string;
  readonly formWords: FormWords;
  /**
   * What a task is called in a list. `what`: "NA-3 Export readiness assessment" of a review, the gate's name of a score
   * and of a decision.
   */
  readonly taskTitles: {
    readonly review: (what: string) => string;
    readonly gate_score: (what: string) => string;
    readonly gate_decision: (what: string) => string;
    readonly objection: string;
  };
  /** What comes out of the deliverables whose published texts say it in codes of indicators (RCO, RCR): without them. */
  readonly plainResults: Readonly<Record<"NA-4" | "FS-4" | "PA-8", string>>;
  readonly sentences: { readonly [Type in PilotEventType]: (event: EventOf<Type>, about: About) => string };
  readonly messages: { readonly [Kind in MessageKind]: (message: MessageOf<Kind>, about: About) => Wording };
  readonly refusals: RefusalWords;
  readonly mail: {
    readonly subject: (subject: string, pilot: { readonly title: string; readonly sample: boolean }) => string;
    readonly text: (personName: string, notice: NoticeText) => string;
    /** Below every mail about pilots: why it came, and where to choose what comes. */
    readonly why: (settingsLink: string) => string;
    /** To somebody who was given a role; they sign in with a code that is mailed to this address. */
    readonly invitation: (
      personName: string,
      to: {
        readonly inviter: string;
        readonly organisation: string;
        readonly programme: string;
        readonly role: Role;
        readonly email: string;
        readonly link: string;
        readonly sample: boolean;
      },
    ) => { readonly subject: string; readonly text: string };
    /** About somebody's wish to be forgotten; names them to nobody but themselves. */
    readonly erasure: (
      personName: string,
      letter: ErasureLetter,
    ) => { readonly subject: string; readonly text: string };
    /** Six digits with which a person proves that they read this address. */
    readonly signInCode: (
      personName: string,
      sent: { readonly code: string; readonly minutes: number },
    ) => { readonly subject: string; readonly text: string };
    readonly digestSubject: (notices: number, sample: boolean) => string;
    readonly digestText: (
      personName: string,
      pilots: readonly { readonly title: string; readonly notices: readonly NoticeText[] }[],
    ) => string;
  };
}

const taskKinds = ["produce", "review", "gate_score", "gate_decision", "condition", "objection", "question"] as const;

/** What a task is for, read from its id: "NA-3.review.2" is a review of "NA-3". */
export function partsOfTaskId(taskId: string): { readonly of: string; readonly kind: (typeof taskKinds)[number] } {
  const parts = taskId.split(".");
  const at = parts.findIndex((part, index) => index > 0 && taskKinds.some((kind) => kind === part));
  const kind = taskKinds.find((each) => each === parts[at]);
  return kind === undefined ? { of: taskId, kind: "produce" } : { of: parts.slice(0, at).join("."), kind };
}
