/** Where the functions of Tasks are: a module that exports them by name, or an endpoint that speaks the Lambda API. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Invoke, TaskFailure } from "./calls.ts";

/** An exported function gets the payload; what it returns is the result, what it throws fails the Task by name. */
export async function functionsOfModule(path: string): Promise<Invoke> {
  const module: Record<string, unknown> = await import(pathToFileURL(resolve(path)).href);
  return async (functionName, payload) => {
    const called = Object.hasOwn(module, functionName) ? module[functionName] : undefined;
    if (typeof called !== "function") throw notFound(functionName);
    return called(payload);
  };
}

/** `POST <url>/2015-03-31/functions/<name>/invocations`, as AWS's own Lambda is called. */
export function functionsAt(url: string): Invoke {
  return async (functionName, payload) => {
    const path = `2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
    const response = await fetch(new URL(path, url.endsWith("/") ? url : `${url}/`), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(payload),
    });
    const text = await response.text();
    if (response.headers.has("x-amz-function-error")) throw new TaskFailure(errorTypeIn(text), text);
    if (response.ok) return text === "" ? null : parsedOrText(text);
    if (response.status === 404) throw notFound(functionName);
    throw new TaskFailure("Lambda.ServiceException", `${text} (Service: Lambda, Status Code: ${response.status})`);
  };
}

/** What the endpoint is for a machine that calls functions nobody has given. */
export const noFunctions: Invoke = async (functionName) => {
  throw notFound(functionName);
};

function notFound(functionName: string): TaskFailure {
  return new TaskFailure(
    "Lambda.ResourceNotFoundException",
    `Function not found: ${functionName} (Service: Lambda, Status Code: 404, Request ID: ${crypto.randomUUID()}) (SDK Attempt Count: 1)`,
  );
}

function errorTypeIn(text: string): string {
  const error = parsedOrText(text);
  const hasType = typeof error === "object" && error !== null && "errorType" in error;
  return hasType && typeof error.errorType === "string" ? error.errorType : "Lambda.Unknown";
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
