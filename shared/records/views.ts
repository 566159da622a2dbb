/**
 * Saved views: filters with a name.
 *
 * | record | pk              | sk      | gsi1                              |
 * | ------ | --------------- | ------- | --------------------------------- |
 * | view   | VIEWS#programme | VIEW#id | PERSON#person#VIEWS#programme / id |
 */
import { stored } from "../contracts/items.ts";
import type { Key, NewItem, Store } from "../ports/store.ts";

export interface SavedView {
  readonly id: string;
  readonly programmeId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly page: string;
  readonly filters: Readonly<Record<string, unknown>>;
  readonly shared: boolean;
  readonly updatedAt: string;
}

export const MAX_VIEWS_OF_PERSON = 100;

export const viewKey = (programmeId: string, viewId: string): Key => ({
  pk: `VIEWS#${programmeId}`,
  sk: `VIEW#${viewId}`,
});

const ownersIndex = (personId: string, programmeId: string): string => `PERSON#${personId}#VIEWS#${programmeId}`;

export const viewItem = (view: SavedView): NewItem => ({
  ...viewKey(view.programmeId, view.id),
  type: "view",
  gsi1pk: ownersIndex(view.ownerId, view.programmeId),
  gsi1sk: view.id,
  data: { ...view },
});

/** The view with its version; undefined when there is none of this id in the programme. */
export async function readView(store: Store, programmeId: string, viewId: string) {
  const item = await store.get(viewKey(programmeId, viewId));
  return item && { view: stored<SavedView>(item.data), version: item.version };
}

export async function viewsOf(store: Store, personId: string, programmeId: string) {
  const { items } = await store.query({ index: "gsi1", pk: ownersIndex(personId, programmeId) });
  return items.map((item) => ({ view: stored<SavedView>(item.data), version: item.version }));
}
