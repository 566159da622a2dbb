/** What a revision changed against the one before, each with what the last review asked for there. */
import { useTranslation } from "react-i18next";
import type { DeliverableView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import type { Field } from "../../form/form-model.ts";
import { Count } from "../../parts/labels.tsx";
import { Waiting } from "../../parts/states.tsx";
import { BeforeAfter } from "./answer-at.tsx";

export function Changes(props: {
  readonly pilotId: string;
  readonly view: DeliverableView;
  readonly fields: readonly Field[];
}) {
  const { pilotId, view, fields } = props;
  const { t } = useTranslation(["review", "common"]);
  const { data, error, refetch } = useOperation("getRevision", {
    params: { pilotId, deliverableId: view.id, revision: view.revision },
  });
  const asked = view.reviews.findLast(({ revision }) => revision < view.revision)?.fieldComments ?? [];
  const untouched = asked.filter(
    ({ pointer }) => data !== undefined && !data.differences.some((each) => isWithin(each.pointer, pointer)),
  );
  return (
    <section className="changes" aria-labelledby="changes">
      <h2 id="changes">
        {t("changes.title", { revision: view.revision - 1 })}{" "}
        {data === undefined ? null : <Count of={data.differences.length} />}
      </h2>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data?.differences.length === 0 ? <p className="empty">{t("changes.none")}</p> : null}
      <ul className="cards">
        {data?.differences.map(({ pointer, label, before, after }) => (
          <li key={pointer}>
            <h3>{label}</h3>
            {asked
              .filter((comment) => isWithin(pointer, comment.pointer))
              .map((comment) => (
                <p key={comment.pointer} className="quiet">
                  {t("changes.asked", { comment: comment.text })}
                </p>
              ))}
            <BeforeAfter fields={fields} pointer={pointer} before={before} after={after} />
          </li>
        ))}
      </ul>
      {untouched.length === 0 ? null : (
        <div className="gaps">
          <h3>{t("changes.untouched")}</h3>
          <ul>
            {untouched.map(({ pointer, text }) => (
              <li key={pointer}>{t("common:sentence", { first: labelAt(fields, pointer), second: text })}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** Whether one pointer is the other, above or below it. */
export const isWithin = (one: string, other: string): boolean =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

/** The label of the field a pointer leads to or into. */
export function labelAt(fields: readonly Field[], pointer: string): string {
  const key = pointer.split("/")[1] ?? "";
  return fields.find((field) => field.key === key)?.label ?? key;
}
