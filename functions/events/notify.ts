/**
 * Tells people what happened to their pilots: a mail at once when it is urgent, else a place in their next digest,
 * unless they have set it otherwise.
 *
 * Called at least once for each event. A notice is keyed by event and person (I7) and written in one transaction with
 * what follows from it, so a repeat, a crash in between or another order of events changes nothing.
 */
import { type Person, pilotStream, stored } from "../../shared/contracts/items.ts";
import { nextDigestAt, timeZoneOf } from "../../shared/domain/calendar.ts";
import { type Delivery, deliveryOf, type MessageKind } from "../../shared/domain/notifications.ts";
import type { PilotEvent } from "../../shared/domain/pilot/events.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import type { About, Catalogue, Message, MessageOf, NoticeText, Wording } from "../../shared/language/catalogue.ts";
import { datesFor } from "../../shared/language/dates.ts";
import { catalogueFor } from "../../shared/language/languages.ts";
import { subjectOf, textWithWhy } from "../../shared/language/mail-frame.ts";
import { processNames } from "../../shared/language/process-names.ts";
import { sentenceOf } from "../../shared/language/sentences.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { type Store, type StoredEvent, VersionConflict, type Write } from "../../shared/ports/store.ts";
import {
  type Digest,
  digestItem,
  digestKey,
  mailItem,
  type Notice,
  noticeItem,
  noticeKey,
} from "../../shared/records/mails.ts";
import { membershipId, membershipsAround, readPerson } from "../../shared/records/people.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import { readSettings } from "../../shared/records/settings.ts";
import { createTurns } from "./in-turn.ts";
import { isPilotEventType, isSilent, type Told, whoMustKnow } from "./who-must-know.ts";

export interface NotifyOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly pilots: PilotRecords;
  /** Where the portal is, without a slash at the end; links carry our own ids only. */
  readonly portalUrl: string;
}

/** Only the person's digest can make a notice wait its turn; more conflicts in a row than this are a fault. */
const MAX_ATTEMPTS = 12;

/** Events that are not a pilot's are none of its business. Throws what the store throws; the caller tries again. */
export function createNotify({
  store,
  clock,
  pilots,
  portalUrl,
}: NotifyOptions): (event: StoredEvent) => Promise<void> {
  const inTurn = createTurns();
  return async function notify(storedEvent) {
    const { pilotId } = storedEvent.data;
    if (typeof pilotId !== "string" || storedEvent.stream !== pilotStream(pilotId)) return;
    if (!isPilotEventType(storedEvent.type) || isSilent(storedEvent.type)) return;
    const state = await pilots.load(pilotId);
    if (state === undefined) return;
    const event = pilotEventOf(storedEvent);
    const now = clock.now();
    const addressees = whoMustKnow(event, state, await membershipsAround(store, state.pilot, now));
    if (addressees.length === 0) return;
    const nameOf = await namesIn(store, event, state);
    for (const told of addressees) {
      const person = await readPerson(store, told.membership.personId);
      if (person === undefined) continue;
      const { notifications } = await readSettings(store, person.id);
      const delivery = deliveryOf(notifications, told.message.kind, told.urgent);
      const notice = noticeFor(told, person, { storedEvent, event, state, nameOf, portalUrl });
      // A person's digest is one item, whichever pilot it hears from.
      await inTurn(person.id, () =>
        deliver(store, { ...notice, urgent: delivery === "at_once" }, delivery, person, now),
      );
    }
  };
}

const pilotEventOf = ({ type, at, actor, reason, data }: StoredEvent): PilotEvent =>
  stored<PilotEvent>({ type, at, actor, ...(reason === undefined ? {} : { reason }), data });

/** Names of everybody the event's sentence mentions. */
async function namesIn(store: Store, event: PilotEvent, state: PilotState): Promise<About["nameOf"]> {
  const mentioned = new Set<string>();
  const nameOf = (personId: string) => {
    mentioned.add(personId);
    return personId;
  };
  sentenceOf(event, { nameOf, ...processNames(state, "en"), ...datesFor("en", state.pilot.country) });
  const names = new Map(
    await Promise.all(
      [...mentioned].map(async (personId) => [personId, (await readPerson(store, personId))?.name] as const),
    ),
  );
  return (personId) => names.get(personId) ?? "Fairway";
}

interface Occasion {
  readonly storedEvent: StoredEvent;
  readonly event: PilotEvent;
  readonly state: PilotState;
  readonly nameOf: About["nameOf"];
  readonly portalUrl: string;
}

