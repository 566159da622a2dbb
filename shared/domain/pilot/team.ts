/** Who works with the pilot. Whoever leaves, no task is left without somebody who can do it. */
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { assertTeam } from "./application.ts";
import { type Decisions, decided, type Evolutions, recordIn, withPilot, withTask } from "./decider.ts";
import { isUnfinished } from "./due-dates.ts";
import type { EventOf } from "./events.ts";
import { assertSaid } from "./preconditions.ts";
import { isEnded, type Pilot, type PilotState, type Task, type TeamMember } from "./state.ts";
import { withTaskGivenTo, withTaskReleased, withTaskReturned } from "./task-states.ts";

export const teamDecisions = {
  ChangeTeam(state, { team, reason }, context) {
    const { pilot } = state;
    assertMay(context.actor, "team.assign", pilot);
    assertHasTeam(pilot);
    if (isSameTeam(pilot.team, team)) return undefined;
    assertTeam(team);
    assertWorkStaffed(state, team);
    return { type: "TeamChanged", ...decided(context, reason), data: { team } };
  },

  HandOverAdvisor(state, { fromPersonId, to, reason }, context) {
    const { pilot } = state;
    assertMay(context.actor, "team.assign", pilot);
    assertHasTeam(pilot);
    const advises = (personId: string) =>
      pilot.team.some((member) => member.role === "advisor" && member.personId === personId);
    if (to.role !== "advisor") throw new Refusal("RuleBroken", "advisor_takes_over", { pointer: "/to/role" });
    if (to.personId === fromPersonId)
      throw new Refusal("RuleBroken", "other_person_takes_over", { pointer: "/to/personId" });
    if (!advises(fromPersonId)) {
      if (advises(to.personId)) return undefined;
      throw new Refusal("RuleBroken", "not_advisor_of_pilot", { pointer: "/fromPersonId" });
    }
    assertSaid(reason, "/reason", "say_why_advisor_changes");
    const team = advises(to.personId)
      ? pilot.team.filter((member) => !isAdvisor(member, fromPersonId))
      : pilot.team.map((member) => (isAdvisor(member, fromPersonId) ? to : member));
    return {
      type: "AdvisorHandedOver",
      ...decided(context, reason),
      data: {
        fromPersonId,
        toPersonId: to.personId,
        team,
        tasks: leaversTasks(state, fromPersonId, team).map((task) => handOver(task, fromPersonId, to.personId)),
      },
    };
  },
} satisfies Decisions<"ChangeTeam" | "HandOverAdvisor">;

export const teamEvolutions = {
  TeamChanged(state, { data }) {
    const { team } = state.pilot;
    const leavers = team.filter((member) => !hasSeat(data.team, member));
    const freed = leavers.reduce(withWorkOfLeaver, withPilot(state, { team: data.team }));
    return newcomersAlone(team, data.team).reduce(withWaitingWorkGivenTo, freed);
  },

  AdvisorHandedOver: (state, { data }) =>
    data.tasks.reduce(
      (after, change) => withTaskHandedOver(after, change, data.fromPersonId),
      withPilot(state, { team: data.team }),
    ),
} satisfies Evolutions<"TeamChanged" | "AdvisorHandedOver">;

const isAdvisor = (member: TeamMember, personId: string): boolean =>
  member.role === "advisor" && member.personId === personId;

const hasSeat = (team: readonly TeamMember[], { personId, role }: TeamMember): boolean =>
  team.some((member) => member.personId === personId && member.role === role);

function isSameTeam(team: readonly TeamMember[], other: readonly TeamMember[]): boolean {
  const sameAt = (member: TeamMember, index: number) => {
    const twin = other[index];
    return twin?.personId === member.personId && twin.role === member.role && twin.country === member.country;
  };
  return team.length === other.length && team.every(sameAt);
}

/** A completed pilot keeps its team: conditions of its last gate may still be open. */
function assertHasTeam(pilot: Pilot): void {
  if (isEnded(pilot) && pilot.status !== "completed")
    throw new Refusal("NotInThisState", "pilot_ended", { status: pilot.status });
  if (pilot.status === "applied")
    throw new Refusal("NotInThisState", "team_named_at_admission", { status: pilot.status });
}

