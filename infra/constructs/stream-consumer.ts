import { Duration } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping, FilterCriteria, StartingPosition } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { createFailedQueue } from "./failed-queue.ts";
import { createNodeFunction, type NodeFunctionProps } from "./node-function.ts";
import { allow, readStream } from "./policies.ts";

export interface StreamConsumerProps extends Omit<NodeFunctionProps, "tableName" | "timeout"> {
  readonly table: ITableV2;
  /** Which records of the stream it is handed. */
  readonly filter: Readonly<Record<string, unknown>>;
}

/**
 * A function that is handed every record that fits its filter at least once, in the order of its shard of the table's
 * stream. A record it cannot process is tried again alone, then set aside: its position in the stream goes to a queue,
 * the next records go on.
 */
export function createStreamConsumer(
  scope: Construct,
  id: string,
  { table, filter, ...props }: StreamConsumerProps,
): void {
  const failed = createFailedQueue(scope, `${id}Failed`);
  const target = createNodeFunction(scope, id, {
    ...props,
    tableName: table.tableName,
    timeout: Duration.minutes(1),
    statements: [...props.statements, readStream(table), allow(["sqs:SendMessage"], [failed.queueArn])],
  });
  new EventSourceMapping(scope, `${id}Source`, {
    target,
    eventSourceArn: table.tableStreamArn,
    filters: [FilterCriteria.filter({ ...filter })],
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
