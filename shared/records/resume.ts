/**
 * Work that has lost its workflows goes on (I1): each stage run that has not ended gets its next execution, which relay
 * starts. For stores that come from elsewhere: moved, or brought back from a backup.
 */
import { key, stored } from "../contracts/items.ts";
import { systemActor } from "../domain/actor.ts";
import { isEnded, type Pilot } from "../domain/pilot/state.ts";
import type { Item, Store } from "../ports/store.ts";
import { readProgrammes } from "./people.ts";
import type { PilotRecords } from "./pilots.ts";

export interface ResumedPilot {
  readonly pilotId: string;
  readonly programmeId: string;
  /** Of the pilot's last event when it came. A pilot that has gone on since needs no help: nothing is done. */
  readonly sequence: number;
}

/** Whether an execution was asked for. */
export async function resumePilot(
  { store, pilots }: { readonly store: Store; readonly pilots: PilotRecords },
  { pilotId, programmeId, sequence }: ResumedPilot,
  reason: string,
): Promise<boolean> {
  const head = await store.get(key.pilot(pilotId));
  if (head === undefined || stored<PilotHead>(head.data).sequence !== sequence) return false;
  const { pilot } = stored<PilotHead>(head.data);
  if (isEnded(pilot) || pilot.currentRunId === undefined) return false;
  await pilots.change(
    pilotId,
    { type: "RestartExecution", runId: pilot.currentRunId, reason },
    systemActor(programmeId),
  );
  return true;
}

export function asItCame(head: Pick<Item, "data">): ResumedPilot {
  const { sequence, pilot } = stored<PilotHead>(head.data);
  return { pilotId: pilot.id, programmeId: pilot.programmeId, sequence };
}

interface PilotHead {
  readonly sequence: number;
  readonly pilot: Pilot;
}

/** Every pilot of the store as it is now. */
export async function* pilotsIn(store: Store): AsyncGenerator<ResumedPilot> {
  for (const { id: programmeId } of await readProgrammes(store)) {
    const found: ResumedPilot[] = [];
    let cursor: string | undefined;
    do {
      const pk = `PROGRAMME#${programmeId}#PILOTS`;
      const page = await store.query({ index: "gsi1", pk, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.items.map(asItCame));
      cursor = page.cursor;
    } while (cursor !== undefined);
    // Only now: to resume a pilot may move it within the index.
    yield* found;
  }
}
