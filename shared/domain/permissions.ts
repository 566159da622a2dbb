/**
 * Who may do what: the matrix of roles and rights, and what it means for one pilot.
 *
 * Everything that is not granted is refused. A right over a pilot asks three things: the same programme, the right in
 * the role's cell, and the pilot within the cell's scope. What depends on the deliverable itself (who delivers, who
 * reviews) is asked with `playsRole`.
 */
import { type Actor, type Role, seatOf } from "./actor.ts";
import type { Pilot, TeamMember } from "./pilot/state.ts";
import type { ProcessRole } from "./process.ts";
import { Refusal } from "./refusal.ts";

/** C create (also: ask for, propose) · R read · U change · X decide, approve, close · D delete or withdraw. */
type Right = "C" | "R" | "U" | "X" | "D";

/** a all of the programme · o own organisation (for a living lab: pilots it works on) · p pilots assigned · s self. */
type Scope = "a" | "o" | "p" | "s";

/** E.g. "CRU o": create, read and change within the own organisation. Letters in the order CRUXD. */
type Grant = `${"C" | ""}${"R" | ""}${"U" | ""}${"X" | ""}${"D" | ""} ${Scope}`;
type Row = Readonly<Partial<Record<Role, Grant | readonly Grant[]>>>;

/** One row per object, in the order of section 8 of the domain reference. */
export const matrix = {
  pilotApplication: { sme_member: "CR o", sme_admin: "CRUD o", advisor: "R a", coordinator: "RX a", auditor: "R a" },
  pilotRecord: {
    sme_member: "R o",
    sme_admin: "RD o",
    advisor: "RU p",
    expert: "R p",
    living_lab: "R p",
    coordinator: "RUX a",
    auditor: "R a",
  },
  deliverableDraft: {
    sme_member: "RU o",
    sme_admin: "RU o",
    advisor: "RU p",
    expert: "RU p",
    living_lab: "RU p",
    coordinator: "R a",
    auditor: "R a",
  },
  /** An SME member submits when the SME admin lets them. */
  deliverableSubmission: { sme_member: "C o", sme_admin: "C o", advisor: "C p", expert: "C p", living_lab: "C p" },
  deliverableReview: { sme_member: "X o", sme_admin: "X o", advisor: "X p", expert: "X p", coordinator: "X a" },
  /** Every read by somebody outside the SME is logged. */
  businessCase: { sme_member: "RU o", sme_admin: "RU o", advisor: "R p", coordinator: "R a", auditor: "R a" },
  gateScore: { advisor: "R p", expert: "CR p", coordinator: "CR a", auditor: "R a" },
  /** C: the objection of the SME. Who may not read scores reads the result only. */
  gateDecision: {
    sme_member: "R o",
    sme_admin: "CR o",
    advisor: "R p",
    expert: "R p",
    living_lab: "R p",
    coordinator: "RX a",
    auditor: "R a",
  },
  /** Hold, resume, stop, skip. C: propose. A skip takes two persons. */
  pilotCourse: { sme_member: "C o", sme_admin: "C o", advisor: "C p", coordinator: "CX a", auditor: "R a" },
  taskWork: {
    sme_member: "U o",
    sme_admin: "U o",
    advisor: "U p",
    expert: "U p",
    living_lab: "U p",
    coordinator: "U a",
  },
  /** Delegate, forward; X: nominate. */
  taskRouting: { sme_admin: "U o", advisor: "U p", expert: "U s", living_lab: "U o", coordinator: "UX a" },
  team: { advisor: "C p", coordinator: "X a", auditor: "R a" },
  /** C: ask; U: an advisor extends once, by 14 days at most; X: without that limit. */
  dueDate: {
    sme_member: "C o",
    sme_admin: "C o",
    advisor: "CU p",
    expert: "C p",
    living_lab: "C p",
    coordinator: "UX a",
    auditor: "R a",
  },
  comment: {
    sme_member: "CR o",
    sme_admin: "CR o",
    advisor: "CR p",
    expert: "CR p",
    living_lab: "CR p",
    coordinator: "CR a",
    auditor: "R a",
  },
  internalNote: { advisor: "CRU p", coordinator: "R a", auditor: "R a" },
  barrierRegister: {
    sme_member: "RU o",
    sme_admin: "RU o",
    advisor: "RU p",
    expert: "U p",
    coordinator: "RX a",
    auditor: "R a",
  },
  countryGuidance: {
    sme_member: "R a",
    sme_admin: "R a",
    advisor: "CR a",
    expert: "CRU a",
    living_lab: "R a",
    coordinator: "RX a",
    auditor: "R a",
  },
  companyProfile: {
    sme_member: "RU o",
    sme_admin: "RUX o",
    advisor: "R a",
    expert: "R p",
    living_lab: "R p",
    coordinator: "R a",
    auditor: "R a",
  },
  /** An advisor creates one for an SME with its consent. */
  partnerProfile: {
    sme_member: "CU o",
    sme_admin: "CUD o",
    advisor: "CX a",
    expert: "R a",
    living_lab: "C o",
    coordinator: "X a",
    auditor: "R a",
  },
  expressionOfInterest: {
    sme_member: "C o",
    sme_admin: "CX o",
    advisor: "RX p",
    living_lab: "C o",
    coordinator: "R a",
    auditor: "R a",
  },
  meetingRequest: {
    sme_member: "CX s",
    sme_admin: "CX o",
    advisor: "CX p",
    expert: "CX s",
    living_lab: "CX s",
    coordinator: "CUX a",
    auditor: "R a",
  },
  meetingPlan: { coordinator: "X a", auditor: "R a" },
  meetingOutcome: {
    sme_member: "CRU s",
    sme_admin: "CRU o",
    advisor: "R p",
    expert: "CRU s",
    living_lab: "CRU s",
    coordinator: "R a",
    auditor: "R a",
  },
  ticket: {
    sme_member: "CR s",
    sme_admin: "CR o",
    advisor: "RUX s",
    expert: "U s",
    living_lab: "C s",
    coordinator: "RU a",
    auditor: "R a",
  },
  trainingEnrolment: {
    sme_member: "CRD s",
    sme_admin: "CRD o",
    advisor: "R a",
    expert: "U s",
    living_lab: "CRD s",
    coordinator: "X a",
    auditor: "R a",
  },
  /** U of an SME or lab: sign. */
  membership: {
    sme_member: "R o",
    sme_admin: "RU o",
    advisor: "R a",
    living_lab: "RU o",
    coordinator: "CUX a",
    auditor: "R a",
  },
  /** Market studies, best practices, catalogue of solutions. */
  catalogue: {
    sme_member: ["R a", "C o"],
    sme_admin: ["R a", "CUX o"],
    advisor: "CU a",
    expert: "C a",
    living_lab: "C a",
    coordinator: "X a",
    auditor: "R a",
  },
  demoVisit: {
    sme_member: "C o",
    sme_admin: "C o",
    advisor: "C a",
    living_lab: "C o",
    coordinator: "CUX a",
    auditor: "R a",
  },
  /** U of the SME admin: confirm or dispute; X: decide of disputed hours. */
  supportRecord: {
    sme_admin: "RU o",
    advisor: "C s",
    expert: "C s",
    living_lab: "C s",
    coordinator: "RX a",
    auditor: "R a",
  },
  deMinimisRecord: { sme_admin: "CR o", advisor: "R p", coordinator: "RU a", auditor: "R a" },
  /** Not stored in Fairway: the living lab keeps it. */
  trialPersonalData: {},
  indicatorReport: { sme_admin: "R o", advisor: "R p", living_lab: "R o", coordinator: "RX a", auditor: "R a" },
  auditLog: { sme_admin: "R o", coordinator: "R a", auditor: "R a", administrator: "R a" },
  /** C: invite; D: remove; X: block. */
  userAccount: {
    sme_member: "RU s",
    sme_admin: ["RU s", "CD o"],
    advisor: "RU s",
    expert: "RU s",
    living_lab: ["RU s", "C o"],
    coordinator: ["RU s", "C a"],
    auditor: "RU s",
    administrator: "CRUX a",
  },
  /** Roles, parameters, process versions; the administrator sees no business data by that. */
  programmeSettings: { coordinator: "RU a", auditor: "R a", administrator: "RU a" },
  /** C: ask; X: decide; D: carry out. */
  personErasure: {
    sme_member: "C s",
    sme_admin: "C s",
    advisor: "C s",
    expert: "C s",
    living_lab: "C s",
    coordinator: "X a",
    administrator: "D a",
  },
  operations: { administrator: "U a" },
} as const satisfies Record<string, Row>;

