/** The way to a page of a pilot. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageLink } from "./page.tsx";

/** The pages above one that belongs to the pilot, for the `trail` of its heading. */
export const pilotTrail = (pilot: { readonly id: string; readonly title: string }): readonly ReactNode[] => [
  <PilotsLink key="pilots" />,
  <PageLink key="pilot" to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
    {pilot.title}
  </PageLink>,
];

export function PilotsLink() {
  const { t } = useTranslation("common");
  return <PageLink to="/pilots">{t("nav.pilots")}</PageLink>;
}
