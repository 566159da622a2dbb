/** The clock stands still: while a pilot is held nothing is due and nobody works; afterwards every open date is later by that time. */
import { isDate, localDateOf, shiftByHold } from "../calendar.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, mapValues } from "./decider.ts";
import { produceTasksOf } from "./deliverable-tasks.ts";
import { countryOf, remindersLeft, reschedule, withFlags, withRisk } from "./due-dates.ts";
import type { EventOf, Rescheduled, Schedule } from "./events.ts";
import { assertSaid } from "./preconditions.ts";
import { type Hold, isOpenTask, isSettled, type PilotState, type StageRun, type Task } from "./state.ts";

const longestHoldDays = 180;
const remindDaysBefore = 14;
const dayMs = 86_400_000;

export const holdDecisions = {
  HoldPilot(state, { reason, resumeOn }, context) {
    const { pilot } = state;
    assertMay(context.actor, "pilot.hold", pilot);
    if (pilot.status === "on_hold") {
      if (pilot.hold?.resumeOn === resumeOn) return undefined;
      throw new Refusal(
        "NotInThisState",
        { key: "on_hold_until", resumeOn: pilot.hold?.resumeOn ?? "" },
        { status: pilot.status },
      );
    }
    if (pilot.status !== "active") throw new Refusal("NotInThisState", "not_under_way", { status: pilot.status });
    const run = currentRun(state);
    if (run?.status !== "active" && run?.status !== "at_gate")
      throw new Refusal("NotInThisState", "moving_on", { status: run?.status });
    assertSaid(reason, "/reason", "say_why_held");
    return {
      type: "PilotHeld",
      ...decided(context, reason),
      data: { resumeOn, remindAt: holdReminders(resumeOn, context) },
    };
  },

  ResumePilot(state, { reason }, context) {
    const { pilot } = state;
    assertMay(context.actor, "pilot.hold", pilot);
    if (pilot.status === "active") return undefined;
    if (pilot.status !== "on_hold" || pilot.hold === undefined)
      throw new Refusal("NotInThisState", "not_on_hold", { status: pilot.status });
    const heldMs = Date.parse(context.now) - Date.parse(pilot.hold.since);
    return {
      type: "PilotResumed",
      ...decided(context, reason),
      data: { heldMs, ...datesAfter(state, heldMs, context) },
    };
  },
} satisfies Decisions<"HoldPilot" | "ResumePilot">;

export const holdEvolutions = {
  PilotHeld: (state, { at, reason, data }) => held(state, { ...data, at, reason: reason ?? "" }),

  PilotResumed(state, { at, actor, reason, data }) {
    const { hold, ...pilot } = state.pilot;
    if (hold === undefined) return state;
    const run = currentRun(state);
    const resumed: PilotState = {
      ...state,
      pilot: { ...pilot, status: "active" },
      runs: run === undefined ? state.runs : { ...state.runs, [run.id]: resumedRun(run, hold, at) },
      gates: mapValues(state.gates, (gate) =>
        gate.runId === run?.id && hold.runStatusBefore === "at_gate" ? { ...gate, status: "open" } : gate,
      ),
      tasks: mapValues(state.tasks, unsuspended),
    };
    return withRisk(withNewDates(resumed, { at, actor, reason: reason ?? hold.reason, data }));
  },
} satisfies Evolutions<"PilotHeld" | "PilotResumed">;

/**
 * When people are reminded that a hold ends: 14 days before, and on the day. Throws `Refusal` RuleBroken unless the day
 * is ahead and at most 180 days away.
 */
export function holdReminders(resumeOn: string, context: Context): readonly string[] {
  const today = localDateOf(context.now, context.programme.country);
  const days = (Date.parse(resumeOn) - Date.parse(today)) / dayMs;
  if (!isDate(resumeOn) || !(days > 0 && days <= longestHoldDays))
    throw new Refusal("RuleBroken", { key: "choose_day_within", days: longestHoldDays }, { pointer: "/resumeOn" });
  const at = (daysBefore: number) => new Date(Date.parse(resumeOn) - daysBefore * dayMs).toISOString();
  return [at(remindDaysBefore), at(0)].filter((instant) => instant > context.now);
}

