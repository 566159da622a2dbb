/** Comments and notes on a pilot, and the people around it. */
import * as z from "zod";
import { roles } from "../domain/actor.ts";
import { cursor, declare, inPilot, none, reading } from "./operation.ts";

const personRef = z.object({ id: z.string(), name: z.string() });

const noteView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  by: z.object({ person: personRef, role: z.string(), for: personRef.optional() }),
  text: z.string(),
  internal: z.boolean(),
  deliverableId: z.string().optional(),
  mentions: z.array(personRef),
});

export const noteOperations = declare({
  listNotes: {
    method: "GET",
    path: "/api/pilots/{pilotId}/notes",
    summary: "Comments and, for whom they are, internal notes; newest first",
    roles: reading,
    params: inPilot,
    query: z.strictObject({ cursor }),
    body: none,
    output: z.object({ notes: z.array(noteView), cursor: z.string().exactOptional() }),
  },
  listPilotPeople: {
    method: "GET",
    path: "/api/pilots/{pilotId}/people",
    summary: "Who has to do with a pilot, and can be mentioned",
    roles: reading,
    params: inPilot,
    query: none,
    body: none,
    output: z.object({
      people: z.array(
        z.object({
          person: personRef,
          role: z.enum(roles),
          organisation: personRef,
          readsInternalNotes: z.boolean(),
        }),
      ),
    }),
  },
});
