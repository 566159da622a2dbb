import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileBytes } from "../../shared/ports/file-bytes.ts";
import { sha256OfFile } from "./manifest.ts";

/** Bytes in a folder; `nameOf` says under which name. */
export function folderBytes(folder: string, nameOf: (fileId: string) => string): FileBytes {
  const pathOf = (fileId: string): string => join(folder, nameOf(fileId));
  return {
    checksum: (fileId) => sha256OfFile(pathOf(fileId)),

    read: async (fileId) => createReadStream(pathOf(fileId)),

    async write(fileId, content) {
      const file = pathOf(fileId);
      await mkdir(dirname(file), { recursive: true });
      const arriving = await open(`${file}.new`, "w");
      try {
        await pipeline(Readable.from(content), arriving.createWriteStream({ flush: true }));
        await rename(`${file}.new`, file);
      } finally {
        await arriving.close().catch(() => {});
        await rm(`${file}.new`, { force: true });
      }
    },
  };
}

/** As `local/files/folder-files.ts` keeps them. */
export const filesOfDataFolder = (dataFolder: string): FileBytes =>
  folderBytes(join(dataFolder, "files"), (fileId) => `${fileId}.bytes`);

/** In an export, by what is in them. */
export const filesOfExport = (folder: string): FileBytes => folderBytes(join(folder, "files"), (sha256) => sha256);
