/**
 * A pilot under test: commands run as somebody at a time, what follows is applied, and the state can be looked at.
 *
 * Every change goes through `decide` and `evolve`; the shortcuts (`admitted`, `settle`, `passGate`) only say usual commands.
 */
import { latestProcess } from "../../../shared/contracts/transfer-process.ts";
import { type Actor, systemActor } from "../../../shared/domain/actor.ts";
import type { AidGranted } from "../../../shared/domain/forms/cross-field-rules.ts";
import { computeDerived } from "../../../shared/domain/forms/derived.ts";
import { asSubmitted, type FormValues } from "../../../shared/domain/forms/form-schema.ts";
import type { CommandOf, PilotCommand } from "../../../shared/domain/pilot/commands.ts";
import { type Context, defaultParameters, type ProgrammeParameters } from "../../../shared/domain/pilot/context.ts";
import type { EventOf, PilotEvent, PilotEventType } from "../../../shared/domain/pilot/events.ts";
import { decide, evolve } from "../../../shared/domain/pilot/pilot.ts";
import type { Deliverable, PilotState, StageRun, Task, TeamMember } from "../../../shared/domain/pilot/state.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type ProcessRole,
  type StageId,
} from "../../../shared/domain/process.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";
import { fullExample } from "../../fixtures/form-examples.ts";
import { inEnglish } from "../../support/in-english.ts";

const programmeId = "programme-1";
const organisationId = "sme-1";

/** One person per role, a second where a story needs two. The SME is Latvian, its advisors Estonian. */
export const people = {
  member: { personId: "member", role: "sme_member", programmeId, organisationId, maySubmit: true },
  admin: { personId: "admin", role: "sme_admin", programmeId, organisationId },
  advisor: { personId: "advisor", role: "advisor", programmeId },
  otherAdvisor: { personId: "other-advisor", role: "advisor", programmeId },
  expert: { personId: "expert", role: "expert", programmeId },
  otherExpert: { personId: "other-expert", role: "expert", programmeId },
  lab: { personId: "lab", role: "living_lab", programmeId, organisationId: "lab-1" },
  coordinator: { personId: "coordinator", role: "coordinator", programmeId },
  otherCoordinator: { personId: "other-coordinator", role: "coordinator", programmeId },
  auditor: { personId: "auditor", role: "auditor", programmeId },
  strangerSme: { personId: "stranger", role: "sme_admin", programmeId, organisationId: "sme-2" },
  system: systemActor(programmeId),
} as const satisfies Record<string, Actor>;

export const team: readonly TeamMember[] = [
  { personId: "advisor", role: "advisor", country: "EE" },
  { personId: "expert", role: "expert", country: "LV" },
  { personId: "other-expert", role: "expert", country: "LV" },
  { personId: "lab", role: "living_lab", country: "LV" },
];

/** Who usually does what a role does. */
const usual: Record<ProcessRole, Actor> = {
  sme: people.admin,
  advisor: people.advisor,
  expert: people.expert,
  living_lab: people.lab,
  coordinator: people.coordinator,
};

/** A Monday morning. */
export const firstMorning = "2026-11-02T08:00:00.000Z";

export interface Pilots {
  /** As it is now; throws before the application. */
  readonly state: PilotState;
  readonly events: readonly PilotEvent[];
  /** Values of accepted revisions, by deliverable id; tests may put others in. */
  readonly accepted: Record<string, FormValues>;
  /** What the company's other pilots gave it; tests may put some in. */
  readonly aidElsewhere: AidGranted[];
  readonly now: string;
  at(instant: string): Pilots;
  /** Moves the clock. */
  pass(time: { readonly days?: number; readonly hours?: number }): Pilots;
  context(actor: Actor): Context;
  /** The event that followed, or undefined when there was nothing to change. */
  run(actor: Actor, command: PilotCommand): PilotEvent | undefined;
  /** The event that would follow; nothing changes. Throws `Refusal`. */
  wouldFollow(actor: Actor, command: PilotCommand): PilotEvent | undefined;
  /** The refusal, its message as an English reader sees it; fails the test when there is none. */
  refused(actor: Actor, command: PilotCommand): Refusal;
  /** Runs a command that must lead to an event of this type, and hands it over. */
  event<Type extends PilotEventType>(type: Type, actor: Actor, command: PilotCommand): EventOf<Type>;
  deliverable(id: string): Deliverable;
  task(id: string): Task;
  stageRun(id: string): StageRun;
  /** A task of the deliverable that is not over. */
  openTask(deliverableId: string, kind: "produce" | "review"): Task;
  saveDraft(id: string, actor?: Actor, values?: FormValues, changedFields?: readonly string[]): PilotEvent | undefined;
  submission(id: string, overrides?: FormValues): CommandOf<"SubmitDeliverable">;
  submit(id: string, actor?: Actor, overrides?: FormValues): PilotEvent | undefined;
  claimReview(id: string, actor?: Actor): Actor;
  review(
    id: string,
    outcome: "accepted" | "rework",
    changes?: Partial<CommandOf<"ReviewDeliverable">>,
  ): CommandOf<"ReviewDeliverable">;
  /** Claims and accepts what is submitted. */
  accept(id: string, actor?: Actor): Pilots;
  /** Claims and sends back what is submitted, with one comment on the whole form unless told otherwise. */
  sendBack(id: string, changes?: Partial<CommandOf<"ReviewDeliverable">>): Pilots;
  /** Submits and accepts. */
  settle(...ids: readonly string[]): Pilots;
  applied(overrides?: FormValues): Pilots;
  /** IN-1 submitted and accepted. */
  applicationAccepted(overrides?: FormValues): Pilots;
  admitted(members?: readonly TeamMember[]): Pilots;
  openStage(runId: string): Pilots;
  /** Everything of the run settled and its gate open. */
  atGate(runId: string): Pilots;
  /** Full scores of all who score. */
  scoreGate(runId: string): Pilots;
  basedOn(runId: string): Record<string, number>;
  passGate(runId: string): Pilots;
  /** Admitted and walked up to the open stage. */
  inStage(stageId: StageId, members?: readonly TeamMember[]): Pilots;
}

