/** The Cognito user pool: who is in it, and tokens for them after the function before each token has been asked. */
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { serveLocally } from "../support/local-server.ts";
import type { AwsService } from "./front-door.ts";

/** Nobody with this address is in the pool, or the function before the token has refused. */
class SignInRefused extends Error {
  override name = "SignInRefused" as const;
}

export interface UserPool extends AsyncDisposable {
  readonly providerUrl: string;
  /** Behind the front door. */
  service(poolArn: string): AwsService;
  has(email: string): boolean;
  /** An access token, as after a mailed code. @throws SignInRefused */
  signIn(email: string): Promise<string>;
}

interface UserPoolOptions {
  /** Client of the portal. */
  readonly clientId: () => string;
  /** Calls the function that is asked before each token. */
  readonly beforeToken: (event: unknown) => Promise<unknown>;
  /** Real time: tokens live by it. */
  readonly now: () => Date;
}

interface Answered {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: {
      readonly accessTokenGeneration: { readonly claimsToAddOrOverride: Readonly<Record<string, string>> };
    };
  };
}

export async function openUserPool({ clientId, beforeToken, now }: UserPoolOptions): Promise<UserPool> {
  const users = new Map<string, { readonly sub: string }>();
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "pool", alg: "RS256", use: "sig" }] });
  const server = await serveLocally((request, response) => {
    response.writeHead(request.url?.endsWith("/.well-known/jwks.json") ? 200 : 404);
    response.end(jwks);
  });
  const providerUrl = `${server.url}/pool`;

  return {
    providerUrl,
    service: (poolArn) => ({
      rightsFor: ({ operation }) => [{ action: `cognito-idp:${operation}`, resource: poolArn }],
      async answer({ operation, body }) {
        if (operation !== "AdminCreateUser") throw new Error(`${operation} of Cognito is not in the model.`);
        const { Username: email }: { readonly Username: string } = JSON.parse(body);
        if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
          return { status: 400, body: JSON.stringify({ __type: "InvalidParameterException", message: "email" }) };
        }
        if (users.has(email)) return { status: 400, body: JSON.stringify({ __type: "UsernameExistsException" }) };
        users.set(email, { sub: `sub-${users.size + 1}` });
        return { status: 200, body: JSON.stringify({ User: { Username: email } }) };
      },
    }),
    has: (email) => users.has(email),
    async signIn(email) {
      const user = users.get(email);
      if (user === undefined) throw new SignInRefused(`${email} is not in the pool.`);
      const event = {
        version: "2",
        triggerSource: "TokenGeneration_Authentication",
        userName: user.sub,
        request: { userAttributes: { sub: user.sub, email, email_verified: "true" }, scopes: ["openid"] },
        response: {},
      };
      const answered = await beforeToken(event).catch((error: unknown) => {
        throw new SignInRefused(`${email}: ${String(error)}`);
      });
      const { response } = answered as Answered;
      const { claimsToAddOrOverride } = response.claimsAndScopeOverrideDetails.accessTokenGeneration;
      const issuedAt = Math.floor(now().getTime() / 1000);
      return new SignJWT({ token_use: "access", client_id: clientId(), scope: "openid", ...claimsToAddOrOverride })
        .setProtectedHeader({ alg: "RS256", kid: "pool" })
        .setIssuer(providerUrl)
        .setSubject(user.sub)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 60 * 60)
        .sign(privateKey);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
