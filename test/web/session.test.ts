import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PortalConfig } from "../../shared/contracts/portal-headers.ts";

const PORTAL = "https://portal.fairway.test";

const ownProvider = {
  config: {
    clientId: "fairway-portal",
    scope: "openid offline_access",
    discovery: "/identity/.well-known/openid-configuration",
  },
  document: {
    authorization_endpoint: `${PORTAL}/identity/auth`,
    token_endpoint: `${PORTAL}/identity/token`,
    end_session_endpoint: `${PORTAL}/identity/session/end`,
  },
};

const cognito = {
  config: {
    clientId: "4client",
    scope: "openid",
    discovery: "https://cognito-idp.eu-north-1.amazonaws.com/pool/.well-known/openid-configuration",
    signOut: "https://fairway.auth.test/logout?client_id=4client&logout_uri=https%3A%2F%2Fportal.fairway.test%2F",
  },
  document: {
    authorization_endpoint: "https://fairway.auth.test/oauth2/authorize",
    token_endpoint: "https://fairway.auth.test/oauth2/token",
  },
};

/** Each test has a page of its own, in which nothing was asked for yet. */
async function openPage({ config, document }: { config: PortalConfig; document: object }) {
  const left: URL[] = [];
  const stored = new Map<string, string>();
  const posted: { url: string; fields: URLSearchParams }[] = [];
  vi.stubGlobal("location", { origin: PORTAL, assign: (url: string | URL) => left.push(new URL(url, PORTAL)) });
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  });
  vi.stubGlobal("fetch", async (url: string, init?: { body: URLSearchParams }) => {
    if (url === "/portal.json") return Response.json(config);
    if (url === config.discovery) return Response.json(document);
    if (init !== undefined) posted.push({ url, fields: init.body });
    return Response.json({ access_token: "access", refresh_token: "refresh", id_token: "id", expires_in: 3600 });
  });
  const session = await import("../../web/session.ts");
  return { session, left, posted };
}

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

describe.each([
  ["the embedded provider", ownProvider],
  ["Cognito", cognito],
])("signing in with %s", (_name, provider) => {
  test("leads there with the client and the scopes it knows, bound to this browser", async () => {
    const { session, left } = await openPage(provider);
    await session.signIn("/tasks", "fi");
    expect(left[0]?.href).toContain(provider.document.authorization_endpoint);
    expect(Object.fromEntries(left[0]?.searchParams ?? [])).toMatchObject({
      client_id: provider.config.clientId,
      scope: provider.config.scope,
      response_type: "code",
      redirect_uri: `${PORTAL}/signed-in`,
      code_challenge_method: "S256",
      ui_locales: "fi",
    });
  });

  test("redeems the code there and goes on where it began", async () => {
    const { session, left, posted } = await openPage(provider);
    await session.signIn("/pilots/p-1", "fi");
    const state = left[0]?.searchParams.get("state") ?? "";
    expect(await session.completeSignIn(new URLSearchParams({ code: "code", state }))).toBe("/pilots/p-1");
    expect(await session.accessToken()).toBe("access");
    expect(posted[0]?.url).toBe(provider.document.token_endpoint);
    expect(posted[0]?.fields.get("client_id")).toBe(provider.config.clientId);
  });
});

describe("signing out", () => {
  test("goes to the address that the system names, where the provider has one of its own kind", async () => {
    const { session, left } = await openPage(cognito);
    await session.signOut("fi");
    expect(left.at(-1)?.href).toBe(cognito.config.signOut);
  });

  test("goes to the provider's end of session, as OpenID Connect has it", async () => {
    const { session, left } = await openPage(ownProvider);
    await session.signOut("fi");
    expect(left.at(-1)?.href).toContain(ownProvider.document.end_session_endpoint);
    expect(left.at(-1)?.searchParams.get("post_logout_redirect_uri")).toBe(`${PORTAL}/`);
  });
});

test("a system that does not say where to sign in is an error, not an empty page", async () => {
  const { session } = await openPage({ ...cognito, document: {} });
  await expect(session.signIn("/", "fi")).rejects.toThrow("does not say where to sign in");
});
