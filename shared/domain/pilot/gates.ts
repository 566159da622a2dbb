/**
 * Gates: scored independently, decided by the coordinator on the newest revisions only.
 *
 * A gate opens once for each round; when work on a deliverable begins anew, the round is over and the next one opens
 * after the work is accepted. Past decisions stay on record.
 */
import { localDateOf } from "../calendar.ts";
import type { FormValues } from "../forms/form-schema.ts";
import { assertMay, assertSystem, playsRole } from "../permissions.ts";
import type { GateDecisionDefinition, GateDecisionId, GateDefinition, ProcessDefinition } from "../process.ts";
import { Refusal } from "../refusal.ts";
import { gateScore } from "../scores.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import {
  type Decisions,
  decided,
  type Evolutions,
  mapValues,
  withDeliverable,
  withGate,
  withPilot,
  withRun,
  withTask,
} from "./decider.ts";
import { countryOf, daysBetween, deciderSchedule, isUnfinished, scheduleIn, withRisk } from "./due-dates.ts";
import { ended } from "./endings.ts";
import type { EventOf } from "./events.ts";
import { held, holdReminders } from "./holds.ts";
import { runOf, stageOf } from "./stages.ts";
import {
  type Deliverable,
  type Gate,
  type GateDecision,
  type GateScore,
  isSettled,
  type PilotState,
  type StageRunStatus,
  type Task,
} from "./state.ts";
import {
  assertSaid,
  assertWorkable,
  finished,
  isDate,
  newTask,
  produceTasksOf,
  recordIn,
  renewedProduceTask,
} from "./tasks.ts";

/** From this many reworks of one gate on, the programme must agree to another. */
const reworksWithoutApproval = 2;
/** What a decider is expected to need; the process names no figure. */
const scoreHours = 2;
const decisionHours = 1;

const decisionIds = ["advance", "advance_with_conditions", "rework", "hold", "stop", "skip"] as const;

/** Decisions that let the pilot go on. */
const goingOn: ReadonlySet<GateDecisionId> = new Set(["advance", "advance_with_conditions", "skip"]);

/** What speaks against a decision, or what it needs beside. `code` and what it names are for saying it in other words. */
export interface Objection {
  readonly code:
    | "not_open"
    | "scores_missing"
    | "not_at_this_gate"
    | "condition_past_due"
    | "showstopper"
    | "trial_no_go"
    | "must_not_met"
    | "score_too_low"
    | "no_stage_follows"
    | "next_not_skippable"
    | "approval_needed";
  readonly message: string;
  /** The text of a condition, or the id of a criterion. */
  readonly about?: string;
  readonly score?: { readonly mean: number; readonly least: number };
}

interface OfferedDecision {
  readonly decision: GateDecisionId;
  readonly offered: boolean;
  readonly against: readonly Objection[];
  /** The same as sentences. */
  readonly why: readonly string[];
}

/** What the rules leave to decide at the run's gate as scored so far. Throws `Refusal` NotFound for an unknown run. */
export function offeredDecisions(
  state: PilotState,
  runId: string,
  context: Pick<Context, "now" | "process" | "accepted">,
): readonly OfferedDecision[] {
  const run = runOf(state, runId);
  const definition = stageOf(context.process, run.stageId).gate;
  const gate = state.gates[runId];
  const notNow = whyNotNow(run.status, gate);
  return decisionIds.map((decision) => {
    const against: readonly Objection[] = [
      ...notNow,
      ...(definition.decisions.includes(decision)
        ? []
        : [{ code: "not_at_this_gate", message: "This gate does not offer it." } as const]),
      ...(goingOn.has(decision) ? whyNotGoOn(state, definition, context) : []),
      ...(decision === "advance" ? whyScoresForbid(gate, definition, definition.thresholds.advance) : []),
      ...(decision === "advance_with_conditions"
        ? whyScoresForbid(gate, definition, definition.thresholds.advanceWithConditions)
        : []),
      ...(decision === "skip" ? whyNotSkip(run.stageId, context.process) : []),
    ];
    const needsApproval = decision === "rework" && gate !== undefined && reworksOf(gate) >= reworksWithoutApproval;
    const said: readonly Objection[] = needsApproval ? [...against, approvalNeeded] : against;
    return { decision, offered: against.length === 0, against: said, why: said.map(({ message }) => message) };
  });
}

