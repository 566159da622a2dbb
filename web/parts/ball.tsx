/** One line for each pilot: who owes the next step, and until when. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../shared/contracts/views.ts";
import { dayInWords } from "../language/format.ts";
import { someoneInWords } from "../words.ts";

export function WhoHasTheBall({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("common");
  return (
    <p className="ball">
      <strong>{t("ball.title")}</strong> {words()}
    </p>
  );

  function words(): string {
    if (pilot.status === "on_hold") return t("ball.onHold");
    if (isBeingPrepared(pilot)) return t("ball.fairway");
    const [first, ...others] = pilot.tasks.filter(isWaiting).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
    if (first === undefined) return pilot.status === "applied" ? t("ball.admission") : t("ball.nobody");
    const who = first.assignee?.name ?? someoneInWords(first.candidateRole);
    const task = t("ball.task", { who, task: first.title, day: dayInWords(first.dueAt) });
    return others.length === 0 ? task : `${task} ${t("ball.more", { count: others.length })}`;
  }
}

type Task = PilotView["tasks"][number];

const isWaiting = ({ status }: Task) => ["ready", "reserved", "in_progress"].includes(status);

/** Admission waits for a coordinator without a task; a running pilot without one waits for the workflow. */
export const isBeingPrepared = (pilot: PilotView): boolean => pilot.status === "active" && !pilot.tasks.some(isWaiting);