export type MatrixObject = keyof typeof matrix;

/** Within which scopes a role has a right over an object; empty: not at all. */
export function scopesOf(role: Role, object: MatrixObject, right: Right): readonly Scope[] {
  const row: Row = matrix[object];
  const cell = row[role] ?? [];
  const grants: readonly string[] = typeof cell === "string" ? [cell] : cell;
  return grants.flatMap((grant) => {
    const [rights, scope] = grant.split(" ");
    return rights?.includes(right) && isScope(scope) ? [scope] : [];
  });
}

const isScope = (text: string | undefined): text is Scope =>
  text === "a" || text === "o" || text === "p" || text === "s";

/** What can be done around a pilot: the matrix row and right it rests on. */
const pilotActions = {
  "application.create": { object: "pilotApplication", right: "C" },
  "application.read": { object: "pilotApplication", right: "R" },
  "application.decide": { object: "pilotApplication", right: "X" },
  "pilot.read": { object: "pilotRecord", right: "R" },
  "pilot.withdraw": { object: "pilotRecord", right: "D" },
  "draft.edit": { object: "deliverableDraft", right: "U" },
  "deliverable.submit": { object: "deliverableSubmission", right: "C" },
  "deliverable.review": { object: "deliverableReview", right: "X" },
  "deliverable.skip.propose": { object: "pilotCourse", right: "C" },
  "deliverable.skip.decide": { object: "pilotCourse", right: "X" },
  "deliverable.reopen": { object: "pilotRecord", right: "X" },
  "dueDate.extend": { object: "dueDate", right: "U" },
  "dueDate.ask": { object: "dueDate", right: "C" },
  "task.work": { object: "taskWork", right: "U" },
  "task.delegate": { object: "taskRouting", right: "U" },
  "task.forward": { object: "taskRouting", right: "U" },
  "task.nominate": { object: "taskRouting", right: "X" },
  "gate.read": { object: "gateDecision", right: "R" },
  "gate.score": { object: "gateScore", right: "C" },
  "gate.scores.read": { object: "gateScore", right: "R" },
  "gate.decide": { object: "gateDecision", right: "X" },
  "pilot.object": { object: "gateDecision", right: "C" },
  "pilot.hold": { object: "pilotCourse", right: "X" },
  "pilot.stop": { object: "pilotCourse", right: "X" },
  "team.assign": { object: "team", right: "X" },
  "hours.log": { object: "supportRecord", right: "C" },
  "hours.confirm": { object: "supportRecord", right: "U" },
  "hours.settle": { object: "supportRecord", right: "X" },
  "comment.write": { object: "comment", right: "C" },
  "comment.internal": { object: "internalNote", right: "C" },
  "comment.internal.read": { object: "internalNote", right: "R" },
  "figures.read": { object: "businessCase", right: "R" },
  "access.read": { object: "auditLog", right: "R" },
  "execution.restart": { object: "operations", right: "U" },
} as const satisfies Record<string, { object: MatrixObject; right: Right }>;

