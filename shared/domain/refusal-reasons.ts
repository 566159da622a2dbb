/**
 * Every reason for which something is refused, with what its sentence names: dates, names and numbers as data.
 * Rules and API say the reason; the sentences are said in the reader's language (`shared/language/refusals/`).
 */
import type { Role } from "./actor.ts";
import type { PilotAction } from "./permissions.ts";
import type { Objection } from "./pilot/gate-offers.ts";
import type { DeliverableStatus, Task, TaskStatus } from "./pilot/state.ts";
import type { ProcessRole } from "./process.ts";

/** The sentence names nothing. */
type Plain = Readonly<Record<never, never>>;

/** A text of the process as published, in English, e.g. the name of a deliverable: it is said in the reader's words. */
type ProcessText = string;

interface Delivered {
  readonly deliverable: ProcessText;
  readonly roles: readonly ProcessRole[];
}

/** What somebody wanted to do with a deliverable that its status does not allow. */
export type DeliverableWish = "edit" | "submit" | "take_back" | "review" | "reopen" | "skip" | "set_due_date";

export interface RefusalReasons {
  // Rights
  no_such_pilot: Plain;
  no_membership: Plain;
  role_not_held: Plain;
  role_cannot: { readonly role: Role };
  role_may_not: { readonly role: Role; readonly action: PilotAction };
  not_let_submit: Plain;
  fairway_does_this: Plain;
  figures_not_for_experts: Plain;
  own_role_only: Plain;
  not_standing_in: Plain;

  // What commands of every topic ask first
  pilot_on_hold: Plain;
  pilot_ended: Plain;
  changed_meanwhile: Plain;
  filled_in_by: Delivered;
  submitted_by_roles: Delivered;
  taken_back_by: Delivered;
  reviewed_by: Delivered;
  more_time_asked_by: Delivered;

  // The application
  say_service: Plain;
  say_why_rejected: Plain;
  application_not_submitted: Plain;
  application_not_accepted: Plain;
  application_decided: Plain;
  not_an_sme: Plain;
  aid_room_too_small: { readonly roomEur: number; readonly neededEur: number };
  say_why_waived: { readonly employees: number };
  company_gone: Plain;

  // The team
  advisor_needed: Plain;
  named_twice: Plain;
  team_named_at_admission: Plain;
  nobody_left_for: { readonly role: ProcessRole; readonly task: Pick<Task, "kind" | "title" | "deliverableId"> };
  advisor_takes_over: Plain;
  other_person_takes_over: Plain;
  not_advisor_of_pilot: Plain;
  say_why_advisor_changes: Plain;
  /** No name for people of other programmes. */
  does_not_work_as: { readonly role: Role; readonly name?: string };

  // Deliverables
  no_such_deliverable: Plain;
  no_such_revision: Plain;
  deliverable_is: {
    readonly deliverableId: string;
    readonly status: DeliverableStatus;
    readonly wish: DeliverableWish;
  };
  draft_saved_meanwhile: Plain;
  /** `you`: the reader, in another window. */
  draft_saved_by: { readonly name: string; readonly you: boolean; readonly savedAt?: string };
  other_fields_open: Plain;
  /** `fields`: their labels, as the reader sees them. */
  fields_need_attention: { readonly fields: readonly string[] };
  files_missing: Plain;
  submitted_already: Plain;
  submitted_by: { readonly name: string; readonly you: boolean; readonly submittedAt?: string };
  waits_for: { readonly deliverableId: string; readonly waitsFor: readonly string[] };
  review_begun: Plain;
  choose_skip_reason: Plain;
  say_why_skip_reason_applies: Plain;
  skip_proposed_already: Plain;
  no_skip_proposed: Plain;
  own_skip_proposal: Plain;
  not_skippable: { readonly deliverable: ProcessText };
  admitted_on_it: Plain;
  say_why_reopened: Plain;
  choose_days: { readonly most: number };
  say_why_extended: Plain;
  due_date_past: Plain;
  waits_for_none: Plain;
  say_why_more_time: Plain;
  choose_day_after_due: Plain;
  advisor_extends_once: { readonly days: number };

  // Reviews and points
  newer_revision: { readonly deliverableId: string };
  claim_review_first: Plain;
  review_taken: Plain;
  own_work: Plain;
  criteria_missed: { readonly points: number; readonly criteria: readonly ProcessText[] };
  score_not_reached: { readonly percent: number; readonly needed: number };
  comment_needed: Plain;
  comment_empty: Plain;
  comment_on_no_criterion: Plain;
  comment_on_no_field: Plain;
  no_such_criterion: { readonly ids: readonly string[] };
  give_points: { readonly criteria: readonly ProcessText[] };
  give_whole_points: { readonly most: number; readonly criteria: readonly ProcessText[] };
  say_why_below: { readonly points: number; readonly criteria: readonly ProcessText[] };

  // Tasks
  no_such_task: Plain;
  task_is: { readonly status: TaskStatus };
  claim_first: Plain;
  task_taken: Plain;
  task_taken_by: { readonly name: string };
  task_is_for: { readonly role: ProcessRole };
  others_hand_on: Plain;
  choose_one_of: { readonly role: ProcessRole };
  cannot_do_task: Plain;
  return_instead: Plain;
  owner_delegates: Plain;
  task_is_theirs: Plain;
  not_delegated: Plain;
  forward_to_one: Plain;
  task_not_for_role: { readonly role: ProcessRole };
  only_work_fails: Plain;
  say_why_failed: Plain;
  forecast_of_work_only: Plain;
  choose_day_done: Plain;

