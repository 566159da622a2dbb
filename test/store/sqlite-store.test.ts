import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import { StoreInUse } from "../../local/store/store-lock.ts";
import type { EventFeed, StoredEvent } from "../../shared/ports/store.ts";
import { storeSuite } from "./store.suite.ts";
import { event, item, put, sortKeys } from "./store-fixtures.ts";

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function open(file = ":memory:"): SqliteStore {
  const store = openSqliteStore(file);
  cleanUps.push(() => store.close());
  return store;
}

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "fairway-store-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  return join(folder, "store.sqlite");
}

/** Events after `from` in batches of `limit`, and the position at the end. */
async function readAll(feed: EventFeed, from: string, limit: number) {
  const events: StoredEvent[] = [];
  let position = from;
  for (;;) {
    const next = await feed.read(position, limit);
    if (next.events.length === 0) return { events, position };
    events.push(...next.events);
    position = next.position;
  }
}

storeSuite("SQLite", async () => open());

describe("SQLite's group commit", () => {
  test("commits what is asked for in one turn together, and tells of it once", async () => {
    const store = open();
    let commits = 0;
    store.onCommit(() => (commits += 1));
    await Promise.all([1, 2, 3, 4, 5].map((sequence) => store.commit({ writes: [], event: event(sequence) })));
    expect(commits).toBe(1);
    expect((await store.eventsOf("PILOT#1")).items).toHaveLength(5);
  });

  test("judges each change by those asked for before it", async () => {
    const store = open();
    const outcomes = await Promise.allSettled([
      store.derive([put(item("A", "a"))]),
      store.derive([put(item("A", "a"))]),
      store.derive([put(item("A", "a"), 1), put(item("A", "b"), 1)]),
      store.derive([put(item("A", "a"), 1)]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(await store.get({ pk: "A", sk: "a" })).toMatchObject({ version: 2 });
  });

  test("finishes what was asked for before it closes, and refuses what comes after", async () => {
    const file = newFile();
    const store = open(file);
    const asked = store.derive([put(item("A", "a"))]);
    store.close();
    await asked;
    await expect(store.derive([put(item("A", "b"))])).rejects.toThrow();
    await expect(store.get({ pk: "A", sk: "a" })).rejects.toThrow();
    expect(sortKeys(await open(file).query({ pk: "A" }))).toEqual(["a"]);
  });
});

describe("SQLite's feed", () => {
  test("gives every event once in the order of commit, across streams and a reopening", async () => {
    const file = newFile();
    const committed: StoredEvent[] = [];
    const first = open(file);
    for (let n = 1; n <= 7; n += 1) {
      committed.push(await first.commit({ writes: [], event: event(n, { stream: "PILOT#b" }) }));
      await expect(first.commit({ writes: [], event: event(n, { stream: "PILOT#b" }) })).rejects.toThrow();
      committed.push(await first.commit({ writes: [], event: event(n, { stream: "PILOT#a" }) }));
    }
    const early = await first.read("", 5);
    expect(early.events).toEqual(committed.slice(0, 5));
    first.close();

    const second = open(file);
    committed.push(await second.commit({ writes: [], event: event(8, { stream: "PILOT#a" }) }));
    const late = await readAll(second, early.position, 4);
    expect([...early.events, ...late.events]).toEqual(committed);
    expect(await second.read(late.position, 10)).toEqual({ events: [], position: late.position });
  });

  test("tells of items of a type that were put, once for a group, until its listener leaves", async () => {
    const store = open();
    let told = 0;
    const leave = store.onPut("mail", () => (told += 1));
    await store.derive([put(item("A", "other", { type: "notice" }))]);
    expect(told).toBe(0);
    await Promise.all(["a", "b"].map((sk) => store.derive([put(item("A", sk, { type: "mail" }))])));
    expect(told).toBe(1);
    await expect(store.derive([put(item("A", "a", { type: "mail" }), 7)])).rejects.toThrow();
    await store.commit({ writes: [put(item("A", "c", { type: "mail" }))], event: event(1) });
    expect(told).toBe(2);
    leave();
    await store.derive([put(item("A", "d", { type: "mail" }))]);
    expect(told).toBe(2);
  });

  test("calls listeners after commits of events only, until they leave", async () => {
    const store = open();
    const seen: number[] = [];
    const leave = store.onCommit(() => seen.push(seen.length + 1));
    await store.commit({ writes: [], event: event(1) });
    await store.derive([put(item("A", "a"))]);
    await expect(store.commit({ writes: [], event: event(1) })).rejects.toThrow();
    leave();
    await store.commit({ writes: [], event: event(2) });
    expect(seen).toEqual([1]);
  });

  test("refuses a position it never gave", async () => {
    await expect(open().read("-1", 10)).rejects.toThrow(TypeError);
  });
});

describe("SQLite's file", () => {
  test("is refused to a second opener, and free once the first has closed", () => {
    const file = newFile();
    const first = open(file);
    expect(() => openSqliteStore(file)).toThrow(StoreInUse);
    first.close();
    expect(() => open(file)).not.toThrow();
  });

  test("is free after an opening that failed", () => {
    const folder = join(newFile(), "..");
    expect(() => openSqliteStore(folder)).toThrow(/unable to open/);
    expect(() => openSqliteStore(folder)).not.toThrow(StoreInUse);
  });

  test("keeps every acknowledged commit whole when the process is killed under load, and is free again", async () => {
    const file = newFile();
    const streams = 8;
    const acknowledged = new Map<string, number>();
    for (const commits of [1, 40, 200, 400]) {
      const writer = startWriter(file, streams);
      let seen = 0;
      for await (const line of createInterface({ input: writer.stdout })) {
        const [stream = "", sequence] = line.split(" ");
        acknowledged.set(stream, Number(sequence));
        seen += 1;
        if (seen === 1) expect(() => openSqliteStore(file)).toThrow(StoreInUse);
        if (seen === commits) writer.kill("SIGKILL");
      }
      expect(writer.signalCode ?? (await once(writer, "exit"))[1]).toBe("SIGKILL");
    }

    const store = open(file);
    const { events: feed } = await readAll(store, "", 1000);
    expect(acknowledged.size).toBe(streams);
    for (const [stream, lastAcknowledged] of acknowledged) {
      const { items: events } = await store.eventsOf(stream);
      expect(events.length).toBeGreaterThanOrEqual(lastAcknowledged);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      for (const sk of ["one", "two"]) {
        const written = await store.get({ pk: stream, sk });
        expect(written).toMatchObject({ version: events.length, data: { sequence: events.length } });
      }
      expect(feed.filter((one) => one.stream === stream)).toEqual(events);
    }
  });
});

function startWriter(file: string, streams: number) {
  const script = fileURLToPath(import.meta.resolve("../support/store-writer.ts"));
  const writer = spawn(process.execPath, [script, file, String(streams)], { stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => writer.kill("SIGKILL");
  process.once("exit", kill);
  cleanUps.push(async () => {
    process.off("exit", kill);
    if (writer.exitCode !== null || writer.signalCode !== null) return;
    kill();
    await once(writer, "exit");
  });
  return writer;
}
