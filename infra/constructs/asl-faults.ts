import jsonata from "jsonata";
import * as z from "zod";

const State = z.looseObject({
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).optional(),
  Catch: z.array(z.looseObject({ Next: z.string() })).optional(),
  ItemProcessor: z.unknown().optional(),
  Branches: z.array(z.unknown()).optional(),
});

const Machine = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), z.looseObject({})) });

/**
 * What the validator of aws-cdk-lib lets pass and Step Functions would refuse, or only notice while a pilot is running:
 * targets that do not exist, states nothing leads to, JSONata that does not parse, placeholders nothing stands in for.
 *
 * @param text of a state machine in the Amazon States Language, query language JSONata
 * @param placeholders the names that may stand as `${Name}`
 * @returns one sentence per fault, each with the state's name
 */
export function findFaults(text: string, placeholders: readonly string[]): string[] {
  return [...faultsOfMachine(JSON.parse(text), "the state machine", new Set(placeholders))];
}

function* faultsOfMachine(json: unknown, where: string, placeholders: ReadonlySet<string>): Generator<string> {
  const machine = Machine.safeParse(json);
  if (!machine.success) {
    yield `${where}: ${z.prettifyError(machine.error)}`;
    return;
  }
  const { StartAt, States, ...rest } = machine.data;
  yield* faultsOfStrings(rest, where, placeholders);

  const reached = new Set([StartAt]);
  if (!(StartAt in States)) yield `${where}: StartAt names "${StartAt}", which does not exist`;
  for (const [name, body] of Object.entries(States)) {
    const here = `state "${name}"`;
    const state = State.safeParse(body);
    if (!state.success) {
      yield `${here}: ${z.prettifyError(state.error)}`;
      continue;
    }
    for (const target of targetsOf(state.data)) {
      reached.add(target);
      if (!(target in States)) yield `${here}: leads to "${target}", which does not exist beside it`;
    }
    const { ItemProcessor, Branches = [], ...own } = state.data;
    yield* faultsOfStrings(own, here, placeholders);
    for (const inner of ItemProcessor === undefined ? Branches : [ItemProcessor, ...Branches]) {
      yield* faultsOfMachine(inner, `inside ${here}`, placeholders);
    }
  }
  for (const name of Object.keys(States)) {
    if (!reached.has(name)) yield `state "${name}": nothing leads to it`;
  }
}

function targetsOf({ Next, Default, Choices = [], Catch = [] }: z.infer<typeof State>): string[] {
  const targets = [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((catcher) => catcher.Next)];
  return targets.filter((target) => target !== undefined);
}

function* faultsOfStrings(value: unknown, where: string, placeholders: ReadonlySet<string>): Generator<string> {
  if (typeof value === "string") {
    yield* faultsOfString(value, where, placeholders);
  } else if (value !== null && typeof value === "object") {
    for (const inner of Object.values(value)) yield* faultsOfStrings(inner, where, placeholders);
  }
}

function* faultsOfString(text: string, where: string, placeholders: ReadonlySet<string>): Generator<string> {
  for (const [whole, name] of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (name === undefined || !placeholders.has(name)) yield `${where}: no function stands in for ${whole}`;
  }
  if (!text.trim().startsWith("{%")) return;
  if (!text.startsWith("{%") || !text.endsWith("%}")) {
    yield `${where}: an expression starts with {% and ends with %}, this does not: ${text}`;
    return;
  }
  const expression = text.slice(2, -2);
  try {
    jsonata(expression);
  } catch (error) {
    yield `${where}: ${expression.trim()} is not JSONata: ${messageOf(error)}`;
  }
}

/** JSONata throws plain objects. */
function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}
