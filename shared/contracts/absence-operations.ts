/**
 * Absence and substitute. Whoever stands in for somebody acts for them by naming them in the header `Fairway-For`: they
 * see and do what is the other's, and the log says "for".
 */
import * as z from "zod";
import { date, declare, everyone, id, none, personRef, text } from "./operation.ts";

const absenceView = z.object({
  person: personRef,
  substitute: personRef,
  from: date,
  until: date,
  note: z.string().optional(),
  /** Whether today is one of its days. */
  current: z.boolean(),
});
export type AbsenceView = z.infer<typeof absenceView>;

const absencesView = z.object({
  mine: absenceView.optional(),
  /** Those I stand in for, now or later; the header Fairway-For acts for one of them. */
  standingInFor: z.array(absenceView),
});

export const absenceOperations = declare({
  listAbsences: {
    method: "GET",
    path: "/api/absences",
    summary: "My absence, and those I stand in for",
    roles: everyone,
    params: none,
    query: none,
    body: none,
    output: absencesView,
  },
  planAbsence: {
    method: "PUT",
    path: "/api/absences/mine",
    summary: "Say from when to when I am away and who stands in for me",
    roles: ["advisor", "expert", "living_lab"],
    params: none,
    query: none,
    body: z.strictObject({ from: date, until: date, substituteId: id, note: text(300).exactOptional() }),
    output: absencesView,
  },
  endAbsence: {
    method: "POST",
    path: "/api/absences/mine/end",
    summary: "I am back, or stay",
    roles: ["advisor", "expert", "living_lab"],
    params: none,
    query: none,
    body: none,
    output: absencesView,
  },
});
