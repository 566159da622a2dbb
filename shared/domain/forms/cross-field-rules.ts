/**
 * Rules between fields and deliverables that JSON Schema cannot say. Their ids and texts stand in the process version
 * (`crossFieldRules`); each id has its function here. Rules run on values that passed the schema and carry derived fields;
 * where a figure is absent all the same, a rule has nothing to say.
 */
import { Temporal } from "temporal-polyfill";
import type { FormSchema, ProcessDefinition } from "../process.ts";
import { isOverOssThreshold, numberIn, readinessScore, rowsIn, smeCategory, sum } from "./derived.ts";
import { type FormValues, fieldLabel, fieldSchema } from "./form-schema.ts";

/**
 * `refuse`: the submission is refused. `needs_comment`: it needs a comment by the person submitting.
 * `needs_waiver`: it may be submitted, and accepted only with a waiver by the coordinator.
 */
type RuleSeverity = "refuse" | "needs_comment" | "needs_waiver";

export interface RuleProblem {
  readonly ruleId: string;
  readonly severity: RuleSeverity;
  /** JSON Pointer to the field to look at first. */
  readonly pointer: string;
  readonly label: string;
  readonly message: string;
}

export interface RuleContext {
  /** The values of another deliverable's accepted revision; undefined while open and when skipped. */
  readonly accepted: (deliverableId: string) => FormValues | undefined;
  /** The local calendar day of the submission or decision, e.g. "2027-03-01". */
  readonly today: string;
  readonly programme: {
    /** Companies above need a waiver. */
    readonly focusSizeHeadcount: number;
    readonly deMinimisCeilingEur: number;
    /** Value of the support a pilot is going to get. */
    readonly plannedAidEur: number;
  };
  /** Country codes that may not be a target. */
  readonly blockedMarkets: ReadonlySet<string>;
}

/** What the process version's rules hold against these values of a deliverable, in the order of the rules. */
export function checkCrossFieldRules(
  process: Pick<ProcessDefinition, "crossFieldRules">,
  deliverable: { readonly id: string; readonly formSchema: FormSchema },
  values: FormValues,
  context: RuleContext,
): RuleProblem[] {
  return process.crossFieldRules
    .filter(({ deliverableId }) => deliverableId === deliverable.id)
    .flatMap(({ id }) =>
      (rules.get(id)?.(values, context, deliverable.formSchema) ?? []).map(
        ({ pointer, message, severity = "refuse" }) => ({
          ruleId: id,
          severity,
          pointer,
          label: fieldLabel(deliverable.formSchema, pointer),
          message,
        }),
      ),
    );
}

export function implementedRuleIds(): string[] {
  return [...rules.keys()];
}

/** Aid by its day of grant, YYYY-MM-DD. */
export interface AidGranted {
  readonly grantedOn: string;
  readonly amountEur: number;
}

/**
 * De minimis aid that may still be granted on this day, EUR; never negative. Counts what the application states and
 * what else is known. Source: Reg. (EU) 2023/2831, Art. 3(2).
 */
export function deMinimisRoomEur(
  application: FormValues,
  known: readonly AidGranted[],
  dayOfGrant: string,
  ceilingEur: number,
): number {
  return Math.max(0, ceilingEur - aidCountedEur([...aidStated(application), ...known], dayOfGrant));
}

/** Of this aid what was granted in the three years that end with the day. */
export function aidCountedEur(aid: readonly AidGranted[], dayOfGrant: string): number {
  const windowOpensAfter = Temporal.PlainDate.from(dayOfGrant).subtract({ years: 3 }).toString();
  return sum(aid.filter(({ grantedOn }) => grantedOn > windowOpensAfter).map(({ amountEur }) => amountEur));
}

export const aidStated = (application: FormValues): readonly AidGranted[] =>
  rowsIn(application, "deMinimisReceived").map((row) => ({
    grantedOn: text(row.grantedOn),
    amountEur: numberIn(row, "amountEur") ?? 0,
  }));

