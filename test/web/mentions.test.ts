import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askedAt, mentionsIn, partsOf } from "../../web/pages/pilot/mentions.ts";

const ann = { id: "ann", name: "Ann Berg" };
const anna = { id: "anna", name: "Ann Berg-Tamm, Tartu" };
const people = [ann, anna];

describe("names in a text", () => {
  test("are those after an @, whole, each person once", () => {
    expect(mentionsIn("@Ann Berg and again @Ann Berg, not Ann Berg-Tamm, Tartu", people)).toEqual([ann]);
    expect(mentionsIn("ask @Ann Ber", people)).toEqual([]);
  });

  test("that begin alike are told apart: the longer one counts", () => {
    expect(mentionsIn("@Ann Berg-Tamm, Tartu please look", people)).toEqual([anna]);
  });

  test("leave the text as it is, whatever it says", () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom("@", "@Ann Berg", "@Ann Berg-Tamm, Tartu", " "));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(
          partsOf(text, people)
            .map(({ words }) => words)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("a name being typed", () => {
  test.each([
    ["see @", 5, { at: 4, words: "" }],
    ["see @an", 7, { at: 4, words: "an" }],
    ["(@Ann Be", 8, { at: 1, words: "Ann Be" }],
    ["see @ann and more", 8, { at: 4, words: "ann" }],
  ])("%j with the caret at %i is asked for", (text, caret, asked) => {
    expect(askedAt(text, caret)).toEqual(asked);
  });

  test.each([
    ["mail ann@example.org", 20],
    ["see @ann, and then much more is said here", 40],
    ["nobody", 6],
  ])("%j with the caret at %i is none", (text, caret) => {
    expect(askedAt(text, caret)).toBeUndefined();
  });
});
