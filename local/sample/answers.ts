/**
 * Filled-in forms for the sample programme: text that says it is a sample, figures within the form's limits.
 *
 * Answers are drawn from the form itself; `usual` holds what a field of that name is answered with,
 * `amendments` what the rules between fields ask for on top.
 */
import { rowsIn } from "../../shared/domain/forms/derived.ts";
import {
  asSubmitted,
  type FormValues,
  fieldSchema,
  isRecord,
  propertiesOf,
  titleOf,
  uiOf,
} from "../../shared/domain/forms/form-schema.ts";
import type { DeliverableDefinition, FormSchema } from "../../shared/domain/process.ts";
import type { SampleCompany } from "./companies.ts";
import { sampleLabId } from "./people.ts";

interface SampleContext {
  readonly company: SampleCompany;
  /** The market the pilot goes to, and another one it looked at. */
  readonly market: string;
  readonly otherMarket: string;
  /** The day the form is filled in, YYYY-MM-DD; other dates are counted from it. */
  readonly today: string;
  /** The values of another deliverable that is accepted. */
  readonly accepted: (deliverableId: string) => FormValues | undefined;
}

/** Passes `checkSubmission`, given the accepted answers of the deliverables before. */
export function sampleAnswers(
  { id, formSchema }: Pick<DeliverableDefinition, "id" | "formSchema">,
  context: SampleContext,
): FormValues {
  const drawn = { ...rowFor(formSchema, context, 0), ...amendments[id]?.(context, formSchema) };
  return asSubmitted(formSchema, drawn);
}

type Answer = (context: SampleContext) => unknown;

/** By field name, in whichever form or row it stands. */
const usual: Readonly<Record<string, Answer>> = {
  // Who and where
  legalName: ({ company }) => company.name,
  tradeName: ({ company }) => company.name,
  registrationNumber: ({ company }) => `SAMPLE-${company.id.toUpperCase()}`,
  vatNumber: ({ company }) => `${company.country}00000000`,
  city: ({ company }) => company.city,
  sector: ({ company }) => company.sector,
  category: ({ company }) => company.sector,
  serviceName: ({ company }) => company.service,
  contactEmail: ({ company }) => `contact@${company.id}.example`,
  contactPhone: () => "+000 0000000",
  market: ({ market }) => market,
  primaryMarket: ({ market }) => market,
  desiredMarkets: ({ market, otherMarket }) => [market, otherMarket],
  locale: ({ company }) => company.language,
  staffLanguages: ({ company }) => ["en", company.language],
  languages: ({ company }) => ["en", company.language],
  // The company's size
  headcount: () => 12,
  headcountTech: () => 6,
  headcountSales: () => 2,
  turnoverEur: () => 800_000,
  balanceSheetEur: () => 400_000,
  exportSharePct: () => 10,
  foundedYear: () => 2015,
  since: () => 2021,
  year: () => 2024,
  // What a sound pilot says
  medicalClaim: () => false,
  aiUsed: () => false,
  disproportionate: () => false,
  specialData: () => false,
  personalData: () => "ordinary",
  specialCondition: () => ["not_applicable"],
  maturity: () => "in_market_over_1_year",
  restriction: () => "clear",
  overall: () => "clear_with_conditions",
  mdrQualifies: () => "no",
  contract: () => "signed",
  openCritical: () => 0,
  openHigh: () => 0,
  childAge: () => 16,
  availabilityPct: () => 99.5,
  donePct: () => 80,
  // Days ahead
  due: ({ today }) => daysAfter(today, 45),
  fixBy: ({ today }) => daysAfter(today, 30),
  releaseDate: ({ today }) => daysAfter(today, 14),
  validUntil: ({ today }) => daysAfter(today, 300),
};

/** Options of these columns say how a row stands; of others, rows go through the list. */
const standing = new Set(["status", "state", "severity", "applies", "verdict", "priority"]);

