/** More time is asked for: by whom and why, and the answer of those who may give it. */
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { dayInWords } from "../../language/format.ts";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { advisorsDays, GiveTime } from "./more-time.tsx";

const dayMs = 24 * 60 * 60 * 1000;

export function AskedForTime(props: { readonly pilot: PilotView; readonly view: DeliverableView }) {
  const { t } = useTranslation("review");
  const { me } = usePortal();
  const { pilot, view } = props;
  const { extensionRequest: asked } = view;
  if (asked === undefined) return null;
  const until = dayInWords(asked.until);
  const days = Math.max(1, Math.round((Date.parse(`${asked.until}T12:00:00Z`) - Date.parse(view.dueAt)) / dayMs));
  const isAdvisor = me.acting.role === "advisor";
  return (
    <section className="notice" aria-label={t("askedForTime.title")}>
      <p>{t("askedForTime.asked", { name: asked.by.name, until, reason: asked.reason })}</p>
      {pilot.may.includes("dueDate.extend") ? (
        <>
          {isAdvisor && days > advisorsDays ? null : (
            <GiveTime pilot={pilot} view={view} title={t("askedForTime.give", { until })} days={days} />
          )}
          <p className="help">
            {t("askedForTime.orComment")}{" "}
            <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }} hash="notes">
              {t("askedForTime.toNotes")}
            </PageLink>
          </p>
        </>
      ) : (
        <p className="help">{t("askedForTime.waits")}</p>
      )}
    </section>
  );
}
