/** Step Functions behind the front door: our own endpoint over the wire, and which rights a request takes. */
import { executionOfToken } from "../../local/states/asl/token.ts";
import type { AwsService, Right } from "./front-door.ts";

/** Step Functions checks rights against the machine, whichever version or alias of it is named. */
const machineOf = (arn: string): string => arn.split(":").slice(0, 7).join(":");

export function statesService({
  endpoint,
  machineOfExecution,
}: {
  readonly endpoint: string;
  /** ARN of the machine that the execution a token was given for runs. */
  readonly machineOfExecution: (execution: number) => string | undefined;
}): AwsService {
  function rightsFor(operation: string, body: Readonly<Record<string, string>>): Right {
    const action = `states:${operation}`;
    switch (operation) {
      case "StartExecution":
        return { action, resource: machineOf(body.stateMachineArn ?? "") };
      case "SendTaskSuccess": {
        const execution = executionOfToken(body.taskToken ?? "");
        return { action, resource: (execution !== undefined && machineOfExecution(execution)) || "*" };
      }
      case "StopExecution":
      case "GetExecutionHistory":
        return { action, resource: body.executionArn ?? "" };
      default:
        throw new Error(`${operation} of Step Functions is not in the model.`);
    }
  }

  return {
    rightsFor: ({ operation, body }) => [rightsFor(operation, JSON.parse(body))],
    async answer({ headers, body }) {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": headers["x-amz-target"] ?? "" },
        body,
      });
      return { status: response.status, body: await response.text() };
    },
  };
}
