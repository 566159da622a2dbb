/** A gate's decision to rework: which deliverables open again, with those that rest on them, and until when. */
import type { ProcessDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { recordIn, withDeliverable, withTask } from "./decider.ts";
import { produceTasksOf, renewedProduceTask } from "./deliverable-tasks.ts";
import { countryOf, scheduleIn } from "./due-dates.ts";
import type { EventOf } from "./events.ts";
import { assertSaid } from "./preconditions.ts";
import { runOf, stageOf } from "./stages.ts";
import type { Deliverable, Gate, PilotState } from "./state.ts";

/** From this many reworks of one gate on, the programme must agree to another. */
export const reworksWithoutApproval = 2;

export const reworksOf = (gate: Gate): number => gate.decisions.filter(({ decision }) => decision === "rework").length;

/** Deliverables that a rework of the named ones reopens: these, and in turn the accepted ones that rest on them. */
export function reworkedWith(
  state: PilotState,
  runId: string,
  process: ProcessDefinition,
  named: readonly string[],
): ReadonlySet<string> {
  const reworked = new Set(named);
  const { deliverables } = stageOf(process, runOf(state, runId).stageId);
  // A deliverable may stand before what it rests on, so go round until nothing is added.
  for (let size = -1; size !== reworked.size; ) {
    size = reworked.size;
    for (const { id, dependsOn } of deliverables) {
      if (state.deliverables[id]?.status === "accepted" && dependsOn.some((each) => reworked.has(each)))
        reworked.add(id);
    }
  }
  return reworked;
}

/** The named deliverables, and in turn those that rest on them: each has its days from when what it rests on is due. */
export function reworkOf(
  state: PilotState,
  gate: Gate,
  { deliverables = [], programmeApproval }: CommandOf<"DecideGate">,
  context: Context,
): EventOf<"GateDecided">["data"]["rework"] {
  if (deliverables.length === 0) throw new Refusal("RuleBroken", "choose_what_to_rework", { pointer: "/deliverables" });
  if (reworksOf(gate) >= reworksWithoutApproval)
    assertSaid(programmeApproval, "/programmeApproval", "say_programme_approval");
  const stage = stageOf(context.process, runOf(state, gate.runId).stageId);
  const daysOf = new Map<string, number>();
  for (const [index, { deliverableId, dueInDays = context.programme.reworkDays }] of deliverables.entries()) {
    const named = state.deliverables[deliverableId];
    if (named?.runId !== gate.runId || named.status !== "accepted")
      throw new Refusal("RuleBroken", "rework_of_accepted_only", {
        pointer: `/deliverables/${index}/deliverableId`,
      });
    if (!(Number.isInteger(dueInDays) && dueInDays > 0))
      throw new Refusal("RuleBroken", "whole_days_needed", {
        pointer: `/deliverables/${index}/dueInDays`,
      });
    daysOf.set(deliverableId, dueInDays);
  }
  for (const id of reworkedWith(state, gate.runId, context.process, [...daysOf.keys()])) {
    if (daysOf.has(id)) continue;
    const dependsOn = stage.deliverables.find((each) => each.id === id)?.dependsOn ?? [];
    const before = dependsOn.flatMap((each) => daysOf.get(each) ?? []);
    daysOf.set(id, Math.max(...before) + context.programme.reworkDays);
  }
  return [...daysOf].flatMap(([deliverableId, days]) => {
    const last = produceTasksOf(state, deliverableId).at(-1);
    if (last === undefined) return [];
    const { title, candidateRole } = last;
    const country = countryOf(candidateRole, state.pilot, context.programme);
    return [{ deliverableId, title, candidateRole, ...scheduleIn(context, days, country) }];
  });
}

export function withRework(state: PilotState, { at, actor, reason, data }: EventOf<"GateDecided">): PilotState {
  return data.rework.reduce((after, { title, candidateRole, ...dates }) => {
    const { acceptedAt: _acceptedAt, ...deliverable } = recordIn(after.deliverables, dates.deliverableId);
    const change = { from: deliverable.dueAt, to: dates.dueAt, reason: reason ?? "", personId: actor.personId, at };
    const reworked: Deliverable = {
      ...deliverable,
      status: "rework",
      dueAt: dates.dueAt,
      dueDateChanges: [...deliverable.dueDateChanges, { ...change, kind: "rework" }],
      openFields: [],
    };
    const task = renewedProduceTask(after, dates, at, { title, candidateRole });
    return withTask(withDeliverable(after, reworked), task);
  }, state);
}
