/**
 * Who must know of an event, how soon, and what it means for each. Pure: people and state are read before.
 *
 * 1. Nobody is told what the permission matrix does not let them read.
 * 2. Nobody is told of their own doing, but for confirmations.
 * 3. Each person is told once of an event: the first, most specific reason wins.
 */
import type { Membership } from "../../shared/contracts/items.ts";
import { may, scopesOf } from "../../shared/domain/permissions.ts";
import type { EventOf, PilotEvent, PilotEventType } from "../../shared/domain/pilot/events.ts";
import { type Gate, mayObjectUntil, type PilotState, type Task } from "../../shared/domain/pilot/state.ts";
import type { ProcessRole, ReminderRecipient } from "../../shared/domain/process.ts";
import type { Message } from "../../shared/language/catalogue.ts";
import { type Around, actorOf } from "../../shared/records/people.ts";

export interface Told {
  readonly membership: Membership;
  /** At once; else with the next digest. */
  readonly urgent: boolean;
  readonly message: Message;
}

export function whoMustKnow(event: PilotEvent, state: PilotState, around: Around): readonly Told[] {
  const told = new Map<string, Told>();
  for (const each of reasonsFor(event, circleOf(state, around))) {
    const { personId } = each.membership;
    const own = personId === event.actor.personId && !isConfirmation(each.message);
    if (own || told.has(personId) || !may(actorOf(each.membership, event.at), "pilot.read", state.pilot)) continue;
    told.set(personId, each);
  }
  return [...told.values()];
}

/** Events of which nobody is told: the work itself, and what only operators look at. */
const silent = () => [];

export const isSilent = (type: PilotEventType): boolean => reasons[type] === silent;

/** Kept apart from an unknown type, which a newer version of Fairway may have written. */
export const isPilotEventType = (type: string): type is PilotEventType => Object.hasOwn(reasons, type);

const isConfirmation = ({ kind }: Message): boolean =>
  kind === "application_received" || kind === "withdrawal_confirmed";

function reasonsFor<Type extends PilotEventType>(event: EventOf<Type>, circle: Circle): readonly Told[] {
  // The table is keyed by the literal type of the event, which TypeScript does not follow through a union.
  const reason = reasons[event.type as Type] as (event: EventOf<Type>, circle: Circle) => readonly Told[];
  return reason(event, circle);
}

type Circle = ReturnType<typeof circleOf>;

/** The people around a pilot, under the names the rules below use. */
function circleOf(state: PilotState, around: Around) {
  const { sme, advisor: advisors, expert: experts, living_lab: livingLabs, coordinator: coordinators } = around;
  const everyone = [...sme, ...advisors, ...experts, ...livingLabs, ...coordinators];
  const person = (personId: string | undefined) =>
    everyone.filter((member) => member.personId === personId).slice(0, 1);

  /** Who has the task; all who may claim it while nobody has it, or who had it has left. */
  function workersOn(task: Task): readonly Membership[] {
    const assignee = person(task.assigneeId);
    return assignee.length > 0 ? assignee : around[task.candidateRole];
  }

  return {
    state,
    sme,
    admins: sme.filter(({ role }) => role === "sme_admin"),
    advisors,
    experts,
    livingLabs,
    coordinators,
    team: [...advisors, ...experts, ...livingLabs],
    everyone,
    person,
    workersOn,
    of: (role: ProcessRole) => around[role],

    /** The whole company for its own deliverables; of a team role the one who made it, else all of the role. */
    makersOf(deliverableId: string): readonly Membership[] {
      const task = latest(state, "produce", deliverableId);
      if (task === undefined) return [];
      if (task.candidateRole === "sme") return sme;
      const submitter = person(state.deliverables[deliverableId]?.submittedBy).filter(
        ({ role }) => role === task.candidateRole,
      );
      return task.assigneeId === undefined && submitter.length > 0 ? submitter : workersOn(task);
    },
  };
}

