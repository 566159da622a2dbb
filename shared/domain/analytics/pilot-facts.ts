/**
 * What the figures need to know of one pilot, made of its state and kept beside the programme's sums: short, because a
 * dashboard reads those of all pilots. Work that is over enters only as the days of its stage.
 */

import { waitsFor } from "../pilot/dependencies.ts";
import type { TeamMember } from "../pilot/state.ts";
import { isOpenTask, type PilotState, type PilotStatus, type StageRun, type TaskKind } from "../pilot/state.ts";
import type { ProcessRole, StageId } from "../process.ts";
import { heldMsIn, holdsOf, netDays, readyAt } from "./net-time.ts";
import { type BallDays, ballDaysOf } from "./waiting.ts";

export interface PilotFacts {
  readonly id: string;
  readonly organisationId: string;
  readonly title: string;
  readonly country: string;
  readonly market?: string;
  /** "intake", or the stage's id. */
  readonly stage: string;
  readonly status: PilotStatus;
  readonly appliedAt: string;
  readonly admittedAt?: string;
  readonly endedAt?: string;
  readonly hold?: { readonly since: string; readonly resumeOn: string };
  /** The first advisor leads. */
  readonly team: readonly Pick<TeamMember, "personId" | "role">[];
  readonly runs: readonly RunFacts[];
  readonly open: readonly OpenTask[];
}

export interface RunFacts {
  readonly id: string;
  readonly stageId: StageId;
  readonly status: StageRun["status"];
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** From start to end without holds; absent while it runs. */
  readonly days?: number;
  /** Of the holds that are over, while it runs. */
  readonly heldMs?: number;
  /** Who had the ball, up to its last change; absent for runs that led nowhere. */
  readonly ball?: BallDays;
}

export interface OpenTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly role: ProcessRole;
  readonly runId: string;
  /** Since when it could be done. */
  readonly since: string;
  /** Of the holds since then. */
  readonly heldMs?: number;
  readonly dueAt: string;
  readonly hours: number;
  readonly assigneeId?: string;
  /** Cannot be done yet: a decision before all scores are filed, a form before what it depends on is accepted. */
  readonly notYet?: true;
}

export function factsOf(state: PilotState): PilotFacts {
  const { pilot } = state;
  const holds = holdsOf(state).filter(({ until }) => Number.isFinite(until));
  const heldSince = (from: string) =>
    given("heldMs", heldMsIn({ from: Date.parse(from), until: Number.POSITIVE_INFINITY }, holds) || undefined);
  const current = pilot.currentRunId === undefined ? undefined : state.runs[pilot.currentRunId];
  return {
    id: pilot.id,
    organisationId: pilot.organisationId,
    title: pilot.title,
    country: pilot.country,
    ...given("market", pilot.primaryMarket),
    stage: current?.stageId ?? "intake",
    status: pilot.status,
    appliedAt: pilot.appliedAt,
    ...given("admittedAt", pilot.admittedAt),
    ...given("endedAt", pilot.endedAt),
    ...(pilot.hold === undefined ? {} : { hold: { since: pilot.hold.since, resumeOn: pilot.hold.resumeOn } }),
    team: pilot.team.map(({ personId, role }) => ({ personId, role })),
    runs: Object.values(state.runs).map((run): RunFacts => {
      const { id, stageId, status, startedAt, endedAt } = run;
      const times = { ...given("startedAt", startedAt), ...given("endedAt", endedAt) };
      if (startedAt === undefined || status === "stopped") return { id, stageId, status, ...times };
      return {
        id,
        stageId,
        status,
        ...times,
        ...(endedAt === undefined
          ? heldSince(startedAt)
          : { days: netDays({ from: Date.parse(startedAt), until: Date.parse(endedAt) }, holds) }),
        ball: ballDaysOf(state, run),
      };
    }),
    open: Object.values(state.tasks)
      .filter(isOpenTask)
      .map((task): OpenTask => {
        const since = readyAt(task, state);
        return {
          id: task.id,
          kind: task.kind,
          role: task.candidateRole,
          runId: task.runId,
          since,
          ...heldSince(since),
          dueAt: task.dueAt,
          hours: task.estimatedHours,
          ...given("assigneeId", task.assigneeId),
          ...(task.status === "created" || waitsFor(state, task).length > 0 ? { notYet: true as const } : {}),
        };
      }),
  };
}

/** A member that is there, or none: what is undefined cannot be stored. */
const given = <Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } =>
  // A computed name makes a record of any string; here it is the one given.
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };

export const isInFlight = ({ status }: Pick<PilotFacts, "status">): boolean =>
  status === "active" || status === "on_hold";

/** Days so far of a run that is under way, without the time on hold. */
export function daysSoFar({ hold }: PilotFacts, { startedAt, heldMs = 0 }: RunFacts, nowMs: number): number {
  const from = Date.parse(startedAt ?? "");
  const until = hold === undefined ? nowMs : Math.min(nowMs, Date.parse(hold.since));
  return Math.max(0, until - from - heldMs) / 86_400_000;
}

/** Passed and closed; what was skipped or stopped took no time that says anything. */
export const isPassed = ({ status, endedAt }: RunFacts): boolean =>
  (status === "passed" || status === "passed_with_conditions") && endedAt !== undefined;
