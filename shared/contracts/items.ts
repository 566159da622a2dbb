/**
 * Every key and every item of the one table: how the domain's records lie in the store.
 *
 * | record            | pk                        | sk                         | gsi1                                   | gsi2 |
 * | ----------------- | ------------------------- | -------------------------- | -------------------------------------- | ---- |
 * | pilot             | PILOT#id                  | PILOT                      | PROGRAMME#p#PILOTS / stage#status#id   | ORGANISATION#o#PILOTS / id |
 * | next action       | PILOT#id                  | NEXT                       |                                        | DUE#p / instant#id |
 * | run, gate         | PILOT#id                  | RUN#run, GATE#run          |                                        | |
 * | deliverable, task | PILOT#id                  | DELIVERABLE#id, TASK#id    |                                        | |
 * | support record    | PILOT#id                  | HOURS#event's number       |                                        | |
 * | team member       | PILOT#id                  | TEAM#person                | PERSON#person#PILOTS / id              | |
 * | inbox entry       | PILOT#id                  | INBOX#task#recipient       | INBOX#recipient / dueAt#pilot#task     | |
 * | draft, revision   | FORMS#pilot               | DRAFT#d, REVISION#d#0001   |                                        | |
 * | wait              | WAITS#pilot               | run#place#token's digest   |                                        | WAITS#p / instant#pilot#run#place… |
 * | programme         | PROGRAMME#p               | PROGRAMME                  | PROGRAMMES / p                         | |
 * | day of forgetting | PROGRAMME#p               | FORGOTTEN                  |                                        | |
 * | organisation      | ORGANISATION#o            | ORGANISATION               | PROGRAMME#p#ORGANISATIONS / country#o  | |
 * | person            | PERSON#id                 | PERSON                     | PEOPLE / email                         | |
 * | membership        | PERSON#id                 | MEMBERSHIP#p#role#o        | PROGRAMME#p#MEMBERS / role#person      | ORGANISATION#o#MEMBERS / person |
 * | notice            | NOTICES#person            | event#p#instant#event      |                                        | |
 * | digest            | NOTICES#person            | digest#p                   |                                        | DIGEST#p / instant#person (while waiting) |
 * | mail              | MAIL#key                  | MAIL                       | OUTBOX#p / instant#key                 | MAILS#WAITING / instant#key (while waiting) |
 * | file              | FILES#pilot               | FILE#id                    |                                        | |
 * | settings          | PERSON#id                 | SETTINGS                   |                                        | |
 * | calendar          | CALENDAR#sha256           | LINK                       |                                        | |
 * | saved view        | VIEWS#p                   | VIEW#id                    | PERSON#person#VIEWS#p / id             | |
 * | absence           | PERSON#id                 | ABSENCE#p                  | PERSON#substitute#STANDS-IN / until#person | |
 * | erasure           | PERSON#id                 | ERASURE#p                  | PROGRAMME#p#ERASURES / askedAt#person  | |
 * | e-mail address    | EMAIL#address             | PERSON                     |                                        | |
 * | dead address      | EMAIL#address             | UNDELIVERABLE              |                                        | |
 * | access            | ACCESS#pilot              | day#person#what            | PROGRAMME#p#ACCESS / instant#pilot…    | |
 * | counters          | COUNTERS#p                | PIPELINE                   |                                        | |
 * | contribution      | COUNTERS#p                | PILOT#id                   |                                        | |
 * | finished step     | COUNTERS#p                | STEP#step                  |                                        | |
 */
import type { Role } from "../domain/actor.ts";
import type { ProgrammeParameters } from "../domain/pilot/context.ts";
import { nextActionAt } from "../domain/pilot/deadlines.ts";
import { waitsFor } from "../domain/pilot/dependencies.ts";
import { hasAnotherSeat } from "../domain/pilot/gates.ts";
import { progressOf } from "../domain/pilot/progress.ts";
import type { Deliverable, Gate, Pilot, PilotState, StageRun, SupportRecord, Task } from "../domain/pilot/state.ts";
import { isOpenTask } from "../domain/pilot/state.ts";
import type { Wait } from "../domain/pilot/waits.ts";
import type { Item, Key, NewItem } from "../ports/store.ts";
import { schemaOf } from "./upcasters.ts";

