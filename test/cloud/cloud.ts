/**
 * The cloud-shaped system: the synthesised templates, the bundled functions and their roles, as they would run on AWS, on this
 * machine. DynamoDB is a compatible server, Step Functions our own endpoint over the wire, the rest small stand-ins; every
 * call is let through only if the policies of the calling role in the templates allow it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ScalarAttributeType,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { CreateStateMachineAliasCommand, CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import { buildBundles } from "../../infra/constructs/bundles.ts";
import { createClock } from "../../local/clock.ts";
import { startScheduler } from "../../local/scheduler.ts";
import { executionOfToken } from "../../local/states/asl/token.ts";
import { TaskFailure } from "../../local/states/calls.ts";
import { openStates, type States } from "../../local/states/states.ts";
import { serveStates } from "../../local/states/wire/server.ts";
import { type Call, createClient } from "../../shared/contracts/client.ts";
import type { Store } from "../../shared/ports/store.ts";
import { openStandIn, PRODUCTION } from "../infra/templates.ts";
import { startDynamoDb } from "../support/dynamodb.ts";
import type { SamplePerson } from "../support/people.ts";
import { startS3 } from "../support/s3.ts";
import { ACCOUNT, REGION } from "./account.ts";
import { type Authority, createAuthority, matches, plainId, rolesOf } from "./authority.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { dynamoDbService } from "./dynamodb-service.ts";
import { type EventPattern, fits } from "./event-pattern.ts";
import { openFrontDoor } from "./front-door.ts";
import { openHttpApi } from "./http-api.ts";
import { FunctionFailed, type LambdaHost, startLambda } from "./lambda-host.ts";
import { type MailService, mailService } from "./mail-service.ts";
import { emailOf, seedRealPeople } from "./people.ts";
import { statesService } from "./states-service.ts";
import { type StreamSource, startStreamSources } from "./stream-sources.ts";
import { createUsage, type Usage } from "./usage.ts";
import { openUserPool } from "./user-pool.ts";

export interface Cloud extends AsyncDisposable {
  /** Of the HTTP API, without a slash at the end. */
  readonly url: string;
  readonly deployment: Deployment;
  readonly authority: Authority;
  readonly usage: Usage;
  readonly lambda: LambdaHost;
  /** The table with an operator's rights: as the store, and as it is. */
  readonly store: Store;
  readonly table: { readonly client: DynamoDBClient; readonly name: string };
  readonly mail: Pick<MailService, "sent" | "pause">;
  /** What was set aside, by the queue's id in the templates. */
  readonly queues: ReadonlyMap<string, readonly unknown[]>;
  now(): Date;
  /** The API as somebody who has signed in at the user pool, by their address. */
  signIn(email: string): Promise<Call>;
  /** The same as one of the programme's people. */
  as(person: SamplePerson): Promise<Call>;
  /** Lets time pass, with all that is due on the way. */
  moveTo(instant: Date): Promise<void>;
  /** Calls a function as the schedule with this id does. */
  runSchedule(id: string): Promise<void>;
  /** Puts an event on the default bus. */
  putEvent(event: Readonly<Record<string, unknown>>): void;
  /** What the executions of a machine took so far, by its id in the templates. */
  workflowUsage(id: string): Promise<WorkflowUsage>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export interface WorkflowUsage {
  readonly executions: number;
  /** As AWS counts them: each state entered, and each further attempt at a task. */
  readonly transitions: number;
}

interface TableProperties {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string }[];
  readonly KeySchema: KeySchemaElement[];
  readonly GlobalSecondaryIndexes: readonly { readonly IndexName: string; readonly KeySchema: KeySchemaElement[] }[];
  readonly StreamSpecification: { readonly StreamViewType: "NEW_IMAGE" };
}

interface MachineProperties {
  readonly StateMachineName: string;
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions: Readonly<Record<string, string>>;
  readonly RoleArn: string;
}

interface ScheduleProperties {
  readonly Target: { readonly Arn: string; readonly RoleArn: string; readonly Input?: string };
}

