/**
 * Everything Fairway says to people about their pilots, in Latvian. Names and dates come in the nominative and are
 * never declined: they stand after a colon, in quotation marks or in parentheses.
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
import { latvianRefusals, roles, score } from "./refusals/lv.ts";

const locale = "lv-LV";
const list = listIn(locale);
const number = numbersIn(locale);
const count = countIn(locale);

export const latvian: Catalogue = {
  locale,

  formWords: { row: "rinda", entry: "ieraksts", form: "Veidlapa", yes: "Jā", no: "Nē" },

  taskTitles: {
    review: (what) => `Izvērtēt: ${what}`,
    gate_score: (what) => `Novērtēt: ${what}`,
    gate_decision: (what) => `Izlemt: ${what}`,
    objection: "Atbildēt uz iebildumu pret izbeigšanu",
  },

  plainResults: {
    "NA-4":
      "Šķēršļu reģistrs (dzīvs dokuments, katrā posmā atver no jauna; pēc tā programma ziņo, kādi šķēršļi atrasti un novērsti)",
    "FS-4": "Darbsemināra ieraksts (publisku un kopīgu darbsemināru ieskaita arī programmas rezultātos)",
    "PA-8": "Izmēģinājuma ziņojums (izmēģinājumu ieskaita programmas rezultātos)",
  },

  sentences: {
    ApplicationStarted: ({ actor, data }, { nameOf }) => `${nameOf(actor.personId)} sāka pieteikumu: ${data.title}.`,
    ApplicationRejected: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} noraidīja pieteikumu.`,
    PilotAdmitted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} uzņēma pilotprojektu programmā. Komanda: ${namesOf(data.team, nameOf)}${
        data.waiverReason === undefined ? "" : "; piešķirts izņēmums no uzņēmuma lieluma prasības"
      }.`,
    StageOpened: ({ data }, { stageName }) =>
      `Atvērts posms ${quoted(stageName(data.runId))}: ${count(data.deliverables.length, deliverableForms)}.`,
    DraftSaved: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} strādāja pie nodevuma ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSubmitted: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} iesniedza nodevumu ${quoted(deliverableName(data.deliverableId))}, ${data.revision}.\u00a0redakcija${
        data.late ? ", pēc termiņa" : ""
      }.`,
    SubmissionWithdrawn: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} atsauca iesniegto nodevumu ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableReviewed: ({ data }, { deliverableName }) => {
      const comments = data.fieldComments.length + Object.keys(data.criterionComments).length;
      const outcome = data.outcome === "accepted" ? "ir pieņemts" : "ir nosūtīts atpakaļ pārstrādei";
      return `Nodevums ${quoted(deliverableName(data.deliverableId))} ${outcome}: ${score(data.weightedPercent)}, ${count(comments, commentForms)}.`;
    },
    DeliverableSkipProposed: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} ierosināja izlaist nodevumu ${quoted(deliverableName(data.deliverableId))}: ${skipReason(data.reasonId)}.`,
    DeliverableSkipDeclined: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} noraidīja nodevuma ${quoted(deliverableName(data.deliverableId))} izlaišanu.`,
    DeliverableSkipped: ({ data }, { nameOf, deliverableName }) =>
      `Nodevums ${quoted(deliverableName(data.deliverableId))} ir izlaists: ${skipReason(data.reasonId)}. Lēma: ${list(data.by.map(nameOf))}.`,
    DeliverableReopened: ({ actor, data }, { nameOf, deliverableName, dueOf }) =>
      `${nameOf(actor.personId)} no jauna atvēra nodevumu ${quoted(deliverableName(data.deliverableId))}. Termiņš: ${dueOf(data.dueAt)}.`,
    DueDateExtended: ({ data }, { deliverableName, dueOf }) =>
      `Nodevuma ${quoted(deliverableName(data.deliverableId))} termiņš ir pārcelts${
        data.kind === "dependency" ? `, jo tas gaida citu nodevumu${named(data.waitsFor, deliverableName)}` : ""
      }: ${dueOf(data.from)} → ${dueOf(data.dueAt)}.`,
    ExtensionRequested: ({ actor, data }, { nameOf, deliverableName, dateOf }) =>
      `${nameOf(actor.personId)} lūdza vēlāku termiņu nodevumam ${quoted(deliverableName(data.deliverableId))}: ${dateOf(noon(data.until))}.`,
    ForecastGiven: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} paredz, kad uzdevums būs pabeigts: ${taskName(data.taskId, about)}, ${about.dateOf(noon(data.on))}.`,
    TaskClaimed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} uzņēmās uzdevumu: ${taskName(data.taskId, about)}.`,
    TaskStarted: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} sāka uzdevumu: ${taskName(data.taskId, about)}.`,
    TaskReleased: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} atdeva atpakaļ uzdevumu: ${taskName(data.taskId, about)}.`,
    TaskDelegated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} deleģēja uzdevumu: ${taskName(data.taskId, about)}. Izpildītājs: ${about.nameOf(data.toPersonId)}.`,
    TaskReturned: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} atdeva deleģēto uzdevumu: ${taskName(data.taskId, about)}. Atbildīgais: ${about.nameOf(data.ownerId)}.`,
    TaskForwarded: ({ actor, data }, about) => {
      const receiver =
        data.toPersonId === undefined
          ? data.toRole === undefined
            ? "citi"
            : roleNames[data.toRole]
          : about.nameOf(data.toPersonId);
      return `${about.nameOf(actor.personId)} nodeva tālāk uzdevumu: ${taskName(data.taskId, about)}. Saņēmējs: ${receiver}.`;
    },
    TaskNominated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} piešķīra uzdevumu: ${taskName(data.taskId, about)}. Saņēmējs: ${about.nameOf(data.toPersonId)}.`,
    TaskPriorityChanged: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} mainīja uzdevuma prioritāti: ${taskName(data.taskId, about)}. Prioritāte: ${priorities[data.priority]}.`,
    TaskFailed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} nevarēja paveikt uzdevumu: ${taskName(data.taskId, about)}.`,
    ConditionMet: ({ actor }, { nameOf }) =>
      `${nameOf(actor.personId)} ziņoja, ka lēmuma punkta nosacījums ir izpildīts.`,
    GateOpened: ({ data }, { stageName, dueOf }) =>
      `${data.round > 1 ? `No jauna (${data.round}. kārta) atvērts` : "Atvērts"} posma ${quoted(stageName(data.runId))} lēmuma punkts. Lēmuma termiņš: ${dueOf(data.decideBy)}.`,
    GateScored: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} iesniedza vērtējumu posma ${quoted(stageName(data.runId))} lēmuma punktam.`,
    GateSkipProposed: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} ierosināja izlaist posmu, kas seko posmam ${quoted(stageName(data.runId))}: ${skipReason(data.reasonId)}.`,
    GateSkipDeclined: ({ actor, data }, { nameOf, stageName }) =>
      actor.personId === data.proposerPersonId
        ? `${nameOf(actor.personId)} atsauca ierosinājumu izlaist posmu, kas seko posmam ${quoted(stageName(data.runId))}.`
        : `${nameOf(actor.personId)} noraidīja ierosinājumu izlaist posmu, kas seko posmam ${quoted(stageName(data.runId))}. Ierosinātājs: ${nameOf(data.proposerPersonId)}.`,
    GateDecided: ({ data }, { nameOf, stageName, deliverableName, dateOf }) => {
      const details: Record<GateDecisionId, string> = {
        advance: "virzīt tālāk",
        advance_with_conditions: `virzīt tālāk, ${count(data.conditions.length, conditionForms)}`,
        rework: `pārstrāde: ${list(data.rework.map(({ deliverableId }) => quoted(deliverableName(deliverableId))))}`,
        hold: data.resumeOn === undefined ? "pauze" : `pauze, jāatsāk ${dateOf(noon(data.resumeOn))}`,
        stop: "izbeigt pilotprojektu",
        skip: "izlaist nākamo posmu",
      };
      return `Posma ${quoted(stageName(data.runId))} lēmuma punkts – ${details[data.decision]}. Lēma: ${list(data.by.map(nameOf))}.`;
    },
    StageClosed: ({ data }, { stageName }) =>
      [
        `Posms ${quoted(stageName(data.runId))} ir noslēgts.`,
        ...(data.skipped.length === 0
          ? []
          : [`Izlaists: ${list(data.skipped.map(({ runId }) => quoted(stageName(runId))))}.`]),
        data.next === undefined
          ? "Pilotprojekts ir pabeigts."
          : `Nākamais posms: ${quoted(stageName(data.next.runId))}.`,
      ].join(" "),
    PilotHeld: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} apturēja pilotprojektu uz laiku. Jāatsāk: ${dateOf(noon(data.resumeOn))}.`,
    PilotResumed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} atsāka pilotprojektu pēc ${count(daysIn(data.heldMs), { zero: "dienām", one: "dienas", other: "dienām" })}; atvērtie termiņi ir pārcelti.`,
    PilotStopped: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} izbeidza pilotprojektu.`,
    StopObjected: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} iebilda pret izbeigšanu: ${quoted(data.text)}`,
    PilotWithdrawn: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} atsauca pilotprojektu.`,
    TeamChanged: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} mainīja komandu. Tagad tajā: ${namesOf(data.team, nameOf)}.`,
    AdvisorHandedOver: ({ data }, { nameOf }) =>
      `${nameOf(data.fromPersonId)} nodeva pilotprojektu. Konsultants tagad: ${nameOf(data.toPersonId)}.`,
    ReminderFired: ({ data }, about) =>
      reminderSentences[data.step](taskName(data.taskId, about), about.dueOf(data.dueAt)),
    HoldReminderFired: ({ data }, { dateOf }) =>
      data.kind === "soon"
        ? `Drīz beigsies pilotprojekta pauze. Jāatsāk: ${dateOf(noon(data.resumeOn))}.`
        : `Pilotprojekts joprojām ir pauzē, lai gan tas bija jāatsāk: ${dateOf(noon(data.resumeOn))}.`,
    FollowUpOpened: ({ data }, { dueOf }) =>
      `Atvērta pēcpārbaudes aptauja pēc ${data.month} mēnešiem. Termiņš: ${dueOf(data.dueAt)}.`,
    HoursLogged: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} reģistrēja atbalstu (${dateOf(noon(data.on))}), ${count(data.hours, { zero: "stundu", one: "stunda", other: "stundas" })}: ${data.activity}.`,
    HoursConfirmed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} apstiprināja atbalsta stundas: ${number(sumOf(data.entries))}\u00a0h.`,
    HoursDisputed: ({ actor, data: { entry } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} apstrīdēja atbalsta stundas (${dateOf(noon(entry.on))}), ${number(entry.hours)}\u00a0h: ${entry.activity}.`,
    HoursSettled: ({ actor, data: { entry, counts } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} nolēma, ka atbalsta stundas ${counts ? "tiek ieskaitītas" : "netiek ieskaitītas"} (${dateOf(noon(entry.on))}), ${number(entry.hours)}\u00a0h: ${entry.activity}.`,
    CommentAdded: ({ actor, data }, { nameOf, deliverableName }) => {
      const on = data.deliverableId === undefined ? "" : ` par nodevumu ${quoted(deliverableName(data.deliverableId))}`;
      return data.internal
        ? `Iekšēja piezīme${on} (${nameOf(actor.personId)}): ${quoted(data.text)}`
        : `${nameOf(actor.personId)} rakstīja komentāru${on}: ${quoted(data.text)}`;
    },
    QuestionAsked: ({ actor, data }, { nameOf, deliverableName, dueOf }) => {
      const receiver = data.toPersonId === undefined ? roleNames[data.toRole] : nameOf(data.toPersonId);
      const on = data.deliverableId === undefined ? "" : ` par nodevumu ${quoted(deliverableName(data.deliverableId))}`;
      return `${nameOf(actor.personId)} uzdeva jautājumu${on}: ${quoted(data.text)} Atbild: ${receiver}. Termiņš: ${dueOf(data.dueAt)}.`;
    },
    QuestionAnswered: ({ actor, data }, { nameOf, questionTitle }) =>
      `${nameOf(actor.personId)} atbildēja uz jautājumu ${quoted(questionTitle(data.taskId))}: ${quoted(data.text)}`,
    ExecutionRestarted: ({ data }, { stageName }) =>
      `Posma ${quoted(stageName(data.runId))} darbplūsma ir palaista no jauna.`,
  },

  messages: {
    application_received: () => ({
      subject: "Jūsu pieteikums ir saņemts",
      todo: ["Pašlaik Jums nekas nav jādara. Koordinators izlasīs pieteikumu un atbildēs."],
    }),
    application_rejected: () => ({
      subject: "Jūsu pieteikums netika pieņemts",
      todo: ["Izlasiet iemeslu. Kad tas vairs nebūs spēkā, varat pieteikties vēlreiz."],
    }),
    application_to_decide: () => ({
      subject: "Pieteikums gaida Jūsu lēmumu",
      todo: ["Uzņemiet pilotprojektu un nosauciet komandu vai noraidiet pieteikumu."],
    }),
    admitted: () => ({
      subject: "Jūsu pilotprojekts ir uzņemts programmā",
      todo: [
        "Pirmie uzdevumi parādīsies Jūsu sarakstā, tiklīdz atvērsies pirmais posms.",
        "Izlasiet pilotprojekta līgumu: uz to ved pilotprojekta lapa, kuras saite ir zemāk.",
      ],
    }),
    joined_team: () => ({
      subject: "Jūs esat jauna pilotprojekta komandā",
      todo: ["Izlasiet pieteikumu. Uzdevumi parādīsies Jūsu sarakstā, tiklīdz atvērsies pirmais posms."],
    }),
    deliverables_to_make: ({ deliverables }, about) => ({
      subject: deliverables.length === 1 ? "Jums ir jauns uzdevums" : "Jums ir jauni uzdevumi",
      todo: deliverables.map((each) => `Iesniedziet ${dueDeliverable(each, about)}.`),
    }),
    to_review: ({ deliverableId, dueAt }, about) => ({
      subject: `Gaida izvērtēšanu: ${about.deliverableName(deliverableId)}`,
      todo: [`Uzņemieties izvērtēšanu un pabeidziet to. Termiņš: ${about.dueOf(dueAt)}.`],
    }),
    accepted: ({ moved }, about) => ({ subject: "Nodevums ir pieņemts", todo: movedDates(moved, about) }),
    rework: ({ deliverables, moved }, about) => ({
      subject: `Pārstrāde: ${list(deliverables.map(({ deliverableId }) => about.deliverableName(deliverableId)))}`,
      todo: [
        ...deliverables.map(
          (each) => `Atbildiet uz komentāriem un iesniedziet nākamo redakciju: ${dueDeliverable(each, about)}.`,
        ),
        ...movedDates(moved, about),
      ],
    }),
    skip_to_decide: ({ subject }, about) => ({
      subject:
        "runId" in subject
          ? `Jūs gaida ierosinājums izlaist posmu pēc posma ${quoted(about.stageName(subject.runId))}`
          : `Jūs gaida ierosinājums izlaist nodevumu ${quoted(about.deliverableName(subject.deliverableId))}`,
      todo: ["Piekrītiet vai noraidiet. Izlaišanai vajadzīgas divas personas."],
    }),
    extension_to_decide: ({ deliverableId }, about) => ({
      subject: `Lūgts vēlāks termiņš: ${about.deliverableName(deliverableId)}`,
      todo: ["Pagariniet termiņu vai komentārā paskaidrojiet, kāpēc tas nemainās."],
    }),
    dates_moved: ({ moved }, about) => ({ subject: "Termiņš ir pārcelts", todo: movedDates(moved, about) }),
    task_for_you: ({ taskId, dueAt }, about) => ({
      subject: `Uzdevums tagad ir Jūsu: ${taskName(taskId, about)}`,
      todo: [`Paveiciet to vai nododiet tālāk. Termiņš: ${about.dueOf(dueAt)}.`],
    }),
    task_failed: ({ taskId }, about) => ({
      subject: `Uzdevumu neizdevās paveikt: ${taskName(taskId, about)}`,
      todo: ["Izlasiet iemeslu un piešķiriet uzdevumu kādam, kas to var paveikt."],
    }),
    gate_to_score: ({ runId, dueAt }, about) => ({
      subject: `Posma ${quoted(about.stageName(runId))} lēmuma punkts gaida Jūsu vērtējumu`,
      todo: [
        `Iesniedziet savu vērtējumu. Termiņš: ${about.dueOf(dueAt)}. Neviens to neredz, kamēr savus nav iesnieguši visi.`,
      ],
    }),
    gate_to_decide: ({ runId, dueAt }, about) => ({
      subject: `Posma ${quoted(about.stageName(runId))} lēmuma punktā var lemt`,
      todo: [`Visi vērtējumi ir iesniegti. Lēmuma termiņš: ${about.dueOf(dueAt)}.`],
    }),
    gate_decided: ({ runId, decision, conditions }, about) => ({
      subject: `Posma ${quoted(about.stageName(runId))} lēmuma punkts: ${decisionNames[decision]}`,
      todo: conditions.map(({ text, dueAt }) => `Izpildiet šo nosacījumu (termiņš: ${about.dueOf(dueAt)}): ${text}`),
    }),
    held: () => ({
      subject: "Pilotprojekts ir pauzē",
      todo: ["Pauzes laikā neviens termiņš nepienāk; atvērtie termiņi pārceļas par pauzes dienām."],
    }),
    resumed: ({ moved }, about) => ({ subject: "Pilotprojekts turpinās", todo: movedDates(moved, about) }),
    stopped: ({ mayObjectUntil }, about) => ({
      subject: "Pilotprojekts ir izbeigts",
      todo:
        mayObjectUntil === undefined
          ? ["Atvērtie uzdevumi ir atcelti. Pieņemtais paliek saglabāts."]
          : [`Jūs varat iebilst. Pēdējā diena: ${about.dateOf(mayObjectUntil)}. Pieņemtais paliek saglabāts.`],
    }),
    objection_to_answer: ({ dueAt }, about) => ({
      subject: "Uzņēmums iebilst pret izbeigšanu",
      todo: [`Atbildiet uz iebildumu. Termiņš: ${about.dueOf(dueAt)}.`],
    }),
    withdrawn: () => ({
      subject: "Uzņēmums atsauca savu pilotprojektu",
      todo: ["Atvērtie uzdevumi ir atcelti. Reģistrējiet līdz šim sniegtā atbalsta stundas."],
    }),
    withdrawal_confirmed: () => ({
      subject: "Jūsu pilotprojekts ir atsaukts",
      todo: [
        "Atvērtie uzdevumi ir atcelti, un atbalsta ieraksts ir galīgs: tajā ir izmantotais atbalsts.",
        "Apstipriniet līdz šim sniegtā atbalsta stundas. Jūs jebkurā laikā varat pieteikties vēlreiz.",
      ],
    }),
    trial_to_end: () => ({
      subject: "Pilotprojekts ir beidzies: lūdzu, beidziet izmēģinājumu",
      todo: [
        "Beidziet izmēģinājumu un informējiet dalībniekus.",
        "Dalībnieku personas datus Jūs glabājat kā pārzinis uz savu atbildību: dzēsiet vai glabājiet tos tā, kā dalībniekiem apsolījāt.",
      ],
    }),
    new_advisor: ({ personId }, about) => ({
      subject: `Jūsu konsultants tagad: ${about.nameOf(personId)}`,
      todo: [`Turpmāk Jūsu kontaktpersona: ${about.nameOf(personId)}. Uzdevumi un termiņi nemainās.`],
    }),
    handed_over_to_you: ({ taskIds }, about) => ({
      subject: "Jums ir nodots pilotprojekts",
      todo:
        taskIds.length === 0
          ? ["Izlasiet piezīmes un sasveicinieties ar uzņēmumu."]
          : [`Tagad Jūsu: ${tasks(taskIds, about)}.`],
    }),
    tasks_returned: ({ taskIds }, about) => ({
      subject: taskIds.length === 1 ? "Uzdevums ir atgriezies pie Jums" : "Uzdevumi ir atgriezušies pie Jums",
      todo: [`Atkal Jūsu: ${tasks(taskIds, about)}.`],
    }),
    still_on_track: ({ taskId, dueAt }, about) => ({
      subject: `Vai viss rit pēc plāna? Uzdevums: ${taskName(taskId, about)}`,
      todo: [`Puse laika ir pagājusi. Norādiet, kad plānojat pabeigt. Termiņš: ${about.dueOf(dueAt)}.`],
    }),
    due_soon: ({ taskId, dueAt, yours }, about) => ({
      subject: `Tuvojas termiņš: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Termiņš: ${about.dueOf(dueAt)}. Pabeidziet laikus vai savlaicīgi lūdziet vēlāku termiņu.`
          : `Termiņš: ${about.dueOf(dueAt)}. Pajautājiet, vai vajadzīga palīdzība.`,
      ],
    }),
    overdue: ({ taskId, dueAt, yours }, about) => ({
      subject: `Pienācis termiņš: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Termiņš: ${about.dueOf(dueAt)}. Pabeidziet tagad vai norādiet, kad plānojat pabeigt.`
          : `Termiņš: ${about.dueOf(dueAt)}. Pajautājiet, kas traucē.`,
      ],
    }),
    escalated: ({ taskId, dueAt }, about) => ({
      subject: `Termiņš pagājis: ${taskName(taskId, about)}`,
      todo: [`Termiņš bija: ${about.dueOf(dueAt)}. Vienojieties, kas palīdzētu: kolēģis, eksperts vai vēlāks termiņš.`],
    }),
    at_risk: ({ taskId, dueAt }, about) => ({
      subject: `Pilotprojekts apdraudēts, joprojām nokavēts: ${taskName(taskId, about)}`,
      todo: [
        `Termiņš bija: ${about.dueOf(dueAt)}. Aprunājieties ar konsultantu; pagariniet termiņu, piešķiriet uzdevumu citam vai apturiet pilotprojektu uz laiku.`,
      ],
    }),
    hold_proposed: ({ taskId, dueAt }, about) => ({
      subject: `Apturēt pilotprojektu? Ļoti nokavēts: ${taskName(taskId, about)}`,
      todo: [
        `Termiņš bija: ${about.dueOf(dueAt)}. Izlemiet, vai pilotprojektu apturēt uz laiku; bez Jūsu lēmuma nekas nenotiks.`,
      ],
    }),
    review_late: ({ taskId, dueAt, yours }, about) => ({
      subject: `Nokavēts: ${taskName(taskId, about)}`,
      todo: [
        yours
          ? `Termiņš bija: ${about.dueOf(dueAt)}. Pabeidziet vai atdodiet atpakaļ; līdz tam citu termiņi stāv.`
          : `Termiņš bija: ${about.dueOf(dueAt)}. Parūpējieties, lai kāds izvērtē; līdz tam citu termiņi stāv.`,
      ],
    }),
    hold_ends: ({ reached, mayResume }) => ({
      subject: reached ? "Pauze ir beigusies" : "Pauze drīz beigsies",
      todo: [
        mayResume
          ? reached
            ? "Atsāciet pilotprojektu vai izlemiet, vai to izbeigt."
            : "Pārliecinieties, ka pilotprojekts var turpināties, un tad atsāciet to."
          : "Komentārā norādiet, vai pilotprojekts var turpināties.",
      ],
    }),
    mentioned: () => ({ subject: "Jūs piemin komentārā", todo: ["Izlasiet to un atbildiet ar komentāru."] }),
    question_for_you: ({ isYours, dueAt }, about) => ({
      subject: isYours ? "Jautājums Jums" : "Jautājums gaida atbildi",
      todo: [
        isYours
          ? `Atbildiet vai nododiet jautājumu tālāk. Termiņš: ${about.dueOf(dueAt)}.`
          : `Atbild tas, kurš zina. Termiņš: ${about.dueOf(dueAt)}.`,
      ],
    }),
    question_answered: () => ({ subject: "Uz Jūsu jautājumu ir atbildēts", todo: [] }),
    hours_to_confirm: () => ({
      subject: "Atbalsta stundas gaida apstiprinājumu",
      todo: [
        "Apstipriniet stundas vai pasakiet, kas tajās nav pareizi. Tās tiek ieskaitītas kā atbalsts Jūsu uzņēmumam.",
      ],
    }),
    hours_disputed: ({ mayDecide }) => ({
      subject: "Uzņēmums apstrīd atbalsta stundas",
      todo: [
        mayDecide
          ? "Uzklausiet abas puses un izlemiet, vai stundas tiek ieskaitītas."
          : "Runājiet ar uzņēmumu. Tas vēl var stundas apstiprināt; citādi koordinators izlemj, vai tās tiek ieskaitītas.",
      ],
    }),
    hours_settled: ({ counts }) => ({
      subject: counts ? "Apstrīdētās stundas tiek ieskaitītas" : "Apstrīdētās stundas netiek ieskaitītas",
      todo: counts ? [] : ["Tās tiek atņemtas no pilotprojekta stundām un atbalsta."],
    }),
    news: () => ({ subject: "Pilotprojekta jaunumi", todo: [] }),
  },

  refusals: latvianRefusals,

  mail: {
    subject: (subject, pilot) => `${mark(pilot.sample)}${subject} – ${pilot.title}`,
    text: (personName, notice) =>
      [...greeting(personName), "", ...noticeLines(notice, ""), "", "Fairway", ""].join("\n"),
    why: (settingsLink) =>
      `Jūs saņemat šo ziņu, jo piedalāties pilotprojektā. Izvēlieties, par ko jums rakstīt: ${settingsLink}`,
    invitation: (personName, { inviter, organisation, programme, role, email, link, sample }) => ({
      subject: `${mark(sample)}${inviter} uzaicināja Jūs lietot Fairway`,
      text: [
        ...greeting(personName),
        "",
        `${inviter} pievienoja Jūs programmai ${quoted(programme)} (${organisation}). Jūsu loma: ${roles[role]}.`,
        `Atveriet tālāk norādīto adresi un pierakstieties ar ${email}: kodu nosūtīsim pa e-pastu, parole nav vajadzīga.`,
        link,
        "",
        "Ja tā ir kļūda, nedariet neko.",
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
      subject: `${code} ir Jūsu Fairway kods`,
      text: [
        ...greeting(personName),
        "",
        "Ievadiet šo kodu lapā, kurā to pieprasījāt:",
        "",
        code,
        "",
        `Tas ir derīgs ${minutes} minūtes un tikai tur. Neviens no Fairway nekad to Jums neprasīs.`,
        "Ja kodu nepieprasījāt, nedariet neko.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    digestSubject: (notices, sample) =>
      `${mark(sample)}Jūsu pilotprojekti šodien: ${count(notices, { zero: "ziņu", one: "ziņa", other: "ziņas" })}`,
    digestText: (personName, pilots) =>
      [
        ...greeting(personName),
        "",
        "Šeit ir jaunākais kopš vakardienas; steidzamākais ir pirmais.",
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
  asked: "Kāds lūdz viņu aizmirst",
  granted_to_do: "Personas dati ir jādzēš",
  granted: "Jūsu lūgums tikt aizmirstam ir apmierināts",
  refused: "Jūsu lūgums tikt aizmirstam ir noraidīts",
};

const erasureLines: Record<ErasureLetter["kind"], (letter: ErasureLetter) => readonly string[]> = {
  asked: ({ programme, answerBy }) => [
    `Kāds programmā ${quoted(programme)} ir lūdzis viņu aizmirst.`,
    `Apskatiet lūgumu un izlemiet līdz šai dienai: ${answerBy}. Likums dod vienu mēnesi.`,
  ],
  granted_to_do: ({ programme }) => [
    `Programmā ${quoted(programme)} ir apmierināts lūgums tikt aizmirstam.`,
    "Izpildiet to, kad nekas vairs nekavē. To nevar atsaukt.",
  ],
  granted: ({ programme, reason }) => [
    `Jūs lūdzāt programmu ${quoted(programme)} Jūs aizmirst. Lūgums ir apmierināts: ${reason}`,
    "Administrators to izpilda. Tad Jūsu vārda un adreses vairs nav, Jūs vairs nevarat pierakstīties, un neviena vēstule nepienāk, arī ne par to.",
  ],
  refused: ({ programme, reason }) => [
    `Jūs lūdzāt programmu ${quoted(programme)} Jūs aizmirst. Lūgums ir noraidīts: ${reason}`,
    "Jūs varat lūgt vēlreiz vai sūdzēties savas valsts datu aizsardzības iestādei.",
  ],
};

/** The name stands above the greeting: beside it, it would need the vocative. */
const greeting = (personName: string): string[] => [`Saņēmējs: ${personName}`, "", "Labdien!"];

