import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiRequest, type ApiResponse, MAX_BODY_BYTES } from "../../../functions/api/api.ts";
import { createRequestHandler, type Door, type ListenOptions, listen } from "../../../local/http/server.ts";

/** An API that remembers what it was asked and answers when it is told to. */
function fakeApi(answer: (request: ApiRequest) => Promise<Partial<ApiResponse>> = async () => ({})) {
  const requests: ApiRequest[] = [];
  return {
    requests,
    async handle(request: ApiRequest): Promise<ApiResponse> {
      requests.push(request);
      const tooLarge = (request.body ?? "").length > MAX_BODY_BYTES;
      return {
        status: tooLarge ? 413 : 200,
        headers: { "content-type": "application/json" },
        body: "{}",
        ...(await answer(request)),
      };
    },
  };
}

const identity = {
  handle: (_: unknown, response: { end(text: string): void }) => response.end("identity"),
  jwks: { keys: [] },
  close: () => {},
};

let doors: Door[];
beforeEach(() => {
  doors = [];
});
afterEach(async () => {
  await Promise.all(doors.map((door) => door.close()));
});

async function openDoor(
  api = fakeApi(),
  options: Partial<ListenOptions> = {},
): Promise<{ door: Door; url: string; api: ReturnType<typeof fakeApi> }> {
  const door = await listen({ host: "127.0.0.1", port: 0, ...options });
  doors.push(door);
  door.open(createRequestHandler({ api, identity, files: { handle: async () => {} }, portal: false }));
  return { door, url: `http://127.0.0.1:${door.port}`, api };
}

