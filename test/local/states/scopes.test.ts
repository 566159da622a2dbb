/** Variables against a model: a stack of scopes in which the inner ones read the outer ones and never write them. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { machine, pass, room, scope } from "./harness.ts";

/** A program of assignments; each inner scope has names of its own, as Step Functions demands. */
type Step =
  | { readonly kind: "assign"; readonly variable: number; readonly value: number }
  /** Both see the values from before the state. */
  | { readonly kind: "swap"; readonly one: number; readonly other: number }
  | { readonly kind: "parallel"; readonly branches: readonly (readonly Step[])[]; readonly kept: number }
  | { readonly kind: "map"; readonly items: readonly number[]; readonly steps: readonly Step[]; readonly kept: number };

const VARIABLES = 3;
const variable = fc.integer({ min: 0, max: VARIABLES - 1 });

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie("step"), { maxLength: 4 }),
  step: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("assign" as const), variable, value: fc.integer({ min: 0, max: 99 }) }),
    fc.record({ kind: fc.constant("swap" as const), one: variable, other: variable }),
    fc.record({
      kind: fc.constant("parallel" as const),
      branches: fc.array(tie("steps"), { minLength: 1, maxLength: 2 }),
      kept: variable,
    }),
    fc.record({
      kind: fc.constant("map" as const),
      items: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 3 }),
      steps: tie("steps"),
      kept: variable,
    }),
  ),
}));

/** All names a scope sees: its own and those around it. Its own begin with `depth` and the number. */
const namesAt = (depth: number): string[] =>
  Array.from({ length: depth + 1 }, (_, d) => Array.from({ length: VARIABLES }, (_, v) => `d${d}v${v}`)).flat();

// --- as a state machine -----------------------------------------------------------------------------------------------

/** A scope that gives each of its variables the input's value, takes the steps and ends with all it can see. */
function statesOf(name: string, chain: readonly Step[], depth: number): Record<string, object> {
  const own = (v: number) => `d${depth}v${v}`;
  const nameOf = (i: number) => (i < chain.length ? `${name}.${i}` : `${name}.end`);
  const first = Object.fromEntries(Array.from({ length: VARIABLES }, (_, v) => [own(v), `{% $states.input + ${v} %}`]));
  const states = chain.map((step, i) => [nameOf(i), stateOf(nameOf(i), step, depth, { Next: nameOf(i + 1) })]);
  const seen = Object.fromEntries(namesAt(depth).map((seenName) => [seenName, `{% $${seenName} %}`]));
  return {
    [`${name}.begin`]: pass({ Assign: first, Next: nameOf(0) }),
    ...Object.fromEntries(states),
    [`${name}.end`]: pass({ Output: seen, End: true }),
  };
}

function stateOf(name: string, step: Step, depth: number, next: { Next: string }): object {
  const own = (v: number) => `d${depth}v${v}`;
  const keep = (kept: number) => ({
    Assign: { [own(kept)]: "{% $hash($string($states.result), 'SHA-256') %}" },
    ...next,
  });
  switch (step.kind) {
    case "assign":
      return pass({ Assign: { [own(step.variable)]: step.value }, ...next });
    case "swap": {
      const swapped = { [own(step.one)]: `{% $${own(step.other)} %}`, [own(step.other)]: `{% $${own(step.one)} %}` };
      return pass({ Assign: swapped, ...next });
    }
    case "parallel": {
      const branches = step.branches.map((branch, b) => scope(statesOf(`${name}b${b}`, branch, depth + 1)));
      return { Type: "Parallel", Branches: branches, Arguments: depth, ...keep(step.kept) };
    }
    case "map": {
      const processor = scope(statesOf(`${name}i`, step.steps, depth + 1));
      return { Type: "Map", Items: step.items, ItemProcessor: processor, ...keep(step.kept) };
    }
  }
}

// --- as a model -------------------------------------------------------------------------------------------------------

type Values = Readonly<Record<string, unknown>>;

/** What inner scopes have put out, short enough to be put into others. */
const digest = (outputs: readonly Values[]) => createHash("sha256").update(JSON.stringify(outputs)).digest("hex");

function run(chain: readonly Step[], depth: number, input: number, around: Values): Values {
  const own = (v: number) => `d${depth}v${v}`;
  let values: Values = {
    ...around,
    ...Object.fromEntries(Array.from({ length: VARIABLES }, (_, v) => [own(v), input + v])),
  };
  for (const step of chain) {
    const seen = values;
    switch (step.kind) {
      case "assign":
        values = { ...seen, [own(step.variable)]: step.value };
        break;
      case "swap":
        values = { ...seen, [own(step.one)]: seen[own(step.other)], [own(step.other)]: seen[own(step.one)] };
        break;
      case "parallel":
        values = {
          ...seen,
          [own(step.kept)]: digest(step.branches.map((branch) => run(branch, depth + 1, depth, seen))),
        };
        break;
      case "map":
        values = {
          ...seen,
          [own(step.kept)]: digest(step.items.map((item) => run(step.steps, depth + 1, item, seen))),
        };
        break;
    }
  }
  return values;
}

test("variables are seen from within, written in their own scope only, and gone with it", async () => {
  await using place = room();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 0, max: 9 }), async (chain, input) => {
      runs += 1;
      const executionArn = await place.start(machine(statesOf("s", chain, 0)), input, `run-${runs}`);
      const { status, output, cause } = await place.states.describeExecution({ executionArn });
      expect({ status, cause }).toEqual({ status: "SUCCEEDED", cause: undefined });
      expect(output).toEqual(run(chain, 0, input, {}));
    }),
    { numRuns: 100 },
  );
});
