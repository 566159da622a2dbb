/** Everything Fairway says to people about their pilots, in English. */
import { englishWords } from "../domain/forms/form-schema.ts";
import type { GateDecisionId, ReminderStepId } from "../domain/process.ts";
import {
  type About,
  type Catalogue,
  type DueDeliverable,
  type ErasureLetter,
  type NoticeText,
  partsOfTaskId,
} from "./catalogue.ts";
import { daysIn, noon, sumOf } from "./phrases.ts";
import { englishRefusals, roles, score } from "./refusals/en.ts";

export const english: Catalogue = {
  locale: "en-GB",

  formWords: englishWords,

  taskTitles: {
    review: (what) => `Review ${what}`,
    gate_score: (what) => `Score: ${what}`,
    gate_decision: (what) => `Decide: ${what}`,
    objection: "Answer the objection to the stop",
  },

  plainResults: {
    "NA-4":
      "Barrier register (living record, re-opened in each stage; the programme reports from it which obstacles were found and resolved)",
    "FS-4": "Workshop record (a public, joint workshop also counts in the programme’s results)",
    "PA-8": "Trial report (the trial counts in the programme’s results)",
  },

  sentences: {
    ApplicationStarted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} started an application: ${data.title}.`,
    ApplicationRejected: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} rejected the application.`,
    PilotAdmitted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} admitted the pilot with ${namesOf(data.team, nameOf)} in its team${
        data.waiverReason === undefined ? "" : ", with a waiver of the focus size"
      }.`,
    StageOpened: ({ data }, { stageName }) =>
      `${quoted(stageName(data.runId))} was opened with ${count(data.deliverables.length, "deliverable")}.`,
    DraftSaved: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} worked on ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSubmitted: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} submitted ${quoted(deliverableName(data.deliverableId))}, revision\u00a0${data.revision}${
        data.late ? ", after its due date" : ""
      }.`,
    SubmissionWithdrawn: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} withdrew the submission of ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableReviewed: ({ data }, { deliverableName }) => {
      const comments = data.fieldComments.length + Object.keys(data.criterionComments).length;
      const outcome = data.outcome === "accepted" ? "accepted" : "sent back for rework";
      return `${quoted(deliverableName(data.deliverableId))} was ${outcome}: ${score(data.weightedPercent)}, ${count(comments, "comment")}.`;
    },
    DeliverableSkipProposed: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} proposed to skip ${quoted(deliverableName(data.deliverableId))}: ${skipReason(data.reasonId)}.`,
    DeliverableSkipDeclined: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} declined to skip ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSkipped: ({ data }, { nameOf, deliverableName }) =>
      `${quoted(deliverableName(data.deliverableId))} was skipped: ${skipReason(data.reasonId)}; decided by ${list(data.by.map(nameOf))}.`,
    DeliverableReopened: ({ actor, data }, { nameOf, deliverableName, dueOf }) =>
      `${nameOf(actor.personId)} reopened ${quoted(deliverableName(data.deliverableId))}, due ${dueOf(data.dueAt)}.`,
    DueDateExtended: ({ data }, { deliverableName, dueOf }) =>
      `The due date of ${quoted(deliverableName(data.deliverableId))} moved from ${dueOf(data.from)} to ${dueOf(data.dueAt)}${
        data.kind === "dependency" ? `, because it waits for ${waited(data.waitsFor, deliverableName)}` : ""
      }.`,
    ExtensionRequested: ({ actor, data }, { nameOf, deliverableName, dateOf }) =>
      `${nameOf(actor.personId)} asked for ${quoted(deliverableName(data.deliverableId))} to be due on ${dateOf(noon(data.until))}.`,
    ForecastGiven: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} expects ${taskName(data.taskId, about)} to be done on ${about.dateOf(noon(data.on))}.`,
    TaskClaimed: ({ actor, data }, about) => `${about.nameOf(actor.personId)} took ${taskName(data.taskId, about)}.`,
    TaskStarted: ({ actor, data }, about) => `${about.nameOf(actor.personId)} started ${taskName(data.taskId, about)}.`,
    TaskReleased: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} gave back ${taskName(data.taskId, about)}.`,
    TaskDelegated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} delegated ${taskName(data.taskId, about)} to ${about.nameOf(data.toPersonId)}.`,
    TaskReturned: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} returned ${taskName(data.taskId, about)} to ${about.nameOf(data.ownerId)}.`,
    TaskForwarded: ({ actor, data }, about) => {
      const receiver =
        data.toPersonId === undefined
          ? data.toRole === undefined
            ? "others"
            : roleNames[data.toRole]
          : about.nameOf(data.toPersonId);
      return `${about.nameOf(actor.personId)} forwarded ${taskName(data.taskId, about)} to ${receiver}.`;
    },
    TaskNominated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} gave ${taskName(data.taskId, about)} to ${about.nameOf(data.toPersonId)}.`,
    TaskPriorityChanged: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} set the priority of ${taskName(data.taskId, about)} to ${data.priority}.`,
    TaskFailed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} could not complete ${taskName(data.taskId, about)}.`,
    ConditionMet: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} reported a condition of the gate as met.`,
    GateOpened: ({ data }, { stageName, dueOf }) =>
      `The gate of ${quoted(stageName(data.runId))} was opened${data.round > 1 ? ` again (round ${data.round})` : ""}, to be decided by ${dueOf(data.decideBy)}.`,
    GateScored: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} filed a score for the gate of ${quoted(stageName(data.runId))}.`,
    GateSkipProposed: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} proposed to skip the stage after ${quoted(stageName(data.runId))}: ${skipReason(data.reasonId)}.`,
    GateSkipDeclined: ({ actor, data }, { nameOf, stageName }) =>
      actor.personId === data.proposerPersonId
        ? `${nameOf(actor.personId)} took back the proposal to skip the stage after ${quoted(stageName(data.runId))}.`
        : `${nameOf(actor.personId)} declined to skip the stage after ${quoted(stageName(data.runId))}, as ${nameOf(data.proposerPersonId)} had proposed.`,
    GateDecided: ({ data }, { nameOf, stageName, deliverableName, dateOf }) => {
      const details: Record<GateDecisionId, string> = {
        advance: "advance",
        advance_with_conditions: `advance with ${count(data.conditions.length, "condition")}`,
        rework: `rework of ${list(data.rework.map(({ deliverableId }) => quoted(deliverableName(deliverableId))))}`,
        hold: data.resumeOn === undefined ? "hold" : `hold until ${dateOf(noon(data.resumeOn))}`,
        stop: "stop the pilot",
        skip: "skip the next stage",
      };
      return `The gate of ${quoted(stageName(data.runId))} was decided by ${list(data.by.map(nameOf))}: ${details[data.decision]}.`;
    },
    StageClosed: ({ data }, { stageName }) => {
      const skipped =
        data.skipped.length === 0
          ? ""
          : `, ${list(data.skipped.map(({ runId }) => quoted(stageName(runId))))} is skipped`;
      const next =
        data.next === undefined ? ": the pilot is completed" : ` and ${quoted(stageName(data.next.runId))} follows`;
      return `${quoted(stageName(data.runId))} was closed${skipped}${next}.`;
    },
    PilotHeld: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} put the pilot on hold until ${dateOf(noon(data.resumeOn))}.`,
    PilotResumed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} resumed the pilot after ${count(daysIn(data.heldMs), "day")}; open due dates moved.`,
    PilotStopped: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} stopped the pilot.`,
    StopObjected: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} objected to the stop: ${quoted(data.text)}`,
    PilotWithdrawn: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} withdrew the pilot.`,
    TeamChanged: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} changed the team; it is now ${namesOf(data.team, nameOf)}.`,
    AdvisorHandedOver: ({ data }, { nameOf }) =>
      `${nameOf(data.fromPersonId)} handed the pilot over to ${nameOf(data.toPersonId)}.`,
    ReminderFired: ({ data }, about) =>
      reminderSentences[data.step](taskName(data.taskId, about), about.dueOf(data.dueAt)),
    HoldReminderFired: ({ data }, { dateOf }) =>
      data.kind === "soon"
        ? `The hold of the pilot ends on ${dateOf(noon(data.resumeOn))}.`
        : `The pilot should have gone on by ${dateOf(noon(data.resumeOn))} and is still on hold.`,
    FollowUpOpened: ({ data }, { dueOf }) =>
      `The follow-up survey after ${data.month} months was opened, due ${dueOf(data.dueAt)}.`,
    HoursLogged: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} logged ${data.hours} ${data.hours === 1 ? "hour" : "hours"} of support on ${dateOf(noon(data.on))}: ${data.activity}.`,
    HoursConfirmed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} confirmed ${hoursOf(data.entries)} of support.`,
    HoursDisputed: ({ actor, data: { entry } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} disputed ${hoursOf([entry])} of support on ${dateOf(noon(entry.on))}: ${entry.activity}.`,
    HoursSettled: ({ actor, data: { entry, counts } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} decided that ${hoursOf([entry])} of support on ${dateOf(noon(entry.on))} ${counts ? "count" : "do not count"}: ${entry.activity}.`,
    CommentAdded: ({ actor, data }, { nameOf, deliverableName }) => {
      const on = data.deliverableId === undefined ? "" : ` on ${quoted(deliverableName(data.deliverableId))}`;
      return data.internal
        ? `Internal note by ${nameOf(actor.personId)}${on}: ${quoted(data.text)}`
        : `${nameOf(actor.personId)} commented${on}: ${quoted(data.text)}`;
    },
    QuestionAsked: ({ actor, data }, { nameOf, deliverableName, dueOf }) => {
      const receiver = data.toPersonId === undefined ? roleNames[data.toRole] : nameOf(data.toPersonId);
      const on = data.deliverableId === undefined ? "" : ` about ${quoted(deliverableName(data.deliverableId))}`;
      return `${nameOf(actor.personId)} asked ${receiver}${on}: ${quoted(data.text)} Answer by ${dueOf(data.dueAt)}.`;
    },
    QuestionAnswered: ({ actor, data }, { nameOf, questionTitle }) =>
      `${nameOf(actor.personId)} answered the question ${quoted(questionTitle(data.taskId))}: ${quoted(data.text)}`,
    ExecutionRestarted: ({ data }, { stageName }) => `The workflow of ${quoted(stageName(data.runId))} was restarted.`,
  },

  messages: {
    application_received: () => ({
      subject: "We have your application",
      todo: ["You need to do nothing now. A coordinator reads the application and answers."],
    }),
    application_rejected: () => ({
      subject: "Your application was not accepted",
      todo: ["Read the reason. You can apply again when it no longer holds."],
    }),
    application_to_decide: () => ({
      subject: "An application waits for your decision",
      todo: ["Admit the pilot with its team, or reject the application."],
    }),
    admitted: () => ({
      subject: "Your pilot is admitted",
      todo: [
        "Your first tasks are in your list as soon as the first stage opens.",
        "Read the pilot agreement: the pilot’s page, behind the link below, leads to it.",
      ],
    }),
    joined_team: () => ({
      subject: "You are in the team of a new pilot",
      todo: ["Read the application. Your tasks are in your list as soon as the first stage opens."],
    }),
    deliverables_to_make: ({ deliverables }, about) => ({
      subject: deliverables.length === 1 ? "A new task for you" : "New tasks for you",
      todo: deliverables.map((each) => `Hand in ${dueDeliverable(each, about)}.`),
    }),
    to_review: ({ deliverableId, dueAt }, about) => ({
      subject: `${quoted(about.deliverableName(deliverableId))} waits for a review`,
      todo: [`Claim the review and finish it by ${about.dueOf(dueAt)}.`],
    }),
    accepted: ({ moved }, about) => ({ subject: "Accepted", todo: movedDates(moved, about) }),
    rework: ({ deliverables, moved }, about) => ({
      subject: `Rework of ${list(deliverables.map(({ deliverableId }) => quoted(about.deliverableName(deliverableId))))}`,
      todo: [
        ...deliverables.map(
          (each) => `Answer the comments and hand in the next revision of ${dueDeliverable(each, about)}.`,
        ),
        ...movedDates(moved, about),
      ],
    }),
    skip_to_decide: ({ subject }, about) => ({
      subject:
        "runId" in subject
          ? `A proposal to skip the stage after ${quoted(about.stageName(subject.runId))} waits for you`
          : `A proposal to skip ${quoted(about.deliverableName(subject.deliverableId))} waits for you`,
      todo: ["Agree or decline. A skip takes two persons."],
    }),
    extension_to_decide: ({ deliverableId }, about) => ({
      subject: `A later due date for ${quoted(about.deliverableName(deliverableId))} is asked for`,
      todo: ["Extend the due date, or answer with a comment why it stays."],
    }),
    dates_moved: ({ moved }, about) => ({ subject: "A due date moved", todo: movedDates(moved, about) }),
    task_for_you: ({ taskId, dueAt }, about) => ({
      subject: `A task is yours now: ${taskName(taskId, about)}`,
      todo: [`Do it by ${about.dueOf(dueAt)}, or pass it on.`],
    }),
    task_failed: ({ taskId }, about) => ({
      subject: `A task failed: ${taskName(taskId, about)}`,
      todo: ["Read the reason and give the task to somebody who can do it."],
    }),
    gate_to_score: ({ runId, dueAt }, about) => ({
      subject: `The gate of ${quoted(about.stageName(runId))} waits for your score`,
      todo: [`File your score before ${about.dueOf(dueAt)}. Nobody sees it until all have filed.`],
    }),
    gate_to_decide: ({ runId, dueAt }, about) => ({
      subject: `The gate of ${quoted(about.stageName(runId))} can be decided`,
      todo: [`All scores are filed. Decide by ${about.dueOf(dueAt)}.`],
    }),
    gate_decided: ({ runId, decision, conditions }, about) => ({
      subject: `Gate of ${quoted(about.stageName(runId))}: ${decisionNames[decision]}`,
      todo: conditions.map(({ text, dueAt }) => `Meet this condition by ${about.dueOf(dueAt)}: ${text}`),
    }),
    held: () => ({
      subject: "The pilot is on hold",
      todo: ["Nothing is due while the pilot is on hold; open dates move by the days held."],
    }),
    resumed: ({ moved }, about) => ({ subject: "The pilot goes on", todo: movedDates(moved, about) }),
    stopped: ({ mayObjectUntil }, about) => ({
      subject: "The pilot is stopped",
      todo:
        mayObjectUntil === undefined
          ? ["Open tasks are cancelled. What was accepted stays on record."]
          : [`You may object until ${about.dateOf(mayObjectUntil)}. What was accepted stays on record.`],
    }),
    objection_to_answer: ({ dueAt }, about) => ({
      subject: "The company objects to the stop",
      todo: [`Answer the objection by ${about.dueOf(dueAt)}.`],
    }),
    withdrawn: () => ({
      subject: "The company withdrew its pilot",
      todo: ["Open tasks are cancelled. Log your hours of support so far."],
    }),
    withdrawal_confirmed: () => ({
      subject: "Your pilot is withdrawn",
      todo: [
        "Open tasks are cancelled and the aid record is final at what was used.",
        "Confirm the hours of support so far. You can apply again at any time.",
      ],
    }),
    trial_to_end: () => ({
      subject: "The pilot has ended: please end the trial",
      todo: [
        "End the trial and tell the participants.",
        "You keep the participants' personal data under your own duty as controller: delete or keep them as you promised them.",
      ],
    }),
    new_advisor: ({ personId }, about) => ({
      subject: `Your advisor is now ${about.nameOf(personId)}`,
      todo: [`Turn to ${about.nameOf(personId)} from now on. Your tasks and dates stay as they are.`],
    }),
    handed_over_to_you: ({ taskIds }, about) => ({
      subject: "A pilot was handed over to you",
      todo: taskIds.length === 0 ? ["Read the notes and greet the company."] : [`Yours now: ${tasks(taskIds, about)}.`],
    }),
    tasks_returned: ({ taskIds }, about) => ({
      subject: taskIds.length === 1 ? "A task came back to you" : "Tasks came back to you",
      todo: [`Yours again: ${tasks(taskIds, about)}.`],
    }),
    still_on_track: ({ taskId, dueAt }, about) => ({
      subject: `Still on track with ${taskName(taskId, about)}?`,
      todo: [`Half of the time has passed. Say when you expect to be done; it is due ${about.dueOf(dueAt)}.`],
    }),
    due_soon: ({ taskId, dueAt, yours }, about) => ({
      subject: `Due soon: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Finish it by ${about.dueOf(dueAt)}, or ask for a later date in time.`
          : `It is due ${about.dueOf(dueAt)}. Ask whether help is needed.`,
      ],
    }),
    overdue: ({ taskId, dueAt, yours }, about) => ({
      subject: `Due: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `It is due ${about.dueOf(dueAt)}. Finish it now, or say when you expect to be done.`
          : `It is due ${about.dueOf(dueAt)}. Ask what stands in the way.`,
      ],
    }),
    escalated: ({ taskId, dueAt }, about) => ({
      subject: `Overdue: ${taskName(taskId, about)}`,
      todo: [`It was due ${about.dueOf(dueAt)}. Agree on what helps: a colleague, an expert, a later date.`],
    }),
    at_risk: ({ taskId, dueAt }, about) => ({
      subject: `Pilot at risk: ${taskName(taskId, about)} is still late`,
      todo: [`It was due ${about.dueOf(dueAt)}. Talk to the advisor; extend, give the task to somebody else, or hold.`],
    }),
    hold_proposed: ({ taskId, dueAt }, about) => ({
      subject: `Hold the pilot? ${taskName(taskId, about)} is very late`,
      todo: [
        `It was due ${about.dueOf(dueAt)}. Decide whether to hold the pilot; nothing happens without your decision.`,
      ],
    }),
    review_late: ({ taskId, dueAt, yours }, about) => ({
      subject: `Late: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `It was due ${about.dueOf(dueAt)}. Finish it or give it back; until then the others' dates stand still.`
          : `It was due ${about.dueOf(dueAt)}. See that somebody reviews; until then the others' dates stand still.`,
      ],
    }),
    hold_ends: ({ reached, mayResume }) => ({
      subject: reached ? "The hold has reached its end" : "The hold ends soon",
      todo: [
        mayResume
          ? reached
            ? "Resume the pilot, or decide whether to stop it."
            : "Make sure that the pilot can go on, then resume it."
          : "Say in a comment whether the pilot can go on.",
      ],
    }),
    mentioned: () => ({ subject: "You are mentioned", todo: ["Read it, and answer with a comment."] }),
    question_for_you: ({ isYours, dueAt }, about) => ({
      subject: isYours ? "A question for you" : "A question waits for an answer",
      todo: [
        isYours
          ? `Answer by ${about.dueOf(dueAt)}, or hand the question on.`
          : `Whoever knows answers, by ${about.dueOf(dueAt)}.`,
      ],
    }),
    question_answered: () => ({ subject: "Your question is answered", todo: [] }),
    hours_to_confirm: () => ({
      subject: "Hours of support to confirm",
      todo: ["Confirm the hours, or say what is not right about them. They count as aid to your company."],
    }),
    hours_disputed: ({ mayDecide }) => ({
      subject: "The company disputes hours of support",
      todo: [
        mayDecide
          ? "Hear both sides, then decide whether the hours count."
          : "Speak with the company. It can still confirm the hours; else a coordinator decides whether they count.",
      ],
    }),
    hours_settled: ({ counts }) => ({
      subject: counts ? "Disputed hours count" : "Disputed hours do not count",
      todo: counts ? [] : ["They are taken off the pilot’s hours and aid."],
    }),
    news: () => ({ subject: "News of the pilot", todo: [] }),
  },

  refusals: englishRefusals,

  mail: {
    subject: (subject, pilot) => `${mark(pilot.sample)}${subject} – ${pilot.title}`,
    text: (personName, notice) =>
      [`Hello ${personName},`, "", ...noticeLines(notice, ""), "", "Fairway", ""].join("\n"),
    why: (settingsLink) =>
      `You get this because you have a part in the pilot. Choose what you are written to about: ${settingsLink}`,
    invitation: (personName, { inviter, organisation, programme, role, email, link, sample }) => ({
      subject: `${mark(sample)}${inviter} has invited you to Fairway`,
      text: [
        `Hello ${personName},`,
        "",
        `${inviter} has entered you as ${roles[role]} (${organisation}) in the programme "${programme}".`,
        `Open the address below and sign in with ${email}: a code is mailed to you, no password is needed.`,
        link,
        "",
        "If this is a mistake, do nothing.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    erasure: (personName, letter) => ({
      subject: `${mark(letter.sample)}${erasureSubjects[letter.kind]}`,
      text: [`Hello ${personName},`, "", ...erasureLines[letter.kind](letter), letter.link, "", "Fairway", ""].join(
        "\n",
      ),
    }),
    signInCode: (personName, { code, minutes }) => ({
      subject: `${code} is your code for Fairway`,
      text: [
        `Hello ${personName},`,
        "",
        "Enter this code on the page where you asked for it:",
        "",
        code,
        "",
        `It is valid for ${minutes} minutes, and only there. Nobody from Fairway will ever ask you for it.`,
        "If you did not ask for it, do nothing.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    digestSubject: (notices, sample) => `${mark(sample)}Your pilots today: ${count(notices, "message")}`,
    digestText: (personName, pilots) =>
      [
        `Hello ${personName},`,
        "",
        "this is new since yesterday; the most urgent comes first.",
        ...pilots.flatMap(({ title, notices }) => [
          "",
          title,
          ...notices.flatMap((notice) => ["", ...noticeLines(notice, "  ")]),
        ]),
        "",
        "Fairway",
        "",
      ].join("\n"),
  },
};

const erasureSubjects: Record<ErasureLetter["kind"], string> = {
  asked: "Somebody asks to be forgotten",
  granted_to_do: "A person is to be erased",
  granted: "Your request to be forgotten is granted",
  refused: "Your request to be forgotten is refused",
};

const erasureLines: Record<ErasureLetter["kind"], (letter: ErasureLetter) => readonly string[]> = {
  asked: ({ programme, answerBy }) => [
    `Somebody in the programme "${programme}" has asked to be forgotten.`,
    `Look at the request and decide by ${answerBy}: the law gives a month.`,
  ],
  granted_to_do: ({ programme }) => [
    `In the programme "${programme}" a request to be forgotten was granted.`,
    "Carry it out when nothing stands in its way. It cannot be undone.",
  ],
  granted: ({ programme, reason }) => [
    `You asked the programme "${programme}" to forget you. It is granted: ${reason}`,
    "An administrator carries it out. Your name and address are then gone, you cannot sign in any more, and no mail comes, not even to say so.",
  ],
  refused: ({ programme, reason }) => [
    `You asked the programme "${programme}" to forget you. It is refused: ${reason}`,
    "You may ask again, or complain to the data protection authority of your country.",
  ],
};

const mark = (sample: boolean): string => (sample ? "[Sample] " : "");

const noticeLines = ({ happened, reason, todo, link }: NoticeText, indent: string): string[] =>
  [happened, ...(reason === undefined ? [] : [`Reason: ${reason}`]), ...todo, link].map((line) => indent + line);

const numberWords = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

const count = (n: number, noun: string): string => `${numberWords[n] ?? n}\u00a0${noun}${n === 1 ? "" : "s"}`;

const list = (parts: readonly string[]): string =>
  new Intl.ListFormat("en-GB", { style: "long", type: "conjunction" }).format(parts);

const quoted = (text: string): string => `“${text}”`;

const hoursOf = (entries: readonly { readonly hours: number }[]): string => {
  const hours = sumOf(entries);
  return `${hours}\u00a0${hours === 1 ? "hour" : "hours"}`;
};

const namesOf = (team: readonly { readonly personId: string }[], nameOf: About["nameOf"]): string =>
  team.length === 0 ? "nobody" : list(team.map(({ personId }) => nameOf(personId)));

const waited = (ids: readonly string[] | undefined, nameOf: About["deliverableName"]): string =>
  ids === undefined ? "another deliverable" : list(ids.map((id) => quoted(nameOf(id))));

const dueDeliverable = ({ deliverableId, dueAt }: DueDeliverable, about: About): string =>
  `${quoted(about.deliverableName(deliverableId))} by ${about.dueOf(dueAt)}`;

const movedDates = (moved: readonly DueDeliverable[], about: About): string[] =>
  moved.map(
    ({ deliverableId, dueAt }) =>
      `New due date of ${quoted(about.deliverableName(deliverableId))}: ${about.dueOf(dueAt)}.`,
  );

/** With an article where it has no name of its own: fits after "took" and before "is late". */
function taskName(taskId: string, about: About): string {
  const { of, kind } = partsOfTaskId(taskId);
  switch (kind) {
    case "produce":
      return quoted(about.deliverableName(of));
    case "review":
      return `the review of ${quoted(about.deliverableName(of))}`;
    case "gate_score":
      return `a score for the gate of ${quoted(about.stageName(of))}`;
    case "gate_decision":
      return `the decision at the gate of ${quoted(about.stageName(of))}`;
    case "condition":
      return "a condition of the gate";
    case "objection":
      return "the objection to the stop";
    case "question":
      return `the question ${quoted(about.questionTitle(taskId))}`;
  }
}

const tasks = (taskIds: readonly string[], about: About): string => list(taskIds.map((id) => taskName(id, about)));

const reminderSentences: Record<ReminderStepId, (task: string, dueOn: string) => string> = {
  followup: (task, dueOn) => `Half of the time for ${task} has passed; it is due ${dueOn}.`,
  soon: (task, dueOn) => `Reminder: ${task} is due on ${dueOn}.`,
  near: (task, dueOn) => `Reminder: ${task} is due soon, on ${dueOn}.`,
  due: (task, dueOn) => `The due date of ${task} is reached: ${dueOn}.`,
  esc1: (task, dueOn) => `Escalation: ${task} is late (due ${dueOn}).`,
  esc2: (task, dueOn) => `Escalation: ${task} is still late (due ${dueOn}); the pilot is at risk.`,
  esc3: (task, dueOn) => `Escalation: ${task} is very late (due ${dueOn}); a hold of the pilot is proposed.`,
  review: (task, dueOn) => `Late: ${task} (due ${dueOn}).`,
};

const roleNames = {
  sme: "the company",
  advisor: "the advisors",
  expert: "the experts",
  living_lab: "the living lab",
  coordinator: "the coordinators",
} as const;

const decisionNames: Record<GateDecisionId, string> = {
  advance: "advance",
  advance_with_conditions: "advance with conditions",
  rework: "rework",
  hold: "hold",
  stop: "stop",
  skip: "the next stage is skipped",
};

const skipReasons: Readonly<Record<string, string>> = {
  already_done_elsewhere: "already done elsewhere",
  not_applicable_to_service: "not applicable to the service",
  same_market_earlier_pilot: "an earlier pilot in the same market",
  programme_decision: "decision of the programme",
  other_with_text: "another reason",
  no_trial_planned: "no trial is planned",
  recent_study_exists: "a recent study exists",
  no_external_exchange: "no data are exchanged with others",
  no_end_users: "no end users",
  no_public_buyers: "no public buyers",
  desk_validation_agreed: "a desk validation was agreed",
};

const skipReason = (reasonId: string): string => skipReasons[reasonId] ?? reasonId.replaceAll("_", " ");
