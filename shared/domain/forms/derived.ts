/**
 * Fields the server works out: they overwrite whatever a client sent, before the form is validated.
 * A value that cannot be worked out yet is absent; nothing here throws on a half-filled form.
 */
import { weighted } from "../scores.ts";
import { type FormValues, isRecord } from "./form-schema.ts";

export interface DerivedContext {
  /** The values of another deliverable's accepted revision. */
  readonly accepted: (deliverableId: string) => FormValues | undefined;
  /** Hours of advisors and experts logged on the pilot. */
  readonly supportHours: number;
  /** Aid given so far: hours × rates + direct costs. */
  readonly aidEur: number;
}

/** The values with every derived field of this deliverable's form set or removed. */
export function computeDerived(deliverableId: string, values: FormValues, context: DerivedContext): FormValues {
  const derive = derivedFields.get(deliverableId);
  return derive ? derive(values, context) : values;
}

const derivedFields: ReadonlyMap<string, (values: FormValues, context: DerivedContext) => FormValues> = new Map([
  ["NA-1", (values, { accepted }) => replaced(values, { smeCategory: smeCategory(values, accepted("IN-1")) })],
  ["NA-3", (values) => replaced(values, { readinessScore: readinessScore(values) })],
  ["NA-4", (values) => withRows(values, "barriers", (row) => replaced(row, { priority: barrierPriority(row) }))],
  ["NA-5", (values) => withRows(values, "candidates", (row) => replaced(row, { total: candidateTotal(row) }))],
  [
    "FS-5",
    (values) => {
      const plan = yearlyCash(values);
      const rate = numberIn(values, "discountPct");
      return replaced(values, {
        npvEur: plan && rate !== undefined ? netPresentValue(plan.map(expected), rate) : undefined,
        paybackMonths: plan ? paybackMonths(plan.map(expected)) : undefined,
        worstCaseNpvEur: plan && rate !== undefined ? netPresentValue(plan.map(stressed), rate) : undefined,
      });
    },
  ],
  [
    "LC-2",
    (values) => {
      const turnover = numberIn(values, "b2cTurnoverEur");
      return replaced(values, { ossNeeded: turnover === undefined ? undefined : isOverOssThreshold(turnover) });
    },
  ],
  [
    "LC-8",
    (values, { accepted, supportHours, aidEur }) =>
      replaced(values, {
        barriersResolved: barriersResolved(accepted("NA-4")),
        advisorHours: roundTo2(supportHours),
        aidFinalEur: roundTo2(aidEur),
      }),
  ],
]);

/**
 * Size class by headcount and turnover or balance sheet; undefined while unknown and for companies that are no SME.
 * The application holds all three figures, the company profile leaves the balance sheet to it.
 * Source: Recommendation 2003/361/EC, Art. 2.
 */
export function smeCategory(values: FormValues, application: FormValues | undefined): string | undefined {
  const headcount = numberIn(values, "headcount");
  const turnover = numberIn(values, "turnoverEur");
  if (headcount === undefined || turnover === undefined) return undefined;
  const balance = numberIn(application, "balanceSheetEur") ?? Number.POSITIVE_INFINITY;
  if (headcount < 10 && Math.min(turnover, balance) <= 2_000_000) return "micro";
  if (headcount < 50 && Math.min(turnover, balance) <= 10_000_000) return "small";
  if (headcount < 250 && (turnover <= 50_000_000 || balance <= 43_000_000)) return "medium";
  return undefined;
}

const readinessDimensions = [
  { id: "managementScore", weight: 12 },
  { id: "productScore", weight: 15 },
  { id: "marketScore", weight: 12 },
  { id: "financeScore", weight: 12 },
  { id: "peopleScore", weight: 10 },
  { id: "salesScore", weight: 10 },
  { id: "legalScore", weight: 10 },
  { id: "technologyScore", weight: 10 },
  { id: "networkScore", weight: 9 },
] as const;

/** 0 … 100 from nine scores of 0 … 4. */
export function readinessScore(values: FormValues): number | undefined {
  return weightedScore(readinessDimensions, values);
}

const marketCriteria = [
  { id: "size", weight: 20 },
  { id: "growth", weight: 10 },
  { id: "demand", weight: 15 },
  { id: "regulation", weight: 15 },
  { id: "technical", weight: 10 },
  { id: "culture", weight: 10 },
  { id: "partners", weight: 15 },
  { id: "competition", weight: 5 },
] as const;

function candidateTotal(row: FormValues): number | undefined {
  return weightedScore(marketCriteria, row);
}

