/**
 * What people write about a pilot: comments, internal notes, questions with their answers. They are events: nobody
 * changes them afterwards. How a question stands is read from its task.
 */
import { pilotStream, stored } from "../../shared/contracts/items.ts";
import type { NoteView } from "../../shared/contracts/note-operations.ts";
import type { BodyOf } from "../../shared/contracts/operations.ts";
import { type Actor, seatOf } from "../../shared/domain/actor.ts";
import { may, playsRole } from "../../shared/domain/permissions.ts";
import type { EventOf, PilotEvent } from "../../shared/domain/pilot/events.ts";
import { isOpenTask, type PilotState, type Task } from "../../shared/domain/pilot/state.ts";
import type { ProcessRole } from "../../shared/domain/process.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { eventsBackwards } from "../../shared/records/events-of-pilot.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { readersAround, readsInternalNotes } from "./mentions.ts";
import { readablePilot } from "./pilots.ts";
import { presentPilot } from "./present.ts";

/** Events looked through at a time, and the notes with which a page is full. */
const EVENTS_READ = 100;
const NOTES_WANTED = 20;

type Ids = "listNotes" | "listPilotPeople" | "askQuestion" | "answerQuestion";

export function noteHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots } = dependencies;
  return {
    async listNotes({ params, query, actor, names }) {
      const state = await readablePilot(dependencies, params.pilotId, actor);
      const seesInternal = may(actor, "comment.internal.read", state.pilot);
      const said: StoredEvent[] = [];
      let { cursor } = query;
      do {
        const page = await store.eventsOf(pilotStream(params.pilotId), {
          reverse: true,
          limit: EVENTS_READ,
          ...(cursor === undefined ? {} : { cursor }),
        });
        said.push(...page.items.filter(({ type, data }) => isSaid(type) && (data.internal !== true || seesInternal)));
        cursor = page.cursor;
      } while (cursor !== undefined && said.length < NOTES_WANTED);
      const notes = await Promise.all(said.map((event) => presentNote(event, state, { actor, names })));
      return { notes, ...(cursor === undefined ? {} : { cursor }) };
    },

    async listPilotPeople({ params, actor, names }) {
      const { pilot } = await readablePilot(dependencies, params.pilotId, actor);
      const readers = await readersAround(dependencies, pilot);
      return {
        people: await Promise.all(
          readers.map(async (membership) => ({
            person: await names.person(membership.personId),
            role: membership.role,
            organisation: await names.organisation(membership.organisationId),
            readsInternalNotes: readsInternalNotes(membership),
          })),
        ),
      };
    },

    async askQuestion({ params, body, actor, names }) {
      const { fromNoteId, toRole: _toRole, toPersonId, ...question } = body;
      const fromNote = fromNoteId === undefined ? undefined : await noteOf(params.pilotId, fromNoteId, actor);
      const { state } = await pilots.change(
        params.pilotId,
        {
          type: "AskQuestion",
          ...question,
          toRole: await roleAsked(params.pilotId, body, actor),
          ...(toPersonId === undefined ? {} : { toPersonId }),
          ...(fromNote === undefined ? {} : { fromNote }),
        },
        actor,
      );
      return presentPilot(state, actor, names, clock.now().toISOString());
    },

    async answerQuestion({ params: { pilotId, taskId }, body, actor, names }) {
      const { state } = await pilots.change(pilotId, { type: "AnswerQuestion", taskId, ...body }, actor);
      return presentPilot(state, actor, names, clock.now().toISOString());
    },
  };

  /** The role in which somebody is around the pilot and can answer. Throws `Refusal` for somebody who is not. */
  async function roleAsked(
    pilotId: string,
    { toPersonId, toRole, internal }: BodyOf<"askQuestion">,
    actor: Actor,
  ): Promise<ProcessRole> {
    if (toPersonId === undefined) {
      if (toRole === undefined) throw new Refusal("RuleBroken", "choose_whom_to_ask", { pointer: "/toPersonId" });
      return toRole;
    }
    const state = await pilots.load(pilotId);
    // What is not there or not theirs the command itself refuses.
    if (state === undefined || !may(actor, "comment.write", state.pilot)) return toRole ?? "coordinator";
    const asked = (await readersAround(dependencies, state.pilot)).find(({ personId }) => personId === toPersonId);
    if (asked === undefined || (internal && !readsInternalNotes(asked)))
      throw new Refusal("RuleBroken", "asked_cannot_read", { pointer: "/toPersonId" });
    return processRoleOf(asked.role);
  }

  /** A note of this pilot that the actor may read. Throws `Refusal`. */
  async function noteOf(pilotId: string, noteId: string, actor: Actor) {
    const { pilot } = await readablePilot(dependencies, pilotId, actor);
    for await (const { id, type, data } of eventsBackwards(store, pilotId)) {
      if (id !== noteId || !isSaid(type)) continue;
      const internal = data.internal === true;
      if (!internal || may(actor, "comment.internal.read", pilot)) return { id, internal };
    }
    throw new Refusal("NotFound", "no_such_note");
  }

  async function presentNote(
    event: StoredEvent,
    state: PilotState,
    { actor, names }: Pick<Call<"listNotes">, "actor" | "names">,
  ): Promise<NoteView> {
    const { id, at, actor: by } = event;
    const said = saidIn(event);
    const { text, internal, deliverableId } = said.data;
    const mentions = said.type === "CommentAdded" ? (said.data.mentions ?? []) : [];
    const base = {
      id,
      at,
      by: {
        person: await names.person(by.personId),
        role: by.role,
        ...(by.forPersonId === undefined ? {} : { for: await names.person(by.forPersonId) }),
      },
      text,
      internal,
      ...(deliverableId === undefined ? {} : { deliverableId }),
      mentions: await Promise.all(mentions.map((personId) => names.person(personId))),
    };
    if (said.type === "CommentAdded") return { ...base, kind: "comment" };
    const task = state.tasks[said.data.taskId];
    if (said.type === "QuestionAnswered") {
      return { ...base, kind: "answer", answers: { taskId: said.data.taskId, text: task?.question?.text ?? "" } };
    }
    if (task === undefined) return { ...base, kind: "question" };
    const { fromNoteId } = said.data;
    const question = {
      taskId: task.id,
      ...(task.assigneeId === undefined ? {} : { to: await names.person(task.assigneeId) }),
      toRole: task.candidateRole,
      dueAt: task.dueAt,
      state: stateOf(task),
      overdue: isOpenTask(task) && task.dueAt < clock.now().toISOString(),
      mayAnswer: mayAnswer(actor, task, state),
      ...(fromNoteId === undefined ? {} : { fromNoteId }),
    };
    return { ...base, kind: "question", question };
  }
}

