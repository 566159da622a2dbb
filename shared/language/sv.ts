/** Everything Fairway says to people about their pilots, in Swedish. */
import type { Role } from "../domain/actor.ts";
import type { GateDecisionId, ReminderStepId } from "../domain/process.ts";
import {
  type About,
  type Catalogue,
  type DueDeliverable,
  type ErasureLetter,
  type NoticeText,
  partsOfTaskId,
} from "./catalogue.ts";
import { countIn, daysIn, listIn, noon, sumOf } from "./phrases.ts";
import { score, swedishRefusals } from "./refusals/sv.ts";

const locale = "sv-SE";
const list = listIn(locale);
const count = countIn(locale);
const hoursIn = (hours: number): string => count(hours, { one: "timme", other: "timmar" });

export const swedish: Catalogue = {
  locale,

  formWords: { row: "rad", entry: "post", form: "Formuläret", yes: "Ja", no: "Nej" },

  taskTitles: {
    review: (what) => `Granska: ${what}`,
    gate_score: (what) => `Ge poäng: ${what}`,
    gate_decision: (what) => `Besluta: ${what}`,
    objection: "Svara på invändningen mot stoppet",
  },

  plainResults: {
    "NA-4":
      "Hinderregister (levande dokument, öppnas på nytt i varje fas; utifrån det rapporterar programmet vilka hinder som hittats och lösts)",
    "FS-4": "Dokumentation från workshop (en offentlig och gemensam workshop räknas även i programmets resultat)",
    "PA-8": "Försöksrapport (försöket räknas i programmets resultat)",
  },

  sentences: {
    ApplicationStarted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} började på en ansökan: ${data.title}.`,
    ApplicationRejected: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} avslog ansökan.`,
    PilotAdmitted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} antog piloten med detta team: ${namesOf(data.team, nameOf)}${
        data.waiverReason === undefined ? "" : "; med undantag från programmets storleksgräns"
      }.`,
    StageOpened: ({ data }, { stageName }) =>
      `Fasen ${quoted(stageName(data.runId))} öppnades med ${count(data.deliverables.length, deliverableForms)}.`,
    DraftSaved: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} arbetade med ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSubmitted: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} lämnade in ${quoted(deliverableName(data.deliverableId))}, version\u00a0${data.revision}${
        data.late ? ", efter förfallodatum" : ""
      }.`,
    SubmissionWithdrawn: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} tog tillbaka inlämningen av ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableReviewed: ({ data }, { deliverableName }) => {
      const comments = data.fieldComments.length + Object.keys(data.criterionComments).length;
      const outcome = data.outcome === "accepted" ? "godtogs" : "skickades tillbaka för omarbetning";
      return `${quoted(deliverableName(data.deliverableId))} ${outcome}: ${score(data.weightedPercent)}, ${count(comments, commentForms)}.`;
    },
    DeliverableSkipProposed: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} föreslog att hoppa över ${quoted(deliverableName(data.deliverableId))}: ${skipReason(data.reasonId)}.`,
    DeliverableSkipDeclined: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} avböjde att hoppa över ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSkipped: ({ data }, { nameOf, deliverableName }) =>
      `${quoted(deliverableName(data.deliverableId))} hoppades över: ${skipReason(data.reasonId)}; beslutat av ${list(data.by.map(nameOf))}.`,
    DeliverableReopened: ({ actor, data }, { nameOf, deliverableName, dueOf }) =>
      `${nameOf(actor.personId)} öppnade ${quoted(deliverableName(data.deliverableId))} på nytt, förfallodatum ${dueOf(data.dueAt)}.`,
    DueDateExtended: ({ data }, { deliverableName, dueOf }) =>
      `Förfallodatumet för ${quoted(deliverableName(data.deliverableId))} flyttades från den ${dueOf(data.from)} till den ${dueOf(data.dueAt)}${
        data.kind === "dependency"
          ? `, eftersom den väntar på en annan leverabel${named(data.waitsFor, deliverableName)}`
          : ""
      }.`,
    ExtensionRequested: ({ actor, data }, { nameOf, deliverableName, dateOf }) =>
      `${nameOf(actor.personId)} bad om ett senare förfallodatum för ${quoted(deliverableName(data.deliverableId))}: ${dateOf(noon(data.until))}.`,
    ForecastGiven: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} räknar med att bli klar med ${taskName(data.taskId, about)} den ${about.dateOf(noon(data.on))}.`,
    TaskClaimed: ({ actor, data }, about) => `${about.nameOf(actor.personId)} tog ${taskName(data.taskId, about)}.`,
    TaskStarted: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} började med ${taskName(data.taskId, about)}.`,
    TaskReleased: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} lämnade tillbaka ${taskName(data.taskId, about)}.`,
    TaskDelegated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} delegerade ${taskName(data.taskId, about)} till ${about.nameOf(data.toPersonId)}.`,
    TaskReturned: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} lämnade tillbaka ${taskName(data.taskId, about)} till ${about.nameOf(data.ownerId)}.`,
    TaskForwarded: ({ actor, data }, about) => {
      const receiver =
        data.toPersonId === undefined
          ? data.toRole === undefined
            ? "andra"
            : roleNames[data.toRole]
          : about.nameOf(data.toPersonId);
      return `${about.nameOf(actor.personId)} skickade ${taskName(data.taskId, about)} vidare till ${receiver}.`;
    },
    TaskNominated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} gav ${taskName(data.taskId, about)} till ${about.nameOf(data.toPersonId)}.`,
    TaskPriorityChanged: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} ändrade prioriteten för ${taskName(data.taskId, about)} till ${priorities[data.priority]}.`,
    TaskFailed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} kunde inte slutföra ${taskName(data.taskId, about)}.`,
    ConditionMet: ({ actor }, { nameOf }) =>
      `${nameOf(actor.personId)} rapporterade att ett villkor från beslutspunkten är uppfyllt.`,
    GateOpened: ({ data }, { stageName, dueOf }) =>
      `Beslutspunkten för ${quoted(stageName(data.runId))} öppnades${data.round > 1 ? ` på nytt (omgång ${data.round})` : ""}; beslut senast den ${dueOf(data.decideBy)}.`,
    GateScored: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} lämnade poäng till beslutspunkten för ${quoted(stageName(data.runId))}.`,
    GateSkipProposed: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} föreslog att hoppa över fasen efter ${quoted(stageName(data.runId))}: ${skipReason(data.reasonId)}.`,
    GateSkipDeclined: ({ actor, data }, { nameOf, stageName }) =>
      actor.personId === data.proposerPersonId
        ? `${nameOf(actor.personId)} tog tillbaka förslaget att hoppa över fasen efter ${quoted(stageName(data.runId))}.`
        : `${nameOf(actor.personId)} avböjde förslaget från ${nameOf(data.proposerPersonId)} att hoppa över fasen efter ${quoted(stageName(data.runId))}.`,
    GateDecided: ({ data }, { nameOf, stageName, deliverableName, dateOf }) => {
      const details: Record<GateDecisionId, string> = {
        advance: "gå vidare",
        advance_with_conditions: `gå vidare med ${count(data.conditions.length, { one: "villkor", other: "villkor" })}`,
        rework: `omarbetning av ${list(data.rework.map(({ deliverableId }) => quoted(deliverableName(deliverableId))))}`,
        hold: data.resumeOn === undefined ? "paus" : `paus till den ${dateOf(noon(data.resumeOn))}`,
        stop: "stoppa piloten",
        skip: "hoppa över nästa fas",
      };
      return `Vid beslutspunkten för ${quoted(stageName(data.runId))} beslutade ${list(data.by.map(nameOf))}: ${details[data.decision]}.`;
    },
    StageClosed: ({ data }, { stageName }) => {
      const skipped = data.skipped.map(({ runId }) => quoted(stageName(runId)));
      return [
        `Fasen ${quoted(stageName(data.runId))} avslutades`,
        ...(skipped.length === 0 ? [] : [`${list(skipped)} hoppas över`]),
        data.next === undefined ? "piloten är slutförd." : `nästa fas är ${quoted(stageName(data.next.runId))}.`,
      ].join("; ");
    },
    PilotHeld: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} pausade piloten till den ${dateOf(noon(data.resumeOn))}.`,
    PilotResumed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} återupptog piloten efter ${count(daysIn(data.heldMs), { one: "dag", other: "dagar" })}; öppna förfallodatum flyttades.`,
    PilotStopped: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} stoppade piloten.`,
    StopObjected: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} invände mot stoppet: ${quoted(data.text)}`,
    PilotWithdrawn: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} återtog piloten.`,
    TeamChanged: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} ändrade teamet, som nu är: ${namesOf(data.team, nameOf)}.`,
    AdvisorHandedOver: ({ data }, { nameOf }) =>
      `${nameOf(data.fromPersonId)} lämnade över piloten till ${nameOf(data.toPersonId)}.`,
    ReminderFired: ({ data }, about) =>
      reminderSentences[data.step](taskName(data.taskId, about), about.dueOf(data.dueAt)),
    HoldReminderFired: ({ data }, { dateOf }) =>
      data.kind === "soon"
        ? `Pilotens paus slutar den ${dateOf(noon(data.resumeOn))}.`
        : `Piloten skulle ha återupptagits senast den ${dateOf(noon(data.resumeOn))} och är fortfarande pausad.`,
    FollowUpOpened: ({ data }, { dueOf }) =>
      `Uppföljningsenkäten efter ${data.month} månader öppnades, förfallodatum ${dueOf(data.dueAt)}.`,
    HoursLogged: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} antecknade ${hoursIn(data.hours)} stöd den ${dateOf(noon(data.on))}: ${data.activity}.`,
    HoursConfirmed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} bekräftade ${hoursIn(sumOf(data.entries))} stöd.`,
    HoursDisputed: ({ actor, data: { entry } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} bestred ${hoursIn(entry.hours)} stöd den ${dateOf(noon(entry.on))}: ${entry.activity}.`,
    HoursSettled: ({ actor, data: { entry, counts } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} beslutade att ${hoursIn(entry.hours)} stöd den ${dateOf(noon(entry.on))} ${counts ? "räknas" : "inte räknas"}: ${entry.activity}.`,
    CommentAdded: ({ actor, data }, { nameOf, deliverableName }) => {
      const what = data.deliverableId === undefined ? undefined : quoted(deliverableName(data.deliverableId));
      return data.internal
        ? `Intern anteckning av ${nameOf(actor.personId)}${what === undefined ? "" : ` om ${what}`}: ${quoted(data.text)}`
        : `${nameOf(actor.personId)} kommenterade${what === undefined ? "" : ` ${what}`}: ${quoted(data.text)}`;
    },
    QuestionAsked: ({ actor, data }, { nameOf, deliverableName, dueOf }) => {
      const receiver = data.toPersonId === undefined ? roleNames[data.toRole] : nameOf(data.toPersonId);
      const on = data.deliverableId === undefined ? "" : ` om ${quoted(deliverableName(data.deliverableId))}`;
      return `${nameOf(actor.personId)} ställde en fråga till ${receiver}${on}: ${quoted(data.text)} Svar senast den ${dueOf(data.dueAt)}.`;
    },
    QuestionAnswered: ({ actor, data }, { nameOf, questionTitle }) =>
      `${nameOf(actor.personId)} svarade på frågan ${quoted(questionTitle(data.taskId))}: ${quoted(data.text)}`,
    ExecutionRestarted: ({ data }, { stageName }) =>
      `Arbetsflödet för fasen ${quoted(stageName(data.runId))} startades om.`,
  },

  messages: {
    application_received: () => ({
      subject: "Vi har fått din ansökan",
      todo: ["Du behöver inte göra något nu. En koordinator läser ansökan och svarar."],
    }),
    application_rejected: () => ({
      subject: "Din ansökan godtogs inte",
      todo: ["Läs skälet. Du kan ansöka igen när det inte längre gäller."],
    }),
    application_to_decide: () => ({
      subject: "En ansökan väntar på ditt beslut",
      todo: ["Anta piloten och utse dess team, eller avslå ansökan."],
    }),
    admitted: () => ({
      subject: "Din pilot är antagen",
      todo: [
        "Dina första uppgifter finns i din lista så snart den första fasen öppnas.",
        "Läs pilotavtalet: pilotens sida, bakom länken nedan, leder till det.",
      ],
    }),
    joined_team: () => ({
      subject: "Du ingår i teamet för en ny pilot",
      todo: ["Läs ansökan. Dina uppgifter finns i din lista så snart den första fasen öppnas."],
    }),
    deliverables_to_make: ({ deliverables }, about) => ({
      subject: deliverables.length === 1 ? "En ny uppgift till dig" : "Nya uppgifter till dig",
      todo: deliverables.map((each) => `Lämna in ${dueDeliverable(each, about)}.`),
    }),
    to_review: ({ deliverableId, dueAt }, about) => ({
      subject: `Väntar på granskning: ${about.deliverableName(deliverableId)}`,
      todo: [`Ta granskningen och gör den klar senast den ${about.dueOf(dueAt)}.`],
    }),
    accepted: ({ moved }, about) => ({ subject: "Leverabeln är godtagen", todo: movedDates(moved, about) }),
    rework: ({ deliverables, moved }, about) => ({
      subject: `Omarbetning: ${list(deliverables.map(({ deliverableId }) => about.deliverableName(deliverableId)))}`,
      todo: [
        ...deliverables.map(
          (each) => `Svara på kommentarerna och lämna in nästa version av ${dueDeliverable(each, about)}.`,
        ),
        ...movedDates(moved, about),
      ],
    }),
    skip_to_decide: ({ subject }, about) => ({
      subject:
        "runId" in subject
          ? `Ett förslag att hoppa över fasen efter ${quoted(about.stageName(subject.runId))} väntar på dig`
          : `Ett förslag att hoppa över ${quoted(about.deliverableName(subject.deliverableId))} väntar på dig`,
      todo: ["Instäm eller avböj. Att hoppa över kräver två personer."],
    }),
    extension_to_decide: ({ deliverableId }, about) => ({
      subject: `Begäran om senare förfallodatum: ${about.deliverableName(deliverableId)}`,
      todo: ["Flytta fram förfallodatumet, eller svara med en kommentar varför det står kvar."],
    }),
    dates_moved: ({ moved }, about) => ({ subject: "Ett förfallodatum har flyttats", todo: movedDates(moved, about) }),
    task_for_you: ({ taskId, dueAt }, about) => ({
      subject: `En uppgift är nu din: ${taskName(taskId, about)}`,
      todo: [`Gör den senast den ${about.dueOf(dueAt)}, eller lämna den vidare.`],
    }),
    task_failed: ({ taskId }, about) => ({
      subject: `En uppgift kunde inte slutföras: ${taskName(taskId, about)}`,
      todo: ["Läs skälet och ge uppgiften till någon som kan göra den."],
    }),
    gate_to_score: ({ runId, dueAt }, about) => ({
      subject: `Beslutspunkten för ${quoted(about.stageName(runId))} väntar på dina poäng`,
      todo: [`Lämna dina poäng före den ${about.dueOf(dueAt)}. Ingen ser dem förrän alla har lämnat sina.`],
    }),
    gate_to_decide: ({ runId, dueAt }, about) => ({
      subject: `Beslut kan fattas vid beslutspunkten för ${quoted(about.stageName(runId))}`,
      todo: [`Alla poäng är lämnade. Besluta senast den ${about.dueOf(dueAt)}.`],
    }),
    gate_decided: ({ runId, decision, conditions }, about) => ({
      subject: `Beslutspunkten för ${quoted(about.stageName(runId))}: ${decisionNames[decision]}`,
      todo: conditions.map(({ text, dueAt }) => `Uppfyll detta villkor senast den ${about.dueOf(dueAt)}: ${text}`),
    }),
    held: () => ({
      subject: "Piloten är pausad",
      todo: ["Inget förfaller medan piloten är pausad; öppna datum flyttas med pausens längd."],
    }),
    resumed: ({ moved }, about) => ({ subject: "Piloten fortsätter", todo: movedDates(moved, about) }),
    stopped: ({ mayObjectUntil }, about) => ({
      subject: "Piloten är stoppad",
      todo:
        mayObjectUntil === undefined
          ? ["Öppna uppgifter är inställda. Det som har godtagits finns kvar."]
          : [`Du får invända till den ${about.dateOf(mayObjectUntil)}. Det som har godtagits finns kvar.`],
    }),
    objection_to_answer: ({ dueAt }, about) => ({
      subject: "Företaget invänder mot stoppet",
      todo: [`Svara på invändningen senast den ${about.dueOf(dueAt)}.`],
    }),
    withdrawn: () => ({
      subject: "Företaget har återtagit sin pilot",
      todo: ["Öppna uppgifter är inställda. Anteckna dina stödtimmar hittills."],
    }),
    withdrawal_confirmed: () => ({
      subject: "Din pilot är återtagen",
      todo: [
        "Öppna uppgifter är inställda och stödregistreringen är slutlig med det som har använts.",
        "Bekräfta stödtimmarna hittills. Du kan ansöka igen när som helst.",
      ],
    }),
    trial_to_end: () => ({
      subject: "Piloten är avslutad: avsluta försöket",
      todo: [
        "Avsluta försöket och underrätta deltagarna.",
        "Du ansvarar själv som personuppgiftsansvarig för deltagarnas personuppgifter: radera eller bevara dem som du har lovat deltagarna.",
      ],
    }),
    new_advisor: ({ personId }, about) => ({
      subject: `Din rådgivare är nu ${about.nameOf(personId)}`,
      todo: [`Vänd dig från och med nu till ${about.nameOf(personId)}. Dina uppgifter och datum står kvar.`],
    }),
    handed_over_to_you: ({ taskIds }, about) => ({
      subject: "En pilot har lämnats över till dig",
      todo:
        taskIds.length === 0
          ? ["Läs anteckningarna och presentera dig för företaget."]
          : [`Nu dina: ${tasks(taskIds, about)}.`],
    }),
    tasks_returned: ({ taskIds }, about) => ({
      subject:
        taskIds.length === 1 ? "En uppgift har kommit tillbaka till dig" : "Uppgifter har kommit tillbaka till dig",
      todo: [`Åter hos dig: ${tasks(taskIds, about)}.`],
    }),
    still_on_track: ({ taskId, dueAt }, about) => ({
      subject: `Fortfarande i tid? ${upperFirst(taskName(taskId, about))}`,
      todo: [`Halva tiden har gått. Säg när du räknar med att bli klar; förfallodatum ${about.dueOf(dueAt)}.`],
    }),
    due_soon: ({ taskId, dueAt, yours }, about) => ({
      subject: `Förfaller snart: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Gör klart senast den ${about.dueOf(dueAt)}, eller be i god tid om ett senare datum.`
          : `Förfallodatum ${about.dueOf(dueAt)}. Fråga om det behövs hjälp.`,
      ],
    }),
    overdue: ({ taskId, dueAt, yours }, about) => ({
      subject: `Förfaller nu: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Förfallodatum ${about.dueOf(dueAt)}. Gör klart nu, eller säg när du räknar med att bli klar.`
          : `Förfallodatum ${about.dueOf(dueAt)}. Fråga vad som står i vägen.`,
      ],
    }),
    escalated: ({ taskId, dueAt }, about) => ({
      subject: `Förfallodatum passerat: ${taskName(taskId, about)}`,
      todo: [
        `Förfallodatumet var den ${about.dueOf(dueAt)}. Kom överens om vad som hjälper: en kollega, en expert, ett senare datum.`,
      ],
    }),
    at_risk: ({ taskId, dueAt }, about) => ({
      subject: `Pilot i riskzonen, fortfarande försenad uppgift: ${taskName(taskId, about)}`,
      todo: [
        `Förfallodatumet var den ${about.dueOf(dueAt)}. Tala med rådgivaren; förläng, ge uppgiften till någon annan eller pausa.`,
      ],
    }),
    hold_proposed: ({ taskId, dueAt }, about) => ({
      subject: `Pausa piloten? Mycket försenad uppgift: ${taskName(taskId, about)}`,
      todo: [
        `Förfallodatumet var den ${about.dueOf(dueAt)}. Besluta om piloten ska pausas; inget händer utan ditt beslut.`,
      ],
    }),
    review_late: ({ taskId, dueAt, yours }, about) => ({
      subject: `Försenat: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Förfallodatumet var den ${about.dueOf(dueAt)}. Gör klart eller lämna tillbaka; tills dess står de andras tidsfrister still.`
          : `Förfallodatumet var den ${about.dueOf(dueAt)}. Se till att någon granskar; tills dess står de andras tidsfrister still.`,
      ],
    }),
    hold_ends: ({ reached, mayResume }) => ({
      subject: reached ? "Pausen har nått sitt slut" : "Pausen slutar snart",
      todo: [
        mayResume
          ? reached
            ? "Återuppta piloten, eller besluta om den ska stoppas."
            : "Försäkra dig om att piloten kan fortsätta och återuppta den sedan."
          : "Säg i en kommentar om piloten kan fortsätta.",
      ],
    }),
    mentioned: () => ({ subject: "Du är omnämnd", todo: ["Läs kommentaren och svara med en egen."] }),
    question_for_you: ({ isYours, dueAt }, about) => ({
      subject: isYours ? "En fråga till dig" : "En fråga väntar på svar",
      todo: [
        isYours
          ? `Svara senast den ${about.dueOf(dueAt)}, eller lämna frågan vidare.`
          : `Den som vet svarar, senast den ${about.dueOf(dueAt)}.`,
      ],
    }),
    question_answered: () => ({ subject: "Din fråga är besvarad", todo: [] }),
    hours_to_confirm: () => ({
      subject: "Stödtimmar att bekräfta",
      todo: ["Bekräfta timmarna, eller säg vad som inte stämmer. De räknas som stöd till ert företag."],
    }),
    hours_disputed: ({ mayDecide }) => ({
      subject: "Företaget bestrider stödtimmar",
      todo: [
        mayDecide
          ? "Hör båda sidor och besluta om timmarna räknas."
          : "Tala med företaget. Det kan fortfarande bekräfta timmarna; annars beslutar en koordinator om de räknas.",
      ],
    }),
    hours_settled: ({ counts }) => ({
      subject: counts ? "Bestridda timmar räknas" : "Bestridda timmar räknas inte",
      todo: counts ? [] : ["De dras av från pilotens timmar och stöd."],
    }),
    news: () => ({ subject: "Nytt om piloten", todo: [] }),
  },

  refusals: swedishRefusals,

  mail: {
    subject: (subject, pilot) => `${mark(pilot.sample)}${subject} – ${pilot.title}`,
    text: (personName, notice) => [`Hej ${personName}!`, "", ...noticeLines(notice, ""), "", "Fairway", ""].join("\n"),
    why: (settingsLink) => `Du får detta eftersom du deltar i piloten. Välj vad du vill få brev om: ${settingsLink}`,
    invitation: (personName, { inviter, organisation, programme, role, email, link, sample }) => ({
      subject: `${mark(sample)}${inviter} har bjudit in dig till Fairway`,
      text: [
        `Hej ${personName}!`,
        "",
        `${inviter} har lagt till dig som ${memberRoles[role]} (${organisation}) i programmet ${quoted(programme)}.`,
        `Öppna adressen nedan och logga in med ${email}: en kod skickas till dig med e-post, inget lösenord behövs.`,
        link,
        "",
        "Om detta är ett misstag behöver du inte göra något.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    erasure: (personName, letter) => ({
      subject: `${mark(letter.sample)}${erasureSubjects[letter.kind]}`,
      text: [`Hej ${personName}!`, "", ...erasureLines[letter.kind](letter), letter.link, "", "Fairway", ""].join("\n"),
    }),
    signInCode: (personName, { code, minutes }) => ({
      subject: `${code} är din kod för Fairway`,
      text: [
        `Hej ${personName}!`,
        "",
        "Ange koden på sidan där du bad om den:",
        "",
        code,
        "",
        `Den gäller i ${minutes} minuter, och bara där. Ingen från Fairway ber dig någonsin om den.`,
        "Om du inte bad om koden behöver du inte göra något.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    digestSubject: (notices, sample) =>
      `${mark(sample)}Dina piloter i dag: ${count(notices, { one: "meddelande", other: "meddelanden" })}`,
    digestText: (personName, pilots) =>
      [
        `Hej ${personName}!`,
        "",
        "Detta är nytt sedan i går; det mest brådskande kommer först.",
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
  asked: "Någon ber att bli glömd",
  granted_to_do: "En persons uppgifter ska raderas",
  granted: "Din begäran om att bli glömd är beviljad",
  refused: "Din begäran om att bli glömd är avslagen",
};

const erasureLines: Record<ErasureLetter["kind"], (letter: ErasureLetter) => readonly string[]> = {
  asked: ({ programme, answerBy }) => [
    `Någon i programmet ${quoted(programme)} har bett att bli glömd.`,
    `Läs begäran och besluta senast den ${answerBy}: lagen ger en månad.`,
  ],
  granted_to_do: ({ programme }) => [
    `I programmet ${quoted(programme)} har en begäran om att bli glömd beviljats.`,
    "Verkställ den när inget står i vägen. Det kan inte ångras.",
  ],
  granted: ({ programme, reason }) => [
    `Du har bett programmet ${quoted(programme)} att glömma dig. Det är beviljat: ${reason}`,
    "En administratör verkställer det. Då är ditt namn och din adress borta, du kan inte längre logga in och inga brev kommer, inte ens om detta.",
  ],
  refused: ({ programme, reason }) => [
    `Du har bett programmet ${quoted(programme)} att glömma dig. Det är avslaget: ${reason}`,
    "Du får be igen, eller klaga hos ditt lands dataskyddsmyndighet.",
  ],
};

const memberRoles: Record<Role, string> = {
  sme_member: "medarbetare i företaget",
  sme_admin: "företagets administratör",
  advisor: "rådgivare",
  expert: "expert",
  living_lab: "living lab",
  coordinator: "koordinator",
  auditor: "revisor",
  administrator: "systemadministratör",
};

const mark = (sample: boolean): string => (sample ? "[Exempel] " : "");

const noticeLines = ({ happened, reason, todo, link }: NoticeText, indent: string): string[] =>
  [happened, ...(reason === undefined ? [] : [`Skäl: ${reason}`]), ...todo, link].map((line) => indent + line);

const quoted = (text: string): string => `”${text}”`;

const upperFirst = (text: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

const deliverableForms = { one: "leverabel", other: "leverabler" };

const commentForms = { none: "inga kommentarer", one: "kommentar", other: "kommentarer" };

const namesOf = (team: readonly { readonly personId: string }[], nameOf: About["nameOf"]): string =>
  team.length === 0 ? "ingen" : list(team.map(({ personId }) => nameOf(personId)));

/** In parentheses, where it is known. */
const named = (ids: readonly string[] | undefined, nameOf: About["deliverableName"]): string =>
  ids === undefined ? "" : ` (${list(ids.map((id) => quoted(nameOf(id))))})`;

const dueDeliverable = ({ deliverableId, dueAt }: DueDeliverable, about: About): string =>
  `${quoted(about.deliverableName(deliverableId))} senast den ${about.dueOf(dueAt)}`;

const movedDates = (moved: readonly DueDeliverable[], about: About): string[] =>
  moved.map(
    ({ deliverableId, dueAt }) =>
      `Nytt förfallodatum för ${quoted(about.deliverableName(deliverableId))}: ${about.dueOf(dueAt)}.`,
  );

/** Fits after a verb, a preposition and a colon, whatever the gender of the noun. */
function taskName(taskId: string, about: About): string {
  const { of, kind } = partsOfTaskId(taskId);
  switch (kind) {
    case "produce":
      return quoted(about.deliverableName(of));
    case "review":
      return `granskningen av ${quoted(about.deliverableName(of))}`;
    case "gate_score":
      return `poängen till beslutspunkten för ${quoted(about.stageName(of))}`;
    case "gate_decision":
      return `beslutet vid beslutspunkten för ${quoted(about.stageName(of))}`;
    case "condition":
      return "ett villkor från beslutspunkten";
    case "objection":
      return "invändningen mot stoppet";
    case "question":
      return `frågan ${quoted(about.questionTitle(taskId))}`;
  }
}

const tasks = (taskIds: readonly string[], about: About): string => list(taskIds.map((id) => taskName(id, about)));

const reminderSentences: Record<ReminderStepId, (task: string, dueOn: string) => string> = {
  followup: (task, dueOn) => `Halva tiden för ${task} har gått; förfallodatum ${dueOn}.`,
  soon: (task, dueOn) => `Påminnelse om ${task}: förfallodatum ${dueOn}.`,
  near: (task, dueOn) => `Påminnelse: snart förfaller ${task}, ${dueOn}.`,
  due: (task, dueOn) => `Förfallodatumet för ${task} är inne: ${dueOn}.`,
  esc1: (task, dueOn) => `Eskalering, försenat (förfallodatum ${dueOn}): ${task}.`,
  esc2: (task, dueOn) => `Eskalering, fortfarande försenat (förfallodatum ${dueOn}): ${task}. Piloten är i riskzonen.`,
  esc3: (task, dueOn) =>
    `Eskalering, mycket försenat (förfallodatum ${dueOn}): ${task}. Det föreslås att piloten pausas.`,
  review: (task, dueOn) => `Försenat: ${task} (förfallodatum ${dueOn}).`,
};

const roleNames = {
  sme: "företaget",
  advisor: "rådgivarna",
  expert: "experterna",
  living_lab: "living lab",
  coordinator: "koordinatorerna",
} as const;

const priorities = { normal: "normal", high: "hög" } as const;

const decisionNames: Record<GateDecisionId, string> = {
  advance: "gå vidare",
  advance_with_conditions: "gå vidare med villkor",
  rework: "omarbetning",
  hold: "paus",
  stop: "stopp",
  skip: "nästa fas hoppas över",
};

const skipReasons: Readonly<Record<string, string>> = {
  already_done_elsewhere: "redan gjort på annat håll",
  not_applicable_to_service: "gäller inte tjänsten",
  same_market_earlier_pilot: "en tidigare pilot på samma marknad",
  programme_decision: "programmets beslut",
  other_with_text: "annat skäl",
  no_trial_planned: "inget försök är planerat",
  recent_study_exists: "en färsk studie finns",
  no_external_exchange: "inga data utbyts med andra",
  no_end_users: "inga slutanvändare",
  no_public_buyers: "inga offentliga köpare",
  desk_validation_agreed: "en granskning vid skrivbordet har avtalats",
};

const skipReason = (reasonId: string): string => skipReasons[reasonId] ?? reasonId.replaceAll("_", " ");
