import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, Billing, StreamViewType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { TABLE_INDEXES, TABLE_KEYS } from "../shared/contracts/table.ts";
import { stackProps } from "./constructs/stack-props.ts";
import type { Settings } from "./settings.ts";

/** The truth (I1): one table; its stream carries every event out. */
export class DataStack extends Stack {
  readonly table: TableV2;

  constructor(scope: Construct, settings: Settings) {
    super(scope, "Data", stackProps(settings, "data", "Fairway: the table of items and events"));
    const isProduction = settings.stage === "prod";
    this.table = new TableV2(this, "Table", {
      partitionKey: stringAttribute(TABLE_KEYS.partitionKey),
      sortKey: stringAttribute(TABLE_KEYS.sortKey),
      globalSecondaryIndexes: Object.entries(TABLE_INDEXES).map(([indexName, { partitionKey, sortKey }]) => ({
        indexName,
        partitionKey: stringAttribute(partitionKey),
        sortKey: stringAttribute(sortKey),
      })),
      billing: Billing.onDemand(),
      // Events are inserted and never changed: the new image is all a consumer needs.
      dynamoStream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isProduction,
      removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}

function stringAttribute(name: string) {
  return { name, type: AttributeType.STRING };
}
