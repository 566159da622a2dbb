/**
 * The people of the sample programme: roles and companies that are plainly made up, in the countries of the programme
 * area. Their ids are stable: whoever plays a story by name (tests, demonstrations) may rely on them.
 */
import type { Membership, Organisation, Person, Programme } from "../../shared/contracts/items.ts";
import { type Actor, type Role, systemActor } from "../../shared/domain/actor.ts";
import { defaultParameters } from "../../shared/domain/pilot/context.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { NewItem, Store } from "../../shared/ports/store.ts";
import {
  actorOf,
  changeProgramme,
  membershipItem,
  organisationItem,
  personItem,
  programmeItem,
} from "../../shared/records/people.ts";
import { portfolioCompanies, type SampleCompany, sampleCompanies } from "./companies.ts";

export const sampleProgrammeId = "sample";

/** Forms name an organisation by its UUID: version 8 is free to its maker. Source: RFC 9562, 5.8. */
export const sampleLabId = "00000000-0000-8000-8000-000000000001";
const otherLabId = "00000000-0000-8000-8000-000000000002";
export const sampleAdviceId = "00000000-0000-8000-8000-000000000003";
export const sampleExpertiseId = "00000000-0000-8000-8000-000000000004";
export const sampleAuthorityId = "00000000-0000-8000-8000-000000000005";

const sampleOrganisations: readonly Organisation[] = [
  organisation("sample-office", "Sample programme office", "EE", "programme_office"),
  organisation(sampleAdviceId, "Sample advisory services", "EE", "advisory"),
  organisation(sampleExpertiseId, "Sample expert pool", "LV", "expertise"),
  organisation(sampleLabId, "Sample living lab, Valmiera", "LV", "living_lab"),
  organisation(otherLabId, "Sample living lab, Niš", "RS", "living_lab"),
  organisation(sampleAuthorityId, "Sample programme authority", "LT", "authority"),
];

interface SamplePerson {
  readonly person: Person;
  readonly membership: Membership;
}

export const samplePeople: readonly SamplePerson[] = [
  member("coordinator-1", "Sample coordinator, Tallinn", "coordinator", "sample-office", ["EE", "en"]),
  member("coordinator-2", "Sample coordinator, Vilnius", "coordinator", "sample-office", ["LT", "en"]),
  member("admin-1", "Sample administrator", "administrator", "sample-office", ["EE", "en"]),
  member("advisor-1", "Sample advisor, Tartu", "advisor", sampleAdviceId, ["EE", "et"]),
  member("advisor-2", "Sample advisor, Riga", "advisor", sampleAdviceId, ["LV", "lv"]),
  member("advisor-3", "Sample advisor, Sofia", "advisor", sampleAdviceId, ["BG", "en"]),
  member("expert-1", "Sample expert, law", "expert", sampleExpertiseId, ["LV", "en"]),
  member("expert-2", "Sample expert, technology", "expert", sampleExpertiseId, ["FI", "en"]),
  member("expert-3", "Sample expert, culture", "expert", sampleExpertiseId, ["HR", "en"]),
  member("lab-1", "Sample trial manager, Valmiera", "living_lab", sampleLabId, ["LV", "lv"]),
  member("lab-2", "Sample trial manager, Niš", "living_lab", otherLabId, ["RS", "sr"]),
  member("auditor-1", "Sample auditor", "auditor", sampleAuthorityId, ["LT", "en"]),
  ...sampleCompanies.flatMap(peopleOf),
];

const everybody: ReadonlyMap<string, SamplePerson> = new Map(
  [...samplePeople, ...portfolioCompanies.flatMap(peopleOf)].map((each) => [each.person.id, each]),
);

/** A sample person in their role. Another id is a mistake in the table that names it. */
export function sampleActor(personId: string): Actor {
  return actorOf(samplePerson(personId).membership);
}

export function samplePerson(personId: string): SamplePerson {
  const found = everybody.get(personId);
  if (found === undefined) throw new Error(`The sample programme has no ${personId}.`);
  return found;
}

/** Puts the programme, its people and these companies into the store; what is there stays as it is. */
export async function seedPeople({
  store,
  clock,
  companies = sampleCompanies,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly companies?: readonly SampleCompany[];
}): Promise<void> {
  const programme = sampleProgramme(clock.now());
  await seedItems({ store, clock }, "ProgrammeCreated", { name: programme.name }, [programmeItem(programme)]);
  const ofCompanies = companies.map(({ id, name, country }) => organisation(id, name, country, "sme"));
  for (const each of [...sampleOrganisations, ...ofCompanies]) {
    const people = [...everybody.values()].filter(({ membership }) => membership.organisationId === each.id);
    await seedItems({ store, clock }, "OrganisationAdded", { organisationId: each.id }, [
      ...people.flatMap(({ person, membership }) => [personItem(person), membershipItem(membership)]),
      organisationItem(each),
    ]);
  }
}

async function seedItems(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  type: string,
  data: Readonly<Record<string, unknown>>,
  items: readonly NewItem[],
): Promise<void> {
  // Written together with the others: where the first one is, all are.
  const [first] = items;
  if (first !== undefined && (await store.get(first)) !== undefined) return;
  await changeProgramme(store, sampleProgrammeId, async () => ({
    type,
    at: clock.now().toISOString(),
    actor: systemActor(sampleProgrammeId),
    data,
    writes: items.map((item) => ({ kind: "put" as const, item, expectedVersion: 0 })),
  }));
}

/** Three years, of which more than two are over: late enough that its end is in sight. */
function sampleProgramme(now: Date): Programme {
  const month = (months: number, day: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, day)).toISOString().slice(0, 10);
  return {
    id: sampleProgrammeId,
    name: "Sample programme: Baltic Sea and Balkans",
    parameters: defaultParameters,
    sample: true,
    startsOn: month(-26, 1),
    // The last day of the month before.
    endsOn: month(10, 0),
  };
}

function peopleOf({ id, name, country, language, member: beside }: SampleCompany): SamplePerson[] {
  const admin = member(`sme-${id}-admin`, `Sample manager, ${name}`, "sme_admin", id, [country, language]);
  if (beside === undefined) return [admin];
  const maySubmit = beside === "may_submit";
  return [
    admin,
    member(`sme-${id}-member`, `Sample employee, ${name}`, "sme_member", id, [country, language], { maySubmit }),
  ];
}

function organisation(id: string, name: string, country: string, kind: Organisation["kind"]): Organisation {
  return { id, programmeId: sampleProgrammeId, name, country, kind };
}

function member(
  personId: string,
  name: string,
  role: Role,
  organisationId: string,
  [country, language]: readonly [string, string],
  { maySubmit = false }: { readonly maySubmit?: boolean } = {},
): SamplePerson {
  return {
    person: { id: personId, name, email: `${personId}@sample.example`, language, country, sample: true },
    membership: { personId, programmeId: sampleProgrammeId, role, organisationId, maySubmit },
  };
}
