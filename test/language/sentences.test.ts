import { describe, expect, test } from "vitest";
import { addWorkingDays, localDateOf } from "../../shared/domain/calendar.ts";
import { countries } from "../../shared/domain/countries.ts";
import type { MessageKind } from "../../shared/domain/notifications.ts";
import type { EventOf, PilotEvent, PilotEventType } from "../../shared/domain/pilot/events.ts";
import type { Task } from "../../shared/domain/pilot/state.ts";
import type { About, Message, MessageOf, Wording } from "../../shared/language/catalogue.ts";
import { datesFor } from "../../shared/language/dates.ts";
import { catalogueFor, processWords, spokenLanguages } from "../../shared/language/languages.ts";
import { noon } from "../../shared/language/phrases.ts";
import { sentenceOf } from "../../shared/language/sentences.ts";
import { taskTitleIn } from "../../shared/language/task-title.ts";
import { asRead } from "../support/as-read.ts";

const about = {
  nameOf: (personId: string) => (personId === "anna" ? "Anna" : "Bo"),
  deliverableName: (id: string) => (id === "NA-3" ? "Export readiness assessment" : "Barrier register"),
  stageName: (runId: string) => (runId === "needs-1" ? "Needs analysis" : "Feasibility"),
  questionTitle: (id: string) => (id === "pilot.question.1" ? "Who signs?" : "When?"),
  ...datesFor("en-GB", "EE"),
};

const dueAt = "2027-03-10T21:59:00.000Z";
const schedule = { dueAt, reminders: [] };
const deliverableId = "NA-3";
const runId = "needs-1";
const taskId = "NA-3.review.2";
const yoursOrNot = [true, false].map((yours) => ({ taskId: "NA-3.produce.1", dueAt, yours }));
const review = {
  deliverableId,
  revision: 1,
  points: {},
  criterionComments: { evidence: "Thin." },
  fieldComments: [{ pointer: "/a", text: "Why?" }],
  rescheduled: [],
};
const loggedHours = {
  id: "7",
  personId: "bo",
  on: "2027-03-01",
  hours: 2.5,
  activity: "Workshop",
  aidCents: 16_250,
};
const gateDecision = { runId, by: ["anna", "bo"], basedOn: {}, rework: [], conditions: [] };

