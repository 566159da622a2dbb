/**
 * Notices, digests and mails in the store (I7).
 *
 * | record  | pk             | sk                       | gsi1                     | gsi2                                   |
 * | ------- | -------------- | ------------------------ | ------------------------ | -------------------------------------- |
 * | notice  | NOTICES#person | event#programme#at#event |                          |                                        |
 * | digest  | NOTICES#person | digest#programme         |                          | DIGEST#p / instant#person while waiting |
 * | mail    | MAIL#id        | MAIL                     | OUTBOX#p / instant#id    | MAILS#WAITING / instant#id while waiting |
 * | dead address | EMAIL#address | UNDELIVERABLE        |                          |                                        |
 *
 * 1. A notice is written once for each event and person and never changes.
 * 2. An urgent notice is written together with its mail; any other together with its place in the person's digest.
 * 3. A digest is emptied together with writing its mail. The item stays, so that its version never starts anew and a
 *    notice written meanwhile makes one of the two writers try again.
 * 4. A mail's words never change; how far it has come (`delivery`) does, until it is sent, kept or given up.
 */
import { type Person, stored } from "../contracts/items.ts";
import { MAIL_PARTITION_PREFIX } from "../contracts/table.ts";
import type { NoticeText } from "../language/catalogue.ts";
import type { Item, Key, NewItem, Page, Store } from "../ports/store.ts";

/** That one person is told of one event. */
export interface Notice {
  readonly personId: string;
  readonly programmeId: string;
  readonly pilotId: string;
  readonly pilotTitle: string;
  readonly sample: boolean;
  readonly eventId: string;
  /** When it happened. */
  readonly at: string;
  /** The membership the person is told in; a digest leaves out what it no longer lets them read. */
  readonly membershipId: string;
  readonly urgent: boolean;
  /** The earliest date by which something is asked. */
  readonly dueAt?: string;
  /** In the person's language as it was then. */
  readonly text: NoticeText;
}

/** What waits for a person's next morning. */
export interface Digest {
  readonly personId: string;
  readonly programmeId: string;
  /** 08:00 local; absent while nothing waits. */
  readonly at?: string;
  /** Sort keys of the notices, in order of arrival. */
  readonly waiting: readonly string[];
}

/** How far a mail has come. */
export interface MailDelivery {
  /** `kept`: stays in the outbox, because nobody real would read it or because it is older than sending. */
  readonly status: "waiting" | "sent" | "failed" | "bounced" | "kept";
  /** Since when. */
  readonly at: string;
  /** Hand-overs begun; the last one of a waiting mail may be under way. */
  readonly attempts: number;
  /** While waiting: not before this. */
  readonly nextAttemptAt?: string;
  /** Of what failed or came back. */
  readonly cause?: "refused" | "expired" | "undeliverable" | "bounce" | "complaint";
  /** What the mail server said last. */
  readonly answer?: string;
}

/** A mail as it went to the outbox. */
export interface Mail {
  /** Made from event and person, or from the digest's programme, person and instant: a repeat makes no second one. */
  readonly id: string;
  readonly programmeId: string;
  readonly to: string;
  readonly personId: string;
  readonly subject: string;
  readonly text: string;
  readonly createdAt: string;
  readonly eventIds: readonly string[];
  readonly language: string;
  /** Whether it is about sample data; whoever gets it may be real. */
  readonly sample: boolean;
  /** Absent in mails older than sending. */
  readonly delivery?: MailDelivery;
}

export const noticeKey = (notice: Pick<Notice, "personId" | "programmeId" | "at" | "eventId">): Key => ({
  pk: `NOTICES#${notice.personId}`,
  sk: `event#${notice.programmeId}#${notice.at}#${notice.eventId}`,
});

export const digestKey = ({ personId, programmeId }: Pick<Digest, "personId" | "programmeId">): Key => ({
  pk: `NOTICES#${personId}`,
  sk: `digest#${programmeId}`,
});

export const digestIndex = (programmeId: string): string => `DIGEST#${programmeId}`;

export const noticeItem = (notice: Notice): NewItem => ({
  ...noticeKey(notice),
  type: "notice",
  data: { ...notice },
});

export const digestItem = (digest: Digest): NewItem => ({
  ...digestKey(digest),
  type: "digest",
  ...(digest.at === undefined
    ? {}
    : { gsi2pk: digestIndex(digest.programmeId), gsi2sk: `${digest.at}#${digest.personId}` }),
  data: { ...digest },
});

const mailKey = (id: string): Key => ({ pk: MAIL_PARTITION_PREFIX + id, sk: "MAIL" });

