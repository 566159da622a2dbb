/** Which definition the executions of a data folder run, told from their journal while Fairway is stopped. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import type { ExecutionVersions, StateMachineName } from "../../shared/ports/workflows.ts";
import { stateMachineDefinition } from "../functions.ts";
import { openJournal } from "../states/journal.ts";
import { createRevisions } from "../states/revisions.ts";

/**
 * What is live is what this Fairway starts its executions with: the definitions beside it, whatever the journal had last.
 * @throws StatesInUse while Fairway runs in the folder
 */
export function openJournalVersions(file: string): ExecutionVersions & Disposable {
  // A folder in which nothing was started yet has none, and gets none.
  const journal = existsSync(file) ? openJournal(file) : undefined;
  const revisions = journal && createRevisions(journal);
  return {
    live: async (stateMachine: StateMachineName) => [versionOf(JSON.stringify(stateMachineDefinition(stateMachine)))],
    async find(stateMachine, name) {
      const record = journal?.execution(stateMachine, name);
      const revision = record && revisions?.revision(record.revisionId);
      if (record === undefined || revision === undefined) return undefined;
      return {
        status: record.status,
        version: versionOf(revision.definition),
        startedAt: new Date(record.startedAtMs).toISOString(),
      };
    },
    [Symbol.dispose]: () => journal?.close(),
  };
}

const versionOf = (definition: string): string => createHash("sha256").update(definition).digest("hex").slice(0, 8);
