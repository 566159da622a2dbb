/** Why something is not done, in Swedish. */
import type { Role } from "../../domain/actor.ts";
import type { PilotAction } from "../../domain/permissions.ts";
import type { DeliverableStatus, TaskStatus } from "../../domain/pilot/state.ts";
import type { ProcessRole } from "../../domain/process.ts";
import type { DeliverableWish } from "../../domain/refusal-reasons.ts";
import { capital, countIn, eitherIn, eurosIn, numbersIn, scoreIn } from "../phrases.ts";
import type { RefusalAbout, RefusalWords } from "./words.ts";

const number = numbersIn("sv");
export const score = scoreIn("sv", "\u00a0av\u00a0100");
const euros = eurosIn("sv");
const either = eitherIn("sv");
const count = countIn("sv");
const days = { one: "dag", other: "dagar" };

const roles: Record<Role, string> = {
  sme_member: "en medlem i företaget",
  sme_admin: "företagets administratör",
  advisor: "en rådgivare",
  expert: "en expert",
  living_lab: "ett living lab",
  coordinator: "en koordinator",
  auditor: "en revisor",
  administrator: "en systemadministratör",
};

const people: Record<ProcessRole, string> = {
  sme: "företaget",
  advisor: "pilotens rådgivare",
  expert: "pilotens experter",
  living_lab: "pilotens living lab",
  coordinator: "koordinatorerna",
};

const actions: Record<PilotAction, string> = {
  "application.create": "ansöka om en pilot",
  "application.read": "läsa den här ansökan",
  "application.decide": "besluta om en ansökan",
  "pilot.read": "läsa den här piloten",
  "pilot.withdraw": "återta en pilot",
  "draft.edit": "redigera leverabler",
  "deliverable.submit": "lämna in leverabler",
  "deliverable.review": "granska leverabler",
  "deliverable.skip.propose": "föreslå att en leverabel hoppas över",
  "deliverable.skip.decide": "besluta att en leverabel hoppas över",
  "deliverable.reopen": "öppna en leverabel på nytt",
  "dueDate.extend": "flytta ett förfallodatum",
  "dueDate.ask": "be om ett senare förfallodatum",
  "task.work": "arbeta med uppgifter",
  "task.delegate": "delegera uppgifter",
  "task.forward": "lämna uppgifter vidare",
  "task.nominate": "utse vem som gör en uppgift",
  "gate.read": "läsa beslut vid en beslutspunkt",
  "gate.score": "ge poäng vid en beslutspunkt",
  "gate.scores.read": "läsa poängen vid en beslutspunkt",
  "gate.decide": "besluta vid en beslutspunkt",
  "pilot.object": "invända mot ett stopp",
  "pilot.hold": "pausa en pilot eller låta den fortsätta",
  "pilot.stop": "stoppa en pilot",
  "team.assign": "ändra en pilots team",
  "hours.log": "anteckna stödtimmar",
  "hours.confirm": "bekräfta stödtimmar",
  "hours.settle": "besluta om bestridda timmar",
  "comment.write": "kommentera en pilot",
  "comment.internal": "skriva interna anteckningar",
  "comment.internal.read": "läsa interna anteckningar",
  "figures.read": "läsa siffrorna i en affärskalkyl",
  "access.read": "se vem som har läst affärskalkylen",
  "execution.restart": "starta om en fas arbetsflöde",
};

const deliverableStatuses: Record<DeliverableStatus, string> = {
  not_started: "är inte påbörjad",
  in_progress: "är under arbete",
  submitted: "är inlämnad och väntar på granskning",
  in_review: "granskas",
  accepted: "är godtagen",
  rework: "omarbetas",
  skipped: "är överhoppad",
  cancelled: "är inställd",
  reopened: "är öppnad på nytt",
};

const wishes: Record<DeliverableWish, string> = {
  edit: "den kan inte redigeras nu",
  submit: "den kan inte lämnas in nu",
  take_back: "det finns ingen inlämning att ta tillbaka",
  review: "det finns inget att granska",
  reopen: "bara det som är godtaget kan öppnas på nytt",
  skip: "bara det som ingen har påbörjat kan hoppas över",
  set_due_date: "dess förfallodatum saknar betydelse nu",
};

