/** Events of the pilot of `around-a-pilot` that people are told of, at once or in the digest of the next morning. */
import type { EventOf } from "../../shared/domain/pilot/events.ts";

export const nextMorning = "2027-03-11T09:00:00.000Z";

export const escalation = (
  step: EventOf<"ReminderFired">["data"]["step"],
  to: EventOf<"ReminderFired">["data"]["to"],
) =>
  ({
    type: "ReminderFired",
    data: {
      taskId: "FS-3.produce.1",
      step,
      dueAt: "2027-03-10T22:59:00.000Z",
      to,
      kind: step === "due" ? "overdue" : "escalation",
    },
  }) as const;

const field = { pointer: "/cashFlow/0", text: "Which source?" };

export const rework = {
  type: "DeliverableReviewed",
  actor: { personId: "advisor", role: "advisor" },
  data: {
    deliverableId: "FS-5",
    revision: 1,
    outcome: "rework",
    points: {},
    criterionComments: {},
    weightedPercent: 48,
    fieldComments: [field],
    rework: { dueAt: "2027-03-24T21:59:00.000Z", reminders: [] },
    rescheduled: [],
  },
} as const;

export const comment = (internal: boolean) =>
  ({
    type: "CommentAdded",
    actor: { personId: "advisor", role: "advisor" },
    data: { text: "Margins look thin.", internal, deliverableId: "FS-5" },
  }) as const;
