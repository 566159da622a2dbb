/** One task with what its reader can do about it: open its page, take it, begin it, give it back, hand it on. */
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { dayInWords, idsInWords, listInWords } from "../../language/format.ts";
import { ActionButton } from "../../parts/action.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { DueDate, Mark } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { type Me, usePortal } from "../../portal.ts";
import { routeInWords, someoneInWords } from "../../words.ts";
import { TaskActions } from "./task-actions.tsx";
import { isBegunOrTaken, isDelegated, mayClaim, mayRelease, mayStartReview, useTaskWork } from "./use-task-work.ts";

/** Whether the page of a task is where this person goes on: a form of their own or of their company, a gate to decide. */
const isNext = (me: Me, task: TaskView): boolean => {
  if (mayStartReview(me, task)) return false;
  if (task.assignee?.id === me.seatId) return isBegunOrTaken(task);
  return mayClaim(me, task) && (task.candidateRole === "sme" || task.kind !== "produce");
};

/** Whether a person has something to do about a task: take it, begin it, give it back. */
export function concerns(me: Me, task: TaskView): boolean {
  return mayClaim(me, task) || (task.assignee?.id === me.seatId && isBegunOrTaken(task));
}

export function TaskCard(props: {
  readonly task: TaskView;
  readonly showsPilot?: boolean;
  /** On the page that its title would lead to. */
  readonly isHere?: boolean;
  /** The review is open below: claimed again, it goes on. */
  readonly isUnderReview?: boolean;
}) {
  const { task, showsPilot = false, isHere = false, isUnderReview = false } = props;
  const { t } = useTranslation(["tasks", "common"]);
  const { me } = usePortal();
  const work = useTaskWork();
  const title = idsInWords(task.title);
  const titleId = useId();
  const isMine = task.assignee?.id === me.seatId;
  const isForm = isHere && task.kind === "produce";
  const owner = task.assignee === undefined ? undefined : isMine ? t("yours") : task.assignee.name;
  return (
    <>
      <div className="task">
        <p className="what" id={titleId}>
          {/* The form itself says what it is and when it is due. */}
          {isForm ? (
            isMine ? (
              t("yoursToFillIn")
            ) : (
              t("toFillIn", { who: someoneInWords(task.candidateRole) })
            )
          ) : isHere ? (
            title
          ) : (
            <TaskLink task={task}>{title}</TaskLink>
          )}
          {task.sentBack && !isHere ? <Mark>{t("sentBack")}</Mark> : null}
          {task.priority === "high" ? <Mark>{t("urgent")}</Mark> : null}
          {task.escalated ? <Mark>{t("escalated")}</Mark> : null}
        </p>
        <p className="quiet">
          <FactsInLine>
            {isForm ? null : <DueDate at={task.dueAt} isOver={task.overdue} isHeld={task.status === "suspended"} />}
            {showsPilot ? (
              <>
                <PageLink to="/pilots/$pilotId" params={{ pilotId: task.pilotId }}>
                  {task.pilotTitle}
                </PageLink>
                {", "}
                {routeInWords(task)}
              </>
            ) : null}
            {isForm ? null : (owner ?? t("openTo", { who: someoneInWords(task.candidateRole) }))}
            {task.status === "created" ? t("forScores") : null}
            {task.waitsFor.length === 0 ? null : t("common:waitsFor", { what: idsInWords(listInWords(task.waitsFor)) })}
            {isDelegated(task) ? t("delegatedBy", { name: task.owner?.name ?? "" }) : null}
            {task.forecast === undefined ? null : forecastInWords(task.forecast)}
          </FactsInLine>
        </p>
        <div className="buttons">
          {!isHere && isNext(me, task) ? (
            <TaskLink task={task} isButton aria-describedby={titleId}>
              {t(task.kind === "produce" ? "fillIn" : "open")}
            </TaskLink>
          ) : null}
          {mayStartReview(me, task) && !isUnderReview ? (
            <ActionButton rank="primary" about={task.title} act={() => work.startReview(task)}>
              {t("startReview")}
            </ActionButton>
          ) : null}
          {mayClaim(me, task) ? (
            <ActionButton {...(isForm ? { rank: "primary" } : {})} about={task.title} act={() => work.claim(task)}>
              {t("claim")}
            </ActionButton>
          ) : null}
          {mayRelease(me, task) ? (
            <ActionButton rank="quiet" about={task.title} act={() => work.release(task)}>
              {t("release")}
            </ActionButton>
          ) : null}
        </div>
      </div>
      <TaskActions task={task} />
    </>
  );

  function forecastInWords({ on, note }: Exclude<TaskView["forecast"], undefined>): string {
    const day = t("forecast", { day: dayInWords(on) });
    return note === "" ? day : `${day} (${note})`;
  }
}

/** Leads to where the work of a task is done. */
function TaskLink(props: {
  readonly task: TaskView;
  readonly isButton?: boolean;
  readonly children: ReactNode;
  readonly "aria-describedby"?: string;
}) {
  const {
    task: { kind, pilotId, runId, deliverableId },
    ...link
  } = props;
  if (deliverableId !== undefined) {
    return <PageLink to="/pilots/$pilotId/deliverables/$deliverableId" params={{ pilotId, deliverableId }} {...link} />;
  }
  if (kind === "gate_score" || kind === "gate_decision") {
    return <PageLink to="/pilots/$pilotId/gates/$runId" params={{ pilotId, runId }} {...link} />;
  }
  return (
    <PageLink
      to="/pilots/$pilotId"
      params={{ pilotId }}
      {...(kind === "question" ? { hash: "notes" } : {})}
      {...link}
    />
  );
}
