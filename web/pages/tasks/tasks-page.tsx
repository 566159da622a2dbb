/** The inbox: a person's own work and what they may take, most urgent first, to be worked through without the mouse. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import { loadWords } from "../../language/language.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Loading, Problem, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { isGivenTasks, mayStandIn } from "../../shell/navigation.ts";
import { filtersIn, type InboxFilters, type InboxGroup, inboxGroups } from "./inbox.ts";
import { OwnPilots } from "./own-pilots.tsx";
import { TaskList } from "./task-list.tsx";
import { plays } from "./use-task-work.ts";

const InboxFilterBar = lazy(() =>
  Promise.all([import("./inbox-filter-bar.tsx"), loadWords("inbox")]).then(([module]) => ({
    default: module.InboxFilterBar,
  })),
);

const Admissions = lazy(() =>
  Promise.all([import("./admissions.tsx"), loadWords("inbox")]).then(([module]) => ({ default: module.Admissions })),
);

const StartPage = lazy(() =>
  Promise.all([import("../start/start-page.tsx"), loadWords("start")]).then(([module]) => ({
    default: module.StartPage,
  })),
);

/** Where everybody arrives. */
export function TasksPage() {
  const { me } = usePortal();
  if (isGivenTasks(me.acting.role)) return <Tasks />;
  return (
    <Suspense fallback={<Loading />}>
      <StartPage />
    </Suspense>
  );
}

function Tasks() {
  const { t } = useTranslation(["tasks", "common"]);
  const { me, now } = usePortal();
  const search = useSearch({ from: "/portal/" });
  const navigate = useNavigate();
  const { view: viewId, ...own } = search;
  const view = useOperation("getView", { params: { viewId: viewId ?? "" } }, { enabled: viewId !== undefined });
  const filters = viewId === undefined ? own : filtersIn(view.data?.filters ?? {});
  const { data, error, refetch } = useOperation("listTasks", { query: {} });
  const { role } = me.acting;
  const isCompany = role === "sme_admin" || role === "sme_member";
  const pilots = useOperation("listPilots", { query: {} }, { enabled: isCompany });
  // A company looks after a handful of tasks; what helps with many would stand before them.
  const isMany = data !== undefined && data.tasks.length > (isCompany ? few : 0);
  const isFiltered = Object.keys(filters).length > 0;
  const groups = inboxGroups(data?.tasks ?? [], filters, { myId: me.seatId, now: now() });
  const show = (next: InboxFilters) => void navigate({ to: "/", search: next, replace: true });
  const isViewReady = viewId === undefined || view.data !== undefined;
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {mayStandIn(role) ? (
        <p>
          <PageLink to="/absence">{t("absence.link")}</PageLink>
        </p>
      ) : null}
      {data !== undefined && (isMany || isFiltered || viewId !== undefined) ? (
        <Filters tasks={data.tasks} filters={filters} view={viewId} show={show} />
      ) : null}
      {viewId !== undefined && view.error !== null ? (
        <>
          <Problem error={view.error} />
          <PageLink to="/" search={{}}>
            {t("filter.all")}
          </PageLink>
        </>
      ) : null}
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && groups.length === 0 && isViewReady ? (
        isFiltered ? (
          <Empty>
            {t("filter.none")}{" "}
            <PageLink to="/" search={{}}>
              {t("filter.all")}
            </PageLink>
          </Empty>
        ) : // To a company without a pilot, what comes first is said below.
        pilots.data?.pilots.length === 0 ? null : (
          <Empty>
            {t(isCompany ? "emptyForCompany" : "empty")} <PageLink to="/pilots">{t("seePilots")}</PageLink>
          </Empty>
        )
      ) : null}
      {role === "coordinator" && data !== undefined && !isFiltered ? (
        <Suspense>
          <Admissions />
        </Suspense>
      ) : null}
      {/* Also without tasks: it may have to say what became of them. */}
      {data !== undefined && isViewReady ? <Inbox groups={groups} showsKeys={isMany} /> : null}
      {/* With what stands above it, so that nothing jumps. */}
      {isCompany && (data !== undefined || error !== null) ? <OwnPilots /> : null}
    </>
  );
}

const few = 5;

/** Folded away until it is wanted or a filter is set. */
function Filters(props: {
  readonly tasks: readonly TaskView[];
  readonly filters: InboxFilters;
  readonly view: string | undefined;
  show(filters: InboxFilters): void;
}) {
  const { t } = useTranslation("tasks");
  // The filters of a saved view are still on their way.
  const isSet = Object.keys(props.filters).length > 0 || props.view !== undefined;
  const [isWanted, setWanted] = useState(isSet);
  return (
    <details className="action filters" open={isSet} onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>{t("filter.title")}</summary>
      {isWanted ? (
        <Suspense fallback={<Loading />}>
          <InboxFilterBar {...props} />
        </Suspense>
      ) : null}
    </details>
  );
}

function Inbox({ groups, showsKeys }: { readonly groups: readonly InboxGroup[]; readonly showsKeys: boolean }) {
  const { t } = useTranslation("tasks");
  const { me } = usePortal();
  const isOfCompany = plays(me.acting.role, "sme");
  return (
    <TaskList
      groups={groups}
      showsKeys={showsKeys}
      titleOf={({ id }) => (isOfCompany && id === "unclaimed" ? t("group.ofCompany") : t(`group.${id}`))}
      helpOf={({ id }) => (isOfCompany && id === "unclaimed" ? t("groupHelp.ofCompany") : t(`groupHelp.${id}`))}
    />
  );
}
