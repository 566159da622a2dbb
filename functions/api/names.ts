import type { Store } from "../../shared/ports/store.ts";
import { readUsualDays } from "../../shared/records/finished-steps.ts";
import { readOrganisation, readPerson } from "../../shared/records/people.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** How things are called for one reader, and how long they usually take. Each is looked up once per request; an erased person or organisation keeps its id as name. */
export interface Names {
  /** The reader's, BCP 47. */
  readonly language: string;
  person(personId: string): Promise<Named>;
  organisation(organisationId: string): Promise<Named>;
  /** Of a step of the process in the programme; undefined while too few are finished. */
  usualDays(programmeId: string, step: string): Promise<number | undefined>;
}

export function createNames(store: Store, language: string): Names {
  const known = new Map<string, Promise<Named>>();
  const remember = (id: string, look: () => Promise<Named | undefined>): Promise<Named> => {
    const asked = known.get(id) ?? look().then((found) => ({ id, name: found?.name ?? id }));
    known.set(id, asked);
    return asked;
  };
  const usual = new Map<string, Promise<number | undefined>>();
  return {
    language,
    usualDays(programmeId, step) {
      const place = `${programmeId}#${step}`;
      const asked = usual.get(place) ?? readUsualDays(store, programmeId, step);
      usual.set(place, asked);
      return asked;
    },
    person: (id) =>
      id === "system" ? Promise.resolve({ id, name: "Fairway" }) : remember(id, () => readPerson(store, id)),
    organisation: (id) => remember(id, () => readOrganisation(store, id)),
  };
}
