import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame, mergeDrafts } from "../../web/form/merge-drafts.ts";

const draft = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant([1])));

describe("Two drafts that started from one", () => {
  test("are merged where they changed different fields", () => {
    const base = { name: "Old", summary: "Old", year: 2020 };
    expect(mergeDrafts(base, { ...base, name: "Mine" }, { ...base, summary: "Theirs" })).toEqual({
      values: { name: "Mine", summary: "Theirs", year: 2020 },
      conflicts: [],
    });
  });

  test("leave a field both changed to the person, and keep their own answer meanwhile", () => {
    expect(mergeDrafts({ name: "Old" }, { name: "Mine" }, { name: "Theirs" })).toEqual({
      values: { name: "Mine" },
      conflicts: [{ key: "name", mine: "Mine", theirs: "Theirs" }],
    });
  });

  test("agree where both gave the same answer", () => {
    const answer = { rows: [{ a: 1, b: 2 }] };
    expect(mergeDrafts({}, answer, { rows: [{ b: 2, a: 1 }] }).conflicts).toEqual([]);
  });

  test("keep a removed answer removed, and ask when the other side changed it", () => {
    expect(mergeDrafts({ name: "Old" }, {}, { name: "Old" })).toEqual({ values: {}, conflicts: [] });
    expect(mergeDrafts({ name: "Old" }, {}, { name: "Theirs" }).conflicts).toEqual([
      { key: "name", mine: undefined, theirs: "Theirs" },
    ]);
  });

  test("lose nothing: every field holds one side's answer, and each change of theirs that is not taken is asked about", () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, mine, theirs) => {
        const { values, conflicts } = mergeDrafts(base, mine, theirs);
        for (const key of ["a", "b", "c"]) {
          expect(isSame(values[key], mine[key]) || isSame(values[key], theirs[key])).toBe(true);
          const theyChanged = !isSame(base[key], theirs[key]);
          const isTaken = isSame(values[key], theirs[key]);
          expect(conflicts.some((conflict) => conflict.key === key)).toBe(theyChanged && !isTaken);
        }
      }),
    );
  });

  test("are the draft itself when only one side worked on it", () => {
    fc.assert(
      fc.property(draft, draft, (base, mine) => {
        expect(mergeDrafts(base, mine, base)).toEqual({ values: mine, conflicts: [] });
        expect(mergeDrafts(base, base, mine)).toEqual({ values: mine, conflicts: [] });
      }),
    );
  });
});
