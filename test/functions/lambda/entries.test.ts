import { createServer } from "node:http";
import { SESv2Client, SendEmailCommand, SendingPausedException } from "@aws-sdk/client-sesv2";
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { APIGatewayProxyEventV2, Context, DynamoDBRecord } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createDynamoDbStore } from "../../../functions/adapters/dynamodb-store.ts";
import { samplePeople, seedPeople } from "../../../local/sample/people.ts";
import { applies, isAdmitted } from "../../../local/sample/steps.ts";
import { walkPilot } from "../../../local/sample/walk.ts";
import { pilotStream } from "../../../shared/contracts/items.ts";
import { wallClock } from "../../../shared/ports/clock.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { deliveryOf, type Mail, mailItem, outboxOf, readMail } from "../../../shared/records/mails.ts";
import { startDynamoDb, type TestDynamoDb } from "../../support/dynamodb.ts";
import { pdfSaying, sha256Of } from "../../support/files.ts";
import { startS3, type TestS3 } from "../../support/s3.ts";

// The entries read their environment when they are imported, so they are imported when it is there.
const importEntries = async () => ({
  api: await import("../../../functions/lambda/api.ts"),
  tasks: await import("../../../functions/lambda/tasks.ts"),
  events: await import("../../../functions/lambda/events.ts"),
});

const STAGE_RUN_ARN = "arn:aws:states:eu-north-1:123456789012:stateMachine:fairway-test-stage-run";
const PILOT_ID = "pilot-on-aws";

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: "fairway-test",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:eu-north-1:123456789012:function:fairway-test",
  memoryLimitInMB: "1024",
  awsRequestId: "request-1",
  logGroupName: "",
  logStreamName: "",
  getRemainingTimeInMillis: () => 20_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

let dynamoDb: TestDynamoDb;
let s3: TestS3;
let store: Store;
let readStream: () => Promise<readonly DynamoDBRecord[]>;
let entries: Awaited<ReturnType<typeof importEntries>>;
let token: (personId: string) => Promise<string>;
let closeIssuer: () => void;
const stepFunctions = mockClient(SFNClient);
const ses = mockClient(SESv2Client);

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  s3 = await startS3(() => new Date());
  const table = await dynamoDb.createTable();
  store = createDynamoDbStore({ client: dynamoDb.client, tableName: table.tableName });
  // As Lambda hands records over: plain JSON.
  readStream = async () => JSON.parse(JSON.stringify(await table.readStream()));

  const keys = await generateKeyPair("ES256");
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "k", alg: "ES256" }] };
  const issuer = createServer((_, response) => response.end(JSON.stringify(jwks)));
  await new Promise<void>((listening) => issuer.listen(0, "127.0.0.1", listening));
  closeIssuer = () => issuer.close();
  const address = issuer.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a numbered port.");
  const url = `http://127.0.0.1:${address.port}`;
  token = (personId) =>
    new SignJWT({ iss: url, aud: "fairway-api", sub: personId })
      .setProtectedHeader({ alg: "ES256", kid: "k" })
      .setExpirationTime("1h")
      .sign(keys.privateKey);

  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    FILES_BUCKET: "fairway-files",
    AWS_REGION: "eu-north-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    TABLE_NAME: table.tableName,
    ISSUER: url,
    AUDIENCE: "fairway-api",
    PORTAL_URL: "https://fairway.example",
    STAGE_RUN_ARN,
    DEADLINES_ARN: STAGE_RUN_ARN.replace("stage-run", "deadlines"),
    MAIL_FROM: "noreply@fairway.example",
    MAIL_CONFIGURATION_SET: "fairway-test",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  entries = await importEntries();

  await seedPeople({ store, clock: wallClock });
  await walkPilot(
    { store, clock: wallClock },
    {
      pilotId: PILOT_ID,
      company: "birch",
      market: "LV",
      otherMarket: "EE",
      coordinator: "coordinator-1",
      team: ["advisor-1", "expert-1", "lab-1"],
      steps: [applies, isAdmitted],
    },
  );
});

