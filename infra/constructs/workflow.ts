import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { Settings } from "../settings.ts";
import { createLogGroup } from "./log-group.ts";
import { allow } from "./policies.ts";

export interface WorkflowProps {
  readonly settings: Settings;
  /** Also the file's name; the machine is called after it and the stage. */
  readonly name: string;
  readonly definition: string;
  /** By placeholder. The machine may invoke these and nothing else. */
  readonly functions: Readonly<Record<string, IFunction>>;
}

/**
 * A Standard state machine whose definition is the file as it is: it stands in the template, so a diff of two
 * deployments shows what changes for the people in it. The role also gets what CDK adds for logs and X-Ray, on all
 * resources, because neither service has resource-level permissions for delivery.
 */
export function createWorkflow(scope: Construct, id: string, props: WorkflowProps): StateMachine {
  const { settings, name, definition, functions } = props;
  const functionArns = Object.fromEntries(
    Object.entries(functions).map(([key, { functionArn }]) => [key, functionArn]),
  );
  const stateMachineName = `fairway-${settings.stage}-${name}`;
  return new StateMachine(scope, id, {
    stateMachineName,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(definition),
    definitionSubstitutions: functionArns,
    role: new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal("states.amazonaws.com"),
      inlinePolicies: {
        invoke: new PolicyDocument({
          statements: [allow(["lambda:InvokeFunction"], Object.values(functionArns))],
        }),
      },
    }),
    tracingEnabled: true,
    logs: {
      // The prefix keeps the account's log resource policy short: it does not grow with each machine.
      destination: createLogGroup(scope, `${id}Log`, settings, `/aws/vendedlogs/states/${stateMachineName}`),
      level: LogLevel.ERROR,
      includeExecutionData: false,
    },
  });
}
