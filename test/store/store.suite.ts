import { describe, expect, test } from "vitest";
import { InvalidCursor } from "../../shared/contracts/store-pages.ts";
import { ChangeTooLarge, type Store, VersionConflict } from "../../shared/ports/store.ts";
import { allPages, event, item, put, sortKeys } from "./store-fixtures.ts";

/** What every adapter of the store port promises. `open` gives an empty store for each test. */
export function storeSuite(name: string, open: () => Promise<Store>): void {
  describe(`${name} commits (I2, I6)`, () => {
    test("gives back what was put, at version 1", async () => {
      const store = await open();
      const pilot = item("PILOT#1", "META", { type: "vessel", data: { name: "Lotse" }, gsi1pk: "P", gsi1sk: "A" });
      await store.commit({ writes: [put(pilot)], event: event(1) });
      expect(await store.get({ pk: "PILOT#1", sk: "META" })).toEqual({ ...pilot, version: 1 });
    });

    test("gives nothing for a key nobody wrote", async () => {
      const store = await open();
      expect(await store.get({ pk: "PILOT#1", sk: "META" })).toBeUndefined();
    });

    test("counts the version with each put and replaces the whole item, index entries included", async () => {
      const store = await open();
      await store.commit({
        writes: [put(item("A", "a", { data: { old: 1 }, gsi1pk: "G", gsi1sk: "1" }))],
        event: event(1),
      });
      await store.commit({ writes: [put(item("A", "a", { data: { new: 2 } }), 1)], event: event(2) });
      expect(await store.get({ pk: "A", sk: "a" })).toEqual({ ...item("A", "a", { data: { new: 2 } }), version: 2 });
      expect(await store.query({ pk: "G", index: "gsi1" })).toEqual({ items: [] });
    });

    test("writes exactly one event per commit and returns it with its id", async () => {
      const store = await open();
      const given = event(1, { reason: "as agreed", data: { deliverable: "needs-analysis" } });
      const stored = await store.commit({ writes: [put(item("A", "a")), put(item("A", "b"))], event: given });
      expect(stored).toEqual({ ...given, id: "PILOT#1/1" });
      expect(await store.eventsOf("PILOT#1")).toEqual({ items: [stored] });
    });

    test("commits an event without writes", async () => {
      const store = await open();
      await store.commit({ writes: [], event: event(1) });
      expect((await store.eventsOf("PILOT#1")).items).toHaveLength(1);
    });

    test("writes nothing at all when one write of many does not fit", async () => {
      const store = await open();
      await store.commit({ writes: [put(item("A", "b"))], event: event(1) });
      const writes = [put(item("A", "a")), put(item("A", "b")), put(item("A", "c"))];
      await expect(store.commit({ writes, event: event(2) })).rejects.toThrow(VersionConflict);
      expect(sortKeys(await store.query({ pk: "A" }))).toEqual(["b"]);
      expect((await store.eventsOf("PILOT#1")).items).toHaveLength(1);
    });

    test("names the first item that did not fit, and its current version", async () => {
      const store = await open();
      await store.derive([put(item("A", "b"))]);
      await store.derive([put(item("A", "b"), 1)]);
      const writes = [put(item("A", "a")), put(item("A", "b"), 1), put(item("A", "c"), 9)];
      await expect(store.commit({ writes, event: event(7) })).rejects.toMatchObject({
        name: "VersionConflict",
        conflict: { pk: "A", sk: "b", currentVersion: 2 },
      });
    });

    test("says version 0 of an item that was expected and is gone", async () => {
      const store = await open();
      await expect(store.derive([put(item("A", "a"), 3)])).rejects.toMatchObject({
        conflict: { pk: "A", sk: "a", currentVersion: 0 },
      });
    });

    test.each([
      { what: "repeated", sequence: 2 },
      { what: "skipped", sequence: 4 },
      { what: "zero", sequence: 0 },
    ])("refuses a $what sequence with the stream and its last sequence", async ({ sequence }) => {
      const store = await open();
      await store.commit({ writes: [], event: event(1) });
      await store.commit({ writes: [], event: event(2) });
      await expect(store.commit({ writes: [put(item("A", "a"))], event: event(sequence) })).rejects.toMatchObject({
        name: "VersionConflict",
        conflict: { pk: "PILOT#1", sk: "EVENTS", currentVersion: 2 },
      });
      expect(await store.get({ pk: "A", sk: "a" })).toBeUndefined();
    });

    test("lets exactly one of many concurrent writers of one version win", async () => {
      const store = await open();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, writer) =>
          store.commit({ writes: [put(item("A", "a", { data: { writer } }))], event: event(1, { data: { writer } }) }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(VersionConflict);
      }
      const [stored] = (await store.eventsOf("PILOT#1")).items;
      expect((await store.get({ pk: "A", sk: "a" }))?.data).toEqual(stored?.data);
    });

    test("keeps concurrent commits apart: a refused one does not disturb its neighbours", async () => {
      const store = await open();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, (_, n) =>
          store.commit({ writes: [put(item("A", `${n}`), n % 2)], event: event(1, { stream: `S#${n}` }) }),
        ),
      );
      expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual([true, false, true, false, true, false]);
      expect(sortKeys(await store.query({ pk: "A" }))).toEqual(["0", "2", "4"]);
    });

    test("deletes at the expected version only", async () => {
      const store = await open();
      await store.derive([put(item("A", "a"))]);
      const remove = (expectedVersion: number) =>
        store.derive([{ kind: "delete", key: { pk: "A", sk: "a" }, expectedVersion }]);
      await expect(remove(2)).rejects.toMatchObject({ conflict: { pk: "A", sk: "a", currentVersion: 1 } });
      await remove(1);
      expect(await store.get({ pk: "A", sk: "a" })).toBeUndefined();
      await expect(remove(1)).rejects.toMatchObject({ conflict: { currentVersion: 0 } });
    });

    test("checks an item without changing it", async () => {
      const store = await open();
      await store.derive([put(item("A", "a", { data: { kept: true } }))]);
      const check = (sk: string, expectedVersion: number) =>
        ({ kind: "check", key: { pk: "A", sk }, expectedVersion }) as const;
      await store.commit({ writes: [check("a", 1), check("absent", 0), put(item("A", "b"))], event: event(1) });
      expect(await store.get({ pk: "A", sk: "a" })).toMatchObject({ version: 1, data: { kept: true } });
      expect(await store.get({ pk: "A", sk: "absent" })).toBeUndefined();
      await expect(store.derive([check("absent", 1), put(item("A", "c"))])).rejects.toMatchObject({
        conflict: { pk: "A", sk: "absent", currentVersion: 0 },
      });
      expect(await store.get({ pk: "A", sk: "c" })).toBeUndefined();
    });

    test("derives items without an event, none being nothing", async () => {
      const store = await open();
      await store.derive([]);
      await store.derive([put(item("A", "a"))]);
      expect(sortKeys(await store.query({ pk: "A" }))).toEqual(["a"]);
      expect(await store.eventsOfProgramme("programme-1")).toEqual({ items: [] });
    });
  });

  describe(`${name} limits`, () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => put(item("A", String(n).padStart(3, "0"))));

    test("takes 99 writes and an event, and refuses a hundredth", async () => {
      const store = await open();
      await store.commit({ writes: many(99), event: event(1) });
      await store.commit({ writes: many(99).map((write) => ({ ...write, expectedVersion: 1 })), event: event(2) });
      expect((await store.query({ pk: "A" })).items).toHaveLength(99);
      await expect(store.commit({ writes: many(100), event: event(3) })).rejects.toThrow(ChangeTooLarge);
      await expect(store.derive(many(100))).rejects.toThrow(ChangeTooLarge);
    });

    test("refuses an item or an event over 400,000 bytes of UTF-8, and takes one just under", async () => {
      const store = await open();
      const text = (bytes: number) => ({ text: "ä".repeat(bytes / 2) });
      await store.commit({ writes: [put(item("A", "a", { data: text(399_900) }))], event: event(1) });
      expect((await store.get({ pk: "A", sk: "a" }))?.data).toEqual(text(399_900));
      await expect(store.derive([put(item("A", "b", { data: text(400_000) }))])).rejects.toThrow(ChangeTooLarge);
      await expect(store.commit({ writes: [], event: event(2, { data: text(400_000) }) })).rejects.toThrow(
        ChangeTooLarge,
      );
    });

    test("refuses a change of over 4 MB in all", async () => {
      const store = await open();
      const writes = Array.from({ length: 11 }, (_, n) =>
        put(item("A", `${n}`, { data: { text: "x".repeat(390_000) } })),
      );
      await expect(store.derive(writes)).rejects.toThrow(ChangeTooLarge);
      expect(await store.query({ pk: "A" })).toEqual({ items: [] });
    });

    test("refuses an item written twice in one change", async () => {
      const store = await open();
      const twice = [put(item("A", "a")), { kind: "check", key: { pk: "A", sk: "a" }, expectedVersion: 0 } as const];
      await expect(store.commit({ writes: twice, event: event(1) })).rejects.toThrow(ChangeTooLarge);
      expect(await store.eventsOf("PILOT#1")).toEqual({ items: [] });
    });

    test("refuses empty keys, half index entries and items among the events", async () => {
      const store = await open();
      await expect(store.derive([put(item("", "a"))])).rejects.toThrow(TypeError);
      await expect(store.derive([put(item("A", ""))])).rejects.toThrow(TypeError);
      await expect(store.derive([put(item("A", "a", { gsi1pk: "G" }))])).rejects.toThrow(TypeError);
      await expect(store.derive([put(item("EVENTS#PILOT#1", "1"))])).rejects.toThrow(TypeError);
    });
  });

  describe(`${name} data`, () => {
    test.each([
      ["empty strings, arrays and objects", { text: "", list: [], map: {} }],
      ["nulls", { nothing: null, list: [null, { nothing: null }] }],
      ["nested data", { a: [{ b: [[{ c: { d: [1, "2", true, null] } }]] }] }],
      ["more levels than DynamoDB's maps have", nested(60)],
      ["numbers of any size", { numbers: [0, -1, 0.1 + 0.2, 1e300, 5e-324, Number.MAX_SAFE_INTEGER + 1] }],
      ["unicode", { "clé 🗝": "Grüße 👩‍👩‍👧 \u0000 \u2028 \ud83d \uffff 日本語" }],
      ["names with a meaning elsewhere", JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "S": "N", "#a": ":b"}')],
    ])("keeps %s", async (_, data) => {
      const store = await open();
      const stored = await store.commit({ writes: [put(item("A", "a", { data }))], event: event(1, { data }) });
      expect(JSON.stringify((await store.get({ pk: "A", sk: "a" }))?.data)).toBe(JSON.stringify(data));
      expect(JSON.stringify((await store.eventsOf("PILOT#1")).items)).toBe(JSON.stringify([stored]));
      expect(JSON.stringify(stored.data)).toBe(JSON.stringify(data));
    });

    test("keeps a reason as it was typed, and its absence", async () => {
      const store = await open();
      await store.commit({ writes: [], event: event(1, { reason: "" }) });
      await store.commit({ writes: [], event: event(2, { reason: "weil … \ud83d" }) });
      await store.commit({ writes: [], event: event(3) });
      const { items } = await store.eventsOf("PILOT#1");
      expect(items.map((stored) => stored.reason)).toEqual(["", "weil … \ud83d", undefined]);
    });

    test("takes keys in any script", async () => {
      const store = await open();
      const key = { pk: "ORG#Ærø 🏝", sk: "ПЛАН%_'\"" };
      await store.derive([put(item(key.pk, key.sk))]);
      expect(await store.get(key)).toMatchObject(key);
      expect(sortKeys(await store.query({ pk: key.pk, prefix: "ПЛ" }))).toEqual([key.sk]);
    });
  });

  describe(`${name} queries`, () => {
    async function openWith(sks: readonly string[]): Promise<Store> {
      const store = await open();
      await store.derive(sks.map((sk) => put(item("A", sk))));
      await store.derive([put(item("B", "a")), put(item("B", "b"))]);
      return store;
    }

    test("gives a partition in order of the sort key, and nothing of another", async () => {
      const store = await openWith(["c", "a", "b"]);
      expect(sortKeys(await store.query({ pk: "A" }))).toEqual(["a", "b", "c"]);
      expect(sortKeys(await store.query({ pk: "A", reverse: true }))).toEqual(["c", "b", "a"]);
      expect(await store.query({ pk: "Z" })).toEqual({ items: [] });
    });

    test("sorts by UTF-8 bytes, which is not JavaScript's order", async () => {
      const sks = ["\u{1F600}", "\uFF21", "a", "Z", "é", "e\u0301", "aa", "a!"];
      const store = await openWith(sks);
      const byBytes = sks.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(sortKeys(await store.query({ pk: "A" }))).toEqual(byBytes);
      expect(byBytes).not.toEqual(sks.toSorted());
      expect(sortKeys(await store.query({ pk: "A", from: "\uFF21" }))).toEqual(["\uFF21", "\u{1F600}"]);
      expect(sortKeys(await store.query({ pk: "A", from: "\u{1F600}", to: "\uFF21" }))).toEqual([]);
    });

    test("selects by prefix", async () => {
      // No keys that differ in case only: dynoxide 1.2.1, unlike DynamoDB, takes them for one prefix.
      const store = await openWith(["TASK", "TASK#1", "TASK#2", "TASK#\u{10FFFF}!", "TASK$", "TAS", "TASK_"]);
      const found = ["TASK#1", "TASK#2", "TASK#\u{10FFFF}!"];
      expect(sortKeys(await store.query({ pk: "A", prefix: "TASK#" }))).toEqual(found);
      expect(sortKeys(await store.query({ pk: "A", prefix: "TASK#", reverse: true }))).toEqual(found.toReversed());
      expect(sortKeys(await store.query({ pk: "A", prefix: "" }))).toHaveLength(7);
      expect(sortKeys(await store.query({ pk: "A", prefix: "TASK_" }))).toEqual(["TASK_"]);
      expect(sortKeys(await store.query({ pk: "A", prefix: "%" }))).toEqual([]);
    });

    test("selects from and to, both included", async () => {
      const store = await openWith(["a", "b", "c", "d"]);
      expect(sortKeys(await store.query({ pk: "A", from: "b", to: "c" }))).toEqual(["b", "c"]);
      expect(sortKeys(await store.query({ pk: "A", from: "bb" }))).toEqual(["c", "d"]);
      expect(sortKeys(await store.query({ pk: "A", to: "b", reverse: true }))).toEqual(["b", "a"]);
      expect(sortKeys(await store.query({ pk: "A", from: "c", to: "b" }))).toEqual([]);
      expect(sortKeys(await store.query({ pk: "A", from: "" }))).toHaveLength(4);
      expect(sortKeys(await store.query({ pk: "A", to: "" }))).toEqual([]);
      await expect(store.query({ pk: "A", prefix: "a", from: "a" })).rejects.toThrow(TypeError);
    });

    test.each([
      { query: {}, expected: [["a1", "a2"], ["a3", "b1"], ["b2"]] },
      { query: { reverse: true }, expected: [["b2", "b1"], ["a3", "a2"], ["a1"]] },
      { query: { prefix: "a" }, expected: [["a1", "a2"], ["a3"]] },
      { query: { prefix: "b" }, expected: [["b1", "b2"]] },
      { query: { from: "a2", to: "b1" }, expected: [["a2", "a3"], ["b1"]] },
      { query: { from: "a2", to: "b1", reverse: true }, expected: [["b1", "a3"], ["a2"]] },
    ])("pages $query by cursor, and gives no cursor when nothing follows", async ({ query, expected }) => {
      const store = await openWith(["a1", "a2", "a3", "b1", "b2"]);
      const pages = await allPages((cursor) => store.query({ pk: "A", limit: 2, ...query, ...cursor }));
      expect(pages.map((items) => items.map(({ sk }) => sk))).toEqual(expected);
    });

    test("goes on after an item that is gone meanwhile", async () => {
      const store = await openWith(["a", "b", "c"]);
      const first = await store.query({ pk: "A", limit: 2 });
      await store.derive([{ kind: "delete", key: { pk: "A", sk: "b" }, expectedVersion: 1 }]);
      expect(sortKeys(await store.query({ pk: "A", limit: 2, cursor: first.cursor ?? "" }))).toEqual(["c"]);
    });

    test("gives at most 1000 items, and pages over DynamoDB's megabyte as if it were none", async () => {
      const store = await open();
      for (let start = 0; start < 1001; start += 91) {
        const sks = Array.from({ length: 91 }, (_, n) => String(start + n).padStart(4, "0"));
        await store.derive(sks.map((sk) => put(item("A", sk, { data: { text: "x".repeat(2000) } }))));
      }
      const first = await store.query({ pk: "A", limit: 5000 });
      expect(first.items).toHaveLength(1000);
      expect(sortKeys(await store.query({ pk: "A", cursor: first.cursor ?? "" }))).toEqual(["1000"]);
      expect((await store.query({ pk: "A", limit: 700 })).items).toHaveLength(700);
    });

    test.each(["", "x", "bm90IGpzb24", "WyJhIl0", "%%%", btoa("[1,2,3,4]"), btoa('["table:A","a","A","a","b"]')])(
      "refuses the cursor %j",
      async (cursor) => {
        const store = await openWith(["a", "b"]);
        await expect(store.query({ pk: "A", cursor })).rejects.toThrow(InvalidCursor);
      },
    );

    test("refuses a cursor of another query", async () => {
      const store = await openWith(["a1", "a2", "b1"]);
      const { cursor = "" } = await store.query({ pk: "A", limit: 1 });
      await expect(store.query({ pk: "B", cursor })).rejects.toThrow(InvalidCursor);
      await expect(store.query({ pk: "A", index: "gsi1", cursor })).rejects.toThrow(InvalidCursor);
      await expect(store.query({ pk: "A", prefix: "b", cursor })).rejects.toThrow(InvalidCursor);
      await expect(store.query({ pk: "A", from: "a2", cursor })).rejects.toThrow(InvalidCursor);
    });

    test("refuses a limit under 1", async () => {
      const store = await open();
      await expect(store.query({ pk: "A", limit: 0 })).rejects.toThrow(RangeError);
      await expect(store.eventsOf("PILOT#1", { limit: 1.5 })).rejects.toThrow(RangeError);
    });

    test("reads each index in its own order, whole items, ties by table key", async () => {
      const store = await open();
      const inIndexes = (sk: string, gsi1sk: string, gsi2sk: string) =>
        item("A", sk, { data: { sk }, gsi1pk: "DUE", gsi1sk, gsi2pk: "STAGE", gsi2sk });
      const items = [inIndexes("1", "b", "x"), inIndexes("2", "a", "y"), inIndexes("3", "b", "w")];
      await store.derive([...items.map((one) => put(one)), put(item("A", "4", { gsi1pk: "DUE", gsi1sk: "c" }))]);
      const byDue = await store.query({ pk: "DUE", index: "gsi1" });
      expect(sortKeys(byDue)).toEqual(["2", "1", "3", "4"]);
      expect(byDue.items[0]).toEqual({ ...items[1], version: 1 });
      expect(sortKeys(await store.query({ pk: "STAGE", index: "gsi2" }))).toEqual(["3", "1", "2"]);
      expect(sortKeys(await store.query({ pk: "DUE", index: "gsi1", prefix: "b", reverse: true }))).toEqual(["3", "1"]);
      const pages = await allPages((cursor) => store.query({ pk: "DUE", index: "gsi1", limit: 1, ...cursor }));
      expect(pages.map((page) => page.map(({ sk }) => sk))).toEqual([["2"], ["1"], ["3"], ["4"]]);
    });

    test("moves an item within an index when its entry changes, and drops it when deleted", async () => {
      const store = await open();
      const due = (gsi1sk: string) => item("A", "a", { gsi1pk: "DUE", gsi1sk });
      await store.derive([put(due("1")), put(item("A", "b", { gsi1pk: "DUE", gsi1sk: "2" }))]);
      await store.derive([put(due("3"), 1)]);
      expect(sortKeys(await store.query({ pk: "DUE", index: "gsi1" }))).toEqual(["b", "a"]);
      await store.derive([{ kind: "delete", key: { pk: "A", sk: "b" }, expectedVersion: 1 }]);
      expect(sortKeys(await store.query({ pk: "DUE", index: "gsi1" }))).toEqual(["a"]);
    });
  });

  describe(`${name} events`, () => {
    test("gives a stream in order of sequence, past 9, and by pages", async () => {
      const store = await open();
      for (let sequence = 1; sequence <= 12; sequence += 1) await store.commit({ writes: [], event: event(sequence) });
      await store.commit({ writes: [], event: event(1, { stream: "PILOT#10" }) });
      const pages = await allPages((cursor) => store.eventsOf("PILOT#1", { limit: 5, ...cursor }));
      expect(pages.map((page) => page.map(({ sequence }) => sequence))).toEqual([
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10],
        [11, 12],
      ]);
      const latest = await store.eventsOf("PILOT#1", { reverse: true, limit: 2 });
      expect(latest.items.map(({ id }) => id)).toEqual(["PILOT#1/12", "PILOT#1/11"]);
      const { cursor = "" } = latest;
      const next = await store.eventsOf("PILOT#1", { reverse: true, limit: 2, cursor });
      expect(next.items.map(({ sequence }) => sequence)).toEqual([10, 9]);
      await expect(store.eventsOf("PILOT#10", { cursor })).rejects.toThrow(InvalidCursor);
      expect(await store.eventsOf("PILOT#2")).toEqual({ items: [] });
    });

    test("gives a programme's events by time, then stream and sequence, since an instant", async () => {
      const store = await open();
      const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
      const commit = (stream: string, sequence: number, seconds: number, programmeId = "programme-1") =>
        store.commit({ writes: [], event: event(sequence, { stream, programmeId, at: at(seconds) }) });
      await commit("PILOT#b", 1, 3);
      await commit("PILOT#b", 2, 3);
      await commit("PILOT#a", 1, 3);
      await commit("PILOT#c", 1, 1);
      await commit("PILOT#d", 1, 2, "programme-2");
      const ids = ({ items }: Awaited<ReturnType<Store["eventsOfProgramme"]>>) => items.map(({ id }) => id);
      const inOrder = ["PILOT#c/1", "PILOT#a/1", "PILOT#b/1", "PILOT#b/2"];
      expect(ids(await store.eventsOfProgramme("programme-1"))).toEqual(inOrder);
      expect(ids(await store.eventsOfProgramme("programme-1", { reverse: true }))).toEqual(inOrder.toReversed());
      expect(ids(await store.eventsOfProgramme("programme-1", { from: at(3) }))).toEqual(inOrder.slice(1));
      expect(ids(await store.eventsOfProgramme("programme-1", { from: "2026-01-01T00:00:03Z" }))).toHaveLength(3);
      expect(ids(await store.eventsOfProgramme("programme-2"))).toEqual(["PILOT#d/1"]);
      const pages = await allPages((cursor) => store.eventsOfProgramme("programme-1", { limit: 3, ...cursor }));
      expect(pages.flat().map(({ id }) => id)).toEqual(inOrder);
      expect(pages).toHaveLength(2);
    });
  });
}

function nested(levels: number): Record<string, unknown> {
  return levels === 0 ? {} : { in: nested(levels - 1) };
}
