/**
 * Everything Fairway says to people about their pilots, in Finnish.
 * Names stand in quotes beside a noun that carries the case ("Vaihe ”…” avattiin"), or after a colon.
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
import { finnishRefusals, roles, score } from "./refusals/fi.ts";

const locale = "fi-FI";
const list = listIn(locale);
const number = numbersIn(locale);
const count = countIn(locale);

export const finnish: Catalogue = {
  locale,

  formWords: { row: "rivi", entry: "kohta", form: "Lomake", yes: "Kyllä", no: "Ei" },

  taskTitles: {
    review: (what) => `Arvioi: ${what}`,
    gate_score: (what) => `Pisteytä: ${what}`,
    gate_decision: (what) => `Päätä: ${what}`,
    objection: "Vastaa vastalauseeseen pilotin lopettamisesta",
  },

  plainResults: {
    "NA-4":
      "Esterekisteri (elävä tietue, avataan uudelleen joka vaiheessa; sen pohjalta ohjelma raportoi, mitä esteitä löydettiin ja ratkaistiin)",
    "FS-4": "Työpajan tietue (julkinen ja yhteinen työpaja lasketaan myös ohjelman tuloksiin)",
    "PA-8": "Kokeiluraportti (kokeilu lasketaan ohjelman tuloksiin)",
  },

  sentences: {
    ApplicationStarted: ({ actor, data }, { nameOf }) => `${nameOf(actor.personId)} aloitti hakemuksen: ${data.title}.`,
    ApplicationRejected: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} hylkäsi hakemuksen.`,
    PilotAdmitted: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} otti pilotin ohjelmaan${
        data.waiverReason === undefined ? "" : " poikkeuksena ohjelman kokorajasta"
      }. Tiimi: ${namesOf(data.team, nameOf)}.`,
    StageOpened: ({ data }, { stageName }) =>
      `Vaihe ${quoted(stageName(data.runId))} avattiin: ${count(data.deliverables.length, { one: "tuotos", other: "tuotosta" })}.`,
    DraftSaved: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} muokkasi tuotosta ${quoted(deliverableName(data.deliverableId))}.`,
    DeliverableSubmitted: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} lähetti tuotoksen ${quoted(deliverableName(data.deliverableId))}, versio\u00a0${data.revision}${
        data.late ? ", määräpäivän jälkeen" : ""
      }.`,
    SubmissionWithdrawn: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} perui tuotoksen ${quoted(deliverableName(data.deliverableId))} lähetyksen.`,
    DeliverableReviewed: ({ data }, { deliverableName }) => {
      const comments = data.fieldComments.length + Object.keys(data.criterionComments).length;
      const outcome = data.outcome === "accepted" ? "hyväksyttiin" : "palautettiin korjattavaksi";
      return `Tuotos ${quoted(deliverableName(data.deliverableId))} ${outcome}: ${score(data.weightedPercent)}, ${count(comments, { none: "ei kommentteja", one: "kommentti", other: "kommenttia" })}.`;
    },
    DeliverableSkipProposed: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} ehdotti tuotoksen ${quoted(deliverableName(data.deliverableId))} ohittamista: ${skipReason(data.reasonId)}.`,
    DeliverableSkipDeclined: ({ actor, data }, { nameOf, deliverableName }) =>
      `${nameOf(actor.personId)} ei hyväksynyt tuotoksen ${quoted(deliverableName(data.deliverableId))} ohittamista.`,
    DeliverableSkipped: ({ data }, { nameOf, deliverableName }) =>
      `Tuotos ${quoted(deliverableName(data.deliverableId))} ohitettiin: ${skipReason(data.reasonId)}. ${decidersOf(data.by, nameOf)}.`,
    DeliverableReopened: ({ actor, data }, { nameOf, deliverableName, dueOf }) =>
      `${nameOf(actor.personId)} avasi uudelleen tuotoksen ${quoted(deliverableName(data.deliverableId))}; määräpäivä on ${dueOf(data.dueAt)}.`,
    DueDateExtended: ({ data }, { deliverableName, dueOf }) =>
      `Tuotoksen ${quoted(deliverableName(data.deliverableId))} määräpäivä siirtyi. Ennen: ${dueOf(data.from)}, nyt: ${dueOf(data.dueAt)}${
        data.kind === "dependency"
          ? `, koska tuotos odottaa toista tuotosta${named(data.waitsFor, deliverableName)}`
          : ""
      }.`,
    ExtensionRequested: ({ actor, data }, { nameOf, deliverableName, dateOf }) =>
      `${nameOf(actor.personId)} pyysi tuotokselle ${quoted(deliverableName(data.deliverableId))} uutta määräpäivää: ${dateOf(noon(data.until))}.`,
    ForecastGiven: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} arvioi, että tehtävä ${taskName(data.taskId, about)} valmistuu ${about.dateOf(noon(data.on))}.`,
    TaskClaimed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} otti itselleen tehtävän ${taskName(data.taskId, about)}.`,
    TaskStarted: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} aloitti tehtävän ${taskName(data.taskId, about)}.`,
    TaskReleased: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} palautti listalle tehtävän ${taskName(data.taskId, about)}.`,
    TaskDelegated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} delegoi tehtävän ${taskName(data.taskId, about)}. Tekijä: ${about.nameOf(data.toPersonId)}.`,
    TaskReturned: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} palautti tehtävän ${taskName(data.taskId, about)}. Vastuussa: ${about.nameOf(data.ownerId)}.`,
    TaskForwarded: ({ actor, data }, about) => {
      const receiver =
        data.toPersonId === undefined
          ? data.toRole === undefined
            ? "muut"
            : roleNames[data.toRole]
          : about.nameOf(data.toPersonId);
      return `${about.nameOf(actor.personId)} siirsi eteenpäin tehtävän ${taskName(data.taskId, about)}. Vastaanottaja: ${receiver}.`;
    },
    TaskNominated: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} antoi tehtävän ${taskName(data.taskId, about)}. Tekijä: ${about.nameOf(data.toPersonId)}.`,
    TaskPriorityChanged: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} muutti tehtävän ${taskName(data.taskId, about)} tärkeyden: ${priorities[data.priority]}.`,
    TaskFailed: ({ actor, data }, about) =>
      `${about.nameOf(actor.personId)} ei pystynyt tekemään tehtävää ${taskName(data.taskId, about)}.`,
    ConditionMet: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} ilmoitti portin ehdon täytetyksi.`,
    GateOpened: ({ data }, { stageName, dueOf }) =>
      `Vaiheen ${quoted(stageName(data.runId))} portti avattiin${data.round > 1 ? ` uudelleen (kierros ${data.round})` : ""}; päätös viimeistään ${dueOf(data.decideBy)}.`,
    GateScored: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} antoi pisteet vaiheen ${quoted(stageName(data.runId))} portille.`,
    GateSkipProposed: ({ actor, data }, { nameOf, stageName }) =>
      `${nameOf(actor.personId)} ehdotti vaihetta ${quoted(stageName(data.runId))} seuraavan vaiheen ohittamista: ${skipReason(data.reasonId)}.`,
    GateSkipDeclined: ({ actor, data }, { nameOf, stageName }) =>
      actor.personId === data.proposerPersonId
        ? `${nameOf(actor.personId)} perui ehdotuksensa ohittaa vaihetta ${quoted(stageName(data.runId))} seuraava vaihe.`
        : `${nameOf(actor.personId)} ei hyväksynyt ehdotusta ohittaa vaihetta ${quoted(stageName(data.runId))} seuraava vaihe. Ehdottaja: ${nameOf(data.proposerPersonId)}.`,
    GateDecided: ({ data }, { nameOf, stageName, deliverableName, dateOf }) => {
      const details: Record<GateDecisionId, string> = {
        advance: "eteneminen",
        advance_with_conditions: `eteneminen ehdoin (${count(data.conditions.length, { one: "ehto", other: "ehtoa" })})`,
        rework: `korjaus (${list(data.rework.map(({ deliverableId }) => quoted(deliverableName(deliverableId))))})`,
        hold: data.resumeOn === undefined ? "tauko" : `tauko, jatko ${dateOf(noon(data.resumeOn))}`,
        stop: "pilotin lopetus",
        skip: "seuraavan vaiheen ohitus",
      };
      return `Päätös vaiheen ${quoted(stageName(data.runId))} portilla: ${details[data.decision]}. ${decidersOf(data.by, nameOf)}.`;
    },
    StageClosed: ({ data }, { stageName }) => {
      const skipped = data.skipped.map(({ runId }) => quoted(stageName(runId)));
      return [
        `Vaihe ${quoted(stageName(data.runId))} päätettiin`,
        ...(skipped.length === 0 ? [] : [`ohitetaan: ${list(skipped)}`]),
        data.next === undefined
          ? "pilotti on viety loppuun."
          : `seuraava vaihe on ${quoted(stageName(data.next.runId))}.`,
      ].join("; ");
    },
    PilotHeld: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} pani pilotin tauolle; jatkopäivä on ${dateOf(noon(data.resumeOn))}.`,
    PilotResumed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} jatkoi pilottia; tauko kesti ${count(daysIn(data.heldMs), { one: "päivän", other: "päivää" })}, ja avoimet määräpäivät siirtyivät.`,
    PilotStopped: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} lopetti pilotin.`,
    StopObjected: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} esitti vastalauseen lopetuksesta: ${quoted(data.text)}`,
    PilotWithdrawn: ({ actor }, { nameOf }) => `${nameOf(actor.personId)} vetäytyi pilotista.`,
    TeamChanged: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} muutti tiimiä. Tiimi on nyt: ${namesOf(data.team, nameOf)}.`,
    AdvisorHandedOver: ({ data }, { nameOf }) =>
      `${nameOf(data.fromPersonId)} luovutti pilotin toiselle neuvojalle: ${nameOf(data.toPersonId)}.`,
    ReminderFired: ({ data }, about) =>
      reminderSentences[data.step](taskName(data.taskId, about), about.dueOf(data.dueAt)),
    HoldReminderFired: ({ data }, { dateOf }) =>
      data.kind === "soon"
        ? `Pilotin tauko päättyy ${dateOf(noon(data.resumeOn))}.`
        : `Pilotin piti jatkua viimeistään ${dateOf(noon(data.resumeOn))}, mutta se on yhä tauolla.`,
    FollowUpOpened: ({ data }, { dueOf }) =>
      `Seurantakysely, joka tehdään ${data.month} kuukauden kuluttua, avattiin; määräpäivä on ${dueOf(data.dueAt)}.`,
    HoursLogged: ({ actor, data }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} kirjasi tukea ${number(data.hours)}\u00a0h, ${dateOf(noon(data.on))}: ${data.activity}.`,
    HoursConfirmed: ({ actor, data }, { nameOf }) =>
      `${nameOf(actor.personId)} vahvisti tukitunnit: ${number(sumOf(data.entries))}\u00a0h.`,
    HoursDisputed: ({ actor, data: { entry } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} kiisti tukitunnit, ${number(entry.hours)}\u00a0h, ${dateOf(noon(entry.on))}: ${entry.activity}.`,
    HoursSettled: ({ actor, data: { entry, counts } }, { nameOf, dateOf }) =>
      `${nameOf(actor.personId)} päätti, että tukitunnit ${counts ? "lasketaan mukaan" : "jätetään laskematta"}, ${number(entry.hours)}\u00a0h, ${dateOf(noon(entry.on))}: ${entry.activity}.`,
    CommentAdded: ({ actor, data }, { nameOf, deliverableName }) => {
      const on = data.deliverableId === undefined ? "" : `, tuotos ${quoted(deliverableName(data.deliverableId))}`;
      return data.internal
        ? `Sisäinen huomautus, ${nameOf(actor.personId)}${on}: ${quoted(data.text)}`
        : `Kommentti, ${nameOf(actor.personId)}${on}: ${quoted(data.text)}`;
    },
    QuestionAsked: ({ actor, data }, { nameOf, deliverableName, dueOf }) => {
      const receiver = data.toPersonId === undefined ? roleNames[data.toRole] : nameOf(data.toPersonId);
      const on = data.deliverableId === undefined ? "" : ` tuotoksesta ${quoted(deliverableName(data.deliverableId))}`;
      return `${nameOf(actor.personId)} kysyi${on}: ${quoted(data.text)} Vastaaja: ${receiver}, viimeistään ${dueOf(data.dueAt)}.`;
    },
    QuestionAnswered: ({ actor, data }, { nameOf, questionTitle }) =>
      `${nameOf(actor.personId)} vastasi kysymykseen ${quoted(questionTitle(data.taskId))}: ${quoted(data.text)}`,
    ExecutionRestarted: ({ data }, { stageName }) =>
      `Vaiheen ${quoted(stageName(data.runId))} työnkulku käynnistettiin uudelleen.`,
  },

  messages: {
    application_received: () => ({
      subject: "Hakemuksesi on saapunut",
      todo: ["Sinun ei tarvitse tehdä nyt mitään. Koordinaattori lukee hakemuksen ja vastaa."],
    }),
    application_rejected: () => ({
      subject: "Hakemustasi ei hyväksytty",
      todo: ["Lue perustelu. Voit hakea uudelleen, kun se ei enää päde."],
    }),
    application_to_decide: () => ({
      subject: "Hakemus odottaa päätöstäsi",
      todo: ["Ota pilotti ohjelmaan ja nimeä sen tiimi, tai hylkää hakemus."],
    }),
    admitted: () => ({
      subject: "Pilottisi on otettu ohjelmaan",
      todo: [
        "Ensimmäiset tehtäväsi ovat listallasi heti, kun ensimmäinen vaihe avataan.",
        "Lue pilottisopimus: pilotin sivu alla olevan linkin takana johtaa siihen.",
      ],
    }),
    joined_team: () => ({
      subject: "Olet uuden pilotin tiimissä",
      todo: ["Lue hakemus. Tehtäväsi ovat listallasi heti, kun ensimmäinen vaihe avataan."],
    }),
    deliverables_to_make: ({ deliverables }, about) => ({
      subject: deliverables.length === 1 ? "Uusi tehtävä sinulle" : "Uusia tehtäviä sinulle",
      todo: deliverables.map((each) => `Lähetä ${dueDeliverable(each, about)}.`),
    }),
    to_review: ({ deliverableId, dueAt }, about) => ({
      subject: `Odottaa arviointia: ${about.deliverableName(deliverableId)}`,
      todo: [`Ota arviointi itsellesi ja tee se valmiiksi viimeistään ${about.dueOf(dueAt)}.`],
    }),
    accepted: ({ moved }, about) => ({ subject: "Hyväksytty", todo: movedDates(moved, about) }),
    rework: ({ deliverables, moved }, about) => ({
      subject: `Korjattavaksi: ${list(deliverables.map(({ deliverableId }) => about.deliverableName(deliverableId)))}`,
      todo: [
        ...deliverables.map((each) => `Vastaa kommentteihin ja lähetä uusi versio: ${dueDeliverable(each, about)}.`),
        ...movedDates(moved, about),
      ],
    }),
    skip_to_decide: ({ subject }, about) => ({
      subject:
        "runId" in subject
          ? `Ohitusehdotus odottaa sinua: vaihetta ${quoted(about.stageName(subject.runId))} seuraava vaihe`
          : `Ohitusehdotus odottaa sinua: ${about.deliverableName(subject.deliverableId)}`,
      todo: ["Hyväksy tai torju ehdotus. Ohitukseen tarvitaan kaksi päättäjää."],
    }),
    extension_to_decide: ({ deliverableId }, about) => ({
      subject: `Lisäaikaa pyydetään: ${about.deliverableName(deliverableId)}`,
      todo: ["Siirrä määräpäivää, tai kerro kommentissa, miksi se pysyy."],
    }),
    dates_moved: ({ moved }, about) => ({ subject: "Määräpäivä on siirtynyt", todo: movedDates(moved, about) }),
    task_for_you: ({ taskId, dueAt }, about) => ({
      subject: `Tehtävä on nyt sinun: ${taskTitle(taskId, about)}`,
      todo: [`Tee se viimeistään ${about.dueOf(dueAt)}, tai siirrä se eteenpäin.`],
    }),
    task_failed: ({ taskId }, about) => ({
      subject: `Tehtävä ei onnistunut: ${taskTitle(taskId, about)}`,
      todo: ["Lue syy ja anna tehtävä jollekulle, joka voi tehdä sen."],
    }),
    gate_to_score: ({ runId, dueAt }, about) => ({
      subject: `Vaiheen ${quoted(about.stageName(runId))} portti odottaa pisteitäsi`,
      todo: [
        `Anna pisteesi viimeistään ${about.dueOf(dueAt)}. Kukaan ei näe niitä, ennen kuin kaikki ovat antaneet omansa.`,
      ],
    }),
    gate_to_decide: ({ runId, dueAt }, about) => ({
      subject: `Vaiheen ${quoted(about.stageName(runId))} portilla voi päättää`,
      todo: [`Kaikki pisteet on annettu. Päätä viimeistään ${about.dueOf(dueAt)}.`],
    }),
    gate_decided: ({ runId, decision, conditions }, about) => ({
      subject: `Vaiheen ${quoted(about.stageName(runId))} portti: ${decisionNames[decision]}`,
      todo: conditions.map(({ text, dueAt }) => `Täytä tämä ehto viimeistään ${about.dueOf(dueAt)}: ${text}`),
    }),
    held: () => ({
      subject: "Pilotti on tauolla",
      todo: ["Mikään ei eräänny tauon aikana; avoimet määräpäivät siirtyvät tauon verran."],
    }),
    resumed: ({ moved }, about) => ({ subject: "Pilotti jatkuu", todo: movedDates(moved, about) }),
    stopped: ({ mayObjectUntil }, about) => ({
      subject: "Pilotti on lopetettu",
      todo:
        mayObjectUntil === undefined
          ? ["Avoimet tehtävät on peruttu. Se, mikä on hyväksytty, säilyy."]
          : [`Voit esittää vastalauseen viimeistään ${about.dateOf(mayObjectUntil)}. Se, mikä on hyväksytty, säilyy.`],
    }),
    objection_to_answer: ({ dueAt }, about) => ({
      subject: "Yritys vastustaa lopetusta",
      todo: [`Vastaa vastalauseeseen viimeistään ${about.dueOf(dueAt)}.`],
    }),
    withdrawn: () => ({
      subject: "Yritys vetäytyi pilotistaan",
      todo: ["Avoimet tehtävät on peruttu. Kirjaa tähänastiset tukituntisi."],
    }),
    withdrawal_confirmed: () => ({
      subject: "Yrityksesi on vetäytynyt pilotista",
      todo: [
        "Avoimet tehtävät on peruttu, ja tukimerkintä on lopullinen: siihen jää käytetty tuki.",
        "Vahvista tähänastiset tukitunnit. Voit hakea uudelleen milloin tahansa.",
      ],
    }),
    trial_to_end: () => ({
      subject: "Pilotti on päättynyt: päätä myös kokeilu",
      todo: [
        "Päätä kokeilu ja kerro siitä osallistujille.",
        "Vastaat osallistujien henkilötiedoista itse rekisterinpitäjänä: poista tai säilytä ne niin kuin olet heille luvannut.",
      ],
    }),
    new_advisor: ({ personId }, about) => ({
      subject: `Uusi neuvojasi: ${about.nameOf(personId)}`,
      todo: [`Tästä lähtien neuvojasi on ${about.nameOf(personId)}. Tehtäväsi ja määräpäiväsi pysyvät ennallaan.`],
    }),
    handed_over_to_you: ({ taskIds }, about) => ({
      subject: "Sinulle on luovutettu pilotti",
      todo:
        taskIds.length === 0
          ? ["Lue muistiinpanot ja esittäydy yritykselle."]
          : [`Nyt sinun: ${tasks(taskIds, about)}.`],
    }),
    tasks_returned: ({ taskIds }, about) => ({
      subject: taskIds.length === 1 ? "Tehtävä palasi sinulle" : "Tehtäviä palasi sinulle",
      todo: [`Taas sinun: ${tasks(taskIds, about)}.`],
    }),
    still_on_track: ({ taskId, dueAt }, about) => ({
      subject: `Vieläkö aikataulussa? ${taskTitle(taskId, about)}`,
      todo: [`Puolet ajasta on kulunut. Kerro, milloin arvioit olevasi valmis; määräpäivä on ${about.dueOf(dueAt)}.`],
    }),
    due_soon: ({ taskId, dueAt, yours }, about) => ({
      subject: `Määräpäivä lähestyy: ${taskTitle(taskId, about)}`,
      todo: [
        yours
          ? `Tee valmiiksi viimeistään ${about.dueOf(dueAt)}, tai pyydä ajoissa lisäaikaa.`
          : `Määräpäivä on ${about.dueOf(dueAt)}. Kysy, tarvitaanko apua.`,
      ],
    }),
    overdue: ({ taskId, dueAt, yours }, about) => ({
      subject: `Määräpäivä nyt: ${taskTitle(taskId, about)}`,
      todo: [
        yours
          ? `Määräpäivä on ${about.dueOf(dueAt)}. Tee valmiiksi nyt, tai kerro, milloin arvioit olevasi valmis.`
          : `Määräpäivä on ${about.dueOf(dueAt)}. Kysy, mikä on esteenä.`,
      ],
    }),
    escalated: ({ taskId, dueAt }, about) => ({
      subject: `Määräpäivä ohi: ${taskTitle(taskId, about)}`,
      todo: [`Määräpäivä oli ${about.dueOf(dueAt)}. Sopikaa, mikä auttaa: työtoveri, asiantuntija, lisäaika.`],
    }),
    at_risk: ({ taskId, dueAt }, about) => ({
      subject: `Pilotti vaarassa, yhä myöhässä: ${taskTitle(taskId, about)}`,
      todo: [
        `Määräpäivä oli ${about.dueOf(dueAt)}. Puhu neuvojan kanssa; anna lisäaikaa, anna tehtävä jollekulle muulle tai pane pilotti tauolle.`,
      ],
    }),
    hold_proposed: ({ taskId, dueAt }, about) => ({
      subject: `Pilotti tauolle? Pahasti myöhässä: ${taskTitle(taskId, about)}`,
      todo: [
        `Määräpäivä oli ${about.dueOf(dueAt)}. Päätä, pannaanko pilotti tauolle; mitään ei tapahdu ilman päätöstäsi.`,
      ],
    }),
    review_late: ({ taskId, dueAt, yours }, about) => ({
      subject: `Myöhässä: ${taskTitle(taskId, about)}`,
      todo: [
        yours
          ? `Määräpäivä oli ${about.dueOf(dueAt)}. Tee valmiiksi tai palauta listalle; siihen asti muiden määräajat seisovat.`
          : `Määräpäivä oli ${about.dueOf(dueAt)}. Huolehdi, että joku arvioi; siihen asti muiden määräajat seisovat.`,
      ],
    }),
    hold_ends: ({ reached, mayResume }) => ({
      subject: reached ? "Tauon loppu on tullut" : "Tauko päättyy pian",
      todo: [
        mayResume
          ? reached
            ? "Jatka pilottia, tai päätä, lopetetaanko se."
            : "Varmista, että pilotti voi jatkua, ja jatka sitä sitten."
          : "Kerro kommentissa, voiko pilotti jatkua.",
      ],
    }),
    mentioned: () => ({ subject: "Sinut on mainittu", todo: ["Lue kommentti ja vastaa siihen kommentilla."] }),
    question_for_you: ({ isYours, dueAt }, about) => ({
      subject: isYours ? "Kysymys sinulle" : "Kysymys odottaa vastausta",
      todo: [
        isYours
          ? `Vastaa viimeistään ${about.dueOf(dueAt)}, tai siirrä kysymys eteenpäin.`
          : `Se vastaa, joka tietää; viimeistään ${about.dueOf(dueAt)}.`,
      ],
    }),
    question_answered: () => ({ subject: "Kysymykseesi on vastattu", todo: [] }),
    hours_to_confirm: () => ({
      subject: "Tukitunnit odottavat vahvistusta",
      todo: ["Vahvista tunnit tai kerro, mikä niissä ei pidä paikkaansa. Ne lasketaan yrityksellesi annetuksi tueksi."],
    }),
    hours_disputed: ({ mayDecide }) => ({
      subject: "Yritys kiistää tukitunteja",
      todo: [
        mayDecide
          ? "Kuule molempia ja päätä, lasketaanko tunnit mukaan."
          : "Puhu yrityksen kanssa. Se voi vielä vahvistaa tunnit; muuten koordinaattori päättää, lasketaanko ne mukaan.",
      ],
    }),
    hours_settled: ({ counts }) => ({
      subject: counts ? "Kiistetyt tunnit lasketaan mukaan" : "Kiistettyjä tunteja ei lasketa mukaan",
      todo: counts ? [] : ["Ne vähennetään pilotin tunneista ja tuesta."],
    }),
    news: () => ({ subject: "Uutta pilotista", todo: [] }),
  },

  refusals: finnishRefusals,

  mail: {
    subject: (subject, pilot) => `${mark(pilot.sample)}${subject} – ${pilot.title}`,
    text: (personName, notice) => [`Hei ${personName}!`, "", ...noticeLines(notice, ""), "", "Fairway", ""].join("\n"),
    why: (settingsLink) =>
      `Saat tämän viestin, koska olet mukana pilotissa. Valitse, mistä sinulle kirjoitetaan: ${settingsLink}`,
    invitation: (personName, { inviter, organisation, programme, role, email, link, sample }) => ({
      subject: `${mark(sample)}${inviter} on kutsunut sinut Fairwayhin`,
      text: [
        `Hei ${personName}!`,
        "",
        `${inviter} on lisännyt sinut ohjelmaan ${quoted(programme)}. Roolisi: ${roles[role]} (${organisation}).`,
        `Avaa alla oleva osoite ja kirjaudu sähköpostiosoitteella ${email}: saat sähköpostiisi koodin, salasanaa ei tarvita.`,
        link,
        "",
        "Jos tämä on erehdys, sinun ei tarvitse tehdä mitään.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    erasure: (personName, letter) => ({
      subject: `${mark(letter.sample)}${erasureSubjects[letter.kind]}`,
      text: [`Hei ${personName}!`, "", ...erasureLines[letter.kind](letter), letter.link, "", "Fairway", ""].join("\n"),
    }),
    signInCode: (personName, { code, minutes }) => ({
      subject: `${code} on Fairway-koodisi`,
      text: [
        `Hei ${personName}!`,
        "",
        "Syötä tämä koodi sivulle, jolla pyysit sitä:",
        "",
        code,
        "",
        `Se on voimassa ${minutes} minuuttia ja vain siellä. Kukaan Fairwaylta ei koskaan kysy sitä sinulta.`,
        "Jos et pyytänyt koodia, älä tee mitään.",
        "",
        "Fairway",
        "",
      ].join("\n"),
    }),
    digestSubject: (notices, sample) =>
      `${mark(sample)}Pilottisi tänään: ${count(notices, { one: "viesti", other: "viestiä" })}`,
    digestText: (personName, pilots) =>
      [
        `Hei ${personName}!`,
        "",
        "Tämä on uutta eilisen jälkeen; kiireellisin on ensin.",
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
  asked: "Joku pyytää tietojensa unohtamista",
  granted_to_do: "Henkilön tiedot on poistettava",
  granted: "Pyyntösi tietojesi unohtamisesta on hyväksytty",
  refused: "Pyyntösi tietojesi unohtamisesta on hylätty",
};

const erasureLines: Record<ErasureLetter["kind"], (letter: ErasureLetter) => readonly string[]> = {
  asked: ({ programme, answerBy }) => [
    `Joku ohjelmassa ${quoted(programme)} on pyytänyt tietojensa unohtamista.`,
    `Tutustu pyyntöön ja päätä viimeistään ${answerBy}: laki antaa kuukauden.`,
  ],
  granted_to_do: ({ programme }) => [
    `Ohjelmassa ${quoted(programme)} on hyväksytty pyyntö tietojen unohtamisesta.`,
    "Toteuta se, kun mikään ei ole esteenä. Sitä ei voi perua.",
  ],
  granted: ({ programme, reason }) => [
    `Pyysit ohjelmaa ${quoted(programme)} unohtamaan sinut. Pyyntö on hyväksytty: ${reason}`,
    "Ylläpitäjä toteuttaa sen. Silloin nimesi ja osoitteesi on poissa, et voi enää kirjautua etkä saa viestejä, et edes tästä.",
  ],
  refused: ({ programme, reason }) => [
    `Pyysit ohjelmaa ${quoted(programme)} unohtamaan sinut. Pyyntö on hylätty: ${reason}`,
    "Voit pyytää uudelleen tai valittaa maasi tietosuojaviranomaiselle.",
  ],
};

const mark = (sample: boolean): string => (sample ? "[Esimerkki] " : "");

const noticeLines = ({ happened, reason, todo, link }: NoticeText, indent: string): string[] =>
  [happened, ...(reason === undefined ? [] : [`Perustelu: ${reason}`]), ...todo, link].map((line) => indent + line);

const quoted = (text: string): string => `”${text}”`;

const decidersOf = (by: readonly string[], nameOf: About["nameOf"]): string =>
  `${by.length === 1 ? "Päättäjä" : "Päättäjät"}: ${list(by.map(nameOf))}`;

const namesOf = (team: readonly { readonly personId: string }[], nameOf: About["nameOf"]): string =>
  team.length === 0 ? "ei ketään" : list(team.map(({ personId }) => nameOf(personId)));

/** In parentheses, where it is known. */
const named = (ids: readonly string[] | undefined, nameOf: About["deliverableName"]): string =>
  ids === undefined ? "" : ` (${list(ids.map((id) => quoted(nameOf(id))))})`;

