import { createHmac } from "node:crypto";
import fc from "fast-check";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { createTokenVerifier, InvalidToken } from "../../../functions/api/token.ts";

const ISSUER = "https://fairway.example/identity";
const NOW = new Date("2026-03-02T09:00:00Z");
const NOW_SECONDS = NOW.getTime() / 1000;

const CLAIMS: JWTPayload = {
  iss: ISSUER,
  aud: "fairway-api",
  sub: "person-1",
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 3600,
};

async function makeKeys() {
  const [own, foreign, rsa] = await Promise.all([
    generateKeyPair("ES256", { extractable: true }),
    generateKeyPair("ES256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
  ]);
  const jwks = {
    keys: [
      { ...(await exportJWK(own.publicKey)), kid: "own", alg: "ES256" },
      { ...(await exportJWK(rsa.publicKey)), kid: "rsa", alg: "RS256" },
    ],
  };
  return { own, foreign, rsa, jwks, rsaPem: await exportSPKI(rsa.publicKey) };
}

let keys: Awaited<ReturnType<typeof makeKeys>>;
beforeAll(async () => {
  keys = await makeKeys();
});

function createVerifier(options: Partial<Parameters<typeof createTokenVerifier>[0]> = {}) {
  return createTokenVerifier({
    issuer: ISSUER,
    audience: "fairway-api",
    jwks: () => keys.jwks,
    now: () => NOW,
    ...options,
  });
}

function sign(claims: JWTPayload, options: { key?: CryptoKey; alg?: string; kid?: string } = {}): Promise<string> {
  const { key = keys.own.privateKey, alg = "ES256", kid = "own" } = options;
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token whose signature is made as `signature` says. */
function assemble(header: object, signature: (input: string) => string): string {
  const input = `${encode(header)}.${encode(CLAIMS)}`;
  return `${input}.${signature(input)}`;
}

const hmac = (secret: string) => (input: string) => createHmac("sha256", secret).update(input).digest("base64url");

describe("the token check", () => {
  test.each([
    ["ES256", () => sign(CLAIMS)],
    ["RS256", () => sign(CLAIMS, { key: keys.rsa.privateKey, alg: "RS256", kid: "rsa" })],
    ["several audiences", () => sign({ ...CLAIMS, aud: ["other", "fairway-api"] })],
  ])("names the person of a valid token: %s", async (_what, token) => {
    await expect(createVerifier().verify(`Bearer ${await token()}`)).resolves.toEqual({ personId: "person-1" });
  });

  test("reads the scheme in any case", async () => {
    await expect(createVerifier().verify(`bearer ${await sign(CLAIMS)}`)).resolves.toEqual({ personId: "person-1" });
  });

  test.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ["no header", () => undefined],
    ["an empty header", () => ""],
    ["a scheme alone", () => "Bearer"],
    ["another scheme", async () => `Basic ${await sign(CLAIMS)}`],
    ["no scheme", async () => sign(CLAIMS)],
    ["two tokens", async () => `Bearer ${await sign(CLAIMS)}, Bearer ${await sign(CLAIMS)}`],
    ["something behind the token", async () => `Bearer ${await sign(CLAIMS)} x`],
    ["two parts", () => `Bearer ${encode({ alg: "ES256" })}.${encode(CLAIMS)}`],
    ["parts that are not JSON", () => "Bearer abc.def.ghi"],
    ["a foreign key under our key id", async () => `Bearer ${await sign(CLAIMS, { key: keys.foreign.privateKey })}`],
    ["an unknown key id", async () => `Bearer ${await sign(CLAIMS, { kid: "unknown" })}`],
    ["alg none without signature", () => `Bearer ${assemble({ alg: "none" }, () => "")}`],
    ["alg none with a signature", () => `Bearer ${assemble({ alg: "none", kid: "own" }, () => "AAAA")}`],
    [
      "HS256 with the public key as secret",
      () => `Bearer ${assemble({ alg: "HS256", kid: "rsa" }, hmac(keys.rsaPem))}`,
    ],
    ["HS256 without a key id", () => `Bearer ${assemble({ alg: "HS256" }, hmac(JSON.stringify(keys.jwks.keys[1])))}`],
    [
      "a key of its own in the header",
      async () => {
        const jwk = await exportJWK(keys.foreign.publicKey);
        const token = new SignJWT(CLAIMS).setProtectedHeader({ alg: "ES256", jwk });
        return `Bearer ${await token.sign(keys.foreign.privateKey)}`;
      },
    ],
    ["a critical header we do not know", () => `Bearer ${assemble({ alg: "ES256", crit: ["x"], x: 1 }, () => "AAAA")}`],
    [
      "a changed claim",
      async () => `Bearer ${(await sign(CLAIMS)).replace(/\.[\w-]+\./, `.${encode({ ...CLAIMS, sub: "person-2" })}.`)}`,
    ],
    ["an expired token", async () => `Bearer ${await sign({ ...CLAIMS, exp: NOW_SECONDS - 6 })}`],
    [
      "a token without an end",
      async () => `Bearer ${await sign({ iss: ISSUER, aud: "fairway-api", sub: "person-1" })}`,
    ],
    ["a token of the future", async () => `Bearer ${await sign({ ...CLAIMS, nbf: NOW_SECONDS + 60 })}`],
    ["another issuer", async () => `Bearer ${await sign({ ...CLAIMS, iss: "https://elsewhere.example" })}`],
    ["another audience", async () => `Bearer ${await sign({ ...CLAIMS, aud: "fairway-portal" })}`],
    ["no audience", async () => `Bearer ${await sign({ iss: ISSUER, sub: "person-1", exp: NOW_SECONDS + 60 })}`],
    ["no person", async () => `Bearer ${await sign({ iss: ISSUER, aud: "fairway-api", exp: NOW_SECONDS + 60 })}`],
    ["an empty person", async () => `Bearer ${await sign({ ...CLAIMS, sub: "" })}`],
  ])("refuses %s", async (_what, header) => {
    const refusal = createVerifier().verify(await header());
    await expect(refusal).rejects.toBeInstanceOf(InvalidToken);
    await expect(refusal).rejects.toMatchObject({
      name: "InvalidToken",
      status: 401,
      message: "Your session has ended. Sign in again.",
    });
  });

  test("refuses HS256 even when the issuer lists a shared secret among its keys", async () => {
    const jwks = { keys: [{ kty: "oct", kid: "shared", k: Buffer.from("s".repeat(32)).toString("base64url") }] };
    const token = assemble({ alg: "HS256", kid: "shared" }, hmac("s".repeat(32)));
    await expect(createVerifier({ jwks: () => jwks }).verify(`Bearer ${token}`)).rejects.toBeInstanceOf(InvalidToken);
  });

  test("refuses whatever else is sent, and fails in no other way", async () => {
    const part = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString("base64url")),
    );
    const header = fc.oneof(
      fc.string(),
      fc.tuple(part, part, part).map((parts) => `Bearer ${parts.join(".")}`),
    );
    await fc.assert(
      fc.asyncProperty(header, async (value) => {
        await expect(createVerifier().verify(value)).rejects.toBeInstanceOf(InvalidToken);
      }),
      { numRuns: 300 },
    );
  });

  test("takes keys that the issuer has changed", async () => {
    let jwks: { keys: (typeof keys.jwks.keys)[number][] } = { keys: [] };
    const verifier = createVerifier({ jwks: async () => jwks });
    const header = `Bearer ${await sign(CLAIMS)}`;
    await expect(verifier.verify(header)).rejects.toBeInstanceOf(InvalidToken);
    jwks = keys.jwks;
    await expect(verifier.verify(header)).resolves.toEqual({ personId: "person-1" });
  });

  test("does not blame the token when the keys cannot be had", async () => {
    const verifier = createVerifier({ jwks: () => Promise.reject(new Error("the issuer is down")) });
    await expect(verifier.verify(`Bearer ${await sign(CLAIMS)}`)).rejects.toThrow("the issuer is down");
    const unreachable = createVerifier({ jwks: new URL("http://127.0.0.1:1/jwks") });
    await expect(unreachable.verify(`Bearer ${await sign(CLAIMS)}`)).rejects.not.toBeInstanceOf(InvalidToken);
  });
});

describe("the token check with tokens of Cognito", () => {
  const cognito = { audience: "app-client", audienceClaim: "client_id", personClaim: "username" } as const;
  const accessToken = {
    iss: ISSUER,
    sub: "cognito-sub",
    username: "person-1",
    client_id: "app-client",
    token_use: "access",
    exp: NOW_SECONDS + 3600,
  };

  test("reads the app client and the person from the claims it is told", async () => {
    const verifier = createVerifier(cognito);
    await expect(verifier.verify(`Bearer ${await sign(accessToken)}`)).resolves.toEqual({ personId: "person-1" });
  });

  test.each([
    ["another app client", { ...accessToken, client_id: "another" }],
    ["an id token", { iss: ISSUER, sub: "s", username: "person-1", aud: "app-client", exp: NOW_SECONDS + 3600 }],
    ["a person that is no text", { ...accessToken, username: 7 }],
  ])("refuses %s", async (_what, claims) => {
    await expect(createVerifier(cognito).verify(`Bearer ${await sign(claims)}`)).rejects.toBeInstanceOf(InvalidToken);
  });
});
