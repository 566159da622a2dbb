import i18next from "i18next";
import { expect, test } from "vitest";
import en from "../../web/language/en/gap.json" with { type: "json" };
import et from "../../web/language/et/gap.json" with { type: "json" };
import fi from "../../web/language/fi/gap.json" with { type: "json" };
import lt from "../../web/language/lt/gap.json" with { type: "json" };
import lv from "../../web/language/lv/gap.json" with { type: "json" };
import sv from "../../web/language/sv/gap.json" with { type: "json" };
import { validityInWords } from "../../web/parts/validity-in-words.ts";
import { asRead } from "../support/as-read.ts";

const areas = { en, et, fi, lt, lv, sv };
const resources = Object.fromEntries(Object.entries(areas).map(([language, gap]) => [language, { gap }]));

const missing = (type: string) => validityInWords({ type, value: "", validity: { valueMissing: true } });

test.each([
  ["en", "Enter 2.5 or less.", "Choose 30 Nov 2026 or a later day.", "Enter a multiple of 0.25."],
  ["et", "Sisestage kuni 2,5.", "Valige 30. nov 2026 või hilisem päev.", "Sisestage arvu 0,25 kordne."],
  ["fi", "Anna enintään 2,5.", "Valitse 30.11.2026 tai myöhempi päivä.", "Anna luvun 0,25 kerrannainen."],
  [
    "lt",
    "Įrašykite 2,5 arba mažiau.",
    "Pasirinkite 2026-11-30 arba vėlesnę dieną.",
    "Įrašykite skaičiaus 0,25 kartotinį.",
  ],
  [
    "lv",
    "Ievadiet 2,5 vai mazāk.",
    "Izvēlieties 2026. g. 30. nov. vai vēlāku dienu.",
    "Ievadiet skaitļa 0,25 daudzkārtni.",
  ],
  ["sv", "Ange 2,5 eller mindre.", "Välj 30 nov. 2026 eller en senare dag.", "Ange en multipel av 0,25."],
])("In %s a limit is a number or a day as the language writes it", async (lng, most, earliest, step) => {
  await i18next.init({ lng, resources });
  const quarters = { type: "number", value: "2.6", max: "2.5", step: "0.25" };
  expect(validityInWords({ ...quarters, validity: { rangeOverflow: true, stepMismatch: true } })).toBe(most);
  expect(validityInWords({ ...quarters, validity: { stepMismatch: true } })).toBe(step);
  const day = { type: "date", value: "2026-11-29", min: "2026-11-30" };
  expect(asRead(validityInWords({ ...day, validity: { rangeUnderflow: true } }))).toBe(earliest);
});

test("What is missing is said of each kind of field, and of what cannot be read that it is not missing", async () => {
  await i18next.init({ lng: "en", resources });
  expect(["text", "textarea", "number", "date", "select-one", "radio", "checkbox"].map(missing)).toEqual([
    "Fill this in.",
    "Fill this in.",
    "Enter a number.",
    "Enter a date.",
    "Choose one of the options.",
    "Choose one of the options.",
    "Tick this to go on.",
  ]);
  const halfTyped = { type: "date", value: "", validity: { badInput: true, valueMissing: true } };
  expect(validityInWords(halfTyped)).toBe("Enter the day, month and year of a day that exists.");
});

test("What else a form asks for is said, too", async () => {
  await i18next.init({ lng: "en", resources });
  const days = { type: "number", value: "1.5", min: "1", max: "14" };
  expect(validityInWords({ ...days, validity: { stepMismatch: true } })).toBe("Give a whole number.");
  expect(validityInWords({ ...days, validity: { rangeUnderflow: true } })).toBe("Enter 1 or more.");
  const email = { type: "email", value: "aurora", validity: { typeMismatch: true } };
  expect(validityInWords(email)).toBe("Enter an e-mail address such as name@example.org.");
  const long = { type: "text", value: "four", maxLength: 3, validity: { tooLong: true } };
  expect(validityInWords(long)).toBe("Shorten to at most 3 characters (now 4).");
  const day = { type: "date", value: "2026-11-30", max: "2026-11-29", validity: { rangeOverflow: true } };
  expect(asRead(validityInWords(day))).toBe("Choose 29 Nov 2026 or an earlier day.");
  const unforeseen = { type: "text", value: "x", validity: { patternMismatch: true } };
  expect(validityInWords(unforeseen)).toBe("This is not in the expected form.");
});