const dueDeliverable = ({ deliverableId, dueAt }: DueDeliverable, about: About): string =>
  `${quoted(about.deliverableName(deliverableId))} viimeistään ${about.dueOf(dueAt)}`;

const movedDates = (moved: readonly DueDeliverable[], about: About): string[] =>
  moved.map(
    ({ deliverableId, dueAt }) =>
      `Tuotoksen ${quoted(about.deliverableName(deliverableId))} uusi määräpäivä: ${about.dueOf(dueAt)}.`,
  );

/** What is to be done stands in brackets, so that the name stays as it is. */
function taskTitle(taskId: string, about: About): string {
  const { of, kind } = partsOfTaskId(taskId);
  switch (kind) {
    case "produce":
      return about.deliverableName(of);
    case "review":
      return `${about.deliverableName(of)} (arviointi)`;
    case "gate_score":
      return `${about.stageName(of)} (portin pisteet)`;
    case "gate_decision":
      return `${about.stageName(of)} (portin päätös)`;
    case "condition":
      return "Portin ehto";
    case "objection":
      return "Vastaus vastalauseeseen";
    case "question":
      return `Kysymys: ${about.questionTitle(taskId)}`;
  }
}

/** After "tehtävä" in whatever case. */
const taskName = (taskId: string, about: About): string => quoted(taskTitle(taskId, about));

