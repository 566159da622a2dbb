/** The aid that pilots of one company were given, by the days of their hours of support. */
import { stored } from "../contracts/items.ts";
import type { AidGranted } from "../domain/forms/cross-field-rules.ts";
import type { EventOf } from "../domain/pilot/events.ts";
import type { Pilot } from "../domain/pilot/state.ts";
import type { Store, StoredEvent } from "../ports/store.ts";
import { eventsForwards } from "./events-of-pilot.ts";
import { wholeOf } from "./people.ts";

/** What the company was given in its other pilots; hours that a coordinator struck do not count. */
export async function aidOfOtherPilots(
  store: Store,
  { id, organisationId }: Pick<Pilot, "id" | "organisationId">,
): Promise<readonly AidGranted[]> {
  const heads = await wholeOf(store, { index: "gsi2", pk: `ORGANISATION#${organisationId}#PILOTS` });
  const others = heads
    .map((head) => stored<{ readonly pilot: Pilot }>(head.data).pilot)
    .filter((pilot) => pilot.id !== id && pilot.aidCents > 0);
  return (await Promise.all(others.map((pilot) => aidOf(store, pilot.id)))).flat();
}

async function aidOf(store: Store, pilotId: string): Promise<readonly AidGranted[]> {
  const granted = new Map<string, AidGranted>();
  for await (const event of eventsForwards(store, pilotId)) {
    if (event.type === "HoursLogged") {
      const { on, aidCents } = dataOf<"HoursLogged">(event);
      granted.set(String(event.sequence), { grantedOn: on, amountEur: aidCents / 100 });
    } else if (event.type === "HoursSettled") {
      const { entry, counts } = dataOf<"HoursSettled">(event);
      if (!counts) granted.delete(entry.id);
    }
  }
  return [...granted.values()];
}

const dataOf = <Type extends "HoursLogged" | "HoursSettled">({ data }: StoredEvent) =>
  stored<EventOf<Type>["data"]>(data);
