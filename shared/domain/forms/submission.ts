import type { DeliverableDefinition, ProcessDefinition } from "../process.ts";
import { checkCrossFieldRules, type RuleContext, type RuleProblem } from "./cross-field-rules.ts";
import { computeDerived, type DerivedContext } from "./derived.ts";
import { asSubmitted, type FormValues } from "./form-schema.ts";
import { type FormProblem, validateForm } from "./validate.ts";

export interface CheckedSubmission {
  /** What a revision would hold: derived fields computed, hidden fields dropped. */
  readonly values: FormValues;
  /** Gaps of the form itself; while there are any, the rules are not asked. */
  readonly formProblems: readonly FormProblem[];
  readonly ruleProblems: readonly RuleProblem[];
}

/** The one order in which a submission is checked: derive, drop what is hidden, the schema, then the rules between fields. */
export function checkSubmission(
  process: Pick<ProcessDefinition, "crossFieldRules">,
  deliverable: Pick<DeliverableDefinition, "id" | "formSchema">,
  submitted: FormValues,
  context: RuleContext & DerivedContext,
): CheckedSubmission {
  const derived = computeDerived(deliverable.id, submitted, context);
  const values = asSubmitted(deliverable.formSchema, derived);
  const formProblems = validateForm(deliverable.formSchema, values);
  const ruleProblems = formProblems.length > 0 ? [] : checkCrossFieldRules(process, deliverable, values, context);
  return { values, formProblems, ruleProblems };
}
