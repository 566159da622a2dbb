/** What the portal's pages are served with, wherever they are served from. */

interface Elsewhere {
  /** Origins that requests go to: the identity provider's. */
  readonly identity?: readonly string[];
  /** Origins that files are sent to and shown from. */
  readonly files?: readonly string[];
}

/**
 * Everything comes from the portal's own origin, nothing inline, no eval; where sign-in or files lie at another origin, they
 * are named and nothing else is. Styles that Mantine makes at run time are constructed style sheets
 * (web/theme/constructed-style.ts), which need no exception.
 */
export function portalSecurityPolicy({ identity = [], files = [] }: Elsewhere = {}): string {
  const own = (directive: string, others: readonly string[]) =>
    others.length === 0 ? [] : [`${directive} ${["'self'", ...new Set(others)].join(" ")}`];
  return [
    "default-src 'self'",
    ...own("connect-src", [...identity, ...files]),
    ...own("img-src", files),
    ...own("frame-src", files),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The other headers, in lower case. */
export const portalHeaders = {
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
} as const;

export const portalCaching = {
  /** Pages and `portal.json`: asked for anew each time, a new version shows at once. */
  page: "no-cache",
  /** Files with a hash of their content in the name. */
  asset: "public, max-age=31536000, immutable",
} as const;

/** The path of `PortalConfig`. */
export const PORTAL_CONFIG_PATH = "/portal.json";

/** What the portal asks for before somebody signs in: the identity provider differs from system to system. */
export interface PortalConfig {
  readonly clientId: string;
  readonly scope: string;
  /** Address of the provider's discovery document; a path on the portal's own origin will do. */
  readonly discovery: string;
  /** Where signing out leads, when the provider wants something else than OpenID Connect's own parameters. */
  readonly signOut?: string;
}
