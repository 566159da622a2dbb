import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BytesMissing, NoSuchProgramme, SourceChanged } from "../../../local/moving/export.ts";
import { NotTheSame, PlacesTaken } from "../../../local/moving/import.ts";
import { NoExport, PartDamaged } from "../../../local/moving/manifest.ts";
import type { StoredRecord } from "../../../shared/ports/store-dump.ts";
import { UnknownRecord } from "../../../shared/records/belongings.ts";
import { startDynamoDb, type TestDynamoDb } from "../../support/dynamodb.ts";
import {
  embeddedHouse,
  everythingIn,
  exported,
  imported,
  type TestHouse,
  tableHouse,
  temporaryFolder,
} from "../../support/houses.ts";
import { type AStore, aStore, fill } from "./a-store.ts";

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb[Symbol.asyncDispose]());

const sample: AStore = {
  data: { text: "Grüße" },
  pilots: [
    { programmeId: "p1", events: 3, tasks: 2 },
    { programmeId: "p2", events: 2, tasks: 1 },
  ],
  files: [new TextEncoder().encode("%PDF-1.7"), new Uint8Array()],
  extraVersions: 1,
};

async function filled(given: AStore = sample): Promise<TestHouse> {
  const house = await embeddedHouse();
  await fill(house, given);
  return house;
}

const staying = new Set(["wait", "consumer", "move"]);
const nameOf = (record: StoredRecord): string =>
  record.kind === "item" ? `${record.item.pk} ${record.item.sk}` : record.event.id;

/** All that moves, in an order of its own. */
async function goodsOf({ dump }: TestHouse): Promise<readonly unknown[]> {
  const records = await everythingIn(dump);
  return records
    .filter((record) => record.kind === "event" || !staying.has(record.item.type))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((record) => (record.kind === "item" ? record.item : record.event));
}

