import type { Membership, Person } from "../shared/contracts/items.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Store } from "../shared/ports/store.ts";
import {
  findPersonByEmail,
  isCurrent,
  membershipsOf,
  membersOfProgramme,
  readOrganisation,
  readPerson,
  readProgrammes,
} from "../shared/records/people.ts";
import type { Account, Accounts } from "./identity/accounts.ts";

/** The people of the store as the identity provider sees them: who has no membership today is blocked. */
export function createAccounts({ store, clock }: { store: Store; clock: Clock }): Accounts {
  async function account(person: Person, memberships: readonly Membership[]): Promise<Account> {
    const current = memberships.filter((membership) => isCurrent(membership, clock.now()));
    const roles = await Promise.all(
      current.map(async ({ role, organisationId }) => {
        const organisation = await readOrganisation(store, organisationId);
        return { role, organisation: organisation?.name ?? organisationId };
      }),
    );
    return {
      personId: person.id,
      name: person.name,
      email: person.email,
      language: person.language,
      roles,
      sample: person.sample,
      blocked: current.length === 0,
    };
  }

  const find = async (person: Person | undefined): Promise<Account | undefined> =>
    person && account(person, await membershipsOf(store, person.id));

  return {
    find: async (personId) => find(await readPerson(store, personId)),
    findByEmail: async (email) => find(await findPersonByEmail(store, email)),
    async samplePeople() {
      const programmes = (await readProgrammes(store)).filter((programme) => programme.sample);
      const members = (await Promise.all(programmes.map(({ id }) => membersOfProgramme(store, id)))).flat();
      const ids = [...new Set(members.map(({ personId }) => personId))];
      const accounts = await Promise.all(ids.map(async (personId) => find(await readPerson(store, personId))));
      return accounts.filter((each) => each !== undefined).filter((each) => each.sample && !each.blocked);
    },
  };
}
