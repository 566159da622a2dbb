import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";

/** The request carries no valid access token; answer 401. `cause` says why, for the log and never for the person. */
export class InvalidToken extends Error {
  override name = "InvalidToken" as const;
  readonly status = 401;
  constructor(cause: unknown) {
    super("Your session has ended. Sign in again.", { cause });
  }
}

export interface TokenVerifier {
  /**
   * Who the `Authorization` header speaks for.
   * @throws InvalidToken unless it carries a Bearer token signed by the issuer, meant for us and in force.
   * Other errors (the issuer's keys cannot be fetched) are transient: answer 503, not 401.
   */
  verify(authorizationHeader: string | undefined): Promise<{ personId: string }>;
}

interface TokenVerifierOptions {
  readonly issuer: string;
  /** Our API's name in `audienceClaim`: the resource of the embedded provider, the app client's id at Cognito. */
  readonly audience: string;
  /** Where the issuer publishes its keys (fetched once, again when an unknown key appears), or the keys themselves. */
  readonly jwks: URL | (() => JSONWebKeySet | Promise<JSONWebKeySet>);
  /** "client_id" at Cognito, whose access tokens have no audience. */
  readonly audienceClaim?: "aud" | "client_id";
  /** The claim that holds our person id. */
  readonly personClaim?: string;
  readonly now?: () => Date;
}

/** Only signatures by a private key: with HMAC a public key would do as the secret. */
const ALGORITHMS = ["ES256", "RS256", "PS256", "EdDSA"];

/** For clocks that differ a little between the issuer and us. */
const CLOCK_TOLERANCE_SECONDS = 5;

export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, audienceClaim = "aud", personClaim = "sub", now = () => new Date() } = options;
  const getKey = options.jwks instanceof URL ? createRemoteJWKSet(options.jwks) : keysFrom(options.jwks);

  async function readClaims(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, getKey, {
        algorithms: ALGORITHMS,
        issuer,
        ...(audienceClaim === "aud" ? { audience } : {}),
        requiredClaims: ["exp", audienceClaim, personClaim],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: now(),
      });
      return payload;
    } catch (error) {
      throw isFaultOfToken(error) ? new InvalidToken(error) : error;
    }
  }

  return {
    async verify(authorizationHeader) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorizationHeader ?? "")?.[1];
      if (token === undefined) throw new InvalidToken("no Bearer token in JWS compact form");
      const claims = await readClaims(token);
      if (audienceClaim === "client_id" && claims[audienceClaim] !== audience) {
        throw new InvalidToken(`client_id is ${String(claims[audienceClaim])}`);
      }
      const personId = claims[personClaim];
      if (typeof personId !== "string" || personId === "") throw new InvalidToken(`no person in claim ${personClaim}`);
      return { personId };
    },
  };
}

/** Imports the keys again only when the getter answers with another set. */
function keysFrom(read: () => JSONWebKeySet | Promise<JSONWebKeySet>): JWTVerifyGetKey {
  let known: { readonly set: JSONWebKeySet; readonly getKey: JWTVerifyGetKey } | undefined;
  return async (header, token) => {
    const set = await read();
    if (known?.set !== set) known = { set, getKey: createLocalJWKSet(set) };
    return known.getKey(header, token);
  };
}

const FAULTS_OF_TOKEN = [
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTInvalid,
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function isFaultOfToken(error: unknown): boolean {
  return FAULTS_OF_TOKEN.some((fault) => error instanceof fault);
}
