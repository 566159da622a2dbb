/**
 * What the DynamoDB stream and its Lambda triggers are on AWS: each consumer reads every event in the order of commit,
 * at least once, from where it stopped, also after a crash.
 *
 * Events of one pilot are handled one after the other, those of different pilots side by side.
 * An event that fails again and again is set aside with its error, so that the others go on.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { EventFeed, Store, StoredEvent } from "../shared/ports/store.ts";

export type Consume = (event: StoredEvent) => Promise<void>;

export interface Consumers {
  /** How many events were handled so far, by all consumers together. */
  handled(): number;
  /** Resolves when every consumer has handled every event committed before. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

const BATCH = 200;
const MAX_ATTEMPTS = 8;

interface ConsumersOptions {
  readonly store: Store & EventFeed;
  /** Told of each event that was set aside. */
  readonly onError: (consumer: string, event: StoredEvent, error: unknown) => void;
  /** Pause before an event is tried again, doubled each time; 100 unless given. */
  readonly firstRetryMs?: number;
}

export async function startConsumers(
  { store, onError, firstRetryMs = 100 }: ConsumersOptions,
  consumers: Readonly<Record<string, Consume>>,
): Promise<Consumers> {
  let handledCount = 0;
  const running = await Promise.all(
    Object.entries(consumers).map(async ([name, consume]) => run(name, consume, await positionOf(name))),
  );
  return {
    handled: () => handledCount,
    async caughtUp() {
      await Promise.all(running.map((consumer) => consumer.caughtUp()));
    },
    async close() {
      await Promise.all(running.map((consumer) => consumer.close()));
    },
  };

  async function positionOf(name: string): Promise<{ position: string; version: number }> {
    const item = await store.get(place(name));
    return { position: String(item?.data.position ?? ""), version: item?.version ?? 0 };
  }

  function run(name: string, consume: Consume, from: { position: string; version: number }) {
    let { position, version } = from;
    let closed = false;
    let wake = (): void => {};
    const closing = new AbortController();
    const waiting = new Set<() => void>();
    const stopListening = store.onCommit(() => wake());

    const loop = (async () => {
      while (!closed) {
        const nudge = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const batch = await store.read(position, BATCH);
        if (batch.events.length === 0) {
          for (const resolve of waiting) resolve();
          waiting.clear();
          await nudge;
          continue;
        }
        await Promise.all([...byPilot(batch.events)].map((events) => handleInOrder(events)));
        if (closed) break;
        handledCount += batch.events.length;
        await store.derive([
          {
            kind: "put",
            item: { ...place(name), type: "consumer", data: { position: batch.position } },
            expectedVersion: version,
          },
        ]);
        version += 1;
        position = batch.position;
      }
    })();

    async function handleInOrder(events: readonly StoredEvent[]): Promise<void> {
      for (const event of events) {
        for (let attempt = 1; !closed; attempt += 1) {
          try {
            await consume(event);
            break;
          } catch (error) {
            if (attempt === MAX_ATTEMPTS) {
              onError(name, event, error);
              await setAside(name, event, error);
              break;
            }
            await delay(firstRetryMs * 2 ** (attempt - 1), undefined, { signal: closing.signal }).catch(() => {});
          }
        }
      }
    }

    return {
      async caughtUp(): Promise<void> {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          wake();
        });
      },
      async close(): Promise<void> {
        closed = true;
        closing.abort();
        stopListening();
        wake();
        await loop;
      },
    };
  }

  async function setAside(consumer: string, event: StoredEvent, error: unknown): Promise<void> {
    const item = {
      pk: `FAILED#${consumer}`,
      sk: event.id,
      type: "failed_event",
      data: { eventId: event.id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) },
    };
    const current = await store.get(item);
    await store.derive([{ kind: "put", item, expectedVersion: current?.version ?? 0 }]);
  }
}

/** Lets a consumer that has read nothing yet begin with what is committed from now on. */
export async function startAtEnd(store: Store & EventFeed, name: string): Promise<void> {
  let position = "";
  for (;;) {
    const batch = await store.read(position, 1000);
    if (batch.events.length === 0) break;
    position = batch.position;
  }
  await store.derive([
    { kind: "put", item: { ...place(name), type: "consumer", data: { position } }, expectedVersion: 0 },
  ]);
}

const place = (name: string) => ({ pk: "CONSUMERS", sk: name });

function byPilot(events: readonly StoredEvent[]): Iterable<readonly StoredEvent[]> {
  return Map.groupBy(events, (event) => String(event.data.pilotId ?? event.stream)).values();
}
