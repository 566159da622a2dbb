/**
 * Who had the ball in the days of a stage. At each moment the open tasks share the time evenly, so that the parts add up
 * to the days of the run that somebody owed something; work that was dropped, or waits for other work, leaves no trace.
 */
import { waitsFor } from "../pilot/dependencies.ts";
import type { PilotState, StageRun, Task } from "../pilot/state.ts";
import type { ProcessRole } from "../process.ts";
import { dayMs, holdsOf, readyAt } from "./net-time.ts";

/** "unclaimed": could be done, and nobody took it. What is for the company is with the company, claimed or not. */
export const holders = ["unclaimed", "advisor", "expert", "living_lab", "coordinator", "sme"] as const;
export type Holder = (typeof holders)[number];

export interface BallDays {
  readonly days: Readonly<Partial<Record<Holder, number>>>;
  /** The instant up to which they are counted; after it nothing changed. */
  readonly until: string;
}

export const holderOf = (role: ProcessRole, isClaimed: boolean): Holder =>
  role === "sme" || isClaimed ? role : "unclaimed";

interface Turn {
  readonly at: number;
  readonly change: 1 | -1;
  /** Without a holder: a hold begins or ends. */
  readonly holder?: Holder;
}

export function ballDaysOf(state: PilotState, run: StageRun): BallDays {
  const start = Date.parse(run.startedAt ?? "");
  const end = run.endedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(run.endedAt);
  const turns: Turn[] = [];
  const between = (from: number, until: number, of: Pick<Turn, "holder">) => {
    const [first, last] = [Math.max(from, start), Math.min(until, end)];
    if (first >= last) return;
    turns.push({ ...of, at: first, change: 1 });
    if (Number.isFinite(last)) turns.push({ ...of, at: last, change: -1 });
  };
  for (const { from, until } of holdsOf(state)) between(from, until, {});
  for (const task of Object.values(state.tasks)) {
    if (task.runId !== run.id || !leavesATrace(task, state)) continue;
    const from = Date.parse(readyAt(task, state));
    const until = task.completedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(task.completedAt);
    const claimed = task.claimedAt === undefined ? until : Math.max(from, Date.parse(task.claimedAt));
    // Records from before claims were timed: whoever has it has had it all along.
    const since = task.claimedAt === undefined && task.assigneeId !== undefined ? from : Math.min(claimed, until);
    between(from, since, { holder: holderOf(task.candidateRole, false) });
    between(since, until, { holder: holderOf(task.candidateRole, true) });
  }
  turns.sort((a, b) => a.at - b.at);

  const sums: Partial<Record<Holder, number>> = {};
  const open = new Map<Holder, number>();
  let tasks = 0;
  let held = 0;
  let last = start;
  for (const { at, change, holder } of turns) {
    if (held === 0 && at > last) {
      for (const [each, count] of open) sums[each] = (sums[each] ?? 0) + ((at - last) / dayMs) * (count / tasks);
    }
    last = at;
    if (holder === undefined) held += change;
    else {
      tasks += change;
      const count = (open.get(holder) ?? 0) + change;
      if (count === 0) open.delete(holder);
      else open.set(holder, count);
    }
  }
  return {
    days: Object.fromEntries(Object.entries(sums).map(([holder, days]) => [holder, Math.round(days * 100) / 100])),
    until: new Date(Number.isFinite(end) ? end : last).toISOString(),
  };
}

function leavesATrace(task: Task, state: PilotState): boolean {
  const { status, statusBefore } = task;
  if (status === "completed") return true;
  if (waitsFor(state, task).length > 0) return false;
  return (
    status === "ready" ||
    status === "reserved" ||
    status === "in_progress" ||
    (status === "suspended" && statusBefore !== "created")
  );
}
