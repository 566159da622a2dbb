/** How a definition is refused: by code, words and place, in the shape of Step Functions' own validation errors. */

/** One reason why a definition is refused, with the field it is about ("/States/Open stage/Next"). */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly location: string;
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
export type Refuse = (code: string, message: string, location: string) => void;
export const SCHEMA = "SCHEMA_VALIDATION_FAILED";
