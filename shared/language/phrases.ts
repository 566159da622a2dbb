/** What the sentences of a catalogue are put together from, beside its words. */

/** A calendar day as an instant that falls on this day in all of Europe. */
export const noon = (date: string): string => (date.length === 10 ? `${date}T12:00:00.000Z` : date);

const dayMs = 86_400_000;

/** Whole days, at least one: nothing is said to have taken no time. */
export const daysIn = (ms: number): number => Math.max(1, Math.round(ms / dayMs));

/** "a, b and c" in the language. */
export function listIn(locale: string): (parts: readonly string[]) => string {
  const format = new Intl.ListFormat(locale, { style: "long", type: "conjunction" });
  return (parts) => format.format(parts);
}

/** "a, b or c" in the language. */
export function eitherIn(locale: string): (parts: readonly string[]) => string {
  const format = new Intl.ListFormat(locale, { style: "long", type: "disjunction" });
  return (parts) => format.format(parts);
}

/** Whole euros without cents, e.g. "€2,000"; the cents where there are some. */
export function eurosIn(locale: string): (value: number) => string {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "EUR",
    trailingZeroDisplay: "stripIfInteger",
  });
  return (value) => format.format(value);
}

/** For the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "62.5 of 100" in the language. Never rounded up: 59.996 does not read as the 60 that would have been enough. */
export function scoreIn(locale: string, ofHundred: string): (value: number) => string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, roundingMode: "floor" });
  return (value) => `${format.format(value)}${ofHundred}`;
}

export function numbersIn(locale: string): (value: number) => string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return (value) => format.format(value);
}

/** Free of what adding up fractions leaves behind. */
export const sumOf = (entries: readonly { readonly hours: number }[]): number =>
  Math.round(entries.reduce((sum, { hours }) => sum + hours, 0) * 100) / 100;

/** The noun in the form that the language uses after the number; `other` where it has none of its own, `none` for 0. */
export function countIn(locale: string): (n: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  const format = numbersIn(locale);
  return (n, forms) =>
    n === 0 && forms.none !== undefined
      ? forms.none
      : inOnePiece(`${format(n)} ${forms[rules.select(n)] ?? forms.other}`);
}

/** A number or a date with what it counts is read at one glance: no line ends inside. */
export const inOnePiece = (words: string): string => words.replaceAll(" ", "\u00a0");

type PluralForms = { readonly other: string; readonly none?: string } & {
  readonly [Category in Intl.LDMLPluralRule]?: string;
};
