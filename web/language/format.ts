/**
 * Dates, numbers and countries as the chosen language writes them. A component that calls these also calls
 * `useTranslation`, which draws it again when the language changes.
 */
import i18next from "i18next";
import { dueDayOf } from "../../shared/domain/due-day.ts";
import { daysBetween, daysUntilDue } from "./days.ts";

/** English here is that of Europe: the day before the month. */
function locale(): string {
  const { language } = i18next;
  return language === undefined || language === "en" ? "en-GB" : language;
}

const made = new Map<string, unknown>();

/** Formatters are costly to make and good for any number of values. */
function once<Format>(kind: string, make: (locale: string) => Format): Format {
  const key = `${locale()} ${kind}`;
  const known = made.get(key);
  // Keys are made here only, one kind of format each.
  if (known !== undefined) return known as Format;
  const format = make(locale());
  made.set(key, format);
  return format;
}

export const dayInWords = (instant: string): string =>
  inOnePiece(
    once("day", (at) => new Intl.DateTimeFormat(at, { day: "numeric", month: "short", year: "numeric" })).format(
      new Date(instant),
    ),
  );

/** The day something is due, whatever the clock of the device says. */
export const dueDayInWords = (instant: string): string =>
  inOnePiece(
    once(
      "due day",
      (at) => new Intl.DateTimeFormat(at, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
    ).format(new Date(dueDayOf(instant))),
  );

export const minuteInWords = (instant: string): string =>
  dayAndTime(
    once("minute", (at) => new Intl.DateTimeFormat(at, { dateStyle: "medium", timeStyle: "short" })),
    instant,
  );

export const secondInWords = (instant: string): string =>
  dayAndTime(
    once("second", (at) => new Intl.DateTimeFormat(at, { dateStyle: "medium", timeStyle: "medium" })),
    instant,
  );

/** The time of day; with its day when that is another. */
export function timeInWords(instant: string, now: Date): string {
  const date = new Date(instant);
  if (daysBetween(date, now) !== 0) return minuteInWords(instant);
  return once("time", (at) => new Intl.DateTimeFormat(at, { timeStyle: "short" })).format(date);
}

/** "2027-03" → "Mar 2027". */
export const monthInWords = (month: string): string =>
  once("month", (at) => new Intl.DateTimeFormat(at, { month: "short", year: "numeric", timeZone: "UTC" })).format(
    firstOf(month),
  );

/** "2027-03" → "03/2027", where there is little room. */
export const monthInDigits = (month: string): string =>
  once(
    "month in digits",
    (at) => new Intl.DateTimeFormat(at, { month: "2-digit", year: "numeric", timeZone: "UTC" }),
  ).format(firstOf(month));

/** How far a due day is from today on the device: "in 3 days", "2 days ago", "today". */
export function dueDistanceInWords(instant: string, now: Date): string {
  return inOnePiece(
    once("distance", (at) => new Intl.RelativeTimeFormat(at, { numeric: "auto" })).format(
      daysUntilDue(instant, now),
      "day",
    ),
  );
}

export const numberInWords = (
  value: number,
  { fractionDigits = 2 }: { readonly fractionDigits?: number } = {},
): string =>
  once(`number ${fractionDigits}`, (at) => new Intl.NumberFormat(at, { maximumFractionDigits: fractionDigits })).format(
    value,
  );

/** 0.123 → "12 %". */
export const shareInWords = (share: number): string =>
  once("share", (at) => new Intl.NumberFormat(at, { style: "percent", maximumFractionDigits: 0 })).format(share);

export const eurosInWords = (value: number): string =>
  once(
    "euros",
    (at) => new Intl.NumberFormat(at, { style: "currency", currency: "EUR", maximumFractionDigits: 0 }),
  ).format(value);

/** A number of a form with its unit: "8%", "€95,936.85", "18 months". The unit is a code or a word of the language. */
export function amountInWords(value: number, unit: string | undefined): string {
  if (unit === "%") {
    return once("percent", (at) => new Intl.NumberFormat(at, { style: "percent", maximumFractionDigits: 2 })).format(
      value / 100,
    );
  }
  if (unit === "EUR") return priceInWords(value);
  const number = numberInWords(value);
  return unit === undefined ? number : `${number}${noBreak}${unit}`;
}

/** Cents where there are any. */
export const priceInWords = (value: number): string =>
  once(
    "price",
    (at) => new Intl.NumberFormat(at, { style: "currency", currency: "EUR", trailingZeroDisplay: "stripIfInteger" }),
  ).format(value);

/** "Ann, Ben and Carl". */
export const listInWords = (items: readonly string[]): string =>
  once("list", (at) => new Intl.ListFormat(at, { type: "conjunction" })).format(items);

/** By ISO 3166 code; the code itself where it names no country. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return once("countries", (at) => new Intl.DisplayNames(at, { type: "region" })).of(code) ?? code;
}

/** By BCP 47 tag. */
export const languageName = (code: string): string =>
  once("languages", (at) => new Intl.DisplayNames(at, { type: "language" })).of(code) ?? code;

export const inOrder = (a: string, b: string): number => once("order", (at) => new Intl.Collator(at)).compare(a, b);

const noBreak = "\u00a0";

/** "NA-3" and "RCO 84" are read as one word wherever they stand, as is "-kokeilu" after "Living lab": no line ends inside. */
export const idsInWords = (text: string): string =>
  text
    .replaceAll(/\b([A-Z]{2})-(?=\d)/g, "$1\u2011")
    .replaceAll(/\b(RC[OR]) (?=\d)/g, `$1${noBreak}`)
    .replaceAll(/(?<=\s)-(?=\p{L})/gu, "\u2011");

/** A date or a number with what it counts is read at one glance: no line ends inside. */
const inOnePiece = (words: string): string => words.replaceAll(" ", noBreak);

/** In a narrow place the day and the time may stand on a line each. */
const dayAndTime = (format: Intl.DateTimeFormat, instant: string): string =>
  format
    .formatToParts(new Date(instant))
    .map(({ type, value }, index, all) => {
      if (type !== "literal") return inOnePiece(value);
      if (all[index + 1]?.type === "hour") return value.replace(/(?<=\p{L}\.?) $/u, noBreak);
      // Latvian puts a word into the date, which makes it long.
      return /\p{L}/u.test(value) ? value : inOnePiece(value);
    })
    .join("");

const firstOf = (month: string) => new Date(`${month}-01T00:00:00.000Z`);
