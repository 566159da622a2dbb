import { describe, expect, test } from "vitest";
import { chanceFrom } from "../../../../local/states/asl/chance.ts";
import { compileTemplate, EvaluationError, evaluate } from "../../../../local/states/asl/expression.ts";
import { functionBindings } from "../../../../local/states/asl/functions.ts";
import type { Json } from "../../../../local/states/asl/json.ts";

const NOW_MS = Date.parse("2026-03-01T09:00:00Z");

function value(expression: string, input: Json = null, seed = "seed"): Promise<Json> {
  const template = compileTemplate(`{% ${expression} %}`, "Output", ["input"], (_, error) => {
    throw error;
  });
  return evaluate(template, { ...functionBindings(NOW_MS, chanceFrom(seed)), states: { input } });
}

async function problem(expression: string, input: Json = null): Promise<string> {
  const error: unknown = await value(expression, input).catch((thrown: unknown) => thrown);
  if (!(error instanceof EvaluationError)) throw new Error("did not fail", { cause: error });
  return error.message.replace(/^The JSONata expression '.*' specified for the field 'Output' /s, "");
}

describe("the functions Step Functions adds", () => {
  test.each<[expression: string, expected: Json]>([
    ["$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]],
    ["$partition([1,2,3], 2.9)", [[1, 2], [3]]],
    ["$partition([0], 2)", [[0]]],
    ["$range(0, 10, 5)", [0, 5, 10]],
    ["$range(3, -3, -3)", [3, 0, -3]],
    ["$range(1, 1, 1)", 1],
    ["$range(-1.7, 2, 1)", [-1, 0, 1, 2]],
    ["$count($range(1, 360145, 1))", 360_145],
    ["$parse('{\"a\": [1]}').a", [1]],
    ["$random(7) = $random(7)", true],
    ["$random() < 1 and $random() >= 0", true],
    ["$random() = $random()", false],
    ["$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)", true],
    ["$uuid() = $uuid()", false],
    ["$now()", "2026-03-01T09:00:00.000Z"],
    ["$now('[Y]-[M01]', '+0200')", "2026-03"],
    ["$millis()", NOW_MS],
    ["$sort($shuffle([3,1,2]))", [1, 2, 3]],
  ])("%s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test("hash as the standard says", async () => {
    const sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(await value("$hash('abc', 'SHA-256')")).toBe(sha256OfAbc);
    expect(await value("$hash('abc', 'MD5')")).toBe("900150983cd24fb0d6963f7d28e17f72");
    expect(await problem("$hash('abc', 'CRC32')")).toContain("threw an error during evaluation.");
  });

  test("draw the same from the same seed, so that a transition can be repeated", async () => {
    const draw = "[$uuid(), $random(), $shuffle([1..20])]";
    expect(await value(draw, null, "a")).toEqual(await value(draw, null, "a"));
    expect(await value(draw, null, "a")).not.toEqual(await value(draw, null, "b"));
  });

  test.each([
    ...["$partition([1], 0)", "$partition([1], -1)", "$partition([1], 'x')", "$partition([], 2)"],
    ...["$range(0, 5)", "$range(0, 5, 0)", "$range(0, 5, -1)", "$range(5, 0, 1)", "$hash('abc')"],
  ])("give nothing for %s", async (expression) => {
    expect(await problem(expression)).toBe("returned nothing (undefined).");
  });

  test("do not include $eval", async () => {
    expect(await problem("$eval('1')")).toBe(
      "threw an error during evaluation. T1006: Attempted to invoke a non-function",
    );
  });
});

describe("an expression", () => {
  test.each<[expression: string, input: Json, expected: Json]>([
    ["$states.input.a.b", { a: { b: 1 } }, 1],
    ["$states.input.a.b", { a: [{ b: 1 }, { b: 2 }] }, [1, 2]],
    ["$states.input.a.b", { a: [{ b: 1 }] }, 1],
    ["$states.input.a", { a: [7] }, [7]],
    ["$states.input.a", { a: [] }, []],
    ["$states.input.a", { a: null }, null],
    ["$states.input.items[ok]", { items: [{ ok: true }, { ok: false }] }, { ok: true }],
    ["$variable := 1", null, 1],
    ["{'a': 1, 'b': $states.input.none}", {}, { a: 1 }],
    ["[1/0, -1/0, 0/0]", null, ["Infinity", "-Infinity", "NaN"]],
    ["$exists($states.input.a) ? $states.input.a : 1", { a: 7 }, 7],
    ["$states.input.constructor.name", { constructor: { name: "own" } }, "own"],
  ])("%s of %j is %j", async (expression, input, expected) => {
    expect(await value(expression, input)).toEqual(expected);
  });

  test.each([
    ["$states.input.a ?? 1", "?"],
    ["[1, $states.input.a.b ?: 'none']", ":"],
  ])("does not have the operators that came after the JSONata of AWS: %s", async (expression, symbol) => {
    await expect(async () => value(expression)).rejects.toMatchObject({
      code: "INVALID_JSONATA_EXPRESSION",
      message: `The symbol "${symbol}" cannot be used as a unary operator`,
    });
  });

  test.each(["$states.input.constructor", "$states.input.__proto__", "$states.input.toString", "$nowhere"])(
    "does not reach what is not in the data: %s",
    async (expression) => {
      expect(await problem(expression, { a: 1 })).toBe("returned nothing (undefined).");
    },
  );

  test("gives JSON only", async () => {
    expect(await problem("function($x) { $x }")).toBe("returned an unsupported result type.");
    expect(await problem("$sum")).toBe("returned an unsupported result type.");
    expect(await problem("[1, $sum]")).toBe("returned an unsupported result type.");
  });

  test("is stopped after a second, at a depth, and at a length", async () => {
    const failed = "threw an error during evaluation. ";
    expect(await problem("($f := function($n) { $f($n + 1) }; $f(0))")).toBe(`${failed}Expression evaluation timeout`);
    expect(await problem("($f := function($n) { 1 + $f($n + 1) }; $f(0))")).toBe(
      `${failed}Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive. Depth=101 max=100`,
    );
    expect(await problem("[1..873783]")).toBe(`${failed}Expression evaluation memory limit exceeded`);
    expect(await problem("$range(1, 360146, 1)")).toBe(`${failed}Expression evaluation memory limit exceeded`);
    expect(await problem("$map([1..100000], function($x) { [1..100000] })")).toContain(failed);
  });

  test.each([
    ["terms", "1+".repeat(99), "1", ""],
    ["parentheses", "(".repeat(99), "1", ")".repeat(99)],
    ["brackets", "[".repeat(99), "1", "]".repeat(99)],
    ["calls", "($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; ", "$f(31)", ")"],
  ])("may be as deep as on AWS in %s", async (_, before, innermost, after) => {
    await value(before + innermost + after);
    const deeper = innermost === "1" ? "1+1" : "$f(32)";
    await expect(value(before + deeper + after)).rejects.toThrow("Stack overflow error");
  });
});
