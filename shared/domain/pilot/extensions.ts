/** More time for a deliverable: asked for by its performer, given by advisor or coordinator. */
import { dueAt, isDate } from "../calendar.ts";
import { dueDayOf } from "../due-day.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { type Decisions, decided, type Evolutions, recordIn, withDeliverable } from "./decider.ts";
import { unfinishedTaskOf } from "./deliverable-tasks.ts";
import { assertDeliverableIs, deliverableFor, performersDeliverable } from "./deliverables.ts";
import { openDependencies } from "./dependencies.ts";
import { countryOf, remindersLeft, reschedule } from "./due-dates.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import { type Deliverable, workable } from "./state.ts";

export const longestExtensionDays = 365;

const advisorsExtensionDays = 14;

export const extensionDecisions = {
  /** `days` are calendar days after the date it has now. `dependency`: it waits for others that are not accepted yet. */
  ExtendDueDate(state, { deliverableId, days, reason, kind }, context) {
    const { actor, programme, now } = context;
    assertMay(actor, "dueDate.extend", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    assertDeliverableIs(deliverable, workable, "set_due_date");
    assertSaid(reason, "/reason", "say_why_extended");
    assertDays(days, longestExtensionDays, "/days");
    if (actor.role === "advisor") assertWithinAdvisorsRight(deliverable, days, kind);
    const waitsFor = kind === "dependency" ? openDependencies(state, definition, context) : [];
    if (kind === "dependency" && waitsFor.length === 0) {
      throw new Refusal("RuleBroken", "waits_for_none", { pointer: "/kind" });
    }
    const task = unfinishedTaskOf(state, deliverableId, "produce");
    if (task === undefined) throw new Error(`${deliverableId} is open without a task.`);
    const country = countryOf(task.candidateRole, state.pilot, programme);
    const to = dueAt(deliverable.dueAt, days, country, programme.extraHolidays);
    if (to <= now) {
      throw new Refusal("RuleBroken", "due_date_past", { pointer: "/days" });
    }
    const reminders = remindersLeft(context, { ...task, dueAt: to }, task.createdAt, country);
    return {
      type: "DueDateExtended",
      ...decided(context, reason),
      data: {
        deliverableId,
        from: deliverable.dueAt,
        kind,
        dueAt: to,
        reminders,
        ...(kind === "dependency" ? { waitsFor } : {}),
      },
    };
  },

  RequestExtension(state, { deliverableId, until, reason }, context) {
    assertMay(context.actor, "dueDate.ask", state.pilot);
    const { deliverable } = performersDeliverable(state, deliverableId, "more_time_asked_by", context);
    assertDeliverableIs(deliverable, workable, "set_due_date");
    assertSaid(reason, "/reason", "say_why_more_time");
    if (!isDate(until) || until <= dueDayOf(deliverable.dueAt)) {
      throw new Refusal("RuleBroken", "choose_day_after_due", { pointer: "/until" });
    }
    const { extensionRequest: asked } = deliverable;
    if (asked?.until === until && asked.reason === reason && asked.personId === context.actor.personId)
      return undefined;
    return { type: "ExtensionRequested", ...decided(context, reason), data: { deliverableId, until } };
  },
} satisfies Decisions<"ExtendDueDate" | "RequestExtension">;

export const extensionEvolutions = {
  DueDateExtended(state, { data, at, actor, reason = "" }) {
    const { extensionRequest: _answered, ...deliverable } = recordIn(state.deliverables, data.deliverableId);
    const answered = withDeliverable(state, deliverable);
    const { kind, waitsFor } = data;
    const waited = waitsFor === undefined ? {} : { waitsFor };
    return reschedule(answered, data, { reason, personId: actor.personId, at, kind, ...waited });
  },

  /** The answer is an extension, or a comment why the date stays. */
  ExtensionRequested(state, { data, at, actor, reason = "" }) {
    const deliverable = recordIn(state.deliverables, data.deliverableId);
    const extensionRequest = { until: data.until, reason, personId: actor.personId, at };
    return withDeliverable(state, { ...deliverable, extensionRequest });
  },
} satisfies Evolutions<"DueDateExtended" | "ExtensionRequested">;

export function assertDays(days: number, most: number, pointer: string): void {
  if (Number.isInteger(days) && days >= 1 && days <= most) return;
  throw new Refusal("RuleBroken", { key: "choose_days", most }, { pointer });
}

/** Source: domain.md section 8, "once ≤ 14 d". */
function assertWithinAdvisorsRight(deliverable: Deliverable, days: number, kind: "extension" | "dependency"): void {
  const isFirst = !deliverable.dueDateChanges.some((change) => change.kind === "extension");
  if (kind === "extension" && isFirst && days <= advisorsExtensionDays) return;
  throw new Refusal("NotAllowed", { key: "advisor_extends_once", days: advisorsExtensionDays }, { role: "advisor" });
}
