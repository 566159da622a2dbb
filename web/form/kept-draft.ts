/**
 * What was typed and is not saved yet, kept on this device: it outlives a reload, a lost connection and an ended session.
 * Written on every change, removed when the server has it.
 */
import * as z from "zod";
import { formValues } from "../../shared/contracts/form-values.ts";
import { forgetKept, keep, readKept } from "./kept.ts";

const keptDraft = z.object({
  /** Version of the saved draft the typing started from, and its values. */
  baseDraftVersion: z.int(),
  base: formValues,
  values: formValues,
});
export type KeptDraft = z.infer<typeof keptDraft>;

export interface DraftKey {
  readonly personId: string;
  readonly pilotId: string;
  readonly deliverableId: string;
}

export const readKeptDraft = (key: DraftKey): KeptDraft | undefined => readKept(nameOf(key), keptDraft);

/** False when the device has no room for it: then only saving keeps it. */
export const keepDraft = (key: DraftKey, draft: KeptDraft): boolean => keep(nameOf(key), draft);

export const forgetKeptDraft = (key: DraftKey): void => forgetKept(nameOf(key));

const nameOf = ({ personId, pilotId, deliverableId }: DraftKey) =>
  `fairway.draft.${personId}.${pilotId}.${deliverableId}`;
