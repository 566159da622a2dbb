/** Who from outside a company has read its business case. */
import * as z from "zod";
import { cursor, declare, inPilot, personRef } from "./operation.ts";

export const accessOperations = declare({
  listAccess: {
    method: "GET",
    path: "/api/pilots/{pilotId}/access",
    summary: "Who read the figures of the business case: once a day for each person and revision, newest day first",
    roles: ["sme_admin", "coordinator", "auditor"],
    params: inPilot,
    query: z.strictObject({ cursor }),
    body: z.strictObject({}),
    output: z.object({
      entries: z.array(
        z.object({
          at: z.iso.datetime().describe("The first time that day"),
          by: z.object({ person: personRef, role: z.string(), for: personRef.optional() }),
          deliverableId: z.string(),
          /** Absent: the draft. */
          revision: z.int().optional(),
        }),
      ),
      cursor: z.string().exactOptional(),
    }),
  },
});
