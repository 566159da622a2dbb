import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isOfCdk, PRODUCTION, readable, resourceOf, resourcesOf, synthesise } from "./templates.ts";

const templates = synthesise();
const production = synthesise(PRODUCTION);
const ownProvider = synthesise({
  openIdProvider: {
    issuer: "https://identity.fairway.test/",
    clientId: "fairway-portal",
    audience: "fairway",
    origins: ["https://tokens.fairway.test/"],
  },
});

describe("data stack", () => {
  const { Properties } = resourceOf(templates.Data, "AWS::DynamoDB::GlobalTable");

  test("the table has the keys and indexes of the contract and costs nothing while idle", () => {
    const keySchema = (pk: string, sk: string) => [
      { AttributeName: pk, KeyType: "HASH" },
      { AttributeName: sk, KeyType: "RANGE" },
    ];
    const Projection = { ProjectionType: "ALL" };
    expect(Properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: keySchema("pk", "sk"),
      GlobalSecondaryIndexes: [
        { IndexName: "gsi1", KeySchema: keySchema("gsi1pk", "gsi1sk"), Projection },
        { IndexName: "gsi2", KeySchema: keySchema("gsi2pk", "gsi2sk"), Projection },
      ],
    });
  });

  test("its stream carries new images", () => {
    expect(Properties.StreamSpecification).toEqual({ StreamViewType: "NEW_IMAGE" });
  });

  test.each([
    ["dev", templates, "Delete", false],
    ["prod", production, "Retain", true],
  ] as const)(
    "in %s it can be restored to any second of the last weeks; its fate follows the stage",
    (_stage, { Data }, policy, isProtected) => {
      const table = resourceOf(Data, "AWS::DynamoDB::GlobalTable");
      expect(table.DeletionPolicy).toBe(policy);
      expect(table.Properties.Replicas).toEqual([
        expect.objectContaining({
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          DeletionProtectionEnabled: isProtected,
        }),
      ]);
    },
  );
});

describe("the bucket of files", () => {
  const bucket = resourceOf(templates.Data, "AWS::S3::Bucket");

  test("is encrypted, private and keeps a month of what was removed", () => {
    expect(bucket.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      VersioningConfiguration: { Status: "Enabled" },
      LifecycleConfiguration: {
        Rules: [
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: "Enabled" },
          {
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            ExpiredObjectDeleteMarker: true,
            Status: "Enabled",
          },
        ],
      },
    });
  });

  test("refuses whoever does not come by TLS, a recent one", () => {
    const { Statement } = resourceOf(templates.Data, "AWS::S3::BucketPolicy").Properties.PolicyDocument;
    expect(Statement.map(({ Effect, Action, Condition }) => [Effect, Action, Condition])).toEqual([
      ["Deny", "s3:*", { Bool: { "aws:SecureTransport": "false" } }],
      ["Deny", "s3:*", { NumericLessThan: { "s3:TlsVersion": 1.2 } }],
    ]);
  });

  test("answers browsers on the portal's pages, with the headers an upload is signed with", () => {
    expect(resourceOf(production.Data, "AWS::S3::Bucket").Properties.CorsConfiguration).toEqual({
      CorsRules: [
        {
          AllowedOrigins: ["https://portal.fairway.test"],
          AllowedMethods: ["GET", "PUT"],
          AllowedHeaders: ["content-type", "x-amz-checksum-sha256"],
          MaxAge: 3600,
        },
      ],
    });
  });

  test("goes with a stack of dev and stays when one of prod is deleted", () => {
    expect(bucket.DeletionPolicy).toBe("Delete");
    expect(resourceOf(production.Data, "AWS::S3::Bucket").DeletionPolicy).toBe("Retain");
  });
});

