/** Operations on a pilot as a whole: application, admission, course, team, comments, timeline. */

import { randomUUID } from "node:crypto";
import { executionName } from "../../shared/contracts/executions.ts";
import { pilotStream, stored } from "../../shared/contracts/items.ts";
import type { OperationId, OutputOf, ParamsOf } from "../../shared/contracts/operations.ts";
import { type Actor, seatOf } from "../../shared/domain/actor.ts";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { blockedMarkets } from "../../shared/domain/countries.ts";
import type { AidGranted } from "../../shared/domain/forms/cross-field-rules.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import { assertMay, may } from "../../shared/domain/permissions.ts";
import { eligibilityOf } from "../../shared/domain/pilot/application.ts";
import type { PilotCommand } from "../../shared/domain/pilot/commands.ts";
import type { ProgrammeParameters } from "../../shared/domain/pilot/context.ts";
import type { PilotEvent } from "../../shared/domain/pilot/events.ts";
import {
  isEndedEarly,
  isInternalTask,
  type Pilot,
  type PilotState,
  type TeamMember,
} from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { datesFor } from "../../shared/language/dates.ts";
import { processNames } from "../../shared/language/process-names.ts";
import { sentenceOf } from "../../shared/language/sentences.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { aidOfOtherPilots } from "../../shared/records/aid-granted.ts";
import { isCurrent, membershipsOf, readOrganisation, readPerson, readProgramme } from "../../shared/records/people.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { assertCanBeMentioned } from "./mentions.ts";
import { type ListedPilot, listedPilot, presentPilot, presentSummary } from "./present.ts";

type Ids =
  | "listPilots"
  | "startApplication"
  | "getPilot"
  | "getTimeline"
  | "getEligibility"
  | "admitPilot"
  | "rejectApplication"
  | "holdPilot"
  | "resumePilot"
  | "stopPilot"
  | "objectToStop"
  | "withdrawPilot"
  | "changeTeam"
  | "logHours"
  | "addComment"
  | "meetCondition"
  | "restartExecution"
  | "getExecution";

/** Operations whose path names a pilot. */
type OnPilot = { [Id in OperationId]: ParamsOf<Id> extends { readonly pilotId: string } ? Id : never }[OperationId];

/** The pilot, if the actor may know of it; what is hidden and what is not there look the same. */
export async function readablePilot({ pilots }: ApiDependencies, pilotId: string, actor: Actor): Promise<PilotState> {
  const state = await pilots.load(pilotId);
  if (state === undefined || !mayKnow(actor, state.pilot)) throw new Refusal("NotFound", "no_such_pilot");
  return state;
}

export const mayKnow = (actor: Actor, pilot: Pilot): boolean =>
  may(actor, pilot.status === "applied" || pilot.status === "rejected" ? "application.read" : "pilot.read", pilot);

