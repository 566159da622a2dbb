/** Taking, beginning and giving back tasks, one or many, each with the version that was seen. */
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import type { Role } from "../../../shared/domain/actor.ts";
import { useAnswered } from "../../api/queries.ts";
import { idsInWords } from "../../language/format.ts";
import { problemInWords } from "../../parts/problem-in-words.ts";
import { type Me, usePortal } from "../../portal.ts";

type Verb = "claimTask" | "startTask" | "releaseTask";

export const plays = (role: Role, candidate: TaskView["candidateRole"]): boolean =>
  (role === "sme_member" || role === "sme_admin" ? "sme" : role) === candidate;

const isMine = (me: Me, task: TaskView): boolean => task.assignee?.id === me.seatId;

export const isBegunOrTaken = ({ status }: TaskView): boolean => status === "reserved" || status === "in_progress";

/** Somebody's task that another does for the time being. */
export const isDelegated = ({ owner, assignee }: TaskView): boolean =>
  owner !== undefined && assignee !== undefined && owner.id !== assignee.id;

export const mayClaim = (me: { readonly acting: Pick<Me["acting"], "role"> }, task: TaskView): boolean =>
  task.status === "ready" && plays(me.acting.role, task.candidateRole) && task.seated !== true;

/** Whether there may be more to do about a task than to take it: `possible-actions.tsx` says what. */
export function mayDoMore(
  { acting: { role }, seatId }: Me,
  { assignee, owner, candidateRole, kind }: TaskView,
): boolean {
  if (assignee?.id === seatId || owner?.id === seatId || role === "coordinator" || role === "advisor") return true;
  return plays(role, candidateRole) && (role !== "expert" || kind === "produce");
}

/** What was delegated goes back to its owner, not to the shared list. */
export const mayRelease = (me: Me, task: TaskView): boolean =>
  isMine(me, task) && isBegunOrTaken(task) && !isDelegated(task);

export const mayStartReview = (me: Me, task: TaskView): boolean =>
  task.kind === "review" && (mayClaim(me, task) || (isMine(me, task) && task.status === "reserved"));

/** A task that something could not be done with, and why, in words. */
export interface Refused {
  readonly task: TaskView;
  readonly why: string;
}

/** One task after the other; those that are refused do not keep the others back. */
export async function eachOf(
  tasks: readonly TaskView[],
  act: (task: TaskView) => Promise<void>,
): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
  for (const task of tasks) {
    try {
      await act(task);
    } catch (error) {
      refused.push({ task, why: problemInWords(error).message });
    }
  }
  return refused;
}

/** Some of many tasks could not be changed: by title, why. */
class SomeRefused extends Error {
  override name = "SomeRefused" as const;
}

export function useTaskWork() {
  const { t } = useTranslation(["tasks", "common"]);
  const { call, me, announce } = usePortal();
  const answered = useAnswered();
  const navigate = useNavigate();

  const send = async (task: TaskView, verbs: readonly Verb[]): Promise<void> => {
    let { version } = task;
    for (const verb of verbs) {
      const input = { params: { pilotId: task.pilotId, taskId: task.id }, body: { expectedVersion: version } };
      const pilot = await call(verb, input);
      answered(verb, input, pilot);
      version = pilot.tasks.find(({ id }) => id === task.id)?.version ?? version;
    }
  };

  /** How many were done; throws what was refused, after all were tried. */
  const sendAll = async (tasks: readonly TaskView[], verb: Verb): Promise<number> => {
    const refused = await eachOf(tasks, (task) => send(task, [verb]));
    const done = tasks.length - refused.length;
    if (refused.length === 0) return done;
    const each = refused.map(({ task, why }) => t("common:sentence", { first: idsInWords(task.title), second: why }));
    throw new SomeRefused([t("bulk.done", { count: done }), ...each].join(" "));
  };

  return {
    async claim(task: TaskView) {
      await send(task, ["claimTask"]);
      announce(t("claimed", { task: idsInWords(task.title) }));
    },
    async release(task: TaskView) {
      await send(task, ["releaseTask"]);
      announce(t("released", { task: idsInWords(task.title) }));
    },
    /** Begins the review and leads to it. */
    async startReview(task: TaskView) {
      await send(task, isMine(me, task) ? ["startTask"] : ["claimTask", "startTask"]);
      announce(t("reviewBegan"));
      const { pilotId, deliverableId } = task;
      if (deliverableId === undefined) return;
      await navigate({
        to: "/pilots/$pilotId/deliverables/$deliverableId",
        params: { pilotId, deliverableId },
      });
    },
    async claimAll(tasks: readonly TaskView[]) {
      announce(t("bulk.claimed", { count: await sendAll(tasks, "claimTask") }));
    },
    async releaseAll(tasks: readonly TaskView[]) {
      announce(t("bulk.released", { count: await sendAll(tasks, "releaseTask") }));
    },
  };
}
