import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { roles } from "../../shared/domain/actor.ts";
import { pilotActionNames } from "../../shared/domain/permissions.ts";
import type { Objection } from "../../shared/domain/pilot/gate-offers.ts";
import type { DeliverableStatus, TaskStatus } from "../../shared/domain/pilot/state.ts";
import type { ProcessRole } from "../../shared/domain/process.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { DeliverableWish, Reason, ReasonKey, RefusalReasons } from "../../shared/domain/refusal-reasons.ts";
import { catalogueFor, spokenLanguages } from "../../shared/language/languages.ts";
import { numbersIn } from "../../shared/language/phrases.ts";
import { type Fault, faultIn, objectionIn, reasonIn, refusalIn } from "../../shared/language/refusals/sentences.ts";
import type { RefusalWords, RequestFaults } from "../../shared/language/refusals/words.ts";
import { asRead } from "../support/as-read.ts";
import { englishReader } from "../support/in-english.ts";

const processRoles: readonly ProcessRole[] = ["sme", "advisor", "expert", "living_lab", "coordinator"];
const deliverableStatuses: readonly DeliverableStatus[] = [
  ...(["not_started", "in_progress", "submitted", "in_review", "accepted", "rework", "skipped", "cancelled"] as const),
  "reopened",
];
const taskStatuses: readonly TaskStatus[] = [
  ...(["created", "ready", "reserved", "in_progress", "suspended", "completed", "obsolete", "exited"] as const),
  "failed",
];
const wishes: readonly DeliverableWish[] = [
  ...(["edit", "submit", "take_back", "review", "reopen", "skip", "set_due_date"] as const),
];

/** A name of the process, which each language but English says in other words. */
const deliverable = "Company profile";
const delivered = [
  { deliverable, roles: ["sme"] },
  { deliverable, roles: ["advisor", "expert"] },
] as const;
const criteria = ["Evidence in each dimension"];
const task = { kind: "condition", title: "Sign the contract" } as const;
const objections: Readonly<Record<Objection["code"], Omit<Objection, "code">>> = {
  not_open: {},
  scores_missing: {},
  not_at_this_gate: {},
  condition_past_due: { about: "Sign the contract" },
  showstopper: {},
  trial_no_go: {},
  must_not_met: { about: "A need shown by users" },
  score_too_low: { score: { mean: 61.25, least: 70 } },
  no_stage_follows: {},
  next_not_skippable: {},
  approval_needed: {},
};
const against = Object.entries(objections).map(
  // The keys of the table above.
  ([code, values]): Objection => ({ code: code as Objection["code"], ...values }),
);
const at = "2027-03-09T08:00:00.000Z";

type WithValues = {
  [Key in ReasonKey]: keyof RefusalReasons[Key] extends never ? never : Key;
}[ReasonKey];

