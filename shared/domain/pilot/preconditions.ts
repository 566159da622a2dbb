/** What commands of every topic ask first. */
import { playsRole } from "../permissions.ts";
import type { ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { isEnded, type PilotState } from "./state.ts";

/** Throws `Refusal` NotInThisState while the pilot is on hold and after its end; surveys follow the end. */
export function assertWorkable({ pilot }: Pick<PilotState, "pilot">, runId: string): void {
  if (pilot.status === "on_hold") {
    throw new Refusal("NotInThisState", "The pilot is on hold. Work goes on when it is resumed.", {
      status: "on_hold",
    });
  }
  if (isEnded(pilot) && !(runId === "follow-up" && pilot.status === "completed")) {
    throw new Refusal("NotInThisState", "The pilot has ended. Nothing in it changes any more.", {
      status: pilot.status,
    });
  }
}

/** Throws `Refusal` StaleVersion when the person saw an older version (I6). */
export function assertSeen(entity: { readonly version: number }, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === entity.version) return;
  throw new Refusal("StaleVersion", "This has changed since you looked. Look at it again, then decide.", {
    currentVersion: entity.version,
  });
}

/** Throws `Refusal` RuleBroken when a text that must say something is blank. */
export function assertSaid(text: string | undefined, pointer: string, message: string): void {
  if (text === undefined || text.trim() === "") throw new Refusal("RuleBroken", message, { pointer });
}

/** Throws `Refusal` NotAllowed unless the actor plays one of the roles. */
export function assertPlaysOneOf(
  state: PilotState,
  roles: readonly ProcessRole[],
  what: string,
  { actor }: Context,
): void {
  if (roles.some((role) => playsRole(actor, role, state.pilot))) return;
  throw new Refusal("NotAllowed", `${what} by ${roles.map((role) => roleInWords[role]).join(" or ")}.`, {
    role: actor.role,
  });
}

/** For refusals: who is meant by a role. */
export const roleInWords: Record<ProcessRole, string> = {
  sme: "the company",
  advisor: "the pilot's advisors",
  expert: "the pilot's experts",
  living_lab: "the pilot's living lab",
  coordinator: "the coordinators",
};
