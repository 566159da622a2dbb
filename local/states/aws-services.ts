/**
 * SQS, EventBridge and DynamoDB for Tasks, over AWS JSON at the endpoints the AWS SDKs know from the environment.
 * Errors carry the names and texts Step Functions' own integrations give them.
 */
import type { JsonObject } from "./asl/json.ts";
import { isJsonObject } from "./asl/json.ts";
import { type Services, TaskFailure } from "./calls.ts";

interface Service {
  /** `AWS_ENDPOINT_URL_…` */
  readonly endpoint: string;
  readonly target: string;
  readonly contentType: string;
  /** What error names begin with, and the service's name in causes. */
  readonly errors: string;
  readonly fullName: string;
  /** Errors that have a name of their own in the SDK that Step Functions uses; all others share `otherError`. */
  readonly namedErrors: readonly string[];
  readonly otherError: string;
}

const SQS: Service = {
  endpoint: "SQS",
  target: "AmazonSQS",
  contentType: "application/x-amz-json-1.0",
  errors: "SQS",
  fullName: "AmazonSQS",
  namedErrors: ["InvalidMessageContents", "QueueDoesNotExist", "UnsupportedOperation"],
  otherError: "AmazonSQSException",
};
const EVENTS: Service = {
  endpoint: "EVENTS",
  target: "AWSEvents",
  contentType: "application/x-amz-json-1.1",
  errors: "EventBridge",
  fullName: "AmazonCloudWatchEvents",
  namedErrors: ["InternalException"],
  otherError: "AmazonCloudWatchEventsException",
};
const DYNAMODB: Service = {
  endpoint: "DYNAMODB",
  target: "DynamoDB_20120810",
  contentType: "application/x-amz-json-1.0",
  errors: "DynamoDB",
  fullName: "AmazonDynamoDBv2",
  namedErrors: [
    "ConditionalCheckFailedException",
    "InternalServerError",
    "ItemCollectionSizeLimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ResourceNotFoundException",
    "TransactionConflictException",
  ],
  otherError: "AmazonDynamoDBException",
};

export function awsServices(place: { region: string; env: Readonly<Record<string, string | undefined>> }): Services {
  const call = (service: Service, action: string) => (args: JsonObject) => callService(service, action, args, place);
  return {
    "sqs:sendMessage": (args) => call(SQS, "SendMessage")({ ...args, MessageBody: textOf(args.MessageBody) }),
    "events:putEvents": async (args) => failedEntriesThrown(await call(EVENTS, "PutEvents")(withTextDetails(args))),
    "dynamodb:getItem": call(DYNAMODB, "GetItem"),
    "dynamodb:putItem": call(DYNAMODB, "PutItem"),
    "dynamodb:updateItem": call(DYNAMODB, "UpdateItem"),
    "dynamodb:deleteItem": call(DYNAMODB, "DeleteItem"),
  };
}

/** Bodies and details that are JSON travel as its text. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function withTextDetails(args: JsonObject): JsonObject {
  const { Entries: entries } = args;
  if (!Array.isArray(entries)) return args;
  return {
    ...args,
    Entries: entries.map((entry) =>
      isJsonObject(entry) && entry.Detail !== undefined ? { ...entry, Detail: textOf(entry.Detail) } : entry,
    ),
  };
}

function failedEntriesThrown(reply: unknown): unknown {
  const isFailed = isJsonObject(reply) && typeof reply.FailedEntryCount === "number" && reply.FailedEntryCount > 0;
  if (isFailed) throw new TaskFailure("EventBridge.FailedEntry", JSON.stringify(reply));
  return reply;
}

async function callService(
  service: Service,
  action: string,
  args: JsonObject,
  { region, env }: { region: string; env: Readonly<Record<string, string | undefined>> },
): Promise<unknown> {
  const { endpoint, target, contentType, errors } = service;
  const url = env[`AWS_ENDPOINT_URL_${endpoint}`] ?? env.AWS_ENDPOINT_URL;
  if (url === undefined) {
    throw new TaskFailure(
      `${errors}.SdkClientException`,
      `There is no endpoint: set AWS_ENDPOINT_URL_${endpoint} where Step Functions runs.`,
    );
  }
  const sent = fetch(url, {
    method: "POST",
    headers: {
      "content-type": contentType,
      "x-amz-target": `${target}.${action}`,
      // Emulators read the region from here; nobody checks the signature.
      authorization: `AWS4-HMAC-SHA256 Credential=local/20000101/${region}/${target.toLowerCase()}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(args),
  });
  const response = await sent.catch((error: unknown) => {
    throw new TaskFailure(`${errors}.SdkClientException`, `Unable to execute HTTP request: ${reasonIn(error)}`);
  });
  const text = await response.text();
  if (response.ok) return text === "" ? {} : JSON.parse(text);
  throw failureOf(service, response, text);
}

function failureOf({ errors, fullName, namedErrors, otherError }: Service, response: Response, text: string) {
  const { type, message } = errorIn(text);
  const own = /(Exception|Error|Exceeded)$/.test(type) ? type : `${type}Exception`;
  const name = namedErrors.includes(type) ? own : otherError;
  // Services that once answered in XML still say what the error was called there.
  const code = response.headers.get("x-amzn-query-error")?.split(";")[0] ?? type;
  const requestId = response.headers.get("x-amzn-requestid") ?? crypto.randomUUID();
  return new TaskFailure(
    `${errors}.${name}`,
    `${message} (Service: ${fullName}; Status Code: ${response.status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
  );
}

function reasonIn(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  return String(cause instanceof Error ? cause.message : error);
}

function errorIn(text: string): { type: string; message: string } {
  try {
    const body: unknown = JSON.parse(text);
    if (!isJsonObject(body)) throw new TypeError("not an error");
    const type = String(body.__type ?? "ServiceException").replace(/^.*#/, "");
    return { type, message: String(body.message ?? body.Message ?? "") };
  } catch {
    return { type: "ServiceException", message: text };
  }
}
