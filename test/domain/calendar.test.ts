import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import {
  addWorkingDays,
  dueAt,
  isWorkingDay,
  localDateOf,
  nextDigestAt,
  reminderTimes,
  shiftByHold,
  timeZoneOf,
} from "../../shared/domain/calendar.ts";
import { countries } from "../../shared/domain/countries.ts";

const local = (instant: string, country: string) =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZoneOf(country))
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
const inArea = [...countries.values()].flatMap(({ code, timeZone }) => (timeZone === undefined ? [] : [code]));

describe("a due date", () => {
  test("ends at 23:59 local, written as a UTC instant with milliseconds", () => {
    expect(dueAt("2027-03-01T08:00:00Z", 10, "EE")).toBe("2027-03-11T21:59:00.000Z");
    expect(dueAt("2027-03-01T08:00:00.000Z", 10, "SE")).toBe("2027-03-11T22:59:00.000Z");
  });

  test("counts from the local day, not the UTC day", () => {
    expect(local(dueAt("2027-03-01T22:30:00Z", 1, "EE"), "EE")).toBe("2027-03-03T23:59");
    expect(local(dueAt("2027-03-01T22:30:00Z", 1, "SE"), "SE")).toBe("2027-03-02T23:59");
  });

  test.each([
    ["a weekend", "2027-03-01", 5, "EE", "2027-03-08"],
    ["Independence Day in Estonia on 24 February", "2027-02-22", 2, "EE", "2027-02-25"],
    ["which is a working day in Latvia", "2027-02-22", 2, "LV", "2027-02-24"],
    ["Proclamation Day in Latvia on 18 November", "2027-11-16", 2, "LV", "2027-11-19"],
    ["Midsummer in Estonia on 23 and 24 June", "2027-06-20", 3, "EE", "2027-06-25"],
    ["Midsummer Eve in Sweden, kept like a holiday", "2027-06-20", 5, "SE", "2027-06-28"],
    ["Orthodox Easter in Bulgaria with St George's Day after it", "2027-04-28", 2, "BG", "2027-05-04"],
    ["Orthodox Easter in Serbia", "2027-04-28", 2, "RS", "2027-05-04"],
    ["Orthodox Easter in Greece", "2027-04-28", 2, "GR", "2027-05-04"],
    ["which are working days in Lithuania", "2027-04-28", 2, "LT", "2027-04-30"],
    ["Christmas and its weekend in Estonia", "2027-12-20", 4, "EE", "2027-12-27"],
    ["New Year's Eve and New Year with its weekend in Latvia", "2027-12-27", 4, "LV", "2028-01-03"],
    ["both New Year days in Romania", "2026-12-30", 2, "RO", "2027-01-04"],
  ])("moves past %s", (_, started, days, country, due) => {
    expect(local(dueAt(`${started}T12:00:00Z`, days, country), country)).toBe(`${due}T23:59`);
  });

  test("keeps its wall time over both changes of summer time", () => {
    for (const country of ["EE", "SE"]) {
      expect(local(dueAt("2027-03-24T12:00:00Z", 7, country), country)).toBe("2027-03-31T23:59");
      expect(local(dueAt("2027-10-27T12:00:00Z", 7, country), country)).toBe("2027-11-03T23:59");
    }
    expect(dueAt("2027-03-24T12:00:00Z", 7, "EE")).toBe("2027-03-31T20:59:00.000Z");
    expect(dueAt("2027-10-27T12:00:00Z", 7, "EE")).toBe("2027-11-03T21:59:00.000Z");
  });

  test("moves past further days off of the programme", () => {
    expect(local(dueAt("2027-03-01T12:00:00Z", 3, "EE", ["2027-03-04", "2027-03-05"]), "EE")).toBe("2027-03-08T23:59");
  });

  test("of an unknown country follows Brussels and knows weekends only", () => {
    expect(timeZoneOf("XX")).toBe("Europe/Brussels");
    expect(dueAt("2027-12-20T12:00:00Z", 5, "XX")).toBe("2027-12-27T22:59:00.000Z");
    expect(isWorkingDay("2027-01-01", "XX")).toBe(true);
  });

  test("is a working day's end, never before the day counted, in every country", () => {
    const start = fc.date({ min: new Date("2025-01-01"), max: new Date("2035-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(start, fc.nat({ max: 180 }), fc.constantFrom(...inArea), (started, days, country) => {
        const due = dueAt(started.toISOString(), days, country);
        const dueDay = localDateOf(due, country);
        const counted = Temporal.PlainDate.from(localDateOf(started.toISOString(), country)).add({ days });
        expect(local(due, country)).toBe(`${dueDay}T23:59`);
        expect(isWorkingDay(dueDay, country)).toBe(true);
        const moved = counted.until(dueDay).days;
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThan(14);
      }),
      { numRuns: 200 },
    );
  });
});

