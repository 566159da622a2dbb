/**
 * A pilot's partition: read as a whole, written as the difference between two states.
 *
 * 1. Every change writes the head (`PILOT`), which counts the items beside it and sums their versions. A reader whose
 *    items do not add up has seen half of a change, and reads again: a query is no snapshot in DynamoDB.
 * 2. While the head stands at the version remembered here, so does all the rest. Reading a pilot again costs one get.
 */
import { fromItems, key, pilotPartition, stored, toItems } from "../contracts/items.ts";
import type { PilotState } from "../domain/pilot/state.ts";
import type { Item, NewItem, Store, Write } from "../ports/store.ts";

export interface StoredPilot {
  readonly state: PilotState;
  /** As they lie in the store, the head first. */
  readonly items: readonly Item[];
}

export interface PilotItems {
  read(pilotId: string): Promise<StoredPilot | undefined>;
  /** To be called with what `changeOf` said, once it is committed. */
  remember(pilot: StoredPilot): void;
}

/** Pilots remembered, the longest unused goes first: some 60 kB each. */
const REMEMBERED = 500;

/** Half-seen changes are over in milliseconds. */
const MAX_READS = 20;

/** The pilot's partition was changed by something that is not Fairway, or half of it is missing. */
class PilotItemsInconsistent extends Error {
  override name = "PilotItemsInconsistent" as const;
}

export function createPilotItems(store: Store): PilotItems {
  const remembered = new Map<string, StoredPilot>();

  function remember(pilot: StoredPilot): void {
    const { id } = pilot.state.pilot;
    remembered.delete(id);
    remembered.set(id, pilot);
    if (remembered.size <= REMEMBERED) return;
    for (const longestUnused of remembered.keys()) {
      remembered.delete(longestUnused);
      break;
    }
  }

  return {
    remember,

    async read(pilotId) {
      const known = remembered.get(pilotId);
      if (known !== undefined) {
        const head = await store.get(key.pilot(pilotId));
        if (head !== undefined && head.version === headOf(known.items)?.version) {
          remember(known);
          return known;
        }
      }
      for (let reads = 1; reads <= MAX_READS; reads += 1) {
        const items = await itemsOf(store, pilotId);
        const head = headOf(items);
        if (head === undefined) return undefined;
        const beside = items.filter((item) => item !== head);
        // Heads older than the count have none until their next change.
        const { besideHead } = stored<{ besideHead?: BesideHead }>(head.data);
        if (besideHead !== undefined && !isSame(besideHead, countOf(beside))) continue;
        const state = fromItems(items);
        if (state === undefined) return undefined;
        const pilot = { state, items: [head, ...beside] };
        remember(pilot);
        return pilot;
      }
      throw new PilotItemsInconsistent(`The records of pilot ${pilotId} do not fit together.`);
    },
  };
}

/** The writes that turn the stored items into those of the new state, and what is stored afterwards. */
export function changeOf(before: StoredPilot | undefined, after: PilotState): { writes: Write[]; pilot: StoredPilot } {
  const old = new Map(before?.items.map((item) => [item.sk, item]));
  const writes: Write[] = [];
  const beside: Item[] = [];
  const [head, ...wanted] = toItems(after);
  if (head === undefined) throw new Error("A pilot has a head.");

  function put(item: NewItem): Item {
    const current = old.get(item.sk);
    const expectedVersion = current?.version ?? 0;
    old.delete(item.sk);
    if (current !== undefined && isSameContent(current, item)) return current;
    writes.push({ kind: "put", item, expectedVersion });
    return { ...item, version: expectedVersion + 1 };
  }

  const oldHead = old.get(head.sk);
  old.delete(head.sk);
  for (const item of wanted) beside.push(put(item));
  for (const gone of old.values()) {
    writes.push({ kind: "delete", key: { pk: gone.pk, sk: gone.sk }, expectedVersion: gone.version });
  }
  old.clear();
  if (oldHead !== undefined) old.set(oldHead.sk, oldHead);
  const newHead = put({ ...head, data: { ...head.data, besideHead: countOf(beside) } });
  return { writes, pilot: { state: after, items: [newHead, ...beside] } };
}

interface BesideHead {
  readonly items: number;
  readonly versions: number;
}

const countOf = (items: readonly Item[]): BesideHead => ({
  items: items.length,
  versions: items.reduce((sum, { version }) => sum + version, 0),
});

const isSame = (a: BesideHead, b: BesideHead): boolean => a.items === b.items && a.versions === b.versions;

const headOf = (items: readonly Item[]): Item | undefined => items.find(({ sk }) => sk === "PILOT");

async function itemsOf(store: Store, pilotId: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.query({ pk: pilotPartition(pilotId), ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

const isSameContent = (current: Item, wanted: NewItem): boolean =>
  current.gsi1pk === wanted.gsi1pk &&
  current.gsi1sk === wanted.gsi1sk &&
  current.gsi2pk === wanted.gsi2pk &&
  current.gsi2sk === wanted.gsi2sk &&
  (current.data === wanted.data || JSON.stringify(current.data) === JSON.stringify(wanted.data));
