/** A picture or PDF above the page. Other kinds are only saved: what they hold is not shown in a page of ours. */
import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFocusReturned } from "../parts/focus-kept.ts";

export function FilePreview(props: {
  readonly name: string;
  readonly url: string;
  readonly contentType: string;
  readonly children: ReactNode;
  onClose(): void;
}) {
  const { t } = useTranslation(["form", "common"]);
  useFocusReturned();
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="xl"
      title={props.name}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {props.contentType.startsWith("image/") ? (
        <img className="preview" src={props.url} alt={props.name} />
      ) : !navigator.pdfViewerEnabled ? (
        // Most phones: the frame would stay empty.
        <p>{t("files.noViewer")}</p>
      ) : (
        <iframe className="preview" src={props.url} title={props.name} />
      )}
      <div className="buttons">{props.children}</div>
    </Modal>
  );
}
