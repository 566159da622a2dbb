import type { Node } from "constructs";
import * as z from "zod";
import dev from "./stages/dev.json" with { type: "json" };
import prod from "./stages/prod.json" with { type: "json" };

const httpsUrl = z.url({ protocol: /^https$/ });

/** A provider of one's own in place of the Cognito user pool. Its discovery document must be reachable from AWS. */
const OpenIdProvider = z.strictObject({
  issuer: httpsUrl,
  /** Of the portal: a public client with code and PKCE, whose redirect address is `<portalUrl>signed-in`. */
  clientId: z.string().min(1),
  /** What a token must carry in `audienceClaim`. */
  audience: z.string().min(1),
  audienceClaim: z.enum(["aud", "client_id"]).default("aud"),
  /** The claim with Fairway's person id, which the provider must know. */
  personClaim: z.string().min(1).default("sub"),
  scope: z.string().min(1).default("openid offline_access"),
  /** Where the keys are, when not at `.well-known/jwks.json` below the issuer. */
  jwksUrl: httpsUrl.optional(),
  /** Origins that the portal's requests go to beside the issuer's: of the token endpoint, for instance. */
  origins: z.array(httpsUrl).default([]),
});

const Settings = z.object({
  stage: z.enum(["dev", "prod"]).default("dev"),
  /** Without it people sign in with a Cognito user pool of this stage. */
  openIdProvider: OpenIdProvider.optional(),
  mailFrom: z.email(),
  portalUrl: httpsUrl,
  /** Of a certificate for the host of `portalUrl`, in us-east-1; without it the portal has CloudFront's own name. */
  portalCertificateArn: z
    .string()
    .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/, "must be an ACM certificate in us-east-1")
    .optional(),
  /** Who is told of alarms and of costs; each address confirms once. */
  alarmMail: z.email().optional(),
  monthlyBudgetUsd: z.coerce.number().positive(),
  /** The repository on the forge whose workflow files may deploy this stage; without it nobody there may anything. */
  forge: z.strictObject({ repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "must be owner/name") }).optional(),
});

export type Settings = z.infer<typeof Settings>;

/** What differs between the stages. */
const STAGES = { dev, prod } as const;

export class SettingsInvalid extends Error {
  override name = "SettingsInvalid" as const;
}

/**
 * The settings of `infra/stages/<stage>.json`, where `--context stage=prod` chooses the stage (else `dev`); any of them may
 * be given as CDK context instead.
 *
 * @throws SettingsInvalid naming each setting that is missing or malformed, or, in `prod`, still one of the
 * placeholders (the top-level domain `.example`, which never resolves: RFC 2606)
 */
export function readSettings(node: Node): Settings {
  const stage = node.tryGetContext("stage");
  const file = stage === "prod" ? STAGES.prod : STAGES.dev;
  const context = Object.keys(Settings.shape).map((name) => [name, node.tryGetContext(name)] as const);
  const given = Object.fromEntries(context.filter(([, value]) => value !== undefined));
  const parsed = Settings.safeParse({ ...file, ...given });
  if (!parsed.success) throw new SettingsInvalid(`The settings are not usable.\n${z.prettifyError(parsed.error)}`);

  const placeholders = Object.entries(parsed.data).filter(([, value]) =>
    /\.example("|\/|$)/.test(typeof value === "string" ? value : JSON.stringify(value)),
  );
  if (parsed.data.stage === "prod" && placeholders.length > 0) {
    const names = placeholders.map(([name]) => name).join(", ");
    throw new SettingsInvalid(`Stage prod needs its own values in infra/stages/prod.json: ${names}.`);
  }
  return parsed.data;
}