afterAll(async () => {
  vi.unstubAllEnvs();
  stepFunctions.restore();
  ses.restore();
  closeIssuer();
  await s3[Symbol.asyncDispose]();
  await dynamoDb[Symbol.asyncDispose]();
});

beforeEach(() => {
  stepFunctions.reset();
  stepFunctions.on(StartExecutionCommand).resolves({});
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: "0100" });
});

/** A call as API Gateway's HTTP API hands it over. */
function httpEvent(method: string, path: string, more: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  return {
    version: "2.0",
    routeKey: `${method} /api/{proxy+}`,
    rawPath: path,
    rawQueryString: "",
    headers: {},
    isBase64Encoded: false,
    requestContext: {
      accountId: "123456789012",
      apiId: "api",
      domainName: "api.example",
      domainPrefix: "api",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "request-1",
      routeKey: `${method} /api/{proxy+}`,
      stage: "$default",
      time: "10/Mar/2027:09:00:00 +0000",
      timeEpoch: 1_804_669_200_000,
    },
    ...more,
  };
}

const signedIn = async (personId: string) => ({
  authorization: `Bearer ${await token(personId)}`,
  "content-type": "application/json",
});

describe("the API's Lambda entries", () => {
  test("answer a signed-in person", async () => {
    const headers = await signedIn("advisor-1");
    const answer = await entries.api.query(httpEvent("GET", "/api/me", { headers }), context);
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body ?? "")).toMatchObject({ person: { id: "advisor-1" }, acting: { role: "advisor" } });
  });

  test("refuse who is not, as a problem document", async () => {
    const answer = await entries.api.query(httpEvent("GET", "/api/me"), context);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers?.["content-type"]).toMatch(/^application\/problem\+json/);
  });

  test("hand out the OpenAPI document to everybody", async () => {
    const answer = await entries.api.query(httpEvent("GET", "/api/openapi.json"), context);
    expect(JSON.parse(answer.body ?? "")).toMatchObject({ openapi: "3.1.1" });
  });

  test("read the query", async () => {
    const headers = await signedIn("coordinator-1");
    const event = httpEvent("GET", `/api/pilots/${PILOT_ID}/timeline`, { headers, rawQueryString: "limit=2" });
    const answer = await entries.api.query(event, context);
    expect(JSON.parse(answer.body ?? "").entries).toHaveLength(2);
  });

  test("change what is asked, once for a repeat, also in base64", async () => {
    const headers = await signedIn("sme-aurora-admin");
    const body = JSON.stringify({ pilotId: "new-on-aws", title: "Diary für Ältere" });
    const event = httpEvent("POST", "/api/applications", { headers, body });
    const encoded = { ...event, body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
    for (const sent of [event, encoded]) {
      const answer = await entries.api.command(sent, context);
      expect(answer.statusCode, answer.body).toBe(200);
      expect(JSON.parse(answer.body ?? "")).toMatchObject({ id: "new-on-aws", title: "Diary für Ältere" });
    }
    expect((await store.eventsOf(pilotStream("new-on-aws"))).items.map(({ type }) => type)).toEqual([
      "ApplicationStarted",
    ]);
  });
});

