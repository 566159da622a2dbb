/** Lambda entries of the API: reading and writing apart, each with the rights it needs. */
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import { createS3Files } from "../adapters/s3-files.ts";
import { createExecutionHistory } from "../adapters/step-functions.ts";
import { type Api, createApi } from "../api/api.ts";
import { createTokenVerifier } from "../api/token.ts";
import { createDependencies } from "./dependencies.ts";
import { logError } from "./log.ts";
import { lambda } from "./middleware.ts";

const environment = z.object({
  ISSUER: z.url(),
  AUDIENCE: z.string().min(1),
  /** "client_id" for Cognito, whose access tokens name no audience. */
  AUDIENCE_CLAIM: z.enum(["aud", "client_id"]).default("aud"),
  /** Where the issuer's keys are, when not at the usual place below it. */
  JWKS_URL: z.url().exactOptional(),
  /** The claim with our person id; `functions/lambda/identity.ts` puts one into Cognito's tokens. */
  PERSON_CLAIM: z.string().min(1).default("sub"),
  STAGE_RUN_ARN: z.string().exactOptional(),
  /** For links in invitations and calendars. */
  PORTAL_URL: z.url().exactOptional(),
  /** Without it files cannot be kept; everything else works. */
  FILES_BUCKET: z.string().min(1).exactOptional(),
});

let api: Api | undefined;

function startApi(): Api {
  const { ISSUER, AUDIENCE, AUDIENCE_CLAIM, PERSON_CLAIM, JWKS_URL, STAGE_RUN_ARN, PORTAL_URL, FILES_BUCKET } =
    environment.parse(process.env);
  const verifier = createTokenVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    audienceClaim: AUDIENCE_CLAIM,
    personClaim: PERSON_CLAIM,
    jwks: new URL(JWKS_URL ?? `${ISSUER.replace(/\/$/, "")}/.well-known/jwks.json`),
  });
  const dependencies = createDependencies();
  const { clock } = dependencies;
  return createApi({
    ...dependencies,
    ...(FILES_BUCKET === undefined
      ? {}
      : { files: createS3Files({ client: new S3Client({}), bucket: FILES_BUCKET, clock }) }),
    ...(PORTAL_URL === undefined ? {} : { portalUrl: PORTAL_URL.replace(/\/$/, "") }),
    executions: createExecutionHistory({
      client: new SFNClient({}),
      stateMachineArns: STAGE_RUN_ARN === undefined ? {} : { "stage-run": STAGE_RUN_ARN },
    }),
    verifyToken: verifier.verify,
    onUnexpected: (error) => logError(error),
  });
}

const entry = lambda<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    api ??= startApi();
    const { status, headers, body } = await api.handle({
      method: event.requestContext.http.method,
      path: event.rawPath,
      query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
      headers: event.headers,
      body: event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : event.body,
    });
    return { statusCode: status, headers: { ...headers }, body };
  },
);

/** GET: may read the table and histories. */
export const query = entry;
/** Everything else: may write. */
export const command = entry;
