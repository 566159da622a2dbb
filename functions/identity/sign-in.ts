/**
 * What an identity provider outside Fairway is told of people: who may sign in, and which person of ours somebody is. Its own
 * subject is no id of ours, and the store stays the truth: the address that the provider has proved leads to the person.
 */
import type { Person } from "../../shared/contracts/items.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import { findPersonByEmail, isCurrent, membershipsOf, readPerson } from "../../shared/records/people.ts";

/** The provider's list of who may prove an address. */
export interface Users {
  /** Somebody known by this address already is no error. */
  add(email: string): Promise<void>;
}

/** No token is given; the provider shows the message to the person. */
export class NotAMember extends Error {
  override name = "NotAMember" as const;
  constructor() {
    super("You have no role in Fairway today. Ask the coordinator of your programme.");
  }
}

/** Lets a person prove their address from now on. May be repeated; people of sample programmes have no real address. */
export function createEnrol({ store, users }: { readonly store: Store; readonly users: Users }) {
  return async (personId: string): Promise<void> => {
    const person = await readPerson(store, personId);
    if (person !== undefined && !person.sample) await users.add(person.email);
  };
}

/**
 * The person behind a proved address, asked at each sign-in and each renewal: who holds no role today gets no token.
 * @throws NotAMember
 */
export function createPersonOf({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
  return async ({ email, isVerified }: { readonly email: string; readonly isVerified: boolean }): Promise<Person> => {
    const person = isVerified ? await findPersonByEmail(store, email) : undefined;
    if (person === undefined) throw new NotAMember();
    const memberships = await membershipsOf(store, person.id);
    if (!memberships.some((membership) => isCurrent(membership, clock.now()))) throw new NotAMember();
    return person;
  };
}