describe("what the entries write into their logs", () => {
  const WRITTEN = "Lighthouse keeper's ledger";
  const ADDRESS = "keeper@lighthouse.example";

  test("on the way of a change through all of them, with mistakes and failures, names nobody and quotes nothing", async () => {
    const printed: string[] = [];
    const keep = (...said: unknown[]) => {
      printed.push(said.map(String).join(" "));
      return true;
    };
    const methods = ["log", "info", "warn", "error", "debug"] as const;
    const spies = [
      ...methods.map((method) => vi.spyOn(console, method).mockImplementation(keep)),
      vi.spyOn(process.stdout, "write").mockImplementation(keep),
    ];
    /** Lambda writes down what leaves a function as an error. */
    const leaves = async (call: Promise<unknown>) => {
      const error = await call.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error instanceof Error) printed.push(`${error.name}: ${error.message}\n${error.stack}`);
      return error;
    };
    const headers = await signedIn("sme-birch-admin");
    const command = (path: string, body: string) =>
      leaves(entries.api.command(httpEvent("POST", `/api/${path}`, { headers, body }), context));
    await command("applications", JSON.stringify({ pilotId: "logged-on-aws", title: WRITTEN }));
    await command("pilots/logged-on-aws/comments", JSON.stringify({ text: WRITTEN, internal: false }));
    const colleague = { email: ADDRESS, name: WRITTEN, role: "sme_member", maySubmit: false, language: "en" };
    await command("members", JSON.stringify(colleague));
    await command("applications", `{"${WRITTEN}"`);
    await leaves(entries.api.query(httpEvent("GET", "/api/me", { headers: { authorization: WRITTEN } }), context));

    const said = new Error(`${WRITTEN}\nof ${ADDRESS}`, { cause: new TypeError(`${ADDRESS} again`) });
    stepFunctions.on(StartExecutionCommand).rejects(said);
    ses.on(SendEmailCommand).rejects(said);
    const Records = [...(await readStream())];
    await leaves(entries.events.relay({ Records }, context));
    await leaves(entries.events.project({ Records }, context));
    await leaves(entries.events.notify({ Records }, context));
    await leaves(entries.events.deliver({ Records: [...(await readStream())] }, context));
    vi.spyOn(Date.prototype, "toISOString").mockImplementationOnce(() => {
      throw said;
    });
    expect(await leaves(entries.tasks.sweepWaits({}, context))).toMatchObject({ name: "Error" });
    await leaves(entries.tasks.openStage({ pilotId: WRITTEN, stageRunId: ADDRESS }, context));
    for (const spy of spies) spy.mockRestore();

    const output = printed.join("\n");
    expect(output).toContain("PilotUnknown");
    expect(output).toMatch(/"places":\["at /);
    const secrets = [
      ...samplePeople.flatMap(({ person }) => [person.name, person.email]),
      ...[WRITTEN, ADDRESS, String(headers.authorization).slice(7)],
    ];
    expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
  });
});

describe("the task entries", () => {
  test("open a stage once, however often the state runs (I1)", async () => {
    const payload = { pilotId: PILOT_ID, stageRunId: "needs-1" };
    const first = await entries.tasks.openStage(payload, context);
    expect(first).toEqual({ deliverables: expect.arrayContaining(["NA-1"]) });
    await expect(entries.tasks.openStage(payload, context)).resolves.toEqual(first);
    const { items } = await store.eventsOf(pilotStream(PILOT_ID));
    expect(items.filter(({ type }) => type === "StageOpened")).toHaveLength(1);
  });

  test("fail by a name that state machines can match, and log no data of people", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const payload = { pilotId: "nobodys-pilot", stageRunId: "needs-1" };
    await expect(entries.tasks.openStage(payload, context)).rejects.toMatchObject({ name: "PilotUnknown" });
    expect(log.mock.calls.map(([line]) => JSON.parse(String(line)))).toEqual([
      expect.objectContaining({ error: "PilotUnknown", requestId: "request-1" }),
    ]);
    expect(JSON.stringify(log.mock.calls)).not.toContain("nobodys-pilot");
    log.mockRestore();
  });
});

