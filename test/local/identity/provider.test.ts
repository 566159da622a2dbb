import { createHash } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createTokenVerifier } from "../../../functions/api/token.ts";
import { API_AUDIENCE } from "../../../local/identity/provider.ts";
import {
  type Browser,
  followToCode,
  openBrowser,
  openSignIn,
  postToken,
  redeemCode,
  requestCode,
  signIn,
} from "../../support/sign-in.ts";
import { ADVISOR, OWNER, startIdentity } from "./identity-system.ts";

type System = Awaited<ReturnType<typeof startIdentity>>;

const MINUTE_MS = 60_000;

function verifierFor(system: System) {
  return createTokenVerifier({ issuer: system.issuer, audience: API_AUDIENCE, jwks: () => system.jwks });
}

/** Signs the sample advisor in, in `browser`, up to the code. */
async function signInAsAdvisor(system: System, browser: Browser, changes?: Record<string, string>) {
  const request = requestCode(system.discovery, changes);
  const page = await openSignIn(browser, request.url);
  const posted = await browser.post(`${page.url}/sample-person`, {
    csrfToken: page.csrfToken,
    personId: ADVISOR.personId,
  });
  return { request, code: await followToCode(browser, posted, request) };
}

function refresh(system: System, refreshToken: string) {
  return postToken(system.discovery, { grant_type: "refresh_token", refresh_token: refreshToken });
}

describe("the code flow", () => {
  test("gives a sample person a token that the token check takes", async () => {
    await using system = await startIdentity();
    const token = await signIn(system.baseUrl, ADVISOR.personId);
    await expect(verifierFor(system).verify(`Bearer ${token}`)).resolves.toEqual({ personId: ADVISOR.personId });
  });

  test("publishes the keys that check its tokens, and only their public part", async () => {
    await using system = await startIdentity();
    const token = await signIn(system.baseUrl, ADVISOR.personId);
    const jwks = new URL(`${system.issuer}/jwks`);
    const verifier = createTokenVerifier({ issuer: system.issuer, audience: API_AUDIENCE, jwks });
    await expect(verifier.verify(`Bearer ${token}`)).resolves.toEqual({ personId: ADVISOR.personId });
    expect(await (await fetch(jwks)).text()).not.toContain('"d"');
    expect(JSON.stringify(system.jwks)).not.toContain('"d"');
  });

  test("redeems a code once and takes back what a replayed code gave", async () => {
    await using system = await startIdentity();
    const { request, code } = await signInAsAdvisor(system, openBrowser());
    const tokens = await redeemCode(system.discovery, code, request);
    await expect(redeemCode(system.discovery, code, request)).rejects.toThrow("invalid_grant");
    expect((await refresh(system, tokens.refresh_token)).status).toBe(400);
  });

  test("redeems a code once when two requests race", async () => {
    await using system = await startIdentity();
    const { request, code } = await signInAsAdvisor(system, openBrowser());
    const results = await Promise.allSettled([
      redeemCode(system.discovery, code, request),
      redeemCode(system.discovery, code, request),
    ]);
    expect(results.filter((result) => result.status === "fulfilled").length).toBeLessThanOrEqual(1);
    const refusals = results.filter((result) => result.status === "rejected");
    for (const refusal of refusals) expect(String(refusal.reason)).toContain("invalid_grant");
  });

  test("refuses a code with a wrong verifier", async () => {
    await using system = await startIdentity();
    const { request, code } = await signInAsAdvisor(system, openBrowser());
    const forged = { ...request, codeVerifier: createHash("sha256").update("guess").digest("base64url") };
    await expect(redeemCode(system.discovery, code, forged)).rejects.toThrow("invalid_grant");
  });

  test.each([
    ["no PKCE", { code_challenge: "", code_challenge_method: "" }, "invalid_request"],
    ["a plain PKCE challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["the implicit flow", { response_type: "id_token", nonce: "n" }, "unsupported_response_type"],
  ])("refuses %s and tells the client", async (_what, changes, error) => {
    await using system = await startIdentity();
    const response = await openBrowser().get(requestCode(system.discovery, changes).url);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toContain(`error=${error}`);
  });

  test.each([
    ["an unknown redirect address", { redirect_uri: "https://elsewhere.example/" }],
    ["a redirect address with more behind it", { redirect_uri: "http://127.0.0.1/signed-in/more" }],
    ["an unknown client", { client_id: "another-client" }],
  ])("refuses %s with a page and without a redirect", async (_what, changes) => {
    await using system = await startIdentity();
    const response = await openBrowser().get(requestCode(system.discovery, changes).url);
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain("Go to Fairway and sign in there.");
  });

  test("asks for no consent, also when the client asks to ask", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const { request, code } = await signInAsAdvisor(system, browser);
    await redeemCode(system.discovery, code, request);
    const again = requestCode(system.discovery, { prompt: "consent" });
    const code2 = await followToCode(browser, await browser.get(again.url), again);
    expect((await redeemCode(system.discovery, code2, again)).expires_in).toBe(3600);
  });
});

