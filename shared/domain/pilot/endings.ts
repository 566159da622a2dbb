/** How a pilot ends before its time: stopped by the coordinator, withdrawn by the SME. What is accepted stays accepted. */
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, mapValues, withPilot, withTask } from "./decider.ts";
import { deciderSchedule, isUnfinished } from "./due-dates.ts";
import { assertSaid } from "./preconditions.ts";
import { isEnded, isRunOver, isSettled, mayObjectUntil, objectionDays, type PilotState } from "./state.ts";
import { finished, newTask } from "./task-states.ts";

/** One stop, one objection. */
export const objectionTaskId = "pilot.objection.1";

const answerDays = 14;

export const endingDecisions = {
  StopPilot(state, { reason }, context) {
    const { pilot } = state;
    assertMay(context.actor, "pilot.stop", pilot);
    if (pilot.status === "stopped") return undefined;
    if (pilot.status === "applied") throw new Refusal("NotInThisState", "not_admitted_yet", { status: pilot.status });
    assertNotEnded(state);
    assertSaid(reason, "/reason", "say_why_stopped");
    return {
      type: "PilotStopped",
      ...decided(context, reason),
      data: pilot.currentRunId === undefined ? {} : { runId: pilot.currentRunId },
    };
  },

  ObjectToStop(state, { text }, context) {
    const { pilot } = state;
    assertMay(context.actor, "pilot.object", pilot);
    if (pilot.status !== "stopped" || pilot.endedAt === undefined)
      throw new Refusal("NotInThisState", "not_stopped", { status: pilot.status });
    if (pilot.objection !== undefined) {
      if (pilot.objection.text === text) return undefined;
      throw new Refusal("NotInThisState", "objected_already");
    }
    if (Date.parse(context.now) > Date.parse(mayObjectUntil(pilot.endedAt)))
      throw new Refusal("NotInThisState", { key: "objection_too_late", days: objectionDays });
    assertSaid(text, "/text", "say_objection");
    return {
      type: "StopObjected",
      ...decided(context),
      data: { text, ...deciderSchedule(context, answerDays) },
    };
  },

  WithdrawPilot(state, { reason }, context) {
    assertMay(context.actor, "pilot.withdraw", state.pilot);
    if (state.pilot.status === "withdrawn") return undefined;
    assertNotEnded(state);
    assertSaid(reason, "/reason", "say_why_withdrawn");
    return { type: "PilotWithdrawn", ...decided(context, reason), data: { aidCents: state.pilot.aidCents } };
  },
} satisfies Decisions<"StopPilot" | "ObjectToStop" | "WithdrawPilot">;

export const endingEvolutions = {
  PilotStopped: (state, { at, reason }) => ended(state, "stopped", at, reason),
  PilotWithdrawn: (state, { at, reason, data }) =>
    withPilot(ended(state, "withdrawn", at, reason), { aidCents: data.aidCents }),
  StopObjected(state, { at, actor, data }) {
    const objected = withPilot(state, { objection: { personId: actor.personId, at, text: data.text } });
    const task = newTask(state.pilot, {
      id: objectionTaskId,
      kind: "objection",
      title: "Answer the objection to the stop",
      runId: state.pilot.currentRunId ?? "intake",
      candidateRole: "coordinator",
      createdAt: at,
      dueAt: data.dueAt,
      reminders: data.reminders,
      estimatedHours: 2,
    });
    return withTask(objected, { ...task, priority: "high" });
  },
} satisfies Evolutions<"PilotStopped" | "PilotWithdrawn" | "StopObjected">;

/** Nothing is left to do: open tasks exit, open deliverables are cancelled, the run and its gate are over. */
export function ended(
  state: PilotState,
  status: "stopped" | "withdrawn",
  at: string,
  reason: string | undefined,
): PilotState {
  const { hold: _hold, atRiskSince: _atRiskSince, holdProposedAt: _holdProposedAt, ...pilot } = state.pilot;
  return {
    ...state,
    pilot: { ...pilot, status, endedAt: at, ...(reason === undefined ? {} : { endReason: reason }) },
    runs: mapValues(state.runs, (run) => (isRunOver(run) ? run : { ...run, status: "stopped", endedAt: at })),
    deliverables: mapValues(state.deliverables, (deliverable) =>
      isSettled(deliverable) ? deliverable : { ...deliverable, status: "cancelled" },
    ),
    tasks: mapValues(state.tasks, (task) => (isUnfinished(task) ? finished(task, "exited", at) : task)),
    gates: mapValues(state.gates, (gate) => (gate.status === "open" ? { ...gate, status: "closed" } : gate)),
  };
}

function assertNotEnded({ pilot }: PilotState): void {
  if (isEnded(pilot)) throw new Refusal("NotInThisState", "pilot_ended", { status: pilot.status });
}
