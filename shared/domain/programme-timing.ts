/**
 * How much time a programme gives: days of its own for stages, deliverables and reminders, in place of the process version's.
 *
 * A stage run pins the version for what is asked and judged; a date is fixed when its work opens or is rescheduled, from the
 * days the programme has set by then. So a change counts from now on and moves nothing that stands already.
 */
import type { ProgrammeParameters } from "./pilot/context.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type ProcessDefinition,
  type ReminderStep,
  type StageDefinition,
} from "./process.ts";
import { Refusal } from "./refusal.ts";
import type { Reason } from "./refusal-reasons.ts";

/** Steps whose day can be set; half-way and the due date itself follow from the date. */
export const movableSteps = ["soon", "near", "esc1", "esc2", "esc3", "review"] as const;
export type MovableStepId = (typeof movableSteps)[number];

/** What of a programme's parameters is about time; what is not named has the version's own days. */
export type ProgrammeTiming = Pick<ProgrammeParameters, "stageDays" | "dueInDays" | "reminderDays">;

/** The version as it runs in a programme. The same object where the programme sets nothing of its own. */
export function inProgramme(process: ProcessDefinition, timing: ProgrammeTiming): ProcessDefinition {
  const isOwn = [timing.stageDays, timing.dueInDays, timing.reminderDays].some((days) => Object.keys(days).length > 0);
  if (!isOwn) return process;
  const due = (definition: DeliverableDefinition) => dueIn(definition, timing);
  return {
    ...process,
    intake: due(process.intake),
    stages: process.stages.map((stage) => ({
      ...stage,
      durationDays: timing.stageDays[stage.id] ?? stage.durationDays,
      deliverables: stage.deliverables.map(due),
    })),
    followUp: due(process.followUp),
    reminders: process.reminders.map((step) => movedStep(step, timing)),
  };
}

/** Throws `Refusal` RuleBroken, with the pointer of the value, when the days contradict each other or the process. */
export function assertTiming(process: ProcessDefinition, timing: ProgrammeTiming): void {
  for (const id of Object.keys(timing.dueInDays)) {
    if (deliverableOf(process, id) === undefined)
      refuse({ key: "no_deliverable_in_process", deliverableId: id }, `/dueInDays/${id}`);
  }
  const timed = inProgramme(process, timing);
  for (const stage of timed.stages) assertStage(stage, timing);
  assertLadder(timed.reminders, timing);
}

function assertStage({ id, name, durationDays, deliverables }: StageDefinition, timing: ProgrammeTiming): void {
  for (const { id: deliverableId, dueInDays, dependsOn } of deliverables) {
    // Whichever of the two the programme has set is the one to correct.
    const pointer = Object.hasOwn(timing.dueInDays, deliverableId) ? `/dueInDays/${deliverableId}` : undefined;
    if (dueInDays > durationDays) {
      refuse(
        { key: "due_after_stage", deliverableId, day: dueInDays, days: durationDays, stage: name },
        pointer ?? `/stageDays/${id}`,
      );
    }
    for (const before of deliverables) {
      if (!dependsOn.includes(before.id) || before.dueInDays <= dueInDays) continue;
      refuse(
        {
          key: "due_before_what_it_rests_on",
          deliverableId,
          before: before.id,
          day: dueInDays,
          dayBefore: before.dueInDays,
        },
        pointer ?? `/dueInDays/${before.id}`,
      );
    }
  }
}

/** The steps keep their order: each later one comes on a later day, those before the date before it. */
function assertLadder(steps: readonly ReminderStep[], timing: ProgrammeTiming): void {
  const days = steps.flatMap(({ id, at }) => (at.kind === "due" ? [{ id, days: at.offsetDays }] : []));
  for (const [index, step] of days.entries()) {
    const before = days[index - 1];
    if (before === undefined || before.days < step.days) continue;
    const isOwn = Object.hasOwn(timing.reminderDays, step.id);
    refuse("reminders_out_of_order", `/reminderDays/${isOwn ? step.id : before.id}`);
  }
  const review = steps.find(({ at }) => at.kind === "submission");
  if (review?.at.kind === "submission" && review.at.offsetWorkingDays < 1)
    refuse("review_needs_a_day", `/reminderDays/${review.id}`);
}

const dueIn = (definition: DeliverableDefinition, { dueInDays }: ProgrammeTiming): DeliverableDefinition => {
  const days = Object.hasOwn(dueInDays, definition.id) ? dueInDays[definition.id] : undefined;
  return days === undefined ? definition : { ...definition, dueInDays: days };
};

/** A reminder that short deliverables skip goes on being skipped by those it would reach too early. */
function movedStep(step: ReminderStep, { reminderDays }: ProgrammeTiming): ReminderStep {
  const movable = movableSteps.find((id) => id === step.id);
  const days = movable === undefined ? undefined : reminderDays[movable];
  if (days === undefined) return step;
  if (step.at.kind === "submission") return { ...step, at: { ...step.at, offsetWorkingDays: days } };
  if (step.at.kind !== "due") return step;
  const { skippedBelowDays, at } = step;
  return {
    ...step,
    at: { ...at, offsetDays: days },
    ...(skippedBelowDays === undefined
      ? {}
      : { skippedBelowDays: Math.max(1, skippedBelowDays + at.offsetDays - days) }),
  };
}

function refuse(reason: Reason, pointer: string): never {
  throw new Refusal("RuleBroken", reason, { pointer });
}
