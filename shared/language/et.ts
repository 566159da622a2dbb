/**
 * Everything Fairway says to people about their pilots, in Estonian.
 * Names stand in quotes after a noun that carries the case ("Etapp „…“ avati"), or after a colon; so do dates.
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
import { estonianRefusals, roles, score } from "./refusals/et.ts";

const locale = "et-EE";
const list = listIn(locale);
const number = numbersIn(locale);
const count = countIn(locale);

export const estonian: Catalogue = {
  locale,

  formWords: { row: "rida", entry: "kirje", form: "Vorm", yes: "Jah", no: "Ei" },

  taskTitles: {
    review: (what) => `Läbivaatus: ${what}`,
    gate_score: (what) => `Hindamine: ${what}`,
    gate_decision: (what) => `Otsus: ${what}`,
    objection: "Vastus vastuväitele lõpetamise kohta",
  },

  plainResults: {
    "NA-4":
      "Takistuste register (elav kirje, avatakse igas etapis uuesti; selle põhjal annab programm aru, millised takistused leiti ja lahendati)",
    "FS-4": "Töötoa kirje (avalik ja ühine töötuba läheb arvesse ka programmi tulemustes)",
    "PA-8": "Katse aruanne (katse läheb arvesse programmi tulemustes)",
  },

  sentences: {
    ApplicationStarted: ({ actor, data }, { nameOf }) => `${nameOf(actor.personId)} alustas taotlust: ${data.title}.`,
    ApplicationRejected: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} lükkas taotluse tagasi.`,
    PilotAdmitted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} võttis pilootprojekti programmi vastu${
        data.waiverReason === undefined ? "" : " (erand programmi suuruspiirist)"
      }. Meeskond: ${namesOf(data.team, nameOf)}.`,
    StageOpened: ({ data }, { stageName }) =>
      `Etapp ${quoted(stageName(data.runId))} avati: ${count(data.deliverables.length, { one: "tulem", other: "tulemit" })}.`,
    DraftSaved: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} töötas tulemiga ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSubmitted: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} esitas tulemi ${quoted(deliverableName(data.deliverableId))}, versioon\u00a0${data.revision}${
        data.late ? ", pärast tähtaega" : ""
      }.`,
    SubmissionWithdrawn: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} võttis tagasi tulemi ${quoted(deliverableName(data.deliverableId))} esitamise.`,
    DeliverableReviewed: ({ data }, { deliverableName }) => {
      const comments = data.fieldComments.length + Object.keys(data.criterionComments).length;
      const outcome = data.outcome === "accepted" ? "võeti vastu" : "saadeti parandamiseks tagasi";
      return `Tulem ${quoted(deliverableName(data.deliverableId))} ${outcome}: ${score(data.weightedPercent)}, ${count(comments, { none: "kommentaare pole", one: "kommentaar", other: "kommentaari" })}.`;
    },
    DeliverableSkipProposed: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} tegi ettepaneku jätta vahele tulem ${quoted(deliverableName(data.deliverableId))}: ${skipReason(data.reasonId)}.`,
    DeliverableSkipDeclined: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} ei nõustunud jätma vahele tulemit ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSkipped: ({ data }, { nameOf, deliverableName }) =>
      `Tulem ${quoted(deliverableName(data.deliverableId))} jäeti vahele: ${skipReason(data.reasonId)}. ${decidersOf(data.by, nameOf)}.`,
    DeliverableReopened: ({ actor, data }, { nameOf, deliverableName, dueOf }) =>
      `${nameOf(actor.personId)} avas uuesti tulemi ${quoted(deliverableName(data.deliverableId))}; tähtaeg on ${dueOf(data.dueAt)}.`,
    DueDateExtended: ({ data }, { deliverableName, dueOf }) =>
      `Tulemi ${quoted(deliverableName(data.deliverableId))} tähtaeg nihkus. Enne: ${dueOf(data.from)}, nüüd: ${dueOf(data.dueAt)}${
        data.kind === "dependency" ? `, sest see ootab teist tulemit${named(data.waitsFor, deliverableName)}` : ""
      }.`,
    ExtensionRequested: ({ actor, data }, { nameOf, deliverableName, dateOf }) =>
      `${nameOf(actor.personId)} palus tulemile ${quoted(deliverableName(data.deliverableId))} uut tähtaega: ${dateOf(noon(data.until))}.`,
    ForecastGiven: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} arvab, et ülesande ${taskName(data.taskId, about)} valmimise päev on ${about.dateOf(noon(data.on))}.`,
    TaskClaimed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} võttis endale ülesande ${taskName(data.taskId, about)}.`,
    TaskStarted: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} alustas ülesannet ${taskName(data.taskId, about)}.`,
    TaskReleased: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} andis tagasi ülesande ${taskName(data.taskId, about)}.`,
    TaskDelegated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} delegeeris ülesande ${taskName(data.taskId, about)}. Tegija: ${about.nameOf(data.toPersonId)}.`,
    TaskReturned: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} tagastas ülesande ${taskName(data.taskId, about)}. Vastutaja: ${about.nameOf(data.ownerId)}.`,
    TaskForwarded: ({ actor, data }, about) => {
      const receiver =
        data.toPersonId === undefined
          ? data.toRole === undefined
            ? "teised"
            : roleNames[data.toRole]
          : about.nameOf(data.toPersonId);
      return `${about.nameOf(actor.personId)} suunas edasi ülesande ${taskName(data.taskId, about)}. Saaja: ${receiver}.`;
    },
    TaskNominated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} määras ülesande ${taskName(data.taskId, about)}. Tegija: ${about.nameOf(data.toPersonId)}.`,
    TaskPriorityChanged: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} muutis ülesande ${taskName(data.taskId, about)} prioriteeti: ${priorities[data.priority]}.`,
    TaskFailed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} ei saanud lõpetada ülesannet ${taskName(data.taskId, about)}.`,
    ConditionMet: ({ actor }, { nameOf }) =>
      `${nameOf(actor.personId)} teatas, et üks otsustuspunkti tingimus on täidetud.`,
    GateOpened: ({ data }, { stageName, dueOf }) =>
      `Etapi ${quoted(stageName(data.runId))} otsustuspunkt avati${data.round > 1 ? ` uuesti (voor ${data.round})` : ""}; otsuse tähtaeg on ${dueOf(data.decideBy)}.`,
    GateScored: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} andis oma hinde etapi ${quoted(stageName(data.runId))} otsustuspunktis.`,
    GateSkipProposed: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} tegi ettepaneku jätta vahele etapile ${quoted(stageName(data.runId))} järgnev etapp: ${skipReason(data.reasonId)}.`,
    GateSkipDeclined: ({ actor, data }, { nameOf, stageName }) =>
      actor.personId === data.proposerPersonId
        ? `${nameOf(actor.personId)} võttis tagasi ettepaneku jätta vahele etapile ${quoted(stageName(data.runId))} järgnev etapp.`
        : `${nameOf(actor.personId)} ei nõustunud ettepanekuga jätta vahele etapile ${quoted(stageName(data.runId))} järgnev etapp. Ettepaneku tegija: ${nameOf(data.proposerPersonId)}.`,
    GateDecided: ({ data }, { nameOf, stageName, deliverableName, dateOf }) => {
      const details: Record<GateDecisionId, string> = {
        advance: "edasi",
        advance_with_conditions: `tingimustega edasi (${count(data.conditions.length, { one: "tingimus", other: "tingimust" })})`,
        rework: `parandamine (${list(data.rework.map(({ deliverableId }) => quoted(deliverableName(deliverableId))))})`,
        hold: data.resumeOn === undefined ? "ootel" : `ootel, jätkamise päev on ${dateOf(noon(data.resumeOn))}`,
        stop: "pilootprojekti lõpetamine",
        skip: "järgmise etapi vahelejätmine",
      };
      return `Otsus etapi ${quoted(stageName(data.runId))} otsustuspunktis: ${details[data.decision]}. ${decidersOf(data.by, nameOf)}.`;
    },
    StageClosed: ({ data }, { stageName }) => {
      const skipped = data.skipped.map(({ runId }) => quoted(stageName(runId)));
      return [
        `Etapp ${quoted(stageName(data.runId))} lõpetati`,
        ...(skipped.length === 0 ? [] : [`vahele jääb: ${list(skipped)}`]),
        data.next === undefined
          ? "pilootprojekt on lõpule viidud."
          : `järgmine etapp on ${quoted(stageName(data.next.runId))}.`,
      ].join("; ");
    },
    PilotHeld: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} pani pilootprojekti ootele; jätkamise päev on ${dateOf(noon(data.resumeOn))}.`,
    PilotResumed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} jätkas pilootprojekti; ooteaeg oli ${count(daysIn(data.heldMs), { one: "päev", other: "päeva" })}, avatud tähtajad nihkusid.`,
    PilotStopped: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} lõpetas pilootprojekti.`,
    StopObjected: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} esitas lõpetamisele vastuväite: ${quoted(data.text)}`,
    PilotWithdrawn: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} võttis pilootprojekti tagasi.`,
    TeamChanged: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} muutis meeskonda. Meeskond on nüüd: ${namesOf(data.team, nameOf)}.`,
    AdvisorHandedOver: ({ data }, { nameOf }) =>
      `${nameOf(data.fromPersonId)} andis pilootprojekti üle. Uus nõustaja: ${nameOf(data.toPersonId)}.`,
    ReminderFired: ({ data }, about) =>
      reminderSentences[data.step](taskName(data.taskId, about), about.dueOf(data.dueAt)),
    HoldReminderFired: ({ data }, { dateOf }) =>
      data.kind === "soon"
        ? `Pilootprojekti ooteaja lõpp on ${dateOf(noon(data.resumeOn))}.`
        : `Pilootprojekt on ikka ootel. Jätkamise päev oli ${dateOf(noon(data.resumeOn))}.`,
    FollowUpOpened: ({ data }, { dueOf }) =>
      `Järelküsitlus (${data.month} kuu möödudes) avati; tähtaeg on ${dueOf(data.dueAt)}.`,
    HoursLogged: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} märkis toetuseks ${number(data.hours)}\u00a0h, ${dateOf(noon(data.on))}: ${data.activity}.`,
    HoursConfirmed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} kinnitas toetustunnid: ${number(sumOf(data.entries))}\u00a0h.`,
    HoursDisputed: ({ actor, data: { entry } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} vaidlustas toetustunnid, ${number(entry.hours)}\u00a0h, ${dateOf(noon(entry.on))}: ${entry.activity}.`,
    HoursSettled: ({ actor, data: { entry, counts } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} otsustas, et toetustunnid ${counts ? "lähevad arvesse" : "ei lähe arvesse"}, ${number(entry.hours)}\u00a0h, ${dateOf(noon(entry.on))}: ${entry.activity}.`,
    CommentAdded: ({ actor, data }, { nameOf, deliverableName }) => {
      const on = data.deliverableId === undefined ? "" : `, tulem ${quoted(deliverableName(data.deliverableId))}`;
      return data.internal
        ? `Sisemine märkus, ${nameOf(actor.personId)}${on}: ${quoted(data.text)}`
        : `Kommentaar, ${nameOf(actor.personId)}${on}: ${quoted(data.text)}`;
    },
    QuestionAsked: ({ actor, data }, { nameOf, deliverableName, dueOf }) => {
      const receiver = data.toPersonId === undefined ? roleNames[data.toRole] : nameOf(data.toPersonId);
      const on = data.deliverableId === undefined ? "" : ` tulemi ${quoted(deliverableName(data.deliverableId))} kohta`;
      return `${nameOf(actor.personId)} küsis${on}: ${quoted(data.text)} Vastaja: ${receiver}, tähtaeg: ${dueOf(data.dueAt)}.`;
    },
    QuestionAnswered: ({ actor, data }, { nameOf, questionTitle }) =>
      `${nameOf(actor.personId)} vastas küsimusele ${quoted(questionTitle(data.taskId))}: ${quoted(data.text)}`,
    ExecutionRestarted: ({ data }, { stageName }) => `Etapi ${quoted(stageName(data.runId))} töövoog käivitati uuesti.`,
  },

  messages: {
    application_received: () => ({
      subject: "Teie taotlus on kohal",
      todo: ["Te ei pea praegu midagi tegema. Koordinaator loeb taotlust ja vastab."],
    }),
    application_rejected: () => ({
      subject: "Teie taotlust ei võetud vastu",
      todo: ["Lugege põhjust. Võite uuesti taotleda, kui seda enam ei ole."],
    }),
    application_to_decide: () => ({
      subject: "Taotlus ootab teie otsust",
      todo: ["Võtke pilootprojekt vastu ja määrake meeskond või lükake taotlus tagasi."],
    }),
    admitted: () => ({
      subject: "Teie pilootprojekt on vastu võetud",
      todo: [
        "Esimesed ülesanded on teie nimekirjas kohe, kui esimene etapp avatakse.",
        "Lugege pilootprojekti lepingut: sinna viib pilootprojekti leht, mille link on allpool.",
      ],
    }),
    joined_team: () => ({
      subject: "Olete uue pilootprojekti meeskonnas",
      todo: ["Lugege taotlust. Ülesanded on teie nimekirjas kohe, kui esimene etapp avatakse."],
    }),
    deliverables_to_make: ({ deliverables }, about) => ({
      subject: deliverables.length === 1 ? "Teile on uus ülesanne" : "Teile on uusi ülesandeid",
      todo: deliverables.map((each) => `Esitage ${dueDeliverable(each, about)}.`),
    }),
    to_review: ({ deliverableId, dueAt }, about) => ({
      subject: `Ootab läbivaatust: ${about.deliverableName(deliverableId)}`,
      todo: [`Võtke läbivaatus endale ja tehke see valmis. Tähtaeg: ${about.dueOf(dueAt)}.`],
    }),
    accepted: ({ moved }, about) => ({ subject: "Vastu võetud", todo: movedDates(moved, about) }),
    rework: ({ deliverables, moved }, about) => ({
      subject: `Parandada: ${list(deliverables.map(({ deliverableId }) => about.deliverableName(deliverableId)))}`,
      todo: [
        ...deliverables.map(
          (each) => `Vastake kommentaaridele ja esitage uus versioon: ${dueDeliverable(each, about)}.`,
        ),
        ...movedDates(moved, about),
      ],
    }),
    skip_to_decide: ({ subject }, about) => ({
      subject:
        "runId" in subject
          ? `Vahelejätmise ettepanek ootab teid: etapile ${quoted(about.stageName(subject.runId))} järgnev etapp`
          : `Vahelejätmise ettepanek ootab teid: ${about.deliverableName(subject.deliverableId)}`,
      todo: ["Nõustuge või keelduge. Vahelejätmiseks on vaja kahte otsustajat."],
    }),
    extension_to_decide: ({ deliverableId }, about) => ({
      subject: `Palutakse lisaaega: ${about.deliverableName(deliverableId)}`,
      todo: ["Pikendage tähtaega või selgitage kommentaaris, miks see jääb."],
    }),
    dates_moved: ({ moved }, about) => ({ subject: "Tähtaeg on nihkunud", todo: movedDates(moved, about) }),
    task_for_you: ({ taskId, dueAt }, about) => ({
      subject: `Ülesanne on nüüd teie oma: ${taskTitle(taskId, about)}`,
      todo: [`Tehke see ära või suunake edasi. Tähtaeg: ${about.dueOf(dueAt)}.`],
    }),
    task_failed: ({ taskId }, about) => ({
      subject: `Ülesanne ebaõnnestus: ${taskTitle(taskId, about)}`,
      todo: ["Lugege põhjust ja andke ülesanne kellelegi, kes saab selle ära teha."],
    }),
    gate_to_score: ({ runId, dueAt }, about) => ({
      subject: `Etapi ${quoted(about.stageName(runId))} otsustuspunkt ootab teie hinnet`,
      todo: [`Andke oma hinne. Tähtaeg: ${about.dueOf(dueAt)}. Keegi ei näe seda enne, kui kõik on hinde andnud.`],
    }),
    gate_to_decide: ({ runId, dueAt }, about) => ({
      subject: `Etapi ${quoted(about.stageName(runId))} otsustuspunktis saab otsustada`,
      todo: [`Kõik hinded on antud. Otsustage. Tähtaeg: ${about.dueOf(dueAt)}.`],
    }),
    gate_decided: ({ runId, decision, conditions }, about) => ({
      subject: `Etapi ${quoted(about.stageName(runId))} otsustuspunkt: ${decisionNames[decision]}`,
      todo: conditions.map(({ text, dueAt }) => `Täitke see tingimus (tähtaeg ${about.dueOf(dueAt)}): ${text}`),
    }),
    held: () => ({
      subject: "Pilootprojekt on ootel",
      todo: ["Ootel olles ei saabu ükski tähtaeg; avatud tähtajad nihkuvad ooteaja võrra."],
    }),
    resumed: ({ moved }, about) => ({ subject: "Pilootprojekt jätkub", todo: movedDates(moved, about) }),
    stopped: ({ mayObjectUntil }, about) => ({
      subject: "Pilootprojekt on lõpetatud",
      todo:
        mayObjectUntil === undefined
          ? ["Avatud ülesanded on tühistatud. Vastu võetu jääb alles."]
          : [`Võite esitada vastuväite. Viimane päev: ${about.dateOf(mayObjectUntil)}. Vastu võetu jääb alles.`],
    }),
    objection_to_answer: ({ dueAt }, about) => ({
      subject: "Ettevõte esitas lõpetamisele vastuväite",
      todo: [`Vastake vastuväitele. Tähtaeg: ${about.dueOf(dueAt)}.`],
    }),
    withdrawn: () => ({
      subject: "Ettevõte võttis pilootprojekti tagasi",
      todo: ["Avatud ülesanded on tühistatud. Märkige oma senised toetustunnid."],
    }),
    withdrawal_confirmed: () => ({
      subject: "Teie pilootprojekt on tagasi võetud",
      todo: [
        "Avatud ülesanded on tühistatud ja abi kirje on lõplik: sinna jääb kasutatud abi.",
        "Kinnitage senised toetustunnid. Võite igal ajal uuesti taotleda.",
      ],
    }),
    trial_to_end: () => ({
      subject: "Pilootprojekt on lõppenud: palun lõpetage katse",
      todo: [
        "Lõpetage katse ja teatage sellest osalejatele.",
        "Osalejate isikuandmete eest vastutate ise vastutava töötlejana: kustutage või säilitage need nii, nagu olete osalejatele lubanud.",
      ],
    }),
    new_advisor: ({ personId }, about) => ({
      subject: `Teie uus nõustaja: ${about.nameOf(personId)}`,
      todo: [`Nüüdsest on teie nõustaja ${about.nameOf(personId)}. Teie ülesanded ja tähtajad jäävad samaks.`],
    }),
    handed_over_to_you: ({ taskIds }, about) => ({
      subject: "Teile anti üle pilootprojekt",
      todo:
        taskIds.length === 0
          ? ["Lugege märkmeid ja tutvustage end ettevõttele."]
          : [`Nüüd teie omad: ${tasks(taskIds, about)}.`],
    }),
    tasks_returned: ({ taskIds }, about) => ({
      subject: taskIds.length === 1 ? "Ülesanne tuli teile tagasi" : "Ülesanded tulid teile tagasi",
      todo: [`Taas teie omad: ${tasks(taskIds, about)}.`],
    }),
    still_on_track: ({ taskId, dueAt }, about) => ({
      subject: `Kas olete ajakavas? ${taskTitle(taskId, about)}`,
      todo: [`Pool ajast on möödas. Öelge, millal arvate valmis jõudvat; tähtaeg on ${about.dueOf(dueAt)}.`],
    }),
    due_soon: ({ taskId, dueAt, yours }, about) => ({
      subject: `Tähtaeg läheneb: ${taskTitle(taskId, about)}`,
      todo: [
        yours
          ? `Tähtaeg on ${about.dueOf(dueAt)}. Tehke valmis või paluge aegsasti lisaaega.`
          : `Tähtaeg on ${about.dueOf(dueAt)}. Küsige, kas on vaja abi.`,
      ],
    }),
    overdue: ({ taskId, dueAt, yours }, about) => ({
      subject: `Tähtaeg on käes: ${taskTitle(taskId, about)}`,
      todo: [
        yours
          ? `Tähtaeg on ${about.dueOf(dueAt)}. Tehke nüüd valmis või öelge, millal arvate valmis jõudvat.`
          : `Tähtaeg on ${about.dueOf(dueAt)}. Küsige, mis takistab.`,
      ],
    }),
    escalated: ({ taskId, dueAt }, about) => ({
      subject: `Tähtaeg möödas: ${taskTitle(taskId, about)}`,
      todo: [`Tähtaeg oli ${about.dueOf(dueAt)}. Leppige kokku, mis aitab: kolleeg, ekspert, lisaaeg.`],
    }),
    at_risk: ({ taskId, dueAt }, about) => ({
      subject: `Pilootprojekt on ohus, hilineb endiselt: ${taskTitle(taskId, about)}`,
      todo: [
        `Tähtaeg oli ${about.dueOf(dueAt)}. Rääkige nõustajaga; andke lisaaega, andke ülesanne kellelegi teisele või pange pilootprojekt ootele.`,
      ],
    }),
    hold_proposed: ({ taskId, dueAt }, about) => ({
      subject: `Kas panna ootele? Hilineb väga: ${taskTitle(taskId, about)}`,
      todo: [
        `Tähtaeg oli ${about.dueOf(dueAt)}. Otsustage, kas pilootprojekt ootele panna; ilma teie otsuseta ei juhtu midagi.`,
      ],
    }),
    review_late: ({ taskId, dueAt, yours }, about) => ({
      subject: `Hilinenud: ${taskTitle(taskId, about)}`,
      todo: [
        yours
          ? `Tähtaeg oli ${about.dueOf(dueAt)}. Tehke valmis või andke tagasi; seni teiste tähtajad seisavad.`
          : `Tähtaeg oli ${about.dueOf(dueAt)}. Hoolitsege, et keegi selle läbi vaatab; seni teiste tähtajad seisavad.`,
      ],
    }),
    hold_ends: ({ reached, mayResume }) => ({
      subject: reached ? "Ooteaeg on läbi" : "Ooteaeg lõpeb varsti",
      todo: [
        mayResume
          ? reached
            ? "Jätkake pilootprojekti või otsustage, kas see lõpetada."
            : "Veenduge, et pilootprojekt saab jätkuda, ja siis jätkake seda."
          : "Öelge kommentaaris, kas pilootprojekt saab jätkuda.",
      ],
    }),
    mentioned: () => ({ subject: "Teid on mainitud", todo: ["Lugege kommentaari ja vastake sellele kommentaariga."] }),
    question_for_you: ({ isYours, dueAt }, about) => ({
      subject: isYours ? "Küsimus teile" : "Küsimus ootab vastust",
      todo: [
        isYours
          ? `Vastake või suunake küsimus edasi. Tähtaeg: ${about.dueOf(dueAt)}.`
          : `Vastab see, kes teab. Tähtaeg: ${about.dueOf(dueAt)}.`,
      ],
    }),
    question_answered: () => ({ subject: "Teie küsimusele on vastatud", todo: [] }),
    hours_to_confirm: () => ({
      subject: "Toetustunnid ootavad kinnitust",
      todo: ["Kinnitage tunnid või öelge, mis neis valesti on. Need loetakse teie ettevõttele antud abiks."],
    }),
    hours_disputed: ({ mayDecide }) => ({
      subject: "Ettevõte vaidlustas toetustunnid",
      todo: [
        mayDecide
          ? "Kuulake mõlemad pooled ära ja otsustage, kas tunnid lähevad arvesse."
          : "Rääkige ettevõttega. Ta saab tunnid veel kinnitada; muidu otsustab koordinaator, kas need lähevad arvesse.",
      ],
    }),
    hours_settled: ({ counts }) => ({
      subject: counts ? "Vaidlustatud tunnid lähevad arvesse" : "Vaidlustatud tunnid ei lähe arvesse",
      todo: counts ? [] : ["Need arvatakse pilootprojekti tundidest ja abist maha."],
    }),
    news: () => ({ subject: "Pilootprojekti uudised", todo: [] }),
  },

  refusals: estonianRefusals,

  mail: {
    subject: (subject, pilot) => `${mark(pilot.sample)}${subject} – ${pilot.title}`,
    text: (personName, notice) =>
      [`Tere, ${personName}!`, "", ...noticeLines(notice, ""), "", "Fairway", ""].join("\n"),
    why: (settingsLink) =>
      `Saate selle kirja, sest osalete pilootprojektis. Siin saate valida, mille kohta teile kirjutatakse: ${settingsLink}`,
    invitation: (personName, { inviter, organisation, programme, role, email, link, sample }) => ({
      subject: `${mark(sample)}${inviter} kutsus teid Fairwaysse`,
      text: [
        `Tere, ${personName}!`,
        "",
        `${inviter} lisas teid programmi ${quoted(programme)}. Teie roll: ${roles[role]} (${organisation}).`,
        `Avage allolev aadress ja logige sisse e-posti aadressiga ${email}: kood saadetakse teile e-postiga, parooli pole vaja.`,
        link,
        "",
        "Kui see on eksitus, ei pea te midagi tegema.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    erasure: (personName, letter) => ({
      subject: `${mark(letter.sample)}${erasureSubjects[letter.kind]}`,
      text: [`Tere, ${personName}!`, "", ...erasureLines[letter.kind](letter), letter.link, "", "Fairway", ""].join(
        "\n",
      ),
    }),
    signInCode: (personName, { code, minutes }) => ({
      subject: `${code} on teie Fairway kood`,
      text: [
        `Tere, ${personName}!`,
        "",
        "Sisestage see kood lehel, kus te seda küsisite:",
        "",
        code,
        "",
        `See kehtib ${minutes} minutit ja ainult seal. Keegi Fairwayst ei küsi seda teilt kunagi.`,
        "Kui te koodi ei küsinud, ärge tehke midagi.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    digestSubject: (notices, sample) =>
      `${mark(sample)}Teie pilootprojektid täna: ${count(notices, { one: "teade", other: "teadet" })}`,
    digestText: (personName, pilots) =>
      [
        `Tere, ${personName}!`,
        "",
        "Siin on eilsest saadik uus; kõige kiirem on esimene.",
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
  asked: "Keegi palub end unustada",
  granted_to_do: "Isiku andmed tuleb kustutada",
  granted: "Teie palve olla unustatud on rahuldatud",
  refused: "Teie palve olla unustatud on tagasi lükatud",
};

const erasureLines: Record<ErasureLetter["kind"], (letter: ErasureLetter) => readonly string[]> = {
  asked: ({ programme, answerBy }) => [
    `Keegi programmis ${quoted(programme)} on palunud end unustada.`,
    `Vaadake palve läbi ja otsustage hiljemalt ${answerBy}: seadus annab aega ühe kuu.`,
  ],
  granted_to_do: ({ programme }) => [
    `Programmis ${quoted(programme)} on rahuldatud palve olla unustatud.`,
    "Viige see ellu, kui miski ei takista. Seda ei saa tagasi võtta.",
  ],
  granted: ({ programme, reason }) => [
    `Te palusite programmil ${quoted(programme)} end unustada. Palve on rahuldatud: ${reason}`,
    "Administraator viib selle ellu. Siis on teie nimi ja aadress kadunud, te ei saa enam sisse logida ja ükski kiri ei tule, ka mitte selle teatamiseks.",
  ],
  refused: ({ programme, reason }) => [
    `Te palusite programmil ${quoted(programme)} end unustada. Palve on tagasi lükatud: ${reason}`,
    "Võite paluda uuesti või kaevata oma riigi andmekaitseasutusele.",
  ],
};

const mark = (sample: boolean): string => (sample ? "[Näidis] " : "");

const noticeLines = ({ happened, reason, todo, link }: NoticeText, indent: string): string[] =>
  [happened, ...(reason === undefined ? [] : [`Põhjus: ${reason}`]), ...todo, link].map((line) => indent + line);

const quoted = (text: string): string => `„${text}“`;

const decidersOf = (by: readonly string[], nameOf: About["nameOf"]): string =>
  `${by.length === 1 ? "Otsustaja" : "Otsustajad"}: ${list(by.map(nameOf))}`;

const namesOf = (team: readonly { readonly personId: string }[], nameOf: About["nameOf"]): string =>
  team.length === 0 ? "mitte keegi" : list(team.map(({ personId }) => nameOf(personId)));

/** In parentheses, where it is known. */
const named = (ids: readonly string[] | undefined, nameOf: About["deliverableName"]): string =>
  ids === undefined ? "" : ` (${list(ids.map((id) => quoted(nameOf(id))))})`;

