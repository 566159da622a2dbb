/** What is typed in a form, and what is wrong with it: the views hold it, and the portal reads it back from its device. */
import * as z from "zod";

export const formValues = z.record(z.string(), z.unknown());

export const gap = z.object({
  pointer: z.string().describe("JSON Pointer of the field"),
  label: z.string(),
  problem: z.string(),
  message: z.string(),
  code: z
    .string()
    .exactOptional()
    .describe("What is wrong, for saying it in other words: a rule's id, or a kind of complaint about one field"),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .exactOptional()
    .describe("What the message names"),
});
