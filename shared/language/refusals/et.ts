/** Why something is not done, in Estonian. */
import type { Role } from "../../domain/actor.ts";
import type { PilotAction } from "../../domain/permissions.ts";
import type { DeliverableStatus, TaskStatus } from "../../domain/pilot/state.ts";
import type { ProcessRole } from "../../domain/process.ts";
import type { DeliverableWish } from "../../domain/refusal-reasons.ts";
import { capital, countIn, eitherIn, eurosIn, numbersIn, scoreIn } from "../phrases.ts";
import type { RefusalAbout, RefusalWords } from "./words.ts";

const number = numbersIn("et");
export const score = scoreIn("et", "/100");
const euros = eurosIn("et");
const either = eitherIn("et");
const count = countIn("et");

export const roles: Record<Role, string> = {
  sme_member: "ettevõtte liige",
  sme_admin: "ettevõtte haldur",
  advisor: "nõustaja",
  expert: "ekspert",
  living_lab: "eluslabor",
  coordinator: "koordinaator",
  auditor: "audiitor",
  administrator: "süsteemihaldur",
};

const people: Record<ProcessRole, string> = {
  sme: "ettevõte",
  advisor: "pilootprojekti nõustajad",
  expert: "pilootprojekti eksperdid",
  living_lab: "pilootprojekti eluslabor",
  coordinator: "koordinaatorid",
};

const actions: Record<PilotAction, string> = {
  "application.create": "pilootprojekti taotleda",
  "application.read": "seda taotlust lugeda",
  "application.decide": "taotluse üle otsustada",
  "pilot.read": "seda pilootprojekti lugeda",
  "pilot.withdraw": "pilootprojekti tagasi võtta",
  "draft.edit": "tulemeid muuta",
  "deliverable.submit": "tulemeid esitada",
  "deliverable.review": "tulemeid läbi vaadata",
  "deliverable.skip.propose": "teha ettepanekut tulem vahele jätta",
  "deliverable.skip.decide": "tulemi vahelejätmist otsustada",
  "deliverable.reopen": "tulemit uuesti avada",
  "dueDate.extend": "tähtaega pikendada",
  "dueDate.ask": "hilisemat tähtaega paluda",
  "task.work": "ülesandeid täita",
  "task.delegate": "ülesandeid delegeerida",
  "task.forward": "ülesandeid edasi suunata",
  "task.nominate": "ülesande täitjat määrata",
  "gate.read": "otsustuspunkti otsuseid lugeda",
  "gate.score": "otsustuspunktis hinnet anda",
  "gate.scores.read": "otsustuspunkti hindeid lugeda",
  "gate.decide": "otsustuspunktis otsustada",
  "pilot.object": "lõpetamisele vastuväidet esitada",
  "pilot.hold": "pilootprojekti ootele panna ega jätkata",
  "pilot.stop": "pilootprojekti lõpetada",
  "team.assign": "pilootprojekti meeskonda muuta",
  "hours.log": "toetustunde märkida",
  "hours.confirm": "toetustunde kinnitada",
  "hours.settle": "vaidlustatud tundide üle otsustada",
  "comment.write": "pilootprojekti kommenteerida",
  "comment.internal": "sisemisi märkusi kirjutada",
  "comment.internal.read": "sisemisi märkusi lugeda",
  "figures.read": "äriplaani arve lugeda",
  "access.read": "vaadata, kes on äriplaani lugenud",
  "execution.restart": "etapi töövoogu uuesti käivitada",
};

const deliverableStatuses: Record<DeliverableStatus, string> = {
  not_started: "pole veel alustatud",
  in_progress: "on pooleli",
  submitted: "on esitatud ja ootab läbivaatust",
  in_review: "on läbivaatusel",
  accepted: "on vastu võetud",
  rework: "on parandamisel",
  skipped: "on vahele jäetud",
  cancelled: "on tühistatud",
  reopened: "on uuesti avatud",
};

const wishes: Record<DeliverableWish, string> = {
  edit: "seda ei saa praegu muuta",
  submit: "seda ei saa praegu esitada",
  take_back: "pole esitust, mida tagasi võtta",
  review: "pole midagi läbi vaadata",
  reopen: "uuesti saab avada ainult seda, mis on vastu võetud",
  skip: "vahele saab jätta ainult seda, mida keegi pole alustanud",
  set_due_date: "selle tähtajal pole praegu tähtsust",
};