/** Type by type: data of the event, and how it reads when Anna caused it. */
const examples: { readonly [Type in PilotEventType]: readonly (readonly [EventOf<Type>["data"], string])[] } = {
  ApplicationStarted: [
    [
      {
        ...schedule,
        pilotId: "p",
        programmeId: "g",
        organisationId: "o",
        country: "EE",
        title: "Company: service",
        formVersion: 1,
        task: { title: "t", estimatedHours: 8 },
        sample: false,
      },
      "Anna started an application: Company: service.",
    ],
  ],
  ApplicationRejected: [[{}, "Anna rejected the application."]],
  PilotAdmitted: [
    [
      {
        team: [{ personId: "bo", role: "advisor", country: "EE" }],
        title: "t",
        runId,
        stageId: "needs",
        processVersion: 1,
        waiverReason: "Digital only.",
      },
      "Anna admitted the pilot with Bo in its team, with a waiver of the focus size.",
    ],
  ],
  StageOpened: [[{ runId, deliverables: [] }, "“Needs analysis” was opened with no deliverables."]],
  DraftSaved: [
    [{ deliverableId, draftVersion: 3, changedFields: ["/a"] }, "Anna worked on “Export readiness assessment”."],
  ],
  DeliverableSubmitted: [
    [
      {
        deliverableId,
        revision: 2,
        formVersion: 1,
        checksum: "",
        late: true,
        review: { ...schedule, candidateRole: "advisor", title: "t" },
      },
      "Anna submitted “Export readiness assessment”, revision 2, after its due date.",
    ],
  ],
  SubmissionWithdrawn: [
    [{ deliverableId, reminders: [] }, "Anna withdrew the submission of “Export readiness assessment”."],
  ],
  DeliverableReviewed: [
    [
      { ...review, outcome: "rework", weightedPercent: 62 },
      "“Export readiness assessment” was sent back for rework: 62 of 100, two comments.",
    ],
    [
      { ...review, outcome: "accepted", weightedPercent: 59.996, criterionComments: {} },
      "“Export readiness assessment” was accepted: 59.99 of 100, one comment.",
    ],
  ],
  DeliverableSkipProposed: [
    [
      { deliverableId, reasonId: "no_end_users", note: "" },
      "Anna proposed to skip “Export readiness assessment”: no end users.",
    ],
  ],
  DeliverableSkipDeclined: [[{ deliverableId }, "Anna declined to skip “Export readiness assessment”."]],
  DeliverableSkipped: [
    [
      { deliverableId, reasonId: "a_reason_of_a_later_version", note: "", by: ["anna", "bo"] },
      "“Export readiness assessment” was skipped: a reason of a later version; decided by Anna and Bo.",
    ],
  ],
  DeliverableReopened: [
    [
      { ...schedule, deliverableId, title: "t", candidateRole: "sme" },
      "Anna reopened “Export readiness assessment”, due 10 March 2027.",
    ],
  ],
  DueDateExtended: [
    [
      { ...schedule, deliverableId, from: "2027-03-03T21:59:00.000Z", kind: "dependency" },
      "The due date of “Export readiness assessment” moved from 3 March 2027 to 10 March 2027, because it waits for another deliverable.",
    ],
    [
      { ...schedule, deliverableId, from: "2027-03-03T21:59:00.000Z", kind: "dependency", waitsFor: [deliverableId] },
      "The due date of “Export readiness assessment” moved from 3 March 2027 to 10 March 2027, because it waits for “Export readiness assessment”.",
    ],
  ],
  ExtensionRequested: [
    [
      { deliverableId, until: "2027-03-20" },
      "Anna asked for “Export readiness assessment” to be due on 20 March 2027.",
    ],
  ],
  ForecastGiven: [
    [
      { taskId: "NA-3.produce.1", on: "2027-03-08", note: "" },
      "Anna expects “Export readiness assessment” to be done on 8 March 2027.",
    ],
  ],
  TaskClaimed: [
    [{ taskId }, "Anna took the review of “Export readiness assessment”."],
    [{ taskId: "needs-1.gate_score.1.expert-2" }, "Anna took a score for the gate of “Needs analysis”."],
    [{ taskId: "needs-1-c1.condition" }, "Anna took a condition of the gate."],
    [{ taskId: "pilot.objection.1" }, "Anna took the objection to the stop."],
  ],
  TaskStarted: [[{ taskId: "needs-1.gate_decision.1" }, "Anna started the decision at the gate of “Needs analysis”."]],
  TaskReleased: [[{ taskId }, "Anna gave back the review of “Export readiness assessment”."]],
  TaskDelegated: [
    [
      { taskId, toPersonId: "bo", ownerId: "anna" },
      "Anna delegated the review of “Export readiness assessment” to Bo.",
    ],
  ],
  TaskReturned: [[{ taskId, ownerId: "bo" }, "Anna returned the review of “Export readiness assessment” to Bo."]],
  TaskForwarded: [
    [{ taskId, toPersonId: "bo" }, "Anna forwarded the review of “Export readiness assessment” to Bo."],
    [{ taskId, toRole: "expert" }, "Anna forwarded the review of “Export readiness assessment” to the experts."],
  ],
  TaskNominated: [[{ taskId, toPersonId: "bo" }, "Anna gave the review of “Export readiness assessment” to Bo."]],
  TaskPriorityChanged: [
    [{ taskId, priority: "high" }, "Anna set the priority of the review of “Export readiness assessment” to high."],
  ],
  TaskFailed: [[{ taskId }, "Anna could not complete the review of “Export readiness assessment”."]],
  ConditionMet: [[{ conditionId: "needs-1-c1", evidence: "" }, "Anna reported a condition of the gate as met."]],
  GateOpened: [
    [
      { runId, gateId: "G1", round: 2, decideBy: dueAt, reminders: [], experts: 0, title: "t" },
      "The gate of “Needs analysis” was opened again (round 2), to be decided by 10 March 2027.",
    ],
  ],
  GateScored: [
    [
      {
        runId,
        taskId,
        score: {
          personId: "anna",
          role: "expert",
          at: dueAt,
          musts: {},
          points: { need: 1 },
          score: 87,
          comment: "Weak.",
        },
      },
      "Anna filed a score for the gate of “Needs analysis”.",
    ],
  ],
  GateSkipProposed: [
    [
      { runId, reasonId: "already_done_elsewhere", evidence: "", basedOn: {} },
      "Anna proposed to skip the stage after “Needs analysis”: already done elsewhere.",
    ],
  ],
  GateSkipDeclined: [
    [{ runId, proposerPersonId: "bo" }, "Anna declined to skip the stage after “Needs analysis”, as Bo had proposed."],
    [{ runId, proposerPersonId: "anna" }, "Anna took back the proposal to skip the stage after “Needs analysis”."],
  ],
  GateDecided: [
    [
      { ...gateDecision, decision: "advance", meanScore: 87 },
      "The gate of “Needs analysis” was decided by Anna and Bo: advance.",
    ],
    [
      {
        ...gateDecision,
        decision: "rework",
        rework: ["NA-3", "NA-4"].map((id) => ({ ...schedule, deliverableId: id, title: "", candidateRole: "sme" })),
      },
      "The gate of “Needs analysis” was decided by Anna and Bo: rework of “Export readiness assessment” and “Barrier register”.",
    ],
    [
      { ...gateDecision, decision: "hold", resumeOn: "2027-05-01" },
      "The gate of “Needs analysis” was decided by Anna and Bo: hold until 1 May 2027.",
    ],
  ],
  StageClosed: [
    [
      {
        runId,
        skipped: [],
        followUps: [],
        next: { runId: "feasibility-1", stageId: "feasibility", processVersion: 1 },
      },
      "“Needs analysis” was closed and “Feasibility” follows.",
    ],
    [{ runId, skipped: [], followUps: [] }, "“Needs analysis” was closed: the pilot is completed."],
  ],
  PilotHeld: [[{ resumeOn: "2027-05-01", remindAt: [] }, "Anna put the pilot on hold until 1 May 2027."]],
  PilotResumed: [
    [
      { heldMs: 3 * 86_400_000, rescheduled: [], tasks: [] },
      "Anna resumed the pilot after three days; open due dates moved.",
    ],
  ],
  PilotStopped: [[{}, "Anna stopped the pilot."]],
  StopObjected: [[{ text: "We disagree.", ...schedule }, "Anna objected to the stop: “We disagree.”"]],
  PilotWithdrawn: [[{ aidCents: 0 }, "Anna withdrew the pilot."]],
  TeamChanged: [[{ team: [] }, "Anna changed the team; it is now nobody."]],
  AdvisorHandedOver: [
    [{ fromPersonId: "anna", toPersonId: "bo", team: [], tasks: [] }, "Anna handed the pilot over to Bo."],
  ],
  ReminderFired: [
    [
      { taskId, step: "esc2", dueAt, to: ["coordinator"], kind: "escalation" },
      "Escalation: the review of “Export readiness assessment” is still late (due 10 March 2027); the pilot is at risk.",
    ],
  ],
  HoldReminderFired: [[{ resumeOn: "2027-05-01", kind: "soon" }, "The hold of the pilot ends on 1 May 2027."]],
  FollowUpOpened: [
    [
      {
        ...schedule,
        month: 6,
        deliverableId: "FU-1-6",
        definitionId: "FU-1",
        estimatedHours: 2,
        formVersion: 1,
        title: "t",
      },
      "The follow-up survey after 6 months was opened, due 10 March 2027.",
    ],
  ],
  HoursLogged: [
    [
      { hours: 2.5, on: "2027-03-01", activity: "Workshop", aidCents: 0 },
      "Anna logged 2.5 hours of support on 1 March 2027: Workshop.",
    ],
  ],
  HoursConfirmed: [
    [{ entries: [loggedHours] }, "Anna confirmed 2.5 hours of support."],
    [
      {
        entries: [
          { ...loggedHours, hours: 0.7 },
          { ...loggedHours, hours: 0.3 },
        ],
      },
      "Anna confirmed 1 hour of support.",
    ],
  ],
  HoursDisputed: [[{ entry: loggedHours }, "Anna disputed 2.5 hours of support on 1 March 2027: Workshop."]],
  HoursSettled: [
    [{ entry: loggedHours, counts: true }, "Anna decided that 2.5 hours of support on 1 March 2027 count: Workshop."],
    [
      { entry: loggedHours, counts: false },
      "Anna decided that 2.5 hours of support on 1 March 2027 do not count: Workshop.",
    ],
  ],
  CommentAdded: [
    [{ text: "Nice.", internal: false, deliverableId }, "Anna commented on “Export readiness assessment”: “Nice.”"],
    [{ text: "Careful.", internal: true }, "Internal note by Anna: “Careful.”"],
  ],
  QuestionAsked: [
    [
      {
        ...schedule,
        taskId: "pilot.question.1",
        text: "Who signs?",
        title: "Who signs?",
        internal: false,
        runId,
        toRole: "sme",
        deliverableId,
      },
      "Anna asked the company about “Export readiness assessment”: “Who signs?” Answer by 10 March 2027.",
    ],
    [
      {
        ...schedule,
        taskId: "pilot.question.1",
        text: "Who signs?",
        title: "Who signs?",
        internal: true,
        runId,
        toRole: "advisor",
        toPersonId: "bo",
      },
      "Anna asked Bo: “Who signs?” Answer by 10 March 2027.",
    ],
  ],
  QuestionAnswered: [
    [
      { taskId: "pilot.question.1", text: "The CEO.", internal: false, askedById: "bo" },
      "Anna answered the question “Who signs?”: “The CEO.”",
    ],
  ],
  ExecutionRestarted: [[{ runId, executionNumber: 2 }, "The workflow of “Needs analysis” was restarted."]],
};

