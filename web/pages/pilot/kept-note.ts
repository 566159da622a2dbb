/** What somebody is writing about a pilot, kept on this device until it is sent: it outlives a reload and an ended session. */
import * as z from "zod";
import { forgetKept, keep, readKept } from "../../form/kept.ts";

const reference = z.object({ id: z.string(), name: z.string(), text: z.string(), internal: z.boolean() });

const unsentNote = z.object({
  kind: z.enum(["comment", "internal", "question", "answer"]),
  text: z.string(),
  deliverableId: z.string().optional(),
  /** Of a question: "person <id>" or "role <role>". */
  to: z.string().optional(),
  dueOn: z.string().optional(),
  isInternalQuestion: z.boolean().optional(),
  /** The note a question grows out of, or the question an answer is for (by its task). */
  about: reference.optional(),
});
export type UnsentNote = z.infer<typeof unsentNote>;

interface NoteKey {
  readonly personId: string;
  readonly pilotId: string;
}

export const emptyNote: UnsentNote = { kind: "comment", text: "" };

export const readKeptNote = (key: NoteKey): UnsentNote => readKept(nameOf(key), unsentNote) ?? emptyNote;

/** False when the device has no room for it. */
export const keepNote = (key: NoteKey, note: UnsentNote): boolean => keep(nameOf(key), note);

export const forgetKeptNote = (key: NoteKey): void => forgetKept(nameOf(key));

const nameOf = ({ personId, pilotId }: NoteKey) => `fairway.note.${personId}.${pilotId}`;
