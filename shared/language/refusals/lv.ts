/** Why something is not done, in Latvian. */
import type { Role } from "../../domain/actor.ts";
import type { PilotAction } from "../../domain/permissions.ts";
import type { DeliverableStatus, TaskStatus } from "../../domain/pilot/state.ts";
import type { ProcessRole } from "../../domain/process.ts";
import type { DeliverableWish } from "../../domain/refusal-reasons.ts";
import { capital, countIn, eitherIn, eurosIn, numbersIn, scoreIn } from "../phrases.ts";
import type { RefusalAbout, RefusalWords } from "./words.ts";

const number = numbersIn("lv");
export const score = scoreIn("lv", "\u00a0no\u00a0100");
const euros = eurosIn("lv");
const either = eitherIn("lv");
const count = countIn("lv");
/** How long something takes or lasts. */
const days = { one: "dienu", other: "dienas" };
/** Within how many. */
const ofDays = { one: "dienas", other: "dienu" };

export const roles: Record<Role, string> = {
  sme_member: "uzņēmuma dalībnieks",
  sme_admin: "uzņēmuma administrators",
  advisor: "konsultants",
  expert: "eksperts",
  living_lab: "dzīvā laboratorija",
  coordinator: "koordinators",
  auditor: "revidents",
  administrator: "sistēmas administrators",
};

const people: Record<ProcessRole, string> = {
  sme: "uzņēmums",
  advisor: "pilotprojekta konsultanti",
  expert: "pilotprojekta eksperti",
  living_lab: "pilotprojekta dzīvā laboratorija",
  coordinator: "koordinatori",
};

const actions: Record<PilotAction, string> = {
  "application.create": "pieteikt pilotprojektu",
  "application.read": "lasīt šo pieteikumu",
  "application.decide": "lemt par pieteikumu",
  "pilot.read": "lasīt šo pilotprojektu",
  "pilot.withdraw": "atsaukt pilotprojektu",
  "draft.edit": "labot nodevumus",
  "deliverable.submit": "iesniegt nodevumus",
  "deliverable.review": "izvērtēt nodevumus",
  "deliverable.skip.propose": "ierosināt izlaist nodevumu",
  "deliverable.skip.decide": "lemt par nodevuma izlaišanu",
  "deliverable.reopen": "atkārtoti atvērt nodevumu",
  "dueDate.extend": "pagarināt termiņu",
  "dueDate.ask": "lūgt vēlāku termiņu",
  "task.work": "veikt uzdevumus",
  "task.delegate": "deleģēt uzdevumus",
  "task.forward": "nodot uzdevumus tālāk",
  "task.nominate": "noteikt uzdevuma veicēju",
  "gate.read": "lasīt lēmuma punkta lēmumus",
  "gate.score": "vērtēt lēmuma punktā",
  "gate.scores.read": "lasīt lēmuma punkta vērtējumus",
  "gate.decide": "lemt lēmuma punktā",
  "pilot.object": "iebilst pret izbeigšanu",
  "pilot.hold": "apturēt pilotprojektu pauzē vai to turpināt",
  "pilot.stop": "izbeigt pilotprojektu",
  "team.assign": "mainīt pilotprojekta komandu",
  "hours.log": "reģistrēt atbalsta stundas",
  "hours.confirm": "apstiprināt atbalsta stundas",
  "hours.settle": "lemt par apstrīdētām stundām",
  "comment.write": "komentēt pilotprojektu",
  "comment.internal": "rakstīt iekšējas piezīmes",
  "comment.internal.read": "lasīt iekšējās piezīmes",
  "figures.read": "lasīt biznesa pamatojuma skaitļus",
  "access.read": "redzēt, kas ir lasījis biznesa pamatojumu",
  "execution.restart": "no jauna sākt posma darbplūsmu",
};

const deliverableStatuses: Record<DeliverableStatus, string> = {
  not_started: "vēl nav sākts",
  in_progress: "ir darbā",
  submitted: "ir iesniegts un gaida izvērtēšanu",
  in_review: "tiek izvērtēts",
  accepted: "ir pieņemts",
  rework: "tiek pārstrādāts",
  skipped: "ir izlaists",
  cancelled: "ir atcelts",
  reopened: "ir atvērts no jauna",
};

const wishes: Record<DeliverableWish, string> = {
  edit: "tagad to nevar labot",
  submit: "tagad to nevar iesniegt",
  take_back: "nav iesnieguma, ko atsaukt",
  review: "nav, ko izvērtēt",
  reopen: "no jauna var atvērt tikai pieņemto",
  skip: "izlaist var tikai to, ko neviens nav sācis",
  set_due_date: "tā termiņam tagad nav nozīmes",
};