const cases = Object.entries(examples).flatMap(([type, ofType]) =>
  ofType.map(([data, sentence]) => {
    // The table above pairs each type with its own data.
    const event = { type, at: dueAt, actor: { personId: "anna", role: "coordinator" }, data } as PilotEvent;
    return [type, sentence, event] as const;
  }),
);

/** The same, marked so that each name can be found again, and a list of what was asked for. */
function listening() {
  const mentioned = new Set<string>();
  const mark = (kind: string) => (id: string) => {
    const name = `${kind.toUpperCase()}<${id}>`;
    mentioned.add(name);
    return name;
  };
  const marked = {
    nameOf: mark("person"),
    deliverableName: mark("deliverable"),
    stageName: mark("stage"),
    questionTitle: mark("question"),
    dateOf: mark("day"),
    dueOf: mark("minute"),
  };
  return { about: marked, mentioned };
}

/** Kind by kind, with what the reader can do and what they cannot. */
const messages: { readonly [Kind in MessageKind]: readonly Omit<MessageOf<Kind>, "kind">[] } = {
  application_received: [{}],
  application_rejected: [{}],
  application_to_decide: [{}],
  admitted: [{}],
  joined_team: [{}],
  deliverables_to_make: [
    { deliverables: [{ deliverableId, dueAt }] },
    { deliverables: ["NA-3", "NA-4"].map((id) => ({ deliverableId: id, dueAt })) },
  ],
  to_review: [{ deliverableId, dueAt }],
  accepted: [{ moved: [{ deliverableId, dueAt }] }],
  rework: [{ deliverables: [{ deliverableId, dueAt }], moved: [{ deliverableId: "NA-4", dueAt }] }],
  skip_to_decide: [{ subject: { deliverableId } }, { subject: { runId } }],
  extension_to_decide: [{ deliverableId }],
  dates_moved: [{ moved: [{ deliverableId, dueAt }] }],
  task_for_you: [{ taskId, dueAt }],
  task_failed: [{ taskId }],
  gate_to_score: [{ runId, dueAt }],
  gate_to_decide: [{ runId, dueAt }],
  gate_decided: [
    { runId, decision: "advance", conditions: [] },
    { runId, decision: "advance_with_conditions", conditions: [{ text: "Sign.", dueAt }] },
  ],
  held: [{}],
  resumed: [{ moved: [{ deliverableId, dueAt }] }],
  stopped: [{}, { mayObjectUntil: dueAt }],
  objection_to_answer: [{ dueAt }],
  withdrawn: [{}],
  withdrawal_confirmed: [{}],
  trial_to_end: [{}],
  new_advisor: [{ personId: "bo" }],
  handed_over_to_you: [{ taskIds: [] }, { taskIds: [taskId, "needs-1.gate_score.1.coordinator"] }],
  tasks_returned: [{ taskIds: [taskId] }, { taskIds: [taskId, "needs-1.gate_decision.1"] }],
  question_for_you: [
    { isYours: true, dueAt },
    { isYours: false, dueAt },
  ],
  question_answered: [{}],
  still_on_track: [{ taskId, dueAt }],
  due_soon: yoursOrNot,
  overdue: yoursOrNot,
  escalated: [{ taskId, dueAt }],
  at_risk: [{ taskId, dueAt }],
  hold_proposed: [{ taskId, dueAt }],
  review_late: yoursOrNot,
  hold_ends: [
    { reached: true, mayResume: true },
    { reached: false, mayResume: true },
    { reached: false, mayResume: false },
  ],
  mentioned: [{}],
  hours_to_confirm: [{}],
  hours_disputed: [{ mayDecide: true }, { mayDecide: false }],
  hours_settled: [{ counts: true }, { counts: false }],
  news: [{}],
};