/** Values for every reason that has some. */
const examples: { readonly [Key in WithValues]: readonly RefusalReasons[Key][] } = {
  role_cannot: roles.map((role) => ({ role })),
  role_may_not: pilotActionNames.map((action) => ({ role: "expert", action })),
  filled_in_by: delivered,
  submitted_by_roles: delivered,
  taken_back_by: delivered,
  reviewed_by: delivered,
  more_time_asked_by: delivered,
  aid_room_too_small: [{ roomEur: 4217, neededEur: 12_500 }],
  say_why_waived: [{ employees: 30 }],
  nobody_left_for: processRoles.map((role) => ({ role, task })),
  does_not_work_as: [...roles.map((role) => ({ role, name: "Anna" })), { role: "expert" }],
  deliverable_is: [
    ...deliverableStatuses.map((status) => ({ deliverableId: "NA-3", status, wish: "edit" as const })),
    ...wishes.map((wish) => ({ deliverableId: "FS-1", status: "accepted" as const, wish })),
  ],
  draft_saved_by: [
    { name: "Anna", you: false, savedAt: at },
    { name: "Anna", you: false, savedAt: "2027-03-10T08:02:11.000Z" },
    { name: "Anna", you: false },
    { name: "Bo", you: true, savedAt: at },
  ],
  fields_need_attention: [{ fields: ["Legal name"] }, { fields: ["Legal name", "City"] }],
  submitted_by: [
    { name: "Anna", you: false, submittedAt: at },
    { name: "Anna", you: false },
    { name: "Bo", you: true, submittedAt: at },
  ],
  waits_for: [{ deliverableId: "NA-3", waitsFor: ["NA-1", "NA-2"] }],
  not_skippable: [{ deliverable }],
  choose_days: [{ most: 365 }],
  advisor_extends_once: [{ days: 14 }],
  newer_revision: [{ deliverableId: "NA-3" }],
  criteria_missed: [{ points: 2, criteria }],
  score_not_reached: [{ percent: 57.5, needed: 60 }],
  no_such_criterion: [{ ids: ["G1-S9", "G1-S8"] }],
  give_points: [{ criteria }],
  give_whole_points: [{ most: 4, criteria }],
  say_why_below: [{ points: 3, criteria }],
  task_is: taskStatuses.map((status) => ({ status })),
  task_taken_by: [{ name: "Anna" }],
  task_is_for: processRoles.map((role) => ({ role })),
  choose_one_of: processRoles.map((role) => ({ role })),
  task_not_for_role: processRoles.map((role) => ({ role })),
  no_score_needed: [{ role: "coordinator" }, { role: "expert" }],
  say_whether_met: [{ criterion: "A need shown by users" }],
  say_what_shows_it: [{ criterion: "A need shown by users" }],
  newer_revisions: [{ deliverables: ["FS-5"] }, { deliverables: ["FS-5", "FS-6"] }],
  decision_not_offered: [{ decision: "Advance", against }],
  on_hold_until: [{ resumeOn: "2027-05-01" }],
  choose_day_within: [{ days: 180 }],
  objection_too_late: [{ days: 14 }],
  not_redrivable: [{ days: 14 }],
  hours_of_a_day: [{ most: 24 }],
  aid_above_room: [{ aidEur: 2050.5, roomEur: 2000 }],
  file_kinds: [{ kinds: ["pdf", "docx"] }],
  file_too_large: [{ megabytes: 20 }],
  file_not_what_it_says: [{ name: "plan.pdf", kind: "pdf" }],
  role_not_there: roles.map((role) => ({ role })),
  choose_substitute: roles.map((role) => ({ role })),
  too_many_views: [{ most: 50 }],
  version_not_published: [{ version: 7 }],
  no_deliverable_in_process: [{ deliverableId: "NA-9" }],
  due_after_stage: [{ deliverableId: "NA-3", day: 41, days: 30, stage: "Needs analysis" }],
  due_before_what_it_rests_on: [{ deliverableId: "NA-3", day: 10, before: "NA-1", dayBefore: 14 }],
};

const faultExamples: { readonly [Key in "method_not_taken" | "too_many_requests"]: RequestFaults[Key] } = {
  method_not_taken: { allowed: "POST" },
  too_many_requests: { seconds: 7 },
};

const { reasons, faults } = catalogueFor("en").refusals;
// The catalogue has exactly the keys of its type.
const reasonKeys = Object.keys(reasons) as readonly ReasonKey[];
const faultKeys = Object.keys(faults) as readonly (keyof RequestFaults)[];

const valuesOf = (key: string): readonly object[] =>
  Object.entries(examples).find(([named]) => named === key)?.[1] ?? [{}];

const cases = reasonKeys.flatMap((key) =>
  // The table above pairs each key with its own values.
  valuesOf(key).map((values) => [key, values, { key, ...values } as unknown as Reason] as const),
);

/** What must stand in a sentence as it is: names, ids and words of people. */
const verbatim = ["deliverableId", "waitsFor", "fields", "ids", "kinds", "kind", "deliverables", "before"];
/** A text of the process, said in the reader's words. */
const processTexts = ["deliverable", "criteria", "criterion", "decision", "stage"];

/** In any language a number may be written with other marks; its digits are the same. */
const digitsOf = (text: string): string => text.replaceAll(/[\s\u00a0\u202f,.’]/g, "");