const mark = (sample: boolean): string => (sample ? "[Paraugs] " : "");

const noticeLines = ({ happened, reason, todo, link }: NoticeText, indent: string): string[] =>
  [happened, ...(reason === undefined ? [] : [`Iemesls: ${reason}`]), ...todo, link].map((line) => indent + line);

const quoted = (text: string): string => `„${text}”`;

const deliverableForms = { zero: "nodevumu", one: "nodevums", other: "nodevumi" };

const commentForms = { none: "komentāru nav", zero: "komentāru", one: "komentārs", other: "komentāri" };

const conditionForms = { zero: "nosacījumu", one: "nosacījums", other: "nosacījumi" };

const namesOf = (team: readonly { readonly personId: string }[], nameOf: About["nameOf"]): string =>
  team.length === 0 ? "neviens" : list(team.map(({ personId }) => nameOf(personId)));

/** In parentheses, where it is known. */
const named = (ids: readonly string[] | undefined, nameOf: About["deliverableName"]): string =>
  ids === undefined ? "" : ` (${list(ids.map((id) => quoted(nameOf(id))))})`;

const dueDeliverable = ({ deliverableId, dueAt }: DueDeliverable, about: About): string =>
  `${quoted(about.deliverableName(deliverableId))}, termiņš: ${about.dueOf(dueAt)}`;

