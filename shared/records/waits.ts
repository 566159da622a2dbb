/**
 * Task tokens the workflow waits with. One wait per place: a new token for the same place replaces the old one,
 * whose execution has timed out, was stopped or has gone on.
 */
import { key, stored, type WaitPlace, type WaitRecord } from "../contracts/items.ts";
import type { Clock } from "../ports/clock.ts";
import { type NewItem, type Store, VersionConflict } from "../ports/store.ts";

/** The stream of a wait's own small history; apart from the pilot's, so that the two never conflict. */
const waitStream = (pilotId: string, sk: string): string => `WAIT#${pilotId}#${sk}`;

/**
 * Stores a token with the event `WaitOpened`, at which relay looks whether the answer is there already (I3).
 * The same token again changes nothing, so a repeated task is harmless.
 */
export async function openWait(
  { store, clock }: { store: Store; clock: Clock },
  wait: WaitPlace & Pick<WaitRecord, "programmeId" | "taskToken">,
): Promise<void> {
  const place = key.wait(wait);
  for (let attempt = 1; ; attempt += 1) {
    const current = await store.get(place);
    if (current !== undefined && stored<WaitRecord>(current.data).taskToken === wait.taskToken) return;
    try {
      await announceWait({ store, clock }, { ...wait, openedAt: clock.now().toISOString() }, current?.version ?? 0);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === 5) throw error;
    }
  }
}

/** Writes the wait at its version and says so: relay answers it if it can be answered. */
export async function announceWait(
  { store, clock }: { store: Store; clock: Clock },
  wait: WaitRecord,
  expectedVersion: number,
): Promise<void> {
  const place = key.wait(wait);
  const stream = waitStream(wait.pilotId, place.sk);
  const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
  const { taskToken: _, openedAt: __, programmeId, ...what } = wait;
  await store.commit({
    writes: [{ kind: "put", item: waitItem(wait), expectedVersion }],
    event: {
      stream,
      sequence: (last.items[0]?.sequence ?? 0) + 1,
      programmeId,
      type: "WaitOpened",
      at: clock.now().toISOString(),
      actor: { personId: "system", role: "system" },
      // The token stays on the item: events are shown to people.
      data: what,
    },
  });
}

export async function waitsOf(
  store: Store,
  pilotId: string,
): Promise<readonly { wait: WaitRecord; version: number }[]> {
  const { items } = await store.query({ pk: `WAITS#${pilotId}` });
  return items.map((item) => ({ wait: stored<WaitRecord>(item.data), version: item.version }));
}

/** Waits of a programme opened before an instant, oldest first. */
export async function waitsOpenedBefore(store: Store, programmeId: string, instant: string) {
  const waits: { wait: WaitRecord; version: number }[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.query({
      index: "gsi2",
      pk: `WAITS#${programmeId}`,
      to: instant,
      ...(cursor === undefined ? {} : { cursor }),
    });
    waits.push(...page.items.map((item) => ({ wait: stored<WaitRecord>(item.data), version: item.version })));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return waits;
}

const waitItem = (wait: WaitRecord): NewItem => {
  const place = key.wait(wait);
  return {
    ...place,
    type: "wait",
    gsi2pk: `WAITS#${wait.programmeId}`,
    gsi2sk: `${wait.openedAt}#${wait.pilotId}#${place.sk}`,
    data: { ...wait },
  };
};
