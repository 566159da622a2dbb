import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClock } from "../../../local/clock.ts";
import { type FolderFiles, openFolderFiles } from "../../../local/files/folder-files.ts";
import { eventually } from "../../support/eventually.ts";
import { pdfSaying, sha256Of } from "../../support/files.ts";

let folder: string;
let files: FolderFiles;
const clock = createClock({ start: new Date("2027-03-10T08:00:00.000Z"), frozen: true });
const server = createServer((incoming, response) => {
  files.handle(incoming, response, new URL(incoming.url ?? "/", "http://localhost")).catch(() => response.destroy());
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-files-"));
  files = openFolderFiles({ folder, clock });
  server.listen(0);
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (path: string): URL => {
  // A listening TCP server has a numbered port.
  const { port } = server.address() as AddressInfo;
  return new URL(path, `http://localhost:${port}`);
};
const content = pdfSaying("x".repeat(1000));
const expected = { bytes: content.length, sha256: sha256Of(content) };

test("an upload that breaks off leaves no file, and the same address takes it again", async () => {
  const { url } = await files.upload("file-1", expected);
  const broken = request(at(url), { method: "PUT", headers: { "content-length": content.length } });
  broken.on("error", () => {});
  broken.write(content.slice(0, 100));
  await eventually("the first bytes have come", async () =>
    (await readdir(folder)).some((name) => name.endsWith(".new")) ? true : undefined,
  );
  broken.destroy();
  await eventually("what came is taken away", async () =>
    (await readdir(folder)).some((name) => name.endsWith(".new")) ? undefined : true,
  );
  expect(await files.arrived("file-1")).toBeUndefined();
  expect((await fetch(at(url), { method: "PUT", body: content })).status).toBe(200);
  const arrived = await files.arrived("file-1");
  expect(arrived).toMatchObject(expected);
  expect(Buffer.from(arrived?.head ?? []).toString()).toMatch(/^%PDF/);
});

test("a start takes away what a crash has left half-way, and keeps what is whole", async () => {
  await writeFile(join(folder, "file-2.bytes"), content);
  await writeFile(join(folder, "file-2.bytes.abc.new"), "half");
  const key = await readFile(join(folder, "signing-key"));
  files = openFolderFiles({ folder, clock });
  expect((await readdir(folder)).sort()).toEqual(["file-2.bytes", "signing-key"]);
  expect(await readFile(join(folder, "signing-key"))).toEqual(key);
});

test("an address ends with its time, and one for getting is none for putting", async () => {
  await writeFile(join(folder, "file-3.bytes"), content);
  const as = { name: "a.pdf", contentType: "application/pdf", disposition: "inline" } as const;
  const { url, expiresAt } = await files.download("file-3", as);
  expect((await fetch(at(url))).headers.get("content-disposition")).toMatch(/^inline/);
  expect((await fetch(at(url), { method: "PUT", body: content })).status).toBe(403);
  await clock.moveTo(new Date(expiresAt));
  expect((await fetch(at(url))).status).toBe(403);
});

test("an id that would be a path is refused", async () => {
  await expect(files.upload("../store", expected)).rejects.toThrow(TypeError);
  await expect(files.arrived("a/b")).rejects.toThrow(TypeError);
});

test("removing what is not there is no error", async () => {
  await files.remove("file-4");
  expect(await files.arrived("file-4")).toBeUndefined();
});
