/**
 * The country register as far as rules need it: time zones of the programme area and restrictions of markets.
 * Restrictions are starting values; one not verified against a source is for a person to check before it is relied on.
 */
import * as z from "zod";
import register from "./countries.json" with { type: "json" };

const countrySchema = z.strictObject({
  /** ISO 3166-1 alpha-2. */
  code: z.string().regex(/^[A-Z]{2}$/),
  name: z.string(),
  /** IANA name; only countries of the programme area have one. */
  timeZone: z.exactOptional(z.string()),
  /** BCP 47; empty where nobody of the programme works. */
  languages: z.array(z.string()),
  restriction: z.strictObject({
    /** `blocked`: never a target; `check_needed`: only after a written check. */
    state: z.enum(["clear", "check_needed", "blocked"]),
    note: z.string(),
    /** Calendar day. */
    asOf: z.iso.date(),
    verified: z.boolean(),
    source: z.exactOptional(z.string()),
  }),
});

export type Country = Readonly<z.infer<typeof countrySchema>>;

/** By code: the programme area first, then other markets. */
export const countries: ReadonlyMap<string, Country> = new Map(
  z
    .array(countrySchema)
    .parse(register)
    .map((country) => [country.code, country]),
);

/** Codes of markets that may not be a target. */
export const blockedMarkets: ReadonlySet<string> = new Set(
  [...countries.values()].filter(({ restriction }) => restriction.state === "blocked").map(({ code }) => code),
);
