import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, expect, test } from "vitest";
import { createS3Files } from "../../functions/adapters/s3-files.ts";
import { createClock } from "../../local/clock.ts";
import { startS3, type TestS3 } from "../support/s3.ts";
import { filesSuite } from "./files.suite.ts";

let s3: TestS3 | undefined;
afterEach(() => s3?.[Symbol.asyncDispose]());

async function open() {
  const clock = createClock({ start: new Date("2027-03-10T08:00:00.000Z"), frozen: true });
  s3 = await startS3(() => clock.now());
  return { s3, clock, origin: s3.endpoint, files: createS3Files({ client: s3.client, bucket: "fairway", clock }) };
}

filesSuite("S3", open);

test("files lie under one prefix of the bucket, and an upload's bytes pass no function", async () => {
  const opened = await open();
  const { url } = await opened.files.upload("file-1", { bytes: 1, sha256: "00".repeat(32), contentType: "a/b" });
  expect(new URL(url).pathname).toBe("/fairway/files/file-1");
  expect(opened.s3.log).toEqual([]);
});

test("an object somebody put past Fairway, without a checksum, has arrived and fits no announcement", async () => {
  const opened = await open();
  await opened.s3.client.send(new PutObjectCommand({ Bucket: "fairway", Key: "files/file-1", Body: "x" }));
  expect(await opened.files.arrived("file-1")).toMatchObject({ bytes: 1, sha256: "" });
});

test("what goes wrong with the bucket is an error, not a file that is not there", async () => {
  const opened = await open();
  await opened.s3[Symbol.asyncDispose]();
  await expect(opened.files.arrived("file-1")).rejects.toThrow();
});
