/**
 * Attaching files: chosen or dropped, sent one after the other while the form is filled in. A file becomes part of the
 * answer once Fairway has checked it; what did not work stays in the list with its reason until it is tried again or put away.
 */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { numberInWords } from "../language/format.ts";
import { problemInWords } from "../parts/problem-in-words.ts";
import { usePortal } from "../portal.ts";
import { AttachedFiles, filesIn } from "./attached-files.tsx";
import type { UploadLimits } from "./form-model.ts";
import { type AttachedFile, sizeInWords, uploadFile, whyNot } from "./upload-file.ts";

interface Upload {
  readonly fileId: string;
  readonly file: File;
  readonly stop: AbortController;
  /** How much was sent, 0 to 1. */
  readonly fraction: number;
  readonly problem?: string;
  /** Whether the same file may go through another time. */
  readonly isWorthRepeating: boolean;
}

export function FilesControl(props: {
  readonly pointer: string;
  readonly label: string;
  readonly limits: UploadLimits;
  readonly value: unknown;
  readonly describedBy: string | undefined;
  /** The element id of a file's line. */
  idOf(index: number): string;
  problemOf(index: number): string | undefined;
  onChange(value: unknown): void;
}) {
  const { t } = useTranslation("form");
  const { call, announce } = usePortal();
  const queries = useQueryClient();
  const { pilotId = "", deliverableId = "" } = useParams({ strict: false });
  const { limits, pointer } = props;
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const chooseButton = useRef<HTMLButtonElement>(null);
  const queue = useRef(Promise.resolve());
  const running = useRef(new Set<AbortController>());
  const attached = filesIn(props.value);
  // An upload ends long after the drawing it began in.
  const latest = useRef({ attached, onChange: props.onChange });
  useEffect(() => {
    latest.current = { attached: filesIn(props.value), onChange: props.onChange };
  }, [props.value, props.onChange]);

  useEffect(() => {
    const stops = running.current;
    // A file dropped beside the field must not take the place of the page.
    const keepPage = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (stops.size > 0) event.preventDefault();
    };
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("dragover", keepPage);
      window.removeEventListener("drop", keepPage);
      window.removeEventListener("beforeunload", warn);
      for (const stop of stops) stop.abort();
    };
  }, []);

  const change = (files: readonly AttachedFile[]) => {
    latest.current = { ...latest.current, attached: files };
    latest.current.onChange(files);
  };
  const update = (fileId: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.fileId === fileId ? { ...each, ...part } : each)));
  const putAway = (fileId: string) => setUploads((all) => all.filter((each) => each.fileId !== fileId));

  const upload = async ({ fileId, file, stop }: Upload) => {
    const { signal } = stop;
    try {
      signal.throwIfAborted();
      if (limits.maxFiles !== undefined && latest.current.attached.length >= limits.maxFiles) {
        update(fileId, { problem: t("files.tooMany", { count: limits.maxFiles }), isWorthRepeating: true });
        return;
      }
      const place = { pilotId, deliverableId, field: pointer };
      const progress = (fraction: number) => update(fileId, { fraction });
      const done = await uploadFile(call, place, { fileId, file }, { signal, progress });
      change([...latest.current.attached, done]);
      putAway(fileId);
      announce(t("files.attached", { name: done.name }));
      void queries.invalidateQueries({ queryKey: ["listFiles"] });
    } catch (error) {
      if (signal.aborted) return;
      const problem = error instanceof Error ? problemInWords(error).message : t("files.notSent");
      update(fileId, { problem, isWorthRepeating: true });
    } finally {
      running.current.delete(stop);
    }
  };
  const enqueue = (next: Upload) => {
    running.current.add(next.stop);
    queue.current = queue.current.then(() => upload(next));
  };
  const add = (files: readonly File[]) => {
    const begun = files.map((file): Upload => {
      const problem = whyNot(limits, file);
      const base = { fileId: crypto.randomUUID(), file, stop: new AbortController(), fraction: 0 };
      return { ...base, isWorthRepeating: false, ...(problem === undefined ? {} : { problem }) };
    });
    setUploads((all) => [...all, ...begun]);
    for (const each of begun) if (each.problem === undefined) enqueue(each);
  };
  const repeat = ({ fileId, file }: Upload) => {
    const again: Upload = { fileId, file, stop: new AbortController(), fraction: 0, isWorthRepeating: false };
    setUploads((all) => all.map((each) => (each.fileId === fileId ? again : each)));
    enqueue(again);
  };
  /** What was pressed goes: the focus must not go with it. */
  const remove = (removal: () => void) => {
    removal();
    chooseButton.current?.focus();
  };

  return (
    <>
      {attached.length === 0 ? null : (
        <AttachedFiles
          files={attached}
          idOf={props.idOf}
          more={(file, index) => (
            <>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("files.removeFile", { name: file.name })}
                onClick={() => remove(() => change(attached.filter(({ fileId }) => fileId !== file.fileId)))}
              >
                {t("field.remove")}
              </Button>
              {props.problemOf(index) === undefined ? null : (
                <span className="field-problem">{props.problemOf(index)}</span>
              )}
            </>
          )}
        />
      )}
      {uploads.length === 0 ? null : (
        <ul className="files" aria-label={t("files.uploads")}>
          {uploads.map((each) => (
            <li key={each.fileId}>
              <p className="file">
                <strong>{each.file.name}</strong> <span className="quiet">{sizeInWords(each.file.size)}</span>
              </p>
              {each.problem === undefined ? (
                <UploadProgress name={each.file.name} fraction={each.fraction} />
              ) : (
                <p className="field-problem" role="alert">
                  {each.problem}
                </p>
              )}
              <div className="buttons">
                {each.problem !== undefined && each.isWorthRepeating ? (
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={t("files.repeatFile", { name: each.file.name })}
                    onClick={() => remove(() => repeat(each))}
                  >
                    {t("files.repeat")}
                  </Button>
                ) : null}
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t(each.problem === undefined ? "files.stopFile" : "files.removeFile", {
                    name: each.file.name,
                  })}
                  onClick={() =>
                    remove(() => {
                      each.stop.abort();
                      putAway(each.fileId);
                    })
                  }
                >
                  {t(each.problem === undefined ? "files.stop" : "field.remove")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is another way to do what the button in it does. */}
      <div
        className={isOver ? "drop over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add([...event.dataTransfer.files]);
        }}
      >
        <Button
          ref={chooseButton}
          variant="default"
          aria-label={t("files.chooseFor", { field: props.label })}
          aria-describedby={[`${props.idOf(0)}-limits`, props.describedBy].filter(Boolean).join(" ")}
          onClick={() => input.current?.click()}
        >
          {t("files.choose")}
        </Button>{" "}
        <span className="only-wide">{t("files.orDrop")}</span>
        <span className="help" id={`${props.idOf(0)}-limits`}>
          {t("files.limits", {
            kinds: limits.accept.join(", "),
            size: sizeInWords(limits.maxBytes),
            count: limits.maxFiles ?? 1,
          })}
        </span>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={limits.accept.flatMap((each) => (each === "jpg" ? [".jpg", ".jpeg"] : [`.${each}`])).join(",")}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            // The same file can be chosen again.
            event.target.value = "";
          }}
        />
      </div>
    </>
  );
}

function UploadProgress({ name, fraction }: { readonly name: string; readonly fraction: number }) {
  const { t } = useTranslation("form");
  const words =
    fraction === 0
      ? t("files.waiting")
      : fraction >= 1
        ? t("files.checking")
        : t("files.sent", { percent: numberInWords(fraction * 100, { fractionDigits: 0 }) });
  return (
    <p className="file">
      <progress value={fraction} aria-label={t("files.sending", { name })} /> <span className="quiet">{words}</span>
    </p>
  );
}
