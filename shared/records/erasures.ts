/**
 * Wishes to be forgotten, and carrying them out.
 *
 * | record  | pk        | sk                | gsi1                                |
 * | ------- | --------- | ----------------- | ----------------------------------- |
 * | erasure | PERSON#id | ERASURE#programme | PROGRAMME#p#ERASURES / askedAt#person |
 *
 * Events name people by id only, so a pseudonym in place of the person's own record is one everywhere at once; what they
 * did, and every count of it, stays.
 */
import { key, type Person, stored } from "../contracts/items.ts";
import type { Item, Key, NewItem, Store, Write } from "../ports/store.ts";
import { absenceKey } from "./absences.ts";
import { personItem, wholeOf } from "./people.ts";
import { calendarKey, readSettings } from "./settings.ts";

export interface Erasure {
  readonly personId: string;
  readonly programmeId: string;
  readonly status: "asked" | "withdrawn" | "granted" | "refused" | "done";
  readonly askedAt: string;
  readonly reason?: string;
  readonly decided?: { readonly by: string; readonly at: string; readonly reason: string };
  readonly doneAt?: string;
}

const dayMs = 86_400_000;

/** The day by which the person is answered: (EU) 2016/679 Art. 12(3) gives a month. */
export const answerBy = ({ askedAt }: Erasure): string =>
  new Date(Date.parse(askedAt) + 30 * dayMs).toISOString().slice(0, 10);

const erasureKey = (personId: string, programmeId: string): Key => ({
  pk: `PERSON#${personId}`,
  sk: `ERASURE#${programmeId}`,
});

const index = (programmeId: string): string => `PROGRAMME#${programmeId}#ERASURES`;

export const erasureItem = (erasure: Erasure): NewItem => ({
  ...erasureKey(erasure.personId, erasure.programmeId),
  type: "erasure",
  gsi1pk: index(erasure.programmeId),
  gsi1sk: `${erasure.askedAt}#${erasure.personId}`,
  data: { ...erasure },
});

export async function readErasure(store: Store, personId: string, programmeId: string) {
  const item = await store.get(erasureKey(personId, programmeId));
  return item && { erasure: stored<Erasure>(item.data), version: item.version };
}

/** Newest first. */
export async function erasuresOf(store: Store, programmeId: string): Promise<readonly Erasure[]> {
  const { items } = await store.query({ index: "gsi1", pk: index(programmeId), reverse: true });
  return items.map((item) => stored<Erasure>(item.data));
}

/** The person as their record says afterwards: the same pseudonym whenever it is asked for. */
async function pseudonymOf(person: Person): Promise<Person> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`pseudonym ${person.id}`));
  const code = [...new Uint8Array(digest).slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { ...person, name: `Erased person ${code}`, email: `${code}@erased.invalid`, language: "en" };
}

/**
 * Removes what is only about the person, a piece at a time: repeating it after a crash does the rest. The records that
 * say who they were come last, with the event, from `pseudonymWrites`.
 */
export async function removeTraces(store: Store, personId: string, programmeId: string): Promise<void> {
  const { calendar } = await readSettings(store, personId);
  const outbox = await wholeOf(store, { index: "gsi1", pk: `OUTBOX#${programmeId}` });
  const standsFor = await wholeOf(store, { index: "gsi1", pk: `PERSON#${personId}#VIEWS#${programmeId}` });
  const single = await Promise.all(
    [
      ...(calendar === undefined ? [] : [calendarKey(calendar.hash)]),
      absenceKey(personId, programmeId),
      { pk: `PERSON#${personId}`, sk: "SETTINGS" },
    ].map((place) => store.get(place)),
  );
  await removeItems(store, [
    ...(await wholeOf(store, { pk: `NOTICES#${personId}` })),
    ...outbox.filter(({ data }) => data.personId === personId),
    ...standsFor,
    ...single.filter((item) => item !== undefined),
  ]);
}

/** Their own record with a pseudonym, and their address free again. */
export async function pseudonymWrites(store: Store, personId: string): Promise<readonly Write[]> {
  const item = await store.get(key.person(personId));
  if (item === undefined) return [];
  const person = stored<Person>(item.data);
  const address = await store.get({ pk: `EMAIL#${person.email}`, sk: "PERSON" });
  return [
    { kind: "put", item: personItem(await pseudonymOf(person)), expectedVersion: item.version },
    ...(address === undefined
      ? []
      : [{ kind: "delete" as const, key: { pk: address.pk, sk: address.sk }, expectedVersion: address.version }]),
  ];
}

/** Well below what one change may have. */
const BATCH = 50;

export async function removeItems(store: Store, items: readonly Item[]): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH) {
    await store.derive(
      items.slice(from, from + BATCH).map(({ pk, sk, version }) => ({
        kind: "delete",
        key: { pk, sk },
        expectedVersion: version,
      })),
    );
  }
}
