import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type HistoryEvent,
  InvalidToken,
  paginateGetExecutionHistory,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type {
  ExecutionHistory,
  ExecutionStatus,
  ExecutionVersions,
  StateMachineName,
  Workflows,
} from "../../shared/ports/workflows.ts";

interface StepFunctionsOptions {
  readonly client: SFNClient;
  readonly stateMachineArns: Readonly<Partial<Record<StateMachineName, string>>>;
}

/** Relay's port on AWS. What would be done a second time (same name, spent token) is no error. */
export function createStepFunctions({ client, stateMachineArns }: StepFunctionsOptions): Workflows {
  return {
    async start(stateMachine, name, input) {
      const stateMachineArn = arnOf(stateMachineArns, stateMachine);
      await unless([ExecutionAlreadyExists], () =>
        client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
      );
    },
    async succeed(taskToken, output) {
      await unless([TaskDoesNotExist, TaskTimedOut, InvalidToken], () =>
        client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
      );
    },
    async stop(stateMachine, name, error, cause) {
      const executionArn = executionArnOf(arnOf(stateMachineArns, stateMachine), name);
      await unless([ExecutionDoesNotExist], () =>
        // The limits of the API: 256 and 32,768 characters.
        client.send(
          new StopExecutionCommand({ executionArn, error: error.slice(0, 256), cause: cause.slice(0, 32_768) }),
        ),
      );
    },
  };
}

/** Reads histories; Step Functions keeps them for 90 days after the end. */
export function createExecutionHistory({ client, stateMachineArns }: StepFunctionsOptions): ExecutionHistory {
  return {
    async read(stateMachine, name) {
      const executionArn = executionArnOf(arnOf(stateMachineArns, stateMachine), name);
      const events: HistoryEvent[] = [];
      try {
        for await (const page of paginateGetExecutionHistory(
          { client },
          { executionArn, includeExecutionData: false },
        )) {
          events.push(...(page.events ?? []));
        }
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
      return { status: statusOf(events.at(-1)?.type), events: events.map(shown) };
    },
  };
}

/** By the alias that executions are started through. */
export function createExecutionVersions({ client, stateMachineArns }: StepFunctionsOptions): ExecutionVersions {
  return {
    async live(stateMachine) {
      const stateMachineAliasArn = arnOf(stateMachineArns, stateMachine);
      const { routingConfiguration = [] } = await client.send(
        new DescribeStateMachineAliasCommand({ stateMachineAliasArn }),
      );
      return routingConfiguration.flatMap(({ stateMachineVersionArn, weight = 0 }) =>
        weight > 0 ? (versionIn(stateMachineVersionArn) ?? []) : [],
      );
    },
    async find(stateMachine, name) {
      const executionArn = executionArnOf(arnOf(stateMachineArns, stateMachine), name);
      try {
        const { status, startDate, stateMachineVersionArn } = await client.send(
          new DescribeExecutionCommand({ executionArn }),
        );
        return {
          status: knownStatus(status),
          version: versionIn(stateMachineVersionArn),
          startedAt: (startDate ?? new Date(0)).toISOString(),
        };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
}

/** A version's ARN ends in its number. */
const versionIn = (arn: string | undefined): string | undefined => arn?.slice(arn.lastIndexOf(":") + 1);

/** The SDK knows one more, of executions that a pending redrive holds back: they run. */
const knownStatus = (status: string | undefined): ExecutionStatus =>
  status === "SUCCEEDED" || status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED" ? status : "RUNNING";

function arnOf(arns: StepFunctionsOptions["stateMachineArns"], stateMachine: StateMachineName): string {
  const arn = arns[stateMachine];
  if (arn === undefined) throw new Error(`The state machine ${stateMachine} is not configured for this function.`);
  return arn;
}

/** An execution is named after its machine, also when it was started by an alias (`…:stateMachine:stage-run:live`). */
const executionArnOf = (stateMachineArn: string, name: string): string => {
  const [machine] = /^.*:stateMachine:[^:]+/.exec(stateMachineArn) ?? [stateMachineArn];
  return `${machine.replace(":stateMachine:", ":execution:")}:${name}`;
};

async function unless(
  expected: readonly (abstract new (...args: never) => Error)[],
  act: () => Promise<unknown>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!expected.some((type) => error instanceof type)) throw error;
  }
}

const endings: Readonly<Record<string, string>> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionAborted: "ABORTED",
  ExecutionTimedOut: "TIMED_OUT",
};

const statusOf = (lastType: string | undefined): string => endings[lastType ?? ""] ?? "RUNNING";

function shown(event: HistoryEvent) {
  const state = event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name;
  return {
    id: event.id ?? 0,
    previousEventId: event.previousEventId ?? 0,
    at: (event.timestamp ?? new Date(0)).toISOString(),
    type: event.type ?? "",
    ...(state === undefined ? {} : { state }),
  };
}
