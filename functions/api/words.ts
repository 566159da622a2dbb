/** How words that somebody looks for are compared with what is there. */

/** Lower case without marks: "Õ" is found by "o". */
export function normalised(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Normalised; at most eight, so that a search stays cheap. */
export const wordsIn = (query: string): readonly string[] =>
  normalised(query)
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, 8);
