/** The inbox: a person's own work and what they may take, most urgent first, to be worked through without the mouse. */
import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import { loadWords } from "../../language/language.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Loading, Problem, Waiting } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { isGivenTasks, mayStandIn } from "../../shell/navigation.ts";
import { useShortcut } from "../../shell/shortcuts.ts";
import { filtersIn, type InboxFilters, type InboxGroup, inboxGroups, keyOf } from "./inbox.ts";
import { InboxSection } from "./inbox-section.tsx";
import { OwnPilots } from "./own-pilots.tsx";
import { TaskCard } from "./task-card.tsx";
import { mayClaim, mayRelease, mayStartReview, plays, useTaskWork } from "./use-task-work.ts";

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
      {groups.length > 0 && isViewReady ? <Inbox groups={groups} showsKeys={isMany} /> : null}
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

const keysInOrder = ["j", "k", "x", "c", "s", "r", "m"] as const;

/** The list with its cursor and selection; both are by task and survive that the list is read anew. */
function Inbox({ groups, showsKeys }: { readonly groups: readonly InboxGroup[]; readonly showsKeys: boolean }) {
  const { t } = useTranslation("tasks");
  const { me } = usePortal();
  const work = useTaskWork();
  const { isPending, error, run } = useAction();
  const list = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string>();
  const lastIndex = useRef(0);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const tasks = groups.flatMap((group) => group.tasks);
  const current = tasks.find((task) => keyOf(task) === cursor);
  const selected = tasks.filter((task) => selection.has(keyOf(task)));
  const order = tasks.map(keyOf).join("\n");

  const goTo = (index: number) => {
    const items = list.current?.querySelectorAll<HTMLElement>("[data-task] a") ?? [];
    const links = [...items].filter((link) => link.matches(".what a"));
    links[Math.min(Math.max(index, 0), links.length - 1)]?.focus();
  };
  const move = (by: number) => {
    const at = tasks.findIndex((task) => keyOf(task) === cursor);
    goTo(at < 0 ? (cursor === undefined ? 0 : lastIndex.current) : at + by);
  };
  const toggle = (task: TaskView) => {
    const next = new Set(selection);
    if (!next.delete(keyOf(task))) next.add(keyOf(task));
    setSelection(next);
  };
  const finish = async (done: Promise<void>) => {
    try {
      await done;
    } finally {
      setSelection(new Set());
    }
  };
  const claim = () => {
    if (selected.length > 0) run(() => finish(work.claimAll(selected.filter((task) => mayClaim(me, task)))));
    else if (current !== undefined && mayClaim(me, current)) run(() => work.claim(current));
  };
  const release = () => {
    if (selected.length > 0) run(() => finish(work.releaseAll(selected.filter((task) => mayRelease(me, task)))));
    else if (current !== undefined && mayRelease(me, current)) run(() => work.release(current));
  };
  const startReview = () => {
    if (current !== undefined && mayStartReview(me, current)) run(() => work.startReview(current));
  };
  useShortcut("j", t("keys.j"), () => move(1));
  useShortcut("k", t("keys.k"), () => move(-1));
  useShortcut("x", t("keys.x"), () => current !== undefined && toggle(current));
  useShortcut("c", t("keys.c"), claim);
  useShortcut("s", t("keys.s"), startReview);
  useShortcut("r", t("keys.r"), release);
  useShortcut("m", t("keys.m"), () => {
    const more = list.current?.querySelector<HTMLElement>(".selectable.at .more > summary");
    more?.focus();
    more?.click();
  });

  // What was claimed moves to another group: the focus goes with it, or to what is in its place now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when the order has changed.
  useEffect(() => {
    const at = tasks.findIndex((task) => keyOf(task) === cursor);
    if (cursor !== undefined && document.activeElement === document.body) goTo(at < 0 ? lastIndex.current : at);
    if (at >= 0) lastIndex.current = at;
  }, [order, cursor]);

  const claimable = selected.filter((task) => mayClaim(me, task)).length;
  const releasable = selected.filter((task) => mayRelease(me, task)).length;
  const isOfCompany = plays(me.acting.role, "sme");
  return (
    <div ref={list}>
      {showsKeys ? (
        <p className="help only-wide keys">
          {keysInOrder
            .filter((key) => key !== "s" || tasks.some((task) => mayStartReview(me, task)))
            .map((key) => (
              <span key={key}>
                <kbd>{key}</kbd> {t(`keys.${key}`)}
              </span>
            ))}
          <span>
            <kbd>?</kbd> {t("keys.all")}
          </span>
        </p>
      ) : null}
      {selected.length > 0 ? (
        <section className="notice selection" aria-label={t("bulk.label")}>
          <p role="status">{t("bulk.selected", { count: selected.length })}</p>
          <div className="buttons">
            {claimable > 0 ? (
              <Button variant="default" aria-disabled={isPending} onClick={claim}>
                {t("bulk.claim", { count: claimable })}
              </Button>
            ) : null}
            {releasable > 0 ? (
              <Button variant="default" aria-disabled={isPending} onClick={release}>
                {t("bulk.release", { count: releasable })}
              </Button>
            ) : null}
            <Button variant="default" onClick={() => setSelection(new Set())}>
              {t("bulk.clear")}
            </Button>
          </div>
        </section>
      ) : null}
      <Problem error={error} />
      {groups.map((group) => (
        <InboxSection
          key={group.id}
          group={group}
          title={isOfCompany && group.id === "unclaimed" ? t("group.ofCompany") : t(`group.${group.id}`)}
          help={isOfCompany && group.id === "unclaimed" ? t("groupHelp.ofCompany") : t(`groupHelp.${group.id}`)}
        >
          {group.tasks.map((task) => (
            <li
              key={keyOf(task)}
              data-task={keyOf(task)}
              className={keyOf(task) === cursor ? "selectable at" : "selectable"}
              onFocus={() => setCursor(keyOf(task))}
            >
              {/* Room to hit it around the box. */}
              <label className="select">
                <input
                  type="checkbox"
                  className="select-box"
                  checked={selection.has(keyOf(task))}
                  onChange={() => toggle(task)}
                  aria-label={t("bulk.select", { task: task.title, pilot: task.pilotTitle })}
                />
              </label>
              <div>
                <TaskCard task={task} showsPilot />
              </div>
            </li>
          ))}
        </InboxSection>
      ))}
    </div>
  );
}
