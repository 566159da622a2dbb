import type { Store } from "../../shared/ports/store.ts";
import { readOrganisation, readPerson } from "../../shared/records/people.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** How things are called for one reader. Each is looked up once per request; an erased person or organisation keeps its id as name. */
export interface Names {
  /** The reader's, BCP 47. */
  readonly language: string;
  person(personId: string): Promise<Named>;
  organisation(organisationId: string): Promise<Named>;
}

export function createNames(store: Store, language: string): Names {
  const known = new Map<string, Promise<Named>>();
  const remember = (id: string, look: () => Promise<Named | undefined>): Promise<Named> => {
    const asked = known.get(id) ?? look().then((found) => ({ id, name: found?.name ?? id }));
    known.set(id, asked);
    return asked;
  };
  return {
    language,
    person: (id) =>
      id === "system" ? Promise.resolve({ id, name: "Fairway" }) : remember(id, () => readPerson(store, id)),
    organisation: (id) => remember(id, () => readOrganisation(store, id)),
  };
}
