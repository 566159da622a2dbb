/** What a person may ask about their own data: a copy of it, and to be forgotten. */
import * as z from "zod";
import { roles } from "../domain/actor.ts";
import { declare, everyone, id, instant, none, personRef, text } from "./operation.ts";

/** Why somebody cannot be erased yet; each has to be settled first. */
export const erasureObstacles = ["last_of_role", "other_programme", "in_team", "has_tasks"] as const;
const obstacles = z.array(z.enum(erasureObstacles));

const erasureView = z.object({
  person: personRef,
  status: z.enum(["asked", "withdrawn", "granted", "refused", "done"]),
  askedAt: instant,
  answerBy: z.iso.date().describe("The law gives a month: (EU) 2016/679 Art. 12(3)"),
  reason: z.string().optional(),
  decided: z.object({ by: personRef, at: instant, reason: z.string() }).optional(),
  doneAt: instant.optional(),
});
export type ErasureView = z.infer<typeof erasureView>;

const erasuresView = z.object({
  /** Newest first. */
  erasures: z.array(
    erasureView.extend({
      /** While it is open: what carrying it out is about. */
      touches: z
        .object({
          roles: z.array(z.object({ role: z.enum(roles), organisation: personRef })),
          pilots: z.int().describe("Not ended, with the person in the team"),
          openTasks: z.int(),
          notices: z.int(),
          obstacles,
        })
        .optional(),
    }),
  ),
});
export type ErasuresView = z.infer<typeof erasuresView>;

/** Coordinators, auditors and administrators answer for the programme: whether they go is for its office to arrange. */
const mayAsk = ["sme_member", "sme_admin", "advisor", "expert", "living_lab"] as const;

const myErasureView = z.object({
  /** The last wish there was. */
  erasure: erasureView.optional(),
  /** What has to be settled before it could be carried out. */
  obstacles,
});
const ofPerson = z.strictObject({ personId: id });

export const privacyOperations = declare({
  exportMyData: {
    method: "GET",
    path: "/api/me/data",
    summary: "Everything kept about me in this programme, and my account, as JSON",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: z.object({
      format: z.literal("fairway-personal-data"),
      formatVersion: z.literal(1),
      generatedAt: instant,
      programme: z.object({ id: z.string(), name: z.string() }),
      person: z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        language: z.string(),
        country: z.string(),
      }),
      memberships: z.array(
        z.object({
          role: z.enum(roles),
          organisation: personRef,
          maySubmit: z.boolean(),
          until: z.iso.date().optional(),
          invitedAt: instant.optional(),
        }),
      ),
      settings: z.record(z.string(), z.unknown()),
      views: z.array(z.record(z.string(), z.unknown())),
      absence: z.record(z.string(), z.unknown()).optional(),
      notices: z.array(z.record(z.string(), z.unknown())),
      mails: z.array(z.object({ at: instant, to: z.string(), subject: z.string(), text: z.string() })),
      /** What I did and when, of the programme's history. What I wrote into it is the pilot's, and read there by its readers. */
      actions: z.array(z.object({ at: instant, type: z.string(), about: z.string(), role: z.string() })),
      /** Which business cases I read, as the log for their companies has it. */
      reads: z.array(
        z.object({ at: instant, pilotId: z.string(), deliverableId: z.string(), revision: z.int().optional() }),
      ),
      erasure: erasureView.optional(),
    }),
  },
  getMyErasure: {
    method: "GET",
    path: "/api/me/erasure",
    summary: "What became of my wish to be forgotten, and what stands in its way",
    roles: mayAsk,
    params: none,
    query: none,
    body: none,
    output: myErasureView,
  },
  askErasure: {
    method: "POST",
    path: "/api/me/erasure",
    summary: "Ask to be forgotten; the coordinator decides, statistics and the audit stay without my name",
    roles: mayAsk,
    params: none,
    query: none,
    body: z.strictObject({ reason: text(1000).exactOptional() }),
    output: myErasureView,
  },
  withdrawErasure: {
    method: "POST",
    path: "/api/me/erasure/withdrawal",
    summary: "Take back the wish to be forgotten, until it is decided",
    roles: mayAsk,
    params: none,
    query: none,
    body: none,
    output: myErasureView,
  },
  listErasures: {
    method: "GET",
    path: "/api/erasures",
    summary: "Who has asked to be forgotten, and what became of it",
    roles: ["coordinator", "administrator"],
    params: none,
    query: none,
    body: none,
    output: erasuresView,
  },
  decideErasure: {
    method: "POST",
    path: "/api/erasures/{personId}/decision",
    summary: "Grant or refuse somebody's wish to be forgotten",
    roles: ["coordinator"],
    params: ofPerson,
    query: none,
    body: z.strictObject({ approve: z.boolean(), reason: text(1000) }),
    output: erasuresView,
  },
  executeErasure: {
    method: "POST",
    path: "/api/erasures/{personId}/execution",
    summary: "Carry out a granted erasure: a pseudonym in place of the person, for good",
    roles: ["administrator"],
    params: ofPerson,
    query: none,
    body: none,
    output: erasuresView,
  },
});