describe("mail stack", () => {
  test("mails are signed for the sender's domain, carried by TLS, and not sent where they came back from", () => {
    expect(resourceOf(production.Mail, "AWS::SES::EmailIdentity").Properties).toMatchObject({
      EmailIdentity: "fairway.test",
      FeedbackAttributes: { EmailForwardingEnabled: false },
    });
    expect(resourceOf(production.Mail, "AWS::SES::ConfigurationSet").Properties).toMatchObject({
      Name: "fairway-prod",
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
      SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    expect(Object.keys(templates.Mail.Outputs ?? {}).filter((name) => name.startsWith("Dkim"))).toHaveLength(3);
  });

  test("bounces, complaints and rejections of this stage reach the function that marks them, or the queue", () => {
    const { EventDestination } = resourceOf(templates.Mail, "AWS::SES::ConfigurationSetEventDestination").Properties;
    expect(EventDestination).toMatchObject({ MatchingEventTypes: ["bounce", "complaint", "reject"], Enabled: true });
    expect(readable(templates, EventDestination.EventBridgeDestination.EventBusArn)).toMatch(/:event-bus\/default$/);

    const rule = resourceOf(templates.Mail, "AWS::Events::Rule").Properties;
    expect(rule.EventPattern).toEqual({
      source: ["aws.ses"],
      "detail-type": ["Email Bounced", "Email Complaint Received", "Email Rejected"],
      detail: { mail: { tags: { "ses:configuration-set": ["fairway-dev"] } } },
    });
    expect(
      rule.Targets.map(({ Arn, DeadLetterConfig }) => [
        readable(templates, Arn),
        readable(templates, DeadLetterConfig.Arn),
      ]),
    ).toEqual([["MailReturnedLive", "MailReturnedFailed.Arn"]]);
    const failure = resourceOf(templates.Mail, "AWS::Lambda::EventInvokeConfig").Properties;
    expect(readable(templates, failure.FunctionName)).toBe("MailReturned");
    expect(readable(templates, failure.DestinationConfig.OnFailure.Destination)).toBe("MailReturnedFailed.Arn");
  });
});

describe("workflow stack", () => {
  const machines = resourcesOf(templates.Workflow, "AWS::StepFunctions::StateMachine");

  test.each([
    ["StageRun", "stage-run"],
    ["Deadlines", "deadlines"],
  ])("%s runs the very bytes of workflows/%s.asl.json", (id, name) => {
    const file = readFileSync(join(import.meta.dirname, `../../workflows/${name}.asl.json`), "utf8");
    expect(machines[id]?.Properties.DefinitionString).toBe(file);
  });

  test.each(["StageRun", "Deadlines"])("%s is durable, traced, and logs errors without what people wrote", (id) => {
    expect(machines[id]?.Properties).toMatchObject({
      StateMachineType: "STANDARD",
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: "ERROR", IncludeExecutionData: false },
    });
  });

  test("every placeholder is the function of the same name, so every state runs the code written for it", () => {
    for (const { Properties } of Object.values(machines)) {
      for (const [name, arn] of Object.entries(Properties.DefinitionSubstitutions)) {
        expect(readable(templates, arn)).toBe(`${name}Live`);
        const handler = `index.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
        expect(resourceOf(templates.Workflow, "AWS::Lambda::Function", name).Properties.Handler).toBe(handler);
      }
    }
  });

  test("a function gives up before the state that waits for it, so a retry never meets the first attempt", () => {
    for (const { Properties } of Object.values(machines)) {
      for (const { functionName, timeoutSeconds } of tasksIn(JSON.parse(Properties.DefinitionString))) {
        const task = resourceOf(templates.Workflow, "AWS::Lambda::Function", functionName);
        expect(task.Properties.Timeout).toBeLessThan(timeoutSeconds);
      }
    }
  });

  test("deadlines are looked at every hour", () => {
    const { Properties } = resourceOf(templates.Workflow, "AWS::Scheduler::Schedule");
    expect(Properties).toMatchObject({ ScheduleExpression: "cron(0 * * * ? *)", State: "ENABLED" });
    expect(readable(templates, Properties.Target.Arn)).toBe("DeadlinesLive.Arn");
  });
});

describe("api stack", () => {
  const routes = Object.values(resourcesOf(templates.Api, "AWS::ApiGatewayV2::Route"));

  test("every route wants a token of the configured issuer and audience, but for the API's description and calendar links", () => {
    const open = ["GET /api/openapi.json", "GET /api/calendar/{proxy+}"];
    const authorization = Object.fromEntries(
      routes.map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]),
    );
    expect(authorization).toEqual(
      Object.fromEntries(Object.keys(authorization).map((route) => [route, open.includes(route) ? "NONE" : "JWT"])),
    );
    expect(Object.keys(authorization)).toEqual(expect.arrayContaining(open));
    const { Properties } = resourceOf(ownProvider.Api, "AWS::ApiGatewayV2::Authorizer");
    expect(Properties).toMatchObject({
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer: "https://identity.fairway.test/", Audience: ["fairway"] },
    });
  });

  test("reading goes to the function that cannot write, everything else to the other", () => {
    const targets = routes.map(({ Properties }) => {
      const integrationId = readable(templates, Properties.Target).replace("integrations/", "");
      const { IntegrationUri } = resourceOf(templates.Api, "AWS::ApiGatewayV2::Integration", integrationId).Properties;
      return [Properties.RouteKey, readable(templates, IntegrationUri)];
    });
    expect(Object.fromEntries(targets)).toEqual({
      "GET /api/{proxy+}": "QueryLive",
      "GET /api/openapi.json": "QueryLive",
      "GET /api/calendar/{proxy+}": "QueryLive",
      "POST /api/{proxy+}": "CommandLive",
      "PUT /api/{proxy+}": "CommandLive",
      "PATCH /api/{proxy+}": "CommandLive",
      "DELETE /api/{proxy+}": "CommandLive",
    });
  });

  test("requests are throttled, and logged without address, person or path", () => {
    const { Properties } = resourceOf(templates.Api, "AWS::ApiGatewayV2::Stage");
    expect(Properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(readable(templates, Properties.AccessLogSettings.DestinationArn)).toBe("AccessLog.Arn");
    expect(Properties.AccessLogSettings.Format).not.toMatch(/identity|claims|path/);
  });
});

describe("events stack", () => {
  const sources = resourcesOf(templates.Events, "AWS::Lambda::EventSourceMapping");

  test("relay, project, notify and deliver read the table's stream, and nobody else does", () => {
    expect(Object.keys(sources)).toEqual(["RelaySource", "ProjectSource", "NotifySource", "DeliverSource"]);
  });

  test("what SES did not take at once is tried again every five minutes", () => {
    const { Properties } = resourceOf(templates.Events, "AWS::Scheduler::Schedule");
    expect(Properties).toMatchObject({ ScheduleExpression: "rate(5 minutes)", State: "ENABLED" });
    expect(readable(templates, Properties.Target.Arn)).toBe("DeliverDueLive");
  });

  test.each([
    ["Relay", "events", "EVENTS#"],
    ["Project", "events", "EVENTS#"],
    ["Notify", "events", "EVENTS#"],
    ["Deliver", "mails", "MAIL#"],
  ])("%s is handed new %s only, and sets aside what it cannot process", (id, _what, prefix) => {
    const source = resourceOf(templates.Events, "AWS::Lambda::EventSourceMapping", `${id}Source`).Properties;
    expect(readable(templates, source.FunctionName)).toBe(`${id}Live:live`);
    expect(readable(templates, source.EventSourceArn)).toBe("Table.StreamArn");
    expect(source.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix }] } } } },
    ]);
    expect(source).toMatchObject({
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRetryAttempts: 20,
      MaximumRecordAgeInSeconds: 12 * 3600,
    });
    expect(readable(templates, source.DestinationConfig.OnFailure.Destination)).toBe(`${id}Failed.Arn`);
  });

  test("what was set aside is encrypted and kept longer than a holiday", () => {
    const queues = [templates.Events, templates.Mail].flatMap((stack) =>
      Object.values(resourcesOf(stack, "AWS::SQS::Queue")),
    );
    expect(queues).toHaveLength(5);
    for (const { Properties } of queues) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    }
  });
});

describe("every function", () => {
  const functions = Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(resourcesOf(template, "AWS::Lambda::Function"))
      .filter(([id]) => !isOfCdk(id))
      .map(([id, { Properties }]) => [`${stack}/${id}`, Properties] as const),
  );

  test.each(functions)(
    "%s runs on Node 24 and arm64 with memory and timeout stated, nothing reserved",
    (_id, properties) => {
      expect(properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        MemorySize: expect.any(Number),
        Timeout: expect.any(Number),
      });
      expect(properties.ReservedConcurrentExecutions).toBeUndefined();
    },
  );

  test.each(functions)("%s is told the table, the stage and what its kind of work needs", (id, properties) => {
    const { TABLE_NAME, STAGE, ...own } = properties.Environment.Variables;
    expect(readable(templates, TABLE_NAME)).toBe("Table");
    expect(STAGE).toBe("dev");
    const api = ["ISSUER", "AUDIENCE", "AUDIENCE_CLAIM", "PERSON_CLAIM", "PORTAL_URL", "FILES_BUCKET"];
    const expected: Record<string, string[]> = {
      "Api/Query": [...api, "STAGE_RUN_ARN"],
      "Api/Command": api,
      "Identity/Enrol": ["USER_POOL_ID"],
      "Events/Relay": ["STAGE_RUN_ARN", "DEADLINES_ARN"],
      "Events/Notify": ["PORTAL_URL"],
      "Events/Deliver": ["MAIL_FROM", "MAIL_CONFIGURATION_SET", "PORTAL_URL"],
      "Events/DeliverDue": ["MAIL_FROM", "MAIL_CONFIGURATION_SET", "PORTAL_URL"],
    };
    expect(Object.keys(own).sort()).toEqual([...(expected[id] ?? [])].sort());
  });

  test("all logs end, later in prod", () => {
    for (const [retention, stacks] of [
      [30, templates],
      [90, production],
    ] as const) {
      const groups = Object.values(stacks).flatMap((stack) => Object.values(resourcesOf(stack, "AWS::Logs::LogGroup")));
      expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toEqual(groups.map(() => retention));
    }
  });
});

interface AslState {
  readonly Arguments?: { readonly FunctionName: string };
  readonly TimeoutSeconds: number;
  readonly ItemProcessor?: AslMachine;
}

interface AslMachine {
  readonly States: Readonly<Record<string, AslState>>;
}

function tasksIn(machine: AslMachine): { readonly functionName: string; readonly timeoutSeconds: number }[] {
  return Object.values(machine.States).flatMap(({ Arguments, TimeoutSeconds, ItemProcessor }) => [
    ...(Arguments ? [{ functionName: Arguments.FunctionName.slice(2, -1), timeoutSeconds: TimeoutSeconds }] : []),
    ...(ItemProcessor ? tasksIn(ItemProcessor) : []),
  ]);
}
