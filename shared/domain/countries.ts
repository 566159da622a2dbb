/**
 * The country register as far as rules need it: time zones of the programme area and restrictions of markets.
 * Restrictions are starting values; one not verified against a source is for a person to check before it is relied on.
 */
import register from "./countries.json" with { type: "json" };

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
  /** IANA name; only countries of the programme area have one. */
  readonly timeZone?: string;
  /** BCP 47; empty where nobody of the programme works. */
  readonly languages: readonly string[];
  readonly restriction: {
    /** `blocked`: never a target; `check_needed`: only after a written check. */
    readonly state: "clear" | "check_needed" | "blocked";
    readonly note: string;
    /** Calendar day. */
    readonly asOf: string;
    readonly verified: boolean;
    readonly source?: string;
  };
}

// Every form of the portal brings the register with it: a test holds it to this shape, not each start of each page.
const listed = register as readonly Country[];

/** By code: the programme area first, then other markets. */
export const countries: ReadonlyMap<string, Country> = new Map(listed.map((country) => [country.code, country]));

/** Codes of markets that may not be a target. */
export const blockedMarkets: ReadonlySet<string> = new Set(
  [...countries.values()].filter(({ restriction }) => restriction.state === "blocked").map(({ code }) => code),
);
