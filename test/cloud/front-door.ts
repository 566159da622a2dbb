/**
 * The one door to the AWS services of the cloud-shaped system (S3 has its own): tells from a request's signature whose role
 * asks, from its contents what that role must be allowed, and passes on what is allowed.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type LocalServer, serveLocally } from "../support/local-server.ts";
import { AccessDenied, type Authority } from "./authority.ts";
import type { Usage } from "./usage.ts";

/** A request of a service, its caller known and its body read. */
export interface AwsRequest {
  readonly roleArn: string;
  /** Of AWS JSON: "TransactWriteItems". Of REST: "POST /v2/email/outbound-emails". */
  readonly operation: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsResponse {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A right that a request takes. */
export interface Right {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export interface AwsService {
  /** All that the caller must be allowed. */
  rightsFor(request: AwsRequest): readonly Right[];
  answer(request: AwsRequest): Promise<AwsResponse>;
}

/** Service names are those of Signature Version 4: "dynamodb", "states", "ses", "cognito-idp". */
export async function openFrontDoor({
  authority,
  usage,
  roleOf,
  services,
}: {
  readonly authority: Authority;
  readonly usage: Pick<Usage, "called">;
  /** The role that an access key was given to. */
  readonly roleOf: (accessKeyId: string) => string | undefined;
  readonly services: Readonly<Record<string, AwsService>>;
}): Promise<LocalServer> {
  async function answer(request: IncomingMessage): Promise<AwsResponse> {
    const [, accessKeyId = "", , , serviceName = ""] =
      /Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? "") ?? [];
    const roleArn = roleOf(accessKeyId);
    const service = services[serviceName];
    if (roleArn === undefined) return refusal("UnrecognizedClientException", "The security token is invalid.");
    if (service === undefined) throw new Error(`Nobody here answers for ${serviceName}.`);
    usage.called(roleArn);
    const target = request.headers["x-amz-target"];
    const asked: AwsRequest = {
      roleArn,
      operation: typeof target === "string" ? (target.split(".")[1] ?? "") : `${request.method} ${request.url}`,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: await text(request),
    };
    try {
      for (const right of service.rightsFor(asked)) authority.require({ roleArn, ...right });
    } catch (error) {
      if (error instanceof AccessDenied) return refusal(error.name, error.message);
      throw error;
    }
    return service.answer(asked);
  }

  return serveLocally((request, response) => {
    answer(request).then(
      (answered) => send(response, answered),
      (error: unknown) => send(response, { status: 500, body: JSON.stringify({ message: String(error) }) }),
    );
  });
}

/** As both protocols name an error. */
function refusal(name: string, message: string): AwsResponse {
  return { status: 400, body: JSON.stringify({ __type: name, message }), headers: { "x-amzn-errortype": name } };
}

function send(response: ServerResponse, { status, body, headers }: AwsResponse): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0", ...headers });
  response.end(body);
}
