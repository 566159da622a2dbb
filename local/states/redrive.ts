/** Which executions can be taken up again, and until when. */
import { LONGEST_HISTORY } from "./asl/transition.ts";
import type { ExecutionRecord } from "./execution-rows.ts";
import type { Journal } from "./journal.ts";

/** How long after its end an execution can be redriven. */
const REDRIVABLE_MS = 14 * 86_400_000;

/** The longest an execution may take from its first start on: a redrive must begin within it. */
const LONGEST_EXECUTION_MS = 365 * 86_400_000;

/** Why an execution cannot be redriven, in the words of Step Functions; null when it can. */
export function notRedrivable(journal: Pick<Journal, "events">, record: ExecutionRecord, nowMs: number): string | null {
  if (record.status === "RUNNING" || record.status === "SUCCEEDED") {
    return `Execution is ${record.status} and cannot be redriven`;
  }
  if (nowMs - (record.stoppedAtMs ?? nowMs) > REDRIVABLE_MS) {
    return "Execution has exceeded its redrivable period and cannot be redriven";
  }
  if (nowMs - record.startedAtMs > LONGEST_EXECUTION_MS) {
    return "Execution has exceeded the maximum open time and cannot be redriven";
  }
  for (const { id } of journal.events(record.id, LONGEST_HISTORY - 1, "forward")) {
    return `Execution history has ${id} events and cannot be redriven`;
  }
  return null;
}
