/** Tasks that stay where they are, by reason. */
import { idsInWords } from "../../language/format.ts";
import { keyOf } from "./inbox.ts";
import type { Refused } from "./use-task-work.ts";

export function TasksWithReasons({ tasks }: { readonly tasks: readonly Refused[] }) {
  const reasons = [...new Set(tasks.map(({ why }) => why))];
  return reasons.map((reason) => (
    <div key={reason}>
      <p>{reason}</p>
      <ul>
        {tasks
          .filter(({ why }) => why === reason)
          .map(({ task }) => (
            <li key={keyOf(task)}>
              {idsInWords(task.title)}, {task.pilotTitle}
            </li>
          ))}
      </ul>
    </div>
  ));
}
