/**
 * Nobody reads or writes what is another programme's, or, of a company, another company's. Shown by trying: people with
 * random memberships call every operation of the contract with ids of others.
 */
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  sampleActor,
  sampleAdviceId,
  sampleAuthorityId,
  sampleExpertiseId,
  sampleLabId,
} from "../../../local/sample/people.ts";
import type { Membership } from "../../../shared/contracts/items.ts";
import { type OperationId, operations } from "../../../shared/contracts/operations.ts";
import { organisationKindOf, type Role, roles } from "../../../shared/domain/actor.ts";
import { randomFrom } from "../../../shared/domain/analytics/random.ts";
import type { Absence } from "../../../shared/records/absences.ts";
import { membershipId, membershipsOf } from "../../../shared/records/people.ts";
import { exampleInput } from "./example-inputs.ts";
import {
  executionOf,
  HERE,
  openTwoProgrammes,
  type PilotThere,
  type ProgrammeId,
  peopleHere,
  type Said,
  THERE,
  type TwoProgrammes,
  today,
  wordsOfProgramme,
} from "./two-programmes.ts";

let world: TwoProgrammes;
beforeAll(async () => {
  world = await openTwoProgrammes();
});
afterAll(() => world.close());

// Object.keys of a const object without other members.
const operationIds = Object.keys(operations) as OperationId[];

/** Those in teams of pilots, of both programmes, and some who are in none: they get random memberships. */
const wanderers = ["advisor-1", "expert-1", "expert-2", "lab-1", "sme-birch-admin", "admin-1", "there-expert-1"];
const absentees = ["advisor-2", "expert-2", "expert-3", "lab-2", "there-advisor-1", "there-expert-3", "there-lab-1"];

const organisationIds = {
  programme_office: "sample-office",
  advisory: sampleAdviceId,
  living_lab: sampleLabId,
  expertise: sampleExpertiseId,
  authority: sampleAuthorityId,
} as const;

const companyIds = ["birch", "iris", "maple"];

const programmes = fc.constantFrom<ProgrammeId>(HERE, THERE);
const lastDays = fc.constantFrom(undefined, undefined, today, "2027-03-09", "2026-01-31", "2028-01-01");
const inProgramme = (id: string, programmeId: ProgrammeId) => (programmeId === HERE ? id : `there-${id}`);

const memberships = (personId: string) =>
  fc.uniqueArray(
    fc
      .record({
        programmeId: programmes,
        role: fc.constantFrom<Role>(...roles),
        company: fc.constantFrom(...companyIds),
        until: lastDays,
        maySubmit: fc.boolean(),
      })
      .map(({ programmeId, role, company, until, maySubmit }): Membership => {
        const kind = organisationKindOf[role];
        const organisationId = inProgramme(kind === "sme" ? company : organisationIds[kind], programmeId);
        return { personId, programmeId, role, organisationId, maySubmit, ...(until === undefined ? {} : { until }) };
      }),
    { minLength: 1, maxLength: 4, selector: membershipId },
  );

const absences = (substituteId: string) =>
  fc.uniqueArray(
    fc
      .record({
        personId: fc.constantFrom(...absentees.filter((each) => each !== substituteId)),
        role: fc.constantFrom<Role>("advisor", "expert", "living_lab"),
        isMine: fc.constantFrom(true, true, false),
        until: fc.constantFrom(today, "2027-03-09", "2027-12-31"),
      })
      .map(({ isMine, ...absence }): Absence => {
        // Who plans an absence has a role in the programme it is in.
        const programmeId = absence.personId.startsWith("there-") ? THERE : HERE;
        const other = inProgramme("advisor-3", programmeId);
        return { ...absence, programmeId, substituteId: isMine ? substituteId : other, from: "2027-03-01" };
      }),
    { maxLength: 3, selector: ({ personId }) => personId },
  );

