/** Who can be mentioned in a comment on a pilot: those who have to do with it and may read what is said. */
import type { Membership } from "../../shared/contracts/items.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { may, scopesOf } from "../../shared/domain/permissions.ts";
import type { Pilot } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { actorOf, membershipsAround } from "../../shared/records/people.ts";
import type { ApiDependencies } from "./handlers.ts";

/** One membership a person, the first by the order of the process's roles. */
export async function readersAround(
  { store, clock }: Pick<ApiDependencies, "store" | "clock">,
  pilot: Pilot,
): Promise<readonly Membership[]> {
  const around = await membershipsAround(store, pilot, clock.now());
  const everyone = [...around.advisor, ...around.sme, ...around.expert, ...around.living_lab, ...around.coordinator];
  const at = clock.now().toISOString();
  const readers = everyone.filter((membership) => may(actorOf(membership, at), "pilot.read", pilot));
  return [...new Map(readers.toReversed().map((membership) => [membership.personId, membership])).values()].reverse();
}

export const readsInternalNotes = ({ role }: Membership): boolean => scopesOf(role, "internalNote", "R").length > 0;

/** Throws `Refusal` RuleBroken when somebody mentioned could not read the comment. */
export async function assertCanBeMentioned(
  dependencies: ApiDependencies,
  pilotId: string,
  actor: Actor,
  { mentions = [], internal }: { readonly mentions?: readonly string[]; readonly internal: boolean },
): Promise<void> {
  if (mentions.length === 0) return;
  const state = await dependencies.pilots.load(pilotId);
  // What is not there or not theirs the command itself refuses.
  if (state === undefined || !may(actor, "comment.write", state.pilot)) return;
  const readers = await readersAround(dependencies, state.pilot);
  const fits = (personId: string) =>
    readers.some((reader) => reader.personId === personId && (!internal || readsInternalNotes(reader)));
  if (mentions.every(fits)) return;
  throw new Refusal("RuleBroken", "mention_cannot_read", { pointer: "/mentions" });
}
