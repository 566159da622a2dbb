import { expect, test } from "vitest";
import { createApi } from "../../../functions/api/api.ts";
import { createRateLimit } from "../../../local/http/rate-limit.ts";
import { openSqliteStore } from "../../../local/store/sqlite-store.ts";
import { wallClock } from "../../../shared/ports/clock.ts";
import { createPilotRecords } from "../../../shared/records/pilots.ts";

function limited() {
  let ms = 0;
  const limit = createRateLimit({ now: () => new Date(ms), burst: 3, perSecond: 0.5 });
  return {
    take: (who: string) => limit.take(who),
    pass(seconds: number) {
      ms += seconds * 1000;
    },
  };
}

test("lets so many requests through at once, then says how long to wait", () => {
  const { take } = limited();
  expect([take("ada"), take("ada"), take("ada"), take("ada")]).toEqual([undefined, undefined, undefined, 2]);
});

test("lets through again as time passes, and never more than at once", () => {
  const { take, pass } = limited();
  for (let times = 0; times < 3; times += 1) take("ada");
  pass(2);
  expect([take("ada"), take("ada")]).toEqual([undefined, 2]);
  pass(3600);
  expect([take("ada"), take("ada"), take("ada"), take("ada")]).toEqual([undefined, undefined, undefined, 2]);
});

test("of one person is not another's", () => {
  const { take } = limited();
  for (let times = 0; times < 4; times += 1) take("ada");
  expect(take("eve")).toBeUndefined();
});

test("gives nothing for a clock that was put back", () => {
  const { take, pass } = limited();
  for (let times = 0; times < 3; times += 1) take("ada");
  pass(-100);
  expect(take("ada")).toBe(2);
});

test("is told to the caller as a problem document with the seconds to wait", async () => {
  using store = openSqliteStore(":memory:");
  const api = createApi({
    store,
    clock: wallClock,
    pilots: createPilotRecords({ store, clock: wallClock }),
    executions: { read: async () => undefined },
    verifyToken: async () => ({ personId: "ada" }),
    waitFor: (personId) => (personId === "ada" ? 7 : undefined),
    onUnexpected: () => {},
  });
  const { status, headers, body } = await api.handle({ method: "GET", path: "/api/me", query: {}, headers: {} });
  expect(status).toBe(429);
  expect(headers).toMatchObject({ "retry-after": "7", "content-type": "application/problem+json; charset=utf-8" });
  expect(JSON.parse(body)).toMatchObject({ status: 429, title: "Too many requests" });
});
