import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClock, type MovableClock } from "../../../local/clock.ts";
import { type FolderFiles, openFolderFiles } from "../../../local/files/folder-files.ts";
import { filesSuite } from "../../files/files.suite.ts";
import { eventually } from "../../support/eventually.ts";
import { pdfSaying, sha256Of } from "../../support/files.ts";

let folder: string;
let files: FolderFiles;
let clock: MovableClock;
const server = createServer((incoming, response) => {
  files.handle(incoming, response, new URL(incoming.url ?? "/", "http://localhost")).catch(() => response.destroy());
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-files-"));
  clock = createClock({ start: new Date("2027-03-10T08:00:00.000Z"), frozen: true });
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
const expected = { bytes: content.length, sha256: sha256Of(content), contentType: "application/pdf" };

filesSuite("A folder", async () => ({
  files,
  clock,
  origin: at("/").href,
}));

test("an upload that breaks off leaves no file, and the same address takes it again", async () => {
  const { url, headers } = await files.upload("file-1", expected);
  const broken = request(at(url), { method: "PUT", headers: { ...headers, "content-length": content.length } });
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
  expect((await fetch(at(url), { method: "PUT", headers, body: content })).status).toBe(200);
  expect(await files.arrived("file-1")).toMatchObject({ bytes: expected.bytes });
});

test("a start takes away what a crash has left half-way, and keeps what is whole", async () => {
  await writeFile(join(folder, "file-2.bytes"), content);
  await writeFile(join(folder, "file-2.bytes.abc.new"), "half");
  const key = await readFile(join(folder, "signing-key"));
  files = openFolderFiles({ folder, clock });
  expect((await readdir(folder)).sort()).toEqual(["file-2.bytes", "signing-key"]);
  expect(await readFile(join(folder, "signing-key"))).toEqual(key);
});
