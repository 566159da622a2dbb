/** The controls of a form. Every control's id is `controlId` of its pointer, so that a gap can lead to its field. */
import { Badge, Button, Checkbox, Input, NativeSelect, Radio, Textarea } from "@mantine/core";
import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countries } from "../../shared/domain/countries.ts";
import { childPointer, isRecord } from "../../shared/domain/forms/form-schema.ts";
import { countryName, inOrder } from "../language/format.ts";
import { FieldLabel } from "../parts/field-label.tsx";
import { type Earlier, EarlierAnswer } from "./earlier-answer.tsx";
import { FieldValue } from "./field-value.tsx";
import { FilesControl } from "./files-control.tsx";
import { type Field, isOpen, numberFromText, type Option, withParents, withValue } from "./form-model.ts";

export interface FormSurroundings {
  /** What is wrong with an answer, by pointer. */
  readonly problems: ReadonlyMap<string, string>;
  /** What reviewers said about a field, by pointer. */
  readonly comments: ReadonlyMap<string, readonly string[]>;
  /** In rework: the fields that may change; empty: all. */
  readonly openFields: readonly string[];
  /** For fields that name an organisation; empty where the person may not list them. */
  readonly organisations: readonly Option[];
}

export const FormContext = createContext<FormSurroundings>({
  problems: new Map(),
  comments: new Map(),
  openFields: [],
  organisations: [],
});

const controlId = (pointer: string): string => `field${pointer}`;

/** Brings the field into view and the focus to it; to the nearest field above when it has no control of its own. */
export function focusField(pointer: string): void {
  for (const candidate of withParents(pointer)) {
    const element = document.getElementById(controlId(candidate));
    if (element === null) continue;
    const control = element.matches("input, select, textarea")
      ? element
      : (element.querySelector<HTMLElement>("input:not([hidden]), select, textarea, button") ?? element);
    control.focus();
    element.scrollIntoView({ block: "center" });
    return;
  }
}

interface FieldProps {
  readonly field: Field;
  readonly pointer: string;
  readonly value: unknown;
  onChange(value: unknown): void;
}