/** On hold since `at`: the run waits as well, open tasks are suspended. */
export function held(
  state: PilotState,
  hold: {
    readonly at: string;
    readonly reason: string;
    readonly resumeOn: string;
    readonly remindAt: readonly string[];
  },
): PilotState {
  const run = currentRun(state);
  if (run === undefined) return state;
  const { holdProposedAt: _holdProposedAt, ...pilot } = state.pilot;
  const { at, ...rest } = hold;
  return {
    ...state,
    pilot: { ...pilot, status: "on_hold", hold: { ...rest, since: at, runStatusBefore: run.status } },
    runs: { ...state.runs, [run.id]: { ...run, status: "on_hold" } },
    tasks: mapValues(state.tasks, (task) =>
      isOpenTask(task) ? { ...task, status: "suspended", statusBefore: task.status } : task,
    ),
  };
}

const resumedRun = (run: StageRun, { since, runStatusBefore }: Hold, at: string): StageRun => ({
  ...run,
  status: runStatusBefore,
  holds: [...(run.holds ?? []), { since, until: at }],
});

function unsuspended(task: Task): Task {
  if (task.status !== "suspended") return task;
  const { statusBefore, ...rest } = task;
  return { ...rest, status: statusBefore ?? "ready" };
}

/** New dates of everything that is open, reminders included. */
function datesAfter(
  state: PilotState,
  heldMs: number,
  context: Context,
): Pick<EventOf<"PilotResumed">["data"], "rescheduled" | "tasks"> {
  const { extraHolidays } = context.programme;
  const rescheduled = Object.values(state.deliverables).flatMap((deliverable): Rescheduled[] => {
    if (isSettled(deliverable)) return [];
    const produce = produceTasksOf(state, deliverable.id).at(-1);
    if (produce === undefined) return [];
    const country = countryOf(produce.candidateRole, state.pilot, context.programme);
    const dueAt = shiftByHold(deliverable.dueAt, heldMs, country, extraHolidays);
    const reminders = remindersLeft(context, { ...produce, dueAt }, produce.createdAt, country);
    return [{ deliverableId: deliverable.id, dueAt, reminders }];
  });
  const tasks = Object.values(state.tasks).flatMap((task): (Schedule & { taskId: string })[] => {
    if (task.status !== "suspended" || task.kind === "produce") return [];
    const country = countryOf(task.candidateRole, state.pilot, context.programme);
    const dueAt = shiftByHold(task.dueAt, heldMs, country, extraHolidays);
    const reminders = task.reminders.map(({ step, at }) => ({
      step,
      at: new Date(Date.parse(at) + Date.parse(dueAt) - Date.parse(task.dueAt)).toISOString(),
    }));
    return [{ taskId: task.id, dueAt, reminders }];
  });
  return { rescheduled, tasks };
}

function withNewDates(
  state: PilotState,
  { at, actor, reason, data }: Pick<EventOf<"PilotResumed">, "at" | "actor" | "data"> & { readonly reason: string },
): PilotState {
  const change = { reason, personId: actor.personId, at, kind: "hold" as const };
  const withDeliverables = data.rescheduled.reduce((after, dates) => reschedule(after, dates, change), state);
  const dates = new Map(data.tasks.map(({ taskId, dueAt, reminders }) => [taskId, { dueAt, reminders }]));
  const tasks = mapValues(withDeliverables.tasks, (task) => {
    const moved = dates.get(task.id);
    return moved === undefined ? task : withFlags({ ...task, ...moved });
  });
  const gates = mapValues(state.gates, (gate) => {
    const decision = dates.get(`${gate.runId}.gate_decision.${gate.round}`);
    return decision === undefined ? gate : { ...gate, decideBy: decision.dueAt };
  });
  return { ...withDeliverables, tasks, gates };
}

const currentRun = ({ pilot, runs }: PilotState): StageRun | undefined =>
  pilot.currentRunId === undefined ? undefined : runs[pilot.currentRunId];
