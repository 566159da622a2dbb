/** Why something is not done, in Lithuanian. */
import type { Role } from "../../domain/actor.ts";
import type { PilotAction } from "../../domain/permissions.ts";
import type { DeliverableStatus, TaskStatus } from "../../domain/pilot/state.ts";
import type { ProcessRole } from "../../domain/process.ts";
import type { DeliverableWish } from "../../domain/refusal-reasons.ts";
import { capital, countIn, eitherIn, eurosIn, numbersIn, scoreIn } from "../phrases.ts";
import type { RefusalAbout, RefusalWords } from "./words.ts";

const number = numbersIn("lt");
export const score = scoreIn("lt", "\u00a0iš\u00a0100");
const euros = eurosIn("lt");
const either = eitherIn("lt");
const count = countIn("lt");
const days = { one: "dieną", few: "dienas", other: "dienų" };

export const roles: Record<Role, string> = {
  sme_member: "įmonės narys",
  sme_admin: "įmonės administratorius",
  advisor: "konsultantas",
  expert: "ekspertas",
  living_lab: "gyvoji laboratorija",
  coordinator: "koordinatorius",
  auditor: "auditorius",
  administrator: "sistemos administratorius",
};

const people: Record<ProcessRole, string> = {
  sme: "įmonė",
  advisor: "bandomojo projekto konsultantai",
  expert: "bandomojo projekto ekspertai",
  living_lab: "bandomojo projekto gyvoji laboratorija",
  coordinator: "koordinatoriai",
};

const actions: Record<PilotAction, string> = {
  "application.create": "teikti bandomojo projekto paraiškos",
  "application.read": "skaityti šios paraiškos",
  "application.decide": "spręsti dėl paraiškos",
  "pilot.read": "skaityti šio bandomojo projekto",
  "pilot.withdraw": "atsiimti bandomojo projekto",
  "draft.edit": "keisti rezultatų",
  "deliverable.submit": "teikti rezultatų",
  "deliverable.review": "vertinti rezultatų",
  "deliverable.skip.propose": "siūlyti praleisti rezultatą",
  "deliverable.skip.decide": "spręsti dėl rezultato praleidimo",
  "deliverable.reopen": "iš naujo atverti rezultato",
  "dueDate.extend": "pratęsti termino",
  "dueDate.ask": "prašyti vėlesnio termino",
  "task.work": "atlikti užduočių",
  "task.delegate": "deleguoti užduočių",
  "task.forward": "perduoti užduočių",
  "task.nominate": "skirti užduoties atlikėjo",
  "gate.read": "skaityti sprendimo taško sprendimų",
  "gate.score": "vertinti sprendimo taške",
  "gate.scores.read": "skaityti sprendimo taško įvertinimų",
  "gate.decide": "spręsti sprendimo taške",
  "pilot.object": "prieštarauti nutraukimui",
  "pilot.hold": "pristabdyti ar tęsti bandomojo projekto",
  "pilot.stop": "nutraukti bandomojo projekto",
  "team.assign": "keisti bandomojo projekto komandos",
  "hours.log": "įrašyti pagalbos valandų",
  "hours.confirm": "patvirtinti pagalbos valandų",
  "hours.settle": "spręsti dėl ginčijamų valandų",
  "comment.write": "komentuoti bandomojo projekto",
  "comment.internal": "rašyti vidinių pastabų",
  "comment.internal.read": "skaityti vidinių pastabų",
  "figures.read": "skaityti verslo pagrindimo skaičių",
  "access.read": "matyti, kas skaitė verslo pagrindimą",
  "execution.restart": "iš naujo paleisti etapo darbo eigos",
};

const deliverableStatuses: Record<DeliverableStatus, string> = {
  not_started: "dar nepradėtas",
  in_progress: "rengiamas",
  submitted: "pateiktas ir laukia vertinimo",
  in_review: "vertinamas",
  accepted: "priimtas",
  rework: "taisomas",
  skipped: "praleistas",
  cancelled: "atšauktas",
  reopened: "atvertas iš naujo",
};

const wishes: Record<DeliverableWish, string> = {
  edit: "dabar jo keisti negalima",
  submit: "dabar jo pateikti negalima",
  take_back: "nėra pateikimo, kurį būtų galima atsiimti",
  review: "nėra ko vertinti",
  reopen: "iš naujo atverti galima tik tai, kas priimta",
  skip: "praleisti galima tik tai, ko niekas nepradėjo",
  set_due_date: "jo terminas dabar neturi reikšmės",
};

