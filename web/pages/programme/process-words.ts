/** Reminders of a process version in words. A component that calls these also calls `useTranslation`. */
import i18next from "i18next";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";

type Step = ProcessVersionView["reminders"][number];

export function stepInWords({ at }: Step): string {
  switch (at.kind) {
    case "halfway":
      return i18next.t("when.halfway", { ns: "process" });
    case "submission":
      return i18next.t("when.submission", {
        ns: "process",
        days: i18next.t("workingDays", { ns: "process", count: at.offsetWorkingDays }),
      });
    case "due":
      if (at.offsetDays === 0) return i18next.t("when.due", { ns: "process" });
      return i18next.t(at.offsetDays < 0 ? "when.before" : "when.after", {
        ns: "process",
        days: i18next.t("days", { ns: "process", count: Math.abs(at.offsetDays) }),
      });
  }
}

export const recipientInWords = (recipient: Step["to"][number]): string =>
  i18next.t(`recipient.${recipient}`, { ns: "process" });
