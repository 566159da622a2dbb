/**
 * Pilots side by side through their first stage over HTTP: application, admission, six deliverables handed in and
 * accepted, gate 1, until the second stage's tasks are there. The server is a process of its own.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Call } from "../../shared/contracts/client.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { DeliverableDefinition, ProcessRole } from "../../shared/domain/process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { begin, killed, loadChild, settled } from "../recovery/killable-fairway.ts";
import { withFilesUploaded } from "../support/files.ts";
import { everybody, as as signInAs } from "../support/people.ts";

/** Milliseconds, one for each time it happened. */
export interface Latencies {
  /** From the accepted submission to the review task in the pilot's list; one transaction writes both. */
  readonly toReview: number[];
  /** From the last acceptance to the open gate: store, relay, workflow, task function, store. */
  readonly toGate: number[];
  /** From the gate's decision to the next stage's tasks: the same twice, with a new execution. */
  readonly toNextStage: number[];
}

export interface LoadResult {
  readonly pilots: number;
  readonly seconds: number;
  /** Processor time of the server, which other work on the machine does not lengthen much. */
  readonly cpuSeconds: number;
  readonly requests: number;
  readonly latencies: Latencies;
  /** What the server wrote, for the floor beside it. */
  readonly events: number;
  readonly itemWrites: number;
  readonly bytesPerItem: number;
}

interface Server {
  readonly url: string;
  readonly as: (role: ProcessRole) => Call;
}

/** Walks `pilots` at the same time, `rounds` times one after the other. */
export async function runLoad(pilots: number, rounds: number): Promise<LoadResult> {
  const dataFolder = await mkdtemp(join(tmpdir(), "fairway-bench-"));
  const { child, ready } = begin(loadChild(), { dataFolder, port: 0 });
  try {
    const url = await ready;
    let requests = 0;
    const counted = (call: Call): Call => {
      return (id, input) => {
        requests += 1;
        return call(id, input);
      };
    };
    const people = await everybody(["sme-aurora-admin", "advisor-1", "coordinator-1", "expert-1", "lab-1"], (person) =>
      signInAs(url, person),
    );
    const players = {
      sme: counted(people["sme-aurora-admin"]),
      advisor: counted(people["advisor-1"]),
      expert: counted(people["expert-1"]),
      living_lab: counted(people["lab-1"]),
      coordinator: counted(people["coordinator-1"]),
    };
    const as = (role: ProcessRole): Call => players[role];
    const latencies: Latencies = { toReview: [], toGate: [], toNextStage: [] };
    // The first pilot finds cold code: it is not counted.
    await walk({ url, as }, "warm-up", { toReview: [], toGate: [], toNextStage: [] });
    requests = 0;
    const cpuBefore = await settled(child);
    const startedAt = performance.now();
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: pilots }, (_, n) => walk({ url, as }, `pilot-${round}-${n}`, latencies)));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const cpuSeconds = ((await settled(child)) - cpuBefore) / 1000;
    await killed(child);
    const wrote = written(join(dataFolder, "store.sqlite"));
    return { pilots: pilots * rounds, seconds, cpuSeconds, requests, latencies, ...wrote };
  } finally {
    await killed(child);
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function walk({ url, as }: Server, pilotId: string, latencies: Latencies): Promise<void> {
  const [needs] = latestProcess.stages;
  assert.ok(needs);
  const coordinator = as("coordinator");
  const params = { pilotId };

  async function until(since: number, holds: (pilot: OutputOf<"getPilot">) => boolean): Promise<number> {
    while (!holds(await coordinator("getPilot", { params }))) {
      if (performance.now() - since > 60_000) throw new Error(`${pilotId} does not go on.`);
    }
    return performance.now() - since;
  }

  async function accept({ id, deliveredBy, reviewedBy, reviewCriteria }: DeliverableDefinition): Promise<number> {
    const at = { params: { pilotId, deliverableId: id } };
    const owner = as(deliveredBy[0] ?? "sme");
    const values = await withFilesUploaded({ url, call: owner }, at.params, fullExample(id));
    await owner("submitDeliverable", { ...at, body: { baseDraftVersion: 0, values } });
    const taskId = `${id}.review.1`;
    latencies.toReview.push(await until(performance.now(), ({ tasks }) => tasks.some((task) => task.id === taskId)));
    const reviewer = as(reviewedBy[0] ?? "coordinator");
    await reviewer("claimTask", { params: { pilotId, taskId }, body: {} });
    const points = Object.fromEntries(reviewCriteria.map((criterion) => [criterion.id, 3]));
    await reviewer("reviewDeliverable", {
      ...at,
      body: { revision: 1, outcome: "accepted", points, criterionComments: {}, fieldComments: [] },
    });
    return performance.now();
  }

  const stands = (runId: string, status: string) => (pilot: OutputOf<"getPilot">) =>
    pilot.runs.some((run) => run.id === runId && run.status === status);

  await as("sme")("startApplication", { body: { pilotId, title: "Bench: pilot" } });
  await accept(latestProcess.intake);
  const team = [
    { personId: "advisor-1", role: "advisor" },
    { personId: "expert-1", role: "expert" },
    { personId: "lab-1", role: "living_lab" },
  ] as const;
  await coordinator("admitPilot", { params, body: { team: [...team] } });
  await until(performance.now(), stands("needs-1", "active"));
  let acceptedAt = 0;
  for (const deliverable of needs.deliverables) acceptedAt = await accept(deliverable);
  latencies.toGate.push(await until(acceptedAt, stands("needs-1", "at_gate")));

  const gate = { params: { pilotId, runId: "needs-1" } };
  const { round, musts, shoulds } = await coordinator("getGate", gate);
  await coordinator("scoreGate", {
    ...gate,
    body: {
      round,
      musts: Object.fromEntries(musts.map(({ id }) => [id, { met: true, evidence: "As the deliverables show." }])),
      points: Object.fromEntries(shoulds.map(({ id }) => [id, 3])),
    },
  });
  const { basedOn } = await coordinator("getGate", gate);
  await coordinator("decideGate", { ...gate, body: { round, decision: "advance", basedOn } });
  latencies.toNextStage.push(await until(performance.now(), stands("feasibility-1", "active")));
}

function written(file: string): Pick<LoadResult, "events" | "itemWrites" | "bytesPerItem"> {
  const db = new DatabaseSync(file);
  const count = (sql: string): number => Number(db.prepare(sql).get()?.n);
  const result = {
    events: count("SELECT count(*) AS n FROM events"),
    itemWrites: count("SELECT sum(version) AS n FROM items"),
    bytesPerItem: Math.round(count("SELECT avg(length(data)) AS n FROM items")),
  };
  db.close();
  return result;
}
