/**
 * Who is away from when to when, and who stands in for them.
 *
 * | record  | pk        | sk                | gsi1                                       |
 * | ------- | --------- | ----------------- | ------------------------------------------ |
 * | absence | PERSON#id | ABSENCE#programme | PERSON#substitute#STANDS-IN / until#person |
 *
 * One absence a person and programme: the one that is or comes next.
 */
import { stored } from "../contracts/items.ts";
import type { Role } from "../domain/actor.ts";
import type { Key, NewItem, Store } from "../ports/store.ts";

export interface Absence {
  readonly personId: string;
  readonly programmeId: string;
  /** The role that is stood in for; the substitute holds it too. */
  readonly role: Role;
  readonly substituteId: string;
  /** Dates, both included. */
  readonly from: string;
  readonly until: string;
  readonly note?: string;
}

export const absenceKey = (personId: string, programmeId: string): Key => ({
  pk: `PERSON#${personId}`,
  sk: `ABSENCE#${programmeId}`,
});

const substituteIndex = (personId: string): string => `PERSON#${personId}#STANDS-IN`;

export const absenceItem = (absence: Absence): NewItem => ({
  ...absenceKey(absence.personId, absence.programmeId),
  type: "absence",
  gsi1pk: substituteIndex(absence.substituteId),
  gsi1sk: `${absence.until}#${absence.personId}#${absence.programmeId}`,
  data: { ...absence },
});

export async function readAbsence(store: Store, personId: string, programmeId: string): Promise<Absence | undefined> {
  const item = await store.get(absenceKey(personId, programmeId));
  return item && stored<Absence>(item.data);
}

/** Absences that a person stands in for and that have not ended before the day. */
export async function absencesStoodInFor(
  store: Store,
  substituteId: string,
  programmeId: string,
  today: string,
): Promise<readonly Absence[]> {
  const { items } = await store.query({ index: "gsi1", pk: substituteIndex(substituteId), from: today });
  return items.map((item) => stored<Absence>(item.data)).filter((absence) => absence.programmeId === programmeId);
}

export const isAway = ({ from, until }: Pick<Absence, "from" | "until">, today: string): boolean =>
  from <= today && today <= until;