function noticeFor({ membership, urgent, message }: Told, person: Person, occasion: Occasion): Notice {
  const { storedEvent, event, state, nameOf } = occasion;
  const catalogue = catalogueFor(person.language);
  const about: About = {
    nameOf,
    ...processNames(state, person.language),
    ...datesFor(catalogue.locale, person.country),
  };
  const text: NoticeText = {
    happened: sentenceOf(event, { ...about, language: person.language }),
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    ...wordingOf(catalogue, message, about),
    link: linkTo(occasion),
  };
  const dueAt = earliestDue(message);
  return {
    personId: person.id,
    programmeId: storedEvent.programmeId,
    pilotId: state.pilot.id,
    pilotTitle: state.pilot.title,
    sample: state.pilot.sample,
    eventId: storedEvent.id,
    at: storedEvent.at,
    membershipId: membershipId(membership),
    urgent,
    ...(dueAt === undefined ? {} : { dueAt }),
    text,
  };
}

function wordingOf<Kind extends MessageKind>(catalogue: Catalogue, message: MessageOf<Kind>, about: About): Wording {
  // The catalogue is keyed by the literal kind of the message, which TypeScript does not follow through a union.
  const wording = catalogue.messages[message.kind as Kind] as (message: MessageOf<Kind>, about: About) => Wording;
  return wording(message, about);
}

function linkTo({ event, state, portalUrl }: Occasion): string {
  const { data } = event;
  const pilot = `${portalUrl}/pilots/${encodeURIComponent(state.pilot.id)}`;
  if (isSaid(event, state)) return `${pilot}#notes`;
  if (isAboutHours.has(event.type)) return `${pilot}#hours`;
  const deliverableId =
    "deliverableId" in data
      ? data.deliverableId
      : "taskId" in data
        ? state.tasks[data.taskId]?.deliverableId
        : undefined;
  return deliverableId === undefined ? pilot : `${pilot}/deliverables/${encodeURIComponent(deliverableId)}`;
}

const isAboutHours: ReadonlySet<string> = new Set<PilotEvent["type"]>(["HoursLogged", "HoursDisputed", "HoursSettled"]);

/** Comments, questions and whatever happens to a question are read and answered among the pilot's notes. */
function isSaid({ type, data }: PilotEvent, state: PilotState): boolean {
  if (type === "CommentAdded" || type === "QuestionAsked") return true;
  return "taskId" in data && state.tasks[data.taskId]?.kind === "question";
}

function earliestDue(message: Message): string | undefined {
  if ("dueAt" in message) return message.dueAt;
  if ("deliverables" in message) return message.deliverables.map(({ dueAt }) => dueAt).sort()[0];
  return undefined;
}

/** Writes the notice with what follows from it (mail, place in the digest, nothing), unless it was written before. */
async function deliver(store: Store, notice: Notice, delivery: Delivery, person: Person, now: Date): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if ((await store.get(noticeKey(notice))) !== undefined) return;
    const consequences = await consequencesOf(store, notice, delivery, person, now);
    try {
      await store.derive([{ kind: "put", item: noticeItem(notice), expectedVersion: 0 }, ...consequences]);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function consequencesOf(
  store: Store,
  notice: Notice,
  delivery: Delivery,
  person: Person,
  now: Date,
): Promise<readonly Write[]> {
  switch (delivery) {
    case "at_once":
      return [mailOf(notice, person, now)];
    case "digest":
      return [await placeInDigest(store, notice, person, now)];
    case "none":
      return [];
  }
}

function mailOf(notice: Notice, person: Person, now: Date): Write {
  const { mail } = catalogueFor(person.language);
  const item = mailItem(
    {
      id: `${notice.eventId}/${person.id}`,
      programmeId: notice.programmeId,
      to: person.email,
      personId: person.id,
      subject: subjectOf(mail, notice.text.subject, { title: notice.pilotTitle, sample: notice.sample }),
      text: textWithWhy(mail, mail.text(person.name, notice.text), notice.text.link),
      createdAt: now.toISOString(),
      eventIds: [notice.eventId],
      language: person.language,
      sample: notice.sample,
    },
    person,
  );
  return { kind: "put", item, expectedVersion: 0 };
}

async function placeInDigest(store: Store, notice: Notice, person: Person, now: Date): Promise<Write> {
  const item = await store.get(digestKey(notice));
  const before = item && stored<Digest>(item.data);
  const digest: Digest = {
    personId: person.id,
    programmeId: notice.programmeId,
    at: before?.at ?? nextDigestAt(now.toISOString(), timeZoneOf(person.country)),
    waiting: [...(before?.waiting ?? []), noticeKey(notice).sk],
  };
  return { kind: "put", item: digestItem(digest), expectedVersion: item?.version ?? 0 };
}
