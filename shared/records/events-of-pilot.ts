/** Reading a pilot's events one after the other; stops reading when the consumer stops. */
import { pilotStream } from "../contracts/items.ts";
import type { Store, StoredEvent } from "../ports/store.ts";

const EVENTS_READ = 200;

type Events = AsyncGenerator<StoredEvent, void, undefined>;

/** Oldest first. */
export const eventsForwards = (store: Store, pilotId: string): Events => eventsOf(store, pilotId, false);

/** Newest first. */
export const eventsBackwards = (store: Store, pilotId: string): Events => eventsOf(store, pilotId, true);

async function* eventsOf(store: Store, pilotId: string, reverse: boolean): Events {
  let cursor: string | undefined;
  do {
    const page = await store.eventsOf(pilotStream(pilotId), {
      reverse,
      limit: EVENTS_READ,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
