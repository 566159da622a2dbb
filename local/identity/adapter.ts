import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from "oidc-provider";
import type { IdentityFile } from "./identity-file.ts";

/**
 * Keeps what `oidc-provider` must remember (sessions, interactions, grants, codes, refresh tokens) in the identity file.
 *
 * An expired record is as good as absent. A code or refresh token is consumed at most once, also by requests that race.
 */
export function createAdapterFactory(file: IdentityFile, now: () => Date): AdapterFactory {
  const { db } = file;
  const upsert = db.prepare(`
    INSERT INTO records (model, id, payload, uid, grant_id, expires_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (model, id) DO UPDATE SET
      payload = excluded.payload, uid = excluded.uid, grant_id = excluded.grant_id, expires_at = excluded.expires_at
  `);
  const selectById = db.prepare(
    "SELECT payload, consumed_at FROM records WHERE model = ? AND id = ? AND expires_at > ?",
  );
  const selectByUid = db.prepare(
    "SELECT payload, consumed_at FROM records WHERE model = ? AND uid = ? AND expires_at > ?",
  );
  const consume = db.prepare(
    "UPDATE records SET consumed_at = ? WHERE model = ? AND id = ? AND consumed_at IS NULL RETURNING 1",
  );
  const remove = db.prepare("DELETE FROM records WHERE model = ? AND id = ?");
  const removeByGrant = db.prepare("DELETE FROM records WHERE model = ? AND grant_id = ?");

  return (model): Adapter => ({
    async upsert(id, payload, expiresInSeconds) {
      file.sweep();
      const expiresAtMs =
        expiresInSeconds === undefined ? Number.MAX_SAFE_INTEGER : now().getTime() + expiresInSeconds * 1000;
      upsert.run(model, id, JSON.stringify(payload), payload.uid ?? null, payload.grantId ?? null, expiresAtMs);
    },
    find: async (id) => readPayload(selectById.get(model, id, now().getTime())),
    findByUid: async (uid) => readPayload(selectByUid.get(model, uid, now().getTime())),
    // User codes belong to the device flow, which is off.
    findByUserCode: async () => undefined,
    async consume(id) {
      const consumed = consume.get(Math.floor(now().getTime() / 1000), model, id);
      if (consumed === undefined) throw new errors.InvalidGrant(`${model} is used up`);
    },
    async destroy(id) {
      remove.run(model, id);
    },
    async revokeByGrantId(grantId) {
      removeByGrant.run(model, grantId);
    },
  });
}

function readPayload(row: Record<string, unknown> | undefined): AdapterPayload | undefined {
  if (row === undefined) return undefined;
  const payload: AdapterPayload = JSON.parse(String(row.payload));
  return row.consumed_at === null ? payload : { ...payload, consumed: row.consumed_at };
}
