import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, test } from "vitest";
import { createExecutionHistory, createStepFunctions } from "../../../functions/adapters/step-functions.ts";

const STAGE_RUN = "arn:aws:states:eu-north-1:123456789012:stateMachine:fairway-test-stage-run";
const EXECUTION = "arn:aws:states:eu-north-1:123456789012:execution:fairway-test-stage-run:p-1-needs-1-1";

function createWorkflows(stageRun = STAGE_RUN) {
  const client = new SFNClient({ region: "eu-north-1" });
  const sent = mockClient(client);
  const options = { client, stateMachineArns: { "stage-run": stageRun } };
  return { sent, workflows: createStepFunctions(options), history: createExecutionHistory(options) };
}

const because = { $metadata: {}, message: "no" };

describe("Step Functions as relay's port", () => {
  test("starts an execution by name, with its input as JSON", async () => {
    const { sent, workflows } = createWorkflows();
    sent.on(StartExecutionCommand).resolves({});
    await workflows.start("stage-run", "p-1-needs-1-1", { pilotId: "p-1", stageRunId: "needs-1" });
    expect(sent.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input)).toEqual([
      { stateMachineArn: STAGE_RUN, name: "p-1-needs-1-1", input: '{"pilotId":"p-1","stageRunId":"needs-1"}' },
    ]);
  });

  test("starts by an alias, and names the execution after the machine", async () => {
    const { sent, workflows } = createWorkflows(`${STAGE_RUN}:live`);
    sent.on(StartExecutionCommand).resolves({});
    sent.on(StopExecutionCommand).resolves({});
    await workflows.start("stage-run", "p-1-needs-1-1", {});
    await workflows.stop("stage-run", "p-1-needs-1-1", "PilotStopped", "why");
    expect(sent.commandCalls(StartExecutionCommand)[0]?.args[0].input.stateMachineArn).toBe(`${STAGE_RUN}:live`);
    expect(sent.commandCalls(StopExecutionCommand)[0]?.args[0].input.executionArn).toBe(EXECUTION);
  });

  test("answers a task by its token", async () => {
    const { sent, workflows } = createWorkflows();
    sent.on(SendTaskSuccessCommand).resolves({});
    await workflows.succeed("token", { outcome: "accepted" });
    expect(sent.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: "token",
      output: '{"outcome":"accepted"}',
    });
  });

  test("stops an execution by name, with error and cause as long as they may be", async () => {
    const { sent, workflows } = createWorkflows();
    sent.on(StopExecutionCommand).resolves({});
    await workflows.stop("stage-run", "p-1-needs-1-1", "E".repeat(300), "c".repeat(40_000));
    const input = sent.commandCalls(StopExecutionCommand)[0]?.args[0].input;
    expect(input?.executionArn).toBe(EXECUTION);
    expect([input?.error?.length, input?.cause?.length]).toEqual([256, 32_768]);
  });

  test("takes what would be done a second time for done (I3)", async () => {
    const { sent, workflows } = createWorkflows();
    sent.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(because));
    sent.on(StopExecutionCommand).rejects(new ExecutionDoesNotExist(because));
    sent
      .on(SendTaskSuccessCommand)
      .rejectsOnce(new TaskDoesNotExist(because))
      .rejectsOnce(new TaskTimedOut(because))
      .rejects(new InvalidToken(because));
    await workflows.start("stage-run", "p-1-needs-1-1", {});
    await workflows.stop("stage-run", "p-1-needs-1-1", "PilotStopped", "why");
    for (const token of ["answered", "too late", "of another account"]) await workflows.succeed(token, {});
    expect(sent.calls()).toHaveLength(5);
  });

  test("lets every other failure through, so that the stream tries again", async () => {
    const { sent, workflows } = createWorkflows();
    sent.onAnyCommand().rejects(Object.assign(new Error("slow down"), { name: "ThrottlingException" }));
    await expect(workflows.start("stage-run", "n", {})).rejects.toThrow("slow down");
    await expect(workflows.stop("stage-run", "n", "e", "c")).rejects.toThrow("slow down");
    await expect(workflows.succeed("token", {})).rejects.toThrow("slow down");
  });

  test("says which state machine a function was not given", async () => {
    const { workflows } = createWorkflows();
    await expect(workflows.start("deadlines", "n", {})).rejects.toThrow("deadlines is not configured");
  });
});

describe("the history of an execution", () => {
  test("is read to its end, page by page, without the data of people", async () => {
    const { sent, history } = createWorkflows();
    const timestamp = new Date("2027-03-10T09:00:00.000Z");
    sent
      .on(GetExecutionHistoryCommand)
      .resolvesOnce({
        events: [
          { id: 1, previousEventId: 0, timestamp, type: "ExecutionStarted" },
          { id: 2, timestamp, type: "TaskStateEntered", stateEnteredEventDetails: { name: "Open stage" } },
        ],
        nextToken: "more",
      })
      .resolves({ events: [{ id: 3, previousEventId: 2, timestamp, type: "ExecutionSucceeded" }] });
    await expect(history.read("stage-run", "p-1-needs-1-1")).resolves.toEqual({
      status: "SUCCEEDED",
      events: [
        { id: 1, previousEventId: 0, at: "2027-03-10T09:00:00.000Z", type: "ExecutionStarted" },
        { id: 2, previousEventId: 0, at: "2027-03-10T09:00:00.000Z", type: "TaskStateEntered", state: "Open stage" },
        { id: 3, previousEventId: 2, at: "2027-03-10T09:00:00.000Z", type: "ExecutionSucceeded" },
      ],
    });
    const inputs = sent.commandCalls(GetExecutionHistoryCommand).map(({ args }) => args[0].input);
    expect(inputs).toEqual([
      expect.objectContaining({ executionArn: EXECUTION, includeExecutionData: false }),
      expect.objectContaining({ nextToken: "more" }),
    ]);
  });

  test("is undefined when Step Functions does not keep it any more", async () => {
    const { sent, history } = createWorkflows();
    sent.on(GetExecutionHistoryCommand).rejects(new ExecutionDoesNotExist(because));
    await expect(history.read("stage-run", "gone")).resolves.toBeUndefined();
  });
});
