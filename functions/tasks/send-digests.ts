/**
 * Task "Send digests": whoever has notices waiting and whose morning has come gets one mail with all of them.
 *
 * The mail is written in one transaction with the emptying of the digest, under an id made from person and instant:
 * a crash or a second run at the same time makes no second mail, and a notice written meanwhile is not lost (I7).
 */
import { key, type Person, stored } from "../../shared/contracts/items.ts";
import { may } from "../../shared/domain/permissions.ts";
import type { Pilot } from "../../shared/domain/pilot/state.ts";
import { catalogueFor } from "../../shared/language/languages.ts";
import { textWithWhy } from "../../shared/language/mail-frame.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { type Store, VersionConflict, type Write } from "../../shared/ports/store.ts";
import {
  type Digest,
  digestIndex,
  digestItem,
  digestKey,
  mailItem,
  type Notice,
  waitingNotices,
} from "../../shared/records/mails.ts";
import {
  actorOf,
  isCurrent,
  membershipId,
  membershipsOf,
  readPerson,
  readProgrammes,
} from "../../shared/records/people.ts";

/** People written to in one run. */
const BATCH_SIZE = 25;
/** Notices arriving while the mail is made; more in a row than this are a fault. */
const MAX_ATTEMPTS = 12;

/** `more`: the batch was full, run again; `sent`: mails written. */
export function createSendDigests({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): () => Promise<{ more: boolean; sent: number }> {
  return async function sendDigests() {
    const now = clock.now();
    let [handled, sent] = [0, 0];
    for (const { id } of await readProgrammes(store)) {
      // "~" sorts behind every person id, so the digests of this very instant count.
      const due = { index: "gsi2", pk: digestIndex(id), from: "", to: `${now.toISOString()}~` } as const;
      const { items } = await store.query({ ...due, limit: BATCH_SIZE - handled });
      for (const item of items) {
        handled += 1;
        if (await sendDigest(store, stored<Digest>(item.data), now)) sent += 1;
      }
      if (handled === BATCH_SIZE) return { more: true, sent };
    }
    return { more: false, sent };
  };
}

/** False when another run was quicker or nothing is left that the person may read. */
async function sendDigest(store: Store, listed: Digest, now: Date): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const item = await store.get(digestKey(listed));
    const digest = item && stored<Digest>(item.data);
    // The index may lag behind: what counts is the item.
    if (item === undefined || digest?.at === undefined || digest.at > now.toISOString()) return false;
    const mail = await mailOf(store, digest.at, digest, now);
    const { personId, programmeId } = digest;
    const emptied = digestItem({ personId, programmeId, waiting: [] });
    try {
      await store.derive([
        { kind: "put", item: emptied, expectedVersion: item.version },
        ...(mail === undefined ? [] : [mail]),
      ]);
      return mail !== undefined;
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function mailOf(store: Store, at: string, digest: Digest, now: Date): Promise<Write | undefined> {
  const person = await readPerson(store, digest.personId);
  const notices = await stillReadable(store, await waitingNotices(store, digest), now);
  if (person === undefined || notices.length === 0) return undefined;
  const item = mailItem(
    {
      id: `${digestIndex(digest.programmeId)}/${at}/${person.id}`,
      programmeId: digest.programmeId,
      to: person.email,
      personId: person.id,
      ...wordsOf(notices, person),
      createdAt: now.toISOString(),
      eventIds: notices.map(({ eventId }) => eventId),
      language: person.language,
      sample: notices.some(({ sample }) => sample),
    },
    person,
  );
  return { kind: "put", item, expectedVersion: 0 };
}

/** Most urgent first, without what the person could read when it happened but may not read any more. */
async function stillReadable(store: Store, notices: readonly Notice[], now: Date): Promise<readonly Notice[]> {
  const [first] = notices;
  if (first === undefined) return [];
  const memberships = (await membershipsOf(store, first.personId)).filter((membership) => isCurrent(membership, now));
  const pilotIds = [...new Set(notices.map(({ pilotId }) => pilotId))];
  const pilots = new Map(
    await Promise.all(
      pilotIds.map(async (pilotId) => {
        const item = await store.get(key.pilot(pilotId));
        return [pilotId, item && stored<{ pilot: Pilot }>(item.data).pilot] as const;
      }),
    ),
  );
  const readable = notices.filter((notice) => {
    const pilot = pilots.get(notice.pilotId);
    const membership = memberships.find((each) => membershipId(each) === notice.membershipId);
    return (
      pilot !== undefined &&
      membership !== undefined &&
      may(actorOf(membership, now.toISOString()), "pilot.read", pilot)
    );
  });
  return readable.sort(byUrgency);
}

/** Grouped by pilot. */
function wordsOf(notices: readonly Notice[], person: Person): { readonly subject: string; readonly text: string } {
  const { mail } = catalogueFor(person.language);
  const byPilot = Map.groupBy(notices, ({ pilotId }) => pilotId);
  const pilots = [...byPilot.values()].map((ofPilot) => ({
    title: ofPilot[0]?.pilotTitle ?? "",
    notices: ofPilot.map(({ text }) => text),
  }));
  return {
    subject: mail.digestSubject(
      notices.length,
      notices.some(({ sample }) => sample),
    ),
    text: textWithWhy(mail, mail.digestText(person.name, pilots), notices[0]?.text.link ?? ""),
  };
}

function byUrgency(a: Notice, b: Notice): number {
  const [rankA, rankB] = [urgencyOf(a), urgencyOf(b)];
  return rankA < rankB ? -1 : rankA > rankB ? 1 : 0;
}

/** What has a date comes first, then what is asked without one, then news; each by time. */
const urgencyOf = ({ dueAt, text, at, eventId }: Notice): string =>
  [dueAt === undefined ? (text.todo.length > 0 ? "2" : "3") : `1${dueAt}`, at, eventId].join("#");
