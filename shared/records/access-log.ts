/**
 * Who from outside a company has read its business case: once for each person, day and thing read.
 *
 * | record | pk           | sk                  |
 * | ------ | ------------ | ------------------- |
 * | access | ACCESS#pilot | day#person#what     |
 *
 * Each is an event in a stream of its own, apart from the pilot's: reading changes no pilot and wakes no workflow.
 */
import { stored } from "../contracts/items.ts";
import type { Actor } from "../domain/actor.ts";
import type { Pilot } from "../domain/pilot/state.ts";
import { type Page, type Store, VersionConflict } from "../ports/store.ts";

const ACCESS_EVENT = "BusinessCaseRead";

export interface AccessRecord {
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

export const accessPartition = (pilotId: string): string => `ACCESS#${pilotId}`;
const accessStream = accessPartition;

/** People who open the same company's figures in the same moment; more conflicts in a row are a fault. */
const MAX_ATTEMPTS = 12;

/** What is not written here must not be shown. */
export async function logAccess(
  store: Store,
  { id: pilotId, programmeId }: Pick<Pilot, "id" | "programmeId">,
  actor: Actor,
  read: { readonly deliverableId: string; readonly revision?: number; readonly at: string },
): Promise<void> {
  const { personId, role, forPersonId } = actor;
  const { deliverableId, revision, at } = read;
  const what = `${deliverableId}#${revision === undefined ? "draft" : String(revision).padStart(4, "0")}`;
  const place = { pk: accessPartition(pilotId), sk: `${at.slice(0, 10)}#${personId}#${what}` };
  const record: AccessRecord = {
    pilotId,
    programmeId,
    deliverableId,
    ...(revision === undefined ? {} : { revision }),
    personId,
    role,
    ...(forPersonId === undefined ? {} : { forPersonId }),
    at,
  };
  const stream = accessStream(pilotId);
  for (let attempt = 1; ; attempt += 1) {
    if ((await store.get(place)) !== undefined) return;
    const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
    try {
      await store.commit({
        writes: [{ kind: "put", item: { ...place, type: "access", data: { ...record } }, expectedVersion: 0 }],
        event: {
          stream,
          sequence: (last.items[0]?.sequence ?? 0) + 1,
          programmeId,
          type: ACCESS_EVENT,
          at,
          actor: { personId, role, ...(forPersonId === undefined ? {} : { forPersonId }) },
          data: { pilotId, deliverableId, ...(revision === undefined ? {} : { revision }) },
        },
      });
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

const PAGE_SIZE = 100;

/** Newest day first. */
export async function accessOf(store: Store, pilotId: string, cursor?: string): Promise<Page<AccessRecord>> {
  const page = await store.query({
    pk: accessPartition(pilotId),
    reverse: true,
    limit: PAGE_SIZE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { ...page, items: page.items.map((item) => stored<AccessRecord>(item.data)) };
}
