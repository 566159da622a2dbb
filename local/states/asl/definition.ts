/**
 * A definition checked and compiled. Everything the interpreter would have to ignore or guess is refused here, by name,
 * in the shape of Step Functions' own validation errors; a compiled Machine holds only what the states can do.
 */
import { LONGEST_SECONDS } from "./field-readers.ts";
import { isJsonObject } from "./json.ts";
import { LANGUAGES, MACHINE_FIELDS, onlyFields, refuseLanguage } from "./known-fields.ts";
import type { Machine, State } from "./machine.ts";
import { type Diagnostic, InvalidDefinition, numberRefusal, oneOfValues, type Refuse, SCHEMA } from "./refusals.ts";
import { compileScope } from "./scopes.ts";

/** @throws InvalidDefinition naming every field in question. */
export function compileMachine(definition: unknown): Machine {
  const diagnostics: Diagnostic[] = [];
  const machine = compile(definition, (code, message, location) => diagnostics.push({ code, message, location }));
  if (machine === undefined || diagnostics.length > 0) throw new InvalidDefinition(diagnostics);
  return machine;
}

function compile(definition: unknown, refuse: Refuse): Machine | undefined {
  if (!isJsonObject(definition)) {
    refuse(SCHEMA, "Definition must be a valid JSON object", null);
    return undefined;
  }
  const { QueryLanguage: language = "JSONPath", TimeoutSeconds: timeoutSeconds, Version: version } = definition;
  refuseLanguage(language, "/QueryLanguage", refuse);
  onlyFields(definition, MACHINE_FIELDS, "/", refuse);
  if (version !== undefined && version !== "1.0") refuse(SCHEMA, oneOfValues("1.0"), "/Version");
  if (timeoutSeconds !== undefined) {
    const problem = numberRefusal(timeoutSeconds, { least: 1, most: LONGEST_SECONDS, isWhole: true });
    if (problem !== undefined) refuse(SCHEMA, problem, "/TimeoutSeconds");
  }
  const states = new Map<string, State>();
  const isJsonPath = language === LANGUAGES[0];
  const startAt = compileScope(definition, "", new Set(), { states, names: new Set(), isJsonPath, refuse });
  return startAt === undefined
    ? undefined
    : { startAt, states, timeoutSeconds: typeof timeoutSeconds === "number" ? timeoutSeconds : undefined };
}
