import { GetObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { FILES_PREFIX } from "../../shared/contracts/table.ts";
import type { FileBytes } from "../../shared/ports/file-bytes.ts";

/** Bytes in the bucket, under the names and with the checksums that `createS3Files` expects. */
export function createS3FileBytes({
  client,
  bucket: Bucket,
}: {
  readonly client: S3Client;
  readonly bucket: string;
}): FileBytes {
  const objectOf = (fileId: string) => ({ Bucket, Key: FILES_PREFIX + fileId });
  return {
    async checksum(fileId) {
      try {
        const head = await client.send(new HeadObjectCommand({ ...objectOf(fileId), ChecksumMode: "ENABLED" }));
        return Buffer.from(head.ChecksumSHA256 ?? "", "base64").toString("hex");
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },

    async read(fileId) {
      const { Body } = await client.send(new GetObjectCommand(objectOf(fileId)));
      if (Body === undefined) throw new Error(`The bucket has no bytes of the file ${fileId}.`);
      return Body.transformToWebStream();
    },

    /** Files are at most 25 MB or so: one request each, refused by S3 when the bytes have another checksum. */
    async write(fileId, content, { bytes, sha256 }) {
      const parts: Uint8Array[] = [];
      for await (const part of content) parts.push(part);
      await client.send(
        new PutObjectCommand({
          ...objectOf(fileId),
          Body: Buffer.concat(parts),
          ContentLength: bytes,
          ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        }),
      );
    },
  };
}
