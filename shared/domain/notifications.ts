/** What people want to be written to about, and how soon. */
import { Refusal } from "./refusal.ts";

export const topics = ["tasks", "reminders", "escalations", "results", "news"] as const;
export type Topic = (typeof topics)[number];

export const deliveries = ["at_once", "digest", "none"] as const;
export type Delivery = (typeof deliveries)[number];

/** A topic that is not named is delivered as usual: urgent things at once, the rest in the morning. */
export type NotificationSettings = Readonly<Partial<Record<Topic, Delivery>>>;

const topicOf = {
  // There is something to do
  application_to_decide: "tasks",
  deliverables_to_make: "tasks",
  to_review: "tasks",
  rework: "tasks",
  skip_to_decide: "tasks",
  extension_to_decide: "tasks",
  task_for_you: "tasks",
  task_failed: "tasks",
  gate_to_score: "tasks",
  gate_to_decide: "tasks",
  objection_to_answer: "tasks",
  trial_to_end: "tasks",
  handed_over_to_you: "tasks",
  tasks_returned: "tasks",
  mentioned: "tasks",
  question_for_you: "tasks",
  hours_to_confirm: "tasks",
  hours_disputed: "tasks",
  // It is time
  still_on_track: "reminders",
  due_soon: "reminders",
  hold_ends: "reminders",
  // It is late
  overdue: "escalations",
  escalated: "escalations",
  at_risk: "escalations",
  hold_proposed: "escalations",
  review_late: "escalations",
  // What became of it
  application_received: "results",
  application_rejected: "results",
  admitted: "results",
  joined_team: "results",
  accepted: "results",
  gate_decided: "results",
  held: "results",
  resumed: "results",
  stopped: "results",
  withdrawn: "results",
  withdrawal_confirmed: "results",
  new_advisor: "results",
  dates_moved: "results",
  question_answered: "results",
  hours_settled: "results",
  news: "news",
} as const satisfies Record<string, Topic>;

/** What a message is about; its wording in each language is in `shared/language/`. */
export type MessageKind = keyof typeof topicOf;

/** How a message reaches somebody. Whoever answers for late work hears of it, in the morning at the latest. */
export function deliveryOf(settings: NotificationSettings, kind: MessageKind, urgent: boolean): Delivery {
  const topic = topicOf[kind];
  const chosen = settings[topic];
  if (topic === "escalations" && chosen === "none") return "digest";
  return chosen ?? (urgent ? "at_once" : "digest");
}

/** Throws `Refusal` RuleBroken for a wish to be told nothing of late work. */
export function assertKeepsEscalations(settings: NotificationSettings): void {
  if (settings.escalations !== "none") return;
  throw new Refusal("RuleBroken", "escalations_come", { pointer: "/notifications/escalations" });
}
