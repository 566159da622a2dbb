/**
 * Every operation of the API, declared once: path, input, answer, who may call it.
 * Server, router, OpenAPI document, typed client and the bad-input test are made from this table.
 * `roles` is the first door; what a person may do with one pilot the matrix of roles decides (`shared/domain/permissions.ts`).
 */
import * as z from "zod";
import { absenceOperations } from "./absence-operations.ts";
import { accessOperations } from "./access-operations.ts";
import { agreementOperations } from "./agreement-operations.ts";
import { dashboardOperations } from "./dashboard-operations.ts";
import { deliverableOperations } from "./deliverable-operations.ts";
import { engineOperations } from "./engine-operations.ts";
import { fileOperations } from "./file-operations.ts";
import { gateOperations } from "./gate-operations.ts";
import { noteOperations } from "./note-operations.ts";
import { cursor, declare, everyone, none, type Operation, text } from "./operation.ts";
import { peopleOperations } from "./people-operations.ts";
import { personalOperations } from "./personal-operations.ts";
import { pilotOperations } from "./pilot-operations.ts";
import { privacyOperations } from "./privacy-operations.ts";
import { processOperations } from "./process-operations.ts";
import { supportOperations } from "./support-operations.ts";
import { taskOperations } from "./task-operations.ts";
import { mailView, meView } from "./views.ts";

export const operations = declare({
  getMe: {
    method: "GET",
    path: "/api/me",
    summary: "Who I am and in which roles",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: meView,
  },

  acceptInvitation: {
    method: "POST",
    path: "/api/me/arrival",
    summary: "Say that I have come: my invitations are pending no longer. May be repeated",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: meView,
  },

  ...taskOperations,
  ...pilotOperations,
  ...deliverableOperations,
  ...gateOperations,
  ...agreementOperations,
  ...noteOperations,
  ...supportOperations,
  ...accessOperations,
  ...fileOperations,
  ...personalOperations,
  ...privacyOperations,
  ...absenceOperations,
  ...peopleOperations,
  ...processOperations,
  ...dashboardOperations,
  ...engineOperations,

  listMails: {
    method: "GET",
    path: "/api/mails",
    summary: "The outbox of the programme, newest first",
    roles: ["coordinator", "administrator"],
    params: none,
    query: z.strictObject({
      q: text(100).exactOptional().describe("Words of person, address or subject; every one must occur"),
      cursor,
    }),
    body: none,
    output: z.object({ mails: z.array(mailView), cursor: z.string().exactOptional() }),
  },
  getClock: {
    method: "GET",
    path: "/api/clock",
    summary: "What time it is for Fairway",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: z.object({ now: z.iso.datetime(), movable: z.boolean() }),
  },
  moveClock: {
    method: "POST",
    path: "/api/clock",
    summary: "Move the clock of a sample programme ahead",
    roles: ["coordinator", "administrator"],
    params: none,
    query: none,
    body: z.strictObject({ to: z.iso.datetime() }),
    output: z.object({ now: z.iso.datetime(), movable: z.boolean() }),
    movableClockOnly: true,
  },
});

export type { Operation };

export type Operations = typeof operations;
export type OperationId = keyof Operations;
export type ParamsOf<Id extends OperationId> = z.output<Operations[Id]["params"]>;
export type QueryOf<Id extends OperationId> = z.output<Operations[Id]["query"]>;
export type BodyOf<Id extends OperationId> = z.output<Operations[Id]["body"]>;
export type OutputOf<Id extends OperationId> = z.input<Operations[Id]["output"]>;
