/** One group of an inbox under its name, with what it means. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Count } from "../../parts/labels.tsx";
import type { InboxGroup } from "./inbox.ts";

export function InboxSection({ group, children }: { readonly group: InboxGroup; readonly children: ReactNode }) {
  const { t } = useTranslation("tasks");
  return (
    <section aria-labelledby={`group-${group.id}`}>
      <h2 id={`group-${group.id}`}>
        {t(`group.${group.id}`)} <Count of={group.tasks.length} />
      </h2>
      <p className="help">{t(`groupHelp.${group.id}`)}</p>
      <ul className="cards">{children}</ul>
    </section>
  );
}
