import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../../../local/states/asl/json.ts";
import { machine, pass, room } from "../harness.ts";

/** A program of assignments and looks at all variables, in scopes within scopes. */
type Step =
  | { readonly kind: "assign"; readonly targets: readonly { readonly slot: number; readonly source: number }[] }
  | { readonly kind: "look" }
  | { readonly kind: "map"; readonly body: readonly Step[] }
  | { readonly kind: "parallel"; readonly bodies: readonly (readonly Step[])[] };

const { program } = fc.letrec<{ program: readonly Step[]; step: Step }>((tie) => ({
  program: fc.array(tie("step"), { minLength: 1, maxLength: 5 }),
  step: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    fc.record({ kind: fc.constant("look" as const) }),
    fc.record({
      kind: fc.constant("assign" as const),
      targets: fc.array(fc.record({ slot: fc.nat(2), source: fc.nat(9) }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("map" as const), body: tie("program") }),
    fc.record({
      kind: fc.constant("parallel" as const),
      bodies: fc.array(tie("program"), { minLength: 1, maxLength: 2 }),
    }),
  ),
}));

/** A scope as it should be: its own variables, and those around it to read. */
interface Scope {
  readonly depth: number;
  readonly own: Map<string, number>;
  readonly outer: Scope | null;
}

const innerScope = (outer: Scope | null): Scope => ({ depth: (outer?.depth ?? -1) + 1, own: new Map(), outer });

/** All variables in sight, by name in order. */
function visible(scope: Scope): [string, number][] {
  const around = scope.outer === null ? [] : visible(scope.outer);
  return [...around, ...scope.own].sort(([a], [b]) => a.localeCompare(b));
}

/** What the assignment means in this scope: targets with a number, or with a variable in sight and 1 more. */
function assignments(scope: Scope, targets: readonly { slot: number; source: number }[]) {
  const known = visible(scope);
  return targets.map(({ slot, source }) => {
    // A name of its depth: an inner name must not equal an outer one.
    const name = `v${scope.depth}_${slot}`;
    const [from, value] = known[source] ?? [undefined, source];
    return {
      name,
      value: from === undefined ? value : value + 1,
      text: from === undefined ? value : `{% $${from} + 1 %}`,
    };
  });
}

/** The states of the program, and the output it should have: a list of what was seen, the last first. */
function build(
  steps: readonly Step[],
  scope: Scope,
  input: Json,
  names: { count: number },
): { asl: object; output: Json } {
  const states: Record<string, object> = {};
  let output = input;
  const first = names.count + 1;
  const placed: string[] = [];
  for (const step of steps) {
    names.count += 1;
    const name = `S${names.count}`;
    placed.push(name);
    if (step.kind === "assign") {
      const assigned = assignments(scope, step.targets);
      states[name] = { Type: "Pass", Assign: Object.fromEntries(assigned.map((each) => [each.name, each.text])) };
      for (const each of assigned) scope.own.set(each.name, each.value);
    } else if (step.kind === "look") {
      const seen = visible(scope);
      const saw = Object.fromEntries(seen.map(([variable]) => [variable, `{% $${variable} %}`]));
      states[name] = { Type: "Pass", Output: { before: "{% $states.input %}", saw } };
      output = { before: output, saw: Object.fromEntries(seen) };
    } else {
      const Output = { before: "{% $states.input %}", inner: "{% $states.result %}" };
      const inner = (body: readonly Step[], item: Json) => build(body, innerScope(scope), item, names);
      if (step.kind === "map") {
        const count = names.count;
        const built = [1, 2].map((item) => {
          names.count = count;
          return inner(step.body, item);
        });
        states[name] = { Type: "Map", Items: [1, 2], ItemProcessor: built[0]?.asl, Output };
        output = { before: output, inner: built.map((each) => each.output) };
      } else {
        const built = step.bodies.map((body) => inner(body, output));
        states[name] = { Type: "Parallel", Branches: built.map(({ asl }) => asl), Output };
        output = { before: output, inner: built.map((each) => each.output) };
      }
    }
  }
  const linked = placed.map((name, i) => {
    const next = placed[i + 1];
    return [name, { ...states[name], ...(next === undefined ? { End: true } : { Next: next }) }] as const;
  });
  return { asl: { StartAt: `S${first}`, States: Object.fromEntries(linked) }, output };
}

test("variables are written in their own scope, read from the scopes within, and gone at its end", async () => {
  await fc.assert(
    fc.asyncProperty(program, async (steps) => {
      const { asl, output } = build(steps, innerScope(null), {}, { count: 0 });
      await using place = room();
      const executionArn = await place.start({ QueryLanguage: "JSONata", ...asl });
      const described = await place.states.describeExecution({ executionArn });
      expect(described.output, JSON.stringify(asl)).toEqual(output);
    }),
    { numRuns: 150 },
  );
});

test("a name of an outer scope cannot be assigned in an inner one", async () => {
  await using place = room();
  const inner = { StartAt: "In", States: { In: pass({ Assign: { x: 2 }, End: true }) } };
  const definition = machine({
    Out: pass({ Assign: { x: 1 }, Next: "Each" }),
    Each: { Type: "Map", Items: [1], ItemProcessor: inner, End: true },
  });
  await expect(place.start(definition)).rejects.toMatchObject({
    name: "InvalidDefinition",
    message: expect.stringContaining("/States/Each/ItemProcessor/States/In/Assign/x"),
  });
});