describe("files on AWS", () => {
  const answered = async (method: string, path: string, input?: Readonly<Record<string, unknown>>) => {
    const event = httpEvent(method, `/api/${path}`, {
      headers: await signedIn("sme-aurora-admin"),
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    });
    const answer = await (method === "GET" ? entries.api.query : entries.api.command)(event, context);
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? "") };
  };
  const call = async (...request: Parameters<typeof answered>) => {
    const { status, body } = await answered(...request);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };

  test("whose content is not what the name says do not count, though the bucket took them", async () => {
    const pilot = "pilots/false-files-on-aws";
    await call("POST", "applications", { pilotId: "false-files-on-aws", title: "Diary" });
    const content = Buffer.from("MZ is how programs begin");
    const announced = { field: "/attachments", name: "report.pdf", bytes: content.length, sha256: sha256Of(content) };
    const { fileId, upload } = await call("POST", `${pilot}/deliverables/IN-1/files`, announced);
    expect((await fetch(upload.url, { method: upload.method, headers: upload.headers, body: content })).status).toBe(
      200,
    );
    expect(await answered("POST", `${pilot}/files/${fileId}/completion`, {})).toMatchObject({
      status: 422,
      body: { type: "/problems/RuleBroken" },
    });
    expect((await answered("GET", `${pilot}/files/${fileId}/link`)).status).toBe(404);
  });

  test("go to the bucket by a signed address, are checked there, and come back by another", async () => {
    const pilot = "pilots/files-on-aws";
    await call("POST", "applications", { pilotId: "files-on-aws", title: "Diary" });
    const content = pdfSaying("on AWS");
    const announced = { field: "/attachments", name: "report.pdf", bytes: content.length, sha256: sha256Of(content) };
    const { fileId, upload } = await call("POST", `${pilot}/deliverables/IN-1/files`, announced);
    const put = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: content });
    expect(put.status).toBe(200);
    expect(await call("POST", `${pilot}/files/${fileId}/completion`, {})).toMatchObject({ name: "report.pdf" });
    const { download } = await call("GET", `${pilot}/files/${fileId}/link`);
    const got = await fetch(download.url);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(content);
    expect(got.headers.get("content-disposition")).toMatch(/^attachment; filename="report.pdf"/);
  });
});

describe("the stream entries", () => {
  const ofType = (records: readonly DynamoDBRecord[], type: string) =>
    records.filter(({ dynamodb }) => dynamodb?.NewImage?.type?.S === type && dynamodb.NewImage.sequence !== undefined);

  test("start the execution of an admitted pilot's first stage", async () => {
    const answer = await entries.events.relay({ Records: [...(await readStream())] }, context);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input)).toEqual([
      {
        stateMachineArn: STAGE_RUN_ARN,
        name: `${PILOT_ID}-needs-1-1`,
        input: JSON.stringify({ pilotId: PILOT_ID, stageRunId: "needs-1" }),
      },
    ]);
  });

  test("take a record that comes again for handled", async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ $metadata: {}, message: "" }));
    const answer = await entries.events.relay({ Records: [...(await readStream())] }, context);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  test("report the first record that failed, and leave those after it alone", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    stepFunctions.on(StartExecutionCommand).rejects(new Error("slow down"));
    const records = await readStream();
    const [admitted] = ofType(records, "PilotAdmitted");
    const Records = [...records, ...ofType(records, "PilotAdmitted")];
    const answer = await entries.events.relay({ Records }, context);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: admitted?.dynamodb?.SequenceNumber }] });
    expect(stepFunctions.commandCalls(StartExecutionCommand)).toHaveLength(1);
    expect(JSON.stringify(log.mock.calls)).not.toContain("slow down");
    log.mockRestore();
  });

  test("count pilots and tell people, each once for a batch that comes twice (I7)", async () => {
    const Records = [...(await readStream())];
    for (const _ of [1, 2]) {
      await expect(entries.events.project({ Records }, context)).resolves.toEqual({ batchItemFailures: [] });
      await expect(entries.events.notify({ Records }, context)).resolves.toEqual({ batchItemFailures: [] });
    }
    const headers = await signedIn("coordinator-1");
    const answer = await entries.api.query(httpEvent("GET", "/api/pipeline", { headers }), context);
    const { stages } = JSON.parse(answer.body ?? "");
    expect(stages.reduce((sum: number, { pilots }: { pilots: number }) => sum + pilots, 0)).toBe(
      ofType(Records, "ApplicationStarted").length,
    );
    const { items: mails } = await outboxOf(store, "sample");
    expect(mails).not.toEqual([]);
    expect(new Set(mails.map(({ personId, eventIds }) => `${personId} ${eventIds.join()}`)).size).toBe(mails.length);
  });

  test("have nothing to do with changes of items", async () => {
    const records = await readStream();
    const items = records.filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S?.startsWith("PILOT#"));
    expect(items.length).toBeGreaterThan(3);
    await expect(entries.events.relay({ Records: items }, context)).resolves.toEqual({ batchItemFailures: [] });
    expect(stepFunctions.calls()).toEqual([]);
  });
});

