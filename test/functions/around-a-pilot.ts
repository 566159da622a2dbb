/** A pilot with everybody around it, and what `notify` and `sendDigests` leave in the store. */

import type { Membership, Person, Programme } from "../../shared/contracts/items.ts";
import type { Role } from "../../shared/domain/actor.ts";
import { defaultParameters } from "../../shared/domain/pilot/context.ts";
import type { PilotEvent } from "../../shared/domain/pilot/events.ts";
import type { Deliverable, Pilot, PilotState, StageRun, Task } from "../../shared/domain/pilot/state.ts";
import type { NewItem, Store, StoredEvent } from "../../shared/ports/store.ts";
import { type Mail, outboxOf } from "../../shared/records/mails.ts";
import { membershipItem, personItem, programmeItem } from "../../shared/records/people.ts";
import { changeOf } from "../../shared/records/pilot-items.ts";
import { asRead } from "../support/as-read.ts";

export const portalUrl = "https://fairway.example";

/** A clock that stands until it is set. */
export function standingClock(instant: string) {
  let now = instant;
  return {
    now: () => new Date(now),
    set(next: string) {
      now = next;
    },
  };
}

const programme: Programme = {
  id: "programme",
  name: "Programme",
  parameters: defaultParameters,
  sample: false,
  startsOn: "2026-01-01",
  endsOn: "2029-12-31",
};

/** Person id → role, organisation and country. */
const cast: Readonly<Record<string, readonly [role: Role, organisationId: string, country: string]>> = {
  admin: ["sme_admin", "company", "LV"],
  member: ["sme_member", "company", "LV"],
  advisor: ["advisor", "cluster", "EE"],
  expert: ["expert", "law-office", "SE"],
  lab: ["living_lab", "lab-house", "FI"],
  coordinator: ["coordinator", "office", "EE"],
  "second-coordinator": ["coordinator", "office", "EE"],
  auditor: ["auditor", "office", "EE"],
  successor: ["advisor", "cluster", "EE"],
  rival: ["sme_admin", "other-company", "LT"],
};

const memberships: readonly Membership[] = Object.entries(cast).map(([personId, [role, organisationId]]) => ({
  personId,
  programmeId: programme.id,
  role,
  organisationId,
  maySubmit: true,
}));

const people: readonly Person[] = Object.entries(cast).map(([id, [, , country]]) => ({
  id,
  name: `Person ${id}`,
  email: `${id}@example.org`,
  language: "en",
  country,
  sample: false,
}));

const pilot: Pilot = {
  id: "pilot",
  version: 1,
  programmeId: programme.id,
  organisationId: "company",
  title: "Company: service",
  country: "LV",
  status: "active",
  appliedAt: "2027-01-04T08:00:00.000Z",
  team: [
    { personId: "advisor", role: "advisor", country: "EE" },
    { personId: "expert", role: "expert", country: "SE" },
    { personId: "lab", role: "living_lab", country: "FI" },
  ],
  currentRunId: "feasibility-1",
  secondaryMarkets: [],
  conditions: [],
  supportHours: 0,
  aidCents: 0,
  followUps: [],
  sample: false,
};

const run: StageRun = {
  id: "feasibility-1",
  version: 1,
  stageId: "feasibility",
  status: "active",
  processVersion: 1,
  startedAt: "2027-02-01T08:00:00.000Z",
  executionNumber: 1,
};

const deliverable = (id: string, overrides: Partial<Deliverable> = {}): Deliverable => ({
  id,
  version: 1,
  definitionId: id,
  runId: run.id,
  status: "in_progress",
  formVersion: 1,
  startedAt: "2027-02-01T08:00:00.000Z",
  dueAt: "2027-03-10T21:59:00.000Z",
  dueDateChanges: [],
  draftVersion: 1,
  revision: 0,
  late: false,
  reviews: [],
  openFields: [],
  ...overrides,
});

