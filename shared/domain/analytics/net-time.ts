/** Time that counts: while a pilot is on hold the clock stands still. */
import type { PilotState, Task } from "../pilot/state.ts";

export const dayMs = 86_400_000;

/** From an instant up to another, in milliseconds; without an end it goes on. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** All holds of the pilot so far; one that lasts has no end. */
export function holdsOf({ pilot, runs }: Pick<PilotState, "pilot" | "runs">): readonly Span[] {
  const over = Object.values(runs).flatMap(({ holds = [] }) =>
    holds.map(({ since, until }) => ({ from: Date.parse(since), until: Date.parse(until) })),
  );
  const now = pilot.hold === undefined ? [] : [{ from: Date.parse(pilot.hold.since), until: Number.POSITIVE_INFINITY }];
  return [...over, ...now];
}

/** How much of a span the holds take. */
export const heldMsIn = ({ from, until }: Span, holds: readonly Span[]): number =>
  holds.reduce((sum, hold) => sum + Math.max(0, Math.min(until, hold.until) - Math.max(from, hold.from)), 0);

/** Days between two instants that count, to the hundredth: a quarter of an hour. */
export const netDays = (span: Span, holds: readonly Span[]): number =>
  inDays(Math.max(0, span.until - span.from - heldMsIn(span, holds)));

const inDays = (ms: number): number => Math.round(ms / (dayMs / 100)) / 100;

/**
 * Since when a task could be done, all that it waits for being there: a gate's decision since the last score was filed, a
 * deliverable since the last of those that it depends on was accepted or skipped. What still waits: as far as it has come.
 */
export function readyAt(task: Task, state: Pick<PilotState, "tasks" | "deliverables">): string {
  const { createdAt, completedAt } = task;
  return waitedFor(task, state)
    .filter((at) => completedAt === undefined || at <= completedAt)
    .reduce((last, at) => (at > last ? at : last), createdAt);
}

/** When that came which a task waits for, each time: what was accepted may be opened again. */
function waitedFor(task: Task, { tasks, deliverables }: Pick<PilotState, "tasks" | "deliverables">): readonly string[] {
  switch (task.kind) {
    case "gate_decision":
      return Object.values(tasks)
        .filter((each) => each.kind === "gate_score" && each.runId === task.runId && each.createdAt === task.createdAt)
        .flatMap(({ completedAt = [] }) => completedAt);
    case "produce": {
      const { dependsOn = [] } = deliverables[task.deliverableId ?? ""] ?? {};
      return dependsOn.flatMap((id) => {
        const { reviews = [], skip } = deliverables[id] ?? {};
        const accepted = reviews.filter(({ outcome }) => outcome === "accepted").map(({ at }) => at);
        return skip === undefined ? accepted : [...accepted, skip.at];
      });
    }
    default:
      return [];
  }
}