const messageCases = Object.entries(messages).flatMap(([kind, ofKind]) =>
  // The table above pairs each kind with its own members.
  ofKind.map((members) => [kind, { kind, ...members } as Message] as const),
);

function wordingIn<Kind extends MessageKind>(language: string, message: MessageOf<Kind>, said: About): string {
  const wording = catalogueFor(language).messages[message.kind as Kind] as (
    message: MessageOf<Kind>,
    about: About,
  ) => Wording;
  const { subject, todo } = wording(message, said);
  return [subject, ...todo].join("\n");
}

/** What a text must repeat as it was written: words of people. */
const written = (value: object): readonly string[] =>
  Object.entries(value)
    .filter(([name]) => ["text", "activity"].includes(name))
    .map(([, text]) => String(text));

describe.each(spokenLanguages)("In the language %s", (language) => {
  test.each(cases)("%s names what English names", (_type, _sentence, event) => {
    const english = listening();
    sentenceOf(event, { ...english.about, language: "en" });
    const own = listening();
    const sentence = sentenceOf(event, { ...own.about, language });
    for (const name of [...english.mentioned, ...own.mentioned, ...written(event.data)]) {
      expect(sentence).toContain(name);
    }
    expect(sentence).toMatch(/^[^a-z].*[.!?”“]$/su);
    expect(sentence).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object|_/);
  });

  test.each(messageCases)("a message %s names what English names", (_kind, message) => {
    const english = listening();
    wordingIn("en", message, english.about);
    const own = listening();
    const wording = wordingIn(language, message, own.about);
    for (const name of [...english.mentioned, ...own.mentioned]) expect(wording).toContain(name);
    expect(wording).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
  });

  test("a mail carries its notice whole", () => {
    const notice = {
      subject: "S",
      happened: "It happened.",
      reason: "Because.",
      todo: ["Do it."],
      link: "https://a/b",
    };
    const { mail, locale } = catalogueFor(language);
    expect(Intl.getCanonicalLocales(locale)).toEqual([locale]);
    const text = mail.text("Anna", notice);
    for (const part of ["Anna", "It happened.", "Because.", "Do it.", "https://a/b"]) expect(text).toContain(part);
    const digest = mail.digestText("Anna", [{ title: "Company: service", notices: [notice, notice] }]);
    for (const part of ["Anna", "Company: service", "Do it.", "https://a/b"]) expect(digest).toContain(part);
    expect(mail.why("https://a/settings")).toMatch(/\. .+https:\/\/a\/settings$/);
    expect(mail.subject("S", { title: "T", sample: true })).toMatch(/^\[.+\] S – T$/);
    for (const count of [1, 2, 21]) expect(mail.digestSubject(count, false)).toMatch(/\S/);
    const signInCode = mail.signInCode("Anna", { code: "012345", minutes: 10 });
    expect(signInCode.subject).toContain("012345");
    expect(signInCode.text).toMatch(/\n012345\n/);
    for (const part of ["Anna", "10"]) expect(signInCode.text).toContain(part);
    const letter = {
      programme: "Programme",
      reason: "Because",
      answerBy: "Some day",
      link: "https://a/in",
      sample: true,
    };
    const said = {
      asked: ["Programme", "Some day"],
      granted_to_do: ["Programme"],
      granted: ["Because"],
      refused: ["Because"],
    };
    for (const kind of ["asked", "granted_to_do", "granted", "refused"] as const) {
      const { subject, text: erasure } = mail.erasure("Anna", { ...letter, kind });
      expect(subject).toMatch(/^\[.+\] \S/);
      for (const part of ["Anna", "https://a/in", ...said[kind]]) expect(erasure).toContain(part);
    }
    const invitation = mail.invitation("Anna", {
      inviter: "Bo",
      organisation: "Company",
      programme: "Programme",
      role: "advisor",
      email: "anna@example.org",
      link: "https://a/in",
      sample: false,
    });
    for (const part of ["Anna", "Bo", "Company", "Programme", "anna@example.org", "https://a/in"]) {
      expect(invitation.text).toContain(part);
    }
  });
});