const dueDeliverable = ({ deliverableId, dueAt }: DueDeliverable, about: About): string =>
  `${quoted(about.deliverableName(deliverableId))} (tähtaeg ${about.dueOf(dueAt)})`;

const movedDates = (moved: readonly DueDeliverable[], about: About): string[] =>
  moved.map(
    ({ deliverableId, dueAt }) =>
      `Tulemi ${quoted(about.deliverableName(deliverableId))} uus tähtaeg: ${about.dueOf(dueAt)}.`,
  );

/** What is to be done stands in brackets, so that the name stays as it is. */
function taskTitle(taskId: string, about: About): string {
  const { of, kind } = partsOfTaskId(taskId);
  switch (kind) {
    case "produce":
      return about.deliverableName(of);
    case "review":
      return `${about.deliverableName(of)} (läbivaatus)`;
    case "gate_score":
      return `${about.stageName(of)} (otsustuspunkti hinne)`;
    case "gate_decision":
      return `${about.stageName(of)} (otsustuspunkti otsus)`;
    case "condition":
      return "Otsustuspunkti tingimus";
    case "objection":
      return "Vastus vastuväitele";
    case "question":
      return `Küsimus: ${about.questionTitle(taskId)}`;
  }
}

/** After "ülesanne" in whatever case. */
const taskName = (taskId: string, about: About): string => quoted(taskTitle(taskId, about));

