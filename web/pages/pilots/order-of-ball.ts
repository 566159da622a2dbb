/** The order in which those who take part look through their pilots. */
import type { PilotView } from "../../../shared/contracts/views.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import type { Me } from "../../portal.ts";
import { plays } from "../tasks/use-task-work.ts";

type WithBall = Pick<PilotView, "title" | "status" | "ball">;

/** What is under way first, of that where the reader has the ball, then by when the next step is due, then by title. */
export function inOrderOfBall<Pilot extends WithBall>(
  pilots: readonly Pilot[],
  me: Pick<Me, "seatId" | "acting">,
  inOrder: (a: string, b: string) => number,
): Pilot[] {
  return pilots.toSorted(
    (a, b) =>
      Number(isEnded(a)) - Number(isEnded(b)) ||
      Number(isReaders(b)) - Number(isReaders(a)) ||
      dueAtOf(a).localeCompare(dueAtOf(b)) ||
      inOrder(a.title, b.title),
  );

  /** Theirs, or nobody's yet and theirs to take. */
  function isReaders({ ball }: WithBall): boolean {
    if (ball === undefined) return false;
    return ball.person === undefined ? plays(me.acting.role, ball.role) : ball.person.id === me.seatId;
  }
}

/** What has no due date comes last. */
const dueAtOf = ({ ball }: WithBall): string => ball?.dueAt ?? "9999";
