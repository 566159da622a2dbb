/**
 * A person's due dates as a calendar (RFC 5545), read by calendar programs that cannot sign in: the address is the
 * secret. It shows dates and titles of what the person may read at that moment, and nothing once it was revoked.
 */
import { type InboxEntry, inbox, key, type Membership, type Person, stored } from "../../shared/contracts/items.ts";
import { dueDayOf } from "../../shared/domain/due-day.ts";
import { may } from "../../shared/domain/permissions.ts";
import { isOpenTask, type Pilot } from "../../shared/domain/pilot/state.ts";
import { taskTitleIn } from "../../shared/language/task-title.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import { actorOf, isCurrent, membershipsOf, readPerson } from "../../shared/records/people.ts";
import { calendarOwner } from "../../shared/records/settings.ts";
import { type CalendarEntry, icsOf } from "./ics.ts";
import { hashOf } from "./settings.ts";

const FEED = /^\/api\/calendar\/([A-Za-z0-9_-]{20,64})\.ics$/;

/** The secret in a calendar's address; undefined for every other address. */
export const calendarSecret = (path: string): string | undefined => FEED.exec(path)?.[1];

interface CalendarDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly portalUrl?: string;
}

/** The calendar as text; undefined when there is none (any more) or its owner has no membership today. */
export async function calendarFeed(dependencies: CalendarDependencies, secret: string): Promise<string | undefined> {
  const { store, clock } = dependencies;
  const personId = await calendarOwner(store, hashOf(secret));
  if (personId === undefined) return undefined;
  const [person, memberships] = await Promise.all([readPerson(store, personId), membershipsOf(store, personId)]);
  const current = memberships.filter((membership) => isCurrent(membership, clock.now()));
  if (person === undefined || current.length === 0) return undefined;
  const entries = await ownEntries(store, person, current);
  return icsOf({
    name: "Fairway",
    stampedAt: clock.now().toISOString(),
    entries: entries.map((entry) => calendarEntry(entry, person, dependencies.portalUrl)),
  });
}

/** More due dates than this help nobody; the earliest come first. */
const MAX_ENTRIES = 500;

/** What the person has, and what waits to be claimed in their own list or company; readable as of now. */
async function ownEntries(store: Store, person: Person, memberships: readonly Membership[]): Promise<InboxEntry[]> {
  const companies = memberships.filter(({ role }) => role === "sme_member" || role === "sme_admin");
  const lists = [
    inbox.person(person.id),
    ...new Set(companies.map(({ organisationId }) => inbox.organisation(organisationId))),
  ];
  const pages = await Promise.all(lists.map((pk) => store.query({ index: "gsi1", pk, limit: MAX_ENTRIES })));
  const found = new Map(
    pages
      .flatMap(({ items }) => items.map((item) => stored<InboxEntry>(item.data)))
      .map((entry) => [`${entry.pilotId}#${entry.task.id}`, entry]),
  );
  const own = [...found.values()].filter(
    ({ task }) => isOpenTask(task) && (task.assigneeId === undefined || task.assigneeId === person.id),
  );
  const readable = await readablePilots(store, memberships, new Set(own.map(({ pilotId }) => pilotId)));
  return own.filter(({ pilotId }) => readable.has(pilotId)).sort((a, b) => (a.task.dueAt < b.task.dueAt ? -1 : 1));
}

async function readablePilots(
  store: Store,
  memberships: readonly Membership[],
  pilotIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const heads = await Promise.all([...pilotIds].map((pilotId) => store.get(key.pilot(pilotId))));
  const pilots = heads.flatMap((item) => (item === undefined ? [] : [stored<{ pilot: Pilot }>(item.data).pilot]));
  return new Set(
    pilots
      .filter((pilot) => memberships.some((membership) => may(actorOf(membership), "pilot.read", pilot)))
      .map(({ id }) => id),
  );
}

function calendarEntry(
  { pilotId, pilotTitle, task }: InboxEntry,
  person: Person,
  portalUrl: string | undefined,
): CalendarEntry {
  const pilotUrl = `${portalUrl}/pilots/${encodeURIComponent(pilotId)}`;
  const url =
    task.deliverableId === undefined ? pilotUrl : `${pilotUrl}/deliverables/${encodeURIComponent(task.deliverableId)}`;
  return {
    uid: `${pilotId}/${task.id}@fairway`,
    /** Grows with every change of the task, so that programs take the new date. */
    sequence: task.version,
    day: dueDayOf(task.dueAt),
    summary: `${taskTitleIn(person.language, task)} (${pilotTitle})`,
    ...(portalUrl === undefined ? {} : { url }),
  };
}
