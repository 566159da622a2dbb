import { timeZoneOf } from "../domain/calendar.ts";
import type { AboutDue } from "./catalogue.ts";

/** How a reader in this country is told dates: in their own time zone and the language's own way of writing. */
export function datesFor(locale: string, country: string): Pick<AboutDue, "dateOf" | "dueOf"> {
  const timeZone = timeZoneOf(country);
  // English here is that of Europe: the day before the month.
  const written = locale === "en" ? "en-GB" : locale;
  const day = new Intl.DateTimeFormat(written, { timeZone, dateStyle: "long" });
  const minute = new Intl.DateTimeFormat(written, { timeZone, dateStyle: "long", timeStyle: "short" });
  return {
    dateOf: (instant) => day.format(new Date(instant)),
    dueOf: (instant) => minute.format(new Date(instant)),
  };
}

/** How a reader is told when something happened lately: to the second, with the day when it is not today. */
export function momentsFor(locale: string, country: string, now: Date): (instant: string) => string {
  const timeZone = timeZoneOf(country);
  // English here is that of Europe: the day before the month.
  const written = locale === "en" ? "en-GB" : locale;
  const day = new Intl.DateTimeFormat(written, { timeZone, dateStyle: "long" });
  const second = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: "medium" });
  return (instant) => {
    const when = new Date(instant);
    const time = `at ${second.format(when)}`;
    return day.format(when) === day.format(now) ? time : `on ${day.format(when)} ${time}`;
  };
}