export type PilotAction = keyof typeof pilotActions;

/** All of them, to say what somebody may do with a pilot. */
// Object.keys of a const object without other members.
export const pilotActionNames = Object.keys(pilotActions) as readonly PilotAction[];

/** What must be known of a pilot to judge who may do what with it. */
export type PilotScope = Pick<Pilot, "programmeId" | "organisationId" | "status" | "idleSeats"> & {
  readonly team: readonly Pick<TeamMember, "personId" | "role">[];
};

export function may(actor: Actor, action: PilotAction, pilot: PilotScope): boolean {
  if (actor.role === "system") return true;
  if (actor.programmeId !== pilot.programmeId) return false;
  if (action === "deliverable.submit" && actor.role === "sme_member" && actor.maySubmit !== true) return false;
  const { object, right } = pilotActions[action];
  return scopesOf(actor.role, object, right).some((scope) => scope === "a" || isAround(actor, pilot));
}

/**
 * Throws `Refusal`: NotFound when the actor may not even know of the pilot, else NotAllowed naming the role.
 */
export function assertMay(actor: Actor, action: PilotAction, pilot: PilotScope): void {
  if (actor.role === "system" || may(actor, action, pilot)) return;
  if (!mayKnow(actor, pilot)) throw new Refusal("NotFound", "no_such_pilot");
  if (action === "deliverable.submit" && actor.role === "sme_member")
    throw new Refusal("NotAllowed", "not_let_submit", { role: actor.role });
  throw new Refusal("NotAllowed", { key: "role_may_not", role: actor.role, action }, { role: actor.role });
}

