/**
 * Programmes, organisations, people and their memberships in the store.
 * What a person may do comes from memberships (person × programme × role × organisation), never from the token.
 */
import {
  key,
  type Membership,
  type Organisation,
  type Person,
  type Programme,
  programmeStream,
  stored,
} from "../contracts/items.ts";
import type { Actor, Role } from "../domain/actor.ts";
import { defaultParameters } from "../domain/pilot/context.ts";
import type { Pilot } from "../domain/pilot/state.ts";
import type { ProcessRole } from "../domain/process.ts";
import {
  type Item,
  type NewItem,
  type Query,
  type Store,
  type StoredEvent,
  VersionConflict,
  type Write,
} from "../ports/store.ts";

export async function readProgramme(store: Store, programmeId: string): Promise<Programme | undefined> {
  const item = await store.get(key.programme(programmeId));
  return item && programmeOf(item);
}

/** A parameter that came later than the programme is as Fairway starts one with. */
export function programmeOf({ data }: Item): Programme {
  const programme = stored<Programme>(data);
  return { ...programme, parameters: { ...defaultParameters, ...programme.parameters } };
}

export async function readProgrammes(store: Store): Promise<readonly Programme[]> {
  const { items } = await store.query({ index: "gsi1", pk: "PROGRAMMES" });
  return items.map(programmeOf);
}

export async function readPerson(store: Store, personId: string): Promise<Person | undefined> {
  const item = await store.get(key.person(personId));
  return item && stored<Person>(item.data);
}

export async function findPersonByEmail(store: Store, email: string): Promise<Person | undefined> {
  const { items } = await store.query({
    index: "gsi1",
    pk: "PEOPLE",
    from: email.toLowerCase(),
    to: email.toLowerCase(),
  });
  return items[0] && stored<Person>(items[0].data);
}

export async function readOrganisation(store: Store, organisationId: string): Promise<Organisation | undefined> {
  const item = await store.get(key.organisation(organisationId));
  return item && stored<Organisation>(item.data);
}

