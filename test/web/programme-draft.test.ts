import { describe, expect, test } from "vitest";
import type { ProcessVersionView } from "../../shared/contracts/process-operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { defaultParameters } from "../../shared/domain/pilot/context.ts";
import { linesOf, type Parameters, wantedOf } from "../../web/pages/programme/programme-draft.ts";

const set: Parameters = {
  ...defaultParameters,
  extraHolidays: ["2027-06-23"],
  dueInDays: { "NA-1": 8 },
  reminderDays: { soon: -10 },
};

/** As much of a version as the draft looks at. */
const process = {
  reminders: latestProcess.reminders.map(({ id, at, to }) => ({ id, at, to: [...to] })),
} as ProcessVersionView;

const wanted = (texts: Readonly<Record<string, string>>, holidays?: readonly string[]) =>
  wantedOf(set, { texts, ...(holidays === undefined ? {} : { holidays }) }, process);

describe("what is being changed about a programme", () => {
  test("is nothing while nothing is typed, and nothing again when the old value is back", () => {
    expect(wanted({})).toEqual({});
    expect(wanted({ reworkDays: "14", "dueInDays/NA-1": "8", "reminderDays/soon": "10" }, ["2027-06-23"])).toEqual({});
  });

  test("is only what differs: euros as cents, days before a date as negative ones", () => {
    expect(wanted({ hourlyRateCents: "72.55", "reminderDays/near": "3", "reminderDays/esc1": "5" })).toEqual({
      hourlyRateCents: 7255,
      reminderDays: { soon: -10, near: -3, esc1: 5 },
    });
  });

  test("leaves to the process what is emptied, and keeps what others have set beside it", () => {
    expect(wanted({ "dueInDays/NA-1": "", "dueInDays/NA-2": "12" })).toEqual({ dueInDays: { "NA-2": 12 } });
    expect(wanted({ "stageDays/needs": "40" })).toEqual({ stageDays: { needs: 40 } });
    expect(wanted({}, [])).toEqual({ extraHolidays: [] });
  });

  test("is told one line for each day, deliverable and reminder", () => {
    expect(
      linesOf({ parameter: "extraHolidays", before: ["2027-06-23"], after: ["2027-06-24", "2027-06-25"] }),
    ).toEqual([
      { parameter: "extraHolidays", before: "2027-06-23" },
      { parameter: "extraHolidays", after: "2027-06-24" },
      { parameter: "extraHolidays", after: "2027-06-25" },
    ]);
    expect(
      linesOf({ parameter: "dueInDays", before: { "NA-1": 8, "NA-2": 9 }, after: { "NA-2": 9, "NA-3": 11 } }),
    ).toEqual([
      { parameter: "dueInDays", of: "NA-1", before: 8, after: undefined },
      { parameter: "dueInDays", of: "NA-3", before: undefined, after: 11 },
    ]);
    expect(linesOf({ parameter: "reworkDays", before: 14, after: 10 })).toEqual([
      { parameter: "reworkDays", before: 14, after: 10 },
    ]);
  });
});
