import { timeZoneOf } from "../domain/calendar.ts";
import type { AboutDue } from "./catalogue.ts";

/** How a reader in this country is told dates: in their own time zone and the language's own way of writing. */
export function datesFor(locale: string, country: string): Pick<AboutDue, "dateOf" | "dueOf"> {
  const timeZone = timeZoneOf(country);
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "long" });
  const minute = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "long", timeStyle: "short" });
  return {
    dateOf: (instant) => day.format(new Date(instant)),
    dueOf: (instant) => minute.format(new Date(instant)),
  };
}
