/** The pilot agreement, which an admission gives rise to. */
import * as z from "zod";
import { declare, inPilot, instant, none, personRef } from "./operation.ts";

const agreement = z.object({
  format: z.literal("fairway-pilot-agreement"),
  formatVersion: z.literal(1),
  /** A wording of Fairway's, to be checked by the programme's lawyer before it is signed. */
  template: z.object({ id: z.string(), version: z.int() }),
  sample: z.boolean(),
  pilot: z.object({ id: z.string(), title: z.string() }),
  programme: z.object({ id: z.string(), name: z.string(), startsOn: z.iso.date(), endsOn: z.iso.date() }),
  /** Who admitted the pilot, for which organisation. */
  office: z.object({ name: z.string(), country: z.string(), signatory: personRef }),
  company: z.object({
    name: z.string(),
    registrationNumber: z.string().optional(),
    country: z.string(),
    contactName: z.string().optional(),
    headcount: z.number().optional(),
    sizeClass: z.enum(["micro", "small", "medium"]).optional(),
  }),
  service: z.object({ name: z.string(), summary: z.string().optional() }),
  markets: z.array(z.string()).describe("ISO 3166 codes the application names; the feasibility stage settles one"),
  motivation: z.string().optional(),
  team: z.array(
    z.object({ person: personRef, role: z.enum(["advisor", "expert", "living_lab"]), country: z.string() }),
  ),
  aid: z.object({
    plannedEur: z.number(),
    receivedEur: z.number(),
    ceilingEur: z.number(),
    hourlyRateEur: z.number(),
    received: z.array(
      z.object({ grantor: z.string(), measure: z.string(), grantedOn: z.string(), amountEur: z.number() }),
    ),
  }),
  waiverReason: z.string().optional(),
  process: z.object({
    version: z.int(),
    name: z.string(),
    stages: z.array(z.object({ id: z.string(), name: z.string(), days: z.int() })),
  }),
  clauses: z.array(z.object({ id: z.string(), party: z.enum(["company", "office", "both"]), text: z.string() })),
  appliedAt: instant,
  admittedAt: instant,
  application: z.object({ revision: z.int(), checksum: z.string() }),
});
export type Agreement = z.infer<typeof agreement>;

export const agreementOperations = declare({
  getAgreement: {
    method: "GET",
    path: "/api/pilots/{pilotId}/agreement",
    summary: "The agreement an admission gives rise to: the same content and checksum whenever it is asked for",
    roles: ["sme_member", "sme_admin", "advisor", "coordinator", "auditor"],
    params: inPilot,
    query: none,
    body: none,
    output: z.object({
      agreement,
      checksum: z
        .string()
        .describe("SHA-256, hex, over the canonical JSON of `agreement`: keys in order, no white space"),
      /** Texts of the process in the reader's language, by their published wording; outside of the checksum. */
      words: z.record(z.string(), z.string()),
    }),
  },
});
