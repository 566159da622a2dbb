/**
 * Gates: scored independently, decided by the coordinator on the newest revisions only.
 *
 * A gate opens once for each round; when work on a deliverable begins anew, the round is over and the next one opens
 * after the work is accepted. Past decisions stay on record.
 */
import { assertSystem } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import {
  type Decisions,
  decided,
  type Evolutions,
  mapValues,
  recordIn,
  withGate,
  withRun,
  withTask,
} from "./decider.ts";
import { deciderSchedule, isUnfinished } from "./due-dates.ts";
import { runOf, stageOf } from "./stages.ts";
import { type Deliverable, type Gate, isSettled, type PilotState, type Task } from "./state.ts";
import { finished, newTask, unassigned } from "./task-states.ts";

/** What a decider is expected to need; the process names no figure. */
const scoreHours = 2;

export const decisionHours = 1;

export const gateDecisions = {
  /** When all work of the run is settled. A repeat, or a call too early, changes nothing. */
  OpenGate(state, { runId }, context) {
    assertSystem(context.actor);
    const run = runOf(state, runId);
    if (run.status !== "active" || state.pilot.status !== "active") return undefined;
    if (!deliverablesOf(state, runId).every(isSettled)) return undefined;
    const { gate } = stageOf(context.process, run.stageId);
    const { dueAt: decideBy, reminders } = deciderSchedule(context, gate.decideWithinDays);
    const round = (state.gates[runId]?.round ?? 0) + 1;
    const { experts } = gate.decidedBy;
    return {
      type: "GateOpened",
      ...decided(context),
      data: { runId, gateId: gate.id, round, decideBy, reminders, experts, title: gate.name },
    };
  },
} satisfies Decisions<"OpenGate">;

export const gateEvolutions = {
  GateOpened(state, { at, data }) {
    const { runId, gateId, round, decideBy, reminders, experts, title } = data;
    const gate: Gate = {
      runId,
      version: 1,
      gateId,
      round,
      status: "open",
      openedAt: at,
      decideBy,
      scores: [],
      scoresNeeded: { coordinator: 1, expert: experts },
      decisions: state.gates[runId]?.decisions ?? [],
    };
    const opened = withGate(withRun(state, { ...recordIn(state.runs, runId), status: "at_gate" }), gate);
    const common = { runId, createdAt: at, dueAt: decideBy, reminders };
    const coordinatorScore = newTask(state.pilot, {
      ...common,
      id: `${runId}.gate_score.${round}.coordinator`,
      kind: "gate_score",
      title: `Score: ${title}`,
      candidateRole: "coordinator",
      estimatedHours: scoreHours,
    });
    const expertScores = Array.from({ length: experts }, (_, seat): Task => {
      const task = newTask(state.pilot, {
        ...common,
        id: `${runId}.gate_score.${round}.expert-${seat + 1}`,
        kind: "gate_score",
        title: `Score: ${title}`,
        candidateRole: "expert",
        estimatedHours: scoreHours,
      });
      // Nobody scores twice: a single expert is given one seat only, the others wait for further experts.
      return seat === 0 ? task : unassigned(task);
    });
    const decision = newTask(state.pilot, {
      ...common,
      id: `${runId}.gate_decision.${round}`,
      kind: "gate_decision",
      title: `Decide: ${title}`,
      candidateRole: "coordinator",
      estimatedHours: decisionHours,
    });
    const tasks = [coordinatorScore, ...expertScores, { ...decision, status: "created" as const }];
    return tasks.reduce(withTask, opened);
  },
} satisfies Evolutions<"GateOpened">;

/** Throws `Refusal` NotInThisState unless the gate is open in the round the person looked at. */
export function openGate(state: PilotState, runId: string, round: number): Gate {
  const gate = state.gates[runId];
  if (runOf(state, runId).status !== "at_gate" || gate?.status !== "open")
    throw new Refusal("NotInThisState", "gate_not_open", { status: gate?.status });
  if (gate.round !== round) throw new Refusal("NotInThisState", "gate_opened_again", { round: gate.round });
  return gate;
}

/** Work is open again in a run that stood before its gate: the round is over without a decision, a new one follows. */
export function withGateLeft(state: PilotState, runId: string, at: string): PilotState {
  const run = state.runs[runId];
  if (run?.status !== "at_gate") return state;
  let after = withRun(state, { ...run, status: "active" });
  const gate = state.gates[runId];
  if (gate?.status === "open") after = withGate(after, { ...gate, status: "closed" });
  return { ...after, tasks: withGateTasks(after, runId, (task) => finished(task, "exited", at)) };
}

export const decisionTaskId = ({ runId, round }: Gate): string => `${runId}.gate_decision.${round}`;

export const gateTasksOf = (state: PilotState, runId: string): readonly Task[] =>
  Object.values(state.tasks).filter((task) => isGateTask(task, runId) && isUnfinished(task));

/** Nobody scores a gate twice: whether the person scores, or has scored, this round of it from another seat than the task's. */
export const hasAnotherSeat = ({ tasks }: PilotState, task: Task, personId: string): boolean =>
  task.kind === "gate_score" &&
  Object.values(tasks).some(
    ({ id, kind, runId, createdAt, assigneeId }) =>
      id !== task.id &&
      kind === "gate_score" &&
      runId === task.runId &&
      createdAt === task.createdAt &&
      assigneeId === personId,
  );

const isGateTask = (task: Task, runId: string): boolean =>
  task.runId === runId && (task.kind === "gate_score" || task.kind === "gate_decision");

export const withGateTasks = (state: PilotState, runId: string, change: (task: Task) => Task): PilotState["tasks"] =>
  mapValues(state.tasks, (task) => (isGateTask(task, runId) && isUnfinished(task) ? change(task) : task));

export const deliverablesOf = (state: PilotState, runId: string): readonly Deliverable[] =>
  Object.values(state.deliverables).filter((deliverable) => deliverable.runId === runId);