const movedDates = (moved: readonly DueDeliverable[], about: About): string[] =>
  moved.map(
    ({ deliverableId, dueAt }) =>
      `Jauns termiņš nodevumam ${quoted(about.deliverableName(deliverableId))}: ${about.dueOf(dueAt)}.`,
  );

/** In the nominative: stands after a colon. */
function taskName(taskId: string, about: About): string {
  const { of, kind } = partsOfTaskId(taskId);
  switch (kind) {
    case "produce":
      return quoted(about.deliverableName(of));
    case "review":
      return `nodevuma ${quoted(about.deliverableName(of))} izvērtēšana`;
    case "gate_score":
      return `vērtējums posma ${quoted(about.stageName(of))} lēmuma punktam`;
    case "gate_decision":
      return `lēmums posma ${quoted(about.stageName(of))} lēmuma punktā`;
    case "condition":
      return "lēmuma punkta nosacījums";
    case "objection":
      return "iebildums pret izbeigšanu";
    case "question":
      return `jautājums ${quoted(about.questionTitle(taskId))}`;
  }
}

const tasks = (taskIds: readonly string[], about: About): string => list(taskIds.map((id) => taskName(id, about)));

const reminderSentences: Record<ReminderStepId, (task: string, dueOn: string) => string> = {
  followup: (task, dueOn) => `Pagājusi puse uzdevuma laika: ${task}. Termiņš: ${dueOn}.`,
  soon: (task, dueOn) => `Atgādinājums: ${task}. Termiņš: ${dueOn}.`,
  near: (task, dueOn) => `Atgādinājums, drīz termiņš: ${task}. Termiņš: ${dueOn}.`,
  due: (task, dueOn) => `Pienācis termiņš: ${task}. Termiņš: ${dueOn}.`,
  esc1: (task, dueOn) => `Eskalācija, nokavēts: ${task}. Termiņš bija: ${dueOn}.`,
  esc2: (task, dueOn) => `Eskalācija, joprojām nokavēts: ${task}. Termiņš bija: ${dueOn}. Pilotprojekts ir apdraudēts.`,
  esc3: (task, dueOn) =>
    `Eskalācija, ļoti nokavēts: ${task}. Termiņš bija: ${dueOn}. Ierosināts pilotprojektu apturēt uz laiku.`,
  review: (task, dueOn) => `Nokavēts: ${task}. Termiņš bija: ${dueOn}.`,
};

