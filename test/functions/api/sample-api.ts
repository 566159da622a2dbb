import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { type ApiRequest, type ApiResponse, createApi } from "../../../functions/api/api.ts";
import { createTokenVerifier } from "../../../functions/api/token.ts";
import { createProject } from "../../../functions/events/project.ts";
import { createEngineRoom } from "../../../local/engine-room.ts";
import { stateMachineDefinition, stateMachineNames } from "../../../local/functions.ts";
import { seedPeople } from "../../../local/sample/people.ts";
import { seedPilots } from "../../../local/sample/pilots.ts";
import { openStates } from "../../../local/states/states.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import type { Membership, Organisation, Person, Programme } from "../../../shared/contracts/items.ts";
import { type OperationId, operations } from "../../../shared/contracts/operations.ts";
import type { Role } from "../../../shared/domain/actor.ts";
import { defaultParameters } from "../../../shared/domain/pilot/context.ts";
import type { Store, StoredEvent } from "../../../shared/ports/store.ts";
import {
  actorOf,
  membershipItem,
  organisationItem,
  personItem,
  programmeItem,
} from "../../../shared/records/people.ts";
import { createPilotRecords, type PilotRecords } from "../../../shared/records/pilots.ts";
import { filledStore } from "../../support/filled-store.ts";

/** A pilot of the sample programme that has a team: advisor-1, expert-1, expert-2, lab-1. */
export const PILOT_ID = "sample-needs";

/** A pilot of another programme, and words of it that nobody of the sample programme may read. */
export const FOREIGN_PILOT_ID = "secret-pilot";
export const FOREIGN_EXECUTION = "secret-pilot-needs-1-1";
export const FOREIGN_PERSON_ID = "secret-admin";
export const FOREIGN_WORDS = ["Secret harbour", "Secret company", "Secret person", "secret-programme"];

/** One person of each role; those with a pilot have to do with `PILOT_ID`. */
export const insiders: Readonly<Record<Role, string>> = {
  // The company has no member; its admin has every right of one.
  sme_member: "sme-birch-admin",
  sme_admin: "sme-birch-admin",
  advisor: "advisor-1",
  expert: "expert-1",
  living_lab: "lab-1",
  coordinator: "coordinator-1",
  auditor: "auditor-1",
  administrator: "admin-1",
};

/** The same roles, of people who have nothing to do with that pilot. */
export const outsiders: Readonly<Partial<Record<Role, string>>> = {
  sme_member: "sme-aurora-member",
  sme_admin: "sme-aurora-admin",
  advisor: "advisor-2",
  expert: "expert-3",
  living_lab: "lab-2",
};

/** Somebody who may call an operation. */
export const callerOf = (id: OperationId): string => insiders[operations[id].roles[0]];

const ISSUER = "https://fairway.example/identity";
const AUDIENCE = "fairway-api";

