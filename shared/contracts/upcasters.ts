/**
 * Items that an older Fairway wrote, read as today's one writes them. Stores call it for every item they hand out; what is
 * stored changes with the item's next put.
 *
 * To change what an item holds so that old ones do not fit: add a step to its row, let its writer write
 * `schema: schemaOf(type)`, and keep items of the schema before it in `test/fixtures/old-items`. Steps are never taken out, so
 * a data folder of any age opens.
 */
import type { Item } from "../ports/store.ts";

type Data = Readonly<Record<string, unknown>>;

/** By type, from schema 1 on: how data of this schema become those of the next. */
const steps: Readonly<Record<string, readonly ((data: Data) => Data)[]>> = {
  pilot: [withProgress, withOpenHours],
};

/** Types of items whose schema has changed since the first Fairway. */
export const changedTypes: readonly string[] = Object.keys(steps);

/** Absent in data: 1. */
export const schemaOf = (type: string): number => (steps[type]?.length ?? 0) + 1;

/** The data folder was written by a newer Fairway than this. */
export class ItemTooNew extends Error {
  override name = "ItemTooNew" as const;
}

export function upcast(item: Item): Item {
  const ofType = steps[item.type];
  const { schema = 1 } = item.data;
  if (ofType === undefined) return item;
  const newest = ofType.length + 1;
  if (schema === newest) return item;
  if (typeof schema !== "number" || schema > newest) {
    throw new ItemTooNew(`${item.pk} ${item.sk} was written by a newer Fairway (schema ${schema}); start that one.`);
  }
  const data = ofType.slice(schema - 1).reduce((older, step) => step(older), item.data);
  return { ...item, data: { ...data, schema: newest } };
}

/**
 * Schema 2 of a pilot's head: where it stands, for lists. Its tasks are not in the head; until the pilot's next change a
 * list shows none of them open. `besideHead` too comes with that change: see `shared/records/pilot-items.ts`.
 */
function withProgress(data: Data): Data {
  if (data.progress !== undefined) return data;
  const { endedAt, admittedAt, appliedAt } = data.pilot as Readonly<Record<string, unknown>>;
  return { ...data, progress: { stageSince: endedAt ?? admittedAt ?? appliedAt, openDueAt: [] } };
}

/** Schema 3 of a pilot's head: which hours of support are open. Nobody could confirm any before. */
function withOpenHours(data: Data): Data {
  const { supportHours } = data.pilot as Readonly<Record<string, unknown>>;
  const progress = data.progress as Data;
  return { ...data, progress: { ...progress, openHours: supportHours, disputedHours: 0 } };
}
