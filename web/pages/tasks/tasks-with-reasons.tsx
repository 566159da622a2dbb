/** Tasks that stay where they are, each with the reason. */
import { useTranslation } from "react-i18next";
import { idsInWords } from "../../language/format.ts";
import { keyOf } from "./inbox.ts";
import type { Refused } from "./use-task-work.ts";

export function TasksWithReasons({ tasks }: { readonly tasks: readonly Refused[] }) {
  const { t } = useTranslation("common");
  return (
    <ul>
      {tasks.map(({ task, why }) => (
        <li key={keyOf(task)}>
          {t("sentence", { first: `${idsInWords(task.title)}, ${task.pilotTitle}`, second: why })}
        </li>
      ))}
    </ul>
  );
}
