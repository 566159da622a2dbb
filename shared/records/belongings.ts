/**
 * Which programmes a record belongs to: what goes along when a programme moves to another store.
 *
 * Every type of item is named here, so that a new one is refused until somebody has said whose it is, and none is lost in
 * silence. People are moved with each of their programmes, with what is theirs alone: settings, calendar link, the stream
 * of their settings.
 */
import { type Person, stored } from "../contracts/items.ts";
import type { Pilot } from "../domain/pilot/state.ts";
import type { Item } from "../ports/store.ts";
import type { StoredRecord } from "../ports/store-dump.ts";
import type { FileRecord } from "./files.ts";

type Owner = "pilot" | "programme" | "person" | "address" | "this store";

const ownerOf: Readonly<Record<string, Owner>> = {
  pilot: "pilot",
  next_action: "pilot",
  team_member: "pilot",
  stage_run: "pilot",
  deliverable: "pilot",
  gate: "pilot",
  support_record: "pilot",
  task: "pilot",
  inbox: "pilot",
  draft: "pilot",
  revision: "pilot",
  file: "programme",
  programme: "programme",
  organisation: "programme",
  membership: "programme",
  absence: "programme",
  view: "programme",
  notice: "programme",
  digest: "programme",
  mail: "programme",
  pipeline: "programme",
  pipeline_contribution: "programme",
  finished_step: "programme",
  access: "programme",
  erasure: "programme",
  forgotten: "programme",
  person: "person",
  settings: "person",
  calendar: "person",
  email: "address",
  dead_address: "address",
  // Task tokens mean nothing to another engine, positions nothing to another feed.
  wait: "this store",
  consumer: "this store",
  failed_event: "this store",
  move: "this store",
};

/** An item of a type this Fairway does not know: it would be lost. */
export class UnknownRecord extends Error {
  override name = "UnknownRecord" as const;
}

export interface Belongings {
  /** To be told every record once, before any is asked for. */
  learn(record: StoredRecord): void;
  /** Undefined: it stays where it is. Empty: it is nobody's, and moves with the whole store only. */
  programmesOf(record: StoredRecord): ReadonlySet<string> | undefined;
}

const PERSON_STREAM = "PERSON#";

export function createBelongings(): Belongings {
  const ofPilot = new Map<string, ReadonlySet<string>>();
  const ofPerson = new Map<string, Set<string>>();
  const peopleAt = new Map<string, Set<string>>();
  const nobodys: ReadonlySet<string> = new Set();

  const addTo = (map: Map<string, Set<string>>, name: string, member: string): void => {
    map.set(name, (map.get(name) ?? new Set()).add(member));
  };

  const ofAddress = (address: string): ReadonlySet<string> =>
    new Set([...(peopleAt.get(address) ?? [])].flatMap((personId) => [...(ofPerson.get(personId) ?? [])]));

  function programmesOfItem(item: Item): ReadonlySet<string> | undefined {
    const owner = ownerOf[item.type];
    if (owner === undefined) {
      throw new UnknownRecord(
        `${item.pk} ${item.sk} is of the type "${item.type}", which this Fairway does not know; use the one that wrote it.`,
      );
    }
    switch (owner) {
      case "pilot":
        return ofPilot.get(afterHash(item.pk)) ?? nobodys;
      case "programme":
        return new Set([programmeIdOf(item)]);
      case "person":
        return ofPerson.get(String(item.data.personId ?? afterHash(item.pk))) ?? nobodys;
      case "address":
        return ofAddress(afterHash(item.pk).toLowerCase());
      case "this store":
        return undefined;
    }
  }

  return {
    learn(record) {
      if (record.kind === "event") return;
      const { type, data } = record.item;
      if (type === "pilot") {
        const { pilot } = stored<{ pilot: Pilot }>(data);
        ofPilot.set(pilot.id, new Set([pilot.programmeId]));
      } else if (type === "membership") {
        addTo(ofPerson, String(data.personId), String(data.programmeId));
      } else if (type === "person") {
        const { id, email } = stored<Person>(data);
        addTo(peopleAt, email.toLowerCase(), id);
      }
    },

    programmesOf(record) {
      if (record.kind === "item") return programmesOfItem(record.item);
      const { stream, programmeId } = record.event;
      // A stream moves as a whole, else its sequence would have gaps.
      if (stream.startsWith(PERSON_STREAM)) return ofPerson.get(afterHash(stream)) ?? nobodys;
      return new Set([programmeId]);
    },
  };
}

/** Whose it is in a key such as "FORMS#p-1". */
const afterHash = (text: string): string => text.slice(text.indexOf("#") + 1);

function programmeIdOf({ type, pk, data }: Item): string {
  if (type === "programme") return String(data.id);
  return typeof data.programmeId === "string" ? data.programmeId : afterHash(pk);
}

/** Whose a record is that moves with a person, and so may be at the new place already because of another programme. */
export function personIn(record: StoredRecord): string | undefined {
  if (record.kind === "event") {
    const { stream } = record.event;
    return stream.startsWith(PERSON_STREAM) ? afterHash(stream) : undefined;
  }
  const { type, pk, data } = record.item;
  if (ownerOf[type] !== "person" && type !== "email") return undefined;
  return String(data.personId ?? afterHash(pk));
}

/** The file an item tells of, once its bytes have arrived. */
export function arrivedFileOf({ type, data }: Item): FileRecord | undefined {
  if (type !== "file") return undefined;
  const file = stored<FileRecord>(data);
  return file.storedAt === undefined ? undefined : file;
}