interface Somebody {
  readonly personId: string;
  readonly memberships: readonly Membership[];
  readonly absences: readonly Absence[];
  /** Tries headers of others, too. */
  readonly isBold: boolean;
  /** For what is chosen call by call. */
  readonly seed: number;
}

const somebody: fc.Arbitrary<Somebody> = fc.constantFrom(...wanderers).chain((personId) =>
  fc.record({
    personId: fc.constant(personId),
    memberships: memberships(personId),
    absences: absences(personId),
    isBold: fc.boolean(),
    seed: fc.nat(),
  }),
);

/** Each role once, so that every operation lets somebody in. */
const oneOfEachRole: readonly [Somebody][] = roles.map((role, index) => {
  const personId = "expert-1";
  const kind = organisationKindOf[role];
  const organisationId = kind === "sme" ? "birch" : organisationIds[kind];
  const membership = { personId, programmeId: HERE, role, organisationId, maySubmit: true };
  return [{ personId, memberships: [membership], absences: [], isBold: false, seed: index }];
});

/** Whom a call is made as, when it gets past the door; worked out apart from the code that is tested. */
interface Acting extends Membership {
  readonly seat: string;
}

function actingAs({ personId, memberships, absences }: Somebody, said: Said): Acting | undefined {
  const current = memberships.filter(({ until }) => until === undefined || until >= today);
  const inOrder = current.toSorted((a, b) => (membershipId(a) < membershipId(b) ? -1 : 1));
  const acting =
    said.membership === undefined ? inOrder[0] : inOrder.find((each) => membershipId(each) === said.membership);
  if (acting === undefined || said.standingInFor === undefined) return acting && { ...acting, seat: personId };
  const absence = absences.find(
    (each) => each.personId === said.standingInFor && each.programmeId === acting.programmeId,
  );
  const isNamed = absence?.substituteId === personId && absence.role === acting.role && absence.until >= today;
  const isTheirs =
    said.standingInFor.startsWith("there-") === (acting.programmeId === THERE) &&
    sampleActor(said.standingInFor.replace("there-", "")).role === acting.role;
  return isNamed && isTheirs ? { ...acting, seat: said.standingInFor } : undefined;
}

/** How much of a pilot somebody may read. */
function reach({ programmeId, role, organisationId, seat }: Acting, { state, ...pilot }: PilotThere) {
  if (programmeId !== pilot.programmeId) return "nothing";
  const { status, team } = state.pilot;
  switch (role) {
    case "coordinator":
    case "auditor":
      return "all";
    case "administrator":
      return "name";
    case "sme_member":
    case "sme_admin":
      return state.pilot.organisationId === organisationId ? "all" : "nothing";
    default: {
      const isInTeam = team.some((member) => member.personId === seat && member.role === role);
      if (isInTeam) return "all";
      if (role !== "advisor") return "nothing";
      return status === "applied" || status === "rejected" ? "all" : "name";
    }
  }
}

const isAboutMe = (id: OperationId): boolean => id === "getMe" || id === "acceptInvitation";

/** Words that the answer must not have. */
function foreignWords(acting: Acting | undefined, id: OperationId, person: Somebody): readonly string[] {
  // A person's own roles are theirs to know, also where they act in none of them now.
  const held = new Set(
    isAboutMe(id) || id === "exportMyData" ? person.memberships.map(({ organisationId }) => organisationId) : [],
  );
  const programmesHeld = new Set(isAboutMe(id) ? person.memberships.map(({ programmeId }) => programmeId) : []);
  return [
    ...[HERE, THERE].flatMap((programmeId) =>
      programmeId === acting?.programmeId || programmesHeld.has(programmeId) || personOf(person, programmeId)
        ? []
        : wordsOfProgramme(programmeId as ProgrammeId),
    ),
    ...world.companies.flatMap((company) => {
      const own = acting !== undefined && acting.programmeId === company.programmeId;
      if (own && acting.organisationId === company.id) return [];
      const ofCompany = own ? world.pilots.filter(({ state }) => state.pilot.organisationId === company.id) : [];
      const reached = new Set(ofCompany.map((pilot) => reach(acting as Acting, pilot)));
      const seesAllNames = own && ["advisor", "coordinator", "auditor", "administrator"].includes(acting.role);
      return [
        ...(seesAllNames || reached.has("all") || held.has(company.id) || isOfCompany(person, company.id)
          ? []
          : [company.nameWord]),
        ...(reached.has("all") || (own && ["coordinator", "auditor"].includes(acting.role))
          ? []
          : [company.contentWord]),
      ];
    }),
  ];
}

