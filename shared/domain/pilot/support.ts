/** What is given and said along the way: hours of support, which count as aid, and comments. */
import { localDateOf } from "../calendar.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, withPilot } from "./decider.ts";
import { isEnded } from "./state.ts";

export const supportDecisions = {
  LogHours(state, { hours, on, activity }, context) {
    const { pilot } = state;
    assertMay(context.actor, "hours.log", pilot);
    if (isEnded(pilot))
      throw new Refusal("NotInThisState", "The pilot has ended and its aid record is final.", { status: pilot.status });
    if (!(hours > 0 && hours <= 24))
      throw new Refusal("RuleBroken", "Give more than 0 and at most 24 hours for one day.", { pointer: "/hours" });
    if (on > localDateOf(context.now, context.programme.country))
      throw new Refusal("RuleBroken", "Hours can be logged once the day has come.", { pointer: "/on" });
    if (on < localDateOf(pilot.appliedAt, context.programme.country))
      throw new Refusal("RuleBroken", "Hours before the application do not count for this pilot.", { pointer: "/on" });
    if (activity.trim() === "")
      throw new Refusal("RuleBroken", "Say what the hours were for.", { pointer: "/activity" });
    const aidCents = Math.round(hours * context.programme.hourlyRateCents);
    return { type: "HoursLogged", ...decided(context), data: { hours, on, activity, aidCents } };
  },

  AddComment(state, { text, internal, deliverableId }, context) {
    assertMay(context.actor, internal ? "comment.internal" : "comment.write", state.pilot);
    if (text.trim() === "") throw new Refusal("RuleBroken", "Write something first.", { pointer: "/text" });
    if (deliverableId !== undefined && state.deliverables[deliverableId] === undefined)
      throw new Refusal("NotFound", "There is no such deliverable in this pilot.");
    return {
      type: "CommentAdded",
      ...decided(context),
      data: { text, internal, ...(deliverableId === undefined ? {} : { deliverableId }) },
    };
  },
} satisfies Decisions<"LogHours" | "AddComment">;

export const supportEvolutions = {
  HoursLogged: (state, { data }) =>
    withPilot(state, {
      supportHours: state.pilot.supportHours + data.hours,
      aidCents: state.pilot.aidCents + data.aidCents,
    }),
  /** Comments are read from the events. */
  CommentAdded: (state) => state,
} satisfies Evolutions<"HoursLogged" | "CommentAdded">;
