/** Stages open and close: what is to be delivered, by whom and when; after the last one the pilot is completed. */
import { assertMay, assertSystem } from "../permissions.ts";
import type { ProcessDefinition, StageId } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, mapValues, recordIn, withRun } from "./decider.ts";
import { hoursOf, withWorkOpened } from "./deliverable-tasks.ts";
import { countryOf, isUnfinished, scheduleIn } from "./due-dates.ts";
import { assertSaid } from "./preconditions.ts";
import { isEnded, type PilotState, type StageRun } from "./state.ts";
import { finished } from "./task-states.ts";

export const stageDecisions = {
  /** A repeat finds the stage open. */
  OpenStage(state, { runId }, context) {
    assertSystem(context.actor);
    const run = runOf(state, runId);
    if (run.status !== "planned" || state.pilot.status !== "active") return undefined;
    const stage = stageOf(context.process, run.stageId);
    const deliverables = stage.deliverables.map((definition) => {
      const candidateRole = definition.deliveredBy[0] ?? "sme";
      const { id: deliverableId, name, formVersion, dueInDays, dependsOn } = definition;
      return {
        deliverableId,
        definitionId: deliverableId,
        formVersion,
        dependsOn,
        title: `${deliverableId} ${name}`,
        candidateRole,
        estimatedHours: hoursOf(definition),
        ...scheduleIn(context, dueInDays, countryOf(candidateRole, state.pilot, context.programme)),
      };
    });
    return { type: "StageOpened", ...decided(context), data: { runId, deliverables } };
  },

  /** After the gate has let the pilot pass: the next stage is planned, or the pilot is completed. A repeat finds it so. */
  CloseStage(state, { runId }, context) {
    assertSystem(context.actor);
    const run = runOf(state, runId);
    const passed = run.status === "passed" || run.status === "passed_with_conditions";
    if (!passed || state.pilot.currentRunId !== runId || isEnded(state.pilot)) return undefined;
    const { order } = stageOf(context.process, run.stageId);
    const ahead = context.process.stages.filter((stage) => stage.order > order).toSorted((a, b) => a.order - b.order);
    const skips = state.gates[runId]?.decisions.at(-1)?.decision === "skip";
    const [next] = skips ? ahead.slice(1) : ahead;
    const skipped = skips ? ahead.slice(0, 1) : [];
    return {
      type: "StageClosed",
      ...decided(context),
      data: {
        runId,
        skipped: skipped.map(({ id }) => plannedRun(state, id, context.newestProcess)),
        ...(next === undefined ? {} : { next: plannedRun(state, next.id, context.newestProcess) }),
        followUps: next === undefined ? followUpsOf(context) : [],
      },
    };
  },

  /** An operator's way out when an execution is lost: a new one takes over, from the state as it is (I1). */
  RestartExecution(state, { runId, reason }, context) {
    assertMay(context.actor, "execution.restart", state.pilot);
    const run = runOf(state, runId);
    if (isEnded(state.pilot) || state.pilot.currentRunId !== runId)
      throw new Refusal("NotInThisState", "stage_over", { status: run.status });
    assertSaid(reason, "/reason", "say_why_restarted");
    return {
      type: "ExecutionRestarted",
      ...decided(context, reason),
      data: { runId, executionNumber: run.executionNumber + 1 },
    };
  },
} satisfies Decisions<"OpenStage" | "CloseStage" | "RestartExecution">;

export const stageEvolutions = {
  StageOpened(state, { at, data }) {
    const { runId, deliverables } = data;
    const opened = withRun(state, { ...recordIn(state.runs, runId), status: "active", startedAt: at });
    return deliverables.reduce((after, planned) => withWorkOpened(after, { ...planned, runId, createdAt: at }), opened);
  },

  StageClosed(state, { at, data }) {
    const { skipProposal, decisions = [] } = state.gates[data.runId] ?? {};
    const withSkipped = data.skipped.reduce(
      (after, { runId, stageId, processVersion }) =>
        withRun(after, {
          id: runId,
          version: 1,
          stageId,
          status: "skipped",
          processVersion,
          endedAt: at,
          executionNumber: 1,
          skip: {
            reason: skipProposal?.text ?? skipProposal?.reason ?? "",
            evidence: skipProposal?.evidence ?? "",
            by: decisions.at(-1)?.by ?? [],
          },
        }),
      withRun(state, { ...recordIn(state.runs, data.runId), endedAt: at }),
    );
    return data.next === undefined ? completed(withSkipped, at, data.followUps) : withNext(withSkipped, data.next);
  },

  ExecutionRestarted: (state, { data }) =>
    withRun(state, { ...recordIn(state.runs, data.runId), executionNumber: data.executionNumber }),
} satisfies Evolutions<"StageOpened" | "StageClosed" | "ExecutionRestarted">;

type PlannedRun = Pick<StageRun, "stageId" | "processVersion"> & { readonly runId: string };

function plannedRun(state: PilotState, stageId: StageId, process: ProcessDefinition): PlannedRun {
  const before = Object.values(state.runs).filter((run) => run.stageId === stageId).length;
  return { runId: `${stageId}-${before + 1}`, stageId, processVersion: process.version };
}

function withNext(state: PilotState, { runId, stageId, processVersion }: PlannedRun): PilotState {
  const next: StageRun = { id: runId, version: 1, stageId, status: "planned", processVersion, executionNumber: 1 };
  return withRun({ ...state, pilot: { ...state.pilot, currentRunId: runId } }, next);
}

/** Conditions of the last gate stay open beyond the end; all other work is done. */
function completed(state: PilotState, at: string, followUps: PilotState["pilot"]["followUps"]): PilotState {
  const { atRiskSince: _atRiskSince, holdProposedAt: _holdProposedAt, ...pilot } = state.pilot;
  return {
    ...state,
    pilot: { ...pilot, status: "completed", endedAt: at, followUps },
    tasks: mapValues(state.tasks, (task) =>
      isUnfinished(task) && task.kind !== "condition" ? finished(task, "exited", at) : task,
    ),
  };
}

/** Surveys open so many months after the end, on the same day of the month or its last. */
const followUpsOf = ({ now, process }: Context) =>
  process.followUpMonths.map((month) => ({ month, opensAt: monthsLater(now, month) }));

function monthsLater(instant: string, months: number): string {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return date.toISOString();
}

/** Throws `Refusal` NotFound for a run the pilot does not have. */
export function runOf(state: PilotState, runId: string): StageRun {
  const run = Object.hasOwn(state.runs, runId) ? state.runs[runId] : undefined;
  if (run === undefined) throw new Refusal("NotFound", "no_such_stage");
  return run;
}

/** Every run's process version has its stage; another one is a bug. */
export function stageOf(process: ProcessDefinition, stageId: StageId) {
  const stage = process.stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw new Error(`Version ${process.version} of the process has no stage ${stageId}.`);
  return stage;
}