describe("a store that is exported and imported", () => {
  test("is the same after the way over DynamoDB and back: items, versions, events, files", async () => {
    await fc.assert(
      fc.asyncProperty(aStore, fc.integer({ min: 1, max: 40 }), async (given, partRecords) => {
        await using first = await filled(given);
        await using table = await tableHouse(dynamoDb);
        await using last = await embeddedHouse();
        await using there = await temporaryFolder();
        await using back = await temporaryFolder();
        const sent = await exported(first, there.path, { partRecords });
        const { arrived } = await imported(there.path, table);
        const returned = await exported(table, back.path, { partRecords });
        await imported(back.path, last);
        expect(arrived).toEqual(sent.contents);
        expect(returned.contents).toEqual(sent.contents);
        expect(await goodsOf(last)).toEqual(await goodsOf(first));
        for (const [index] of given.files.entries()) {
          expect(await last.files.checksum(`file-${index}`)).toBe(await first.files.checksum(`file-${index}`));
        }
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  test("leaves waits and positions behind, and says so", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    const { leftBehind, contents } = await exported(house, folder.path);
    expect(leftBehind).toEqual({ wait: 1 });
    expect(Object.keys(contents)).not.toContain("wait");
  });

  test("takes one programme alone, with its people and all of their streams", async () => {
    await using house = await filled();
    await using target = await embeddedHouse();
    await using folder = await temporaryFolder();
    const { programmes } = await exported(house, folder.path, { programmes: ["p2"] });
    expect(programmes).toEqual(["p2"]);
    await imported(folder.path, target);
    const names = (await everythingIn(target.dump)).map(nameOf);
    const all = (await everythingIn(house.dump)).map(nameOf);
    const foreign = /p1|PILOT#0|FILES#0|WAITS/;
    expect(names.filter((name) => !name.startsWith("MOVES")).sort()).toEqual(
      all.filter((name) => !foreign.test(name)).sort(),
    );
    expect((await target.store.eventsOf("PERSON#both")).items).toHaveLength(2);
  });

  test("may be followed by the other programme: people who are there already stay as they are when asked", async () => {
    await using house = await filled();
    await using target = await embeddedHouse();
    await using one = await temporaryFolder();
    await using other = await temporaryFolder();
    await exported(house, one.path, { programmes: ["p1"] });
    await exported(house, other.path, { programmes: ["p2"] });
    await imported(one.path, target);
    const key = { pk: "PERSON#both", sk: "PERSON" };
    const item = { ...key, type: "person", data: { id: "both", email: "new@example.org" } };
    await target.store.derive([{ kind: "put", item, expectedVersion: 1 }]);
    await expect(imported(other.path, target)).rejects.toThrow(/--keep-people/);
    const { keptPeople, outcome } = await imported(other.path, target, { keepPeople: true });
    expect({ keptPeople, outcome }).toEqual({ keptPeople: ["both"], outcome: "imported" });
    expect((await target.store.get(key))?.data.email).toBe("new@example.org");
    expect(await target.store.get({ pk: "PERSON#both", sk: "MEMBERSHIP#p2#sme#o" })).toBeDefined();
    expect(await target.store.get({ pk: "PILOT#1", sk: "PILOT" })).toBeDefined();
  });
});

describe("an export", () => {
  test("that is cut off anywhere goes on where it stopped and ends as if nothing had happened", async () => {
    await using house = await filled();
    await using undisturbed = await temporaryFolder();
    await exported(house, undisturbed.path, { partRecords: 3 });
    await using folder = await temporaryFolder();
    let calls = 0;
    for (let allowed = 1; ; allowed += 1) {
      let left = allowed;
      const failing =
        <Args extends readonly unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
        async (...args: Args): Promise<Result> => {
          calls += 1;
          if (left === 0) throw new Error("killed");
          left -= 1;
          return act(...args);
        };
      const { read: readDump, find, place } = smallPages(house.dump, 4);
      const { checksum, read, write } = house.files;
      const broken = {
        dump: { read: failing(readDump), find, place },
        files: { checksum: failing(checksum), read: failing(read), write },
      };
      const done = await exported(broken, folder.path, { partRecords: 3 }).catch((error: Error) => error.message);
      if (done !== "killed") break;
    }
    expect(calls).toBeGreaterThan(20);
    const manifests = await Promise.all([folder, undisturbed].map(({ path }) => readFile(join(path, "manifest.json"))));
    const [contents, expected] = manifests.map((text) => JSON.parse(String(text)).contents);
    expect(contents).toEqual(expected);
    expect(await readdir(folder.path)).not.toContain("progress.json");
    await using target = await embeddedHouse();
    await imported(folder.path, target);
    expect(await goodsOf(target)).toEqual(await goodsOf(house));
  });

  test("is refused when somebody wrote meanwhile, and begun anew after it", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    const pagesInAll = Math.ceil((await everythingIn(house.dump)).length / 4);
    let pages = 0;
    const dump = {
      ...house.dump,
      async read(cursor?: string) {
        pages += 1;
        // Twice it is read to count; now it is being written, and this is yet to come.
        if (pages === 2 * pagesInAll + 2) {
          const item = { pk: "VIEWS#p1", sk: "v", type: "view", data: { programmeId: "p1" } };
          await house.store.derive([{ kind: "put", item, expectedVersion: 0 }]);
        }
        return smallPages(house.dump, 4).read(cursor);
      },
    };
    await expect(exported({ ...house, dump }, folder.path)).rejects.toThrow(SourceChanged);
    expect(await readdir(folder.path)).not.toContain("manifest.json");
    await exported(house, folder.path);
    await using target = await embeddedHouse();
    await imported(folder.path, target);
    expect(await goodsOf(target)).toEqual(await goodsOf(house));
  });

  test("that is repeated changes nothing; another one is not put over it", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    const first = await exported(house, folder.path);
    expect(await exported(house, folder.path)).toEqual(first);
    await house.store.derive([
      { kind: "put", item: { pk: "VIEWS#p1", sk: "v", type: "view", data: { programmeId: "p1" } }, expectedVersion: 0 },
    ]);
    await expect(exported(house, folder.path)).rejects.toThrow(NoExport);
  });

  test("goes into no folder that holds anything else", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "letter.txt"), "Dear …");
    await expect(exported(house, folder.path)).rejects.toThrow(NoExport);
  });

  test("refuses what it does not know, whom it does not find and bytes that are not there", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    await expect(exported(house, folder.path, { programmes: ["p3"] })).rejects.toThrow(NoSuchProgramme);
    const homeless = { ...house.files, checksum: async () => undefined };
    await expect(exported({ ...house, files: homeless }, folder.path)).rejects.toThrow(BytesMissing);
    await house.store.derive([
      { kind: "put", item: { pk: "NEW#1", sk: "N", type: "novelty", data: {} }, expectedVersion: 0 },
    ]);
    await expect(exported(house, folder.path)).rejects.toThrow(UnknownRecord);
  });
});