const reasons: { readonly [Type in PilotEventType]: (event: EventOf<Type>, circle: Circle) => readonly Told[] } = {
  // The application
  ApplicationStarted: ({ data }, { sme }) =>
    later(sme, { kind: "deliverables_to_make", deliverables: [{ deliverableId: "IN-1", dueAt: data.dueAt }] }),
  ApplicationRejected: (_, { sme, coordinators }) => [
    ...atOnce(sme, { kind: "application_rejected" }),
    ...later(coordinators, news),
  ],
  PilotAdmitted: (_, { sme, team, coordinators }) => [
    ...atOnce(sme, { kind: "admitted" }),
    ...atOnce(team, { kind: "joined_team" }),
    ...later(coordinators, news),
  ],

  // Deliverables
  DraftSaved: silent,
  DeliverableSubmitted({ actor, data: { deliverableId, review } }, { state, person, of }) {
    const isApplication = state.deliverables[deliverableId]?.runId === "intake";
    return [
      ...(isApplication ? atOnce(person(actor.personId), { kind: "application_received" }) : []),
      ...later(of(review.candidateRole), { kind: "to_review", deliverableId, dueAt: review.dueAt }),
    ];
  },
  SubmissionWithdrawn: ({ data }, { state, of }) => later(of(reviewerRole(state, data.deliverableId)), news),
  DeliverableReviewed(
    { data: { deliverableId, outcome, rework, rescheduled } },
    { state, sme, coordinators, makersOf },
  ) {
    const makers = makersOf(deliverableId);
    const moved = makers.some((maker) => sme.includes(maker)) ? rescheduled : [];
    return [
      ...(outcome === "rework" && rework !== undefined
        ? atOnce(makers, { kind: "rework", deliverables: [{ deliverableId, dueAt: rework.dueAt }], moved })
        : later(makers, { kind: "accepted", moved })),
      ...(rescheduled.length > 0 ? later(sme, { kind: "dates_moved", moved: rescheduled }) : []),
      ...(outcome === "accepted" && state.deliverables[deliverableId]?.runId === "intake"
        ? later(coordinators, { kind: "application_to_decide" })
        : []),
    ];
  },
  DeliverableSkipProposed: ({ data: { deliverableId } }, { coordinators }) =>
    atOnce(coordinators, { kind: "skip_to_decide", subject: { deliverableId } }),
  DeliverableSkipDeclined: ({ data }, { makersOf, advisors }) =>
    later([...makersOf(data.deliverableId), ...advisors], news),
  DeliverableSkipped: ({ data }, { makersOf, advisors }) => later([...makersOf(data.deliverableId), ...advisors], news),
  DeliverableReopened: ({ data }, { makersOf }) =>
    atOnce(makersOf(data.deliverableId), { kind: "rework", deliverables: [data], moved: [] }),
  DueDateExtended: ({ data }, { makersOf }) =>
    later(makersOf(data.deliverableId), { kind: "dates_moved", moved: [data] }),
  ExtensionRequested: ({ data: { deliverableId } }, { advisors, coordinators }) =>
    atOnce([...advisors, ...coordinators], { kind: "extension_to_decide", deliverableId }),

  // Tasks
  ForecastGiven: (_, { advisors }) => later(advisors, news),
  TaskClaimed: silent,
  TaskStarted: silent,
  TaskReleased: silent,
  TaskDelegated: ({ data }, { state, person }) => atOnce(person(data.toPersonId), forYou(state, data.taskId)),
  TaskReturned: ({ data }, { state, person }) => atOnce(person(data.ownerId), forYou(state, data.taskId)),
  TaskForwarded({ data: { taskId, toPersonId, toRole } }, { state, person, of }) {
    const receivers = toRole === undefined ? person(toPersonId) : of(toRole);
    return atOnce(receivers, forYou(state, taskId));
  },
  TaskNominated: ({ data }, { state, person }) => atOnce(person(data.toPersonId), forYou(state, data.taskId)),
  TaskPriorityChanged({ data: { taskId, priority } }, { state, workersOn }) {
    const task = state.tasks[taskId];
    return task === undefined || priority === "normal" ? [] : later(workersOn(task), news);
  },
  TaskFailed: ({ data: { taskId } }, { coordinators, advisors }) =>
    atOnce([...coordinators, ...advisors], { kind: "task_failed", taskId }),
  ConditionMet: (_, { coordinators, advisors }) => later([...coordinators, ...advisors], news),

  // Stages and gates
  StageOpened({ data: { deliverables } }, { everyone, of }) {
    return everyone.flatMap((member) => {
      const own = deliverables.filter(({ candidateRole }) => of(candidateRole).includes(member));
      return own.length === 0 ? [] : later([member], { kind: "deliverables_to_make", deliverables: own });
    });
  },
  GateOpened({ data: { runId, decideBy, experts: scoresOfExperts } }, { sme, advisors, experts, coordinators }) {
    const scorers = scoresOfExperts > 0 ? [...coordinators, ...experts] : coordinators;
    return [
      ...later(scorers, { kind: "gate_to_score", runId, dueAt: decideBy }),
      ...later([...sme, ...advisors], news),
    ];
  },
  GateScored(event, { state, coordinators }) {
    const gate = state.gates[event.data.runId];
    if (gate === undefined || !isLastScore(event, gate)) return [];
    return later(coordinators, { kind: "gate_to_decide", runId: gate.runId, dueAt: gate.decideBy });
  },
  GateSkipProposed: ({ data: { runId } }, { coordinators }) =>
    atOnce(coordinators, { kind: "skip_to_decide", subject: { runId } }),
  GateSkipDeclined: ({ data }, { person, coordinators }) => [
    ...atOnce(person(data.proposerPersonId), news),
    ...later(coordinators, news),
  ],
  GateDecided({ at, data: { runId, decision, rework, conditions } }, circle) {
    const { everyone, makersOf, of } = circle;
    if (decision === "stop") return toldOfStop(at, circle);
    return everyone.flatMap((member) => {
      const again = rework.filter(({ deliverableId }) => makersOf(deliverableId).includes(member));
      if (again.length > 0) return atOnce([member], { kind: "rework", deliverables: again, moved: [] });
      const own = conditions.filter(({ ownerRole }) => of(ownerRole).includes(member));
      return atOnce([member], { kind: "gate_decided", runId, decision, conditions: own });
    });
  },
  StageClosed: ({ data }, { everyone }) => (data.next === undefined ? later(everyone, news) : []),
  ExecutionRestarted: silent,

  // The pilot as a whole
  PilotHeld: (_, { everyone }) => atOnce(everyone, { kind: "held" }),
  PilotResumed: ({ data: { rescheduled } }, { everyone, makersOf }) =>
    everyone.flatMap((member) =>
      atOnce([member], {
        kind: "resumed",
        moved: rescheduled.filter(({ deliverableId }) => makersOf(deliverableId).includes(member)),
      }),
    ),
  PilotStopped: ({ at }, circle) => toldOfStop(at, circle),
  StopObjected: ({ data: { dueAt } }, { coordinators, advisors }) => [
    ...atOnce(coordinators, { kind: "objection_to_answer", dueAt }),
    ...later(advisors, news),
  ],
  PilotWithdrawn: (_, { sme, livingLabs, team, coordinators }) => [
    ...atOnce(sme, { kind: "withdrawal_confirmed" }),
    ...atOnce(livingLabs, { kind: "trial_to_end" }),
    ...atOnce([...team, ...coordinators], { kind: "withdrawn" }),
  ],
  TeamChanged: (_, { team, sme }) => later([...team, ...sme], news),
  AdvisorHandedOver({ data: { toPersonId, tasks } }, { person, sme, team }) {
    const idsTo = (personId: string | undefined, action: "nominate" | "return") =>
      tasks.filter((task) => task.action === action && task.toPersonId === personId).map(({ taskId }) => taskId);
    const owners = new Set(tasks.filter(({ action }) => action === "return").map(({ toPersonId: owner }) => owner));
    return [
      ...atOnce(person(toPersonId), { kind: "handed_over_to_you", taskIds: idsTo(toPersonId, "nominate") }),
      ...[...owners].flatMap((owner) =>
        atOnce(person(owner), { kind: "tasks_returned", taskIds: idsTo(owner, "return") }),
      ),
      ...atOnce(sme, { kind: "new_advisor", personId: toPersonId }),
      ...later(team, news),
    ];
  },
  HoursLogged: (_, { admins }) => later(admins, { kind: "hours_to_confirm" }),
  HoursConfirmed: silent,
  HoursDisputed: ({ data }, { person, coordinators }) => [
    ...atOnce(person(data.entry.personId), { kind: "hours_disputed", mayDecide: false }),
    ...atOnce(coordinators, { kind: "hours_disputed", mayDecide: true }),
  ],
  HoursSettled: ({ data: { entry, counts } }, { person, admins }) =>
    atOnce([...person(entry.personId), ...admins], { kind: "hours_settled", counts }),
  CommentAdded({ data: { internal, mentions = [] } }, { sme, team, advisors, coordinators, person }) {
    const readers = readersOf(internal);
    const others = internal
      ? [...advisors, ...coordinators]
      : [...sme, ...team, ...(advisors.length === 0 ? coordinators : [])];
    return [
      ...atOnce(readers(mentions.flatMap((personId) => person(personId))), { kind: "mentioned" }),
      ...later(readers(others), news),
    ];
  },
  QuestionAsked(
    { actor, data: { internal, toRole, toPersonId, dueAt } },
    { sme, team, advisors, coordinators, person, of },
  ) {
    const readers = readersOf(internal);
    const asked = toPersonId === undefined ? of(toRole) : person(toPersonId);
    const isYours = toPersonId !== undefined || of(toRole).length === 1;
    return [
      ...atOnce(readers(asked), { kind: "question_for_you", isYours, dueAt }),
      ...later(readers(internal ? advisors : [...sme, ...team]), news),
      // What nobody of the programme office asked or is asked it need not hear, unless the pilot has no advisor.
      ...(advisors.length === 0 && actor.role !== "coordinator" ? later(readers(coordinators), news) : []),
    ];
  },
  QuestionAnswered({ data: { internal, askedById } }, { sme, team, advisors, person }) {
    const readers = readersOf(internal);
    return [
      ...atOnce(readers(person(askedById)), { kind: "question_answered" }),
      ...later(readers(internal ? advisors : [...sme, ...team]), news),
    ];
  },

  // The clock
  ReminderFired({ data }, circle) {
    const task = circle.state.tasks[data.taskId];
    if (task === undefined) return [];
    const tell = data.kind === "overdue" || data.kind === "escalation" ? atOnce : later;
    return data.to.flatMap((recipient) => tell(recipientsOf(recipient, task, circle), reminder(data, recipient)));
  },
  HoldReminderFired({ data }, { advisors, coordinators, admins }) {
    const reached = data.kind === "reached";
    const tell = reached ? atOnce : later;
    return [
      ...tell(coordinators, { kind: "hold_ends", reached, mayResume: true }),
      ...tell([...advisors, ...admins], { kind: "hold_ends", reached, mayResume: false }),
    ];
  },
  FollowUpOpened: ({ data }, { sme }) => later(sme, { kind: "deliverables_to_make", deliverables: [data] }),
};

