/** More time is asked for: by whom and why, and the answer of those who may give it. */
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { useCommand } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** What an advisor may give. */
const advisorsDays = 14;

export function AskedForTime(props: { readonly pilot: PilotView; readonly view: DeliverableView }) {
  const { t } = useTranslation(["review", "form", "common"]);
  const { me } = usePortal();
  const { pilot, view } = props;
  const extend = useCommand("extendDueDate");
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
            <ActionForm
              title={t("askedForTime.give", { until })}
              explanation={t(isAdvisor ? "form:giveTime.advisor" : "form:giveTime.coordinator")}
              confirm={t("form:giveTime.confirm")}
              act={async (form) => {
                const body = { days, reason: textIn(form, "reason"), kind: "extension" } as const;
                await extend.mutateAsync({ params: { pilotId: pilot.id, deliverableId: view.id }, body });
              }}
            >
              <TextArea name="reason" label={t("common:reason")} />
            </ActionForm>
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
