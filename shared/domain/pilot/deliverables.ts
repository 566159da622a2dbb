/**
 * A deliverable up to its review: drafting, submitting, and what else can become of it: skipped, reopened, given more time.
 *
 * Form values are checked here and stored beside the state; an event says only that and what was saved.
 */
import { seatOf } from "../actor.ts";
import { dueAt, localDateOf } from "../calendar.ts";
import { blockedMarkets } from "../countries.ts";
import { checkCrossFieldRules } from "../forms/cross-field-rules.ts";
import { type FormValues, withoutHiddenFields } from "../forms/form-schema.ts";
import { type FormProblem, validateDraft, validateForm } from "../forms/validate.ts";
import { assertMay, playsRole } from "../permissions.ts";
import { type DeliverableDefinition, deliverableOf, type ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, withDeliverable, withGate, withRun, withTask } from "./decider.ts";
import {
  countryOf,
  isUnfinished,
  remindersLeft,
  reschedule,
  reviewSchedule,
  scheduleIn,
  withFlags,
  withRisk,
} from "./due-dates.ts";
import type { Deliverable, DeliverableStatus, PilotState } from "./state.ts";
import {
  assertSaid,
  assertWorkable,
  finished,
  isDate,
  produceTasksOf,
  recordIn,
  renewedProduceTask,
  reviewTask,
  roleInWords,
  unfinishedTaskOf,
} from "./tasks.ts";

/** The performer works on it, or may begin. */
const workable: readonly DeliverableStatus[] = ["not_started", "in_progress", "rework", "reopened"];

const inWords: Record<DeliverableStatus, string> = {
  not_started: "is not started",
  in_progress: "is in progress",
  submitted: "is submitted and waits for its review",
  in_review: "is being reviewed",
  accepted: "is accepted",
  rework: "is being reworked",
  skipped: "is skipped",
  cancelled: "is cancelled",
  reopened: "is reopened",
};

/** Throws `Refusal` NotFound when the pilot has no such deliverable. */
export function deliverableFor(
  state: PilotState,
  deliverableId: string,
  context: Context,
): { readonly deliverable: Deliverable; readonly definition: DeliverableDefinition } {
  const deliverable = Object.hasOwn(state.deliverables, deliverableId) ? state.deliverables[deliverableId] : undefined;
  const definition = deliverable && deliverableOf(context.process, deliverable.definitionId);
  if (deliverable === undefined || definition === undefined) {
    throw new Refusal("NotFound", "There is no such deliverable in this pilot.");
  }
  return { deliverable, definition };
}

/** Throws `Refusal` NotInThisState, worded by what the deliverable is now. */
export function assertDeliverableIs(
  deliverable: Deliverable,
  statuses: readonly DeliverableStatus[],
  what: string,
): void {
  if (statuses.includes(deliverable.status)) return;
  throw new Refusal("NotInThisState", `${deliverable.id} ${inWords[deliverable.status]}: ${what}.`, {
    status: deliverable.status,
  });
}

/** Throws `Refusal` NotAllowed unless the actor plays one of the roles. */
export function assertPlaysOneOf(
  state: PilotState,
  roles: readonly ProcessRole[],
  what: string,
  { actor }: Context,
): void {
  if (roles.some((role) => playsRole(actor, role, state.pilot))) return;
  throw new Refusal("NotAllowed", `${what} by ${roles.map((role) => roleInWords[role]).join(" or ")}.`, {
    role: actor.role,
  });
}

/** Others saved in between: what they typed must not be lost (I6). */
function assertDraftSeen(deliverable: Deliverable, baseDraftVersion: number): void {
  if (baseDraftVersion === deliverable.draftVersion) return;
  throw new Refusal("StaleDraft", "The draft has been saved by somebody else since you opened it.", {
    currentVersion: deliverable.draftVersion,
    savedBy: deliverable.draftSavedBy,
    savedAt: deliverable.draftSavedAt,
  });
}

