/** Since when experts and living labs of a team have had nothing left to do: what their access to the pilot rests on. */
import { seatKey } from "../permissions.ts";
import { isUnfinished } from "./due-dates.ts";
import { isEnded, type PilotState, type Task, type TeamMember } from "./state.ts";

/**
 * The state after an event, with its idle seats. Whoever is in the team and never had a task waits for the first one and
 * is not idle before the pilot has ended.
 */
export function withIdleSeats(before: PilotState, after: PilotState, at: string): PilotState {
  const { pilot, tasks } = after;
  const sameWork = tasks === before.tasks && pilot.team === before.pilot.team;
  if (sameWork && isEnded(pilot) === isEnded(before.pilot)) return after;
  const known = pilot.idleSeats ?? {};
  const all = Object.values(tasks);
  const idle = pilot.team
    .filter(({ role }) => role === "expert" || role === "living_lab")
    .filter((member) => !all.some((task) => isUnfinished(task) && isFor(task, member)))
    .filter(({ personId }) => isEnded(pilot) || all.some((task) => isOf(task, personId)))
    .map(seatKey);
  const isSame = idle.length === Object.keys(known).length && idle.every((seat) => Object.hasOwn(known, seat));
  if (isSame) return after;
  const { idleSeats: _, ...rest } = pilot;
  const idleSeats = Object.fromEntries(idle.map((seat) => [seat, known[seat] ?? at]));
  return { ...after, pilot: idle.length === 0 ? rest : { ...rest, idleSeats } };
}

const isOf = ({ assigneeId, ownerId }: Task, personId: string): boolean =>
  assigneeId === personId || ownerId === personId;

const isFor = (task: Task, { personId, role }: TeamMember): boolean =>
  isOf(task, personId) || (task.assigneeId === undefined && task.candidateRole === role);
