import { SendTaskSuccessCommand, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { TaskFailure } from "../../../../local/states/calls.ts";
import { machine, named, pass } from "../harness.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:double";
const task = (Resource: string, more: object) => machine({ T: { Type: "Task", Resource, End: true, ...more } });

/** `id<-previous Type` of each event. */
async function shape(it: Endpoint, executionArn: string): Promise<string[]> {
  return (await it.history(executionArn)).map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`);
}

describe("a function named by its ARN", () => {
  test("gets the state's input, or its Arguments, and gives its own result", async () => {
    await using it = await endpoint({ double: (n) => Number(n) * 2 });
    const bare = await it.start(task(ARN, {}), "21");
    expect(await it.describe(bare)).toMatchObject({ output: "42" });
    expect(await shape(it, bare)).toEqual([
      "1<-0 ExecutionStarted",
      "2<-0 TaskStateEntered",
      "3<-2 LambdaFunctionScheduled",
      "4<-3 LambdaFunctionStarted",
      "5<-4 LambdaFunctionSucceeded",
      "6<-5 TaskStateExited",
      "7<-6 ExecutionSucceeded",
    ]);
    const [, , scheduled] = await it.history(bare);
    expect(scheduled?.lambdaFunctionScheduledEventDetails).toEqual({
      input: "21",
      inputDetails: { truncated: false },
      resource: ARN,
    });
    const withArguments = await it.start(task(ARN, { Arguments: "{% $states.input.n + 1 %}" }), '{"n":1}');
    expect(await it.describe(withArguments)).toMatchObject({ output: "4" });
  });

  test("fails with the text it threw as it came; lambda:invoke makes it compact JSON", async () => {
    const text = '{"errorMessage": "no", "errorType": "Bad"}';
    const functions = {
      double() {
        throw new TaskFailure("Bad", text);
      },
    };
    await using it = await endpoint(functions);
    expect(await it.describe(await it.start(task(ARN, {})))).toMatchObject({ error: "Bad", cause: text });
    const invoked = task("arn:aws:states:::lambda:invoke", { Arguments: { FunctionName: ARN } });
    expect(await it.describe(await it.start(invoked))).toMatchObject({
      error: "Bad",
      cause: '{"errorMessage":"no","errorType":"Bad"}',
    });
  });

  test("times out with an event of its own", async () => {
    await using it = await endpoint({ double: () => new Promise(() => {}) });
    const stateMachineArn = await it.create("m", task(ARN, { TimeoutSeconds: 5 }));
    const { executionArn = "" } = await it.client.send(new StartExecutionCommand({ stateMachineArn }));
    await it.clock.advance(5000);
    expect((await shape(it, executionArn)).slice(4)).toEqual(["5<-4 LambdaFunctionTimedOut", "6<-5 ExecutionFailed"]);
    expect(await it.describe(executionArn)).toMatchObject({ error: "States.Timeout" });
  });

  test("shows the role it would be called with", async () => {
    await using it = await endpoint();
    const role = { Credentials: { RoleArn: "{% $states.input.role %}" } };
    const executionArn = await it.start(task(ARN, role), '{"role":"arn:aws:iam::1:role/x"}');
    expect((await it.history(executionArn))[2]?.lambdaFunctionScheduledEventDetails).toMatchObject({
      taskCredentials: { roleArn: "arn:aws:iam::1:role/x" },
    });
  });
});

describe("states:startExecution", () => {
  const start = (pattern: string, child: string, more: object = {}) =>
    task(`arn:aws:states:::states:startExecution${pattern}`, {
      Arguments: { StateMachineArn: child, Input: { n: "{% $states.input.n %}" } },
      ...more,
    });

  test("without a pattern goes on once the other execution has started", async () => {
    await using it = await endpoint();
    const child = await it.create("child", machine({ Sleep: { Type: "Wait", Seconds: 60, End: true } }));
    const executionArn = await it.start(start("", child), '{"n":1}');
    const { output } = await it.describe(executionArn);
    expect(await it.describe(JSON.parse(String(output)).ExecutionArn)).toMatchObject({
      status: "RUNNING",
      input: '{"n":1}',
    });
  });

  test.each([
    [".sync", '{"n":7}'],
    [".sync:2", { n: 7 }],
  ])("%s awaits its end and gives the output as text or parsed", async (pattern, output) => {
    await using it = await endpoint();
    const child = await it.create("child", machine({ Sleep: { Type: "Wait", Seconds: 60, End: true } }));
    const executionArn = await it.start(start(pattern, child), '{"n":7}');
    expect((await shape(it, executionArn)).at(-1)).toBe("5<-4 TaskSubmitted");
    await it.clock.advance(60_000);
    await it.states.whenIdle();
    const described = await it.describe(executionArn);
    expect(described).toMatchObject({ status: "SUCCEEDED" });
    expect(JSON.parse(String(described.output))).toMatchObject({ Status: "SUCCEEDED", Output: output, Input: output });
    expect((await it.history(executionArn))[4]?.taskSubmittedEventDetails).toMatchObject({
      resource: `startExecution${pattern}`,
      resourceType: "states",
    });
  });

  test("fails as a task when the other execution fails, with its description as the cause", async () => {
    await using it = await endpoint();
    const child = await it.create("child", machine({ F: { Type: "Fail", Error: "Odd", Cause: "even" } }));
    const described = await it.describe(await it.start(start(".sync:2", child), '{"n":1}'));
    expect(described).toMatchObject({ status: "FAILED", error: "States.TaskFailed" });
    expect(JSON.parse(String(described.cause))).toMatchObject({ Status: "FAILED", Error: "Odd", Cause: "even" });
    const missing = await it.describe(await it.start(start("", child.replace("child", "none")), '{"n":1}'));
    expect(missing).toMatchObject({ error: "StepFunctions.StateMachineDoesNotExistException" });
  });

  test("takes the other execution along when it is stopped or gives up", async () => {
    await using it = await endpoint();
    const child = await it.create("child", machine({ Sleep: { Type: "Wait", Seconds: 600, End: true } }));
    const childOf = async (executionArn: string) => {
      const submitted = (await it.history(executionArn)).find(({ type }) => type === "TaskSubmitted");
      return JSON.parse(submitted?.taskSubmittedEventDetails?.output ?? "{}").ExecutionArn as string;
    };
    const stopped = await it.start(start(".sync:2", child), '{"n":1}');
    await it.client.send(new StopExecutionCommand({ executionArn: stopped }));
    await it.states.whenIdle();
    expect(await it.describe(await childOf(stopped))).toMatchObject({ status: "ABORTED" });

    const impatient = await it.start(start(".sync:2", child, { TimeoutSeconds: 5 }), '{"n":1}');
    await it.clock.advance(5000);
    await it.states.whenIdle();
    expect(await it.describe(impatient)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect(await it.describe(await childOf(impatient))).toMatchObject({ status: "ABORTED" });
  });
});

describe("another service", () => {
  test("gets the arguments and gives the result; with a token it is waited for", async () => {
    const sent: unknown[] = [];
    await using it = await endpoint(
      {},
      {
        "sqs:sendMessage": async (args) => {
          sent.push(args);
          return { MessageId: "m-1" };
        },
        "dynamodb:getItem": async () => {
          throw new TaskFailure("DynamoDB.ResourceNotFoundException", "no table");
        },
      },
    );
    const message = { QueueUrl: "q", MessageBody: { token: "{% $states.context.Task.Token %}" } };
    const waiting = await it.start(task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", { Arguments: message }));
    const [{ MessageBody: { token } = { token: "" } } = {}] = sent as { MessageBody?: { token: string } }[];
    expect((await it.history(waiting))[4]).toMatchObject({
      type: "TaskSubmitted",
      taskSubmittedEventDetails: {
        output: '{"MessageId":"m-1"}',
        resource: "sendMessage.waitForTaskToken",
        resourceType: "sqs",
      },
    });
    await it.client.send(new SendTaskSuccessCommand({ taskToken: token, output: '"done"' }));
    expect(await it.describe(waiting)).toMatchObject({ output: '"done"' });

    const get = { Arguments: { TableName: "t", Key: { id: { S: "1" } } } };
    expect(await it.describe(await it.start(task("arn:aws:states:::dynamodb:getItem", get)))).toMatchObject({
      error: "DynamoDB.ResourceNotFoundException",
      cause: "no table",
    });
  });

  test("is caught by name like any failed task", async () => {
    await using it = await endpoint({
      double() {
        throw named("Odd");
      },
    });
    const caught = machine({
      T: { Type: "Task", Resource: ARN, Catch: [{ ErrorEquals: ["Odd"], Next: "After" }], End: true },
      After: pass({ Output: "caught", End: true }),
    });
    expect(await it.describe(await it.start(caught))).toMatchObject({ output: '"caught"' });
  });
});
