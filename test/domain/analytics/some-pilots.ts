/** Facts of pilots as the projection keeps them, made up for one test at a time. Days are counted from `dayZero`. */
import { dayMs } from "../../../shared/domain/analytics/net-time.ts";
import type { OpenTask, PilotFacts, RunFacts } from "../../../shared/domain/analytics/pilot-facts.ts";
import type { StageId } from "../../../shared/domain/process.ts";

export const dayZero = Date.parse("2027-01-01T00:00:00.000Z");
export const day = (days: number): string => new Date(dayZero + days * dayMs).toISOString();

export const stageIds = ["needs", "feasibility", "adaptation", "guidance"] as const satisfies readonly StageId[];

export const facts = (id: string, changes: Partial<PilotFacts> = {}): PilotFacts => ({
  id,
  organisationId: `company of ${id}`,
  title: id,
  country: "EE",
  stage: "needs",
  status: "active",
  appliedAt: day(-30),
  admittedAt: day(-10),
  team: [{ personId: "advisor-1", role: "advisor" }],
  runs: [],
  open: [],
  ...changes,
});

export const passedRun = (stageId: StageId, days: number, endedOn = 0): RunFacts => ({
  id: `${stageId}-1`,
  stageId,
  status: "passed",
  startedAt: day(endedOn - days),
  endedAt: day(endedOn),
  days,
});

export const activeRun = (stageId: StageId, startedOn: number, changes: Partial<RunFacts> = {}): RunFacts => ({
  id: `${stageId}-1`,
  stageId,
  status: "active",
  startedAt: day(startedOn),
  ...changes,
});

/** Through all four stages, each so many days. */
export const completed = (id: string, days: readonly [number, number, number, number], endedOn = 0): PilotFacts =>
  facts(id, {
    stage: "guidance",
    status: "completed",
    endedAt: day(endedOn),
    runs: stageIds.map((stage, index) => passedRun(stage, days[index] ?? 0, endedOn)),
  });

export const openTask = (id: string, changes: Partial<OpenTask> = {}): OpenTask => ({
  id,
  kind: "produce",
  role: "advisor",
  runId: "needs-1",
  since: day(0),
  dueAt: day(20),
  hours: 8,
  ...changes,
});