const approvalNeeded: Objection = {
  code: "approval_needed",
  message: "Another rework of this gate needs the programme's approval.",
};

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

export const gateDecisions = {
  /** When all work of the run is settled. A repeat, or a call too early, changes nothing. */
  OpenGate(state, { runId }, context) {
    assertSystem(context.actor);
    const run = runOf(state, runId);
    if (run.status !== "active" || state.pilot.status !== "active") return undefined;
    if (!deliverablesOf(state, runId).every(isSettled)) return undefined;
    const { gate } = stageOf(context.process, run.stageId);
    const { dueAt: decideBy, reminders } = deciderSchedule(context, gate.decideWithinDays);
    const round = (state.gates[runId]?.round ?? 0) + 1;
    const { experts } = gate.decidedBy;
    return {
      type: "GateOpened",
      ...decided(context),
      data: { runId, gateId: gate.id, round, decideBy, reminders, experts, title: gate.name },
    };
  },

  ScoreGate(state, { runId, round, musts, points, comment }, context) {
    assertMay(context.actor, "gate.score", state.pilot);
    if (context.actor.forPersonId !== undefined) {
      throw new Refusal("NotAllowed", "A score is a person's own judgement. Nobody files one for somebody else.");
    }
    assertWorkable(state, runId);
    const gate = openGate(state, runId, round);
    const { gate: definition } = stageOf(context.process, runOf(state, runId).stageId);
    const role = context.actor.role === "expert" ? "expert" : "coordinator";
    const task = seatFor(state, gate, role, context.actor.personId);
    for (const { id, text } of definition.mustMeet) {
      if (musts[id] === undefined)
        throw new Refusal("RuleBroken", `Say whether this is met: ${text}.`, { pointer: `/musts/${id}` });
      assertSaid(musts[id].evidence, `/musts/${id}/evidence`, `Say what shows it: ${text}.`);
    }
    const filed: GateScore = {
      personId: context.actor.personId,
      role,
      at: context.now,
      musts: Object.fromEntries(definition.mustMeet.flatMap(({ id }) => (musts[id] ? [[id, musts[id]]] : []))),
      points,
      score: gateScore(definition, points),
      ...(comment === undefined ? {} : { comment }),
    };
    return { type: "GateScored", ...decided(context), data: { runId, taskId: task.id, score: filed } };
  },

  DecideGate(state, command, context) {
    const { runId, decision } = command;
    assertMay(context.actor, "gate.decide", state.pilot);
    const run = runOf(state, runId);
    const gate = state.gates[runId];
    if (gate !== undefined && isRepeat(gate, command, context.actor.personId)) return undefined;
    assertNewestRevisions(state, runId, command.basedOn);
    assertWorkable(state, runId);
    const open = openGate(state, runId, command.round);
    const definition = decisionDefinition(context.process, decision);
    const offer = offeredDecisions(state, runId, context).find((each) => each.decision === decision);
    if (offer?.offered !== true) {
      const why = offer?.why ?? [];
      throw new Refusal("DecisionNotOffered", `${definition.label} is not possible here. ${why.join(" ")}`, { why });
    }
    if (definition.needsReason && decision !== "skip")
      assertSaid(command.reason, "/reason", "Give the reason for the decision.");
    if (decision === "skip") return skipDecision(open, command, context, definition);
    const meanScore = meanOf(open.scores);
    return {
      type: "GateDecided",
      ...decided(context, command.reason),
      data: {
        runId: run.id,
        decision,
        by: [context.actor.personId],
        ...(meanScore === undefined ? {} : { meanScore }),
        basedOn: command.basedOn,
        rework: decision === "rework" ? reworkOf(state, open, command, context) : [],
        conditions: decision === "advance_with_conditions" ? conditionsOf(state, command, context) : [],
        ...(decision === "hold" ? holdOf(command, context) : {}),
      },
    };
  },

  DeclineGateSkip(state, { runId, round, reason }, context) {
    assertMay(context.actor, "gate.decide", state.pilot);
    assertWorkable(state, runId);
    const { skipProposal } = openGate(state, runId, round);
    if (skipProposal === undefined) return undefined;
    assertSaid(reason, "/reason", "Say why the stage is not skipped.");
    return {
      type: "GateSkipDeclined",
      ...decided(context, reason),
      data: { runId, proposerPersonId: skipProposal.personId },
    };
  },

  MeetCondition(state, { conditionId, evidence }, context) {
    const { pilot } = state;
    assertMay(context.actor, "task.work", pilot);
    const condition = pilot.conditions.find(({ id }) => id === conditionId);
    if (condition === undefined) throw new Refusal("NotFound", "There is no such condition in this pilot.");
    if (condition.metAt !== undefined) return undefined;
    // Conditions of the last gate are met after the pilot is completed.
    if (pilot.status !== "completed") assertWorkable(state, condition.runId);
    if (context.actor.role !== "coordinator" && !playsRole(context.actor, condition.ownerRole, pilot))
      throw new Refusal("NotAllowed", "This condition is for somebody else to meet.", { role: context.actor.role });
    assertSaid(evidence, "/evidence", "Say what shows that the condition is met.");
    return { type: "ConditionMet", ...decided(context), data: { conditionId, evidence } };
  },
} satisfies Decisions<"OpenGate" | "ScoreGate" | "DecideGate" | "DeclineGateSkip" | "MeetCondition">;

