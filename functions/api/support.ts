/**
 * What support a pilot was given, and what its company and a coordinator say of it. Hours are events; their sum and what
 * was said of them lie with the pilot.
 */
import { stored } from "../../shared/contracts/items.ts";
import { type Actor, type Role, seatOf } from "../../shared/domain/actor.ts";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { deMinimisRoomEur } from "../../shared/domain/forms/cross-field-rules.ts";
import { scopesOf } from "../../shared/domain/permissions.ts";
import type { EventOf } from "../../shared/domain/pilot/events.ts";
import { progressOf } from "../../shared/domain/pilot/progress.ts";
import type { LoggedHours } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { aidOfOtherPilots } from "../../shared/records/aid-granted.ts";
import { eventsBackwards } from "../../shared/records/events-of-pilot.ts";
import { readProgramme } from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";
import { readablePilot } from "./pilots.ts";
import { presentPilot } from "./present.ts";

type Ids = "getSupport" | "confirmHours" | "disputeHours" | "settleHours";

export function supportHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots } = dependencies;
  return {
    async confirmHours({ params, body, actor, names }) {
      const entries = await entriesOf(params.pilotId, actor, body.entryIds);
      const { state } = await pilots.change(params.pilotId, { type: "ConfirmHours", entries }, actor);
      return presentPilot(state, actor, names, clock.now().toISOString());
    },

    async disputeHours({ params, body: { entryId, ...said }, actor, names }) {
      const entry = await entryWith(params.pilotId, actor, entryId);
      const { state } = await pilots.change(params.pilotId, { type: "DisputeHours", entry, ...said }, actor);
      return presentPilot(state, actor, names, clock.now().toISOString());
    },

    async settleHours({ params, body: { entryId, ...said }, actor, names }) {
      const entry = await entryWith(params.pilotId, actor, entryId);
      const { state } = await pilots.change(params.pilotId, { type: "SettleHours", entry, ...said }, actor);
      return presentPilot(state, actor, names, clock.now().toISOString());
    },

    async getSupport({ params, actor, acting, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const programme = await readProgramme(store, state.pilot.programmeId);
      if (programme === undefined) throw new Refusal("NotFound", "no_such_programme");
      const { hourlyRateCents, plannedAidEur, deMinimisCeilingEur, country } = programme.parameters;
      const accepted = await pilots.acceptedValues(
        state,
        ["IN-1", "NA-6"].filter((id) => id in state.deliverables),
      );
      const agreed = accepted["NA-6"]?.aidValueEur;
      const application = accepted["IN-1"];
      const seesAid = application !== undefined && scopesOf(acting.role, "deMinimisRecord", "R").length > 0;
      const aidElsewhere = seesAid ? await aidOfOtherPilots(store, state.pilot) : [];
      const today = localDateOf(clock.now().toISOString(), country);
      return {
        hours: state.pilot.supportHours,
        openHours: progressOf(state).openHours,
        aidEur: state.pilot.aidCents / 100,
        hourlyRateEur: hourlyRateCents / 100,
        ...(typeof agreed === "number"
          ? { plannedAidEur: agreed, plannedBy: "plan" as const }
          : { plannedAidEur, plannedBy: "programme" as const }),
        ...(seesAid ? { aidRoomEur: deMinimisRoomEur(application, aidElsewhere, today, deMinimisCeilingEur) } : {}),
        entries: await Promise.all(
          (await hoursLogged(params.pilotId, actor, acting.role)).map(async (event) => {
            const { id, on, hours, activity, aidCents, personId } = entryOf(event);
            const { status = "logged", answered, settled } = state.supportRecords[id] ?? {};
            return {
              id: event.id,
              at: event.at,
              by: { person: await names.person(personId), role: event.actor.role },
              on,
              hours,
              activity,
              aidEur: aidCents / 100,
              status,
              ...known({ answered: answered && (await said(answered, names)) }),
              ...known({ settled: settled && (await said(settled, names)) }),
            };
          }),
        ),
      };
    },
  };

  /** Hours by the ids of their events. Throws `Refusal` NotFound, also when the pilot is not the actor's to know. */
  async function entriesOf(pilotId: string, actor: Actor, ids: readonly string[]): Promise<readonly LoggedHours[]> {
    await readablePilot(dependencies, pilotId, actor);
    const wanted = new Set(ids);
    const found: LoggedHours[] = [];
    for await (const event of eventsBackwards(store, pilotId)) {
      if (event.type === "HoursLogged" && wanted.delete(event.id)) found.push(entryOf(event));
      if (wanted.size === 0) return found;
    }
    throw new Refusal("NotFound", "no_such_hours");
  }

  async function entryWith(pilotId: string, actor: Actor, id: string): Promise<LoggedHours> {
    const [entry] = await entriesOf(pilotId, actor, [id]);
    if (entry === undefined) throw new Error(`${id} was found and is not there.`);
    return entry;
  }

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

function entryOf({ sequence, actor, data }: StoredEvent): LoggedHours {
  const { on, hours, activity, aidCents } = stored<EventOf<"HoursLogged">["data"]>(data);
  return { id: String(sequence), personId: actor.personId, on, hours, activity, aidCents };
}

const said = async <Rest extends object>(
  { personId, ...rest }: { readonly personId: string } & Rest,
  names: Names,
) => ({ ...rest, by: await names.person(personId) });