interface SourceProperties {
  readonly FunctionName: string;
  readonly EventSourceArn: string;
  readonly BatchSize: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts: number;
  readonly FilterCriteria: { readonly Filters: readonly { readonly Pattern: string }[] };
  readonly DestinationConfig: { readonly OnFailure: { readonly Destination: string } };
}

interface RuleProperties {
  readonly EventPattern: EventPattern;
  readonly Targets: readonly { readonly Arn: string }[];
}

interface InvokeConfigProperties {
  readonly FunctionName: string;
  readonly MaximumRetryAttempts: number;
  readonly DestinationConfig: { readonly OnFailure: { readonly Destination: string } };
}

interface PermissionProperties {
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn: string;
}

/** Token life at the pool, less than which a client keeps one. */
const TOKEN_MS = 50 * 60 * 1000;

export async function startCloud(context: Readonly<Record<string, unknown>> = PRODUCTION): Promise<Cloud> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "fairway-cloud-"));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const { app } = openStandIn(folder, context, await buildBundles(join(folder, "bundles")));
  const { stacks, directory: assets } = app.synth();

  const clock = createClock();
  const usage = createUsage();
  const found = { streamArn: "", providerUrl: "" };
  const deployment = deploy(stacks, () => found);

  // --- what the templates' values name: the table's stream, the issuer of tokens ---------------------------------------
  const dynamoDb = started.use(await startDynamoDb());
  const table = deployment.only<TableProperties>("AWS::DynamoDB::GlobalTable");
  const operator = dynamoDb.client;
  found.streamArn = await createTable(operator, table.ref, table.properties);
  const store = createDynamoDbStore({ client: operator, tableName: table.ref });

  const pool = started.use(
    await openUserPool({
      clientId: () => deployment.only("AWS::Cognito::UserPoolClient").ref,
      now: () => clock.now(),
      async beforeToken(event) {
        const { ref, properties } = userPool();
        requirePermission(
          "cognito-idp.amazonaws.com",
          properties.LambdaConfig.PreTokenGenerationConfig.LambdaArn,
          deployment.attribute(userPool(), "Arn"),
        );
        return lambda.invoke(properties.LambdaConfig.PreTokenGenerationConfig.LambdaArn, {
          ...Object(event),
          userPoolId: ref,
        });
      },
    }),
  );
  found.providerUrl = pool.providerUrl;
  const userPool = () =>
    deployment.only<{
      readonly LambdaConfig: { readonly PreTokenGenerationConfig: { readonly LambdaArn: string } };
    }>("AWS::Cognito::UserPool");

  // --- who may do what ------------------------------------------------------------------------------------------------
  const roles = rolesOf(deployment);
  const authority = createAuthority(roles);

  // Credentials by role, as Lambda gives them to its functions.
  const accessKeyOf = (roleArn: string): string => `ROLE${roles.findIndex(({ arn }) => arn === roleArn)}`;
  const roleOf = (accessKeyId: string): string | undefined => roles[Number(accessKeyId.replace("ROLE", ""))]?.arn;
  const secretOf = (accessKeyId: string): string | undefined => roleOf(accessKeyId) && `secret of ${accessKeyId}`;
  const isAllowed = (roleArn: string, action: string, resource: string): boolean => {
    try {
      authority.require({ roleArn, action, resource });
      return true;
    } catch {
      return false;
    }
  };

  const s3 = started.use(
    await startS3(() => clock.now(), {
      secretOf,
      mayDo({ accessKeyId, action, resource, bytes }) {
        if (action === "s3:PutObject") usage.counts.filePuts += 1;
        else if (action === "s3:GetObject") usage.counts.fileGets += 1;
        usage.counts.fileBytes += bytes;
        return isAllowed(roleOf(accessKeyId) ?? "", action, resource);
      },
    }),
  );

  // --- functions ------------------------------------------------------------------------------------------------------
  const lambda = startLambda({
    deployment,
    assets,
    authority,
    usage,
    clock,
    awsEnvironment: (roleArn) => ({
      AWS_ACCESS_KEY_ID: accessKeyOf(roleArn),
      AWS_SECRET_ACCESS_KEY: secretOf(accessKeyOf(roleArn)) ?? "",
      AWS_ENDPOINT_URL: door.url,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: door.url,
    }),
  });
  started.use(lambda);

  const permissions = deployment.all<PermissionProperties>("AWS::Lambda::Permission");

  /** What a function's own policy says of who may call it. */
  function requirePermission(principal: string, functionArn: string, sourceArn: string): void {
    const isGiven = permissions.some(
      ({ properties }) =>
        properties.Principal === principal &&
        properties.FunctionName === functionArn &&
        matches(properties.SourceArn, sourceArn),
    );
    if (!isGiven) throw new Error(`${principal} may not call ${functionArn} for ${sourceArn}.`);
  }

  // --- what was set aside ---------------------------------------------------------------------------------------------
  const queues = new Map<string, unknown[]>();
  function setAside(roleArn: string, queueArn: string, body: unknown): void {
    authority.require({ roleArn, action: "sqs:SendMessage", resource: queueArn });
    const queue = deployment.all("AWS::SQS::Queue").find((each) => deployment.attribute(each, "Arn") === queueArn);
    if (queue === undefined) throw new Error(`There is no queue ${queueArn}.`);
    const id = plainId(queue);
    queues.set(id, [...(queues.get(id) ?? []), body]);
  }

  // --- workflows ------------------------------------------------------------------------------------------------------
  const machines = deployment.all<MachineProperties>("AWS::StepFunctions::StateMachine");
  const machineOfExecution = new Map<number, string>();
  const states = openStates({
    file: ":memory:",
    clock,
    place: { region: REGION, account: ACCOUNT },
    async invoke(functionName, payload) {
      const [call] = machines.flatMap(({ ref, properties: { DefinitionSubstitutions, RoleArn: roleArn } }) =>
        Object.values(DefinitionSubstitutions)
          .filter((arn) => arn.split(":")[6] === functionName)
          .map((arn) => ({ machine: ref, roleArn, arn })),
      );
      if (call === undefined) throw new Error(`No machine calls ${functionName}.`);
      authority.require({ roleArn: call.roleArn, action: "lambda:InvokeFunction", resource: call.arn });
      for (const token of textsIn(payload)) {
        const execution = executionOfToken(token);
        if (execution !== undefined) machineOfExecution.set(execution, call.machine);
      }
      try {
        return await lambda.invoke(call.arn, payload);
      } catch (error) {
        if (!(error instanceof FunctionFailed)) throw error;
        throw new TaskFailure(error.answer.errorType, JSON.stringify(error.answer));
      }
    },
  });
  started.use(states);
  const wire = started.use(await serveStates(states));
  await createMachines(wire.url, machines);

  // --- the door, and what comes through it ----------------------------------------------------------------------------
  const underWay = new Set<Promise<void>>();
  const invokeConfigs = deployment.all<InvokeConfigProperties>("AWS::Lambda::EventInvokeConfig");

  /** As EventBridge does: the rules that fit call their function without waiting for it. */
  function putEvent(event: Readonly<Record<string, unknown>>): void {
    for (const rule of deployment.all<RuleProperties>("AWS::Events::Rule")) {
      if (!fits(rule.properties.EventPattern, event)) continue;
      for (const { Arn: target } of rule.properties.Targets) {
        requirePermission("events.amazonaws.com", target, deployment.attribute(rule, "Arn"));
        const call = invokeLater(target, event);
        underWay.add(call);
        void call.finally(() => underWay.delete(call));
      }
    }
  }

  async function invokeLater(target: string, event: unknown): Promise<void> {
    const { name, roleArn } = lambda.find(target);
    const config = invokeConfigs.find(({ properties }) => properties.FunctionName === name)?.properties;
    for (let attempt = 0; attempt <= (config?.MaximumRetryAttempts ?? 2); attempt += 1) {
      try {
        await lambda.invoke(target, event);
        return;
      } catch (error) {
        if (!(error instanceof FunctionFailed)) throw error;
      }
    }
    if (config !== undefined) setAside(roleArn, config.DestinationConfig.OnFailure.Destination, event);
  }

  const mail = mailService({ usage, now: () => clock.now(), putEvent });
  let wakeSources = (): void => {};
  const door = started.use(
    await openFrontDoor({
      authority,
      usage,
      roleOf,
      services: {
        dynamodb: dynamoDbService({
          endpoint: dynamoDb.endpoint,
          tableName: table.ref,
          tableArn: deployment.attribute(table, "Arn"),
          usage,
          onWrite: () => wakeSources(),
        }),
        states: statesService({
          endpoint: wire.url,
          machineOfExecution: (execution) => machineOfExecution.get(execution),
        }),
        ses: mail,
        "cognito-idp": pool.service(deployment.attribute(userPool(), "Arn")),
      },
    }),
  );

  const streams = new DynamoDBStreamsClient({
    endpoint: dynamoDb.endpoint,
    region: REGION,
    credentials: { accessKeyId: "operator", secretAccessKey: "operator" },
  });
  started.defer(() => streams.destroy());
  const sources = started.use(
    await startStreamSources(
      { client: streams, arn: found.streamArn },
      deployment.all<SourceProperties>("AWS::Lambda::EventSourceMapping").map(({ properties }): StreamSource => {
        const { roleArn } = lambda.find(properties.FunctionName);
        return {
          filters: properties.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern)),
          batchSize: properties.BatchSize,
          bisects: properties.BisectBatchOnFunctionError ?? false,
          maximumRetries: properties.MaximumRetryAttempts,
          requireRight: (action) =>
            authority.require({ roleArn, action: `dynamodb:${action}`, resource: properties.EventSourceArn }),
          invoke: (Records) => lambda.invoke(properties.FunctionName, { Records }),
          setAside: (records) =>
            setAside(roleArn, properties.DestinationConfig.OnFailure.Destination, {
              DDBStreamBatchInfo: {
                startSequenceNumber: records[0]?.dynamodb?.SequenceNumber,
                batchSize: records.length,
              },
            }),
        };
      }),
    ),
  );
  wakeSources = () => sources.wake();

  async function settled(): Promise<void> {
    let handled: number;
    do {
      handled = sources.handled;
      await sources.caughtUp();
      await states.whenIdle();
      await Promise.all(underWay);
    } while (handled !== sources.handled || lambda.busy > 0 || underWay.size > 0);
  }

  // --- schedules ------------------------------------------------------------------------------------------------------
  const schedules = deployment.all<ScheduleProperties>("AWS::Scheduler::Schedule");

  async function runSchedule(id: string): Promise<void> {
    const schedule = schedules.find(({ logicalId }) => logicalId.startsWith(id));
    if (schedule === undefined) throw new Error(`There is no schedule ${id}.`);
    const { Arn: target, RoleArn: roleArn, Input: input = "{}" } = schedule.properties.Target;
    usage.counts.scheduledStarts += 1;
    if (!target.includes(":stateMachine:")) {
      authority.require({ roleArn, action: "lambda:InvokeFunction", resource: target });
      await lambda.invoke(target, JSON.parse(input));
      return;
    }
    const [machineArn, alias] = [target.split(":").slice(0, 7).join(":"), target.split(":")[7]];
    authority.require({ roleArn, action: "states:StartExecution", resource: machineArn });
    await states.startExecution({
      stateMachine: machineArn.split(":")[6] ?? "",
      qualifier: alias,
      input: JSON.parse(input),
    });
  }

  const scheduler = startScheduler({
    store,
    clock,
    settled,
    beforeMove: () => {},
    states: {
      async startExecution() {
        await runSchedule("DeadlinesHourly");
        await runSchedule("DeliverDueOften");
        return { executionArn: "", startDate: clock.now() };
      },
    },
  });
  started.defer(() => scheduler.close());

  // --- people ---------------------------------------------------------------------------------------------------------
  const http = started.use(
    await openHttpApi({
      deployment,
      usage,
      now: () => clock.now(),
      invoke(functionArn, sourceArn, event) {
        requirePermission("apigateway.amazonaws.com", functionArn, sourceArn);
        return lambda.invoke(functionArn, event);
      },
    }),
  );
  async function signIn(email: string): Promise<Call> {
    let token: { readonly text: string; readonly until: number } | undefined;
    return createClient({
      baseUrl: http.url,
      async accessToken() {
        if (token === undefined || token.until < clock.now().getTime()) {
          token = { text: await pool.signIn(email), until: clock.now().getTime() + TOKEN_MS };
        }
        return token.text;
      },
    });
  }

  await seedRealPeople({ store, clock });
  await settled();

  const ended = started.move();
  return {
    url: http.url,
    deployment,
    authority,
    usage,
    lambda,
    store,
    table: { client: operator, name: table.ref },
    mail,
    queues,
    now: () => clock.now(),
    signIn,
    as: (person) => signIn(emailOf(person)),
    moveTo: (instant) => scheduler.moveTo(instant),
    runSchedule,
    putEvent,
    async workflowUsage(id) {
      const machine = machines.find((each) => plainId(each) === id);
      if (machine === undefined) throw new Error(`There is no machine ${id}.`);
      return usageOf(states, machine.properties.StateMachineName);
    },
    settled,
    async [Symbol.asyncDispose]() {
      await settled().catch(() => {});
      await ended.disposeAsync();
    },
  };
}

