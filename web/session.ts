/**
 * Sign-in with OpenID Connect: code flow with PKCE (RFC 7636), rotating refresh tokens.
 * Tokens live in this tab only (`sessionStorage`); the provider's own cookie signs further tabs in without asking again.
 */
import i18next from "i18next";
import { NoConnection } from "../shared/contracts/client.ts";
import { PORTAL_CONFIG_PATH, type PortalConfig } from "../shared/contracts/portal-headers.ts";

const tokensKey = "fairway.tokens";
const attemptKey = "fairway.sign-in";
/** Renewed this long before the end, so that a request in flight does not meet an expired token. */
const renewBeforeMs = 60_000;

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly expiresAtMs: number;
}

/** What we read of the provider's discovery document, with what our own server says about it (`PortalConfig`). */
interface Provider extends PortalConfig {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly expires_in: number;
}

interface Attempt {
  readonly state: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
}

// By hand: a schema library would be a tenth of the first load.
const isTokens = checks<Tokens>({
  accessToken: isText,
  refreshToken: isTextIfAny,
  idToken: isTextIfAny,
  expiresAtMs: isNumber,
});
const isConfig = checks<PortalConfig>({
  clientId: isText,
  scope: isText,
  discovery: isText,
  signOut: isTextIfAny,
});
const isDocument = checks<Omit<Provider, keyof PortalConfig>>({
  authorization_endpoint: isAddress,
  token_endpoint: isAddress,
  end_session_endpoint: (value) => value === undefined || isAddress(value),
});
const isTokenAnswer = checks<TokenAnswer>({
  access_token: isText,
  refresh_token: isTextIfAny,
  id_token: isTextIfAny,
  expires_in: isNumber,
});
const isAttempt = checks<Attempt>({ state: isText, codeVerifier: isText, returnTo: isText });

export class SessionEnded extends Error {
  override name = "SessionEnded" as const;
  constructor() {
    super("Your session has ended. What you typed is kept on this device; sign in again to go on.");
  }
}

/** Its message is for the person, in the language spoken. */
class SignInFailed extends Error {
  override name = "SignInFailed" as const;
}

export function isSignedIn(): boolean {
  return readTokens() !== undefined;
}

/** Leaves the page for the provider, which speaks `language`; `returnTo` is the path to come back to. */
export async function signIn(returnTo: string, language: string): Promise<void> {
  const { authorization_endpoint, clientId, scope } = await discover();
  const state = randomText();
  const codeVerifier = randomText();
  sessionStorage.setItem(attemptKey, JSON.stringify({ state, codeVerifier, returnTo }));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const url = new URL(authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    scope,
    redirect_uri: redirectUri(),
    state,
    code_challenge: base64Url(new Uint8Array(digest)),
    code_challenge_method: "S256",
    ui_locales: language,
  }).toString();
  location.assign(url);
}

/** Redeems the code the provider came back with; resolves to the path to go on at. */
export async function completeSignIn(query: URLSearchParams): Promise<string> {
  const stored = parseStored(isAttempt, sessionStorage.getItem(attemptKey));
  sessionStorage.removeItem(attemptKey);
  const code = query.get("code");
  if (stored === undefined || code === null || query.get("state") !== stored.state) {
    throw new SignInFailed(i18next.t("welcome.tooOld"));
  }
  const answer = await requestTokens({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri(),
    code_verifier: stored.codeVerifier,
  });
  if (answer === undefined) throw new SignInFailed(i18next.t("welcome.refused"));
  writeTokens(answer);
  return stored.returnTo;
}

/** A token good for the next request, renewed when it is about to expire. Throws SessionEnded. */
export async function accessToken(): Promise<string> {
  const current = readTokens();
  if (current === undefined) throw new SessionEnded();
  if (current.expiresAtMs - renewBeforeMs > Date.now()) return current.accessToken;
  return renewToken();
}

let renewal: Promise<string> | undefined;

/** Renews once for all who ask meanwhile: a refresh token is good for one use. Throws SessionEnded. */
export function renewToken(): Promise<string> {
  renewal ??= renew().finally(() => {
    renewal = undefined;
  });
  return renewal;
}

async function renew(): Promise<string> {
  const current = readTokens();
  const answer =
    current?.refreshToken === undefined
      ? undefined
      : await requestTokens({ grant_type: "refresh_token", refresh_token: current.refreshToken });
  if (answer === undefined) {
    sessionStorage.removeItem(tokensKey);
    throw new SessionEnded();
  }
  const renewed = { ...current, ...answer };
  writeTokens(renewed);
  return renewed.accessToken;
}

/** Leaves the page: the provider ends its own session too. */
export async function signOut(language: string): Promise<void> {
  const idToken = readTokens()?.idToken;
  sessionStorage.removeItem(tokensKey);
  const { end_session_endpoint, clientId, signOut: signOutAddress } = await discover();
  if (signOutAddress !== undefined) return location.assign(signOutAddress);
  if (end_session_endpoint === undefined) return location.assign("/");
  const url = new URL(end_session_endpoint);
  url.search = new URLSearchParams({
    client_id: clientId,
    post_logout_redirect_uri: `${location.origin}/`,
    ui_locales: language,
    ...(idToken === undefined ? {} : { id_token_hint: idToken }),
  }).toString();
  location.assign(url);
}

/** Undefined when the provider refuses; a failing network or server throws, and the session stays. */
async function requestTokens(fields: Record<string, string>): Promise<Tokens | undefined> {
  const { token_endpoint, clientId } = await discover();
  const response = await fetch(token_endpoint, {
    method: "POST",
    body: new URLSearchParams({ client_id: clientId, ...fields }),
  });
  if (response.status >= 500) throw new NoConnection({ cause: response.status });
  if (!response.ok) return undefined;
  const answer: unknown = await response.json();
  if (!isTokenAnswer(answer)) throw new Error("The sign-in service answered something else than tokens.");
  return {
    accessToken: answer.access_token,
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    ...(answer.id_token === undefined ? {} : { idToken: answer.id_token }),
    expiresAtMs: Date.now() + answer.expires_in * 1000,
  };
}

let known: Provider | undefined;

async function discover(): Promise<Provider> {
  if (known !== undefined) return known;
  const config: unknown = await (await fetch(PORTAL_CONFIG_PATH)).json();
  const document: unknown = isConfig(config) ? await (await fetch(config.discovery)).json() : undefined;
  if (!isConfig(config) || !isDocument(document)) {
    throw new Error("The sign-in service does not say where to sign in.");
  }
  known = { ...config, ...document };
  return known;
}

function readTokens(): Tokens | undefined {
  return parseStored(isTokens, sessionStorage.getItem(tokensKey));
}

function writeTokens(value: Tokens): void {
  sessionStorage.setItem(tokensKey, JSON.stringify(value));
}

function parseStored<Value>(is: (value: unknown) => value is Value, text: string | null): Value | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object each of whose members is what it should be. */
function checks<Shape>(members: Readonly<Record<keyof Shape, (value: unknown) => boolean>>) {
  return (value: unknown): value is Shape =>
    typeof value === "object" &&
    value !== null &&
    Object.entries<(member: unknown) => boolean>(members).every(([name, is]) => is(Reflect.get(value, name)));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isTextIfAny(value: unknown): boolean {
  return value === undefined || isText(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isAddress(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value);
}

const redirectUri = () => `${location.origin}/signed-in`;

const randomText = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
