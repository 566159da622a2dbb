import * as z from "zod";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";

/** What every task function is made with. */
export interface TaskDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly pilots: PilotRecords;
}

export const stageRunInput = z.strictObject({ pilotId: z.string().min(1), stageRunId: z.string().min(1) });
export const stageRunWaitInput = stageRunInput.extend({ taskToken: z.string().min(1) });
export const deliverableWaitInput = stageRunWaitInput.extend({ deliverableId: z.string().min(1) });

/** The execution names a pilot that is not in the store: retrying cannot help. */
export class PilotUnknown extends Error {
  override name = "PilotUnknown" as const;
}