export function pilotHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots, executions } = dependencies;

  /** Runs a command and shows the pilot afterwards. */
  const command =
    <Id extends OnPilot>(toCommand: (call: Call<Id>) => PilotCommand | Promise<PilotCommand>) =>
    async (call: Call<Id>) => {
      const { state } = await pilots.change(call.params.pilotId, await toCommand(call), call.actor);
      return presentPilot(state, call.actor, call.names, clock.now().toISOString());
    };

  /** Team members as named, with the country their due dates follow; each must hold the role now. */
  async function teamOf({ params, body, actor }: Call<"admitPilot" | "changeTeam">): Promise<TeamMember[]> {
    await readablePilot(dependencies, params.pilotId, actor);
    return Promise.all(
      body.team.map(({ personId, role }) => teamMember(dependencies, personId, role, actor.programmeId)),
    );
  }

  return {
    async listPilots({ actor, query, names }) {
      const page = await pageOfPilots(dependencies, actor, query);
      const now = clock.now().toISOString();
      // Side by side: each may have to look up names.
      const summaries = await Promise.all(
        page.pilots.filter(({ pilot }) => mayKnow(actor, pilot)).map((pilot) => presentSummary(pilot, names, now)),
      );
      return { pilots: summaries, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },

    async startApplication({ actor, body, acting, names }) {
      const [organisation, programme] = await Promise.all([
        readOrganisation(store, acting.organisationId),
        readProgramme(store, acting.programmeId),
      ]);
      if (organisation === undefined || programme === undefined) {
        throw new Refusal("NotFound", "company_gone");
      }
      const pilotId = body.pilotId ?? `p-${randomUUID().slice(0, 13)}`;
      const earlierPilotId = await lastEndedEarly(dependencies, actor);
      const { state } = await pilots.change(
        pilotId,
        {
          type: "StartApplication",
          pilotId,
          organisationId: organisation.id,
          country: organisation.country,
          title: body.title,
          sample: programme.sample,
          ...(earlierPilotId === undefined ? {} : { earlierPilotId }),
        },
        actor,
      );
      return presentPilot(state, actor, names, clock.now().toISOString());
    },

    async getPilot({ params, actor, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      return presentPilot(state, actor, names, clock.now().toISOString());
    },

    async getTimeline({ params, query, actor, person, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const dates = datesFor(names.language, person.country);
      const page = await store.eventsOf(pilotStream(params.pilotId), {
        reverse: true,
        limit: query.limit ?? 100,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      });
      const seesInternal = may(actor, "comment.internal.read", state.pilot);
      const shown = page.items.filter((event) => seesInternal || !isInternalEvent(event, state));
      const entries = await Promise.all(
        shown.map(async (event) => {
          const known = await namesIn(event, names.person);
          const { deliverableId, revision } = event.data;
          return {
            id: event.id,
            sequence: event.sequence,
            at: event.at,
            type: event.type,
            by: {
              person: await names.person(event.actor.personId),
              role: event.actor.role,
              ...(event.actor.forPersonId === undefined ? {} : { for: await names.person(event.actor.forPersonId) }),
            },
            sentence: sentenceOf(pilotEvent(event), {
              ...processNames(state, names.language),
              nameOf: (personId) => known.get(personId) ?? personId,
              ...dates,
              language: names.language,
            }),
            ...(event.reason === undefined ? {} : { reason: event.reason }),
            ...(typeof deliverableId === "string" ? { deliverableId } : {}),
            ...(typeof revision === "number" ? { revision } : {}),
          };
        }),
      );
      return { entries, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },

    async getEligibility({ params, actor }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      assertMay(actor, "application.read", state.pilot);
      const application = state.deliverables["IN-1"];
      const record =
        application === undefined || application.revision === 0
          ? undefined
          : await pilots.revision(params.pilotId, application.id, application.revision);
      const programme = await readProgramme(store, state.pilot.programmeId);
      if (record === undefined || programme === undefined) {
        throw new Refusal("NotInThisState", "application_not_submitted");
      }
      return eligibility(
        record.values,
        await aidOfOtherPilots(store, state.pilot),
        programme.parameters,
        localDateOf(clock.now().toISOString(), programme.parameters.country),
      );
    },

    admitPilot: command<"admitPilot">(async (call) => ({
      ...call.body,
      type: "AdmitPilot",
      team: await teamOf(call),
    })),
    rejectApplication: command<"rejectApplication">(({ body }) => ({ type: "RejectApplication", ...body })),
    holdPilot: command<"holdPilot">(({ body }) => ({ type: "HoldPilot", ...body })),
    resumePilot: command<"resumePilot">(({ body }) => ({ type: "ResumePilot", ...body })),
    stopPilot: command<"stopPilot">(({ body }) => ({ type: "StopPilot", ...body })),
    objectToStop: command<"objectToStop">(({ body }) => ({ type: "ObjectToStop", ...body })),
    withdrawPilot: command<"withdrawPilot">(({ body }) => ({ type: "WithdrawPilot", ...body })),
    changeTeam: command<"changeTeam">(async (call) => ({
      ...call.body,
      type: "ChangeTeam",
      team: await teamOf(call),
    })),
    logHours: command<"logHours">(({ body }) => ({ type: "LogHours", ...body })),
    addComment: command<"addComment">(async ({ body, params, actor }) => {
      await assertCanBeMentioned(dependencies, params.pilotId, actor, body);
      return { type: "AddComment", ...body };
    }),
    meetCondition: command<"meetCondition">(({ params, body }) => ({
      type: "MeetCondition",
      conditionId: params.conditionId,
      evidence: body.evidence,
    })),
    async restartExecution({ params: { pilotId, runId }, body, actor }) {
      const { state } = await pilots.change(pilotId, { type: "RestartExecution", runId, reason: body.reason }, actor);
      return { runId, executionNumber: state.runs[runId]?.executionNumber ?? 0 };
    },

    async getExecution({ params, actor }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const run = state.runs[params.runId];
      if (run === undefined) throw new Refusal("NotFound", "no_such_stage");
      const name = executionName(params.pilotId, run.id, run.executionNumber);
      const history = await executions.read("stage-run", name);
      if (history === undefined) throw new Refusal("NotFound", "no_such_execution");
      return { name, status: history.status, events: history.events.map((event) => ({ ...event })) };
    },
  };
}

/** Throws `Refusal` when the person does not hold the role in the programme today. */
export async function teamMember(
  { store, clock }: ApiDependencies,
  personId: string,
  role: TeamMember["role"],
  programmeId: string,
): Promise<TeamMember> {
  const [person, memberships] = await Promise.all([readPerson(store, personId), membershipsOf(store, personId)]);
  const here = memberships.filter((membership) => membership.programmeId === programmeId);
  const holds = here.some((membership) => membership.role === role && isCurrent(membership, clock.now()));
  if (person === undefined || !holds) {
    // The people of other programmes have no names here.
    const name = here.length === 0 ? undefined : person?.name;
    throw new Refusal("RuleBroken", { key: "does_not_work_as", role, ...(name === undefined ? {} : { name }) });
  }
  return { personId, role, country: person.country };
}

/** The heads of the pilots an actor may know of, at most so many, page by page. */
export async function visiblePilots(
  dependencies: ApiDependencies,
  actor: Actor,
  most: number,
): Promise<readonly ListedPilot[]> {
  const visible: ListedPilot[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOfPilots(dependencies, actor, { cursor });
    visible.push(...page.pilots.filter(({ pilot }) => mayKnow(actor, pilot)));
    cursor = page.cursor;
  } while (cursor !== undefined && visible.length < most);
  return visible.slice(0, most);
}

/**
 * Pilots of one answer: few round trips for a whole programme. A summary with the longest title and names stays below 3 kB,
 * so a page stays below 3 MB; an answer of Lambda may have 6 MB.
 */
const PAGE_SIZE = 1000;

/** The head records of the pilots in the actor's reach; an index query each, never a scan. */
async function pageOfPilots(
  { store, pilots }: ApiDependencies,
  actor: Actor,
  query: { readonly stage?: string | undefined; readonly cursor?: string | undefined },
): Promise<{ readonly pilots: readonly ListedPilot[]; readonly cursor?: string }> {
  const from = query.cursor === undefined ? {} : { cursor: query.cursor };
  if (actor.role === "expert" || actor.role === "living_lab") {
    const links = await store.query({ index: "gsi1", pk: `PERSON#${seatOf(actor)}#PILOTS`, limit: 100, ...from });
    const states = await Promise.all(links.items.map((link) => pilots.load(String(link.data.pilotId))));
    return {
      pilots: states.filter((state) => state !== undefined).map(listedPilot),
      ...(links.cursor === undefined ? {} : { cursor: links.cursor }),
    };
  }
  const isSme = actor.role === "sme_member" || actor.role === "sme_admin";
  const page = isSme
    ? await store.query({ index: "gsi2", pk: `ORGANISATION#${actor.organisationId ?? ""}#PILOTS`, limit: 200, ...from })
    : await store.query({
        index: "gsi1",
        pk: `PROGRAMME#${actor.programmeId}#PILOTS`,
        limit: PAGE_SIZE,
        ...(query.stage === undefined ? {} : { prefix: `${query.stage}#` }),
        ...from,
      });
  return {
    pilots: page.items.map((item) => ({
      ...stored<Pick<ListedPilot, "pilot" | "progress">>(item.data),
      stage: item.gsi1sk?.split("#")[0] ?? "intake",
    })),
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  };
}

/** The own company's pilot that was last rejected, stopped or withdrawn. */
async function lastEndedEarly(dependencies: ApiDependencies, actor: Actor): Promise<string | undefined> {
  let last: Pilot | undefined;
  let cursor: string | undefined;
  do {
    const page = await pageOfPilots(dependencies, actor, { cursor });
    for (const { pilot } of page.pilots) {
      if (!isEndedEarly(pilot)) continue;
      if (last === undefined || (last.endedAt ?? "") < (pilot.endedAt ?? "")) last = pilot;
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return last?.id;
}

function eligibility(
  application: FormValues,
  aidElsewhere: readonly AidGranted[],
  parameters: ProgrammeParameters,
  today: string,
): OutputOf<"getEligibility"> {
  const { headcount, sizeClass, ...found } = eligibilityOf(application, aidElsewhere, parameters, today);
  const markets = Array.isArray(application.desiredMarkets) ? application.desiredMarkets.map(String) : [];
  return {
    ...(sizeClass === undefined ? {} : { sizeClass }),
    ...(headcount === undefined ? {} : { headcount }),
    ...found,
    isSme: sizeClass !== undefined,
    restrictedMarkets: markets.filter((market) => blockedMarkets.has(market)),
    waiverNeeded: !found.focusRuleMet,
  };
}

/** Internal notes and questions, and whatever happens to the task of such a question. */
function isInternalEvent({ data }: StoredEvent, { tasks }: PilotState): boolean {
  const task = typeof data.taskId === "string" ? tasks[data.taskId] : undefined;
  return data.internal === true || (task !== undefined && isInternalTask(task));
}

/** Events of a pilot's stream were made by `decide`; the store only carried them. */
const pilotEvent = (event: StoredEvent): PilotEvent => event as unknown as PilotEvent;

/** Names of every person an event speaks of: its author, and the ids anywhere in its data. */
async function namesIn(
  event: StoredEvent,
  nameOf: (personId: string) => Promise<{ readonly name: string }>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([event.actor.personId, ...personIdsIn(event.data)]);
  return new Map(await Promise.all([...ids].map(async (id) => [id, (await nameOf(id)).name] as const)));
}

/** Members called personId, …PersonId, ownerId, reviewerId or assigneeId at any depth, and the deciders in `by`. */
function personIdsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(personIdsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === "string")
      return /^(\w*[pP]ersonId|ownerId|reviewerId|assigneeId)$/.test(name) ? [member] : [];
    if (name === "by" && Array.isArray(member)) return member.filter((each) => typeof each === "string");
    return personIdsIn(member);
  });
}
