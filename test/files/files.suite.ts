import { describe, expect, test } from "vitest";
import type { MovableClock } from "../../local/clock.ts";
import { type Files, HEAD_BYTES, type SignedRequest } from "../../shared/ports/files.ts";
import { pdfSaying, sha256Of } from "../support/files.ts";

export interface OpenFiles {
  readonly files: Files;
  /** Stands still unless moved; addresses expire by it. */
  readonly clock: MovableClock;
  /** What relative addresses are on. */
  readonly origin: string;
}

const content = pdfSaying("Ä".repeat(1000));
const expected = { bytes: content.length, sha256: sha256Of(content), contentType: "application/pdf" };
const pdf = { name: "Müük (2).pdf", contentType: "application/pdf", disposition: "attachment" } as const;

/** What every adapter of the files port promises. `open` gives an empty one for each test. */
export function filesSuite(name: string, open: () => Promise<OpenFiles>): void {
  const sendTo =
    (origin: string) =>
    (request: SignedRequest, body?: Uint8Array<ArrayBuffer>, url = request.url) =>
      fetch(new URL(url, origin), {
        method: request.method,
        headers: request.headers,
        ...(body === undefined ? {} : { body }),
      });

  async function opened() {
    const { files, clock, origin } = await open();
    return { files, clock, send: sendTo(origin) };
  }

  describe(`${name}: a file that is put`, () => {
    test("is not there before", async () => {
      const { files, send } = await opened();
      await files.upload("file-1", expected);
      expect(await files.arrived("file-1")).toBeUndefined();
      expect((await send(await files.download("file-1", pdf))).status).toBe(404);
    });

    test("has arrived as announced, and is given back so, with its name and type", async () => {
      const { files, send } = await opened();
      expect((await send(await files.upload("file-1", expected), content)).status).toBe(200);
      const arrived = await files.arrived("file-1");
      expect(arrived).toEqual({
        bytes: expected.bytes,
        sha256: expected.sha256,
        head: new Uint8Array(content.subarray(0, HEAD_BYTES)),
      });
      const answer = await send(await files.download("file-1", pdf));
      expect(answer.status).toBe(200);
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content);
      expect(answer.headers.get("content-type")).toBe("application/pdf");
      expect(answer.headers.get("cache-control")).toBe("private, max-age=300");
      expect(answer.headers.get("content-disposition")).toBe(
        `attachment; filename="M__k__2_.pdf"; filename*=UTF-8''M%C3%BC%C3%BCk%20%282%29.pdf`,
      );
    });

    test("can be put once more by the same address", async () => {
      const { files, send } = await opened();
      const request = await files.upload("file-1", expected);
      for (const _ of [1, 2]) expect((await send(request, content)).status).toBe(200);
      expect(await files.arrived("file-1")).toMatchObject({ bytes: expected.bytes });
    });

    test("has a head as long as the file when that is short", async () => {
      const { files, send } = await opened();
      const short = pdfSaying("x");
      const announced = { ...expected, bytes: short.length, sha256: sha256Of(short) };
      await send(await files.upload("file-1", announced), short);
      expect((await files.arrived("file-1"))?.head).toEqual(new Uint8Array(short));
    });

    test("is gone when it was removed; removing it again is no error", async () => {
      const { files, send } = await opened();
      await send(await files.upload("file-1", expected), content);
      for (const _ of [1, 2]) await files.remove("file-1");
      expect(await files.arrived("file-1")).toBeUndefined();
      expect((await send(await files.download("file-1", pdf))).status).toBe(404);
    });
  });

  describe(`${name}: an address`, () => {
    const other = content.map((byte) => byte ^ 1);
    test.each([
      { what: "other bytes", body: other },
      { what: "fewer bytes", body: content.slice(0, -1) },
      { what: "more bytes", body: new Uint8Array([...content, 10]) },
    ])("takes no $what than announced", async ({ body }) => {
      const { files, send } = await opened();
      expect((await send(await files.upload("file-1", expected), body)).status).toBeGreaterThanOrEqual(400);
      expect(await files.arrived("file-1")).toBeUndefined();
    });

    test("takes no other type than announced", async () => {
      const { files, send } = await opened();
      const request = await files.upload("file-1", expected);
      for (const [header, value] of Object.entries(request.headers)) {
        const headers = { ...request.headers, [header]: header === "content-type" ? "text/html" : `x${value}` };
        expect((await send({ ...request, headers }, content)).status).toBeGreaterThanOrEqual(400);
      }
      expect((await send({ ...request, headers: {} }, content)).status).toBeGreaterThanOrEqual(400);
      expect(await files.arrived("file-1")).toBeUndefined();
    });

    test("is for its file alone: whoever changes a word of it is refused", async () => {
      const { files, send } = await opened();
      const put = await files.upload("file-1", expected);
      expect((await send(put, content, put.url.replace("file-1", "file-2"))).status).toBe(403);
      await send(put, content);
      const get = await files.download("file-1", pdf);
      const asPage = get.url.replace(encodeURIComponent("application/pdf"), encodeURIComponent("text/html"));
      expect(asPage).not.toBe(get.url);
      expect((await send(get, undefined, asPage)).status).toBe(403);
      expect((await send({ ...get, method: "PUT" }, content)).status).toBe(403);
    });

    test("ends with its time: an hour to put, five minutes to get", async () => {
      const { files, clock, send } = await opened();
      const put = await files.upload("file-1", expected);
      await send(put, content);
      const get = await files.download("file-1", { ...pdf, disposition: "inline" });
      expect(Date.parse(get.expiresAt) - clock.now().getTime()).toBe(5 * 60_000);
      expect(Date.parse(put.expiresAt) - clock.now().getTime()).toBe(60 * 60_000);
      expect((await send(get)).headers.get("content-disposition")).toMatch(/^inline; /);
      await clock.moveTo(new Date(get.expiresAt));
      expect((await send(get)).status).toBe(403);
      expect((await send(put, content)).status).toBe(200);
      await clock.moveTo(new Date(put.expiresAt));
      expect((await send(put, content)).status).toBe(403);
    });

    test("is made for ids only, never for a path", async () => {
      const { files } = await opened();
      await expect(files.upload("../store", expected)).rejects.toThrow(TypeError);
      await expect(files.download("a/b", pdf)).rejects.toThrow(TypeError);
      await expect(files.arrived("a/b")).rejects.toThrow(TypeError);
      await expect(files.remove("..")).rejects.toThrow(TypeError);
    });
  });
}
