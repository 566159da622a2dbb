/** What is one person's own: settings, calendar, saved views, search. */
import * as z from "zod";
import { roles } from "../domain/actor.ts";
import { deliveries, type topics } from "../domain/notifications.ts";
import { declare, everyone, id, instant, none, personRef, reading, text, version } from "./operation.ts";

/** The languages the portal speaks, BCP 47. */
export const portalLanguages = ["en", "et", "lv", "lt", "fi", "sv"] as const;

const delivery = z.enum(deliveries);
const notifications = z.strictObject({
  tasks: delivery.exactOptional(),
  reminders: delivery.exactOptional(),
  escalations: delivery.exactOptional(),
  results: delivery.exactOptional(),
  news: delivery.exactOptional(),
} satisfies Record<(typeof topics)[number], z.ZodType>);

const settingsView = z.object({
  language: z.string(),
  /** A topic that is not named: as usual, urgent things at once and the rest in the morning's mail. */
  notifications,
  calendar: z.object({ since: instant }).optional().describe("There is a calendar link; its address was shown once"),
});
export type SettingsView = z.infer<typeof settingsView>;

const viewInput = {
  name: text(80),
  page: z
    .string()
    .regex(/^[a-z][a-z-]{0,39}$/)
    .meta({ examples: ["tasks"] })
    .describe("The page it is a view of, e.g. tasks or pilots"),
  filters: z
    .record(z.string().max(60), z.unknown())
    .refine((filters) => JSON.stringify(filters).length <= 8000, "These are more filters than a view keeps."),
  shared: z.boolean().describe("Whether others of the programme may open it by its link"),
};

export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  page: z.string(),
  filters: z.record(z.string(), z.unknown()),
  shared: z.boolean(),
  owner: personRef,
  mine: z.boolean(),
  updatedAt: instant,
  version: z.int(),
});
export type SavedViewView = z.infer<typeof savedView>;

export const searchResult = z.object({
  kind: z.enum(["pilot", "company", "deliverable", "person"]),
  id: z.string(),
  title: z.string(),
  /** What it belongs to, e.g. the pilot of a deliverable, the organisation of a person. */
  within: z.string(),
  pilotId: z.string().optional().describe("Of a pilot or a deliverable; of a person who leads to it"),
  status: z.string().optional().describe("Of a pilot or a deliverable"),
  stageStatus: z.string().optional().describe("Of a pilot: the state of its stage"),
  pilotStatus: z.string().optional().describe("Of a deliverable: the state of its pilot"),
  country: z.string().optional().describe("Of a pilot or a deliverable: where the company is"),
  market: z.string().optional().describe("Of a pilot or a deliverable: the primary target market, once it is chosen"),
  stage: z.string().optional().describe("Of a pilot or a deliverable: where the pilot is"),
  appliedAt: instant.optional().describe("Of a pilot or a deliverable: when the company applied for the pilot"),
  roles: z.array(z.enum(roles)).optional().describe("Of a person: what they are in the programme or around a pilot"),
  organisationId: z.string().optional().describe("Of a person: where they belong, if they are found as a member"),
  leadsTo: z
    .enum(["advisor", "member", "team", "people", "pilot"])
    .optional()
    .describe(
      "Of a person: the pilots they advise, those of their company, the team of one's own company, the people of the programme, the pilot they work on",
    ),
});
export type SearchResult = z.infer<typeof searchResult>;

const inView = z.strictObject({ viewId: id });

export const personalOperations = declare({
  getMySettings: {
    method: "GET",
    path: "/api/me/settings",
    summary: "My language, what I am written to about, whether there is a calendar link",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: settingsView,
  },
  updateMe: {
    method: "PUT",
    path: "/api/me/settings",
    summary: "Change my language or what I am written to about; what is not named stays",
    roles: everyone,
    params: none,
    query: none,
    body: z.strictObject({
      language: z.enum(portalLanguages).exactOptional(),
      notifications: notifications.exactOptional(),
    }),
    output: settingsView,
  },
  makeCalendarLink: {
    method: "POST",
    path: "/api/me/calendar",
    summary: "A new secret address of my due dates as a calendar (ICS); the old one ends",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: z.object({ path: z.string().describe("On the API's own origin; shown this once"), since: instant }),
  },
  revokeCalendarLink: {
    method: "POST",
    path: "/api/me/calendar/revocation",
    summary: "End my calendar link",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: settingsView,
  },
  listViews: {
    method: "GET",
    path: "/api/views",
    summary: "My saved views",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: z.object({ views: z.array(savedView) }),
  },
  getView: {
    method: "GET",
    path: "/api/views/{viewId}",
    summary: "A view of mine, or one that is shared with the programme",
    roles: everyone,
    params: inView,
    query: none,
    body: none,
    output: savedView,
  },
  saveView: {
    method: "PUT",
    path: "/api/views/{viewId}",
    summary: "Save a view under an id of the client's choice",
    roles: everyone,
    params: inView,
    query: none,
    body: z.strictObject({ ...viewInput, expectedVersion: version.exactOptional() }),
    output: savedView,
  },
  removeView: {
    method: "POST",
    path: "/api/views/{viewId}/removal",
    summary: "Remove a view of mine",
    roles: everyone,
    params: inView,
    query: none,
    body: none,
    output: z.object({ views: z.array(savedView) }),
  },
  search: {
    method: "GET",
    path: "/api/search",
    summary: "Pilots, companies, deliverables and people I may see, best first",
    roles: [...reading, "administrator"],
    params: none,
    query: z.strictObject({ q: text(100) }),
    body: none,
    output: z.object({ results: z.array(searchResult), more: z.boolean().describe("Others fit too, less well") }),
  },
});
