/**
 * What the clock does to a pilot: reminders, escalations, holds that end, surveys that open.
 *
 * Each call fires one due action, the earliest, and takes it from the list of what is to come; so each happens once,
 * however often and however late the clock calls (I7). `nextActionAt` and `FireDueAction` read the same list.
 */
import { assertSystem } from "../permissions.ts";
import type { ReminderRecipient } from "../process.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withPilot, withTask } from "./decider.ts";
import { hoursOf, withWorkOpened } from "./deliverable-tasks.ts";
import { scheduleIn, withFlags, withRisk } from "./due-dates.ts";
import type { EventOf, PilotEvent } from "./events.ts";
import { isEnded, isInternalTask, isOpenTask, type PendingReminder, type PilotState, type Task } from "./state.ts";

type DueAction = { readonly at: string } & (
  | { readonly kind: "reminder"; readonly task: Task; readonly reminder: PendingReminder }
  | { readonly kind: "hold" }
  | { readonly kind: "survey"; readonly month: number }
);

/** When the clock has something to do for this pilot; undefined: not as things stand. */
export const nextActionAt = (state: PilotState): string | undefined => nextAction(state)?.at;

export const deadlineDecisions = {
  FireDueAction(state, _command, context) {
    assertSystem(context.actor);
    const action = nextAction(state);
    if (action === undefined || action.at > context.now) return undefined;
    switch (action.kind) {
      case "reminder":
        return reminderOf(action.task, action.reminder, context);
      case "hold":
        return holdReminderOf(state, context);
      case "survey":
        return surveyOf(state, action.month, context);
    }
  },
} satisfies Decisions<"FireDueAction">;

export const deadlineEvolutions = {
  ReminderFired(state, { at, data }) {
    const task = recordIn(state.tasks, data.taskId);
    const fired = withTask(
      state,
      withFlags({
        ...task,
        reminders: task.reminders.filter(({ step }) => step !== data.step),
        fired: [...task.fired, { step: data.step, dueAt: data.dueAt, at }],
      }),
    );
    // A survey that is late puts no pilot at risk: it has ended.
    return isEnded(state.pilot) ? fired : withRisk(fired);
  },

  HoldReminderFired(state) {
    const { hold } = state.pilot;
    return hold === undefined ? state : withPilot(state, { hold: { ...hold, remindAt: hold.remindAt.slice(1) } });
  },

  FollowUpOpened(state, { at, data }) {
    const { month, ...work } = data;
    const followUps = state.pilot.followUps.map((each) =>
      each.month === month ? { ...each, deliverableId: work.deliverableId } : each,
    );
    return withWorkOpened(withPilot(state, { followUps }), {
      ...work,
      runId: "follow-up",
      candidateRole: "sme",
      createdAt: at,
    });
  },
} satisfies Evolutions<"ReminderFired" | "HoldReminderFired" | "FollowUpOpened">;

/** The earliest. Of several at one time a late review comes first, since it silences others. */
function nextAction(state: PilotState): DueAction | undefined {
  let next: DueAction | undefined;
  for (const action of actionsAhead(state)) {
    if (next === undefined || action.at < next.at || (action.at === next.at && silences(action) && !silences(next)))
      next = action;
  }
  return next;
}

const silences = (action: DueAction): boolean => action.kind === "reminder" && action.reminder.step === "review";

function actionsAhead({ pilot, tasks }: PilotState): readonly DueAction[] {
  const open = Object.values(tasks).filter(isOpenTask);
  const reviewLate = open.some((task) => task.kind === "review" && task.overdueSince !== undefined);
  const reminders = open
    // While a review is late, the clock of those who wait for it stands still.
    .filter((task) => !(reviewLate && task.candidateRole === "sme"))
    .flatMap((task) =>
      task.reminders.map((reminder) => ({ kind: "reminder" as const, at: reminder.at, task, reminder })),
    );
  const [holdAt] = pilot.status === "on_hold" ? (pilot.hold?.remindAt ?? []) : [];
  const surveys = pilot.status === "completed" ? pilot.followUps : [];
  return [
    ...reminders,
    ...(holdAt === undefined ? [] : [{ kind: "hold" as const, at: holdAt }]),
    ...surveys.flatMap(({ month, opensAt, deliverableId }) =>
      deliverableId === undefined ? [{ kind: "survey" as const, at: opensAt, month }] : [],
    ),
  ];
}

function reminderOf(task: Task, { step }: PendingReminder, context: Context): EventOf<"ReminderFired"> | undefined {
  const definition = context.process.reminders.find(({ id }) => id === step);
  if (definition === undefined)
    throw new Error(`Version ${context.process.version} of the process has no reminder ${step}.`);
  return {
    type: "ReminderFired",
    ...decided(context),
    data: {
      taskId: task.id,
      step,
      dueAt: task.dueAt,
      to: recipientsFor(task, definition.to),
      kind: definition.kind,
    },
  };
}

/** Of an internal question the company is told nothing. */
function recipientsFor(task: Task, to: readonly ReminderRecipient[]): readonly ReminderRecipient[] {
  if (isForDeciders(task)) return to.filter(isPerformer);
  return isInternalTask(task) ? to.filter((recipient) => recipient !== "sme_admin") : to;
}

/** Nobody else is told that a gate or an objection waits for its deciders. */
const isForDeciders = ({ kind }: Task): boolean =>
  kind === "gate_score" || kind === "gate_decision" || kind === "objection";

const isPerformer = (recipient: ReminderRecipient): boolean => recipient === "performer";

function holdReminderOf({ pilot }: PilotState, context: Context): PilotEvent | undefined {
  if (pilot.hold === undefined) return undefined;
  const { resumeOn, remindAt } = pilot.hold;
  const kind = remindAt.length > 1 ? "soon" : "reached";
  return { type: "HoldReminderFired", ...decided(context), data: { resumeOn, kind } };
}

function surveyOf({ pilot }: PilotState, month: number, context: Context): EventOf<"FollowUpOpened"> {
  const { followUp } = context.process;
  const { id, name, formVersion, dueInDays } = followUp;
  const { dueAt, reminders } = scheduleIn(context, dueInDays, pilot.country);
  return {
    type: "FollowUpOpened",
    ...decided(context),
    data: {
      month,
      deliverableId: `${id}-${month}`,
      definitionId: id,
      formVersion,
      title: `${id} ${name}`,
      estimatedHours: hoursOf(followUp),
      dueAt,
      // There is nothing left to hold.
      reminders: reminders.filter(({ step }) => step !== "esc3"),
    },
  };
}
