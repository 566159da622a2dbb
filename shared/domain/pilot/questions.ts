/**
 * A question to somebody around the pilot, as a task with a date. The answer is a comment that all read who could read
 * the question; what is asked internally stays internal, also when it is handed on.
 */
import { seatOf } from "../actor.ts";
import { isDate, localDateOf } from "../calendar.ts";
import { assertMay } from "../permissions.ts";
import type { ProcessRole } from "../process.ts";
import { Refusal } from "../refusal.ts";
import type { CommandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { type Decisions, decided, type Evolutions, recordIn, withTask } from "./decider.ts";
import { countryOf, daysBetween, isUnfinished, scheduleIn } from "./due-dates.ts";
import type { Schedule } from "./events.ts";
import { assertSaid, assertWorkable } from "./preconditions.ts";
import type { Pilot, PilotState, Question, Task } from "./state.ts";
import {
  assertCanBeGiven,
  assertCandidate,
  assertHas,
  assertTaskIs,
  internalRoles,
  open,
  taskFor,
} from "./task-rights.ts";
import { finished, newTask, withTaskGivenTo } from "./task-states.ts";

const longestDays = 365;
const titleLength = 80;
const answerHours = 0.5;

export const questionDecisions = {
  AskQuestion(state, command, context) {
    const { pilot } = state;
    const { text, internal, toRole, toPersonId, deliverableId, fromNote, dueOn } = command;
    assertMay(context.actor, internal ? "comment.internal" : "comment.write", pilot);
    if (deliverableId !== undefined && !Object.hasOwn(state.deliverables, deliverableId))
      throw new Refusal("NotFound", "no_such_deliverable");
    const runId = state.deliverables[deliverableId ?? ""]?.runId ?? pilot.currentRunId ?? "intake";
    assertWorkable(state, runId);
    assertSaid(text, "/text", "say_question");
    if (fromNote?.internal === true && !internal)
      throw new Refusal("RuleBroken", "internal_stays_internal", { pointer: "/internal" });
    if (internal && !internalRoles.includes(toRole))
      throw new Refusal("RuleBroken", "internal_question_for", { pointer: "/toRole" });
    if (toPersonId !== undefined) assertCanBeGiven(state, { kind: "question", candidateRole: toRole }, toPersonId);
    else assertSomebodyIn(toRole, pilot);
    const schedule = scheduleOf(dueOn, toRole, state, context);
    if (Object.values(state.tasks).some((task) => isRepeat(task, command, context))) return undefined;
    return {
      type: "QuestionAsked",
      ...decided(context),
      data: {
        taskId: nextId(state),
        text,
        internal,
        title: titleOf(text),
        runId,
        toRole,
        ...schedule,
        ...(toPersonId === undefined ? {} : { toPersonId }),
        ...(deliverableId === undefined ? {} : { deliverableId }),
        ...(fromNote === undefined ? {} : { fromNoteId: fromNote.id }),
      },
    };
  },

  /** By who has it or may claim it; who asked may close it with what they have learned elsewhere. */
  AnswerQuestion(state, command, context) {
    const { text } = command;
    const task = taskFor(state, command, context.actor);
    const { question } = task;
    assertMay(context.actor, "comment.write", state.pilot);
    if (question === undefined) throw new Refusal("RuleBroken", "no_question");
    if (isSameAnswer(question, text, context)) return undefined;
    assertTaskIs(state, task, open);
    if (question.askedBy !== seatOf(context.actor)) {
      assertCandidate(context.actor, task, state.pilot);
      if (task.assigneeId !== undefined) assertHas(context.actor, task);
    }
    assertSaid(text, "/text", "say_answer");
    const { internal, askedBy: askedById, deliverableId } = question;
    return {
      type: "QuestionAnswered",
      ...decided(context),
      data: { taskId: task.id, text, internal, askedById, ...(deliverableId === undefined ? {} : { deliverableId }) },
    };
  },
} satisfies Decisions<"AskQuestion" | "AnswerQuestion">;

export const questionEvolutions = {
  QuestionAsked(state, { at, actor, data }) {
    const { taskId, text, internal, title, runId, toRole, toPersonId, deliverableId, fromNoteId } = data;
    const task = newTask(state.pilot, {
      id: taskId,
      kind: "question",
      title,
      runId,
      candidateRole: toRole,
      createdAt: at,
      dueAt: data.dueAt,
      reminders: data.reminders,
      estimatedHours: answerHours,
      question: {
        text,
        askedBy: seatOf(actor),
        askedByRole: actor.role,
        ...(toPersonId === undefined ? {} : { toPersonId }),
        internal,
        ...(deliverableId === undefined ? {} : { deliverableId }),
        ...(fromNoteId === undefined ? {} : { fromNoteId }),
      },
    });
    const asked = withTask(state, task);
    return toPersonId === undefined ? asked : withTaskGivenTo(asked, taskId, toPersonId);
  },

  QuestionAnswered(state, { at, actor, data }) {
    const task = recordIn(state.tasks, data.taskId);
    if (task.question === undefined) return state;
    const answer = { text: data.text, personId: actor.personId, at };
    return withTask(state, { ...finished(task, "completed", at), question: { ...task.question, answer } });
  },
} satisfies Evolutions<"QuestionAsked" | "QuestionAnswered">;

/** Reminders up to the third day of lateness: an unanswered question puts no pilot at risk. */
function scheduleOf(dueOn: string, role: ProcessRole, { pilot }: PilotState, context: Context): Schedule {
  const country = countryOf(role, pilot, context.programme);
  const today = localDateOf(context.now, country);
  const days = isDate(dueOn) ? daysBetween(`${today}T00:00:00Z`, `${dueOn}T00:00:00Z`) : -1;
  if (days < 0 || days > longestDays) throw new Refusal("RuleBroken", "choose_answer_day", { pointer: "/dueOn" });
  const { dueAt, reminders } = scheduleIn(context, days, country);
  return { dueAt, reminders: reminders.filter(({ step }) => step === "near" || step === "due" || step === "esc1") };
}

/** Throws `Refusal` RuleBroken when a team role has nobody who could answer. */
function assertSomebodyIn(role: ProcessRole, { team }: Pick<Pilot, "team">): void {
  if (role === "sme" || role === "coordinator" || team.some((member) => member.role === role)) return;
  throw new Refusal("RuleBroken", "nobody_in_role", { pointer: "/toRole" });
}

const nextId = ({ tasks }: PilotState): string =>
  `pilot.question.${Object.values(tasks).filter(({ kind }) => kind === "question").length + 1}`;

/** A title for lists: the beginning of the question, cut between words. */
function titleOf(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  if (line.length <= titleLength) return line;
  const cut = line.lastIndexOf(" ", titleLength - 1);
  return `${line.slice(0, cut > titleLength / 2 ? cut : titleLength - 1)}…`;
}

/** Pressed twice: the same person asked the same of the same, and waits for the answer. */
function isRepeat(task: Task, command: CommandOf<"AskQuestion">, { actor }: Context): boolean {
  const { question } = task;
  return (
    question !== undefined &&
    isUnfinished(task) &&
    question.askedBy === seatOf(actor) &&
    question.text === command.text &&
    question.internal === command.internal &&
    question.deliverableId === command.deliverableId &&
    task.candidateRole === command.toRole &&
    question.toPersonId === command.toPersonId
  );
}

const isSameAnswer = ({ answer }: Question, text: string, { actor }: Context): boolean =>
  answer?.text === text && answer.personId === actor.personId;
