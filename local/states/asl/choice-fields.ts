/** The rules of a Choice. */
import { type Fields, INPUT, leaving, list } from "./field-readers.ts";
import { isJsonArray, isJsonObject, type Json } from "./json.ts";
import { onlyFields, refuseJsonPathFields } from "./known-fields.ts";
import type { ChoiceRule, ChoiceState } from "./machine.ts";
import { CANNOT_BE_EMPTY, expectedType, required, SCHEMA } from "./refusals.ts";

const SELECTORS = ["And", "Or", "Not", "Variable", "Condition"];

export function choiceFields(name: string, f: Fields): ChoiceState {
  const { Choices: rules, Default: otherwise } = f.state;
  if (rules === undefined) f.refuse(SCHEMA, required("Choices"), f.at);
  else if (list(rules).length === 0) {
    f.refuse(SCHEMA, isJsonArray(rules) ? CANNOT_BE_EMPTY : expectedType("ARRAY"), `${f.at}/Choices`);
  }
  const choices = list(rules).flatMap((rule, i) => choiceRule(f, rule, i) ?? []);
  const hasDefault = otherwise !== undefined;
  const next = hasDefault ? f.target(f.state, "Default", f.at) : null;
  return { type: "Choice", name, choices, hasDefault, ...leaving(f, INPUT), next };
}

function choiceRule(f: Fields, rule: Json, i: number): ChoiceRule | undefined {
  const at = `${f.at}/Choices[${i}]`;
  if (!isJsonObject(rule)) {
    f.refuse(SCHEMA, expectedType("OBJECT"), at);
    return undefined;
  }
  refuseJsonPathFields(rule, SELECTORS.slice(0, -1), at, f.refuse);
  onlyFields(rule, [...SELECTORS, "Next", "Assign", "Output", "Comment"], at, f.refuse);
  if (rule.Condition === undefined) {
    const message = `The object must have only one of the following fields, [${SELECTORS.join(", ")}]`;
    f.refuse(SCHEMA, message, at);
  }
  const condition = f.template(rule, "Condition", INPUT, `Choices[${i}]/`);
  const next = f.target(rule, "Next", at);
  if (condition === undefined) return undefined;
  const isBoolean = condition.kind === "constant" && typeof condition.value === "boolean";
  if (condition.kind !== "expression" && !isBoolean) {
    f.refuse(SCHEMA, "The field 'Condition' should be a boolean or a JSONata expression", `${at}/Condition`);
  }
  return { condition, ...leaving(f, INPUT, rule, `Choices[${i}]/`), next };
}
