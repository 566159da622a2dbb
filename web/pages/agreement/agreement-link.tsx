/** Leads to the agreement of an admitted pilot, for those who may read it. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { PageLink } from "../../parts/page.tsx";

export function AgreementLink({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("pilot");
  if (pilot.admittedAt === undefined || !pilot.may.includes("application.read")) return null;
  return (
    <p>
      <PageLink to="/pilots/$pilotId/agreement" params={{ pilotId: pilot.id }}>
        {t("agreement")}
      </PageLink>
    </p>
  );
}