/** The table as the template describes it; the answer is the ARN of its stream. */
async function createTable(client: DynamoDBClient, name: string, properties: TableProperties): Promise<string> {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, StreamSpecification } = properties;
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: AttributeDefinitions.map(({ AttributeName }) => ({
        AttributeName,
        AttributeType: ScalarAttributeType.S,
      })),
      KeySchema,
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({
        ...index,
        Projection: { ProjectionType: "ALL" },
      })),
      StreamSpecification: { StreamEnabled: true, ...StreamSpecification },
    }),
  );
  if (TableDescription?.LatestStreamArn === undefined) throw new Error("The table of the template has no stream.");
  return TableDescription.LatestStreamArn;
}

/** The machines with the definitions of the template, each started by its alias. */
async function createMachines(
  endpoint: string,
  machines: readonly { readonly properties: MachineProperties }[],
): Promise<void> {
  const client = new SFNClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: "operator", secretAccessKey: "operator" },
  });
  for (const { properties } of machines) {
    const { StateMachineName: name, DefinitionString, DefinitionSubstitutions, RoleArn: roleArn } = properties;
    const definition = DefinitionString.replaceAll(
      /\$\{(\w+)\}/g,
      (_, key: string) => DefinitionSubstitutions[key] ?? "",
    );
    const { stateMachineVersionArn } = await client.send(
      new CreateStateMachineCommand({ name, definition, roleArn, publish: true }),
    );
    await client.send(
      new CreateStateMachineAliasCommand({
        name: "live",
        routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
      }),
    );
  }
  client.destroy();
}

async function usageOf(states: States, stateMachine: string): Promise<WorkflowUsage> {
  const { executions } = await states.listExecutions({ stateMachine, maxResults: 1000 });
  let transitions = 0;
  for (const { executionArn } of executions) {
    let nextToken: string | undefined;
    do {
      const page = await states.getExecutionHistory({ executionArn, maxResults: 1000, nextToken });
      const count = (type: RegExp) => page.events.filter((event) => type.test(event.type)).length;
      transitions += count(/StateEntered$/) + count(/^TaskScheduled$/) - count(/^TaskStateEntered$/);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return { executions: executions.length, transitions };
}

/** Every text in a JSON value. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
