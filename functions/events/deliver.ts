/**
 * Hands the mails of the outbox to the mail server.
 *
 * Each attempt is claimed in the mail item before the server hears of it, with the time of the next one. So
 *
 * - of any number of processes one hands a mail over at a time, and a mail marked sent, failed or kept never again (I7);
 * - a process that dies before the hand-over, or whose server is away, leaves a mail that is tried again later, by
 *   whoever looks then, until it is three days old;
 * - a process that dies between the server's yes and the mark leaves a mail that is handed over a second time, with the
 *   same Message-ID. Neither SMTP nor SES can be asked whether they had it, so this is the one way to a repeat; the other
 *   choice would be to lose mails.
 */
import type { Clock } from "../../shared/ports/clock.ts";
import { type Mailer, MailRefused, type OutgoingMail } from "../../shared/ports/mailer.ts";
import { type Store, VersionConflict } from "../../shared/ports/store.ts";
import {
  dueMails,
  isUndeliverable,
  type KeptMail,
  type Mail,
  type MailDelivery,
  mailItemWith,
  readMail,
} from "../../shared/records/mails.ts";
import { readPerson } from "../../shared/records/people.ts";

export interface DeliverOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** Where the portal is, without a slash at the end. */
  readonly portalUrl: string;
}

export interface Round {
  /** Mails that were looked at. */
  readonly handled: number;
  /** When to look again: the next mail is due then, or the server may be back. Absent: when there is a new mail. */
  readonly nextAt?: string;
}

export interface Deliver {
  /** Hands this mail over if its time has come. Throws what the store throws, not what the mail server does. */
  one(mailId: string): Promise<void>;
  /** Hands over what is due, the longest waiting first; `isOver` is asked before each mail. */
  due(isOver?: () => boolean): Promise<Round>;
}

const MINUTE_MS = 60_000;
/** After the first, second … attempt; the last one repeats. Longer than any attempt takes, for it is also the claim. */
const PAUSES_MINUTES = [2, 5, 15, 60, 180] as const;
/** What has not gone out by then is no news any more. */
const LIFE_MS = 3 * 24 * 60 * MINUTE_MS;
const BATCH_SIZE = 25;
/** So many mails in a row that did not get through are the server's trouble, not the mails'. */
const MAX_FAILURES_IN_A_ROW = 3;
const LONGEST_ANSWER = 300;

export function createDeliver({ store, clock, mailer, portalUrl }: DeliverOptions): Deliver {
  return {
    async one(mailId) {
      await handOver(mailId);
    },

    async due(isOver = () => false) {
      let [handled, failuresInARow] = [0, 0];
      for (;;) {
        const { due, nextAt } = await dueMails(store, clock.now(), BATCH_SIZE);
        const before = handled;
        for (const mail of due) {
          if (failuresInARow === MAX_FAILURES_IN_A_ROW || isOver()) {
            return { handled, nextAt: later(clock.now(), MINUTE_MS) };
          }
          const outcome = await handOver(mail.id);
          if (outcome !== "nothing to do") handled += 1;
          failuresInARow = outcome === "not now" ? failuresInARow + 1 : 0;
        }
        // An index may lag behind the items: that it still lists what is done is no reason to go on.
        if (handled === before) return { handled, ...(nextAt === undefined ? {} : { nextAt }) };
      }
    },
  };

  async function handOver(mailId: string): Promise<"done" | "not now" | "nothing to do"> {
    const kept = await readMail(store, mailId);
    const now = clock.now();
    if (kept === undefined || !isDue(kept.delivery, now)) return "nothing to do";
    const ending = await endingWithoutAttempt(kept, now);
    if (ending !== undefined) {
      await mark(kept, () => ending);
      return "done";
    }
    const claimed = await claim(kept, now);
    if (claimed === undefined) return "nothing to do";
    try {
      await mailer.send(outgoing(kept.mail));
    } catch (error) {
      const answer = String(error instanceof Error ? error.message : error).slice(0, LONGEST_ANSWER);
      const isFinal = error instanceof MailRefused;
      await mark(claimed, ({ cause: _, nextAttemptAt, ...before }) =>
        isFinal
          ? { ...before, status: "failed", at: clock.now().toISOString(), cause: "refused", answer }
          : { ...before, ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }), answer },
      );
      return isFinal ? "done" : "not now";
    }
    await mark(claimed, ({ attempts }) => ({ status: "sent", at: clock.now().toISOString(), attempts }));
    return "done";
  }

  /** How a mail ends that the server need not hear of. */
  async function endingWithoutAttempt({ mail, delivery }: KeptMail, now: Date): Promise<MailDelivery | undefined> {
    const { attempts, answer } = delivery;
    const ended = { at: now.toISOString(), attempts, ...(answer === undefined ? {} : { answer }) };
    if ((await readPerson(store, mail.personId))?.sample === true) return { ...ended, status: "kept" };
    if (now.getTime() - Date.parse(mail.createdAt) > LIFE_MS) return { ...ended, status: "failed", cause: "expired" };
    if (await isUndeliverable(store, mail.to)) return { ...ended, status: "failed", cause: "undeliverable" };
    return undefined;
  }

  /** Undefined when somebody else was quicker. */
  async function claim({ mail, delivery, version }: KeptMail, now: Date): Promise<KeptMail | undefined> {
    const attempts = delivery.attempts + 1;
    const minutes = PAUSES_MINUTES[attempts - 1] ?? PAUSES_MINUTES.at(-1) ?? 0;
    const claimed = { ...delivery, attempts, nextAttemptAt: later(now, minutes * MINUTE_MS) };
    try {
      await store.derive([{ kind: "put", item: mailItemWith(mail, claimed), expectedVersion: version }]);
      return { mail, delivery: claimed, version: version + 1 };
    } catch (error) {
      if (error instanceof VersionConflict) return undefined;
      throw error;
    }
  }

  /** Whoever learnt of the mail's end meanwhile (it came back at once) is right. */
  async function mark(kept: KeptMail, change: (delivery: MailDelivery) => MailDelivery): Promise<void> {
    const item = mailItemWith(kept.mail, change(kept.delivery));
    try {
      await store.derive([{ kind: "put", item, expectedVersion: kept.version }]);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }

  function outgoing({ id, to, subject, text, language }: Mail): OutgoingMail {
    return { key: id, to, subject, text, language, settingsUrl: `${portalUrl}/settings` };
  }
}

/** A mail that was never tried is due whatever the clock of who wrote it said. */
const isDue = ({ status, attempts, nextAttemptAt = "" }: MailDelivery, now: Date): boolean =>
  status === "waiting" && (attempts === 0 || nextAttemptAt <= now.toISOString());

const later = (instant: Date, ms: number): string => new Date(instant.getTime() + ms).toISOString();
