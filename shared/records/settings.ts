/**
 * A person's settings and calendar link.
 *
 * | record   | pk              | sk       |
 * | -------- | --------------- | -------- |
 * | settings | PERSON#id       | SETTINGS |
 * | calendar | CALENDAR#sha256 | LINK     |
 *
 * Only the hash of a calendar address is kept: whoever reads the store cannot read people's calendars.
 */
import { stored } from "../contracts/items.ts";
import type { NotificationSettings } from "../domain/notifications.ts";
import type { Item, Key, NewItem, Store } from "../ports/store.ts";

export interface Settings {
  readonly notifications: NotificationSettings;
  readonly calendar?: { readonly hash: string; readonly since: string };
}

const settingsKey = (personId: string): Key => ({ pk: `PERSON#${personId}`, sk: "SETTINGS" });
export const calendarKey = (hash: string): Key => ({ pk: `CALENDAR#${hash}`, sk: "LINK" });

export const settingsItem = (personId: string, settings: Settings): NewItem => ({
  ...settingsKey(personId),
  type: "settings",
  data: { ...settings },
});

export const calendarItem = (hash: string, personId: string, since: string): NewItem => ({
  ...calendarKey(hash),
  type: "calendar",
  data: { personId, since },
});

/** As nobody has changed them when there are none; `version` is 0 then. */
export async function readSettings(store: Store, personId: string): Promise<Settings & { readonly version: number }> {
  const item: Item | undefined = await store.get(settingsKey(personId));
  if (item === undefined) return { notifications: {}, version: 0 };
  return { ...stored<Settings>(item.data), version: item.version };
}

/** Whose calendar the address with this hash is; undefined once it was revoked. */
export async function calendarOwner(store: Store, hash: string): Promise<string | undefined> {
  const item = await store.get(calendarKey(hash));
  return item && stored<{ personId: string }>(item.data).personId;
}