const saidTypes = ["CommentAdded", "QuestionAsked", "QuestionAnswered"] as const;

const isSaid = (type: string): boolean => saidTypes.some((said) => said === type);

/** Events of a pilot's stream were made by `decide`; the store only carried them. */
const saidIn = (event: StoredEvent): EventOf<(typeof saidTypes)[number]> =>
  stored<Extract<PilotEvent, { type: (typeof saidTypes)[number] }>>({ ...event });

function stateOf({ status }: Task): "open" | "waiting" | "answered" | "ended" {
  if (status === "completed") return "answered";
  if (status === "suspended") return "waiting";
  return status === "ready" || status === "reserved" || status === "in_progress" ? "open" : "ended";
}

function mayAnswer(actor: Actor, task: Task, { pilot }: PilotState): boolean {
  if (stateOf(task) !== "open" || !may(actor, "comment.write", pilot)) return false;
  if (task.question?.askedBy === seatOf(actor)) return true;
  return task.assigneeId === undefined
    ? playsRole(actor, task.candidateRole, pilot)
    : task.assigneeId === seatOf(actor);
}

/** Readers around a pilot are of the company, the team or the programme office. */
function processRoleOf(role: string): ProcessRole {
  switch (role) {
    case "sme_member":
    case "sme_admin":
      return "sme";
    case "advisor":
    case "expert":
    case "living_lab":
      return role;
    default:
      return "coordinator";
  }
}
