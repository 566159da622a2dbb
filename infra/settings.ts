import type { Node } from "constructs";
import * as z from "zod";

/** What differs between two installations. Everything comes from CDK context: `cdk.json`, or `--context name=value`. */
const Settings = z.object({
  stage: z.enum(["dev", "prod"]).default("dev"),
  /** The OpenID provider whose tokens the API accepts; its discovery document must be reachable from AWS. */
  issuer: z.url({ protocol: /^https$/ }),
  /** The `aud` (or `client_id`) a token must carry. */
  audience: z.string().min(1),
  mailFrom: z.email(),
  portalUrl: z.url({ protocol: /^https$/ }),
});

export type Settings = z.infer<typeof Settings>;

export class SettingsInvalid extends Error {
  override name = "SettingsInvalid" as const;
}

/**
 * @throws SettingsInvalid naming each setting that is missing or malformed, or, in `prod`, still one of the
 * placeholders of `cdk.json` (the top-level domain `.example`, which never resolves: RFC 2606)
 */
export function readSettings(node: Node): Settings {
  const context = Object.fromEntries(Object.keys(Settings.shape).map((name) => [name, node.tryGetContext(name)]));
  const parsed = Settings.safeParse(context);
  if (!parsed.success) throw new SettingsInvalid(`CDK context is not usable.\n${z.prettifyError(parsed.error)}`);

  const { stage, ...values } = parsed.data;
  const placeholders = Object.entries(values).filter(([, value]) => /\.example(\/|$)/.test(value));
  if (stage === "prod" && placeholders.length > 0) {
    const names = placeholders.map(([name]) => name).join(", ");
    throw new SettingsInvalid(`Stage prod needs its own values: pass --context name=value for ${names}.`);
  }
  return parsed.data;
}
