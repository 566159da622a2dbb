import type { MachineEntry } from "./catalog.ts";

/** The name AWS gives the revision a state machine was created with. */
export const INITIAL = "INITIAL";

/** The `revisionId` callers see. */
export function revisionName(entry: Pick<MachineEntry, "updatedAtMs" | "revisionId">, revisionId: number): string {
  const isFirst = entry.updatedAtMs === null && entry.revisionId === revisionId;
  return isFirst ? INITIAL : `00000000-0000-4000-8000-${revisionId.toString(16).padStart(12, "0")}`;
}
