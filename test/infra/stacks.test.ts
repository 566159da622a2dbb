import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readable, resourceOf, resourcesOf, synthesise } from "./templates.ts";

const templates = synthesise();
const production = synthesise({
  stage: "prod",
  issuer: "https://identity.fairway.test/",
  mailFrom: "noreply@fairway.test",
  portalUrl: "https://portal.fairway.test/",
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
        expect(readable(templates, arn)).toBe(`${name}.Arn`);
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
    expect(readable(templates, Properties.Target.Arn)).toBe("Deadlines");
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
    const { Properties } = resourceOf(production.Api, "AWS::ApiGatewayV2::Authorizer");
    expect(Properties).toMatchObject({
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer: "https://identity.fairway.test/", Audience: ["fairway-portal"] },
    });
  });

  test("reading goes to the function that cannot write, everything else to the other", () => {
    const targets = routes.map(({ Properties }) => {
      const integrationId = readable(templates, Properties.Target).replace("integrations/", "");
      const { IntegrationUri } = resourceOf(templates.Api, "AWS::ApiGatewayV2::Integration", integrationId).Properties;
      return [Properties.RouteKey, readable(templates, IntegrationUri)];
    });
    expect(Object.fromEntries(targets)).toEqual({
      "GET /api/{proxy+}": "Query.Arn",
      "GET /api/openapi.json": "Query.Arn",
      "GET /api/calendar/{proxy+}": "Query.Arn",
      "POST /api/{proxy+}": "Command.Arn",
      "PUT /api/{proxy+}": "Command.Arn",
      "PATCH /api/{proxy+}": "Command.Arn",
      "DELETE /api/{proxy+}": "Command.Arn",
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

  test("relay, project and notify read the table's stream, and nobody else does", () => {
    expect(Object.keys(sources)).toEqual(["RelaySource", "ProjectSource", "NotifySource"]);
  });

  test.each(["Relay", "Project", "Notify"])(
    "%s is handed new events only, and sets aside what it cannot process",
    (id) => {
      const source = resourceOf(templates.Events, "AWS::Lambda::EventSourceMapping", `${id}Source`).Properties;
      expect(readable(templates, source.FunctionName)).toBe(id);
      expect(readable(templates, source.EventSourceArn)).toBe("Table.StreamArn");
      expect(source.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
        { eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "EVENTS#" }] } } } },
      ]);
      expect(source).toMatchObject({
        StartingPosition: "TRIM_HORIZON",
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        MaximumRetryAttempts: 20,
        MaximumRecordAgeInSeconds: 12 * 3600,
      });
      expect(readable(templates, source.DestinationConfig.OnFailure.Destination)).toBe(`${id}Failed.Arn`);
    },
  );

  test("what was set aside is encrypted and kept longer than a holiday", () => {
    for (const { Properties } of Object.values(resourcesOf(templates.Events, "AWS::SQS::Queue"))) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    }
  });
});

describe("every function", () => {
  const functions = Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(resourcesOf(template, "AWS::Lambda::Function")).map(
      ([id, { Properties }]) => [`${stack}/${id}`, Properties] as const,
    ),
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
    const expected: Record<string, string[]> = {
      "Api/Query": ["ISSUER", "AUDIENCE", "PORTAL_URL", "STAGE_RUN_ARN"],
      "Api/Command": ["ISSUER", "AUDIENCE", "PORTAL_URL"],
      "Events/Relay": ["STAGE_RUN_ARN", "DEADLINES_ARN"],
      "Events/Notify": ["MAIL_FROM", "PORTAL_URL"],
    };
    expect(Object.keys(own)).toEqual(expected[id] ?? []);
  });

  test("all logs end, later in prod", () => {
    for (const [retention, { Workflow, Api, Events }] of [
      [30, templates],
      [90, production],
    ] as const) {
      const groups = [Workflow, Api, Events].flatMap((stack) =>
        Object.values(resourcesOf(stack, "AWS::Logs::LogGroup")),
      );
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