/** A line to the server on which anything can be said; resolves to all that was answered when it ends. */
async function speak(door: Door, text: string, { thenHangUp = false } = {}): Promise<string> {
  const socket = connect(door.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(text);
  if (thenHangUp) socket.end();
  return heard(socket);
}

async function heard(socket: Socket): Promise<string> {
  let answer = "";
  socket.setEncoding("utf8");
  // A server that has no more to say may reset the line; what it said before counts.
  socket.on("error", () => {});
  socket.on("data", (chunk) => (answer += chunk));
  await once(socket, "close");
  return answer;
}

const request = (lines: readonly string[], body = "") =>
  [...lines.slice(0, 1), "Host: localhost", ...lines.slice(1), "", body].join("\r\n");

describe("the server", () => {
  test("says that it is starting until it is opened", async () => {
    const door = await listen({ host: "127.0.0.1", port: 0 });
    doors.push(door);
    const response = await fetch(`http://127.0.0.1:${door.port}/healthz`);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("says that it is ready, to HEAD without words", async () => {
    const { url } = await openDoor();
    const get = await fetch(`${url}/healthz`);
    expect([get.status, await get.text()]).toEqual([200, "ready"]);
    const head = await fetch(`${url}/healthz`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("names the port that is taken and what to do", async () => {
    const { door } = await openDoor();
    await expect(listen({ host: "127.0.0.1", port: door.port })).rejects.toThrow(
      `Port ${door.port} is taken by another program.`,
    );
  });

  test.each([
    ["/api/me", "GET", 200],
    ["/api/me", "OPTIONS", 200],
    ["/healthz", "GET", 200],
    ["/nothing-here", "GET", 404],
    ["/", "POST", 404],
    ["/identity/anything", "GET", 200],
    ["/%00", "GET", 404],
    ["/%2F..%2F..%2Fetc%2Fpasswd", "GET", 404],
  ])("puts the security headers on %s %s", async (path, method, status) => {
    const { url } = await openDoor();
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "x-content-type-options": "nosniff",
      "referrer-policy": expect.any(String),
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.any(String),
    });
  });

  test.each([
    ["gzip", "gzip"],
    ["deflate, GZIP;q=0.5", "gzip"],
    ["br, *", null],
    ["gzip;q=0, identity", null],
    ["gzip;q=0.0", null],
    ["x-gzip", null],
    ["identity", null],
  ])("compresses long answers for who takes them so: accept-encoding %s", async (accepted, encoding) => {
    const body = JSON.stringify({ says: "õ".repeat(2000) });
    const { url } = await openDoor(fakeApi(async () => ({ body })));
    const response = await fetch(`${url}/api/me`, { headers: { "accept-encoding": accepted } });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("vary")).toBe("accept-encoding");
    expect(await response.text()).toBe(body);
  });

  test("leaves short answers as they are", async () => {
    const { url } = await openDoor();
    const response = await fetch(`${url}/api/me`, { headers: { "accept-encoding": "gzip" } });
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(await response.text()).toBe("{}");
  });

  test.each([
    ["//", 404],
    ["//elsewhere.example/healthz", 404],
    ["http://elsewhere.example/healthz", 200],
    ["/\\", 404],
    ["/?%", 404],
    ["http://:x", 400],
  ])("answers the odd address %s", async (target, status) => {
    const { door } = await openDoor();
    const answer = await speak(door, request([`GET ${target} HTTP/1.1`, "Connection: close"]));
    expect(answer).toContain(`HTTP/1.1 ${status} `);
  });

  test("hands the API path, query, headers and body as they came", async () => {
    const { url, api } = await openDoor();
    await fetch(`${url}/api/pilots/p%2F1?cursor=a%20b&cursor=c`, {
      method: "POST",
      body: '{"text":"Grüße"}',
      headers: { "Content-Type": "application/json", "Fairway-Membership": "sample#advisor#x" },
    });
    expect(api.requests).toEqual([
      {
        method: "POST",
        path: "/api/pilots/p%2F1",
        query: { cursor: "c" },
        headers: expect.objectContaining({
          "content-type": "application/json",
          "fairway-membership": "sample#advisor#x",
        }),
        body: '{"text":"Grüße"}',
      },
    ]);
  });

  test("tells a client with 10 MB that it is too much, and reads no more than it must", async () => {
    const { url, api } = await openDoor();
    const response = await fetch(`${url}/api/me`, { method: "POST", body: "x".repeat(10_000_000) });
    expect(response.status).toBe(413);
    expect(response.headers.get("connection")).toBe("close");
    expect(api.requests[0]?.body?.length).toBeLessThan(2 * MAX_BODY_BYTES);
  });

  test("takes nothing that follows a body it did not read for a request", async () => {
    const { door, api } = await openDoor();
    const smuggled = request(["GET /api/secret HTTP/1.1"]);
    const answer = await speak(
      door,
      request(
        ["POST /api/me HTTP/1.1", "Content-Type: text/plain", `Content-Length: ${5_000_000}`],
        "x".repeat(MAX_BODY_BYTES + 100_000) + smuggled.repeat(10),
      ),
    );
    expect(answer).toContain("HTTP/1.1 413 ");
    expect(api.requests.map(({ path }) => path)).toEqual(["/api/me"]);
  });

  test("answers pipelined requests in their order", async () => {
    const { door } = await openDoor(
      fakeApi(async ({ path }) => {
        if (path === "/api/first") await new Promise((done) => setImmediate(done));
        return { body: path };
      }),
    );
    const answer = await speak(
      door,
      request(["GET /api/first HTTP/1.1"]) + request(["GET /api/second HTTP/1.1", "Connection: close"]),
    );
    expect(answer.indexOf("/api/first")).toBeGreaterThan(0);
    expect(answer.indexOf("/api/second")).toBeGreaterThan(answer.indexOf("/api/first"));
  });

  test("never hands on a body that was cut off", async () => {
    const { door, url, api } = await openDoor();
    await speak(door, request(["POST /api/me HTTP/1.1", "Content-Length: 100"], '{"text":'), { thenHangUp: true });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(api.requests).toEqual([]);
  });

  test("does not wait for ever for a slow body", async () => {
    const { door, api } = await openDoor(fakeApi(), { requestTimeoutMs: 50 });
    const answer = await speak(door, request(["POST /api/me HTTP/1.1", "Content-Length: 100"], "{"));
    expect(answer).toContain("HTTP/1.1 408 ");
    expect(api.requests).toEqual([]);
  });

  test.each([
    ["headers of more than 16 kB", request(["GET /api/me HTTP/1.1", `X: ${"x".repeat(20_000)}`]), 431],
    ["two lengths", request(["POST /api/me HTTP/1.1", "Content-Length: 1", "Content-Length: 2"], "x"), 400],
    [
      "a length and chunks",
      request(["POST /api/me HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n"),
      400,
    ],
    ["a header with a line break of its own", "GET / HTTP/1.1\r\nHost: x\r\nA: b\nc: d\0\r\n\r\n", 400],
    ["no HTTP at all", "hello\r\n\r\n", 400],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
  ])("refuses %s", async (_what, text, status) => {
    const { door, api } = await openDoor();
    expect(await speak(door, text)).toContain(`HTTP/1.1 ${status} `);
    expect(api.requests).toEqual([]);
  });
});

describe("a closing door", () => {
  test("lets what was asked be answered, keeps no line open, and takes nothing new", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Partial<ApiResponse>>();
    const { door, url } = await openDoor(
      fakeApi(() => {
        asked.resolve();
        return answer.promise;
      }),
    );
    const idle = connect(door.port, "127.0.0.1");
    await once(idle, "connect");
    idle.write(request(["GET /healthz HTTP/1.1"]));
    await once(idle, "data");
    const underWay = fetch(`${url}/api/me`);
    await asked.promise;

    const closed = door.close();
    await once(idle, "close");
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    answer.resolve({ body: '{"answered":true}' });
    await expect((await underWay).json()).resolves.toEqual({ answered: true });
    await closed;
    doors = [];
  });

  test("does not wait for ever for an answer", async () => {
    const asked = Promise.withResolvers<void>();
    const { door, url } = await openDoor(
      fakeApi(() => {
        asked.resolve();
        return new Promise(() => {});
      }),
      { closeTimeoutMs: 20 },
    );
    const underWay = fetch(`${url}/api/me`);
    const failed = expect(underWay).rejects.toThrow();
    await asked.promise;
    await door.close();
    await failed;
    doors = [];
  });
});

describe("what every answer says to a browser", () => {
  test("everything comes from here, and nobody may put a page of ours into theirs", async () => {
    const { url } = await openDoor();
    const { headers } = await fetch(`${url}/healthz`);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("the portal is told where to sign in: at the provider of the same origin", async () => {
    const { url } = await openDoor();
    const answer = await fetch(`${url}/portal.json`);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(await answer.json()).toEqual({
      clientId: "fairway-portal",
      scope: "openid offline_access",
      discovery: "/identity/.well-known/openid-configuration",
    });
  });
});