/** A field with its label, help, comments and problem, and what was answered to the same question before. */
export function FormField(props: FieldProps & { readonly earlier?: Earlier | undefined }) {
  const { t } = useTranslation("form");
  const { field, pointer } = props;
  const { problems, comments, openFields } = use(FormContext);
  const problem = problems.get(pointer);
  const said = comments.get(pointer) ?? [];
  const id = controlId(pointer);
  const describedBy = [
    field.help === undefined ? "" : `${id}-help`,
    said.length === 0 ? "" : `${id}-comments`,
    problem === undefined ? "" : `${id}-problem`,
  ]
    .filter((part) => part !== "")
    .join(" ");
  const label = (
    <FieldLabel isOptional={!field.required && field.kind !== "derived"}>
      {field.label}
      {field.unit === undefined ? null : <span className="unit"> ({field.unit})</span>}
    </FieldLabel>
  );
  const notes = (
    <>
      {field.help === undefined ? null : (
        <span className="help" id={`${id}-help`}>
          {field.help}
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

  if (field.kind === "derived" || !isOpen(pointer, openFields)) {
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

const isGroup = ({ kind, options }: Field): boolean =>
  ["choices", "countries", "yesNo", "mustTick", "scale", "table", "files"].includes(kind) ||
  (kind === "choice" && options.length <= mostRadios);

/** More options than this are a list to choose from. */
const mostRadios = 4;

/** Mantine's inputs set what they know of themselves over plain attributes; those for the inner element come last. */
interface Attributes {
  readonly id: string;
  readonly attributes: {
    readonly input: { readonly "aria-describedby": string | undefined; readonly "aria-invalid": true | undefined };
  };
}

function SingleControl(props: FieldProps & { readonly attributes: Attributes }) {
  const { t } = useTranslation("form");
  const { field, attributes, onChange } = props;
  const { organisations } = use(FormContext);
  const text = typeof props.value === "string" || typeof props.value === "number" ? String(props.value) : "";
  switch (field.kind) {
    case "textarea":
      return (
        <>
          <Textarea {...attributes} rows={4} value={text} onChange={(event) => onChange(event.target.value)} />
          {field.maxLength !== undefined && text.length > field.maxLength * 0.8 ? (
            <span className="help">{t("field.characters", { length: text.length, max: field.maxLength })}</span>
          ) : null}
        </>
      );
    case "number":
      return <NumberControl {...props} />;
    case "tags":
      return <TagsControl {...props} />;
    case "choice":
      return <Choose attributes={attributes} options={field.options} value={text} onChange={onChange} />;
    case "country":
      return <Choose attributes={attributes} options={countryOptions()} value={text} onChange={onChange} />;
    case "organisation":
      if (organisations.length > 0) {
        return <Choose attributes={attributes} options={organisations} value={text} onChange={onChange} />;
      }
      return <Input {...attributes} value={text} onChange={(event) => onChange(event.target.value)} />;
    case "date":
      return <Input {...attributes} type="date" value={text} onChange={(event) => onChange(event.target.value)} />;
    case "email":
      return <Input {...attributes} type="email" value={text} onChange={(event) => onChange(event.target.value)} />;
    case "url":
      return (
        <Input
          {...attributes}
          type="url"
          placeholder="https://"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return <Input {...attributes} type="text" value={text} onChange={(event) => onChange(event.target.value)} />;
  }
}

const countryOptions = (): readonly Option[] =>
  [...countries.keys()]
    .map((code) => ({ value: code, label: countryName(code) }))
    .toSorted((a, b) => inOrder(a.label, b.label));

function Choose(props: {
  readonly attributes: Attributes;
  readonly options: readonly Option[];
  readonly value: string;
  onChange(value: unknown): void;
}) {
  const { t } = useTranslation("common");
  return (
    <NativeSelect {...props.attributes} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">{t("choose")}</option>
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </NativeSelect>
  );
}

/** Keeps the text as typed ("12,") beside the number it means so far. */
function NumberControl({ attributes, value, onChange }: FieldProps & { readonly attributes: Attributes }) {
  const [text, setText] = useState(() => textOf(value));
  useEffect(() => {
    setText((typed) => (numberFromText(typed) === value ? typed : textOf(value)));
  }, [value]);
  return (
    <Input
      {...attributes}
      className="number"
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(numberFromText(event.target.value));
      }}
    />
  );
}

const textOf = (value: unknown): string =>
  typeof value === "number" || typeof value === "string" ? String(value) : "";

/** Short words, one a line. */
function TagsControl({ attributes, value, onChange }: FieldProps & { readonly attributes: Attributes }) {
  const { t } = useTranslation("form");
  const [text, setText] = useState(() => linesOf(value));
  useEffect(() => {
    setText((typed) => (entriesOf(typed).join("\n") === linesOf(value) ? typed : linesOf(value)));
  }, [value]);
  return (
    <>
      <Textarea
        {...attributes}
        rows={3}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(entriesOf(event.target.value));
        }}
      />
      <span className="help">{t("field.onePerLine")}</span>
    </>
  );
}

const linesOf = (value: unknown): string => (Array.isArray(value) ? value.map(String).join("\n") : "");

const entriesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

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

function CountriesControl({ field, value, onChange }: FieldProps) {
  const { t } = useTranslation("form");
  const chosen: readonly string[] = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  const select = useRef<HTMLSelectElement>(null);
  // Arrows and letters run through the countries: only Enter or leaving the list says which one is meant.
  const [browsed, setBrowsed] = useState<string>();
  const add = (code: string | undefined) => {
    setBrowsed(undefined);
    if (code !== undefined && code !== "") onChange([...chosen, code]);
  };
  return (
    <>
      {chosen.length === 0 ? null : (
        <ul className="chosen">
          {chosen.map((code) => (
            <li key={code}>
              {countryName(code)}
              <Restriction code={code} />
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("field.removeCountry", { country: countryName(code) })}
                onClick={() => {
                  select.current?.focus();
                  onChange(chosen.filter((each) => each !== code));
                }}
              >
                {t("field.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NativeSelect
        aria-label={t("field.addCountryTo", { field: field.label })}
        ref={select}
        value={browsed ?? ""}
        onKeyDown={({ key }) => {
          if (key === "Enter") add(browsed);
          else if (key !== "Tab" && key !== "Shift") setBrowsed((before) => before ?? "");
        }}
        onChange={(event) => {
          if (browsed === undefined) add(event.target.value);
          else setBrowsed(event.target.value);
        }}
        onBlur={() => add(browsed)}
      >
        <option value="">{t("field.addCountry")}</option>
        {countryOptions()
          .filter((option) => !chosen.includes(option.value))
          .map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
      </NativeSelect>
    </>
  );
}

function Restriction({ code }: { readonly code: string }) {
  const { t } = useTranslation("form");
  const restriction = countries.get(code)?.restriction;
  if (restriction === undefined || restriction.state === "clear") return null;
  return (
    <Badge component="span" className="status" variant="outline" color="warn">
      {t(restriction.state === "blocked" ? "field.blocked" : "field.needsCheck", { note: restriction.note })}
    </Badge>
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
