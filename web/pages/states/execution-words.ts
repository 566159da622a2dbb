import i18next from "i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { minuteInWords } from "../../language/format.ts";
import { stageInWords } from "../../words.ts";

type Execution = Pick<
  OutputOf<"listExecutions">["executions"][number],
  "name" | "stateMachine" | "pilot" | "run" | "startedAt"
>;

/** What an execution is there for: a pilot's stage, or the deadlines of an hour. Its name says it to machines only. */
export function purposeInWords({ name, stateMachine, pilot, run, startedAt }: Execution): string {
  if (stateMachine === "deadlines") {
    return i18next.t("deadlinesOf", { ns: "states", time: minuteInWords(startedAt) });
  }
  if (pilot === undefined || run === undefined) return pilot?.title ?? name;
  const stage = stageInWords(run.stage);
  return i18next.t("carries", {
    ns: "states",
    pilot: pilot.title,
    stage: run.passage === 1 ? stage : i18next.t("passage", { ns: "states", stage, number: run.passage }),
  });
}
