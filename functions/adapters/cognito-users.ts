/**
 * The one call we make to Cognito, signed by hand (AWS Signature Version 4): its client would be three times the rest of the
 * bundle, and its functions must start within Cognito's five seconds.
 */
import { createHash, createHmac } from "node:crypto";
import type { Users } from "../identity/sign-in.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

interface CognitoUsersOptions {
  readonly userPoolId: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Another address of the service, for tests. */
  readonly endpoint?: string | undefined;
  readonly now?: () => Date;
}

/** Cognito did not do it; `name` is its own word for why. Worth trying again unless it is a fault of ours. */
export class CognitoRefused extends Error {
  override name = "CognitoRefused" as const;
}

const SERVICE = "cognito-idp";

export function createCognitoUsers(options: CognitoUsersOptions): Users {
  const { userPoolId, region, credentials, now = () => new Date() } = options;
  const url = new URL(options.endpoint ?? `https://${SERVICE}.${region}.amazonaws.com/`);
  return {
    async add(email) {
      const body = JSON.stringify({
        UserPoolId: userPoolId,
        Username: email,
        // Nobody knows a password, and each sign-in proves the address again, by a mailed code.
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
        MessageAction: "SUPPRESS",
      });
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.AdminCreateUser",
      };
      const signed = signedHeaders({ url, headers, body, region, service: SERVICE, credentials, at: now() });
      const response = await fetch(url, { method: "POST", headers: signed, body });
      if (response.ok) return;
      const answer: unknown = await response.json().catch(() => undefined);
      const kind = typeof answer === "object" && answer !== null ? Reflect.get(answer, "__type") : undefined;
      if (String(kind).endsWith("UsernameExistsException")) return;
      // The message may name the address: it does not go to the log.
      throw new CognitoRefused(`AdminCreateUser: ${response.status} ${String(kind)}`);
    },
  };
}

interface Request {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  readonly credentials: Credentials;
  readonly at: Date;
}

/** The headers of a POST with those that sign it. */
export function signedHeaders(request: Request): Record<string, string> {
  const { url, body, region, service, credentials, at } = request;
  const time = at.toISOString().replace(/[-:]|\.\d+/g, "");
  const headers: Record<string, string> = {
    ...request.headers,
    host: url.host,
    "x-amz-date": time,
    ...(credentials.sessionToken === undefined ? {} : { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    "POST",
    url.pathname,
    url.searchParams.toString(),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const scope = [time.slice(0, 8), region, service, "aws4_request"];
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n"));
  return {
    ...headers,
    authorization: [
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join("/")}`,
      `SignedHeaders=${names.join(";")}`,
      `Signature=${signature.toString("hex")}`,
    ].join(", "),
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
