/** Operations on one's own settings: language, notifications, the calendar link. */
import { createHash, randomBytes } from "node:crypto";
import { key, type Person, stored } from "../../shared/contracts/items.ts";
import type { SettingsView } from "../../shared/contracts/personal-operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { assertKeepsEscalations } from "../../shared/domain/notifications.ts";
import { VersionConflict, type Write } from "../../shared/ports/store.ts";
import { personItem, readPerson } from "../../shared/records/people.ts";
import { calendarItem, calendarKey, readSettings, type Settings, settingsItem } from "../../shared/records/settings.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";

type Ids = "getMySettings" | "updateMe" | "makeCalendarLink" | "revokeCalendarLink";

/** A person's windows at most; more in a row than this are a fault. */
const MAX_ATTEMPTS = 8;

/** Under which a calendar address is kept. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export function settingsHandlers({ store, clock }: ApiDependencies): Handlers<Ids> {
  async function show(personId: string): Promise<SettingsView> {
    const [person, { notifications, calendar }] = await Promise.all([
      readPerson(store, personId),
      readSettings(store, personId),
    ]);
    return {
      language: person?.language ?? "en",
      notifications: { ...notifications },
      ...(calendar === undefined ? {} : { calendar: { since: calendar.since } }),
    };
  }

  /** Commits what `change` makes of the settings, with an event in the person's own stream. */
  async function changeSettings(
    actor: Actor,
    type: string,
    change: (
      settings: Settings,
    ) => Promise<{ readonly settings: Settings; readonly writes: readonly Write[]; readonly data: object }>,
  ): Promise<void> {
    const { personId, programmeId, role } = actor;
    const stream = `PERSON#${personId}`;
    for (let attempt = 1; ; attempt += 1) {
      const { version, ...before } = await readSettings(store, personId);
      const { settings, writes, data } = await change(before);
      const last = await store.eventsOf(stream, { reverse: true, limit: 1 });
      try {
        await store.commit({
          writes: [{ kind: "put", item: settingsItem(personId, settings), expectedVersion: version }, ...writes],
          event: {
            stream,
            sequence: (last.items[0]?.sequence ?? 0) + 1,
            programmeId,
            type,
            at: clock.now().toISOString(),
            actor: { personId, role },
            data: { ...data },
          },
        });
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  const withoutLink = async ({ calendar }: Settings): Promise<readonly Write[]> => {
    if (calendar === undefined) return [];
    const link = await store.get(calendarKey(calendar.hash));
    return link === undefined
      ? []
      : [{ kind: "delete", key: calendarKey(calendar.hash), expectedVersion: link.version }];
  };

  return {
    getMySettings: ({ actor }) => show(actor.personId),

    async updateMe({ actor, body }) {
      const { personId } = actor;
      if (body.notifications !== undefined) assertKeepsEscalations(body.notifications);
      await changeSettings(actor, "SettingsChanged", async (before) => {
        const item = await store.get(key.person(personId));
        const person = item && stored<Person>(item.data);
        const { language = person?.language } = body;
        const speaksOther = person !== undefined && language !== undefined && language !== person.language;
        return {
          settings: { ...before, notifications: { ...before.notifications, ...body.notifications } },
          writes: speaksOther
            ? [{ kind: "put", item: personItem({ ...person, language }), expectedVersion: item?.version ?? 0 }]
            : [],
          data: body,
        };
      });
      return show(personId);
    },

    async makeCalendarLink({ actor }) {
      const secret = randomBytes(24).toString("base64url");
      const calendar = { hash: hashOf(secret), since: clock.now().toISOString() };
      await changeSettings(actor, "CalendarLinkMade", async (before) => ({
        settings: { ...before, calendar },
        writes: [
          ...(await withoutLink(before)),
          { kind: "put", item: calendarItem(calendar.hash, actor.personId, calendar.since), expectedVersion: 0 },
        ],
        data: {},
      }));
      return { path: `/api/calendar/${secret}.ics`, since: calendar.since };
    },

    async revokeCalendarLink({ actor }) {
      await changeSettings(actor, "CalendarLinkRevoked", async (before) => {
        const { calendar: _, ...rest } = before;
        return { settings: rest, writes: await withoutLink(before), data: {} };
      });
      return show(actor.personId);
    },
  };
}