/** The deliverables this one waits for: not accepted and not skipped, be it by itself or with its stage. */
/** Ids that must be accepted (or skipped) before the deliverable may be submitted, and are not. */
export function openDependencies(
  state: PilotState,
  definition: Pick<DeliverableDefinition, "dependsOn">,
  context: Pick<Context, "process">,
): string[] {
  return definition.dependsOn.filter((id) => {
    const dependency = state.deliverables[id];
    if (dependency !== undefined) return dependency.status !== "accepted" && dependency.status !== "skipped";
    const stage = context.process.stages.find(({ deliverables }) => deliverables.some((each) => each.id === id));
    return !Object.values(state.runs).some((run) => run.stageId === stage?.id && run.status === "skipped");
  });
}

/** Throws `Refusal` FormIncomplete with everything that stands between the values and a submission. */
function assertComplete(
  state: PilotState,
  definition: DeliverableDefinition,
  values: FormValues,
  context: Context,
): void {
  const shown = withoutHiddenFields(definition.formSchema, values);
  const gaps = validateForm(definition.formSchema, shown);
  if (gaps.length > 0) throw incomplete(gaps);
  const broken = checkCrossFieldRules(context.process, definition, shown, {
    accepted: (id) => context.accepted[id],
    today: localDateOf(context.now, state.pilot.country),
    programme: context.programme,
    blockedMarkets,
  });
  // A waiver is the coordinator's, a comment the reviewer's to ask for: neither keeps the performer from submitting.
  const refusing = broken.filter(({ severity }) => severity === "refuse");
  if (refusing.length > 0) {
    throw incomplete(
      refusing.map(({ ruleId, pointer, label, message }) => ({
        pointer,
        label,
        problem: "invalid",
        message,
        code: ruleId,
      })),
    );
  }
}

function incomplete(gaps: readonly Pick<FormProblem, "label">[]): Refusal {
  const fields = gaps.map(({ label }) => label).join("; ");
  return new Refusal(
    "FormIncomplete",
    `${gaps.length === 1 ? "One field needs" : `${gaps.length} fields need`} attention: ${fields}.`,
    { gaps },
  );
}

/** In rework with named fields, only those change; a change may name the field itself or what lies in or around it. */
function assertFieldsOpen({ status, openFields }: Deliverable, changedFields: readonly string[]): void {
  if (status !== "rework" || openFields.length === 0) return;
  const isOpen = (changed: string) =>
    openFields.some((open) => open === changed || changed.startsWith(`${open}/`) || open.startsWith(`${changed}/`));
  const closed = changedFields.filter((changed) => !isOpen(changed));
  if (closed.length === 0) return;
  throw new Refusal(
    "RuleBroken",
    "The reviewer asked for changes in other fields; these stay as they were submitted.",
    {
      pointer: closed[0],
      closed,
    },
  );
}

