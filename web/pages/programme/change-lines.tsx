/** Changes of a programme's settings in words: what, before, after. */
import { useTranslation } from "react-i18next";
import type { ProgrammeView } from "../../../shared/contracts/people-operations.ts";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import { movableSteps } from "../../../shared/domain/programme-timing.ts";
import { dayInWords, eurosInWords, numberInWords, priceInWords } from "../../language/format.ts";
import { inWords } from "../../words.ts";
import { type ChangeLine, linesOf, numbers, ownStepDays } from "./programme-draft.ts";

type Changes = ProgrammeView["changes"][number]["changes"];

export function ChangeLines({ changes, process }: { readonly changes: Changes; readonly process: ProcessVersionView }) {
  const { t } = useTranslation("programme");
  const words = useValueWords(process);
  return (
    <ul className="change-lines">
      {changes.flatMap(linesOf).map((line) => (
        <li key={`${line.parameter} ${line.of} ${line.before} ${line.after}`}>
          <span className="what-changed">{words.nameOf(line)}:</span>{" "}
          {line.parameter === "extraHolidays"
            ? t(line.after === undefined ? "change.dayRemoved" : "change.dayAdded", {
                day: words.inWordsOf(line, line.after ?? line.before),
              })
            : t("change.fromTo", {
                before: words.inWordsOf(line, line.before),
                after: words.inWordsOf(line, line.after),
              })}
        </li>
      ))}
    </ul>
  );
}

/** What parameters and their values are called. */
export function useValueWords(process: ProcessVersionView) {
  const { t } = useTranslation("programme");
  const deliverables = [process.intake, ...process.stages.flatMap((stage) => stage.deliverables), process.followUp];

  function nameOf({ parameter, of }: ChangeLine): string {
    const number = numbers.find(({ name }) => name === parameter);
    if (number !== undefined) return t(`parameter.${number.name}.label`);
    if (parameter === "extraHolidays") return t("holidays.title");
    if (parameter === "stageDays") return process.stages.find(({ id }) => id === of)?.name ?? String(of);
    if (parameter === "dueInDays") return [of, deliverables.find(({ id }) => id === of)?.name ?? ""].join(" ");
    const step = movableSteps.find((each) => each === of);
    return step === undefined ? inWords(of ?? parameter) : t(`step.${step}.label`);
  }

  /** Whichever side of its date they are on; a review's are working days. */
  function daysOf(of: string | undefined, days: number): string {
    return t(of === "review" ? "unit.workingDays" : "unit.days", { count: Math.abs(days) });
  }

  function inWordsOf({ parameter, of }: ChangeLine, value: unknown): string {
    if (typeof value === "string") return dayInWords(value);
    const number = numbers.find(({ name }) => name === parameter);
    if (number === undefined) {
      const own = ownDays(parameter, of);
      if (typeof value !== "number") return t("own", { days: daysOf(of, own) });
      return daysOf(of, value);
    }
    if (typeof value !== "number") return String(value);
    switch (number.unit) {
      case "euros":
        return eurosInWords(value);
      case "eurosPerHour":
        return t("unit.eurosPerHour", { value: priceInWords(value / number.scale) });
      case "people":
        return numberInWords(value);
      case "days":
        return t("unit.days", { count: value });
      case "years":
        return t("unit.years", { count: value });
    }
  }

  function ownDays(parameter: string, of: string | undefined): number {
    if (parameter === "stageDays") return process.stages.find(({ id }) => id === of)?.durationDays ?? 0;
    if (parameter === "dueInDays") return deliverables.find(({ id }) => id === of)?.dueInDays ?? 0;
    const step = movableSteps.find((each) => each === of);
    return step === undefined ? 0 : ownStepDays(process, step);
  }

  return { nameOf, inWordsOf, daysOf };
}
