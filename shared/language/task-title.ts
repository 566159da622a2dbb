/**
 * What a task is called in the reader's language. A pilot's tasks carry the English title they were created with; what
 * it names (a deliverable, a gate) is a text of the process and is said in its words.
 */
import type { Task } from "../domain/pilot/state.ts";
import { english } from "./en.ts";
import { catalogueFor, processWords } from "./languages.ts";

/** As stored where nothing better is known, e.g. a condition, which people wrote. */
export function taskTitleIn(
  language: string,
  { kind, title, deliverableId }: Pick<Task, "kind" | "title" | "deliverableId">,
): string {
  const words = processWords(language);
  if (words === undefined) return title;
  const { taskTitles } = catalogueFor(language);
  switch (kind) {
    case "produce":
      return withId(title, deliverableId, words);
    case "review":
    case "gate_score":
    case "gate_decision": {
      const prefix = english.taskTitles[kind]("");
      return title.startsWith(prefix)
        ? taskTitles[kind](withId(title.slice(prefix.length), deliverableId, words))
        : title;
    }
    case "objection":
      return taskTitles.objection;
    case "condition":
    case "question":
      return title;
  }
}

/** "NA-3 Export readiness assessment": the id stays, the name is said. */
function withId(text: string, id: string | undefined, words: Readonly<Record<string, string>>): string {
  const lead = id !== undefined && text.startsWith(`${id} `) ? `${id} ` : "";
  const name = text.slice(lead.length);
  return lead + (words[name] ?? name);
}