describe("a session", () => {
  test("signs in again without a page", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    await signInAsAdvisor(system, browser);
    const request = requestCode(system.discovery);
    const code = await followToCode(browser, await browser.get(request.url), request);
    const { access_token: token } = await redeemCode(system.discovery, code, request);
    await expect(verifierFor(system).verify(`Bearer ${token}`)).resolves.toEqual({ personId: ADVISOR.personId });
  });

  test("goes on by refresh tokens that work once each", async () => {
    await using system = await startIdentity();
    const { request, code } = await signInAsAdvisor(system, openBrowser());
    const first = await redeemCode(system.discovery, code, request);
    const response = await refresh(system, first.refresh_token);
    const second: unknown = await response.json();
    expect(second).toMatchObject({ access_token: expect.any(String), refresh_token: expect.any(String) });
    expect(second).not.toMatchObject({ refresh_token: first.refresh_token });
    expect((await refresh(system, first.refresh_token)).status).toBe(400);
  });

  test("survives a restart, with its keys", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fairway-identity-"));
    try {
      const file = join(folder, "identity.sqlite");
      await using system = await startIdentity({ file });
      const browser = openBrowser();
      const { request, code } = await signInAsAdvisor(system, browser);
      const tokens = await redeemCode(system.discovery, code, request);
      const [key] = system.jwks.keys;

      system.reopen();

      expect(system.jwks.keys).toEqual([key]);
      await expect(verifierFor(system).verify(`Bearer ${tokens.access_token}`)).resolves.toBeDefined();
      expect((await refresh(system, tokens.refresh_token)).status).toBe(200);
      const again = requestCode(system.discovery);
      await expect(followToCode(browser, await browser.get(again.url), again)).resolves.toBeDefined();
      expect((await stat(file)).mode & 0o077).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("ends after two weeks", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const { request, code } = await signInAsAdvisor(system, browser);
    const tokens = await redeemCode(system.discovery, code, request);
    system.clock.offsetMs = 14 * 24 * 60 * MINUTE_MS + 1000;
    expect((await refresh(system, tokens.refresh_token)).status).toBe(400);
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    expect(page.html).toContain("Sign in");
  });

  test("ends, with its refresh tokens, when the person signs out and confirms it", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const { request, code } = await signInAsAdvisor(system, browser);
    const tokens = await redeemCode(system.discovery, code, request);
    const home = `${new URL(system.issuer).origin}/`;
    const query = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: home });
    const page = await (await browser.get(`${system.discovery.end_session_endpoint}?${query}`)).text();
    const [, action = "", xsrf = ""] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/.exec(page) ?? [];

    expect((await browser.post(action, { xsrf: "forged", logout: "yes" })).status).toBe(400);
    expect((await refresh(system, tokens.refresh_token)).status).toBe(200);

    const done = await browser.post(action, { xsrf, logout: "yes" });
    expect(done.headers.get("location")).toBe(home);
    expect((await openSignIn(browser, requestCode(system.discovery).url)).html).toContain("Sign in");
  });

  test("passes to another person who signs in in the same browser", async () => {
    await using system = await startIdentity();
    const second = { ...ADVISOR, personId: "person-second", email: "second@sample.example" };
    system.people.set(second.personId, second);
    const browser = openBrowser();
    await signInAsAdvisor(system, browser);
    const request = requestCode(system.discovery, { prompt: "login" });
    const page = await openSignIn(browser, request.url);
    const posted = await browser.post(`${page.url}/sample-person`, {
      csrfToken: page.csrfToken,
      personId: second.personId,
    });
    const handOver = await browser.get(posted.headers.get("location") ?? "");
    // The one page that posts by itself, by a script the policy names by its hash.
    expect(handOver.headers.get("content-security-policy")).toMatch(/script-src 'sha256-[^ ']+'(;|$)/);
    const html = await handOver.text();
    const [, action = ""] = /action="([^"]+)"/.exec(html) ?? [];
    const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
    const code = await followToCode(browser, await browser.post(action, { xsrf, logout: "yes" }), request);
    const { access_token: token } = await redeemCode(system.discovery, code, request);
    await expect(verifierFor(system).verify(`Bearer ${token}`)).resolves.toEqual({ personId: second.personId });
  });
});

