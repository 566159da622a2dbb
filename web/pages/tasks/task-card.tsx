/** One task with what its reader can do about it: open its page, take it, begin it, give it back. */
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { TaskView } from "../../../shared/contracts/views.ts";
import type { Role } from "../../../shared/domain/actor.ts";
import { useAnswered } from "../../api/queries.ts";
import { countryName } from "../../language/format.ts";
import { ActionButton } from "../../parts/action.tsx";
import { DueDate, Mark } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { someoneInWords } from "../../words.ts";

/** Whether a person has something to do about a task: take it, begin it, give it back. */
export function concerns(me: OutputOf<"getMe">, task: TaskView): boolean {
  const isMine = task.assignee?.id === me.person.id;
  return (
    (task.status === "ready" && playsRole(me.acting.role, task.candidateRole)) ||
    (isMine && (task.status === "reserved" || task.status === "in_progress"))
  );
}

const playsRole = (role: Role, candidate: TaskView["candidateRole"]): boolean =>
  (role === "sme_member" || role === "sme_admin" ? "sme" : role) === candidate;

export function TaskCard({ task, showsPilot = false }: { readonly task: TaskView; readonly showsPilot?: boolean }) {
  const { t } = useTranslation(["tasks", "common"]);
  const { call, me, announce } = usePortal();
  const answered = useAnswered();
  const change = async (verbs: readonly ("claimTask" | "startTask" | "releaseTask")[], said: string) => {
    let { version } = task;
    for (const verb of verbs) {
      const input = { params: { pilotId: task.pilotId, taskId: task.id }, body: { expectedVersion: version } };
      const pilot = await call(verb, input);
      answered(verb, input, pilot);
      version = pilot.tasks.find(({ id }) => id === task.id)?.version ?? version;
    }
    announce(said);
  };
  const isMine = task.assignee?.id === me.person.id;
  const isFree = task.status === "ready" && playsRole(me.acting.role, task.candidateRole);
  const owner = task.assignee === undefined ? undefined : isMine ? t("yours") : task.assignee.name;
  return (
    <div className="task">
      <p className="what">
        <TaskLink task={task} />
        {task.priority === "high" ? <Mark>{t("urgent")}</Mark> : null}
        {task.escalated ? <Mark>{t("escalated")}</Mark> : null}
      </p>
      <p className="quiet">
        <DueDate at={task.dueAt} isOver={task.overdue} />
        {showsPilot ? (
          <>
            {" · "}
            <PageLink to="/pilots/$pilotId" params={{ pilotId: task.pilotId }}>
              {task.pilotTitle}
            </PageLink>
            {", "}
            {task.market === undefined
              ? countryName(task.country)
              : t("common:route", { from: countryName(task.country), to: countryName(task.market) })}
          </>
        ) : null}
        {" · "}
        {owner ?? t("openTo", { who: someoneInWords(task.candidateRole) })}
      </p>
      <div className="buttons">
        {task.kind === "review" && (isFree || (isMine && task.status === "reserved")) ? (
          <ActionButton
            isPrimary
            about={task.title}
            act={() => change(isMine ? ["startTask"] : ["claimTask", "startTask"], t("reviewBegan"))}
          >
            {t("startReview")}
          </ActionButton>
        ) : null}
        {isFree ? (
          <ActionButton about={task.title} act={() => change(["claimTask"], t("claimed", { task: task.title }))}>
            {t("claim")}
          </ActionButton>
        ) : null}
        {isMine && (task.status === "reserved" || task.status === "in_progress") ? (
          <ActionButton about={task.title} act={() => change(["releaseTask"], t("released", { task: task.title }))}>
            {t("release")}
          </ActionButton>
        ) : null}
      </div>
    </div>
  );
}

/** Leads to where the work of a task is done. */
function TaskLink({ task: { kind, pilotId, runId, deliverableId, title } }: { readonly task: TaskView }) {
  if (deliverableId !== undefined) {
    return (
      <PageLink to="/pilots/$pilotId/deliverables/$deliverableId" params={{ pilotId, deliverableId }}>
        {title}
      </PageLink>
    );
  }
  if (kind === "gate_score" || kind === "gate_decision") {
    return (
      <PageLink to="/pilots/$pilotId/gates/$runId" params={{ pilotId, runId }}>
        {title}
      </PageLink>
    );
  }
  return (
    <PageLink to="/pilots/$pilotId" params={{ pilotId }}>
      {title}
    </PageLink>
  );
}
