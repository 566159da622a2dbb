import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Call } from "../../shared/contracts/client.ts";
import { attachmentsIn } from "../../shared/domain/forms/attachments.ts";

/** The least that begins like a PDF, and says which file it is. */
export const pdfSaying = (words: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`%PDF-1.7\n% ${words}\n%%EOF\n`);

export const sha256Of = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

interface Place {
  readonly pilotId: string;
  readonly deliverableId: string;
}

/** What the portal does with a chosen file; the answer is what its form then says of it. */
export async function uploadFile(
  { url, call }: { readonly url: string; readonly call: Call },
  { pilotId, deliverableId }: Place,
  file: { readonly fileId?: string; readonly name: string; readonly content: Uint8Array<ArrayBuffer> },
): Promise<{ readonly fileId: string; readonly name: string; readonly sha256: string }> {
  const { name, content } = file;
  const sha256 = sha256Of(content);
  const { fileId, upload } = await call("beginUpload", {
    params: { pilotId, deliverableId },
    body: {
      ...(file.fileId === undefined ? {} : { fileId: file.fileId }),
      field: "/attachments",
      name,
      bytes: content.length,
      sha256,
    },
  });
  await send(new URL(upload.url, url), { method: upload.method, headers: upload.headers, body: content });
  await call("completeUpload", { params: { pilotId, fileId }, body: {} });
  return { fileId, name, sha256 };
}

/** The values with a file uploaded for each attachment they name; the same place gets the same file again. */
export async function withFilesUploaded(
  at: { readonly url: string; readonly call: Call },
  place: Place,
  values: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const attachments = await Promise.all(
    attachmentsIn(values.attachments).map((_, index) => {
      const name = `${place.deliverableId} ${index + 1}.pdf`;
      return uploadFile(at, place, {
        fileId: idFrom(`${place.pilotId} ${name}`),
        name,
        content: pdfSaying(name),
      });
    }),
  );
  return attachments.length === 0 ? values : { ...values, attachments };
}

/** A UUID made from words. */
function idFrom(words: string): string {
  const hex = createHash("sha256").update(words).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Tries again while the system is off, as a browser does for its person. */
async function send(url: URL, init: RequestInit): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, init);
      if (response.status === 503) throw new TypeError("Fairway is starting.");
      if (!response.ok) throw new Error(`The file was not taken: ${response.status} ${await response.text()}`);
      return;
    } catch (error) {
      if (!(error instanceof TypeError) || attempt === 200) throw error;
      await pause(50);
    }
  }
}
