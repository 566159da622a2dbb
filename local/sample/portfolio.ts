/**
 * The portfolio: the sample pilots and 45 more, so that counts, cycle times and forecasts have something to rest on. They
 * began over the last year and a half, each at its own pace, and went as far as the table says. The same each time.
 */
import type { StageId } from "../../shared/domain/process.ts";
import { portfolioCompanies } from "./companies.ts";
import { samplePilots } from "./pilots.ts";
import {
  answersSurvey,
  applies,
  handsIn,
  isAdmitted,
  isAtGate,
  isHeld,
  isRejected,
  passesGate,
  stageDays,
  stopping,
  type Tempo,
  waits,
  withdraws,
  works,
} from "./steps.ts";
import { type Step, type Walk, walkDays } from "./walk.ts";

const stages = ["needs", "feasibility", "adaptation", "guidance"] as const satisfies readonly StageId[];

/** In the middle of a stage, `of` being how much of it has gone by. */
type Midway =
  | {
      readonly is: "working" | "late" | "handed_in" | "in_review" | "on_hold";
      readonly in: StageId;
      readonly of: number;
    }
  | { readonly is: "withdrawn"; readonly in: StageId; readonly of: number; readonly ago: number };

/** Where a pilot is today; days are counted back from it. */
type Fate =
  | Midway
  | { readonly is: "applied" | "rejected" }
  | { readonly is: "completed"; readonly began: number }
  | { readonly is: "at_gate"; readonly in: StageId }
  | { readonly is: "stopped"; readonly after: StageId; readonly ago: number };

const fates: readonly Fate[] = [
  { is: "completed", began: 545 },
  { is: "working", in: "adaptation", of: 0.7 },
  { is: "completed", began: 528 },
  { is: "working", in: "needs", of: 0.5 },
  { is: "completed", began: 507 },
  { is: "handed_in", in: "feasibility", of: 0.5 },
  { is: "stopped", after: "feasibility", ago: 250 },
  { is: "completed", began: 489 },
  { is: "working", in: "guidance", of: 0.6 },
  { is: "completed", began: 476 },
  { is: "late", in: "feasibility", of: 0.7 },
  { is: "completed", began: 458 },
  { is: "withdrawn", in: "needs", of: 0.6, ago: 310 },
  { is: "at_gate", in: "adaptation" },
  { is: "completed", began: 441 },
  { is: "in_review", in: "needs", of: 0.6 },
  { is: "working", in: "adaptation", of: 0.35 },
  { is: "completed", began: 430 },
  { is: "applied" },
  { is: "completed", began: 412 },
  { is: "handed_in", in: "guidance", of: 0.7 },
  { is: "stopped", after: "needs", ago: 170 },
  { is: "completed", began: 399 },
  { is: "working", in: "feasibility", of: 0.3 },
  { is: "late", in: "adaptation", of: 0.5 },
  { is: "completed", began: 384 },
  { is: "on_hold", in: "needs", of: 0.8 },
  { is: "rejected" },
  { is: "completed", began: 371 },
  { is: "in_review", in: "feasibility", of: 0.6 },
  { is: "withdrawn", in: "adaptation", of: 0.5, ago: 60 },
  { is: "at_gate", in: "needs" },
  { is: "completed", began: 356 },
  { is: "working", in: "adaptation", of: 0.85 },
  { is: "working", in: "needs", of: 0.4 },
  { is: "applied" },
  { is: "handed_in", in: "adaptation", of: 0.6 },
  { is: "at_gate", in: "guidance" },
  { is: "late", in: "needs", of: 0.6 },
  { is: "working", in: "feasibility", of: 0.6 },
  { is: "stopped", after: "feasibility", ago: 20 },
  { is: "on_hold", in: "feasibility", of: 0.6 },
  { is: "withdrawn", in: "feasibility", of: 0.4, ago: 140 },
  { is: "in_review", in: "guidance", of: 0.4 },
  { is: "working", in: "needs", of: 0.7 },
];

const teams: readonly Pick<Walk, "coordinator" | "team">[] = [
  { coordinator: "coordinator-1", team: ["advisor-1", "expert-1", "expert-2", "lab-1"] },
  { coordinator: "coordinator-2", team: ["advisor-2", "expert-2", "expert-3", "lab-1"] },
  { coordinator: "coordinator-1", team: ["advisor-3", "expert-3", "expert-1", "lab-2"] },
  { coordinator: "coordinator-2", team: ["advisor-1", "expert-3", "expert-2", "lab-2"] },
  { coordinator: "coordinator-2", team: ["advisor-3", "expert-1", "expert-3", "lab-1"] },
  { coordinator: "coordinator-1", team: ["advisor-1", "advisor-2", "expert-1", "expert-3", "lab-2"] },
  { coordinator: "coordinator-1", team: ["advisor-2", "advisor-3", "expert-2", "expert-1", "lab-2"] },
];

