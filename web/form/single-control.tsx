/** The control of a question with one answer: typed, or chosen from a list. */
import { Input, NativeSelect, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { countryOptions } from "./country-options.ts";
import type { FieldProps } from "./form-context.ts";
import { numberFromText, type Option } from "./form-model.ts";

/** Mantine's inputs set what they know of themselves over plain attributes; those for the inner element come last. */
interface Attributes {
  readonly id: string;
  readonly attributes: {
    readonly input: { readonly "aria-describedby": string | undefined; readonly "aria-invalid": true | undefined };
  };
}

export function SingleControl(props: FieldProps & { readonly attributes: Attributes }) {
  const { t } = useTranslation("form");
  const { field, attributes, onChange } = props;
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
    case "organisation":
      return <Choose attributes={attributes} options={field.options} value={text} onChange={onChange} />;
    case "country":
      return <Choose attributes={attributes} options={countryOptions()} value={text} onChange={onChange} />;
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

function Choose(props: {
  readonly attributes: Attributes;
  readonly options: readonly Option[];
  readonly value: string;
  onChange(value: unknown): void;
}) {
  const { t } = useTranslation(["form", "common"]);
  return (
    <NativeSelect {...props.attributes} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">{t("common:choose")}</option>
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
