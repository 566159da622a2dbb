/** Somebody's inbox for those who watch over the programme: what waits where they are, and for whom it can be moved. */
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../api/queries.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { type InboxGroup, inboxGroups, keyOf } from "../tasks/inbox.ts";
import { InboxSection } from "../tasks/inbox-section.tsx";
import { TaskCard } from "../tasks/task-card.tsx";
import { TaskList } from "../tasks/task-list.tsx";

export function WorkPage() {
  const { t } = useTranslation(["people", "tasks"]);
  const { me, now } = usePortal();
  const { personId } = useParams({ from: "/portal/people/$personId/tasks" });
  const { data, error, refetch } = useOperation("listTasksOf", { params: { personId } });
  const trail = [
    <PageLink key="people" to="/people">
      {t("title")}
    </PageLink>,
  ];
  if (data === undefined) {
    return (
      <>
        <PageHeading trail={trail}>{t("work.link")}</PageHeading>
        <Waiting error={error} reload={refetch} />
      </>
    );
  }
  const { name } = data.person;
  const titleOf = ({ id }: InboxGroup): string =>
    id === "unclaimed" || id === "sentBack" ? t(`work.${id}`) : t(`tasks:group.${id}`);
  const groups = inboxGroups(data.tasks, {}, { myId: personId, now: now() });
  return (
    <>
      <PageHeading trail={trail}>{t("work.of", { name })}</PageHeading>
      <p className="help">
        {t("work.help")} {me.acting.role === "coordinator" ? t("work.helpGive") : null}
      </p>
      {groups.length === 0 ? <Empty>{t("work.empty", { name })}</Empty> : null}
      {me.acting.role === "coordinator" ? (
        <TaskList groups={groups} showsKeys titleOf={titleOf} />
      ) : (
        groups.map((group) => (
          <InboxSection key={group.id} group={group} title={titleOf(group)}>
            {group.tasks.map((task) => (
              <li key={keyOf(task)}>
                <TaskCard task={task} showsPilot />
              </li>
            ))}
          </InboxSection>
        ))
      )}
    </>
  );
}
