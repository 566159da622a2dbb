import { generateKeyPairSync, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JSONWebKeySet, JWK } from "jose";
import { type Configuration, type ErrorOut, interactionPolicy, type KoaContextWithOIDC, Provider } from "oidc-provider";
import { reportError } from "../report.ts";
import type { Account, Accounts } from "./accounts.ts";
import { createAdapterFactory } from "./adapter.ts";
import { type IdentityFile, openIdentityFile } from "./identity-file.ts";
import { createMailedCodes } from "./mailed-codes.ts";
import { createPages, type Failure, type Pages } from "./pages.ts";
import { createSignInPages } from "./sign-in.ts";
import { languageFrom } from "./words.ts";

/** The portal, a public client: code and PKCE, no secret. */
export const PORTAL_CLIENT_ID = "fairway-portal";
/** The audience of access tokens. */
export const API_AUDIENCE = "fairway-api";

export interface Identity {
  /** Answers a request below the issuer's path; sets its host and scheme to the issuer's. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** The public keys, for a token check in the same process. */
  readonly jwks: JSONWebKeySet;
  close(): void;
}

interface IdentityOptions {
  /** Where browsers find the provider, such as "http://localhost:4400/identity"; no trailing slash. */
  readonly issuer: string;
  /** An SQLite file of its own; ":memory:" forgets sessions and keys at the end. */
  readonly file: string;
  readonly accounts: Accounts;
  sendCode(to: Account, code: string): Promise<void>;
  /** Real time. Not the movable clock of a demo: a leap of a week would sign everybody out. */
  readonly now?: () => Date;
}

const HOUR_SECONDS = 60 * 60;
const SESSION_SECONDS = 14 * 24 * HOUR_SECONDS;
const SCOPES = ["openid", "offline_access"];
const SIGNING_ALGORITHM = "ES256";
/** A resource indicator must be a URI; the audience in the token is `API_AUDIENCE`. */
const API_RESOURCE = "urn:fairway:api";

const STYLE_SHEET = readFileSync(new URL("pages.css", import.meta.url));

/**
 * The OpenID provider of an embedded system.
 *
 * Sessions last 14 days and end at once, refresh included, when the account is blocked or the person signs out; an
 * access token already handed out stays valid for the rest of its hour.
 */
export function openIdentity(options: IdentityOptions): Identity {
  const { issuer, accounts, now = () => new Date() } = options;
  const issuerUrl = new URL(issuer);
  const mountPath = issuerUrl.pathname.replace(/\/$/, "");
  const file = openIdentityFile(options.file, now);
  const signingKey = readSigningKey(file);
  const pages = createPages({ styleSheet: `${mountPath}/pages.css`, portal: `${issuerUrl.origin}/` });

  const provider = new Provider(issuer, {
    ...portalClient(issuerUrl.origin),
    ...tokens(),
    ...session({ accounts, mountPath, isSecure: issuerUrl.protocol === "https:" }),
    features: features(pages),
    renderError: async (ctx, out: ErrorOut) =>
      show(ctx, pages.failure(languageOf(ctx), failureOf(out.error), out.error)),
    adapter: createAdapterFactory(file, now),
    jwks: { keys: [signingKey] },
  });
  provider.keys = [file.secret("cookies")];
  provider.proxy = true;
  provider.on("server_error", (_ctx, error) => reportError("The identity provider failed.", error));
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.status !== 404 || ctx.body) return;
    ctx.body = pages.failure(languageFrom(ctx.get("accept-language")), "noPage");
    ctx.status = 404;
  });

  const answerByProvider = provider.callback();
  const signIn = createSignInPages({
    provider,
    mountPath,
    accounts,
    codes: createMailedCodes(file, now),
    pages,
    csrfSecret: file.secret("csrf"),
    sendCode: options.sendCode,
    callerOf,
  });

  /** Behind a proxy every connection is the proxy's; the last hop it names is the only one it knows itself. */
  function callerOf(req: IncomingMessage): string {
    const hops = issuerUrl.protocol === "https:" ? String(req.headers["x-forwarded-for"] ?? "") : "";
    return hops.split(",").at(-1)?.trim() || (req.socket.remoteAddress ?? "unknown");
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    setSecurityHeaders(res);
    speakAsIssuer(req, issuerUrl);
    const originalUrl = req.url ?? "/";
    const url = originalUrl.startsWith(`${mountPath}/`) ? originalUrl.slice(mountPath.length) : "/";
    const path = url.replace(/\?.*$/, "");
    if (path === "/pages.css") {
      res.writeHead(200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=3600" });
      res.end(STYLE_SHEET);
    } else if (!(await signIn.handle(path, req, res))) {
      // `oidc-provider` learns from the two where it is mounted.
      Object.assign(req, { originalUrl, url });
      await answerByProvider(req, res);
    }
  }

  return {
    handle(req, res) {
      answer(req, res).catch((error: unknown) => {
        reportError("The identity provider failed.", error);
        if (!res.headersSent) res.writeHead(500, { "content-type": "text/html; charset=utf-8" });
        res.end(pages.failure(languageFrom(req.headers["accept-language"]), "ours"));
      });
    },
    jwks: { keys: [publicPart(signingKey)] },
    close: () => file.close(),
  };
}

