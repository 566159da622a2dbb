/** What else may be done with a task, folded away; what is possible is fetched when it is opened. */
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { loadWords } from "../../language/language.ts";
import { Loading } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { isBegunOrTaken, mayDoMore } from "./use-task-work.ts";

const PossibleActions = lazy(() =>
  Promise.all([import("./possible-actions.tsx"), loadWords("inbox")]).then(([module]) => ({
    default: module.PossibleActions,
  })),
);

export function TaskActions({ task }: { readonly task: TaskView }) {
  const { t } = useTranslation("tasks");
  const [isOpen, setOpen] = useState(false);
  const { me } = usePortal();
  if ((task.status !== "ready" && !isBegunOrTaken(task)) || !mayDoMore(me, task)) return null;
  return (
    <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t("more.title")}
        <span className="for-readers"> {t("more.about", { task: task.title })}</span>
      </summary>
      {isOpen ? (
        <Suspense fallback={<Loading />}>
          <PossibleActions task={task} />
        </Suspense>
      ) : null}
    </details>
  );
}
