/**
 * A sample programme with as many pilots as wanted, at once: the heads that lists are made of, written straight into the
 * store. There is no work behind them; what opens a single pilot needs one that was walked.
 */
import { sampleProgrammeId } from "../../local/sample/people.ts";
import { key, toItems } from "../../shared/contracts/items.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { PilotState, PilotStatus, StageRunStatus, Task } from "../../shared/domain/pilot/state.ts";
import type { NewItem, Store } from "../../shared/ports/store.ts";
import { organisationItem } from "../../shared/records/people.ts";

const dayMs = 24 * 60 * 60 * 1000;
const advisors = ["advisor-1", "advisor-2", "advisor-3"];
const countries = ["LV", "FI", "EE", "LT", "SE", "PL"];
const stages = latestProcess.stages.map(({ id }) => id);
const services = ["class planner", "permit desk", "energy board", "rehab coach", "sleep journal", "invoice helper"];

/** For a store with the sample people: `startFairway({ fill: (store) => addManyPilots(store, 5000) })`. */
export async function addManyPilots(store: Store, count: number): Promise<void> {
  const now = Date.now();
  const states = Array.from({ length: count }, (_, n) => pilotState(n, now));
  const items: NewItem[] = states.flatMap((state) => {
    const { id, organisationId, country } = state.pilot;
    const [head] = toItems(state);
    if (head === undefined) throw new Error(`${id} has no head.`);
    const company = { id: organisationId, name: companyName(id), country, programmeId: sampleProgrammeId };
    return [head, organisationItem({ ...company, kind: "sme" })];
  });
  const open = states.flatMap(({ tasks }) => Object.values(tasks));
  items.push({
    ...key.counters(sampleProgrammeId),
    type: "pipeline",
    data: {
      places: {},
      pilots: count,
      atRisk: states.filter(({ pilot }) => pilot.atRiskSince !== undefined).length,
      onHold: states.filter(({ pilot }) => pilot.status === "on_hold").length,
      openTasks: open.length,
      overdueTasks: open.filter(({ dueAt }) => Date.parse(dueAt) < now).length,
    },
  });
  for (let from = 0; from < items.length; from += 90) {
    await store.derive(
      items.slice(from, from + 90).map((item) => ({ kind: "put" as const, item, expectedVersion: 0 })),
    );
  }
}

const companyName = (pilotId: string): string => `Sample company ${pilotId.slice("many-".length)}`;

/** The n-th pilot: the same in every run but for its dates, which are counted from now. */
function pilotState(n: number, now: number): PilotState {
  const at = (days: number) => new Date(now + days * dayMs).toISOString();
  const id = `many-${String(n + 1).padStart(4, "0")}`;
  const country = countries[n % countries.length] ?? "LV";
  const stageId = stages[n % stages.length];
  if (stageId === undefined) throw new Error("The process has no stages.");
  const runId = `${stageId}-1`;
  const isApplied = n % 9 === 8;
  const status: PilotStatus = isApplied ? "applied" : n % 17 === 16 ? "on_hold" : n % 23 === 22 ? "stopped" : "active";
  const runStatus: StageRunStatus = n % 7 === 6 ? "at_gate" : "active";
  const since = at(-(n % 120) - 3);
  const task = {
    kind: "produce",
    title: "Sample work",
    status: "ready",
    priority: "normal",
    runId,
    candidateRole: "sme",
    createdAt: since,
    estimatedHours: 2,
    reminders: [],
    fired: [],
    version: 1,
  } satisfies Omit<Task, "id" | "dueAt">;
  const due = status === "stopped" ? [] : [n % 45, (n % 60) + 20].map((days) => at(days - 10));
  return {
    sequence: 1,
    pilot: {
      id,
      programmeId: sampleProgrammeId,
      organisationId: `company-${id}`,
      title: `${companyName(id)}: Sample ${services[n % services.length] ?? "service"}`,
      country,
      status,
      appliedAt: at(-(n % 120) - 40),
      ...(status === "stopped" ? { endedAt: at(-(n % 30)) } : {}),
      team: isApplied
        ? []
        : [{ personId: advisors[n % advisors.length] ?? "advisor-1", role: "advisor", country: "EE" }],
      ...(isApplied ? {} : { currentRunId: runId, primaryMarket: country === "SE" ? "FI" : "SE" }),
      secondaryMarkets: [],
      ...(n % 13 === 12 ? { atRiskSince: since } : {}),
      conditions: [],
      supportHours: 0,
      aidCents: 0,
      followUps: [],
      sample: true,
      version: 1,
    },
    runs: isApplied
      ? {}
      : {
          [runId]: {
            id: runId,
            stageId,
            status: runStatus,
            processVersion: latestProcess.version,
            startedAt: since,
            executionNumber: 1,
            version: 1,
          },
        },
    deliverables: {},
    tasks: Object.fromEntries(due.map((dueAt, k) => [`task-${k}`, { ...task, id: `task-${k}`, dueAt }])),
    gates: {},
    supportRecords: {},
  };
}