function portalClient(origin: string): Configuration {
  return {
    clients: [
      {
        client_id: PORTAL_CLIENT_ID,
        client_name: "Fairway",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [`${origin}/`, `${origin}/signed-in`],
        post_logout_redirect_uris: [`${origin}/`],
        id_token_signed_response_alg: SIGNING_ALGORITHM,
      },
    ],
    clientAuthMethods: ["none"],
    clientBasedCORS: (_ctx, requestOrigin) => requestOrigin === origin,
    responseTypes: ["code"],
    pkce: { required: () => true },
  };
}

function tokens(): Configuration {
  return {
    scopes: SCOPES,
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Grant: SESSION_SECONDS,
      Session: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
    },
    rotateRefreshToken: true,
    // Also without offline_access, which OpenID Connect gives only to clients that ask for consent each time.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: async () => true,
    enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
  };
}

function session(options: { accounts: Accounts; mountPath: string; isSecure: boolean }): Configuration {
  const { accounts, mountPath, isSecure } = options;
  const cookie = { signed: true, httpOnly: true, sameSite: "lax", secure: isSecure } as const;
  const policy = interactionPolicy.base();
  policy
    .get("login")
    ?.checks.add(
      new interactionPolicy.Check(
        "account_gone",
        "the account is blocked or gone",
        "login_required",
        (ctx) => ctx.oidc.session?.accountId !== undefined && ctx.oidc.account === undefined,
      ),
    );
  return {
    cookies: {
      names: { session: "fairway-session", interaction: "fairway-sign-in", resume: "fairway-sign-in-resume" },
      long: { ...cookie, path: mountPath || "/" },
      short: cookie,
    },
    async findAccount(_ctx, personId) {
      const account = await accounts.find(personId);
      if (account === undefined || account.blocked) return undefined;
      return { accountId: personId, claims: async () => ({ sub: personId }) };
    },
    // No consent for our own portal: signing in is the grant.
    async loadExistingGrant({ oidc }) {
      const known = oidc.session?.grantIdFor(PORTAL_CLIENT_ID);
      const existing = known === undefined ? undefined : await oidc.provider.Grant.find(known);
      if (existing !== undefined) return existing;
      const accountId = oidc.session?.accountId;
      if (accountId === undefined) return undefined;
      const grant = new oidc.provider.Grant({ clientId: PORTAL_CLIENT_ID, accountId });
      grant.addOIDCScope(SCOPES.join(" "));
      await grant.save();
      return grant;
    },
    interactions: { policy, url: (_ctx, interaction) => `${mountPath}/sign-in/${interaction.uid}` },
  };
}

function features(pages: Pages): NonNullable<Configuration["features"]> {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => API_RESOURCE,
      useGrantedResource: async () => true,
      getResourceServerInfo: async () => ({
        audience: API_AUDIENCE,
        scope: "",
        accessTokenFormat: "jwt",
        accessTokenTTL: HOUR_SECONDS,
        jwt: { sign: { alg: SIGNING_ALGORITHM } },
      }),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => show(ctx, pages.confirmSignOut(languageOf(ctx), form)),
      postLogoutSuccessSource: async (ctx) => show(ctx, pages.signedOut(languageOf(ctx))),
    },
  };
}

function show(ctx: KoaContextWithOIDC, page: string): void {
  ctx.type = "html";
  ctx.body = page;
}

/** As the portal asks, or else as the browser does. */
function languageOf(ctx: KoaContextWithOIDC): string {
  const asked = ctx.oidc.params?.ui_locales;
  return languageFrom(typeof asked === "string" ? asked : undefined, ctx.get("accept-language"));
}

function failureOf(error: string): Failure {
  switch (error) {
    case "server_error":
      return "ours";
    case "invalid_redirect_uri":
    case "invalid_client":
      return "foreign";
    case "access_denied":
      return "mayNotSignIn";
    default:
      return "expired";
  }
}

/** Host and scheme come from the issuer, never from the request: nobody can make us hand out foreign addresses. */
function speakAsIssuer(req: IncomingMessage, issuer: URL): void {
  req.headers.host = issuer.host;
  req.headers["x-forwarded-proto"] = issuer.protocol.slice(0, -1);
  delete req.headers["x-forwarded-host"];
}

function setSecurityHeaders(res: ServerResponse): void {
  // No source of scripts is named, so none runs. `oidc-provider` adds the hash of the script that posts its hand-over
  // form, which it does only where this directive is present.
  const policy = [
    "default-src 'none'",
    "script-src",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  res.setHeader("content-security-policy", policy.join("; "));
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "same-origin");
  res.setHeader("cache-control", "no-store");
}

/** Made at the first start and kept: a new one would invalidate every token. */
function readSigningKey(file: IdentityFile): JWK {
  const key: JWK = JSON.parse(
    file.secret("signing-key", () => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const jwk = privateKey.export({ format: "jwk" });
      return JSON.stringify({ ...jwk, kid: randomUUID(), use: "sig", alg: SIGNING_ALGORITHM });
    }),
  );
  return key;
}

function publicPart({ d: _private, ...key }: JWK): JWK {
  return key;
}