describe("the mail entries", () => {
  const write = async (id: string, to: string): Promise<void> => {
    const mail: Mail = {
      id,
      programmeId: "mails",
      to,
      personId: "anna",
      subject: "Please review",
      text: "It is due.",
      createdAt: new Date().toISOString(),
      eventIds: [],
      language: "en",
      sample: false,
    };
    await store.derive([{ kind: "put", item: mailItem(mail), expectedVersion: 0 }]);
  };
  const delivery = async (id: string) => {
    const kept = await readMail(store, id);
    return kept && deliveryOf(kept.mail);
  };
  const receivers = () =>
    ses.commandCalls(SendEmailCommand).map(({ args }) => args[0].input.Destination?.ToAddresses?.join());

  test("hand a new mail over once, however often its record comes, and look at no other record", async () => {
    await write("on-aws/1", "anna@example.org");
    const Records = [...(await readStream())];
    for (const _ of [1, 2]) {
      await expect(entries.events.deliver({ Records }, context)).resolves.toEqual({ batchItemFailures: [] });
    }
    expect(receivers()).toEqual(["anna@example.org"]);
    expect(await delivery("on-aws/1")).toMatchObject({ status: "sent", attempts: 1 });
  });

  test("let a mail that SES does not take wait in its item: no record is reported, the schedule finds it", async () => {
    await write("on-aws/2", "bo@example.org");
    ses.on(SendEmailCommand).rejects(new SendingPausedException({ $metadata: {}, message: "Paused." }));
    const Records = [...(await readStream())];
    await expect(entries.events.deliver({ Records }, context)).resolves.toEqual({ batchItemFailures: [] });
    expect(await delivery("on-aws/2")).toMatchObject({ status: "waiting", attempts: 1, answer: "Paused." });

    ses.on(SendEmailCommand).resolves({ MessageId: "0101" });
    await expect(entries.events.deliverDue({}, context)).resolves.toEqual({ handled: 0 });
    vi.setSystemTime(Date.now() + 3 * 60_000);
    await expect(entries.events.deliverDue({}, context)).resolves.toEqual({ handled: 1 });
    vi.useRealTimers();
    expect(await delivery("on-aws/2")).toMatchObject({ status: "sent", attempts: 2 });
  });

  test("stop in time for the mail under way", async () => {
    await write("on-aws/3", "cy@example.org");
    const short = { ...context, getRemainingTimeInMillis: () => 1000 };
    await expect(entries.events.deliverDue({}, short)).resolves.toEqual({ handled: 0 });
    await expect(entries.events.deliverDue({}, context)).resolves.toEqual({ handled: 1 });
  });

  test("mark what comes back, and send nothing more there", async () => {
    await write("on-aws/4", "dee@example.org");
    await entries.events.deliverDue({}, context);
    const event = {
      id: "1",
      version: "0",
      account: "123456789012",
      time: "2027-03-10T09:00:00Z",
      region: "eu-north-1",
      resources: [],
      source: "aws.ses",
      "detail-type": "Email Bounced",
      detail: {
        eventType: "Bounce",
        bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "dee@example.org" }] },
        mail: { destination: ["dee@example.org"], headers: [{ name: "Fairway-Mail", value: "on-aws%2F4" }] },
      },
    };
    await entries.events.mailReturned(event, context);
    expect(await delivery("on-aws/4")).toMatchObject({ status: "bounced", cause: "bounce" });
    ses.resetHistory();
    await write("on-aws/5", "dee@example.org");
    await entries.events.deliverDue({}, context);
    expect(receivers()).toEqual([]);
    expect(await delivery("on-aws/5")).toMatchObject({ status: "failed", cause: "undeliverable" });
  });
});
