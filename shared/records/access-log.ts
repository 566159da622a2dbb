/**
 * Who from outside a company has read its business case: once for each person, day and thing read.
 *
 * | record | pk           | sk              | gsi1                               |
 * | ------ | ------------ | --------------- | ---------------------------------- |
 * | access | ACCESS#pilot | day#person#what | PROGRAMME#p#ACCESS / instant#pilot#… |
 *
 * Written once and never changed, until its time is over. It is no event: reading changes nothing (I2 is about changes),
 * wakes nobody, and an event could not be removed when the programme keeps its log no longer.
 */
import { stored } from "../contracts/items.ts";
import { ACCESS_PARTITION_PREFIX } from "../contracts/table.ts";
import type { Actor } from "../domain/actor.ts";
import type { Pilot } from "../domain/pilot/state.ts";
import { type NewItem, type Page, type Store, VersionConflict } from "../ports/store.ts";
import { wholeOf } from "./people.ts";

interface AccessRecord {
  readonly pilotId: string;
  readonly programmeId: string;
  readonly deliverableId: string;
  /** Absent: the draft. */
  readonly revision?: number;
  readonly personId: string;
  readonly role: string;
  readonly forPersonId?: string;
  readonly at: string;
}

/** All of a programme, oldest first. */
export const accessIndex = (programmeId: string): string => `PROGRAMME#${programmeId}#ACCESS`;

/** What one person has read in a programme, oldest first. */
export async function readsOf(store: Store, programmeId: string, personId: string): Promise<readonly AccessRecord[]> {
  const items = await wholeOf(store, { index: "gsi1", pk: accessIndex(programmeId) });
  return items.map((item) => stored<AccessRecord>(item.data)).filter((record) => record.personId === personId);
}

const partition = (pilotId: string): string => ACCESS_PARTITION_PREFIX + pilotId;

function accessItem(record: AccessRecord): NewItem {
  const { pilotId, programmeId, deliverableId, revision, personId, at } = record;
  const what = `${deliverableId}#${revision === undefined ? "draft" : String(revision).padStart(4, "0")}`;
  return {
    pk: partition(pilotId),
    sk: `${at.slice(0, 10)}#${personId}#${what}`,
    type: "access",
    gsi1pk: accessIndex(programmeId),
    gsi1sk: `${at}#${pilotId}#${personId}#${what}`,
    data: { ...record },
  };
}

/** To be called before anything is shown: what cannot be logged is not read. */
export async function logAccess(
  store: Store,
  { id: pilotId, programmeId }: Pick<Pilot, "id" | "programmeId">,
  { personId, role, forPersonId }: Actor,
  read: { readonly deliverableId: string; readonly revision?: number; readonly at: string },
): Promise<void> {
  const seat = forPersonId === undefined ? {} : { forPersonId };
  const item = accessItem({ pilotId, programmeId, personId, role, ...seat, ...read });
  if ((await store.get(item)) !== undefined) return;
  try {
    await store.derive([{ kind: "put", item, expectedVersion: 0 }]);
  } catch (error) {
    // The same person in another window was quicker.
    if (!(error instanceof VersionConflict)) throw error;
  }
}

const PAGE_SIZE = 100;

/** Newest day first. */
export async function accessOf(store: Store, pilotId: string, cursor?: string): Promise<Page<AccessRecord>> {
  const page = await store.query({
    pk: partition(pilotId),
    reverse: true,
    limit: PAGE_SIZE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { ...page, items: page.items.map((item) => stored<AccessRecord>(item.data)) };
}
