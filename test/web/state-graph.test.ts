import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Box, type Drawing, draw } from "../../web/pages/states/graph.ts";
import { reachOf } from "../../web/pages/states/reach.ts";

const definitionOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../workflows/${name}.asl.json`, import.meta.url), "utf8"));

function allBoxes(drawing: Drawing): Box[] {
  return drawing.boxes.flatMap((box) => [box, ...box.inside.flatMap(allBoxes)]);
}

describe("The drawing of a state machine", () => {
  test.each(["stage-run", "deadlines"])("%s has every state once, none over another, all within", (name) => {
    const definition = definitionOf(name);
    const drawing = draw(definition);
    const named = JSON.stringify(definition).match(/"Type":/g);
    expect(allBoxes(drawing)).toHaveLength(named?.length ?? 0);
    for (const level of levelsOf(drawing)) {
      for (const [index, a] of level.boxes.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.x + a.width).toBeLessThanOrEqual(level.width);
        expect(a.y + a.height).toBeLessThanOrEqual(level.height);
        for (const b of level.boxes.slice(index + 1)) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(apart, `${a.name} and ${b.name}`).toBe(true);
        }
      }
    }
  });

  test("a way leads from each state to each that may follow, with its condition or its errors", () => {
    const drawing = draw({
      StartAt: "Ask",
      States: {
        Ask: { Type: "Task", Next: "Yes?", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Give up" }] },
        "Yes?": {
          Type: "Choice",
          Choices: [{ Condition: "{% $states.input.yes %}", Next: "Done" }],
          Default: "Ask",
        },
        Done: { Type: "Succeed" },
        "Give up": { Type: "Fail" },
      },
    });
    expect(drawing.lines.map(({ label, isCatch }) => [label, isCatch])).toEqual([
      [undefined, false],
      [undefined, false],
      ["States.ALL", true],
      ["input.yes", false],
      ["…", false],
      [undefined, false],
      [undefined, false],
    ]);
    for (const { points } of drawing.lines) expect(points.length).toBeGreaterThan(1);
  });

  test("branches of a Parallel lie side by side in its box", () => {
    const branch = { StartAt: "Work", States: { Work: { Type: "Pass", End: true } } };
    const [box] = draw({
      StartAt: "Both",
      States: { Both: { Type: "Parallel", Branches: [branch, branch], End: true } },
    }).boxes;
    const [left, right] = box?.inside ?? [];
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    expect((right?.x ?? 0) + (right?.width ?? 0)).toBeLessThanOrEqual(box?.width ?? 0);
  });

  test("what is no definition is refused", () => {
    expect(() => draw({ States: {} })).toThrow(TypeError);
  });
});

describe("A state is", () => {
  const states = [
    { name: "First", entered: 1, inside: 0 },
    { name: "Second", entered: 2, inside: 1 },
  ];
  test("ahead, passed or where the execution is now", () => {
    const running = { status: "RUNNING", states } as const;
    expect(["First", "Second", "Third"].map((name) => reachOf(running, name))).toEqual(["passed", "inside", "ahead"]);
  });

  test("where it got stuck, when the execution ended in there without success", () => {
    expect(reachOf({ status: "FAILED", states }, "Second")).toBe("stuck");
    expect(reachOf({ status: "SUCCEEDED", states }, "Second")).toBe("passed");
  });
});

function levelsOf(drawing: Drawing): Drawing[] {
  return [drawing, ...drawing.boxes.flatMap(({ inside }) => inside.flatMap(levelsOf))];
}