/** A person's own name and address have a word in them as well. */
const isOfCompany = ({ personId }: Somebody, companyId: string): boolean => personId === `sme-${companyId}-admin`;
const personOf = ({ personId }: Somebody, programmeId: string): boolean =>
  !personId.includes("sme-") && personId.startsWith("there-") === (programmeId === THERE);

type Pick = <T>(from: readonly T[]) => T;

function picker(seed: number): Pick {
  const random = randomFrom(seed);
  return (from) => {
    if (from.length === 0) throw new Error("There is nothing to pick from.");
    // In range, whether it is undefined or not.
    return from[Math.floor(random() * from.length)] as (typeof from)[number];
  };
}

/** What an id of a certain name can be, of or around a pilot. A new name of an id wants to be told here. */
function othersIds(target: PilotThere, pick: Pick): Readonly<Record<string, () => string>> {
  const { state, programmeId } = target;
  const person = () => inProgramme(pick(peopleHere), programmeId);
  const oneOf = (records: object, fallback: string) => pick([fallback, ...Object.keys(records)]);
  return {
    pilotId: () => target.id,
    deliverableId: () => oneOf(state.deliverables, "IN-1"),
    taskId: () => oneOf(state.tasks, "IN-1.produce.1"),
    runId: () => oneOf(state.runs, "needs-1"),
    conditionId: () => pick([...state.pilot.conditions.map(({ id }) => id), "condition-1"]),
    revision: () => "1",
    personId: person,
    toPersonId: person,
    successorId: person,
    substituteId: person,
    mentions: person,
    advisorId: person,
    organisationId: () => state.pilot.organisationId,
    viewId: () => `${programmeId === THERE ? "there-" : ""}view-of-${target.id.replace("there-", "")}`,
    fileId: () => `${programmeId === THERE ? "there-" : ""}file-of-${target.id.replace("there-", "")}`,
    fromNoteId: () => target.noteId,
    entryId: () => target.noteId,
    entryIds: () => target.noteId,
    stateMachine: () => "stage-run",
    name: () => executionOf(target.id),
  };
}

function paramsFor(id: OperationId, ids: ReturnType<typeof othersIds>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(operations[id].params.shape).map((name) => {
      const idOf = ids[name];
      if (idOf === undefined) throw new Error(`Say in othersIds what ${name} of ${id} is.`);
      return [name, idOf()];
    }),
  );
}

/** Names of members whose example is no id of Fairway's. */
const noIds = new Set(["reasonId", "field", "fileId", "page", "name"]);

function withOthersIds(value: unknown, ids: ReturnType<typeof othersIds>, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => withOthersIds(each, ids, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([member, each]) => [member, withOthersIds(each, ids, member)]),
    );
  }
  if (typeof value !== "string" || noIds.has(name)) return value;
  const idOf = ids[name];
  if (idOf !== undefined) return idOf();
  if (value === "an-id" || /^PILOT#/.test(value)) throw new Error(`Say in othersIds what the member ${name} is.`);
  return value;
}

