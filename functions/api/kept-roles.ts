import type { Role } from "../../shared/domain/actor.ts";
import { isEnded } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { membersOfProgramme, wholeOf } from "../../shared/records/people.ts";
import type { ApiDependencies } from "./handlers.ts";

type Held = { readonly role: Role; readonly organisationId: string; readonly programmeId: string };

/** What a programme or a company cannot be without: who invites whoever follows. */
const kept = {
  coordinator: "coordinator_kept",
  administrator: "administrator_kept",
  sme_admin: "admin_kept",
} as const satisfies Partial<Record<Role, string>>;

const isKept = (role: Role): role is keyof typeof kept => Object.hasOwn(kept, role);

/** Others hold the role now as well; for a company's admin others of the same company. */
export async function isRoleKept(
  { store }: Pick<ApiDependencies, "store">,
  personId: string,
  { role, organisationId, programmeId }: Held,
): Promise<boolean> {
  if (!isKept(role)) return true;
  return (await membersOfProgramme(store, programmeId)).some(
    (member) =>
      member.role === role &&
      member.personId !== personId &&
      member.until === undefined &&
      (role !== "sme_admin" || member.organisationId === organisationId),
  );
}

/** Throws `Refusal` when nobody else holds the role. */
export async function assertRoleKept(
  dependencies: Pick<ApiDependencies, "store">,
  personId: string,
  held: Held,
): Promise<void> {
  const { role } = held;
  if (!isKept(role) || (await isRoleKept(dependencies, personId, held))) return;
  throw new Refusal("RuleBroken", kept[role]);
}

/** Pilots that have not ended with the person in their team, in a role that is asked about. */
export async function pilotsInTeam(
  { store, pilots }: Pick<ApiDependencies, "store" | "pilots">,
  personId: string,
  isAsked: (role: unknown) => boolean,
): Promise<readonly string[]> {
  const items = await wholeOf(store, { index: "gsi1", pk: `PERSON#${personId}#PILOTS` });
  const found: string[] = [];
  for (const { data } of items) {
    if (!isAsked(data.role)) continue;
    const state = await pilots.load(String(data.pilotId));
    if (state !== undefined && !isEnded(state.pilot)) found.push(state.pilot.id);
  }
  return found;
}

/** Advisors hand their pilots over; experts and labs are replaced in the team. Throws `Refusal`. */
export async function assertInNoTeam(
  dependencies: Pick<ApiDependencies, "store" | "pilots">,
  personId: string,
  isAsked: (role: unknown) => boolean,
): Promise<void> {
  const [pilotId] = await pilotsInTeam(dependencies, personId, isAsked);
  if (pilotId === undefined) return;
  throw new Refusal("RuleBroken", "works_with_pilots", { pilotId });
}