export const gateEvolutions = {
  GateOpened(state, { at, data }) {
    const { runId, gateId, round, decideBy, reminders, experts, title } = data;
    const gate: Gate = {
      runId,
      version: 1,
      gateId,
      round,
      status: "open",
      openedAt: at,
      decideBy,
      scores: [],
      scoresNeeded: { coordinator: 1, expert: experts },
      decisions: state.gates[runId]?.decisions ?? [],
    };
    const opened = withGate(withRun(state, { ...recordIn(state.runs, runId), status: "at_gate" }), gate);
    const common = { runId, createdAt: at, dueAt: decideBy, reminders };
    const coordinatorScore = newTask(state.pilot, {
      ...common,
      id: `${runId}.gate_score.${round}.coordinator`,
      kind: "gate_score",
      title: `Score: ${title}`,
      candidateRole: "coordinator",
      estimatedHours: scoreHours,
    });
    const expertScores = Array.from({ length: experts }, (_, seat): Task => {
      const task = newTask(state.pilot, {
        ...common,
        id: `${runId}.gate_score.${round}.expert-${seat + 1}`,
        kind: "gate_score",
        title: `Score: ${title}`,
        candidateRole: "expert",
        estimatedHours: scoreHours,
      });
      // Nobody scores twice: a single expert is given one seat only, the others wait for further experts.
      return seat === 0 ? task : unassigned(task);
    });
    const decision = newTask(state.pilot, {
      ...common,
      id: `${runId}.gate_decision.${round}`,
      kind: "gate_decision",
      title: `Decide: ${title}`,
      candidateRole: "coordinator",
      estimatedHours: decisionHours,
    });
    const tasks = [coordinatorScore, ...expertScores, { ...decision, status: "created" as const }];
    return tasks.reduce(withTask, opened);
  },

  GateScored(state, { at, data }) {
    const { runId, taskId, score } = data;
    const before = recordIn(state.gates, runId);
    const gate = { ...before, scores: [...before.scores, score] };
    const task = { ...finished(recordIn(state.tasks, taskId), "completed", at), assigneeId: score.personId };
    const scored = withTask(withGate(state, gate), task);
    const decision = scored.tasks[decisionTaskId(gate)];
    return isFullyScored(gate) && decision?.status === "created"
      ? withTask(scored, { ...decision, status: "ready" })
      : scored;
  },

  GateSkipProposed(state, { at, actor, data }) {
    const { runId, reasonId, text, evidence, basedOn } = data;
    const gate = recordIn(state.gates, runId);
    const task = recordIn(state.tasks, decisionTaskId(gate));
    const skipProposal = {
      personId: actor.personId,
      reason: reasonId,
      ...(text === undefined ? {} : { text }),
      evidence,
      basedOn,
      at,
    };
    // Another coordinator has to take it up.
    return withTask(withGate(state, { ...gate, skipProposal }), { ...unassigned(task), status: "ready" });
  },

  GateSkipDeclined(state, { data }) {
    const { skipProposal: _skipProposal, ...gate } = recordIn(state.gates, data.runId);
    return withGate(state, gate);
  },

  GateDecided(state, event) {
    const { runId, decision } = event.data;
    const recorded = withDecision(state, event);
    switch (decision) {
      case "advance":
      case "skip":
        return withRunStatus(recorded, runId, "passed");
      case "advance_with_conditions":
        return withConditions(withRunStatus(recorded, runId, "passed_with_conditions"), event);
      case "rework":
        return withRework(withRunStatus(recorded, runId, "active"), event);
      case "hold":
        return held(recorded, {
          at: event.at,
          reason: event.reason ?? "",
          resumeOn: event.data.resumeOn ?? "",
          remindAt: event.data.remindAt ?? [],
        });
      case "stop":
        return ended(recorded, "stopped", event.at, event.reason);
    }
  },

  ConditionMet(state, { at, actor, data }) {
    const { conditionId, evidence } = data;
    const conditions = state.pilot.conditions.map((condition) =>
      condition.id === conditionId ? { ...condition, metAt: at, evidence } : condition,
    );
    const met = withPilot(state, { conditions });
    const task = Object.values(state.tasks).find((each) => each.conditionId === conditionId);
    if (task === undefined || !isUnfinished(task)) return withRisk(met);
    return withRisk(withTask(met, { ...finished(task, "completed", at), assigneeId: actor.personId }));
  },
} satisfies Evolutions<
  "GateOpened" | "GateScored" | "GateSkipProposed" | "GateSkipDeclined" | "GateDecided" | "ConditionMet"