const cursors: string[] = [];
beforeAll(async () => {
  for (const { id, programmeId, state } of world.pilots.slice(0, 40)) {
    const { organisationId } = state.pilot;
    const pages = await Promise.all([
      world.store.eventsOf(`PILOT#${id}`, { limit: 1, reverse: true }),
      world.store.query({ index: "gsi1", pk: `PROGRAMME#${programmeId}#PILOTS`, limit: 1 }),
      world.store.query({ index: "gsi1", pk: `OUTBOX#${programmeId}`, limit: 1, reverse: true }),
      world.store.query({ index: "gsi1", pk: `INBOX#ORGANISATION#${organisationId}`, limit: 1 }),
    ]);
    cursors.push(...pages.flatMap(({ cursor }) => (cursor === undefined ? [] : [cursor])));
  }
});

function queryFor(id: OperationId, target: PilotThere, pick: Pick): Record<string, string> {
  const shape = operations[id].query.shape;
  const { query } = exampleInput(id);
  const company = world.companies.find((each) => each.id === target.state.pilot.organisationId);
  const ids = othersIds(target, pick);
  const asked = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, ids[name]?.() ?? value]));
  return {
    ...asked,
    ...("q" in shape ? { q: pick([company?.nameWord, company?.contentWord, "zz", "sample"]) ?? "zz" } : {}),
    ...("role" in shape ? { role: pick(roles) } : {}),
    ...("cursor" in shape && pick([true, false]) ? { cursor: pick(cursors) } : {}),
    ...("stage" in shape ? { stage: pick(["needs", "feasibility", "intake"]) } : {}),
  };
}

/** Whether a record that was written is the caller's to write. */
function isOwnWrite(
  acting: Acting,
  { pk, data, isNew }: { readonly pk: string; readonly data: Record<string, unknown>; readonly isNew: boolean },
): boolean {
  const [kind = "", id = ""] = pk.split("#");
  const inOwnProgramme = data.programmeId === acting.programmeId;
  const isCompany = acting.role === "sme_member" || acting.role === "sme_admin";
  switch (kind) {
    case "PERSON":
      // A membership is of its programme and company; whoever is invited comes into being.
      if (id === acting.personId || isNew) return data.programmeId === undefined || inOwnProgramme;
      return inOwnProgramme && (!isCompany || data.organisationId === acting.organisationId);
    case "CALENDAR":
      return data.personId === acting.personId;
    case "ACCESS":
      // That somebody read a business case, of a pilot that is theirs to read.
      return isNew && inOwnProgramme && data.personId === acting.personId && !isCompany;
    case "EMAIL":
      return true;
    case "MAIL":
    case "ORGANISATION":
      return isNew && inOwnProgramme;
    case "PROGRAMME":
    case "VIEWS":
      return id === acting.programmeId;
    default:
      // Nothing of a pilot is anybody's to write in this test: only others' are named.
      return false;
  }
}

/** Who has asked to be forgotten is named where they asked, also after their role there has ended: here the wanderers. */
function withoutAskers(body: string): string {
  const { erasures }: { erasures: readonly { readonly person: { readonly id: string } }[] } = JSON.parse(body);
  return JSON.stringify(erasures.filter(({ person }) => !wanderers.includes(person.id)));
}

