import type { Item, NewEvent, NewItem, Page, Write } from "../../shared/ports/store.ts";

/** The `sequence`th event of a stream, one second after the one before. */
export function event(sequence: number, overrides: Partial<NewEvent> = {}): NewEvent {
  return {
    stream: "PILOT#1",
    sequence,
    programmeId: "programme-1",
    type: "DeliverableSubmitted",
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, sequence)).toISOString(),
    actor: { personId: "person-1", role: "sme" },
    data: { sequence },
    ...overrides,
  };
}

export function item(pk: string, sk: string, overrides: Partial<NewItem> = {}): NewItem {
  return { pk, sk, type: "test", data: {}, ...overrides };
}

export function put(item: NewItem, expectedVersion = 0): Write {
  return { kind: "put", item, expectedVersion };
}

export function sortKeys(page: Page<Item>): readonly string[] {
  return page.items.map((item) => item.sk);
}

/** Follows the cursors to the end; each entry is one page. */
export async function allPages<T>(read: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<readonly T[][]> {
  const pages: T[][] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    pages.push([...page.items]);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}
