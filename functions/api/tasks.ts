/** Operations on tasks: the list of work, and WS-HumanTask's operations on one task. */
import { type InboxEntry, inbox, key, stored } from "../../shared/contracts/items.ts";
import type { BodyOf, OperationId } from "../../shared/contracts/operations.ts";
import { type Actor, seatOf } from "../../shared/domain/actor.ts";
import type { PilotCommand } from "../../shared/domain/pilot/commands.ts";
import type { Pilot } from "../../shared/domain/pilot/state.ts";
import type { ProcessRole } from "../../shared/domain/process.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Store } from "../../shared/ports/store.ts";
import { isCurrent, membershipsOf } from "../../shared/records/people.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { mayKnow, readablePilot } from "./pilots.ts";
import { presentPilot, presentTask } from "./present.ts";

type OnTask = Extract<OperationId, `${string}Task` | "setTaskPriority" | "giveForecast">;

export function taskHandlers(dependencies: ApiDependencies): Handlers<OnTask | "listTasks" | "listTasksOf"> {
  const { store, clock, pilots } = dependencies;

  /** Runs a command on the task and shows the pilot afterwards. */
  const command =
    <Id extends OnTask>(toCommand: (taskId: string, body: BodyOf<Id>) => PilotCommand) =>
    async (call: Call<Id>) => {
      const { pilotId, taskId } = call.params;
      const { toPersonId, toRole } = call.body as { readonly toPersonId?: string; readonly toRole?: ProcessRole };
      if (toPersonId !== undefined) await assertCandidate(dependencies, call, toPersonId, toRole);
      const { state } = await pilots.change(pilotId, toCommand(taskId, call.body), call.actor);
      return presentPilot(state, call.actor, call.names, clock.now().toISOString());
    };

  return {
    async listTasks({ actor, names }) {
      const now = clock.now().toISOString();
      const [own, ...ofGroups] = await Promise.all(inboxesOf(actor).map((pk) => entriesOf(store, pk)));
      const entries = [...(await readableIn(dependencies, actor, own)), ...ofGroups.flat()];
      const byTask = new Map(entries.map((entry) => [`${entry.pilotId}#${entry.task.id}`, entry]));
      const mine = [...byTask.values()].sort(byDueDate);
      return { tasks: await Promise.all(mine.map((entry) => presentTask(entry, names, now))) };
    },

    async listTasksOf({ actor, params, names }) {
      const { personId } = params;
      const now = clock.now().toISOString();
      const isOfProgramme = (await membershipsOf(store, personId)).some(
        ({ programmeId }) => programmeId === actor.programmeId,
      );
      if (!isOfProgramme) throw new Refusal("NotFound", "nobody_in_programme");
      const theirs = await readableIn(dependencies, actor, await entriesOf(store, inbox.person(personId)));
      return {
        person: await names.person(personId),
        tasks: await Promise.all(theirs.toSorted(byDueDate).map((entry) => presentTask(entry, names, now))),
      };
    },

    claimTask: command<"claimTask">((taskId, body) => ({ type: "ClaimTask", taskId, ...body })),
    startTask: command<"startTask">((taskId, body) => ({ type: "StartTask", taskId, ...body })),
    releaseTask: command<"releaseTask">((taskId, body) => ({ type: "ReleaseTask", taskId, ...body })),
    delegateTask: command<"delegateTask">((taskId, body) => ({ type: "DelegateTask", taskId, ...body })),
    returnTask: command<"returnTask">((taskId, body) => ({ type: "ReturnTask", taskId, ...body })),
    forwardTask: command<"forwardTask">((taskId, body) => ({ type: "ForwardTask", taskId, ...body })),
    nominateTask: command<"nominateTask">((taskId, body) => ({ type: "NominateTask", taskId, ...body })),
    setTaskPriority: command<"setTaskPriority">((taskId, body) => ({ type: "SetTaskPriority", taskId, ...body })),
    failTask: command<"failTask">((taskId, body) => ({ type: "FailTask", taskId, ...body })),
    giveForecast: command<"giveForecast">((taskId, body) => ({ type: "GiveForecast", taskId, ...body })),
  };
}

const byDueDate = (a: InboxEntry, b: InboxEntry): number => (a.task.dueAt < b.task.dueAt ? -1 : 1);

/**
 * Work can be given to people who may do it: those of the company for its tasks, coordinators for theirs.
 * Team roles are checked by the domain, which knows the team. Throws `Refusal`.
 */
async function assertCandidate(
  dependencies: ApiDependencies,
  { params, actor }: Pick<Call<OnTask>, "params" | "actor">,
  personId: string,
  toRole: ProcessRole | undefined,
): Promise<void> {
  const { store, clock } = dependencies;
  const state = await readablePilot(dependencies, params.pilotId, actor);
  const task = state.tasks[params.taskId];
  // Nothing to check yet: the command itself says what is not there.
  if (task === undefined) return;
  const { programmeId, organisationId } = state.pilot;
  const memberships = (await membershipsOf(store, personId)).filter(
    (membership) => membership.programmeId === programmeId && isCurrent(membership, clock.now()),
  );
  const fits = memberships.some((membership) => {
    const role = toRole ?? task.candidateRole;
    return role === "sme" ? membership.organisationId === organisationId : membership.role === role;
  });
  if (!fits) {
    throw new Refusal("RuleBroken", "cannot_do_task", { pointer: "/toPersonId" });
  }
}

/** A person's own list, then that of the group they stand in for in this role. */
function inboxesOf(actor: Actor): [string, ...string[]] {
  const own = inbox.person(seatOf(actor));
  if (actor.role === "coordinator") return [own, inbox.coordinators(actor.programmeId)];
  if ((actor.role === "sme_member" || actor.role === "sme_admin") && actor.organisationId !== undefined) {
    return [own, inbox.organisation(actor.organisationId)];
  }
  return [own];
}

/** What is on a person's own list in any of their roles and programmes, less what they cannot read in this one. */
async function readableIn(
  { store }: ApiDependencies,
  actor: Actor,
  entries: readonly InboxEntry[] = [],
): Promise<readonly InboxEntry[]> {
  const pilotIds = [...new Set(entries.map(({ pilotId }) => pilotId))];
  const heads = await Promise.all(pilotIds.map((pilotId) => store.get(key.pilot(pilotId))));
  const readable = new Set(
    heads
      .flatMap((head) => (head === undefined ? [] : [stored<{ pilot: Pilot }>(head.data).pilot]))
      .filter((pilot) => mayKnow(actor, pilot))
      .map(({ id }) => id),
  );
  return entries.filter(({ pilotId }) => readable.has(pilotId));
}

async function entriesOf(store: Store, pk: string): Promise<InboxEntry[]> {
  const entries: InboxEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.query({ index: "gsi1", pk, ...(cursor === undefined ? {} : { cursor }) });
    entries.push(...page.items.map((item) => stored<InboxEntry>(item.data)));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return entries;
}
