/** The pilot aggregate: every command and every event, each decided and applied in the file of its topic. */
import { assertConcerned } from "../permissions.ts";
import { inProgramme } from "../programme-timing.ts";
import { Refusal } from "../refusal.ts";
import { applicationDecisions, applicationEvolutions, beginPilot } from "./application.ts";
import type { CommandOf, PilotCommand } from "./commands.ts";
import type { Context } from "./context.ts";
import { deadlineDecisions, deadlineEvolutions } from "./deadlines.ts";
import type { Decisions, Evolutions } from "./decider.ts";
import { deliverableSkipDecisions, deliverableSkipEvolutions } from "./deliverable-skips.ts";
import { draftDecisions, draftEvolutions } from "./drafts.ts";
import { endingDecisions, endingEvolutions } from "./endings.ts";
import type { EventOf, PilotEvent, PilotEventType } from "./events.ts";
import { extensionDecisions, extensionEvolutions } from "./extensions.ts";
import { conditionDecisions, conditionEvolutions } from "./gate-conditions.ts";
import { gateDecisionDecisions, gateDecisionEvolutions } from "./gate-decisions.ts";
import { gateScoreDecisions, gateScoreEvolutions } from "./gate-scores.ts";
import { gateSkipDecisions, gateSkipEvolutions } from "./gate-skips.ts";
import { gateDecisions, gateEvolutions } from "./gates.ts";
import { handingOnDecisions, handingOnEvolutions } from "./handing-on.ts";
import { holdDecisions, holdEvolutions } from "./holds.ts";
import { withIdleSeats } from "./idle-seats.ts";
import { questionDecisions, questionEvolutions } from "./questions.ts";
import { reopeningDecisions, reopeningEvolutions } from "./reopening.ts";
import { reviewDecisions, reviewEvolutions } from "./reviews.ts";
import { stageDecisions, stageEvolutions } from "./stages.ts";
import type { PilotState, Versioned } from "./state.ts";
import { submissionDecisions, submissionEvolutions } from "./submissions.ts";
import { supportDecisions, supportEvolutions } from "./support.ts";
import { withClaimTimes } from "./task-states.ts";
import { taskDecisions, taskEvolutions } from "./tasks.ts";
import { teamDecisions, teamEvolutions } from "./team.ts";

type OnExistingPilot = Exclude<PilotCommand["type"], "StartApplication">;

const decisions: Decisions<OnExistingPilot> = {
  ...applicationDecisions,
  ...draftDecisions,
  ...submissionDecisions,
  ...deliverableSkipDecisions,
  ...reopeningDecisions,
  ...extensionDecisions,
  ...reviewDecisions,
  ...taskDecisions,
  ...handingOnDecisions,
  ...stageDecisions,
  ...gateDecisions,
  ...gateScoreDecisions,
  ...gateDecisionDecisions,
  ...gateSkipDecisions,
  ...conditionDecisions,
  ...holdDecisions,
  ...endingDecisions,
  ...teamDecisions,
  ...supportDecisions,
  ...questionDecisions,
  ...deadlineDecisions,
};

const evolutions: Evolutions<Exclude<PilotEventType, "ApplicationStarted">> = {
  ...applicationEvolutions,
  ...draftEvolutions,
  ...submissionEvolutions,
  ...deliverableSkipEvolutions,
  ...reopeningEvolutions,
  ...extensionEvolutions,
  ...reviewEvolutions,
  ...taskEvolutions,
  ...handingOnEvolutions,
  ...stageEvolutions,
  ...gateEvolutions,
  ...gateScoreEvolutions,
  ...gateDecisionEvolutions,
  ...gateSkipEvolutions,
  ...conditionEvolutions,
  ...holdEvolutions,
  ...endingEvolutions,
  ...teamEvolutions,
  ...supportEvolutions,
  ...questionEvolutions,
  ...deadlineEvolutions,
};

/**
 * The one event that follows from a command, or `undefined` when there is nothing to change.
 * Throws `Refusal`. `state` is undefined before the application starts.
 */
export function decide(state: PilotState | undefined, command: PilotCommand, given: Context): PilotEvent | undefined {
  const { programme } = given;
  const context: Context = {
    ...given,
    process: inProgramme(given.process, programme),
    newestProcess: inProgramme(given.newestProcess, programme),
  };
  if (command.type === "StartApplication") return beginPilot.decide(state, command, context);
  if (state === undefined) throw new Refusal("NotFound", "no_such_pilot");
  assertConcerned(context.actor, state.pilot);
  return decideOn(command.type, state, command, context);
}

const decideOn = <Type extends OnExistingPilot>(
  type: Type,
  state: PilotState,
  command: CommandOf<Type>,
  context: Context,
): PilotEvent | undefined => decisions[type](state, command, context);

/** The state after an event; every record that changed is one version further. */
export function evolve(state: PilotState | undefined, event: PilotEvent): PilotState {
  if (event.type === "ApplicationStarted") return beginPilot.evolve(event);
  if (state === undefined) throw new Error(`${event.type} cannot be the first event of a pilot.`);
  const after = withIdleSeats(state, evolveOn(event.type, state, event), event.at);
  return {
    sequence: state.sequence + 1,
    pilot: counted(state.pilot, after.pilot),
    runs: countedAll(state.runs, after.runs),
    deliverables: countedAll(state.deliverables, after.deliverables),
    tasks: countedAll(state.tasks, withClaimTimes(state.tasks, after.tasks, event.at)),
    gates: countedAll(state.gates, after.gates),
    supportRecords: countedAll(state.supportRecords, after.supportRecords),
  };
}

const evolveOn = <Type extends Exclude<PilotEventType, "ApplicationStarted">>(
  type: Type,
  state: PilotState,
  event: EventOf<Type>,
): PilotState => evolutions[type](state, event);

const counted = <Entity extends Versioned>(before: Entity | undefined, after: Entity): Entity =>
  before === after ? after : { ...after, version: (before?.version ?? 0) + 1 };

function countedAll<Entity extends Versioned>(
  before: Readonly<Record<string, Entity>>,
  after: Readonly<Record<string, Entity>>,
): Readonly<Record<string, Entity>> {
  if (before === after) return after;
  return Object.fromEntries(Object.entries(after).map(([id, entity]) => [id, counted(before[id], entity)]));
}