/** Who is at home around the Baltic Sea goes to the Balkans first, and the other way round; some go next door. */
const northern = ["EE", "LV", "LT", "FI", "SE", "PL", "DE", "DK", "NO"];
const southern = ["RS", "BG", "HR", "RO", "SI", "GR", "MK", "AL", "BA", "ME"];

export const portfolio: readonly Walk[] = [...samplePilots, ...fates.map(walkTo)];

function walkTo(fate: Fate, index: number): Walk {
  const company = portfolioCompanies[index % portfolioCompanies.length];
  const people = teams[index % teams.length];
  if (company === undefined || people === undefined) throw new Error("There are no companies or no teams.");
  const { id, country } = company;
  const [near, far] = northern.includes(country) ? [northern, southern] : [southern, northern];
  const markets = index % 4 === 3 ? near : far;
  const others = markets.filter((each) => each !== country);
  const second = Math.floor(index / portfolioCompanies.length) + 1;
  return {
    pilotId: `sample-${id}-${second}`,
    company: id,
    market: pick(others, index),
    otherMarket: pick(others, index + 1 + (index % 3)),
    ...people,
    steps: stepsTo(fate, index),
  };
}

function stepsTo(fate: Fate, index: number): readonly Step[] {
  const begun = [applies, isAdmitted];
  switch (fate.is) {
    case "applied":
      return [applies, waits(index % 4)];
    case "rejected":
      return [applies, isRejected, waits(75)];
    case "completed": {
      const done = [...begun, ...stages.flatMap((stage) => through(stage, index))];
      return [...done, ...surveyed(Math.max(3, fate.began - walkDays(done)))];
    }
    case "stopped":
      return [
        ...begun,
        ...before(fate.after, index),
        works(fate.after, { tempo: tempoOf(index, fate.after) }),
        passesGate(stopping),
        waits(fate.ago),
      ];
    case "at_gate":
      return [
        ...begun,
        ...before(fate.in, index),
        works(fate.in, { tempo: tempoOf(index, fate.in) }),
        isAtGate(),
        waits(index % 5),
      ];
    default:
      return [...begun, ...before(fate.in, index), ...within(fate, index)];
  }
}

function within(fate: Midway, index: number): readonly Step[] {
  const tempo = tempoOf(index, fate.in);
  const soFar = works(fate.in, { tempo, until: Math.round(stageDays(fate.in, tempo) * fate.of) });
  switch (fate.is) {
    case "working":
      return [soFar];
    case "late":
      return [soFar, waits(14)];
    case "handed_in":
      return [soFar, handsIn("unclaimed", 2 + (index % 3))];
    case "in_review":
      return [soFar, handsIn("claimed", 3 + (index % 3))];
    case "on_hold":
      return [soFar, isHeld];
    case "withdrawn":
      return [soFar, withdraws, waits(fate.ago)];
  }
}

/** The stages before one, each with its gate. */
function before(stageId: StageId, index: number): readonly Step[] {
  return stages.slice(0, stages.indexOf(stageId)).flatMap((stage) => through(stage, index));
}

function through(stageId: StageId, index: number): readonly Step[] {
  return [
    works(stageId, { tempo: tempoOf(index, stageId) }),
    passesGate(undefined, { decidedAfter: 2 + Math.floor(8 * spread(index, stageId, 3)) }),
  ];
}

/** Days after the pilot was completed. After half a year a survey opens; the company takes a week for it. */
function surveyed(days: number): readonly Step[] {
  return days > 205 ? [waits(191), answersSurvey, waits(days - 191 - answersSurvey.days)] : [waits(days)];
}

/** Most are in time, some are late: from half of the time for a deliverable to a third more than that. */
function tempoOf(index: number, stageId: StageId): Tempo {
  const decidedAfter = 1 + Math.floor(6 * spread(index, stageId, 1));
  return {
    pace: 0.55 + 0.75 * spread(index, stageId, 0) ** 1.5,
    decidedAfter,
    claimedAfter: Math.floor(decidedAfter * spread(index, stageId, 2)),
  };
}

/** From 0 to 1, evenly over all pilots: multiples of the golden ratio never fall together. */
function spread(index: number, stageId: StageId, which: number): number {
  const goldenRatio = 0.618_033_988_749_895;
  return ((index * 16 + stages.indexOf(stageId) * 4 + which + 1) * goldenRatio) % 1;
}

function pick(from: readonly string[], index: number): string {
  const found = from[index % from.length];
  if (found === undefined) throw new Error("There is nothing to pick from.");
  return found;
}
