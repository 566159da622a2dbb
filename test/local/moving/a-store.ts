import { createHash } from "node:crypto";
import fc from "fast-check";
import type { NewItem } from "../../../shared/ports/store.ts";
import type { TestHouse } from "../../support/houses.ts";

/** A small store with some of everything, of two programmes that share people; what is in it, nobody checks. */
export interface AStore {
  readonly data: Readonly<Record<string, unknown>>;
  readonly pilots: readonly { readonly programmeId: string; readonly events: number; readonly tasks: number }[];
  readonly files: readonly Uint8Array<ArrayBuffer>[];
  readonly extraVersions: number;
}

/** Texts with everything that might be mistaken for the end of a line or of a string. */
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u2028\u2029\n\r\n", '"}\\', "\u0000", "õ𐐷"));
const json = fc.dictionary(
  text.filter((name) => name !== "__proto__"),
  fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.array(text, { maxLength: 2 })),
  { maxKeys: 4 },
);

export const aStore: fc.Arbitrary<AStore> = fc.record({
  data: json.map((record) => JSON.parse(JSON.stringify(record))),
  pilots: fc.array(
    fc.record({ programmeId: fc.constantFrom("p1", "p2"), events: fc.integer({ min: 1, max: 4 }), tasks: fc.nat(3) }),
    { maxLength: 5 },
  ),
  files: fc.array(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
    { maxLength: 3 },
  ),
  extraVersions: fc.nat(2),
});

export async function fill({ store, files }: TestHouse, given: AStore): Promise<void> {
  const { data } = given;
  const items: NewItem[] = [
    ...["p1", "p2"].flatMap((id): NewItem[] => [
      {
        pk: `PROGRAMME#${id}`,
        sk: "PROGRAMME",
        type: "programme",
        gsi1pk: "PROGRAMMES",
        gsi1sk: id,
        data: { id, data },
      },
      { pk: `COUNTERS#${id}`, sk: "PIPELINE", type: "pipeline", data },
      {
        pk: "PERSON#both",
        sk: `MEMBERSHIP#${id}#sme#o`,
        type: "membership",
        data: { personId: "both", programmeId: id },
      },
      { pk: `PERSON#${id}`, sk: "PERSON", type: "person", data: { id, email: `${id}@example.org`, data } },
      { pk: `PERSON#${id}`, sk: `MEMBERSHIP#${id}`, type: "membership", data: { personId: id, programmeId: id } },
      { pk: `EMAIL#${id}@example.org`, sk: "PERSON", type: "email", data: { personId: id } },
      { pk: `MAIL#${id}`, sk: "MAIL", type: "mail", data: { programmeId: id, delivery: { status: "sent" } } },
    ]),
    { pk: "PERSON#both", sk: "PERSON", type: "person", data: { id: "both", email: "both@example.org" } },
    { pk: "PERSON#both", sk: "SETTINGS", type: "settings", data },
    { pk: "CALENDAR#abc", sk: "LINK", type: "calendar", data: { personId: "both" } },
    { pk: "WAITS#0", sk: "w", type: "wait", data: { programmeId: "p1", taskToken: "secret" } },
  ];
  for (const [index, content] of given.files.entries()) {
    const sha256 = createHash("sha256").update(content).digest("hex");
    const file = {
      id: `file-${index}`,
      pilotId: "0",
      programmeId: "p1",
      bytes: content.length,
      sha256,
      storedAt: "2027",
    };
    items.push({ pk: "FILES#0", sk: `FILE#${file.id}`, type: "file", data: file });
    await files.write(file.id, inOnePiece(content), file);
  }
  for (const item of items) await store.derive([{ kind: "put", item, expectedVersion: 0 }]);
  for (let version = 1; version <= given.extraVersions; version += 1) {
    const item = { pk: "PERSON#both", sk: "SETTINGS", type: "settings", data: { ...data, version } };
    await store.derive([{ kind: "put", item, expectedVersion: version }]);
  }
  for (const [index, { programmeId, events, tasks }] of given.pilots.entries()) {
    const pk = `PILOT#${index}`;
    for (let sequence = 1; sequence <= events; sequence += 1) {
      const pilot = { id: String(index), programmeId, status: "completed", endedAt: "2027" };
      const head: NewItem = { pk, sk: "PILOT", type: "pilot", data: { sequence, pilot, data } };
      await store.commit({
        writes: [{ kind: "put", item: head, expectedVersion: sequence - 1 }],
        event: eventOf(pk, sequence, programmeId, data),
      });
    }
    for (let task = 0; task < tasks; task += 1) {
      const item = { pk, sk: `TASK#${task}`, type: "task", gsi1pk: "INBOX#x", gsi1sk: `${index}#${task}`, data };
      await store.derive([{ kind: "put", item, expectedVersion: 0 }]);
    }
  }
  await store.commit({ writes: [], event: eventOf("PERSON#both", 1, "p1", data) });
  await store.commit({ writes: [], event: eventOf("PERSON#both", 2, "p2", data) });
}

const eventOf = (stream: string, sequence: number, programmeId: string, data: AStore["data"]) => ({
  stream,
  sequence,
  programmeId,
  type: "Happened",
  at: new Date(Date.UTC(2027, 0, 1, 0, 0, sequence)).toISOString(),
  actor: { personId: "both", role: "sme" },
  reason: "Because\u2028of it.",
  data,
});

async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
