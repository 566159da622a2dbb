/** Tasks in groups, to be worked through without the mouse: with a cursor, and a selection for what is done with many. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { loadWords } from "../../language/language.ts";
import { focusHeading } from "../../parts/page.tsx";
import { ShortcutKeys } from "../../parts/shortcut-keys.tsx";
import { Loading, Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { useShortcut } from "../../shell/shortcuts.ts";
import type { Account } from "./account.tsx";
import { type HandingOn, obstacleTo } from "./handing-on.ts";
import { type InboxGroup, keyOf } from "./inbox.ts";
import { InboxSection } from "./inbox-section.tsx";
import { TaskCard } from "./task-card.tsx";
import { mayClaim, mayRelease, mayStartReview, useTaskWork } from "./use-task-work.ts";

const HandOn = lazy(() =>
  Promise.all([import("./hand-on.tsx"), loadWords("inbox")]).then(([module]) => ({ default: module.HandOn })),
);

const AccountOfTasks = lazy(() =>
  Promise.all([import("./account.tsx"), loadWords("inbox")]).then(([module]) => ({ default: module.AccountOfTasks })),
);

const keysInOrder = ["j", "k", "x", "c", "s", "r", "d", "f", "m", "?"] as const;

/** Keys that do something only where the task allows it. */
const worksOn: Partial<Record<(typeof keysInOrder)[number], typeof mayRelease>> = {
  c: mayClaim,
  s: mayStartReview,
  r: mayRelease,
  d: (me, task) => obstacleTo("delegate", me, task) === undefined,
  f: (me, task) => obstacleTo("forward", me, task) === undefined,
};

const verbs = ["delegate", "forward"] as const satisfies readonly HandingOn[];

/** Cursor and selection are by task and survive that the list is read anew. */
export function TaskList(props: {
  readonly groups: readonly InboxGroup[];
  readonly showsKeys: boolean;
  titleOf(group: InboxGroup): string;
  /** What a group means for whoever has its tasks. */
  helpOf?(group: InboxGroup): string;
}) {
  const { groups, showsKeys, titleOf, helpOf } = props;
  const { t } = useTranslation("tasks");
  const { me } = usePortal();
  const work = useTaskWork();
  const { isPending, error, run } = useAction();
  const list = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string>();
  const lastIndex = useRef(0);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [handingOn, setHandingOn] = useState<HandingOn>();
  const [account, setAccount] = useState<Account>();
  const panel = useRef<HTMLElement>(null);
  const tasks = groups.flatMap((group) => group.tasks);
  const current = tasks.find((task) => keyOf(task) === cursor);
  const selected = tasks.filter((task) => selection.has(keyOf(task)));
  const order = tasks.map(keyOf).join("\n");

  const goTo = (index: number) => {
    const items = list.current?.querySelectorAll<HTMLElement>("[data-task] a") ?? [];
    const links = [...items].filter((link) => link.matches(".what a"));
    const link = links[Math.min(Math.max(index, 0), links.length - 1)];
    if (link === undefined) focusHeading();
    else link.focus();
  };
  const move = (by: number) => {
    const at = tasks.findIndex((task) => keyOf(task) === cursor);
    goTo(at < 0 ? (cursor === undefined ? 0 : lastIndex.current) : at + by);
  };
  const goToCursor = () => goTo(current === undefined ? lastIndex.current : tasks.indexOf(current));
  const select = (those: readonly TaskView[]) => setSelection(new Set(those.map(keyOf)));
  const toggle = (task: TaskView) => {
    const next = new Set(selection);
    if (!next.delete(keyOf(task))) next.add(keyOf(task));
    setSelection(next);
    if (next.size === 0) setHandingOn(undefined);
  };
  const selectNone = () => {
    setSelection(new Set());
    setHandingOn(undefined);
  };
  const finish = async (done: Promise<void>) => {
    try {
      await done;
    } finally {
      selectNone();
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
  const handOn = (verb: HandingOn) => {
    const those = selected.length > 0 ? selected : current === undefined ? [] : [current];
    if (!those.some((task) => obstacleTo(verb, me, task) === undefined)) return;
    select(those);
    setAccount(undefined);
    setHandingOn(verb);
  };
  const fold = () => {
    panel.current?.querySelector<HTMLElement>("[aria-expanded=true]")?.focus();
    setHandingOn(undefined);
  };
  const finishHandingOn = (done: Account, left: readonly TaskView[]) => {
    select(left);
    setHandingOn(undefined);
    setAccount(done);
  };
  const clear = () => {
    selectNone();
    setAccount(undefined);
    goToCursor();
  };
  useShortcut("j", t("keys.j"), () => move(1));
  useShortcut("k", t("keys.k"), () => move(-1));
  useShortcut("x", t("keys.x"), () => current !== undefined && toggle(current));
  useShortcut("c", t("keys.c"), claim);
  useShortcut("s", t("keys.s"), startReview);
  useShortcut("r", t("keys.r"), release);
  useShortcut("d", t("keys.d"), () => handOn("delegate"));
  useShortcut("f", t("keys.f"), () => handOn("forward"));
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
  const movable = (verb: HandingOn) => selected.filter((task) => obstacleTo(verb, me, task) === undefined).length;
  return (
    <div ref={list}>
      {showsKeys && tasks.length > 0 ? (
        <ShortcutKeys keys={keysInOrder.filter((key) => tasks.some((task) => worksOn[key]?.(me, task) ?? true))} />
      ) : null}
      {selected.length > 0 || account !== undefined ? (
        <section ref={panel} className="notice selection" aria-label={t("bulk.label")}>
          {account === undefined ? null : (
            <Suspense fallback={<Loading />}>
              <AccountOfTasks
                account={account}
                replace={finishHandingOn}
                close={() => {
                  setAccount(undefined);
                  goToCursor();
                }}
              />
            </Suspense>
          )}
          {selected.length === 0 ? null : (
            <>
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
                {verbs
                  .filter((verb) => movable(verb) > 0)
                  .map((verb) => (
                    <Button
                      key={verb}
                      variant="default"
                      aria-expanded={handingOn === verb}
                      onClick={() => (handingOn === verb ? fold() : handOn(verb))}
                    >
                      {t(verb === "delegate" ? "bulk.delegate" : "bulk.forward", { count: movable(verb) })}
                    </Button>
                  ))}
                <Button variant="default" onClick={clear}>
                  {t("bulk.clear")}
                </Button>
              </div>
              {handingOn === undefined ? null : (
                <Suspense fallback={<Loading />}>
                  <HandOn
                    key={handingOn}
                    verb={handingOn}
                    tasks={selected}
                    finish={(done) =>
                      finishHandingOn(
                        done,
                        done.stayed.map(({ task }) => task),
                      )
                    }
                    cancel={fold}
                  />
                </Suspense>
              )}
            </>
          )}
        </section>
      ) : null}
      <Problem error={error} />
      {groups.map((group) => (
        <InboxSection
          key={group.id}
          group={group}
          title={titleOf(group)}
          {...(helpOf === undefined ? {} : { help: helpOf(group) })}
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