interface Finding {
  readonly pointer: string;
  readonly message: string;
  readonly severity?: RuleSeverity;
}
type Rule = (values: FormValues, context: RuleContext, schema: FormSchema) => Finding[];

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    "IN-1-de-minimis-ceiling",
    (values, { today, programme }) => {
      const room = deMinimisRoomEur(values, [], today, programme.deMinimisCeilingEur);
      return only(programme.plannedAidEur > room, {
        pointer: "/deMinimisReceived",
        message: `The support planned (EUR ${programme.plannedAidEur}) is more than the de minimis aid the company may still receive (EUR ${room}).`,
      });
    },
  ],
  [
    "IN-1-sme",
    (values) =>
      only(numberIn(values, "turnoverEur") !== undefined && smeCategory(values, values) === undefined, {
        pointer: "/turnoverEur",
        message: "Over both EUR 50 million turnover and EUR 43 million balance sheet a company is no SME.",
      }),
  ],
  [
    "IN-1-focus-size",
    (values, { programme }) =>
      only((numberIn(values, "headcount") ?? 0) > programme.focusSizeHeadcount, {
        pointer: "/headcount",
        severity: "needs_waiver",
        message: `The programme is for companies of up to ${programme.focusSizeHeadcount} employees; the coordinator may waive this with a reason.`,
      }),
  ],
  [
    "IN-1-blocked-markets",
    (values, { blockedMarkets }) =>
      texts(values.desiredMarkets).flatMap((country, i) =>
        only(blockedMarkets.has(country), {
          pointer: `/desiredMarkets/${i}`,
          message: `${country} is blocked as a market; choose another.`,
        }),
      ),
  ],
  [
    "NA-1-headcount-parts",
    (values) => {
      const parts = (numberIn(values, "headcountTech") ?? 0) + (numberIn(values, "headcountSales") ?? 0);
      return only(parts > (numberIn(values, "headcount") ?? 0), {
        pointer: "/headcount",
        message: "Development and sales together have more people than the company.",
      });
    },
  ],
  [
    "NA-3-readiness-score",
    (values) =>
      only(numberIn(values, "readinessScore") !== readinessScore(values), {
        pointer: "/readinessScore",
        message: "The readiness score does not follow from the nine scores.",
      }),
  ],
  [
    "NA-3-adjustment-explained",
    (values) => {
      const adjusted = numberIn(values, "advisorAdjustment");
      const computed = numberIn(values, "readinessScore");
      const differs = adjusted !== undefined && computed !== undefined && Math.abs(adjusted - computed) > 10;
      return only(differs && text(values.advisorComment).trim() === "", {
        pointer: "/advisorComment",
        message: "The adjusted score differs by more than 10 points; say why.",
      });
    },
  ],
  [
    "NA-5-candidates-once",
    (values) => {
      const countries = rowsIn(values, "candidates").map(({ country }) => text(country));
      return countries.flatMap((country, i) =>
        only(countries.indexOf(country) < i, {
          pointer: `/candidates/${i}/country`,
          message: `${country} is listed twice.`,
        }),
      );
    },
  ],
  [
    "NA-5-primary-market",
    (values, context) => marketFindings(values, text(values.primaryMarket), "/primaryMarket", context),
  ],
  [
    "NA-5-secondary-markets",
    (values, context) => {
      const secondary = texts(values.secondaryMarkets);
      return [
        ...only(secondary.length > 2, {
          pointer: "/secondaryMarkets",
          message: "Choose at most two secondary markets.",
        }),
        ...secondary.flatMap((country, i) => [
          ...only(country === values.primaryMarket, {
            pointer: `/secondaryMarkets/${i}`,
            message: `${country} is the primary market already.`,
          }),
          ...marketFindings(values, country, `/secondaryMarkets/${i}`, context),
        ]),
      ];
    },
  ],
  [
    "FS-1-market-sizes",
    (values) => [
      ...only((numberIn(values, "samEur") ?? 0) > (numberIn(values, "tamEur") ?? 0), {
        pointer: "/samEur",
        message: "The serviceable market is larger than the total market.",
      }),
      ...only((numberIn(values, "somEur") ?? 0) > (numberIn(values, "samEur") ?? 0), {
        pointer: "/somEur",
        message: "The obtainable market is larger than the serviceable market.",
      }),
    ],
  ],
  [
    "FS-3-every-regime",
    (values, _context, schema) => {
      const answered = new Set(rowsIn(values, "regimes").map(({ regime }) => regime));
      const asked = texts(fieldSchema(schema, "/regimes/0/regime")?.enum).filter((regime) => regime !== "OTHER");
      const open = asked.filter((regime) => !answered.has(regime));
      return only(open.length > 0, {
        pointer: "/regimes",
        message: `Add a row for each of the regimes still open: ${open.join(", ")}.`,
      });
    },
  ],
  [
    "FS-3-validity",
    (values, { today }) => {
      const latest = Temporal.PlainDate.from(today).add({ months: 12 }).toString();
      return only(text(values.validUntil) > latest, {
        pointer: "/validUntil",
        message: `A screening is valid for at most 12 months, until ${latest}.`,
      });
    },
  ],
  [
    "FS-5-year-rows",
    (values) => {
      const horizon = numberIn(values, "horizonYears");
      const years = rowsIn(values, "years").map((row) => numberIn(row, "year"));
      const isComplete = years.length === horizon && years.every((_, i) => years.includes(i + 1));
      return only(horizon !== undefined && !isComplete, {
        pointer: "/years",
        message: `Give one row for each year from 1 to ${horizon}.`,
      });
    },
  ],
  [
    "FS-6-trial-dates",
    (values) => {
      const days = daysBetween(values.start, values.end);
      if (days === undefined) return [];
      if (days <= 0) return [{ pointer: "/end", message: "The trial must end after it starts." }];
      return only(days < 14 || days > 180, {
        pointer: "/end",
        message: `A trial takes 14 to 180 days; this one takes ${days}.`,
      });
    },
  ],
  [
    "FS-6-participants",
    (values) => {
      const target = numberIn(values, "participantsTarget") ?? 0;
      // In hundredths of a person, free of binary noise.
      const remainingTimes100 = target * (100 - (numberIn(values, "dropOutPct") ?? 0));
      return only(remainingTimes100 < 300, {
        pointer: "/participantsTarget",
        message: "At least three participants must remain after the expected drop-out.",
      });
    },
  ],
  [
    "PA-7-executed",
    (values) =>
      rowsIn(values, "types").flatMap((row, i) =>
        only(numberIn(row, "executed") !== (numberIn(row, "passed") ?? 0) + (numberIn(row, "failed") ?? 0), {
          pointer: `/types/${i}/executed`,
          message: "Executed tests must equal passed plus failed.",
        }),
      ),
  ],
  [
    "PA-7-planned",
    (values) =>
      rowsIn(values, "types").flatMap((row, i) =>
        only((numberIn(row, "executed") ?? 0) + (numberIn(row, "blocked") ?? 0) > (numberIn(row, "planned") ?? 0), {
          pointer: `/types/${i}/planned`,
          message: "More tests are executed or blocked than planned.",
        }),
      ),
  ],
  [
    "PA-8-participants",
    (values) => {
      const dropOuts = sum(rowsIn(values, "dropOuts").map((row) => numberIn(row, "count") ?? 0));
      return only((numberIn(values, "completed") ?? 0) + dropOuts > (numberIn(values, "recruited") ?? 0), {
        pointer: "/recruited",
        message: "More participants completed or dropped out than were recruited.",
      });
    },
  ],
  [
    "PA-8-hypotheses",
    (values, { accepted }) => {
      const plan = accepted("FS-6");
      if (!plan) return [];
      const planned = rowsIn(plan, "hypotheses").map(({ hypothesis }) => text(hypothesis));
      const answered = rowsIn(values, "results").map(({ hypothesis }) => text(hypothesis));
      const left = [...planned];
      const unplanned = answered.flatMap((hypothesis, i) => {
        const at = left.indexOf(hypothesis);
        if (at >= 0) left.splice(at, 1);
        return only(at < 0, {
          pointer: `/results/${i}/hypothesis`,
          message: "The trial plan has no such hypothesis, or it is answered already.",
        });
      });
      return [
        ...unplanned,
        ...left.map((hypothesis) => ({
          pointer: "/results",
          message: `Add the result for the hypothesis “${hypothesis}” of the trial plan.`,
        })),
      ];
    },
  ],
  [
    "LC-2-oss",
    (values) => {
      const turnover = numberIn(values, "b2cTurnoverEur");
      return only(turnover !== undefined && values.ossNeeded !== isOverOssThreshold(turnover), {
        pointer: "/ossNeeded",
        message: "The answer does not follow from the turnover.",
      });
    },
  ],
  [
    "LC-6-launch",
    (values, { accepted }) => {
      const release = text(accepted("PA-9")?.releaseDate);
      return only(text(values.launchDate) < release, {
        pointer: "/launchDate",
        message: `The launch may not be before the planned release on ${release}.`,
      });
    },
  ],
  [
    "LC-6-budget",
    (values, { accepted }) => {
      const businessCase = accepted("FS-5");
      if (!businessCase) return [];
      const budget = sum(rowsIn(values, "budget").map((row) => numberIn(row, "amountEur") ?? 0));
      const invest = sum(rowsIn(businessCase, "years").map((row) => numberIn(row, "investEur") ?? 0));
      // In tenths of a euro cent, free of binary noise.
      return only(Math.round(budget * 1000) > Math.round(invest * 1200), {
        pointer: "/budget",
        severity: "needs_comment",
        message: `The budget (EUR ${budget}) is over 1.2 times the investment of the business case (EUR ${invest}); say why.`,
      });
    },
  ],
  [
    "LC-7-consent",
    (values) =>
      only(rowsIn(values, "introductions").length > 0 && values.consent !== true, {
        pointer: "/consent",
        message: "Introduce only sides that agreed to share contact data.",
      }),
  ],
]);

function only(holds: boolean, finding: Finding): Finding[] {
  return holds ? [finding] : [];
}

function marketFindings(values: FormValues, country: string, pointer: string, context: RuleContext): Finding[] {
  const candidates = rowsIn(values, "candidates").filter((row) => row.country === country);
  if (candidates.length === 0) return [{ pointer, message: `${country} is not among the candidate markets.` }];
  const isBlocked =
    context.blockedMarkets.has(country) || candidates.some(({ restriction }) => restriction === "blocked");
  return only(isBlocked, { pointer, message: `${country} is blocked as a market; choose another.` });
}

function daysBetween(from: unknown, to: unknown): number | undefined {
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
