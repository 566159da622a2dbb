/** An answer, or a part of one, found by its JSON Pointer: "/motivation", "/barriers/0/title". */
import { useTranslation } from "react-i18next";
import { FieldValue } from "../../form/field-value.tsx";
import type { Field } from "../../form/form-model.ts";

/** What stands at a pointer before and now, beside each other. */
export function BeforeAfter(props: {
  readonly fields: readonly Field[];
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
}) {
  const { t } = useTranslation("review");
  const { fields, pointer, before, after } = props;
  return (
    <dl className="before-after">
      <div>
        <dt>{t("before")}</dt>
        <dd>
          <AnswerAt fields={fields} pointer={pointer} value={before} />
        </dd>
      </div>
      <div className="after">
        <dt>{t("after")}</dt>
        <dd>
          <AnswerAt fields={fields} pointer={pointer} value={after} />
        </dd>
      </div>
    </dl>
  );
}

function AnswerAt(props: { readonly fields: readonly Field[]; readonly pointer: string; readonly value: unknown }) {
  const [key = "", row, column] = props.pointer.split("/").slice(1);
  const field = props.fields.find((each) => each.key === key);
  if (field === undefined) return <span className="value">{plain(props.value)}</span>;
  if (row === undefined) return <FieldValue field={field} value={props.value} />;
  const cell = field.columns.find((each) => each.key === column);
  if (cell !== undefined) return <FieldValue field={cell} value={props.value} />;
  // A whole row, or one entry of a list.
  return <FieldValue field={field} value={props.value === undefined ? undefined : [props.value]} />;
}

const plain = (value: unknown): string =>
  value === undefined || value === null ? "–" : typeof value === "string" ? value : JSON.stringify(value);
