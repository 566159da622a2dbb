/** Reading what people wrote about a pilot, and who they are. Comments are events: nobody changes them afterwards. */
import { pilotStream, stored } from "../../shared/contracts/items.ts";
import { may } from "../../shared/domain/permissions.ts";
import type { EventOf } from "../../shared/domain/pilot/events.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { readersAround, readsInternalNotes } from "./mentions.ts";
import { readablePilot } from "./pilots.ts";

/** Events of a pilot looked through for one page. */
const EVENTS_READ = 500;

export function noteHandlers(dependencies: ApiDependencies): Handlers<"listNotes" | "listPilotPeople"> {
  const { store } = dependencies;
  return {
    async listNotes({ params, query, actor, names }) {
      const { pilot } = await readablePilot(dependencies, params.pilotId, actor);
      const seesInternal = may(actor, "comment.internal", pilot) || actor.role === "coordinator";
      const page = await store.eventsOf(pilotStream(params.pilotId), {
        reverse: true,
        limit: EVENTS_READ,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      });
      const notes = await Promise.all(
        page.items
          .filter(({ type, data }) => type === "CommentAdded" && (data.internal !== true || seesInternal))
          .map(async ({ id, at, actor: by, data }) => {
            const { text, internal, deliverableId, mentions = [] } = stored<EventOf<"CommentAdded">["data"]>(data);
            return {
              id,
              at,
              by: {
                person: await names.person(by.personId),
                role: by.role,
                ...(by.forPersonId === undefined ? {} : { for: await names.person(by.forPersonId) }),
              },
              text,
              internal,
              ...(deliverableId === undefined ? {} : { deliverableId }),
              mentions: await Promise.all(mentions.map((personId) => names.person(personId))),
            };
          }),
      );
      return { notes, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },

    async listPilotPeople({ params, actor, names }) {
      const { pilot } = await readablePilot(dependencies, params.pilotId, actor);
      const readers = await readersAround(dependencies, pilot);
      return {
        people: await Promise.all(
          readers.map(async (membership) => ({
            person: await names.person(membership.personId),
            role: membership.role,
            organisation: await names.organisation(membership.organisationId),
            readsInternalNotes: readsInternalNotes(membership),
          })),
        ),
      };
    },
  };
}
