/**
 * Pilots in the store: load, decide, commit, and once more when somebody else was quicker (I2, I6).
 * Every change of a pilot goes through `change`; nobody else writes its items.
 */
import { type DraftRecord, key, pilotStream, type RevisionRecord, stored } from "../contracts/items.ts";
import { latestProcess, processOfVersion } from "../contracts/transfer-process.ts";
import type { Actor } from "../domain/actor.ts";
import { localDateOf } from "../domain/calendar.ts";
import { canonicalJson, checksumOf } from "../domain/checksum.ts";
import { blockedMarkets } from "../domain/countries.ts";
import { computeDerived, type DerivedContext } from "../domain/forms/derived.ts";
import { asSubmitted, type FormValues, propertiesOf } from "../domain/forms/form-schema.ts";
import { hasOwnFields, withOthersFields } from "../domain/forms/own-fields.ts";
import { type CheckedSubmission, checkSubmission } from "../domain/forms/submission.ts";
import { playsRole } from "../domain/permissions.ts";
import type { PilotCommand } from "../domain/pilot/commands.ts";
import type { PilotEvent } from "../domain/pilot/events.ts";
import { decide, evolve } from "../domain/pilot/pilot.ts";
import type { PilotState } from "../domain/pilot/state.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type ProcessDefinition,
  type ProcessRole,
} from "../domain/process.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Clock } from "../ports/clock.ts";
import { type NewItem, type Store, type StoredEvent, VersionConflict, type Write } from "../ports/store.ts";
import { aidOfOtherPilots } from "./aid-granted.ts";
import { readProgramme } from "./people.ts";
import { changeOf, createPilotItems } from "./pilot-items.ts";

export interface PilotRecords {
  load(pilotId: string): Promise<PilotState | undefined>;
  /**
   * Decides a command on the pilot as it is now and commits what follows; the state afterwards.
   * No event: the wish had come true before. Throws `Refusal`.
   */
  change(
    pilotId: string,
    command: PilotCommand,
    actor: Actor,
  ): Promise<{ readonly state: PilotState; readonly event?: StoredEvent }>;
  draft(pilotId: string, deliverableId: string): Promise<DraftRecord | undefined>;
  revision(pilotId: string, deliverableId: string, revision: number): Promise<RevisionRecord | undefined>;
  /** Values of the last accepted revision of each deliverable that has one. */
  acceptedValues(state: PilotState, only?: readonly string[]): Promise<Readonly<Record<string, FormValues>>>;
  /** What submitting these values would say, without submitting. */
  check(state: PilotState, deliverableId: string, values: FormValues): Promise<CheckedSubmission>;
}

/** A busy pilot changes a few times a second at most; more conflicts in a row than this are a fault. */
const MAX_ATTEMPTS = 12;

/** Deliverables whose accepted values rules of other deliverables and gates look at. */
const CONSULTED = ["IN-1", "NA-3", "NA-4", "NA-5", "FS-3", "FS-5", "FS-6", "PA-8", "PA-9"] as const;

/** Commands whose rules or derived fields look at accepted values. */
const CONSULTING = new Set<PilotCommand["type"]>([
  "AdmitPilot",
  "SaveDraft",
  "SubmitDeliverable",
  "ReviewDeliverable",
  "DecideGate",
  "LogHours",
]);

/** Commands that grant aid. */
const GRANTING = new Set<PilotCommand["type"]>(["AdmitPilot", "LogHours"]);