function weightedScore(
  criteria: readonly { readonly id: string; readonly weight: number }[],
  values: FormValues,
): number | undefined {
  const points: Record<string, number> = {};
  for (const { id } of criteria) {
    const score = numberIn(values, id);
    if (score === undefined) return undefined;
    points[id] = score;
  }
  return weighted(criteria, points);
}

function barrierPriority(row: FormValues): number | undefined {
  const severity = numberIn(row, "severity");
  const likelihood = numberIn(row, "likelihood");
  return severity === undefined || likelihood === undefined ? undefined : severity * likelihood;
}

/** Barriers of the register that no longer stand in the way; undefined without a register. */
function barriersResolved(register: FormValues | undefined): number | undefined {
  return (
    register &&
    rowsIn(register, "barriers").filter(({ status }) => status === "alleviated" || status === "resolved").length
  );
}

/** Over the EU-wide threshold for cross-border sales to consumers. Source: Directive 2006/112/EC, Art. 59c. */
export function isOverOssThreshold(b2cTurnoverEur: number): boolean {
  return b2cTurnoverEur > 10_000;
}

interface YearOfPlan {
  readonly year: number;
  readonly revenueEur: number;
  readonly costsEur: number;
  readonly investEur: number;
}

interface CashFlow {
  readonly year: number;
  readonly eur: number;
}

/** The plan's rows by year, each year once from 1 on; undefined while a figure is missing. */
function yearlyCash(values: FormValues): YearOfPlan[] | undefined {
  const rows = rowsIn(values, "years").map((row) => {
    const year = numberIn(row, "year");
    const revenueEur = numberIn(row, "revenueEur");
    const variableEur = numberIn(row, "variableEur");
    const fixedEur = numberIn(row, "fixedEur");
    const investEur = numberIn(row, "investEur");
    if (year === undefined || revenueEur === undefined || variableEur === undefined) return undefined;
    if (fixedEur === undefined || investEur === undefined) return undefined;
    return { year, revenueEur, costsEur: variableEur + fixedEur, investEur };
  });
  const complete = rows.filter((row) => row !== undefined).sort((a, b) => a.year - b.year);
  const isWholePlan = complete.length > 0 && complete.length === rows.length;
  return isWholePlan && complete.every(({ year }, i) => year === i + 1) ? complete : undefined;
}

function expected({ year, revenueEur, costsEur, investEur }: YearOfPlan): CashFlow {
  return { year, eur: revenueEur - costsEur - investEur };
}

/** Revenue 30 % lower, running costs 15 % higher, investment unchanged. */
function stressed({ year, revenueEur, costsEur, investEur }: YearOfPlan): CashFlow {
  return { year, eur: revenueEur * 0.7 - costsEur * 1.15 - investEur };
}

/** Σ CF / (1 + r)^year, to the cent. */
function netPresentValue(flows: readonly CashFlow[], discountPct: number): number {
  return roundTo2(sum(flows.map(({ year, eur }) => eur / (1 + discountPct / 100) ** year)));
}

/**
 * The first month at whose end the cash spent is earned back, undiscounted, a year's cash spread evenly over its months;
 * undefined when that never happens within the plan.
 */
function paybackMonths(flows: readonly CashFlow[]): number | undefined {
  // In twelfths of a cent, so that every month is a whole number.
  let balance = 0;
  for (const { year, eur } of flows) {
    const monthly = Math.round(eur * 100);
    for (let month = 1; month <= 12; month++) {
      balance += monthly;
      if (balance >= 0) return (year - 1) * 12 + month;
    }
  }
  return undefined;
}

/** The values with the given fields set, or removed where undefined. */
function replaced(values: FormValues, derived: FormValues): FormValues {
  const kept = Object.entries(values).filter(([field]) => !Object.hasOwn(derived, field));
  return Object.fromEntries([...kept, ...Object.entries(derived).filter(([, value]) => value !== undefined)]);
}

function withRows(values: FormValues, table: string, derive: (row: FormValues) => FormValues): FormValues {
  const rows = values[table];
  if (!Array.isArray(rows)) return values;
  return { ...values, [table]: rows.map((row: unknown) => (isRecord(row) ? derive(row) : row)) };
}

/** The table's rows; what is not a row is left to validation. */
export function rowsIn(values: FormValues | undefined, table: string): FormValues[] {
  const rows = values?.[table];
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}

/** The number in a field; undefined when it is absent or no number. */
export function numberIn(values: FormValues | undefined, field: string): number | undefined {
  const value = values?.[field];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** To two places, halves away from zero, free of binary noise (1.005 is 1.01). */
export function roundTo2(value: number): number {
  const rounded = (Math.sign(value) * Math.round(Math.abs(value) * 100 * (1 + Number.EPSILON))) / 100;
  return rounded === 0 ? 0 : rounded;
}
