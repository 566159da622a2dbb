import { RemovalPolicy } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Settings } from "../settings.ts";

/** Logs help to operate; the audit trail is the event log. So they end, and go with the stack. */
export function createLogGroup(scope: Construct, id: string, { stage }: Settings, logGroupName?: string): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName,
    retention: stage === "prod" ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