describe("working days", () => {
  test("of a review run past the weekend", () => {
    expect(local(addWorkingDays("2027-03-04T10:00:00Z", 5, "EE"), "EE")).toBe("2027-03-11T23:59");
  });

  test("run past holidays and the turn of the year", () => {
    expect(local(addWorkingDays("2027-12-22T10:00:00Z", 6, "LV"), "LV")).toBe("2028-01-03T23:59");
  });

  test("none is the same day, or the next working day", () => {
    expect(local(addWorkingDays("2027-03-04T10:00:00Z", 0, "EE"), "EE")).toBe("2027-03-04T23:59");
    expect(local(addWorkingDays("2027-03-06T10:00:00Z", 0, "EE"), "EE")).toBe("2027-03-08T23:59");
  });
});

describe("a hold", () => {
  const day = 86_400_000;
  const due = dueAt("2027-03-01T12:00:00Z", 9, "EE");

  test("moves a due date by the days held and on to a working day", () => {
    expect(local(due, "EE")).toBe("2027-03-10T23:59");
    expect(local(shiftByHold(due, 7 * day, "EE"), "EE")).toBe("2027-03-17T23:59");
    expect(local(shiftByHold(due, 10 * day, "EE"), "EE")).toBe("2027-03-22T23:59");
  });

  test("counts a begun day whole, and the hour of summer time not at all", () => {
    expect(local(shiftByHold(due, 6.2 * day, "EE"), "EE")).toBe("2027-03-17T23:59");
    expect(local(shiftByHold(due, 7 * day + 3_600_000, "EE"), "EE")).toBe("2027-03-17T23:59");
    expect(local(shiftByHold(due, 30 * day - 3_600_000, "EE"), "EE")).toBe("2027-04-09T23:59");
  });

  test("of no time changes nothing", () => {
    expect(shiftByHold(due, 0, "EE")).toBe(due);
  });

  test("never takes time away", () => {
    fc.assert(
      fc.property(fc.nat({ max: 180 * day }), fc.constantFrom(...inArea), (heldMs, country) => {
        const before = dueAt("2027-03-01T12:00:00Z", 20, country);
        const after = shiftByHold(before, heldMs, country);
        // An hour may be that of the change to summer time.
        expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(heldMs - 2 * 3_600_000);
      }),
    );
  });
});

describe("reminders", () => {
  const { reminders } = latestProcess;
  const times = (startedAt: string, due: string, dueInDays: number, country = "EE") =>
    reminderTimes(reminders, { startedAt, dueAt: due, country, dueInDays }).map(
      ({ step, at }) => `${step} ${local(at, country)}`,
    );

  test("of story 4: due on 10 March, told on 10, 13 and 17 March", () => {
    expect(times("2027-02-17T07:00:00Z", "2027-03-10T21:59:00.000Z", 21)).toEqual([
      "followup 2027-02-27T08:00",
      "soon 2027-03-03T08:00",
      "near 2027-03-08T08:00",
      "due 2027-03-10T08:00",
      "esc1 2027-03-13T08:00",
      "esc2 2027-03-17T08:00",
      "esc3 2027-03-31T08:00",
    ]);
  });

  test("of a deliverable shorter than 8 days skip the step 7 days before", () => {
    expect(times("2027-03-01T07:00:00Z", "2027-03-08T21:59:00.000Z", 7)).toEqual([
      "followup 2027-03-04T08:00",
      "near 2027-03-06T08:00",
      "due 2027-03-08T08:00",
      "esc1 2027-03-11T08:00",
      "esc2 2027-03-15T08:00",
      "esc3 2027-03-29T08:00",
    ]);
    expect(times("2027-03-01T07:00:00Z", "2027-03-09T21:59:00.000Z", 8)).toContain("soon 2027-03-02T08:00");
  });

  test("that would fall before the start are left out", () => {
    expect(times("2027-03-01T07:00:00Z", "2027-03-02T21:59:00.000Z", 1).slice(0, 2)).toEqual([
      "due 2027-03-02T08:00",
      "esc1 2027-03-05T08:00",
    ]);
  });

  test("keep 08:00 over the change to summer time", () => {
    const summer = reminderTimes(reminders, {
      startedAt: "2027-03-01T07:00:00Z",
      dueAt: dueAt("2027-03-01T07:00:00Z", 26, "SE"),
      country: "SE",
      dueInDays: 26,
    });
    expect(summer.find(({ step }) => step === "near")?.at).toBe("2027-03-28T06:00:00.000Z");
    expect(summer.find(({ step }) => step === "soon")?.at).toBe("2027-03-23T07:00:00.000Z");
  });
});

describe("the digest", () => {
  test("comes at the next 08:00 local time", () => {
    expect(nextDigestAt("2027-03-01T05:59:59.999Z", "Europe/Tallinn")).toBe("2027-03-01T06:00:00.000Z");
    expect(nextDigestAt("2027-03-01T06:00:00.000Z", "Europe/Tallinn")).toBe("2027-03-02T06:00:00.000Z");
  });

  test("keeps 08:00 over both changes of summer time", () => {
    expect(nextDigestAt("2027-03-27T20:00:00Z", "Europe/Stockholm")).toBe("2027-03-28T06:00:00.000Z");
    expect(nextDigestAt("2027-10-30T20:00:00Z", "Europe/Stockholm")).toBe("2027-10-31T07:00:00.000Z");
  });
});
