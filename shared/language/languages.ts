/** Which languages there are, by primary language subtag. A new one is a row here with its two files, and one in `form-help.ts`. */
import type { Catalogue } from "./catalogue.ts";
import { english } from "./en.ts";
import { estonian } from "./et.ts";
import { finnish } from "./fi.ts";
import { lithuanian } from "./lt.ts";
import { latvian } from "./lv.ts";
import estonianProcess from "./process/et.json" with { type: "json" };
import finnishProcess from "./process/fi.json" with { type: "json" };
import lithuanianProcess from "./process/lt.json" with { type: "json" };
import latvianProcess from "./process/lv.json" with { type: "json" };
import swedishProcess from "./process/sv.json" with { type: "json" };
import { swedish } from "./sv.ts";

interface Language {
  readonly catalogue: Catalogue;
  /** English text of the transfer process → the same in this language; English needs none. */
  readonly process?: Readonly<Record<string, string>>;
}

const languages: ReadonlyMap<string, Language> = new Map<string, Language>([
  ["en", { catalogue: english }],
  ["et", { catalogue: estonian, process: estonianProcess }],
  ["fi", { catalogue: finnish, process: finnishProcess }],
  ["lt", { catalogue: lithuanian, process: lithuanianProcess }],
  ["lv", { catalogue: latvian, process: latvianProcess }],
  ["sv", { catalogue: swedish, process: swedishProcess }],
]);

/** Primary language subtags. */
export const spokenLanguages: readonly string[] = [...languages.keys()];

const languageOf = (language: string): Language | undefined =>
  languages.get(language.toLowerCase().split("-")[0] ?? "");

/** The catalogue of a person's language (BCP 47); English where there is none. */
export const catalogueFor = (language: string): Catalogue => languageOf(language)?.catalogue ?? english;

/** The words of the transfer process in a person's language; undefined where it is read in English. */
export const processWords = (language: string): Readonly<Record<string, string>> | undefined =>
  languageOf(language)?.process;
