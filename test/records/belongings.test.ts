import { describe, expect, test } from "vitest";
import type { Item } from "../../shared/ports/store.ts";
import { createBelongings, UnknownRecord } from "../../shared/records/belongings.ts";
import { filesWith } from "../docs/repository.ts";

const item = (type: string, pk = "PILOT#p-1", data: Item["data"] = {}): { kind: "item"; item: Item } => ({
  kind: "item",
  item: { pk, sk: "X", version: 1, type, data },
});

/** Items are written as `type: "…"` before their index entries or data; this finds them, and nothing else. */
const writtenTypes = filesWith([".ts"])
  .filter(({ path }) =>
    /^(shared\/records\/|shared\/contracts\/items|functions\/(api|events|tasks)|local\/[\w-]+\.ts)/.test(path),
  )
  .flatMap(({ text }) => [...text.matchAll(/\btype: "([a-z]+(?:_[a-z]+)*)",\s*(?:data\b|gsi[12]pk\b|\.\.\.\()/g)])
  .map(([, type = ""]) => type);

describe("what goes along when a programme moves", () => {
  test("is said for every type of item that is written anywhere", () => {
    const belongings = createBelongings();
    expect(writtenTypes.length).toBeGreaterThan(15);
    expect(writtenTypes).toEqual(expect.arrayContaining(["pilot", "task", "mail", "wait", "consumer", "email"]));
    const unknown = [...new Set(writtenTypes)].filter((type) => {
      try {
        belongings.programmesOf(item(type));
        return false;
      } catch (error) {
        return error instanceof UnknownRecord;
      }
    });
    expect(unknown).toEqual([]);
  });

  test("is a person with each of their programmes, a pilot with its own, a wait with none", () => {
    const belongings = createBelongings();
    belongings.learn(item("pilot", "PILOT#p-1", { pilot: { id: "p-1", programmeId: "a" } }));
    for (const programmeId of ["a", "b"]) {
      belongings.learn(item("membership", "PERSON#m", { personId: "m", programmeId }));
    }
    belongings.learn(item("person", "PERSON#m", { id: "m", email: "M@example.org" }));
    const programmesOf = (type: string, pk: string) => {
      const programmes = belongings.programmesOf(item(type, pk));
      return programmes && [...programmes];
    };
    expect(programmesOf("person", "PERSON#m")).toEqual(["a", "b"]);
    expect(programmesOf("dead_address", "EMAIL#m@example.org")).toEqual(["a", "b"]);
    expect(programmesOf("revision", "FORMS#p-1")).toEqual(["a"]);
    expect(programmesOf("pipeline", "COUNTERS#b")).toEqual(["b"]);
    expect(programmesOf("wait", "WAITS#p-1")).toBeUndefined();
    expect(programmesOf("person", "PERSON#nobody")).toEqual([]);
  });
});
