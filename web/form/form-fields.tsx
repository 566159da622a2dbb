/** The fields of a form: what stands around a control, and the controls of questions with several answers or parts. */
import { Button, Checkbox, Radio } from "@mantine/core";
import { type ReactNode, use, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { childPointer, isRecord } from "../../shared/domain/forms/form-schema.ts";
import { idsInWords } from "../language/format.ts";
import { FieldLabel } from "../parts/field-label.tsx";
import { CountriesControl } from "./countries-control.tsx";
import { type Earlier, EarlierAnswer } from "./earlier-answer.tsx";
import { FieldValue } from "./field-value.tsx";
import { FilesControl } from "./files-control.tsx";
import { controlId, focusField } from "./focus-field.ts";
import { type FieldProps, FormContext } from "./form-context.ts";
import { type Field, isOpen, type Option, withValue } from "./form-model.ts";
import { SingleControl } from "./single-control.tsx";

/** A field with its label, help, comments and problem, and what was answered to the same question before. */
export function FormField(props: FieldProps & { readonly earlier?: Earlier | undefined }) {
  const { t } = useTranslation("form");
  const { field, pointer } = props;
  const { problems, comments, openFields, othersFields } = use(FormContext);
  const problem = problems.get(pointer);
  const said = comments.get(pointer) ?? [];
  const id = controlId(pointer);
  const mayChange = isOpen(pointer, openFields);
  // What is closed is not to be filled in.
  const help = mayChange ? helpWithLimits() : undefined;
  const describedBy = [
    help === undefined ? "" : `${id}-help`,
    said.length === 0 ? "" : `${id}-comments`,
    problem === undefined ? "" : `${id}-problem`,
  ]
    .filter((part) => part !== "")
    .join(" ");
  function helpWithLimits(): string | undefined {
    const { range, points } = field;
    const help = field.help && idsInWords(field.help);
    const [from, to] = [points.at(0), points.at(-1)];
    const ends = from === undefined || to === undefined ? range : { from, to };
    if (ends === undefined || names(help, ends)) return help;
    return [help, t(points.length === 0 ? "field.range" : "field.scale", ends)].filter(Boolean).join(" ");
  }
  const label = (
    <FieldLabel isOptional={mayChange && !field.required && field.kind !== "derived"}>
      {field.label}
      {field.unit === undefined ? null : <span className="unit"> ({field.unit})</span>}
    </FieldLabel>
  );
  const notes = (
    <>
      {help === undefined ? null : (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      )}
      {said.length === 0 ? null : (
        <span className="comments" id={`${id}-comments`}>
          {said.map((text) => (
            <span key={text}>{t("field.reviewer", { comment: text })}</span>
          ))}
        </span>
      )}
    </>
  );
  const before =
    props.earlier === undefined ? null : (
      <EarlierAnswer field={field} earlier={props.earlier} value={props.value} take={props.onChange} />
    );
  const complaint =
    problem === undefined ? null : (
      <span className="field-problem" id={`${id}-problem`}>
        {problem}
      </span>
    );

  if (field.kind === "derived" || !mayChange || othersFields.includes(pointer)) {
    return (
      <div className="field" id={id} tabIndex={-1}>
        <span className="label">{label}</span>
        {notes}
        <FieldValue field={field} value={props.value} />
        {field.kind === "derived" ? <span className="help">{t("field.derived")}</span> : null}
        {complaint}
      </div>
    );
  }
  if (isGroup(field)) {
    return (
      <fieldset className="field" id={id} tabIndex={-1} aria-describedby={describedBy || undefined}>
        <legend>{label}</legend>
        {notes}
        {field.limits === undefined ? (
          <GroupControl {...props} />
        ) : (
          <FilesControl
            pointer={pointer}
            label={field.label}
            limits={field.limits}
            value={props.value}
            describedBy={describedBy || undefined}
            idOf={(index) => controlId(childPointer(pointer, index))}
            problemOf={(index) => problems.get(childPointer(pointer, index))}
            onChange={props.onChange}
          />
        )}
        {before}
        {complaint}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {notes}
      <SingleControl
        {...props}
        attributes={{
          id,
          attributes: {
            input: {
              "aria-describedby": describedBy || undefined,
              "aria-invalid": problem === undefined ? undefined : true,
            },
          },
        }}
      />
      {before}
      {complaint}
    </div>
  );
}

/** Whether help says between which numbers an answer lies, with whichever minus sign. */
const names = (help: string | undefined, ends: { readonly from: number; readonly to: number }): boolean =>
  [ends.from, ends.to].every((end) => help?.split(/\D+/).includes(String(Math.abs(end))));

const isGroup = ({ kind, options }: Field): boolean =>
  ["choices", "countries", "yesNo", "mustTick", "scale", "table", "files"].includes(kind) ||
  (kind === "choice" && options.length <= mostRadios);

/** More options than this are a list to choose from. */
const mostRadios = 4;

function GroupControl(props: FieldProps): ReactNode {
  const { t } = useTranslation("form");
  const { field, pointer, value, onChange } = props;
  switch (field.kind) {
    case "choice":
      return <Radios name={pointer} options={field.options} value={value} onChange={onChange} />;
    case "yesNo":
      return (
        <Radios
          name={pointer}
          options={[
            { value: "true", label: t("field.yes") },
            { value: "false", label: t("field.no") },
          ]}
          value={typeof value === "boolean" ? String(value) : value}
          onChange={(answer) => onChange(answer === "true")}
        />
      );
    case "scale":
      return (
        <Radios
          name={pointer}
          options={field.points.map((point) => ({ value: String(point), label: String(point) }))}
          value={typeof value === "number" ? String(value) : value}
          onChange={(answer) => onChange(Number(answer))}
        />
      );
    case "mustTick":
      return (
        <Checkbox
          className="tick"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked ? true : undefined)}
          label={t("field.confirm")}
        />
      );
    case "choices":
      return <Checkboxes {...props} />;
    case "countries":
      return <CountriesControl {...props} />;
    default:
      return <TableControl {...props} />;
  }
}

