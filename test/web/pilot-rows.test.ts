import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figuresOf, grouped, isWanted, type ListedPilot, sorted } from "../../web/pages/pilots/pilot-rows.ts";
import { type Column, columns, pilotSearch } from "../../web/pages/pilots/pilot-search.ts";
import { pilotRow as row, words } from "./pilot-row.ts";

const idsOf = (rows: readonly { pilot: ListedPilot }[]) => rows.map((each) => each.pilot.id);

describe("A row of the pipeline", () => {
  test("counts calendar days in the stage, and puts what has ended in a place of its own", () => {
    expect(row("a")).toMatchObject({ days: 9, place: "needs", isOverdue: false });
    expect(row("a", { status: "withdrawn", stage: "feasibility" }).place).toBe("ended");
    expect(row("a", { status: "on_hold", stage: "adaptation" })).toMatchObject({ place: "adaptation" });
    expect(row("a", { stageSince: "2027-03-10T13:00:00.000Z" }).days).toBe(0);
    // The evening of two days ago, and the first minute of today, by the clock of the device.
    const evening = new Date(2027, 2, 8, 23).toISOString();
    expect(row("a", { stageSince: evening }).days).toBe(2);
    expect(row("a", { stageSince: new Date(2027, 2, 10, 0, 1).toISOString() }).days).toBe(0);
  });

  test("is found by every word of a search, and by each filter", () => {
    const risky = row("a", { atRisk: true, overdueTasks: 2, market: "LV", advisors: [{ id: "x", name: "Ann" }] });
    const calm = row("b", { status: "on_hold", country: "EE" });
    const wanted = (search: Parameters<typeof isWanted>[1]) => idsOf([risky, calm].filter((r) => isWanted(r, search)));
    expect(wanted({})).toEqual(["a", "b"]);
    expect(wanted({ q: "ANN birch" })).toEqual(["a"]);
    expect(wanted({ q: "ann nobody" })).toEqual([]);
    expect(wanted({ attention: "risk" })).toEqual(["a"]);
    expect(wanted({ attention: "overdue" })).toEqual(["a"]);
    expect(wanted({ attention: "hold" })).toEqual(["b"]);
    expect(wanted({ country: "EE" })).toEqual(["b"]);
    expect(wanted({ market: "LV" })).toEqual(["a"]);
    expect(wanted({ advisor: "x" })).toEqual(["a"]);
    expect(wanted({ company: "birch" })).toEqual(["a", "b"]);
    expect(wanted({ company: "aurora" })).toEqual([]);
    expect(wanted({ stage: "intake" })).toEqual([]);
  });

  test("counts in the figures of those who see a part of the programme", () => {
    const rows = [row("a", { atRisk: true, overdueTasks: 1 }), row("b", { status: "on_hold", openTasks: 0 })];
    expect(figuresOf(rows)).toEqual({ pilots: 2, atRisk: 1, onHold: 1, openTasks: 2, overdueTasks: 1 });
  });

  test("of an ended pilot shows only where it is asked for", () => {
    const ended = row("a", { status: "stopped" });
    expect([{}, { ended: true as const }, { stage: "ended" }].map((search) => isWanted(ended, search))).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe("The table", () => {
  test("sorts by the value, not the text; what has none comes last either way", () => {
    const rows = [
      row("none"),
      row("late", { nextDueAt: "2027-04-01T20:59:00.000Z", stageSince: "2026-11-01T08:00:00.000Z" }),
      row("soon", { nextDueAt: "2027-03-11T20:59:00.000Z", stageSince: "2027-03-08T08:00:00.000Z" }),
    ];
    const order = (column: Column, down = false) => idsOf(sorted(rows, column, down, words.inOrder));
    expect(order("due")).toEqual(["soon", "late", "none"]);
    expect(order("due", true)).toEqual(["late", "soon", "none"]);
    expect(order("days")).toEqual(["soon", "none", "late"]);
  });

  test("groups in the order of the process, and loses no row", () => {
    const rows = [row("a", { stage: "guidance" }), row("b"), row("c", { stage: "intake" }), row("d")];
    const groups = grouped(rows, "stage", words.inOrder);
    expect(groups.map(({ name }) => name)).toEqual(["stage intake", "stage needs", "stage guidance"]);
    expect(groups.flatMap((group) => idsOf(group.rows))).toEqual(["c", "b", "d", "a"]);
  });
});

describe("The address of the pipeline", () => {
  test("gives back what was put into it", () => {
    const search = { view: "table", q: "12", stage: "needs", ended: true, sort: "days", hidden: ["risk"] } as const;
    expect(pilotSearch({ ...search })).toEqual(search);
    expect(pilotSearch({ q: 12 })).toEqual({ q: "12" });
  });

  test("is understood whatever it says", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("view", "q", "sort", "hidden", "ended", "group"), fc.anything()),
        (it) => {
          const search = pilotSearch(it);
          expect(pilotSearch({ ...search })).toEqual(search);
          expect(columns).toEqual(expect.arrayContaining([...(search.hidden ?? [])]));
        },
      ),
    );
  });
});
