/** Scores of reviews, gates, readiness and barriers. Points are whole numbers from 0 to 4. Source: domain.md 3.1. */
import type { DeliverableDefinition, GateDefinition } from "./process.ts";
import { Refusal } from "./refusal.ts";
import type { Reason } from "./refusal-reasons.ts";

/** Below this many points a criterion needs a comment. */
const commentBelowPoints = 3;
const mostPoints = 4;

export interface ReviewResult {
  /** 0 … 100, rounded to two places. */
  readonly weightedPercent: number;
  /** Must criteria below the points they need. */
  readonly mustsMissed: readonly string[];
  readonly accepted: boolean;
}

type Points = Readonly<Record<string, number>>;

/**
 * Whether the deliverable may be accepted: weighted percent and no must criterion below its minimum.
 * Points and comments by criterion id. Throws Refusal RuleBroken (details `pointer`, `criterionIds`) unless every
 * criterion has points and, below 3, a comment.
 */
export function reviewResult(
  { reviewCriteria, acceptance }: Pick<DeliverableDefinition, "reviewCriteria" | "acceptance">,
  points: Points,
  comments: Readonly<Record<string, string>>,
): ReviewResult {
  requirePoints(reviewCriteria, points);
  const uncommented = reviewCriteria.filter(
    ({ id }) => pointsOf(points, id) < commentBelowPoints && !textOf(comments, id)?.trim(),
  );
  refuseFor(uncommented, "/criterionComments", (criteria) => ({
    key: "say_why_below",
    points: commentBelowPoints,
    criteria,
  }));
  return resultOf({ reviewCriteria, acceptance }, points);
}

/** What these points come to, whatever is still to be said about them. */
export function resultOf(
  { reviewCriteria, acceptance }: Pick<DeliverableDefinition, "reviewCriteria" | "acceptance">,
  points: Points,
): ReviewResult {
  const weightedPercent = weighted(reviewCriteria, points);
  const mustsMissed = reviewCriteria
    .filter(({ id, must }) => must && pointsOf(points, id) < acceptance.mustCriterionMin)
    .map(({ id }) => id);
  return {
    weightedPercent,
    mustsMissed,
    accepted: weightedPercent >= acceptance.weightedPercentMin && mustsMissed.length === 0,
  };
}

/**
 * One decider's gate score, 0 … 100. Points by should-criterion id.
 * Throws Refusal RuleBroken (details `pointer`, `criterionIds`) unless every criterion has points.
 */
export function gateScore(gate: Pick<GateDefinition, "shouldMeet">, points: Points): number {
  requirePoints(gate.shouldMeet, points);
  return weighted(gate.shouldMeet, points);
}

/** Σ(weight × points / 4), rounded to two places; a criterion without points counts 0. */
export function weighted(
  criteria: readonly { readonly id: string; readonly weight: number }[],
  points: Points,
): number {
  const sum = criteria.reduce((total, { id, weight }) => total + weight * pointsOf(points, id), 0);
  return Math.round((sum / mostPoints) * 100) / 100;
}

/** Source: NA-3. Readiness from 0 to 100. */
export function readinessBand(score: number): "not_ready" | "prepare" | "ready_with_support" | "ready" {
  if (score >= 80) return "ready";
  if (score >= 60) return "ready_with_support";
  return score >= 40 ? "prepare" : "not_ready";
}

/** Severity × likelihood, 1 … 25. */
export function barrierBand(priority: number): "red" | "amber" | "green" {
  if (priority >= 15) return "red";
  return priority >= 8 ? "amber" : "green";
}

interface Criterion {
  readonly id: string;
  readonly text: string;
}

function requirePoints(criteria: readonly Criterion[], points: Points): void {
  const unknown = Object.keys(points).filter((given) => !criteria.some(({ id }) => id === given));
  if (unknown.length > 0) {
    throw new Refusal(
      "RuleBroken",
      { key: "no_such_criterion", ids: unknown },
      {
        pointer: `/points/${unknown[0]}`,
        criterionIds: unknown,
      },
    );
  }
  const unscored = criteria.filter(({ id }) => !Object.hasOwn(points, id));
  refuseFor(unscored, "/points", (criteria) => ({ key: "give_points", criteria }));
  const outOfRange = criteria.filter(({ id }) => {
    const given = pointsOf(points, id);
    return !Number.isInteger(given) || given < 0 || given > mostPoints;
  });
  refuseFor(outOfRange, "/points", (criteria) => ({ key: "give_whole_points", most: mostPoints, criteria }));
}

function refuseFor(
  criteria: readonly Criterion[],
  part: string,
  reasonFor: (texts: readonly string[]) => Reason,
): void {
  const [first] = criteria;
  if (first === undefined) return;
  throw new Refusal("RuleBroken", reasonFor(criteria.map(({ text }) => text)), {
    pointer: `${part}/${first.id}`,
    criterionIds: criteria.map(({ id }) => id),
  });
}

function pointsOf(points: Points, criterionId: string): number {
  return Object.hasOwn(points, criterionId) ? (points[criterionId] ?? 0) : 0;
}

function textOf(comments: Readonly<Record<string, string>>, criterionId: string): string | undefined {
  return Object.hasOwn(comments, criterionId) ? comments[criterionId] : undefined;
}
