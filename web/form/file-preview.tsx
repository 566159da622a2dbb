/** A picture or PDF above the page. Other kinds are only saved: what they hold is not shown in a page of ours. */
import { Modal } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

export function FilePreview(props: {
  readonly name: string;
  readonly url: string;
  readonly contentType: string;
  readonly children: ReactNode;
  onClose(): void;
}) {
  const { t } = useTranslation(["form", "common"]);
  // Gone all at once, with nothing left to give the focus back.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => (opener instanceof HTMLElement ? opener.focus() : undefined), [opener]);
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
