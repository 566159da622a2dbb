import { createHash, randomBytes } from "node:crypto";

/** What a browser and the portal do to sign in, with the cookies kept by hand. */

/** A browser as far as sign-in needs one: it keeps cookies and follows nothing by itself. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>;
  get(url: string): Promise<Response>;
  post(url: string, fields: Record<string, string>): Promise<Response>;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly expires_in: number;
}

interface Discovery {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint: string;
}

/** An authorization request and what it takes to redeem its code. */
export interface CodeRequest {
  readonly url: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
}

/** `baseUrl` has no trailing slash. */
export async function discover(baseUrl: string): Promise<Discovery> {
  const response = await fetch(`${baseUrl}/identity/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${baseUrl} has no identity provider: ${response.status}`);
  const discovery: Discovery = JSON.parse(await response.text());
  return discovery;
}

/** The access token of a sample person, by the same code flow as in a browser. Works against any running system. */
export async function signIn(baseUrl: string, personId: string): Promise<string> {
  const tokens = await signInWith(openBrowser(), baseUrl, personId);
  return tokens.access_token;
}

/** Leaves the provider's cookies with the browser. */
export async function signInWith(browser: Browser, baseUrl: string, personId: string): Promise<Tokens> {
  const discovery = await discover(baseUrl);
  const request = requestCode(discovery);
  const page = await openSignIn(browser, request.url);
  const posted = await browser.post(`${page.url}/sample-person`, { csrfToken: page.csrfToken, personId });
  const code = await followToCode(browser, posted, request);
  return redeemCode(discovery, code, request);
}

export function openBrowser(): Browser {
  const cookies = new Map<string, string>();
  async function visit(url: string, init: RequestInit): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { accept: "text/html", cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  return {
    cookies,
    get: (url) => visit(url, {}),
    post: (url, fields) => visit(url, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

/** `changes` replace parameters of the request; an empty string drops one. */
export function requestCode(discovery: Discovery, changes: Record<string, string> = {}): CodeRequest {
  const codeVerifier = randomBytes(32).toString("base64url");
  const redirectUri = `${new URL(discovery.issuer).origin}/signed-in`;
  const parameters = {
    client_id: "fairway-portal",
    response_type: "code",
    scope: "openid offline_access",
    redirect_uri: redirectUri,
    state: randomBytes(8).toString("base64url"),
    code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ""));
  return { url: `${discovery.authorization_endpoint}?${query}`, redirectUri, codeVerifier };
}

/** The sign-in page an authorization request leads to: its address and the token of its forms. */
export async function openSignIn(browser: Browser, url: string) {
  const signInUrl = locationOf(await browser.get(url), url);
  const html = await (await browser.get(signInUrl)).text();
  const csrfToken = /name="csrfToken" value="([^"]+)"/.exec(html)?.[1];
  if (csrfToken === undefined) throw new Error(`no sign-in form at ${signInUrl}: ${html}`);
  return { url: signInUrl, csrfToken, html };
}

/** Follows redirects until one leads back to the client, and takes the code from it. */
export async function followToCode(browser: Browser, response: Response, request: CodeRequest): Promise<string> {
  let location = locationOf(response, request.url);
  for (let redirects = 0; !location.startsWith(`${request.redirectUri}?`); redirects += 1) {
    if (redirects > 5) throw new Error(`sign-in goes round in circles at ${location}`);
    location = locationOf(await browser.get(location), location);
  }
  const code = new URL(location).searchParams.get("code");
  if (code === null) throw new Error(`sign-in was refused: ${location}`);
  return code;
}

export async function redeemCode(discovery: Discovery, code: string, request: CodeRequest): Promise<Tokens> {
  const response = await postToken(discovery, {
    grant_type: "authorization_code",
    code,
    redirect_uri: request.redirectUri,
    code_verifier: request.codeVerifier,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`no token: ${text}`);
  const tokens: Tokens = JSON.parse(text);
  return tokens;
}

export function postToken(discovery: Discovery, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: "fairway-portal", ...fields });
  return fetch(discovery.token_endpoint, { method: "POST", body });
}

function locationOf(response: Response, base: string): string {
  const location = response.headers.get("location");
  if (location === null) throw new Error(`${base} answered ${response.status} instead of a redirect`);
  return new URL(location, base).href;
}