const isSentence = /^[\p{Lu}\p{N}„“”«].*[.!?]$/su;
const isBroken = /\b(?:undefined|null|NaN)\b|\[object|_/;

describe.each(spokenLanguages)("In the language %s", (language) => {
  const reader = { ...englishReader, language };
  const { refusals, locale } = catalogueFor(language);

  test.each(cases)("%s %o is a sentence that names what it must", (_key, values, reason) => {
    const sentence = reasonIn(reader, reason);
    expect(sentence).toMatch(isSentence);
    expect(sentence).not.toMatch(isBroken);
    for (const [name, value] of Object.entries(values)) {
      const parts = [value].flat();
      if (verbatim.includes(name)) for (const part of parts) expect(sentence).toContain(part);
      if (name === "name" && !("you" in values && values.you)) expect(sentence).toContain(value);
      for (const number of parts.filter((part) => typeof part === "number"))
        expect(digitsOf(sentence)).toContain(digitsOf(numbersIn(locale)(number)));
    }
  });

  test("each way a reason can be is told apart", () => {
    for (const key of reasonKeys) {
      const sentences = cases.filter(([named]) => named === key).map(([, , reason]) => reasonIn(reader, reason));
      expect(new Set(sentences).size, key).toBe(sentences.length);
    }
  });

  test.runIf(language !== "en")("nothing is left in English", () => {
    const english = { ...englishReader, language: "en" };
    for (const [key, , reason] of cases) expect(reasonIn(reader, reason), key).not.toBe(reasonIn(english, reason));
    for (const objection of against) {
      expect(objectionIn(language, objection), objection.code).not.toBe(objectionIn("en", objection));
    }
    for (const fault of faultCases()) {
      const { title, detail } = faultIn(reader, fault);
      expect([title, detail]).not.toContain(faultIn(english, fault).detail);
      expect(title).not.toBe(faultIn(english, fault).title);
    }
  });

  test("texts of the process are in the reader's words, days and moments in the reader's way and time", () => {
    const words = { et: "Ettevõtte profiil", fi: "Yritysprofiili", lt: "Įmonės profilis" };
    const { [language as keyof typeof words]: name = undefined } = words;
    const sentence = reasonIn(reader, { key: "not_skippable", deliverable });
    expect(sentence).toContain(name ?? sentence);
    const held = reasonIn(reader, { key: "on_hold_until", resumeOn: "2027-05-01" });
    expect(asRead(held)).toContain(new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(2027, 4, 1)));
    const saved = reasonIn(reader, { key: "draft_saved_by", name: "Anna", you: false, savedAt: at });
    expect(saved).toContain("2027");
    expect(saved).toMatch(/10[:.]00[:.]00/);
  });

  test.each(against)("what speaks against a decision is a sentence: $code", (objection) => {
    const sentence = objectionIn(language, objection);
    expect(sentence).toMatch(/^\p{Lu}/u);
    expect(sentence).not.toMatch(isBroken);
    expect(reasonIn(reader, { key: "decision_not_offered", decision: "Advance", against })).toContain(sentence);
    if (objection.code === "condition_past_due") expect(sentence).toContain(objection.about);
    if (objection.score !== undefined) expect(sentence).toContain(numbersIn(locale)(objection.score.mean));
  });

  test.each(faultKeys)("what is wrong with a request has a title and a sentence: %s", (key) => {
    const { title, detail } = faultIn(reader, faultCase(key));
    expect(title).toMatch(/^\p{Lu}[^.]*$/u);
    expect(detail).toMatch(isSentence);
    expect(`${title} ${detail}`).not.toMatch(isBroken);
  });

  test("each status of a refusal has a title", () => {
    const { title, detail } = refusalIn(reader, new Refusal("NotFound", "no_such_pilot"));
    expect(title).toBe(refusals.titles[404]);
    expect(detail).toBe(refusals.reasons.no_such_pilot);
  });
});

function faultCase(key: keyof RequestFaults): Fault {
  return key === "method_not_taken" || key === "too_many_requests" ? ({ key, ...faultExamples[key] } as Fault) : key;
}

const faultCases = () => faultKeys.map(faultCase);

describe("every sentence is used", () => {
  const sources = ["shared/domain", "shared/records", "functions"]
    .flatMap((folder) => globSync(`${folder}/**/*.ts`))
    .filter((path) => !path.endsWith("refusal-reasons.ts"))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");

  test.each<keyof RefusalWords["reasons"] | keyof RequestFaults>([...reasonKeys, ...faultKeys])("%s", (key) => {
    expect(sources).toContain(`"${key}"`);
  });
});

test("values that name texts of the process are known to this test", () => {
  // A new kind of value is listed above, or its sentence is not checked.
  const known = [...verbatim, ...processTexts, "name", "role", "roles", "action", "status", "wish", "task", "you"];
  const numbers = Object.values(examples)
    .flat()
    .flatMap((values) => Object.entries(values))
    .filter(([, value]) => typeof value !== "number");
  const others = ["savedAt", "submittedAt", "resumeOn", "against"];
  for (const [name] of numbers) expect([...known, ...others]).toContain(name);
});
