/**
 * Two programmes in one store, each with the same companies, pilots and people: `here` and, with other ids, `there`. Every
 * text of a record carries the word of whose it is, so that whatever somebody reads tells where it came from.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ApiResponse, createApi } from "../../../functions/api/api.ts";
import { createEngineRoom } from "../../../local/engine-room.ts";
import { stateMachineDefinition, stateMachineNames } from "../../../local/functions.ts";
import { sampleActor, samplePeople, seedPeople } from "../../../local/sample/people.ts";
import { samplePilots, seedPilots } from "../../../local/sample/pilots.ts";
import { openStates } from "../../../local/states/states.ts";
import { openSqliteStore } from "../../../local/store/sqlite-store.ts";
import type { Membership } from "../../../shared/contracts/items.ts";
import { type OperationId, operations } from "../../../shared/contracts/operations.ts";
import type { PilotState } from "../../../shared/domain/pilot/state.ts";
import type { Store, Write } from "../../../shared/ports/store.ts";
import { type Absence, absenceItem } from "../../../shared/records/absences.ts";
import { announceFile, fileArrived } from "../../../shared/records/files.ts";
import { mailItem } from "../../../shared/records/mails.ts";
import { membershipItem } from "../../../shared/records/people.ts";
import { createPilotRecords } from "../../../shared/records/pilots.ts";
import { viewItem } from "../../../shared/records/views.ts";

const NOW = new Date("2027-03-10T09:00:00.000Z");
const clock = { now: () => NOW };
export const today = NOW.toISOString().slice(0, 10);

export const HERE = "sample";
export const THERE = "there-sample";
export type ProgrammeId = typeof HERE | typeof THERE;

/** What is told by its name (a company, a person, a pilot's title) and what is inside it. */
type Kind = "name" | "content";

/** Letters only, so that a search finds them as one word. */
const wordOf = (programmeId: string, owner: string, kind: Kind): string =>
  `zz${programmeId === HERE ? "here" : "there"}x${owner.replaceAll(/[^a-z]/g, "")}x${kind}x`;

export interface PilotThere {
  readonly id: string;
  readonly programmeId: ProgrammeId;
  readonly state: PilotState;
  readonly fileId: string;
  readonly noteId: string;
}