/** Root fields answered together, by deliverable. */
const amendments: Readonly<Record<string, (context: SampleContext, formSchema: FormSchema) => FormValues>> = {
  "IN-1": ({ today }) => ({
    deMinimisReceived: [
      {
        grantor: "Sample fund",
        measure: "Sample voucher",
        // Aid counts by its day of grant, which has passed.
        grantedOn: daysAfter(today, -400),
        amountEur: 20_000,
      },
    ],
  }),
  "NA-3": () => ({
    ...Object.fromEntries(
      ["management", "product", "market", "finance", "people", "sales", "legal", "technology", "network"].map(
        (dimension, index) => [`${dimension}Score`, index % 3 === 2 ? 2 : 3],
      ),
    ),
    // An adjustment stays within 10 points of what the scores give.
    advisorAdjustment: 70,
  }),
  // Candidates differ; the markets chosen are among them.
  "NA-5": ({ market, otherMarket }) => {
    const scores = { growth: 2, demand: 3, regulation: 3, technical: 3, culture: 2, partners: 2, competition: 2 };
    const note = "Sample answer: note";
    return {
      candidates: [
        { country: market, size: 3, ...scores, restriction: "clear", note },
        { country: otherMarket, size: 2, ...scores, restriction: "clear", note },
      ],
      primaryMarket: market,
      secondaryMarkets: [otherMarket],
    };
  },
  // Each market is a part of the one before.
  "FS-1": () => ({ tamEur: 40_000_000, samEur: 6_000_000, somEur: 400_000 }),
  // Every regime of the list is answered once.
  "FS-3": ({ today }, formSchema) => ({
    regimes: optionsOf(fieldSchema(formSchema, "/regimes/0/regime")).map((regime) => ({
      regime,
      applies: regime === "GDPR" ? "yes" : "no",
      effect: regime === "GDPR" ? "manageable" : "none",
      requirement: `Sample answer: what ${regime} asks for`,
      source: "Sample source",
      asOf: today,
    })),
  }),
  // One row for each year, and an investment that is earned back.
  "FS-5": () => ({
    horizonYears: 3,
    years: [
      { year: 1, customers: 4, revenueEur: 40_000, variableEur: 8_000, fixedEur: 15_000, investEur: 40_000 },
      { year: 2, customers: 10, revenueEur: 95_000, variableEur: 19_000, fixedEur: 20_000, investEur: 10_000 },
      { year: 3, customers: 18, revenueEur: 160_000, variableEur: 32_000, fixedEur: 25_000, investEur: 5_000 },
    ],
    discountPct: 8,
  }),
  // Two months, with enough people left after those who drop out.
  "FS-6": ({ market, today }) => ({
    country: market,
    start: daysAfter(today, 45),
    end: daysAfter(today, 105),
    participantsTarget: 20,
    dropOutPct: 15,
    ethics: "approved",
  }),
  // Executed is passed and failed, and no more than planned.
  "PA-7": () => ({
    types: ["functional", "localisation", "integration", "accessibility"].map((type) => ({
      type,
      planned: 40,
      executed: 40,
      passed: 38,
      failed: 2,
      blocked: 0,
    })),
    conclusion: "pass_with_known_defects",
  }),
  // Each hypothesis of the trial plan has its result; nobody completed who was not recruited.
  "PA-8": ({ accepted, today }) => ({
    start: daysAfter(today, -40),
    end: daysAfter(today, -5),
    recruited: 20,
    completed: 17,
    dropOuts: [{ reason: "Sample answer: no time", count: 3 }],
    results: (hypothesesOf(accepted("FS-6")) ?? ["Sample answer: hypothesis 1"]).map((hypothesis) => ({
      hypothesis,
      target: 3,
      actual: 4,
      verdict: "met",
      note: "Sample answer: note",
    })),
    conclusion: "go",
  }),
  // The launch follows the release.
  "LC-6": ({ accepted, today }) => {
    const release = accepted("PA-9")?.releaseDate;
    const launchDate = daysAfter(typeof release === "string" && release > today ? release : today, 30);
    return { launchDate, milestones: milestonesFrom(launchDate) };
  },
  "LC-8": ({ today }) => ({
    outcome: "ready_to_enter",
    newMarkets: 1,
    followUpDates: [{ date: daysAfter(today, 182) }, { date: daysAfter(today, 365) }],
  }),
};

const hypothesesOf = (trialPlan: FormValues | undefined): readonly unknown[] | undefined =>
  trialPlan && rowsIn(trialPlan, "hypotheses").map(({ hypothesis }) => hypothesis);

