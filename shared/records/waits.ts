/**
 * Task tokens the workflow waits with: one item for each token. Several may wait in the same place, because a task that
 * has timed out or whose execution was stopped may write its token late, after its successor: no token takes another's
 * place, and those of the dead go when the place is answered.
 */
import { key, stored, type WaitPlace, type WaitRecord } from "../contracts/items.ts";
import type { Clock } from "../ports/clock.ts";
import { type Key, type NewItem, type Store, VersionConflict } from "../ports/store.ts";

/** The stream of a wait's own small history; apart from the pilot's, so that the two never conflict. */
const waitStream = ({ pk, sk }: Key): string => `${pk}#${sk}`;

/**
 * Stores a token with the event `WaitOpened`, at which relay looks whether the answer is there already (I3).
 * The same token again changes nothing, so a repeated task is harmless.
 */
export async function openWait(
  { store, clock }: { store: Store; clock: Clock },
  wait: WaitPlace & Pick<WaitRecord, "programmeId" | "taskToken">,
): Promise<void> {
  if ((await store.get(await waitKey(wait))) !== undefined) return;
  try {
    await announceWait({ store, clock }, { ...wait, openedAt: clock.now().toISOString() }, 0);
  } catch (error) {
    // A call of the same task has just stored it.
    if (!(error instanceof VersionConflict)) throw error;
  }
}

/** Writes the wait at its version and says so: relay answers it if it can be answered. */
export async function announceWait(
  { store, clock }: { store: Store; clock: Clock },
  wait: WaitRecord,
  expectedVersion: number,
): Promise<void> {
  const place = await waitKey(wait);
  const stream = waitStream(place);
  const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
  const { taskToken: _, openedAt: __, programmeId, ...what } = wait;
  await store.commit({
    writes: [{ kind: "put", item: waitItem(place, wait), expectedVersion }],
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

/** Forgets an answered wait; one that was announced again meanwhile stays for that announcement. */
export async function closeWait(store: Store, { wait, version }: KeptWait): Promise<void> {
  try {
    await store.derive([{ kind: "delete", key: await waitKey(wait), expectedVersion: version }]);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
  }
}

interface KeptWait {
  readonly wait: WaitRecord;
  readonly version: number;
}

export async function waitsOf(store: Store, pilotId: string): Promise<readonly KeptWait[]> {
  const { items } = await store.query({ pk: `WAITS#${pilotId}` });
  return items.map((item) => ({ wait: stored<WaitRecord>(item.data), version: item.version }));
}

/** Waits of a programme opened before an instant, oldest first. */
export async function waitsOpenedBefore(store: Store, programmeId: string, instant: string) {
  const waits: KeptWait[] = [];
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

const waitItem = (place: Key, wait: WaitRecord): NewItem => ({
  ...place,
  type: "wait",
  gsi2pk: `WAITS#${wait.programmeId}`,
  gsi2sk: `${wait.openedAt}#${wait.pilotId}#${place.sk}`,
  data: { ...wait },
});

/** The token's digest keeps the tokens of one place apart; tokens themselves are too long for a key. */
async function waitKey(wait: WaitPlace & Pick<WaitRecord, "taskToken">): Promise<Key> {
  const { pk, sk } = key.wait(wait);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(wait.taskToken));
  return { pk, sk: `${sk}#${hex(digest).slice(0, 32)}` };
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