export interface Said {
  readonly personId: string;
  /** The membership acted in, by its id; without it the first. */
  readonly membership?: string | undefined;
  readonly standingInFor?: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export async function openTwoProgrammes() {
  const folder = await mkdtemp(join(tmpdir(), "fairway-isolation-"));
  const file = join(folder, "store.sqlite");
  await seed(file);
  const companies = double(file);

  const store = openSqliteStore(file, { synced: false });
  const records = createPilotRecords({ store, clock });
  const pilots: PilotThere[] = [];
  for (const programmeId of [HERE, THERE] as const) {
    for (const { pilotId } of samplePilots) {
      const id = programmeId === HERE ? pilotId : `there-${pilotId}`;
      const state = await records.load(id);
      if (state === undefined) throw new Error(`${id} was not seeded.`);
      pilots.push({ id, programmeId, state, fileId: fileIdOf(id), noteId: `PILOT#${id}/${state.sequence}` });
    }
  }

  const states = openStates({ file: ":memory:", clock: { ...clock, at: () => () => {} }, invoke: async () => ({}) });
  for (const name of stateMachineNames) {
    await states.createStateMachine({ name, definition: stateMachineDefinition(name) });
  }
  for (const { id } of pilots) {
    await states.startExecution({ stateMachine: "stage-run", name: executionOf(id), input: { pilotId: id } });
  }
  await states.whenIdle();

  const unexpected: unknown[] = [];
  const api = createApi({
    store,
    clock,
    pilots: records,
    executions: { read: async () => ({ status: "RUNNING", events: [] }) },
    engineRoom: createEngineRoom(states),
    clockControl: { moveTo: async () => {} },
    files: {
      upload: async (fileId) => signed("PUT", fileId),
      download: async (fileId) => signed("GET", fileId),
      arrived: async () => undefined,
      remove: async () => {},
    },
    // The token is not what is tested here: it is the person's id.
    verifyToken: async (personId = "") => ({ personId }),
    onUnexpected: (error) => unexpected.push(error),
  });

  const watcher = new DatabaseSync(file, { readOnly: true });
  const dataVersion = watcher.prepare("PRAGMA data_version");
  const versions = watcher.prepare("SELECT pk, sk, version, data FROM items");
  const events = watcher.prepare("SELECT position, stream, programme_id FROM events WHERE position > ?");
  let known = look();

  function look() {
    const items = new Map(
      versions.all().map((row) => [`${row.pk}\n${row.sk}`, { version: Number(row.version), data: String(row.data) }]),
    );
    const last = watcher.prepare("SELECT max(position) AS last FROM events").get();
    return { items, position: Number(last?.last ?? 0), seen: String(dataVersion.get()?.data_version) };
  }

  return {
    store,
    pilots,
    companies,
    unexpected,

    call(id: OperationId, said: Said): Promise<ApiResponse> {
      const { method, path } = operations[id];
      return api.handle({
        method,
        path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(said.params[name] ?? "")),
        query: said.query,
        headers: {
          authorization: said.personId,
          "content-type": "application/json",
          "fairway-membership": said.membership,
          "fairway-for": said.standingInFor,
        },
        ...(method === "GET" ? {} : { body: JSON.stringify(said.body) }),
      });
    },

    /** What was written since it was asked last: items with their data now (undefined: removed), and events. */
    written() {
      if (String(dataVersion.get()?.data_version) === known.seen) return { items: [], events: [] };
      const before = known;
      known = look();
      const changed = [...new Set([...before.items.keys(), ...known.items.keys()])].filter(
        (place) => before.items.get(place)?.version !== known.items.get(place)?.version,
      );
      return {
        items: changed.map((place) => {
          const [pk = "", sk = ""] = place.split("\n");
          const data = known.items.get(place)?.data ?? before.items.get(place)?.data ?? "{}";
          return { pk, sk, data: JSON.parse(data) as Record<string, unknown>, isNew: !before.items.has(place) };
        }),
        events: events.all(before.position).map((row) => ({
          stream: String(row.stream),
          programmeId: String(row.programme_id),
        })),
      };
    },

    /** Makes these the only memberships and absences of the person, and of those they stand in for. */
    async become(personId: string, memberships: readonly Membership[], absences: readonly Absence[]): Promise<void> {
      const { items } = await store.query({ pk: `PERSON#${personId}` });
      const standingIn = await store.query({ index: "gsi1", pk: `PERSON#${personId}#STANDS-IN` });
      const old = [...items.filter(({ type }) => type === "membership" || type === "absence"), ...standingIn.items];
      await store.derive(
        old.map((item) => ({ kind: "delete", key: { pk: item.pk, sk: item.sk }, expectedVersion: item.version })),
      );
      const wanted = [...memberships.map(membershipItem), ...absences.map(absenceItem)];
      const writes: Write[] = [];
      for (const item of wanted) {
        writes.push({ kind: "put", item, expectedVersion: (await store.get(item))?.version ?? 0 });
      }
      await store.derive(writes);
    },

    async close() {
      watcher.close();
      await states.close();
      store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TwoProgrammes = Awaited<ReturnType<typeof openTwoProgrammes>>;

export const executionOf = (pilotId: string): string => `${pilotId}-of-engine`;

const signed = (method: "PUT" | "GET", fileId: string) => ({
  method,
  url: `/files/${fileId}`,
  headers: {},
  expiresAt: NOW.toISOString(),
});

/** The sample programme, with one of everything that people leave behind beside the process. */
async function seed(file: string): Promise<void> {
  const store = openSqliteStore(file, { synced: false });
  const pilots = createPilotRecords({ store, clock });
  await seedPeople({ store, clock });
  await seedPilots({ store, clock, progress: () => {} });
  for (const { pilotId } of samplePilots) {
    const state = await pilots.load(pilotId);
    if (state === undefined) throw new Error(`${pilotId} was not seeded.`);
    await leaveTraces(store, pilots, state);
  }
  store.close();
}

async function leaveTraces(
  store: Store,
  pilots: ReturnType<typeof createPilotRecords>,
  { pilot }: PilotState,
): Promise<void> {
  const admin = sampleActor(`sme-${pilot.organisationId}-admin`);
  const advisor = pilot.team.find(({ role }) => role === "advisor");
  if (advisor !== undefined) {
    const internal = { type: "AddComment", text: "What the company is not told", internal: true } as const;
    await pilots.change(pilot.id, internal, sampleActor(advisor.personId));
  }
  const comment = { type: "AddComment", text: "What the company says", internal: false } as const;
  await pilots.change(pilot.id, comment, admin);
  const at = NOW.toISOString();
  const record = {
    id: fileIdOf(pilot.id),
    pilotId: pilot.id,
    programmeId: pilot.programmeId,
    deliverableId: "IN-1",
    name: "What is in the file.pdf",
    bytes: 10,
    sha256: "0".repeat(64),
    uploadedBy: admin.personId,
    begunAt: at,
  };
  const uploader = { personId: admin.personId, role: "sme_admin" } as const;
  await announceFile(store, record, { at, actor: uploader });
  await fileArrived(store, record, { at, actor: uploader });
  const view = {
    id: `view-of-${pilot.id}`,
    programmeId: pilot.programmeId,
    ownerId: admin.personId,
    name: "A view of the company",
    page: "tasks",
    filters: {},
    shared: false,
    updatedAt: at,
  };
  const mail = {
    id: `mail-of-${pilot.id}`,
    programmeId: pilot.programmeId,
    to: `${admin.personId}@sample.example`,
    personId: admin.personId,
    subject: "What the mail is about",
    text: "What the mail says",
    createdAt: at,
    eventIds: [],
    language: "en",
    sample: true,
  };
  await store.derive([
    { kind: "put", item: viewItem(view), expectedVersion: 0 },
    { kind: "put", item: mailItem(mail, { sample: true }), expectedVersion: 0 },
  ]);
}

const fileIdOf = (pilotId: string): string => `file-of-${pilotId}`;

/** A company of one of the two programmes, with the words only its records carry. */
export interface Company {
  readonly id: string;
  readonly programmeId: ProgrammeId;
  readonly nameWord: string;
  readonly contentWord: string;
}

/** The words of what belongs to a programme and to no company. */
export const wordsOfProgramme = (programmeId: ProgrammeId): readonly string[] => [
  wordOf(programmeId, "programme", "name"),
  wordOf(programmeId, "programme", "content"),
];

interface Owner {
  readonly owner: string;
  readonly kind: Kind;
}

/**
 * Writes every record a second time as one of `there`: ids changed wherever they stand, keys included. Then each text of a
 * record, of both, gets the word of its owner.
 */
function double(file: string): readonly Company[] {
  const db = new DatabaseSync(file);
  const items = db.prepare("SELECT * FROM items").all();
  const events = db.prepare("SELECT * FROM events ORDER BY position").all();
  const ids = new Set<string>(samplePilots.flatMap(({ pilotId }) => [pilotId, `file-of-${pilotId}`]));
  const companyOfPilot = new Map<string, string>();
  const companyIds = new Set<string>();
  const companyOfPerson = new Map<string, string>();
  for (const { pilotId } of samplePilots) {
    ids.add(`view-of-${pilotId}`).add(`mail-of-${pilotId}`);
  }
  for (const item of items) {
    const data = JSON.parse(String(item.data));
    if (item.type === "person" || item.type === "organisation") ids.add(data.id);
    if (item.type === "organisation" && data.kind === "sme") companyIds.add(data.id);
    if (item.type === "pilot") companyOfPilot.set(data.pilot.id, data.pilot.organisationId);
    if (item.type === "membership" && String(data.role).startsWith("sme_")) {
      companyOfPerson.set(data.personId, data.organisationId);
    }
  }
  const known = new RegExp(`(?<![\\w-])(${[...ids].sort((a, b) => b.length - a.length).join("|")})(?![\\w-])`, "g");

  /** The pilot, company or person a partition or stream is of. */
  function ownerOf(place: string): Owner {
    const [kind = "", ...rest] = place.split("#");
    const id = rest.join("#");
    const ofPilot = companyOfPilot.get(kind === "FILE" ? id.replace("file-of-", "") : id);
    if (ofPilot !== undefined) return { owner: ofPilot, kind: "content" };
    if (kind === "MAIL") {
      return { owner: companyOfPilot.get(id.replace("mail-of-", "")) ?? "programme", kind: "name" };
    }
    if (kind === "ORGANISATION" && companyIds.has(id)) return { owner: id, kind: "name" };
    return { owner: companyOfPerson.get(id) ?? "programme", kind: "name" };
  }

  const there = (text: string): string =>
    text
      .replaceAll(known, "there-$1")
      .split("#")
      .map((part) => (part === HERE ? THERE : part))
      .join("#");

  function rewritten(value: unknown, programmeId: ProgrammeId, owner: Owner, name = ""): unknown {
    if (Array.isArray(value)) return value.map((each) => rewritten(each, programmeId, owner, name));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([member, each]) => [member, rewritten(each, programmeId, owner, member)]),
      );
    }
    if (typeof value !== "string") return value;
    const kind: Kind = name === "title" || name === "pilotTitle" ? "name" : owner.kind;
    const word = wordOf(programmeId, owner.owner, kind);
    if (/^\S+@\S+$/.test(value)) return `${word}-${value}`;
    if (value.includes(" ")) return `${value} ${word}`;
    return programmeId === THERE ? there(value) : value;
  }

