import i18next from "i18next";
import { expect, test } from "vitest";
import { dayInWords, dueDistanceInWords, idsInWords, minuteInWords } from "../../web/language/format.ts";

/** By the clock of the device, wherever it stands. */
const noon = new Date(2026, 10, 30, 12).toISOString();
const inAWeek = "2026-12-07T21:59:00.000Z";

/** Where a line may end in what is said of a day, a moment and a distance. */
test.each([
  ["en", ["30 Nov 2026"], ["30 Nov 2026,", "12:00"], ["in 7 days"]],
  ["et", ["30. nov 2026"], ["30. nov 2026,", "12:00"], ["7 päeva pärast"]],
  ["fi", ["30.11.2026"], ["30.11.2026", "klo 12.00"], ["7 päivän päästä"]],
  ["lt", ["2026-11-30"], ["2026-11-30", "12:00"], ["po 7 dienų"]],
  ["lv", ["2026. g. 30. nov."], ["2026.", "gada", "30. nov.", "12:00"], ["pēc 7 dienām"]],
  ["sv", ["30 nov. 2026"], ["30 nov. 2026", "12:00"], ["om 7 dagar"]],
])("Dates in %s are not broken inside, but between the day and the time", async (language, day, minute, distance) => {
  await i18next.init({ lng: language });
  const lines = (words: string) => words.split(" ").map((line) => line.replaceAll("\u00a0", " "));
  expect(lines(dayInWords(noon))).toEqual(day);
  expect(lines(minuteInWords(noon))).toEqual(minute);
  expect(lines(dueDistanceInWords(inAWeek, new Date(noon)))).toEqual(distance);
});

test("An id is not broken at its hyphen, and other words may be", () => {
  expect(idsInWords("Review PA-7 Living-lab trial plan")).toBe("Review PA\u20117 Living-lab trial plan");
  expect(idsInWords("source for RCO 117 / RCR 82")).toBe("source for RCO\u00a0117 / RCR\u00a082");
});

test("A word that begins with a hyphen is not broken after it", () => {
  expect(idsInWords("FS-6 Living lab -kokeilun suunnitelma")).toBe("FS\u20116 Living lab \u2011kokeilun suunnitelma");
});