const taskStatuses: Record<TaskStatus, string> = {
  created: "pole veel avatud",
  ready: "pole veel kellegi käes",
  reserved: "on võetud, kuid alustamata",
  in_progress: "on pooleli",
  suspended: "on peatatud",
  completed: "on tehtud",
  obsolete: "on vahele jäetud",
  exited: "on tühistatud",
  failed: "on suletud kui võimatu",
};

function at(instant: string | undefined, { momentOf }: RefusalAbout): string {
  if (instant === undefined) return "";
  const { day, time } = momentOf(instant);
  return day === undefined ? ` (kell ${time})` : ` (${day} kell ${time})`;
}

const by = (given: readonly ProcessRole[]): string => either(given.map((role) => people[role]));
const quoted = (text: string): string => `„${text}“`;

export const estonianRefusals: RefusalWords = {
  reasons: {
    no_such_pilot: "Sellist pilootprojekti ei ole.",
    no_membership: "Te pole praegu ühegi programmi liige. Küsige programmi büroost.",
    role_not_held: "Teil ei ole seda rolli (enam).",
    role_cannot: ({ role }) => `Praeguses rollis (${roles[role]}) te seda teha ei saa.`,
    role_may_not: ({ role, action }) => `${capital(roles[role])} ei tohi ${actions[action]}.`,
    not_let_submit: "Teie ettevõtte haldur pole lubanud teil tulemeid esitada. Paluge temalt luba.",
    fairway_does_this: "Fairway teeb seda ise, kui aeg on käes.",
    figures_not_for_experts:
      "Ekspert tohib äriplaani arve lugeda ainult siis, kui tema enda ülesanne neid vajab või ettevõte nende kohta küsib.",
    own_role_only: "Siit leiate ainult oma rolli inimesed.",
    not_standing_in: "Te ei asenda täna seda inimest.",

    pilot_on_hold: "Pilootprojekt on ootel. Töö jätkub, kui pilootprojekti jätkatakse.",
    pilot_ended: "Pilootprojekt on lõppenud. Selles ei muutu enam midagi.",
    changed_meanwhile: "See on muutunud pärast seda, kui te seda vaatasite. Vaadake uuesti ja siis otsustage.",
    filled_in_by: ({ deliverable, roles: given }, { say }) =>
      `Tulemi ${quoted(say(deliverable))} täitja: ${by(given)}.`,
    submitted_by_roles: ({ deliverable, roles: given }, { say }) =>
      `Tulemi ${quoted(say(deliverable))} esitaja: ${by(given)}.`,
    taken_back_by: ({ deliverable, roles: given }, { say }) =>
      `Tulemi ${quoted(say(deliverable))} tagasivõtja: ${by(given)}.`,
    reviewed_by: ({ deliverable, roles: given }, { say }) =>
      `Tulemi ${quoted(say(deliverable))} läbivaataja: ${by(given)}.`,
    more_time_asked_by: ({ deliverable, roles: given }, { say }) =>
      `Tulemile ${quoted(say(deliverable))} palub lisaaega: ${by(given)}.`,

    say_service: "Kirjutage, millise teenuse jaoks ettevõte taotleb.",
    say_why_rejected: "Selgitage ettevõttele, miks taotlus tagasi lükatakse.",
    application_not_submitted: "Taotlust pole veel esitatud.",
    application_not_accepted: "Vaadake taotlus kõigepealt läbi ja võtke see vastu, seejärel võtke vastu pilootprojekt.",
    application_decided: "Selle taotluse üle on juba otsustatud.",
    not_an_sme:
      "Vähemalt 250 töötajaga või oma käibe ja bilansimahu tõttu pole ettevõte VKE: ta ei saa osaleda, ka mitte erandi korras.",
    aid_room_too_small: ({ roomEur, neededEur }) =>
      `Ettevõte võib saada veel ${euros(roomEur)} vähese tähtsusega abi; pilootprojekti toetus vajab ${euros(neededEur)}.`,
    say_why_waived: ({ employees }) =>
      `Programm on kuni ${number(employees)} töötajaga ettevõtetele. Põhjendage erandit.`,
    company_gone: "Teie ettevõte ei ole enam selles programmis.",

    advisor_needed: "Määrake pilootprojektile vähemalt üks nõustaja.",
    named_twice: "Nimetage iga inimene ühes rollis ainult üks kord.",
    team_named_at_admission: "Meeskond määratakse siis, kui pilootprojekt vastu võetakse.",
    nobody_left_for: ({ role, task }, { taskTitle }) =>
      `Selle ülesande jaoks ei jääks kedagi (${people[role]}): ${taskTitle(task)}.`,
    advisor_takes_over: "Nõustajalt saab üle võtta ainult nõustaja.",
    other_person_takes_over: "Valige ülevõtjaks keegi teine.",
    not_advisor_of_pilot: "See inimene ei ole pilootprojekti nõustaja.",
    say_why_advisor_changes: "Kirjutage, miks nõustaja vahetub.",
    does_not_work_as: ({ name = "See inimene", role }) => `${name} ei tööta programmis selles rollis: ${roles[role]}.`,

    no_such_deliverable: "Selles pilootprojektis ei ole sellist tulemit.",
    no_such_revision: "Sellist versiooni ei ole.",
    deliverable_is: ({ deliverableId, status, wish }) =>
      `${deliverableId} ${deliverableStatuses[status]}: ${wishes[wish]}.`,
    draft_saved_meanwhile: "Keegi teine on mustandi pärast selle avamist salvestanud.",
    draft_saved_by: ({ name, you, savedAt }, about) =>
      `${you ? "Te salvestasite" : `${name} salvestas`} selle mustandi pärast seda, kui te selle avasite${at(savedAt, about)}. Teie kirjutatu pole kadunud: võrrelge mõlemat ja salvestage uuesti.`,
    other_fields_open: "Läbivaataja palus muudatusi teistes väljades; need jäävad nii, nagu need esitati.",
    fields_need_attention: ({ fields }) =>
      `${fields.length === 1 ? "Üks väli vajab" : `${number(fields.length)} välja vajavad`} tähelepanu: ${fields.join("; ")}.`,
    files_missing: "Mõned selle vormi failid pole kohale jõudnud. Loend nimetab need kõik.",
    submitted_already: "See on juba esitatud.",
    submitted_by: ({ name, you, submittedAt }, about) =>
      `${you ? "Te olete selle juba esitanud" : `${name} on selle juba esitanud`}${at(submittedAt, about)}.`,
    waits_for: ({ deliverableId, waitsFor }) => `${deliverableId} ootab, et vastu võetaks: ${waitsFor.join(", ")}.`,
    review_begun: "Läbivaatus on alanud. Paluge läbivaatajal see teile tagasi saata.",
    choose_skip_reason: "Valige üks põhjustest, miks selle tulemi tohib vahele jätta.",
    say_why_skip_reason_applies: "Selgitage märkuses, miks see põhjus siin kehtib.",
    skip_proposed_already: "Vahelejätmise ettepanek on juba tehtud ja ootab koordinaatori otsust.",
    no_skip_proposed: "Keegi pole teinud ettepanekut seda tulemit vahele jätta.",
    own_skip_proposal: "Te tegite selle ettepaneku ise. Selle üle peab otsustama keegi teine.",
    not_skippable: ({ deliverable }, { say }) =>
      `Tulemit ${quoted(say(deliverable))} ei tohi vahele jätta: protsess vajab seda.`,
    admitted_on_it: "Pilootprojekt võeti vastu selle taotluse alusel: see jääb nii, nagu see vastu võeti.",
    say_why_reopened: "Kirjutage, miks tulem uuesti avatakse.",
    choose_days: ({ most }) => `Andke täisarv päevi vahemikus 1–${number(most)}.`,
    say_why_extended: "Kirjutage, miks tähtaega pikendatakse.",
    due_date_past: "Uus tähtaeg on juba möödas. Andke rohkem päevi.",
    waits_for_none: "See ei oota ühtki teist tulemit. Andke lisaaega muul põhjusel.",
    say_why_more_time: "Kirjutage, miks vajate lisaaega.",
    choose_day_after_due: "Andke päev, milleni aega vajate: pärast tähtaega.",
    advisor_extends_once: ({ days }) =>
      `Nõustaja tohib tähtaega pikendada üks kord, kõige rohkem ${count(days, { one: "päeva", other: "päeva" })} võrra. Koordinaator tohib rohkem.`,

    newer_revision: ({ deliverableId }) => `Tulemist ${deliverableId} on uuem versioon. Lugege seda enne otsustamist.`,
    claim_review_first: "Võtke läbivaatus kõigepealt endale.",
    review_taken: "Keegi teine on selle läbivaatuse endale võtnud.",
    own_work: "Keegi ei vaata läbi enda tehtut. Selle peab läbi vaatama keegi teine.",
    criteria_missed: ({ points, criteria }, { say }) =>
      `Tulemit ei saa vastu võtta: vähemalt ${count(points, { one: "punkt", other: "punkti" })} on vaja siin: ${criteria.map(say).join("; ")}. Saatke see koos kommentaaridega parandamisele.`,
    score_not_reached: ({ percent: reached, needed }) =>
      `Tulemit ei saa vastu võtta: selle kaalutud hinne on ${score(reached)}, vaja on ${score(needed)}. Saatke see koos kommentaaridega parandamisele.`,
    comment_needed: "Kommenteerige vähemalt üht välja või kriteeriumi, et täitja teaks, mida teha.",
    comment_empty: "Välja kommentaar on tühi.",
    comment_on_no_criterion: "Kommentaar nimetab kriteeriumi, mida sellel läbivaatusel ei ole.",
    comment_on_no_field: "Kommentaar nimetab välja, mida vormil ei ole.",
    no_such_criterion: ({ ids }) => `Sellist kriteeriumi siin ei ole: ${ids.join(", ")}.`,
    give_points: ({ criteria }, { say }) => `Andke punktid: ${criteria.map(say).join("; ")}.`,
    give_whole_points: ({ most, criteria }, { say }) =>
      `Andke täispunktid vahemikus 0–${number(most)}: ${criteria.map(say).join("; ")}.`,
    say_why_below: ({ points, criteria }, { say }) =>
      `Põhjendage iga kriteeriumi, millele annate alla ${number(points)} punkti: ${criteria.map(say).join("; ")}.`,

    no_such_task: "Selles pilootprojektis ei ole sellist ülesannet.",
    task_is: ({ status }) => `See ülesanne ${taskStatuses[status]}.`,
    claim_first: "Keegi pole seda ülesannet endale võtnud. Võtke see kõigepealt endale.",
    task_taken: "See ülesanne on kellegi teise käes.",
    task_taken_by: ({ name }) => `${name} on selle ülesande juba endale võtnud.`,
    task_is_for: ({ role }) => `See ülesanne on mõeldud teistele: ${people[role]}.`,
    others_hand_on: "Selle ülesande suunab edasi keegi teine.",
    choose_one_of: ({ role }) => `Valige keegi nende seast: ${people[role]}.`,
    cannot_do_task: "See inimene ei saa seda ülesannet täita: selleks on vaja teist rolli või ettevõtet.",
    return_instead: "See ülesanne delegeeriti teile. Andke see hoopis omanikule tagasi.",
    owner_delegates: "See ülesanne delegeeriti teile. Edasi delegeerib seda ainult omanik.",
    task_is_theirs: "Ülesanne kuulub juba sellele inimesele. Paluge see hoopis talle tagasi anda.",
    not_delegated: "Seda ülesannet pole delegeeritud. Andke see nimekirja tagasi või suunake edasi.",
    forward_to_one: "Suunake ülesanne edasi kas inimesele või rollile.",
    task_not_for_role: ({ role }) => `Protsess ei anna seda ülesannet neile: ${people[role]}.`,
    only_work_fails: "Ebaõnnestuda saab ainult töö tulemiga. Andke see ülesanne nimekirja tagasi või suunake edasi.",
    say_why_failed: "Kirjutage, miks ülesannet ei saa täita.",
    forecast_of_work_only: "Prognoos antakse ainult töö kohta tulemiga.",
    choose_day_done: "Andke päev, millal loodate valmis saada: täna või hiljem.",

    gate_not_opened_yet: "See otsustuspunkt pole veel avanenud: enne tehakse etapi töö.",
    gate_not_open: "See otsustuspunkt pole avatud.",
    gate_opened_again: "Otsustuspunkt on pärast teie vaatamist uuesti avanenud. Vaadake seda uuesti.",
    score_is_own: "Hinne on inimese enda hinnang. Keegi ei anna seda teise eest.",
    score_filed_already: "Te olete selles otsustuspunktis hinde juba andnud.",
    one_seat_each:
      "Keegi ei hinda otsustuspunkti kaks korda: teil on seal juba hinne anda või antud. Selle annab keegi teine.",
    no_score_needed: ({ role }) => `Sellelt rollilt pole rohkem hindeid vaja: ${roles[role]}.`,
    say_whether_met: ({ criterion }, { say }) => `Öelge, kas see on täidetud: ${say(criterion)}.`,
    say_what_shows_it: ({ criterion }, { say }) => `Öelge, mis seda näitab: ${say(criterion)}.`,
    newer_revisions: ({ deliverables }) =>
      `Uuem versioon on olemas: ${deliverables.join(", ")}. Vaadake seda ja otsustage siis uuesti.`,
    decision_not_offered: ({ decision, against }, about) =>
      [
        `${quoted(about.say(decision))} pole siin võimalik.`,
        ...against.map((objection) => estonianRefusals.objections[objection.code](objection, about)),
      ].join(" "),
    say_why_decided: "Põhjendage otsust.",
    choose_day_to_go_on: "Valige päev, millal pilootprojekt jätkub.",
    choose_what_to_rework: "Valige parandatavad tulemid.",
    rework_of_accepted_only: "Parandada saab ainult selle etapi vastu võetud tulemeid.",
    whole_days_needed: "Andke täispäevi, vähemalt üks.",
    say_programme_approval: "Andke programmi heakskiidu viide.",
    choose_stage_skip_reason: "Valige etapi vahelejätmise põhjus.",
    say_why_stage_skipped: "Kirjeldage sõnadega, miks etapp vahele jäetakse.",
    say_stage_skip_evidence: "Öelge, mis tõendab, et etapi saab vahele jätta.",
    own_stage_skip_proposal: "Te tegite ettepaneku etapp vahele jätta. Sellega peab nõustuma teine koordinaator.",
    say_why_stage_not_skipped: "Kirjutage, miks etappi vahele ei jäeta.",
    no_such_condition: "Selles pilootprojektis ei ole sellist tingimust.",
    condition_of_others: "Selle tingimuse täidab keegi teine.",
    say_condition_evidence: "Öelge, mis näitab, et tingimus on täidetud.",
    condition_needed: "Nimetage vähemalt üks tingimus.",
    say_condition: "Kirjutage, mis tingimus see on.",
    choose_condition_day: "Valige tulevane päev, milleks tingimus peab olema täidetud.",

    on_hold_until: ({ resumeOn }, { dateOf }) => `Pilootprojekt on juba ootel. Ooteaja lõpp: ${dateOf(resumeOn)}.`,
    not_under_way: "Ootele saab panna ainult käimasoleva pilootprojekti.",
    moving_on: "Pilootprojekt on just järgmisse etappi liikumas. Proovige hetke pärast uuesti.",
    say_why_held: "Kirjutage, miks pilootprojekt ootele pannakse.",
    not_on_hold: "Pilootprojekt ei ole ootel.",
    choose_day_within: ({ days }) => `Valige jätkamise päev järgmise ${number(days)} päeva seast.`,
    not_admitted_yet: "Pilootprojekti pole veel vastu võetud: lükake hoopis taotlus tagasi.",
    say_why_stopped: "Kirjutage, miks pilootprojekt lõpetatakse.",
    not_stopped: "Pilootprojekti pole lõpetatud: pole, millele vastu väita.",
    objected_already: "Teie ettevõte on vastuväite juba esitanud. Lisage kommentaar, kui soovite rohkem öelda.",
    objection_too_late: ({ days }) => `Vastuväite saab esitada ${number(days)} päeva jooksul pärast lõpetamist.`,
    say_objection: "Kirjutage, millele vastu vaidlete.",
    say_why_withdrawn: "Kirjutage, miks te tagasi võtate.",

    no_such_stage: "Selles pilootprojektis ei ole sellist etappi.",
    stage_over: "See etapp on läbi: pole töövoogu, mida uuesti käivitada.",
    say_why_restarted: "Kirjutage, miks töövoog uuesti käivitatakse.",
    no_engine_here: "Step Functions ei tööta siin. Vaadake selle konsooli AWS-is.",
    no_such_execution: "Sellist täitmist ei ole või seda enam ei säilitata.",
    execution_ended: "See täitmine on juba lõppenud.",
    not_redrivable: ({ days }) =>
      `Jätkata saab ainult täitmist, mis viimase ${number(days)} päeva jooksul ebaõnnestus, aegus või peatati.`,

    say_something: "Kirjutage kõigepealt midagi.",
    mention_cannot_read: "Keegi, keda mainite, ei saa seda lugeda. Valige pilootprojektiga seotud inimeste seast.",
    no_such_note: "Selles pilootprojektis ei ole sellist märkust.",
    say_question: "Kirjutage, mida soovite teada.",
    internal_stays_internal: "Sisemine märkus jääb sisemiseks ja küsimus selle kohta samuti.",
    internal_question_for: "Sisemine küsimus on nõustajatele või koordinaatoritele.",
    choose_whom_to_ask: "Valige, kellelt küsite.",
    asked_cannot_read: "See inimene ei saa küsimust lugeda. Valige keegi pilootprojektiga seotud inimestest.",
    nobody_in_role: "Pilootprojektis pole selles rollis veel kedagi. Küsige kelleltki teiselt.",
    choose_answer_day: "Valige päev, milleks vastust vajate: täna või aasta jooksul.",
    no_question: "See ülesanne ei ole küsimus.",
    say_answer: "Kirjutage kõigepealt vastus.",
    aid_record_final: "Pilootprojekt on lõppenud ja selle abi kirje on lõplik.",
    hours_of_a_day: ({ most }) => `Andke ühe päeva kohta rohkem kui 0 ja kõige rohkem ${number(most)} tundi.`,
    choose_day: "Valige päev.",
    day_to_come: "Tunde saab märkida siis, kui päev on käes.",
    before_application: "Taotlusele eelnenud tunde selle pilootprojekti puhul ei arvestata.",
    say_activity: "Kirjutage, milleks tunnid kulusid.",
    no_such_hours: "Selles pilootprojektis selliseid tunde ei ole.",
    say_what_is_wrong: "Kirjutage, mis nende tundide juures ei ole õige.",
    hours_confirmed: "Teie ettevõte on need tunnid kinnitanud. Rääkige koordinaatoriga.",
    hours_not_disputed: "Ettevõte pole neid tunde vaidlustanud: pole midagi otsustada.",
    say_why_hours_count: "Kirjutage, miks tunde arvestatakse või ei arvestata.",
    hours_decided: "Koordinaator on nende tundide üle juba otsustanud.",
    aid_above_room: ({ aidEur, roomEur }) =>
      `Nende tundidega oleks pilootprojekti abi ${euros(aidEur)}; ettevõte võib saada ${euros(roomEur)}. Midagi ei märgitud: rääkige koordinaatoriga, enne kui annate rohkem toetust.`,

    files_not_kept: "Selles paigalduses ei saa faile veel hoida. Kõik muu töötab.",
    files_by_performers: "Faile lisavad ainult need, kes selle tulemiga töötavad.",
    not_worked_on: "Selle tulemiga praegu ei tegelda.",
    files_full: "Pilootprojekti failiruum on täis. Võtke vormidest välja see, mida pole vaja.",
    no_files_there: "Vormi sellesse kohta faile lisada ei saa.",
    file_kinds: ({ kinds }) => `Lisage üht neist faililiikidest: ${kinds.join(", ")}.`,
    file_too_large: ({ megabytes }) => `Lisage fail, mille suurus on kõige rohkem ${number(megabytes)} MB.`,
    file_id_taken: "Selle faili tunnus on juba kasutusel. Alustage teise tunnusega uuesti.",
    no_such_upload: "Sellist üleslaadimist ei ole (enam). Alustage uuesti.",
    file_not_arrived: "Fail pole veel kohale jõudnud. Saatke see ja lõpetage siis üleslaadimine.",
    file_changed: "Fail muutus teel või lugemise ajal. Lisage see veel kord.",
    file_not_what_it_says: ({ name, kind }) =>
      `Faili ${name} sisu ei vasta selle nimele. Salvestage see vormingus ${kind} ja lisage uuesti.`,
    no_such_file: "Sellist faili ei ole.",

    nobody_in_company: "Teie ettevõttes ei ole sellist inimest.",
    nobody_in_programme: "Selles programmis ei ole sellist inimest.",
    admin_always_submits: "Ettevõtte haldur tohib alati esitada.",
    admin_kept: "Ettevõttel peab olema haldur. Tehke kõigepealt halduriks keegi teine.",
    administrator_kept: "Programmil peab olema süsteemihaldur. Tehke kõigepealt süsteemihalduriks keegi teine.",
    coordinator_kept: "Programmil peab olema koordinaator. Tehke kõigepealt koordinaatoriks keegi teine.",
    works_with_pilots: "See inimene töötab pilootprojektides. Andke need kõigepealt üle.",
    has_role_already: "Sellel inimesel on see roll juba olemas.",
    role_not_theirs: "Sellel inimesel ei ole seda rolli.",
    administrator_made_by: "Ainult süsteemihaldur teeb kellestki süsteemihalduri.",
    administrator_ended_by: "Ainult süsteemihaldur lõpetab süsteemihalduri rolli.",
    choose_organisation: "Valige üks programmi organisatsioonidest või nimetage uus.",
    role_not_there: ({ role }) => `Seda liiki organisatsioonis seda rolli ei ole: ${roles[role]}.`,
    not_advisor_of_programme: "See inimene ei ole programmi nõustaja.",
    leaver_takes_over: "Lahkuja ei saa omaenda tööd üle võtta.",
    absence_days: "Viimane päev on pärast esimest ja mitte enne tänast.",
    absence_too_long: "Kui olete eemal üle aasta, laske oma töö hoopis üle anda.",
    choose_substitute: ({ role }) => `Valige keegi teine, kellel on programmis see roll: ${roles[role]}.`,
    substitute_away: "See inimene on siis ise eemal. Valige keegi teine.",
    own_absence_only: "Igaüks plaanib enda äraoleku. Minge kõigepealt tagasi oma kohale.",
    escalations_come: "Te vastutate selle töö eest: teated hilinemisest tulevad kohe või hommikuses kirjas.",
    no_erasure_asked: "See inimene pole palunud end unustada.",
    erasure_dealt_with: "Keegi on selle soovi juba lahendanud või ootab see koordinaatorit.",
    account_used_elsewhere: "Kontot kasutatakse veel mujal. Selle saab kustutada, kui see on lõppenud.",
    tasks_left: "Sellel inimesel on veel ülesandeid. Andke need kõigepealt kellelegi teisele.",
    own_erasure_only: "Seda palub igaüks ainult enda kohta.",
    own_erasure_taken_back: "Selle võtab igaüks tagasi ainult enda kohta.",
    no_such_view: "Sellist vaadet ei ole või seda pole jagatud.",
    view_saved_elsewhere: "See vaade salvestati teises aknas. Vaadake seda uuesti ja siis salvestage.",
    view_of_others: "See vaade on kellegi teise oma. Salvestage see teise nimega.",
    too_many_views: ({ most }) => `Teil on ${number(most)} vaadet. Eemaldage mõni, mida te ei kasuta.`,

    no_such_programme: "Sellist programmi ei ole.",
    agreement_after_admission: "Leping on olemas siis, kui pilootprojekt on vastu võetud.",
    version_not_published: ({ version }) => `Versiooni ${number(version)} pole avaldatud.`,
    last_day_first: "Viimane päev on pärast esimest.",
    settings_changed: "Seaded on pärast teie vaatamist muutunud. Vaadake neid uuesti.",
    set_already: "Nii on see juba seatud.",
    aid_above_ceiling: "Ükski pilootprojekt ei saa rohkem abi, kui ülempiir lubab.",
    no_deliverable_in_process: ({ deliverableId }) => `Protsessis ei ole tulemit ${deliverableId}.`,
    due_after_stage: ({ deliverableId, day, days, stage }, { say }) =>
      `${deliverableId} tähtaeg oleks päeval ${number(day)}, kuid etapp ${quoted(say(stage))} kestab ${count(days, { one: "päeva", other: "päeva" })}.`,
    due_before_what_it_rests_on: ({ deliverableId, day, before, dayBefore }) =>
      `${deliverableId} tugineb tulemile ${before} ega saa seetõttu varem valmis olla: päev ${number(day)}, eelmine päeval ${number(dayBefore)}.`,
    reminders_out_of_order: "Meeldetuletuste järjekord säilib: iga samm tuleb hilisemal päeval kui eelmine.",
    review_needs_a_day: "Läbivaatuseks on vähemalt üks tööpäev.",
    clock_of_sample_only: "Liigutada saab ainult näidisprogrammi kella.",
    clock_too_far: "Kella saab korraga liigutada kõige rohkem kolm aastat.",
    clock_backwards: "Kell liigub ainult edasi.",
  },

  objections: {
    not_open: () => "Otsustuspunkt pole avatud.",
    scores_missing: () => "Kõik hinded pole veel antud.",
    not_at_this_gate: () => "See otsustuspunkt seda ei paku.",
    condition_past_due: ({ about = "" }) => `Varasema otsustuspunkti tingimus on hilinenud: ${about}`,
    showstopper: () => "Õigusliku sõelumise käigus leiti välistav takistus.",
    trial_no_go: () => "Eluslabori katse järeldus: mitte edasi minna.",
    must_not_met: ({ about = "" }, { say }) => `Täitmata: ${say(about)}.`,
    score_too_low: ({ score }) =>
      `Keskmine hinne on ${number(score?.mean ?? 0)}; vaja on ${number(score?.least ?? 0)}.`,
    no_stage_follows: () => "Järgmist etappi ei ole.",
    next_not_skippable: () => "Järgmist etappi ei saa vahele jätta.",
    approval_needed: () => "Järgmine parandamine vajab programmi heakskiitu.",
  },

  titles: { 403: "Pole lubatud", 404: "Ei leitud", 409: "Vahepeal muutunud", 422: "Nii pole võimalik" },

  faults: {
    nothing_here: { title: "Ei leitud", detail: "Sellel aadressil ei ole midagi." },
    calendar_link_ended: { title: "Ei leitud", detail: "See kalendrilink on lõppenud. Tehke uus." },
    method_not_taken: { title: "Mitte nii", detail: ({ allowed }) => `See aadress võtab vastu ainult: ${allowed}.` },
    too_many_requests: {
      title: "Liiga palju päringuid",
      detail: ({ seconds }) =>
        `Seda oli rohkem, kui üks inimene küsib. Oodake ${number(seconds)} s; midagi ei muudetud.`,
    },
    request_too_large: {
      title: "Liiga suur",
      detail: "See on rohkem, kui Fairway korraga vastu võtab (1 MB). Midagi ei muudetud.",
    },
    change_too_large: {
      title: "Liiga suur",
      detail: "See on rohkem, kui Fairway ühe osana hoiab (400 kB). Midagi ei muudetud.",
    },
    not_sent_as_json: { title: "Pole JSON", detail: "Saatke sisu kujul application/json." },
    not_json: { title: "Pole JSON", detail: "Sisu ei ole korrektne JSON. Midagi ei muudetud." },
    nested_too_deeply: {
      title: "Liiga sügav",
      detail: "Sisu on sügavamalt pesastatud kui ükski vorm. Midagi ei muudetud.",
    },
    input_does_not_fit: {
      title: "Päring ei sobi",
      detail: "Osa saadetust ei ole see, mida siin vaja on; midagi ei muudetud.",
    },
    session_ended: { title: "Logige uuesti sisse", detail: "Teie seanss on lõppenud. Logige uuesti sisse." },
    list_changed: {
      title: "Ei leitud",
      detail: "Loend on pärast selle lingi tegemist muutunud; alustage uuesti esimeselt lehelt.",
    },
    busy: {
      title: "Vahepeal muutunud",
      detail: "Teised muudavad praegu sama pilootprojekti. Midagi ei muudetud; palun proovige uuesti.",
    },
    unavailable: {
      title: "Mitte praegu",
      detail: "Fairway ei saa seda praegu vaadata. Midagi ei muudetud; palun proovige minuti pärast uuesti.",
    },
    unexpected: {
      title: "Meie poolel läks midagi valesti",
      detail: "Vaadake enne uuesti proovimist, kas see sai tehtud; kui see kordub, teatage programmi büroole.",
    },
  },
};