const taskStatuses: Record<TaskStatus, string> = {
  created: "vēl nav atvērts",
  ready: "vēl nav neviena rokās",
  reserved: "ir uzņemts, bet nav sākts",
  in_progress: "ir darbā",
  suspended: "ir apturēts",
  completed: "ir paveikts",
  obsolete: "ir izlaists",
  exited: "ir atcelts",
  failed: "ir slēgts kā neiespējams",
};

function at(instant: string | undefined, { momentOf }: RefusalAbout): string {
  if (instant === undefined) return "";
  const { day, time } = momentOf(instant);
  return day === undefined ? ` (plkst. ${time})` : ` (${day}, plkst. ${time})`;
}

const by = (given: readonly ProcessRole[]): string => either(given.map((role) => people[role]));
const quoted = (text: string): string => `“${text}”`;

export const latvianRefusals: RefusalWords = {
  reasons: {
    no_such_pilot: "Šāda pilotprojekta nav.",
    no_membership: "Pašlaik neesat nevienā programmā. Jautājiet programmas birojam.",
    role_not_held: "Jums (vairs) nav šīs lomas.",
    role_cannot: ({ role }) => `Savā pašreizējā lomā (${roles[role]}) to nevarat darīt.`,
    role_may_not: ({ role, action }) => `${capital(roles[role])} nedrīkst ${actions[action]}.`,
    not_let_submit: "Jūsu uzņēmuma administrators nav ļāvis jums iesniegt nodevumus. Palūdziet atļauju.",
    fairway_does_this: "Fairway to izdara pati, kad pienācis laiks.",
    figures_not_for_experts:
      "Eksperts drīkst lasīt biznesa pamatojuma skaitļus tikai tad, ja tie vajadzīgi paša uzdevumam vai uzņēmums par tiem jautā.",
    own_role_only: "Šeit atradīsiet tikai savas lomas cilvēkus.",
    not_standing_in: "Šodien jūs šo cilvēku neaizvietojat.",

    pilot_on_hold: "Pilotprojekts ir pauzē. Darbs turpināsies, kad pilotprojektu atsāks.",
    pilot_ended: "Pilotprojekts ir beidzies. Tajā vairs nekas nemainās.",
    changed_meanwhile: "Kopš skatījāties, tas ir mainījies. Apskatiet to vēlreiz un tad izlemiet.",
    filled_in_by: ({ deliverable, roles: given }, { say }) =>
      `Nodevuma ${quoted(say(deliverable))} aizpildītājs: ${by(given)}.`,
    submitted_by_roles: ({ deliverable, roles: given }, { say }) =>
      `Nodevuma ${quoted(say(deliverable))} iesniedzējs: ${by(given)}.`,
    taken_back_by: ({ deliverable, roles: given }, { say }) =>
      `Nodevuma ${quoted(say(deliverable))} iesniegumu atsauc: ${by(given)}.`,
    reviewed_by: ({ deliverable, roles: given }, { say }) =>
      `Nodevuma ${quoted(say(deliverable))} izvērtētājs: ${by(given)}.`,
    more_time_asked_by: ({ deliverable, roles: given }, { say }) =>
      `Vairāk laika nodevumam ${quoted(say(deliverable))} lūdz: ${by(given)}.`,

    say_service: "Norādiet, kādam pakalpojumam uzņēmums piesakās.",
    say_why_rejected: "Paskaidrojiet uzņēmumam, kāpēc pieteikums tiek noraidīts.",
    application_not_submitted: "Pieteikums vēl nav iesniegts.",
    application_not_accepted: "Vispirms izvērtējiet un pieņemiet pieteikumu, tad uzņemiet pilotprojektu.",
    application_decided: "Par šo pieteikumu jau ir lemts.",
    not_an_sme:
      "Ar 250 vai vairāk darbiniekiem vai sava apgrozījuma un bilances dēļ uzņēmums nav MVU: tas nevar piedalīties, arī ar izņēmumu ne.",
    aid_room_too_small: ({ roomEur, neededEur }) =>
      `Uzņēmums vēl var saņemt ${euros(roomEur)} de minimis atbalsta; pilotprojekta atbalstam vajag ${euros(neededEur)}.`,
    say_why_waived: ({ employees }) =>
      `Programma ir uzņēmumiem, kuros ir ne vairāk kā ${number(employees)} darbinieki. Pamatojiet izņēmumu.`,
    company_gone: "Jūsu uzņēmums vairs nav šajā programmā.",

    advisor_needed: "Nosauciet vismaz vienu pilotprojekta konsultantu.",
    named_twice: "Nosauciet katru cilvēku vienā lomā tikai vienreiz.",
    team_named_at_admission: "Komandu nosauc, kad pilotprojektu uzņem programmā.",
    nobody_left_for: ({ role, task }, { taskTitle }) =>
      `Šim uzdevumam nepaliktu neviena (${people[role]}): ${taskTitle(task)}.`,
    advisor_takes_over: "No konsultanta pārņemt var tikai konsultants.",
    other_person_takes_over: "Izvēlieties citu pārņēmēju.",
    not_advisor_of_pilot: "Šis cilvēks nav pilotprojekta konsultants.",
    say_why_advisor_changes: "Norādiet, kāpēc mainās konsultants.",
    does_not_work_as: ({ name = "Šis cilvēks", role }) => `${name} programmā nestrādā šajā lomā: ${roles[role]}.`,

    no_such_deliverable: "Šajā pilotprojektā nav šāda nodevuma.",
    no_such_revision: "Šādas redakcijas nav.",
    deliverable_is: ({ deliverableId, status, wish }) =>
      `${deliverableId} ${deliverableStatuses[status]}: ${wishes[wish]}.`,
    draft_saved_meanwhile: "Kopš atvērāt melnrakstu, to ir saglabājis kāds cits.",
    draft_saved_by: ({ name, you, savedAt }, about) =>
      `Pēc tam, kad atvērāt šo melnrakstu, ${you ? "jūs to saglabājāt citā logā" : `to saglabāja ${name}`}${at(savedAt, about)}. Ierakstītais nav zudis: salīdziniet abus un saglabājiet vēlreiz.`,
    other_fields_open: "Izvērtētājs lūdza izmaiņas citos laukos; šie paliek tādi, kādi tika iesniegti.",
    fields_need_attention: ({ fields }) =>
      `Vēl jāpārskata ${count(fields.length, { one: "lauks", other: "lauki" })}: ${fields.join("; ")}.`,
    files_missing: "Daži šīs veidlapas faili nav saņemti. Sarakstā nosaukts katrs.",
    submitted_already: "Tas jau ir iesniegts.",
    submitted_by: ({ name, you, submittedAt }, about) =>
      `${you ? "Jūs to jau iesniedzāt" : `To jau iesniedza ${name}`}${at(submittedAt, about)}.`,
    waits_for: ({ deliverableId, waitsFor }) => `${deliverableId} gaida, kad tiks pieņemts: ${waitsFor.join(", ")}.`,
    review_begun: "Izvērtēšana ir sākusies. Palūdziet izvērtētājam to jums atsūtīt atpakaļ.",
    choose_skip_reason: "Izvēlieties vienu no iemesliem, kuru dēļ šo nodevumu drīkst izlaist.",
    say_why_skip_reason_applies: "Piezīmē paskaidrojiet, kāpēc iemesls šeit ir spēkā.",
    skip_proposed_already: "Izlaišana jau ir ierosināta un gaida koordinatora lēmumu.",
    no_skip_proposed: "Neviens nav ierosinājis izlaist šo nodevumu.",
    own_skip_proposal: "To ierosinājāt jūs. Par to jālemj kādam citam.",
    not_skippable: ({ deliverable }, { say }) =>
      `Nodevumu ${quoted(say(deliverable))} nedrīkst izlaist: tas vajadzīgs procesam.`,
    admitted_on_it: "Pilotprojekts tika uzņemts ar šo pieteikumu: tas paliek tāds, kāds tika pieņemts.",
    say_why_reopened: "Norādiet, kāpēc nodevums tiek atvērts no jauna.",
    choose_days: ({ most }) => `Norādiet veselu dienu skaitu no 1 līdz ${number(most)}.`,
    say_why_extended: "Norādiet, kāpēc termiņš tiek pagarināts.",
    due_date_past: "Jaunais termiņš jau ir pagājis. Piešķiriet vairāk dienu.",
    waits_for_none: "Tas negaida citu nodevumu. Piešķiriet vairāk laika cita iemesla dēļ.",
    say_why_more_time: "Norādiet, kāpēc vajag vairāk laika.",
    choose_day_after_due: "Norādiet dienu, līdz kurai vajag laiku: pēc termiņa.",
    advisor_extends_once: ({ days: most }) =>
      `Konsultants drīkst pagarināt termiņu vienreiz, ne vairāk kā par ${count(most, { one: "dienu", other: "dienām" })}. Koordinators drīkst vairāk.`,

    newer_revision: ({ deliverableId }) =>
      `Nodevumam ${deliverableId} ir jaunāka redakcija. Izlasiet to, pirms izlemjat.`,
    claim_review_first: "Vispirms uzņemieties izvērtēšanu.",
    review_taken: "Šo izvērtēšanu ir uzņēmies kāds cits.",
    own_work: "Neviens neizvērtē paša paveikto. Tas jāizvērtē kādam citam.",
    criteria_missed: ({ points, criteria }, { say }) =>
      `Nodevumu nevar pieņemt: vismaz ${count(points, { one: "punkts", other: "punkti" })} vajadzīgi šeit: ${criteria.map(say).join("; ")}. Nosūtiet to pārstrādei ar komentāriem.`,
    score_not_reached: ({ percent: reached, needed }) =>
      `Nodevumu nevar pieņemt: tā svērtais vērtējums ir ${score(reached)}, bet vajag ${score(needed)}. Nosūtiet to pārstrādei ar komentāriem.`,
    comment_needed: "Komentējiet vismaz vienu lauku vai kritēriju, lai veicējs zinātu, kas jādara.",
    comment_empty: "Lauka komentārs ir tukšs.",
    comment_on_no_criterion: "Komentārs attiecas uz kritēriju, kura šajā izvērtēšanā nav.",
    comment_on_no_field: "Komentārs attiecas uz lauku, kura veidlapā nav.",
    no_such_criterion: ({ ids }) => `Šeit nav šāda kritērija: ${ids.join(", ")}.`,
    give_points: ({ criteria }, { say }) => `Piešķiriet punktus: ${criteria.map(say).join("; ")}.`,
    give_whole_points: ({ most, criteria }, { say }) =>
      `Piešķiriet veselus punktus no 0 līdz ${number(most)}: ${criteria.map(say).join("; ")}.`,
    say_why_below: ({ points, criteria }, { say }) =>
      `Pamatojiet katru kritēriju, kam piešķirat mazāk par ${count(points, { one: "punktu", other: "punktiem" })}: ${criteria.map(say).join("; ")}.`,

    no_such_task: "Šajā pilotprojektā nav šāda uzdevuma.",
    task_is: ({ status }) => `Šis uzdevums ${taskStatuses[status]}.`,
    claim_first: "Šo uzdevumu neviens nav uzņēmies. Vispirms uzņemieties to.",
    task_taken: "Šis uzdevums ir kādam citam.",
    task_taken_by: ({ name }) => `Šo uzdevumu jau ir uzņēmies: ${name}.`,
    task_is_for: ({ role }) => `Šis uzdevums ir domāts citiem: ${people[role]}.`,
    others_hand_on: "Šo uzdevumu nodot tālāk var kāds cits.",
    choose_one_of: ({ role }) => `Izvēlieties kādu no šiem: ${people[role]}.`,
    cannot_do_task: "Šis cilvēks nevar veikt šo uzdevumu: tam vajag citu lomu vai uzņēmumu.",
    return_instead: "Šis uzdevums jums tika deleģēts. Atdodiet to tā īpašniekam.",
    owner_delegates: "Šis uzdevums jums tika deleģēts. Tālāk to deleģē tikai tā īpašnieks.",
    task_is_theirs: "Uzdevums jau pieder šim cilvēkam. Palūdziet to viņam atdot.",
    not_delegated: "Šis uzdevums nav deleģēts. Atdodiet to atpakaļ sarakstam vai nododiet tālāk.",
    forward_to_one: "Nododiet uzdevumu tālāk vai nu cilvēkam, vai lomai.",
    task_not_for_role: ({ role }) => `Process šo uzdevumu neparedz šai grupai: ${people[role]}.`,
    only_work_fails: "Neizdoties var tikai darbs ar nodevumu. Atdodiet šo uzdevumu sarakstam vai nododiet tālāk.",
    say_why_failed: "Norādiet, kāpēc uzdevumu nevar paveikt.",
    forecast_of_work_only: "Prognoze ir tikai darbam ar nodevumu.",
    choose_day_done: "Norādiet dienu, kad plānojat pabeigt: šodien vai vēlāk.",

    gate_not_opened_yet: "Šis lēmuma punkts vēl nav atvērts: vispirms jāpaveic posma darbs.",
    gate_not_open: "Šis lēmuma punkts nav atvērts.",
    gate_opened_again: "Kopš skatījāties, lēmuma punkts ir atvēries no jauna. Apskatiet to vēlreiz.",
    score_is_own: "Vērtējums ir paša cilvēka spriedums. Neviens to neiesniedz cita vietā.",
    score_filed_already: "Šajā lēmuma punktā savu vērtējumu jau esat iesniedzis.",
    one_seat_each:
      "Neviens lēmuma punktu nevērtē divreiz: jums tur jau ir jāsniedz vērtējums vai tas ir sniegts. Šo sniedz kāds cits.",
    no_score_needed: ({ role }) => `No šīs lomas vairs nevajag vērtējumu: ${roles[role]}.`,
    say_whether_met: ({ criterion }, { say }) => `Norādiet, vai tas ir izpildīts: ${say(criterion)}.`,
    say_what_shows_it: ({ criterion }, { say }) => `Norādiet, kas to parāda: ${say(criterion)}.`,
    newer_revisions: ({ deliverables }) =>
      `Ir jaunāka redakcija: ${deliverables.join(", ")}. Apskatiet to un tad lemiet vēlreiz.`,
    decision_not_offered: ({ decision, against }, about) =>
      [
        `${quoted(about.say(decision))} šeit nav iespējams.`,
        ...against.map((objection) => latvianRefusals.objections[objection.code](objection, about)),
      ].join(" "),
    say_why_decided: "Pamatojiet lēmumu.",
    choose_day_to_go_on: "Izvēlieties dienu, kad pilotprojekts turpināsies.",
    choose_what_to_rework: "Norādiet pārstrādājamos nodevumus.",
    rework_of_accepted_only: "Pārstrādāt var tikai šī posma pieņemtos nodevumus.",
    whole_days_needed: "Norādiet veselas dienas, vismaz vienu.",
    say_programme_approval: "Norādiet atsauci uz programmas apstiprinājumu.",
    choose_stage_skip_reason: "Izvēlieties iemeslu, kāpēc posms tiek izlaists.",
    say_why_stage_skipped: "Aprakstiet vārdiem, kāpēc posms tiek izlaists.",
    say_stage_skip_evidence: "Norādiet, kas pierāda, ka posmu var izlaist.",
    own_stage_skip_proposal: "Jūs ierosinājāt izlaist posmu. Tam jāpiekrīt citam koordinatoram.",
    say_why_stage_not_skipped: "Norādiet, kāpēc posms netiek izlaists.",
    no_such_condition: "Šajā pilotprojektā nav šāda nosacījuma.",
    condition_of_others: "Šo nosacījumu izpilda kāds cits.",
    say_condition_evidence: "Norādiet, kas parāda, ka nosacījums ir izpildīts.",
    condition_needed: "Nosauciet vismaz vienu nosacījumu.",
    say_condition: "Aprakstiet nosacījumu.",
    choose_condition_day: "Izvēlieties nākamu dienu, līdz kurai nosacījums jāizpilda.",

    on_hold_until: ({ resumeOn }, { dateOf }) => `Pilotprojekts jau ir pauzē. Pauzes beigas: ${dateOf(resumeOn)}.`,
    not_under_way: "Pauzē var likt tikai pilotprojektu, kas notiek.",
    moving_on: "Pilotprojekts pašlaik pāriet uz nākamo posmu. Pēc brīža mēģiniet vēlreiz.",
    say_why_held: "Norādiet, kāpēc pilotprojekts tiek likts pauzē.",
    not_on_hold: "Pilotprojekts nav pauzē.",
    choose_day_within: ({ days: most }) => `Izvēlieties turpināšanas dienu tuvāko ${count(most, ofDays)} laikā.`,
    not_admitted_yet: "Pilotprojekts vēl nav uzņemts: tā vietā noraidiet pieteikumu.",
    say_why_stopped: "Norādiet, kāpēc pilotprojekts tiek izbeigts.",
    not_stopped: "Pilotprojekts nav izbeigts: nav, pret ko iebilst.",
    objected_already: "Jūsu uzņēmums jau ir iebildis. Ja gribat teikt vairāk, pievienojiet komentāru.",
    objection_too_late: ({ days: most }) => `Iebilst var ${count(most, ofDays)} laikā pēc izbeigšanas.`,
    say_objection: "Norādiet, pret ko iebilstat.",
    say_why_withdrawn: "Norādiet, kāpēc atsaucat pilotprojektu.",

    no_such_stage: "Šajā pilotprojektā nav šāda posma.",
    stage_over: "Šis posms ir beidzies: nav darbplūsmas, ko sākt no jauna.",
    say_why_restarted: "Norādiet, kāpēc darbplūsma tiek sākta no jauna.",
    no_engine_here: "Step Functions šeit nedarbojas. Skatiet tā konsoli AWS.",
    no_such_execution: "Šādas izpildes nav, vai tā vairs netiek glabāta.",
    execution_ended: "Šī izpilde jau ir beigusies.",
    not_redrivable: ({ days: most }) =>
      `Turpināt var tikai izpildi, kas pēdējo ${count(most, ofDays)} laikā neizdevās, noilga vai tika apturēta.`,

    say_something: "Vispirms kaut ko uzrakstiet.",
    mention_cannot_read: "Kāds, ko pieminat, to nevar lasīt. Izvēlieties no cilvēkiem ap pilotprojektu.",
    no_such_note: "Šajā pilotprojektā nav šādas piezīmes.",
    say_question: "Uzrakstiet, ko vēlaties uzzināt.",
    internal_stays_internal: "Iekšēja piezīme paliek iekšēja, un tāpat jautājums par to.",
    internal_question_for: "Iekšējs jautājums ir konsultantiem vai koordinatoriem.",
    choose_whom_to_ask: "Izvēlieties, kam jautājat.",
    asked_cannot_read: "Šis cilvēks nevar izlasīt jautājumu. Izvēlieties kādu no cilvēkiem ap pilotprojektu.",
    nobody_in_role: "Pilotprojektā šajā lomā vēl nav neviena. Jautājiet kādam citam.",
    choose_answer_day: "Izvēlieties dienu, līdz kurai vajag atbildi: šodien vai gada laikā.",
    no_question: "Šis uzdevums nav jautājums.",
    say_answer: "Vispirms uzrakstiet atbildi.",
    aid_record_final: "Pilotprojekts ir beidzies, un tā atbalsta ieraksts ir galīgs.",
    hours_of_a_day: ({ most }) =>
      `Norādiet vienai dienai vairāk par 0 un ne vairāk kā ${count(most, { one: "stundu", other: "stundas" })}.`,
    choose_day: "Norādiet dienu.",
    day_to_come: "Stundas var reģistrēt, kad diena ir pienākusi.",
    before_application: "Stundas pirms pieteikuma šim pilotprojektam netiek skaitītas.",
    say_activity: "Norādiet, kam stundas izmantotas.",
    no_such_hours: "Šajā pilotprojektā nav šādu stundu.",
    say_what_is_wrong: "Norādiet, kas ar šīm stundām nav pareizi.",
    hours_confirmed: "Jūsu uzņēmums šīs stundas ir apstiprinājis. Runājiet ar koordinatoru.",
    hours_not_disputed: "Uzņēmums šīs stundas nav apstrīdējis: nav, par ko lemt.",
    say_why_hours_count: "Norādiet, kāpēc stundas tiek vai netiek skaitītas.",
    hours_decided: "Koordinators par šīm stundām jau ir lēmis.",
    aid_above_room: ({ aidEur, roomEur }) =>
      `Ar šīm stundām pilotprojekta atbalsts būtu ${euros(aidEur)}; uzņēmums drīkst saņemt ${euros(roomEur)}. Nekas netika reģistrēts: pirms sniedzat vēl atbalstu, runājiet ar koordinatoru.`,

    files_not_kept: "Šajā instalācijā failus vēl nevar glabāt. Viss pārējais darbojas.",
    files_by_performers: "Failus šim nodevumam pievieno tikai tie, kas pie tā strādā.",
    not_worked_on: "Pie šī nodevuma pašlaik nestrādā.",
    files_full: "Pilotprojekta vieta failiem ir pilna. Izņemiet no veidlapām nevajadzīgo.",
    no_files_there: "Šajā veidlapas vietā failus nevar pievienot.",
    file_kinds: ({ kinds }) => `Pievienojiet kādu no šiem failu veidiem: ${kinds.join(", ")}.`,
    file_too_large: ({ megabytes }) => `Pievienojiet failu, kas nav lielāks par ${number(megabytes)} MB.`,
    file_id_taken: "Šī faila identifikators ir aizņemts. Sāciet vēlreiz ar citu.",
    no_such_upload: "Šādas augšupielādes (vairs) nav. Sāciet vēlreiz.",
    file_not_arrived: "Fails vēl nav saņemts. Nosūtiet to un tad pabeidziet augšupielādi.",
    file_changed: "Fails mainījās ceļā vai lasīšanas laikā. Pievienojiet to vēlreiz.",
    file_not_what_it_says: ({ name, kind }) =>
      `Faila ${name} saturs neatbilst tā nosaukumam. Saglabājiet to kā ${kind} un pievienojiet vēlreiz.`,
    no_such_file: "Šāda faila nav.",

    nobody_in_company: "Jūsu uzņēmumā nav šāda cilvēka.",
    nobody_in_programme: "Šajā programmā nav šāda cilvēka.",
    admin_always_submits: "Uzņēmuma administrators vienmēr drīkst iesniegt.",
    admin_kept: "Uzņēmumam vajag administratoru. Vispirms ieceliet kādu citu par administratoru.",
    administrator_kept:
      "Programmai vajag sistēmas administratoru. Vispirms ieceliet kādu citu par sistēmas administratoru.",
    coordinator_kept: "Programmai vajag koordinatoru. Vispirms ieceliet kādu citu par koordinatoru.",
    works_with_pilots: "Šis cilvēks strādā ar pilotprojektiem. Vispirms nododiet tos citam.",
    has_role_already: "Šim cilvēkam šī loma jau ir.",
    role_not_theirs: "Šim cilvēkam nav šīs lomas.",
    administrator_made_by: "Par sistēmas administratoru ieceļ tikai sistēmas administrators.",
    administrator_ended_by: "Sistēmas administratora lomu izbeidz tikai sistēmas administrators.",
    choose_organisation: "Izvēlieties programmas organizāciju vai nosauciet jaunu.",
    role_not_there: ({ role }) => `Šāda veida organizācijā šīs lomas nav: ${roles[role]}.`,
    not_advisor_of_programme: "Šis cilvēks nav programmas konsultants.",
    leaver_takes_over: "Aizejošais nevar pārņemt pats savu darbu.",
    absence_days: "Pēdējā diena ir pēc pirmās un ne agrāk kā šodien.",
    absence_too_long: "Ja būsiet prom ilgāk par gadu, nododiet savu darbu citam.",
    choose_substitute: ({ role }) => `Izvēlieties kādu citu, kam programmā ir šī loma: ${roles[role]}.`,
    substitute_away: "Šis cilvēks tad pats ir prom. Izvēlieties kādu citu.",
    own_absence_only: "Katrs plāno savu prombūtni. Vispirms atgriezieties savā vietā.",
    escalations_come: "Jūs atbildat par šo darbu: ziņas par kavēšanos pienāk uzreiz vai rīta vēstulē.",
    no_erasure_asked: "Šis cilvēks nav lūdzis dzēst savus datus.",
    erasure_dealt_with: "Šo lūgumu kāds jau ir izskatījis, vai tas gaida koordinatoru.",
    account_used_elsewhere: "Kontu vēl izmanto citur. To varēs dzēst, kad tas būs beidzies.",
    tasks_left: "Šim cilvēkam vēl ir uzdevumi. Vispirms nododiet tos kādam citam.",
    own_erasure_only: "To katrs lūdz tikai par sevi.",
    own_erasure_taken_back: "To katrs atsauc tikai par sevi.",
    no_such_view: "Šāda skata nav, vai tas nav kopīgots.",
    view_saved_elsewhere: "Šis skats tika saglabāts citā logā. Apskatiet to vēlreiz un tad saglabājiet.",
    view_of_others: "Šis skats pieder kādam citam. Saglabājiet to ar citu nosaukumu.",
    too_many_views: ({ most }) =>
      `Jums ir ${count(most, { one: "skats", other: "skati" })}. Noņemiet kādu, ko nelietojat.`,

    no_such_programme: "Šādas programmas nav.",
    agreement_after_admission: "Līgums ir pieejams, kad pilotprojekts ir uzņemts programmā.",
    version_not_published: ({ version }) => `Versija ${number(version)} nekad nav publicēta.`,
    last_day_first: "Pēdējā diena ir pēc pirmās.",
    settings_changed: "Kopš skatījāties, iestatījumi ir mainījušies. Apskatiet tos vēlreiz.",
    set_already: "Tā tas jau ir iestatīts.",
    aid_above_ceiling: "Neviens pilotprojekts nevar saņemt vairāk atbalsta, nekā ļauj griesti.",
    no_deliverable_in_process: ({ deliverableId }) => `Procesā nav nodevuma ${deliverableId}.`,
    due_after_stage: ({ deliverableId, day, days: length, stage }, { say }) =>
      `${deliverableId} termiņš būtu dienā ${number(day)}, bet posms ${quoted(say(stage))} ilgst ${count(length, days)}.`,
    due_before_what_it_rests_on: ({ deliverableId, day, before, dayBefore }) =>
      `${deliverableId} balstās uz nodevumu ${before}, tāpēc tam nevar būt agrāks termiņš: diena ${number(day)}, bet iepriekšējam diena ${number(dayBefore)}.`,
    reminders_out_of_order: "Atgādinājumu secība saglabājas: katrs solis nāk vēlākā dienā nekā iepriekšējais.",
    review_needs_a_day: "Izvērtēšanai ir vismaz viena darbdiena.",
    clock_of_sample_only: "Pārbīdīt var tikai parauga programmas pulksteni.",
    clock_too_far: "Pulksteni vienā reizē var pārbīdīt ne vairāk kā par trim gadiem.",
    clock_backwards: "Pulksteni var pārbīdīt tikai uz priekšu.",
  },

  objections: {
    not_open: () => "Lēmuma punkts nav atvērts.",
    scores_missing: () => "Vēl nav iesniegti visi vērtējumi.",
    not_at_this_gate: () => "Šis lēmuma punkts to nepiedāvā.",
    condition_past_due: ({ about = "" }) => `Agrāka lēmuma punkta nosacījums ir nokavēts: ${about}`,
    showstopper: () => "Normatīvajā izpētē atrasts nepārvarams šķērslis.",
    trial_no_go: () => "Dzīvās laboratorijas izmēģinājuma secinājums: neturpināt.",
    must_not_met: ({ about = "" }, { say }) => `Nav izpildīts: ${say(about)}.`,
    score_too_low: ({ score }) =>
      `Vidējais vērtējums ir ${number(score?.mean ?? 0)}; vajag ${number(score?.least ?? 0)}.`,
    no_stage_follows: () => "Nākamā posma nav.",
    next_not_skippable: () => "Nākamo posmu nevar izlaist.",
    approval_needed: () => "Vēl vienai pārstrādei vajag programmas apstiprinājumu.",
  },

  titles: { 403: "Nav atļauts", 404: "Nav atrasts", 409: "Pa to laiku mainījies", 422: "Tā nav iespējams" },

  faults: {
    nothing_here: { title: "Nav atrasts", detail: "Šajā adresē nekā nav." },
    calendar_link_ended: { title: "Nav atrasts", detail: "Šī kalendāra saite ir beigusies. Izveidojiet jaunu." },
    method_not_taken: { title: "Ne tā", detail: ({ allowed }) => `Šī adrese pieņem tikai: ${allowed}.` },
    too_many_requests: {
      title: "Pārāk daudz pieprasījumu",
      detail: ({ seconds }) =>
        `Tas bija vairāk, nekā prasa viens cilvēks. Pagaidiet ${number(seconds)} s; nekas netika mainīts.`,
    },
    request_too_large: {
      title: "Pārāk liels",
      detail: "Tas ir vairāk, nekā Fairway pieņem vienā reizē (1 MB). Nekas netika mainīts.",
    },
    change_too_large: {
      title: "Pārāk liels",
      detail: "Tas ir vairāk, nekā Fairway glabā vienā gabalā (400 kB). Nekas netika mainīts.",
    },
    not_sent_as_json: { title: "Nav JSON", detail: "Sūtiet saturu kā application/json." },
    not_json: { title: "Nav JSON", detail: "Saturs nav derīgs JSON. Nekas netika mainīts." },
    nested_too_deeply: {
      title: "Pārāk dziļi",
      detail: "Saturs ir ligzdots dziļāk nekā jebkura veidlapa. Nekas netika mainīts.",
    },
    input_does_not_fit: {
      title: "Pieprasījums neder",
      detail: "Daļa nosūtītā nav tas, kas šeit vajadzīgs; nekas netika mainīts.",
    },
    session_ended: { title: "Pierakstieties vēlreiz", detail: "Jūsu sesija ir beigusies. Pierakstieties vēlreiz." },
    list_changed: {
      title: "Nav atrasts",
      detail: "Kopš šīs saites izveides saraksts ir mainījies; sāciet no tā pirmās lapas.",
    },
    busy: {
      title: "Pa to laiku mainījies",
      detail: "Pašlaik citi maina to pašu pilotprojektu. Nekas netika mainīts; lūdzu, mēģiniet vēlreiz.",
    },
    unavailable: {
      title: "Ne tagad",
      detail: "Fairway pašlaik to nevar apskatīt. Nekas netika mainīts; lūdzu, pēc minūtes mēģiniet vēlreiz.",
    },
    unexpected: {
      title: "Mūsu pusē kaut kas nogāja greizi",
      detail: "Pirms mēģināt vēlreiz, pārbaudiet, vai tas izdevās; ja tas atkārtojas, ziņojiet programmas birojam.",
    },
  },
};
