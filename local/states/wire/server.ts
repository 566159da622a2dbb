/** The endpoint: what `@aws-sdk/client-sfn` and the AWS CLI speak to when told so by `AWS_ENDPOINT_URL_SFN`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { States } from "../states.ts";
import { operationsOf } from "./operations.ts";
import { answer } from "./protocol.ts";

export interface WireServer extends AsyncDisposable {
  /** "http://127.0.0.1:4599" */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on the machine itself only, as it asks nobody who they are. Port 0 takes a free one. */
export async function serveStates(states: States, { port = 0, host = "127.0.0.1" } = {}): Promise<WireServer> {
  const operations = operationsOf(states);
  const server = createServer((request, response) => {
    void answer(operations, "AWSStepFunctions", request, response);
  });
  // Clients keep connections longer than Node's five seconds and would meet one that is just being closed.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${actualPort}`, close, [Symbol.asyncDispose]: close };
}