>;

// What speaks against a decision

function whyNotNow(status: StageRunStatus, gate: Gate | undefined): readonly Objection[] {
  if (status !== "at_gate" || gate?.status !== "open") return [{ code: "not_open", message: "The gate is not open." }];
  return isFullyScored(gate) ? [] : [{ code: "scores_missing", message: "Not all scores are filed yet." }];
}

function whyNotGoOn(
  state: PilotState,
  definition: GateDefinition,
  { now, accepted }: Pick<Context, "now" | "accepted">,
): readonly Objection[] {
  const pastDue = state.pilot.conditions.filter(({ metAt, dueAt }) => metAt === undefined && dueAt < now);
  return [
    ...pastDue.map(({ text }) => ({
      code: "condition_past_due" as const,
      message: `A condition of an earlier gate is past due: ${text}`,
      about: text,
    })),
    ...(definition.id === "G2" && says(accepted["FS-3"], "overall", "showstopper")
      ? [{ code: "showstopper" as const, message: "The regulatory screening found a showstopper." }]
      : []),
    ...(definition.id === "G3" && says(accepted["PA-8"], "conclusion", "no_go")
      ? [{ code: "trial_no_go" as const, message: "The living-lab trial concluded: no go." }]
      : []),
  ];
}

const says = (values: FormValues | undefined, field: string, answer: string): boolean => values?.[field] === answer;