const tasks = (taskIds: readonly string[], about: About): string => list(taskIds.map((id) => taskName(id, about)));

const reminderSentences: Record<ReminderStepId, (task: string, dueOn: string) => string> = {
  followup: (task, dueOn) => `Puolet tehtävän ${task} ajasta on kulunut; määräpäivä on ${dueOn}.`,
  soon: (task, dueOn) => `Muistutus: tehtävän ${task} määräpäivä on ${dueOn}.`,
  near: (task, dueOn) => `Muistutus: tehtävän ${task} määräpäivä on pian, ${dueOn}.`,
  due: (task, dueOn) => `Tehtävän ${task} määräpäivä on nyt: ${dueOn}.`,
  esc1: (task, dueOn) => `Eskalointi: tehtävä ${task} on myöhässä (määräpäivä ${dueOn}).`,
  esc2: (task, dueOn) => `Eskalointi: tehtävä ${task} on yhä myöhässä (määräpäivä ${dueOn}); pilotti on vaarassa.`,
  esc3: (task, dueOn) =>
    `Eskalointi: tehtävä ${task} on pahasti myöhässä (määräpäivä ${dueOn}); pilotille ehdotetaan taukoa.`,
  review: (task, dueOn) => `Myöhässä: tehtävä ${task} (määräpäivä ${dueOn}).`,
};

