/** Delegating and forwarding as pure facts, as `shared/domain/pilot/handing-on.ts` has them; the server decides again. */
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView, TaskView } from "../../../shared/contracts/views.ts";
import type { Me } from "../../portal.ts";
import { isBegunOrTaken, isDelegated, mayClaim, plays } from "./use-task-work.ts";

export type HandingOn = "delegate" | "forward";

type Role = TaskView["candidateRole"];
type ChoicePerson = OutputOf<"listPeople">["people"][number];

/** Who reads the list. */
type Reader = Pick<Me, "seatId"> & { readonly acting: Pick<Me["acting"], "role"> };

/** What of a pilot says to whom its tasks can go. */
type PilotOfTask = Pick<PilotView, "organisation" | "team" | "may"> & {
  readonly deliverables: readonly Pick<PilotView["deliverables"][number], "id" | "deliveredBy" | "reviewedBy">[];
};

/** Somebody a task can be given to. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  /** Told of people outside the teams. */
  readonly openTasks?: number;
}

/** Whom tasks are given to beside the teams of their pilots. */
export interface Colleagues {
  readonly coordinators: readonly ChoicePerson[];
  /** People of all companies. */
  readonly ofCompanies: readonly ChoicePerson[];
  /** People of the reader's own company. */
  readonly ofOwnCompany: readonly Candidate[];
}

/** Those of the task's role around its pilot, except who has it and a reader who can claim it. */
export function candidatesFor(
  me: Reader,
  task: TaskView,
  pilot: PilotOfTask,
  colleagues: Colleagues,
): readonly Candidate[] {
  const everyone: readonly Candidate[] = [
    ...pilot.team.filter(({ role }) => role === task.candidateRole).map(({ person }) => person),
    ...(task.candidateRole === "sme" ? colleagues.ofOwnCompany : []),
    ...(task.candidateRole === "coordinator" ? colleagues.coordinators : []),
    ...(task.candidateRole === "sme"
      ? colleagues.ofCompanies.filter(({ organisation }) => organisation.id === pilot.organisation.id)
      : []),
  ];
  const byId = new Map(everyone.map((person) => [person.id, person]));
  if (task.assignee !== undefined) byId.delete(task.assignee.id);
  if (mayClaim(me, task)) byId.delete(me.seatId);
  return [...byId.values()];
}

/** Whose shared list a task can be forwarded to: the roles the process lets do it, without the one it is for now. */
export function listsFor(task: TaskView, pilot: PilotOfTask): readonly Role[] {
  return rolesFor(task, pilot).filter((role) => role !== task.candidateRole);
}

function rolesFor(task: TaskView, pilot: PilotOfTask): readonly Role[] {
  const deliverable = pilot.deliverables.find(({ id }) => id === task.deliverableId);
  if (task.kind === "produce" && deliverable !== undefined) return deliverable.deliveredBy;
  if (task.kind === "review" && deliverable !== undefined) return deliverable.reviewedBy;
  if (task.question?.internal === true) return ["advisor", "coordinator"];
  return task.kind === "condition" || task.kind === "question"
    ? ["sme", "advisor", "expert", "living_lab", "coordinator"]
    : [];
}

/** Why the reader cannot hand a task on, whoever is to have it. */
type Obstacle = "held" | "notMine" | "unclaimed" | "delegatedToMe";

/** Without the pilot, as far as the task tells. */
export function obstacleTo(verb: HandingOn, me: Reader, task: TaskView, pilot?: PilotOfTask): Obstacle | undefined {
  if (task.status !== "ready" && !isBegunOrTaken(task)) return "held";
  if (!isHandedOnBy(me, task) || pilot?.may.includes(`task.${verb}`) === false) return "notMine";
  if (verb === "forward") return undefined;
  if (task.status === "ready") return "unclaimed";
  return isDelegated(task) && task.assignee?.id === me.seatId ? "delegatedToMe" : undefined;
}

function isHandedOnBy({ acting: { role }, seatId }: Reader, { assignee, owner, candidateRole }: TaskView): boolean {
  // In a company its admins hand on.
  if (role === "sme_member") return false;
  if (assignee?.id === seatId || owner?.id === seatId || role === "coordinator") return true;
  return role !== "expert" && plays(role, candidateRole);
}

/** A task with the pilot it is of. */
export interface Given {
  readonly task: TaskView;
  readonly pilot: PilotOfTask;
}

/** Who, or whose shared list, may have some or all of the given tasks. */
export interface Receiver {
  readonly value: string;
  readonly to: { readonly toPersonId: string } | { readonly toRole: Role };
  /** Of a person. */
  readonly candidate?: Candidate;
  readonly takes: readonly TaskView[];
}

/** Those who may have most of them first. */
export function receiversOf(
  verb: HandingOn,
  me: Reader,
  given: readonly Given[],
  colleagues: Colleagues,
): readonly Receiver[] {
  const receivers = new Map<string, Receiver>();
  const add = (task: TaskView, receiver: Omit<Receiver, "takes">) => {
    const takes = receivers.get(receiver.value)?.takes ?? [];
    receivers.set(receiver.value, { ...receiver, takes: [...takes, task] });
  };
  for (const { task, pilot } of given) {
    if (obstacleTo(verb, me, task, pilot) !== undefined) continue;
    for (const candidate of candidatesFor(me, task, pilot, colleagues)) {
      // It goes back to its owner by being returned.
      if (verb === "delegate" && candidate.id === task.owner?.id) continue;
      add(task, { value: `person ${candidate.id}`, to: { toPersonId: candidate.id }, candidate });
    }
    if (verb === "delegate") continue;
    for (const role of listsFor(task, pilot)) add(task, { value: `role ${role}`, to: { toRole: role } });
  }
  const byTasks = [...receivers.values()].toSorted((a, b) => b.takes.length - a.takes.length);
  return [...byTasks.filter(({ candidate }) => candidate), ...byTasks.filter(({ candidate }) => !candidate)];
}

/** Why a task stays where it is: it cannot be handed on, nobody could have it, or whoever is chosen has it or cannot. */
export type WhyStays = Obstacle | "alone" | "theirs" | "notForThem";

/** The given tasks that do not go, whoever is chosen or to the chosen one of the receivers. */
export function stayingOf(
  verb: HandingOn,
  me: Reader,
  given: readonly Given[],
  receivers: readonly Receiver[],
  chosen: Receiver | undefined,
): readonly { readonly task: TaskView; readonly why: WhyStays }[] {
  const takes = (receiver: Receiver, task: TaskView) => receiver.takes.includes(task);
  return given.flatMap(({ task, pilot }): { task: TaskView; why: WhyStays }[] => {
    const obstacle = obstacleTo(verb, me, task, pilot);
    if (obstacle !== undefined) return [{ task, why: obstacle }];
    if (!receivers.some((receiver) => takes(receiver, task))) return [{ task, why: "alone" }];
    if (chosen === undefined || takes(chosen, task)) return [];
    return [{ task, why: hasAlready(chosen, task) ? "theirs" : "notForThem" }];
  });
}

function hasAlready({ to }: Receiver, { assignee, owner, candidateRole }: TaskView): boolean {
  return "toRole" in to ? to.toRole === candidateRole : [assignee?.id, owner?.id].includes(to.toPersonId);
}
