import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { icsOf } from "../../../functions/api/ics.ts";

const calendarOf = (summary: string, url?: string): string =>
  icsOf({
    name: "Fairway",
    stampedAt: "2027-03-10T08:00:00.000Z",
    entries: [{ uid: "p/t@fairway", sequence: 3, day: "2027-03-31", summary, ...(url === undefined ? {} : { url }) }],
  });

/** Content lines as a reader joins them. */
const unfolded = (ics: string): string[] => ics.replaceAll("\r\n ", "").split("\r\n");

const summaryIn = (ics: string): string | undefined =>
  unfolded(ics)
    .find((line) => line.startsWith("SUMMARY:"))
    ?.slice("SUMMARY:".length)
    .replaceAll(/\\([\\;,nN])/g, (_, escaped: string) => (escaped.toLowerCase() === "n" ? "\n" : escaped));

describe("a calendar", () => {
  test("reads as RFC 5545 says", () => {
    expect(calendarOf("Review, first; round\\two\nagain", "https://fairway.example/pilots/p")).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fairway//Due dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Fairway",
        "X-WR-CALNAME:Fairway",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "BEGIN:VEVENT",
        "UID:p/t@fairway",
        "DTSTAMP:20270310T080000Z",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20270331",
        "SUMMARY:Review\\, first\\; round\\\\two\\nagain",
        "URL:https://fairway.example/pilots/p",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
  });

  test("gives any summary back as it was, in lines of at most 75 octets", () => {
    void fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (summary) => {
        const ics = calendarOf(summary);
        for (const line of ics.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        const kept = summary.replaceAll(/\r\n|\r/g, "\n").replaceAll(/[\p{Cc}--[\t\n]]/gv, "");
        expect(summaryIn(ics)).toBe(kept);
      }),
    );
  });

  test("takes no line of its own from what somebody typed", () => {
    const ics = calendarOf("x\r\nEND:VEVENT\r\nATTENDEE:evil", "https://fairway.example/\r\nATTENDEE:evil");
    expect(unfolded(ics).filter((line) => line.startsWith("ATTENDEE") || line === "END:VEVENT")).toEqual([
      "END:VEVENT",
    ]);
  });
});