/** All mails that have yet to be handed over, whatever their programme. */
const WAITING_MAILS = "MAILS#WAITING";

/** A mail as it enters the outbox: waiting, unless the person is made up. */
export const mailItem = (mail: Mail, to: Pick<Person, "sample"> = { sample: false }): NewItem =>
  mailItemWith(mail, {
    status: to.sample ? "kept" : "waiting",
    at: mail.createdAt,
    attempts: 0,
    ...(to.sample ? {} : { nextAttemptAt: mail.createdAt }),
  });

/** The mail with how far it has come now. */
export const mailItemWith = (mail: Mail, delivery: MailDelivery): NewItem => ({
  ...mailKey(mail.id),
  type: "mail",
  gsi1pk: `OUTBOX#${mail.programmeId}`,
  gsi1sk: `${mail.createdAt}#${mail.id}`,
  ...(delivery.status === "waiting"
    ? { gsi2pk: WAITING_MAILS, gsi2sk: `${delivery.nextAttemptAt ?? delivery.at}#${mail.id}` }
    : {}),
  data: { ...mail, delivery: { ...delivery } },
});

export const deliveryOf = ({ delivery, createdAt }: Mail): MailDelivery =>
  delivery ?? { status: "kept", at: createdAt, attempts: 0 };

export interface KeptMail {
  readonly mail: Mail;
  readonly delivery: MailDelivery;
  readonly version: number;
}

export async function readMail(store: Store, id: string): Promise<KeptMail | undefined> {
  const item = await store.get(mailKey(id));
  return item && keptMailOf(item);
}

const keptMailOf = ({ data, version }: Item): KeptMail => {
  const mail = stored<Mail>(data);
  return { mail, delivery: deliveryOf(mail), version };
};

/** Mails whose time has come by this instant, longest due first; `nextAt`: when the first of the others is due. */
export async function dueMails(
  store: Store,
  now: Date,
  limit: number,
): Promise<{ readonly due: readonly Mail[]; readonly nextAt?: string }> {
  const { items } = await store.query({ index: "gsi2", pk: WAITING_MAILS, limit });
  const mails = items.map(({ data }) => stored<Mail>(data));
  const isDue = (mail: Mail) => dueAtOf(mail) <= now.toISOString();
  const next = mails.find((mail) => !isDue(mail));
  return { due: mails.filter(isDue), ...(next === undefined ? {} : { nextAt: dueAtOf(next) }) };
}

const dueAtOf = (mail: Mail): string => deliveryOf(mail).nextAttemptAt ?? mail.createdAt;

/** An address that no mail reaches, or whose reader wants none. It stays so; a changed address is another one. */
export interface DeadAddress {
  readonly address: string;
  readonly since: string;
  readonly cause: "bounce" | "complaint";
}

export const deadAddressItem = (dead: DeadAddress): NewItem => ({
  pk: `EMAIL#${dead.address.toLowerCase()}`,
  sk: "UNDELIVERABLE",
  type: "dead_address",
  data: { ...dead },
});

export async function isUndeliverable(store: Store, address: string): Promise<boolean> {
  return (await store.get({ pk: `EMAIL#${address.toLowerCase()}`, sk: "UNDELIVERABLE" })) !== undefined;
}

/** The notices that wait in a digest, in the order they are listed. */
export async function waitingNotices(store: Store, digest: Digest): Promise<readonly Notice[]> {
  const bySortKey = [...digest.waiting].sort();
  const [from, to] = [bySortKey.at(0), bySortKey.at(-1)];
  if (from === undefined || to === undefined) return [];
  const found = new Map<string, Notice>();
  let cursor: string | undefined;
  do {
    const page = await store.query({ pk: digestKey(digest).pk, from, to, ...(cursor === undefined ? {} : { cursor }) });
    for (const item of page.items) found.set(item.sk, stored<Notice>(item.data));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return digest.waiting.flatMap((sortKey) => found.get(sortKey) ?? []);
}

const OUTBOX_PAGE_SIZE = 50;

/** Mails of a programme, newest first, a page at a time. */
export async function outboxOf(store: Store, programmeId: string, cursor?: string): Promise<Page<Mail>> {
  const newestFirst = { index: "gsi1", pk: `OUTBOX#${programmeId}`, reverse: true, limit: OUTBOX_PAGE_SIZE } as const;
  const page = await store.query({ ...newestFirst, ...(cursor === undefined ? {} : { cursor }) });
  return { ...page, items: page.items.map((item) => stored<Mail>(item.data)) };
}