describe("whoever somebody is, whatever they call with ids of others", () => {
  test("they read and write nothing of another programme or company", { timeout: 120_000 }, async () => {
    const answered = new Map<OperationId, number>();
    await fc.assert(
      fc.asyncProperty(somebody, async (person) => {
        const { personId, memberships, absences, seed } = person;
        const original = await membershipsOf(world.store, personId);
        await world.become(personId, memberships, absences);
        world.written();
        const pick = picker(seed);
        try {
          for (const id of operationIds) await tryOut(id, person, pick);
        } finally {
          await world.become(personId, original, []);
        }
      }),
      // A foreign word in one answer is a finding by itself: nothing to be made smaller.
      { numRuns: 20, endOnFailure: true, examples: [...oneOfEachRole] },
    );
    // Each operation was let in at least once, so that it had something to say.
    expect(operationIds.filter((id) => !answered.has(id))).toEqual([]);
    expect(world.unexpected).toEqual([]);

    async function tryOut(id: OperationId, person: Somebody, pick: Pick): Promise<void> {
      const door = {
        personId: person.personId,
        membership: pick([
          undefined,
          ...person.memberships.map(membershipId),
          ...person.memberships.map(membershipId),
          ...(person.isBold
            ? [`${THERE}#coordinator#there-sample-office`, `${HERE}#auditor#${sampleAuthorityId}`]
            : []),
        ]),
        standingInFor: pick([undefined, undefined, ...person.absences.map((absence) => absence.personId)]),
      };
      const acting = actingAs(person, { ...door, params: {}, query: {}, body: {} });
      const isReading = operations[id].method === "GET";
      // What is read may also be one's own; what is written to is others'.
      const isOthers = (pilot: PilotThere) =>
        acting === undefined ||
        (acting.role === "administrator" ? acting.programmeId !== pilot.programmeId : reach(acting, pilot) !== "all");
      const target = pick(isReading ? world.pilots : world.pilots.filter(isOthers));
      const ids = othersIds(target, pick);
      const said: Said = {
        ...door,
        params: paramsFor(id, ids),
        query: queryFor(id, target, pick),
        body: withOthersIds(exampleInput(id).body, ids),
      };
      const answer = await world.call(id, said);
      const { status } = answer;
      const body = id === "listErasures" && status === 200 ? withoutAskers(answer.body) : answer.body;
      const story = () => JSON.stringify({ id, said, acting, status, body: body.slice(0, 2000) });
      if (acting === undefined) expect(status, story()).toBe(403);
      else if ((operations[id].roles as readonly Role[]).includes(acting.role)) {
        answered.set(id, (answered.get(id) ?? 0) + 1);
      } else expect(status, story()).toBe(403);

      const asked = JSON.stringify(said);
      const leaked = foreignWords(acting, id, person).filter((word) => body.includes(word) && !asked.includes(word));
      expect(leaked, story()).toEqual([]);
      if (acting?.programmeId === HERE && !isAboutMe(id)) {
        // A view's id is the client's choice: this one's own view may be called like another's.
        const foreignIds = [...body.matchAll(/there-(?!view-of)[a-z0-9-]+/g)].map(([found]) => found);
        expect(
          foreignIds.filter((found) => !asked.includes(found)),
          story(),
        ).toEqual([]);
      }

      const { items, events } = world.written();
      if (acting === undefined) expect([...items, ...events], story()).toEqual([]);
      else {
        expect(
          items.filter((item) => !isOwnWrite(acting, item)),
          story(),
        ).toEqual([]);
        expect(
          events.filter(({ programmeId }) => programmeId !== acting.programmeId),
          story(),
        ).toEqual([]);
        expect(
          events.filter(({ stream }) => stream.startsWith("PILOT#")),
          story(),
        ).toEqual([]);
      }
    }
  });
});

describe("the test itself", () => {
  test("finds the words of every company with those who may read them", async () => {
    const found = new Set<string>();
    for (const { id, programmeId, state } of world.pilots) {
      const personId = inProgramme("coordinator-1", programmeId);
      for (const deliverableId of Object.keys(state.deliverables)) {
        const { body } = await world.call("getDeliverable", {
          personId,
          params: { pilotId: id, deliverableId },
          query: {},
          body: {},
        });
        for (const [word] of body.matchAll(/zz[a-z]+x/g)) found.add(word);
      }
      const { body } = await world.call("getPilot", { personId, params: { pilotId: id }, query: {}, body: {} });
      for (const [word] of body.matchAll(/zz[a-z]+x/g)) found.add(word);
    }
    const applied = world.companies.filter(({ id }) =>
      world.pilots.some(({ state }) => state.pilot.organisationId === id && state.pilot.status !== "applied"),
    );
    expect(
      applied.flatMap(({ nameWord, contentWord }) => [nameWord, contentWord]).filter((each) => !found.has(each)),
    ).toEqual([]);
  });
});
