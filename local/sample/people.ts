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

export const sampleProgrammeId = "sample";

export interface SampleCompany {
  /** Also the organisation's id. */
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  /** BCP 47. */
  readonly language: string;
  readonly service: string;
  /** An option of the application's field. */
  readonly sector: string;
  /** Whether there is a member beside the admin, and whether that member may submit. */
  readonly member?: "may_submit" | "edits_only";
}

/** "aurora" has no pilot: stories that begin with an application begin there. */
export const sampleCompanies: readonly SampleCompany[] = [
  company("aurora", "Sample Aurora SIA", ["LV", "Riga", "lv"], "Sample home-care diary", "e_health", "may_submit"),
  company("birch", "Sample Birch Oy", ["FI", "Oulu", "fi"], "Sample class planner", "e_learning"),
  company(
    "cloudberry",
    "Sample Cloudberry OÜ",
    ["EE", "Tartu", "et"],
    "Sample permit desk",
    "e_government",
    "may_submit",
  ),
  company("drift", "Sample Drift AB", ["SE", "Umeå", "sv"], "Sample energy board", "smart_city"),
  company("elder", "Sample Elder UAB", ["LT", "Kaunas", "lt"], "Sample rehab coach", "e_health", "edits_only"),
  company("fern", "Sample Fern EOOD", ["BG", "Plovdiv", "bg"], "Sample skills passport", "lifelong_learning"),
  company(
    "granite",
    "Sample Granite d.o.o.",
    ["RS", "Novi Sad", "sr"],
    "Sample parking guide",
    "smart_city",
    "may_submit",
  ),
  company("heron", "Sample Heron d.o.o.", ["HR", "Rijeka", "hr"], "Sample sleep journal", "well_being"),
  company("iris", "Sample Iris OÜ", ["EE", "Pärnu", "et"], "Sample invoice helper", "fintech", "may_submit"),
  company("juniper", "Sample Juniper SIA", ["LV", "Liepāja", "lv"], "Sample library guide", "e_learning", "edits_only"),
  company("kestrel", "Sample Kestrel Oy", ["FI", "Vaasa", "fi"], "Sample staff rota", "ict_general"),
  company("larch", "Sample Larch UAB", ["LT", "Klaipėda", "lt"], "Sample waste map", "smart_city", "may_submit"),
  company("maple", "Sample Maple AB", ["SE", "Luleå", "sv"], "Sample triage form", "e_health"),
];

const sampleOrganisations: readonly Organisation[] = [
  organisation("sample-office", "Sample programme office", "EE", "programme_office"),
  organisation("sample-advice", "Sample advisory services", "EE", "advisory"),
  organisation("sample-expertise", "Sample expert pool", "LV", "expertise"),
  organisation("sample-lab-valmiera", "Sample living lab, Valmiera", "LV", "living_lab"),
  organisation("sample-lab-nis", "Sample living lab, Niš", "RS", "living_lab"),
  organisation("sample-authority", "Sample programme authority", "LT", "authority"),
  ...sampleCompanies.map(({ id, name, country }) => organisation(id, name, country, "sme")),
];

interface SamplePerson {
  readonly person: Person;
  readonly membership: Membership;
}

export const samplePeople: readonly SamplePerson[] = [
  member("coordinator-1", "Sample coordinator, Tallinn", "coordinator", "sample-office", ["EE", "en"]),
  member("coordinator-2", "Sample coordinator, Vilnius", "coordinator", "sample-office", ["LT", "en"]),
  member("admin-1", "Sample administrator", "administrator", "sample-office", ["EE", "en"]),
  member("advisor-1", "Sample advisor, Tartu", "advisor", "sample-advice", ["EE", "et"]),
  member("advisor-2", "Sample advisor, Riga", "advisor", "sample-advice", ["LV", "lv"]),
  member("advisor-3", "Sample advisor, Sofia", "advisor", "sample-advice", ["BG", "en"]),
  member("expert-1", "Sample expert, law", "expert", "sample-expertise", ["LV", "en"]),
  member("expert-2", "Sample expert, technology", "expert", "sample-expertise", ["FI", "en"]),
  member("expert-3", "Sample expert, culture", "expert", "sample-expertise", ["HR", "en"]),
  member("lab-1", "Sample trial manager, Valmiera", "living_lab", "sample-lab-valmiera", ["LV", "lv"]),
  member("lab-2", "Sample trial manager, Niš", "living_lab", "sample-lab-nis", ["RS", "sr"]),
  member("auditor-1", "Sample auditor", "auditor", "sample-authority", ["LT", "en"]),
  ...sampleCompanies.flatMap(({ id, name, country, language, member: beside }) => [
    member(`sme-${id}-admin`, `Sample manager, ${name}`, "sme_admin", id, [country, language]),
    ...(beside === undefined
      ? []
      : [
          member(`sme-${id}-member`, `Sample employee, ${name}`, "sme_member", id, [country, language], {
            maySubmit: beside === "may_submit",
          }),
        ]),
  ]),
];

/** A sample person in their role. Another id is a mistake in the table that names it. */
export function sampleActor(personId: string): Actor {
  return actorOf(samplePerson(personId).membership);
}

export function samplePerson(personId: string): SamplePerson {
  const found = samplePeople.find(({ person }) => person.id === personId);
  if (found === undefined) throw new Error(`The sample programme has no ${personId}.`);
  return found;
}

/** Puts the programme and its people into the store; what is there stays as it is. */
export async function seedPeople({ store, clock }: { readonly store: Store; readonly clock: Clock }): Promise<void> {
  const programme = sampleProgramme(clock.now());
  await seedItems({ store, clock }, "ProgrammeCreated", { name: programme.name }, [programmeItem(programme)]);
  for (const each of sampleOrganisations) {
    const people = samplePeople.filter(({ membership }) => membership.organisationId === each.id);
    await seedItems({ store, clock }, "OrganisationAdded", { organisationId: each.id }, [
      organisationItem(each),
      ...people.flatMap(({ person, membership }) => [personItem(person), membershipItem(membership)]),
    ]);
  }
}

async function seedItems(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  type: string,
  data: Readonly<Record<string, unknown>>,
  items: readonly [NewItem, ...NewItem[]],
): Promise<void> {
  // Written together with the others: where the first one is, all are.
  if ((await store.get(items[0])) !== undefined) return;
  await changeProgramme(store, sampleProgrammeId, async () => ({
    type,
    at: clock.now().toISOString(),
    actor: systemActor(sampleProgrammeId),
    data,
    writes: items.map((item) => ({ kind: "put" as const, item, expectedVersion: 0 })),
  }));
}

function sampleProgramme(now: Date): Programme {
  const year = now.getUTCFullYear();
  return {
    id: sampleProgrammeId,
    name: "Sample programme: Baltic Sea and Balkans",
    parameters: defaultParameters,
    sample: true,
    startsOn: `${year - 1}-01-01`,
    endsOn: `${year + 2}-12-31`,
  };
}

function company(
  id: string,
  name: string,
  [country, city, language]: readonly [string, string, string],
  service: string,
  sector: string,
  beside?: SampleCompany["member"],
): SampleCompany {
  return { id, name, country, city, language, service, sector, ...(beside === undefined ? {} : { member: beside }) };
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
