import { describe, expect, test } from "vitest";
import { latestProcess, processVersions } from "../../shared/contracts/transfer-process.ts";
import { processWords, spokenLanguages } from "../../shared/language/languages.ts";
import { processIn, textsOf } from "../../shared/language/process-words.ts";

const published = new Set([...processVersions.values()].flatMap(textsOf));
const translated = spokenLanguages.flatMap((language) => {
  const words = processWords(language);
  return words === undefined ? [] : [[language, words] as const];
});

const numbers = (text: string): readonly string[] => (text.match(/\d+/g) ?? []).toSorted();

/** What a text calls by a name that is the same in every language. */
const codes = (text: string): readonly string[] =>
  text.match(
    /\b(?:[A-Z]{2}-\d+|RC[OR] \d+|ISO(?:\/IEC)?|IEC|EN \d+|GDPR|MDR|IVDR|EHDS|NIS2|PSD2|eIDAS|EUDI|DPIA|RPO|RTO|SUS|CPV|ESPD|WCAG|MDCG|FHIR|SNOMED CT|VIES|EUR|PDF|B2[BCG]|OSS)\b/g,
  ) ?? [];

describe.each(translated)("The transfer process in %s", (language, words) => {
  test("has every text of every published version, and nothing else", () => {
    const keys = new Set(Object.keys(words));
    expect({ missing: published.difference(keys), leftOver: keys.difference(published) }).toEqual({
      missing: new Set(),
      leftOver: new Set(),
    });
  });

  test("leaves no text empty or with space around it", () => {
    expect(Object.entries(words).filter(([, said]) => said === "" || said !== said.trim())).toEqual([]);
  });

  test("keeps numbers and codes", () => {
    const changed = Object.entries(words).filter(
      ([text, said]) =>
        numbers(text).join() !== numbers(said).join() || codes(text).some((code) => !said.includes(code)),
    );
    expect(changed).toEqual([]);
  });

  test("is another text wherever there is a sentence to say", () => {
    expect(Object.entries(words).filter(([text, said]) => said === text && text.split(" ").length > 4)).toEqual([]);
  });

  test("differs from the published version in texts only", () => {
    const said = processIn(language, latestProcess);
    const texts = new Set([...published, ...Object.values(words)]);
    expect(said.stages[0]?.name).toBe(words[latestProcess.stages[0]?.name ?? ""]);
    const shape = (value: unknown): unknown =>
      typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shape(member)]))
        : typeof value === "string" && texts.has(value)
          ? "a text"
          : value;
    expect(shape(said)).toEqual(shape(latestProcess));
  });

  test("is made once", () => {
    expect(processIn(`${language}-XX`, latestProcess)).toBe(processIn(language, latestProcess));
  });
});

test("In English, and in a language not spoken, the process is read as it was published", () => {
  expect(processIn("en-IE", latestProcess)).toBe(latestProcess);
  expect(processIn("de", latestProcess)).toBe(latestProcess);
});
