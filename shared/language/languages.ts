import type { Catalogue } from "./catalogue.ts";
import { english } from "./en.ts";

/** By primary language subtag. */
const languages: ReadonlyMap<string, Catalogue> = new Map([["en", english]]);

/** The catalogue of a person's language (BCP 47); English where there is none yet. */
export function catalogueFor(language: string): Catalogue {
  return languages.get(language.toLowerCase().split("-")[0] ?? "") ?? english;
}
