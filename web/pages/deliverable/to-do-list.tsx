/** After a review: what to change, each a way to its field, with the answer as it was and as the draft has it. */
import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeliverableView } from "../../../shared/contracts/views.ts";
import { focusField } from "../../form/focus-field.ts";
import { fieldsOf } from "../../form/form-model.ts";
import { isSame } from "../../form/merge-drafts.ts";
import { Mark } from "../../parts/labels.tsx";
import { BeforeAfter } from "./answer-at.tsx";
import { labelAt } from "./changes.tsx";

export function ToDoList({ view }: { readonly view: DeliverableView }) {
  const { t } = useTranslation("review");
  const last = view.reviews.at(-1);
  if (!view.mayEdit || last?.outcome !== "rework" || last.fieldComments.length === 0) return null;
  const fields = fieldsOf(view.schema);
  const submitted = view.submitted?.values ?? {};
  return (
    <section aria-labelledby="to-do">
      <h2 id="to-do">{t("toDo.title")}</h2>
      <p className="help">{t("toDo.help")}</p>
      <ol className="cards">
        {last.fieldComments.map(({ pointer, text }) => {
          const key = pointer.split("/")[1] ?? "";
          const draft = view.draft?.values;
          const isChanged = draft !== undefined && !isSame(draft[key], submitted[key]);
          return (
            <li key={`${pointer} ${text}`}>
              <p className="what">
                <Anchor
                  underline="always"
                  href={`#field${pointer}`}
                  onClick={(event) => {
                    event.preventDefault();
                    focusField(pointer);
                  }}
                >
                  {labelAt(fields, pointer)}
                </Anchor>
                {isChanged ? <Mark tone="gray">{t("toDo.changed")}</Mark> : null}
              </p>
              <p>{text}</p>
              {isChanged ? (
                <BeforeAfter fields={fields} pointer={`/${key}`} before={submitted[key]} after={draft[key]} />
              ) : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