describe("an import", () => {
  test.each(["embedded", "table"])(
    "into a store (%s) that is cut off before or after any write goes on and ends as if nothing had happened",
    async (kind) => {
      await using house = await filled({
        ...sample,
        pilots: Array(3).fill({ programmeId: "p1", events: 4, tasks: 3 }),
      });
      await using folder = await temporaryFolder();
      await exported({ ...house, dump: smallPages(house.dump, 10) }, folder.path, { partRecords: 10 });
      const expected = await goodsOf(house);
      let kills = 0;
      for (let writesBefore = 0, wasKilled = true; wasKilled; writesBefore += 1) {
        await using target = kind === "table" ? await tableHouse(dynamoDb) : await embeddedHouse();
        const isDoneFirst = writesBefore % 2 === 1;
        let writes = 0;
        const mortal =
          <Args extends readonly unknown[]>(act: (...args: Args) => Promise<unknown>) =>
          async (...args: Args): Promise<void> => {
            writes += 1;
            const isLast = writes > writesBefore;
            if (!isLast || isDoneFirst) await act(...args);
            if (isLast) throw new Error("killed");
          };
        const killed = await imported(folder.path, {
          store: { ...target.store, derive: mortal(target.store.derive) },
          dump: { ...target.dump, place: mortal(target.dump.place) },
          files: { ...target.files, write: mortal(target.files.write) },
        }).catch((error: Error) => error.message);
        wasKilled = killed === "killed";
        if (wasKilled) kills += 1;
        await imported(folder.path, target);
        expect(await goodsOf(target)).toEqual(expected);
      }
      expect(kills).toBeGreaterThan(8);
    },
    60_000,
  );

  test("that is repeated changes nothing, also when the store has gone on since", async () => {
    await using house = await filled();
    await using target = await embeddedHouse();
    await using folder = await temporaryFolder();
    await exported(house, folder.path);
    await imported(folder.path, target);
    const item = { pk: "COUNTERS#p1", sk: "PIPELINE", type: "pipeline", data: { later: true } };
    await target.store.derive([{ kind: "put", item, expectedVersion: 1 }]);
    const before = await everythingIn(target.dump);
    expect(await imported(folder.path, target)).toMatchObject({ outcome: "done before", placed: 0 });
    expect(await everythingIn(target.dump)).toEqual(before);
  });

  test("that is only checked writes nothing", async () => {
    await using house = await filled();
    await using target = await embeddedHouse();
    await using folder = await temporaryFolder();
    await exported(house, folder.path);
    expect(await imported(folder.path, target, { checkOnly: true })).toMatchObject({ outcome: "checked", placed: 0 });
    expect(await everythingIn(target.dump)).toEqual([]);
  });

  test("is refused before it writes when something else lies in a place", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    await exported(house, folder.path);
    await using target = await embeddedHouse();
    const item = { pk: "PILOT#1", sk: "PILOT", type: "pilot", data: { sequence: 9, pilot: { id: "1" } } };
    await target.store.derive([{ kind: "put", item, expectedVersion: 0 }]);
    const refusal = await imported(folder.path, target, { keepPeople: true }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PlacesTaken);
    expect(refusal).toMatchObject({ places: ["PILOT#1 PILOT"] });
    expect(await everythingIn(target.dump)).toHaveLength(1);
  });

  test("is refused before it writes when a file of the same id has other bytes", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    await exported(house, folder.path);
    await using target = await embeddedHouse();
    await target.files.write("file-0", bytesOf("other"), { bytes: 5, sha256: "" });
    await expect(imported(folder.path, target)).rejects.toThrow(/the file file-0/);
    expect(await everythingIn(target.dump)).toEqual([]);
  });

  test("notices when what arrived is not what was sent", async () => {
    await using house = await filled();
    await using folder = await temporaryFolder();
    await exported(house, folder.path);
    await using target = await embeddedHouse();
    const forgetful = {
      ...target.dump,
      place: (records: readonly StoredRecord[]) =>
        target.dump.place(records.filter((record) => nameOf(record) !== "PILOT#0 TASK#1")),
    };
    await expect(imported(folder.path, { ...target, dump: forgetful })).rejects.toThrow(NotTheSame);
    expect(await target.store.get({ pk: "PROGRAMME#p1", sk: "PROGRAMME" })).toBeUndefined();
  });

  test("names the part that was tampered with, whichever it is, and writes nothing", async () => {
    await using house = await filled();
    await using target = await embeddedHouse();
    await using folder = await temporaryFolder();
    await exported(house, folder.path, { partRecords: 5 });
    const parts = (await readdir(folder.path)).filter((name) => name.endsWith(".ndjson"));
    expect(parts.length).toBeGreaterThan(4);
    for (const name of parts) {
      const file = join(folder.path, name);
      const text = await readFile(file, "utf8");
      await appendFile(file, "{}\n");
      const refusal = await imported(folder.path, target).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(PartDamaged);
      expect(String(refusal)).toContain(name);
      await writeFile(file, text);
    }
    const [bytes = ""] = await readdir(join(folder.path, "files"));
    await appendFile(join(folder.path, "files", bytes), "more");
    await expect(imported(folder.path, target)).rejects.toThrow(bytes);
    expect(await everythingIn(target.dump)).toEqual([]);
  });

  test("refuses a folder that is no whole export, and one of a newer Fairway", async () => {
    await using target = await embeddedHouse();
    await using folder = await temporaryFolder();
    await expect(imported(folder.path, target)).rejects.toThrow(NoExport);
    await writeFile(join(folder.path, "manifest.json"), JSON.stringify({ format: "fairway-export", formatVersion: 2 }));
    await expect(imported(folder.path, target)).rejects.toThrow(/newer Fairway/);
  });
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** The same store, a few records a page. */
function smallPages(dump: TestHouse["dump"], size: number): TestHouse["dump"] {
  return {
    ...dump,
    async read(cursor = "0") {
      const records = await everythingIn(dump);
      const end = Number(cursor) + size;
      const page = records.slice(Number(cursor), end);
      return end < records.length ? { records: page, cursor: String(end) } : { records: page };
    },
  };
}