/** Throws `Refusal` NotFound when the actor has nothing to do with the pilot: what it has, or lacks, is not told either. */
export function assertConcerned(actor: Actor, pilot: PilotScope): void {
  if (actor.role === "system" || mayKnow(actor, pilot) || may(actor, "execution.restart", pilot)) return;
  throw new Refusal("NotFound", "no_such_pilot");
}

/** Throws `Refusal` NotAllowed unless Fairway itself asks: steps of the workflow and of the clock. */
export function assertSystem(actor: Actor): void {
  if (actor.role === "system") return;
  throw new Refusal("NotAllowed", "fairway_does_this", { role: actor.role });
}

/**
 * Whether the actor is one of those the process means by a role: the SME's people, the team members of that role,
 * the programme's coordinators. Fairway itself plays every role.
 */
export function playsRole(actor: Actor, role: ProcessRole, pilot: PilotScope): boolean {
  if (actor.role === "system") return true;
  const actorPlays = actor.role === "sme_member" || actor.role === "sme_admin" ? "sme" : actor.role;
  if (actorPlays !== role || actor.programmeId !== pilot.programmeId) return false;
  return role === "coordinator" || isAround(actor, pilot);
}

/** Experts and labs keep looking at a pilot for so long after the last of their tasks has ended; the team keeps them. */
const ACCESS_DAYS_AFTER_WORK = 30;

/** The SME's own people, and the team, as long as its experts and labs have work or have just had some. */
function isAround(actor: Actor, pilot: PilotScope): boolean {
  if (actor.role === "sme_member" || actor.role === "sme_admin") return actor.organisationId === pilot.organisationId;
  const seat = pilot.team.find((member) => member.personId === seatOf(actor) && member.role === actor.role);
  if (seat === undefined) return false;
  const idleSince = pilot.idleSeats?.[seatKey(seat)];
  return idleSince === undefined || actor.at === undefined || actor.at <= afterWork(idleSince);
}

/** Names a place in a team. */
export const seatKey = ({ personId, role }: Pick<TeamMember, "personId" | "role">): string => `${role} ${personId}`;

/** The last instant of the access that work gave which ended then. */
export const afterWork = (endedAt: string): string =>
  new Date(Date.parse(endedAt) + ACCESS_DAYS_AFTER_WORK * 86_400_000).toISOString();

const mayKnow = (actor: Actor, pilot: PilotScope): boolean =>
  may(actor, "pilot.read", pilot) ||
  ((pilot.status === "applied" || pilot.status === "rejected") && may(actor, "application.read", pilot));
