/** Conditions under which a pilot goes on from a gate: each a task with a date, met with evidence. */
import { isDate, localDateOf } from "../calendar.ts";
import { assertMay, playsRole } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, withPilot, withTask } from "./decider.ts";
import { countryOf, daysBetween, isUnfinished, scheduleIn, withRisk } from "./due-dates.ts";
import type { EventOf } from "./events.ts";
import { decisionHours } from "./gates.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import type { PilotState } from "./state.ts";
import { finished, newTask } from "./task-states.ts";

export const conditionDecisions = {
  MeetCondition(state, { conditionId, evidence }, context) {
    const { pilot } = state;
    assertMay(context.actor, "task.work", pilot);
    const condition = pilot.conditions.find(({ id }) => id === conditionId);
    if (condition === undefined) throw new Refusal("NotFound", "no_such_condition");
    if (condition.metAt !== undefined) return undefined;
    // Conditions of the last gate are met after the pilot is completed.
    if (pilot.status !== "completed") assertWorkable(state, condition.runId);
    if (context.actor.role !== "coordinator" && !playsRole(context.actor, condition.ownerRole, pilot))
      throw new Refusal("NotAllowed", "condition_of_others", { role: context.actor.role });
    assertSaid(evidence, "/evidence", "say_condition_evidence");
    return { type: "ConditionMet", ...decided(context), data: { conditionId, evidence } };
  },
} satisfies Decisions<"MeetCondition">;

export const conditionEvolutions = {
  ConditionMet(state, { at, actor, data }) {
    const { conditionId, evidence } = data;
    const conditions = state.pilot.conditions.map((condition) =>
      condition.id === conditionId ? { ...condition, metAt: at, evidence } : condition,
    );
    const met = withPilot(state, { conditions });
    const task = Object.values(state.tasks).find((each) => each.conditionId === conditionId);
    if (task === undefined || !isUnfinished(task)) return withRisk(met);
    return withRisk(withTask(met, { ...finished(task, "completed", at), assigneeId: actor.personId }));
  },
} satisfies Evolutions<"ConditionMet">;

export function conditionsOf(
  state: PilotState,
  { runId, conditions = [] }: CommandOf<"DecideGate">,
  context: Context,
): EventOf<"GateDecided">["data"]["conditions"] {
  if (conditions.length === 0) throw new Refusal("RuleBroken", "condition_needed", { pointer: "/conditions" });
  const before = state.pilot.conditions.filter((condition) => condition.runId === runId).length;
  return conditions.map(({ text, ownerRole, dueOn }, index) => {
    assertSaid(text, `/conditions/${index}/text`, "say_condition");
    const country = countryOf(ownerRole, state.pilot, context.programme);
    const days = isDate(dueOn)
      ? daysBetween(`${localDateOf(context.now, country)}T00:00:00Z`, `${dueOn}T00:00:00Z`)
      : 0;
    if (days <= 0)
      throw new Refusal("RuleBroken", "choose_condition_day", {
        pointer: `/conditions/${index}/dueOn`,
      });
    const id = `${runId}-c${before + index + 1}`;
    return { id, runId, text, ownerRole, taskId: `${id}.condition`, ...scheduleIn(context, days, country) };
  });
}

export function withConditions(state: PilotState, { at, data }: EventOf<"GateDecided">): PilotState {
  return data.conditions.reduce((after, { reminders, ...condition }) => {
    const task = newTask(after.pilot, {
      id: condition.taskId,
      kind: "condition",
      title: condition.text,
      runId: condition.runId,
      conditionId: condition.id,
      candidateRole: condition.ownerRole,
      createdAt: at,
      dueAt: condition.dueAt,
      reminders,
      estimatedHours: decisionHours,
    });
    return withTask(withPilot(after, { conditions: [...after.pilot.conditions, condition] }), task);
  }, state);
}