export function createPilotRecords({ store, clock }: { store: Store; clock: Clock }): PilotRecords {
  const pilotItems = createPilotItems(store);

  async function acceptedValues(state: PilotState, only: readonly string[] = Object.keys(state.deliverables)) {
    const accepted = only.flatMap((id) => {
      const deliverable = state.deliverables[id];
      const review = deliverable?.reviews.findLast((each) => each.outcome === "accepted");
      return deliverable === undefined || review === undefined ? [] : [{ id, revision: review.revision }];
    });
    const values = await Promise.all(
      accepted.map(async ({ id, revision }) => {
        const record = await records.revision(state.pilot.id, id, revision);
        return [id, record?.values ?? {}] as const;
      }),
    );
    return Object.fromEntries(values);
  }

  const records: PilotRecords = {
    acceptedValues,

    async load(pilotId) {
      return (await pilotItems.read(pilotId))?.state;
    },

    async draft(pilotId, deliverableId) {
      const item = await store.get(key.draft(pilotId, deliverableId));
      return item && stored<DraftRecord>(item.data);
    },

    async revision(pilotId, deliverableId, revision) {
      const item = await store.get(key.revision(pilotId, deliverableId, revision));
      return item && stored<RevisionRecord>(item.data);
    },

    async check(state, deliverableId, values) {
      const process = processFor(state, { deliverableId });
      const definition = definitionFor(state, { deliverableId });
      const programme = await readProgramme(store, state.pilot.programmeId);
      if (definition === undefined || programme === undefined) throw new Refusal("NotFound", "no_such_deliverable");
      const accepted = await acceptedValues(state, CONSULTED);
      return checkSubmission(process, definition, values, {
        ...derivedContextOf(state, accepted),
        today: localDateOf(clock.now().toISOString(), state.pilot.country),
        programme: programme.parameters,
        blockedMarkets,
      });
    },

    async change(pilotId, command, actor) {
      for (let attempt = 1; ; attempt += 1) {
        const loaded = await pilotItems.read(pilotId);
        const state = loaded?.state;
        const programme = await readProgramme(store, actor.programmeId);
        if (programme === undefined || (state !== undefined && state.pilot.programmeId !== actor.programmeId)) {
          throw new Refusal("NotFound", "no_such_pilot");
        }
        const accepted = state && CONSULTING.has(command.type) ? await acceptedValues(state, CONSULTED) : {};
        const process = processFor(state, command);
        const before = await valuesBefore(state, command);
        const complete = await completed(state, await asTheirs(state, command, actor), accepted, before);
        const event = decide(state, complete, {
          now: clock.now().toISOString(),
          actor,
          process,
          newestProcess: latestProcess,
          programme: programme.parameters,
          accepted,
          aidElsewhere: state && GRANTING.has(command.type) ? await aidOfOtherPilots(store, state.pilot) : [],
        });
        if (event === undefined) {
          // `decide` lets nothing pass unchanged on a pilot that does not exist.
          if (state === undefined) throw new Refusal("NotFound", "no_such_pilot");
          return { state };
        }
        const after = evolve(state, event);
        const { writes, pilot } = changeOf(loaded, after);
        try {
          const storedEvent = await store.commit({
            writes: [...writes, ...formWrites(after, complete, event)],
            event: {
              stream: pilotStream(pilotId),
              sequence: after.sequence,
              programmeId: after.pilot.programmeId,
              type: event.type,
              at: event.at,
              actor: event.actor,
              ...(event.reason === undefined ? {} : { reason: event.reason }),
              data: { ...event.data, pilotId },
            },
          });
          pilotItems.remember(pilot);
          return { state: after, event: storedEvent };
        } catch (error) {
          if (!(error instanceof VersionConflict) || attempt === MAX_ATTEMPTS) throw error;
        }
      }
    },
  };

  /** What a draft or submission is compared with: the last revision, and before the first the last draft. */
  async function valuesBefore(state: PilotState | undefined, command: PilotCommand): Promise<FormValues> {
    if (state === undefined || (command.type !== "SaveDraft" && command.type !== "SubmitDeliverable")) return {};
    const { deliverableId } = command;
    const revision = state.deliverables[deliverableId]?.revision ?? 0;
    const record =
      revision > 0
        ? await records.revision(state.pilot.id, deliverableId, revision)
        : await records.draft(state.pilot.id, deliverableId);
    return record?.values ?? {};
  }

  /** The command without what its values say in fields that are not for the actor: there stands what the draft says. */
  async function asTheirs(state: PilotState | undefined, command: PilotCommand, actor: Actor): Promise<PilotCommand> {
    if (state === undefined || (command.type !== "SaveDraft" && command.type !== "SubmitDeliverable")) return command;
    const { deliverableId } = command;
    const definition = definitionFor(state, command);
    if (definition === undefined || !hasOwnFields(definition)) return command;
    const draft = await records.draft(state.pilot.id, deliverableId);
    const plays = (role: ProcessRole) => playsRole(actor, role, state.pilot);
    return { ...command, values: withOthersFields(plays, definition, command.values, draft?.values ?? {}) };
  }

  return records;
}

