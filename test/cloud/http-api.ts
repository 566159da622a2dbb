/** API Gateway's HTTP API: the routes and the JWT authoriser of the templates in front of the functions. */
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { type LocalServer, serveLocally } from "../support/local-server.ts";
import { ACCOUNT, arn } from "./account.ts";
import type { Deployment } from "./deployment.ts";
import type { Usage } from "./usage.ts";

interface RouteProperties {
  readonly ApiId: string;
  readonly RouteKey: string;
  readonly AuthorizationType: "JWT" | "NONE";
  readonly Target: string;
}

interface AuthorizerProperties {
  readonly JwtConfiguration: { readonly Audience: readonly string[]; readonly Issuer: string };
}

interface HttpApiOptions {
  readonly deployment: Deployment;
  readonly usage: Usage;
  readonly now: () => Date;
  /** Calls a function for API Gateway, which must be allowed to call it from that route. */
  readonly invoke: (functionArn: string, sourceArn: string, event: APIGatewayProxyEventV2) => Promise<unknown>;
}

export async function openHttpApi({ deployment, usage, now, invoke }: HttpApiOptions): Promise<LocalServer> {
  const { JwtConfiguration } = deployment.only<AuthorizerProperties>("AWS::ApiGatewayV2::Authorizer").properties;
  const keys = createRemoteJWKSet(new URL(`${JwtConfiguration.Issuer}/.well-known/jwks.json`));
  const integrations = new Map(
    deployment
      .all<{ readonly IntegrationUri: string }>("AWS::ApiGatewayV2::Integration")
      .map(({ ref, properties }) => [ref, properties.IntegrationUri]),
  );
  const routes = deployment
    .all<RouteProperties>("AWS::ApiGatewayV2::Route")
    .map(({ properties }) => {
      const [method = "", path = ""] = properties.RouteKey.split(" ");
      const functionArn = integrations.get(properties.Target.replace("integrations/", ""));
      if (functionArn === undefined) throw new Error(`The route ${properties.RouteKey} leads nowhere.`);
      return { ...properties, method, path, functionArn };
    })
    // The most specific route that fits is taken.
    .sort(
      (a, b) =>
        Number(a.path.includes("{proxy+}")) - Number(b.path.includes("{proxy+}")) || b.path.length - a.path.length,
    );

  /** As the authoriser does: signature, issuer, audience (Cognito names it `client_id`) and time. */
  async function isAuthorized(authorization: string | undefined): Promise<boolean> {
    const token = authorization?.replace(/^Bearer /, "") ?? "";
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: JwtConfiguration.Issuer, currentDate: now() });
      const audiences = [payload.aud ?? payload.client_id].flat();
      return audiences.some((each) => JwtConfiguration.Audience.includes(String(each)));
    } catch {
      return false;
    }
  }

  async function answer(request: IncomingMessage): Promise<APIGatewayProxyStructuredResultV2> {
    usage.counts.httpRequests += 1;
    const { method = "", headers } = request;
    const { pathname, search } = new URL(request.url ?? "/", "http://api");
    const route = routes.find((each) => each.method === method && isUnder(each.path, pathname));
    if (route === undefined) return { statusCode: 404, body: JSON.stringify({ message: "Not Found" }) };
    const body = await text(request);
    if (route.AuthorizationType === "JWT" && !(await isAuthorized(headers.authorization))) {
      return { statusCode: 401, body: JSON.stringify({ message: "Unauthorized" }) };
    }
    const event: APIGatewayProxyEventV2 = {
      version: "2.0",
      routeKey: route.RouteKey,
      rawPath: pathname,
      rawQueryString: search.replace(/^\?/, ""),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      isBase64Encoded: false,
      ...(body === "" ? {} : { body }),
      requestContext: {
        accountId: ACCOUNT,
        apiId: route.ApiId,
        domainName: "api",
        domainPrefix: "api",
        http: { method, path: pathname, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
        requestId: "request",
        routeKey: route.RouteKey,
        stage: "$default",
        time: now().toUTCString(),
        timeEpoch: now().getTime(),
      },
    };
    const sourceArn = arn("execute-api", `${route.ApiId}/$default/${method}${route.path}`);
    return (await invoke(route.functionArn, sourceArn, event)) as APIGatewayProxyStructuredResultV2;
  }

  return serveLocally((request, response) => {
    answer(request).then(
      ({ statusCode = 200, headers = {}, body = "" }) => {
        const plain = Object.entries(headers).map(([name, value]) => [name, String(value)]);
        response.writeHead(statusCode, Object.fromEntries(plain));
        response.end(body);
      },
      // What the function threw is in its log; the caller learns nothing of it.
      () => {
        response.writeHead(500, { "content-type": "application/json" });
        response.end(JSON.stringify({ message: "Internal Server Error" }));
      },
    );
  });
}

function isUnder(route: string, path: string): boolean {
  if (!route.endsWith("/{proxy+}")) return route === path;
  return path.startsWith(route.replace("{proxy+}", "")) && path.length > route.length - "{proxy+}".length;
}
