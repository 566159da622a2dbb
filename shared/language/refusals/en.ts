/** Why something is not done, in English. */
import type { Role } from "../../domain/actor.ts";
import type { PilotAction } from "../../domain/permissions.ts";
import type { DeliverableStatus, TaskStatus } from "../../domain/pilot/state.ts";
import type { ProcessRole } from "../../domain/process.ts";
import type { DeliverableWish } from "../../domain/refusal-reasons.ts";
import { capital, eitherIn, eurosIn, numbersIn, scoreIn } from "../phrases.ts";
import type { RefusalAbout, RefusalWords } from "./words.ts";

const number = numbersIn("en-GB");
export const score = scoreIn("en-GB", "\u00a0of\u00a0100");
const euros = eurosIn("en-GB");
const either = eitherIn("en-GB");

export const roles: Record<Role, string> = {
  sme_member: "a member of the company",
  sme_admin: "the company's admin",
  advisor: "an advisor",
  expert: "an expert",
  living_lab: "a living lab",
  coordinator: "a coordinator",
  auditor: "an auditor",
  administrator: "an administrator",
};

const people: Record<ProcessRole, string> = {
  sme: "the company",
  advisor: "the pilot's advisors",
  expert: "the pilot's experts",
  living_lab: "the pilot's living lab",
  coordinator: "the coordinators",
};

const actions: Record<PilotAction, string> = {
  "application.create": "apply for a pilot",
  "application.read": "read this application",
  "application.decide": "decide about an application",
  "pilot.read": "read this pilot",
  "pilot.withdraw": "withdraw a pilot",
  "draft.edit": "edit deliverables",
  "deliverable.submit": "submit deliverables",
  "deliverable.review": "review deliverables",
  "deliverable.skip.propose": "propose to skip a deliverable",
  "deliverable.skip.decide": "decide to skip a deliverable",
  "deliverable.reopen": "reopen a deliverable",
  "dueDate.extend": "extend a due date",
  "dueDate.ask": "ask for a later due date",
  "task.work": "work on tasks",
  "task.delegate": "delegate tasks",
  "task.forward": "forward tasks",
  "task.nominate": "name who does a task",
  "gate.read": "read gate decisions",
  "gate.score": "score a gate",
  "gate.scores.read": "read the scores of a gate",
  "gate.decide": "decide a gate",
  "pilot.object": "object to a stop",
  "pilot.hold": "hold or resume a pilot",
  "pilot.stop": "stop a pilot",
  "team.assign": "change the team of a pilot",
  "hours.log": "log hours of support",
  "hours.confirm": "confirm hours of support",
  "hours.settle": "decide about disputed hours",
  "comment.write": "comment on a pilot",
  "comment.internal": "write internal notes",
  "comment.internal.read": "read internal notes",
  "figures.read": "read the figures of a business case",
  "access.read": "see who has read the business case",
  "execution.restart": "restart the workflow of a stage",
};

const deliverableStatuses: Record<DeliverableStatus, string> = {
  not_started: "is not started",
  in_progress: "is in progress",
  submitted: "is submitted and waits for its review",
  in_review: "is being reviewed",
  accepted: "is accepted",
  rework: "is being reworked",
  skipped: "is skipped",
  cancelled: "is cancelled",
  reopened: "is reopened",
};

const wishes: Record<DeliverableWish, string> = {
  edit: "it cannot be edited now",
  submit: "it cannot be submitted now",
  take_back: "there is no submission to take back",
  review: "there is nothing to review",
  reopen: "only what is accepted can be reopened",
  skip: "only what nobody has begun can be skipped",
  set_due_date: "its due date does not matter now",
};

const taskStatuses: Record<TaskStatus, string> = {
  created: "not open yet",
  ready: "not claimed by anybody",
  reserved: "claimed, but not started",
  in_progress: "in progress",
  suspended: "suspended",
  completed: "completed",
  obsolete: "skipped",
  exited: "cancelled",
  failed: "closed as impossible",
};

/** "at 10:02:11", or "on 9 March 2027 at 10:00:00". */
function at(instant: string | undefined, { momentOf }: RefusalAbout): string {
  if (instant === undefined) return "meanwhile";
  const { day, time } = momentOf(instant);
  return day === undefined ? `at ${time}` : `on ${day} at ${time}`;
}