function Radios(props: {
  readonly name: string;
  readonly options: readonly Option[];
  readonly value: unknown;
  onChange(value: string): void;
}) {
  return (
    <div className="choices">
      {props.options.map(({ value, label }) => (
        <Radio
          key={value}
          className="tick"
          name={props.name}
          checked={props.value === value}
          onChange={() => props.onChange(value)}
          label={label}
        />
      ))}
    </div>
  );
}

function Checkboxes({ field, value, onChange }: FieldProps) {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <div className="choices">
      {field.options.map((option) => (
        <Checkbox
          key={option.value}
          className="tick"
          checked={chosen.includes(option.value)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, option.value] : chosen.filter((each) => each !== option.value))
          }
          label={option.label}
        />
      ))}
    </div>
  );
}

function TableControl({ field, pointer, value, onChange }: FieldProps) {
  const { t } = useTranslation("form");
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const addButton = useRef<HTMLButtonElement>(null);
  const [newRow, setNewRow] = useState<number>();
  // A new row stands before the button that made it: the focus goes to its first control.
  useEffect(() => {
    if (newRow === undefined || newRow >= rows.length) return;
    focusField(childPointer(pointer, newRow));
    setNewRow(undefined);
  }, [newRow, rows.length, pointer]);
  const replaceRow = (index: number, row: unknown) => onChange(rows.map((each, i) => (i === index ? row : each)));
  return (
    <div className="rows">
      {field.mayBeNone && rows.length === 0 ? <p className="help">{t("field.noRows")}</p> : null}
      {rows.map((row, index) => {
        const at = childPointer(pointer, index);
        const values = isRecord(row) ? row : {};
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id; their controls take their values from above.
          <fieldset key={index} className="row" id={controlId(at)} tabIndex={-1}>
            <legend>{t("field.row", { row: index + 1 })}</legend>
            <div className="columns">
              {field.columns.map((column) => (
                <FormField
                  key={column.key}
                  field={column}
                  pointer={childPointer(at, column.key)}
                  value={values[column.key]}
                  onChange={(answer) => replaceRow(index, withValue(values, column.key, answer))}
                />
              ))}
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t("field.removeRowOf", { row: index + 1, field: field.label })}
              onClick={() => {
                addButton.current?.focus();
                onChange(rows.filter((_, i) => i !== index));
              }}
            >
              {t("field.removeRow")}
            </Button>
          </fieldset>
        );
      })}
      <Button
        ref={addButton}
        variant="default"
        aria-label={t("field.addRowTo", { field: field.label })}
        onClick={() => {
          setNewRow(rows.length);
          onChange([...rows, {}]);
        }}
      >
        {t("field.addRow")}
      </Button>
    </div>
  );
}
