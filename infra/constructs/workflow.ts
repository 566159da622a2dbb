import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from "aws-cdk-lib/aws-stepfunctions";
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

export interface Workflow {
  /** Rights are given on it: Step Functions checks them against the machine, whichever version or alias is named. */
  readonly machine: StateMachine;
  /** What is started: the alias `live`, which a deployment moves to the new version. Running executions keep theirs. */
  readonly liveArn: string;
}

/**
 * A Standard state machine whose definition is the file as it is: it stands in the template, so a diff of two
 * deployments shows what changes for the people in it. The role also gets what CDK adds for logs and X-Ray, on all
 * resources, because neither service has resource-level permissions for delivery.
 */
export function createWorkflow(scope: Construct, id: string, props: WorkflowProps): Workflow {
  const { settings, name, definition, functions } = props;
  const functionArns = Object.fromEntries(
    Object.entries(functions).map(([key, { functionArn }]) => [key, functionArn]),
  );
  const stateMachineName = `fairway-${settings.stage}-${name}`;
  const machine = new StateMachine(scope, id, {
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
  return { machine, liveArn: goLive(scope, id, machine, settings).attrArn };
}

/** Every definition becomes a version, all of which stay, so that the alias can be put back to one by hand. */
function goLive(scope: Construct, id: string, machine: StateMachine, { stage }: Settings): CfnStateMachineAlias {
  const version = new CfnStateMachineVersion(scope, `${id}Version`, {
    stateMachineArn: machine.stateMachineArn,
    stateMachineRevisionId: machine.stateMachineRevisionId,
  });
  version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const stateMachineVersionArn = version.attrArn;
  if (stage !== "prod") {
    return new CfnStateMachineAlias(scope, `${id}Live`, {
      name: "live",
      deploymentPreference: { stateMachineVersionArn, type: "ALL_AT_ONCE" },
    });
  }
  const failures = machine.metricFailed({ period: Duration.minutes(1) }).createAlarm(scope, `${id}Failures`, {
    alarmDescription: `${id} fails: a deployment under way goes back. What to do: docs/guides/operate.md#a-deployment-went-back`,
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  return new CfnStateMachineAlias(scope, `${id}Live`, {
    name: "live",
    deploymentPreference: {
      stateMachineVersionArn,
      type: "CANARY",
      percentage: 10,
      interval: 5,
      alarms: [failures.alarmArn],
    },
  });
}