const by = (given: readonly ProcessRole[]): string => either(given.map((role) => people[role]));

export const englishRefusals: RefusalWords = {
  reasons: {
    no_such_pilot: "There is no such pilot.",
    no_membership: "You are not a member of any programme at present. Ask the programme office.",
    role_not_held: "You do not hold that role (any more).",
    role_cannot: ({ role }) => `As ${roles[role]} you cannot do this.`,
    role_may_not: ({ role, action }) => `${capital(roles[role])} may not ${actions[action]}.`,
    not_let_submit: "Your company's admin has not let you submit deliverables. Ask them to.",
    fairway_does_this: "Fairway does this itself when its time has come.",
    figures_not_for_experts:
      "An expert may not read the figures of a business case unless a task of their own needs them or the company asks about them.",
    own_role_only: "You find the people of your own role here, nobody else.",
    not_standing_in: "You do not stand in for this person today.",

    pilot_on_hold: "The pilot is on hold. Work goes on when it is resumed.",
    pilot_ended: "The pilot has ended. Nothing in it changes any more.",
    changed_meanwhile: "This has changed since you looked. Look at it again, then decide.",
    filled_in_by: ({ deliverable, roles: given }, { say }) => `${say(deliverable)} is filled in by ${by(given)}.`,
    submitted_by_roles: ({ deliverable, roles: given }, { say }) => `${say(deliverable)} is submitted by ${by(given)}.`,
    taken_back_by: ({ deliverable, roles: given }, { say }) => `${say(deliverable)} is taken back by ${by(given)}.`,
    reviewed_by: ({ deliverable, roles: given }, { say }) => `${say(deliverable)} is reviewed by ${by(given)}.`,
    more_time_asked_by: ({ deliverable, roles: given }, { say }) =>
      `More time for ${say(deliverable)} is asked for by ${by(given)}.`,

    say_service: "Say for which service the company applies.",
    say_why_rejected: "Tell the company why the application is rejected.",
    application_not_submitted: "The application has not been submitted yet.",
    application_not_accepted: "Review and accept the application first, then admit the pilot.",
    application_decided: "This application has been decided already.",
    not_an_sme:
      "With 250 or more employees, or by its turnover and balance sheet, the company is not an SME: it cannot take part, also not with a waiver.",
    aid_room_too_small: ({ roomEur, neededEur }) =>
      `The company may still receive ${euros(roomEur)} of de minimis aid; the pilot's support needs ${euros(neededEur)}.`,
    say_why_waived: ({ employees }) =>
      `The programme is for companies of up to ${number(employees)} employees. Give a reason to waive this.`,
    company_gone: "Your company is not in this programme any more.",

    advisor_needed: "Name at least one advisor for the pilot.",
    named_twice: "Name each person once per role.",
    team_named_at_admission: "The team is named when the pilot is admitted.",
    nobody_left_for: ({ role, task }, { taskTitle }) =>
      `Nobody of ${people[role]} would be left for: ${taskTitle(task)}.`,
    advisor_takes_over: "Only an advisor can take over from an advisor.",
    other_person_takes_over: "Choose another person to take over.",
    not_advisor_of_pilot: "This person is not an advisor of the pilot.",
    say_why_advisor_changes: "Say why the advisor changes.",
    does_not_work_as: ({ name = "This person", role }) => `${name} does not work as ${roles[role]} in the programme.`,

    no_such_deliverable: "There is no such deliverable in this pilot.",
    no_such_revision: "There is no such revision.",
    deliverable_is: ({ deliverableId, status, wish }) =>
      `${deliverableId} ${deliverableStatuses[status]}: ${wishes[wish]}.`,
    draft_saved_meanwhile: "The draft has been saved by somebody else since you opened it.",
    draft_saved_by: ({ name, you, savedAt }, about) =>
      `${you ? "You" : name} saved this draft ${at(savedAt, about)}, after you opened it. What you typed is not lost: compare the two and save again.`,
    other_fields_open: "The reviewer asked for changes in other fields; these stay as they were submitted.",
    fields_need_attention: ({ fields }) =>
      `${fields.length === 1 ? "One field needs" : `${number(fields.length)} fields need`} attention: ${fields.join("; ")}.`,
    files_missing: "Some files of this form have not arrived. The list names each.",
    submitted_already: "This has been submitted already.",
    submitted_by: ({ name, you, submittedAt }, about) =>
      `Already submitted by ${you ? "you" : name} ${at(submittedAt, about)}.`,
    waits_for: ({ deliverableId, waitsFor }) => `${deliverableId} waits for ${waitsFor.join(", ")} to be accepted.`,
    review_begun: "The review has begun. Ask the reviewer to send it back to you.",
    choose_skip_reason: "Choose one of the reasons for which this deliverable may be skipped.",
    say_why_skip_reason_applies: "Say in a note why the reason applies here.",
    skip_proposed_already: "Skipping it is proposed already and waits for the coordinator's decision.",
    no_skip_proposed: "Nobody has proposed to skip this deliverable.",
    own_skip_proposal: "You proposed this skip yourself. A second person must decide about it.",
    not_skippable: ({ deliverable }, { say }) => `${say(deliverable)} may not be skipped: the process needs it.`,
    admitted_on_it: "The pilot was admitted on this application: it stays as it was accepted.",
    say_why_reopened: "Say why the deliverable is reopened.",
    choose_days: ({ most }) => `Give a whole number of days from 1 to ${number(most)}.`,
    say_why_extended: "Say why the due date is extended.",
    due_date_past: "The new due date is past already. Give more days.",
    waits_for_none: "It waits for no other deliverable. Give more time for another reason.",
    say_why_more_time: "Say why you need more time.",
    choose_day_after_due: "Give the day until which you need, after the due date.",
    advisor_extends_once: ({ days }) =>
      `An advisor may extend a due date once, by up to ${number(days)} days. The coordinator may go further.`,

    newer_revision: ({ deliverableId }) => `${deliverableId} has a newer revision. Read it before you decide.`,
    claim_review_first: "Claim the review first.",
    review_taken: "Somebody else has claimed this review.",
    own_work: "Nobody reviews what they delivered themselves. Somebody else must review it.",
    criteria_missed: ({ points, criteria }, { say }) =>
      `The deliverable cannot be accepted: it needs at least ${number(points)} points for: ${criteria.map(say).join("; ")}. Send it to rework with comments.`,
    score_not_reached: ({ percent: reached, needed }) =>
      `The deliverable cannot be accepted: its weighted score is ${score(reached)}, and ${score(needed)} is needed. Send it to rework with comments.`,
    comment_needed: "Comment on at least one field or criterion, so that the performer knows what to do.",
    comment_empty: "A field comment is empty.",
    comment_on_no_criterion: "A comment names a criterion that this review does not have.",
    comment_on_no_field: "A comment names a field that the form does not have.",
    no_such_criterion: ({ ids }) => `There is no criterion ${ids.join(", ")} here.`,
    give_points: ({ criteria }, { say }) => `Give points for: ${criteria.map(say).join("; ")}.`,
    give_whole_points: ({ most, criteria }, { say }) =>
      `Give whole points from 0 to ${number(most)} for: ${criteria.map(say).join("; ")}.`,
    say_why_below: ({ points, criteria }, { say }) =>
      `Say why for each criterion below ${number(points)} points: ${criteria.map(say).join("; ")}.`,

    no_such_task: "There is no such task in this pilot.",
    task_is: ({ status }) => `This task is ${taskStatuses[status]}.`,
    claim_first: "Nobody has claimed this task. Claim it first.",
    task_taken: "Somebody else has this task.",
    task_taken_by: ({ name }) => `${name} has this task already.`,
    task_is_for: ({ role }) => `This task is for ${people[role]}.`,
    others_hand_on: "This task is somebody else's to hand on.",
    choose_one_of: ({ role }) => `Choose one of ${people[role]}.`,
    cannot_do_task: "This person cannot do this task: it needs another role or company.",
    return_instead: "This task was delegated to you. Return it to its owner instead.",
    owner_delegates: "This task was delegated to you. Only its owner delegates it further.",
    task_is_theirs: "The task belongs to this person already. Have it returned instead.",
    not_delegated: "This task is not delegated. Release or forward it instead.",
    forward_to_one: "Forward the task either to a person or to a role.",
    task_not_for_role: ({ role }) => `The process does not give this task to ${people[role]}.`,
    only_work_fails: "Only work on a deliverable can fail. Release or forward this task instead.",
    say_why_failed: "Say why the task cannot be done.",
    forecast_of_work_only: "A forecast is for work on a deliverable.",
    choose_day_done: "Give the day you expect to be done, today or later.",

    gate_not_opened_yet: "This gate has not opened yet: the stage's work comes first.",
    gate_not_open: "This gate is not open.",
    gate_opened_again: "The gate has opened again since you looked. Look at it again.",
    score_is_own: "A score is a person's own judgement. Nobody files one for somebody else.",
    score_filed_already: "You have already filed your score for this gate.",
    one_seat_each:
      "Nobody scores a gate twice: you have a score to give there, or have given it. This one is for somebody else.",
    no_score_needed: ({ role }) => `No further score of ${roles[role]} is needed.`,
    say_whether_met: ({ criterion }, { say }) => `Say whether this is met: ${say(criterion)}.`,
    say_what_shows_it: ({ criterion }, { say }) => `Say what shows it: ${say(criterion)}.`,
    newer_revisions: ({ deliverables }) =>
      `${deliverables.join(", ")} ${deliverables.length === 1 ? "has a newer revision" : "have newer revisions"}. Look at it, then decide again.`,
    decision_not_offered: ({ decision, against }, about) =>
      [
        `${about.say(decision)} is not possible here.`,
        ...against.map((objection) => englishRefusals.objections[objection.code](objection, about)),
      ].join(" "),
    say_why_decided: "Give the reason for the decision.",
    choose_day_to_go_on: "Choose the day on which the pilot goes on.",
    choose_what_to_rework: "Name the deliverables to rework.",
    rework_of_accepted_only: "Only accepted deliverables of this stage can be reworked.",
    whole_days_needed: "Give whole days, at least one.",
    say_programme_approval: "Give the reference of the programme's approval.",
    choose_stage_skip_reason: "Choose a reason for skipping the stage.",
    say_why_stage_skipped: "Say in words why the stage is skipped.",
    say_stage_skip_evidence: "Say what proves that the stage can be skipped.",
    own_stage_skip_proposal: "You proposed to skip the stage. Another coordinator has to agree.",
    say_why_stage_not_skipped: "Say why the stage is not skipped.",
    no_such_condition: "There is no such condition in this pilot.",
    condition_of_others: "This condition is for somebody else to meet.",
    say_condition_evidence: "Say what shows that the condition is met.",
    condition_needed: "Name at least one condition.",
    say_condition: "Say what the condition is.",
    choose_condition_day: "Choose a day ahead by which the condition is to be met.",

    on_hold_until: ({ resumeOn }, { dateOf }) => `The pilot is already on hold until ${dateOf(resumeOn)}.`,
    not_under_way: "Only a pilot that is under way can be put on hold.",
    moving_on: "The pilot is just moving to its next stage. Try again in a moment.",
    say_why_held: "Say why the pilot is put on hold.",
    not_on_hold: "The pilot is not on hold.",
    choose_day_within: ({ days }) => `Choose a day to go on within the next ${number(days)} days.`,
    not_admitted_yet: "The pilot is not admitted yet: reject the application instead.",
    say_why_stopped: "Say why the pilot is stopped.",
    not_stopped: "The pilot is not stopped: there is nothing to object to.",
    objected_already: "Your company has already objected. Add a comment to say more.",
    objection_too_late: ({ days }) => `An objection is possible within ${number(days)} days after the stop.`,
    say_objection: "Say what you object to.",
    say_why_withdrawn: "Say why you withdraw.",

    no_such_stage: "There is no such stage in this pilot.",
    stage_over: "This stage is over: there is no workflow to restart.",
    say_why_restarted: "Say why the workflow is restarted.",
    no_engine_here: "Step Functions does not run here. Look at its console on AWS.",
    no_such_execution: "There is no such execution, or it is no longer kept.",
    execution_ended: "This execution has ended already.",
    not_redrivable: ({ days }) =>
      `Only an execution that failed, timed out or was stopped within the last ${number(days)} days goes on.`,

    say_something: "Write something first.",
    mention_cannot_read: "Somebody you mention cannot read this. Choose from the people around the pilot.",
    no_such_note: "There is no such note in this pilot.",
    say_question: "Write what you want to know.",
    internal_stays_internal: "An internal note stays internal, and so does a question about it.",
    internal_question_for: "An internal question is for advisors or coordinators.",
    choose_whom_to_ask: "Choose whom you ask.",
    asked_cannot_read: "This person cannot read the question. Choose somebody around the pilot.",
    nobody_in_role: "The pilot has nobody in this role yet. Ask somebody else.",
    choose_answer_day: "Choose the day by which you need the answer: today or within a year.",
    no_question: "This task is no question.",
    say_answer: "Write an answer first.",
    aid_record_final: "The pilot has ended and its aid record is final.",
    hours_of_a_day: ({ most }) => `Give more than 0 and at most ${number(most)} hours for one day.`,
    choose_day: "Say on which day.",
    day_to_come: "Hours can be logged once the day has come.",
    before_application: "Hours before the application do not count for this pilot.",
    say_activity: "Say what the hours were for.",
    no_such_hours: "There are no such hours in this pilot.",
    say_what_is_wrong: "Say what is not right about these hours.",
    hours_confirmed: "Your company has confirmed these hours. Speak to the coordinator.",
    hours_not_disputed: "The company has not disputed these hours: there is nothing to decide.",
    say_why_hours_count: "Say why the hours count or do not count.",
    hours_decided: "A coordinator has decided about these hours already.",
    aid_above_room: ({ aidEur, roomEur }) =>
      `With these hours the pilot's aid would be ${euros(aidEur)}; the company may receive ${euros(roomEur)}. Nothing was logged: speak to the coordinator before more support is given.`,

    files_not_kept: "Files cannot be kept on this installation yet. Everything else works.",
    files_by_performers: "Only those who work on this deliverable attach files to it.",
    not_worked_on: "This deliverable is not being worked on at present.",
    files_full: "The pilot's room for files is full. Take out of the forms what is not needed.",
    no_files_there: "This form takes no files there.",
    file_kinds: ({ kinds }) => `Attach one of these kinds of file: ${kinds.join(", ")}.`,
    file_too_large: ({ megabytes }) => `Attach a file of at most ${number(megabytes)} MB.`,
    file_id_taken: "This file's id is taken. Begin again with another one.",
    no_such_upload: "There is no such upload (any more). Begin again.",
    file_not_arrived: "The file has not arrived yet. Send it, then complete the upload.",
    file_changed: "The file changed on its way, or while it was read. Attach it once more.",
    file_not_what_it_says: ({ name, kind }) =>
      `The content of ${name} is not what its name says. Save it as ${kind} and attach it again.`,
    no_such_file: "There is no such file.",

    nobody_in_company: "There is no such person in your company.",
    nobody_in_programme: "There is no such person in this programme.",
    admin_always_submits: "The company's admin may always submit.",
    admin_kept: "The company keeps an admin. Make somebody else one first.",
    administrator_kept: "The programme keeps an administrator. Make somebody else one first.",
    coordinator_kept: "The programme keeps a coordinator. Make somebody else one first.",
    works_with_pilots: "This person works with pilots. Hand those over first.",
    has_role_already: "This person has that role already.",
    role_not_theirs: "This person does not hold that role.",
    administrator_made_by: "Only an administrator makes somebody administrator.",
    administrator_ended_by: "Only an administrator ends the role of an administrator.",
    choose_organisation: "Choose an organisation of the programme, or name a new one.",
    role_not_there: ({ role }) => `Nobody is ${roles[role]} at an organisation of that kind.`,
    not_advisor_of_programme: "This person is not an advisor of the programme.",
    leaver_takes_over: "The person who leaves cannot take over their own work.",
    absence_days: "The last day comes after the first one, and not before today.",
    absence_too_long: "For more than a year, have your work handed over instead.",
    choose_substitute: ({ role }) => `Choose somebody else who works as ${roles[role]} in the programme.`,
    substitute_away: "This person is away themselves then. Choose somebody else.",
    own_absence_only: "People plan their own absence. Go back to your own place first.",
    escalations_come: "You answer for this work: escalations come at once or in the morning's mail.",
    no_erasure_asked: "This person has not asked to be forgotten.",
    erasure_dealt_with: "Somebody has dealt with this wish already, or it waits for the coordinator.",
    account_used_elsewhere: "The account is still used elsewhere. It can be erased when that has ended.",
    tasks_left: "This person still has tasks. Give them to somebody else first.",
    own_erasure_only: "People ask this for themselves only.",
    own_erasure_taken_back: "People take this back for themselves only.",
    no_such_view: "There is no such view, or it is not shared.",
    view_saved_elsewhere: "This view was saved in another window. Look at it again, then save.",
    view_of_others: "This view is somebody else's. Save it under another name.",
    too_many_views: ({ most }) => `You have ${number(most)} views. Remove one you do not use.`,

    no_such_programme: "There is no such programme.",
    agreement_after_admission: "There is an agreement once the pilot is admitted.",
    version_not_published: ({ version }) => `Version ${number(version)} was never published.`,
    last_day_first: "The last day comes after the first one.",
    settings_changed: "The settings have changed since you looked. Look at them again.",
    set_already: "This is how it is set already.",
    aid_above_ceiling: "No pilot can be given more aid than the ceiling allows.",
    no_deliverable_in_process: ({ deliverableId }) => `The process has no deliverable ${deliverableId}.`,
    due_after_stage: ({ deliverableId, day, days, stage }, { say }) =>
      `${deliverableId} would be due on day ${number(day)}, after the ${number(days)} days of “${say(stage)}”.`,
    due_before_what_it_rests_on: ({ deliverableId, day, before, dayBefore }) =>
      `${deliverableId} rests on ${before}, so it cannot be due earlier: day ${number(day)} against day ${number(dayBefore)}.`,
    reminders_out_of_order: "The reminders keep their order: each step comes on a later day than the one before.",
    review_needs_a_day: "A review has at least one working day.",
    clock_of_sample_only: "Only the clock of a sample programme can be moved.",
    clock_too_far: "The clock moves by three years at a time at most.",
    clock_backwards: "The clock moves forward only.",
  },

  objections: {
    not_open: () => "The gate is not open.",
    scores_missing: () => "Not all scores are filed yet.",
    not_at_this_gate: () => "This gate does not offer it.",
    condition_past_due: ({ about = "" }) => `A condition of an earlier gate is past due: ${about}`,
    showstopper: () => "The regulatory screening found a showstopper.",
    trial_no_go: () => "The living-lab trial concluded: no go.",
    must_not_met: ({ about = "" }, { say }) => `Not met: ${say(about)}.`,
    score_too_low: ({ score }) =>
      `The mean score is ${number(score?.mean ?? 0)}; it takes ${number(score?.least ?? 0)}.`,
    no_stage_follows: () => "No stage follows.",
    next_not_skippable: () => "The next stage cannot be skipped.",
    approval_needed: () => "Another rework of this gate needs the programme's approval.",
  },

  titles: { 403: "Not allowed", 404: "Not found", 409: "Changed meanwhile", 422: "Not possible as asked" },

  faults: {
    nothing_here: { title: "Not found", detail: "There is nothing at this address." },
    calendar_link_ended: { title: "Not found", detail: "This calendar link has ended. Make a new one." },
    method_not_taken: { title: "Not this way", detail: ({ allowed }) => `This address takes ${allowed} only.` },
    too_many_requests: {
      title: "Too many requests",
      detail: ({ seconds }) =>
        `That was more than one person asks for. Wait ${number(seconds)} s; nothing was changed.`,
    },
    request_too_large: {
      title: "Too large",
      detail: "This is more than Fairway takes in one piece (1 MB). Nothing was changed.",
    },
    change_too_large: {
      title: "Too large",
      detail: "This is more than Fairway keeps in one piece (400 kB). Nothing was changed.",
    },
    not_sent_as_json: { title: "Not JSON", detail: "Send the body as application/json." },
    not_json: { title: "Not JSON", detail: "The body is not valid JSON. Nothing was changed." },
    nested_too_deeply: {
      title: "Too deep",
      detail: "The body is nested more deeply than any form. Nothing was changed.",
    },
    input_does_not_fit: {
      title: "The request does not fit",
      detail: "Some of what was sent is not what this needs; nothing was changed.",
    },
    session_ended: { title: "Sign in again", detail: "Your session has ended. Sign in again." },
    list_changed: {
      title: "Not found",
      detail: "The list has changed since this link was made; start again from its first page.",
    },
    busy: {
      title: "Changed meanwhile",
      detail: "Others are changing the same pilot right now. Nothing was changed; please try again.",
    },
    unavailable: {
      title: "Not right now",
      detail: "Fairway cannot look into this right now. Nothing was changed; please try again in a minute.",
    },
    unexpected: {
      title: "Something went wrong on our side",
      detail: "Look whether it was done before you try again; if it happens again, tell the programme office.",
    },
  },
};
