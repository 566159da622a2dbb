/** When a draft was saved, in the chosen language. A component that calls this also calls `useTranslation("form")`. */
import i18next from "i18next";
import { daysBetween } from "../language/days.ts";
import { timeInWords } from "../language/format.ts";

/** The time alone is of today. */
export function savedInWords(at: string, now: Date): string {
  const isToday = daysBetween(new Date(at), now) === 0;
  return i18next.t(isToday ? "saving.saved" : "saving.savedOn", { ns: "form", time: timeInWords(at, now) });
}
