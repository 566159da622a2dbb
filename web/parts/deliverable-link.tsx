/** A link to a deliverable, or to one revision of it. Whoever may not read its answers gets its name, and why. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../shared/contracts/views.ts";
import { Mark } from "./labels.tsx";
import { PageLink } from "./page.tsx";

export function DeliverableLink(props: {
  readonly pilot: PilotView;
  readonly deliverableId: string;
  readonly revision?: number | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("common");
  const { pilot, deliverableId, revision, className, children } = props;
  const isForOthers = pilot.deliverables.some(({ id, mayRead }) => id === deliverableId && !mayRead);
  if (isForOthers) {
    return (
      <>
        <span className={className}>{children}</span> <Mark tone="gray">{t("notForYou")}</Mark>
      </>
    );
  }
  return (
    <PageLink
      to="/pilots/$pilotId/deliverables/$deliverableId"
      params={{ pilotId: pilot.id, deliverableId }}
      search={revision === undefined ? {} : { revision }}
      className={className}
    >
      {children}
    </PageLink>
  );
}