const roleNames = {
  sme: "yritys",
  advisor: "neuvojat",
  expert: "asiantuntijat",
  living_lab: "living lab",
  coordinator: "koordinaattorit",
} as const;

const priorities = { normal: "tavallinen", high: "suuri" } as const;

const decisionNames: Record<GateDecisionId, string> = {
  advance: "eteneminen",
  advance_with_conditions: "eteneminen ehdoin",
  rework: "korjaus",
  hold: "tauko",
  stop: "lopetus",
  skip: "seuraava vaihe ohitetaan",
};

const skipReasons: Readonly<Record<string, string>> = {
  already_done_elsewhere: "tehty jo muualla",
  not_applicable_to_service: "ei koske palvelua",
  same_market_earlier_pilot: "aiempi pilotti samalla markkinalla",
  programme_decision: "ohjelman päätös",
  other_with_text: "muu syy",
  no_trial_planned: "kokeilua ei ole suunniteltu",
  recent_study_exists: "tuore tutkimus on olemassa",
  no_external_exchange: "tietoja ei vaihdeta muiden kanssa",
  no_end_users: "ei loppukäyttäjiä",
  no_public_buyers: "ei julkisia ostajia",
  desk_validation_agreed: "on sovittu arviointi asiakirjojen pohjalta",
};

const skipReason = (reasonId: string): string => skipReasons[reasonId] ?? reasonId.replaceAll("_", " ");
