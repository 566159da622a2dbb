/** A person's own work, most urgent first. */
import { useTranslation } from "react-i18next";
import { useOperation } from "../../api/queries.ts";
import { Count } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { TaskCard } from "./task-card.tsx";

const weekMs = 7 * 24 * 60 * 60 * 1000;

export function TasksPage() {
  const { t } = useTranslation("tasks");
  const { now } = usePortal();
  const { data, error, refetch } = useOperation("listTasks", { query: {} });
  const weekEnds = new Date(now().getTime() + weekMs).toISOString();
  const tasks = (data?.tasks ?? []).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  const groups = [
    { name: t("overdue"), tasks: tasks.filter(({ overdue }) => overdue) },
    { name: t("week"), tasks: tasks.filter(({ overdue, dueAt }) => !overdue && dueAt <= weekEnds) },
    { name: t("later"), tasks: tasks.filter(({ overdue, dueAt }) => !overdue && dueAt > weekEnds) },
  ].filter((group) => group.tasks.length > 0);
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && groups.length === 0 ? (
        <Empty>
          {t("empty")} <PageLink to="/pilots">{t("seePilots")}</PageLink>
        </Empty>
      ) : null}
      {groups.map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h2>
            {group.name} <Count of={group.tasks.length} />
          </h2>
          <ul className="cards">
            {group.tasks.map((task) => (
              <li key={`${task.pilotId} ${task.id}`}>
                <TaskCard task={task} showsPilot />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
