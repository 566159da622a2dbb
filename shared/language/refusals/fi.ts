/** Why something is not done, in Finnish. */
import type { Role } from "../../domain/actor.ts";
import type { PilotAction } from "../../domain/permissions.ts";
import type { DeliverableStatus, TaskStatus } from "../../domain/pilot/state.ts";
import type { ProcessRole } from "../../domain/process.ts";
import type { DeliverableWish } from "../../domain/refusal-reasons.ts";
import { capital, countIn, eitherIn, eurosIn, numbersIn, scoreIn } from "../phrases.ts";
import type { RefusalAbout, RefusalWords } from "./words.ts";

const number = numbersIn("fi");
export const score = scoreIn("fi", "/100");
const euros = eurosIn("fi");
const either = eitherIn("fi");
const count = countIn("fi");
const days = { one: "päivä", other: "päivää" };

export const roles: Record<Role, string> = {
  sme_member: "yrityksen jäsen",
  sme_admin: "yrityksen pääkäyttäjä",
  advisor: "neuvoja",
  expert: "asiantuntija",
  living_lab: "living lab",
  coordinator: "koordinaattori",
  auditor: "tarkastaja",
  administrator: "ylläpitäjä",
};

const people: Record<ProcessRole, string> = {
  sme: "yritys",
  advisor: "pilotin neuvojat",
  expert: "pilotin asiantuntijat",
  living_lab: "pilotin living lab",
  coordinator: "koordinaattorit",
};

const actions: Record<PilotAction, string> = {
  "application.create": "hakea pilottia",
  "application.read": "lukea tätä hakemusta",
  "application.decide": "päättää hakemuksesta",
  "pilot.read": "lukea tätä pilottia",
  "pilot.withdraw": "vetäytyä pilotista",
  "draft.edit": "muokata tuotoksia",
  "deliverable.submit": "lähettää tuotoksia",
  "deliverable.review": "arvioida tuotoksia",
  "deliverable.skip.propose": "ehdottaa tuotoksen ohittamista",
  "deliverable.skip.decide": "päättää tuotoksen ohittamisesta",
  "deliverable.reopen": "avata tuotosta uudelleen",
  "dueDate.extend": "siirtää määräpäivää",
  "dueDate.ask": "pyytää myöhempää määräpäivää",
  "task.work": "tehdä tehtäviä",
  "task.delegate": "delegoida tehtäviä",
  "task.forward": "siirtää tehtäviä eteenpäin",
  "task.nominate": "nimetä tehtävän tekijää",
  "gate.read": "lukea portin päätöksiä",
  "gate.score": "antaa pisteitä portilla",
  "gate.scores.read": "lukea portin pisteitä",
  "gate.decide": "päättää portilla",
  "pilot.object": "vastustaa lopetusta",
  "pilot.hold": "asettaa pilottia tauolle tai jatkaa sitä",
  "pilot.stop": "lopettaa pilottia",
  "team.assign": "muuttaa pilotin tiimiä",
  "hours.log": "kirjata tukitunteja",
  "hours.confirm": "vahvistaa tukitunteja",
  "hours.settle": "päättää kiistetyistä tunneista",
  "comment.write": "kommentoida pilottia",
  "comment.internal": "kirjoittaa sisäisiä muistiinpanoja",
  "comment.internal.read": "lukea sisäisiä muistiinpanoja",
  "figures.read": "lukea liiketoimintasuunnitelman lukuja",
  "access.read": "nähdä, kuka on lukenut liiketoimintasuunnitelman",
  "execution.restart": "käynnistää vaiheen työnkulkua uudelleen",
};

const deliverableStatuses: Record<DeliverableStatus, string> = {
  not_started: "ei ole vielä alkanut",
  in_progress: "on kesken",
  submitted: "on lähetetty ja odottaa arviointia",
  in_review: "on arvioitavana",
  accepted: "on hyväksytty",
  rework: "on korjattavana",
  skipped: "on ohitettu",
  cancelled: "on peruttu",
  reopened: "on avattu uudelleen",
};

const wishes: Record<DeliverableWish, string> = {
  edit: "sitä ei voi nyt muokata",
  submit: "sitä ei voi nyt lähettää",
  take_back: "ei ole lähetystä, jonka voisi perua",
  review: "arvioitavaa ei ole",
  reopen: "vain hyväksytyn voi avata uudelleen",
  skip: "ohittaa voi vain sen, mitä kukaan ei ole aloittanut",
  set_due_date: "sen määräpäivällä ei ole nyt merkitystä",
};

