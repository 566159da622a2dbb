import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningFairway, startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";

describe("Whoever runs the embedded Step Functions", () => {
  let fairway: RunningFairway;
  beforeAll(async () => {
    fairway = await startFairway({ sample: "pilots" });
    await fairway.settled();
  });
  afterAll(() => fairway[Symbol.asyncDispose]());

  async function needs() {
    const admin = await as(fairway.url, "admin-1");
    const name = "sample-needs-needs-1-1";
    return { admin, params: { stateMachine: "stage-run", name } as const };
  }

  test("sees the executions of the programme's pilots and of the system, newest first", async () => {
    const coordinator = await as(fairway.url, "coordinator-1");
    const { executions } = await coordinator("listExecutions", {
      params: { stateMachine: "stage-run" },
      query: { status: "RUNNING" },
    });
    expect(executions).toContainEqual(
      expect.objectContaining({
        name: "sample-needs-needs-1-1",
        status: "RUNNING",
        pilot: expect.objectContaining({ id: "sample-needs", company: "Sample Birch Oy", country: "FI" }),
        run: { id: "needs-1", stage: "needs", passage: 1 },
      }),
    );
    const starts = executions.map(({ startedAt }) => startedAt);
    expect(starts).toEqual(starts.toSorted().reverse());
    const system = await coordinator("listExecutions", { params: { stateMachine: "deadlines" } });
    expect(system.executions[0]).toMatchObject({ stateMachine: "deadlines" });
    expect(system.executions[0]).not.toHaveProperty("pilot");
  });

  test("finds those of one pilot, and those that words of a pilot, a company or a name fit", async () => {
    const { admin, params } = await needs();
    const names = async (query: { readonly pilotId?: string; readonly q?: string }) => {
      const { executions } = await admin("listExecutions", { params: { stateMachine: "stage-run" }, query });
      return executions.map(({ name }) => name);
    };
    expect(await names({ pilotId: "sample-needs" })).toEqual([params.name]);
    expect(await names({ q: "BIRCH class" })).toContain(params.name);
    expect(await names({ q: params.name })).toEqual([params.name]);
    expect(await names({ q: "nobody" })).toEqual([]);
  });

  test("sees where an execution is: in each deliverable that is open", async () => {
    const { admin, params } = await needs();
    const { definition, states, mayStop, mayRestart, input } = await admin("describeExecution", { params });
    expect(definition).toMatchObject({ QueryLanguage: "JSONata", StartAt: "Open stage" });
    expect(JSON.parse(input)).toMatchObject({ pilotId: "sample-needs" });
    const inside = new Map(states.map((state) => [state.name, state.inside]));
    expect(inside.get("Open stage")).toBe(0);
    expect(inside.get("Work on deliverables")).toBe(1);
    const { deliverables } = await (await as(fairway.url, "coordinator-1"))("getPilot", {
      params: { pilotId: "sample-needs" },
    });
    const open = deliverables.filter(
      ({ runId, status }) => runId === "needs-1" && !["accepted", "skipped", "cancelled"].includes(status),
    );
    expect((inside.get("Await submission") ?? 0) + (inside.get("Await review") ?? 0)).toBe(open.length);
    expect({ mayStop, mayRestart }).toEqual({ mayStop: true, mayRestart: true });
  });

  test("reads the history with inputs and outputs, and no task token in it", async () => {
    const { admin, params } = await needs();
    const { events } = await admin("getExecutionHistory", { params });
    expect(events.at(-1)).toMatchObject({ id: 1, type: "ExecutionStarted" });
    const scheduled = events.find(
      ({ type, details }) => type === "TaskScheduled" && String(details.parameters).includes("taskToken"),
    );
    expect(scheduled?.details.parameters).toContain('"taskToken":"…"');
    expect(JSON.stringify(events)).not.toMatch(/taskToken\\*":\\*"[A-Za-z0-9_-]{20,}/);
  });

  test("stops an execution and lets it go on where it was; a coordinator only looks", async () => {
    const { admin, params } = await needs();
    const coordinator = await as(fairway.url, "coordinator-1");
    await expect(coordinator("stopExecution", { params, body: { reason: "A test" } })).rejects.toMatchObject({
      status: 403,
    });
    expect(await coordinator("describeExecution", { params })).toMatchObject({
      mayStop: false,
      mayRedrive: false,
      mayRestart: false,
    });

    const stopped = await admin("stopExecution", { params, body: { reason: "Maintenance" } });
    expect(stopped).toMatchObject({ status: "ABORTED", cause: "Maintenance", mayStop: false, mayRedrive: true });
    await expect(admin("stopExecution", { params, body: { reason: "Again" } })).rejects.toMatchObject({ status: 409 });

    const redriven = await admin("redriveExecution", { params });
    expect(redriven).toMatchObject({ status: "RUNNING", redriveCount: 1, mayStop: true, mayRedrive: false });
    await fairway.settled();
    const { states } = await admin("describeExecution", { params });
    expect(states.find(({ name }) => name === "Await submission")?.inside).toBeGreaterThan(0);
    await expect(admin("redriveExecution", { params })).rejects.toMatchObject({ status: 409 });
  });

  test("finds nothing under a name that is not there", async () => {
    const { admin } = await needs();
    const params = { stateMachine: "stage-run", name: "nobody-needs-1-1" } as const;
    await expect(admin("describeExecution", { params })).rejects.toMatchObject({ status: 404 });
    await expect(admin("redriveExecution", { params })).rejects.toMatchObject({ status: 404 });
  });
});
