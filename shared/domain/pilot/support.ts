/** What is given and said along the way: hours of support, which count as aid, and comments. */
import { isDate, localDateOf } from "../calendar.ts";
import { deMinimisRoomEur } from "../forms/cross-field-rules.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, withPilot, withTask } from "./decider.ts";
import { isUnfinished } from "./due-dates.ts";
import { objectionTaskId } from "./endings.ts";
import { assertSaid } from "./preconditions.ts";
import { isEnded } from "./state.ts";
import { finished } from "./task-states.ts";

export const supportDecisions = {
  LogHours(state, { hours, on, activity }, context) {
    const { pilot } = state;
    assertMay(context.actor, "hours.log", pilot);
    if (isEnded(pilot))
      throw new Refusal("NotInThisState", "The pilot has ended and its aid record is final.", { status: pilot.status });
    if (!(hours > 0 && hours <= 24))
      throw new Refusal("RuleBroken", "Give more than 0 and at most 24 hours for one day.", { pointer: "/hours" });
    if (!isDate(on)) throw new Refusal("RuleBroken", "Say on which day.", { pointer: "/on" });
    if (on > localDateOf(context.now, context.programme.country))
      throw new Refusal("RuleBroken", "Hours can be logged once the day has come.", { pointer: "/on" });
    if (on < localDateOf(pilot.appliedAt, context.programme.country))
      throw new Refusal("RuleBroken", "Hours before the application do not count for this pilot.", { pointer: "/on" });
    assertSaid(activity, "/activity", "Say what the hours were for.");
    const aidCents = Math.round(hours * context.programme.hourlyRateCents);
    assertAidRoom(pilot.aidCents + aidCents, on, context);
    return { type: "HoursLogged", ...decided(context), data: { hours, on, activity, aidCents } };
  },

  AddComment(state, { text, internal, deliverableId, mentions = [] }, context) {
    assertMay(context.actor, internal ? "comment.internal" : "comment.write", state.pilot);
    assertSaid(text, "/text", "Write something first.");
    if (deliverableId !== undefined && !Object.hasOwn(state.deliverables, deliverableId))
      throw new Refusal("NotFound", "There is no such deliverable in this pilot.");
    return {
      type: "CommentAdded",
      ...decided(context),
      data: {
        text,
        internal,
        ...(deliverableId === undefined ? {} : { deliverableId }),
        ...(mentions.length === 0 ? {} : { mentions }),
      },
    };
  },
} satisfies Decisions<"LogHours" | "AddComment">;

/**
 * Throws `Refusal` RuleBroken when the aid would be more than the company could still receive on that day: a unit of aid
 * above the ceiling makes the whole of it unlawful. More than planned is the coordinator's to judge, and is only shown.
 */
function assertAidRoom(aidCents: number, on: string, { accepted, programme }: Context): void {
  const application = accepted["IN-1"];
  if (application === undefined) return;
  const aidRoomEur = deMinimisRoomEur(application, on, programme.deMinimisCeilingEur);
  if (aidCents <= aidRoomEur * 100) return;
  throw new Refusal(
    "RuleBroken",
    `With these hours the pilot's aid would be EUR ${aidCents / 100}; the company may receive EUR ${aidRoomEur}. Nothing was logged: speak to the coordinator before more support is given.`,
    { pointer: "/hours", aidRoomEur },
  );
}

export const supportEvolutions = {
  HoursLogged: (state, { data }) =>
    withPilot(state, {
      supportHours: state.pilot.supportHours + data.hours,
      aidCents: state.pilot.aidCents + data.aidCents,
    }),
  /** Comments are read from the events; what a coordinator says to an objection is the answer to it. */
  CommentAdded(state, { at, actor, data }) {
    const objection = state.tasks[objectionTaskId];
    if (objection === undefined || !isUnfinished(objection) || actor.role !== "coordinator" || data.internal)
      return state;
    return withTask(state, { ...finished(objection, "completed", at), assigneeId: actor.personId });
  },
} satisfies Evolutions<"HoursLogged" | "CommentAdded">;