const tasks = (taskIds: readonly string[], about: About): string => list(taskIds.map((id) => taskName(id, about)));

const reminderSentences: Record<ReminderStepId, (task: string, dueOn: string) => string> = {
  followup: (task, dueOn) => `Pool ülesande ${task} ajast on möödas; tähtaeg on ${dueOn}.`,
  soon: (task, dueOn) => `Meeldetuletus: ülesande ${task} tähtaeg on ${dueOn}.`,
  near: (task, dueOn) => `Meeldetuletus: ülesande ${task} tähtaeg on varsti, ${dueOn}.`,
  due: (task, dueOn) => `Ülesande ${task} tähtaeg on käes: ${dueOn}.`,
  esc1: (task, dueOn) => `Eskaleerimine: ülesanne ${task} on hilinenud (tähtaeg ${dueOn}).`,
  esc2: (task, dueOn) => `Eskaleerimine: ülesanne ${task} hilineb endiselt (tähtaeg ${dueOn}); pilootprojekt on ohus.`,
  esc3: (task, dueOn) =>
    `Eskaleerimine: ülesanne ${task} hilineb väga (tähtaeg ${dueOn}); tehakse ettepanek panna pilootprojekt ootele.`,
  review: (task, dueOn) => `Hilinenud: ülesanne ${task} (tähtaeg ${dueOn}).`,
};

