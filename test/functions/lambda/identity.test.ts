import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { Context, DynamoDBRecord, PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createDynamoDbStore } from "../../../functions/adapters/dynamodb-store.ts";
import { membershipItem, personItem } from "../../../shared/records/people.ts";
import { startDynamoDb, type TestDynamoDb } from "../../support/dynamodb.ts";

const importEntries = () => import("../../../functions/lambda/identity.ts");

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: "fairway-test",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:eu-north-1:123456789012:function:fairway-test",
  memoryLimitInMB: "512",
  awsRequestId: "request-1",
  logGroupName: "",
  logStreamName: "",
  getRemainingTimeInMillis: () => 5000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

let dynamoDb: TestDynamoDb;
let records: readonly DynamoDBRecord[];
let entries: Awaited<ReturnType<typeof importEntries>>;
let closeCognito: () => void;
let cognitoAnswer = { status: 200, body: "{}" };
const added: string[] = [];

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  const table = await dynamoDb.createTable();
  const cognito = createServer(async (request, response) => {
    if (cognitoAnswer.status === 200) added.push(JSON.parse(await text(request)).Username);
    response.writeHead(cognitoAnswer.status).end(cognitoAnswer.body);
  });
  await new Promise<void>((listening) => cognito.listen(0, "127.0.0.1", listening));
  closeCognito = () => cognito.close();
  const address = cognito.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a numbered port.");
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${address.port}/`,
    AWS_REGION: "eu-north-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    TABLE_NAME: table.tableName,
    USER_POOL_ID: "eu-north-1_Pool",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  entries = await importEntries();

  const store = createDynamoDbStore({ client: dynamoDb.client, tableName: table.tableName });
  const person = { id: "person-1", name: "One", email: "one@company.test", language: "et", country: "EE" };
  const role = { personId: "person-1", programmeId: "p", role: "coordinator", organisationId: "o" } as const;
  await store.derive([
    { kind: "put", item: personItem({ ...person, sample: false }), expectedVersion: 0 },
    { kind: "put", item: membershipItem({ ...role, maySubmit: false }), expectedVersion: 0 },
  ]);
  // As Lambda hands records over: plain JSON.
  records = JSON.parse(JSON.stringify(await table.readStream()));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  closeCognito();
  await dynamoDb[Symbol.asyncDispose]();
});

describe("the functions beside Cognito", () => {
  test("a person new in the table may ask for a code from then on; a membership alone adds nobody", async () => {
    expect(await entries.enrol({ Records: [...records] }, context)).toEqual({ batchItemFailures: [] });
    expect(added).toEqual(["one@company.test"]);
  });

  test("a person whom Cognito does not take is tried again from there", async () => {
    cognitoAnswer = { status: 503, body: "" };
    const [first] = records;
    expect(await entries.enrol({ Records: [...records] }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: first?.dynamodb?.SequenceNumber }],
    });
    cognitoAnswer = { status: 200, body: "{}" };
  });

  const tokenFor = (userAttributes: Readonly<Record<string, string>>) => {
    const event: PreTokenGenerationV2TriggerEvent = {
      version: "2",
      triggerSource: "TokenGeneration_RefreshTokens",
      region: "eu-north-1",
      userPoolId: "eu-north-1_Pool",
      userName: "subject-of-cognito",
      callerContext: { awsSdkVersion: "1", clientId: "client" },
      request: { userAttributes: { ...userAttributes }, groupConfiguration: {}, scopes: ["openid"] },
      response: { claimsAndScopeOverrideDetails: {} },
    };
    return entries.preTokenGeneration(event, context);
  };

  test("an access token says which person of ours it speaks for", async () => {
    const { response } = await tokenFor({ sub: "s", email: "one@company.test", email_verified: "true" });
    expect(response).toEqual({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { person_id: "person-1" } } },
    });
  });

  test.each([
    ["an unknown address", { email: "two@company.test", email_verified: "true" }],
    ["an address that was not proved", { email: "one@company.test", email_verified: "false" }],
    ["no address", {}],
  ])("%s gets no token, and is told what to do", async (_case, attributes) => {
    await expect(tokenFor(attributes)).rejects.toThrow("Ask the coordinator of your programme.");
  });
});
