/**
 * What was typed and is not saved yet, kept on this device: it outlives a reload, a lost connection and an ended session.
 * Written on every change, removed when the server has it.
 */
import * as z from "zod";
import { formValues } from "../../shared/contracts/views.ts";

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

export function readKeptDraft(key: DraftKey): KeptDraft | undefined {
  const text = localStorage.getItem(nameOf(key));
  if (text === null) return undefined;
  try {
    return keptDraft.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** False when the device has no room for it: then only saving keeps it. */
export function keepDraft(key: DraftKey, draft: KeptDraft): boolean {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forgetKeptDraft(key: DraftKey): void {
  localStorage.removeItem(nameOf(key));
}

const nameOf = ({ personId, pilotId, deliverableId }: DraftKey) =>
  `fairway.draft.${personId}.${pilotId}.${deliverableId}`;
