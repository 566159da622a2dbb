/** What stands between the values of a form and their submission, as its reader reads it. */
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { RuleProblem } from "../../shared/domain/forms/cross-field-rules.ts";
import { fieldLabel } from "../../shared/domain/forms/form-schema.ts";
import type { Deliverable, PilotState } from "../../shared/domain/pilot/state.ts";
import { catalogueFor, processWords } from "../../shared/language/languages.ts";
import { definitionOf, processOf } from "./present.ts";

type Gap = OutputOf<"checkDraft">["gaps"][number];

export const ruleGap = ({ ruleId, pointer, label, message, severity }: RuleProblem): Gap => ({
  pointer,
  label,
  message,
  problem: severity === "refuse" ? "invalid" : severity,
  code: ruleId,
});

/**
 * Gaps in the reader's language: fields as their form calls them, a broken rule as the process words it. What is wrong
 * with a single field stays English with its code; the portal says it in its own words.
 */
export function gapsIn(language: string, state: PilotState, deliverable: Deliverable, gaps: readonly Gap[]): Gap[] {
  if (processWords(language) === undefined) return [...gaps];
  const { formSchema } = definitionOf(state, deliverable, language);
  const { formWords } = catalogueFor(language);
  const { crossFieldRules } = processOf(state, deliverable, language);
  return gaps.map((gap) => ({
    ...gap,
    label: fieldLabel(formSchema, gap.pointer, formWords),
    message: crossFieldRules.find(({ id }) => id === gap.code)?.text ?? gap.message,
  }));
}