const roleNames = {
  sme: "uzņēmums",
  advisor: "konsultanti",
  expert: "eksperti",
  living_lab: "dzīvā laboratorija",
  coordinator: "koordinatori",
} as const;

const priorities = { normal: "parasta", high: "augsta" } as const;

const decisionNames: Record<GateDecisionId, string> = {
  advance: "virzīt tālāk",
  advance_with_conditions: "virzīt tālāk ar nosacījumiem",
  rework: "pārstrāde",
  hold: "pauze",
  stop: "izbeigšana",
  skip: "nākamais posms ir izlaists",
};

const skipReasons: Readonly<Record<string, string>> = {
  already_done_elsewhere: "jau izdarīts citur",
  not_applicable_to_service: "uz pakalpojumu neattiecas",
  same_market_earlier_pilot: "agrāks pilotprojekts tajā pašā tirgū",
  programme_decision: "programmas lēmums",
  other_with_text: "cits iemesls",
  no_trial_planned: "izmēģinājums nav plānots",
  recent_study_exists: "ir nesena izpēte",
  no_external_exchange: "ar citiem nenotiek datu apmaiņa",
  no_end_users: "nav galalietotāju",
  no_public_buyers: "nav publisku pircēju",
  desk_validation_agreed: "panākta vienošanās par pārbaudi pēc dokumentiem",
};

const skipReason = (reasonId: string): string => skipReasons[reasonId] ?? reasonId.replaceAll("_", " ");
