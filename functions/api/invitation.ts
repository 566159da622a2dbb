/** How somebody comes to hold a role: person, membership and the mail that tells them, in one change. */
import { randomUUID } from "node:crypto";
import type { Membership, Organisation, Person } from "../../shared/contracts/items.ts";
import type { MemberView } from "../../shared/contracts/people-operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { catalogueFor } from "../../shared/language/languages.ts";
import { type NewItem, type Store, VersionConflict, type Write } from "../../shared/ports/store.ts";
import { isAway, readAbsence } from "../../shared/records/absences.ts";
import { mailItem } from "../../shared/records/mails.ts";
import {
  changeProgramme,
  findPersonByEmail,
  isCurrent,
  membershipId,
  membershipItem,
  organisationItem,
  personItem,
  readOrganisation,
  readPerson,
  readProgramme,
} from "../../shared/records/people.ts";
import type { ApiDependencies } from "./handlers.ts";

interface Invitation {
  readonly email: string;
  /** Kept only for somebody Fairway does not know yet. */
  readonly name: string;
  readonly language: string;
  readonly role: Membership["role"];
  readonly maySubmit: boolean;
  readonly organisation: Organisation;
  /** The organisation comes into being with its first person. */
  readonly isNewOrganisation: boolean;
}

/** Throws `Refusal` RuleBroken when the person holds the role already. */
export async function invite(
  { store, clock, portalUrl = "" }: Pick<ApiDependencies, "store" | "clock" | "portalUrl">,
  actor: Actor,
  invitation: Invitation,
): Promise<void> {
  const { email, role, organisation, maySubmit } = invitation;
  const { programmeId } = actor;
  const at = clock.now().toISOString();
  const [inviter, programme] = await Promise.all([
    readPerson(store, actor.personId),
    readProgramme(store, programmeId),
  ]);
  const newId = `person-${randomUUID()}`;
  await changeProgramme(store, programmeId, async () => {
    const known = await findPersonByEmail(store, email);
    const { name, language } = invitation;
    const person: Person = known ?? {
      id: newId,
      name,
      email: email.toLowerCase(),
      language,
      country: organisation.country,
      sample: false,
    };
    const membership: Membership = {
      personId: person.id,
      programmeId,
      role,
      organisationId: organisation.id,
      maySubmit: role === "sme_admin" || maySubmit,
      invitedAt: at,
    };
    const item = membershipItem(membership);
    const before = await store.get(item);
    // Only this function and the seeds write memberships.
    if (before !== undefined && isCurrent({ ...membership, ...before.data }, clock.now())) {
      throw new Refusal("RuleBroken", "has_role_already", { pointer: "/email" });
    }
    const { mail } = catalogueFor(person.language);
    const words = mail.invitation(person.name, {
      inviter: inviter?.name ?? "Fairway",
      organisation: organisation.name,
      programme: programme?.name ?? programmeId,
      role,
      email: person.email,
      link: portalUrl,
      sample: programme?.sample ?? false,
    });
    const letter = mailItem(
      {
        id: `INVITATION#${person.id}#${membershipId(membership)}#${at}`,
        programmeId,
        to: person.email,
        personId: person.id,
        ...words,
        createdAt: at,
        eventIds: [],
        language: person.language,
        sample: programme?.sample ?? false,
      },
      person,
    );
    const created = (made: NewItem): Write => ({ kind: "put", item: made, expectedVersion: 0 });
    return {
      type: "PersonInvited",
      at,
      actor: { personId: actor.personId, role: actor.role },
      data: { personId: person.id, role, organisationId: organisation.id },
      writes: [
        // Two people inviting the same address at once must not make two persons of it.
        ...(known === undefined ? [created(personItem(person)), created(addressItem(person))] : []),
        ...(invitation.isNewOrganisation ? [created(organisationItem(organisation))] : []),
        { kind: "put", item, expectedVersion: before?.version ?? 0 },
        created(letter),
      ],
    };
  });
}

const addressItem = ({ id, email }: Person): NewItem => ({
  pk: `EMAIL#${email}`,
  sk: "PERSON",
  type: "email",
  data: { personId: id },
});

/** The invited person has come: their invitation is pending no longer. Two windows at once are one coming. */
export async function welcome(
  { store, clock }: Pick<ApiDependencies, "store" | "clock">,
  memberships: readonly Membership[],
): Promise<void> {
  for (const { invitedAt, ...membership } of memberships) {
    if (invitedAt === undefined) continue;
    const { personId, programmeId, role, organisationId } = membership;
    const item = membershipItem(membership);
    const before = await store.get(item);
    if (before === undefined || before.data.invitedAt !== invitedAt) continue;
    await changeProgramme(store, programmeId, async () => ({
      type: "InvitationAccepted",
      at: clock.now().toISOString(),
      actor: { personId, role },
      data: { personId, role, organisationId },
      writes: [{ kind: "put", item, expectedVersion: before.version }],
    })).catch((error: unknown) => {
      if (!(error instanceof VersionConflict)) throw error;
    });
  }
}

/** The write that ends a membership after a day, as the item is now. */
export async function endingOf(store: Store, membership: Membership, lastDay: string): Promise<Write> {
  const item = membershipItem({ ...membership, until: lastDay });
  const before = await store.get(item);
  return { kind: "put", item, expectedVersion: before?.version ?? 0 };
}

/** The writes that end memberships at once: their last day was yesterday. */
export function endingsNow(store: Store, memberships: readonly Membership[], now: Date): Promise<Write[]> {
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  return Promise.all(memberships.map((membership) => endingOf(store, membership, yesterday)));
}

/** By role, then name; those who have left come last. */
export async function presentMembers(
  { store, clock }: Pick<ApiDependencies, "store" | "clock">,
  memberships: readonly Membership[],
): Promise<MemberView[]> {
  const organisations = new Map<string, Promise<Organisation | undefined>>();
  const members = await Promise.all(
    memberships.map(async (membership) => {
      const { organisationId, personId, programmeId, role, maySubmit, until, invitedAt } = membership;
      const organisation = organisations.get(organisationId) ?? readOrganisation(store, organisationId);
      organisations.set(organisationId, organisation);
      const [person, at, absence] = await Promise.all([
        readPerson(store, personId),
        organisation,
        readAbsence(store, personId, programmeId),
      ]);
      const today = localDateOf(clock.now().toISOString(), person?.country ?? "");
      const isAhead = absence !== undefined && absence.role === role && absence.until >= today;
      const substitute = isAhead ? await readPerson(store, absence.substituteId) : undefined;
      return {
        person: { id: personId, name: person?.name ?? personId },
        email: person?.email ?? "",
        language: person?.language ?? "en",
        role,
        organisation: { id: organisationId, name: at?.name ?? organisationId },
        maySubmit,
        ...(until === undefined ? {} : { until }),
        ...(invitedAt === undefined ? {} : { invitedAt }),
        ...(substitute === undefined || absence === undefined
          ? {}
          : {
              away: {
                from: absence.from,
                until: absence.until,
                substitute: { id: substitute.id, name: substitute.name },
                current: isAway(absence, today),
              },
            }),
        current: isCurrent(membership, clock.now()),
      };
    }),
  );
  const rank = ({ current, role, person }: MemberView) => `${current ? 0 : 1}${role}#${person.name}`;
  return members.sort((a, b) => rank(a).localeCompare(rank(b), "en"));
}