const news: Message = { kind: "news" };

const atOnce = (members: readonly Membership[], message: Message): readonly Told[] =>
  members.map((membership) => ({ membership, urgent: true, message }));

const later = (members: readonly Membership[], message: Message): readonly Told[] =>
  members.map((membership) => ({ membership, urgent: false, message }));

function forYou(state: PilotState, taskId: string): Message {
  const task = state.tasks[taskId];
  return task === undefined ? news : { kind: "task_for_you", taskId, dueAt: task.dueAt };
}

/** Those of some people who may read a note: all, or of an internal one whom the matrix lets read it. */
const readersOf =
  (internal: boolean) =>
  (members: readonly Membership[]): readonly Membership[] =>
    internal ? members.filter(({ role }) => scopesOf(role, "internalNote", "R").length > 0) : members;

const reviewerRole = (state: PilotState, deliverableId: string): ProcessRole =>
  latest(state, "review", deliverableId)?.candidateRole ?? "advisor";

const latest = (state: PilotState, kind: Task["kind"], deliverableId: string): Task | undefined =>
  Object.values(state.tasks)
    .filter((task) => task.kind === kind && task.deliverableId === deliverableId)
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .at(-1);

/** By its place in its round, so that a late delivery of an earlier score is not taken for the last one. */
function isLastScore({ at, actor }: EventOf<"GateScored">, gate: Gate): boolean {
  const needed = gate.scoresNeeded.coordinator + gate.scoresNeeded.expert;
  return [gate.scores, ...gate.decisions.map(({ scores }) => scores)].some((round) => {
    const last = round[needed - 1];
    return last?.at === at && last.personId === actor.personId;
  });
}