  db.exec("BEGIN; DELETE FROM items; DELETE FROM events");
  const putItem = db.prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const putEvent = db.prepare(`
    INSERT INTO events (stream, sequence, programme_id, programme_sort_key, type, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  for (const programmeId of [HERE, THERE] as const) {
    const place = (text: unknown) =>
      typeof text === "string" ? (programmeId === THERE ? there(text) : text) : (text as null);
    for (const { pk, sk, version, type, data, gsi1pk, gsi1sk, gsi2pk, gsi2sk } of items) {
      const owner = ownerOf(type === "view" ? `MAIL#${String(sk).replace("VIEW#view", "mail")}` : String(pk));
      const written = JSON.stringify(rewritten(JSON.parse(String(data)), programmeId, owner));
      // People are found by their address, which has a word in it now.
      const address = type === "person" ? JSON.parse(written).email : place(gsi1sk);
      const indexes = [place(gsi1pk), address, place(gsi2pk), place(gsi2sk)];
      putItem.run(place(pk), place(sk), version ?? 1, type ?? "", written, ...indexes);
    }
    for (const { stream, sequence, programme_sort_key, type, at, body } of events) {
      const written = JSON.stringify(rewritten(JSON.parse(String(body)), programmeId, ownerOf(String(stream))));
      const programme = programmeId;
      putEvent.run(place(stream), sequence ?? 1, programme, place(programme_sort_key), type ?? "", at ?? "", written);
    }
  }
  db.exec("COMMIT");
  db.close();
  return [HERE, THERE].flatMap((programmeId) =>
    [...companyIds].map((id) => ({
      id: programmeId === HERE ? id : `there-${id}`,
      programmeId: programmeId as ProgrammeId,
      nameWord: wordOf(programmeId as ProgrammeId, id, "name"),
      contentWord: wordOf(programmeId as ProgrammeId, id, "content"),
    })),
  );
}

/** People of the sample programme by their ids there. */
export const peopleHere: readonly string[] = samplePeople.map(({ person }) => person.id);
