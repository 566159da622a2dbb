/**
 * Files of an embedded system: a folder, and signed addresses on the system's own port.
 *
 * 1. An address says all that is allowed with it (what, how long, how many bytes); its signature covers every word.
 * 2. Bytes become a file only when exactly as many as announced have come with the announced type and checksum; until
 *    then, and after a broken line, there is no file.
 * 3. The key is made once and kept beside the files, so that addresses survive a restart.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { contentDisposition } from "../../functions/adapters/content-disposition.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { type Files, HEAD_BYTES, type SignedRequest } from "../../shared/ports/files.ts";

/** Where signed addresses point, on the system's own port. */
export const FILES_PATH = "/files/";

/** Ends the name of a file that has not come whole; a crash leaves some, the next start takes them away. */
const ARRIVING = ".new";

const UPLOAD_MS = 60 * 60_000;
const DOWNLOAD_MS = 5 * 60_000;

export interface FolderFiles extends Files {
  /** Answers a request to an address under `FILES_PATH`. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

export function openFolderFiles({ folder, clock }: { readonly folder: string; readonly clock: Clock }): FolderFiles {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith(ARRIVING)) rmSync(join(folder, name), { force: true });
  const signingKey = keyIn(join(folder, "signing-key"));
  const pathOf = (fileId: string): string => join(folder, `${assertFileId(fileId)}.bytes`);

  const signatureOf = (method: string, path: string, query: URLSearchParams): Buffer => {
    const signed = new URLSearchParams([...query].filter(([name]) => name !== "signature"));
    signed.sort();
    return createHmac("sha256", signingKey).update(`${method}\n${path}\n${signed}`).digest();
  };

  function sign(
    method: SignedRequest["method"],
    fileId: string,
    lifeMs: number,
    words: Readonly<Record<string, string>>,
  ): SignedRequest {
    const expiresAt = new Date(clock.now().getTime() + lifeMs).toISOString();
    const path = FILES_PATH + assertFileId(fileId);
    const query = new URLSearchParams({ ...words, expires: expiresAt });
    query.set("signature", signatureOf(method, path, query).toString("base64url"));
    const headers: Record<string, string> = method === "PUT" ? { "content-type": words.type ?? "" } : {};
    return { method, url: `${path}?${query}`, headers, expiresAt };
  }

  function isSigned(method: string, url: URL): boolean {
    const given = Buffer.from(url.searchParams.get("signature") ?? "", "base64url");
    const wanted = signatureOf(method, url.pathname, url.searchParams);
    const isGenuine = given.length === wanted.length && timingSafeEqual(given, wanted);
    return isGenuine && (url.searchParams.get("expires") ?? "") > clock.now().toISOString();
  }

  async function receive(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const fileId = url.pathname.slice(FILES_PATH.length);
    const expectedBytes = Number(url.searchParams.get("bytes"));
    const hash = createHash("sha256");
    const arriving = `${pathOf(fileId)}.${randomBytes(6).toString("hex")}${ARRIVING}`;
    let bytes = 0;
    const target = await open(arriving, "wx");
    try {
      await pipeline(
        request,
        async function* counted(chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            bytes += chunk.length;
            if (bytes > expectedBytes) throw new TooManyBytes("More bytes than announced.");
            hash.update(chunk);
            yield chunk;
          }
        },
        target.createWriteStream({ flush: true }),
      );
      if (bytes !== expectedBytes || hash.digest("hex") !== url.searchParams.get("sha256")) {
        answer(response, 422, "These are not the bytes that were announced.");
        return;
      }
      await rename(arriving, pathOf(fileId));
      answer(response, 200, "Stored");
    } catch (error) {
      if (!(error instanceof TooManyBytes)) throw error;
      response.setHeader("connection", "close");
      answer(response, 413, "More bytes came than were announced.");
    } finally {
      await target.close().catch(() => {});
      await rm(arriving, { force: true });
    }
  }

  async function give(response: ServerResponse, url: URL): Promise<void> {
    const file = await open(pathOf(url.pathname.slice(FILES_PATH.length))).catch(() => undefined);
    if (file === undefined) return answer(response, 404, "This file is not here any more.");
    const { size } = await file.stat();
    const contentType = url.searchParams.get("type") ?? "application/octet-stream";
    const name = url.searchParams.get("name") ?? "file";
    const disposition = url.searchParams.get("disposition") === "inline" ? "inline" : "attachment";
    response.writeHead(200, {
      "content-type": contentType,
      "content-length": String(size),
      "content-disposition": contentDisposition(disposition, name),
      "cache-control": "private, max-age=300",
      // Whatever is in it runs nothing and loads nothing.
      "content-security-policy":
        contentType === "application/pdf" ? "frame-ancestors 'self'" : "default-src 'none'; sandbox",
    });
    await pipeline(file.createReadStream(), response).catch((error: unknown) => {
      // Whoever hung up half-way has what they wanted, or asks again.
      if (!response.destroyed) throw error;
    });
  }

  return {
    upload: async (fileId, { bytes, sha256, contentType }) =>
      sign("PUT", fileId, UPLOAD_MS, { bytes: String(bytes), sha256, type: contentType }),

    download: async (fileId, { name, contentType, disposition }) =>
      sign("GET", fileId, DOWNLOAD_MS, { name, type: contentType, disposition }),

    async arrived(fileId) {
      const file = await open(pathOf(fileId)).catch(() => undefined);
      if (file === undefined) return undefined;
      const head = new Uint8Array(HEAD_BYTES);
      const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
      const hash = createHash("sha256");
      await pipeline(file.createReadStream({ start: 0 }), hash);
      const { size: bytes } = await stat(pathOf(fileId));
      return { bytes, sha256: hash.digest("hex"), head: head.subarray(0, bytesRead) };
    },

    remove: async (fileId) => rm(pathOf(fileId), { force: true }),

    async handle(request, response, url) {
      const method = request.method === "HEAD" ? "GET" : (request.method ?? "");
      if (method !== "PUT" && method !== "GET") return answer(response, 405, "A file is put or got.");
      if (!isSigned(method, url)) {
        // Unread bytes would be taken for the next request.
        response.setHeader("connection", "close");
        return answer(response, 403, "This address has expired or was changed. Ask for a new one.");
      }
      if (method === "PUT" && request.headers["content-type"] !== url.searchParams.get("type")) {
        response.setHeader("connection", "close");
        return answer(response, 403, "This is not the type of file that was announced.");
      }
      if (method === "PUT") await receive(request, response, url);
      else await give(response, url);
    },
  };
}

class TooManyBytes extends Error {
  override name = "TooManyBytes" as const;
}

/** Ids are made by us; whatever else comes here must not become a path. */
function assertFileId(fileId: string): string {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(fileId)) throw new TypeError("This is no id of a file.");
  return fileId;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain" });
  response.end(text);
}

function keyIn(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(32), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file);
}
