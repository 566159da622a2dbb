import type { Role } from "../../shared/domain/actor.ts";
import { isEnded } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { membersOfProgramme } from "../../shared/records/people.ts";
import type { ApiDependencies } from "./handlers.ts";

/** Others who hold the role now; for a company's admin those of the same company. Throws `Refusal` when there is nobody. */
export async function assertRoleKept(
  { store }: Pick<ApiDependencies, "store">,
  personId: string,
  {
    role,
    organisationId,
    programmeId,
  }: { readonly role: Role; readonly organisationId: string; readonly programmeId: string },
): Promise<void> {
  if (role !== "coordinator" && role !== "sme_admin") return;
  const others = (await membersOfProgramme(store, programmeId)).filter(
    (member) =>
      member.role === role &&
      member.personId !== personId &&
      member.until === undefined &&
      (role === "coordinator" || member.organisationId === organisationId),
  );
  if (others.length > 0) return;
  const words = role === "coordinator" ? "The programme keeps a coordinator." : "The company keeps an admin.";
  throw new Refusal("RuleBroken", `${words} Make somebody else one first.`);
}

/** Advisors hand their pilots over; experts and labs are replaced in the team. Throws `Refusal`. */
export async function assertInNoTeam(
  { store, pilots }: Pick<ApiDependencies, "store" | "pilots">,
  personId: string,
  isAsked: (role: unknown) => boolean,
): Promise<void> {
  const { items } = await store.query({ index: "gsi1", pk: `PERSON#${personId}#PILOTS` });
  for (const { data } of items) {
    if (!isAsked(data.role)) continue;
    const state = await pilots.load(String(data.pilotId));
    if (state === undefined || isEnded(state.pilot)) continue;
    throw new Refusal("RuleBroken", "This person works with pilots. Hand those over first.", {
      pilotId: state.pilot.id,
    });
  }
}
