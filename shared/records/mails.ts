/**
 * Notices, digests and mails in the store (I7).
 *
 * | record  | pk             | sk                       | gsi1                     | gsi2                                   |
 * | ------- | -------------- | ------------------------ | ------------------------ | -------------------------------------- |
 * | notice  | NOTICES#person | event#programme#at#event |                          |                                        |
 * | digest  | NOTICES#person | digest#programme         |                          | DIGEST#p / instant#person while waiting |
 * | mail    | MAIL#id        | MAIL                     | OUTBOX#p / instant#id    |                                        |
 *
 * 1. A notice is written once for each event and person and never changes.
 * 2. An urgent notice is written together with its mail; any other together with its place in the person's digest.
 * 3. A digest is emptied together with writing its mail. The item stays, so that its version never starts anew and a
 *    notice written meanwhile makes one of the two writers try again.
 */
import { stored } from "../contracts/items.ts";
import type { NoticeText } from "../language/catalogue.ts";
import type { Key, NewItem, Page, Store } from "../ports/store.ts";

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

/** A mail as it went to the outbox; immutable. */
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
  readonly sample: boolean;
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

export const mailItem = (mail: Mail): NewItem => ({
  pk: `MAIL#${mail.id}`,
  sk: "MAIL",
  type: "mail",
  gsi1pk: `OUTBOX#${mail.programmeId}`,
  gsi1sk: `${mail.createdAt}#${mail.id}`,
  data: { ...mail },
});

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
