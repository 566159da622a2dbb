/** What commands of every topic ask first. */
import { playsRole } from "../permissions.ts";
import type { ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Reason } from "../refusal-reasons.ts";
import type { Context } from "./context.ts";
import { isEnded, type PilotState } from "./state.ts";

/** Throws `Refusal` NotInThisState while the pilot is on hold and after its end; surveys follow the end. */
export function assertWorkable({ pilot }: Pick<PilotState, "pilot">, runId: string): void {
  if (pilot.status === "on_hold") {
    throw new Refusal("NotInThisState", "pilot_on_hold", { status: "on_hold" });
  }
  if (isEnded(pilot) && !(runId === "follow-up" && pilot.status === "completed")) {
    throw new Refusal("NotInThisState", "pilot_ended", { status: pilot.status });
  }
}

/** Throws `Refusal` StaleVersion when the person saw an older version (I6). */
export function assertSeen(entity: { readonly version: number }, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === entity.version) return;
  throw new Refusal("StaleVersion", "changed_meanwhile", { currentVersion: entity.version });
}

/** Throws `Refusal` RuleBroken when a text that must say something is blank. */
export function assertSaid(text: string | undefined, pointer: string, reason: Reason): void {
  if (text === undefined || text.trim() === "") throw new Refusal("RuleBroken", reason, { pointer });
}

export type RolesReason =
  | "filled_in_by"
  | "submitted_by_roles"
  | "taken_back_by"
  | "reviewed_by"
  | "more_time_asked_by";

/** Throws `Refusal` NotAllowed unless the actor plays one of the roles. */
export function assertPlaysOneOf(
  state: PilotState,
  roles: readonly ProcessRole[],
  what: { readonly key: RolesReason; readonly deliverable: string },
  { actor }: Context,
): void {
  if (roles.some((role) => playsRole(actor, role, state.pilot))) return;
  throw new Refusal("NotAllowed", { ...what, roles }, { role: actor.role });
}