function whyScoresForbid(gate: Gate | undefined, definition: GateDefinition, least: number): readonly Objection[] {
  const scores = gate?.scores ?? [];
  const unmet = definition.mustMeet.filter(({ id }) => scores.some(({ musts }) => musts[id]?.met !== true));
  const mean = meanOf(scores);
  return [
    ...unmet.map(({ id, text }) => ({ code: "must_not_met" as const, message: `Not met: ${text}.`, about: id })),
    ...(mean !== undefined && mean < least
      ? [
          {
            code: "score_too_low" as const,
            message: `The mean score is ${mean}; it takes ${least}.`,
            score: { mean, least },
          },
        ]
      : []),
  ];
}

function whyNotSkip(stageId: string, process: ProcessDefinition): readonly Objection[] {
  const order = process.stages.find(({ id }) => id === stageId)?.order ?? 0;
  const next = process.stages.filter((stage) => stage.order > order).toSorted((a, b) => a.order - b.order)[0];
  if (next === undefined) return [{ code: "no_stage_follows", message: "No stage follows." }];
  return next.skippable ? [] : [{ code: "next_not_skippable", message: "The next stage cannot be skipped." }];
}

// Parts of a decision

/** Throws `Refusal` NewerRevision naming each deliverable that moved on since the decider looked. */
function assertNewestRevisions(state: PilotState, runId: string, basedOn: Readonly<Record<string, number>>): void {
  const newer = deliverablesOf(state, runId).filter(({ id, revision }) => revision !== (basedOn[id] ?? 0));
  if (newer.length === 0) return;
  const deliverables = newer.map(({ id }) => id);
  const has = newer.length === 1 ? "has a newer revision" : "have newer revisions";
  throw new Refusal("NewerRevision", `${deliverables.join(", ")} ${has}. Look at it, then decide again.`, {
    deliverables,
  });
}

function skipDecision(
  gate: Gate,
  { runId, skip, basedOn }: CommandOf<"DecideGate">,
  context: Context,
  definition: GateDecisionDefinition,
) {
  const { personId } = context.actor;
  const { skipProposal } = gate;
  if (skipProposal !== undefined) {
    if (skipProposal.personId === personId)
      throw new Refusal("FourEyesNeeded", "You proposed to skip the stage. Another coordinator has to agree.");
    const meanScore = meanOf(gate.scores);
    return {
      type: "GateDecided" as const,
      ...decided(context, skipProposal.text ?? skipProposal.reason),
      data: {
        runId,
        decision: "skip" as const,
        by: [skipProposal.personId, personId],
        ...(meanScore === undefined ? {} : { meanScore }),
        basedOn,
        rework: [],
        conditions: [],
        skip: { reason: skipProposal.text ?? skipProposal.reason, evidence: skipProposal.evidence },
      },
    };
  }
  if (skip === undefined || !definition.reasonOptions.includes(skip.reasonId))
    throw new Refusal("RuleBroken", "Choose a reason for skipping the stage.", { pointer: "/skip/reasonId" });
  if (skip.reasonId === "other_with_text")
    assertSaid(skip.text, "/skip/text", "Say in words why the stage is skipped.");
  assertSaid(skip.evidence, "/skip/evidence", "Say what proves that the stage can be skipped.");
  return { type: "GateSkipProposed" as const, ...decided(context), data: { runId, ...skip, basedOn } };
}

