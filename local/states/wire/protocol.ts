/**
 * AWS JSON 1.0: one POST per call, the operation in `X-Amz-Target`, times as seconds since 1970, errors as
 * `{ __type, message }` with status 400. https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type * as z from "zod";
import { isJsonObject } from "../asl/json.ts";
import { ValidationException } from "../errors.ts";

export interface Operation {
  readonly input: z.ZodType;
  /** Gets what `input` has parsed. The answer is an object; Dates in it become seconds. */
  readonly handle: (input: never) => unknown;
}

/** The text of a request is no JSON, or a member has another type than the operation takes. */
class SerializationException extends Error {
  override name = "SerializationException" as const;
}

class UnknownOperationException extends Error {
  override name = "UnknownOperationException" as const;
}

class RequestEntityTooLarge extends Error {
  override name = "RequestEntityTooLargeException" as const;
}

/** More than any operation takes: a definition of 1 MB in JSON text within JSON text. */
const LARGEST_REQUEST_BYTES = 8_000_000;

/** Answers one request. Never rejects, and never answers with anything but an error of AWS's own names. */
export async function answer(
  operations: ReadonlyMap<string, Operation>,
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let status = 200;
  let body: unknown;
  try {
    body = (await run(operations, service, request)) ?? {};
  } catch (error) {
    ({ status, body } = errorResponse(error));
  }
  if (response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.0",
    "x-amzn-requestid": randomUUID(),
  });
  response.end(JSON.stringify(body, seconds));
}

async function run(
  operations: ReadonlyMap<string, Operation>,
  service: string,
  request: IncomingMessage,
): Promise<unknown> {
  const [prefix, name = ""] = String(request.headers["x-amz-target"] ?? "").split(".");
  const operation = request.method === "POST" && prefix === service ? operations.get(name) : undefined;
  const text = await bodyOf(request);
  if (operation === undefined) throw new UnknownOperationException(`The operation ${name} is not known here.`);
  const value = parsed(text);
  const input = operation.input.safeParse(value);
  if (!input.success) throw refusal(input.error, value);
  // The schema beside the handler has just given it this very type.
  return operation.handle(input.data as never);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > LARGEST_REQUEST_BYTES) throw new RequestEntityTooLarge("The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new SerializationException("The request is not JSON.");
  }
  if (!isJsonObject(value)) throw new SerializationException("Start of structure or map found where not expected.");
  // A null member is one that is not there.
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** A member of the wrong type cannot be read; one that can, and is out of bounds, is reported as AWS words it. */
function refusal({ issues }: z.ZodError, value: unknown): Error {
  const wrong = issues.find((issue) => issue.code === "invalid_type" && memberAt(value, issue.path) !== undefined);
  if (wrong?.code === "invalid_type") {
    const found = jsonTypeOf(memberAt(value, wrong.path));
    return new SerializationException(`${found} can not be converted to ${wrong.expected} at ${wrong.path.join(".")}`);
  }
  const list = issues.map((issue) => {
    const member = memberAt(value, issue.path);
    const shown = member === undefined ? "null" : `'${typeof member === "string" ? member : JSON.stringify(member)}'`;
    return `Value ${shown} at '${issue.path.join(".")}' failed to satisfy constraint: ${constraint(issue)}`;
  });
  const errors = list.length === 1 ? "error" : "errors";
  return new ValidationException(`${list.length} validation ${errors} detected: ${list.join("; ")}`);
}

function constraint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return "Member must not be null";
    case "too_big":
      return issue.origin === "string" || issue.origin === "array"
        ? `Member must have length less than or equal to ${issue.maximum}`
        : `Member must have value less than or equal to ${issue.maximum}`;
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? `Member must have length greater than or equal to ${issue.minimum}`
        : `Member must have value greater than or equal to ${issue.minimum}`;
    case "invalid_value":
      return `Member must satisfy enum value set: [${issue.values.join(", ")}]`;
    case "invalid_format":
      return `Member must satisfy regular expression pattern: ${"pattern" in issue ? String(issue.pattern) : issue.format}`;
    default:
      return issue.message;
  }
}

function memberAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let member = value;
  for (const key of path) {
    if (typeof member !== "object" || member === null) return undefined;
    member = Reflect.get(member, key);
  }
  return member;
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return "LIST_VALUE";
  return typeof value === "object" ? "STRUCTURE_VALUE" : `${typeof value}_VALUE`.toUpperCase();
}

const SERVER_ERRORS = new Set(["NotRecorded"]);

function errorResponse(error: unknown): { status: number; body: object } {
  if (!(error instanceof Error)) return { status: 500, body: { __type: "InternalFailure", message: "" } };
  if (SERVER_ERRORS.has(error.name)) {
    return { status: 503, body: { __type: "ServiceUnavailable", message: error.message } };
  }
  if (!isOurs(error)) {
    console.error(error);
    return { status: 500, body: { __type: "InternalFailure", message: "The request could not be processed." } };
  }
  const resourceName = "resourceName" in error ? { resourceName: error.resourceName } : {};
  return { status: 400, body: { __type: error.name, message: error.message, ...resourceName } };
}

/** Errors that were made for the caller have a name of their own; those of the language and its libraries have not. */
function isOurs(error: Error): boolean {
  return Object.hasOwn(error, "name") && !error.name.endsWith("Error");
}

/** Dates become seconds. JSON.stringify has turned them into text already: the holder still has them. */
function seconds(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = typeof this === "object" && this !== null ? Reflect.get(this, key) : undefined;
  return original instanceof Date ? original.getTime() / 1000 : value;
}