const definitionFor = (
  state: PilotState,
  command: { readonly deliverableId: string },
): DeliverableDefinition | undefined =>
  deliverableOf(processFor(state, command), state.deliverables[command.deliverableId]?.definitionId ?? "");

/** The process version a command is about: the one its run has pinned, else the latest. */
export function processFor(state: PilotState | undefined, command: object): ProcessDefinition {
  if (state === undefined) return latestProcess;
  const named = (field: string): string | undefined => {
    const value: unknown = Reflect.get(command, field);
    return typeof value === "string" ? value : undefined;
  };
  const runId =
    named("runId") ??
    state.deliverables[named("deliverableId") ?? ""]?.runId ??
    state.tasks[named("taskId") ?? ""]?.runId ??
    state.pilot.currentRunId;
  const version = runId === undefined ? undefined : state.runs[runId]?.processVersion;
  return version === undefined ? latestProcess : processOfVersion(version);
}

function withDerivedFields(
  state: PilotState,
  deliverableId: string,
  values: FormValues,
  accepted: Readonly<Record<string, FormValues>>,
): FormValues {
  const definitionId = state.deliverables[deliverableId]?.definitionId;
  if (definitionId === undefined) return values;
  return computeDerived(definitionId, values, derivedContextOf(state, accepted));
}

const derivedContextOf = (state: PilotState, accepted: Readonly<Record<string, FormValues>>): DerivedContext => ({
  accepted: (deliverableId) => accepted[deliverableId],
  supportHours: state.pilot.supportHours,
  aidEur: state.pilot.aidCents / 100,
});

/**
 * The command with its form values as they will be stored: derived fields overwrite what the client sent,
 * both say which answers are new, a submission loses the fields its own answers hide and gets its checksum.
 */
async function completed(
  state: PilotState | undefined,
  command: PilotCommand,
  accepted: Readonly<Record<string, FormValues>>,
  before: FormValues,
): Promise<PilotCommand> {
  if (state === undefined || (command.type !== "SaveDraft" && command.type !== "SubmitDeliverable")) return command;
  const definition = definitionFor(state, command);
  if (definition === undefined) return command;
  if (command.type === "SaveDraft") {
    const values = withDerivedFields(state, command.deliverableId, command.values, accepted);
    return { ...command, values, changedFields: changedFields(definition, before, values) };
  }
  const derived = withDerivedFields(state, command.deliverableId, command.values, accepted);
  const values = asSubmitted(definition.formSchema, derived);
  return {
    ...command,
    values,
    changedFields: changedFields(definition, before, values),
    checksum: await checksumOf(values),
  };
}

/** Top-level fields whose answer differs, as JSON Pointers; what the server computes is nobody's answer. */
const changedFields = ({ formSchema }: DeliverableDefinition, before: FormValues, after: FormValues): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => propertiesOf(formSchema)[field]?.readOnly !== true)
    .filter((field) => canonicalJson(before[field]) !== canonicalJson(after[field]))
    .map((field) => `/${field}`);

/** The draft or revision that a decided command leaves behind, beside the pilot's own items. */
function formWrites(after: PilotState, command: PilotCommand, event: PilotEvent): Write[] {
  if (command.type === "SaveDraft" && event.type === "DraftSaved") {
    const draft: DraftRecord = {
      deliverableId: command.deliverableId,
      values: command.values,
      draftVersion: event.data.draftVersion,
      savedBy: event.actor.personId,
      savedAt: event.at,
    };
    const item: NewItem = { ...key.draft(after.pilot.id, command.deliverableId), type: "draft", data: { ...draft } };
    return [{ kind: "put", item, expectedVersion: event.data.draftVersion - 1 }];
  }
  if (command.type === "SubmitDeliverable" && event.type === "DeliverableSubmitted") {
    const { deliverableId, revision, formVersion, checksum } = event.data;
    const record: RevisionRecord = {
      deliverableId,
      revision,
      values: command.values,
      formVersion,
      processVersion: processFor(after, command).version,
      checksum,
      submittedBy: event.actor.personId,
      submittedAt: event.at,
    };
    const item: NewItem = {
      ...key.revision(after.pilot.id, deliverableId, revision),
      type: "revision",
      data: { ...record },
    };
    return [{ kind: "put", item, expectedVersion: 0 }];
  }
  return [];
}
