import { timeZoneOf } from "../domain/calendar.ts";
import { dueDayOf } from "../domain/due-day.ts";
import type { About } from "./catalogue.ts";
import { inOnePiece } from "./phrases.ts";
import type { RefusalAbout } from "./refusals/words.ts";

/** How a reader in this country is told dates: in their own time zone and the language's own way of writing. */
export function datesFor(locale: string, country: string): Pick<About, "dateOf" | "dueOf"> {
  const day = formatOf(locale, { timeZone: timeZoneOf(country), dateStyle: "long" });
  const dueDay = formatOf(locale, { timeZone: "UTC", dateStyle: "long" });
  return {
    dateOf: (instant) => inOnePiece(day.format(new Date(instant))),
    dueOf: (instant) => inOnePiece(dueDay.format(new Date(dueDayOf(instant)))),
  };
}

/** How a reader is told when something happened lately: to the second, with the day when it is not today. */
export function momentsFor(locale: string, country: string, now: Date): RefusalAbout["momentOf"] {
  const timeZone = timeZoneOf(country);
  const day = formatOf(locale, { timeZone, dateStyle: "long" });
  const second = formatOf(locale, { timeZone, timeStyle: "medium" });
  return (instant) => {
    const when = new Date(instant);
    const time = second.format(when);
    return day.format(when) === day.format(now) ? { time } : { time, day: day.format(when) };
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does; there are few languages, zones and styles. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // English here is that of Europe: the day before the month.
  const written = locale === "en" ? "en-GB" : locale;
  const name = JSON.stringify([written, options]);
  const format = formats.get(name) ?? new Intl.DateTimeFormat(written, options);
  formats.set(name, format);
  return format;
}