const taskStatuses: Record<TaskStatus, string> = {
  created: "ei ole vielä auki",
  ready: "ei ole vielä kenelläkään",
  reserved: "on otettu, mutta sitä ei ole aloitettu",
  in_progress: "on kesken",
  suspended: "on keskeytetty",
  completed: "on valmis",
  obsolete: "on ohitettu",
  exited: "on peruttu",
  failed: "on suljettu mahdottomana",
};

function at(instant: string | undefined, { momentOf }: RefusalAbout): string {
  if (instant === undefined) return "sillä välin";
  const { day, time } = momentOf(instant);
  return day === undefined ? `klo ${time}` : `${day} klo ${time}`;
}

const by = (given: readonly ProcessRole[]): string => either(given.map((role) => people[role]));
const quoted = (text: string): string => `”${text}”`;

export const finnishRefusals: RefusalWords = {
  reasons: {
    no_such_pilot: "Tällaista pilottia ei ole.",
    no_membership: "Et ole tällä hetkellä minkään ohjelman jäsen. Kysy ohjelmatoimistosta.",
    role_not_held: "Sinulla ei ole (enää) tätä roolia.",
    role_cannot: ({ role }) => `Et voi tehdä tätä nykyisessä roolissasi (${roles[role]}).`,
    role_may_not: ({ role, action }) => `${capital(roles[role])} ei saa ${actions[action]}.`,
    not_let_submit: "Yrityksesi pääkäyttäjä ei ole antanut sinulle lupaa lähettää tuotoksia. Pyydä se häneltä.",
    fairway_does_this: "Fairway tekee tämän itse, kun sen aika on.",
    figures_not_for_experts:
      "Asiantuntija saa lukea liiketoimintasuunnitelman luvut vain, jos hänen oma tehtävänsä tarvitsee niitä tai yritys kysyy niistä.",
    own_role_only: "Löydät täältä vain oman roolisi ihmiset.",
    not_standing_in: "Et ole tänään tämän henkilön sijainen.",

    pilot_on_hold: "Pilotti on tauolla. Työ jatkuu, kun pilottia jatketaan.",
    pilot_ended: "Pilotti on päättynyt. Siinä ei enää muutu mikään.",
    changed_meanwhile: "Tämä on muuttunut sen jälkeen, kun katsoit sitä. Katso se uudelleen ja päätä sitten.",
    filled_in_by: ({ deliverable, roles: given }, { say }) =>
      `Tuotoksen ${quoted(say(deliverable))} täyttäjä: ${by(given)}.`,
    submitted_by_roles: ({ deliverable, roles: given }, { say }) =>
      `Tuotoksen ${quoted(say(deliverable))} lähettäjä: ${by(given)}.`,
    taken_back_by: ({ deliverable, roles: given }, { say }) =>
      `Tuotoksen ${quoted(say(deliverable))} lähetyksen peruja: ${by(given)}.`,
    reviewed_by: ({ deliverable, roles: given }, { say }) =>
      `Tuotoksen ${quoted(say(deliverable))} arvioija: ${by(given)}.`,
    more_time_asked_by: ({ deliverable, roles: given }, { say }) =>
      `Lisäajan pyytäjä tuotokselle ${quoted(say(deliverable))}: ${by(given)}.`,

    say_service: "Kerro, mille palvelulle yritys hakee pilottia.",
    say_why_rejected: "Kerro yritykselle, miksi hakemus hylätään.",
    application_not_submitted: "Hakemusta ei ole vielä lähetetty.",
    application_not_accepted: "Arvioi ja hyväksy ensin hakemus, ja ota pilotti sitten ohjelmaan.",
    application_decided: "Tästä hakemuksesta on jo päätetty.",
    not_an_sme:
      "Yritys ei ole pk-yritys, koska sillä on vähintään 250 työntekijää tai sen liikevaihto ja tase ylittävät rajat: se ei voi osallistua, ei myöskään poikkeuksella.",
    aid_room_too_small: ({ roomEur, neededEur }) =>
      `Yritys voi saada de minimis -tukea enää ${euros(roomEur)}; pilotin tuki vaatii ${euros(neededEur)}.`,
    say_why_waived: ({ employees }) =>
      `Ohjelma on enintään ${number(employees)} työntekijän yrityksille. Perustele poikkeus.`,
    company_gone: "Yrityksesi ei ole enää tässä ohjelmassa.",

    advisor_needed: "Nimeä pilotille ainakin yksi neuvoja.",
    named_twice: "Nimeä jokainen henkilö kuhunkin rooliin vain kerran.",
    team_named_at_admission: "Tiimi nimetään, kun pilotti otetaan ohjelmaan.",
    nobody_left_for: ({ role, task }, { taskTitle }) =>
      `Tälle tehtävälle ei jäisi tekijää (${people[role]}): ${taskTitle(task)}.`,
    advisor_takes_over: "Vain neuvoja voi jatkaa neuvojan työtä.",
    other_person_takes_over: "Valitse toinen henkilö jatkamaan.",
    not_advisor_of_pilot: "Tämä henkilö ei ole pilotin neuvoja.",
    say_why_advisor_changes: "Kerro, miksi neuvoja vaihtuu.",
    does_not_work_as: ({ name = "Tämä henkilö", role }) =>
      `${name} ei toimi ohjelmassa tässä roolissa: ${roles[role]}.`,

    no_such_deliverable: "Tässä pilotissa ei ole tällaista tuotosta.",
    no_such_revision: "Tällaista versiota ei ole.",
    deliverable_is: ({ deliverableId, status, wish }) =>
      `${deliverableId} ${deliverableStatuses[status]}: ${wishes[wish]}.`,
    draft_saved_meanwhile: "Joku muu on tallentanut luonnoksen sen jälkeen, kun avasit sen.",
    draft_saved_by: ({ name, you, savedAt }, about) =>
      `${you ? "Tallensit itse" : `${name} tallensi`} tämän luonnoksen ${at(savedAt, about)}, sen jälkeen kun avasit sen. Kirjoittamasi ei ole kadonnut: vertaa molempia ja tallenna uudelleen.`,
    other_fields_open: "Arvioija pyysi muutoksia muihin kenttiin; nämä pysyvät sellaisina kuin ne lähetettiin.",
    fields_need_attention: ({ fields }) =>
      `${fields.length === 1 ? "Yksi kenttä" : `${number(fields.length)} kenttää`} on vielä tarkistettava: ${fields.join("; ")}.`,
    files_missing: "Osa tämän lomakkeen tiedostoista ei ole saapunut. Luettelo nimeää ne kaikki.",
    submitted_already: "Tämä on jo lähetetty.",
    submitted_by: ({ name, you, submittedAt }, about) =>
      `${you ? "Olet jo lähettänyt" : `${name} on jo lähettänyt`} tämän ${at(submittedAt, about)}.`,
    waits_for: ({ deliverableId, waitsFor }) =>
      `${deliverableId} odottaa, että nämä hyväksytään: ${waitsFor.join(", ")}.`,
    review_begun: "Arviointi on alkanut. Pyydä arvioijaa palauttamaan tuotos sinulle.",
    choose_skip_reason: "Valitse jokin syistä, joilla tämän tuotoksen voi ohittaa.",
    say_why_skip_reason_applies: "Kerro huomautuksessa, miksi syy pätee tässä.",
    skip_proposed_already: "Ohittamista on jo ehdotettu, ja ehdotus odottaa koordinaattorin päätöstä.",
    no_skip_proposed: "Kukaan ei ole ehdottanut tämän tuotoksen ohittamista.",
    own_skip_proposal: "Ehdotit ohittamista itse. Toisen henkilön on päätettävä siitä.",
    not_skippable: ({ deliverable }, { say }) =>
      `Tuotosta ${quoted(say(deliverable))} ei voi ohittaa: prosessi tarvitsee sen.`,
    admitted_on_it:
      "Pilotti otettiin ohjelmaan tämän hakemuksen perusteella: se pysyy sellaisena kuin se hyväksyttiin.",
    say_why_reopened: "Kerro, miksi tuotos avataan uudelleen.",
    choose_days: ({ most }) => `Anna päivien määrä kokonaislukuna väliltä 1–${number(most)}.`,
    say_why_extended: "Kerro, miksi määräpäivää siirretään.",
    due_date_past: "Uusi määräpäivä on jo mennyt. Anna enemmän päiviä.",
    waits_for_none: "Tuotos ei odota muita tuotoksia. Anna lisäaikaa muusta syystä.",
    say_why_more_time: "Kerro, miksi tarvitset lisäaikaa.",
    choose_day_after_due: "Anna päivä, johon asti tarvitset aikaa: määräpäivän jälkeen.",
    advisor_extends_once: ({ days: most }) =>
      `Neuvoja voi siirtää määräpäivää kerran, enintään ${count(most, days)}. Koordinaattori voi siirtää enemmän.`,

    newer_revision: ({ deliverableId }) => `Tuotoksesta ${deliverableId} on uudempi versio. Lue se ennen kuin päätät.`,
    claim_review_first: "Ota arviointi ensin itsellesi.",
    review_taken: "Joku muu on ottanut tämän arvioinnin.",
    own_work: "Kukaan ei arvioi omaa työtään. Jonkun muun on arvioitava se.",
    criteria_missed: ({ points, criteria }, { say }) =>
      `Tuotosta ei voi hyväksyä: näistä tarvitaan vähintään ${count(points, { one: "piste", other: "pistettä" })}: ${criteria.map(say).join("; ")}. Lähetä se korjattavaksi kommenttien kanssa.`,
    score_not_reached: ({ percent: reached, needed }) =>
      `Tuotosta ei voi hyväksyä: sen painotetut pisteet ovat ${score(reached)}, ja tarvitaan ${score(needed)}. Lähetä se korjattavaksi kommenttien kanssa.`,
    comment_needed: "Kommentoi ainakin yhtä kenttää tai kriteeriä, jotta tekijä tietää, mitä tehdä.",
    comment_empty: "Kentän kommentti on tyhjä.",
    comment_on_no_criterion: "Kommentti koskee kriteeriä, jota tässä arvioinnissa ei ole.",
    comment_on_no_field: "Kommentti koskee kenttää, jota lomakkeessa ei ole.",
    no_such_criterion: ({ ids }) => `Täällä ei ole tällaista kriteeriä: ${ids.join(", ")}.`,
    give_points: ({ criteria }, { say }) => `Anna pisteet näistä: ${criteria.map(say).join("; ")}.`,
    give_whole_points: ({ most, criteria }, { say }) =>
      `Anna kokonaiset pisteet väliltä 0–${number(most)} näistä: ${criteria.map(say).join("; ")}.`,
    say_why_below: ({ points, criteria }, { say }) =>
      `Perustele jokainen kriteeri, josta annat alle ${number(points)} pistettä: ${criteria.map(say).join("; ")}.`,

    no_such_task: "Tässä pilotissa ei ole tällaista tehtävää.",
    task_is: ({ status }) => `Tämä tehtävä ${taskStatuses[status]}.`,
    claim_first: "Kukaan ei ole ottanut tätä tehtävää. Ota se ensin itsellesi.",
    task_taken: "Tämä tehtävä on jo jollakulla muulla.",
    task_taken_by: ({ name }) => `${name} on jo ottanut tämän tehtävän.`,
    task_is_for: ({ role }) => `Tämä tehtävä on tarkoitettu toiselle ryhmälle: ${people[role]}.`,
    others_hand_on: "Tämä tehtävä on jonkun muun siirrettävä eteenpäin.",
    choose_one_of: ({ role }) => `Valitse joku tästä ryhmästä: ${people[role]}.`,
    cannot_do_task: "Tämä henkilö ei voi tehdä tätä tehtävää: siihen tarvitaan toinen rooli tai yritys.",
    return_instead: "Tämä tehtävä on delegoitu sinulle. Palauta se omistajalleen.",
    owner_delegates: "Tämä tehtävä on delegoitu sinulle. Vain sen omistaja voi delegoida sen eteenpäin.",
    task_is_theirs: "Tehtävä kuuluu jo tälle henkilölle. Pyydä palauttamaan se hänelle.",
    not_delegated: "Tätä tehtävää ei ole delegoitu. Palauta se listalle tai siirrä se eteenpäin.",
    forward_to_one: "Siirrä tehtävä joko henkilölle tai roolille.",
    task_not_for_role: ({ role }) => `Prosessi ei anna tätä tehtävää tälle ryhmälle: ${people[role]}.`,
    only_work_fails: "Vain tuotoksen tekeminen voi epäonnistua. Palauta tämä tehtävä listalle tai siirrä se eteenpäin.",
    say_why_failed: "Kerro, miksi tehtävää ei voi tehdä.",
    forecast_of_work_only: "Ennuste annetaan vain tuotoksen tekemisestä.",
    choose_day_done: "Anna päivä, jona odotat olevasi valmis: tänään tai myöhemmin.",

    gate_not_opened_yet: "Tämä portti ei ole vielä auennut: vaiheen työ tulee ensin.",
    gate_not_open: "Tämä portti ei ole auki.",
    gate_opened_again: "Portti on auennut uudelleen sen jälkeen, kun katsoit sitä. Katso se uudelleen.",
    score_is_own: "Pisteet ovat henkilön oma arvio. Kukaan ei anna niitä toisen puolesta.",
    score_filed_already: "Olet jo antanut pisteesi tällä portilla.",
    one_seat_each:
      "Kukaan ei pisteytä porttia kahdesti: sinulla on siellä jo pisteet annettavana tai annettuina. Nämä antaa joku muu.",
    no_score_needed: ({ role }) => `Tältä roolilta ei tarvita enempää pisteitä: ${roles[role]}.`,
    say_whether_met: ({ criterion }, { say }) => `Kerro, täyttyykö tämä: ${say(criterion)}.`,
    say_what_shows_it: ({ criterion }, { say }) => `Kerro, mikä sen osoittaa: ${say(criterion)}.`,
    newer_revisions: ({ deliverables }) =>
      `Näistä on uudempi versio: ${deliverables.join(", ")}. Katso se ja päätä sitten uudelleen.`,
    decision_not_offered: ({ decision, against }, about) =>
      [
        `${quoted(about.say(decision))} ei ole mahdollinen tässä.`,
        ...against.map((objection) => finnishRefusals.objections[objection.code](objection, about)),
      ].join(" "),
    say_why_decided: "Perustele päätös.",
    choose_day_to_go_on: "Valitse päivä, jona pilotti jatkuu.",
    choose_what_to_rework: "Valitse korjattavat tuotokset.",
    rework_of_accepted_only: "Vain tämän vaiheen hyväksyttyjä tuotoksia voi palauttaa korjattaviksi.",
    whole_days_needed: "Anna kokonaisia päiviä, vähintään yksi.",
    say_programme_approval: "Anna ohjelman hyväksynnän viite.",
    choose_stage_skip_reason: "Valitse syy vaiheen ohittamiselle.",
    say_why_stage_skipped: "Kerro omin sanoin, miksi vaihe ohitetaan.",
    say_stage_skip_evidence: "Kerro, mikä osoittaa, että vaiheen voi ohittaa.",
    own_stage_skip_proposal: "Ehdotit vaiheen ohittamista itse. Toisen koordinaattorin on hyväksyttävä se.",
    say_why_stage_not_skipped: "Kerro, miksi vaihetta ei ohiteta.",
    no_such_condition: "Tässä pilotissa ei ole tällaista ehtoa.",
    condition_of_others: "Tämä ehto on jonkun muun täytettävä.",
    say_condition_evidence: "Kerro, mikä osoittaa, että ehto täyttyy.",
    condition_needed: "Nimeä ainakin yksi ehto.",
    say_condition: "Kerro, mikä ehto on.",
    choose_condition_day: "Valitse tuleva päivä, johon mennessä ehto on täytettävä.",

    on_hold_until: ({ resumeOn }, { dateOf }) => `Pilotti on jo tauolla. Tauko päättyy ${dateOf(resumeOn)}.`,
    not_under_way: "Vain käynnissä olevan pilotin voi asettaa tauolle.",
    moving_on: "Pilotti on juuri siirtymässä seuraavaan vaiheeseen. Yritä hetken kuluttua uudelleen.",
    say_why_held: "Kerro, miksi pilotti asetetaan tauolle.",
    not_on_hold: "Pilotti ei ole tauolla.",
    choose_day_within: ({ days: most }) => `Valitse jatkamispäivä seuraavien ${number(most)} päivän ajalta.`,
    not_admitted_yet: "Pilottia ei ole vielä otettu ohjelmaan: hylkää hakemus sen sijaan.",
    say_why_stopped: "Kerro, miksi pilotti lopetetaan.",
    not_stopped: "Pilottia ei ole lopetettu: ei ole mitään, mitä vastustaa.",
    objected_already: "Yrityksesi on jo esittänyt vastalauseen. Kerro lisää kommentissa.",
    objection_too_late: ({ days: most }) => `Vastalauseen voi esittää ${number(most)} päivän kuluessa lopetuksesta.`,
    say_objection: "Kerro, mitä vastustat.",
    say_why_withdrawn: "Kerro, miksi vetäydyt pilotista.",

    no_such_stage: "Tässä pilotissa ei ole tällaista vaihetta.",
    stage_over: "Tämä vaihe on päättynyt: ei ole työnkulkua, jonka voisi käynnistää uudelleen.",
    say_why_restarted: "Kerro, miksi työnkulku käynnistetään uudelleen.",
    no_engine_here: "Step Functions ei toimi täällä. Katso sen konsolia AWS:ssä.",
    no_such_execution: "Tällaista suoritusta ei ole, tai sitä ei enää säilytetä.",
    execution_ended: "Tämä suoritus on jo päättynyt.",
    not_redrivable: ({ days: most }) =>
      `Jatkaa voi vain suoritusta, joka on epäonnistunut, aikakatkaistu tai pysäytetty viimeisten ${number(most)} päivän aikana.`,

    say_something: "Kirjoita ensin jotakin.",
    mention_cannot_read: "Joku, jonka mainitset, ei voi lukea tätä. Valitse joku pilotin ympäriltä.",
    no_such_note: "Tässä pilotissa ei ole tällaista viestiä.",
    say_question: "Kirjoita, mitä haluat tietää.",
    internal_stays_internal: "Sisäinen muistiinpano pysyy sisäisenä, ja niin myös siitä esitetty kysymys.",
    internal_question_for: "Sisäinen kysymys on neuvojille tai koordinaattoreille.",
    choose_whom_to_ask: "Valitse, keneltä kysyt.",
    asked_cannot_read: "Tämä henkilö ei voi lukea kysymystä. Valitse joku pilotin ympäriltä.",
    nobody_in_role: "Pilotissa ei ole vielä ketään tässä roolissa. Kysy joltakulta muulta.",
    choose_answer_day: "Valitse päivä, johon mennessä tarvitset vastauksen: tänään tai vuoden sisällä.",
    no_question: "Tämä tehtävä ei ole kysymys.",
    say_answer: "Kirjoita ensin vastaus.",
    aid_record_final: "Pilotti on päättynyt, ja sen tukimerkintä on lopullinen.",
    hours_of_a_day: ({ most }) => `Anna yhdelle päivälle enemmän kuin 0 ja enintään ${number(most)} tuntia.`,
    choose_day: "Valitse päivä.",
    day_to_come: "Tunnit voi kirjata vasta, kun päivä on tullut.",
    before_application: "Hakemusta edeltäviä tunteja ei lasketa tälle pilotille.",
    say_activity: "Kerro, mihin tunnit käytettiin.",
    no_such_hours: "Tässä pilotissa ei ole tällaisia tunteja.",
    say_what_is_wrong: "Kerro, mikä näissä tunneissa ei pidä paikkaansa.",
    hours_confirmed: "Yrityksesi on vahvistanut nämä tunnit. Puhu koordinaattorin kanssa.",
    hours_not_disputed: "Yritys ei ole kiistänyt näitä tunteja: päätettävää ei ole.",
    say_why_hours_count: "Kerro, miksi tunnit lasketaan tai miksi niitä ei lasketa.",
    hours_decided: "Koordinaattori on jo päättänyt näistä tunneista.",
    aid_above_room: ({ aidEur, roomEur }) =>
      `Näillä tunneilla pilotin tuki olisi ${euros(aidEur)}; yritys voi saada ${euros(roomEur)}. Mitään ei kirjattu: puhu koordinaattorin kanssa ennen kuin annatte lisää tukea.`,

    files_not_kept: "Tiedostoja ei voi vielä säilyttää tässä asennuksessa. Kaikki muu toimii.",
    files_by_performers: "Vain ne, jotka tekevät tätä tuotosta, liittävät siihen tiedostoja.",
    not_worked_on: "Tätä tuotosta ei tehdä juuri nyt.",
    files_full: "Pilotin tila tiedostoille on täynnä. Poista lomakkeista se, mitä ei tarvita.",
    no_files_there: "Lomakkeen tähän kohtaan ei voi liittää tiedostoja.",
    file_kinds: ({ kinds }) => `Liitä jokin näistä tiedostotyypeistä: ${kinds.join(", ")}.`,
    file_too_large: ({ megabytes }) => `Liitä tiedosto, jonka koko on enintään ${number(megabytes)} Mt.`,
    file_id_taken: "Tämän tiedoston tunnus on jo käytössä. Aloita uudelleen toisella.",
    no_such_upload: "Tällaista lähetystä ei ole (enää). Aloita uudelleen.",
    file_not_arrived: "Tiedosto ei ole vielä saapunut. Lähetä se ja viimeistele lähetys sitten.",
    file_changed: "Tiedosto muuttui matkalla tai sitä luettaessa. Liitä se vielä kerran.",
    file_not_what_it_says: ({ name, kind }) =>
      `Tiedoston ${name} sisältö ei vastaa sen nimeä. Tallenna se muodossa ${kind} ja liitä se uudelleen.`,
    no_such_file: "Tällaista tiedostoa ei ole.",

    nobody_in_company: "Yrityksessäsi ei ole tällaista henkilöä.",
    nobody_in_programme: "Tässä ohjelmassa ei ole tällaista henkilöä.",
    admin_always_submits: "Yrityksen pääkäyttäjä saa aina lähettää.",
    admin_kept: "Yrityksellä on oltava pääkäyttäjä. Tee ensin jostakusta muusta pääkäyttäjä.",
    administrator_kept: "Ohjelmalla on oltava ylläpitäjä. Tee ensin jostakusta muusta ylläpitäjä.",
    coordinator_kept: "Ohjelmalla on oltava koordinaattori. Tee ensin jostakusta muusta koordinaattori.",
    works_with_pilots: "Tämä henkilö työskentelee piloteissa. Luovuta ne ensin jollekulle muulle.",
    has_role_already: "Tällä henkilöllä on jo tämä rooli.",
    role_not_theirs: "Tällä henkilöllä ei ole tätä roolia.",
    administrator_made_by: "Vain ylläpitäjä voi tehdä jostakusta ylläpitäjän.",
    administrator_ended_by: "Vain ylläpitäjä voi päättää ylläpitäjän roolin.",
    choose_organisation: "Valitse jokin ohjelman organisaatio tai nimeä uusi.",
    role_not_there: ({ role }) => `Tällaisessa organisaatiossa ei ole tätä roolia: ${roles[role]}.`,
    not_advisor_of_programme: "Tämä henkilö ei ole ohjelman neuvoja.",
    leaver_takes_over: "Lähtevä henkilö ei voi jatkaa omaa työtään.",
    absence_days: "Viimeinen päivä on ensimmäisen jälkeen eikä ennen tätä päivää.",
    absence_too_long: "Jos olet poissa yli vuoden, luovuta työsi jollekulle muulle.",
    choose_substitute: ({ role }) => `Valitse joku toinen, jolla on ohjelmassa tämä rooli: ${roles[role]}.`,
    substitute_away: "Tämä henkilö on silloin itsekin poissa. Valitse joku muu.",
    own_absence_only: "Jokainen suunnittelee oman poissaolonsa. Palaa ensin omaan rooliisi.",
    escalations_come: "Vastaat tästä työstä: tieto myöhästymisestä tulee heti tai aamun viestissä.",
    no_erasure_asked: "Tämä henkilö ei ole pyytänyt tietojensa poistamista.",
    erasure_dealt_with: "Joku on jo käsitellyt tämän pyynnön, tai se odottaa koordinaattoria.",
    account_used_elsewhere: "Tiliä käytetään vielä muualla. Sen voi poistaa, kun se käyttö on päättynyt.",
    tasks_left: "Tällä henkilöllä on vielä tehtäviä. Anna ne ensin jollekulle muulle.",
    own_erasure_only: "Jokainen pyytää tätä vain itselleen.",
    own_erasure_taken_back: "Jokainen peruu tämän vain omalta osaltaan.",
    no_such_view: "Tällaista näkymää ei ole, tai sitä ei ole jaettu.",
    view_saved_elsewhere: "Tämä näkymä tallennettiin toisessa ikkunassa. Katso se uudelleen ja tallenna sitten.",
    view_of_others: "Tämä näkymä on jonkun muun. Tallenna se toisella nimellä.",
    too_many_views: ({ most }) => `Sinulla on ${number(most)} näkymää. Poista jokin, jota et käytä.`,

    no_such_programme: "Tällaista ohjelmaa ei ole.",
    agreement_after_admission: "Sopimus on olemassa, kun pilotti on otettu ohjelmaan.",
    version_not_published: ({ version }) => `Versiota ${number(version)} ei ole julkaistu.`,
    last_day_first: "Viimeinen päivä on ensimmäisen jälkeen.",
    settings_changed: "Asetukset ovat muuttuneet sen jälkeen, kun katsoit niitä. Katso ne uudelleen.",
    set_already: "Näin se on jo asetettu.",
    aid_above_ceiling: "Yksikään pilotti ei voi saada enempää tukea kuin enimmäismäärä sallii.",
    no_deliverable_in_process: ({ deliverableId }) => `Prosessissa ei ole tuotosta ${deliverableId}.`,
    due_after_stage: ({ deliverableId, day, days: length, stage }, { say }) =>
      `Tuotoksen ${deliverableId} määräpäivä olisi päivä ${number(day)}, mutta vaihe ${quoted(say(stage))} kestää ${count(length, days)}.`,
    due_before_what_it_rests_on: ({ deliverableId, day, before, dayBefore }) =>
      `${deliverableId} perustuu tuotokseen ${before}, joten se ei voi erääntyä aiemmin: päivä ${number(day)}, vaikka edellinen on päivänä ${number(dayBefore)}.`,
    reminders_out_of_order: "Muistutusten järjestys säilyy: kukin tulee myöhempänä päivänä kuin edellinen.",
    review_needs_a_day: "Arvioinnille on varattava ainakin yksi työpäivä.",
    clock_of_sample_only: "Vain esimerkkiohjelman kelloa voi siirtää.",
    clock_too_far: "Kelloa voi siirtää kerralla enintään kolme vuotta.",
    clock_backwards: "Kelloa voi siirtää vain eteenpäin.",
  },

  objections: {
    not_open: () => "Portti ei ole auki.",
    scores_missing: () => "Kaikkia pisteitä ei ole vielä annettu.",
    not_at_this_gate: () => "Tämä portti ei tarjoa sitä.",
    condition_past_due: ({ about = "" }) => `Aiemman portin ehto on myöhässä: ${about}`,
    showstopper: () => "Sääntelyn kartoitus löysi esteen.",
    trial_no_go: () => "Living lab -kokeilun päätelmä: ei etene.",
    must_not_met: ({ about = "" }, { say }) => `Ei täyty: ${say(about)}.`,
    score_too_low: ({ score }) =>
      `Pisteiden keskiarvo on ${number(score?.mean ?? 0)}; tarvitaan ${number(score?.least ?? 0)}.`,
    no_stage_follows: () => "Seuraavaa vaihetta ei ole.",
    next_not_skippable: () => "Seuraavaa vaihetta ei voi ohittaa.",
    approval_needed: () => "Uusi korjauskierros vaatii ohjelman hyväksynnän.",
  },

  titles: { 403: "Ei sallittu", 404: "Ei löytynyt", 409: "Muuttunut sillä välin", 422: "Ei onnistu näin" },

  faults: {
    nothing_here: { title: "Ei löytynyt", detail: "Tässä osoitteessa ei ole mitään." },
    calendar_link_ended: { title: "Ei löytynyt", detail: "Tämä kalenterilinkki on päättynyt. Tee uusi." },
    method_not_taken: { title: "Ei näin", detail: ({ allowed }) => `Tämä osoite hyväksyy vain: ${allowed}.` },
    too_many_requests: {
      title: "Liian monta pyyntöä",
      detail: ({ seconds }) =>
        `Pyyntöjä oli enemmän kuin yksi ihminen tekee. Odota ${number(seconds)} s; mitään ei muutettu.`,
    },
    request_too_large: {
      title: "Liian suuri",
      detail: "Tämä on enemmän kuin Fairway ottaa vastaan kerralla (1 Mt). Mitään ei muutettu.",
    },
    change_too_large: {
      title: "Liian suuri",
      detail: "Tämä on enemmän kuin Fairway säilyttää yhtenä osana (400 kt). Mitään ei muutettu.",
    },
    not_sent_as_json: { title: "Ei JSON-muotoa", detail: "Lähetä sisältö muodossa application/json." },
    not_json: { title: "Ei JSON-muotoa", detail: "Sisältö ei ole kelvollista JSONia. Mitään ei muutettu." },
    nested_too_deeply: {
      title: "Liian syvä",
      detail: "Sisältö on syvemmin sisäkkäinen kuin yksikään lomake. Mitään ei muutettu.",
    },
    input_does_not_fit: {
      title: "Pyyntö ei kelpaa",
      detail: "Osa lähetetystä ei ole sitä, mitä tähän tarvitaan; mitään ei muutettu.",
    },
    session_ended: { title: "Kirjaudu uudelleen", detail: "Istuntosi on päättynyt. Kirjaudu uudelleen." },
    list_changed: {
      title: "Ei löytynyt",
      detail: "Luettelo on muuttunut sen jälkeen, kun tämä linkki tehtiin; aloita sen ensimmäiseltä sivulta.",
    },
    busy: {
      title: "Muuttunut sillä välin",
      detail: "Muut muuttavat juuri nyt samaa pilottia. Mitään ei muutettu; yritä uudelleen.",
    },
    unavailable: {
      title: "Ei juuri nyt",
      detail: "Fairway ei voi katsoa tätä juuri nyt. Mitään ei muutettu; yritä minuutin kuluttua uudelleen.",
    },
    unexpected: {
      title: "Meillä meni jokin vikaan",
      detail: "Katso ensin, tapahtuiko se, ennen kuin yrität uudelleen; jos näin käy taas, kerro ohjelmatoimistolle.",
    },
  },
};
