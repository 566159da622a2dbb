/** Months and shares in the chosen language; drawn again when it changes by `useTranslation` of the component. */
import i18next from "i18next";
import { dayInWords, numberInWords } from "../../language/format.ts";

const locale = () => (i18next.language === "en" ? "en-GB" : i18next.language);

/** "2027-03" → "Mar 2027". */
export const monthInWords = (month: string): string =>
  new Intl.DateTimeFormat(locale(), { month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00.000Z`),
  );

/** "2027-03" → "03/2027", where there is little room. */
export const monthInDigits = (month: string): string =>
  new Intl.DateTimeFormat(locale(), { month: "2-digit", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00.000Z`),
  );

/** 0.123 → "12 %". */
export const shareInWords = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);

export const daysInWords = (days: number): string => numberInWords(days, { fractionDigits: 0 });

/** Of a calendar day, wherever the reader is. */
export const dateInWords = (date: string): string => dayInWords(`${date}T12:00:00.000Z`);
