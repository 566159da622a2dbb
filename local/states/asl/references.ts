/** Which variables each state refers to, as DescribeStateMachine lists them. */
import type { Machine } from "./machine.ts";

/** State → names of variables, without those an expression binds itself. States that refer to none are left out. */
export function variableReferences({ states }: Machine): Record<string, string[]> {
  const references: [string, string[]][] = [];
  for (const [name, state] of states) {
    const found = new Set<string>();
    for (const ast of syntaxTrees(state)) collect(ast, new Set(["states", "", "$"]), found);
    if (found.size > 0) references.push([name, [...found].sort()]);
  }
  return Object.fromEntries(references);
}

/** The parsed expressions anywhere in a compiled state. */
function* syntaxTrees(value: unknown): Iterable<unknown> {
  if (typeof value !== "object" || value === null) return;
  if ("compiled" in value && isParsed(value.compiled)) yield value.compiled.ast();
  else for (const member of Object.values(value)) yield* syntaxTrees(member);
}

function isParsed(value: unknown): value is { ast(): unknown } {
  return typeof value === "object" && value !== null && "ast" in value && typeof value.ast === "function";
}

/** Adds to `found` the variables under `node` that are not in `bound`; a block's own bindings hold for what follows. */
function collect(node: unknown, bound: ReadonlySet<unknown>, found: Set<string>): void {
  if (Array.isArray(node)) {
    let known = bound;
    for (const element of node) {
      collect(element, known, found);
      const name = boundBy(element);
      if (name !== undefined) known = new Set([...known, name]);
    }
    return;
  }
  if (typeof node !== "object" || node === null || node instanceof RegExp) return;
  const { type, value, procedure, arguments: args, lhs, body, ...others }: Record<string, unknown> = { ...node };
  if (type === "variable" && !bound.has(value)) found.add(String(value));
  if (type === "lambda") {
    const own = Array.isArray(args) ? args.map((arg: { value?: unknown }) => arg.value) : [];
    collect(body, new Set([...bound, ...own]), found);
    return;
  }
  // The name of a function in a call is no variable of the machine, unless it is one itself.
  if (typeof procedure === "object" && procedure !== null && "type" in procedure && procedure.type !== "variable") {
    collect(procedure, bound, found);
  }
  if (type !== "bind") collect(lhs, bound, found);
  collect(args, bound, found);
  collect(body, bound, found);
  for (const part of Object.values(others)) collect(part, bound, found);
}

function boundBy(node: unknown): unknown {
  const { type, lhs }: Record<string, unknown> = { ...(typeof node === "object" ? node : null) };
  if (type !== "bind") return undefined;
  return typeof lhs === "object" && lhs !== null && "value" in lhs ? lhs.value : undefined;
}