const roleNames = {
  sme: "ettevõte",
  advisor: "nõustajad",
  expert: "eksperdid",
  living_lab: "eluslabor",
  coordinator: "koordinaatorid",
} as const;

const priorities = { normal: "tavaline", high: "kõrge" } as const;

const decisionNames: Record<GateDecisionId, string> = {
  advance: "edasi",
  advance_with_conditions: "tingimustega edasi",
  rework: "parandamine",
  hold: "ootel",
  stop: "lõpetamine",
  skip: "järgmine etapp jäetakse vahele",
};

const skipReasons: Readonly<Record<string, string>> = {
  already_done_elsewhere: "juba mujal tehtud",
  not_applicable_to_service: "ei puuduta seda teenust",
  same_market_earlier_pilot: "varasem pilootprojekt samal turul",
  programme_decision: "programmi otsus",
  other_with_text: "muu põhjus",
  no_trial_planned: "katset ei ole kavandatud",
  recent_study_exists: "värske uuring on olemas",
  no_external_exchange: "andmeid teistega ei vahetata",
  no_end_users: "lõppkasutajaid ei ole",
  no_public_buyers: "avaliku sektori ostjaid ei ole",
  desk_validation_agreed: "kokku on lepitud hindamine dokumentide põhjal",
};

const skipReason = (reasonId: string): string => skipReasons[reasonId] ?? reasonId.replaceAll("_", " ");
