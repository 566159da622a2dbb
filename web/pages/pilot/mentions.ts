/** Names in a text: "@" and the whole name. Longer names first, so that one that begins like another is not it. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface Part<Person> {
  readonly words: string;
  readonly person?: Person;
}

/** The text in pieces, those that name somebody apart. */
export function partsOf<Person extends Named>(text: string, people: readonly Person[]): readonly Part<Person>[] {
  const byLength = people.toSorted((a, b) => b.name.length - a.name.length);
  const parts: Part<Person>[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const person = byLength.find(({ name }) => text.startsWith(name, at + 1));
    if (person === undefined) continue;
    const end = at + 1 + person.name.length;
    parts.push({ words: text.slice(from, at) }, { words: text.slice(at, end), person });
    from = end;
  }
  return [...parts, { words: text.slice(from) }].filter(({ words }) => words !== "");
}

/** Whom a text names, each once. */
export function mentionsIn<Person extends Named>(text: string, people: readonly Person[]): readonly Person[] {
  return partsOf(text, people).flatMap(({ person }, index, parts) =>
    person === undefined || parts.findIndex((part) => part.person === person) !== index ? [] : [person],
  );
}

/** The name being typed: after an "@" that begins a word, up to the caret; a name has at most four words. */
export function askedAt(text: string, caret: number): { readonly at: number; readonly words: string } | undefined {
  const match = /(^|[\s(])@((?:[^\s@]+ ){0,3}[^\s@]*)$/u.exec(text.slice(0, caret));
  if (match === null) return undefined;
  const [, lead = "", words = ""] = match;
  return { at: match.index + lead.length, words };
}