describe("a task's title", () => {
  const titled = (kind: Task["kind"], title: string, deliverable?: string) => ({
    kind,
    title,
    ...(deliverable === undefined ? {} : { deliverableId: deliverable }),
  });

  test.each(spokenLanguages.filter((language) => language !== "en"))("is said in %s", (language) => {
    const { taskTitles } = catalogueFor(language);
    const [name, gate] = [said(language, "Export readiness assessment"), said(language, "Gate 4 – Close the pilot")];
    expect(name).not.toBe("Export readiness assessment");
    expect(taskTitleIn(language, titled("produce", "NA-3 Export readiness assessment", "NA-3"))).toBe(`NA-3 ${name}`);
    expect(taskTitleIn(language, titled("review", "Review NA-3 Export readiness assessment", "NA-3"))).toBe(
      taskTitles.review(`NA-3 ${name}`),
    );
    expect(taskTitleIn(language, titled("gate_score", "Score: Gate 4 – Close the pilot"))).toBe(
      taskTitles.gate_score(gate),
    );
    expect(taskTitleIn(language, titled("gate_decision", "Decide: Gate 4 – Close the pilot"))).toBe(
      taskTitles.gate_decision(gate),
    );
    expect(taskTitleIn(language, titled("objection", "Answer the objection to the stop"))).toBe(taskTitles.objection);
  });

  test("stays as people wrote it, and as it is in English", () => {
    expect(taskTitleIn("fi", titled("condition", "Sign with two buyers"))).toBe("Sign with two buyers");
    expect(taskTitleIn("fi", titled("gate_score", "A title of another time"))).toBe("A title of another time");
    expect(taskTitleIn("en", titled("produce", "NA-3 Export readiness assessment", "NA-3"))).toBe(
      "NA-3 Export readiness assessment",
    );
  });
});

