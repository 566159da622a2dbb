import { key, stored } from "../contracts/items.ts";
import { factsOf, type PilotFacts } from "../domain/analytics/pilot-facts.ts";
import type { Item, Store } from "../ports/store.ts";
import type { PilotRecords } from "./pilots.ts";

/** What a pilot's contribution keeps for the figures, beside what it adds to the sums. */
export interface KeptFacts {
  /** Absent in contributions from before facts were kept. */
  readonly facts?: PilotFacts;
  /** When the last of the finished steps ended that are counted already. */
  readonly countedUntil?: string;
}

/** The facts of all pilots of a programme: the contributions page by page, never the pilots themselves. */
export async function readFacts(
  { store, pilots }: { readonly store: Store; readonly pilots: Pick<PilotRecords, "load"> },
  programmeId: string,
): Promise<readonly PilotFacts[]> {
  const { pk, sk: prefix } = key.contribution(programmeId, "");
  const all: PilotFacts[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.query({ pk, prefix, ...(cursor === undefined ? {} : { cursor }) });
    for (const item of page.items) {
      const facts = stored<KeptFacts>(item.data).facts ?? (await factsFromPilot(item, prefix));
      if (facts !== undefined) all.push(facts);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;

  async function factsFromPilot({ sk }: Item, before: string): Promise<PilotFacts | undefined> {
    const state = await pilots.load(sk.slice(before.length));
    return state && factsOf(state);
  }
}
