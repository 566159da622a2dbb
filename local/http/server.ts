/** The one port of an embedded system: API, sign-in and portal, with the headers that keep browsers strict. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Api, MAX_BODY_BYTES } from "../../functions/api/api.ts";
import {
  PORTAL_CONFIG_PATH,
  type PortalConfig,
  portalCaching,
  portalHeaders,
  portalSecurityPolicy,
} from "../../shared/contracts/portal-headers.ts";
import { FILES_PATH, type FolderFiles } from "../files/folder-files.ts";
import { type Identity, PORTAL_CLIENT_ID } from "../identity/provider.ts";
import { reportError } from "../report.ts";
import { portalAsset } from "./portal-assets.ts";

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Door {
  readonly port: number;
  /** Answers requests from now on; before, every answer is 503. */
  open(handler: RequestHandler): void;
  /** Takes no new connection, lets what was asked be answered (for a few seconds at most), then ends them all. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** How long somebody may take to send a whole request: 1 MB on a slow line. */
  readonly requestTimeoutMs?: number;
  /** How long answers under way may take when the door closes. */
  readonly closeTimeoutMs?: number;
}

/** Listens before there is anything to answer, so that the address is known to what needs it. */
export async function listen(options: ListenOptions): Promise<Door> {
  const { host, port, requestTimeoutMs = 60_000, closeTimeoutMs = 5000 } = options;
  let handler: RequestHandler = async (_, response) => {
    send(response, 503, { "content-type": "text/plain", "retry-after": "1" }, "Fairway is starting.");
  };
  const timeouts = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, 20_000),
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 5000),
  };
  const server = createServer(timeouts, (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    // A connection kept open for a next request would hold up a door that is closing.
    if (!server.listening) response.setHeader("connection", "close");
    response.once("close", () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    handler(request, response).catch((error: unknown) => {
      // Whoever hung up half-way is told nothing, and it is nobody's mistake.
      if (request.destroyed && !request.complete) return;
      reportError("A request failed.", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", (error: NodeJS.ErrnoException) =>
    reject(error.code === "EADDRINUSE" ? new PortInUse(port, error) : error),
  );
  server.listen(port, host, resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a numbered port.");
  return {
    port: address.port,
    open: (opened) => {
      handler = opened;
    },
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      const impatience = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
      await closed;
      clearTimeout(impatience);
    },
  };
}

class PortInUse extends Error {
  override name = "PortInUse" as const;
  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken by another program. Stop it, or start with another one: PORT=${port + 1} npm start`, {
      cause,
    });
  }
}

const securityHeaders = { "content-security-policy": portalSecurityPolicy(), ...portalHeaders };

const portalConfig: PortalConfig = {
  clientId: PORTAL_CLIENT_ID,
  scope: "openid offline_access",
  discovery: "/identity/.well-known/openid-configuration",
};

export function createRequestHandler({
  api,
  identity,
  files,
  portal,
}: {
  readonly api: Api;
  readonly identity: Identity;
  readonly files: Pick<FolderFiles, "handle">;
  readonly portal: boolean;
}): RequestHandler {
  return answer;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = addressOf(request.url ?? "/");
    if (url === undefined) {
      send(response, 400, { "content-type": "text/plain" }, "This is no address.");
      return;
    }
    if (url.pathname === "/identity" || url.pathname.startsWith("/identity/")) {
      identity.handle(request, response);
      return;
    }
    if (url.pathname === "/healthz") {
      send(response, 200, { "content-type": "text/plain" }, "ready");
    } else if (url.pathname === PORTAL_CONFIG_PATH) {
      const headers = { "content-type": "application/json", "cache-control": portalCaching.page };
      send(response, 200, headers, JSON.stringify(portalConfig));
    } else if (url.pathname.startsWith(FILES_PATH)) {
      await files.handle(request, response, url);
    } else if (url.pathname.startsWith("/api/")) {
      await answerApi(request, response, url);
    } else {
      const asset =
        portal && (request.method === "GET" || request.method === "HEAD") ? portalAsset(url.pathname) : undefined;
      if (asset === undefined) {
        send(response, 404, { "content-type": "text/plain" }, "There is nothing at this address.");
      } else {
        const headers = { "content-type": asset.contentType, "cache-control": asset.cacheControl };
        await sendPacked(request, response, { status: 200, headers, body: asset.body, packed: asset.packed });
      }
    }
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { headers } = request;
    const body = await readBody(request);
    const result = await api.handle({
      method: request.method ?? "GET",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
      ),
      body,
    });
    // A body that was cut off leaves bytes on the line that are no next request.
    if (!request.complete) response.setHeader("connection", "close");
    await sendPacked(request, response, { ...result, packed: () => promisify(gzip)(result.body) });
  }
}

/** Only what comes after the host counts, which may be missing: `//x` is a path here, not another host. */
function addressOf(target: string): URL | undefined {
  return URL.parse(target.startsWith("/") ? `http://localhost${target}` : target) ?? undefined;
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array | string,
): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** About what fits into one packet: packing less saves nobody anything. */
const WORTH_PACKING_BYTES = 1024;

/** Text, compressed for whoever takes it so. */
async function sendPacked(
  request: IncomingMessage,
  response: ServerResponse,
  answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer | string;
    packed(): Promise<Buffer>;
  },
): Promise<void> {
  const { status, headers, body, packed } = answer;
  if (Buffer.byteLength(body) < WORTH_PACKING_BYTES) return send(response, status, headers, body);
  const varied = { ...headers, vary: "accept-encoding" };
  if (!takesGzip(request)) return send(response, status, varied, body);
  send(response, status, { ...varied, "content-encoding": "gzip" }, await packed());
}

/** As RFC 9110 has it: named, and not with a weight of 0. */
const takesGzip = ({ headers }: IncomingMessage): boolean =>
  /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(
    headers["accept-encoding"]?.toString() ?? "",
  );

/** The body as text, read no further than the API takes: one byte more shows it that there was too much. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