const said = (language: string, text: string): string => processWords(language)?.[text] ?? text;

describe("an event's sentence", () => {
  test.each(cases)("%s reads: %s", (_type, sentence, event) => {
    expect(asRead(sentenceOf(event, about))).toBe(sentence);
  });

  test("falls back to English in a language without a catalogue", () => {
    const event: PilotEvent = {
      type: "PilotStopped",
      at: dueAt,
      actor: { personId: "anna", role: "coordinator" },
      data: {},
    };
    expect(sentenceOf(event, { ...about, language: "de-DE" })).toBe("Anna stopped the pilot.");
  });

  test("tells the day where the reader is", () => {
    expect(datesFor("en-GB", "EE").dateOf("2027-03-10T22:30:00.000Z")).toBe("11\u00a0March\u00a02027");
    expect(datesFor("en-GB", "SE").dateOf("2027-03-10T22:30:00.000Z")).toBe("10\u00a0March\u00a02027");
  });

  test("tells the day that something is due as it is where it is due, whoever reads", () => {
    for (const due of countries.keys()) {
      for (const started of ["2027-01-11T12:00:00Z", "2027-06-07T12:00:00Z"]) {
        const dueAt = addWorkingDays(started, 0, due);
        for (const reader of ["PT", "RS", "FI"]) {
          expect(datesFor("sv-SE", reader).dueOf(dueAt), due).toBe(
            datesFor("sv-SE", due).dateOf(noon(localDateOf(dueAt, due))),
          );
        }
      }
    }
  });
});
