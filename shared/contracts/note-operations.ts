/** Comments and notes on a pilot, and the people around it. */
import * as z from "zod";
import { roles } from "../domain/actor.ts";
import {
  cursor,
  date,
  declare,
  eventId,
  id,
  inPilot,
  isNobodysMember,
  none,
  personRef,
  reading,
  text,
  working,
} from "./operation.ts";
import { pilotView, processRole } from "./views.ts";

const noteView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  by: z.object({ person: personRef, role: z.string(), for: personRef.optional() }),
  text: z.string(),
  internal: z.boolean(),
  deliverableId: z.string().optional(),
  mentions: z.array(personRef),
  kind: z.enum(["comment", "question", "answer"]),
  /** Of a question: whom it is for, how it stands, the task it is. */
  question: z
    .object({
      taskId: z.string(),
      to: personRef.optional().describe("Who has it now; absent: all of the role may answer"),
      toRole: processRole,
      dueAt: z.iso.datetime(),
      state: z.enum(["open", "waiting", "answered", "ended"]).describe("waiting: the pilot is on hold"),
      overdue: z.boolean(),
      /** By the rules, as things stand: the server decides again. */
      mayAnswer: z.boolean(),
      fromNoteId: z.string().optional(),
    })
    .optional(),
  /** Of an answer: the question. */
  answers: z.object({ taskId: z.string(), text: z.string() }).optional(),
});
export type NoteView = z.infer<typeof noteView>;

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
  askQuestion: {
    method: "POST",
    path: "/api/pilots/{pilotId}/questions",
    summary: "Ask somebody around a pilot; it becomes their task",
    roles: working,
    params: inPilot,
    query: none,
    body: z.strictObject({
      text: text(4000),
      internal: z.boolean().default(false).describe("Among those who read internal notes"),
      toPersonId: id.exactOptional().describe("Somebody around the pilot; else `toRole`"),
      toRole: processRole.exactOptional().describe("All of a role: whoever claims it or answers first"),
      dueOn: date,
      deliverableId: id.exactOptional(),
      fromNoteId: eventId.exactOptional().describe("The comment or note it grew out of"),
    }),
    output: pilotView,
  },
  answerQuestion: {
    method: "POST",
    path: "/api/pilots/{pilotId}/tasks/{taskId}/answer",
    summary: "Answer a question; all read it who could read the question",
    roles: working,
    params: z.strictObject({
      pilotId: id,
      taskId: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,120}$/)
        .refine(isNobodysMember, "This is no id."),
    }),
    query: none,
    body: z.strictObject({ text: text(4000) }),
    output: pilotView,
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