export function given(parameters: Partial<ProgrammeParameters> = {}): Pilots {
  const programme: ProgrammeParameters = { ...defaultParameters, ...parameters };
  const events: PilotEvent[] = [];
  const submitted: Record<string, FormValues> = {};
  let state: PilotState | undefined;
  let now = firstMorning;

  const pilots: Pilots = {
    get state() {
      return found(state, "pilot");
    },
    get now() {
      return now;
    },
    events,
    accepted: {},
    aidElsewhere: [],

    at(instant) {
      now = instant;
      return pilots;
    },
    pass({ days = 0, hours = 0 }) {
      return pilots.at(new Date(Date.parse(now) + (days * 24 + hours) * 3_600_000).toISOString());
    },

    context: (actor) => ({
      now,
      actor,
      process: latestProcess,
      newestProcess: latestProcess,
      programme,
      accepted: pilots.accepted,
      aidElsewhere: pilots.aidElsewhere,
    }),

    wouldFollow: (actor, command) => decide(state, command, pilots.context(actor)),
    run(actor, command) {
      const event = pilots.wouldFollow(actor, command);
      if (event === undefined) return undefined;
      state = evolve(state, event);
      events.push(event);
      if (command.type === "SubmitDeliverable") submitted[command.deliverableId] = command.values;
      if (event.type === "DeliverableReviewed" && event.data.outcome === "accepted") {
        pilots.accepted[event.data.deliverableId] = submitted[event.data.deliverableId] ?? {};
      }
      return event;
    },
    refused(actor, command) {
      try {
        pilots.wouldFollow(actor, command);
      } catch (error) {
        if (error instanceof Refusal) return inEnglish(error);
        throw error;
      }
      throw new Error(`${command.type} was not refused.`);
    },
    event(type, actor, command) {
      const event = pilots.run(actor, command);
      if (event === undefined || !isOfType(event, type)) throw new Error(`${event?.type} instead of ${type}.`);
      return event;
    },

    deliverable: (id) => found(pilots.state.deliverables[id], id),
    task: (id) => found(pilots.state.tasks[id], id),
    stageRun: (id) => found(pilots.state.runs[id], id),
    openTask(deliverableId, kind) {
      const over = ["completed", "obsolete", "exited", "failed"];
      const open = Object.values(pilots.state.tasks).filter(
        (task) => task.deliverableId === deliverableId && task.kind === kind && !over.includes(task.status),
      );
      if (open.length !== 1) throw new Error(`${deliverableId} has ${open.length} open ${kind} tasks.`);
      return found(open[0], deliverableId);
    },

    saveDraft(id, actor = performerOf(id), values = { ...fullExample(id) }, changedFields = []) {
      const baseDraftVersion = pilots.deliverable(id).draftVersion;
      return pilots.run(actor, { type: "SaveDraft", deliverableId: id, baseDraftVersion, values, changedFields });
    },
    submission(id, overrides = {}) {
      const { definitionId, draftVersion, revision } = pilots.deliverable(id);
      const { formSchema } = definition(definitionId);
      const derived = computeDerived(definitionId, fullExample(definitionId, overrides), {
        accepted: (other) => pilots.accepted[other],
        supportHours: pilots.state.pilot.supportHours,
        aidEur: pilots.state.pilot.aidCents / 100,
      });
      return {
        type: "SubmitDeliverable",
        changedFields: [],
        deliverableId: id,
        baseDraftVersion: draftVersion,
        values: asSubmitted(formSchema, derived),
        checksum: `checksum of ${id} revision ${revision + 1}`,
      };
    },
    submit(id, actor = performerOf(id), overrides = {}) {
      return pilots.run(actor, pilots.submission(id, overrides));
    },
    claimReview(id, actor = reviewerOf(id)) {
      pilots.run(actor, { type: "ClaimTask", taskId: pilots.openTask(id, "review").id });
      return actor;
    },
    review(id, outcome, changes = {}) {
      const { definitionId, revision } = pilots.deliverable(id);
      const points = Object.fromEntries(definition(definitionId).reviewCriteria.map((criterion) => [criterion.id, 3]));
      return {
        type: "ReviewDeliverable",
        deliverableId: id,
        revision,
        outcome,
        points,
        criterionComments: {},
        fieldComments: outcome === "rework" ? [{ pointer: "", text: "Please look at this again." }] : [],
        values: submitted[id] ?? {},
        ...changes,
      };
    },
    accept(id, actor = reviewerOf(id)) {
      pilots.run(pilots.claimReview(id, actor), pilots.review(id, "accepted"));
      return pilots;
    },
    sendBack(id, changes = {}) {
      pilots.run(pilots.claimReview(id), pilots.review(id, "rework", changes));
      return pilots;
    },
    settle(...ids) {
      for (const id of ids) {
        pilots.submit(id);
        pilots.accept(id);
      }
      return pilots;
    },

    applied(overrides = {}) {
      pilots.run(people.admin, {
        type: "StartApplication",
        pilotId: "pilot-1",
        organisationId,
        country: "LV",
        title: "Example SIA: Example service",
        sample: false,
      });
      pilots.submit("IN-1", people.admin, overrides);
      return pilots;
    },
    applicationAccepted: (overrides = {}) => pilots.applied(overrides).accept("IN-1"),
    admitted(members = team) {
      pilots.applicationAccepted().run(people.coordinator, { type: "AdmitPilot", team: members });
      return pilots;
    },
    openStage(runId) {
      pilots.run(people.system, { type: "OpenStage", runId });
      return pilots;
    },
    atGate(runId) {
      pilots.openStage(runId);
      const open = Object.values(pilots.state.deliverables)
        .filter((deliverable) => deliverable.runId === runId && deliverable.status !== "accepted")
        .map(({ id }) => id);
      pilots.settle(...open).run(people.system, { type: "OpenGate", runId });
      return pilots;
    },
    scoreGate(runId) {
      const { gate } = stageOf(runId);
      const { round } = found(pilots.state.gates[runId], runId);
      const musts = Object.fromEntries(gate.mustMeet.map(({ id }) => [id, { met: true, evidence: "Seen." }]));
      const points = Object.fromEntries(gate.shouldMeet.map(({ id }) => [id, 4]));
      const experts = [people.expert, people.otherExpert].slice(0, gate.decidedBy.experts);
      for (const actor of [people.coordinator, ...experts]) {
        pilots.run(actor, { type: "ScoreGate", runId, round, musts, points });
      }
      return pilots;
    },
    basedOn(runId) {
      const ofRun = Object.values(pilots.state.deliverables).filter((deliverable) => deliverable.runId === runId);
      return Object.fromEntries(ofRun.map(({ id, revision }) => [id, revision]));
    },
    passGate(runId) {
      const { round } = found(pilots.state.gates[runId], runId);
      const basedOn = pilots.basedOn(runId);
      pilots.scoreGate(runId);
      pilots.run(people.coordinator, { type: "DecideGate", runId, round, decision: "advance", basedOn });
      pilots.run(people.system, { type: "CloseStage", runId });
      return pilots;
    },
    inStage(stageId, members = team) {
      pilots.admitted(members);
      const target = `${stageId}-1`;
      for (const { id } of latestProcess.stages) {
        const runId = `${id}-1`;
        if (runId === target) return pilots.openStage(runId);
        pilots.atGate(runId).passGate(runId);
      }
      throw new Error(`There is no stage ${stageId}.`);
    },
  };

  const performerOf = (id: string): Actor => usual[found(definition(definitionIdOf(id)).deliveredBy[0], id)];
  const reviewerOf = (id: string): Actor => usual[found(definition(definitionIdOf(id)).reviewedBy[0], id)];
  const definitionIdOf = (id: string): string => pilots.deliverable(id).definitionId;
  return pilots;
}

const definition = (id: string): DeliverableDefinition => found(deliverableOf(latestProcess, id), id);

const stageOf = (runId: string) =>
  found(
    latestProcess.stages.find(({ id }) => runId.startsWith(`${id}-`)),
    runId,
  );

const isOfType = <Type extends PilotEventType>(event: PilotEvent, type: Type): event is EventOf<Type> =>
  event.type === type;

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`There is no ${name}.`);
  return thing;
}
