/** The roles of section 8 of the domain reference; `system` is Fairway itself (workflow, clock). */
export const roles = [
  "sme_member",
  "sme_admin",
  "advisor",
  "expert",
  "living_lab",
  "coordinator",
  "auditor",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

/** Where a role is held; an organisation made for an invitation is of this kind. */
export const organisationKindOf = {
  sme_member: "sme",
  sme_admin: "sme",
  advisor: "advisory",
  expert: "expertise",
  living_lab: "living_lab",
  coordinator: "programme_office",
  auditor: "authority",
  administrator: "programme_office",
} as const satisfies Readonly<Record<Role, string>>;

/** Who asks, in the one role they act in now. */
export interface Actor {
  readonly personId: string;
  readonly role: Role | "system";
  readonly programmeId: string;
  /** The organisation the role is held in: the SME, the living lab … */
  readonly organisationId?: string;
  /** SME members only: the SME admin lets them submit. */
  readonly maySubmit?: boolean;
  /** Somebody away, whom this person stands in for: in their seat, with their tasks, under the own name. */
  readonly forPersonId?: string;
  /** When they ask; an access that ends with time is judged by it. */
  readonly at?: string;
}

/** Whose seat and tasks an actor acts in. */
export const seatOf = (actor: Pick<Actor, "personId" | "forPersonId">): string => actor.forPersonId ?? actor.personId;

export const systemActor = (programmeId: string): Actor => ({ personId: "system", role: "system", programmeId });
