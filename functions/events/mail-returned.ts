/**
 * Marks a mail that came back, and its address when nothing will ever reach it or its reader wants nothing more: no
 * further mail goes there (`deliver`). Told again, or of a mail that nobody knows any more, it changes nothing further.
 */
import type { Clock } from "../../shared/ports/clock.ts";
import { type Store, VersionConflict, type Write } from "../../shared/ports/store.ts";
import { deadAddressItem, mailItemWith, readMail } from "../../shared/records/mails.ts";

export interface ReturnedMail {
  /** Absent when the report does not say which. */
  readonly mailId?: string;
  readonly cause: "bounce" | "complaint" | "refused";
  readonly addresses: readonly string[];
  /** Whether the addresses take no mail ever. */
  readonly isForGood: boolean;
  /** What the receiving server said. */
  readonly answer?: string;
}

const MAX_ATTEMPTS = 5;
const LONGEST_ANSWER = 300;

export function createMailReturned({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
  return async function mailReturned(returned: ReturnedMail): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const writes = [...(await markOf(returned)), ...(await deadOf(returned))];
      if (writes.length === 0) return;
      try {
        await store.derive(writes);
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  };

  async function markOf({ mailId, cause, answer }: ReturnedMail): Promise<readonly Write[]> {
    const kept = mailId === undefined ? undefined : await readMail(store, mailId);
    if (kept === undefined || kept.delivery.cause === cause) return [];
    const item = mailItemWith(kept.mail, {
      status: cause === "refused" ? "failed" : "bounced",
      at: clock.now().toISOString(),
      attempts: kept.delivery.attempts,
      cause,
      ...(answer === undefined ? {} : { answer: answer.slice(0, LONGEST_ANSWER) }),
    });
    return [{ kind: "put", item, expectedVersion: kept.version }];
  }

  async function deadOf({ cause, addresses, isForGood }: ReturnedMail): Promise<readonly Write[]> {
    if (cause === "refused" || !isForGood) return [];
    const since = clock.now().toISOString();
    const items = [...new Set(addresses)].map((address) => deadAddressItem({ address, since, cause }));
    const known = await Promise.all(items.map((item) => store.get(item)));
    return items.flatMap((item, index) =>
      known[index] === undefined ? [{ kind: "put" as const, item, expectedVersion: 0 }] : [],
    );
  }
}
