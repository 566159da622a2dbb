import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { Bundle } from "./constructs/bundles.ts";
import { createLogGroup } from "./constructs/log-group.ts";
import { createNodeFunction } from "./constructs/node-function.ts";
import { noteReads, readExecutionHistory, readFiles, tableRights, writeFiles } from "./constructs/policies.ts";
import { stackProps } from "./constructs/stack-props.ts";
import type { IdentityProvider } from "./identity-stack.ts";
import type { Settings } from "./settings.ts";

export interface ApiStackProps {
  readonly settings: Settings;
  readonly table: ITableV2;
  readonly files: IBucket;
  readonly stageRun: StateMachine;
  readonly identity: IdentityProvider;
  readonly api: Bundle;
}

/** The only way in for people: reading goes to a function that cannot write, but for the note of who read a business case. */
export class ApiStack extends Stack {
  readonly http: HttpApi;

  constructor(scope: Construct, { settings, table, files, stageRun, identity, api: bundle }: ApiStackProps) {
    super(scope, "Api", stackProps(settings, "api", "Fairway: the HTTP API"));
    const { issuer, audience, audienceClaim, personClaim, jwksUrl } = identity;
    const shared = {
      settings,
      bundle,
      // Below the 30 seconds after which API Gateway gives up.
      timeout: Duration.seconds(25),
      memoryMiB: 1024,
      tableName: table.tableName,
      environment: {
        ISSUER: issuer,
        AUDIENCE: audience,
        AUDIENCE_CLAIM: audienceClaim,
        PERSON_CLAIM: personClaim,
        ...(jwksUrl === undefined ? {} : { JWKS_URL: jwksUrl }),
        PORTAL_URL: settings.portalUrl,
        FILES_BUCKET: files.bucketName,
      },
    };
    const query = createNodeFunction(this, "Query", {
      ...shared,
      handler: "query",
      environment: { ...shared.environment, STAGE_RUN_ARN: stageRun.stateMachineArn },
      description: `Fairway ${settings.stage}: reading operations of the API`,
      statements: [
        ...tableRights(table, "get", "query", "gsi1", "gsi2"),
        noteReads(table),
        ...readFiles(files),
        readExecutionHistory(stageRun),
      ],
    });
    const command = createNodeFunction(this, "Command", {
      ...shared,
      handler: "command",
      description: `Fairway ${settings.stage}: changing operations of the API`,
      statements: [...tableRights(table, "get", "query", "gsi1", "gsi2", "put", "delete"), ...writeFiles(files)],
    });

    const api = new HttpApi(this, "Http", {
      apiName: `fairway-${settings.stage}`,
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer("OpenId", issuer, { jwtAudience: [audience] }),
    });
    const path = "/api/{proxy+}";
    api.addRoutes({ path, methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("QueryCall", query) });
    // The API's description says nothing about anybody, and a calendar link carries its own secret.
    for (const open of ["/api/openapi.json", "/api/calendar/{proxy+}"]) {
      api.addRoutes({
        path: open,
        methods: [HttpMethod.GET],
        integration: new HttpLambdaIntegration(`OpenCall${open.length}`, query),
        authorizer: new HttpNoneAuthorizer(),
      });
    }
    api.addRoutes({
      path,
      // Not ANY: the portal has the same origin, so there is no preflight request to answer without a token.
      methods: [HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE],
      integration: new HttpLambdaIntegration("CommandCall", command),
    });

    const stage = new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(createLogGroup(this, "AccessLog", settings)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    this.http = api;
    new CfnOutput(this, "Url", { value: stage.url });
  }
}

/** Enough to operate by, and nothing about a person: no address, no subject, no path with ids in it. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLatency: "$context.responseLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
} as const;
