import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { languages } from "../../web/language/languages.ts";

const web = fileURLToPath(new URL("../../web", import.meta.url));
const folder = join(web, "language");
const areas = readdirSync(join(folder, "en")).map((file) => file.replace(/\.json$/, ""));

/** Key with dots → text. Plural forms keep their suffix. */
function catalogue(language: string, area: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === "string") texts.set(path, value);
    else for (const [key, inner] of Object.entries(value ?? {})) walk(inner, path === "" ? key : `${path}.${key}`);
  };
  walk(JSON.parse(readFileSync(join(folder, language, `${area}.json`), "utf8")), "");
  return texts;
}

const plural = /_(zero|one|two|few|many|other)$/;
const withoutPlural = (key: string) => key.replace(plural, "");
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).toSorted();

interface Use {
  readonly file: string;
  readonly area: string;
  readonly key: string;
  /** Of a template `status.${x}` only the beginning is known. */
  readonly isPrefix: boolean;
}

const sources = readdirSync(web, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

const uses = sources.flatMap(usesIn);

/** What a file says with `t("key")`, `t("area:key")` or `i18next.t("key", { ns: "area" })`. */
function usesIn(file: string): Use[] {
  const text = readFileSync(file, "utf8");
  const own = [...text.matchAll(/useTranslation\(\[?"(\w+)"/g)].map(([, area]) => area ?? "");
  if (new Set(own).size > 1) throw new Error(`${file} speaks of several areas first: ${[...new Set(own)].join(", ")}`);
  return [...text.matchAll(/\bt\(/g)].flatMap((call) => {
    const [argument = "", ...others] = argumentsFrom(text, call.index + 2);
    const ns = /ns: "(\w+)"/.exec(others.join(","))?.[1];
    const isGlobal = text.slice(0, call.index).endsWith("i18next.");
    const choices = argument.slice(argument.lastIndexOf("? ") + 1);
    return [...choices.matchAll(/"([^"]+)"|`([^`$]*)(\$\{)?/g)].flatMap(([, literal, template, open]) => {
      const written = literal ?? template;
      if (written === undefined || written === "") return [];
      const [, area = ns ?? (isGlobal ? "common" : own[0]) ?? "common", key = written] =
        /^(\w+):(.+)$/.exec(written) ?? [];
      return [{ file: file.slice(dirname(web).length + 1), area, key, isPrefix: open !== undefined }];
    });
  });
}

/** The arguments of the call whose first one starts at `start`. */
function argumentsFrom(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === '"' || character === "`") {
      at = text.indexOf(character, at + 1);
      if (at < 0) break;
    } else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) {
      if (depth === 0) return [...found, text.slice(from, at)];
      depth -= 1;
    } else if (character === "," && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return found;
}

describe.each(areas)("The English words of %s", (area) => {
  const keys = [...new Set([...catalogue("en", area).keys()].map(withoutPlural))];
  const used = uses.filter((use) => use.area === area);

  test("are all said somewhere", () => {
    const unused = keys.filter(
      (key) => !used.some((use) => (use.isPrefix ? key.startsWith(use.key) : key === use.key)),
    );
    expect(unused).toEqual([]);
  });

  test("are all there", () => {
    const missing = used.filter(
      (use) => !keys.some((key) => (use.isPrefix ? key.startsWith(use.key) : key === use.key)),
    );
    expect(missing).toEqual([]);
  });
});

test("Every area that is spoken of has a catalogue", () => {
  expect(uses.filter(({ area }) => !areas.includes(area))).toEqual([]);
});

describe.each(languages)("The catalogues of $name", ({ code }) => {
  const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories;

  /** The keys a language owes for one of English: a plural in each form the language knows. */
  const keysFor = (key: string): string[] => {
    if (!plural.test(key)) return [key];
    return key.endsWith("_other") ? forms.map((form) => `${withoutPlural(key)}_${form}`) : [];
  };

  test.each(areas)("%s: has a text for each key of English, in each plural form, and no other", (area) => {
    const expected = [...catalogue("en", area).keys()].flatMap(keysFor);
    const own = [...catalogue(code, area)].filter(([, text]) => text !== "").map(([key]) => key);
    expect({
      missing: expected.filter((key) => !own.includes(key)),
      unknown: own.filter((key) => !expected.includes(key)),
    }).toEqual({ missing: [], unknown: [] });
  });

  test.each(areas)("%s: has the placeholders of English", (area) => {
    const english = catalogue("en", area);
    const different = [...catalogue(code, area)].filter(([key, text]) => {
      // "one" is also 21 in some languages: they count where English writes "one file".
      const sources = [english.get(key), english.get(`${withoutPlural(key)}_other`)];
      return !sources.some((source) => source !== undefined && `${placeholders(text)}` === `${placeholders(source)}`);
    });
    expect(different).toEqual([]);
  });

  test.each(areas)("%s: writes a percentage as the language does, on one line", (area) => {
    const [gap = ""] = /\s?(?=%)/.exec(new Intl.NumberFormat(code, { style: "percent" }).format(0.5)) ?? [];
    const shares = [...catalogue(code, area).values()].flatMap((text) => text.match(/[\d}]\s?%/g) ?? []);
    expect(shares.filter((share) => share.slice(1) !== `${gap}%`)).toEqual([]);
  });
});