const taskStatuses: Record<TaskStatus, string> = {
  created: "är inte öppen ännu",
  ready: "har inte tagits av någon",
  reserved: "är tagen men inte påbörjad",
  in_progress: "är under arbete",
  suspended: "är pausad",
  completed: "är klar",
  obsolete: "är överhoppad",
  exited: "är inställd",
  failed: "är stängd som omöjlig",
};

function at(instant: string | undefined, { momentOf }: RefusalAbout): string {
  if (instant === undefined) return "under tiden";
  const { day, time } = momentOf(instant);
  return day === undefined ? `kl. ${time}` : `den ${day} kl. ${time}`;
}

const by = (given: readonly ProcessRole[]): string => either(given.map((role) => people[role]));
const quoted = (text: string): string => `”${text}”`;

export const swedishRefusals: RefusalWords = {
  reasons: {
    no_such_pilot: "Piloten finns inte.",
    no_membership: "Du är för närvarande inte med i något program. Fråga programkontoret.",
    role_not_held: "Du har inte den rollen (längre).",
    role_cannot: ({ role }) => `Som ${roles[role]} kan du inte göra detta.`,
    role_may_not: ({ role, action }) => `${capital(roles[role])} får inte ${actions[action]}.`,
    not_let_submit: "Företagets administratör har inte låtit dig lämna in leverabler. Be om det.",
    fairway_does_this: "Fairway gör detta självt när tiden är inne.",
    figures_not_for_experts:
      "En expert får läsa siffrorna i en affärskalkyl bara om en egen uppgift kräver det eller om företaget frågar om dem.",
    own_role_only: "Här hittar du bara dem som har samma roll som du.",
    not_standing_in: "Du är inte ersättare för den här personen i dag.",

    pilot_on_hold: "Piloten är pausad. Arbetet går vidare när den fortsätter.",
    pilot_ended: "Piloten är avslutad. Inget i den ändras längre.",
    changed_meanwhile: "Det här har ändrats sedan du tittade. Titta på det igen och besluta sedan.",
    filled_in_by: ({ deliverable, roles: given }, { say }) => `${quoted(say(deliverable))} fylls i av ${by(given)}.`,
    submitted_by_roles: ({ deliverable, roles: given }, { say }) =>
      `${quoted(say(deliverable))} lämnas in av ${by(given)}.`,
    taken_back_by: ({ deliverable, roles: given }, { say }) =>
      `${quoted(say(deliverable))} tas tillbaka av ${by(given)}.`,
    reviewed_by: ({ deliverable, roles: given }, { say }) => `${quoted(say(deliverable))} granskas av ${by(given)}.`,
    more_time_asked_by: ({ deliverable, roles: given }, { say }) =>
      `Mer tid för ${quoted(say(deliverable))} begärs av ${by(given)}.`,

    say_service: "Ange för vilken tjänst företaget ansöker.",
    say_why_rejected: "Berätta för företaget varför ansökan avslås.",
    application_not_submitted: "Ansökan är inte inlämnad ännu.",
    application_not_accepted: "Granska och godta ansökan först, och anta sedan piloten.",
    application_decided: "Ansökan är redan avgjord.",
    not_an_sme:
      "Med minst 250 anställda, eller genom sin omsättning och balansomslutning, är företaget inte ett litet eller medelstort företag: det kan inte delta, inte heller med undantag.",
    aid_room_too_small: ({ roomEur, neededEur }) =>
      `Företaget kan få ytterligare ${euros(roomEur)} i stöd av mindre betydelse; pilotens stöd kräver ${euros(neededEur)}.`,
    say_why_waived: ({ employees }) =>
      `Programmet är för företag med högst ${number(employees)} anställda. Ange ett skäl för undantaget.`,
    company_gone: "Ditt företag är inte längre med i programmet.",

    advisor_needed: "Utse minst en rådgivare för piloten.",
    named_twice: "Ange varje person en gång per roll.",
    team_named_at_admission: "Teamet utses när piloten antas.",
    nobody_left_for: ({ role, task }, { taskTitle }) =>
      `Ingen av ${people[role]} skulle vara kvar för: ${taskTitle(task)}.`,
    advisor_takes_over: "Bara en rådgivare kan ta över efter en rådgivare.",
    other_person_takes_over: "Välj en annan person som tar över.",
    not_advisor_of_pilot: "Den här personen är inte rådgivare för piloten.",
    say_why_advisor_changes: "Ange varför rådgivaren byts.",
    does_not_work_as: ({ name = "Den här personen", role }) => `${name} arbetar inte som ${roles[role]} i programmet.`,

    no_such_deliverable: "Leverabeln finns inte i den här piloten.",
    no_such_revision: "Versionen finns inte.",
    deliverable_is: ({ deliverableId, status, wish }) =>
      `${deliverableId} ${deliverableStatuses[status]}: ${wishes[wish]}.`,
    draft_saved_meanwhile: "Någon annan har sparat utkastet sedan du öppnade det.",
    draft_saved_by: ({ name, you, savedAt }, about) =>
      `${you ? "Du" : name} sparade det här utkastet ${at(savedAt, about)}, efter att du hade öppnat det. Det du skrev har inte gått förlorat: jämför de två och spara igen.`,
    other_fields_open: "Granskaren bad om ändringar i andra fält; dessa förblir som de lämnades in.",
    fields_need_attention: ({ fields }) =>
      `${fields.length === 1 ? "Ett fält" : `${number(fields.length)} fält`} behöver ses över: ${fields.join("; ")}.`,
    files_missing: "Några av formulärets filer har inte kommit fram. Listan nämner var och en.",
    submitted_already: "Det här är redan inlämnat.",
    submitted_by: ({ name, you, submittedAt }, about) =>
      `Redan inlämnat av ${you ? "dig" : name} ${at(submittedAt, about)}.`,
    waits_for: ({ deliverableId, waitsFor }) =>
      `${deliverableId} väntar på att följande ska godtas: ${waitsFor.join(", ")}.`,
    review_begun: "Granskningen har börjat. Be granskaren skicka tillbaka den till dig.",
    choose_skip_reason: "Välj ett av de skäl som gör att den här leverabeln får hoppas över.",
    say_why_skip_reason_applies: "Ange i en anteckning varför skälet gäller här.",
    skip_proposed_already: "Det är redan föreslaget att hoppa över den; förslaget väntar på koordinatorns beslut.",
    no_skip_proposed: "Ingen har föreslagit att hoppa över den här leverabeln.",
    own_skip_proposal: "Du föreslog detta själv. En annan person måste besluta om det.",
    not_skippable: ({ deliverable }, { say }) =>
      `${quoted(say(deliverable))} får inte hoppas över: processen behöver den.`,
    admitted_on_it: "Piloten antogs på den här ansökan: den förblir som den godtogs.",
    say_why_reopened: "Ange varför leverabeln öppnas på nytt.",
    choose_days: ({ most }) => `Ange ett helt antal dagar från 1 till ${number(most)}.`,
    say_why_extended: "Ange varför förfallodatumet flyttas.",
    due_date_past: "Det nya förfallodatumet har redan passerat. Ge fler dagar.",
    waits_for_none: "Den väntar inte på någon annan leverabel. Ge mer tid av ett annat skäl.",
    say_why_more_time: "Ange varför du behöver mer tid.",
    choose_day_after_due: "Ange till vilken dag du behöver tid, efter förfallodatumet.",
    advisor_extends_once: ({ days: most }) =>
      `En rådgivare får flytta ett förfallodatum en gång, högst ${count(most, days)}. Koordinatorn får flytta det längre.`,

    newer_revision: ({ deliverableId }) => `Det finns en nyare version av ${deliverableId}. Läs den innan du beslutar.`,
    claim_review_first: "Ta granskningen först.",
    review_taken: "Någon annan har tagit den här granskningen.",
    own_work: "Ingen granskar det egna arbetet. Någon annan måste granska det.",
    criteria_missed: ({ points, criteria }, { say }) =>
      `Leverabeln kan inte godtas: den behöver minst ${number(points)} poäng för: ${criteria.map(say).join("; ")}. Skicka den till omarbetning med kommentarer.`,
    score_not_reached: ({ percent: reached, needed }) =>
      `Leverabeln kan inte godtas: den viktade poängen är ${score(reached)}, och det krävs ${score(needed)}. Skicka den till omarbetning med kommentarer.`,
    comment_needed: "Kommentera minst ett fält eller kriterium, så att utföraren vet vad som ska göras.",
    comment_empty: "En kommentar till ett fält är tom.",
    comment_on_no_criterion: "En kommentar gäller ett kriterium som den här granskningen inte har.",
    comment_on_no_field: "En kommentar gäller ett fält som formuläret inte har.",
    no_such_criterion: ({ ids }) => `Det kriteriet finns inte här: ${ids.join(", ")}.`,
    give_points: ({ criteria }, { say }) => `Ge poäng för: ${criteria.map(say).join("; ")}.`,
    give_whole_points: ({ most, criteria }, { say }) =>
      `Ge hela poäng från 0 till ${number(most)} för: ${criteria.map(say).join("; ")}.`,
    say_why_below: ({ points, criteria }, { say }) =>
      `Motivera varje kriterium under ${number(points)} poäng: ${criteria.map(say).join("; ")}.`,

    no_such_task: "Uppgiften finns inte i den här piloten.",
    task_is: ({ status }) => `Uppgiften ${taskStatuses[status]}.`,
    claim_first: "Ingen har tagit den här uppgiften. Ta den först.",
    task_taken: "Någon annan har den här uppgiften.",
    task_taken_by: ({ name }) => `${name} har redan den här uppgiften.`,
    task_is_for: ({ role }) => `Den här uppgiften är för ${people[role]}.`,
    others_hand_on: "Det är någon annan som får lämna den här uppgiften vidare.",
    choose_one_of: ({ role }) => `Välj någon av ${people[role]}.`,
    cannot_do_task: "Den här personen kan inte göra uppgiften: den kräver en annan roll eller ett annat företag.",
    return_instead: "Uppgiften är delegerad till dig. Lämna tillbaka den till dess ägare i stället.",
    owner_delegates: "Uppgiften är delegerad till dig. Bara dess ägare delegerar den vidare.",
    task_is_theirs: "Uppgiften tillhör redan den här personen. Låt den lämnas tillbaka i stället.",
    not_delegated: "Uppgiften är inte delegerad. Lämna tillbaka den till listan eller lämna den vidare.",
    forward_to_one: "Lämna uppgiften vidare antingen till en person eller till en roll.",
    task_not_for_role: ({ role }) => `Processen ger inte den här uppgiften till ${people[role]}.`,
    only_work_fails:
      "Bara arbete på en leverabel kan misslyckas. Lämna tillbaka uppgiften till listan eller lämna den vidare.",
    say_why_failed: "Ange varför uppgiften inte kan göras.",
    forecast_of_work_only: "En prognos ges för arbete på en leverabel.",
    choose_day_done: "Ange dagen då du räknar med att vara klar, i dag eller senare.",

    gate_not_opened_yet: "Beslutspunkten är inte öppnad ännu: fasens arbete kommer först.",
    gate_not_open: "Beslutspunkten är inte öppen.",
    gate_opened_again: "Beslutspunkten har öppnats igen sedan du tittade. Titta på den igen.",
    score_is_own: "Poäng är en persons egen bedömning. Ingen lämnar dem åt någon annan.",
    score_filed_already: "Du har redan lämnat dina poäng för den här beslutspunkten.",
    one_seat_each:
      "Ingen poängsätter en beslutspunkt två gånger: du har redan poäng att ge där, eller har gett dem. De här ger någon annan.",
    no_score_needed: ({ role }) => `Fler poäng från ${roles[role]} behövs inte.`,
    say_whether_met: ({ criterion }, { say }) => `Ange om detta är uppfyllt: ${say(criterion)}.`,
    say_what_shows_it: ({ criterion }, { say }) => `Ange vad som visar det: ${say(criterion)}.`,
    newer_revisions: ({ deliverables }) =>
      `Det finns en nyare version av: ${deliverables.join(", ")}. Titta på den och besluta sedan igen.`,
    decision_not_offered: ({ decision, against }, about) =>
      [
        `${quoted(about.say(decision))} är inte möjligt här.`,
        ...against.map((objection) => swedishRefusals.objections[objection.code](objection, about)),
      ].join(" "),
    say_why_decided: "Ange skälet till beslutet.",
    choose_day_to_go_on: "Välj dagen då piloten fortsätter.",
    choose_what_to_rework: "Ange vilka leverabler som ska omarbetas.",
    rework_of_accepted_only: "Bara godtagna leverabler i den här fasen kan omarbetas.",
    whole_days_needed: "Ange hela dagar, minst en.",
    say_programme_approval: "Ange referensen till programmets godkännande.",
    choose_stage_skip_reason: "Välj ett skäl till att fasen hoppas över.",
    say_why_stage_skipped: "Beskriv med ord varför fasen hoppas över.",
    say_stage_skip_evidence: "Ange vad som visar att fasen kan hoppas över.",
    own_stage_skip_proposal: "Du föreslog att hoppa över fasen. En annan koordinator måste instämma.",
    say_why_stage_not_skipped: "Ange varför fasen inte hoppas över.",
    no_such_condition: "Villkoret finns inte i den här piloten.",
    condition_of_others: "Det är någon annan som ska uppfylla det här villkoret.",
    say_condition_evidence: "Ange vad som visar att villkoret är uppfyllt.",
    condition_needed: "Ange minst ett villkor.",
    say_condition: "Ange vad villkoret är.",
    choose_condition_day: "Välj en kommande dag då villkoret ska vara uppfyllt.",

    on_hold_until: ({ resumeOn }, { dateOf }) => `Piloten är redan pausad till den ${dateOf(resumeOn)}.`,
    not_under_way: "Bara en pilot som pågår kan pausas.",
    moving_on: "Piloten är just på väg till nästa fas. Försök igen om en stund.",
    say_why_held: "Ange varför piloten pausas.",
    not_on_hold: "Piloten är inte pausad.",
    choose_day_within: ({ days: most }) => `Välj en dag att fortsätta inom de närmaste ${number(most)} dagarna.`,
    not_admitted_yet: "Piloten är inte antagen ännu: avslå ansökan i stället.",
    say_why_stopped: "Ange varför piloten stoppas.",
    not_stopped: "Piloten är inte stoppad: det finns inget att invända mot.",
    objected_already: "Ditt företag har redan invänt. Skriv en kommentar om du vill säga mer.",
    objection_too_late: ({ days: most }) => `En invändning är möjlig inom ${count(most, days)} efter stoppet.`,
    say_objection: "Ange vad du invänder mot.",
    say_why_withdrawn: "Ange varför du återtar piloten.",

    no_such_stage: "Fasen finns inte i den här piloten.",
    stage_over: "Fasen är över: det finns inget arbetsflöde att starta om.",
    say_why_restarted: "Ange varför arbetsflödet startas om.",
    no_engine_here: "Step Functions körs inte här. Titta i dess konsol på AWS.",
    no_such_execution: "Körningen finns inte, eller sparas inte längre.",
    execution_ended: "Körningen är redan avslutad.",
    not_redrivable: ({ days: most }) =>
      `Bara en körning som har misslyckats, överskridit sin tid eller stoppats under de senaste ${number(most)} dagarna kan fortsätta.`,

    say_something: "Skriv något först.",
    mention_cannot_read: "Någon du nämner kan inte läsa detta. Välj bland personerna kring piloten.",
    no_such_note: "Anteckningen finns inte i den här piloten.",
    say_question: "Skriv vad du vill veta.",
    internal_stays_internal: "En intern anteckning förblir intern, och det gör en fråga om den också.",
    internal_question_for: "En intern fråga är för rådgivare eller koordinatorer.",
    choose_whom_to_ask: "Välj vem du frågar.",
    asked_cannot_read: "Den här personen kan inte läsa frågan. Välj någon kring piloten.",
    nobody_in_role: "Piloten har ingen i den rollen ännu. Fråga någon annan.",
    choose_answer_day: "Välj dagen då du behöver svaret: i dag eller inom ett år.",
    no_question: "Den här uppgiften är ingen fråga.",
    say_answer: "Skriv ett svar först.",
    aid_record_final: "Piloten är avslutad och dess stödregistrering är slutlig.",
    hours_of_a_day: ({ most }) => `Ange mer än 0 och högst ${number(most)} timmar för en dag.`,
    choose_day: "Ange vilken dag.",
    day_to_come: "Timmar kan antecknas när dagen har kommit.",
    before_application: "Timmar före ansökan räknas inte för den här piloten.",
    say_activity: "Ange vad timmarna användes till.",
    no_such_hours: "Timmarna finns inte i den här piloten.",
    say_what_is_wrong: "Ange vad som inte stämmer med timmarna.",
    hours_confirmed: "Ditt företag har bekräftat de här timmarna. Tala med koordinatorn.",
    hours_not_disputed: "Företaget har inte bestridit de här timmarna: det finns inget att besluta.",
    say_why_hours_count: "Ange varför timmarna räknas eller inte räknas.",
    hours_decided: "En koordinator har redan beslutat om de här timmarna.",
    aid_above_room: ({ aidEur, roomEur }) =>
      `Med de här timmarna skulle pilotens stöd bli ${euros(aidEur)}; företaget får ta emot ${euros(roomEur)}. Inget antecknades: tala med koordinatorn innan mer stöd ges.`,

    files_not_kept: "Filer kan inte sparas i den här installationen ännu. Allt annat fungerar.",
    files_by_performers: "Bara de som arbetar med leverabeln bifogar filer till den.",
    not_worked_on: "Ingen arbetar med den här leverabeln för tillfället.",
    files_full: "Pilotens utrymme för filer är fullt. Ta bort det som inte behövs ur formulären.",
    no_files_there: "Formuläret tar inte emot filer där.",
    file_kinds: ({ kinds }) => `Bifoga en fil av något av dessa slag: ${kinds.join(", ")}.`,
    file_too_large: ({ megabytes }) => `Bifoga en fil på högst ${number(megabytes)} MB.`,
    file_id_taken: "Filens id är upptaget. Börja om med ett annat.",
    no_such_upload: "Uppladdningen finns inte (längre). Börja om.",
    file_not_arrived: "Filen har inte kommit fram ännu. Skicka den och slutför sedan uppladdningen.",
    file_changed: "Filen ändrades på vägen eller medan den lästes. Bifoga den en gång till.",
    file_not_what_it_says: ({ name, kind }) =>
      `Innehållet i ${name} är inte det som namnet säger. Spara filen som ${kind} och bifoga den igen.`,
    no_such_file: "Filen finns inte.",

    nobody_in_company: "Personen finns inte i ditt företag.",
    nobody_in_programme: "Personen finns inte i det här programmet.",
    admin_always_submits: "Företagets administratör får alltid lämna in.",
    admin_kept: "Företaget behöver ha en administratör. Utse någon annan först.",
    administrator_kept: "Programmet behöver ha en systemadministratör. Utse någon annan först.",
    coordinator_kept: "Programmet behöver ha en koordinator. Utse någon annan först.",
    works_with_pilots: "Den här personen arbetar med piloter. Lämna över dem först.",
    has_role_already: "Den här personen har redan rollen.",
    role_not_theirs: "Den här personen har inte rollen.",
    administrator_made_by: "Bara en systemadministratör gör någon till systemadministratör.",
    administrator_ended_by: "Bara en systemadministratör avslutar en systemadministratörs roll.",
    choose_organisation: "Välj en av programmets organisationer, eller ange en ny.",
    role_not_there: ({ role }) => `Ingen är ${roles[role]} i en organisation av det slaget.`,
    not_advisor_of_programme: "Den här personen är inte rådgivare i programmet.",
    leaver_takes_over: "Den som slutar kan inte ta över sitt eget arbete.",
    absence_days: "Den sista dagen kommer efter den första, och inte före i dag.",
    absence_too_long: "Låt ditt arbete lämnas över om du är borta mer än ett år.",
    choose_substitute: ({ role }) => `Välj någon annan som arbetar som ${roles[role]} i programmet.`,
    substitute_away: "Den här personen är själv borta då. Välj någon annan.",
    own_absence_only: "Var och en planerar sin egen frånvaro. Gå tillbaka till din egen plats först.",
    escalations_come: "Du ansvarar för det här arbetet: besked om förseningar kommer genast eller i morgonens mejl.",
    no_erasure_asked: "Den här personen har inte bett om att bli glömd.",
    erasure_dealt_with: "Någon har redan behandlat önskemålet, eller så väntar det på koordinatorn.",
    account_used_elsewhere: "Kontot används fortfarande på annat håll. Det kan raderas när det har upphört.",
    tasks_left: "Den här personen har fortfarande uppgifter. Ge dem till någon annan först.",
    own_erasure_only: "Var och en ber om detta bara för egen del.",
    own_erasure_taken_back: "Var och en tar tillbaka detta bara för egen del.",
    no_such_view: "Vyn finns inte, eller är inte delad.",
    view_saved_elsewhere: "Vyn sparades i ett annat fönster. Titta på den igen och spara sedan.",
    view_of_others: "Vyn är någon annans. Spara den under ett annat namn.",
    too_many_views: ({ most }) => `Du har ${number(most)} vyer. Ta bort en som du inte använder.`,

    no_such_programme: "Programmet finns inte.",
    agreement_after_admission: "Avtalet finns när piloten är antagen.",
    version_not_published: ({ version }) => `Version ${number(version)} har aldrig publicerats.`,
    last_day_first: "Den sista dagen kommer efter den första.",
    settings_changed: "Inställningarna har ändrats sedan du tittade. Titta på dem igen.",
    set_already: "Så är det redan inställt.",
    aid_above_ceiling: "Ingen pilot kan få mer stöd än taket tillåter.",
    no_deliverable_in_process: ({ deliverableId }) => `Processen har ingen leverabel ${deliverableId}.`,
    due_after_stage: ({ deliverableId, day, days: length, stage }, { say }) =>
      `${deliverableId} skulle förfalla dag ${number(day)}, efter de ${count(length, days)} som ${quoted(say(stage))} varar.`,
    due_before_what_it_rests_on: ({ deliverableId, day, before, dayBefore }) =>
      `${deliverableId} bygger på ${before} och kan därför inte förfalla tidigare: dag ${number(day)} mot dag ${number(dayBefore)}.`,
    reminders_out_of_order: "Påminnelserna behåller sin ordning: varje steg kommer en senare dag än det föregående.",
    review_needs_a_day: "En granskning har minst en arbetsdag.",
    clock_of_sample_only: "Bara klockan i ett exempelprogram kan flyttas.",
    clock_too_far: "Klockan flyttas högst tre år åt gången.",
    clock_backwards: "Klockan går bara framåt.",
  },

  objections: {
    not_open: () => "Beslutspunkten är inte öppen.",
    scores_missing: () => "Alla poäng är inte lämnade ännu.",
    not_at_this_gate: () => "Den här beslutspunkten erbjuder det inte.",
    condition_past_due: ({ about = "" }) => `Ett villkor från en tidigare beslutspunkt är försenat: ${about}`,
    showstopper: () => "Regelgranskningen fann ett hinder som stoppar.",
    trial_no_go: () => "Living lab-försökets slutsats: gå inte vidare.",
    must_not_met: ({ about = "" }, { say }) => `Inte uppfyllt: ${say(about)}.`,
    score_too_low: ({ score }) =>
      `Medelpoängen är ${number(score?.mean ?? 0)}; det krävs ${number(score?.least ?? 0)}.`,
    no_stage_follows: () => "Ingen fas följer.",
    next_not_skippable: () => "Nästa fas kan inte hoppas över.",
    approval_needed: () => "En ny omarbetning kräver programmets godkännande.",
  },

  titles: { 403: "Inte tillåtet", 404: "Finns inte", 409: "Ändrat under tiden", 422: "Inte möjligt så" },

  faults: {
    nothing_here: { title: "Finns inte", detail: "Det finns inget på den här adressen." },
    calendar_link_ended: { title: "Finns inte", detail: "Kalenderlänken har upphört. Gör en ny." },
    method_not_taken: { title: "Inte så", detail: ({ allowed }) => `Den här adressen tar bara emot ${allowed}.` },
    too_many_requests: {
      title: "För många anrop",
      detail: ({ seconds }) => `Det var fler än en person frågar om. Vänta ${number(seconds)} s; inget ändrades.`,
    },
    request_too_large: {
      title: "För stort",
      detail: "Det här är mer än Fairway tar emot i ett stycke (1 MB). Inget ändrades.",
    },
    change_too_large: {
      title: "För stort",
      detail: "Det här är mer än Fairway sparar i ett stycke (400 kB). Inget ändrades.",
    },
    not_sent_as_json: { title: "Inte JSON", detail: "Skicka innehållet som application/json." },
    not_json: { title: "Inte JSON", detail: "Innehållet är inte giltig JSON. Inget ändrades." },
    nested_too_deeply: {
      title: "För djupt",
      detail: "Innehållet är djupare nästlat än något formulär. Inget ändrades.",
    },
    input_does_not_fit: {
      title: "Det som skickades passar inte",
      detail: "En del av det som skickades är inte vad som behövs här; inget ändrades.",
    },
    session_ended: { title: "Logga in igen", detail: "Din session har avslutats. Logga in igen." },
    list_changed: {
      title: "Finns inte",
      detail: "Listan har ändrats sedan länken gjordes; börja om från dess första sida.",
    },
    busy: {
      title: "Ändrat under tiden",
      detail: "Andra ändrar samma pilot just nu. Inget ändrades; försök igen.",
    },
    unavailable: {
      title: "Inte just nu",
      detail: "Fairway kan inte ta reda på detta just nu. Inget ändrades; försök igen om en minut.",
    },
    unexpected: {
      title: "Något gick fel hos oss",
      detail: "Se efter om det blev gjort innan du försöker igen; händer det igen, berätta för programkontoret.",
    },
  },
};