export const deliverableDecisions = {
  /** `changedFields`: JSON Pointers. Nobody need claim the task first. */
  SaveDraft(state, { deliverableId, baseDraftVersion, values, changedFields }, context) {
    assertMay(context.actor, "draft.edit", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertPlaysOneOf(state, definition.deliveredBy, `${definition.name} is filled in`, context);
    assertWorkable(state, deliverable.runId);
    assertDeliverableIs(deliverable, workable, "it cannot be edited now");
    assertDraftSeen(deliverable, baseDraftVersion);
    assertFieldsOpen(deliverable, changedFields);
    const problems = validateDraft(definition.formSchema, values);
    if (problems.length > 0) throw incomplete(problems);
    const draftVersion = deliverable.draftVersion + 1;
    return { type: "DraftSaved", ...decided(context), data: { deliverableId, draftVersion, changedFields } };
  },

  /** `values` carry the derived fields. */
  SubmitDeliverable(state, { deliverableId, baseDraftVersion, changedFields, values, checksum }, context) {
    const { pilot } = state;
    assertMay(context.actor, "deliverable.submit", pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertPlaysOneOf(state, definition.deliveredBy, `${definition.name} is submitted`, context);
    assertWorkable(state, deliverable.runId);
    if (deliverable.status === "submitted" || deliverable.status === "in_review") {
      const { submittedBy, submittedAt } = deliverable;
      throw new Refusal("AlreadySubmitted", `Already submitted by ${submittedBy} at ${submittedAt}.`, {
        submittedBy,
        submittedAt,
      });
    }
    assertDeliverableIs(deliverable, workable, "it cannot be submitted now");
    assertDraftSeen(deliverable, baseDraftVersion);
    const waitsFor = openDependencies(state, definition, context);
    if (waitsFor.length > 0) {
      throw new Refusal("DependenciesOpen", `${deliverableId} waits for ${waitsFor.join(", ")} to be accepted.`, {
        waitsFor,
      });
    }
    assertFieldsOpen(deliverable, changedFields);
    assertComplete(state, definition, values, context);
    const [reviewer] = definition.reviewedBy;
    if (reviewer === undefined) throw new Error(`${definition.id} has no reviewer.`);
    return {
      type: "DeliverableSubmitted",
      ...decided(context),
      data: {
        deliverableId,
        revision: deliverable.revision + 1,
        formVersion: deliverable.formVersion,
        checksum,
        late: context.now > deliverable.dueAt,
        review: {
          candidateRole: reviewer,
          title: `Review ${deliverableId} ${definition.name}`,
          ...reviewSchedule(context, definition.reviewInWorkingDays, countryOf(reviewer, pilot, context.programme)),
        },
      },
    };
  },

  WithdrawSubmission(state, { deliverableId }, context) {
    assertMay(context.actor, "deliverable.submit", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertPlaysOneOf(state, definition.deliveredBy, `${definition.name} is taken back`, context);
    assertWorkable(state, deliverable.runId);
    if (deliverable.status === "in_review") {
      throw new Refusal("NotInThisState", "The review has begun. Ask the reviewer to send it back to you.", {
        status: deliverable.status,
      });
    }
    if (deliverable.status === "in_progress" && deliverable.revision > 0) return undefined;
    assertDeliverableIs(deliverable, ["submitted"], "there is no submission to take back");
    const task = produceTasksOf(state, deliverableId).at(-1);
    if (task === undefined) throw new Error(`${deliverableId} was submitted without a task.`);
    const country = countryOf(task.candidateRole, state.pilot, context.programme);
    const reminders = remindersLeft(context, { ...task, dueAt: deliverable.dueAt }, task.createdAt, country);
    return { type: "SubmissionWithdrawn", ...decided(context), data: { deliverableId, reminders } };
  },

  ProposeDeliverableSkip(state, { deliverableId, reasonId, note }, context) {
    assertMay(context.actor, "deliverable.skip.propose", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    assertSkippable(deliverable, definition);
    if (!definition.skipReasons.includes(reasonId)) {
      throw new Refusal("RuleBroken", "Choose one of the reasons for which this deliverable may be skipped.", {
        pointer: "/reasonId",
        reasons: definition.skipReasons,
      });
    }
    assertSaid(note, "/note", "Say in a note why the reason applies here.");
    const proposal = deliverable.skipProposal;
    if (proposal !== undefined) {
      const isSame = proposal.reason === reasonId && proposal.note === note;
      if (isSame && proposal.personId === context.actor.personId) return undefined;
      throw new Refusal("NotInThisState", "Skipping it is proposed already and waits for the coordinator's decision.", {
        status: deliverable.status,
      });
    }
    return { type: "DeliverableSkipProposed", ...decided(context), data: { deliverableId, reasonId, note } };
  },

  /** The second pair of eyes. A proposer may decline, that is withdraw, the own proposal. */
  DecideDeliverableSkip(state, { deliverableId, approve, reason }, context) {
    assertMay(context.actor, "deliverable.skip.decide", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    if (approve && deliverable.status === "skipped") return undefined;
    const proposal = deliverable.skipProposal;
    if (proposal === undefined) {
      throw new Refusal("NotInThisState", "Nobody has proposed to skip this deliverable.", {
        status: deliverable.status,
      });
    }
    if (!approve) {
      return { type: "DeliverableSkipDeclined", ...decided(context, reason), data: { deliverableId } };
    }
    if (proposal.personId === context.actor.personId) {
      throw new Refusal("FourEyesNeeded", "You proposed this skip yourself. A second person must decide about it.");
    }
    assertSkippable(deliverable, definition);
    return {
      type: "DeliverableSkipped",
      ...decided(context, reason),
      data: {
        deliverableId,
        reasonId: proposal.reason,
        note: proposal.note,
        by: [proposal.personId, context.actor.personId],
      },
    };
  },

  ReopenDeliverable(state, { deliverableId, reason, dueInDays }, context) {
    assertMay(context.actor, "deliverable.reopen", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    if (deliverable.status === "reopened" && deliverable.reopenReason === reason) return undefined;
    assertDeliverableIs(deliverable, ["accepted"], "only what is accepted can be reopened");
    if (deliverable.runId === "intake" && state.pilot.status !== "applied") {
      throw new Refusal("NotInThisState", "The pilot was admitted on this application: it stays as it was accepted.", {
        status: deliverable.status,
      });
    }
    assertSaid(reason, "/reason", "Say why the deliverable is reopened.");
    assertDays(dueInDays, longestExtensionDays, "/dueInDays");
    const [candidateRole] = definition.deliveredBy;
    if (candidateRole === undefined) throw new Error(`${definition.id} has no performer.`);
    return {
      type: "DeliverableReopened",
      ...decided(context, reason),
      data: {
        deliverableId,
        title: `${deliverableId} ${definition.name}`,
        candidateRole,
        ...scheduleIn(context, dueInDays, countryOf(candidateRole, state.pilot, context.programme)),
      },
    };
  },

  /** `days` are calendar days after the date it has now. `dependency`: what it waits for is late. */
  ExtendDueDate(state, { deliverableId, days, reason, kind }, context) {
    const { actor, programme, now } = context;
    assertMay(actor, "dueDate.extend", state.pilot);
    const { deliverable } = deliverableFor(state, deliverableId, context);
    assertWorkable(state, deliverable.runId);
    assertDeliverableIs(deliverable, workable, "its due date does not matter now");
    assertSaid(reason, "/reason", "Say why the due date is extended.");
    assertDays(days, longestExtensionDays, "/days");
    if (actor.role === "advisor") assertWithinAdvisorsRight(deliverable, days, kind);
    const task = unfinishedTaskOf(state, deliverableId, "produce");
    if (task === undefined) throw new Error(`${deliverableId} is open without a task.`);
    const country = countryOf(task.candidateRole, state.pilot, programme);
    const to = dueAt(deliverable.dueAt, days, country, programme.extraHolidays);
    if (to <= now) {
      throw new Refusal("RuleBroken", "The new due date is past already. Give more days.", { pointer: "/days" });
    }
    const reminders = remindersLeft(context, { ...task, dueAt: to }, task.createdAt, country);
    return {
      type: "DueDateExtended",
      ...decided(context, reason),
      data: { deliverableId, from: deliverable.dueAt, kind, dueAt: to, reminders },
    };
  },

  RequestExtension(state, { deliverableId, until, reason }, context) {
    assertMay(context.actor, "dueDate.ask", state.pilot);
    const { deliverable, definition } = deliverableFor(state, deliverableId, context);
    assertPlaysOneOf(state, definition.deliveredBy, "More time is asked for", context);
    assertWorkable(state, deliverable.runId);
    assertDeliverableIs(deliverable, workable, "its due date does not matter now");
    assertSaid(reason, "/reason", "Say why you need more time.");
    if (!isDate(until) || until <= localDateOf(deliverable.dueAt, state.pilot.country)) {
      throw new Refusal("RuleBroken", "Give the day until which you need, after the due date.", { pointer: "/until" });
    }
    const { extensionRequest: asked } = deliverable;
    if (asked?.until === until && asked.reason === reason && asked.personId === context.actor.personId)
      return undefined;
    return { type: "ExtensionRequested", ...decided(context, reason), data: { deliverableId, until } };
  },
} satisfies Decisions<
  | "SaveDraft"
  | "SubmitDeliverable"
  | "WithdrawSubmission"
  | "ProposeDeliverableSkip"
  | "DecideDeliverableSkip"
  | "ReopenDeliverable"
  | "ExtendDueDate"
  | "RequestExtension"
>;

function assertSkippable(deliverable: Deliverable, definition: DeliverableDefinition): void {
  if (!definition.skippable) {
    throw new Refusal("RuleBroken", `${definition.name} may not be skipped: the process needs it.`);
  }
  assertDeliverableIs(deliverable, ["not_started"], "only what nobody has begun can be skipped");
}

const longestExtensionDays = 365;
const advisorsExtensionDays = 14;

function assertDays(days: number, most: number, pointer: string): void {
  if (Number.isInteger(days) && days >= 1 && days <= most) return;
  throw new Refusal("RuleBroken", `Give a whole number of days from 1 to ${most}.`, { pointer });
}

/** Source: domain.md section 8, "once ≤ 14 d". */
function assertWithinAdvisorsRight(deliverable: Deliverable, days: number, kind: "extension" | "dependency"): void {
  const isFirst = !deliverable.dueDateChanges.some((change) => change.kind === "extension");
  if (kind === "extension" && isFirst && days <= advisorsExtensionDays) return;
  throw new Refusal(
    "NotAllowed",
    `An advisor may extend a due date once, by up to ${advisorsExtensionDays} days. The coordinator may go further.`,
    { role: "advisor" },
  );
}

export const deliverableEvolutions = {
  DraftSaved(state, { data, at, actor }) {
    const deliverable = recordIn(state.deliverables, data.deliverableId);
    const saved = withDeliverable(state, {
      ...deliverable,
      status: deliverable.status === "not_started" ? "in_progress" : deliverable.status,
      draftVersion: data.draftVersion,
      draftSavedBy: actor.personId,
      draftSavedAt: at,
    });
    const task = unfinishedTaskOf(state, data.deliverableId, "produce");
    if (task?.status === "reserved" && task.assigneeId === seatOf(actor)) {
      return withTask(saved, { ...task, status: "in_progress" });
    }
    // Those who only help with the draft do not take the task from its role.
    const plays = actor.role === "sme_member" || actor.role === "sme_admin" ? "sme" : actor.role;
    if (task?.status !== "ready" || task.candidateRole !== plays) return saved;
    const personId = seatOf(actor);
    return withTask(saved, { ...task, status: "in_progress", assigneeId: personId, ownerId: personId });
  },

  DeliverableSubmitted(state, { data, at, actor }) {
    const { deliverableId, revision, late, review } = data;
    const { skipProposal: _skipProposal, ...deliverable } = recordIn(state.deliverables, deliverableId);
    let after = withDeliverable(state, {
      ...deliverable,
      status: "submitted",
      revision,
      submittedAt: at,
      submittedBy: actor.personId,
      late: deliverable.late || late,
      openFields: [],
    });
    const produced = unfinishedTaskOf(state, deliverableId, "produce");
    if (produced !== undefined) {
      const { personId } = actor;
      after = withTask(after, { assigneeId: personId, ownerId: personId, ...finished(produced, "completed", at) });
    }
    const { runId } = deliverable;
    after = withTask(after, reviewTask(state.pilot, { ...review, deliverableId, revision, runId, createdAt: at }));
    return withRisk(after);
  },

  SubmissionWithdrawn(state, { data, at }) {
    const { deliverableId, reminders } = data;
    const deliverable = recordIn(state.deliverables, deliverableId);
    let after = withDeliverable(state, { ...deliverable, status: "in_progress" });
    const review = unfinishedTaskOf(state, deliverableId, "review");
    if (review !== undefined) after = withTask(after, finished(review, "exited", at));
    const produced = produceTasksOf(state, deliverableId).at(-1);
    if (produced === undefined) return after;
    const { completedAt: _completedAt, ...task } = produced;
    // The date may have moved meanwhile, with a hold.
    const reopened = { ...task, status: "in_progress" as const, dueAt: deliverable.dueAt, reminders };
    return withRisk(withTask(after, withFlags(reopened)));
  },

  DeliverableSkipProposed(state, { data, at, actor }) {
    const { reasonId: reason, note } = data;
    return withDeliverable(state, {
      ...recordIn(state.deliverables, data.deliverableId),
      skipProposal: { reason, note, personId: actor.personId, at },
    });
  },

  DeliverableSkipDeclined(state, { data }) {
    const { skipProposal: _skipProposal, ...deliverable } = recordIn(state.deliverables, data.deliverableId);
    return withDeliverable(state, deliverable);
  },

  DeliverableSkipped(state, { data, at }) {
    const { skipProposal: _skipProposal, ...deliverable } = recordIn(state.deliverables, data.deliverableId);
    const { reasonId: reason, note, by } = data;
    const skipped = withDeliverable(state, { ...deliverable, status: "skipped", skip: { reason, note, by, at } });
    const task = unfinishedTaskOf(state, data.deliverableId, "produce");
    return withRisk(task === undefined ? skipped : withTask(skipped, finished(task, "obsolete", at)));
  },

  DeliverableReopened(state, { data, at, actor, reason = "" }) {
    const { deliverableId, dueAt: to, reminders, title, candidateRole } = data;
    const { acceptedAt: _acceptedAt, ...deliverable } = recordIn(state.deliverables, deliverableId);
    const change = { from: deliverable.dueAt, to, reason, personId: actor.personId, at, kind: "rework" as const };
    const reopened = withDeliverable(state, {
      ...deliverable,
      status: "reopened",
      dueAt: to,
      dueDateChanges: [...deliverable.dueDateChanges, change],
      openFields: [],
      reopenReason: reason,
    });
    const task = renewedProduceTask(state, { deliverableId, dueAt: to, reminders }, at, { title, candidateRole });
    return withGateLeft(withTask(reopened, task), deliverable.runId, at);
  },

  DueDateExtended(state, { data, at, actor, reason = "" }) {
    const { extensionRequest: _answered, ...deliverable } = recordIn(state.deliverables, data.deliverableId);
    const answered = withDeliverable(state, deliverable);
    return reschedule(answered, data, { reason, personId: actor.personId, at, kind: data.kind });
  },

  /** The answer is an extension, or a comment why the date stays. */
  ExtensionRequested(state, { data, at, actor, reason = "" }) {
    const deliverable = recordIn(state.deliverables, data.deliverableId);
    const extensionRequest = { until: data.until, reason, personId: actor.personId, at };
    return withDeliverable(state, { ...deliverable, extensionRequest });
  },
} satisfies Evolutions<
  | "DraftSaved"
  | "DeliverableSubmitted"
  | "SubmissionWithdrawn"
  | "DeliverableSkipProposed"
  | "DeliverableSkipDeclined"
  | "DeliverableSkipped"
  | "DeliverableReopened"
  | "DueDateExtended"
  | "ExtensionRequested"
>;

/** Work is open again in a run that stood before its gate: the round is over without a decision, a new one follows. */
function withGateLeft(state: PilotState, runId: string, at: string): PilotState {
  const run = state.runs[runId];
  if (run?.status !== "at_gate") return state;
  let after = withRun(state, { ...run, status: "active" });
  const gate = state.gates[runId];
  if (gate?.status === "open") after = withGate(after, { ...gate, status: "closed" });
  for (const task of Object.values(state.tasks)) {
    const ofGate = task.kind === "gate_score" || task.kind === "gate_decision";
    if (ofGate && task.runId === runId && isUnfinished(task)) after = withTask(after, finished(task, "exited", at));
  }
  return after;
}
