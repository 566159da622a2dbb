import i18next from "i18next";
import { expect, test } from "vitest";
import { savedInWords } from "../../web/form/saved-in-words.ts";
import en from "../../web/language/en/form.json" with { type: "json" };
import et from "../../web/language/et/form.json" with { type: "json" };
import fi from "../../web/language/fi/form.json" with { type: "json" };
import lt from "../../web/language/lt/form.json" with { type: "json" };
import lv from "../../web/language/lv/form.json" with { type: "json" };
import sv from "../../web/language/sv/form.json" with { type: "json" };
import { asRead } from "../support/as-read.ts";

const areas = { en, et, fi, lt, lv, sv };
const resources = Object.fromEntries(Object.entries(areas).map(([language, form]) => [language, { form }]));

/** By the clock of the device, wherever it stands. */
const savedAt = new Date(2026, 10, 29, 0, 58).toISOString();
const laterThatDay = new Date(2026, 10, 29, 18);
const nextDay = new Date(2026, 10, 30, 0, 5);

test.each([
  ["en", "Saved at 00:58", "Saved on 29 Nov 2026, 00:58"],
  ["et", "Salvestatud kell 00:58", "Salvestatud 29. nov 2026, 00:58"],
  ["fi", "Tallennettu klo 0.58", "Tallennettu 29.11.2026 klo 0.58"],
  ["lt", "Išsaugota 00:58 val.", "Išsaugota 2026-11-29 00:58"],
  ["lv", "Saglabāts plkst. 00:58", "Saglabāts 2026. gada 29. nov. 00:58"],
  ["sv", "Sparat kl. 00:58", "Sparat den 29 nov. 2026 00:58"],
])("In %s a draft says the time of its saving, and the day when that is over", async (lng, today, before) => {
  await i18next.init({ lng, resources, interpolation: { escapeValue: false } });
  expect(asRead(savedInWords(savedAt, laterThatDay))).toBe(today);
  expect(asRead(savedInWords(savedAt, nextDay))).toBe(before);
});