const taskStatuses: Record<TaskStatus, string> = {
  created: "dar neatverta",
  ready: "dar niekieno nepaimta",
  reserved: "paimta, bet nepradėta",
  in_progress: "atliekama",
  suspended: "pristabdyta",
  completed: "atlikta",
  obsolete: "praleista",
  exited: "atšaukta",
  failed: "uždaryta kaip neįmanoma",
};

function at(instant: string | undefined, { momentOf }: RefusalAbout): string {
  if (instant === undefined) return "";
  const { day, time } = momentOf(instant);
  return day === undefined ? ` (${time})` : ` (${day} ${time})`;
}

const by = (given: readonly ProcessRole[]): string => either(given.map((role) => people[role]));
const quoted = (text: string): string => `„${text}“`;

export const lithuanianRefusals: RefusalWords = {
  reasons: {
    no_such_pilot: "Tokio bandomojo projekto nėra.",
    no_membership: "Šiuo metu nedalyvaujate jokioje programoje. Klauskite programos biuro.",
    role_not_held: "Šio vaidmens neturite (arba nebeturite).",
    role_cannot: ({ role }) => `Dabartiniu vaidmeniu (${roles[role]}) to padaryti negalite.`,
    role_may_not: ({ role, action }) => `${capital(roles[role])} negali ${actions[action]}.`,
    not_let_submit: "Jūsų įmonės administratorius neleido jums teikti rezultatų. Paprašykite leidimo.",
    fairway_does_this: "„Fairway“ tai padaro pati, kai ateina laikas.",
    figures_not_for_experts:
      "Ekspertas gali skaityti verslo pagrindimo skaičius tik tada, kai jų reikia jo paties užduočiai arba apie juos klausia įmonė.",
    own_role_only: "Čia rasite tik savo vaidmens žmones.",
    not_standing_in: "Šiandien šio žmogaus nepavaduojate.",

    pilot_on_hold: "Bandomasis projektas pristabdytas. Darbas tęsis, kai projektas bus atnaujintas.",
    pilot_ended: "Bandomasis projektas baigėsi. Jame niekas nebesikeičia.",
    changed_meanwhile: "Tai pasikeitė po to, kai žiūrėjote. Peržiūrėkite dar kartą ir tada nuspręskite.",
    filled_in_by: ({ deliverable, roles: given }, { say }) =>
      `Rezultatą ${quoted(say(deliverable))} pildo: ${by(given)}.`,
    submitted_by_roles: ({ deliverable, roles: given }, { say }) =>
      `Rezultatą ${quoted(say(deliverable))} pateikia: ${by(given)}.`,
    taken_back_by: ({ deliverable, roles: given }, { say }) =>
      `Rezultatą ${quoted(say(deliverable))} atsiima: ${by(given)}.`,
    reviewed_by: ({ deliverable, roles: given }, { say }) =>
      `Rezultatą ${quoted(say(deliverable))} vertina: ${by(given)}.`,
    more_time_asked_by: ({ deliverable, roles: given }, { say }) =>
      `Daugiau laiko rezultatui ${quoted(say(deliverable))} prašo: ${by(given)}.`,

    say_service: "Nurodykite, kuriai paslaugai įmonė teikia paraišką.",
    say_why_rejected: "Paaiškinkite įmonei, kodėl paraiška atmetama.",
    application_not_submitted: "Paraiška dar nepateikta.",
    application_not_accepted: "Pirma įvertinkite ir priimkite paraišką, tada priimkite bandomąjį projektą.",
    application_decided: "Dėl šios paraiškos jau nuspręsta.",
    not_an_sme:
      "Įmonė, turinti 250 ar daugiau darbuotojų arba viršijanti apyvartos ir balanso ribas, nėra MVĮ: ji negali dalyvauti, net ir taikant išimtį.",
    aid_room_too_small: ({ roomEur, neededEur }) =>
      `Įmonė dar gali gauti ${euros(roomEur)} de minimis pagalbos; bandomojo projekto pagalbai reikia ${euros(neededEur)}.`,
    say_why_waived: ({ employees }) =>
      `Programa skirta įmonėms, turinčioms iki ${number(employees)} darbuotojų. Pagrįskite išimtį.`,
    company_gone: "Jūsų įmonės šioje programoje nebėra.",

    advisor_needed: "Paskirkite bandomajam projektui bent vieną konsultantą.",
    named_twice: "Kiekvieną žmogų tam pačiam vaidmeniui nurodykite tik kartą.",
    team_named_at_admission: "Komanda skiriama, kai bandomasis projektas priimamas.",
    nobody_left_for: ({ role, task }, { taskTitle }) =>
      `Šiai užduočiai neliktų nė vieno žmogaus (${people[role]}): ${taskTitle(task)}.`,
    advisor_takes_over: "Iš konsultanto perimti gali tik konsultantas.",
    other_person_takes_over: "Pasirinkite kitą žmogų, kuris perims.",
    not_advisor_of_pilot: "Šis žmogus nėra bandomojo projekto konsultantas.",
    say_why_advisor_changes: "Nurodykite, kodėl keičiasi konsultantas.",
    does_not_work_as: ({ name = "Šis žmogus", role }) => `${name} programoje neturi šio vaidmens: ${roles[role]}.`,

    no_such_deliverable: "Šiame bandomajame projekte tokio rezultato nėra.",
    no_such_revision: "Tokios redakcijos nėra.",
    deliverable_is: ({ deliverableId, status, wish }) =>
      `${deliverableId} ${deliverableStatuses[status]}: ${wishes[wish]}.`,
    draft_saved_meanwhile: "Juodraštį po to, kai jį atvėrėte, išsaugojo kažkas kitas.",
    draft_saved_by: ({ name, you, savedAt }, about) =>
      `Po to, kai atvėrėte šį juodraštį, ${you ? "jį išsaugojote jūs kitame lange" : `jį išsaugojo ${name}`}${at(savedAt, about)}. Tai, ką įrašėte, neprarasta: palyginkite abu ir išsaugokite dar kartą.`,
    other_fields_open: "Vertintojas prašė pakeitimų kituose laukuose; šie lieka tokie, kokie buvo pateikti.",
    fields_need_attention: ({ fields }) =>
      `Dar reikia peržiūrėti ${count(fields.length, { one: "lauką", few: "laukus", other: "laukų" })}: ${fields.join("; ")}.`,
    files_missing: "Kai kurie šios formos failai neatkeliavo. Sąraše nurodytas kiekvienas.",
    submitted_already: "Tai jau pateikta.",
    submitted_by: ({ name, you, submittedAt }, about) =>
      `${you ? "Jūs tai jau pateikėte" : `Tai jau pateikė ${name}`}${at(submittedAt, about)}.`,
    waits_for: ({ deliverableId, waitsFor }) => `${deliverableId} laukia, kol bus priimta: ${waitsFor.join(", ")}.`,
    review_begun: "Vertinimas prasidėjo. Paprašykite vertintojo jums jį grąžinti.",
    choose_skip_reason: "Pasirinkite vieną iš priežasčių, dėl kurių šį rezultatą galima praleisti.",
    say_why_skip_reason_applies: "Pastaboje paaiškinkite, kodėl ši priežastis čia tinka.",
    skip_proposed_already: "Praleisti jau pasiūlyta; pasiūlymas laukia koordinatoriaus sprendimo.",
    no_skip_proposed: "Niekas nesiūlė šio rezultato praleisti.",
    own_skip_proposal: "Tai pasiūlėte jūs. Dėl to turi nuspręsti kitas žmogus.",
    not_skippable: ({ deliverable }, { say }) =>
      `Rezultato ${quoted(say(deliverable))} praleisti negalima: jo reikia procesui.`,
    admitted_on_it: "Bandomasis projektas priimtas pagal šią paraišką: ji lieka tokia, kokia buvo priimta.",
    say_why_reopened: "Nurodykite, kodėl rezultatas atveriamas iš naujo.",
    choose_days: ({ most }) => `Nurodykite sveiką dienų skaičių nuo 1 iki ${number(most)}.`,
    say_why_extended: "Nurodykite, kodėl terminas pratęsiamas.",
    due_date_past: "Naujas terminas jau praėjo. Skirkite daugiau dienų.",
    waits_for_none: "Jis nelaukia kito rezultato. Daugiau laiko skirkite dėl kitos priežasties.",
    say_why_more_time: "Nurodykite, kodėl reikia daugiau laiko.",
    choose_day_after_due: "Nurodykite dieną, iki kurios reikia laiko: po termino.",
    advisor_extends_once: ({ days: most }) =>
      `Konsultantas terminą gali pratęsti vieną kartą, ne daugiau kaip ${count(most, { one: "diena", few: "dienomis", other: "dienų" })}. Koordinatorius gali daugiau.`,

    newer_revision: ({ deliverableId }) =>
      `Yra naujesnė rezultato ${deliverableId} redakcija. Perskaitykite ją prieš nuspręsdami.`,
    claim_review_first: "Pirma imkitės vertinimo.",
    review_taken: "Šio vertinimo ėmėsi kažkas kitas.",
    own_work: "Niekas nevertina savo paties darbo. Jį turi įvertinti kas nors kitas.",
    criteria_missed: ({ points, criteria }, { say }) =>
      `Rezultato priimti negalima: bent ${count(points, { one: "balo", few: "balų", other: "balų" })} reikia čia: ${criteria.map(say).join("; ")}. Grąžinkite jį taisyti su komentarais.`,
    score_not_reached: ({ percent: reached, needed }) =>
      `Rezultato priimti negalima: jo svertinis įvertinimas ${score(reached)}, o reikia ${score(needed)}. Grąžinkite jį taisyti su komentarais.`,
    comment_needed: "Pakomentuokite bent vieną lauką ar kriterijų, kad atlikėjas žinotų, ką daryti.",
    comment_empty: "Lauko komentaras tuščias.",
    comment_on_no_criterion: "Komentare nurodytas kriterijus, kurio šiame vertinime nėra.",
    comment_on_no_field: "Komentare nurodytas laukas, kurio formoje nėra.",
    no_such_criterion: ({ ids }) => `Tokio kriterijaus čia nėra: ${ids.join(", ")}.`,
    give_points: ({ criteria }, { say }) => `Skirkite balus: ${criteria.map(say).join("; ")}.`,
    give_whole_points: ({ most, criteria }, { say }) =>
      `Skirkite sveikus balus nuo 0 iki ${number(most)}: ${criteria.map(say).join("; ")}.`,
    say_why_below: ({ points, criteria }, { say }) =>
      `Pagrįskite kiekvieną kriterijų, kuriam skiriate mažiau kaip ${count(points, { one: "balą", few: "balus", other: "balų" })}: ${criteria.map(say).join("; ")}.`,

    no_such_task: "Šiame bandomajame projekte tokios užduoties nėra.",
    task_is: ({ status }) => `Ši užduotis ${taskStatuses[status]}.`,
    claim_first: "Šios užduoties niekas nesiėmė. Pirma imkitės jos.",
    task_taken: "Šią užduotį turi kažkas kitas.",
    task_taken_by: ({ name }) => `Šią užduotį jau turi ${name}.`,
    task_is_for: ({ role }) => `Ši užduotis skirta kitiems: ${people[role]}.`,
    others_hand_on: "Šią užduotį perduoda kažkas kitas.",
    choose_one_of: ({ role }) => `Pasirinkite vieną iš jų: ${people[role]}.`,
    cannot_do_task: "Šis žmogus negali atlikti šios užduoties: jai reikia kito vaidmens arba kitos įmonės.",
    return_instead: "Ši užduotis jums deleguota. Grąžinkite ją savininkui.",
    owner_delegates: "Ši užduotis jums deleguota. Toliau ją deleguoja tik savininkas.",
    task_is_theirs: "Užduotis jau priklauso šiam žmogui. Paprašykite ją jam grąžinti.",
    not_delegated: "Ši užduotis nedeleguota. Grąžinkite ją į sąrašą arba perduokite.",
    forward_to_one: "Perduokite užduotį arba žmogui, arba vaidmeniui.",
    task_not_for_role: ({ role }) => `Procesas šios užduoties neskiria šiai grupei: ${people[role]}.`,
    only_work_fails: "Nepavykti gali tik darbas su rezultatu. Grąžinkite šią užduotį į sąrašą arba perduokite.",
    say_why_failed: "Nurodykite, kodėl užduoties atlikti negalima.",
    forecast_of_work_only: "Prognozė teikiama tik darbui su rezultatu.",
    choose_day_done: "Nurodykite dieną, kada tikitės baigti: šiandien ar vėliau.",

    gate_not_opened_yet: "Šis sprendimo taškas dar neatvertas: pirma atliekamas etapo darbas.",
    gate_not_open: "Šis sprendimo taškas neatvertas.",
    gate_opened_again: "Po to, kai žiūrėjote, sprendimo taškas atvertas iš naujo. Peržiūrėkite jį dar kartą.",
    score_is_own: "Įvertinimas yra paties žmogaus nuomonė. Niekas jo neteikia už kitą.",
    score_filed_already: "Šiame sprendimo taške savo įvertinimą jau pateikėte.",
    one_seat_each:
      "Niekas sprendimo taško nevertina du kartus: jūs ten jau turite pateikti įvertinimą arba jį pateikėte. Šį pateikia kitas žmogus.",
    no_score_needed: ({ role }) => `Iš šio vaidmens įvertinimų daugiau nereikia: ${roles[role]}.`,
    say_whether_met: ({ criterion }, { say }) => `Nurodykite, ar tai įvykdyta: ${say(criterion)}.`,
    say_what_shows_it: ({ criterion }, { say }) => `Nurodykite, kas tai rodo: ${say(criterion)}.`,
    newer_revisions: ({ deliverables }) =>
      `Yra naujesnė redakcija: ${deliverables.join(", ")}. Peržiūrėkite ją ir tada spręskite iš naujo.`,
    decision_not_offered: ({ decision, against }, about) =>
      [
        `${quoted(about.say(decision))} čia negalima.`,
        ...against.map((objection) => lithuanianRefusals.objections[objection.code](objection, about)),
      ].join(" "),
    say_why_decided: "Pagrįskite sprendimą.",
    choose_day_to_go_on: "Pasirinkite dieną, kada bandomasis projektas bus tęsiamas.",
    choose_what_to_rework: "Nurodykite taisytinus rezultatus.",
    rework_of_accepted_only: "Taisyti galima tik priimtus šio etapo rezultatus.",
    whole_days_needed: "Nurodykite sveikas dienas, bent vieną.",
    say_programme_approval: "Nurodykite programos pritarimo nuorodą.",
    choose_stage_skip_reason: "Pasirinkite etapo praleidimo priežastį.",
    say_why_stage_skipped: "Žodžiais aprašykite, kodėl etapas praleidžiamas.",
    say_stage_skip_evidence: "Nurodykite, kas įrodo, kad etapą galima praleisti.",
    own_stage_skip_proposal: "Praleisti etapą pasiūlėte jūs. Tam turi pritarti kitas koordinatorius.",
    say_why_stage_not_skipped: "Nurodykite, kodėl etapas nepraleidžiamas.",
    no_such_condition: "Šiame bandomajame projekte tokios sąlygos nėra.",
    condition_of_others: "Šią sąlygą įvykdo kažkas kitas.",
    say_condition_evidence: "Nurodykite, kas rodo, kad sąlyga įvykdyta.",
    condition_needed: "Nurodykite bent vieną sąlygą.",
    say_condition: "Aprašykite sąlygą.",
    choose_condition_day: "Pasirinkite būsimą dieną, iki kurios sąlyga turi būti įvykdyta.",

    on_hold_until: ({ resumeOn }, { dateOf }) =>
      `Bandomasis projektas jau pristabdytas. Pristabdymo pabaiga: ${dateOf(resumeOn)}.`,
    not_under_way: "Pristabdyti galima tik vykstantį bandomąjį projektą.",
    moving_on: "Bandomasis projektas kaip tik pereina į kitą etapą. Po akimirkos bandykite dar kartą.",
    say_why_held: "Nurodykite, kodėl bandomasis projektas pristabdomas.",
    not_on_hold: "Bandomasis projektas nepristabdytas.",
    choose_day_within: ({ days: most }) => `Pasirinkite tęsimo dieną per ${count(most, days)} nuo šiandien.`,
    not_admitted_yet: "Bandomasis projektas dar nepriimtas: verčiau atmeskite paraišką.",
    say_why_stopped: "Nurodykite, kodėl bandomasis projektas nutraukiamas.",
    not_stopped: "Bandomasis projektas nenutrauktas: nėra kam prieštarauti.",
    objected_already: "Jūsų įmonė prieštaravimą jau pateikė. Norėdami pasakyti daugiau, pridėkite komentarą.",
    objection_too_late: ({ days: most }) => `Prieštarauti galima per ${count(most, days)} po nutraukimo.`,
    say_objection: "Nurodykite, kam prieštaraujate.",
    say_why_withdrawn: "Nurodykite, kodėl atsiimate.",

    no_such_stage: "Šiame bandomajame projekte tokio etapo nėra.",
    stage_over: "Šis etapas baigėsi: nėra darbo eigos, kurią būtų galima paleisti iš naujo.",
    say_why_restarted: "Nurodykite, kodėl darbo eiga paleidžiama iš naujo.",
    no_engine_here: "„Step Functions“ čia neveikia. Žiūrėkite jos konsolėje AWS.",
    no_such_execution: "Tokio vykdymo nėra arba jis nebesaugomas.",
    execution_ended: "Šis vykdymas jau baigėsi.",
    not_redrivable: ({ days: most }) =>
      `Tęsti galima tik vykdymą, kuris per pastarąjį laikotarpį (${count(most, { one: "diena", few: "dienos", other: "dienų" })}) nepavyko, viršijo laiką arba buvo sustabdytas.`,

    say_something: "Pirma ką nors parašykite.",
    mention_cannot_read: "Kažkas, ką minite, negali to skaityti. Rinkitės iš žmonių, susijusių su bandomuoju projektu.",
    no_such_note: "Šiame bandomajame projekte tokios pastabos nėra.",
    say_question: "Parašykite, ką norite sužinoti.",
    internal_stays_internal: "Vidinė pastaba lieka vidinė, kaip ir klausimas apie ją.",
    internal_question_for: "Vidinis klausimas skirtas konsultantams arba koordinatoriams.",
    choose_whom_to_ask: "Pasirinkite, ko klausiate.",
    asked_cannot_read: "Šis žmogus negali perskaityti klausimo. Rinkitės ką nors, susijusį su bandomuoju projektu.",
    nobody_in_role: "Bandomajame projekte šio vaidmens dar niekas neturi. Klauskite kito.",
    choose_answer_day: "Pasirinkite dieną, iki kurios reikia atsakymo: šiandien arba per metus.",
    no_question: "Ši užduotis nėra klausimas.",
    say_answer: "Pirma parašykite atsakymą.",
    aid_record_final: "Bandomasis projektas baigėsi, jo pagalbos įrašas galutinis.",
    hours_of_a_day: ({ most }) =>
      `Vienai dienai nurodykite daugiau kaip 0 ir ne daugiau kaip ${count(most, { one: "valandą", few: "valandas", other: "valandų" })}.`,
    choose_day: "Nurodykite dieną.",
    day_to_come: "Valandas galima įrašyti, kai diena atėjo.",
    before_application: "Valandos iki paraiškos šiam bandomajam projektui neskaičiuojamos.",
    say_activity: "Nurodykite, kam skirtos valandos.",
    no_such_hours: "Šiame bandomajame projekte tokių valandų nėra.",
    say_what_is_wrong: "Nurodykite, kas šiose valandose neteisinga.",
    hours_confirmed: "Jūsų įmonė šias valandas patvirtino. Pasitarkite su koordinatoriumi.",
    hours_not_disputed: "Įmonė šių valandų neginčijo: nėra dėl ko spręsti.",
    say_why_hours_count: "Nurodykite, kodėl valandos skaičiuojamos arba neskaičiuojamos.",
    hours_decided: "Koordinatorius dėl šių valandų jau nusprendė.",
    aid_above_room: ({ aidEur, roomEur }) =>
      `Su šiomis valandomis bandomojo projekto pagalba būtų ${euros(aidEur)}; įmonė gali gauti ${euros(roomEur)}. Nieko neįrašyta: prieš teikdami daugiau pagalbos, pasitarkite su koordinatoriumi.`,

    files_not_kept: "Šiame diegime failų dar saugoti negalima. Visa kita veikia.",
    files_by_performers: "Failus prie šio rezultato prideda tik tie, kas su juo dirba.",
    not_worked_on: "Su šiuo rezultatu dabar nedirbama.",
    files_full: "Bandomojo projekto vieta failams užpildyta. Išimkite iš formų tai, ko nereikia.",
    no_files_there: "Šioje formos vietoje failų pridėti negalima.",
    file_kinds: ({ kinds }) => `Pridėkite vienos iš šių rūšių failą: ${kinds.join(", ")}.`,
    file_too_large: ({ megabytes }) => `Pridėkite ne didesnį kaip ${number(megabytes)} MB failą.`,
    file_id_taken: "Šio failo identifikatorius užimtas. Pradėkite iš naujo su kitu.",
    no_such_upload: "Tokio įkėlimo nėra (arba nebėra). Pradėkite iš naujo.",
    file_not_arrived: "Failas dar neatkeliavo. Išsiųskite jį ir tada užbaikite įkėlimą.",
    file_changed: "Failas pasikeitė pakeliui arba jį skaitant. Pridėkite jį dar kartą.",
    file_not_what_it_says: ({ name, kind }) =>
      `Failo ${name} turinys neatitinka jo pavadinimo. Išsaugokite jį kaip ${kind} ir pridėkite dar kartą.`,
    no_such_file: "Tokio failo nėra.",

    nobody_in_company: "Jūsų įmonėje tokio žmogaus nėra.",
    nobody_in_programme: "Šioje programoje tokio žmogaus nėra.",
    admin_always_submits: "Įmonės administratorius visada gali teikti.",
    admin_kept: "Įmonė turi turėti administratorių. Pirma juo paskirkite ką nors kitą.",
    administrator_kept: "Programa turi turėti sistemos administratorių. Pirma juo paskirkite ką nors kitą.",
    coordinator_kept: "Programa turi turėti koordinatorių. Pirma juo paskirkite ką nors kitą.",
    works_with_pilots: "Šis žmogus dirba su bandomaisiais projektais. Pirma perduokite juos kitam.",
    has_role_already: "Šis žmogus tokį vaidmenį jau turi.",
    role_not_theirs: "Šis žmogus tokio vaidmens neturi.",
    administrator_made_by: "Sistemos administratoriumi paskiria tik sistemos administratorius.",
    administrator_ended_by: "Sistemos administratoriaus vaidmenį užbaigia tik sistemos administratorius.",
    choose_organisation: "Pasirinkite programos organizaciją arba nurodykite naują.",
    role_not_there: ({ role }) => `Tokios rūšies organizacijoje šio vaidmens nėra: ${roles[role]}.`,
    not_advisor_of_programme: "Šis žmogus nėra programos konsultantas.",
    leaver_takes_over: "Išeinantis žmogus negali perimti savo paties darbo.",
    absence_days: "Paskutinė diena yra po pirmosios ir ne anksčiau kaip šiandien.",
    absence_too_long: "Jei nebūsite ilgiau nei metus, verčiau perduokite savo darbą.",
    choose_substitute: ({ role }) => `Pasirinkite kitą žmogų, kuris programoje turi šį vaidmenį: ${roles[role]}.`,
    substitute_away: "Šio žmogaus tada paties nebus. Pasirinkite ką nors kitą.",
    own_absence_only: "Kiekvienas planuoja savo nebuvimą. Pirma grįžkite į savo vietą.",
    escalations_come: "Jūs atsakote už šį darbą: žinios apie vėlavimą ateina iš karto arba ryto laiške.",
    no_erasure_asked: "Šis žmogus neprašė būti pamirštas.",
    erasure_dealt_with: "Šį prašymą kažkas jau išsprendė arba jis laukia koordinatoriaus.",
    account_used_elsewhere: "Paskyra dar naudojama kitur. Ją bus galima ištrinti, kai tai baigsis.",
    tasks_left: "Šis žmogus dar turi užduočių. Pirma perduokite jas kam nors kitam.",
    own_erasure_only: "To kiekvienas prašo tik dėl savęs.",
    own_erasure_taken_back: "Tai kiekvienas atšaukia tik dėl savęs.",
    no_such_view: "Tokio rodinio nėra arba juo nepasidalyta.",
    view_saved_elsewhere: "Šis rodinys išsaugotas kitame lange. Peržiūrėkite jį dar kartą ir tada išsaugokite.",
    view_of_others: "Šis rodinys priklauso kitam. Išsaugokite jį kitu pavadinimu.",
    too_many_views: ({ most }) =>
      `Turite ${count(most, { one: "rodinį", few: "rodinius", other: "rodinių" })}. Pašalinkite tą, kurio nenaudojate.`,

    no_such_programme: "Tokios programos nėra.",
    agreement_after_admission: "Sutartis atsiranda, kai bandomasis projektas priimamas.",
    version_not_published: ({ version }) => `${number(version)} versija niekada nebuvo paskelbta.`,
    last_day_first: "Paskutinė diena yra po pirmosios.",
    settings_changed: "Nustatymai pasikeitė po to, kai žiūrėjote. Peržiūrėkite juos dar kartą.",
    set_already: "Taip jau nustatyta.",
    aid_above_ceiling: "Joks bandomasis projektas negali gauti daugiau pagalbos, nei leidžia riba.",
    no_deliverable_in_process: ({ deliverableId }) => `Procese nėra rezultato ${deliverableId}.`,
    due_after_stage: ({ deliverableId, day, days: length, stage }, { say }) =>
      `${deliverableId} terminas būtų ${number(day)} dieną, o etapas ${quoted(say(stage))} trunka ${count(length, days)}.`,
    due_before_what_it_rests_on: ({ deliverableId, day, before, dayBefore }) =>
      `${deliverableId} remiasi rezultatu ${before}, todėl jo terminas negali būti ankstesnis: ${number(day)} diena, o ankstesnio ${number(dayBefore)} diena.`,
    reminders_out_of_order: "Priminimų tvarka išlieka: kiekvienas žingsnis ateina vėlesnę dieną nei ankstesnis.",
    review_needs_a_day: "Vertinimui skiriama bent viena darbo diena.",
    clock_of_sample_only: "Perstumti galima tik pavyzdinės programos laikrodį.",
    clock_too_far: "Laikrodį vienu kartu galima perstumti ne daugiau kaip trejais metais.",
    clock_backwards: "Laikrodis eina tik pirmyn.",
  },

  objections: {
    not_open: () => "Sprendimo taškas neatvertas.",
    scores_missing: () => "Dar pateikti ne visi įvertinimai.",
    not_at_this_gate: () => "Šis sprendimo taškas to nesiūlo.",
    condition_past_due: ({ about = "" }) => `Ankstesnio sprendimo taško sąlyga vėluoja: ${about}`,
    showstopper: () => "Reguliavimo patikra rado neįveikiamą kliūtį.",
    trial_no_go: () => "Gyvosios laboratorijos bandymo išvada: netęsti.",
    must_not_met: ({ about = "" }, { say }) => `Neįvykdyta: ${say(about)}.`,
    score_too_low: ({ score }) =>
      `Įvertinimų vidurkis ${number(score?.mean ?? 0)}; reikia ${number(score?.least ?? 0)}.`,
    no_stage_follows: () => "Kito etapo nėra.",
    next_not_skippable: () => "Kito etapo praleisti negalima.",
    approval_needed: () => "Dar vienam taisymui reikia programos pritarimo.",
  },

  titles: { 403: "Neleidžiama", 404: "Nerasta", 409: "Tuo metu pasikeitė", 422: "Taip negalima" },

  faults: {
    nothing_here: { title: "Nerasta", detail: "Šiuo adresu nieko nėra." },
    calendar_link_ended: { title: "Nerasta", detail: "Ši kalendoriaus nuoroda nebegalioja. Sukurkite naują." },
    method_not_taken: { title: "Ne taip", detail: ({ allowed }) => `Šis adresas priima tik: ${allowed}.` },
    too_many_requests: {
      title: "Per daug užklausų",
      detail: ({ seconds }) =>
        `Tai daugiau, nei klausia vienas žmogus. Palaukite ${number(seconds)} s; niekas nepakeista.`,
    },
    request_too_large: {
      title: "Per didelis",
      detail: "Tai daugiau, nei „Fairway“ priima vienu kartu (1 MB). Niekas nepakeista.",
    },
    change_too_large: {
      title: "Per didelis",
      detail: "Tai daugiau, nei „Fairway“ saugo viename gabale (400 kB). Niekas nepakeista.",
    },
    not_sent_as_json: { title: "Ne JSON", detail: "Siųskite turinį kaip application/json." },
    not_json: { title: "Ne JSON", detail: "Turinys nėra tinkamas JSON. Niekas nepakeista." },
    nested_too_deeply: {
      title: "Per giliai",
      detail: "Turinys įdėtas giliau nei bet kurioje formoje. Niekas nepakeista.",
    },
    input_does_not_fit: {
      title: "Užklausa netinka",
      detail: "Dalis to, kas išsiųsta, nėra tai, ko čia reikia; niekas nepakeista.",
    },
    session_ended: { title: "Prisijunkite iš naujo", detail: "Jūsų sesija baigėsi. Prisijunkite iš naujo." },
    list_changed: {
      title: "Nerasta",
      detail: "Sąrašas pasikeitė po to, kai sukurta ši nuoroda; pradėkite nuo pirmo jo puslapio.",
    },
    busy: {
      title: "Tuo metu pasikeitė",
      detail: "Šiuo metu tą patį bandomąjį projektą keičia kiti. Niekas nepakeista; bandykite dar kartą.",
    },
    unavailable: {
      title: "Ne dabar",
      detail: "Šiuo metu „Fairway“ negali to patikrinti. Niekas nepakeista; po minutės bandykite dar kartą.",
    },
    unexpected: {
      title: "Kažkas nepavyko mūsų pusėje",
      detail: "Prieš bandydami dar kartą, pasižiūrėkite, ar tai pavyko; jei pasikartos, praneškite programos biurui.",
    },
  },
};
