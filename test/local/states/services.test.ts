import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../local/states/asl/json.ts";
import { awsServices } from "../../../local/states/aws-services.ts";
import { functionsAt } from "../../../local/states/functions.ts";

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service that answers everything alike and remembers what it was asked. */
async function service(reply: Reply) {
  const asked: { url: string; target: unknown; body: unknown }[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    asked.push({ url: request.url ?? "", target: request.headers["x-amz-target"], body });
    response.writeHead(reply.status ?? 200, reply.headers);
    response.end(reply.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens at no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}

const call = (url: string, action: string, args: JsonObject) =>
  awsServices({ region: "us-east-1", env: { AWS_ENDPOINT_URL: url } })[action]?.(args);

describe("a service of AWS", () => {
  test("is called by its target, with JSON bodies as text", async () => {
    await using it = await service({ body: '{"MessageId":"1"}' });
    expect(await call(it.url, "sqs:sendMessage", { QueueUrl: "q", MessageBody: { a: 1 } })).toEqual({ MessageId: "1" });
    await call(it.url, "events:putEvents", { Entries: [{ Detail: { b: 2 } }, { Detail: "text" }] });
    await call(it.url, "dynamodb:getItem", { TableName: "t", Key: { id: { S: "1" } } });
    expect(it.asked.map(({ target, body }) => [target, body])).toEqual([
      ["AmazonSQS.SendMessage", { QueueUrl: "q", MessageBody: '{"a":1}' }],
      ["AWSEvents.PutEvents", { Entries: [{ Detail: '{"b":2}' }, { Detail: "text" }] }],
      ["DynamoDB_20120810.GetItem", { TableName: "t", Key: { id: { S: "1" } } }],
    ]);
  });

  test("fails by the names and texts of Step Functions' integrations", async () => {
    const body = '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no table"}';
    await using it = await service({ status: 400, headers: { "x-amzn-requestid": "r-1" }, body });
    await expect(call(it.url, "dynamodb:putItem", { TableName: "t", Item: {} })).rejects.toMatchObject({
      error: "DynamoDB.ResourceNotFoundException",
      causeText:
        "no table (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: r-1; Proxy: null)",
    });
    await using partly = await service({ body: '{"FailedEntryCount":1,"Entries":[{"ErrorCode":"NoBus"}]}' });
    await expect(call(partly.url, "events:putEvents", { Entries: [{}] })).rejects.toMatchObject({
      error: "EventBridge.FailedEntry",
      causeText: expect.stringContaining("NoBus"),
    });
  });

  test("fails by the name all errors share that have none of their own, or that nobody is there", async () => {
    const wrong = {
      body: '{"__type":"com.amazon.coral.validate#ValidationException","message":"bad key"}',
      status: 400,
    };
    await using it = await service(wrong);
    await expect(call(it.url, "dynamodb:getItem", { TableName: "/", Key: {} })).rejects.toMatchObject({
      error: "DynamoDB.AmazonDynamoDBException",
      causeText: expect.stringContaining(
        "bad key (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException;",
      ),
    });
    const headers = {
      "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender",
      "x-amzn-requestid": "r-2",
    };
    const body = '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}';
    await using queues = await service({ status: 400, headers, body });
    await expect(call(queues.url, "sqs:sendMessage", { QueueUrl: "q", MessageBody: "" })).rejects.toMatchObject({
      error: "SQS.QueueDoesNotExistException",
      causeText:
        "The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code: AWS.SimpleQueueService.NonExistentQueue; Request ID: r-2; Proxy: null)",
    });
    await expect(
      call("http://127.0.0.1:1", "sqs:sendMessage", { QueueUrl: "q", MessageBody: "" }),
    ).rejects.toMatchObject({
      error: "SQS.SdkClientException",
      causeText: expect.stringContaining("Unable to execute HTTP request: "),
    });
  });

  test("that nobody has named says how to name it", async () => {
    const services = awsServices({ region: "us-east-1", env: {} });
    await expect(services["sqs:sendMessage"]?.({ QueueUrl: "q", MessageBody: "" })).rejects.toMatchObject({
      error: "SQS.SdkClientException",
      causeText: expect.stringContaining("AWS_ENDPOINT_URL_SQS"),
    });
  });
});

describe("functions behind the Lambda API", () => {
  test("get the payload at the path of their name and give their result", async () => {
    await using it = await service({ body: '{"ok":true}' });
    expect(await functionsAt(`${it.url}/base`)("greet", { n: 1 })).toEqual({ ok: true });
    expect(it.asked).toEqual([
      { url: "/base/2015-03-31/functions/greet/invocations", target: undefined, body: { n: 1 } },
    ]);
  });

  test("fail by the type of what they threw, with its text as it came", async () => {
    const body = '{"errorMessage": "no", "errorType": "Bad"}';
    await using it = await service({ headers: { "x-amz-function-error": "Unhandled" }, body });
    await expect(functionsAt(it.url)("f", {})).rejects.toMatchObject({ error: "Bad", causeText: body });
  });

  test("that are not there, or cannot answer, fail by Lambda's names", async () => {
    await using missing = await service({ status: 404, body: "{}" });
    await expect(functionsAt(missing.url)("f", {})).rejects.toMatchObject({
      error: "Lambda.ResourceNotFoundException",
    });
    await using broken = await service({ status: 500, body: "down" });
    await expect(functionsAt(broken.url)("f", {})).rejects.toMatchObject({ error: "Lambda.ServiceException" });
  });
});
