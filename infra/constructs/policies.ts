import { ArnFormat, Stack } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { ACCESS_PARTITION_PREFIX, FILES_PREFIX, TABLE_INDEXES } from "../../shared/contracts/table.ts";

export function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

/** What a function does with the table. No scans: nothing may cost what the table holds. */
const TABLE_USES = {
  get: "dynamodb:GetItem",
  query: "dynamodb:Query",
  /** Within transactions, as all writes are: TransactWriteItems itself is no permission. */
  put: "dynamodb:PutItem",
  delete: "dynamodb:DeleteItem",
} as const;

/** Also the name of an index that is queried. */
type TableUse = keyof typeof TABLE_USES | keyof typeof TABLE_INDEXES;

/** Just these uses; `test/cloud` finds those that are missing and those that nothing needs. */
export function tableRights({ tableArn }: ITableV2, ...uses: readonly TableUse[]): PolicyStatement[] {
  return uses.map((use) =>
    use in TABLE_INDEXES
      ? allow([TABLE_USES.query], [`${tableArn}/index/${use}`])
      : allow([TABLE_USES[use as keyof typeof TABLE_USES]], [tableArn]),
  );
}

/** Noting in the log of business cases who has read: nothing else can be written. */
export function noteReads({ tableArn }: ITableV2): PolicyStatement {
  const note = allow([TABLE_USES.put], [tableArn]);
  note.addCondition("ForAllValues:StringLike", { "dynamodb:LeadingKeys": [`${ACCESS_PARTITION_PREFIX}*`] });
  return note;
}

/** What Lambda needs of the function's role to poll the stream. */
export function readStream({ tableStreamArn }: ITableV2): PolicyStatement {
  if (tableStreamArn === undefined) throw new Error("The table has no stream: give it one in data-stack.ts.");
  const actions = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
  ];
  return allow(actions, [tableStreamArn]);
}

export function readExecutionHistory(machine: StateMachine): PolicyStatement {
  return allow(["states:GetExecutionHistory"], [executionsOf(machine)]);
}

/**
 * Starting and stopping executions and answering their waits. The service authorization reference gives no resource
 * for SendTaskSuccess, yet Step Functions checks it against the state machine whose task waits (CDK's own
 * `grantTaskResponse` relies on it).
 */
export function driveWorkflow(machine: StateMachine): PolicyStatement[] {
  return [
    allow(["states:StartExecution", "states:SendTaskSuccess"], [machine.stateMachineArn]),
    allow(["states:StopExecution"], [executionsOf(machine)]),
  ];
}

/** Giving out addresses of files: whoever signs one lends their own right. */
export function readFiles({ bucketArn }: IBucket): PolicyStatement[] {
  return [allow(["s3:GetObject"], [`${bucketArn}/${FILES_PREFIX}*`])];
}

/** Also taking files in, looking at what arrived, and removing it. Without ListBucket S3 hides that a file is not there. */
export function writeFiles(bucket: IBucket): PolicyStatement[] {
  return [
    ...readFiles(bucket),
    allow(["s3:PutObject", "s3:DeleteObject"], [`${bucket.bucketArn}/${FILES_PREFIX}*`]),
    allow(["s3:ListBucket"], [bucket.bucketArn]),
  ];
}

/** Who mails are from, and the set of rules SES follows for them. */
export interface MailSender {
  readonly from: string;
  readonly configurationSetName: string;
  readonly identityArn: string;
  readonly configurationSetArn: string;
}

/** The API has one operation; SES checks a message that comes whole, as ours do, against the older SendRawEmail. */
export function sendMail({ from, identityArn, configurationSetArn }: MailSender): PolicyStatement {
  const statement = allow(["ses:SendEmail", "ses:SendRawEmail"], [identityArn, configurationSetArn]);
  statement.addCondition("StringEquals", { "ses:FromAddress": from });
  return statement;
}

/** Executions have names that nobody knows at deployment: the one wildcard, bounded by the machine's name. */
function executionsOf(machine: StateMachine): string {
  return Stack.of(machine).formatArn({
    service: "states",
    resource: "execution",
    resourceName: `${machine.stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
