import { type Duration, Stack } from "aws-cdk-lib";
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
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
 * A function with a role and a log group of its own. The permissions stand in the role itself, not in a policy attached
 * later, so whatever waits for the role (an event source mapping) finds them there.
 *
 * @throws HandlerMissing when the bundle has no such export
 */
export function createNodeFunction(scope: Construct, id: string, props: NodeFunctionProps): LambdaFunction {
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
  return new LambdaFunction(scope, id, {
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
}
