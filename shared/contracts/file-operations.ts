/**
 * Files of a deliverable's form. Their bytes do not pass the API: it gives out signed, expiring addresses.
 *
 * 1. `beginUpload` checks name, size and quota and answers where to send the bytes (PUT, with the headers given).
 * 2. `completeUpload` looks at what arrived: size, checksum and first bytes must be as announced.
 * 3. The form's attachment (`{ fileId, name, sha256 }`) is saved like any other answer.
 */
import * as z from "zod";
import { declare, id, inDeliverable, inPilot, instant, none, reading, text, working } from "./operation.ts";

export const fileView = z.object({
  id: z.string(),
  pilotId: z.string(),
  deliverableId: z.string(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  contentType: z.string(),
  uploadedBy: z.object({ id: z.string(), name: z.string() }),
  uploadedAt: instant,
  /** Whether `getFileLink` can show it in the page; others are only saved. */
  previewable: z.boolean(),
});
export type FileView = z.infer<typeof fileView>;

const signedRequest = z.object({
  method: z.enum(["PUT", "GET"]),
  url: z.string().describe("Absolute, or a path on the API's own origin"),
  headers: z.record(z.string(), z.string()),
  expiresAt: instant,
});

const inFile = z.strictObject({ pilotId: id, fileId: id });

export const fileOperations = declare({
  listFiles: {
    method: "GET",
    path: "/api/pilots/{pilotId}/files",
    summary: "Files of a pilot that I may open: what, who, when",
    roles: reading,
    params: inPilot,
    query: none,
    body: none,
    output: z.object({ files: z.array(fileView), usedBytes: z.int(), quotaBytes: z.int() }),
  },
  beginUpload: {
    method: "POST",
    path: "/api/pilots/{pilotId}/deliverables/{deliverableId}/files",
    summary: "Announce a file of a form field; the answer says where to send its bytes",
    roles: working,
    params: inDeliverable,
    query: none,
    body: z.strictObject({
      fileId: z
        .uuid()
        .meta({ examples: ["0d6f4a44-2c3e-4c57-9d3f-0a4f6d1f7b11"] })
        .exactOptional()
        .describe("Chosen by the client, so that a repeat makes no second one"),
      field: z
        .string()
        .regex(/^\/[^\s]{1,120}$/)
        .meta({ examples: ["/attachments"] })
        .describe("JSON Pointer of the upload field, e.g. /attachments"),
      name: text(200).refine((name) => !/[\p{Cc}/\\]/u.test(name), "A file's name has no slashes."),
      bytes: z.int().min(1).max(1_000_000_000),
      sha256: z
        .string()
        .regex(/^[a-f0-9]{64}$/, "SHA-256 of the bytes in lower-case hex.")
        .meta({ examples: ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] }),
    }),
    output: z.object({ fileId: z.string(), upload: signedRequest }),
  },
  completeUpload: {
    method: "POST",
    path: "/api/pilots/{pilotId}/files/{fileId}/completion",
    summary: "Say that the bytes were sent; they are checked before the file counts",
    roles: working,
    params: inFile,
    query: none,
    body: none,
    output: fileView,
  },
  getFileLink: {
    method: "GET",
    path: "/api/pilots/{pilotId}/files/{fileId}/link",
    summary: "An address to fetch a file from, good for a few minutes",
    roles: reading,
    params: inFile,
    query: z.strictObject({ show: z.enum(["save", "preview"]).exactOptional() }),
    body: none,
    output: z.object({ file: fileView, download: signedRequest }),
  },
});
