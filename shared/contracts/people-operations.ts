/** Who belongs to a company and to the programme, and what the programme has set. */
import * as z from "zod";
import { roles } from "../domain/actor.ts";
import { movableSteps } from "../domain/programme-timing.ts";
import { date, declare, id, instant, none, personRef, sme, text, version } from "./operation.ts";
import { portalLanguages } from "./personal-operations.ts";
import { choicePerson } from "./views.ts";

const email = z
  .email()
  .max(200)
  .meta({ examples: ["new.person@example.org"] });
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, "Two capital letters, e.g. LV.")
  .meta({ examples: ["LV"] });

export const memberView = z.object({
  person: personRef,
  email: z.string(),
  language: z.string(),
  role: z.enum(roles),
  organisation: personRef,
  maySubmit: z.boolean(),
  /** The last day; absent while it is open. */
  until: date.optional(),
  invitedAt: instant.optional().describe("Invited then, and not here yet"),
  away: z
    .object({ from: date, until: date, substitute: personRef, current: z.boolean() })
    .optional()
    .describe("The absence that is or comes next"),
  current: z.boolean(),
});
export type MemberView = z.infer<typeof memberView>;

const membersView = z.object({ members: z.array(memberView) });

const stageId = z.enum(["needs", "feasibility", "adaptation", "guidance"]);

const parameters = z.object({
  focusSizeHeadcount: z.int(),
  deMinimisCeilingEur: z.number(),
  plannedAidEur: z.number(),
  hourlyRateCents: z.int(),
  country: z.string(),
  extraHolidays: z.array(z.string()),
  reworkDays: z.int(),
  stageDays: z.partialRecord(stageId, z.int()),
  dueInDays: z.record(z.string(), z.int()),
  reminderDays: z.partialRecord(z.enum(movableSteps), z.int()),
  mailDays: z.int(),
  noticeDays: z.int(),
  accessLogDays: z.int(),
  businessRecordYears: z.int(),
  aidRecordYears: z.int(),
});

export const programmeView = z.object({
  id: z.string(),
  name: z.string(),
  sample: z.boolean(),
  startsOn: date,
  endsOn: date,
  parameters,
  /** What Fairway starts a programme with. */
  defaults: parameters,
  /** What the removal of old records did when it last ran; absent before its first day. */
  lastForgetting: z
    .object({
      on: date,
      mails: z.int(),
      notices: z.int(),
      accesses: z.int(),
      businessRecordsDue: z.int().describe("Pilots whose business records are past their time; nothing removes them"),
      aidRecordsDue: z.int().describe("So with aid records"),
    })
    .optional(),
  /** Newest first. */
  changes: z.array(
    z.object({
      at: instant,
      by: personRef,
      reason: z.string(),
      changes: z.array(z.object({ parameter: z.string(), before: z.unknown(), after: z.unknown() })),
    }),
  ),
  version: z.int(),
});
export type ProgrammeView = z.infer<typeof programmeView>;

export const departureView = z.object({
  person: personRef,
  openTasks: z.int(),
  pilots: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      country: z.string(),
      /** Of the company's first admin. */
      language: z.string(),
      /** The leaver works on them. */
      tasks: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          kind: z.string(),
          dueAt: instant,
          overdue: z.boolean(),
          onHold: z.boolean(),
        }),
      ),
      /** Speaks the company's language where somebody does, and has least to do. */
      suggestedSuccessorId: z.string().optional(),
    }),
  ),
  colleagues: z.array(
    z.object({
      person: personRef,
      language: z.string(),
      country: z.string(),
      openTasks: z.int(),
      pilots: z.int(),
      away: z.object({ from: date, until: date }).optional(),
    }),
  ),
});
export type DepartureView = z.infer<typeof departureView>;

