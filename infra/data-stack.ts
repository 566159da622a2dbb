import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, Billing, StreamViewType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { TABLE_INDEXES, TABLE_KEYS } from "../shared/contracts/table.ts";
import { stackProps } from "./constructs/stack-props.ts";
import type { Settings } from "./settings.ts";

/** The truth (I1): one table; its stream carries every event out. Beside it the bytes of files. */
export class DataStack extends Stack {
  readonly table: TableV2;
  readonly files: Bucket;

  constructor(scope: Construct, settings: Settings) {
    super(scope, "Data", stackProps(settings, "data", "Fairway: the table of items and events, the bucket of files"));
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
    this.files = new Bucket(this, "Files", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: "what-nobody-finished",
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          // A month to bring back what was removed by mistake.
          id: "what-was-removed",
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
      ],
      // Browsers send and fetch files themselves, with the headers that the address was signed with.
      cors: [
        {
          allowedOrigins: [new URL(settings.portalUrl).origin],
          allowedMethods: [HttpMethods.GET, HttpMethods.PUT],
          allowedHeaders: ["content-type", "x-amz-checksum-sha256"],
          maxAge: 3600,
        },
      ],
      removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}

function stringAttribute(name: string) {
  return { name, type: AttributeType.STRING };
}
