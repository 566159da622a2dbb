/** Reading what support a pilot was given. Hours are events; their sum lies with the pilot. */
import { stored } from "../../shared/contracts/items.ts";
import { type Actor, type Role, seatOf } from "../../shared/domain/actor.ts";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { deMinimisRoomEur } from "../../shared/domain/forms/cross-field-rules.ts";
import { scopesOf } from "../../shared/domain/permissions.ts";
import type { EventOf } from "../../shared/domain/pilot/events.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { readProgramme } from "../../shared/records/people.ts";
import { eventsBackwards } from "./events-of-pilot.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { readablePilot } from "./pilots.ts";

export function supportHandlers(dependencies: ApiDependencies): Handlers<"getSupport"> {
  const { store, clock, pilots } = dependencies;
  return {
    async getSupport({ params, actor, acting, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const programme = await readProgramme(store, state.pilot.programmeId);
      if (programme === undefined) throw new Refusal("NotFound", "There is no such programme.");
      const { hourlyRateCents, plannedAidEur, deMinimisCeilingEur, country } = programme.parameters;
      const accepted = await pilots.acceptedValues(
        state,
        ["IN-1", "NA-6"].filter((id) => id in state.deliverables),
      );
      const agreed = accepted["NA-6"]?.aidValueEur;
      const application = accepted["IN-1"];
      const seesAid = application !== undefined && scopesOf(acting.role, "deMinimisRecord", "R").length > 0;
      const today = localDateOf(clock.now().toISOString(), country);
      return {
        hours: state.pilot.supportHours,
        aidEur: state.pilot.aidCents / 100,
        hourlyRateEur: hourlyRateCents / 100,
        plannedAidEur: typeof agreed === "number" ? agreed : plannedAidEur,
        ...(seesAid ? { aidRoomEur: deMinimisRoomEur(application, today, deMinimisCeilingEur) } : {}),
        entries: await Promise.all(
          (await hoursLogged(params.pilotId, actor, acting.role)).map(async ({ id, at, actor: by, data }) => {
            const { on, hours, activity, aidCents } = stored<EventOf<"HoursLogged">["data"]>(data);
            const person = await names.person(by.personId);
            return { id, at, by: { person, role: by.role }, on, hours, activity, aidEur: aidCents / 100 };
          }),
        ),
      };
    },
  };

  async function hoursLogged(pilotId: string, actor: Actor, role: Role): Promise<StoredEvent[]> {
    const seesAll = scopesOf(role, "supportRecord", "R").length > 0;
    const logged: StoredEvent[] = [];
    for await (const event of eventsBackwards(store, pilotId)) {
      if (event.type !== "HoursLogged") continue;
      if (seesAll || event.actor.personId === actor.personId || event.actor.forPersonId === seatOf(actor))
        logged.push(event);
    }
    return logged;
  }
}