export interface Input {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

const now = new Date("2027-03-10T09:00:00.000Z");
const clock = { now: () => now };

let made: Promise<Uint8Array> | undefined;

/** The API in this process, over the people and pilots of the sample programme and one pilot of another programme. */
export async function openSampleApi() {
  const folder = await mkdtemp(join(tmpdir(), "fairway-api-"));
  const file = join(folder, "store.sqlite");
  made ??= filledStore(seed);
  await writeFile(file, await made);
  const store = openSqliteStore(file, { synced: false });
  const pilots = createPilotRecords({ store, clock });

  const keys = await generateKeyPair("ES256");
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "own", alg: "ES256" }] };
  const verifier = createTokenVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: () => jwks, now: () => now });
  const states = openStates({ file: ":memory:", clock: { ...clock, at: () => () => {} }, invoke: async () => ({}) });
  for (const name of stateMachineNames) {
    await states.createStateMachine({ name, definition: stateMachineDefinition(name) });
  }
  await states.startExecution({ stateMachine: "stage-run", name: "an-id", input: { pilotId: PILOT_ID } });
  await states.startExecution({
    stateMachine: "stage-run",
    name: FOREIGN_EXECUTION,
    input: { pilotId: FOREIGN_PILOT_ID },
  });
  await states.whenIdle();
  const unexpected: unknown[] = [];
  const movedTo: Date[] = [];
  const api = createApi({
    store,
    clock,
    pilots,
    executions: { read: async () => undefined },
    engineRoom: createEngineRoom(states),
    clockControl: {
      moveTo: async (instant) => {
        movedTo.push(instant);
      },
    },
    verifyToken: verifier.verify,
    onUnexpected: (error) => unexpected.push(error),
  });

  /** A token as the provider issues it; `claims` replace its own. */
  function tokenOf(personId: string, claims: JWTPayload = {}, key = keys.privateKey): Promise<string> {
    const issuedAt = now.getTime() / 1000;
    return new SignJWT({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: personId,
      iat: issuedAt,
      exp: issuedAt + 3600,
      ...claims,
    })
      .setProtectedHeader({ alg: "ES256", kid: "own" })
      .sign(key);
  }
  const tokens = new Map<string, Promise<string>>();

  /** Signs in as the person once and says what is to be said. */
  async function send(personId: string, request: Omit<ApiRequest, "headers"> & Pick<Input, "headers">) {
    const token = tokens.get(personId) ?? tokenOf(personId);
    tokens.set(personId, token);
    const headers = {
      authorization: `Bearer ${await token}`,
      "content-type": "application/json",
      ...request.headers,
    };
    return api.handle({ ...request, headers });
  }

  function call(personId: string, id: OperationId, input: Input = {}): Promise<ApiResponse> {
    const { method, path } = operations[id];
    const { params = {}, query = {}, body = {}, headers = {} } = input;
    return send(personId, {
      method,
      path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name]))),
      query,
      headers,
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
  }

  const watcher = new DatabaseSync(file, { readOnly: true });
  const dataVersion = watcher.prepare("PRAGMA data_version");

  return {
    call,
    send,
    tokenOf,
    pilots,
    unexpected,
    /** Differs from an earlier answer as soon as anything at all was written, be it what was there before. */
    writes(): string {
      return JSON.stringify([dataVersion.get(), movedTo]);
    },
    /** The text of everything in the store, events too. */
    everything(): string {
      const rows = watcher.prepare("SELECT pk || data AS text FROM items UNION ALL SELECT body FROM events").all();
      return rows.map(({ text }) => String(text)).join("\n");
    },
    async close() {
      watcher.close();
      await states.close();
      store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type SampleApi = Awaited<ReturnType<typeof openSampleApi>>;

async function seed(file: string): Promise<void> {
  using store = openSqliteStore(file, { synced: false });
  const pilots = createPilotRecords({ store, clock });
  await seedPeople({ store, clock });
  await seedPilots({ store, clock, progress: () => {} });
  await seedForeignProgramme(store, pilots);
  await projectAll(store, pilots);
}

/** The last event of each pilot: what is projected rests on the pilot as it is now. */
async function projectAll(store: SqliteStore, pilots: PilotRecords): Promise<void> {
  const project = createProject({ store, pilots });
  const last = new Map<string, StoredEvent>();
  let position = "";
  for (;;) {
    const batch = await store.read(position, 1000);
    if (batch.events.length === 0) break;
    for (const event of batch.events) last.set(event.stream, event);
    position = batch.position;
  }
  for (const event of last.values()) await project(event);
}

async function seedForeignProgramme(store: Store, pilots: PilotRecords): Promise<void> {
  const programme: Programme = {
    id: "secret-programme",
    name: "Secret programme",
    parameters: defaultParameters,
    sample: false,
    startsOn: "2026-01-01",
    endsOn: "2029-12-31",
  };
  const organisation: Organisation = {
    id: "secret-company",
    programmeId: programme.id,
    name: "Secret company",
    country: "LV",
    kind: "sme",
  };
  const person: Person = {
    id: FOREIGN_PERSON_ID,
    name: "Secret person",
    email: "secret@example.org",
    language: "en",
    country: "LV",
    sample: false,
  };
  const membership: Membership = {
    personId: person.id,
    programmeId: programme.id,
    role: "sme_admin",
    organisationId: organisation.id,
    maySubmit: true,
  };
  const items = [
    programmeItem(programme),
    organisationItem(organisation),
    personItem(person),
    membershipItem(membership),
  ];
  await store.derive(items.map((item) => ({ kind: "put", item, expectedVersion: 0 })));
  await pilots.change(
    FOREIGN_PILOT_ID,
    {
      type: "StartApplication",
      pilotId: FOREIGN_PILOT_ID,
      organisationId: organisation.id,
      country: organisation.country,
      title: "Secret harbour",
      sample: false,
    },
    actorOf(membership),
  );
}
