/** One line for each pilot: who owes the next step, since when, how long that usually takes, and when it is expected. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../shared/contracts/views.ts";
import { dayInWords, dueDayInWords, idsInWords } from "../language/format.ts";
import { usePortal } from "../portal.ts";
import { someoneInWords } from "../words.ts";

type Ball = Exclude<PilotView["ball"], undefined>;

export function WhoHasTheBall({
  pilot,
}: {
  readonly pilot: Pick<PilotView, "status" | "ball"> & Pick<Partial<PilotView>, "hold">;
}) {
  const { t } = useTranslation("ball");
  const { me } = usePortal();
  const { ball } = pilot;
  return (
    <p className="ball">
      <strong>{t("title")}</strong> {(ball === undefined ? [nobody()] : sentences(ball)).join(" ")}
      {pilot.hold === undefined ? null : <q>{pilot.hold.reason}</q>}
    </p>
  );

  function nobody(): string {
    return isBeingPrepared(pilot) ? t("preparing") : t("nobody");
  }

  function inHands({ person, role, title = "", since, dueAt = since }: Ball): string {
    const step = { task: idsInWords(title), since: dayInWords(since), day: dueDayInWords(dueAt) };
    if (person?.id === me.seatId) return t("yours", step);
    return t("task", { who: person?.name ?? someoneInWords(role), ...step });
  }

  function sentences(ball: Ball): readonly string[] {
    const since = dayInWords(ball.since);
    const { likelyOn, usualDays, overUsual = false } = ball;
    if (ball.kind === "hold") return [t("hold", { since, day: dayInWords(likelyOn ?? ball.since) })];
    return [
      ball.kind === "admission" ? t("admission", { since }) : inHands(ball),
      ...(usualDays === undefined ? [] : [t("usually", { count: Math.max(1, Math.round(usualDays)) })]),
      ...(overUsual ? [t("longer")] : likelyOn === undefined ? [] : [t("likely", { day: dayInWords(likelyOn) })]),
    ];
  }
}

/** A running pilot in which nobody has anything to do waits for the workflow. */
export const isBeingPrepared = (pilot: Pick<PilotView, "status" | "ball">): boolean =>
  pilot.status === "active" && pilot.ball === undefined;
