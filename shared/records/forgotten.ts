/**
 * The day on which a programme's old records were last removed, and what that was.
 *
 * | record            | pk          | sk        |
 * | ----------------- | ----------- | --------- |
 * | day of forgetting | PROGRAMME#p | FORGOTTEN |
 */
import { stored } from "../contracts/items.ts";
import type { Key, NewItem, Store } from "../ports/store.ts";

export interface Forgotten {
  readonly mails: number;
  readonly notices: number;
  readonly accesses: number;
  /** Pilots whose business records, or aid records, are past their time: for a person to look at. */
  readonly businessRecordsDue: number;
  readonly aidRecordsDue: number;
}

interface DayOfForgetting {
  /** YYYY-MM-DD. */
  readonly on: string;
  /** Absent while it is under way, for good when it broke off. */
  readonly forgotten?: Forgotten;
}

export const forgottenKey = (programmeId: string): Key => ({ pk: `PROGRAMME#${programmeId}`, sk: "FORGOTTEN" });

export const forgottenItem = (programmeId: string, day: DayOfForgetting): NewItem => ({
  ...forgottenKey(programmeId),
  type: "forgotten",
  data: { ...day },
});

export async function lastForgetting(store: Store, programmeId: string): Promise<DayOfForgetting | undefined> {
  const item = await store.get(forgottenKey(programmeId));
  return item && stored<DayOfForgetting>(item.data);
}