/** The named deliverables, and in turn those that rest on them: each has its days from when what it rests on is due. */
function reworkOf(
  state: PilotState,
  gate: Gate,
  { deliverables = [], programmeApproval }: CommandOf<"DecideGate">,
  context: Context,
): EventOf<"GateDecided">["data"]["rework"] {
  if (deliverables.length === 0)
    throw new Refusal("RuleBroken", "Name the deliverables to rework.", { pointer: "/deliverables" });
  if (reworksOf(gate) >= reworksWithoutApproval)
    assertSaid(programmeApproval, "/programmeApproval", "Give the reference of the programme's approval.");
  const stage = stageOf(context.process, runOf(state, gate.runId).stageId);
  const daysOf = new Map<string, number>();
  for (const [index, { deliverableId, dueInDays = context.programme.reworkDays }] of deliverables.entries()) {
    const named = state.deliverables[deliverableId];
    if (named?.runId !== gate.runId || named.status !== "accepted")
      throw new Refusal("RuleBroken", "Only accepted deliverables of this stage can be reworked.", {
        pointer: `/deliverables/${index}/deliverableId`,
      });
    if (!(Number.isInteger(dueInDays) && dueInDays > 0))
      throw new Refusal("RuleBroken", "Give whole days, at least one.", {
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

function conditionsOf(
  state: PilotState,
  { runId, conditions = [] }: CommandOf<"DecideGate">,
  context: Context,
): EventOf<"GateDecided">["data"]["conditions"] {
  if (conditions.length === 0)
    throw new Refusal("RuleBroken", "Name at least one condition.", { pointer: "/conditions" });
  const before = state.pilot.conditions.filter((condition) => condition.runId === runId).length;
  return conditions.map(({ text, ownerRole, dueOn }, index) => {
    assertSaid(text, `/conditions/${index}/text`, "Say what the condition is.");
    const country = countryOf(ownerRole, state.pilot, context.programme);
    const days = isDate(dueOn)
      ? daysBetween(`${localDateOf(context.now, country)}T00:00:00Z`, `${dueOn}T00:00:00Z`)
      : 0;
    if (days <= 0)
      throw new Refusal("RuleBroken", "Choose a day ahead by which the condition is to be met.", {
        pointer: `/conditions/${index}/dueOn`,
      });
    const id = `${runId}-c${before + index + 1}`;
    return { id, runId, text, ownerRole, taskId: `${id}.condition`, ...scheduleIn(context, days, country) };
  });
}

function holdOf({ resumeOn }: CommandOf<"DecideGate">, context: Context) {
  if (resumeOn === undefined)
    throw new Refusal("RuleBroken", "Choose the day on which the pilot goes on.", { pointer: "/resumeOn" });
  return { resumeOn, remindAt: holdReminders(resumeOn, context) };
}

// Scores and seats

function openGate(state: PilotState, runId: string, round: number): Gate {
  const gate = state.gates[runId];
  if (runOf(state, runId).status !== "at_gate" || gate?.status !== "open")
    throw new Refusal("NotInThisState", "This gate is not open.", { status: gate?.status });
  if (gate.round !== round)
    throw new Refusal("NotInThisState", "The gate has opened again since you looked. Look at it again.", {
      round: gate.round,
    });
  return gate;
}

/** The seat the person scores from. Throws `Refusal` when they have scored already, or no seat of the role is left. */
function seatFor(state: PilotState, gate: Gate, role: GateScore["role"], personId: string): Task {
  if (gate.scores.some((score) => score.personId === personId))
    throw new Refusal("NotInThisState", "You have already filed your score for this gate.");
  const seats = gateTasksOf(state, gate.runId).filter(
    (task) => task.kind === "gate_score" && task.candidateRole === role,
  );
  const seat =
    seats.find(({ assigneeId }) => assigneeId === personId) ?? seats.find(({ assigneeId }) => assigneeId === undefined);
  // A coordinator may file the score that another one claimed; an expert's seat is a person's own.
  const found = seat ?? (role === "coordinator" ? seats[0] : undefined);
  if (found === undefined)
    throw new Refusal(
      "NotInThisState",
      `No further score of ${role === "expert" ? "an expert" : "a coordinator"} is needed.`,
    );
  return found;
}

const isFullyScored = ({ scores, scoresNeeded }: Gate): boolean =>
  scores.length >= scoresNeeded.coordinator + scoresNeeded.expert;

/** Rounded to two places, as each score is; undefined before the first. */
export function meanOf(scores: readonly GateScore[]): number | undefined {
  if (scores.length === 0) return undefined;
  return Math.round((scores.reduce((sum, { score }) => sum + score, 0) / scores.length) * 100) / 100;
}

const reworksOf = (gate: Gate): number => gate.decisions.filter(({ decision }) => decision === "rework").length;

function isRepeat(gate: Gate, { decision, round }: CommandOf<"DecideGate">, personId: string): boolean {
  const last = gate.decisions.at(-1);
  return (
    gate.status !== "open" &&
    gate.round === round &&
    last?.round === round &&
    last.decision === decision &&
    last.by.includes(personId)
  );
}

function decisionDefinition(process: ProcessDefinition, decision: GateDecisionId): GateDecisionDefinition {
  const definition = process.gateDecisions.find(({ id }) => id === decision);
  if (definition === undefined)
    throw new Error(`Version ${process.version} of the process does not define ${decision}.`);
  return definition;
}

// What a decision changes

/** The decision on record; the round is over, but for a hold, after which the same round goes on. */
function withDecision(state: PilotState, { at, reason, data }: EventOf<"GateDecided">): PilotState {
  const { runId, decision, by, meanScore, basedOn, rework, conditions, resumeOn } = data;
  const { skipProposal, ...gate } = recordIn(state.gates, runId);
  const record: GateDecision = {
    round: gate.round,
    decision,
    by,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(meanScore === undefined ? {} : { meanScore }),
    scores: gate.scores,
    basedOn,
    ...(rework.length === 0 ? {} : { deliverables: rework.map(({ deliverableId }) => deliverableId) }),
    ...(conditions.length === 0 ? {} : { conditionIds: conditions.map(({ id }) => id) }),
    ...(resumeOn === undefined ? {} : { resumeOn }),
  };
  const recorded = withGate(state, {
    ...gate,
    // What is skipped, and why, is recorded with the next stage when this one closes.
    ...(decision === "skip" && skipProposal !== undefined ? { skipProposal } : {}),
    status: decision === "rework" ? "closed" : "decided",
    decisions: [...gate.decisions, record],
  });
  if (decision === "hold") return recorded;
  const decider = by.at(-1);
  const tasks = withGateTasks(recorded, runId, (task) => ({
    ...finished(task, task.kind === "gate_decision" ? "completed" : "exited", at),
    ...(task.kind === "gate_decision" && decider !== undefined ? { assigneeId: decider } : {}),
  }));
  return { ...recorded, tasks };
}

function withRunStatus(state: PilotState, runId: string, status: StageRunStatus): PilotState {
  return withRun(state, { ...recordIn(state.runs, runId), status });
}

function withConditions(state: PilotState, { at, data }: EventOf<"GateDecided">): PilotState {
  return data.conditions.reduce((after, { reminders, ...condition }) => {
    const task = newTask(after.pilot, {
      id: condition.taskId,
      kind: "condition",
      title: condition.text,
      runId: condition.runId,
      conditionId: condition.id,
      candidateRole: condition.ownerRole,
      createdAt: at,
      dueAt: condition.dueAt,
      reminders,
      estimatedHours: decisionHours,
    });
    return withTask(withPilot(after, { conditions: [...after.pilot.conditions, condition] }), task);
  }, state);
}

function withRework(state: PilotState, { at, actor, reason, data }: EventOf<"GateDecided">): PilotState {
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

const decisionTaskId = ({ runId, round }: Gate): string => `${runId}.gate_decision.${round}`;

const gateTasksOf = (state: PilotState, runId: string): readonly Task[] =>
  Object.values(state.tasks).filter((task) => isGateTask(task, runId) && isUnfinished(task));

const isGateTask = (task: Task, runId: string): boolean =>
  task.runId === runId && (task.kind === "gate_score" || task.kind === "gate_decision");

const withGateTasks = (state: PilotState, runId: string, change: (task: Task) => Task): PilotState["tasks"] =>
  mapValues(state.tasks, (task) => (isGateTask(task, runId) && isUnfinished(task) ? change(task) : task));

const deliverablesOf = (state: PilotState, runId: string): readonly Deliverable[] =>
  Object.values(state.deliverables).filter((deliverable) => deliverable.runId === runId);

function unassigned(task: Task): Task {
  const { assigneeId: _assigneeId, ownerId: _ownerId, delegationState: _delegationState, ...rest } = task;
  return { ...rest, status: "ready" };
}