describe("a blocked person", () => {
  test("is not among the sample people and cannot be chosen", async () => {
    await using system = await startIdentity();
    system.people.set(ADVISOR.personId, { ...ADVISOR, blocked: true });
    const browser = openBrowser();
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    expect(page.html).not.toContain(ADVISOR.personId);
    const posted = await browser.post(`${page.url}/sample-person`, {
      csrfToken: page.csrfToken,
      personId: ADVISOR.personId,
    });
    expect(posted.status).toBe(403);
    expect(await posted.text()).toContain("Ask the coordinator");
  });

  test("cannot refresh, redeem a code or use a session from before", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const { request, code } = await signInAsAdvisor(system, browser);
    const tokens = await redeemCode(system.discovery, code, request);
    const later = requestCode(system.discovery);
    const laterCode = await followToCode(browser, await browser.get(later.url), later);

    system.people.set(ADVISOR.personId, { ...ADVISOR, blocked: true });

    expect((await refresh(system, tokens.refresh_token)).status).toBe(400);
    await expect(redeemCode(system.discovery, laterCode, later)).rejects.toThrow("invalid_grant");
    expect((await openSignIn(browser, requestCode(system.discovery).url)).html).toContain("Sign in");
  });
});

describe("the identity file", () => {
  test("forgets what has expired", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fairway-identity-"));
    try {
      const file = join(folder, "identity.sqlite");
      await using system = await startIdentity({ file });
      await signIn(system.baseUrl, ADVISOR.personId);
      using db = new DatabaseSync(file, { readOnly: true });
      const countExpired = () =>
        db.prepare("SELECT count(*) AS n FROM records WHERE expires_at <= ?").get(Date.now() + system.clock.offsetMs)
          ?.n;
      system.clock.offsetMs = 15 * 24 * 60 * MINUTE_MS;
      expect(countExpired()).toBeGreaterThan(0);
      await signIn(system.baseUrl, ADVISOR.personId);
      expect(countExpired()).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the sign-in pages", () => {
  test("mark sample people as sample data and escape what they are called", async () => {
    await using system = await startIdentity();
    const { html } = await openSignIn(openBrowser(), requestCode(system.discovery).url);
    expect(html).toContain("Sample &lt;Advisor&gt;");
    expect(html).toContain("sample data");
    expect(html).not.toContain(OWNER.name);
  });

  test("speak the language that the portal asks for, English when they do not know it", async () => {
    await using system = await startIdentity();
    const pageIn = async (language: string) =>
      (await openSignIn(openBrowser(), `${requestCode(system.discovery).url}&ui_locales=${language}`)).html;
    expect(await pageIn("fi")).toMatch(/<html lang="fi">.*Kirjaudu sisään.*Sähköpostiosoite/s);
    expect(await pageIn("de")).toMatch(/<html lang="en">.*Sign in.*E-mail address/s);
  });

  test("let nobody sign in as a real person by choosing", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    const fields = { csrfToken: page.csrfToken, personId: OWNER.personId };
    expect((await browser.post(`${page.url}/sample-person`, fields)).status).toBe(403);
  });

  test("show no sample people outside a sample programme", async () => {
    await using system = await startIdentity();
    system.people.delete(ADVISOR.personId);
    const { html } = await openSignIn(openBrowser(), requestCode(system.discovery).url);
    expect(html).toContain("E-mail address");
    expect(html).not.toContain("sample");
  });

  test("refuse a form without the token of this sign-in", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    const other = await openSignIn(openBrowser(), requestCode(system.discovery).url);
    for (const csrfToken of ["", "forged", other.csrfToken]) {
      const posted = await browser.post(`${page.url}/sample-person`, { csrfToken, personId: ADVISOR.personId });
      expect(posted.status).toBe(403);
    }
  });

  test("refuse a sign-in that another browser began", async () => {
    await using system = await startIdentity();
    const page = await openSignIn(openBrowser(), requestCode(system.discovery).url);
    const stranger = await openBrowser().get(page.url);
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).toContain("begun in another browser");
    const busy = openBrowser();
    await openSignIn(busy, requestCode(system.discovery).url);
    expect((await busy.get(page.url)).status).toBe(400);
  });

  test("decide nothing on a GET", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    const query = new URLSearchParams({ csrfToken: page.csrfToken, personId: ADVISOR.personId });
    expect((await browser.get(`${page.url}/sample-person?${query}`)).status).toBe(404);
  });

  test("refuse a form of many kilobytes", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    const posted = await browser.post(`${page.url}/email`, { email: "x".repeat(20_000) });
    expect(posted.status).toBe(413);
  });

  test("allow no script, no frame and no foreign form target, and carry their own style", async () => {
    await using system = await startIdentity();
    const browser = openBrowser();
    const page = await openSignIn(browser, requestCode(system.discovery).url);
    const policy = (await browser.get(page.url)).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(page.html).not.toMatch(/<script|<style|style=|\son\w+=/);
    const style = await fetch(`${system.issuer}/pages.css`);
    expect(style.headers.get("content-type")).toContain("text/css");
  });

  test("say what to do at an address that does not exist", async () => {
    await using system = await startIdentity();
    const response = await fetch(`${system.issuer}/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("go to Fairway");
  });
});

describe("behind a proxy that ends TLS", () => {
  test("speaks https, as the issuer, with secure cookies, whatever host is asked for", async () => {
    await using system = await startIdentity({ issuerOrigin: "https://fairway.example" });
    expect(system.discovery.token_endpoint).toBe("https://fairway.example/identity/token");
    const { pathname, search } = new URL(requestCode(system.discovery).url);
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    const answer = await new Promise<{ status: number | undefined; cookies: string[]; location: string }>(
      (resolve, reject) => {
        httpRequest(`${system.baseUrl}${pathname}${search}`, { headers }, (res) => {
          res.resume();
          const { location = "", "set-cookie": cookies = [] } = res.headers;
          resolve({ status: res.statusCode, cookies, location });
        })
          .on("error", reject)
          .end();
      },
    );
    expect(answer.status).toBe(303);
    expect(answer.location).toMatch(/^\/identity\/sign-in\//);
    expect(answer.cookies.length).toBeGreaterThan(0);
    for (const cookie of answer.cookies) expect(cookie).toMatch(/; secure; httponly/i);
  });
});
