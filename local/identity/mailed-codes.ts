import { createHmac, randomInt, timingSafeEqual } from "node:crypto";
import type { IdentityFile } from "./identity-file.ts";

/**
 * Six-digit codes that prove who reads a mailbox.
 *
 * 1. A code belongs to one sign-in: it is of no use in another browser.
 * 2. A code lives ten minutes, takes five tries and works once; a new one replaces it.
 * 3. One address gets five codes an hour, one caller asks for thirty, whether the address is known or not: guessing
 *    25 times an hour at a million codes gets nowhere.
 * 4. An address nobody has gets a code too, one that nothing matches, so that answers do not tell who is here.
 */
export interface MailedCodes {
  /** A new code, or `undefined` when the limits are reached. `personId` is undefined when nobody may have the code. */
  issue(request: { signInId: string; email: string; caller: string; personId: string | undefined }): string | undefined;
  redeem(signInId: string, code: string): Redemption;
}

type Redemption =
  | { readonly outcome: "accepted"; readonly personId: string }
  | { readonly outcome: "wrong"; readonly triesLeft: number }
  | { readonly outcome: "used up" };

export const CODE_LIFETIME_MINUTES = 10;
const LIFETIME_MS = CODE_LIFETIME_MINUTES * 60_000;
const TRIES = 5;
const LIMIT_WINDOW_MS = 60 * 60_000;
const CODES_PER_ADDRESS = 5;
const CODES_PER_CALLER = 30;

export function createMailedCodes(file: IdentityFile, now: () => Date): MailedCodes {
  const { db } = file;
  const pepper = file.secret("mailed-codes");
  const hash = (signInId: string, code: string) =>
    createHmac("sha256", pepper).update(`${signInId} ${code}`).digest("hex");

  const countUp = db.prepare(`
    INSERT INTO limits (key, count, expires_at) VALUES (:key, 1, :windowEnd)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN expires_at <= :now THEN 1 ELSE count + 1 END,
      expires_at = CASE WHEN expires_at <= :now THEN :windowEnd ELSE expires_at END
    RETURNING count
  `);
  const store = db.prepare("INSERT OR REPLACE INTO mailed_codes VALUES (?, ?, ?, ?, ?)");
  // One statement takes the try and reads the code, so that racing guesses cannot share a try.
  const takeTry = db.prepare(`
    UPDATE mailed_codes SET tries_left = tries_left - 1 WHERE sign_in_id = ? AND tries_left > 0 AND expires_at > ?
    RETURNING code_hash, person_id, tries_left
  `);
  const remove = db.prepare("DELETE FROM mailed_codes WHERE sign_in_id = ?");

  function isWithin(limit: number, key: string): boolean {
    const nowMs = now().getTime();
    const row = countUp.get({ key, now: nowMs, windowEnd: nowMs + LIMIT_WINDOW_MS });
    return Number(row?.count) <= limit;
  }

  return {
    issue({ signInId, email, caller, personId }) {
      file.sweep();
      if (!isWithin(CODES_PER_CALLER, `caller ${caller}`)) return undefined;
      if (!isWithin(CODES_PER_ADDRESS, `address ${email}`)) return undefined;
      const code = String(randomInt(1_000_000)).padStart(6, "0");
      store.run(signInId, hash(signInId, code), personId ?? null, TRIES, now().getTime() + LIFETIME_MS);
      return code;
    },
    redeem(signInId, code) {
      const row = takeTry.get(signInId, now().getTime());
      if (row === undefined) return { outcome: "used up" };
      const isRight = timingSafeEqual(Buffer.from(String(row.code_hash)), Buffer.from(hash(signInId, code)));
      if (isRight && typeof row.person_id === "string") {
        remove.run(signInId);
        return { outcome: "accepted", personId: row.person_id };
      }
      const triesLeft = Number(row.tries_left);
      return triesLeft > 0 ? { outcome: "wrong", triesLeft } : { outcome: "used up" };
    },
  };
}
