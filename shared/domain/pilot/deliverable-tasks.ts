/** The tasks that a deliverable brings: to work on it, as often as it is opened, and to review each revision. */
import type { DeliverableDefinition } from "../process.ts";
import { withDeliverable, withTask } from "./decider.ts";
import { isUnfinished } from "./due-dates.ts";
import type { Rescheduled } from "./events.ts";
import type { Deliverable, Pilot, PilotState, Task } from "./state.ts";
import { newTask } from "./task-states.ts";

/** The task to work on a deliverable; its number grows each time the work is opened again. */
export function produceTask(
  state: Pick<PilotState, "pilot" | "tasks">,
  work: Pick<Task, "title" | "runId" | "candidateRole" | "createdAt" | "estimatedHours"> & Rescheduled,
): Task {
  const number = produceTasksOf(state, work.deliverableId).length + 1;
  const id = `${work.deliverableId}.produce.${number}`;
  return newTask(state.pilot, { ...work, id, kind: "produce" });
}

/** A deliverable that nobody has begun, with the task to work on it. */
export function withWorkOpened(
  state: PilotState,
  work: Pick<Deliverable, "definitionId" | "formVersion" | "dependsOn"> & Parameters<typeof produceTask>[1],
): PilotState {
  const { definitionId, formVersion, dependsOn, ...task } = work;
  const opened = withDeliverable(state, {
    id: task.deliverableId,
    version: 1,
    definitionId,
    runId: task.runId,
    status: "not_started",
    formVersion,
    ...(dependsOn === undefined ? {} : { dependsOn }),
    startedAt: task.createdAt,
    dueAt: task.dueAt,
    dueDateChanges: [],
    draftVersion: 0,
    revision: 0,
    late: false,
    reviews: [],
    openFields: [],
  });
  return withTask(opened, produceTask(opened, task));
}

/** The next task to work on a deliverable that was worked on before, like the last one but for what is given. */
export function renewedProduceTask(
  state: Pick<PilotState, "pilot" | "tasks">,
  { deliverableId, dueAt, reminders }: Rescheduled,
  createdAt: string,
  changed: Partial<Pick<Task, "title" | "candidateRole">> = {},
): Task {
  const last = produceTasksOf(state, deliverableId).at(-1);
  if (last === undefined) throw new Error(`${deliverableId} was never worked on.`);
  const { title, runId, candidateRole, estimatedHours } = { ...last, ...changed };
  const task = produceTask(state, {
    deliverableId,
    dueAt,
    reminders,
    createdAt,
    title,
    runId,
    candidateRole,
    estimatedHours,
  });
  return { ...task, sentBack: true };
}

const hoursPerWorkDay = 8;

/** The work days of a deliverable in hours, as tasks count. */
export const hoursOf = ({ typicalWorkDays }: Pick<DeliverableDefinition, "typicalWorkDays">): number =>
  typicalWorkDays * hoursPerWorkDay;

/** What a reviewer is expected to need; the process names no figure. */
const reviewHours = 2;

/** The task to review a revision. */
export function reviewTask(
  pilot: Pick<Pilot, "team">,
  review: Pick<Task, "title" | "runId" | "candidateRole" | "createdAt"> & Rescheduled & { readonly revision: number },
): Task {
  const { revision, ...task } = review;
  const id = `${task.deliverableId}.review.${revision}`;
  return newTask(pilot, { ...task, id, kind: "review", estimatedHours: reviewHours });
}

/** In the order they were opened. */
export function produceTasksOf(state: Pick<PilotState, "tasks">, deliverableId: string): Task[] {
  const numberOf = (task: Task) => Number(task.id.slice(task.id.lastIndexOf(".") + 1));
  return Object.values(state.tasks)
    .filter((task) => task.deliverableId === deliverableId && task.kind === "produce")
    .sort((a, b) => numberOf(a) - numberOf(b));
}

/** The produce or review task of a deliverable that is not over, if there is one. */
export function unfinishedTaskOf(
  state: Pick<PilotState, "tasks">,
  deliverableId: string,
  kind: "produce" | "review",
): Task | undefined {
  return Object.values(state.tasks).find(
    (task) => task.deliverableId === deliverableId && task.kind === kind && isUnfinished(task),
  );
}
