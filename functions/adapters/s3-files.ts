/**
 * Files in a bucket. Bytes go between browser and S3, by addresses that this signs:
 *
 * 1. An address for putting covers length, type and SHA-256 as headers. S3 refuses other headers by the signature, and
 *    other bytes by the checksum, which it keeps with the object.
 * 2. An address for getting says the name, the type and whether it is shown or saved; it is good for five minutes.
 * 3. Whoever signs lends their own rights: the function needs `s3:PutObject` and `s3:GetObject` itself.
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { FILES_PREFIX } from "../../shared/contracts/table.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { type Files, HEAD_BYTES } from "../../shared/ports/files.ts";
import { contentDisposition } from "./content-disposition.ts";

const UPLOAD_SECONDS = 60 * 60;
const DOWNLOAD_SECONDS = 5 * 60;
const CHECKSUM_HEADER = "x-amz-checksum-sha256";

export function createS3Files({
  client,
  bucket: Bucket,
  clock,
}: {
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
}): Files {
  /** From now, as S3 counts it: in whole seconds. */
  const life = (expiresIn: number) => {
    const signingDate = clock.now();
    const expiresAt = new Date((Math.floor(signingDate.getTime() / 1000) + expiresIn) * 1000).toISOString();
    return { signing: { expiresIn, signingDate }, expiresAt };
  };

  return {
    async upload(fileId, { bytes, sha256, contentType }) {
      const { signing, expiresAt } = life(UPLOAD_SECONDS);
      const checksum = Buffer.from(sha256, "hex").toString("base64");
      const put = new PutObjectCommand({
        Bucket,
        Key: keyOf(fileId),
        ContentLength: bytes,
        ContentType: contentType,
        ChecksumSHA256: checksum,
      });
      const url = await getSignedUrl(client, put, {
        ...signing,
        // As a parameter of the address S3 would accept the checksum and not look at it.
        unhoistableHeaders: new Set([CHECKSUM_HEADER]),
        signableHeaders: new Set(["content-type"]),
      });
      return { method: "PUT", url, headers: { "content-type": contentType, [CHECKSUM_HEADER]: checksum }, expiresAt };
    },

    async arrived(fileId) {
      const object = { Bucket, Key: keyOf(fileId) };
      try {
        const {
          ETag,
          ContentLength = 0,
          ChecksumSHA256 = "",
        } = await client.send(new HeadObjectCommand({ ...object, ChecksumMode: "ENABLED" }));
        // The very same object, should somebody have put another one meanwhile.
        const { Body } = await client.send(
          new GetObjectCommand({ ...object, IfMatch: ETag, Range: `bytes=0-${HEAD_BYTES - 1}` }),
        );
        return {
          bytes: ContentLength,
          sha256: Buffer.from(ChecksumSHA256, "base64").toString("hex"),
          head: (await Body?.transformToByteArray()) ?? new Uint8Array(),
        };
      } catch (error) {
        if (error instanceof NotFound || error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    async download(fileId, { name, contentType, disposition }) {
      const { signing, expiresAt } = life(DOWNLOAD_SECONDS);
      const get = new GetObjectCommand({
        Bucket,
        Key: keyOf(fileId),
        ResponseContentType: contentType,
        ResponseContentDisposition: contentDisposition(disposition, name),
        ResponseCacheControl: `private, max-age=${DOWNLOAD_SECONDS}`,
      });
      return { method: "GET", url: await getSignedUrl(client, get, signing), headers: {}, expiresAt };
    },

    async remove(fileId) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(fileId) }));
    },
  };
}

/** Ids are made by us; whatever else comes here must not become a key. */
function keyOf(fileId: string): string {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(fileId)) throw new TypeError("This is no id of a file.");
  return FILES_PREFIX + fileId;
}