export interface Programme {
  readonly id: string;
  readonly name: string;
  readonly parameters: ProgrammeParameters;
  /** Sample programmes are marked on every page and let anybody sign in as one of their people. */
  readonly sample: boolean;
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface Organisation {
  readonly id: string;
  readonly programmeId: string;
  readonly name: string;
  readonly country: string;
  readonly kind: "sme" | "programme_office" | "advisory" | "living_lab" | "expertise" | "authority";
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** BCP 47. */
  readonly language: string;
  readonly country: string;
  readonly sample: boolean;
}

export interface Membership {
  readonly personId: string;
  readonly programmeId: string;
  readonly role: Role;
  readonly organisationId: string;
  /** SME members: may submit deliverables. */
  readonly maySubmit: boolean;
  /** Date; from the end of this day on the membership gives no right. */
  readonly until?: string;
  /** Instant; kept until the person comes for the first time. */
  readonly invitedAt?: string;
}

/** One line of somebody's list of work. */
export interface InboxEntry {
  readonly pilotId: string;
  readonly pilotTitle: string;
  readonly country: string;
  readonly market?: string;
  readonly sample: boolean;
  readonly task: Task;
  /** Ids of the deliverables that must be accepted before what the task makes may be submitted; absent if none. */
  readonly waitsFor?: readonly string[];
  /** Red pilot. */
  readonly atRisk: boolean;
}

/** A task token the workflow waits with; answered when `answerTo` says so. */
export type WaitRecord = Wait & {
  readonly pilotId: string;
  readonly programmeId: string;
  readonly runId: string;
  readonly taskToken: string;
  readonly openedAt: string;
};

export type WaitPlace = Wait & Pick<WaitRecord, "pilotId" | "runId">;

export interface DraftRecord {
  readonly deliverableId: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly draftVersion: number;
  readonly savedBy: string;
  readonly savedAt: string;
}

/** Immutable. */
export interface RevisionRecord {
  readonly deliverableId: string;
  readonly revision: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly formVersion: number;
  readonly processVersion: number;
  readonly checksum: string;
  readonly submittedBy: string;
  readonly submittedAt: string;
}

export const key = {
  pilot: (pilotId: string): Key => ({ pk: pilotPartition(pilotId), sk: "PILOT" }),
  draft: (pilotId: string, deliverableId: string): Key => ({ pk: `FORMS#${pilotId}`, sk: `DRAFT#${deliverableId}` }),
  revision: (pilotId: string, deliverableId: string, revision: number): Key => ({
    pk: `FORMS#${pilotId}`,
    sk: `REVISION#${deliverableId}#${String(revision).padStart(4, "0")}`,
  }),
  /** The place of a wait: one for the two of a deliverable, whose execution is in one of them at a time. */
  wait: ({ pilotId, runId, ...wait }: WaitPlace): Key => ({
    pk: `WAITS#${pilotId}`,
    sk: "deliverableId" in wait ? `${runId}#deliverable#${wait.deliverableId}` : `${runId}#${wait.slot}`,
  }),
  programme: (programmeId: string): Key => ({ pk: `PROGRAMME#${programmeId}`, sk: "PROGRAMME" }),
  organisation: (organisationId: string): Key => ({ pk: `ORGANISATION#${organisationId}`, sk: "ORGANISATION" }),
  person: (personId: string): Key => ({ pk: `PERSON#${personId}`, sk: "PERSON" }),
  counters: (programmeId: string): Key => ({ pk: `COUNTERS#${programmeId}`, sk: "PIPELINE" }),
  contribution: (programmeId: string, pilotId: string): Key => ({
    pk: `COUNTERS#${programmeId}`,
    sk: `PILOT#${pilotId}`,
  }),
  finishedStep: (programmeId: string, step: string): Key => ({ pk: `COUNTERS#${programmeId}`, sk: `STEP#${step}` }),
};

export const pilotPartition = (pilotId: string): string => `PILOT#${pilotId}`;
/** The stream of a pilot's events. */
export const pilotStream = (pilotId: string): string => `PILOT#${pilotId}`;
export const programmeStream = (programmeId: string): string => `PROGRAMME#${programmeId}`;

/** Whose inbox: a person's, an SME's, or the coordinators' of a programme. */
export const inbox = {
  person: (personId: string): string => `INBOX#PERSON#${personId}`,
  organisation: (organisationId: string): string => `INBOX#ORGANISATION#${organisationId}`,
  coordinators: (programmeId: string): string => `INBOX#COORDINATORS#${programmeId}`,
};

export function inboxEntryOf(state: PilotState, task: Task): InboxEntry {
  const { pilot } = state;
  const waited = waitsFor(state, task);
  return {
    pilotId: pilot.id,
    pilotTitle: pilot.title,
    country: pilot.country,
    ...(pilot.primaryMarket === undefined ? {} : { market: pilot.primaryMarket }),
    sample: pilot.sample,
    task,
    ...(waited.length === 0 ? {} : { waitsFor: waited }),
    atRisk: pilot.atRiskSince !== undefined,
  };
}

/** Everybody in whose list a task belongs: who has it, who owns it, or all who may claim it. */
function recipients(state: PilotState, task: Task): readonly string[] {
  const { pilot } = state;
  const all = new Set<string>();
  if (task.candidateRole === "sme") all.add(inbox.organisation(pilot.organisationId));
  if (task.candidateRole === "coordinator") all.add(inbox.coordinators(pilot.programmeId));
  if (task.assigneeId !== undefined) all.add(inbox.person(task.assigneeId));
  if (task.ownerId !== undefined) all.add(inbox.person(task.ownerId));
  if (task.assigneeId === undefined) {
    for (const { personId, role } of pilot.team) {
      if (role === task.candidateRole && !hasAnotherSeat(state, task, personId)) all.add(inbox.person(personId));
    }
  }
  return [...all];
}

const currentStage = (state: PilotState): string => {
  const run = state.pilot.currentRunId === undefined ? undefined : state.runs[state.pilot.currentRunId];
  return run?.stageId ?? "intake";
};

/** Plain JSON of a record: what is undefined is left out. A record that did not change gives the same object again. */
function plain(record: object): Readonly<Record<string, unknown>> {
  const known = plainOf.get(record);
  if (known !== undefined) return known;
  const made: Record<string, unknown> = JSON.parse(JSON.stringify(record));
  plainOf.set(record, made);
  return made;
}

const plainOf = new WeakMap<object, Readonly<Record<string, unknown>>>();

/** All items of a pilot's state. `fromItems` is its inverse. */
export function toItems(state: PilotState): NewItem[] {
  const { pilot } = state;
  const pk = pilotPartition(pilot.id);
  const items: NewItem[] = [
    {
      pk,
      sk: "PILOT",
      type: "pilot",
      gsi1pk: `PROGRAMME#${pilot.programmeId}#PILOTS`,
      gsi1sk: `${currentStage(state)}#${pilot.status}#${pilot.id}`,
      gsi2pk: `ORGANISATION#${pilot.organisationId}#PILOTS`,
      gsi2sk: pilot.id,
      data: {
        schema: schemaOf("pilot"),
        sequence: state.sequence,
        pilot: plain(pilot),
        progress: plain(progressOf(state)),
      },
    },
  ];
  const next = nextActionAt(state);
  if (next !== undefined) {
    items.push({
      pk,
      sk: "NEXT",
      type: "next_action",
      gsi2pk: `DUE#${pilot.programmeId}`,
      gsi2sk: `${next}#${pilot.id}`,
      data: { pilotId: pilot.id, at: next },
    });
  }
  for (const member of pilot.team) {
    items.push({
      pk,
      sk: `TEAM#${member.personId}`,
      type: "team_member",
      gsi1pk: `PERSON#${member.personId}#PILOTS`,
      gsi1sk: pilot.id,
      data: { pilotId: pilot.id, ...member },
    });
  }
  for (const run of Object.values(state.runs))
    items.push({ pk, sk: `RUN#${run.id}`, type: "stage_run", data: plain(run) });
  for (const deliverable of Object.values(state.deliverables)) {
    items.push({ pk, sk: `DELIVERABLE#${deliverable.id}`, type: "deliverable", data: plain(deliverable) });
  }
  for (const gate of Object.values(state.gates))
    items.push({ pk, sk: `GATE#${gate.runId}`, type: "gate", data: plain(gate) });
  for (const record of Object.values(state.supportRecords))
    items.push({ pk, sk: `HOURS#${record.id}`, type: "support_record", data: plain(record) });
  for (const task of Object.values(state.tasks)) {
    items.push({ pk, sk: `TASK#${task.id}`, type: "task", data: plain(task) });
    if (!isOpenTask(task) && task.status !== "suspended") continue;
    const entry = inboxEntryOf(state, task);
    for (const recipient of recipients(state, task)) {
      items.push({
        pk,
        sk: `INBOX#${task.id}#${recipient}`,
        type: "inbox",
        gsi1pk: recipient,
        gsi1sk: `${task.dueAt}#${pilot.id}#${task.id}`,
        data: plain(entry),
      });
    }
  }
  return items;
}

/** A pilot's state from the items of its partition; undefined when there is no pilot item among them. */
export function fromItems(items: readonly Item[]): PilotState | undefined {
  const head = items.find((item) => item.sk === "PILOT");
  if (head === undefined) return undefined;
  const byId = <Entity>(type: string, idOf: (entity: Entity) => string): Record<string, Entity> =>
    Object.fromEntries(
      items
        .filter((item) => item.type === type)
        .map((item) => {
          // What comes from the store is plain already.
          plainOf.set(item.data, item.data);
          const entity = stored<Entity>(item.data);
          return [idOf(entity), entity];
        }),
    );
  const { sequence, pilot } = stored<{ sequence: number; pilot: Pilot }>(head.data);
  return {
    sequence,
    pilot,
    runs: byId<StageRun>("stage_run", (run) => run.id),
    deliverables: byId<Deliverable>("deliverable", (deliverable) => deliverable.id),
    tasks: byId<Task>("task", (task) => task.id),
    gates: byId<Gate>("gate", (gate) => gate.runId),
    supportRecords: byId<SupportRecord>("support_record", (record) => record.id),
  };
}

/** What we wrote ourselves is read back as what it was: only `toItems` and its neighbours write these types. */
export const stored = <Entity>(data: Readonly<Record<string, unknown>>): Entity => data as unknown as Entity;
