/** The inbox as pure facts: which group a task is in, which filters an address holds, what they leave. */
import type { TaskView } from "../../../shared/contracts/views.ts";
import { dueDayOf } from "../../../shared/domain/due-day.ts";
import { daysUntilDue } from "../../language/days.ts";

/** From the most urgent to the least; a task is in the first one that fits. */
export const groupIds = [
  "escalated",
  "overdue",
  "review",
  "question",
  "sentBack",
  "week",
  "halfway",
  "unclaimed",
  "others",
  "later",
  "held",
] as const;
export type GroupId = (typeof groupIds)[number];

export const taskKinds = [
  "produce",
  "review",
  "gate_score",
  "gate_decision",
  "condition",
  "objection",
  "question",
] as const;

export interface InboxFilters {
  readonly group?: GroupId;
  readonly kind?: TaskView["kind"];
  /** Only what is the reader's own, or only what nobody has. */
  readonly whose?: "mine" | "free";
  /** The country of the pilot or the market it goes to. */
  readonly country?: string;
  readonly words?: string;
}

/** What the address says after "?": filters of its own, or a saved view whose filters count. */
export interface InboxSearch extends InboxFilters {
  readonly view?: string;
}

/** Reads an address or a saved view; what does not belong there is left out. */
export function filtersIn(source: Readonly<Record<string, unknown>>): InboxFilters {
  const { whose, country, words } = source;
  const group = groupIds.find((id) => id === source.group);
  const kind = taskKinds.find((id) => id === source.kind);
  return {
    ...(group === undefined ? {} : { group }),
    ...(kind === undefined ? {} : { kind }),
    ...(whose === "mine" || whose === "free" ? { whose } : {}),
    ...(typeof country === "string" && /^[A-Z]{2}$/.test(country) ? { country } : {}),
    // An address of digits only is read as a number.
    ...((typeof words === "string" && words !== "") || typeof words === "number" ? { words: String(words) } : {}),
  };
}

export function inboxSearch(source: Readonly<Record<string, unknown>>): InboxSearch {
  const view = typeof source.view === "string" && source.view !== "" ? { view: source.view } : {};
  return { ...filtersIn(source), ...view };
}

export const keyOf = ({ pilotId, id }: Pick<TaskView, "pilotId" | "id">): string => `${pilotId} ${id}`;

export function groupOf(task: TaskView, myId: string, now: Date): GroupId {
  const isMine = task.assignee?.id === myId;
  if (task.status === "suspended") return "held";
  if (task.escalated) return "escalated";
  if (task.overdue) return "overdue";
  if (task.assignee !== undefined && !isMine) return "others";
  if (task.kind === "review") return "review";
  if (task.kind === "question") return "question";
  if (isMine && task.sentBack) return "sentBack";
  if (daysUntilDue(task.dueAt, now) <= 7) return "week";
  if (isMine && task.kind === "produce" && isHalfway(task, now)) return "halfway";
  return task.status === "ready" ? "unclaimed" : "later";
}

/** When Fairway asks whether the work is still on track. */
function isHalfway({ createdAt, dueAt }: TaskView, now: Date): boolean {
  return now.getTime() >= (Date.parse(createdAt) + Date.parse(dueAt)) / 2;
}

export interface InboxGroup {
  readonly id: GroupId;
  /** Marked as urgent first, then by due day. */
  readonly tasks: readonly TaskView[];
}

/** The groups that have tasks under the filters, in order of urgency. */
export function inboxGroups(
  tasks: readonly TaskView[],
  filters: InboxFilters,
  { myId, now }: { readonly myId: string; readonly now: Date },
): readonly InboxGroup[] {
  const shown = tasks.filter((task) => fits(task, filters, myId)).toSorted(byUrgency);
  return groupIds
    .filter((id) => filters.group === undefined || filters.group === id)
    .map((id) => ({ id, tasks: shown.filter((task) => groupOf(task, myId, now) === id) }))
    .filter((group) => group.tasks.length > 0);
}

const byUrgency = (a: TaskView, b: TaskView): number =>
  Number(b.priority === "high") - Number(a.priority === "high") || byDueDay(a, b);

/** Of one day, what can be done comes before what waits for something else. */
export const byDueDay = (a: TaskView, b: TaskView): number =>
  dueDayOf(a.dueAt).localeCompare(dueDayOf(b.dueAt)) ||
  Number(a.status === "created") - Number(b.status === "created") ||
  a.dueAt.localeCompare(b.dueAt);

function fits(task: TaskView, { kind, whose, country, words }: InboxFilters, myId: string): boolean {
  if (kind !== undefined && task.kind !== kind) return false;
  if (whose === "mine" && task.assignee?.id !== myId) return false;
  if (whose === "free" && task.status !== "ready") return false;
  if (country !== undefined && task.country !== country && task.market !== country) return false;
  const searched = [task.title, task.pilotTitle, task.assignee?.name ?? ""].join(" ").toLocaleLowerCase();
  return (words ?? "")
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
