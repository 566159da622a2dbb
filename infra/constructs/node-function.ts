import { Duration, Stack } from "aws-cdk-lib";
import { type Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import {
  type ILambdaApplication,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from "aws-cdk-lib/aws-codedeploy";
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias, Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { Settings } from "../settings.ts";
import type { Bundle } from "./bundles.ts";
import { createLogGroup } from "./log-group.ts";
import { allow } from "./policies.ts";

export interface NodeFunctionProps {
  readonly settings: Settings;
  readonly tableName: string;
  readonly bundle: Bundle;
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly memoryMiB?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** All that the function may do besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
}

export class HandlerMissing extends Error {
  override name = "HandlerMissing" as const;
}

/**
 * A function with a role and a log group of its own, by its alias `live`: whoever calls it calls the alias, which a deployment
 * moves to the new version. In `prod` a tenth of the calls goes there first, and all of them back if the alias's alarm rings.
 * The permissions stand in the role itself, not in a policy attached later, so whatever waits for the role (an event source
 * mapping) finds them there.
 *
 * @throws HandlerMissing when the bundle has no such export
 */
export function createNodeFunction(scope: Construct, id: string, props: NodeFunctionProps): Alias {
  if (!props.bundle.exports.includes(props.handler)) {
    const found = props.bundle.exports.join(", ") || "nothing";
    throw new HandlerMissing(
      `${Stack.of(scope).stackName}: no handler "${props.handler}"; the bundle exports ${found}.`,
    );
  }
  const logGroup = createLogGroup(scope, `${id}Log`, props.settings);
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      log: new PolicyDocument({
        // The ARN of a log group ends in `:*`: Lambda chooses the names of the streams.
        statements: [allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn])],
      }),
      work: new PolicyDocument({ statements: [...props.statements] }),
    },
  });
  const created = new LambdaFunction(scope, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(props.bundle.directory),
    handler: `index.${props.handler}`,
    memorySize: props.memoryMiB ?? 512,
    timeout: props.timeout,
    environment: { TABLE_NAME: props.tableName, STAGE: props.settings.stage, ...props.environment },
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
  });
  const live = new Alias(scope, `${id}Live`, { aliasName: "live", version: created.currentVersion });
  if (props.settings.stage === "prod") deployGradually(scope, id, created, live);
  return live;
}

function deployGradually(scope: Construct, id: string, { functionArn }: LambdaFunction, alias: Alias): void {
  const alarm = failuresOf(alias, scope, id);
  const role = new Role(scope, `${id}DeploymentRole`, {
    assumedBy: new ServicePrincipal("codedeploy.amazonaws.com"),
    inlinePolicies: {
      deploy: new PolicyDocument({
        statements: [
          allow(["lambda:GetAlias", "lambda:UpdateAlias"], [functionArn, `${functionArn}:live`]),
          // Is asked of all alarms: AWS knows no narrower one.
          allow(["cloudwatch:DescribeAlarms"], ["*"]),
        ],
      }),
    },
  });
  new LambdaDeploymentGroup(scope, `${id}Deployment`, {
    application: applicationOf(scope),
    alias,
    alarms: [alarm],
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    // CDK would attach a managed policy that reaches every function of the account.
    role: role.withoutPolicyUpdates(),
  });
}

function failuresOf(alias: Alias, scope: Construct, id: string): Alarm {
  return alias.metricErrors({ period: Duration.minutes(1) }).createAlarm(scope, `${id}Failures`, {
    alarmDescription: `${id} fails: a deployment under way goes back. What to do: docs/guides/operate.md#a-deployment-went-back`,
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** One for all functions of a stack. */
function applicationOf(scope: Construct): ILambdaApplication {
  const found = scope.node.tryFindChild("Deployments");
  return found instanceof LambdaApplication ? found : new LambdaApplication(scope, "Deployments");
}
