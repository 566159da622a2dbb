/**
 * What is given and said along the way: hours of support, which count as aid, and comments.
 *
 * Hours are logged by who gave them and confirmed by the company: a record signed by both sides. What the company
 * disputes counts on until a coordinator has decided, so that the aid is never taken for less than it may be.
 */
import { isDate, localDateOf } from "../calendar.ts";
import { deMinimisRoomEur } from "../forms/cross-field-rules.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, withPilot, withSupportRecord, withTask } from "./decider.ts";
import { isUnfinished } from "./due-dates.ts";
import { objectionTaskId } from "./endings.ts";
import { assertSaid } from "./preconditions.ts";
import { isEnded, type LoggedHours, type PilotState, type SupportRecord } from "./state.ts";
import { finished } from "./task-states.ts";

export const supportDecisions = {
  LogHours(state, { hours, on, activity }, context) {
    const { pilot } = state;
    assertMay(context.actor, "hours.log", pilot);
    if (isEnded(pilot)) throw new Refusal("NotInThisState", "aid_record_final", { status: pilot.status });
    if (!(hours > 0 && hours <= 24))
      throw new Refusal("RuleBroken", { key: "hours_of_a_day", most: 24 }, { pointer: "/hours" });
    if (!isDate(on)) throw new Refusal("RuleBroken", "choose_day", { pointer: "/on" });
    if (on > localDateOf(context.now, context.programme.country))
      throw new Refusal("RuleBroken", "day_to_come", { pointer: "/on" });
    if (on < localDateOf(pilot.appliedAt, context.programme.country))
      throw new Refusal("RuleBroken", "before_application", { pointer: "/on" });
    assertSaid(activity, "/activity", "say_activity");
    const aidCents = Math.round(hours * context.programme.hourlyRateCents);
    assertAidRoom(pilot.aidCents + aidCents, on, context);
    return { type: "HoursLogged", ...decided(context), data: { hours, on, activity, aidCents } };
  },

  /** Also after the end: the aid record then takes no more hours, but what is in it waits for its signature. */
  ConfirmHours(state, { entries }, context) {
    assertMay(context.actor, "hours.confirm", state.pilot);
    const open = entries.filter(({ id }) => state.supportRecords[id]?.status !== "confirmed");
    for (const { id } of open) assertNotSettled(state, id);
    if (open.length === 0) return undefined;
    return { type: "HoursConfirmed", ...decided(context), data: { entries: open } };
  },

  DisputeHours(state, { entry, reason }, context) {
    assertMay(context.actor, "hours.confirm", state.pilot);
    assertSaid(reason, "/reason", "say_what_is_wrong");
    assertNotSettled(state, entry.id);
    const before = state.supportRecords[entry.id];
    if (before?.status === "confirmed") {
      throw new Refusal("NotInThisState", "hours_confirmed", { status: before.status });
    }
    if (before?.status === "disputed" && before.answered.reason === reason) return undefined;
    return { type: "HoursDisputed", ...decided(context, reason), data: { entry } };
  },

  SettleHours(state, { entry, counts, reason }, context) {
    assertMay(context.actor, "hours.settle", state.pilot);
    assertSaid(reason, "/reason", "say_why_hours_count");
    assertNotSettled(state, entry.id);
    const { status = "logged" } = state.supportRecords[entry.id] ?? {};
    if (status !== "disputed") {
      throw new Refusal("NotInThisState", "hours_not_disputed", { status });
    }
    return { type: "HoursSettled", ...decided(context, reason), data: { entry, counts } };
  },

  AddComment(state, { text, internal, deliverableId, mentions = [] }, context) {
    assertMay(context.actor, internal ? "comment.internal" : "comment.write", state.pilot);
    assertSaid(text, "/text", "say_something");
    if (deliverableId !== undefined && !Object.hasOwn(state.deliverables, deliverableId))
      throw new Refusal("NotFound", "no_such_deliverable");
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
} satisfies Decisions<"LogHours" | "ConfirmHours" | "DisputeHours" | "SettleHours" | "AddComment">;

function assertNotSettled(state: PilotState, id: string): void {
  const record = state.supportRecords[id];
  if (record?.settled === undefined) return;
  throw new Refusal("NotInThisState", "hours_decided", { status: record.status });
}

/**
 * Throws `Refusal` RuleBroken when the aid would be more than the company could still receive on that day: a unit of aid
 * above the ceiling makes the whole of it unlawful. More than planned is the coordinator's to judge, and is only shown.
 */
function assertAidRoom(aidCents: number, on: string, { accepted, aidElsewhere, programme }: Context): void {
  const application = accepted["IN-1"];
  if (application === undefined) return;
  const aidRoomEur = deMinimisRoomEur(application, aidElsewhere, on, programme.deMinimisCeilingEur);
  if (aidCents <= aidRoomEur * 100) return;
  throw new Refusal(
    "RuleBroken",
    { key: "aid_above_room", aidEur: aidCents / 100, roomEur: aidRoomEur },
    { pointer: "/hours", aidRoomEur },
  );
}

export const supportEvolutions = {
  HoursLogged: (state, { data }) =>
    withPilot(state, {
      supportHours: state.pilot.supportHours + data.hours,
      aidCents: state.pilot.aidCents + data.aidCents,
    }),
  HoursConfirmed: (state, { at, actor, data }) =>
    data.entries.reduce(
      (after, entry) => withSupportRecord(after, answered(after, entry, "confirmed", at, actor)),
      state,
    ),
  HoursDisputed(state, { at, actor, data, reason = "" }) {
    const { answered: answer, ...record } = answered(state, data.entry, "disputed", at, actor);
    return withSupportRecord(state, { ...record, answered: { ...answer, reason } });
  },
  HoursSettled(state, { at, actor, data: { entry, counts }, reason = "" }) {
    const record = state.supportRecords[entry.id];
    if (record === undefined) return state;
    const settled = withSupportRecord(state, {
      ...record,
      status: counts ? "upheld" : "struck",
      settled: { personId: actor.personId, at, reason },
    });
    if (counts) return settled;
    const { supportHours, aidCents } = state.pilot;
    return withPilot(settled, { supportHours: supportHours - entry.hours, aidCents: aidCents - entry.aidCents });
  },
  /** Comments are read from the events; what a coordinator says to an objection is the answer to it. */
  CommentAdded(state, { at, actor, data }) {
    const objection = state.tasks[objectionTaskId];
    if (objection === undefined || !isUnfinished(objection) || actor.role !== "coordinator" || data.internal)
      return state;
    return withTask(state, { ...finished(objection, "completed", at), assigneeId: actor.personId });
  },
} satisfies Evolutions<"HoursLogged" | "HoursConfirmed" | "HoursDisputed" | "HoursSettled" | "CommentAdded">;

const answered = (
  state: PilotState,
  entry: LoggedHours,
  status: "confirmed" | "disputed",
  at: string,
  { personId }: { readonly personId: string },
): SupportRecord => ({
  ...entry,
  version: state.supportRecords[entry.id]?.version ?? 0,
  status,
  answered: { personId, at },
});
