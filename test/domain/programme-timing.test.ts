import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { reminderTimes } from "../../shared/domain/calendar.ts";
import { defaultParameters, type ProgrammeParameters } from "../../shared/domain/pilot/context.ts";
import { deliverableOf } from "../../shared/domain/process.ts";
import { assertTiming, inProgramme } from "../../shared/domain/programme-timing.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { given, people } from "./pilot/given.ts";

const timing = (changes: Partial<ProgrammeParameters>) => ({ ...defaultParameters, ...changes });

/** Where it does not fit, or "fits". */
function pointerOf(changes: Partial<ProgrammeParameters>): unknown {
  try {
    assertTiming(latestProcess, timing(changes));
    return "fits";
  } catch (error) {
    if (error instanceof Refusal) return error.details.pointer;
    throw error;
  }
}

describe("the time a programme gives", () => {
  test("is that of the process version where the programme sets nothing", () => {
    expect(inProgramme(latestProcess, defaultParameters)).toBe(latestProcess);
    expect(pointerOf({})).toBe("fits");
  });

  test("takes the place of the version's days and of nothing else", () => {
    const timed = inProgramme(
      latestProcess,
      timing({ dueInDays: { "NA-1": 7, "IN-1": 10 }, stageDays: { needs: 45 } }),
    );
    expect(deliverableOf(timed, "NA-1")).toEqual({ ...deliverableOf(latestProcess, "NA-1"), dueInDays: 7 });
    expect(timed.intake.dueInDays).toBe(10);
    expect(timed.stages[0]?.durationDays).toBe(45);
    expect(timed.stages[1]).toEqual(latestProcess.stages[1]);
    expect(timed.reminders).toEqual(latestProcess.reminders);
  });

  test("fits the process: known deliverables, within their stage, not before what they rest on", () => {
    expect(pointerOf({ dueInDays: { "XX-1": 7 } })).toBe("/dueInDays/XX-1");
    expect(pointerOf({ dueInDays: { constructor: 7 } })).toBe("/dueInDays/constructor");
    expect(pointerOf({ dueInDays: { "NA-6": 31 } })).toBe("/dueInDays/NA-6");
    expect(pointerOf({ dueInDays: { "NA-6": 31 }, stageDays: { needs: 31 } })).toBe("fits");
    expect(pointerOf({ stageDays: { needs: 20 } })).toBe("/stageDays/needs");
    expect(pointerOf({ dueInDays: { "NA-1": 12 } })).toBe("/dueInDays/NA-1");
    expect(pointerOf({ dueInDays: { "NA-2": 3 } })).toBe("/dueInDays/NA-2");
    expect(pointerOf({ dueInDays: { "NA-1": 12, "NA-2": 12, "NA-3": 12 } })).toBe("fits");
  });

  test("keeps the order of the reminders around the due date", () => {
    expect(pointerOf({ reminderDays: { near: -8 } })).toBe("/reminderDays/near");
    expect(pointerOf({ reminderDays: { near: 0 } })).toBe("/reminderDays/near");
    expect(pointerOf({ reminderDays: { esc1: 8 } })).toBe("/reminderDays/esc1");
    expect(pointerOf({ reminderDays: { soon: -14, near: -8, esc1: 1, esc2: 2, esc3: 3 } })).toBe("fits");
    expect(pointerOf({ reminderDays: { review: 0 } })).toBe("/reminderDays/review");
    expect(pointerOf({ reminderDays: { review: 8 } })).toBe("fits");
  });

  test("skips an early reminder for work too short for it, wherever the programme puts it", () => {
    const { reminders } = inProgramme(latestProcess, timing({ reminderDays: { soon: -14 } }));
    const stepsFor = (dueInDays: number) =>
      reminderTimes(reminders, {
        startedAt: "2026-11-02T08:00:00.000Z",
        dueAt: new Date(Date.parse("2026-11-02T22:00:00.000Z") + dueInDays * 86_400_000).toISOString(),
        country: "EE",
        dueInDays,
      }).map(({ step }) => step);
    expect(stepsFor(14)).not.toContain("soon");
    expect(stepsFor(15)).toContain("soon");
  });

  test("fires every accepted ladder in its own order", () => {
    const gap = fc.integer({ min: 1, max: 40 });
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property throws.
    fc.assert(
      fc.property(gap, gap, gap, gap, gap, (near, soon, esc1, esc2, esc3) => {
        const reminderDays = {
          soon: -near - soon,
          near: -near,
          esc1,
          esc2: esc1 + esc2,
          esc3: esc1 + esc2 + esc3,
        };
        expect(pointerOf({ reminderDays })).toBe("fits");
        const { reminders } = inProgramme(latestProcess, timing({ reminderDays }));
        const fired = reminderTimes(reminders, {
          startedAt: "2026-01-02T08:00:00.000Z",
          dueAt: "2026-12-02T21:59:00.000Z",
          country: "EE",
          dueInDays: 334,
        }).map(({ step }) => step);
        const ladder = fired.filter((step) => step !== "followup");
        expect(ladder).toEqual(["soon", "near", "due", "esc1", "esc2", "esc3"]);
      }),
    );
  });
});

describe("a pilot in a programme that changes its times", () => {
  test("has the programme's days and reminders for work that opens", () => {
    const pilots = given({ dueInDays: { "NA-1": 9 }, reminderDays: { esc1: 5 } }).inStage("needs");
    const usual = given().inStage("needs");
    const dayOf = (instant: string | undefined) => instant?.slice(0, 10);
    expect(dayOf(usual.deliverable("NA-1").dueAt)).toBe("2026-11-09");
    expect(dayOf(pilots.deliverable("NA-1").dueAt)).toBe("2026-11-11");
    expect(pilots.deliverable("NA-2").dueAt).toBe(usual.deliverable("NA-2").dueAt);
    const esc1 = pilots.openTask("NA-1", "produce").reminders.find(({ step }) => step === "esc1");
    expect(dayOf(esc1?.at)).toBe("2026-11-16");
  });

  test("keeps every date and reminder that stands, and counts anew for what is rescheduled", () => {
    const programme: Record<"dueInDays" | "reminderDays", Record<string, number>> = { dueInDays: {}, reminderDays: {} };
    const pilots = given(programme).inStage("needs");
    const before = pilots.openTask("NA-2", "produce");
    programme.dueInDays["NA-2"] = 16;
    programme.reminderDays.esc1 = 6;
    expect(pilots.openTask("NA-2", "produce")).toEqual(before);
    pilots.run(people.advisor, {
      type: "ExtendDueDate",
      deliverableId: "NA-2",
      days: 8,
      reason: "Key person is ill",
      kind: "extension",
    });
    const after = pilots.openTask("NA-2", "produce");
    expect(after.dueAt.slice(0, 10)).toBe("2026-11-20");
    expect(after.reminders.find(({ step }) => step === "esc1")?.at.slice(0, 10)).toBe("2026-11-26");
  });
});
