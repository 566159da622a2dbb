/** Writes a calendar of whole-day entries as RFC 5545 text (with the name and refresh interval of RFC 7986). */
export interface CalendarEntry {
  /** Unique in the world and the same for ever. */
  readonly uid: string;
  /** Grows with each change. */
  readonly sequence: number;
  /** ISO date. */
  readonly day: string;
  readonly summary: string;
  readonly url?: string;
}

export function icsOf({
  name,
  stampedAt,
  entries,
}: {
  readonly name: string;
  /** ISO 8601 UTC instant at which this was written. */
  readonly stampedAt: string;
  readonly entries: readonly CalendarEntry[];
}): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Fairway//Due dates//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ...entries.flatMap((entry) => [
      "BEGIN:VEVENT",
      `UID:${escaped(entry.uid)}`,
      `DTSTAMP:${compact(stampedAt)}`,
      `SEQUENCE:${entry.sequence}`,
      `DTSTART;VALUE=DATE:${compact(entry.day)}`,
      `SUMMARY:${escaped(entry.summary)}`,
      ...(entry.url === undefined ? [] : [`URL:${entry.url.replaceAll(/\s/g, "")}`]),
      // A due date takes nobody's time.
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** 2027-03-10 → 20270310, 2027-03-10T08:00:00.000Z → 20270310T080000Z. */
const compact = (iso: string): string => iso.replace(/\.\d+(?=Z$)/, "").replaceAll(/[-:]/g, "");

/** TEXT values, section 3.3.11; other control characters are not allowed there at all. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, "\\$&")
    .replaceAll(/\r\n|\r|\n/g, "\\n")
    .replaceAll(/[\p{Cc}--\t]/gv, "");

const MAX_LINE_OCTETS = 75;

/** Lines longer than 75 octets go on in the next one after a space, never within a character (section 3.1). */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let text = "";
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > MAX_LINE_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