  // Gates
  gate_not_opened_yet: Plain;
  gate_not_open: Plain;
  gate_opened_again: Plain;
  score_is_own: Plain;
  score_filed_already: Plain;
  one_seat_each: Plain;
  no_score_needed: { readonly role: "coordinator" | "expert" };
  say_whether_met: { readonly criterion: ProcessText };
  say_what_shows_it: { readonly criterion: ProcessText };
  newer_revisions: { readonly deliverables: readonly string[] };
  decision_not_offered: { readonly decision: ProcessText; readonly against: readonly Objection[] };
  say_why_decided: Plain;
  choose_day_to_go_on: Plain;
  choose_what_to_rework: Plain;
  rework_of_accepted_only: Plain;
  whole_days_needed: Plain;
  say_programme_approval: Plain;
  choose_stage_skip_reason: Plain;
  say_why_stage_skipped: Plain;
  say_stage_skip_evidence: Plain;
  own_stage_skip_proposal: Plain;
  say_why_stage_not_skipped: Plain;
  no_such_condition: Plain;
  condition_of_others: Plain;
  say_condition_evidence: Plain;
  condition_needed: Plain;
  say_condition: Plain;
  choose_condition_day: Plain;

  // Hold and end
  /** `resumeOn`: a calendar day. */
  on_hold_until: { readonly resumeOn: string };
  not_under_way: Plain;
  moving_on: Plain;
  say_why_held: Plain;
  not_on_hold: Plain;
  choose_day_within: { readonly days: number };
  not_admitted_yet: Plain;
  say_why_stopped: Plain;
  not_stopped: Plain;
  objected_already: Plain;
  objection_too_late: { readonly days: number };
  say_objection: Plain;
  say_why_withdrawn: Plain;

  // Stages and their workflow
  no_such_stage: Plain;
  stage_over: Plain;
  say_why_restarted: Plain;
  no_engine_here: Plain;
  no_such_execution: Plain;
  execution_ended: Plain;
  not_redrivable: { readonly days: number };

  // Notes, questions, support
  say_something: Plain;
  mention_cannot_read: Plain;
  no_such_note: Plain;
  say_question: Plain;
  internal_stays_internal: Plain;
  internal_question_for: Plain;
  choose_whom_to_ask: Plain;
  asked_cannot_read: Plain;
  nobody_in_role: Plain;
  choose_answer_day: Plain;
  no_question: Plain;
  say_answer: Plain;
  aid_record_final: Plain;
  hours_of_a_day: { readonly most: number };
  choose_day: Plain;
  day_to_come: Plain;
  before_application: Plain;
  say_activity: Plain;
  no_such_hours: Plain;
  say_what_is_wrong: Plain;
  hours_confirmed: Plain;
  hours_not_disputed: Plain;
  say_why_hours_count: Plain;
  hours_decided: Plain;
  aid_above_room: { readonly aidEur: number; readonly roomEur: number };

  // Files
  files_not_kept: Plain;
  files_by_performers: Plain;
  not_worked_on: Plain;
  files_full: Plain;
  no_files_there: Plain;
  file_kinds: { readonly kinds: readonly string[] };
  file_too_large: { readonly megabytes: number };
  file_id_taken: Plain;
  no_such_upload: Plain;
  file_not_arrived: Plain;
  file_changed: Plain;
  /** `kind`: an extension, e.g. "pdf". */
  file_not_what_it_says: { readonly name: string; readonly kind: string };
  no_such_file: Plain;

  // People and their settings
  nobody_in_company: Plain;
  nobody_in_programme: Plain;
  admin_always_submits: Plain;
  admin_kept: Plain;
  administrator_kept: Plain;
  coordinator_kept: Plain;
  works_with_pilots: Plain;
  has_role_already: Plain;
  role_not_theirs: Plain;
  administrator_made_by: Plain;
  administrator_ended_by: Plain;
  choose_organisation: Plain;
  role_not_there: { readonly role: Role };
  not_advisor_of_programme: Plain;
  leaver_takes_over: Plain;
  absence_days: Plain;
  absence_too_long: Plain;
  choose_substitute: { readonly role: Role };
  substitute_away: Plain;
  own_absence_only: Plain;
  escalations_come: Plain;
  no_erasure_asked: Plain;
  erasure_dealt_with: Plain;
  account_used_elsewhere: Plain;
  tasks_left: Plain;
  own_erasure_only: Plain;
  own_erasure_taken_back: Plain;
  no_such_view: Plain;
  view_saved_elsewhere: Plain;
  view_of_others: Plain;
  too_many_views: { readonly most: number };

  // The programme
  no_such_programme: Plain;
  agreement_after_admission: Plain;
  version_not_published: { readonly version: number };
  last_day_first: Plain;
  settings_changed: Plain;
  set_already: Plain;
  aid_above_ceiling: Plain;
  no_deliverable_in_process: { readonly deliverableId: string };
  due_after_stage: {
    readonly deliverableId: string;
    readonly day: number;
    readonly days: number;
    readonly stage: ProcessText;
  };
  due_before_what_it_rests_on: {
    readonly deliverableId: string;
    readonly day: number;
    readonly before: string;
    readonly dayBefore: number;
  };
  reminders_out_of_order: Plain;
  review_needs_a_day: Plain;
  clock_of_sample_only: Plain;
  clock_too_far: Plain;
  clock_backwards: Plain;
}

export type ReasonKey = keyof RefusalReasons;

/** One reason with its values; the key alone where there are none. */
export type Reason = {
  readonly [Key in ReasonKey]:
    | ({ readonly key: Key } & RefusalReasons[Key])
    | (keyof RefusalReasons[Key] extends never ? Key : never);
}[ReasonKey];
