/**
 * Who reads the business case: its drafts, revisions, reviews and files.
 *
 * 1. The company, its advisor, coordinators and auditors, by the matrix.
 * 2. An expert whose own task needs it: scoring the gate of the feasibility stage, which judges the figures, or LC-2,
 *    which is built on them. A task that was done counts for 30 days.
 * 3. An expert whom the company has asked a question about it. Nobody else: no living lab.
 */
import { type Actor, seatOf } from "../actor.ts";
import { afterWork, assertMay, may } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { isBusinessCase } from "./deliverable-kinds.ts";
import { isUnfinished } from "./due-dates.ts";
import type { Deliverable, PilotState, Task } from "./state.ts";

export function mayReadForm(actor: Actor, deliverable: Deliverable, state: PilotState): boolean {
  if (!isBusinessCase(deliverable) || may(actor, "figures.read", state.pilot)) return true;
  if (actor.role !== "expert" || !may(actor, "pilot.read", state.pilot)) return false;
  return Object.values(state.tasks).some(
    (task) => isTheirs(task, actor) && isOnHand(task, actor) && needs(task, state),
  );
}

/** Throws `Refusal`. */
export function assertMayReadForm(actor: Actor, deliverable: Deliverable, state: PilotState): void {
  if (mayReadForm(actor, deliverable, state)) return;
  if (actor.role !== "expert") assertMay(actor, "figures.read", state.pilot);
  throw new Refusal("NotAllowed", "figures_not_for_experts", { role: actor.role });
}

/** Of a task nobody has yet all of its role may see what it is about. */
const isTheirs = ({ assigneeId, ownerId, candidateRole }: Task, actor: Actor): boolean =>
  assigneeId === seatOf(actor) ||
  ownerId === seatOf(actor) ||
  (assigneeId === undefined && candidateRole === actor.role);

const isOnHand = (task: Task, { at }: Actor): boolean =>
  isUnfinished(task) || (task.completedAt !== undefined && (at === undefined || at <= afterWork(task.completedAt)));

function needs({ kind, runId, deliverableId, question }: Task, { runs, deliverables }: PilotState): boolean {
  if (kind === "gate_score") return runs[runId]?.stageId === "feasibility";
  if (kind === "question") {
    const asked = deliverables[question?.deliverableId ?? ""];
    return asked !== undefined && isBusinessCase(asked) && question?.askedByRole?.startsWith("sme_") === true;
  }
  return deliverables[deliverableId ?? ""]?.definitionId === "LC-2";
}
