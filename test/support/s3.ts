import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { S3Client } from "@aws-sdk/client-s3";
import { serveLocally } from "./local-server.ts";

export interface TestS3 extends AsyncDisposable {
  readonly endpoint: string;
  readonly client: S3Client;
  /** Method and path of each request that was let in, in order. */
  readonly log: readonly string[];
}

interface StoredObject {
  readonly content: Buffer;
  readonly type: string;
  /** Base64, when it was sent along and held. */
  readonly sha256: string | undefined;
}

/** What a caller wants to do with an object. */
export interface S3Access {
  readonly accessKeyId: string;
  readonly action: "s3:GetObject" | "s3:PutObject" | "s3:DeleteObject" | "s3:ListBucket";
  /** ARN of the object, or for `s3:ListBucket` of the bucket. */
  readonly resource: string;
  readonly bytes: number;
}

interface S3Rights {
  readonly secretOf: (accessKeyId: string) => string | undefined;
  readonly mayDo: (access: S3Access) => boolean;
}

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const region = "eu-north-1";

const OWNER_MAY_ALL: S3Rights = {
  secretOf: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
  mayDo: () => true,
};

/**
 * As much of S3 as Fairway uses, on a port of its own: requests are let in by Signature Version 4 only (in the address or
 * in headers), and it checks what S3 checks: expiry, that every `x-amz-` header is signed, length and checksum.
 */
export async function startS3(now: () => Date, { secretOf, mayDo }: S3Rights = OWNER_MAY_ALL): Promise<TestS3> {
  const objects = new Map<string, StoredObject>();
  const log: string[] = [];
  const server = await serveLocally((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const endpoint = server.url;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", endpoint);
    const content = await buffer(request);
    const fault = signatureFault(request, url, { now: now(), secretOf });
    if (fault !== undefined) return refuse(response, 403, fault);
    const accessKeyId = accessKeyIdOf(request, url);
    const may = (action: S3Access["action"], resource: string): boolean =>
      mayDo({ accessKeyId, action, resource: `arn:aws:s3:::${resource}`, bytes: content.length });
    const path = url.pathname.slice(1);
    if (!may(ACTIONS[request.method ?? ""] ?? "s3:GetObject", path)) return refuse(response, 403, "AccessDenied");
    log.push(`${request.method} ${url.pathname}`);
    switch (request.method) {
      case "PUT":
        return put(request, response, url.pathname, content);
      case "DELETE":
        objects.delete(url.pathname);
        response.writeHead(204).end();
        return;
      default:
        if (!objects.has(url.pathname) && !may("s3:ListBucket", path.split("/")[0] ?? "")) {
          // Whoever may not list is not told what is not there.
          return refuse(response, 403, "AccessDenied");
        }
        return give(request, response, url);
    }
  }

  function put(request: IncomingMessage, response: ServerResponse, path: string, content: Buffer): void {
    const sha256 = request.headers["x-amz-checksum-sha256"];
    const found = createHash("sha256").update(content).digest("base64");
    if (sha256 !== undefined && sha256 !== found) {
      refuse(response, 400, "BadDigest");
      return;
    }
    const type = request.headers["content-type"] ?? "binary/octet-stream";
    objects.set(path, { content, type, sha256: sha256 === undefined ? undefined : found });
    response.writeHead(200).end();
  }

  function give(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const object = objects.get(url.pathname);
    if (object === undefined) {
      refuse(response, 404, "NoSuchKey");
      return;
    }
    const etag = `"${createHash("md5").update(object.content).digest("hex")}"`;
    if ((request.headers["if-match"] ?? etag) !== etag) {
      refuse(response, 412, "PreconditionFailed");
      return;
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const part = range === null ? object.content : object.content.subarray(Number(range[1]), Number(range[2]) + 1);
    const wantsChecksum = request.headers["x-amz-checksum-mode"] === "ENABLED" && range === null;
    const given = (name: string, fallback?: string) => url.searchParams.get(`response-${name}`) ?? fallback;
    const headers = {
      etag,
      "content-length": String(part.length),
      "content-type": given("content-type", object.type),
      "content-disposition": given("content-disposition"),
      "cache-control": given("cache-control"),
      "x-amz-checksum-sha256": wantsChecksum ? object.sha256 : undefined,
    };
    const present = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    response.writeHead(range === null ? 200 : 206, Object.fromEntries(present));
    response.end(request.method === "HEAD" ? undefined : part);
  }

  return {
    endpoint,
    client: new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 }),
    log,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const ACTIONS: Readonly<Record<string, S3Access["action"]>> = { PUT: "s3:PutObject", DELETE: "s3:DeleteObject" };

/** Whose signature a request bears, in its address or its header. */
function accessKeyIdOf({ headers }: IncomingMessage, url: URL): string {
  const credential =
    url.searchParams.get("X-Amz-Credential") ?? /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ?? "";
  return credential.split("/")[0] ?? "";
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

/** What S3 would object to in a request's signature, computed anew from what came over the line. */
function signatureFault(
  { method = "", headers }: IncomingMessage,
  url: URL,
  { now, secretOf }: Pick<S3Rights, "secretOf"> & { readonly now: Date },
): string | undefined {
  const inAddress = url.searchParams.has("X-Amz-Signature");
  const inHeader = Object.fromEntries(
    [...(headers.authorization ?? "").matchAll(/(Credential|SignedHeaders|Signature)=([^,\s]+)/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );
  const part = (name: string) => (inAddress ? url.searchParams.get(`X-Amz-${name}`) : inHeader[name]) ?? "";
  const [accessKeyId, ...scope] = part("Credential").split("/");
  const [day = "", ofRegion = "", service = "", end = ""] = scope;
  const date = inAddress ? part("Date") : String(headers["x-amz-date"]);
  const secretAccessKey = secretOf(accessKeyId ?? "");
  if (secretAccessKey === undefined || ofRegion !== region || service !== "s3") return "InvalidAccessKeyId";
  if (inAddress) {
    const begun = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
    if (!(now.getTime() < begun + Number(part("Expires")) * 1000)) return "AccessDenied";
  }
  const signed = part("SignedHeaders").split(";");
  const mustBeSigned = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  if (mustBeSigned.some((name) => !signed.includes(name))) return "AccessDenied";

  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map((pair) => pair.map(uriEncoded).join("="))
    .sort();
  const payload = inAddress
    ? (url.searchParams.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD")
    : headers["x-amz-content-sha256"];
  const canonical = [
    method,
    url.pathname,
    query.join("&"),
    ...signed.map((name) => `${name}:${String(headers[name] ?? "").trim()}`),
    "",
    signed.join(";"),
    payload,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", date, scope.join("/"), hashOf(canonical)].join("\n");
  const key = [day, ofRegion, service, end].reduce<string | Buffer>(
    (secret, each) => createHmac("sha256", secret).update(each).digest(),
    `AWS4${secretAccessKey}`,
  );
  const wanted = createHmac("sha256", key).update(toSign).digest();
  const given = Buffer.from(part("Signature"), "hex");
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? undefined : "SignatureDoesNotMatch";
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const uriEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