const milestonesFrom = (launchDate: string) =>
  ["first offer", "first contract", "first invoice", "first reference"].map((milestone, index) => ({
    milestone: `Sample answer: ${milestone}`,
    date: daysAfter(launchDate, 30 * (index + 1)),
    owner: "Sample manager",
    kpi: "Sample answer: number of customers",
    target: index + 1,
  }));

// Drawing answers from a form

/** Every field but those Fairway works out and files that need not be there. `index`: which row of a table it is. */
function rowFor(schema: FormSchema, context: SampleContext, index: number): FormValues {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const fields = Object.entries(propertiesOf(schema)).filter(
    ([name, field]) => field.readOnly !== true && (required.has(name) || uiOf(field).widget !== "upload"),
  );
  const kindOfRow = fields.find(([name, field]) => optionsOf(field).length > 0 && !standing.has(name))?.[0];
  return Object.fromEntries(
    fields.map(([name, field]) => [name, answerTo(name, field, context, name === kindOfRow ? index : 0, index)]),
  );
}

/** `option`: which of its options a field takes; `index`: which row it is in. */
function answerTo(name: string, field: FormSchema, context: SampleContext, option: number, index: number): unknown {
  const known = usual[name]?.(context);
  if (known !== undefined && fits(known, field)) return known;
  const options = optionsOf(field);
  if (options.length > 0) return options[option % options.length];
  switch (field.type) {
    case "array":
      return rowsFor(field, context);
    case "boolean":
      return true;
    case "integer":
    case "number":
      return numberFor(field);
    default:
      return textFor(name, field, context, index);
  }
}

/** A name may mean a text in one form and a list in another. */
function fits(answer: unknown, field: FormSchema): boolean {
  if (Array.isArray(answer)) return field.type === "array";
  if (typeof answer === "number") return field.type === "number" || field.type === "integer";
  const options = optionsOf(field);
  return typeof answer === field.type && (options.length === 0 || options.includes(answer));
}

function rowsFor(field: FormSchema, context: SampleContext): unknown[] {
  const items = isRecord(field.items) ? field.items : {};
  const count = Math.max(1, numberOr(field.minItems, 1));
  const title = titleOf(field) ?? "";
  if (uiOf(field).widget === "upload") return [{ fileId: idOf(title), name: `Sample, ${title.toLowerCase()}.pdf` }];
  return Array.from({ length: count }, (_, index) =>
    items.type === "object"
      ? rowFor(items, context, index)
      : answerTo("", { title: `${title} ${index + 1}`, ...items }, context, index, index),
  );
}

/** A round figure by the unit, within the limits. */
function numberFor(field: FormSchema): number {
  const { unit } = uiOf(field);
  const round = unit === "EUR" ? 5_000 : unit === "%" ? 25 : 3;
  return Math.min(Math.max(round, numberOr(field.minimum, 0)), numberOr(field.maximum, round));
}

function textFor(name: string, field: FormSchema, context: SampleContext, index: number): string {
  switch (field.format) {
    case "date":
      return context.today;
    case "uuid":
      return sampleLabId;
    case "uri":
      return `https://${context.company.id}.example/`;
    case "email":
      return `contact@${context.company.id}.example`;
  }
  // The one pattern left is that of a country.
  if (typeof field.pattern === "string") return context.company.country;
  const text = `Sample answer: ${(titleOf(field) ?? name).toLowerCase()}${index > 0 ? `, ${index + 1}` : ""}`;
  const least = numberOr(field.minLength, 0);
  const sentences = Math.ceil(least / (text.length + 2));
  return Array(Math.max(1, sentences))
    .fill(text)
    .join(". ")
    .padEnd(least, ".")
    .slice(0, numberOr(field.maxLength, 4000));
}

const optionsOf = (field: FormSchema | undefined): readonly unknown[] => (Array.isArray(field?.enum) ? field.enum : []);

const numberOr = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);

/** A UUID that stays the same and is nobody's: version 8 is free to its maker. Source: RFC 9562, 5.8. */
function idOf(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 0xffffffffffff;
  return `00000000-0000-8000-8000-${hash.toString(16).padStart(12, "0")}`;
}

/** `days` may be negative. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
