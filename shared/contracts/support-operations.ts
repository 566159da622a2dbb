/** The support a pilot was given: hours, what they are worth as aid, how much more is possible. */
import * as z from "zod";
import { declare, inPilot, none, personRef } from "./operation.ts";

export const supportOperations = declare({
  getSupport: {
    method: "GET",
    path: "/api/pilots/{pilotId}/support",
    summary: "Hours of support and their value as aid, with the ceiling for those who answer for it",
    roles: ["sme_admin", "advisor", "expert", "living_lab", "coordinator", "auditor"],
    params: inPilot,
    query: none,
    body: none,
    output: z.object({
      hours: z.number(),
      /** Of them: neither confirmed by the company nor decided by a coordinator. */
      openHours: z.number(),
      aidEur: z.number(),
      hourlyRateEur: z.number(),
      plannedAidEur: z.number(),
      plannedBy: z
        .enum(["plan", "programme"])
        .describe("plan: the accepted support plan; until there is one, what the programme plans for a pilot"),
      /** De minimis aid the company may receive beside what it had before this pilot; for those who may read its record. */
      aidRoomEur: z.number().optional(),
      /** Newest first; one's own, or all for those who confirm and check them. */
      entries: z.array(
        z.object({
          id: z.string(),
          at: z.iso.datetime(),
          by: z.object({ person: personRef, role: z.string() }),
          on: z.iso.date(),
          hours: z.number(),
          activity: z.string(),
          aidEur: z.number(),
          status: z
            .enum(["logged", "confirmed", "disputed", "upheld", "struck"])
            .describe("upheld and struck: a coordinator has decided about what the company disputed"),
          /** Of the company. */
          answered: z.object({ by: personRef, at: z.iso.datetime(), reason: z.string().optional() }).optional(),
          settled: z.object({ by: personRef, at: z.iso.datetime(), reason: z.string() }).optional(),
        }),
      ),
    }),
  },
});
