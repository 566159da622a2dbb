/** The main navigation on a phone. */
import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFocusReturned } from "../parts/focus-kept.ts";

export function NarrowMenu(props: { readonly title: string; readonly children: ReactNode; onClose(): void }) {
  const { t } = useTranslation("common");
  useFocusReturned();
  return (
    <Drawer
      opened
      onClose={props.onClose}
      size="xs"
      title={props.title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {props.children}
    </Drawer>
  );
}