/** A role that has people and work keeps somebody. */
function assertWorkStaffed({ pilot, tasks }: PilotState, team: readonly TeamMember[]): void {
  for (const role of ["expert", "living_lab"] as const) {
    const emptied = pilot.team.some((member) => member.role === role) && !team.some((member) => member.role === role);
    const work = Object.values(tasks).find((task) => isUnfinished(task) && task.candidateRole === role);
    if (emptied && work !== undefined)
      throw new Refusal("RuleBroken", { key: "nobody_left_for", role, task: work }, { pointer: "/team" });
  }
}

/** What they work on or answer for; in another role they may stay in the team, and keep that role's work. */
function leaversTasks(state: PilotState, personId: string, teamAfter: readonly TeamMember[]): readonly Task[] {
  const rolesKept = new Set<string>(teamAfter.filter((each) => each.personId === personId).map(({ role }) => role));
  return Object.values(state.tasks).filter(
    (task) =>
      isUnfinished(task) &&
      (task.assigneeId === personId || task.ownerId === personId) &&
      !rolesKept.has(task.candidateRole),
  );
}

function handOver(
  task: Task,
  fromPersonId: string,
  toPersonId: string,
): EventOf<"AdvisorHandedOver">["data"]["tasks"][number] {
  const isDelegatedToLeaver = task.assigneeId === fromPersonId && task.ownerId !== fromPersonId;
  if (isDelegatedToLeaver && task.ownerId !== undefined)
    return { taskId: task.id, action: "return", toPersonId: task.ownerId };
  if (task.kind === "review" && task.assigneeId === fromPersonId) return { taskId: task.id, action: "release" };
  return { taskId: task.id, action: "nominate", toPersonId };
}

function withTaskHandedOver(
  state: PilotState,
  { taskId, action, toPersonId }: EventOf<"AdvisorHandedOver">["data"]["tasks"][number],
  fromPersonId: string,
): PilotState {
  const task = recordIn(state.tasks, taskId);
  if (action === "release" || toPersonId === undefined) return suspendedAgain(task, withTaskReleased(state, taskId));
  if (action === "return") return suspendedAgain(task, withTaskReturned(state, taskId, toPersonId));
  // What the leaver had delegated stays with who works on it; another answers for it.
  return task.assigneeId === fromPersonId
    ? suspendedAgain(task, withTaskGivenTo(state, taskId, toPersonId))
    : withTask(state, { ...task, ownerId: toPersonId });
}

/** Delegated work returns, other work waits to be claimed again. */
function withWorkOfLeaver(state: PilotState, { personId }: TeamMember): PilotState {
  return leaversTasks(state, personId, state.pilot.team).reduce((after, task) => {
    const { ownerId } = task;
    if (task.assigneeId === personId && ownerId !== undefined && ownerId !== personId)
      return suspendedAgain(task, withTaskReturned(after, task.id, ownerId));
    return suspendedAgain(task, withTaskReleased(after, task.id));
  }, state);
}

/** Members who are the first and only ones in their role. */
const newcomersAlone = (before: readonly TeamMember[], after: readonly TeamMember[]): readonly TeamMember[] =>
  after.filter(
    ({ role }) =>
      !before.some((member) => member.role === role) && after.filter((member) => member.role === role).length === 1,
  );

/** Work that waited for somebody in the role: with a single candidate it is theirs, as a new task would be. */
function withWaitingWorkGivenTo(state: PilotState, { personId, role }: TeamMember): PilotState {
  return Object.values(state.tasks)
    .filter((task) => task.status === "ready" && task.candidateRole === role && task.kind === "produce")
    .reduce((after, task) => withTaskGivenTo(after, task.id, personId), state);
}

/** While the pilot is on hold a task changes hands and stays suspended. */
function suspendedAgain(before: Task, state: PilotState): PilotState {
  if (before.status !== "suspended") return state;
  const task = recordIn(state.tasks, before.id);
  return withTask(state, { ...task, status: "suspended", statusBefore: task.status });
}
