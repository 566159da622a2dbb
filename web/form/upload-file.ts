/** Brings one file of a form to Fairway: announced with its checksum, sent to where the answer says, then checked there. */
import i18next from "i18next";
import type { Call } from "../../shared/contracts/client.ts";
import { isAccepted } from "../../shared/domain/forms/file-kinds.ts";
import { numberInWords } from "../language/format.ts";
import type { UploadLimits } from "./form-model.ts";

/** What a form keeps of a file. */
export interface AttachedFile {
  readonly fileId: string;
  readonly name: string;
  readonly sha256?: string;
}

export interface UploadPlace {
  readonly pilotId: string;
  readonly deliverableId: string;
  /** JSON Pointer of the upload field. */
  readonly field: string;
}

class FileNotSent extends Error {
  override name = "FileNotSent" as const;
}

const bytesPerMegabyte = 1_000_000;

/** "0.4 MB"; small files as kilobytes. */
export function sizeInWords(bytes: number): string {
  if (bytes < bytesPerMegabyte / 10) {
    return i18next.t("files.kilobytes", { ns: "form", size: numberInWords(Math.ceil(bytes / 1000)) });
  }
  // Never less than it is: what is too large must not read as just large enough.
  const size = numberInWords(Math.ceil((10 * bytes) / bytesPerMegabyte) / 10);
  return i18next.t("files.megabytes", { ns: "form", size });
}

/** Why a field does not take a file, in words; undefined when it does. The server decides again. */
export function whyNot(limits: UploadLimits, file: { readonly name: string; readonly size: number }) {
  if (!isAccepted(limits.accept, file.name)) {
    return i18next.t("files.wrongKind", { ns: "form", kinds: limits.accept.join(", ") });
  }
  if (file.size === 0) return i18next.t("files.empty", { ns: "form" });
  if (file.size > limits.maxBytes) {
    return i18next.t("files.tooLarge", { ns: "form", max: sizeInWords(limits.maxBytes) });
  }
  return undefined;
}

/**
 * Resolves once the file was checked and may be handed in. A repeat with the same `fileId` makes no second file.
 * Rejects with what the API refused, with FileNotSent, or with the signal's reason.
 */
export async function uploadFile(
  call: Call,
  { pilotId, deliverableId, field }: UploadPlace,
  { fileId, file }: { readonly fileId: string; readonly file: File },
  { signal, progress }: { readonly signal: AbortSignal; progress(fraction: number): void },
): Promise<AttachedFile> {
  const content = await file.arrayBuffer().catch((cause: unknown) => {
    throw new FileNotSent(i18next.t("files.unreadable", { ns: "form" }), { cause });
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  signal.throwIfAborted();
  const begun = await call("beginUpload", {
    params: { pilotId, deliverableId },
    body: { fileId, field, name: file.name, bytes: content.byteLength, sha256 },
  });
  signal.throwIfAborted();
  await send(begun.upload, content, { signal, progress });
  const { id, name } = await call("completeUpload", { params: { pilotId, fileId: begun.fileId } });
  signal.throwIfAborted();
  return { fileId: id, name, sha256 };
}

/** `fetch` does not tell how far an upload is. */
function send(
  { method, url, headers }: { readonly method: string; readonly url: string; readonly headers: Record<string, string> },
  content: ArrayBuffer,
  { signal, progress }: { readonly signal: AbortSignal; progress(fraction: number): void },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  const fail = () => reject(new FileNotSent(i18next.t("files.notSent", { ns: "form" })));
  request.upload.addEventListener("progress", ({ loaded }) => progress(loaded / content.byteLength));
  request.addEventListener("load", () => (request.status < 300 ? resolve() : fail()));
  request.addEventListener("error", fail);
  request.addEventListener("abort", () => reject(signal.reason));
  signal.addEventListener("abort", () => request.abort(), { once: true });
  request.open(method, url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(content);
  return promise;
}
