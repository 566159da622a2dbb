import { errors } from "oidc-provider";
import { describe, expect, test } from "vitest";
import { createAdapterFactory } from "../../../local/identity/adapter.ts";
import { openIdentityFile } from "../../../local/identity/identity-file.ts";

function openAdapter(model: string) {
  const clock = { nowMs: Date.parse("2026-03-02T09:00:00Z") };
  const now = () => new Date(clock.nowMs);
  const file = openIdentityFile(":memory:", now);
  return { clock, adapter: createAdapterFactory(file, now)(model), [Symbol.dispose]: () => file.close() };
}

describe("the store of the identity provider", () => {
  test("lets a code be consumed once, also by requests that both found it fresh", async () => {
    using system = openAdapter("AuthorizationCode");
    await system.adapter.upsert("code-1", { accountId: "person-1" }, 60);
    expect(await system.adapter.find("code-1")).toEqual({ accountId: "person-1" });
    await system.adapter.consume("code-1");
    await expect(system.adapter.consume("code-1")).rejects.toBeInstanceOf(errors.InvalidGrant);
    expect(await system.adapter.find("code-1")).toMatchObject({ consumed: expect.any(Number) });
  });

  test("finds nothing that has expired", async () => {
    using system = openAdapter("Session");
    await system.adapter.upsert("session-1", { uid: "uid-1" }, 60);
    expect(await system.adapter.findByUid("uid-1")).toEqual({ uid: "uid-1" });
    system.clock.nowMs += 60_000;
    expect(await system.adapter.findByUid("uid-1")).toBeUndefined();
    expect(await system.adapter.find("session-1")).toBeUndefined();
  });

  test("drops what belongs to a grant that is revoked, and nothing else", async () => {
    using system = openAdapter("RefreshToken");
    await system.adapter.upsert("token-1", { grantId: "grant-1" }, 60);
    await system.adapter.upsert("token-2", { grantId: "grant-2" }, 60);
    await system.adapter.revokeByGrantId("grant-1");
    expect(await system.adapter.find("token-1")).toBeUndefined();
    expect(await system.adapter.find("token-2")).toEqual({ grantId: "grant-2" });
  });
});
