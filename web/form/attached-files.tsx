/** Files that were attached: who uploaded which when, to save or to look at. */
import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../shared/domain/forms/form-schema.ts";
import { useOperation } from "../api/queries.ts";
import { minuteInWords } from "../language/format.ts";
import { ActionButton } from "../parts/action.tsx";
import { usePortal } from "../portal.ts";
import { type AttachedFile, sizeInWords } from "./upload-file.ts";

const FilePreview = lazy(() => import("./file-preview.tsx").then((module) => ({ default: module.FilePreview })));

/** The files an answer names. */
export const filesIn = (value: unknown): readonly AttachedFile[] =>
  (Array.isArray(value) ? value : []).filter(
    (each): each is AttachedFile => isRecord(each) && typeof each.fileId === "string" && typeof each.name === "string",
  );

export function AttachedFiles(props: {
  readonly files: readonly AttachedFile[];
  /** The element id of a file's line, so that a gap can lead there. */
  idOf?(index: number): string;
  /** What else there is about a file: what is wrong with it, what can be done. */
  more?(file: AttachedFile, index: number): ReactNode;
}) {
  // Files are shown on the pages of a pilot only.
  const { pilotId = "" } = useParams({ strict: false });
  return (
    <ul className="files">
      {props.files.map((file, index) => (
        <li key={file.fileId} id={props.idOf?.(index)} tabIndex={props.idOf === undefined ? undefined : -1}>
          <AttachedFileLine pilotId={pilotId} file={file}>
            {props.more?.(file, index)}
          </AttachedFileLine>
        </li>
      ))}
    </ul>
  );
}

function AttachedFileLine(props: {
  readonly pilotId: string;
  readonly file: AttachedFile;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("form");
  const { call } = usePortal();
  const { pilotId, file } = props;
  const [preview, setPreview] = useState<{ readonly url: string; readonly contentType: string }>();
  const { data } = useOperation("listFiles", { params: { pilotId } });
  const known = data?.files.find(({ id }) => id === file.fileId);
  const link = (show: "save" | "preview") =>
    call("getFileLink", { params: { pilotId, fileId: file.fileId }, query: { show } });
  const save = async () => {
    const { download } = await link("save");
    const anchor = document.createElement("a");
    anchor.href = download.url;
    anchor.download = file.name;
    anchor.click();
  };
  const look = async () => {
    const { download, file: found } = await link("preview");
    setPreview({ url: download.url, contentType: found.contentType });
  };
  return (
    <>
      <p className="file">
        <strong>{file.name}</strong>{" "}
        {known === undefined ? null : (
          <span className="quiet">
            {t("files.uploaded", {
              size: sizeInWords(known.bytes),
              name: known.uploadedBy.name,
              time: minuteInWords(known.uploadedAt),
            })}
          </span>
        )}
      </p>
      <div className="buttons">
        {known?.previewable === true ? (
          <ActionButton size="compact-sm" about={file.name} act={look}>
            {t("files.look")}
          </ActionButton>
        ) : null}
        <ActionButton size="compact-sm" about={file.name} act={save}>
          {t("files.download")}
        </ActionButton>
        {props.children}
      </div>
      {preview === undefined ? null : (
        <Suspense>
          <FilePreview {...preview} name={file.name} onClose={() => setPreview(undefined)}>
            <Button variant="default" onClick={() => void save()}>
              {t("files.download")}
            </Button>
          </FilePreview>
        </Suspense>
      )}
    </>
  );
}
