/**
 * Everything Fairway says to people about their pilots, in Lithuanian. Names come in the nominative and are never
 * declined: they stand at the head of a sentence, after a colon, in quotation marks or in parentheses.
 */
import type { GateDecisionId, ReminderStepId } from "../domain/process.ts";
import {
  type About,
  type Catalogue,
  type DueDeliverable,
  type ErasureLetter,
  type NoticeText,
  partsOfTaskId,
} from "./catalogue.ts";
import { countIn, daysIn, listIn, noon, numbersIn, sumOf } from "./phrases.ts";
import { lithuanianRefusals, roles, score } from "./refusals/lt.ts";

const locale = "lt-LT";
const list = listIn(locale);
const number = numbersIn(locale);
const count = countIn(locale);

export const lithuanian: Catalogue = {
  locale,

  formWords: { row: "eilutė", entry: "įrašas", form: "Forma", yes: "Taip", no: "Ne" },

  taskTitles: {
    review: (what) => `Įvertinti: ${what}`,
    gate_score: (what) => `Pateikti įvertinimą: ${what}`,
    gate_decision: (what) => `Nuspręsti: ${what}`,
    objection: "Atsakyti į prieštaravimą dėl nutraukimo",
  },

  plainResults: {
    "NA-4":
      "Kliūčių registras (gyvas dokumentas, kiekviename etape atveriamas iš naujo; pagal jį programa praneša, kokios kliūtys rastos ir pašalintos)",
    "FS-4": "Seminaro įrašas (viešas ir bendras seminaras įskaitomas ir į programos rezultatus)",
    "PA-8": "Bandymo ataskaita (bandymas įskaitomas į programos rezultatus)",
  },

  sentences: {
    ApplicationStarted: ({ actor, data }, { nameOf }) => `${nameOf(actor.personId)} pradėjo paraišką: ${data.title}.`,
    ApplicationRejected: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} atmetė paraišką.`,
    PilotAdmitted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} priėmė bandomąjį projektą. Komanda: ${namesOf(data.team, nameOf)}${
        data.waiverReason === undefined ? "" : "; suteikta įmonės dydžio reikalavimo išimtis"
      }.`,
    StageOpened: ({ data }, { stageName }) =>
      `Atvertas etapas ${quoted(stageName(data.runId))}: ${count(data.deliverables.length, deliverableForms)}.`,
    DraftSaved: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} toliau rengė rezultatą ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSubmitted: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} pateikė rezultatą ${quoted(deliverableName(data.deliverableId))} (${data.revision}\u00a0redakcija${
        data.late ? ", po termino" : ""
      }).`,
    SubmissionWithdrawn: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} atsiėmė pateiktą rezultatą ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableReviewed: ({ data }, { deliverableName }) => {
      const comments = data.fieldComments.length + Object.keys(data.criterionComments).length;
      const outcome = data.outcome === "accepted" ? "priimtas" : "grąžintas taisyti";
      return `Rezultatas ${quoted(deliverableName(data.deliverableId))} ${outcome}: ${score(data.weightedPercent)}, ${count(comments, commentForms)}.`;
    },
    DeliverableSkipProposed: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} pasiūlė praleisti rezultatą ${quoted(deliverableName(data.deliverableId))}: ${skipReason(data.reasonId)}.`,
    DeliverableSkipDeclined: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} nesutiko praleisti rezultato ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSkipped: ({ data }, { nameOf, deliverableName }) =>
      `Rezultatas ${quoted(deliverableName(data.deliverableId))} praleistas: ${skipReason(data.reasonId)}. Sprendė: ${list(data.by.map(nameOf))}.`,
    DeliverableReopened: ({ actor, data }, { nameOf, deliverableName, dueOf }) =>
      `${nameOf(actor.personId)} iš naujo atvėrė rezultatą ${quoted(deliverableName(data.deliverableId))} (terminas: ${dueOf(data.dueAt)}).`,
    DueDateExtended: ({ data }, { deliverableName, dueOf }) =>
      closed(
        `Rezultato ${quoted(deliverableName(data.deliverableId))} terminas perkeltas${
          data.kind === "dependency" ? `, nes jis laukia kito rezultato${named(data.waitsFor, deliverableName)}` : ""
        }: ${dueOf(data.from)} → ${dueOf(data.dueAt)}`,
      ),
    ExtensionRequested: ({ actor, data }, { nameOf, deliverableName, dateOf }) =>
      closed(
        `${nameOf(actor.personId)} paprašė vėlesnio termino rezultatui ${quoted(deliverableName(data.deliverableId))}: ${dateOf(noon(data.until))}`,
      ),
    ForecastGiven: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} numato, kad užduotis bus baigta ${about.dateOf(noon(data.on))}: ${taskName(data.taskId, about)}.`,
    TaskClaimed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} ėmėsi užduoties: ${taskName(data.taskId, about)}.`,
    TaskStarted: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} pradėjo užduotį: ${taskName(data.taskId, about)}.`,
    TaskReleased: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} grąžino užduotį į bendrą sąrašą: ${taskName(data.taskId, about)}.`,
    TaskDelegated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} delegavo užduotį: ${taskName(data.taskId, about)}. Vykdo: ${about.nameOf(data.toPersonId)}.`,
    TaskReturned: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} grąžino deleguotą užduotį: ${taskName(data.taskId, about)}. Vėl atsako: ${about.nameOf(data.ownerId)}.`,
    TaskForwarded: ({ actor, data }, about) => {
      const receiver =
        data.toPersonId === undefined
          ? data.toRole === undefined
            ? "kiti"
            : roleNames[data.toRole]
          : about.nameOf(data.toPersonId);
      return `${about.nameOf(actor.personId)} perdavė užduotį: ${taskName(data.taskId, about)}. Gavo: ${receiver}.`;
    },
    TaskNominated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} paskyrė užduotį: ${taskName(data.taskId, about)}. Vykdo: ${about.nameOf(data.toPersonId)}.`,
    TaskPriorityChanged: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} pakeitė užduoties prioritetą: ${taskName(data.taskId, about)}. Prioritetas: ${priorities[data.priority]}.`,
    TaskFailed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} negalėjo atlikti užduoties: ${taskName(data.taskId, about)}.`,
    ConditionMet: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} pranešė, kad sprendimo taško sąlyga įvykdyta.`,
    GateOpened: ({ data }, { stageName, dueOf }) =>
      `${data.round > 1 ? `Iš naujo (${data.round} ratas) atvertas` : "Atvertas"} etapo ${quoted(stageName(data.runId))} sprendimo taškas (nuspręsti iki ${dueOf(data.decideBy)}).`,
    GateScored: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} pateikė įvertinimą etapo ${quoted(stageName(data.runId))} sprendimo taškui.`,
    GateSkipProposed: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} pasiūlė praleisti etapą, einantį po etapo ${quoted(stageName(data.runId))}: ${skipReason(data.reasonId)}.`,
    GateSkipDeclined: ({ actor, data }, { nameOf, stageName }) =>
      actor.personId === data.proposerPersonId
        ? `${nameOf(actor.personId)} atsiėmė pasiūlymą praleisti etapą, einantį po etapo ${quoted(stageName(data.runId))}.`
        : `${nameOf(actor.personId)} atmetė pasiūlymą praleisti etapą, einantį po etapo ${quoted(stageName(data.runId))}. Siūlė: ${nameOf(data.proposerPersonId)}.`,
    GateDecided: ({ data }, { nameOf, stageName, deliverableName, dateOf }) => {
      const details: Record<GateDecisionId, string> = {
        advance: "tęsti",
        advance_with_conditions: `tęsti, ${count(data.conditions.length, conditionForms)}`,
        rework: `taisyti: ${list(data.rework.map(({ deliverableId }) => quoted(deliverableName(deliverableId))))}`,
        hold: data.resumeOn === undefined ? "pristabdyti" : `pristabdyti iki ${dateOf(noon(data.resumeOn))}`,
        stop: "nutraukti bandomąjį projektą",
        skip: "praleisti kitą etapą",
      };
      return `${closed(`Etapo ${quoted(stageName(data.runId))} sprendimo taškas – ${details[data.decision]}`)} Sprendė: ${list(data.by.map(nameOf))}.`;
    },
    StageClosed: ({ data }, { stageName }) =>
      [
        `Etapas ${quoted(stageName(data.runId))} užbaigtas.`,
        ...(data.skipped.length === 0
          ? []
          : [`Praleista: ${list(data.skipped.map(({ runId }) => quoted(stageName(runId))))}.`]),
        data.next === undefined
          ? "Bandomasis projektas užbaigtas."
          : `Kitas etapas: ${quoted(stageName(data.next.runId))}.`,
      ].join(" "),
    PilotHeld: ({ actor, data }, { nameOf, dateOf }) =>
      closed(`${nameOf(actor.personId)} pristabdė bandomąjį projektą iki ${dateOf(noon(data.resumeOn))}`),
    PilotResumed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} atnaujino bandomąjį projektą po ${count(daysIn(data.heldMs), { one: "dienos", other: "dienų" })}; atviri terminai perkelti.`,
    PilotStopped: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} nutraukė bandomąjį projektą.`,
    StopObjected: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} paprieštaravo nutraukimui: ${quoted(data.text)}`,
    PilotWithdrawn: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} atsiėmė bandomąjį projektą.`,
    TeamChanged: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} pakeitė komandą. Dabar joje: ${namesOf(data.team, nameOf)}.`,
    AdvisorHandedOver: ({ data }, { nameOf }) =>
      `${nameOf(data.fromPersonId)} perdavė bandomąjį projektą. Dabar konsultuoja: ${nameOf(data.toPersonId)}.`,
    ReminderFired: ({ data }, about) =>
      reminderSentences[data.step](taskName(data.taskId, about), about.dueOf(data.dueAt)),
    HoldReminderFired: ({ data }, { dateOf }) =>
      closed(
        data.kind === "soon"
          ? `Bandomojo projekto pristabdymas baigiasi ${dateOf(noon(data.resumeOn))}`
          : `Bandomasis projektas tebėra pristabdytas, nors turėjo būti atnaujintas iki ${dateOf(noon(data.resumeOn))}`,
      ),
    FollowUpOpened: ({ data }, { dueOf }) =>
      `Atverta stebėsenos apklausa po ${data.month} mėnesių (terminas: ${dueOf(data.dueAt)}).`,
    HoursLogged: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} įrašė paramos laiką (${dateOf(noon(data.on))}), ${count(data.hours, { one: "valanda", few: "valandos", many: "valandos", other: "valandų" })}: ${data.activity}.`,
    HoursConfirmed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} patvirtino pagalbos valandas: ${number(sumOf(data.entries))} val.`,
    HoursDisputed: ({ actor, data: { entry } }, { nameOf, dateOf }) =>
      closed(
        `${nameOf(actor.personId)} užginčijo pagalbos valandas (${dateOf(noon(entry.on))}), ${number(entry.hours)} val.: ${entry.activity}`,
      ),
    HoursSettled: ({ actor, data: { entry, counts } }, { nameOf, dateOf }) =>
      closed(
        `${nameOf(actor.personId)} nusprendė, kad pagalbos valandos ${counts ? "įskaitomos" : "neįskaitomos"} (${dateOf(noon(entry.on))}), ${number(entry.hours)} val.: ${entry.activity}`,
      ),
    CommentAdded: ({ actor, data }, { nameOf, deliverableName }) => {
      const on =
        data.deliverableId === undefined ? "" : ` apie rezultatą ${quoted(deliverableName(data.deliverableId))}`;
      return data.internal
        ? `Vidinė pastaba${on} (${nameOf(actor.personId)}): ${quoted(data.text)}`
        : `${nameOf(actor.personId)} parašė komentarą${on}: ${quoted(data.text)}`;
    },
    QuestionAsked: ({ actor, data }, { nameOf, deliverableName, dueOf }) => {
      const receiver = data.toPersonId === undefined ? roleNames[data.toRole] : nameOf(data.toPersonId);
      const on =
        data.deliverableId === undefined ? "" : ` apie rezultatą ${quoted(deliverableName(data.deliverableId))}`;
      return `${nameOf(actor.personId)} uždavė klausimą${on}: ${quoted(data.text)} Atsako iki ${dueOf(data.dueAt)}: ${receiver}.`;
    },
    QuestionAnswered: ({ actor, data }, { nameOf, questionTitle }) =>
      `${nameOf(actor.personId)} atsakė į klausimą ${quoted(questionTitle(data.taskId))}: ${quoted(data.text)}`,
    ExecutionRestarted: ({ data }, { stageName }) =>
      `Etapo ${quoted(stageName(data.runId))} darbo eiga paleista iš naujo.`,
  },

  messages: {
    application_received: () => ({
      subject: "Jūsų paraišką gavome",
      todo: ["Dabar Jums nieko daryti nereikia. Koordinatorius perskaitys paraišką ir atsakys."],
    }),
    application_rejected: () => ({
      subject: "Jūsų paraiška nepriimta",
      todo: ["Perskaitykite priežastį. Kai jos nebeliks, galėsite teikti paraišką iš naujo."],
    }),
    application_to_decide: () => ({
      subject: "Paraiška laukia Jūsų sprendimo",
      todo: ["Priimkite bandomąjį projektą ir paskirkite komandą arba atmeskite paraišką."],
    }),
    admitted: () => ({
      subject: "Jūsų bandomasis projektas priimtas",
      todo: [
        "Pirmosios užduotys atsiras Jūsų sąraše, kai tik bus atvertas pirmasis etapas.",
        "Perskaitykite bandomojo projekto sutartį: į ją veda bandomojo projekto puslapis, kurio nuoroda žemiau.",
      ],
    }),
    joined_team: () => ({
      subject: "Esate naujo bandomojo projekto komandoje",
      todo: ["Perskaitykite paraišką. Užduotys atsiras Jūsų sąraše, kai tik bus atvertas pirmasis etapas."],
    }),
    deliverables_to_make: ({ deliverables }, about) => ({
      subject: deliverables.length === 1 ? "Jums nauja užduotis" : "Jums naujos užduotys",
      todo: deliverables.map((each) => `Pateikite ${dueDeliverable(each, about)}.`),
    }),
    to_review: ({ deliverableId, dueAt }, about) => ({
      subject: `Laukia vertinimo: ${about.deliverableName(deliverableId)}`,
      todo: [`Imkitės vertinimo ir užbaikite jį iki ${about.dueOf(dueAt)}.`],
    }),
    accepted: ({ moved }, about) => ({ subject: "Rezultatas priimtas", todo: movedDates(moved, about) }),
    rework: ({ deliverables, moved }, about) => ({
      subject: `Taisyti: ${list(deliverables.map(({ deliverableId }) => about.deliverableName(deliverableId)))}`,
      todo: [
        ...deliverables.map(
          (each) => `Atsakykite į komentarus ir pateikite kitą redakciją: ${dueDeliverable(each, about)}.`,
        ),
        ...movedDates(moved, about),
      ],
    }),
    skip_to_decide: ({ subject }, about) => ({
      subject:
        "runId" in subject
          ? `Jūsų laukia pasiūlymas praleisti etapą po etapo ${quoted(about.stageName(subject.runId))}`
          : `Jūsų laukia pasiūlymas praleisti rezultatą ${quoted(about.deliverableName(subject.deliverableId))}`,
      todo: ["Pritarkite arba atmeskite. Praleisti galima tik dviem asmenims sutarus."],
    }),
    extension_to_decide: ({ deliverableId }, about) => ({
      subject: `Prašoma vėlesnio termino: ${about.deliverableName(deliverableId)}`,
      todo: ["Pratęskite terminą arba komentare paaiškinkite, kodėl jis nesikeičia."],
    }),
    dates_moved: ({ moved }, about) => ({ subject: "Terminas perkeltas", todo: movedDates(moved, about) }),
    task_for_you: ({ taskId, dueAt }, about) => ({
      subject: `Užduotis dabar Jūsų: ${taskName(taskId, about)}`,
      todo: [`Atlikite ją iki ${about.dueOf(dueAt)} arba perduokite.`],
    }),
    task_failed: ({ taskId }, about) => ({
      subject: `Užduoties atlikti nepavyko: ${taskName(taskId, about)}`,
      todo: ["Perskaitykite priežastį ir paskirkite užduotį tam, kas gali ją atlikti."],
    }),
    gate_to_score: ({ runId, dueAt }, about) => ({
      subject: `Etapo ${quoted(about.stageName(runId))} sprendimo taškas laukia Jūsų įvertinimo`,
      todo: [`Pateikite savo įvertinimą iki ${about.dueOf(dueAt)}. Niekas jo nemato, kol savuosius pateiks visi.`],
    }),
    gate_to_decide: ({ runId, dueAt }, about) => ({
      subject: `Etapo ${quoted(about.stageName(runId))} sprendimo taške galima spręsti`,
      todo: [`Visi įvertinimai pateikti. Nuspręskite iki ${about.dueOf(dueAt)}.`],
    }),
    gate_decided: ({ runId, decision, conditions }, about) => ({
      subject: `Etapo ${quoted(about.stageName(runId))} sprendimo taškas: ${decisionNames[decision]}`,
      todo: conditions.map(({ text, dueAt }) => `Įvykdykite šią sąlygą iki ${about.dueOf(dueAt)}: ${text}`),
    }),
    held: () => ({
      subject: "Bandomasis projektas pristabdytas",
      todo: [
        "Kol bandomasis projektas pristabdytas, terminai nesueina; atviri terminai nukeliami pristabdymo dienomis.",
      ],
    }),
    resumed: ({ moved }, about) => ({ subject: "Bandomasis projektas tęsiamas", todo: movedDates(moved, about) }),
    stopped: ({ mayObjectUntil }, about) => ({
      subject: "Bandomasis projektas nutrauktas",
      todo:
        mayObjectUntil === undefined
          ? ["Atviros užduotys atšauktos. Tai, kas priimta, lieka išsaugota."]
          : [
              `Prieštaravimą galite pateikti iki ${about.dateOf(mayObjectUntil)} imtinai. Tai, kas priimta, lieka išsaugota.`,
            ],
    }),
    objection_to_answer: ({ dueAt }, about) => ({
      subject: "Įmonė prieštarauja nutraukimui",
      todo: [`Atsakykite į prieštaravimą iki ${about.dueOf(dueAt)}.`],
    }),
    withdrawn: () => ({
      subject: "Įmonė atsiėmė bandomąjį projektą",
      todo: ["Atviros užduotys atšauktos. Įrašykite iki šiol suteiktos paramos valandas."],
    }),
    withdrawal_confirmed: () => ({
      subject: "Jūsų bandomasis projektas atsiimtas",
      todo: [
        "Atviros užduotys atšauktos, o pagalbos įrašas galutinis: jame tai, kas panaudota.",
        "Patvirtinkite iki šiol suteiktos paramos valandas. Paraišką galite bet kada teikti iš naujo.",
      ],
    }),
    trial_to_end: () => ({
      subject: "Bandomasis projektas baigėsi: užbaikite bandymą",
      todo: [
        "Užbaikite bandymą ir praneškite dalyviams.",
        "Už dalyvių asmens duomenis atsakote patys kaip duomenų valdytojas: ištrinkite arba saugokite juos taip, kaip dalyviams pažadėjote.",
      ],
    }),
    new_advisor: ({ personId }, about) => ({
      subject: `Jūsų konsultantas dabar: ${about.nameOf(personId)}`,
      todo: [`Nuo šiol Jums padeda ${about.nameOf(personId)}. Užduotys ir terminai nesikeičia.`],
    }),
    handed_over_to_you: ({ taskIds }, about) => ({
      subject: "Jums perduotas bandomasis projektas",
      todo:
        taskIds.length === 0
          ? ["Perskaitykite pastabas ir prisistatykite įmonei."]
          : [`Dabar Jūsų: ${tasks(taskIds, about)}.`],
    }),
    tasks_returned: ({ taskIds }, about) => ({
      subject: taskIds.length === 1 ? "Užduotis sugrįžo Jums" : "Užduotys sugrįžo Jums",
      todo: [`Vėl Jūsų: ${tasks(taskIds, about)}.`],
    }),
    still_on_track: ({ taskId, dueAt }, about) => ({
      subject: `Ar spėjate? Užduotis: ${taskName(taskId, about)}`,
      todo: [`Praėjo pusė laiko. Nurodykite, kada ketinate baigti (terminas: ${about.dueOf(dueAt)}).`],
    }),
    due_soon: ({ taskId, dueAt, yours }, about) => ({
      subject: `Artėja terminas: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Užbaikite iki ${about.dueOf(dueAt)} arba laiku paprašykite vėlesnio termino.`
          : `Terminas: ${about.dueOf(dueAt)}. Paklauskite, ar reikia pagalbos.`,
      ],
    }),
    overdue: ({ taskId, dueAt, yours }, about) => ({
      subject: `Suėjo terminas: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Terminas: ${about.dueOf(dueAt)}. Užbaikite dabar arba nurodykite, kada ketinate baigti.`
          : `Terminas: ${about.dueOf(dueAt)}. Paklauskite, kas trukdo.`,
      ],
    }),
    escalated: ({ taskId, dueAt }, about) => ({
      subject: `Terminas praėjo: ${taskName(taskId, about)}`,
      todo: [`Terminas buvo ${about.dueOf(dueAt)}. Susitarkite, kas padėtų: kolega, ekspertas, vėlesnis terminas.`],
    }),
    at_risk: ({ taskId, dueAt }, about) => ({
      subject: `Bandomajam projektui gresia rizika, vis dar vėluoja: ${taskName(taskId, about)}`,
      todo: [
        `Terminas buvo ${about.dueOf(dueAt)}. Pasikalbėkite su konsultantu; pratęskite terminą, paskirkite užduotį kitam arba pristabdykite.`,
      ],
    }),
    hold_proposed: ({ taskId, dueAt }, about) => ({
      subject: `Pristabdyti bandomąjį projektą? Labai vėluoja: ${taskName(taskId, about)}`,
      todo: [
        `Terminas buvo ${about.dueOf(dueAt)}. Nuspręskite, ar bandomąjį projektą pristabdyti; be Jūsų sprendimo nieko nevyks.`,
      ],
    }),
    review_late: ({ taskId, dueAt, yours }, about) => ({
      subject: `Vėluoja: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Terminas buvo ${about.dueOf(dueAt)}. Užbaikite arba grąžinkite; iki tol kitų terminai stovi.`
          : `Terminas buvo ${about.dueOf(dueAt)}. Pasirūpinkite, kad kas nors įvertintų; iki tol kitų terminai stovi.`,
      ],
    }),
    hold_ends: ({ reached, mayResume }) => ({
      subject: reached ? "Pristabdymas baigėsi" : "Pristabdymas netrukus baigsis",
      todo: [
        mayResume
          ? reached
            ? "Atnaujinkite bandomąjį projektą arba nuspręskite, ar jį nutraukti."
            : "Įsitikinkite, kad bandomasis projektas gali tęstis, tada jį atnaujinkite."
          : "Komentare nurodykite, ar bandomasis projektas gali tęstis.",
      ],
    }),
    mentioned: () => ({ subject: "Jus paminėjo komentare", todo: ["Perskaitykite jį ir atsakykite komentaru."] }),
    question_for_you: ({ isYours, dueAt }, about) => ({
      subject: isYours ? "Jums klausimas" : "Klausimas laukia atsakymo",
      todo: [
        isYours
          ? `Atsakykite iki ${about.dueOf(dueAt)} arba perduokite klausimą.`
          : `Atsako tas, kas žino, iki ${about.dueOf(dueAt)}.`,
      ],
    }),
    question_answered: () => ({ subject: "Į Jūsų klausimą atsakyta", todo: [] }),
    hours_to_confirm: () => ({
      subject: "Pagalbos valandos laukia patvirtinimo",
      todo: ["Patvirtinkite valandas arba pasakykite, kas jose neteisinga. Jos įskaitomos kaip pagalba Jūsų įmonei."],
    }),
    hours_disputed: ({ mayDecide }) => ({
      subject: "Įmonė ginčija pagalbos valandas",
      todo: [
        mayDecide
          ? "Išklausykite abi puses ir nuspręskite, ar valandos įskaitomos."
          : "Pasikalbėkite su įmone. Ji dar gali valandas patvirtinti; kitaip koordinatorius nuspręs, ar jos įskaitomos.",
      ],
    }),
    hours_settled: ({ counts }) => ({
      subject: counts ? "Ginčytos valandos įskaitomos" : "Ginčytos valandos neįskaitomos",
      todo: counts ? [] : ["Jos atimamos iš bandomojo projekto valandų ir pagalbos."],
    }),
    news: () => ({ subject: "Bandomojo projekto naujienos", todo: [] }),
  },

  refusals: lithuanianRefusals,

  mail: {
    subject: (subject, pilot) => `${mark(pilot.sample)}${subject} – ${pilot.title}`,
    text: (personName, notice) =>
      [...greeting(personName), "", ...noticeLines(notice, ""), "", "Fairway", ""].join("\n"),
    why: (settingsLink) =>
      `Gaunate šį laišką, nes dalyvaujate bandomajame projekte. Pasirinkite, apie ką jums rašyti: ${settingsLink}`,
    invitation: (personName, { inviter, organisation, programme, role, email, link, sample }) => ({
      subject: `${mark(sample)}${inviter} pakvietė Jus į Fairway`,
      text: [
        ...greeting(personName),
        "",
        `${inviter} įtraukė Jus į programą ${quoted(programme)} (${organisation}). Jūsų vaidmuo: ${roles[role]}.`,
        `Atverkite toliau nurodytą adresą ir prisijunkite su ${email}: kodą atsiųsime el. paštu, slaptažodžio nereikia.`,
        link,
        "",
        "Jei tai klaida, nieko nedarykite.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    erasure: (personName, letter) => ({
      subject: `${mark(letter.sample)}${erasureSubjects[letter.kind]}`,
      text: [...greeting(personName), "", ...erasureLines[letter.kind](letter), letter.link, "", "Fairway", ""].join(
        "\n",
      ),
    }),
    signInCode: (personName, { code, minutes }) => ({
      subject: `${code} – Jūsu „Fairway“ kodas`,
      text: [
        ...greeting(personName),
        "",
        "Įveskite šį kodą puslapyje, kuriame jo paprašėte:",
        "",
        code,
        "",
        `Jis galioja ${minutes} min. ir tik ten. Niekas iš „Fairway“ niekada jo Jūsų neprašys.`,
        "Jei kodo neprašėte, nieko nedarykite.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    digestSubject: (notices, sample) =>
      `${mark(sample)}Jūsų bandomieji projektai šiandien: ${count(notices, { one: "pranešimas", few: "pranešimai", other: "pranešimų" })}`,
    digestText: (personName, pilots) =>
      [
        ...greeting(personName),
        "",
        "Štai kas nauja nuo vakar; skubiausia – pirma.",
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
  asked: "Kažkas prašo būti pamirštas",
  granted_to_do: "Reikia ištrinti asmens duomenis",
  granted: "Jūsų prašymas būti pamirštam patenkintas",
  refused: "Jūsų prašymas būti pamirštam atmestas",
};

const erasureLines: Record<ErasureLetter["kind"], (letter: ErasureLetter) => readonly string[]> = {
  asked: ({ programme, answerBy }) => [
    `Kažkas programoje ${quoted(programme)} paprašė būti pamirštas.`,
    `Peržiūrėkite prašymą ir nuspręskite iki šios dienos: ${answerBy}. Įstatymas skiria mėnesį.`,
  ],
  granted_to_do: ({ programme }) => [
    `Programoje ${quoted(programme)} patenkintas prašymas būti pamirštam.`,
    "Įvykdykite jį, kai niekas nebetrukdo. To atšaukti negalima.",
  ],
  granted: ({ programme, reason }) => [
    `Jūs prašėte programos ${quoted(programme)} Jus pamiršti. Prašymas patenkintas: ${reason}`,
    "Administratorius jį įvykdo. Tada Jūsų vardo ir adreso nebelieka, Jūs nebegalite prisijungti ir joks laiškas nebeateina, net ir apie tai.",
  ],
  refused: ({ programme, reason }) => [
    `Jūs prašėte programos ${quoted(programme)} Jus pamiršti. Prašymas atmestas: ${reason}`,
    "Galite prašyti dar kartą arba skųstis savo šalies duomenų apsaugos institucijai.",
  ],
};

/** The name stands above the greeting: beside it, it would need the vocative. */
const greeting = (personName: string): string[] => [`Gavėjas: ${personName}`, "", "Laba diena!"];

const mark = (sample: boolean): string => (sample ? "[Pavyzdys] " : "");

const noticeLines = ({ happened, reason, todo, link }: NoticeText, indent: string): string[] =>
  [happened, ...(reason === undefined ? [] : [`Priežastis: ${reason}`]), ...todo, link].map((line) => indent + line);

const quoted = (text: string): string => `„${text}“`;

/** A date ends with the abbreviation "d.", whose full stop also ends the sentence. */
const closed = (sentence: string): string => (sentence.endsWith(".") ? sentence : `${sentence}.`);

const deliverableForms = { one: "rezultatas", few: "rezultatai", other: "rezultatų" };

const commentForms = { none: "komentarų nėra", one: "komentaras", few: "komentarai", other: "komentarų" };

const conditionForms = { one: "sąlyga", few: "sąlygos", other: "sąlygų" };

const namesOf = (team: readonly { readonly personId: string }[], nameOf: About["nameOf"]): string =>
  team.length === 0 ? "niekas" : list(team.map(({ personId }) => nameOf(personId)));

/** In parentheses, where it is known. */
const named = (ids: readonly string[] | undefined, nameOf: About["deliverableName"]): string =>
  ids === undefined ? "" : ` (${list(ids.map((id) => quoted(nameOf(id))))})`;

const dueDeliverable = ({ deliverableId, dueAt }: DueDeliverable, about: About): string =>
  `${quoted(about.deliverableName(deliverableId))} iki ${about.dueOf(dueAt)}`;

const movedDates = (moved: readonly DueDeliverable[], about: About): string[] =>
  moved.map(
    ({ deliverableId, dueAt }) =>
      `Naujas rezultato ${quoted(about.deliverableName(deliverableId))} terminas: ${about.dueOf(dueAt)}.`,
  );

/** In the nominative: stands after a colon. */
function taskName(taskId: string, about: About): string {
  const { of, kind } = partsOfTaskId(taskId);
  switch (kind) {
    case "produce":
      return quoted(about.deliverableName(of));
    case "review":
      return `rezultato ${quoted(about.deliverableName(of))} vertinimas`;
    case "gate_score":
      return `įvertinimas etapo ${quoted(about.stageName(of))} sprendimo taškui`;
    case "gate_decision":
      return `sprendimas etapo ${quoted(about.stageName(of))} sprendimo taške`;
    case "condition":
      return "sprendimo taško sąlyga";
    case "objection":
      return "prieštaravimas dėl nutraukimo";
    case "question":
      return `klausimas ${quoted(about.questionTitle(taskId))}`;
  }
}

const tasks = (taskIds: readonly string[], about: About): string => list(taskIds.map((id) => taskName(id, about)));

const reminderSentences: Record<ReminderStepId, (task: string, dueOn: string) => string> = {
  followup: (task, dueOn) => `Praėjo pusė užduoties laiko (terminas: ${dueOn}): ${task}.`,
  soon: (task, dueOn) => `Priminimas, terminas ${dueOn}: ${task}.`,
  near: (task, dueOn) => `Priminimas, netrukus terminas (${dueOn}): ${task}.`,
  due: (task, dueOn) => `Suėjo terminas (${dueOn}): ${task}.`,
  esc1: (task, dueOn) => `Eskalavimas, vėluoja (terminas: ${dueOn}): ${task}.`,
  esc2: (task, dueOn) =>
    `Eskalavimas, vis dar vėluoja (terminas: ${dueOn}): ${task}. Bandomajam projektui gresia rizika.`,
  esc3: (task, dueOn) =>
    `Eskalavimas, labai vėluoja (terminas: ${dueOn}): ${task}. Siūloma bandomąjį projektą pristabdyti.`,
  review: (task, dueOn) => `Vėluoja (terminas: ${dueOn}): ${task}.`,
};

const roleNames = {
  sme: "įmonė",
  advisor: "konsultantai",
  expert: "ekspertai",
  living_lab: "gyvoji laboratorija",
  coordinator: "koordinatoriai",
} as const;

const priorities = { normal: "įprastas", high: "aukštas" } as const;

const decisionNames: Record<GateDecisionId, string> = {
  advance: "tęsti",
  advance_with_conditions: "tęsti su sąlygomis",
  rework: "taisymas",
  hold: "pristabdymas",
  stop: "nutraukimas",
  skip: "kitas etapas praleidžiamas",
};

const skipReasons: Readonly<Record<string, string>> = {
  already_done_elsewhere: "jau atlikta kitur",
  not_applicable_to_service: "paslaugai netaikytina",
  same_market_earlier_pilot: "ankstesnis bandomasis projektas toje pačioje rinkoje",
  programme_decision: "programos sprendimas",
  other_with_text: "kita priežastis",
  no_trial_planned: "bandymas neplanuojamas",
  recent_study_exists: "yra naujas tyrimas",
  no_external_exchange: "su kitais duomenimis nesikeičiama",
  no_end_users: "nėra galutinių naudotojų",
  no_public_buyers: "nėra viešųjų pirkėjų",
  desk_validation_agreed: "sutarta patikrinti pagal dokumentus",
};

const skipReason = (reasonId: string): string => skipReasons[reasonId] ?? reasonId.replaceAll("_", " ");