/** The company may object, the living lab must end its trial. */
function toldOfStop(at: string, { admins, livingLabs, everyone }: Circle): readonly Told[] {
  return [
    ...atOnce(admins, { kind: "stopped", mayObjectUntil: mayObjectUntil(at) }),
    ...atOnce(livingLabs, { kind: "trial_to_end" }),
    ...atOnce(everyone, { kind: "stopped" }),
  ];
}

function recipientsOf(recipient: ReminderRecipient, task: Task, circle: Circle): readonly Membership[] {
  switch (recipient) {
    case "performer":
    case "reviewer":
      return circle.workersOn(task);
    case "advisor":
      return circle.advisors;
    case "sme_admin":
      return circle.admins;
    case "coordinator":
      return circle.coordinators;
  }
}

function reminder({ taskId, step, dueAt }: EventOf<"ReminderFired">["data"], recipient: ReminderRecipient): Message {
  const yours = recipient === "performer" || recipient === "reviewer";
  switch (step) {
    case "followup":
      return { kind: "still_on_track", taskId, dueAt };
    case "soon":
    case "near":
      return { kind: "due_soon", taskId, dueAt, yours };
    case "due":
      return { kind: "overdue", taskId, dueAt, yours };
    case "esc1":
      return { kind: "escalated", taskId, dueAt };
    case "esc2":
      return { kind: "at_risk", taskId, dueAt };
    case "esc3":
      return { kind: "hold_proposed", taskId, dueAt };
    case "review":
      return { kind: "review_late", taskId, dueAt, yours };
  }
}