const task = (id: string, overrides: Partial<Task>): Task => ({
  id,
  version: 1,
  kind: "produce",
  title: id,
  status: "ready",
  priority: "normal",
  runId: run.id,
  candidateRole: "sme",
  createdAt: "2027-02-01T08:00:00.000Z",
  dueAt: "2027-03-10T21:59:00.000Z",
  estimatedHours: 8,
  reminders: [],
  fired: [],
  ...overrides,
});

const byId = <Entity extends { readonly id: string }>(entities: readonly Entity[]): Readonly<Record<string, Entity>> =>
  Object.fromEntries(entities.map((entity) => [entity.id, entity]));

/** In feasibility: FS-3 with the expert, FS-5 and FS-2 with the company, FS-6 with the lab; the gate is open. */
export function pilotState(overrides: Partial<Pilot> = {}): PilotState {
  return {
    sequence: 1,
    pilot: { ...pilot, ...overrides },
    runs: { [run.id]: run },
    deliverables: byId(["FS-2", "FS-3", "FS-5", "FS-6"].map((id) => deliverable(id))),
    tasks: byId([
      task("FS-2.produce.1", { deliverableId: "FS-2" }),
      task("FS-2.review.1", { deliverableId: "FS-2", kind: "review", candidateRole: "advisor" }),
      task("FS-3.produce.1", {
        deliverableId: "FS-3",
        candidateRole: "expert",
        status: "reserved",
        assigneeId: "expert",
        ownerId: "expert",
      }),
      task("FS-5.produce.1", { deliverableId: "FS-5", assigneeId: "member", ownerId: "member", status: "in_progress" }),
      task("FS-6.produce.1", { deliverableId: "FS-6", candidateRole: "living_lab", assigneeId: "lab" }),
    ]),
    gates: {
      "feasibility-1": {
        runId: "feasibility-1",
        version: 1,
        gateId: "G2",
        round: 1,
        status: "open",
        openedAt: "2027-03-20T08:00:00.000Z",
        decideBy: "2027-04-05T20:59:00.000Z",
        scores: [],
        scoresNeeded: { coordinator: 1, expert: 1 },
        decisions: [],
      },
    },
    supportRecords: {},
  };
}

const create = (store: Store, items: readonly NewItem[]) =>
  store.derive(items.map((item) => ({ kind: "put", item, expectedVersion: 0 })));

/** Writes the programme, its people and the pilots; `change` alters what a membership or person is. */
export async function populate(
  store: Store,
  states: readonly PilotState[] = [pilotState()],
  change: {
    readonly membership?: (membership: Membership) => Membership;
    readonly person?: (person: Person) => Person;
  } = {},
): Promise<void> {
  const { membership = (each: Membership) => each, person = (each: Person) => each } = change;
  await create(store, [
    programmeItem(programme),
    ...people.map((each) => personItem(person(each))),
    ...memberships.map((each) => membershipItem(membership(each))),
  ]);
  for (const state of states) await store.derive(changeOf(undefined, state).writes);
}

/** As the store hands it out; sequence numbers tell events of one pilot apart. */
export function storedEvent(
  sequence: number,
  event: Pick<PilotEvent, "type" | "data"> & Partial<Pick<PilotEvent, "actor" | "at" | "reason">>,
  pilotId = "pilot",
): StoredEvent {
  return {
    id: `PILOT#${pilotId}/${sequence}`,
    stream: `PILOT#${pilotId}`,
    sequence,
    programmeId: programme.id,
    at: "2027-03-10T06:00:00.000Z",
    actor: { personId: "system", role: "system" },
    ...event,
    data: { ...event.data, pilotId },
  };
}

/** As they are read. */
export async function mailsIn(store: Store): Promise<readonly Mail[]> {
  const { items } = await outboxOf(store, programme.id);
  return items.map((mail) => ({ ...mail, subject: asRead(mail.subject), text: asRead(mail.text) }));
}

export const addressees = (mails: readonly Mail[]): readonly string[] => mails.map(({ personId }) => personId).sort();
