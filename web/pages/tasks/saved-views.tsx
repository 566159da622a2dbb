/** Filters kept under a name; a shared one opens for others of the programme by its link. */
import { Checkbox } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedViewView } from "../../../shared/contracts/personal-operations.ts";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { numberInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, Input, textIn } from "../../parts/action.tsx";
import { Count, Mark } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { filtersIn, type InboxFilters, inboxGroups } from "./inbox.ts";

const page = "tasks";

export function SavedViews({
  tasks,
  filters,
  current,
}: {
  readonly tasks: readonly TaskView[];
  readonly filters: InboxFilters;
  readonly current: string | undefined;
}) {
  const { t } = useTranslation("inbox");
  const { me, now, announce } = usePortal();
  const countOf = (view: SavedViewView) =>
    inboxGroups(tasks, filtersIn(view.filters), { myId: me.seatId, now: now() }).flatMap((group) => group.tasks).length;
  const navigate = useNavigate();
  const save = useCommand("saveView", { invalidates: ["listViews", "getView"] });
  const { data, error, refetch } = useOperation("listViews", {});
  const views = data?.views.filter((view) => view.page === page);
  const [savedId, setSavedId] = useState<string>();
  const isListed = savedId === current && views?.some(({ id }) => id === savedId) === true;
  // Its form went with the filters that are a view now.
  useEffect(() => {
    if (isListed && savedId !== undefined) document.getElementById(linkOf(savedId))?.focus();
  }, [isListed, savedId]);
  return (
    <section aria-labelledby="saved-views">
      <h2 id="saved-views">{t("views.title")}</h2>
      {views === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {views?.length === 0 ? <p className="help">{t("views.empty")}</p> : null}
      <ul className="views">
        {views?.map((view) => (
          <li key={view.id}>
            <View view={view} count={countOf(view)} isCurrent={view.id === current} />
          </li>
        ))}
      </ul>
      {Object.keys(filters).length > 0 && current === undefined ? (
        <ActionForm
          title={t("views.save")}
          explanation={t("views.saveHelp")}
          confirm={t("views.saveConfirm")}
          act={async (form) => {
            const body = {
              name: textIn(form, "name"),
              page,
              filters: { ...filters },
              shared: form.get("shared") !== null,
            };
            const saved = await save.mutateAsync({ params: { viewId: crypto.randomUUID() }, body });
            announce(t("views.saved", { name: saved.name }));
            await navigate({ to: "/", search: { view: saved.id }, replace: true });
            setSavedId(saved.id);
          }}
        >
          <Input type="text" name="name" label={t("views.name")} maxLength={80} />
          <Checkbox className="tick" name="shared" label={t("views.share")} description={t("views.shareHelp")} />
        </ActionForm>
      ) : null}
    </section>
  );
}

const linkOf = (viewId: string): string => `view-${viewId}`;

function View(props: {
  readonly view: SavedViewView;
  /** How many of the reader's tasks are in it. */
  readonly count: number;
  readonly isCurrent: boolean;
}) {
  const { view, count, isCurrent } = props;
  const { t } = useTranslation("inbox");
  const { announce } = usePortal();
  const navigate = useNavigate();
  const remove = useCommand("removeView", { invalidates: ["listViews"] });
  return (
    <div className="buttons">
      <PageLink
        id={linkOf(view.id)}
        to="/"
        search={{ view: view.id }}
        aria-current={isCurrent ? "true" : undefined}
        aria-label={t("views.withCount", { name: view.name, number: numberInWords(count) })}
      >
        {view.name}
      </PageLink>
      <Count of={count} />
      {view.shared ? <Mark tone="gray">{t("views.shared")}</Mark> : null}
      {view.shared ? (
        <ActionButton
          size="xs"
          about={view.name}
          act={async () => {
            await navigator.clipboard.writeText(`${location.origin}/?view=${encodeURIComponent(view.id)}`);
            announce(t("views.copied"));
          }}
        >
          {t("views.copy")}
        </ActionButton>
      ) : null}
      <ActionButton
        size="xs"
        about={view.name}
        act={async () => {
          await remove.mutateAsync({ params: { viewId: view.id } });
          announce(t("views.removed", { name: view.name }));
          if (isCurrent) await navigate({ to: "/", search: {}, replace: true });
        }}
      >
        {t("views.remove")}
      </ActionButton>
    </div>
  );
}
