import { Duration } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping, FilterCriteria, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { EVENT_STREAM_FILTER } from "../../shared/contracts/table.ts";
import { createNodeFunction, type NodeFunctionProps } from "./node-function.ts";
import { allow, readStream } from "./policies.ts";

export interface StreamConsumerProps extends Omit<NodeFunctionProps, "tableName" | "timeout"> {
  readonly table: ITableV2;
}

/**
 * A function that is handed every new event at least once, in the order of its shard of the table's stream. An event it
 * cannot process is tried again alone, then set aside: its position in the stream goes to a queue, the next events go on.
 */
export function createStreamConsumer(scope: Construct, id: string, { table, ...props }: StreamConsumerProps): void {
  const failed = new Queue(scope, `${id}Failed`, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const consumer = createNodeFunction(scope, id, {
    ...props,
    tableName: table.tableName,
    timeout: Duration.minutes(1),
    statements: [...props.statements, readStream(table), allow(["sqs:SendMessage"], [failed.queueArn])],
  });
  new EventSourceMapping(scope, `${id}Source`, {
    target: consumer,
    eventSourceArn: table.tableStreamArn,
    filters: [FilterCriteria.filter(EVENT_STREAM_FILTER)],
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 20,
    // The stream keeps a day: what is set aside after half of it can still be read by its position.
    maxRecordAge: Duration.hours(12),
    onFailure: { bind: () => ({ destination: failed.queueArn }) },
  });
}
