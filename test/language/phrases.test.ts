import { describe, expect, test } from "vitest";
import { datesFor } from "../../shared/language/dates.ts";
import { catalogueFor } from "../../shared/language/languages.ts";
import { countIn, daysIn, listIn, noon, scoreIn } from "../../shared/language/phrases.ts";
import { asRead } from "../support/as-read.ts";

describe("A noun after a number", () => {
  test.each([
    [0, "0 nodevumu"],
    [1, "1 nodevums"],
    [2, "2 nodevumi"],
    [11, "11 nodevumu"],
    [21, "21 nodevums"],
  ])("has its Latvian form: %i", (n, text) => {
    expect(asRead(countIn("lv-LV")(n, { zero: "nodevumu", one: "nodevums", other: "nodevumi" }))).toBe(text);
  });

  test.each([
    [1, "1 valanda"],
    [2, "2 valandos"],
    [2.5, "2,5 valandos"],
    [10, "10 valandų"],
    [21, "21 valanda"],
  ])("has its Lithuanian form: %d", (n, text) => {
    const forms = { one: "valanda", few: "valandos", many: "valandos", other: "valandų" };
    expect(asRead(countIn("lt-LT")(n, forms))).toBe(text);
  });

  test("has the common form where the language has no other", () => {
    expect(countIn("sv-SE")(0, { one: "dag", other: "dagar" })).toBe("0\u00a0dagar");
    expect(countIn("lt-LT")(2.5, { one: "diena", other: "dienų" })).toBe("2,5\u00a0dienų");
  });

  test("is said of none at all as the language says it", () => {
    expect(countIn("fi-FI")(0, { none: "ei kommentteja", one: "kommentti", other: "kommenttia" })).toBe(
      "ei kommentteja",
    );
  });
});

test("A score is never rounded up", () => {
  expect(scoreIn("sv-SE", "\u00a0av\u00a0100")(59.996)).toBe("59,99\u00a0av\u00a0100");
  expect(scoreIn("fi-FI", "/100")(60)).toBe("60/100");
});

test("Names are joined as the language joins them", () => {
  expect(listIn("lt-LT")(["Anna", "Bo", "Cai"])).toBe("Anna, Bo ir Cai");
});

test("A time counts as at least one day", () => {
  expect(daysIn(60_000)).toBe(1);
  expect(daysIn(3 * 86_400_000)).toBe(3);
});

test("A calendar day is the same day all over Europe", () => {
  for (const country of ["PT", "SE", "LT", "FI"]) {
    expect(datesFor("en-GB", country).dateOf(noon("2027-05-01"))).toBe("1\u00a0May\u00a02027");
  }
});

test("A Lithuanian sentence that ends in a date ends in one full stop", () => {
  const held = catalogueFor("lt").sentences.PilotHeld(
    {
      type: "PilotHeld",
      at: "2027-03-10T10:00:00.000Z",
      actor: { personId: "anna", role: "coordinator" },
      data: { resumeOn: "2027-05-01", remindAt: [] },
    },
    {
      nameOf: () => "Anna",
      deliverableName: (id) => id,
      stageName: (id) => id,
      questionTitle: (id) => id,
      ...datesFor("lt-LT", "LT"),
    },
  );
  expect(asRead(held)).toBe("Anna pristabdė bandomąjį projektą iki 2027 m. gegužės 1 d.");
});
