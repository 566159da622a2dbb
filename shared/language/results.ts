/** What comes out of a deliverable, as its reader understands it: only who reports on the programme knows its indicators. */
import type { Role } from "../domain/actor.ts";
import type { DeliverableDefinition } from "../domain/process.ts";
import { catalogueFor } from "./languages.ts";

const reporting: readonly Role[] = ["advisor", "coordinator", "auditor"];

/** The definition in the reader's language. A later version may say it without codes; that is what is read then. */
export function resultFor(
  role: Role | "system",
  { id, outputArtefact }: Pick<DeliverableDefinition, "id" | "outputArtefact">,
  language: string,
): string {
  if (!namesIndicators(outputArtefact) || reporting.some((each) => each === role)) return outputArtefact;
  const plain: Readonly<Record<string, string>> = catalogueFor(language).plainResults;
  return plain[id] ?? outputArtefact;
}

export const namesIndicators = (text: string): boolean => /\bRC[OR] ?\d/.test(text);