/** Every item of a query, page after page: a programme may have thousands of companies. */
export async function wholeOf(store: Store, query: Query): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.query({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

export async function organisationsOf(store: Store, programmeId: string): Promise<readonly Organisation[]> {
  const items = await wholeOf(store, { index: "gsi1", pk: `PROGRAMME#${programmeId}#ORGANISATIONS` });
  return items.map((item) => stored<Organisation>(item.data));
}

/** A membership still counts on its last day. */
export const isCurrent = (membership: Membership, now: Date): boolean =>
  membership.until === undefined || now.toISOString().slice(0, 10) <= membership.until;

export async function membershipsOf(store: Store, personId: string): Promise<readonly Membership[]> {
  const { items } = await store.query({ pk: `PERSON#${personId}`, prefix: "MEMBERSHIP#" });
  return items.map((item) => stored<Membership>(item.data));
}

/** All who hold a role in a programme, also those whose membership has ended: callers filter with `isCurrent`. */
export async function membersWithRole(store: Store, programmeId: string, role: Role): Promise<readonly Membership[]> {
  const { items } = await store.query({ index: "gsi1", pk: `PROGRAMME#${programmeId}#MEMBERS`, prefix: `${role}#` });
  return items.map((item) => stored<Membership>(item.data));
}

/** In order of role, then person. */
export async function membersOfProgramme(store: Store, programmeId: string): Promise<readonly Membership[]> {
  const items = await wholeOf(store, { index: "gsi1", pk: `PROGRAMME#${programmeId}#MEMBERS` });
  return items.map((item) => stored<Membership>(item.data));
}

export async function membersOfOrganisation(store: Store, organisationId: string): Promise<readonly Membership[]> {
  const { items } = await store.query({ index: "gsi2", pk: `ORGANISATION#${organisationId}#MEMBERS` });
  return items.map((item) => stored<Membership>(item.data));
}

/** Current memberships around a pilot, by the process's words for their roles. */
export type Around = Readonly<Record<ProcessRole, readonly Membership[]>>;

/** Who has to do with a pilot today: an ended membership does not count. */
export async function membershipsAround(store: Store, pilot: Pilot, now: Date): Promise<Around> {
  const current = (members: readonly Membership[]) => members.filter((member) => isCurrent(member, now));
  const inProgramme = ({ programmeId }: Membership) => programmeId === pilot.programmeId;
  const [company, coordinators, team] = await Promise.all([
    membersOfOrganisation(store, pilot.organisationId),
    membersWithRole(store, pilot.programmeId, "coordinator"),
    Promise.all(
      pilot.team.map(async ({ personId, role }) => {
        const held = current(await membershipsOf(store, personId));
        return held.filter((member) => inProgramme(member) && member.role === role).slice(0, 1);
      }),
    ),
  ]);
  const inTeam = (role: "advisor" | "expert" | "living_lab") => team.flat().filter((member) => member.role === role);
  return {
    sme: current(company).filter(
      (member) => inProgramme(member) && (member.role === "sme_member" || member.role === "sme_admin"),
    ),
    advisor: inTeam("advisor"),
    expert: inTeam("expert"),
    living_lab: inTeam("living_lab"),
    coordinator: current(coordinators),
  };
}

/** Names the membership a person acts in, e.g. in the request header. */
export const membershipId = (membership: Pick<Membership, "programmeId" | "role" | "organisationId">): string =>
  `${membership.programmeId}#${membership.role}#${membership.organisationId}`;

export const actorOf = (membership: Membership, at?: string): Actor => ({
  personId: membership.personId,
  role: membership.role,
  programmeId: membership.programmeId,
  organisationId: membership.organisationId,
  ...(membership.maySubmit ? { maySubmit: true } : {}),
  ...(at === undefined ? {} : { at }),
});

export const programmeItem = (programme: Programme): NewItem => ({
  ...key.programme(programme.id),
  type: "programme",
  gsi1pk: "PROGRAMMES",
  gsi1sk: programme.id,
  data: { ...programme },
});

export const organisationItem = (organisation: Organisation): NewItem => ({
  ...key.organisation(organisation.id),
  type: "organisation",
  gsi1pk: `PROGRAMME#${organisation.programmeId}#ORGANISATIONS`,
  gsi1sk: `${organisation.country}#${organisation.id}`,
  data: { ...organisation },
});

export const personItem = (person: Person): NewItem => ({
  ...key.person(person.id),
  type: "person",
  gsi1pk: "PEOPLE",
  gsi1sk: person.email.toLowerCase(),
  data: { ...person },
});

export const membershipItem = (membership: Membership): NewItem => ({
  pk: `PERSON#${membership.personId}`,
  sk: `MEMBERSHIP#${membershipId(membership)}`,
  type: "membership",
  gsi1pk: `PROGRAMME#${membership.programmeId}#MEMBERS`,
  gsi1sk: `${membership.role}#${membership.personId}`,
  gsi2pk: `ORGANISATION#${membership.organisationId}#MEMBERS`,
  gsi2sk: membership.personId,
  data: { ...membership },
});

/**
 * Commits a change of the programme's own records with its event (I2). `writes` is asked again
 * after a conflict, so it must read what it depends on itself.
 */
export async function changeProgramme(
  store: Store,
  programmeId: string,
  change: () => Promise<{
    readonly writes: readonly Write[];
    readonly type: string;
    readonly at: string;
    readonly actor: Pick<Actor, "personId" | "role">;
    readonly reason?: string;
    readonly data: Readonly<Record<string, unknown>>;
  }>,
): Promise<StoredEvent> {
  const stream = programmeStream(programmeId);
  for (let attempt = 1; ; attempt += 1) {
    const { writes, ...event } = await change();
    const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
    try {
      return await store.commit({
        writes,
        event: { stream, sequence: (last.items[0]?.sequence ?? 0) + 1, programmeId, ...event },
      });
    } catch (error) {
      const busy = error instanceof VersionConflict && error.conflict.pk.includes(stream);
      if (!busy || attempt === 12) throw error;
    }
  }
}
