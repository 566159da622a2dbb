/** How a definition is refused: by code, words and place, in the shape of Step Functions' own validation errors. */

/** One reason why a definition is refused, with the field it is about ("/States/Open stage/Next"). */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  /** Null when it is about the definition as a whole. */
  readonly location: string | null;
}

/** The definition has errors; the message lists all of them as CreateStateMachine does. */
export class InvalidDefinition extends Error {
  override name = "InvalidDefinition" as const;
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    const list = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join(", ");
    super(`Invalid State Machine Definition: '${list}'`);
    this.diagnostics = diagnostics;
  }
}

/** Takes note of one error. */
export type Refuse = (code: string, message: string, location: string | null) => void;

export const SCHEMA = "SCHEMA_VALIDATION_FAILED";
export const NO_TARGET = "MISSING_TRANSITION_TARGET";

// The words Step Functions has for what is wrong with a field, as far as they are known; ours are the others.

export const CANNOT_BE_EMPTY = "Value cannot be empty";

export function required(...fields: readonly string[]): string {
  return `These fields are required: [${fields.join(", ")}]`;
}

export function requiredButMissing(field: string): string {
  return `The field '${field}' is required but was missing`;
}

export function notSupported(field: string): string {
  return `Field '${field}' is not supported`;
}

export function oneOfValues(...values: readonly string[]): string {
  return `Value should be one of the following: [${values.join(", ")}]`;
}

export function expectedType(type: "STRING" | "OBJECT" | "ARRAY" | "BOOLEAN"): string {
  return `Expected value of type [${type}]`;
}

/** Of a field that must have exactly one of `fields`, and has more, or none. */
export function onlyOneField(given: number, ...fields: readonly string[]): string {
  const list = `of the following fields: [${fields.join(", ")}]`;
  return given > 1 ? `There should only be one ${list}` : `This object should have only one ${list}`;
}

/** What is wrong with a literal number; undefined when nothing is. */
export function numberRefusal(
  value: unknown,
  { least, most = Number.POSITIVE_INFINITY, isWhole }: { least: number; most?: number; isWhole: boolean },
): string | undefined {
  if (typeof value !== "number" || (isWhole && !Number.isInteger(value))) {
    return `Expected value of type ${isWhole ? "Integer" : "Number"}`;
  }
  if (value < least) return `Minimum value is ${least}`;
  return value > most ? `Maximum value is ${most}` : undefined;
}