export const peopleOperations = declare({
  listPeople: {
    method: "GET",
    path: "/api/people",
    summary: "People of the programme who can be given work in a role; experts and labs see their own role only",
    roles: ["advisor", "expert", "living_lab", "coordinator", "auditor"],
    params: none,
    query: z.strictObject({ role: z.enum(roles) }),
    body: none,
    output: z.object({ people: z.array(choicePerson) }),
  },
  planDeparture: {
    method: "POST",
    path: "/api/people/{personId}/departure",
    summary: "An advisor leaves: hand over all pilots and open work, block the account after the last day",
    roles: ["coordinator"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: z.strictObject({
      successorId: id.describe("Who takes over every pilot not named below"),
      pilots: z.record(id, id).exactOptional().describe("Pilot id → another successor"),
      lastDay: date,
      reason: text(1000),
    }),
    output: z.object({ pilots: z.array(z.string()), tasks: z.int() }),
  },
  listTeam: {
    method: "GET",
    path: "/api/team",
    summary: "The people of my company",
    roles: sme,
    params: none,
    query: none,
    body: none,
    output: membersView,
  },
  inviteMember: {
    method: "POST",
    path: "/api/team/invitations",
    summary: "Invite somebody to my company by mail; they sign in with a mailed code",
    roles: ["sme_admin"],
    params: none,
    query: none,
    body: z.strictObject({
      email,
      name: text(120),
      role: z.enum(["sme_member", "sme_admin"]),
      maySubmit: z.boolean().default(false),
      language: z.enum(portalLanguages),
    }),
    output: membersView,
  },
  changeMember: {
    method: "PUT",
    path: "/api/team/{personId}",
    summary: "Let a member submit deliverables, or not",
    roles: ["sme_admin"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: z.strictObject({ maySubmit: z.boolean() }),
    output: membersView,
  },
  removeMember: {
    method: "POST",
    path: "/api/team/{personId}/removal",
    summary: "Take somebody out of my company; their open tasks can be claimed again",
    roles: ["sme_admin"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: z.strictObject({ reason: text(1000).exactOptional() }),
    output: membersView,
  },

  listMembers: {
    method: "GET",
    path: "/api/members",
    summary: "Everybody with a role in the programme, also those whose time has ended",
    roles: ["coordinator", "auditor", "administrator"],
    params: none,
    query: none,
    body: none,
    output: membersView,
  },
  listOrganisations: {
    method: "GET",
    path: "/api/organisations",
    summary: "The organisations of the programme",
    roles: ["coordinator", "advisor", "auditor", "administrator"],
    params: none,
    query: none,
    body: none,
    output: z.object({
      organisations: z.array(z.object({ id: z.string(), name: z.string(), country: z.string(), kind: z.string() })),
    }),
  },
  inviteToRole: {
    method: "POST",
    path: "/api/members/invitations",
    summary: "Invite somebody to a role in the programme, of an organisation there is or a new one",
    roles: ["coordinator", "administrator"],
    params: none,
    query: none,
    body: z.strictObject({
      email,
      name: text(120),
      role: z.enum(roles),
      language: z.enum(portalLanguages),
      organisationId: id.exactOptional(),
      newOrganisation: z.strictObject({ name: text(200), country }).exactOptional(),
    }),
    output: membersView,
  },
  endRole: {
    method: "POST",
    path: "/api/people/{personId}/roles/end",
    summary: "End somebody's role after a last day",
    roles: ["coordinator", "administrator"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: z.strictObject({ role: z.enum(roles), organisationId: id, lastDay: date, reason: text(1000) }),
    output: membersView,
  },
  previewDeparture: {
    method: "GET",
    path: "/api/people/{personId}/departure",
    summary: "What an advisor who leaves would hand over, and who has room for it",
    roles: ["coordinator"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: none,
    output: departureView,
  },

  getProgramme: {
    method: "GET",
    path: "/api/programme",
    summary: "What the programme has set, and who changed it when and why",
    roles: ["coordinator", "auditor", "administrator"],
    params: none,
    query: none,
    body: none,
    output: programmeView,
  },
  changeProgramme: {
    method: "PUT",
    path: "/api/programme/parameters",
    summary: "Set parameters of the programme; what is not named stays, what was decided stays decided",
    roles: ["coordinator", "administrator"],
    params: none,
    query: none,
    body: z.strictObject({
      expectedVersion: version,
      reason: text(1000),
      focusSizeHeadcount: z.int().min(1).max(249).exactOptional(),
      deMinimisCeilingEur: z.int().min(0).max(10_000_000).exactOptional(),
      plannedAidEur: z.int().min(0).max(10_000_000).exactOptional(),
      hourlyRateCents: z.int().min(1).max(100_000).exactOptional(),
      extraHolidays: z.array(date).max(100).exactOptional(),
      reworkDays: z.int().min(1).max(180).exactOptional(),
      stageDays: z.partialRecord(stageId, z.int().min(1).max(730)).exactOptional(),
      dueInDays: z
        .record(id, z.int().min(1).max(730))
        .exactOptional()
        .describe("By deliverable; what is not named has the days of the process version again"),
      reminderDays: z.partialRecord(z.enum(movableSteps), z.int().min(-90).max(180)).exactOptional(),
      mailDays: z.int().min(30).max(3660).exactOptional().describe("Then mails are removed; so with notices"),
      noticeDays: z.int().min(30).max(3660).exactOptional(),
      accessLogDays: z.int().min(365).max(7320).exactOptional(),
      businessRecordYears: z
        .int()
        .min(5)
        .max(50)
        .exactOptional()
        .describe("Reported when over, never removed by itself"),
      aidRecordYears: z.int().min(10).max(50).exactOptional(),
    }),
    output: programmeView,
  },
});
