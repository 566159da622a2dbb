/** Who has the ball: of the open work that does not wait for other work, what is due first decides. */
import { dayMs, heldMsIn, holdsOf, readyAt } from "../analytics/net-time.ts";
import { ADMISSION, stepOf } from "../analytics/steps.ts";
import { localDateOf } from "../calendar.ts";
import type { ProcessRole } from "../process.ts";
import { waitsFor } from "./dependencies.ts";
import { isEnded, isOpenTask, type PilotState, type Task, type TaskKind } from "./state.ts";

export interface Ball {
  readonly kind: "task" | "admission" | "hold";
  readonly role: ProcessRole;
  readonly personId?: string;
  readonly taskId?: string;
  readonly taskKind?: TaskKind;
  readonly title?: string;
  readonly deliverableId?: string;
  /** Since when the step could be done, or the hold lasts. */
  readonly since: string;
  /** Of the holds since then. */
  readonly heldMs?: number;
  readonly dueAt?: string;
  /** As finished runs are counted by; absent for what is like nothing else. */
  readonly step?: string;
  /** The day that was promised: by whoever works on it, or for the end of the hold. */
  readonly promisedOn?: string;
}

/** Undefined for ended pilots, and while the workflow prepares the next step. A question holds nothing up. */
export function ballOf(state: PilotState): Ball | undefined {
  const { pilot } = state;
  if (isEnded(pilot)) return undefined;
  if (pilot.hold !== undefined) {
    const { since, resumeOn } = pilot.hold;
    return { kind: "hold", role: "coordinator", since, promisedOn: resumeOn };
  }
  const open = Object.values(state.tasks).filter(
    (task) => isOpenTask(task) && task.status !== "created" && task.kind !== "question",
  );
  const doable = open.filter((task) => waitsFor(state, task).length === 0);
  const [first] = (doable.length > 0 ? doable : open).sort(byUrgency);
  if (first !== undefined) return ofTask(state, first);
  const acceptedAt = state.deliverables["IN-1"]?.acceptedAt;
  return pilot.status === "applied" && acceptedAt !== undefined
    ? { kind: "admission", role: "coordinator", since: acceptedAt, step: ADMISSION }
    : undefined;
}

/** By due date; of those due together what is urgent, then what has waited longest. */
const byUrgency = (a: Task, b: Task): number =>
  compare(a.dueAt, b.dueAt) ||
  Number(b.priority === "high") - Number(a.priority === "high") ||
  compare(a.createdAt, b.createdAt) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function ofTask(state: PilotState, task: Task): Ball {
  const since = readyAt(task, state);
  const heldMs = heldMsIn({ from: Date.parse(since), until: Number.POSITIVE_INFINITY }, holdsOf(state));
  const step = stepOf(task, state);
  return {
    kind: "task",
    role: task.candidateRole,
    ...(task.assigneeId === undefined ? {} : { personId: task.assigneeId }),
    taskId: task.id,
    taskKind: task.kind,
    title: task.title,
    ...(task.deliverableId === undefined ? {} : { deliverableId: task.deliverableId }),
    since,
    ...(heldMs === 0 ? {} : { heldMs }),
    dueAt: task.dueAt,
    ...(step === undefined ? {} : { step }),
    ...(task.forecast === undefined ? {} : { promisedOn: task.forecast.on }),
  };
}

interface Day {
  readonly now: string;
  readonly country: string;
}

/** The day somebody promised, else when the usual days are over; undefined when neither is known. Never before today. */
export function likelyOn(ball: Ball, usualDays: number | undefined, { now, country }: Day): string | undefined {
  const day = ball.promisedOn ?? usualEnd(ball, usualDays, country);
  const today = localDateOf(now, country);
  return day === undefined || day > today ? day : today;
}

/** The usual days are over, and nobody has said when it will be done: the likely day is no more than a hope. */
export function isOverUsual(ball: Ball, usualDays: number | undefined, { now, country }: Day): boolean {
  const day = usualEnd(ball, usualDays, country);
  return ball.promisedOn === undefined && day !== undefined && day < localDateOf(now, country);
}

function usualEnd({ since, heldMs = 0 }: Ball, usualDays: number | undefined, country: string): string | undefined {
  if (usualDays === undefined) return undefined;
  return localDateOf(new Date(Date.parse(since) + heldMs + usualDays * dayMs).toISOString(), country);
}
