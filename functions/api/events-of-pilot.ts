/** Reading a pilot's events one after the other, newest first. */
import { pilotStream } from "../../shared/contracts/items.ts";
import type { Store, StoredEvent } from "../../shared/ports/store.ts";

const EVENTS_READ = 200;

/** From the newest, or from where a page before ended; stops reading when the consumer stops. */
export async function* eventsBackwards(store: Store, pilotId: string): AsyncGenerator<StoredEvent, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await store.eventsOf(pilotStream(pilotId), {
      reverse: true,
      limit: EVENTS_READ,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
